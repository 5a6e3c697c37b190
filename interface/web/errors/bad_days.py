"""The page of a bad day: what cannot be done now, why, and what still can."""

from __future__ import annotations

import logging

from fastapi import Request, Response
from fastapi.responses import PlainTextResponse

from application.stores.bad_days import STORAGE, trouble
from interface.locales import N_, translate
from interface.web.errors.refusal import entries
from interface.web.kit.page.page import language_of
from interface.web.kit.rendering import error_page

_logger = logging.getLogger("lianjian")


SAID = {
    "full": N_("磁盘已满，暂时不能写入，本次未作记录；只看不写的页面照常。请管理员腾出空间后再办。"),
    "unwritable": N_("数据暂时不能写入，本次未作记录；只看不写的页面照常。请管理员恢复写入后再办。"),
    "damaged": N_("数据文件已损坏。请管理员停止写入，运行核验，并从备份恢复。"),
    "busy": N_("别的程序正在写入，等候超时，本次未作记录。请稍后再办。"),
    "gone": N_("数据库暂时连接不上。本次是否已记录，请稍后核对。请管理员检查数据库。"),
}


def bad_day(request: Request, error: Exception) -> Response:
    """503 with a sentence; what is no bad day, but a mistake of ours, is raised again."""
    found = trouble(error)
    if found is None:
        raise error
    _logger.error("%s %s: %s", request.method, request.url.path, found.sentence)
    why = SAID[found.kind]
    answer: Response
    try:
        answer = error_page(
            request, 503, "errors/error.html", title=N_("暂时办不了"), why=why, entries=entries(request)
        )
    except STORAGE:
        # Not even who asks can be looked up.
        answer = PlainTextResponse(translate(language_of(request), why) + "\n", 503)
    answer.headers["Retry-After"] = "60"
    return answer
