"""What can happen to an appeal."""

from __future__ import annotations

import enum
from datetime import date

from domain.kernel.event import Event
from domain.kernel.parties import Side


class Outcome(enum.Enum):
    """``UPHELD``: the contested decision stands; ``VARIED``: other points; ``REVOKED``: the finding falls."""

    UPHELD = "upheld"
    VARIED = "varied"
    REVOKED = "revoked"


class AppealEvent(Event, context="appeal"):
    """Base of the appeal events."""

    appeal_id: str
    pairing_id: str


class AppealNumbered(AppealEvent, occurred="numbered_on"):
    """The next number of the year is given to an appeal; recorded together with ``AppealFiled``.

    ``number``: as people write it, such as ``SS2025-001``; ``year`` is the one in which it is filed.
    """

    year: int
    number: str
    numbered_on: date


class AppealRegistered(AppealEvent, occurred="registered_on"):
    """An appeal takes its place among those about one contested thing; recorded together with ``AppealFiled``.

    ``contested`` is the id of a finding, or ``<year>/<pairing>/<indicator>``.
    """

    contested: str
    registered_on: date


class AppealFiled(AppealEvent, occurred="filed_on"):
    """A unit or a village contests one score line of a run, or one finding. ``known_at`` is the position it had before it.

    ``number``: the one people use, such as ``SS2025-001``. ``year``: the one whose results it is about.
    ``facts_digest``: hex SHA-256 of the facts behind what is contested, as they were then.
    """

    number: str
    year: int
    branch: str
    village: str
    side: Side
    run_id: str
    indicator: str
    finding_id: str
    filed_on: date
    filed_by: str
    grounds: str
    contested_points_hundredths: int | None
    known_at: int
    facts_digest: str


class AppealAdmitted(AppealEvent, occurred="admitted_on"):
    """The appeal is taken on; the day by which it is decided."""

    admitted_on: date
    due_on: date


class AppealRefused(AppealEvent, occurred="refused_on"):
    """The appeal is not admissible."""

    refused_on: date
    because: str


class AppealDecided(AppealEvent, occurred="decided_on"):
    """The decision with its reasons; what it changes in the results of ``year`` follows as events of its own."""

    number: str
    year: int
    run_id: str
    indicator: str
    finding_id: str
    decided_on: date
    outcome: Outcome
    reasons: str
    corrected_points_hundredths: int | None


class AppealWithdrawn(AppealEvent, occurred="withdrawn_on"):
    """Whoever filed the appeal takes it back."""

    withdrawn_on: date
