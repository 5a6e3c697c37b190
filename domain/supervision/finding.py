"""What may be done with a finding, from raising it to closing it. Each decision asks first what its ``<name>_allowed`` demands
of the finding as it stands (``finding_history.py``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from domain.kernel.decisions import broken, demand, demanded
from domain.kernel.document_no import normal_form
from domain.kernel.errors import Rejected
from domain.kernel.person import PersonRef
from domain.kernel.span import Span
from domain.kernel.values import (
    Happened,
    Key,
    Line,
    Office,
    OptionalLine,
    OptionalWords,
    PairingKey,
    Pattern,
    Position,
    Text,
    Today,
    Whole,
    Words,
)
from domain.supervision import clauses, events
from domain.supervision.finding_history import OPEN, FindingHistory, Status

NUMBERED = Pattern(
    lambda written: all(each.isalnum() or each == "-" for each in normal_form(written)),
    "只能含字母、数字和“-”",
    "may have letters, digits and “-” only",
)
ANY_DAY = date.max
Number = Annotated[str, Text(40, pattern=NUMBERED)]
"""The number (编号) that the office gives to a finding, such as WT2025-059."""


@dataclass(frozen=True)
class Finding(FindingHistory):
    """The decisions on a finding; a ledger's, which may state what was against procedure, are called ``state_...``. People
    state only what was before ``begun_on``, the day on which the system came into use; a ledger is not bound by it.
    """

    def raise_finding(
        self,
        *,
        finding_id: Key,
        number: Number,
        pairing_id: PairingKey,
        branch: str,
        village: str,
        found_on: Happened,
        method: events.Method,
        inspector: PersonRef | None,
        description: Words,
        finding_type: events.FindingType,
        severity: events.Severity,
        within: Span,
        today: Today,
    ) -> events.FindingRaised:
        """Put what an inspection found on the list. ``within``: how long the pairing lasts."""
        demand(self.raised is None, clauses.RAISED_ONCE, number)
        demand(inspector is not None, clauses.INSPECTOR_NAMED)
        _demand_happened(found_on, today)
        demand(within.includes(found_on), clauses.WITHIN_ITS_PAIRING, f"{found_on}: {within}")
        return events.FindingRaised(
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
        )

    def order_rectification(
        self, *, ordered_on: Happened, due_on: date, document_no: OptionalLine, measures: Words, today: Today
    ) -> events.RectificationOrdered:
        """Tell the branch to put it right by ``due_on``."""
        raised, open_since = self.order_rectification_allowed()
        _demand_happened(ordered_on, today)
        _demand_order(open_since, ordered_on)
        demand(due_on >= ordered_on, clauses.DUE_AFTER_ORDER, f"{due_on} < {ordered_on}")
        earlier = {
            normal_form(order.document_no) for order in self.on_record(events.RectificationOrdered)
        } - {""}
        demand(normal_form(document_no) not in earlier, clauses.ORDER_NUMBERED_ANEW, document_no)
        return events.RectificationOrdered(
            **raised.names,
            ordered_on=ordered_on,
            due_on=due_on,
            document_no=document_no,
            measures=measures,
            round=self.round,
        )

    def order_rectification_allowed(self) -> tuple[events.FindingRaised, date]:
        """What was raised, and since when it is open."""
        raised = self._raised()
        demand(self.ordered_on is None, clauses.ORDERED_ONCE, f"{self.due_on}")
        demand(self.status in (Status.RAISED, Status.RELAPSED), clauses.STILL_OPEN, self.status)
        assert self.open_since is not None
        return raised, self.open_since

    def serve_order(self, *, served_on: Happened, served_to: Line, today: Today) -> events.OrderServed:
        """Record that the order reached the unit."""
        raised, ordered_on = self.serve_order_allowed()
        _demand_happened(served_on, today)
        _demand_order(ordered_on, served_on)
        return events.OrderServed(**raised.names, served_on=served_on, served_to=served_to)

    def remind_unit(self, *, reminded_on: Happened, because: Words, today: Today) -> events.UnitReminded:
        """Remind the unit of a rectification that it has not handed in."""
        raised, ordered_on = self.remind_unit_allowed()
        _demand_happened(reminded_on, today)
        _demand_order(ordered_on, reminded_on)
        return events.UnitReminded(**raised.names, reminded_on=reminded_on, because=because)

    def remind_unit_allowed(self) -> tuple[events.FindingRaised, date]:
        """What was raised, and when rectification was ordered."""
        demanded = self._open()
        demand(self.status is not Status.SUBMITTED, clauses.REMINDED_BEFORE_SUBMITTED, f"{self.submitted_on}")
        return demanded

    def acknowledge_order(
        self, *, acknowledged_on: Happened, office: Office, today: Today
    ) -> Sequence[events.OrderServed | events.OrderAcknowledged]:
        """The unit signs for the order. What nobody has handed over is served by that, on the day of the signature."""
        raised, ordered_on = self.acknowledge_order_allowed()
        _demand_happened(acknowledged_on, today)
        _demand_order(self.served_on or ordered_on, acknowledged_on)
        acknowledged = events.OrderAcknowledged(**raised.names, acknowledged_on=acknowledged_on)
        if self.served_on is not None:
            return [acknowledged]
        served = events.OrderServed(
            **raised.names,
            served_on=acknowledged_on,
            served_to=office,
            service=events.Service.BY_SYSTEM,
        )
        return [served, acknowledged]

    def acknowledge_order_allowed(self) -> tuple[events.FindingRaised, date]:
        """What was raised, and when rectification was ordered."""
        demanded = self._open()
        demand(self.status is Status.ORDERED, clauses.ACKNOWLEDGED_ONCE, self.status)
        return demanded

    def request_extension(
        self,
        *,
        requested_on: Happened,
        due_on: date,
        because: Words,
        interim_measures: OptionalWords,
        today: Today,
    ) -> events.ExtensionRequested:
        """Ask for more time, before the due day has passed."""
        raised, ordered_on, due_before = self.request_extension_allowed()
        _demand_happened(requested_on, today)
        _demand_order(ordered_on, requested_on)
        demand(requested_on <= due_before, clauses.EXTENSION_BEFORE_EXPIRY, f"{requested_on} > {due_before}")
        demand(due_on > due_before, clauses.EXTENSION_IS_LATER, f"{due_on} <= {due_before}")
        return events.ExtensionRequested(
            **raised.names,
            requested_on=requested_on,
            due_on=due_on,
            because=because,
            interim_measures=interim_measures,
        )

    def request_extension_allowed(self) -> tuple[events.FindingRaised, date, date]:
        """What was raised, when rectification was ordered, and by when."""
        raised, ordered_on = self._open()
        assert self.due_on is not None
        return raised, ordered_on, self.due_on

    def grant_extension(self, *, granted_on: Happened, due_on: date, today: Today) -> events.ExtensionGranted:
        """Agree to more time; the decision states the exact new day."""
        _, requested_on = self.grant_extension_allowed()
        _demand_happened(granted_on, today)
        _demand_order(requested_on, granted_on)
        return self._extension(granted_on, due_on)

    def grant_extension_allowed(self) -> tuple[events.FindingRaised, date]:
        """What was raised, and when more time was asked for."""
        raised, _ = self._open()
        return raised, demanded(self.extension_requested_on, clauses.EXTENSION_REQUESTED_FIRST)

    def state_extension_allowed(self) -> tuple[events.FindingRaised, date]:
        """What was raised, and by when it is due."""
        raised, _ = self._open()
        assert self.due_on is not None
        return raised, self.due_on

    def state_extension(self, *, due_on: date, begun_on: date = ANY_DAY) -> events.ExtensionGranted:
        """A ledger states an extended day without saying when it was granted; people, one that had come by then."""
        extended = self._extension(None, due_on)
        _demand_past(due_on, begun_on)
        return extended

    def _extension(self, granted_on: date | None, due_on: date) -> events.ExtensionGranted:
        raised, due_before = self.state_extension_allowed()
        demand(due_on > due_before, clauses.EXTENSION_IS_LATER, f"{due_on} <= {due_before}")
        return events.ExtensionGranted(**raised.names, granted_on=granted_on, due_on=due_on, round=self.round)

    def refuse_extension(
        self, *, refused_on: Happened, because: Words, today: Today
    ) -> events.ExtensionRefused:
        """No more time, with the reason."""
        raised, requested_on = self.refuse_extension_allowed()
        _demand_happened(refused_on, today)
        _demand_order(requested_on, refused_on)
        return events.ExtensionRefused(**raised.names, refused_on=refused_on, because=because)

    def submit_rectification(
        self, *, submitted_on: Happened, account: Words, today: Today
    ) -> events.RectificationSubmitted:
        """The branch reports what it did."""
        raised, ordered_on = self.submit_rectification_allowed()
        _demand_happened(submitted_on, today)
        _demand_order(self.sent_back_on or ordered_on, submitted_on)
        return events.RectificationSubmitted(
            **raised.names, submitted_on=submitted_on, account=account, round=self.round
        )

    def submit_rectification_allowed(self) -> tuple[events.FindingRaised, date]:
        """What was raised, and when rectification was ordered."""
        demanded = self._open()
        demand(self.status is not Status.SUBMITTED, clauses.SUBMITTED_ONCE, f"{self.submitted_on}")
        return demanded

    def return_rectification(
        self, *, returned_on: Happened, because: Words, today: Today
    ) -> events.RectificationReturned:
        """Send the report back, with the reason."""
        raised, submitted_on = self.return_rectification_allowed()
        _demand_happened(returned_on, today)
        _demand_order(submitted_on, returned_on)
        return events.RectificationReturned(
            **raised.names, returned_on=returned_on, because=because, round=self.round
        )

    def return_rectification_allowed(self) -> tuple[events.FindingRaised, date]:
        """What was raised, and when its rectification was submitted."""
        raised, _ = self._open()
        demand(self.status is Status.SUBMITTED, clauses.SUBMITTED_FIRST, self.status)
        assert self.submitted_on is not None
        return raised, self.submitted_on

    def state_returns(
        self, *, count: Annotated[int, Whole(0, 100)], begun_on: date = ANY_DAY
    ) -> events.ReturnsStated:
        """A ledger states how often reports were returned."""
        raised, ordered_on = self.state_returns_allowed()
        _demand_past(self.submitted_on or ordered_on, begun_on)
        # A ledger's row tells of returns before it tells of the report; people record the report first.
        reported = self.submitted_on or self.sent_back_on or begun_on == ANY_DAY
        demand(bool(reported), clauses.SUBMITTED_FIRST, self.status)
        return events.ReturnsStated(**raised.names, count=count)

    def reinspect(
        self, *, reinspected_on: Happened, inspector: PersonRef | None, passed: bool, today: Today
    ) -> events.FindingReinspected:
        """Look again; somebody other than the finder does it."""
        looked = self._reinspection(reinspected_on, inspector, passed, today)
        demand(inspector is not None, clauses.REINSPECTOR_NAMED)
        demand(not self._found_by(inspector), clauses.REINSPECTED_BY_ANOTHER)
        return looked

    def state_reinspection(
        self,
        *,
        reinspected_on: Happened,
        inspector: PersonRef | None,
        passed: bool,
        today: Today,
        begun_on: date = ANY_DAY,
    ) -> events.FindingReinspected:
        """A ledger states that somebody looked again; the finder, or nobody named, may have done it, against the rule."""
        _demand_past(reinspected_on, begun_on)
        looked = self._reinspection(reinspected_on, inspector, passed, today)
        irregular = broken(
            (inspector is not None, clauses.REINSPECTOR_NAMED),
            (not self._found_by(inspector), clauses.REINSPECTED_BY_ANOTHER),
        )
        return replace(looked, irregular=irregular)

    def _found_by(self, person: PersonRef | None) -> bool:
        finder = self._raised().inspector
        return person is not None and finder is not None and person.ref == finder.ref

    def _reinspection(
        self, reinspected_on: Happened, inspector: PersonRef | None, passed: bool, today: Today
    ) -> events.FindingReinspected:
        raised, submitted_on = self.reinspect_allowed()
        _demand_happened(reinspected_on, today)
        _demand_order(submitted_on, reinspected_on)
        return events.FindingReinspected(
            **raised.names,
            reinspected_on=reinspected_on,
            inspector=inspector,
            passed=passed,
            round=self.round,
        )

    def close_finding(self, *, closed_on: Happened, today: Today) -> events.FindingClosed:
        """Cancel the number (销号), only after re-inspection was passed."""
        self.close_finding_allowed()
        return self._closing(closed_on, today)

    def close_finding_allowed(self) -> events.FindingRaised:
        """What was raised."""
        raised = self._not_ended()
        demand(self.status is Status.ACCEPTED, clauses.CLOSE_AFTER_PASSED, self.status)
        return raised

    def state_closing_allowed(self) -> events.FindingRaised:
        """What was raised."""
        raised = self._not_ended()
        failed = self.status is Status.REINSPECTED_FAILED
        demand(not failed, clauses.CLOSE_AFTER_PASSED, self.status)
        return raised

    def _not_ended(self) -> events.FindingRaised:
        raised = self._raised()
        ended = self.status in (Status.CLOSED, Status.WITHDRAWN)
        demand(not ended, clauses.STILL_OPEN, self.status)
        return raised

    def state_closing(
        self, *, closed_on: Happened, today: Today, begun_on: date = ANY_DAY
    ) -> events.FindingClosed:
        """A ledger states that the number was cancelled, perhaps without re-inspection, against the rule. After a
        failed one it cannot be: the row contradicts itself.
        """
        self.state_closing_allowed()
        _demand_past(closed_on, begun_on)
        closed = self._closing(closed_on, today)
        passed = self.status is Status.ACCEPTED
        return replace(closed, irregular=broken((passed, clauses.CLOSE_AFTER_PASSED)))

    def _closing(self, closed_on: Happened, today: Today) -> events.FindingClosed:
        raised = self._raised()
        _demand_happened(closed_on, today)
        steps = (self.open_since, self.ordered_on, self.submitted_on, self.sent_back_on, self.reinspected_on)
        _demand_order(max(day for day in steps if day is not None), closed_on)
        return events.FindingClosed(**raised.names, closed_on=closed_on, round=self.round)

    def report_relapse(
        self, *, relapsed_on: Happened, because: Words, today: Today
    ) -> events.FindingRelapsed:
        """The same thing is wrong again after it was accepted, which re-opens it."""
        raised = self.report_relapse_allowed()
        _demand_happened(relapsed_on, today)
        _demand_order(self._accepted_on(), relapsed_on)
        return self._relapse(raised, relapsed_on, because)

    def state_relapse(self, *, begun_on: date = ANY_DAY) -> events.FindingRelapsed:
        """A ledger states that it came back, and neither when nor what."""
        raised = self.state_relapse_allowed()
        _demand_past(self._accepted_on(), begun_on)
        return self._relapse(raised, None, "")

    def _relapse(
        self, raised: events.FindingRaised, relapsed_on: date | None, because: str
    ) -> events.FindingRelapsed:
        return events.FindingRelapsed(
            **raised.names, found_on=raised.found_on, relapsed_on=relapsed_on, because=because
        )

    def report_relapse_allowed(self) -> events.FindingRaised:
        """What was raised."""
        raised = self._raised()
        done = self.status in (Status.ACCEPTED, Status.CLOSED)
        demand(done, clauses.RELAPSE_AFTER_CLOSED, self.status)
        return raised

    def withdraw_finding(
        self, *, withdrawn_on: Happened, because: Words, today: Today, appeal_id: str = ""
    ) -> events.FindingWithdrawn:
        """Take the finding back, a closed one too (an appeal may revoke it); it stays readable and counts nowhere."""
        raised = self.withdraw_finding_allowed()
        _demand_happened(withdrawn_on, today)
        _demand_order(raised.found_on, withdrawn_on)
        return events.FindingWithdrawn(
            **raised.names, withdrawn_on=withdrawn_on, because=because, appeal_id=appeal_id, round=self.round
        )

    def withdraw_finding_allowed(self) -> events.FindingRaised:
        """What was raised."""
        raised = self._raised()
        demand(self.status is not Status.WITHDRAWN, clauses.STILL_OPEN, self.status)
        return raised

    def hand_over_finding(
        self, *, branch: str, village: str, successor: str, handed_on: date, because: str, today: date
    ) -> Sequence[events.FindingHandedOver]:
        """From a day on a part of its unit, or of its village, which was split, answers for it; nothing where it is closed."""
        if self.raised is None or self.status in (Status.CLOSED, Status.WITHDRAWN):
            return []
        _demand_happened(handed_on, today)
        return [
            events.FindingHandedOver(
                **self.raised.names,
                branch=branch,
                village=village,
                successor=successor,
                handed_on=handed_on,
                because=because,
            )
        ]

    def void_finding(self, *, because: Words, today: Today, batch: str = "") -> events.FindingVoided:
        """It was entered wrongly: its steps count no more, and its number is free. ``batch``: of the reversed import."""
        raised = self.withdraw_finding_allowed()
        return events.FindingVoided(
            **raised.names, voided_on=today, because=because, round=self.round, batch=batch
        )

    void_finding_allowed = withdraw_finding_allowed

    def strike_step(
        self,
        *,
        version: int,
        record: Position,
        struck_on: Happened,
        because: Words,
        today: Today,
    ) -> events.StepStruck:
        """An assessor lets a step against procedure count no more. ``version``: its place in the stream, from 1;
        ``record``: its position in the log.
        """
        raised = self._raised()
        step = self.history[version - 1] if 0 < version <= len(self.history) else None
        # A closing falls with the re-inspection it rests on; alone it is struck where it is against procedure itself.
        if not isinstance(step, events.FindingReinspected | events.FindingClosed) or not step.irregular:
            raise Rejected(clauses.STRUCK_IF_IRREGULAR, f"#{record}")
        struck = {each.version for each in self.on_record(events.StepStruck)}
        demand(version not in struck, clauses.STRUCK_ONCE, f"#{record}")
        _demand_happened(struck_on, today)
        _demand_order(raised.found_on, struck_on)
        return events.StepStruck(
            **raised.names,
            record=record,
            version=version,
            struck=step.NAME,
            overtaken=self._overtaken(step),
            struck_on=struck_on,
            because=because,
            round=step.round,
        )

    def _raised(self) -> events.FindingRaised:
        return demanded(self.raised, clauses.RAISED_FIRST)

    def _ordered(self) -> tuple[events.FindingRaised, date]:
        raised = self._raised()
        return raised, demanded(self.ordered_on, clauses.ORDERED_FIRST, raised.number)

    def _open(self) -> tuple[events.FindingRaised, date]:
        raised, ordered_on = self._ordered()
        demand(self.status in OPEN, clauses.STILL_OPEN, self.status)
        return raised, ordered_on

    # What demands the same of a finding as another step.
    serve_order_allowed = _open
    state_returns_allowed = _open
    refuse_extension_allowed = grant_extension_allowed
    reinspect_allowed = return_rectification_allowed
    state_reinspection_allowed = return_rectification_allowed
    state_relapse_allowed = report_relapse_allowed


def _demand_past(on: date, begun_on: date) -> None:
    demand(on < begun_on, clauses.STATED_OF_THE_PAST, f"{on} >= {begun_on}")


def _demand_happened(on: date, today: date) -> None:
    demand(on <= today, clauses.NOT_IN_THE_FUTURE, f"{on} > {today}")


def _demand_order(first: date, then: date) -> None:
    demand(then >= first, clauses.IN_ORDER, f"{then} < {first}")
