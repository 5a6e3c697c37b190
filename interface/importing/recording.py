"""One ledger row, as the decisions it stands for. A row imported again decides nothing; a later state of it
decides only the steps that are new.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial, singledispatchmethod
from typing import Any, Final

from application.ledger_finding import LedgerFinding
from application.stating import RefusedStep, Step, state_steps
from domain.kernel.clause import Clause
from domain.kernel.decisions import demand
from domain.kernel.errors import Rejected
from domain.kernel.folding import folded
from domain.kernel.person import PersonRef
from domain.kernel.recorded import By
from domain.livelihood import clauses as livelihood_clauses
from domain.livelihood.events import Category, ProjectOpened, ResourceCategory
from domain.livelihood.need import Need
from domain.livelihood.project import Project
from domain.pairing import clauses as pairing_clauses
from domain.pairing.events import ActivityKind, CaseLevel, Post
from domain.pairing.pairing import Term
from domain.registry import clauses as registry_clauses
from domain.registry.events import EntryKind, TargetKind, UnitClass, UnitLevel
from domain.supervision import clauses as supervision_clauses
from domain.supervision.events import CircularKind, Colour, FindingType, Method, Severity
from interface.composition import Services
from interface.importing.irregular import DAY_OF
from interface.importing.name_index import NameIndex
from interface.importing.organisations import Couple, Lookups, NameMeaning, content_of
from interface.importing.pairing_index import PairingDays
from interface.importing.people import People
from interface.importing.questions import NEW, Answer, AnswerNeeded, Choice, Question, question_id
from interface.importing.result import Correction
from interface.importing.statements import (
    LedgerStatements,
    Statement,
    Statements,
    Thing,
    circular_stated,
    resource_stated,
    stated_by,
)
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
    RowSource,
    SlipRow,
)

WithoutNumber = ActivityRow | CaseRow | MeetingRow | SlipRow
"""Rows that state things without numbers."""
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
OFFICE = "联建办"
"""Scope of inspectors' names in the vault; other persons' is the branch that sends them."""
BY_LEDGER: Final = "台账更正"
BY_ANSWER: Final = "导入台账时确认"


def inspectors_of(row: LedgerRow) -> list[tuple[str, str]]:
    """(name, scope) of every inspector a row names."""
    if isinstance(row, FindingRow):
        return [(name, OFFICE) for name in (row.inspector, row.reinspector) if name]
    return []


class Recorder:
    """Records rows through ``services``, each as far as it can be."""

    def __init__(
        self,
        services: Services,
        lookups: Lookups,
        couples: Mapping[RowSource, Couple],
        people: People,
        today: date,
        year: int,
        statements: Statements,
        rows: Sequence[LedgerRow],
    ) -> None:
        self._services = services
        self._lookups = lookups
        self._couples = couples
        self._people = people
        self._today = today
        self._year = year
        self._statements = statements
        self._rows = rows
        self.paired_anew: list[RowSource] = []
        """Rows that began a pairing."""
        self._of_row: list[str] = []
        self._settled_by_row: list[tuple[str, str]] = []
        self.corrected: list[Correction] = []

    @cached_property
    def _stated(self) -> LedgerStatements:
        """What all rows of this import state. Worked out when the pairings are known, which come first."""
        return LedgerStatements(self._year, frozenset(filter(None, map(self._statement, self._rows))))

    def _statement(self, row: LedgerRow) -> Statement | None:
        if not isinstance(row, WithoutNumber):
            return None
        try:
            paired = self._pairing_of(row, row.unit, row.village, getattr(row, DAY_OF[type(row)]))
        except (Rejected, AnswerNeeded):
            return None
        return stated_by(row, paired.pairing_id)

    def _pairing_of(self, row: LedgerRow, unit: str | None, village: str, on: date) -> PairingDays:
        """The one pairing a row means. ``Rejected`` where the names lead to none, ``AnswerNeeded`` where they are not clear."""
        found = self._lookups.pairings(unit, village, on)
        if len(found) > 1:
            villages = list(dict.fromkeys(each.village for each in found))
            meant = self._lookups.one_village(row, village, villages)
            found = [each for each in found if each.village == meant]
        demand(len(found) <= 1, PAIRING_NAMED, village)
        demand(bool(found), PAIRED, village if unit is None else f"{unit}, {village}")
        return found[0]

    def _once_stated(
        self, row: WithoutNumber, paired: PairingDays, record: Callable[[], str], correct: Callable[..., None]
    ) -> list[RefusedStep]:
        """Record what a row of a kind without numbers states: nothing where it is on record, or was; a correction where
        the row says one again otherwise and somebody, or the row itself, says that it does.
        """
        stated = stated_by(row, paired.pairing_id)
        assert stated is not None
        if self._statements.same(stated):
            return []
        near = self._statements.near(stated, row.source, self._stated)
        answer = self._said_again(row, stated, near)
        if answer.verb == "is":
            return []
        if answer.verb == NEW:
            self._statements.say(record(), stated)
            return []
        old = next(each for each in near if each.id == answer.thing)
        because = row.correction or BY_LEDGER
        correct(old.id, because=because)
        self.corrected.append(Correction(row.source, old.id, str(old.now), str(stated)))
        self._statements.say(old.id, stated)
        return []

    def _said_again(self, row: WithoutNumber, stated: Statement, near: Sequence[Thing]) -> Answer:
        """What a row is to the things it is near to."""
        if not near:
            return Answer(NEW)
        if row.correction and len(near) == 1:
            return Answer("corrects", near[0].id)
        question = Question(
            id=question_id("row", *content_of(row)),
            source=row.source,
            column="",
            value=stated.zh,
            zh="与在册的一项相近：是同一项、是对它的更正，还是另一项？",
            en="this is near to something on record: is it the same, a correction of it, or another?",
            choices=tuple(_of_near(near)),
        )
        return self._lookups.answers.to(question)

    @singledispatchmethod
    def record(self, row: LedgerRow, by: By) -> list[RefusedStep]:
        """Decide what is new in ``row``; the later steps of it that cannot be. Raises ``Rejected`` where its first
        step cannot be: then nothing of the row is to be recorded.
        """
        raise TypeError(f"nothing is known about recording a {type(row).__name__}")

    @record.register
    def _pairing(self, row: PairingRow, by: By) -> list[RefusedStep]:
        self._of_row, self._settled_by_row = [], []
        branch, village = self._entered(row, by)
        known = self._lookups.goes_on(row, self._couples[row.source])
        pairings = self._services.pairings
        if known is None:
            pairing_id = pairings.start_pairing(
                branch=branch, village=village, started_on=row.paired_on, today=self._today, by=by
            )
            self.paired_anew.append(row.source)
        else:
            pairing_id = known.pairing_id
            pairings.state_pairing_day(pairing_id, paired_on=row.paired_on, today=self._today, by=by)
        # The branch that sends somebody is the pairing's own, whatever that was merged into since.
        sends = self._know(pairing_id).branch
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
                term = _Term(pairing_id, post, self._people.person(name, sends), began_on, ended_on)
                chains.append(self._term(term, by, f"{post.value}_"))
        # What ended is ended after all else that the row states of it.
        chains.append([("ended_on", partial(self._ending, pairing_id, row, by))])
        return [refused for steps in chains for refused in state_steps(steps)]

    def forget_row(self) -> None:
        """What a pairing's row registered or settled is not on record, since the row was refused."""
        self._lookups.organisations.registered.difference_update(self._of_row)
        self._lookups.organisations.settled.difference_update(self._settled_by_row)

    def _know(self, pairing_id: str) -> PairingDays:
        """How the pairing stands now, taken in for the rows to come."""
        now = self._services.pairings.pairing(pairing_id)
        paired = PairingDays(pairing_id, now.branch, now.village, now.started_on, now.ended_on)
        self._lookups.parties.put(paired)
        return paired

    def _entered(self, row: PairingRow, by: By) -> tuple[str, str]:
        """What the row's unit and village are on the pairing day, entered in the registry as far as they are new there."""
        couple = self._couples[row.source]
        self._enter_unit(couple.unit, row, by)
        self._enter_village(couple.village, row, by)
        of = self._lookups.organisations
        return (
            _there(of.units, row.unit, couple.unit.thing, row.paired_on),
            _there(of.villages, row.village, couple.village.thing, row.paired_on),
        )

    def _settles(self, thing: str, name: str) -> bool:
        """Whether an answer about a name is still to be recorded; it is recorded with the first row that can be."""
        key = thing, folded(name)
        settled = self._lookups.organisations.settled
        if key in settled:
            return False
        settled.add(key)
        self._settled_by_row.append(key)
        return True

    def _enter(self, thing: str) -> None:
        self._lookups.organisations.registered.add(thing)
        self._of_row.append(thing)

    def _enter_unit(self, unit: NameMeaning, row: PairingRow, by: By) -> None:
        registry = self._services.registry
        if not self._lookups.organisations.is_there(unit.thing):
            registry.register_branch(
                branch=unit.thing,
                unit_name=row.unit,
                branch_name=row.branch,
                level=UnitLevel(row.unit_level),
                unit_class=UnitClass(row.unit_class),
                by=by,
            )
            self._enter(unit.thing)
        elif not unit.adds or not self._settles(unit.thing, row.unit):
            return
        elif unit.adds == "is":
            registry.learn_alias(EntryKind.BRANCH, unit.thing, alias=row.unit, because=BY_ANSWER, by=by)
        elif unit.adds == "renamed" and unit.on is not None:
            registry.rename_branch(
                unit.thing,
                unit_name=row.unit,
                branch_name=row.branch,
                renamed_on=unit.on,
                today=self._today,
                by=by,
            )

    def _enter_village(self, village: NameMeaning, row: PairingRow, by: By) -> None:
        registry = self._services.registry
        if not self._lookups.organisations.is_there(village.thing):
            registry.register_village(
                village=village.thing,
                name=row.village,
                kind=TargetKind(row.target_kind),
                township=row.township,
                by=by,
            )
            self._enter(village.thing)
        elif not village.adds or not self._settles(village.thing, row.village):
            return
        elif village.adds == "is":
            registry.learn_alias(
                EntryKind.VILLAGE, village.thing, alias=row.village, because=BY_ANSWER, by=by
            )
        elif village.adds == "renamed" and village.on is not None:
            registry.rename_village(
                village.thing, name=row.village, renamed_on=village.on, today=self._today, by=by
            )
        elif village.adds == "moved" and village.on is not None:
            registry.move_village(
                village.thing, township=row.township, moved_on=village.on, today=self._today, by=by
            )

    def _ending(self, pairing_id: str, row: PairingRow, by: By) -> None:
        if row.ended_on is None:
            return
        pairing = self._services.pairings.pairing(pairing_id)
        if pairing.ended_on is None:
            self._services.pairings.end_pairing(
                pairing_id,
                ended_on=row.ended_on,
                because=row.end_reason or "",
                today=self._today,
                by=by,
            )
            self._know(pairing_id)
        else:
            differs = f"{pairing.ended_on} / {row.ended_on}"
            demand(pairing.ended_on == row.ended_on, pairing_clauses.LEDGER_DIFFERS, differs)

    def _agreement(self, pairing_id: str, row: PairingRow, by: By) -> None:
        signed_on = row.agreement_signed_on
        known = self._services.pairings.pairing(pairing_id).agreements
        if signed_on is None or any(each.signed_on == signed_on for each in known):
            return
        try:
            self._services.pairings.sign_agreement(
                pairing_id,
                agreement_no=row.agreement_number or "",
                signed_on=signed_on,
                today=self._today,
                by=by,
            )
        except Rejected as rejected:
            if rejected.clause is not pairing_clauses.SIGNED_ONCE:
                raise
            of_year = [str(each.signed_on) for each in known if each.signed_on.year == signed_on.year]
            raise Rejected(
                pairing_clauses.LEDGER_DIFFERS, f"{', '.join(of_year)} / {signed_on}"
            ) from rejected

    def _term(self, term: _Term, by: By, prefix: str = "") -> list[Step]:
        return [
            (f"{prefix}began_on", partial(self._appointment, term, by)),
            (f"{prefix}ended_on", partial(self._leaving, term, by)),
        ]

    def _appointment(self, term: _Term, by: By) -> None:
        others = [each for each in self._terms(term) if each.person_ref != term.person.ref]
        same_day = any(each.began_on == term.began_on for each in others)
        if same_day and self._on_record(term) is None:
            raise Rejected(pairing_clauses.LEDGER_DIFFERS, f"{term.post.value} {term.began_on}")
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

    def _terms(self, term: _Term) -> list[Term]:
        """Everybody's time in the post, as recorded."""
        terms = self._services.pairings.pairing(term.pairing_id).terms
        return [each for each in terms if each.post is term.post]

    def _on_record(self, term: _Term) -> Term | None:
        """The recorded term of this person that has this day in it."""
        mine = [each for each in self._terms(term) if each.person_ref == term.person.ref]
        return next((each for each in mine if each.includes(term.began_on)), None)

    @record.register
    def _post_change(self, row: PostChangeRow, by: By) -> list[RefusedStep]:
        paired = self._pairing_of(row, row.unit, row.village, row.began_on)
        person = self._people.person(row.person, paired.branch)
        term = _Term(paired.pairing_id, Post(row.post), person, row.began_on, row.ended_on)
        self._appointment(term, by)
        return state_steps([("ended_on", partial(self._leaving, term, by))])

    @record.register
    def _activity(self, row: ActivityRow, by: By) -> list[RefusedStep]:
        paired = self._pairing_of(row, row.unit, row.village, row.held_on)
        kind = ActivityKind(row.kind)
        visited = row.persons_visited if kind is ActivityKind.CONDOLENCE_VISIT else None
        said: dict[str, Any] = {
            "kind": kind,
            "topic": row.theme,
            "held_on": row.held_on,
            "participants": row.participants,
            "persons_visited": visited,
            "reported_on": row.reported_on,
        }
        record = partial(
            self._services.pairings.record_activity,
            pairing_id=paired.pairing_id,
            today=self._today,
            by=by,
            **said,
        )
        correct = partial(self._services.pairings.correct_activity, today=self._today, by=by, **said)
        return self._once_stated(row, paired, record, correct)

    @record.register
    def _resource(self, row: ResourceRow, by: By) -> list[RefusedStep]:
        branch = self._lookups.unit(row, row.unit, row.registered_on)
        demand(bool(branch), PAIRED, row.unit)
        of = self._lookups.organisations.units.standing(branch)
        stated = resource_stated(of, row.category, row.description, str(row.registered_on))
        if self._statements.same(stated) is None:
            resource_id = self._services.livelihood.offer_resource(
                branch=branch,
                category=ResourceCategory(row.category),
                content=row.description,
                offered_on=row.registered_on,
                today=self._today,
                by=by,
            )
            self._statements.say(resource_id, stated)
        return []

    @record.register
    def _need(self, row: NeedRow, by: By) -> list[RefusedStep]:
        village = self._lookups.village(row, row.village, row.matched_unit, row.raised_on)
        demand(bool(village), PAIRED, row.village)
        need_id = self._services.livelihood.need_numbered(row.raised_on.year, row.need_id)
        need = self._services.livelihood.need(need_id) if need_id else Need()
        if not need.need_id:
            of_village = self._lookups.parties.meant(None, [village], row.raised_on)
            need_id = self._services.livelihood.raise_need(
                number=row.need_id,
                village=village,
                pairing_id=of_village[0].pairing_id if len(of_village) == 1 else "",
                category=Category(row.category),
                content=row.description,
                raised_on=row.raised_on,
                today=self._today,
                by=by,
            )
        else:
            standing = self._lookups.organisations.villages.standing
            stated = (standing(village), Category(row.category), row.description, row.raised_on)
            recorded = (standing(need.village), need.category, need.content, need.raised_on)
            same = stated == recorded
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
        paired = self._pairing_of(row, row.matched_unit, row.village, row.matched_on)
        if need.matched_on is None:
            self._services.livelihood.match_need(
                need_id,
                pairing_id=paired.pairing_id,
                branch=paired.branch,
                matched_on=row.matched_on,
                today=self._today,
                by=by,
            )
        else:
            _demand_same((row.matched_on, paired.pairing_id), (need.matched_on, need.pairing_id))

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
        paired = self._pairing_of(row, row.unit, row.village, row.began_on)
        project_id = self._services.livelihood.project_numbered(row.began_on.year, row.project_id)
        project = self._services.livelihood.project(project_id) if project_id else Project()
        if project.opened is None:
            project_id = self._services.livelihood.open_project(
                number=row.project_id,
                pairing_id=paired.pairing_id,
                branch=paired.branch,
                village=paired.village,
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
            _demand_same_project(row, paired.pairing_id, project.opened)
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
        paired = self._pairing_of(row, row.unit, row.village, row.found_on)
        stated = LedgerFinding(
            number=row.finding_id,
            pairing_id=paired.pairing_id,
            branch=paired.branch,
            village=paired.village,
            found_on=row.found_on,
            method=Method(row.method),
            inspector=self._people.person(row.inspector, OFFICE),
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
            reinspector=self._people.person(row.reinspector, OFFICE) if row.reinspector else None,
            passed=None if row.reinspection is None else row.reinspection == "passed",
            closed_on=row.closed_on,
            relapsed=row.relapsed,
            today=self._today,
        )
        return self._services.supervision.record_ledger_finding(stated, by=by)

    @record.register
    def _case(self, row: CaseRow, by: By) -> list[RefusedStep]:
        paired = self._pairing_of(row, row.unit, row.village, row.published_on)
        said: dict[str, Any] = {
            "case_name": row.name,
            "level": CaseLevel(row.level),
            "published_on": row.published_on,
        }
        record = partial(
            self._services.pairings.publish_case,
            pairing_id=paired.pairing_id,
            today=self._today,
            by=by,
            **said,
        )
        correct = partial(self._services.pairings.correct_case, today=self._today, by=by, **said)
        return self._once_stated(row, paired, record, correct)

    @record.register
    def _meeting(self, row: MeetingRow, by: By) -> list[RefusedStep]:
        paired = self._pairing_of(row, row.unit, row.village, row.held_on)
        said: dict[str, Any] = {"hosted_on": row.held_on}
        record = partial(
            self._services.pairings.host_meeting,
            pairing_id=paired.pairing_id,
            today=self._today,
            by=by,
            **said,
        )
        correct = partial(self._services.pairings.correct_meeting, today=self._today, by=by, **said)
        return self._once_stated(row, paired, record, correct)

    @record.register
    def _circular(self, row: CircularRow, by: By) -> list[RefusedStep]:
        paired = self._pairing_of(row, row.unit, row.village, row.issued_on)
        stated = circular_stated(paired.pairing_id, row.number, row.circular_type, str(row.issued_on))
        if self._statements.same(stated) is not None:
            return []
        for known in self._statements.alike(stated):
            demand(False, supervision_clauses.LEDGER_DIFFERS, f"{known.now} / {stated}")
        circular_id = self._services.supervision.issue_circular(
            pairing_id=paired.pairing_id,
            branch=paired.branch,
            village=paired.village,
            kind=CircularKind(row.circular_type),
            document_no=row.number,
            issued_on=row.issued_on,
            today=self._today,
            by=by,
        )
        self._statements.say(circular_id, stated)
        return []

    @record.register
    def _slip(self, row: SlipRow, by: By) -> list[RefusedStep]:
        paired = self._pairing_of(row, row.unit, row.village, row.issued_on)
        said: dict[str, Any] = {"colour": Colour(row.colour), "issued_on": row.issued_on}
        record = partial(
            self._services.supervision.issue_slip,
            pairing_id=paired.pairing_id,
            branch=paired.branch,
            village=paired.village,
            today=self._today,
            by=by,
            **said,
        )
        correct = partial(self._services.supervision.correct_slip, today=self._today, by=by, **said)
        return self._once_stated(row, paired, record, correct)


def _there(names: NameIndex, name: str, thing: str, on: date) -> str:
    """What a thing that a row names is on a day. ``Rejected`` where it was not there yet, or not any more."""
    bearers = [each for each in names.bearers(name) if names.standing(each) == names.standing(thing)]
    there = names.standing(next(iter(bearers), thing), on)
    demand(names.is_there(there, on), registry_clauses.THERE_BY_THEN, f"{names.label(there)}, {on}")
    return there


def _of_near(near: Sequence[Thing]) -> Iterator[Choice]:
    for each in near:
        zh, en = each.now.zh, each.now
        yield Choice(f"is {each.id}", f"就是在册的“{zh}”，不另登记", f"it is {en}; nothing is recorded")
        yield Choice(f"corrects {each.id}", f"在册的“{zh}”有误，以此行为准", f"it corrects {en}")
    yield Choice(NEW, "是另一项，另行登记", "it is another, to be recorded")


@dataclass(frozen=True)
class _Term:
    """What a row states about somebody's time in a post."""

    pairing_id: str
    post: Post
    person: PersonRef
    began_on: date
    ended_on: date | None


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
