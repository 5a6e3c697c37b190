"""Findings from raising to closing, slips and circulars."""

from __future__ import annotations

from datetime import date
from functools import partial

from application.document import number_claimed
from application.eventlog.log import Log
from application.ledger_finding import LedgerFinding
from application.number import number_taken, thing_numbered
from application.spans import span_of
from application.stating import RefusedStep, state_steps
from domain.kernel.errors import Unknown
from domain.kernel.ids import Ids
from domain.kernel.person import PersonRef
from domain.kernel.recorded import By, Recorded
from domain.registry.events import DocumentKind, Numbered
from domain.supervision.events import CircularKind, Colour, FindingType, Method, Severity
from domain.supervision.finding import Finding
from domain.supervision.measure import Circular, Slip


class Supervision:
    """Streams ``finding-<id>``, ``slip-<id>``, ``circular-<id>``. ``today`` bounds what can have happened."""

    def __init__(self, log: Log, ids: Ids) -> None:
        self._log = log
        self._ids = ids

    def finding(self, finding_id: str) -> Finding:
        """The finding as it is now."""
        return self._log.state(f"finding-{finding_id}", Finding())

    def finding_numbered(self, year: int, number: str) -> str:
        """The id of the finding that was found in ``year`` and has this number, however it is spelt; empty where none has."""
        return thing_numbered(self._log, Numbered.FINDING, year, number)

    def raise_finding(
        self,
        *,
        number: str,
        pairing_id: str,
        branch: str,
        village: str,
        found_on: date,
        method: Method,
        inspector: PersonRef | None,
        description: str,
        finding_type: FindingType,
        severity: Severity,
        today: date,
        by: By,
    ) -> str:
        """Put what an inspection found on the list; its id. ``number`` is no other finding's of the year."""
        finding_id = self._ids("f")
        self._log.decide(
            f"finding-{finding_id}",
            Finding(),
            lambda finding: finding.raise_finding(
                finding_id=finding_id,
                number=number,
                pairing_id=pairing_id,
                branch=branch,
                village=village,
                found_on=found_on,
                method=method,
                inspector=inspector,
                description=description,
                finding_type=finding_type,
                severity=severity,
                today=today,
                within=span_of(self._log, pairing_id),
            ),
            by,
            claims=number_taken(Numbered.FINDING, found_on.year, number, finding_id),
        )
        return finding_id

    def order_rectification(
        self,
        finding_id: str,
        *,
        ordered_on: date,
        due_on: date,
        document_no: str,
        measures: str,
        today: date,
        by: By,
    ) -> None:
        """Tell the branch to put it right by ``due_on``. The document may cover several findings of the branch."""
        raised = self.finding(finding_id).raised
        self._log.decide(
            f"finding-{finding_id}",
            Finding(),
            lambda finding: finding.order_rectification(
                ordered_on=ordered_on,
                due_on=due_on,
                document_no=document_no,
                measures=measures,
                today=today,
            ),
            by,
            claims=number_claimed(
                document_no,
                DocumentKind.ORDER,
                party=raised.branch if raised else "",
                dated_on=ordered_on,
                reference=finding_id,
            ),
        )

    def serve_order(self, finding_id: str, *, served_on: date, served_to: str, today: date, by: By) -> None:
        """Record that the order reached the unit."""
        self._log.decide(
            f"finding-{finding_id}",
            Finding(),
            lambda finding: finding.serve_order(served_on=served_on, served_to=served_to, today=today),
            by,
        )

    def acknowledge_order(self, finding_id: str, *, acknowledged_on: date, today: date, by: By) -> None:
        """The unit signs for the order."""
        self._log.decide(
            f"finding-{finding_id}",
            Finding(),
            lambda finding: finding.acknowledge_order(acknowledged_on=acknowledged_on, today=today),
            by,
        )

    def request_extension(
        self,
        finding_id: str,
        *,
        requested_on: date,
        due_on: date,
        because: str,
        interim_measures: str,
        today: date,
        by: By,
    ) -> None:
        """Ask for more time."""
        self._log.decide(
            f"finding-{finding_id}",
            Finding(),
            lambda finding: finding.request_extension(
                requested_on=requested_on,
                due_on=due_on,
                because=because,
                interim_measures=interim_measures,
                today=today,
            ),
            by,
        )

    def grant_extension(
        self, finding_id: str, *, granted_on: date, due_on: date, today: date, by: By
    ) -> None:
        """Agree to more time."""
        self._log.decide(
            f"finding-{finding_id}",
            Finding(),
            lambda finding: finding.grant_extension(granted_on=granted_on, due_on=due_on, today=today),
            by,
        )

    def refuse_extension(
        self, finding_id: str, *, refused_on: date, because: str, today: date, by: By
    ) -> None:
        """No more time."""
        self._log.decide(
            f"finding-{finding_id}",
            Finding(),
            lambda finding: finding.refuse_extension(refused_on=refused_on, because=because, today=today),
            by,
        )

    def submit_rectification(
        self, finding_id: str, *, submitted_on: date, account: str, today: date, by: By
    ) -> None:
        """The branch reports what it did."""
        self._log.decide(
            f"finding-{finding_id}",
            Finding(),
            lambda finding: finding.submit_rectification(
                submitted_on=submitted_on, account=account, today=today
            ),
            by,
        )

    def return_rectification(
        self, finding_id: str, *, returned_on: date, because: str, today: date, by: By
    ) -> None:
        """Send the report back."""
        self._log.decide(
            f"finding-{finding_id}",
            Finding(),
            lambda finding: finding.return_rectification(
                returned_on=returned_on, because=because, today=today
            ),
            by,
        )

    def reinspect(
        self,
        finding_id: str,
        *,
        reinspected_on: date,
        inspector: PersonRef | None,
        passed: bool,
        today: date,
        by: By,
    ) -> None:
        """Look again."""
        self._log.decide(
            f"finding-{finding_id}",
            Finding(),
            lambda finding: finding.reinspect(
                reinspected_on=reinspected_on, inspector=inspector, passed=passed, today=today
            ),
            by,
        )

    def close_finding(self, finding_id: str, *, closed_on: date, today: date, by: By) -> None:
        """Cancel the number."""
        self._log.decide(
            f"finding-{finding_id}",
            Finding(),
            lambda finding: finding.close_finding(closed_on=closed_on, today=today),
            by,
        )

    def report_relapse(
        self, finding_id: str, *, relapsed_on: date, because: str, today: date, by: By
    ) -> None:
        """The same thing is wrong again; the finding is open once more."""
        self._log.decide(
            f"finding-{finding_id}",
            Finding(),
            lambda finding: finding.report_relapse(relapsed_on=relapsed_on, because=because, today=today),
            by,
        )

    def withdraw_finding(
        self, finding_id: str, *, withdrawn_on: date, because: str, today: date, by: By, appeal_id: str = ""
    ) -> None:
        """Take the finding back."""
        self._log.decide(
            f"finding-{finding_id}",
            Finding(),
            lambda finding: finding.withdraw_finding(
                withdrawn_on=withdrawn_on, because=because, today=today, appeal_id=appeal_id
            ),
            by,
        )

    def strike_step(self, finding_id: str, step: Recorded, *, because: str, today: date, by: By) -> None:
        """Let a step against procedure count no more. Raises ``Unknown`` where the record is none of this finding."""
        stream = f"finding-{finding_id}"
        if step.stream != stream:
            raise Unknown("step", str(step.position))
        self._log.decide(
            stream,
            Finding(),
            lambda finding: finding.strike_step(
                version=step.version, record=step.position, struck_on=today, because=because, today=today
            ),
            by,
        )

    def record_ledger_finding(self, stated: LedgerFinding, *, by: By) -> list[RefusedStep]:
        """A ledger row, as the steps it states that are not on record yet, up to the first that cannot be.

        Raises ``Rejected`` where the finding itself cannot be; then nothing of the row is recorded.
        """
        found_in = stated.found_on.year
        finding_id = self.finding_numbered(found_in, stated.number) or self._ids("f")
        stream = f"finding-{finding_id}"
        within = span_of(self._log, stated.pairing_id)
        self._log.decide(
            stream,
            Finding(),
            lambda finding: stated.raising(finding, finding_id, within),
            by,
            claims=number_taken(Numbered.FINDING, found_in, stated.number, finding_id),
        )
        claims = stated.claims(finding_id)
        return state_steps(
            (
                field,
                partial(self._log.decide, stream, Finding(), decision, by, claims=claims.get(field, ())),
            )
            for field, decision in stated.later_steps()
        )

    def issue_slip(
        self,
        *,
        pairing_id: str,
        branch: str,
        village: str,
        colour: Colour,
        issued_on: date,
        today: date,
        by: By,
    ) -> str:
        """Issue a slip; its id."""
        slip_id = self._ids("s")
        self._log.decide(
            f"slip-{slip_id}",
            Slip(),
            lambda slip: slip.issue_slip(
                slip_id=slip_id,
                pairing_id=pairing_id,
                branch=branch,
                village=village,
                colour=colour,
                issued_on=issued_on,
                within=span_of(self._log, pairing_id),
                today=today,
            ),
            by,
        )
        return slip_id

    def slip(self, slip_id: str) -> Slip:
        """The slip as it is now."""
        return self._log.state(f"slip-{slip_id}", Slip())

    def correct_slip(
        self, slip_id: str, *, colour: Colour, issued_on: date, because: str, today: date, by: By
    ) -> None:
        """State the right values of a slip, with a reason."""
        issued = self.slip(slip_id).issued
        if issued is None:
            raise Unknown("slip", slip_id)
        within = span_of(self._log, issued.pairing_id)
        self._log.decide(
            f"slip-{slip_id}",
            Slip(),
            lambda slip: slip.correct_slip(
                colour=colour, issued_on=issued_on, because=because, within=within, today=today
            ),
            by,
        )

    def issue_circular(
        self,
        *,
        pairing_id: str,
        branch: str,
        village: str,
        kind: CircularKind,
        document_no: str,
        issued_on: date,
        today: date,
        by: By,
    ) -> str:
        """Issue a circular; its id. The document may name several pairings."""
        circular_id = self._ids("ci")
        self._log.decide(
            f"circular-{circular_id}",
            Circular(),
            lambda circular: circular.issue_circular(
                circular_id=circular_id,
                pairing_id=pairing_id,
                branch=branch,
                village=village,
                kind=kind,
                document_no=document_no,
                issued_on=issued_on,
                within=span_of(self._log, pairing_id),
                today=today,
            ),
            by,
            claims=number_claimed(
                document_no, DocumentKind.CIRCULAR, dated_on=issued_on, reference=circular_id
            ),
        )
        return circular_id
