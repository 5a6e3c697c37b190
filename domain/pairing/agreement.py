"""An agreement of the two branches: what they agreed to, and how long it is in force."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from domain.kernel.decisions import demand
from domain.pairing import clauses, events


@dataclass(frozen=True)
class Agreement:
    """``others``: who is party to it beside the two. ``ends_on``: the last day agreed on, ``None`` where it lasts as long as the
    pairing; ``ended_on``: the last day where it was ended early."""

    number: str
    signed_on: date
    others: str = ""
    duties: str = ""
    ends_on: date | None = None
    ended_on: date | None = None

    @property
    def own(self) -> dict[str, Any]:
        """What names it within its pairing."""
        return {"agreement_no": self.number, "signed_on": self.signed_on}

    def demand_in_force(self, on: date) -> None:
        """Refuse a day before it was signed, or after its last."""
        demand(on >= self.signed_on, clauses.AGREEMENT_IN_FORCE, f"{on} < {self.signed_on}")
        demand(
            self.ends_on is None or on <= self.ends_on, clauses.AGREEMENT_IN_FORCE, f"{on} > {self.ends_on}"
        )

    def demand_end(self, ends_on: date | None) -> None:
        """Refuse a last day before it was signed."""
        demand(
            ends_on is None or ends_on >= self.signed_on,
            clauses.ENDS_AFTER_START,
            f"{ends_on} < {self.signed_on}",
        )

    def after(
        self, event: events.AgreementAmended | events.AgreementRenewed | events.AgreementEnded
    ) -> Agreement:
        if (event.agreement_no, event.signed_on) != (self.number, self.signed_on):
            return self
        match event:
            case events.AgreementAmended():
                return replace(self, others=event.others, duties=event.duties, ends_on=event.ends_on)
            case events.AgreementRenewed():
                return replace(self, ends_on=event.ends_on)
            case events.AgreementEnded():
                return replace(self, ended_on=event.ended_on)
