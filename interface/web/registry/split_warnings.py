"""What is said before a unit or a village is split: what is dated later, and what stays."""

from __future__ import annotations

from datetime import date
from typing import Any

from application.input.reading import Written
from application.questions.answers.pairing.holdings import LaterRecords, later_of, staying
from application.verb import Verb
from application.verbs.registry.splitting import split_branch
from interface.web.kit.page.page import Page
from interface.web.registry.below import staying_below
from projections.boards.people.accounts import account_list


def what_stays(page: Page, verb: Verb[Any, Any], key: str, written: Written) -> list[str]:
    """What is dated on the day of a split or later and stays with what ends the day before, and what stays besides."""
    below = staying_below(page, key) if verb.name == split_branch.name else []
    rows: Any = written.get("moves") or ()
    moved = {str(row["pairing_id"]) for row in rows if row.get("part")}
    try:
        on = date.fromisoformat(str(written.get("split_on", "")))
    except ValueError:
        return below
    later = later_of(page.connection, moved, on, page.at)
    said = below
    if later != LaterRecords(0, 0, 0):
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
