"""Every pattern of the pages at once, drawn by the very macros that the pages use: what looks wrong here is wrong everywhere."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from interface.web.kit.detail import Station
from interface.web.kit.listing import Chip, Filter, ListView
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page
from interface.web.kit.rendering import render
from interface.words import label

router = APIRouter()
COLOURS = (
    *(
        "ink",
        "ink-2",
        "ink-3",
        "line",
        "line-2",
        "edge",
        "paper",
        "ground",
        "sunk",
        "lit",
        "official",
        "act",
        "danger",
    ),
    *("focus", "red", "red-bg", "amber", "amber-bg", "green", "green-bg", "blue", "blue-bg", "grey-bg"),
)
"""The names of the colours in tokens.css."""
LIGHTS = (("red", -3), ("yellow", 2), ("green", 9), ("waiting", None), ("done", None), ("withdrawn", None))


@router.get("/style")
def show_style(page: Annotated[Page, Depends(allow("read_own_account"))]) -> Response:
    """The style page."""
    listing = ListView(
        page, [Filter("q", page.t("查找"), ""), Filter("status", page.t("状态"), "", [])], ("due",)
    )
    stations = [
        Station(page.t("登记"), "2026-03-01", "done"),
        Station(page.t("整改"), "2026-03-20", "now"),
        Station(page.t("销号")),
    ]
    return render(
        page,
        "style/style.html",
        colours=COLOURS,
        lights=[
            (light, None if days is None else page.today + timedelta(days=days)) for light, days in LIGHTS
        ],
        listing=listing,
        chips=[
            Chip(page.t("全部"), 12, "#", True),
            Chip(page.t(label("light", "red")), 3, "#", False, "red"),
        ],
        stations=stations,
    )
