"""What can happen to an appeal."""

from __future__ import annotations

import enum
from datetime import date

from domain.kernel.event import Event


class Outcome(enum.Enum):
    """``UPHELD``: the contested decision stands; ``VARIED``: other points; ``REVOKED``: the finding falls."""

    UPHELD = "upheld"
    VARIED = "varied"
    REVOKED = "revoked"


class AppealEvent(Event, context="appeal"):
    """Base of the appeal events."""

    appeal_id: str
    pairing_id: str


class AppealFiled(AppealEvent, occurred="filed_on"):
    """A unit contests one score line of a run, or one finding. ``known_at`` is the position it had before it."""

    branch: str
    village: str
    run_id: str
    indicator: str
    finding_id: str
    filed_on: date
    filed_by: str
    grounds: str
    contested_points_hundredths: int | None
    known_at: int


class AppealAdmitted(AppealEvent, occurred="admitted_on"):
    """The appeal is taken on; the day by which it is decided."""

    admitted_on: date
    due_on: date


class AppealRefused(AppealEvent, occurred="refused_on"):
    """The appeal is not admissible."""

    refused_on: date
    because: str


class AppealDecided(AppealEvent, occurred="decided_on"):
    """The decision with its reasons; what it changes follows as events of its own."""

    run_id: str
    indicator: str
    finding_id: str
    decided_on: date
    outcome: Outcome
    reasons: str
    corrected_points_hundredths: int | None


class AppealWithdrawn(AppealEvent, occurred="withdrawn_on"):
    """The unit takes its appeal back."""

    withdrawn_on: date
