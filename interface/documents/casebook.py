"""The casebook of a year (案例集): model cases with what their pairings did, as the record tells it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy import Row, Select, Table, select

from domain.assessment.scheme.points import by_thousands, half_up, two_decimals
from interface.documents.common import pinned, unit_name, village_name, writing, written_day
from interface.documents.model import Cell, Contents, Document, Figure, Picture, Pictures, Writing
from interface.documents.reader import Reader
from interface.words import LABELS, label
from projections.boards.livelihood import needs, projects
from projections.boards.pairing.activities import activities
from projections.boards.pairing.pairings import pairings
from projections.boards.pairing.recognitions import recognitions
from projections.kit.columns import known
from projections.kit.memory import ask_ahead

LEVELS = ("county", "prefecture", "province")
"""From the lowest to the highest."""


@dataclass(frozen=True)
class Case:
    """A case by its place in the whole book, from 1, with each time it was published."""

    number: int
    pairing_id: str
    name: str
    rows: Sequence[Row[Any]]

    @property
    def key(self) -> str:
        return f"{self.pairing_id}/{self.name}"

    @property
    def anchor(self) -> str:
        """Where a link to it leads on its page."""
        return f"case-{self.number}"


@dataclass(frozen=True)
class Recorded:
    """All cases published in a year, the highest level first, then by name; and the on-site meetings, by day."""

    cases: Sequence[Case]
    meetings: Sequence[Row[Any]]


@dataclass(frozen=True)
class Part:
    """Some cases of the book that follow each other. ``first``, ``last``: whether the book begins or ends with them;
    ``address``: where a case is shown."""

    cases: Sequence[Case]
    first: bool
    last: bool
    address: Callable[[Case], str]


def recorded(reader: Reader, year: int) -> Recorded:
    """What a year's book tells of."""
    found = _recognised(reader, year)
    cases: dict[tuple[str, str], list[Row[Any]]] = defaultdict(list)
    for row in found:
        if row.kind == "case":
            cases[row.pairing_id, row.name].append(row)
    ordered = sorted(cases.items(), key=lambda each: (-_highest(each[1]), each[0][1], each[0][0]))
    numbered = [Case(n, *key, rows) for n, (key, rows) in enumerate(ordered, start=1)]
    return Recorded(numbered, [row for row in found if row.kind == "meeting"])


def casebook(
    reader: Reader,
    year: int,
    found: Recorded,
    pictures: Mapping[str, Sequence[Picture]],
    part: Part | None = None,
) -> Document:
    """The book whole, or a part of it, whose contents lead to all of its cases. ``pictures``: those of a case, by its id, as far
    as the reader may see them."""
    w = writing(reader)
    shown = part.cases if part else found.cases
    if part is None or part.first:
        _introduced(reader, w, year, found, part)
    done = _Done(reader, {each.pairing_id for each in shown})
    for each in shown:
        seen = [picture for row in each.rows for picture in pictures.get(row.recognition_id, ())]
        _case(reader, w, year, each, done, seen)
    if found.meetings and (part is None or part.last):
        _meetings(reader, w, found.meetings)
    return Document(
        title=w.t("%(year)s年度支部联建典型案例集", year=year),
        language=reader.language,
        blocks=tuple(w.blocks),
        office=w.t("支部联建工作考核组"),
        dated=written_day(reader, reader.today),
        referenced=True,
        basis=((w.t("记录号"), str(reader.at)),),
    )


def _introduced(reader: Reader, w: Writing, year: int, found: Recorded, part: Part | None) -> None:
    entries = [Figure(each.name, part.address(each)) for each in found.cases] if part else []
    w.blocks.append(Contents(tuple(entries)))
    w.heading(w.t("编写说明"))
    here = pinned(reader, "/facts", figure="cases", year=year)
    w.tell_counted(
        "本集收录本年度刊发的典型案例%(cases)s个，另记承办现场会%(meetings)s次；内容全部取自系统中的记录。",
        len(found.cases),
        cases=Figure(str(len(found.cases)), here, w.t(label("figure", "cases"))),
        meetings=Figure(
            str(len(found.meetings)),
            pinned(reader, "/facts", figure="meetings", year=year),
            w.t(label("figure", "meetings")),
        ),
    )
    if not found.cases:
        w.paragraph(w.t("本年度尚无典型案例。刊发后登记，即可收入本集。"))


def _highest(rows: Sequence[Row[Any]]) -> int:
    return max(LEVELS.index(row.level) for row in rows)


def _recognised(reader: Reader, year: int) -> list[Row[Any]]:
    """Cases and meetings of the year's pairings, with the pairing's branch and village; by day."""
    query = (
        select(recognitions, pairings.c.branch, pairings.c.village, pairings.c.started_on)
        .join(pairings, pairings.c.pairing_id == recognitions.c.pairing_id)
        .where(
            known(recognitions, reader.at),
            known(pairings, reader.at),
            recognitions.c.occurred_on.between(date(year, 1, 1), date(year, 12, 31)),
        )
        .order_by(recognitions.c.occurred_on, recognitions.c.recognition_id)
    )
    ask_ahead(reader.connection, query)
    return list(reader.connection.execute(query).all())


class _Done:
    """What pairings did, by pairing."""

    def __init__(self, reader: Reader, pairing_ids: Collection[str]) -> None:
        def asked(table: Table, order: Any) -> Select[Any]:
            some = table.c.pairing_id.in_(sorted(pairing_ids))
            return select(table).where(some, known(table, reader.at)).order_by(order)

        def rows(query: Select[Any]) -> dict[str, list[Row[Any]]]:
            found: dict[str, list[Row[Any]]] = {each: [] for each in pairing_ids}
            for row in reader.connection.execute(query):
                found[row.pairing_id].append(row)
            return found

        # Activities are many, and asked for alone.
        self.activities = rows(asked(activities, activities.c.held_on))
        of_needs, of_projects = asked(needs, needs.c.raised_on), asked(projects, projects.c.started_on)
        ask_ahead(reader.connection, of_needs, of_projects)
        self.needs, stood = rows(of_needs), rows(of_projects)
        self.projects = {key: [each for each in of if each.voided_on is None] for key, of in stood.items()}


def _case(reader: Reader, w: Writing, year: int, case: Case, done: _Done, seen: Sequence[Picture]) -> None:
    pairing_id, rows = case.pairing_id, case.rows
    first, address = rows[0], pinned(reader, f"/pairings/{pairing_id}", year=year)
    village, unit = village_name(reader, first.village), unit_name(reader, first.branch)
    w.heading(case.name, anchor=case.anchor)
    levels = w.separator.join(
        w.t("%(level)s刊发于%(day)s", level=w.t(label("case_level", row.level)), day=row.occurred_on)
        for row in sorted(rows, key=lambda row: (LEVELS.index(row.level), row.occurred_on))
    )
    w.tell(
        "联建单位：%(unit)s；联建村（社区）：%(village)s。最高级别：%(level)s（%(levels)s）。",
        unit=unit,
        village=Figure(village, address, w.t("结对")),
        level=w.t(label("case_level", LEVELS[_highest(rows)])),
        levels=levels,
    )
    if seen:
        w.blocks.append(Pictures(tuple(seen)))
    _what_was_done(w, year, done.activities[pairing_id], address)
    _needs(reader, w, year, done.needs[pairing_id], address)
    _projects(reader, w, year, done.projects[pairing_id], address)


def _what_was_done(w: Writing, year: int, recorded: list[Row[Any]], address: str) -> None:
    held = [row for row in recorded if row.status != "voided" and row.held_on.year == year]
    w.heading(w.t("做了什么"), 2)
    counted = Counter(row.kind for row in held)
    people = Counter[str]()
    for row in held:
        people[row.kind] += row.participants
    listed: list[list[Cell]] = []
    for kind in LABELS["activity_kind"]:
        if counted[kind]:
            word = w.t(label("activity_kind", kind))
            listed.append(
                [
                    word,
                    Figure(str(counted[kind]), address, w.t("%(what)s次数", what=word)),
                    Figure(str(people[kind]), address, w.t("%(what)s参加人次", what=word)),
                ]
            )
    if listed:
        w.table([w.t("活动类型"), w.t("次数"), w.t("参加人次")], listed, {1, 2})
    visited = sum(row.persons_visited or 0 for row in held)
    if visited:
        w.tell_counted("走访慰问%(n)s人。", visited, n=Figure(str(visited), address, w.t("慰问人数")))


def _needs(reader: Reader, w: Writing, year: int, recorded: list[Row[Any]], address: str) -> None:
    by = reader.basis_of(year).cut_off
    raised = [row for row in recorded if row.raised_on.year == year]
    if not raised:
        return
    w.heading(w.t("办了哪些需求"), 2)
    confirmed = [row for row in raised if row.confirmed_on and row.confirmed_on <= by]
    ratings = [row.rating for row in confirmed if row.rating is not None]
    w.tell_counted(
        "村里提出需求%(raised)s项，经村级确认办结%(confirmed)s项。",
        len(raised),
        raised=Figure(str(len(raised)), address, w.t("提出的需求")),
        confirmed=Figure(str(len(confirmed)), address, w.t("确认办结的需求")),
    )
    if ratings:
        mean = two_decimals(half_up(Fraction(sum(ratings), len(ratings))))
        w.tell("满意度平均%(mean)s分（满分五分）。", mean=Figure(mean, address, w.t("满意度平均分")))
    rows: list[list[Cell]] = [
        [
            row.content,
            w.t(label("category", row.category)),
            str(row.met_on or "—"),
            Figure(str(row.rating), address, w.t("满意度")) if row.rating is not None else "—",
        ]
        for row in confirmed
    ]
    if rows:
        w.table([w.t("需求"), w.t("类别"), w.t("办结日期"), w.t("满意度")], rows, {3})


def _projects(reader: Reader, w: Writing, year: int, recorded: list[Row[Any]], address: str) -> None:
    """Those that were under way in the year, and whether they were completed by its last day of reporting."""
    by = reader.basis_of(year).cut_off
    opened = [
        row
        for row in recorded
        if row.started_on.year <= year and (row.completed_on is None or row.completed_on.year >= year)
    ]
    if not opened:
        return
    w.heading(w.t("建成哪些项目"), 2)
    rows: list[list[Cell]] = [
        [
            row.name,
            w.t(label("category", row.category)),
            Figure(by_thousands(two_decimals(row.budget_cents)), address, w.t("项目预算（元）")),
            Figure(str(row.beneficiaries), address, w.t("受益人数")),
            str(row.completed_on) if row.completed_on and row.completed_on <= by else w.t("未完工"),
        ]
        for row in opened
    ]
    head = [w.t("项目"), w.t("类别"), w.t("预算（元）"), w.t("受益人数"), w.t("完工日期")]
    w.table(head, rows, {2, 3})


def _meetings(reader: Reader, w: Writing, meetings: Sequence[Row[Any]]) -> None:
    w.heading(w.t("现场会"))
    rows: list[list[Cell]] = [
        [
            str(row.occurred_on),
            Figure(
                village_name(reader, row.village),
                pinned(reader, f"/pairings/{row.pairing_id}", year=row.occurred_on.year),
                w.t("结对"),
            ),
            unit_name(reader, row.branch),
        ]
        for row in meetings
    ]
    w.table([w.t("日期"), w.t("联建村（社区）"), w.t("联建单位")], rows)
