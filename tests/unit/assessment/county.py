"""The county's ledgers as rows of the table of facts, without the log in between."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
from sqlalchemy import Connection, Engine, create_engine, insert

from domain.assessment.scheme.vocabulary import OF_INDICATOR
from domain.kernel.ids import digest_id
from projections.boards.registry.units_and_villages import entry_classes
from projections.facts.exclusions import EXCLUDED
from projections.facts.fact_table import facts

LEDGERS = Path(__file__).parents[3] / "interface" / "demo" / "ledgers"
Row = dict[str, Any]
STATED = OF_INDICATOR | {"ruling", EXCLUDED}
"""Kinds of facts that are stated about a year."""

ACTIVITY = {
    "主题党日": "themed_party_day",
    "集中培训": "training",
    "专题讲座": "lecture",
    "志愿服务": "volunteering",
    "走访慰问": "condolence_visit",
    "调研座谈会": "forum",
    "调研": "field_study",
    "特色主题活动": "themed_campaign",
}
POST = {"兼职书记": "part_time_secretary", "特邀委员": "invited_member"}
FINDING = {"弄虚作假": "falsification"}
SEVERITY = {"一般": "minor", "较重": "major", "严重": "critical"}
CASE = {"县": "county", "州": "prefecture", "省": "province"}
SLIP = {"蓝": "blue", "橙": "orange", "红": "red"}
CIRCULAR = {"批评": "criticism", "表扬": "praise"}


@cache
def ledger(file: str, sheet: str) -> list[Row]:
    """The data rows of one sheet, header to value, dates as dates."""
    book = openpyxl.load_workbook(LEDGERS / f"{file}.xlsx")
    rows = list(book[sheet].iter_rows(values_only=True))
    header = [str(cell) for cell in rows[1]]
    return [
        {h: v.date() if isinstance(v, datetime) else v for h, v in zip(header, row, strict=True)}
        for row in rows[2:]
        if row[0] not in (None, "合计")
    ]


def code_of(kind: str, name: str) -> str:
    """An id for a name, as no names of this county are alike."""
    return digest_id(kind, name)


@cache
def pairing_of(village: str) -> str:
    """The pairing id of a village's one pairing of the year."""
    row = next(r for r in ledger("结对台账", "结对台账") if r["联建村（社区）"] == village)
    return f"2025-{code_of('v', village)}-{code_of('b', row['联建单位'])}"


@cache
def villages() -> dict[str, str]:
    """Village code to name, in the order of the ledger."""
    rows = ledger("结对台账", "结对台账")
    return {code_of("v", r["联建村（社区）"]): r["联建村（社区）"] for r in rows}


def fact(position: int, pairing: str, kind: str, occurred_on: date, **more: Any) -> Row:
    """One row of the table of facts, with nothing said beyond what is given. There is no registry here, so the ids of
    pairings say whom they pair.
    """
    _year, rest = pairing.split("-", 1)
    village, branch = rest.split("-b-")
    return {
        "position": position,
        "seq": 0,
        "pairing": pairing,
        "branch": f"b-{branch}",
        "village": village,
        "kind": kind,
        "type": "",
        "level": "",
        "occurred_on": occurred_on,
        "until_on": None,
        "reported_on": None,
        "recorded_at": datetime(2026, 1, 20, tzinfo=UTC),
        "quantity": 0,
        "reference": "",
        "year": 2025 if kind in STATED else None,
        "began_at": position,
        "retracted_at": None,
    } | more


def _assertions() -> Iterator[tuple[str, str, date, Row]]:
    """(village, kind, day, the rest) of everything the ledgers say that a score can rest on."""
    for n, r in enumerate(ledger("结对台账", "结对台账")):
        village = r["联建村（社区）"]
        yield village, "paired", r["结对日期"], {}
        if r["协议签订日期"]:
            yield village, "agreement_signed", r["协议签订日期"], {"reference": r["协议编号"]}
        for post, kind in POST.items():
            if r[post]:
                held = {"type": kind, "until_on": r[f"{post}离任日期"], "reference": f"person-{n}-{kind}"}
                yield village, "post_held", r[f"{post}到任日期"], held
    for n, r in enumerate(ledger("结对台账", "任职变动")):
        held = {"type": POST[r["职务"]], "until_on": r["离任日期"], "reference": f"successor-{n}"}
        yield r["联建村（社区）"], "post_held", r["到任日期"], held
    for n, r in enumerate(ledger("活动台账", "活动台账")):
        village, day = r["联建村（社区）"], r["日期"]
        same = {"type": ACTIVITY[r["活动类型"]], "reported_on": r["填报日期"], "reference": f"activity-{n}"}
        yield village, "activity", day, {**same, "quantity": r["参加人数"]}
        if r["慰问人数"] is not None:
            yield village, "persons_visited", day, {**same, "quantity": r["慰问人数"]}
    for r in ledger("资源需求清单", "需求清单"):
        for kind, column in {
            "need_raised": "提出日期",
            "need_matched": "对接日期",
            "need_met": "办结日期",
            "need_confirmed": "村级确认日期",
        }.items():
            if r[column]:
                yield r["联建村（社区）"], kind, r[column], {"reference": r["编号"]}
        if r["满意度"] is not None:
            rated = {"reference": r["编号"], "quantity": r["满意度"]}
            yield r["联建村（社区）"], "need_rated", r["村级确认日期"], rated
    for r in ledger("民生实事项目台账", "民生实事项目"):
        yield r["联建村（社区）"], "project_planned", r["计划完工日期"], {"reference": r["编号"]}
        if r["实际完工日期"]:
            yield r["联建村（社区）"], "project_completed", r["实际完工日期"], {"reference": r["编号"]}
    for r in ledger("问题整改台账", "问题整改台账"):
        yield from _finding(r)
    yield from _cases_and_circulars()


def _finding(r: Row) -> Iterator[tuple[str, str, date, Row]]:
    village, same = r["联建村（社区）"], {"reference": r["编号"]}
    kind = FINDING.get(r["问题类型"], "duty")
    yield village, "finding_raised", r["检查日期"], {**same, "type": kind, "level": SEVERITY[r["问题等级"]]}
    yield village, "finding_due", r["延期后期限"] or r["整改期限"], same
    if r["整改完成日期"]:
        yield village, "finding_submitted", r["整改完成日期"], same
    if r["复查日期"]:
        level = "passed" if r["复查结果"] == "通过" else "failed"
        yield village, "finding_reinspected", r["复查日期"], {**same, "level": level}
    if r["是否反弹"] == "是":
        yield village, "finding_relapsed", r["销号日期"], same


def _cases_and_circulars() -> Iterator[tuple[str, str, date, Row]]:
    file = "典型案例与通报台账"
    for r in ledger(file, "典型案例"):
        case = {"level": CASE[r["级别"]], "reference": r["案例名称"]}
        yield r["联建村（社区）"], "case_published", r["刊发日期"], case
    for r in ledger(file, "现场会"):
        yield r["承办联建村（社区）"], "meeting_hosted", r["日期"], {}
    for r in ledger(file, "通报"):
        yield r["联建村（社区）"], "circular_issued", r["日期"], {"type": CIRCULAR[r["类型"]]}
    for r in ledger(file, "督查单"):
        yield r["联建村（社区）"], "slip_issued", r["日期"], {"level": SLIP[r["颜色"]]}


@cache
def county_facts() -> list[Row]:
    """All facts of the county's ledgers."""
    return [
        fact(position, pairing_of(village), kind, day, **more)
        for position, (village, kind, day, more) in enumerate(_assertions(), 1)
    ]


def engine_with(rows: list[Row]) -> Engine:
    """A database in memory that holds these facts."""
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        facts.create(connection)
        entry_classes.create(connection)
        fill(connection, rows)
    return engine


def fill(connection: Connection, rows: list[Row]) -> None:
    """Insert facts."""
    if rows:
        connection.execute(insert(facts), rows)
