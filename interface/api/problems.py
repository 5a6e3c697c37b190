"""What is refused, as problem details (RFC 9457): title and detail in Chinese, and the same in English beside them."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from application.input.reading import Fault, FaultCode
from interface.http.gate import BadAddress, Why
from interface.words.phrase import Phrase
from interface.words.problems import Problem, translated

MEDIA = "application/problem+json"
STATUS = {
    "unreadable": 400,
    "unauthorized": 401,
    "forbidden": 403,
    "unknown": 404,
    "method": 405,
    "too_slow": 408,
    "rejected": 409,
    "conflict": 409,
    "in_progress": 409,
    "stale": 412,
    "too_large": 413,
    "media_type": 415,
    "malformed": 422,
    "other_input": 422,
    "too_many": 429,
    "failed": 500,
    "unavailable": 503,
}
"""A problem's kind to its HTTP status."""


def _problem(kind: str, title: str, title_en: str, detail: str, detail_en: str) -> Problem:
    return Problem(kind, Phrase(title, title_en), Phrase(detail, detail_en))


UNAUTHORIZED = _problem(
    "unauthorized",
    "未出示有效令牌",
    "No good token",
    "请在 Authorization 首部以 Bearer 出示令牌；令牌可能已到期、已撤销，或账号已有变动。",
    "Bear a token in the Authorization header; it may have expired or been revoked, or its account may have changed.",
)
NO_SUCH_PATH = _problem("unknown", "没有这一项", "No such thing", "请核对地址。", "Please check the address.")
METHOD = _problem(
    "method",
    "不能这样请求",
    "Not to be asked like that",
    "查询用 GET，办理用 POST。",
    "Questions are asked by GET, verbs are used by POST.",
)
UNREADABLE = _problem(
    "unreadable",
    "内容无法识别",
    "Unreadable",
    "请求正文不是 JSON 对象，没有任何内容被记录。",
    "The body is no JSON object; nothing was recorded.",
)
MEDIA_TYPE = _problem(
    "media_type",
    "内容类型不对",
    "Not that type of content",
    "请求正文须为 application/json（UTF-8）。",
    "The body must be application/json in UTF-8.",
)
OTHER_INPUT = _problem(
    "other_input",
    "幂等键已用于其他内容",
    "The key was used for something else",
    "这个 Idempotency-Key 在一天内已用于其他内容，请换一个。",
    "This Idempotency-Key was used for other input within a day; take another.",
)
IN_PROGRESS = _problem(
    "in_progress",
    "正在办理",
    "Being worked on",
    "带这个 Idempotency-Key 的请求正在办理，请稍后再试。",
    "A request with this Idempotency-Key is being worked on; try again in a moment.",
)
TOO_MANY = _problem(
    "too_many",
    "同时请求过多",
    "Too many at once",
    "这个令牌同时发来的请求过多，请等前面的办完再发。",
    "This token sends too many requests at once; wait for the earlier ones.",
)
TOO_LARGE = Problem(
    "too_large",
    translated("内容过大"),
    translated("提交的内容超过了上限，请缩减后再提交。没有任何内容被记录。"),
)
TOO_SLOW = Problem(
    "too_slow",
    translated("传输超时"),
    translated("内容没有在规定时间内传完，请检查网络后再提交。没有任何内容被记录。"),
)
UNAVAILABLE = Problem(
    "unavailable",
    translated("暂时无法办理"),
    translated("系统正忙或正在维护，请稍后再试；刚提交的内容请先核对是否已经办理。"),
)
FAILED = Problem(
    "failed",
    translated("系统错误"),
    translated("系统出现错误，已记入运行日志。请稍后再试；若仍然如此，请告知管理员。"),
)
_OF_ADDRESS = {
    Why.TOO_LONG: Fault(FaultCode.TOO_LONG, "地址过长", "the address is too long"),
    Why.UNSOUND: Fault(
        FaultCode.UNSOUND, "含有无法显示或保存的字符", "it has characters that can be neither shown nor kept"
    ),
    Why.NO_HOST: Fault(FaultCode.NOT_AS_WRITTEN, "地址无法识别", "the address cannot be read"),
}


def answer(request: Request, problem: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """The problem as an answer."""
    status = STATUS[problem.kind]
    instance = f"urn:lianjian:{request.scope['state'].get('request_id', '')}"
    body = msgspec.json.encode({**problem.as_dict(), "status": status, "instance": instance})
    return Response(body, status, headers=headers, media_type=MEDIA)


def failed(request: Request, error: Exception) -> Response:
    """What the gate refuses, and what nobody expected."""
    if isinstance(error, BadAddress):
        fault = _OF_ADDRESS[error.why]
        wrong = Problem(
            "malformed", translated("填写有误"), Phrase(fault.zh, fault.en), faults={error.field: fault}
        )
        return answer(request, wrong)
    return answer(request, FAILED)
