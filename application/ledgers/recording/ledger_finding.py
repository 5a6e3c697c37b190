"""A row of the rectification ledger (问题整改台账): the steps of a finding that it states."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from application.claims.document import number_claimed
from application.claims.number import number_taken, thing_numbered
from application.eventlog.pending import Claim
from application.ledgers.matching.pairing_index import PairingDays
from application.ledgers.recording.stating import RefusedStep, state_steps
from application.ledgers.rows import FindingRow
from application.look import Look
from application.look_ups import span_of_pairing
from application.things import FINDING
from domain.kernel.decisions import demand
from domain.kernel.document_no import normal_form
from domain.kernel.event import Event
from domain.kernel.person import PersonRef
from domain.kernel.recorded import By
from domain.kernel.span import Span
from domain.registry.events import DocumentKind, NumberedThing
from domain.supervision import clauses, events
from domain.supervision.finding import Finding
from domain.supervision.finding_history import Status

Decision = Callable[[Finding], Event | Sequence[Event]]
ON_RECORD: Sequence[Event] = ()
"""What is on record already decides nothing."""


@dataclass(frozen=True)
class LedgerFinding:
    """What a row states of the finding of a pairing, with the persons it names. A step is ``None``, empty or 0 where it is
    not stated; each decision returns no event where the step is on record, and raises ``Rejected(LEDGER_DIFFERS)`` where
    the record says otherwise.
    """

    row: FindingRow
    paired: PairingDays
    inspector: PersonRef | None
    reinspector: PersonRef | None
    today: date

    def raising(self, finding: Finding, finding_id: str, within: Span) -> Event | Sequence[Event]:
        """The finding itself, without which the row says nothing."""
        stated: dict[str, Any] = {
            "pairing_id": self.paired.pairing_id,
            "found_on": self.row.found_on,
            "method": events.Method(self.row.method),
            "description": self.row.description,
            "finding_type": events.FindingType(self.row.finding_type),
            "severity": events.Severity(self.row.severity),
        }
        if finding.raised is None:
            return finding.raise_finding(
                **stated,
                finding_id=finding_id,
                number=self.row.finding_id,
                branch=self.paired.branch,
                village=self.paired.village,
                inspector=self.inspector,
                within=within,
                today=self.today,
            )
        same = all(value == getattr(finding.raised, name) for name, value in stated.items())
        demand(same, clauses.LEDGER_DIFFERS, self.row.finding_id)
        return ON_RECORD

    def later_steps(self) -> list[tuple[str, Decision]]:
        """Field of the ledger and decision, in the order in which they happen."""
        return [
            ("ordered_on", self._order),
            ("extended_due_on", self._extension),
            ("times_returned", self._returns),
            ("submitted_on", self._submission),
            ("reinspected_on", self._reinspection),
            ("closed_on", self._closing),
            ("relapsed", self._relapse),
        ]

    def claims(self, finding_id: str) -> Mapping[str, Sequence[Claim]]:
        """Field of the ledger to what its step claims: the order its document number."""
        if self.row.ordered_on is None:
            return {}
        order, document_no = DocumentKind.ORDER, self.row.order_number or ""
        claimed = number_claimed(
            document_no, order, party=self.paired.branch, dated_on=self.row.ordered_on, reference=finding_id
        )
        return {"ordered_on": claimed}

    def _order(self, finding: Finding) -> Event | Sequence[Event]:
        if self.row.ordered_on is None or self.row.due_on is None:
            return ON_RECORD
        document_no, measures = self.row.order_number or "", self.row.measures or ""
        for known in finding.on_record(events.RectificationOrdered):
            differs = f"{known.ordered_on}, {known.due_on} / {self.row.ordered_on}, {self.row.due_on}"
            same = (known.ordered_on, known.due_on) == (self.row.ordered_on, self.row.due_on)
            demand(same, clauses.LEDGER_DIFFERS, differs)
            numbers = normal_form(document_no), normal_form(known.document_no)
            for stated, recorded in numbers, (measures, known.measures):
                demand(stated in ("", recorded), clauses.LEDGER_DIFFERS, f"{recorded} / {stated}")
            return ON_RECORD
        return finding.order_rectification(
            ordered_on=self.row.ordered_on,
            due_on=self.row.due_on,
            document_no=document_no,
            measures=measures,
            today=self.today,
        )

    def _extension(self, finding: Finding) -> Event | Sequence[Event]:
        granted = [known.due_on for known in finding.on_record(events.ExtensionGranted)]
        if self.row.extended_due_on is None or self.row.extended_due_on in granted:
            return ON_RECORD
        demand(not granted, clauses.LEDGER_DIFFERS, f"{finding.due_on} / {self.row.extended_due_on}")
        return finding.state_extension(due_on=self.row.extended_due_on)

    def _returns(self, finding: Finding) -> Event | Sequence[Event]:
        times = self.row.times_returned
        stated = [known.count for known in finding.on_record(events.ReturnsStated)]
        if times in (0, finding.returns, *stated):
            return ON_RECORD
        demand(times > finding.returns, clauses.LEDGER_DIFFERS, f"{finding.returns} / {times}")
        return finding.state_returns(count=times)

    def _submission(self, finding: Finding) -> Event | Sequence[Event]:
        known = [each.submitted_on for each in finding.on_record(events.RectificationSubmitted)]
        if self.row.submitted_on is None or self.row.submitted_on in known:
            return ON_RECORD
        anew = not known or finding.status in (Status.RETURNED, Status.REINSPECTED_FAILED)
        demand(anew, clauses.LEDGER_DIFFERS, f"{finding.submitted_on} / {self.row.submitted_on}")
        return finding.submit_rectification(submitted_on=self.row.submitted_on, account="", today=self.today)

    def _reinspection(self, finding: Finding) -> Event | Sequence[Event]:
        if self.row.reinspected_on is None or self.row.reinspection is None:
            return ON_RECORD
        passed = self.row.reinspection == "passed"
        known = [(each.reinspected_on, each.passed) for each in finding.on_record(events.FindingReinspected)]
        if (self.row.reinspected_on, passed) in known:
            return ON_RECORD
        anew = not known or finding.status is Status.SUBMITTED
        demand(anew, clauses.LEDGER_DIFFERS, f"{finding.reinspected_on} / {self.row.reinspected_on}")
        return finding.state_reinspection(
            reinspected_on=self.row.reinspected_on,
            inspector=self.reinspector,
            passed=passed,
            today=self.today,
        )

    def _closing(self, finding: Finding) -> Event | Sequence[Event]:
        known = [each.closed_on for each in finding.on_record(events.FindingClosed)]
        if self.row.closed_on is None or self.row.closed_on in known:
            return ON_RECORD
        demand(
            finding.closed_on is None, clauses.LEDGER_DIFFERS, f"{finding.closed_on} / {self.row.closed_on}"
        )
        return finding.state_closing(closed_on=self.row.closed_on, today=self.today)

    def _relapse(self, finding: Finding) -> Event | Sequence[Event]:
        if not self.row.relapsed or finding.relapsed:
            return ON_RECORD
        return finding.state_relapse()


def record_ledger_finding(look: Look, stated: LedgerFinding, by: By) -> list[RefusedStep]:
    """A ledger row, as the steps it states that are not on record yet, up to the first that cannot be.

    Raises ``Rejected`` where the finding itself cannot be; then nothing of the row is recorded.
    """
    found_in, number = stated.row.found_on.year, stated.row.finding_id
    known = thing_numbered(look.log, NumberedThing.FINDING, found_in, number)
    voided = FINDING.state(look, known).voided if known else None
    reversed_ = known if voided is not None and voided.batch else ""
    finding_id = look.ids(FINDING.drawn) if reversed_ or not known else known
    within = span_of_pairing(look, pairing_id=stated.paired.pairing_id)
    decide = partial(look.log.decide, FINDING.stream(look, finding_id), FINDING.initial)
    decide(
        lambda finding: stated.raising(finding, finding_id, within),
        by,
        claims=number_taken(NumberedThing.FINDING, found_in, number, finding_id, voided=reversed_),
    )
    claims = stated.claims(finding_id)
    return state_steps(
        (field, partial(decide, decision, by, claims=claims.get(field, ())))
        for field, decision in stated.later_steps()
    )
