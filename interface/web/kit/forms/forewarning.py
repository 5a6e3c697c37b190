"""What is said before something is done that nothing forbids: what its village bears already, and who bears its number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from application.look import look_of
from application.questions.answers.burdens import Bearing, list_bearing
from application.questions.answers.pairing.holdings import (
    Later,
    later_of,
    staying,
)
from application.reading import Written
from application.verb import Verb
from application.verbs.registry.splitting import split_branch, split_village
from domain.kernel.errors import Unknown
from interface.web.kit.page.page import Page
from interface.words import label
from projections.boards.pairing.judged_numbers import agreements_numbered
from projections.boards.people.accounts import account_list

SHOWN = 6
"""Villages, or agreements, that are named at most."""


def forewarned(page: Page, verb: Verb[Any, Any], key: str, written: Written) -> list[str]:
    """Of the village that is meant, where it bears as much as it should already; of all of them where none is meant yet; of the
    number that is stated, where another bears it. Nothing where there is nothing to say."""
    found = [*number_borne(page, verb, key, written), *_burdened(page, verb, key, written)]
    return found + (_split(page, verb, key, written) if verb.name in _SPLITS else [])


def number_borne(page: Page, verb: Verb[Any, Any], key: str, written: Written) -> list[str]:
    """Which agreements bear the number that is stated; the one that is corrected is none of them."""
    if not verb.bears or page.is_past:
        return []
    itself = key, str(written.get("signed_before", ""))
    found = agreements_numbered(page.connection, page.at, str(written.get(verb.bears, "")))
    others = [each for each in found if (each.pairing_id, str(each.signed_on)) != itself]
    if not others:
        return []
    named = page.t("、").join(
        page.t(
            "%(village)s × %(unit)s（%(day)s 签订）",
            village=page.villages.get(each.village, each.village),
            unit=page.units.get(each.branch, each.branch),
            day=each.signed_on,
        )
        for each in others[:SHOWN]
    )
    return [
        page.t(
            "此编号已用于 %(n)s 份协议：%(named)s。确实同号的仍可登记，登记后由监督小组在“相近登记”中认定。",
            n=len(others),
            named=named + ("……" if len(others) > SHOWN else ""),
        )
    ]


def _burdened(page: Page, verb: Verb[Any, Any], key: str, written: Written) -> list[str]:
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


_SPLITS = {split_branch.name, split_village.name}


def _split(page: Page, verb: Verb[Any, Any], key: str, written: Written) -> list[str]:
    """What is dated on the day of a split or later and stays with what ends the day before, and what stays besides."""
    rows: Any = written.get("moves") or ()
    moved = {str(row["pairing_id"]) for row in rows if row.get("part")}
    try:
        on = date.fromisoformat(str(written.get("split_on", "")))
    except ValueError:
        return []
    later = later_of(page.connection, moved, on, page.at)
    said = []
    if later != Later(0, 0, 0):
        said.append(
            page.t(
                "划转的结对在 %(day)s 当日及以后已登记活动 %(a)s 次、需求 %(b)s 项、问题 %(c)s 个："
                "活动和已办结的事项仍记在原结对，未办结的随同划转。",
                day=on,
                a=later.activities,
                b=later.needs,
                c=later.findings,
            )
        )
    stays = staying(page.connection, moved, page.today.year, page.at)
    projects = sum(bool(each.project) for each in stays)
    plans = len(stays) - projects
    if projects or plans:
        said.append(
            page.t(
                "不随同划转：未验收的项目 %(a)s 个、本年度及以后的工作方案 %(b)s 份，仍由原结对双方办结；新的结对另行制定方案。",
                a=projects,
                b=plans,
            )
        )
    accounts = sum(
        key == (each.branch if verb.name == split_branch.name else each.village) and not each.disabled
        for each in account_list(page.connection, page.today, page.at)
    )
    if accounts:
        said.append(
            page.t(
                "现有的 %(n)s 个账号仍属原对象；新设对象须由管理员另开账号，开立以前无人填报、签收。",
                n=accounts,
            )
        )
    return said
