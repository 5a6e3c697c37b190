"""One ledger row, as the decisions it stands for. A row imported again decides nothing; a later state of it
decides only the steps that are new.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial, singledispatchmethod

from application.ledger_finding import LedgerFinding
from application.pairing import activity_id_of
from application.stating import RefusedStep, Step, state_steps
from domain.kernel import ids
from domain.kernel.clause import Clause
from domain.kernel.decisions import demand
from domain.kernel.errors import Rejected
from domain.kernel.person import PersonRef
from domain.kernel.recorded import By
from domain.livelihood import clauses as livelihood_clauses
from domain.livelihood.events import Category, ProjectOpened, ResourceCategory
from domain.livelihood.need import Need
from domain.livelihood.project import Project
from domain.pairing import clauses as pairing_clauses
from domain.pairing.activity import likeness
from domain.pairing.events import ActivityKind, CaseLevel, Post
from domain.pairing.pairing import Term
from domain.registry.events import TargetKind, UnitClass, UnitLevel
from domain.supervision import clauses as supervision_clauses
from domain.supervision.events import CircularKind, Colour, FindingType, Method, Severity
from interface.composition import Services
from interface.earlier import Earlier, Statement, stated_by
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

    def copied(self) -> Names:
        """The same, to compare with later or to go back to."""
        of_village = {village: dict(units) for village, units in self.pairings.items()}
        return Names(self.year, dict(self.branches), dict(self.villages), of_village)

    def forget(self, known: Names) -> None:
        """Go back to what was known before a row that was refused."""
        self.branches, self.villages, self.pairings = known.branches, known.villages, known.pairings

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
    """Records rows through ``services``, each as far as it can be."""

    def __init__(
        self,
        services: Services,
        names: Names,
        people: Mapping[tuple[str, str], PersonRef],
        today: date,
        earlier: Earlier,
        rows: Sequence[LedgerRow],
    ) -> None:
        self._services = services
        self._names = names
        self._people = people
        self._today = today
        self._earlier = earlier
        self._rows = rows

    @cached_property
    def _stated(self) -> frozenset[Statement]:
        """What all rows of this import state. Asked for when the pairings are known, which come first."""
        return frozenset(filter(None, map(self._statement, self._rows)))

    def _statement(self, row: LedgerRow) -> Statement | None:
        if not isinstance(row, ActivityRow | CaseRow | MeetingRow | SlipRow):
            return None
        try:
            return stated_by(row, self._names.pairing(row.unit, row.village)[0])
        except Rejected:
            return None

    def _demand_new(self, row: LedgerRow) -> None:
        """Refuse a row that says something else where another thing without a number was said before."""
        new = self._statement(row)
        old = new and self._earlier.corrected(row, new, self._stated)
        if old and new:
            differs = f"{'，'.join(old.says + old.figures[:1])} / {'，'.join(new.says + new.figures[:1])}"
            demand(False, pairing_clauses.LEDGER_DIFFERS, differs)

    @singledispatchmethod
    def record(self, row: LedgerRow, by: By) -> list[RefusedStep]:
        """Decide what is new in ``row``; the later steps of it that cannot be. Raises ``Rejected`` where its first
        step cannot be: then nothing of the row is to be recorded.
        """
        raise TypeError(f"nothing is known about recording a {type(row).__name__}")

    @record.register
    def _pairing(self, row: PairingRow, by: By) -> list[RefusedStep]:
        branch, village = self._registered(row, by)
        pairing_id = ids.pairing_id(self._names.year, village, branch)
        pairing = self._services.pairings.pairing(pairing_id)
        if not pairing.pairing_id:
            self._services.pairings.start_pairing(
                year=self._names.year,
                branch=branch,
                village=village,
                started_on=row.paired_on,
                today=self._today,
                by=by,
            )
        else:
            same = pairing.started_on == row.paired_on
            demand(same, pairing_clauses.LEDGER_DIFFERS, f"{pairing.started_on} / {row.paired_on}")
        self._names.pairings.setdefault(village, {})[branch] = pairing_id
        # Agreement and posts do not rest on each other: what is wrong with one refuses only that one.
        chains: list[list[Step]] = [[("agreement_signed_on", partial(self._agreement, pairing_id, row, by))]]
        for post, name, began_on, ended_on in (
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
        ):
            if name and began_on:
                term = _Term(pairing_id, post, self._people[name, row.unit], began_on, ended_on)
                chains.append(self._term(term, by, f"{post.value}_"))
        return [refused for steps in chains for refused in state_steps(steps)]

    def _registered(self, row: PairingRow, by: By) -> tuple[str, str]:
        """Ids of the row's unit and village, which are registered where they are new."""
        registry, names = self._services.registry, self._names
        if row.unit not in names.branches:
            names.branches[row.unit] = registry.register_branch(
                unit_name=row.unit,
                branch_name=row.branch,
                level=UnitLevel(row.unit_level),
                unit_class=UnitClass(row.unit_class),
                by=by,
            )
        if row.village not in names.villages:
            names.villages[row.village] = registry.register_village(
                name=row.village, kind=TargetKind(row.target_kind), township=row.township, by=by
            )
        return names.branches[row.unit], names.villages[row.village]

    def _agreement(self, pairing_id: str, row: PairingRow, by: By) -> None:
        if row.agreement_signed_on is None:
            return
        pairing = self._services.pairings.pairing(pairing_id)
        if pairing.signed_on is None:
            self._services.pairings.sign_agreement(
                pairing_id,
                agreement_no=row.agreement_number or "",
                signed_on=row.agreement_signed_on,
                today=self._today,
                by=by,
            )
        else:
            same = pairing.signed_on == row.agreement_signed_on
            differs = f"{pairing.signed_on} / {row.agreement_signed_on}"
            demand(same, pairing_clauses.LEDGER_DIFFERS, differs)

    def _term(self, term: _Term, by: By, prefix: str = "") -> list[Step]:
        return [
            (f"{prefix}began_on", partial(self._appointment, term, by)),
            (f"{prefix}ended_on", partial(self._leaving, term, by)),
        ]

    def _appointment(self, term: _Term, by: By) -> None:
        if self._on_record(term) is None:
            self._services.pairings.state_appointment(
                term.pairing_id,
                post=term.post,
                person=term.person,
                began_on=term.began_on,
                ended_on=term.ended_on,
                today=self._today,
                by=by,
            )

    def _leaving(self, term: _Term, by: By) -> None:
        if term.ended_on is None:
            return
        known = self._on_record(term)
        if known is None or known.ended_on is None:
            self._services.pairings.leave_post(
                term.pairing_id,
                post=term.post,
                person_ref=term.person.ref,
                ended_on=term.ended_on,
                today=self._today,
                by=by,
            )
        else:
            differs = f"{known.ended_on} / {term.ended_on}"
            demand(known.ended_on == term.ended_on, pairing_clauses.LEDGER_DIFFERS, differs)

    def _on_record(self, term: _Term) -> Term | None:
        """The recorded term of this person from this day. Another person's from that day is another statement."""
        terms = self._services.pairings.pairing(term.pairing_id).terms
        of_day = [each for each in terms if (each.post, each.began_on) == (term.post, term.began_on)]
        mine = next((each for each in of_day if each.person_ref == term.person.ref), None)
        demand(
            not of_day or mine is not None,
            pairing_clauses.LEDGER_DIFFERS,
            f"{term.post.value} {term.began_on}",
        )
        return mine

    @record.register
    def _post_change(self, row: PostChangeRow, by: By) -> list[RefusedStep]:
        pairing_id, _, _ = self._names.pairing(row.unit, row.village)
        person = self._people[row.person, row.village]
        term = _Term(pairing_id, Post(row.post), person, row.began_on, row.ended_on)
        self._appointment(term, by)
        return state_steps([("ended_on", partial(self._leaving, term, by))])

    @record.register
    def _activity(self, row: ActivityRow, by: By) -> list[RefusedStep]:
        pairing_id, _, _ = self._names.pairing(row.unit, row.village)
        kind = ActivityKind(row.kind)
        visited = row.persons_visited if kind is ActivityKind.CONDOLENCE_VISIT else None
        what = (pairing_id, kind, row.theme, row.held_on, row.participants, visited, row.reported_on)
        if not self._services.pairings.activity(activity_id_of(*what)).activity_id:
            self._demand_new(row)
            like = likeness(pairing_id, kind, row.held_on, row.theme)
            self._services.pairings.record_activity(
                pairing_id=pairing_id,
                kind=kind,
                topic=row.theme,
                held_on=row.held_on,
                participants=row.participants,
                persons_visited=visited,
                reported_on=row.reported_on,
                near=self._earlier.topics.get(like, ""),
                today=self._today,
                by=by,
            )
            self._earlier.topics[like] = row.theme
        return []

    @record.register
    def _resource(self, row: ResourceRow, by: By) -> list[RefusedStep]:
        demand(row.unit in self._names.branches, PAIRED, row.unit)
        return _once(
            self._services.livelihood.offer_resource,
            branch=self._names.branches[row.unit],
            category=ResourceCategory(row.category),
            content=row.description,
            offered_on=row.registered_on,
            today=self._today,
            by=by,
        )

    @record.register
    def _need(self, row: NeedRow, by: By) -> list[RefusedStep]:
        village = self._names.villages.get(row.village, "")
        demand(bool(village), PAIRED, row.village)
        need_id = self._services.livelihood.need_numbered(row.raised_on.year, row.need_id)
        need = self._services.livelihood.need(need_id) if need_id else Need()
        if not need.need_id:
            of_village = self._names.pairings.get(village, {})
            need_id = self._services.livelihood.raise_need(
                number=row.need_id,
                village=village,
                pairing_id=next(iter(of_village.values())) if len(of_village) == 1 else "",
                category=Category(row.category),
                content=row.description,
                raised_on=row.raised_on,
                today=self._today,
                by=by,
            )
        else:
            stated = (village, Category(row.category), row.description, row.raised_on)
            same = stated == (need.village, need.category, need.content, need.raised_on)
            demand(same, livelihood_clauses.LEDGER_DIFFERS, row.need_id)
        return state_steps(
            [
                ("matched_on", partial(self._match, row, need_id, need, by)),
                ("met_on", partial(self._meeting_of_need, row, need_id, need, by)),
                ("confirmed_on", partial(self._confirmation, row, need_id, need, by)),
            ]
        )

    def _match(self, row: NeedRow, need_id: str, need: Need, by: By) -> None:
        if row.matched_on is None:
            return
        pairing_id, branch, _ = self._names.pairing(row.matched_unit, row.village)
        if need.matched_on is None:
            self._services.livelihood.match_need(
                need_id,
                pairing_id=pairing_id,
                branch=branch,
                matched_on=row.matched_on,
                today=self._today,
                by=by,
            )
        else:
            _demand_same((row.matched_on, pairing_id), (need.matched_on, need.pairing_id))

    def _meeting_of_need(self, row: NeedRow, need_id: str, need: Need, by: By) -> None:
        if row.met_on is not None and need.met_on is None:
            self._services.livelihood.meet_need(need_id, met_on=row.met_on, today=self._today, by=by)
        elif row.met_on is not None:
            _demand_same((row.met_on,), (need.met_on,))

    def _confirmation(self, row: NeedRow, need_id: str, need: Need, by: By) -> None:
        if row.confirmed_on is not None and need.confirmed_on is None:
            self._services.livelihood.confirm_need(
                need_id, confirmed_on=row.confirmed_on, rating=row.rating, today=self._today, by=by
            )
        elif row.confirmed_on is not None:
            _demand_same((row.confirmed_on, row.rating), (need.confirmed_on, need.rating))

    @record.register
    def _project(self, row: ProjectRow, by: By) -> list[RefusedStep]:
        pairing_id, branch, village = self._names.pairing(row.unit, row.village)
        project_id = self._services.livelihood.project_numbered(row.began_on.year, row.project_id)
        project = self._services.livelihood.project(project_id) if project_id else Project()
        if project.opened is None:
            project_id = self._services.livelihood.open_project(
                number=row.project_id,
                pairing_id=pairing_id,
                branch=branch,
                village=village,
                name=row.name,
                category=Category(row.category),
                budget_cents=row.investment_cents,
                started_on=row.began_on,
                planned_end_on=row.planned_end_on,
                beneficiaries=row.beneficiaries,
                today=self._today,
                by=by,
            )
        else:
            _demand_same_project(row, pairing_id, project.opened)
        return state_steps(
            [
                ("completed_on", partial(self._completion, row, project_id, project, by)),
                ("accepted_on", partial(self._acceptance, row, project_id, project, by)),
            ]
        )

    def _completion(self, row: ProjectRow, project_id: str, project: Project, by: By) -> None:
        if row.completed_on is not None and project.completed_on is None:
            self._services.livelihood.complete_project(
                project_id, completed_on=row.completed_on, today=self._today, by=by
            )
        elif row.completed_on is not None:
            _demand_same((row.completed_on,), (project.completed_on,))

    def _acceptance(self, row: ProjectRow, project_id: str, project: Project, by: By) -> None:
        if row.accepted_on is not None and project.accepted_on is None:
            self._services.livelihood.accept_project(
                project_id, accepted_on=row.accepted_on, today=self._today, by=by
            )
        elif row.accepted_on is not None:
            _demand_same((row.accepted_on,), (project.accepted_on,))

    @record.register
    def _finding(self, row: FindingRow, by: By) -> list[RefusedStep]:
        pairing_id, branch, village = self._names.pairing(row.unit, row.village)
        stated = LedgerFinding(
            number=row.finding_id,
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
        )
        return self._services.supervision.record_ledger_finding(stated, by=by)

    @record.register
    def _case(self, row: CaseRow, by: By) -> list[RefusedStep]:
        pairing_id, _, _ = self._names.pairing(row.unit, row.village)
        self._demand_new(row)
        return _once(
            self._services.pairings.publish_case,
            pairing_id=pairing_id,
            case_name=row.name,
            level=CaseLevel(row.level),
            published_on=row.published_on,
            today=self._today,
            by=by,
        )

    @record.register
    def _meeting(self, row: MeetingRow, by: By) -> list[RefusedStep]:
        pairing_id, _, _ = self._names.pairing(row.unit, row.village)
        self._demand_new(row)
        return _once(
            self._services.pairings.host_meeting,
            pairing_id=pairing_id,
            hosted_on=row.held_on,
            today=self._today,
            by=by,
        )

    @record.register
    def _circular(self, row: CircularRow, by: By) -> list[RefusedStep]:
        pairing_id, branch, village = self._names.pairing(row.unit, row.village)
        return _once(
            self._services.supervision.issue_circular,
            pairing_id=pairing_id,
            branch=branch,
            village=village,
            kind=CircularKind(row.circular_type),
            document_no=row.number,
            issued_on=row.issued_on,
            today=self._today,
            by=by,
        )

    @record.register
    def _slip(self, row: SlipRow, by: By) -> list[RefusedStep]:
        pairing_id, branch, village = self._names.pairing(row.unit, row.village)
        self._demand_new(row)
        return _once(
            self._services.supervision.issue_slip,
            pairing_id=pairing_id,
            branch=branch,
            village=village,
            colour=Colour(row.colour),
            issued_on=row.issued_on,
            today=self._today,
            by=by,
        )


@dataclass(frozen=True)
class _Term:
    """What a row states about somebody's time in a post."""

    pairing_id: str
    post: Post
    person: PersonRef
    began_on: date
    ended_on: date | None


def _once(verb: Callable[..., object], **values: object) -> list[RefusedStep]:
    """Call ``verb``, which records nothing where exactly this is on record already."""
    try:
        verb(**values)
    except Rejected as rejected:
        if rejected.clause not in ON_RECORD:
            raise
    return []


def _demand_same(stated: tuple[object, ...], recorded: tuple[object, ...]) -> None:
    """What a row states of a step on record is what was recorded; an empty cell states nothing and never gets here."""
    differs = " / ".join(", ".join(str(value) for value in values) for values in (recorded, stated))
    demand(stated == recorded, livelihood_clauses.LEDGER_DIFFERS, differs)


def _demand_same_project(row: ProjectRow, pairing_id: str, opened: ProjectOpened) -> None:
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
    demand(stated == recorded, livelihood_clauses.LEDGER_DIFFERS, row.project_id)
