"""A case that a unit nominates as a model: checked by the office, perhaps returned, published at a level."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from typing import Annotated

from domain.kernel.decisions import demand
from domain.kernel.parties import parties
from domain.kernel.span import Span
from domain.kernel.values import Happened, Key, Line, PairingKey, Text, Today, Words
from domain.pairing import clauses, events
from domain.pairing.days import demand_begun, demand_happened

Story = Annotated[str, Text(3000, lines=True)]


class NominationState(enum.Enum):
    """Whether it waits for the office, was returned to the unit, or is published."""

    WAITING = "waiting"
    RETURNED = "returned"
    PUBLISHED = "published"


@dataclass(frozen=True)
class Nomination:
    """``nomination_id`` is empty until it is made, ``case_id`` until it is published."""

    nomination_id: str = ""
    pairing_id: str = ""
    branch: str = ""
    village: str = ""
    case_name: str = ""
    story: str = ""
    state: NominationState = NominationState.WAITING
    case_id: str = ""

    def nominate_case(
        self,
        *,
        nomination_id: Key,
        pairing_id: PairingKey,
        branch: str,
        village: str,
        case_name: Line,
        story: Story,
        within: Span,
        today: Today,
    ) -> events.CaseNominated:
        """Tell what was done and what came of it, perhaps after the pairing's end."""
        demand(not self.nomination_id, clauses.RECORDED_ONCE, case_name)
        demand_begun(within, today)
        return events.CaseNominated(
            nomination_id=nomination_id,
            pairing_id=pairing_id,
            branch=branch,
            village=village,
            case_name=case_name,
            story=story,
            nominated_on=today,
        )

    def return_nomination(self, *, because: Words, today: Today) -> events.NominationReturned:
        """The office says what is to be told otherwise."""
        self.return_nomination_allowed()
        return events.NominationReturned(
            **parties(self), nomination_id=self.nomination_id, because=because, returned_on=today
        )

    def return_nomination_allowed(self) -> None:
        """Refuse what does not wait for the office."""
        self.revise_nomination_allowed()
        demand(self.state is NominationState.WAITING, clauses.NOMINATION_WAITS, self.case_name)

    def revise_nomination(self, *, case_name: Line, story: Story, today: Today) -> events.NominationRevised:
        """The unit tells it otherwise; it waits for the office again."""
        self.revise_nomination_allowed()
        return events.NominationRevised(
            **parties(self),
            nomination_id=self.nomination_id,
            case_name=case_name,
            story=story,
            story_before=self.story,
            revised_on=today,
        )

    def revise_nomination_allowed(self) -> None:
        """Refuse where there is none, or it is published."""
        demand(bool(self.nomination_id), clauses.RECORDED_FIRST)
        demand(self.state is not NominationState.PUBLISHED, clauses.NOMINATION_PUBLISHED, self.case_name)

    def publish_nomination(
        self, *, level: events.CaseLevel, published_on: Happened, case_id: str, today: Today
    ) -> events.NominationPublished:
        """The case was published at a level; it stands in the casebook as ``case_id`` from then on."""
        self.return_nomination_allowed()
        demand_happened(published_on, today)
        return events.NominationPublished(
            **parties(self),
            nomination_id=self.nomination_id,
            case_id=case_id,
            level=level,
            published_on=published_on,
        )

    publish_nomination_allowed = return_nomination_allowed

    def after(self, event: events.PairingEvent) -> Nomination:
        match event:
            case events.CaseNominated() | events.NominationRevised():
                return Nomination(
                    event.nomination_id, **parties(event), case_name=event.case_name, story=event.story
                )
            case events.NominationReturned():
                return replace(self, state=NominationState.RETURNED)
            case events.NominationPublished():
                return replace(self, state=NominationState.PUBLISHED, case_id=event.case_id)
        return self
