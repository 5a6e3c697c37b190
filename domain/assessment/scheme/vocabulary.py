"""The facts a scheme may name: kinds, and the types and levels each kind knows.

A scheme that misspells one would silently count nothing, so reading it refuses every other word.
"""

from __future__ import annotations

from domain.assessment.scheme.measures import SURVEY_TOTALS, MeasureKind
from domain.assessment.scheme.text import Text

UNIT_CLASSES: dict[str, Text] = {
    "agency": Text("机关", "agencies"),
    "institution": Text("事业单位", "institutions"),
    "enterprise": Text("企业", "enterprises"),
}
"""The classes of units, each of which may have a tree of its own."""

TARGET_CLASSES: dict[str, Text] = {
    "village": Text("行政村", "villages"),
    "community": Text("社区", "communities"),
    "private_enterprise": Text("非公企业", "private enterprises"),
    "social_organisation": Text("社会组织", "social organisations"),
}
"""The classes of those with whom units are paired."""
USUAL_TARGETS = ("village", "community")
"""Those whose pairings are scored where a scheme says nothing else."""

CATEGORIES = frozenset({"public_services", "industry", "living_environment"})
ACTIVITIES = frozenset(
    {
        "themed_party_day",
        "training",
        "lecture",
        "volunteering",
        "condolence_visit",
        "forum",
        "field_study",
        "paired_assistance",
        "theory_study",
        "themed_campaign",
    }
)
FINDINGS = frozenset(
    {
        "record_keeping",
        "activities",
        "agreement",
        "lists",
        "research",
        "duty",
        "projects",
        "falsification",
    }
)
_NONE: frozenset[str] = frozenset()

TYPES: dict[str, frozenset[str]] = {
    "paired": _NONE,
    "agreement_signed": _NONE,
    "post_held": frozenset({"part_time_secretary", "invited_member"}),
    "activity": ACTIVITIES,
    "persons_visited": ACTIVITIES,
    "need_raised": CATEGORIES,
    "need_matched": CATEGORIES,
    "need_met": CATEGORIES,
    "need_confirmed": CATEGORIES,
    "need_rated": CATEGORIES,
    "project_planned": CATEGORIES,
    "project_completed": _NONE,
    "project_accepted": _NONE,
    "finding_raised": FINDINGS,
    "finding_due": _NONE,
    "finding_submitted": _NONE,
    "finding_reinspected": _NONE,
    "finding_closed": _NONE,
    "finding_relapsed": _NONE,
    "case_published": _NONE,
    "meeting_hosted": _NONE,
    "circular_issued": frozenset({"criticism", "praise"}),
    "slip_issued": _NONE,
}
"""Fact kind to the types it knows."""

LEVELS: dict[str, frozenset[str]] = {
    "finding_raised": frozenset({"minor", "major", "critical"}),
    "finding_reinspected": frozenset({"passed", "failed"}),
    "case_published": frozenset({"county", "prefecture", "province"}),
    "slip_issued": frozenset({"blue", "orange", "red"}),
}
"""Fact kind to the levels it knows; kinds not listed have none."""

STATED: dict[MeasureKind, tuple[str, ...]] = {
    MeasureKind.STATED: ("verified_points", "superior_score"),
    MeasureKind.PLACED: ("superior_rank",),
    MeasureKind.RATINGS: ("rating",),
    MeasureKind.SURVEY: ("survey_option",),
}
"""Measure kind to the facts it counts; what is stated for one indicator can be counted in no other way.

Their ``reference`` is the indicator's code. The levels of ``rating`` (rater groups) and ``survey_option`` (options of the
questionnaire) are words of the scheme itself: those its rule names.
"""

OF_INDICATOR = frozenset(kind for kinds in STATED.values() for kind in kinds) | frozenset(SURVEY_TOTALS)
"""Facts that an assessor stated for one indicator of one pairing."""
