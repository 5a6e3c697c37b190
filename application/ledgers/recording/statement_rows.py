"""Rows that state things without numbers of their own: activities, cases, meetings, slips; and circulars."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any, Final

from application.ledgers.matching.organisations import content_of
from application.ledgers.matching.pairing_index import PairingDays
from application.ledgers.matching.questions import NEW, Answer, AnswerNeeded, Choice, Question, question_id
from application.ledgers.recording.row_recorder import OFFICE, RowRecorder
from application.ledgers.recording.statements import (
    LedgerStatements,
    Statement,
    Statements,
    Thing,
    circular_stated,
    stated_by,
)
from application.ledgers.recording.stating import RefusedStep, state_steps
from application.ledgers.result import Correction
from application.ledgers.rows import ActivityRow, CaseRow, CircularRow, LedgerRow, MeetingRow, SlipRow
from application.things import ACTIVITY
from application.verb import Verb, carry_out
from application.verbs.pairing.activities import (
    correct_activity,
    describe_training,
    record_activity,
)
from application.verbs.pairing.pairings import (
    correct_case,
    correct_meeting,
    host_meeting,
    publish_case,
)
from application.verbs.supervision import correct_slip, issue_circular, issue_slip
from domain.kernel.decisions import demand
from domain.kernel.errors import Rejected
from domain.kernel.recorded import By
from domain.pairing.activity import TAUGHT
from domain.pairing.events import ActivityKind, CaseLevel
from domain.supervision import clauses as supervision_clauses
from domain.supervision.events import CircularKind, Colour

WithoutNumber = ActivityRow | CaseRow | MeetingRow | SlipRow
"""Rows that state things without numbers."""
BY_LEDGER: Final = "台账更正"


@dataclass(eq=False)
class StatementRows(RowRecorder):
    """Records them once; what is said again otherwise is asked about, or corrected."""

    _year: int
    _statements: Statements
    _rows: Sequence[LedgerRow]
    corrected: list[Correction] = field(default_factory=list)

    @cached_property
    def _stated(self) -> LedgerStatements:
        """What all rows of this import state. Worked out when the pairings are known, which come first."""
        return LedgerStatements(self._year, frozenset(filter(None, map(self._statement, self._rows))))

    def _statement(self, row: LedgerRow) -> Statement | None:
        if not isinstance(row, WithoutNumber):
            return None
        try:
            paired = self._pairing_of(row, row.unit, row.village, row.day)
        except (Rejected, AnswerNeeded):
            return None
        return stated_by(row, paired.pairing_id)

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

    def activity(self, row: ActivityRow, by: By) -> list[RefusedStep]:
        """Something a pairing did together."""
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
        record = partial(self._begin_of, record_activity, by, paired, {**said, "near": ""})
        refused = self._once_stated(row, paired, record, partial(self._correct, correct_activity, by, said))
        return refused or state_steps([("hours_hundredths", partial(self._taught, row, paired, by))])

    def _taught(self, row: ActivityRow, paired: PairingDays, by: By) -> None:
        """How long it took and who taught, once; nothing of what does not stand, or is no training by now."""
        stated = stated_by(row, paired.pairing_id)
        thing = None if stated is None or row.hours_hundredths is None else self._statements.same(stated)
        if thing is None:
            return
        activity = ACTIVITY.state(self._look, thing.id)
        if activity.voided or activity.describe_activity_allowed().kind not in TAUGHT:
            return
        teacher = self._people.person(row.teacher, OFFICE) if row.teacher else None
        said = {
            "hours_hundredths": row.hours_hundredths,
            "teacher": teacher,
            "teacher_office": row.teacher_office or "",
        }
        known = activity.taught
        if known is None:
            carry_out(self._look, describe_training, thing.id, by, said)
            return
        on_record = known.hours_hundredths, known.teacher.ref if known.teacher else "", known.teacher_office
        of_row = row.hours_hundredths, teacher.ref if teacher else "", row.teacher_office or ""
        demand(on_record == of_row, supervision_clauses.LEDGER_DIFFERS, str(known.hours_hundredths / 100))

    def _begin_of(self, verb: Verb[Any, Any], by: By, paired: PairingDays, said: dict[str, Any]) -> str:
        """Record what a row says of a pairing that is known already; the id of what is begun."""
        of = {"pairing_id": paired.pairing_id, "branch": paired.branch, "village": paired.village}
        return self._begin(verb, by, {**of, **said})

    def _correct(
        self, verb: Verb[Any, Any], by: By, said: dict[str, Any], thing: str, *, because: str
    ) -> None:
        carry_out(self._look, verb, thing, by, {**said, "because": because})

    def case(self, row: CaseRow, by: By) -> list[RefusedStep]:
        """A model case published at a level."""
        paired = self._pairing_of(row, row.unit, row.village, row.published_on)
        said: dict[str, Any] = {
            "case_name": row.name,
            "level": CaseLevel(row.level),
            "published_on": row.published_on,
        }
        record = partial(self._begin_of, publish_case, by, paired, said)
        return self._once_stated(row, paired, record, partial(self._correct, correct_case, by, said))

    def meeting(self, row: MeetingRow, by: By) -> list[RefusedStep]:
        """An on-site meeting."""
        paired = self._pairing_of(row, row.unit, row.village, row.held_on)
        said: dict[str, Any] = {"hosted_on": row.held_on}
        record = partial(self._begin_of, host_meeting, by, paired, said)
        return self._once_stated(row, paired, record, partial(self._correct, correct_meeting, by, said))

    def slip(self, row: SlipRow, by: By) -> list[RefusedStep]:
        """A supervision slip."""
        paired = self._pairing_of(row, row.unit, row.village, row.issued_on)
        said: dict[str, Any] = {"colour": Colour(row.colour), "issued_on": row.issued_on}
        record = partial(self._begin_of, issue_slip, by, paired, said)
        return self._once_stated(row, paired, record, partial(self._correct, correct_slip, by, said))

    def circular(self, row: CircularRow, by: By) -> list[RefusedStep]:
        """What a circular says of a pairing; it is told by its number."""
        paired = self._pairing_of(row, row.unit, row.village, row.issued_on)
        stated = circular_stated(paired.pairing_id, row.number, row.circular_type, str(row.issued_on))
        if self._statements.same(stated) is not None:
            return []
        for known in self._statements.alike(stated):
            demand(False, supervision_clauses.LEDGER_DIFFERS, f"{known.now} / {stated}")
        said = {
            "kind": CircularKind(row.circular_type),
            "document_no": row.number,
            "issued_on": row.issued_on,
        }
        circular_id = self._begin_of(issue_circular, by, paired, said)
        self._statements.say(circular_id, stated)
        return []


def _of_near(near: Sequence[Thing]) -> Iterator[Choice]:
    for each in near:
        zh, en = each.now.zh, each.now
        yield Choice(f"is {each.id}", f"就是在册的“{zh}”，不另登记", f"it is {en}; nothing is recorded")
        yield Choice(f"corrects {each.id}", f"在册的“{zh}”有误，以此行为准", f"it corrects {en}")
    yield Choice(NEW, "是另一项，另行登记", "it is another, to be recorded")
