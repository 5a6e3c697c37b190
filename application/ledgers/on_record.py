"""What is on record, as the rows of the ledgers that an import reads: the county's ledgers out again.

Names are those of today. What a ledger has no column for stays behind: `docs/ledgers.md` names it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from functools import cached_property, partial
from itertools import count
from typing import Any

from sqlalchemy import Row, Table, select

from application.ledgers.rows import (
    ActivityRow,
    CaseRow,
    CircularRow,
    FindingRow,
    LedgerRow,
    MeetingRow,
    NeedRow,
    PairingRow,
    ParentRow,
    PostChangeRow,
    ProjectRow,
    ResourceRow,
    RowSource,
    SlipRow,
)
from application.look import look_of
from application.system import System
from application.things import BRANCH, FINDING, PAIRING
from domain.pairing.events import Post
from domain.pairing.pairing import Pairing
from domain.pairing.posts import Term
from domain.registry.parents import stood_under
from domain.supervision import events
from domain.supervision.finding import Finding
from projections.boards.findings import circulars, findings, slips
from projections.boards.livelihood import needs, projects, resources
from projections.boards.pairing.activities import TRAININGS, activities
from projections.boards.pairing.pairings import pairings
from projections.boards.pairing.recognitions import recognitions
from projections.boards.registry.units_and_villages import branches, villages
from projections.kit.columns import known

NOWHERE = RowSource("", "", 0)
UNSIGNED = "未署名"
"""Whoever made an inspection that names nobody."""


class LedgersOnRecord:
    """All that the ledgers of the county say by now."""

    def __init__(self, system: System) -> None:
        self._system = system
        self._look = look_of(system)

    def rows(self) -> Iterator[LedgerRow]:
        """Every row, those of pairings first."""
        yield from self._pairings()
        yield from self._parents()
        for row in self._rows(activities, "held_on"):
            if row.status != "voided":
                taught = row.kind in TRAININGS
                yield ActivityRow(
                    source=NOWHERE,
                    held_on=row.held_on,
                    **self._parties(row),
                    kind=row.kind,
                    theme=row.topic,
                    participants=row.participants,
                    persons_visited=row.persons_visited or 0,
                    reported_on=row.reported_on,
                    hours_hundredths=row.hours_hundredths if taught else None,
                    teacher=self._people[row.teacher_ref] if taught and row.teacher_ref else None,
                    teacher_office=(row.teacher_office or None) if taught else None,
                )
        for row in self._rows(resources, "offered_on"):
            if row.withdrawn_on is None:
                yield ResourceRow(
                    source=NOWHERE,
                    unit=self._units[row.branch].unit_name,
                    category=row.category,
                    description=row.content,
                    registered_on=row.offered_on,
                )
        yield from self._needs()
        for row in self._rows(projects, "started_on"):
            if row.voided_on is not None:
                continue
            yield ProjectRow(
                source=NOWHERE,
                project_id=row.number,
                name=row.name,
                category=row.category,
                **self._parties(row),
                investment_cents=row.budget_cents,
                began_on=row.started_on,
                planned_end_on=row.planned_end_on,
                completed_on=row.completed_on,
                beneficiaries=row.beneficiaries,
                accepted_on=row.accepted_on,
            )
        for row in self._rows(findings, "found_on"):
            if row.status != "withdrawn":
                yield self._finding(row)
        yield from self._recognitions()
        for row in self._rows(circulars, "issued_on"):
            yield CircularRow(
                source=NOWHERE,
                **self._parties(row),
                circular_type=row.kind,
                number=row.document_no,
                issued_on=row.issued_on,
            )
        for row in self._rows(slips, "issued_on"):
            yield SlipRow(source=NOWHERE, **self._parties(row), colour=row.colour, issued_on=row.issued_on)

    def _rows(self, board: Table, day: str) -> list[Row[Any]]:
        """What stands on a board, in the order of days, then of record."""
        c = board.c
        query = select(board).where(known(board, None)).order_by(c[day], board.info["key"])
        with self._system.reading() as connection:
            return list(connection.execute(query))

    @cached_property
    def _units(self) -> Mapping[str, Row[Any]]:
        return {row.branch: row for row in self._rows(branches, "registered_at")}

    @cached_property
    def _villages(self) -> Mapping[str, Row[Any]]:
        return {row.village: row for row in self._rows(villages, "registered_at")}

    @cached_property
    def _paired(self) -> Mapping[str, Row[Any]]:
        return {row.pairing_id: row for row in self._rows(pairings, "started_on")}

    @cached_property
    def _people(self) -> Mapping[str, str]:
        """Reference to name of everybody in a post, and of everybody who inspected or taught."""
        terms = (term.person_ref for each in self._states.values() for term in each.terms)
        looked = (
            ref
            for row in self._rows(findings, "found_on")
            for ref in (row.inspector_ref, row.reinspector_ref)
        )
        taught = (row.teacher_ref for row in self._rows(activities, "held_on") if row.status != "voided")
        wanted = {*terms, *looked, *taught} - {""}
        # One whose name was erased is told apart from the next, and from everybody else.
        erased = (f"姓名已删除{number}" for number in count(1))
        names = self._system.vault.names(wanted)
        return names | {ref: next(erased) for ref in sorted(wanted - names.keys())}

    @cached_property
    def _states(self) -> Mapping[str, Pairing]:
        states = {each: PAIRING.state(self._look, each) for each in self._paired}
        return {each: state for each, state in states.items() if not state.voided}

    def _parties(self, row: Row[Any]) -> dict[str, str]:
        """Unit and village of the pairing that a row of a board names."""
        paired = self._paired[row.pairing_id]
        return {
            "unit": self._units[paired.branch].unit_name,
            "village": self._villages[paired.village].name,
        }

    def _pairings(self) -> Iterator[LedgerRow]:
        """A row for each day on which two were paired, and for each agreement; who held a post later, on the other sheet."""
        changes: list[LedgerRow] = []
        for state in self._states.values():
            first = {post: next((t for t in state.terms if t.post is post), None) for post in Post}
            yield from self._of_pairing(state, first)
            changes += (self._post_change(state, t) for t in state.terms if t is not first[t.post])
        yield from changes

    def _of_pairing(self, state: Pairing, first: Mapping[Post, Term | None]) -> Iterator[PairingRow]:
        unit, village = self._units[state.branch], self._villages[state.village]
        days = (state.started_on, *sorted(state.renewals))
        for number in range(max(len(days), len(state.agreements))):
            signed = state.agreements[number] if number < len(state.agreements) else None
            posts: dict[str, Any] = {}
            for post, term in first.items():
                holds = term if number == 0 else None
                posts |= {
                    post.value: self._people[holds.person_ref] if holds else None,
                    f"{post.value}_began_on": holds and holds.began_on,
                    f"{post.value}_ended_on": holds and holds.ended_on,
                }
            yield PairingRow(
                source=NOWHERE,
                unit=unit.unit_name,
                unit_level=unit.level,
                unit_class=unit.unit_class,
                branch=unit.branch_name,
                village=village.name,
                target_kind=village.kind,
                township=village.township,
                paired_on=days[min(number, len(days) - 1)],
                ended_on=state.ended_on,
                end_reason=state.ended_because or None,
                agreement_number=signed.number if signed else None,
                agreement_signed_on=signed.signed_on if signed else None,
                **posts,
            )

    def _parents(self) -> Iterator[ParentRow]:
        """Under which unit another stood, as it is read: under what that was merged into from then on. First the units that no
        pairing names: those that there are, and whoever was the parent of one.
        """
        of: list[ParentRow] = []
        named: set[str] = set()
        paired = {each.branch for each in self._states.values()}
        state = partial(BRANCH.state, self._look)
        left = [each for each, row in self._units.items() if each in paired or row.ended_on is None]
        while left:
            unit = left.pop(0)
            if unit in named:
                continue
            named.add(unit)
            since = state(unit).since
            for stood in stood_under(state, unit):
                left.append(stood.parent)
                of.append(
                    ParentRow(
                        source=NOWHERE,
                        unit=self._units[unit].unit_name,
                        unit_level=None,
                        unit_class=None,
                        branch=None,
                        parent=self._units[stood.parent].unit_name,
                        from_on=None if stood.from_on == since else stood.from_on,
                        until_on=stood.until_on and stood.until_on - timedelta(days=1),
                    )
                )
        for unit, row in self._units.items():
            if unit in named - paired:
                yield ParentRow(
                    source=NOWHERE,
                    unit=row.unit_name,
                    unit_level=row.level,
                    unit_class=row.unit_class,
                    branch=row.branch_name,
                    parent=None,
                    from_on=None,
                    until_on=None,
                )
        yield from of

    def _post_change(self, state: Pairing, term: Term) -> PostChangeRow:
        return PostChangeRow(
            source=NOWHERE,
            unit=self._units[state.branch].unit_name,
            village=self._villages[state.village].name,
            post=term.post.value,
            person=self._people[term.person_ref],
            began_on=term.began_on,
            ended_on=term.ended_on,
        )

    def _needs(self) -> Iterator[NeedRow]:
        for row in self._rows(needs, "raised_on"):
            if row.withdrawn_on is None:
                yield NeedRow(
                    source=NOWHERE,
                    need_id=row.number,
                    village=self._villages[row.village].name,
                    category=row.category,
                    description=row.content,
                    raised_on=row.raised_on,
                    matched_unit=self._parties(row)["unit"] if row.matched_on else None,
                    matched_on=row.matched_on,
                    met_on=row.met_on,
                    confirmed_on=row.confirmed_on,
                    rating=row.rating,
                )

    def _finding(self, row: Row[Any]) -> FindingRow:
        """Of a finding that came back, a ledger has the first round, and that it did."""
        whole = FINDING.state(self._look, row.finding_id)
        first = Finding()
        for event in whole.history:
            if isinstance(event, events.FindingRelapsed):
                break
            first = first.after(event)
        orders = first.on_record(events.RectificationOrdered)
        order = orders[-1] if orders else None
        # A failed re-inspection that a new report followed has no cell: the row says the newest of each.
        looked = first.reinspected_on is not None and (
            first.submitted_on is None or first.submitted_on <= first.reinspected_on
        )
        return FindingRow(
            source=NOWHERE,
            finding_id=row.number,
            found_on=row.found_on,
            method=row.method,
            inspector=self._people[row.inspector_ref] if row.inspector_ref else UNSIGNED,
            **self._parties(row),
            description=row.description,
            finding_type=row.finding_type,
            severity=row.severity,
            measures=order.measures if order else None,
            order_number=order.document_no if order else None,
            ordered_on=order.ordered_on if order else None,
            due_on=order.due_on if order else None,
            extended_due_on=first.due_on if first.extended else None,
            submitted_on=first.submitted_on,
            times_returned=whole.returns,
            reinspected_on=first.reinspected_on if looked else None,
            reinspector=self._reinspector(first) if looked else None,
            reinspection=("passed" if first.passed else "failed") if looked else None,
            closed_on=first.closed_on,
            relapsed=whole.relapsed,
        )

    def _reinspector(self, finding: Finding) -> str | None:
        looks = finding.on_record(events.FindingReinspected)
        who = looks[-1].inspector if looks else None
        return None if who is None else self._people.get(who.ref, UNSIGNED)

    def _recognitions(self) -> Iterator[LedgerRow]:
        """Model cases, then meetings."""
        meetings: list[LedgerRow] = []
        for row in self._rows(recognitions, "occurred_on"):
            of = self._parties(row)
            if row.kind == "meeting":
                meetings.append(MeetingRow(source=NOWHERE, **of, held_on=row.occurred_on))
                continue
            yield CaseRow(source=NOWHERE, **of, name=row.name, level=row.level, published_on=row.occurred_on)
        yield from meetings
