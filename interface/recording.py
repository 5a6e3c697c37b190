"""One ledger row, as the decisions it stands for. A row imported again decides nothing; a later state of it
decides only the steps that are new.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import singledispatchmethod

from application.pairing import activity_id_of
from domain.kernel import ids
from domain.kernel.clause import Clause
from domain.kernel.decisions import demand
from domain.kernel.errors import Rejected
from domain.kernel.person import PersonRef
from domain.kernel.recorded import By
from domain.livelihood import clauses as livelihood_clauses
from domain.livelihood.events import Category, ResourceCategory
from domain.pairing import clauses as pairing_clauses
from domain.pairing.events import ActivityKind, CaseLevel, Post
from domain.registry.events import TargetKind, UnitClass, UnitLevel
from domain.supervision import clauses as supervision_clauses
from domain.supervision.events import CircularKind, Colour, FindingType, Method, Severity
from interface.composition import Services
from interface.ledgers.rows import (
    ActivityRow,
    CaseRow,
    CircularRow,
    FindingRow,
    LedgerRow,
    MeetingRow,
    NeedRow,
    PairingRow,
    PostChangeRow,
    ProjectRow,
    ResourceRow,
    SlipRow,
)

ORDER: tuple[type[LedgerRow], ...] = (
    PairingRow,
    PostChangeRow,
    ResourceRow,
    NeedRow,
    ProjectRow,
    ActivityRow,
    FindingRow,
    CaseRow,
    MeetingRow,
    CircularRow,
    SlipRow,
)
"""Rows are recorded in this order, since later kinds refer to the pairings of the first."""

PAIRING_NAMED = Clause(
    "ledger.PAIRING_NAMED",
    "该村（社区）有多个结对，须写明联建单位",
    "this village has several pairings; the row names the unit",
    "default",
    "请增加“联建单位”一列并填写",
    "add the column 联建单位 and fill it in",
)
PAIRED = Clause(
    "ledger.PAIRED",
    "该单位与该村（社区）没有结对",
    "this unit is not paired with this village",
    "default",
    "请先在结对台账中登记",
    "enter the pairing in the pairing ledger first",
)
ON_RECORD = (pairing_clauses.RECORDED_ONCE, livelihood_clauses.RECORDED_ONCE, supervision_clauses.ISSUED_ONCE)
OFFICE = "联建办"
"""Scope of inspectors' names in the vault."""


def people_of(row: LedgerRow) -> list[tuple[str, str]]:
    """(name, scope) of every person a row names."""
    match row:
        case PairingRow():
            names = (row.part_time_secretary, row.invited_member)
            return [(name, row.unit) for name in names if name]
        case PostChangeRow():
            return [(row.person, row.village)]
        case FindingRow():
            return [(name, OFFICE) for name in (row.inspector, row.reinspector) if name]
    return []


@dataclass
class Names:
    """Which unit, village and pairing a name in a ledger means."""

    year: int
    branches: dict[str, str] = field(default_factory=dict)
    villages: dict[str, str] = field(default_factory=dict)
    pairings: dict[str, dict[str, str]] = field(default_factory=dict)
    """Village code to branch code to pairing id."""

    def pairing(self, unit: str | None, village: str) -> tuple[str, str, str]:
        """(pairing id, branch code, village code). Rejected where the names do not lead to one pairing."""
        code = self.villages.get(village, "")
        of_village = self.pairings.get(code, {})
        if unit is None:
            demand(len(of_village) <= 1, PAIRING_NAMED, village)
            demand(len(of_village) == 1, PAIRED, village)
            branch, pairing_id = next(iter(of_village.items()))
            return pairing_id, branch, code
        branch = self.branches.get(unit, "")
        demand(branch in of_village, PAIRED, f"{unit}, {village}")
        return of_village[branch], branch, code


class Recorder:
    """Records rows through ``services``; each ``record`` says whether anything was new."""

    def __init__(
        self,
        services: Services,
        names: Names,
        people: Mapping[tuple[str, str], PersonRef],
        today: date,
    ) -> None:
        self._services = services
        self._names = names
        self._people = people
        self._today = today

    @singledispatchmethod
    def record(self, row: LedgerRow, by: By) -> bool:
        """Decide what is new in ``row``; ``False`` when all of it is on record. Raises ``Rejected``."""
        raise TypeError(f"nothing is known about recording a {type(row).__name__}")

    @record.register
    def _pairing(self, row: PairingRow, by: By) -> bool:
        services, names = self._services, self._names
        new = False
        if row.unit not in names.branches:
            code = ids.branch_code(row.unit)
            if not services.registry.is_registered_branch(code):
                services.registry.register_branch(
                    unit_name=row.unit,
                    branch_name=row.branch,
                    level=UnitLevel(row.unit_level),
                    unit_class=UnitClass(row.unit_class),
                    by=by,
                )
            names.branches[row.unit] = code
        if row.village not in names.villages:
            code = ids.village_code(row.village)
            if not services.registry.is_registered_village(code):
                services.registry.register_village(
                    name=row.village, kind=TargetKind(row.target_kind), township=row.township, by=by
                )
            names.villages[row.village] = code
        branch, village = names.branches[row.unit], names.villages[row.village]
        pairing_id = ids.pairing_id(names.year, village, branch)
        pairing = services.pairings.pairing(pairing_id)
        if not pairing.pairing_id:
            services.pairings.start_pairing(
                year=names.year, branch=branch, village=village, started_on=row.paired_on, by=by
            )
            new = True
        else:
            same = pairing.started_on == row.paired_on
            demand(same, pairing_clauses.LEDGER_DIFFERS, f"{pairing.started_on} / {row.paired_on}")
        names.pairings.setdefault(village, {})[branch] = pairing_id
        if row.agreement_signed_on is not None:
            if pairing.signed_on is None:
                services.pairings.sign_agreement(
                    pairing_id,
                    agreement_no=row.agreement_number or "",
                    signed_on=row.agreement_signed_on,
                    by=by,
                )
                new = True
            else:
                same = pairing.signed_on == row.agreement_signed_on
                differs = f"{pairing.signed_on} / {row.agreement_signed_on}"
                demand(same, pairing_clauses.LEDGER_DIFFERS, differs)
        posts = (
            (
                Post.PART_TIME_SECRETARY,
                row.part_time_secretary,
                row.part_time_secretary_began_on,
                row.part_time_secretary_ended_on,
            ),
            (
                Post.INVITED_MEMBER,
                row.invited_member,
                row.invited_member_began_on,
                row.invited_member_ended_on,
            ),
        )
        for post, name, began_on, ended_on in posts:
            if name and began_on:
                person = self._people[name, row.unit]
                new = self._term(pairing_id, post, person, began_on, ended_on, by) or new
        return new

    def _term(
        self,
        pairing_id: str,
        post: Post,
        person: PersonRef,
        began_on: date,
        ended_on: date | None,
        by: By,
    ) -> bool:
        pairings = self._services.pairings
        known = [t for t in pairings.pairing(pairing_id).terms if t.post is post and t.began_on == began_on]
        mine = next((t for t in known if t.person_ref == person.ref), None)
        demand(not known or mine is not None, pairing_clauses.LEDGER_DIFFERS, f"{post.value} {began_on}")
        if mine is None:
            pairings.appoint_to_post(pairing_id, post=post, person=person, began_on=began_on, by=by)
        if ended_on is not None and (mine is None or mine.ended_on is None):
            pairings.leave_post(pairing_id, post=post, ended_on=ended_on, by=by)
            return True
        if mine is not None:
            same = mine.ended_on == ended_on
            demand(same, pairing_clauses.LEDGER_DIFFERS, f"{mine.ended_on} / {ended_on}")
        return mine is None

    @record.register
    def _post_change(self, row: PostChangeRow, by: By) -> bool:
        pairing_id, _, _ = self._names.pairing(row.unit, row.village)
        person = self._people[row.person, row.village]
        return self._term(pairing_id, Post(row.post), person, row.began_on, row.ended_on, by)

    @record.register
    def _activity(self, row: ActivityRow, by: By) -> bool:
        pairing_id, _, _ = self._names.pairing(row.unit, row.village)
        kind = ActivityKind(row.kind)
        visited = row.persons_visited if kind is ActivityKind.CONDOLENCE_VISIT else None
        what = (pairing_id, kind, row.theme, row.held_on, row.participants, visited, row.reported_on)
        if self._services.pairings.activity(activity_id_of(*what)).activity_id:
            return False
        self._services.pairings.record_activity(
            pairing_id=pairing_id,
            kind=kind,
            topic=row.theme,
            held_on=row.held_on,
            participants=row.participants,
            persons_visited=visited,
            reported_on=row.reported_on,
            by=by,
        )
        return True

    @record.register
    def _resource(self, row: ResourceRow, by: By) -> bool:
        demand(row.unit in self._names.branches, PAIRED, row.unit)
        return _once(
            self._services.livelihood.offer_resource,
            branch=self._names.branches[row.unit],
            category=ResourceCategory(row.category),
            content=row.description,
            offered_on=row.registered_on,
            by=by,
        )

    @record.register
    def _need(self, row: NeedRow, by: By) -> bool:
        livelihood = self._services.livelihood
        village = self._names.villages.get(row.village, "")
        demand(bool(village), PAIRED, row.village)
        need = livelihood.need(row.need_id)
        if not need.need_id:
            of_village = self._names.pairings.get(village, {})
            livelihood.raise_need(
                need_id=row.need_id,
                village=village,
                pairing_id=next(iter(of_village.values())) if len(of_village) == 1 else "",
                category=Category(row.category),
                content=row.description,
                raised_on=row.raised_on,
                by=by,
            )
        else:
            stated = (village, Category(row.category), row.description, row.raised_on)
            same = stated == (need.village, need.category, need.content, need.raised_on)
            demand(same, livelihood_clauses.LEDGER_DIFFERS, row.need_id)
        if row.matched_on is not None and need.matched_on is None:
            pairing_id, branch, _ = self._names.pairing(row.matched_unit, row.village)
            livelihood.match_need(
                row.need_id, pairing_id=pairing_id, branch=branch, matched_on=row.matched_on, by=by
            )
        if row.met_on is not None and need.met_on is None:
            livelihood.meet_need(row.need_id, met_on=row.met_on, by=by)
        if row.confirmed_on is not None and need.confirmed_on is None:
            livelihood.confirm_need(row.need_id, confirmed_on=row.confirmed_on, rating=row.rating, by=by)
        after = livelihood.need(row.need_id)
        steps = (row.matched_on, row.met_on, row.confirmed_on, row.rating)
        taken = (after.matched_on, after.met_on, after.confirmed_on, after.rating)
        demand(steps == taken, livelihood_clauses.LEDGER_DIFFERS, row.need_id)
        return after != need

    @record.register
    def _project(self, row: ProjectRow, by: By) -> bool:
        livelihood = self._services.livelihood
        pairing_id, branch, village = self._names.pairing(row.unit, row.village)
        project = livelihood.project(row.project_id)
        if not project.project_id:
            livelihood.open_project(
                project_id=row.project_id,
                pairing_id=pairing_id,
                branch=branch,
                village=village,
                name=row.name,
                category=Category(row.category),
                budget_cents=row.investment_cents,
                started_on=row.began_on,
                planned_end_on=row.planned_end_on,
                beneficiaries=row.beneficiaries,
                by=by,
            )
        if row.completed_on is not None and project.completed_on is None:
            livelihood.complete_project(row.project_id, completed_on=row.completed_on, by=by)
        if row.accepted_on is not None and project.accepted_on is None:
            livelihood.accept_project(row.project_id, accepted_on=row.accepted_on, by=by)
        after = livelihood.project(row.project_id)
        assert after.opened is not None
        opened = after.opened
        stated = (
            pairing_id,
            row.name,
            Category(row.category),
            row.beneficiaries,
            row.investment_cents,
            row.began_on,
            row.planned_end_on,
        )
        recorded = (
            opened.pairing_id,
            opened.name,
            opened.category,
            opened.beneficiaries,
            opened.budget_cents,
            opened.started_on,
            opened.planned_end_on,
        )
        days = (row.completed_on, row.accepted_on) == (after.completed_on, after.accepted_on)
        demand(stated == recorded and days, livelihood_clauses.LEDGER_DIFFERS, row.project_id)
        return after != project

    @record.register
    def _finding(self, row: FindingRow, by: By) -> bool:
        pairing_id, branch, village = self._names.pairing(row.unit, row.village)
        return self._services.supervision.record_ledger_finding(
            row.finding_id,
            pairing_id=pairing_id,
            branch=branch,
            village=village,
            found_on=row.found_on,
            method=Method(row.method),
            inspector=self._people[row.inspector, OFFICE],
            description=row.description,
            finding_type=FindingType(row.finding_type),
            severity=Severity(row.severity),
            ordered_on=row.ordered_on,
            due_on=row.due_on,
            document_no=row.order_number or "",
            measures=row.measures or "",
            extended_to=row.extended_due_on,
            submitted_on=row.submitted_on,
            returns=row.times_returned,
            reinspected_on=row.reinspected_on,
            reinspector=self._people[row.reinspector, OFFICE] if row.reinspector else None,
            passed=None if row.reinspection is None else row.reinspection == "passed",
            closed_on=row.closed_on,
            relapsed=row.relapsed,
            today=self._today,
            by=by,
        )

    @record.register
    def _case(self, row: CaseRow, by: By) -> bool:
        pairing_id, _, _ = self._names.pairing(row.unit, row.village)
        return _once(
            self._services.pairings.publish_case,
            pairing_id=pairing_id,
            case_name=row.name,
            level=CaseLevel(row.level),
            published_on=row.published_on,
            by=by,
        )

    @record.register
    def _meeting(self, row: MeetingRow, by: By) -> bool:
        pairing_id, _, _ = self._names.pairing(row.unit, row.village)
        return _once(
            self._services.pairings.host_meeting, pairing_id=pairing_id, hosted_on=row.held_on, by=by
        )

    @record.register
    def _circular(self, row: CircularRow, by: By) -> bool:
        pairing_id, branch, village = self._names.pairing(row.unit, row.village)
        return _once(
            self._services.supervision.issue_circular,
            pairing_id=pairing_id,
            branch=branch,
            village=village,
            kind=CircularKind(row.circular_type),
            document_no=row.number,
            issued_on=row.issued_on,
            by=by,
        )

    @record.register
    def _slip(self, row: SlipRow, by: By) -> bool:
        pairing_id, branch, village = self._names.pairing(row.unit, row.village)
        return _once(
            self._services.supervision.issue_slip,
            pairing_id=pairing_id,
            branch=branch,
            village=village,
            colour=Colour(row.colour),
            issued_on=row.issued_on,
            by=by,
        )


def _once(verb: Callable[..., object], **values: object) -> bool:
    """Call ``verb``; ``False`` where exactly this is on record already."""
    try:
        verb(**values)
    except Rejected as rejected:
        if rejected.clause in ON_RECORD:
            return False
        raise
    return True


def years_of(rows: Iterable[LedgerRow]) -> dict[int, int]:
    """Year to the number of rows that happened in it."""
    counted: dict[int, int] = {}
    for row in rows:
        match row:
            case ActivityRow() | MeetingRow():
                year = row.held_on.year
            case PostChangeRow() | ProjectRow():
                year = row.began_on.year
            case CaseRow():
                year = row.published_on.year
            case CircularRow() | SlipRow():
                year = row.issued_on.year
            case NeedRow():
                year = row.raised_on.year
            case FindingRow():
                year = row.found_on.year
            case PairingRow():
                year = row.paired_on.year
            case _:
                continue
        counted[year] = counted.get(year, 0) + 1
    return counted
