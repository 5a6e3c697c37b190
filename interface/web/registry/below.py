"""The units that stand under another, and what is said of them before that one ends or is split."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from application.input.reading import Written
from application.question import ALL
from application.questions.answers.registry.units_and_villages import list_units
from application.verb import Verb
from interface.locales import N_
from interface.web.kit.page.page import Page
from projections.boards.registry.listing import EntryListing

SHOWN = 6
"""Units that are named at most."""


def units_below(page: Page, entry: str, on: date | None = None) -> Sequence[EntryListing]:
    """Those in the registry that stand right under it on a day, by default now."""
    answer = page.ask(
        list_units, q="", unit_class=None, parent=entry, on=on, sort=None, after=None, limit=ALL
    )
    return [each for each in answer.rows if not each.ended_on]


def left_behind(page: Page, verb: Verb[Any, Any], key: str, written: Written) -> list[str]:
    """Before it is retired: they keep a parent that is in the registry no more."""
    return _told(
        page,
        key,
        N_("所属单位 %(n)s 个：%(named)s。撤销后其上级单位显示为“已撤销”，请逐个变更上级单位。"),
    )


def going_along(page: Page, verb: Verb[Any, Any], key: str, written: Written) -> list[str]:
    """Before it is merged: they stand under the one that goes on."""
    return _told(page, key, N_("所属单位 %(n)s 个：%(named)s。自并入之日起，改属并入后的单位。"))


def staying_below(page: Page, key: str) -> list[str]:
    """Before it is split: they stay under the one that goes on."""
    return _told(
        page,
        key,
        N_("所属单位 %(n)s 个：%(named)s。拆分后仍属原单位；改属新设单位的，请在拆分后逐个变更上级单位。"),
    )


def _told(page: Page, key: str, words: str) -> list[str]:
    """How many there are, and what they are called; nothing where there is none."""
    below = units_below(page, key)
    named = page.t("、").join(each.name for each in below[:SHOWN])
    named += page.t("……") if len(below) > SHOWN else ""
    return [page.t(words, n=len(below), named=named)] if below else []
