"""What can happen in an assessment: schemes, frozen runs, rulings."""

from __future__ import annotations

from datetime import date

from domain.kernel.event import Event


class AssessmentEvent(Event, context="assessment"):
    """Base of the assessment events."""


class SchemePublished(AssessmentEvent, occurred="published_on"):
    """The scheme of a year in a version, whole; it never changes, a new version replaces it."""

    scheme_id: str
    version: int
    text: str
    text_digest: str
    published_on: date


class RunFrozen(AssessmentEvent, occurred="frozen_on"):
    """All results of a year as known at a position, pinned by a digest."""

    run_id: str
    year: int
    known_at: int
    scheme_version: int
    results_digest: str
    subjects: int
    frozen_on: date
    because: str
    appeal_id: str = ""


class RunPublished(AssessmentEvent, occurred="published_on"):
    """The run is made public; it never moves."""

    run_id: str
    year: int
    published_on: date


class PointsRuled(AssessmentEvent, occurred="ruled_on"):
    """An appeal's decision fixes the points of one line; the computed value stays visible beside it."""

    year: int
    pairing_id: str
    indicator: str
    points_hundredths: int
    appeal_id: str
    ruled_on: date
