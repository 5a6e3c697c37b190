"""Where a finding stands, by all that has happened to it. What may be done with it is in ``finding.py``."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from datetime import date
from typing import Self, TypeVar

from domain.supervision import events

E = TypeVar("E", bound=events.SupervisionEvent)


class Status(enum.Enum):
    """Where a finding stands."""

    NONE = ""
    RAISED = "raised"
    ORDERED = "ordered"
    ACKNOWLEDGED = "acknowledged"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    REINSPECTED_FAILED = "reinspected_failed"
    ACCEPTED = "accepted"
    CLOSED = "closed"
    RELAPSED = "relapsed"
    WITHDRAWN = "withdrawn"


OPEN = {
    Status.ORDERED,
    Status.ACKNOWLEDGED,
    Status.SUBMITTED,
    Status.RETURNED,
    Status.REINSPECTED_FAILED,
}
"""Ordered and not yet accepted."""


@dataclass(frozen=True)
class FindingHistory:
    """``raised`` is ``None`` until the finding is raised. ``sent_back_on``: the last day a report was returned or
    failed re-inspection. ``history``: every event, in order. ``round`` counts the orders: after a relapse all else is that of
    the next one. ``open_since``: the day it was found, or came back. ``returns``: in all rounds.
    """

    status: Status = Status.NONE
    raised: events.FindingRaised | None = None
    ordered_on: date | None = None
    due_on: date | None = None
    document_no: str = ""
    served_on: date | None = None
    extension_wanted: date | None = None
    extension_requested_on: date | None = None
    extended: bool = False
    submitted_on: date | None = None
    returns: int = 0
    sent_back_on: date | None = None
    reinspected_on: date | None = None
    passed: bool | None = None
    closed_on: date | None = None
    round: int = 1
    open_since: date | None = None
    history: tuple[events.SupervisionEvent, ...] = ()
    voided: events.FindingVoided | None = None

    def on_record(self, kind: type[E]) -> list[E]:
        """All events of a kind, in their order."""
        return [event for event in self.history if isinstance(event, kind)]

    @property
    def relapsed(self) -> bool:
        """Whether it ever came back."""
        return self.round > 1

    def _accepted_on(self) -> date:
        accepted_on = self.closed_on or self.reinspected_on
        assert accepted_on is not None
        return accepted_on

    def _overtaken(self, step: events.FindingReinspected | events.FindingClosed) -> bool:
        """Whether the finding stands as it does without the step: a report came after a failed re-inspection."""
        failed = isinstance(step, events.FindingReinspected) and not step.passed
        newest = (
            self.status is Status.REINSPECTED_FAILED and step is self.on_record(events.FindingReinspected)[-1]
        )
        return failed and not newest

    def after(self, event: events.SupervisionEvent) -> Self:
        """The finding once ``event`` has happened."""
        return replace(self._moved(event), history=(*self.history, event))

    def _moved(self, event: events.SupervisionEvent) -> Self:
        match event:
            case events.FindingRaised():
                return type(self)(status=Status.RAISED, raised=event, open_since=event.found_on)
            case events.RectificationOrdered():
                return replace(
                    self,
                    status=Status.ORDERED,
                    ordered_on=event.ordered_on,
                    due_on=event.due_on,
                    document_no=event.document_no,
                )
            case events.OrderServed():
                return replace(self, served_on=event.served_on)
            case events.OrderAcknowledged():
                return replace(self, status=Status.ACKNOWLEDGED)
            case events.ExtensionRequested():
                return replace(self, extension_wanted=event.due_on, extension_requested_on=event.requested_on)
            case events.ExtensionGranted():
                answered = replace(self, extension_wanted=None, extension_requested_on=None)
                return replace(answered, due_on=event.due_on, extended=True)
            case events.ExtensionRefused():
                return replace(self, extension_wanted=None, extension_requested_on=None)
            case events.RectificationSubmitted():
                return replace(self, status=Status.SUBMITTED, submitted_on=event.submitted_on)
            case events.RectificationReturned():
                back = replace(self, submitted_on=None, sent_back_on=event.returned_on)
                return replace(back, status=Status.RETURNED, returns=self.returns + 1)
            case events.ReturnsStated():
                return replace(self, returns=event.count)
            case events.FindingReinspected():
                looked = replace(self, reinspected_on=event.reinspected_on, passed=event.passed)
                if event.passed:
                    return replace(looked, status=Status.ACCEPTED)
                return replace(looked, status=Status.REINSPECTED_FAILED, sent_back_on=event.reinspected_on)
            case events.FindingClosed():
                return replace(self, status=Status.CLOSED, closed_on=event.closed_on)
            case events.FindingRelapsed():
                return type(self)(
                    status=Status.RELAPSED,
                    raised=self.raised,
                    round=self.round + 1,
                    open_since=event.relapsed_on or self._accepted_on(),
                    returns=self.returns,
                )
            case events.FindingHandedOver():
                assert self.raised is not None
                return replace(self, raised=replace(self.raised, branch=event.branch, village=event.village))
            case events.FindingVoided():
                return replace(self, status=Status.WITHDRAWN, voided=event)
            case events.FindingWithdrawn():
                return replace(self, status=Status.WITHDRAWN)
            case events.StepStruck():
                return self._without(event)
        return self

    def _without(self, struck: events.StepStruck) -> Self:
        """As if the step had never been; one of an earlier round, or one that later steps overtook, has left nothing here."""
        if not self._gives_way(struck) or self.status is Status.WITHDRAWN:
            return self
        strikes = [each for each in (*self.on_record(events.StepStruck), struck) if self._gives_way(each)]
        gone = {each.version for each in strikes}
        state = type(self)()
        for version, event in enumerate(self.history, 1):
            if (
                version not in gone
                and not isinstance(event, events.StepStruck)
                and not state._rests_on_nothing(event)
            ):
                state = state._moved(event)
        return state

    def _gives_way(self, struck: events.StepStruck) -> bool:
        return struck.round == self.round and not struck.overtaken

    def _rests_on_nothing(self, event: events.SupervisionEvent) -> bool:
        """A regular closing whose re-inspection is struck."""
        return (
            isinstance(event, events.FindingClosed)
            and not event.irregular
            and self.status is not Status.ACCEPTED
        )
