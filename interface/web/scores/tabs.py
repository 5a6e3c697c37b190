"""The ways to look at all sheets of a year, one beside the other."""

from __future__ import annotations

from interface.web.kit.listing import Chip
from interface.web.kit.page.page import Page


def tabs(page: Page, year: int) -> list[Chip]:
    """The page that is shown is the current one."""
    titles = {"/ranking": page.t("名次"), "/matrix": page.t("得分矩阵"), "/indicators": page.t("指标体检")}
    here = page.request.url.path
    return [Chip(title, None, page.link(path, year=year), path == here) for path, title in titles.items()]
