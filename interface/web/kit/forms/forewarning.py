"""What is said before something is done that nothing forbids: what its village bears, against what the county wants."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from application.look import look_of
from application.questions.answers.burdens import Bearing, list_bearing
from application.reading import Written
from application.verb import Verb
from domain.kernel.errors import Unknown
from interface.web.kit.context import Page
from interface.words import label

SHOWN = 6
"""Villages that are named at most."""


def forewarned(page: Page, verb: Verb[Any, Any], key: str, written: Written) -> list[str]:
    """Of the village that is meant, where it bears as much as it should already; of all of them where none is meant yet. Nothing
    where there is nothing to say."""
    if not verb.burdens or page.is_past:
        return []
    try:
        village = verb.owner(look_of(page.system), key, written).village
    except Unknown:
        village = ""
    asked = (page.ask(list_bearing, burden=each, village=village or None) for each in verb.burdens)
    borne = ([each for each in answer if each.beyond] for answer in asked)
    return [(_of_one if village else _of_several)(page, each) for each in borne if each]


def _of_one(page: Page, borne: Sequence[Bearing]) -> str:
    (each,) = borne
    return page.t(
        "%(village)s本月已有%(kind)s %(n)s 次，达到或者超过每月 %(most)s 次的限额；确有必要的仍可办理，请考虑合并或者改期。",
        village=each.village_name,
        kind=page.t(label("burden", each.burden.value)),
        n=each.borne,
        most=each.most,
    )


def _of_several(page: Page, borne: Sequence[Bearing]) -> str:
    named = "、".join(f"{each.village_name}（{each.borne}）" for each in borne[:SHOWN])
    return page.t(
        "本月%(kind)s已达每月 %(most)s 次限额的村（社区）有 %(n)s 个：%(named)s；确有必要的仍可办理，请考虑合并或者改期。",
        kind=page.t(label("burden", borne[0].burden.value)),
        most=borne[0].most,
        n=len(borne),
        named=named + ("……" if len(borne) > SHOWN else ""),
    )
