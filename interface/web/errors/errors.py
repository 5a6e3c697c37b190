"""What went wrong, as a page in the reader's language with a way on; nothing is ever answered in another form."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from sqlalchemy.exc import TimeoutError as NoConnection
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from application.actors.actor import TOWNSHIPS
from application.questions.about import BeingBuilt, TooLong
from application.stores.accounts.passwords import Crowded
from application.stores.accounts.throttle import TooOften
from application.stores.bad_days import STORAGE
from domain.kernel.errors import Conflict, Forbidden, Rejected, Unknown
from interface.http.desk import Busy
from interface.http.gate import BadAddress, TooLarge, TooSlow, Why
from interface.locales import N_
from interface.web.errors.bad_days import bad_day
from interface.web.errors.refusal import entries
from interface.web.kit.page.interruptions import (
    BeforeRecords,
    ChangePasswordFirst,
    NoRole,
    NotTheirForm,
    SendAgain,
    SignInFirst,
)
from interface.web.kit.page.posted import draft_address
from interface.web.kit.page.typed import Elsewhere
from interface.web.kit.page.ways_back import way_back
from interface.web.kit.rendering import error_page
from interface.web.kit.values import Malformed
from interface.words.problems import value_of
from projections.boards.called import named

TOLD: dict[type[Exception], tuple[int, str, str]] = {
    NoRole: (403, N_("尚无角色"), N_("您的账号尚未授予角色，请联系管理员。")),
    Conflict: (409, N_("有人同时在办理"), N_("请重新载入页面后再办。")),
    NotTheirForm: (
        403,
        N_("表单已失效"),
        N_(
            "此表单不是以当前账号打开的，没有办理。如果是您以另一账号填写的，内容已存入那个账号的草稿；"
            "请重新打开页面办理。"
        ),
    ),
    Forbidden: (403, N_("无权办理"), N_("您的角色不能查看或办理此事项。")),
    TooLarge: (413, N_("内容过大"), N_("提交的内容超过了上限，请缩减后再提交。没有任何内容被记录。")),
    TooSlow: (408, N_("传输超时"), N_("内容没有在规定时间内传完，请检查网络后再提交。没有任何内容被记录。")),
}
"""What is said of itself: status, title, and what to do."""
BAD_ADDRESS = {
    Why.TOO_LONG: N_("地址过长"),
    Why.UNSOUND: N_("含有无法显示或保存的字符，请删除后重新填写"),
    Why.NO_HOST: N_("地址无法识别"),
}


def add_errors(app: FastAPI) -> None:
    """Have every error answered by a page."""

    @app.exception_handler(SignInFirst)
    def _sign_in(request: Request, error: SignInFirst) -> Response:
        return RedirectResponse(f"/sign-in?next={quote(error.then)}", status_code=303)

    @app.exception_handler(SendAgain)
    def _send_again(request: Request, error: SendAgain) -> Response:
        return RedirectResponse(draft_address(error.draft), status_code=303)

    @app.exception_handler(BeforeRecords)
    def _before_records(request: Request, error: BeforeRecords) -> Response:
        there = {**request.query_params, "at": error.first.isoformat()}
        onward = f"{request.url.path}?{urlencode(there)}"
        return error_page(request, 404, "errors/before.html", first=error.first, onward=onward)

    @app.exception_handler(ChangePasswordFirst)
    def _change_password(request: Request, error: ChangePasswordFirst) -> Response:
        return RedirectResponse("/me", status_code=303)

    @app.exception_handler(Elsewhere)
    def _elsewhere(request: Request, error: Elsewhere) -> Response:
        return RedirectResponse(error.address, status_code=307)

    @app.exception_handler(Rejected)
    def _rejected(request: Request, error: Rejected) -> Response:
        with request.app.state.system.reading() as connection:
            value = value_of(connection, error)
        said = Rejected(error.clause, value.zh, value.en)
        return error_page(request, 409, "errors/rejected.html", error=said, entries=entries(request))

    @app.exception_handler(Unknown)
    def _unknown(request: Request, error: Unknown) -> Response:
        session, key = getattr(request.state, "session", None), error.key
        # A name would tell a township's office that there is what it is not told of.
        if session is None or session.actor.role not in TOWNSHIPS:
            with request.app.state.system.reading() as connection:
                key = named(connection, key)
        return error_page(
            request, 404, "errors/unknown.html", kind=error.kind, key=key, entries=entries(request)
        )

    @app.exception_handler(Malformed)
    def _malformed(request: Request, error: Malformed) -> Response:
        return malformed(request, error)

    @app.exception_handler(RequestValidationError)
    def _invalid(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        name = str(first["loc"][-1])
        if first["type"] == "missing":
            return malformed(request, Malformed(name, "此项必填"))
        return malformed(request, Malformed(name, "“%(value)s”不是整数", value=str(first["input"])[:80]))

    @app.exception_handler(TooLong)
    def _too_long(request: Request, error: TooLong) -> Response:
        return malformed(request, Malformed("about", "日志过长，页面上不能按业务日期查看，请用命令 --about"))

    @app.exception_handler(ClientDisconnect)
    def _gone(request: Request, error: ClientDisconnect) -> Response:
        # Nobody is there to read it.
        return Response(status_code=400)

    @app.exception_handler(TooOften)
    def _too_often(request: Request, error: TooOften) -> Response:
        title, why = N_("请稍后再试"), N_("从这里输错密码的次数过多，每次须多等一会儿；从别处登录不受影响。")
        return plain(request, 429, title, why, {"Retry-After": str(error.again_in)})

    away: list[type[Exception]] = [Crowded, Busy, BeingBuilt, NoConnection]
    for kinds, answer in ((STORAGE, bad_day), (away, _come_back_after), (TOLD, _told)):
        for kind in kinds:
            app.add_exception_handler(kind, answer)

    @app.exception_handler(HTTPException)
    def _http(request: Request, error: HTTPException) -> Response:
        if error.status_code == 405:
            return no_such_act(app, request, (error.headers or {}).get("Allow", "GET, HEAD"))
        if error.status_code == 404:
            return plain(request, 404, N_("没有这一页"), N_("请核对地址。"))
        why = N_("请求无法识别，请回到页面重新办理。没有任何内容被记录。")
        return plain(request, error.status_code, N_("请求有误"), why)


def plain(
    request: Request, status: int, title: str, why: str, headers: Mapping[str, str] | None = None
) -> Response:
    """A page that says what is wrong and what to do, and nothing else."""
    typed = entries(request)
    answer = error_page(request, status, "errors/error.html", title=title, why=why, entries=typed)
    answer.headers.update(headers or {})
    return answer


def _told(request: Request, error: Exception) -> Response:
    return plain(request, *next(told for kind, told in TOLD.items() if isinstance(error, kind)))


def _come_back_after(request: Request, error: Exception) -> Response:
    return come_back(request, getattr(error, "again_in", 5))


def malformed(request: Request, error: Malformed) -> Response:
    """What cannot be read, beside what was entered."""
    return error_page(
        request, 422, "errors/malformed.html", error=error, entries=entries(request, wrong=error.field)
    )


def come_back(request: Request, again_in: int) -> Response:
    """The one page of all that is not there for a while: 503, and after how many seconds to try again."""
    title, why = N_("暂时无法办理"), N_("系统正忙或正在维护，请稍后再试；刚提交的内容请先核对是否已经办理。")
    return plain(request, 503, title, why, {"Retry-After": str(again_in)})


def failed(request: Request, error: Exception) -> Response:
    """What nobody expected: said without what it was, which the log of the service tells."""
    if isinstance(error, BadAddress):
        return malformed(request, Malformed(error.field, BAD_ADDRESS[error.why]))
    why = N_("系统出现错误，已记入运行日志。请稍后再试；若仍然如此，请告知管理员。")
    return plain(request, 500, N_("系统错误"), why)


def no_such_act(app: FastAPI, request: Request, allowed: str) -> Response:
    """A form's address that was asked for as a page leads to its page; any other act that there is not is refused."""
    if request.method == "GET":
        back = way_back(request.url.path, [pattern for pattern, _ in app.state.doors])
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(quote(back, safe="/") + query, status_code=303)
    why = N_("该地址不能这样访问，请回到页面办理。")
    return plain(request, 405, N_("不能这样请求"), why, {"Allow": allowed})
