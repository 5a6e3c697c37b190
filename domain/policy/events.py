"""What can happen to a policy."""

from __future__ import annotations

import enum
from datetime import date

from domain.kernel.event import Event


class PolicyKind(enum.Enum):
    """What a policy is called by its form: measures (办法), a system of work (制度), detailed rules (细则), a plan (方案), a
    notice (通知)."""

    MEASURES = "measures"
    SYSTEM = "system"
    RULES = "rules"
    PLAN = "plan"
    NOTICE = "notice"


class PolicyArea(enum.Enum):
    """Which work a policy, or an article of it, governs."""

    PAIRINGS = "pairings"
    AGREEMENTS = "agreements"
    ACTIVITIES = "activities"
    NEEDS = "needs"
    PROJECTS = "projects"
    PLANS = "plans"
    CASES = "cases"
    FINDINGS = "findings"
    ASSESSMENT = "assessment"
    APPEALS = "appeals"


class PolicyEvent(Event, context="policy"):
    """Base of the events of policies."""

    policy_id: str


class PolicyIssued(PolicyEvent, occurred="issued_on"):
    """A body issued it: its first version. ``valid_from``: the first day on which it holds; ``valid_until``: the last, ``None``
    where none was said."""

    title: str
    document_no: str
    policy_kind: PolicyKind
    issuing_body: str
    issued_on: date
    valid_from: date
    valid_until: date | None
    text: str


class PolicyRevised(PolicyEvent, occurred="issued_on"):
    """It says something else from a day on; the version before stays readable."""

    version: int
    title: str
    document_no: str
    issuing_body: str
    issued_on: date
    valid_from: date
    valid_until: date | None
    text: str
    because: str


class PolicyCorrected(PolicyEvent):
    """A slip of the pen in the record of a version, which was so all along. ``wrong`` became ``right`` in the text, empty where
    the text stays."""

    version: int
    title: str
    title_before: str
    document_no: str
    document_no_before: str
    valid_from: date
    valid_from_before: date
    valid_until: date | None
    valid_until_before: date | None
    wrong: str
    right: str
    because: str
    corrected_on: date


class PolicyVersionVoided(PolicyEvent, occurred="voided_on"):
    """The newest version was recorded in error."""

    version: int
    because: str
    voided_on: date


class PolicyRepealed(PolicyEvent, occurred="repealed_on"):
    """It holds no more. ``repealed_from``: the first day on which it does not."""

    repealed_from: date
    because: str
    repealed_on: date


class PolicyRestored(PolicyEvent, occurred="restored_on"):
    """The repeal is taken back."""

    repealed_before: date
    because: str
    restored_on: date


class PolicyVoided(PolicyEvent, occurred="voided_on"):
    """There is no such policy: it was recorded in error."""

    because: str
    voided_on: date


class PolicyPlaced(PolicyEvent, occurred="placed_on"):
    """The pages of an area show it, or one article of it, as their ground."""

    policy_area: PolicyArea
    article: int | None
    placed_on: date


class PolicyTakenOff(PolicyEvent, occurred="taken_off_on"):
    """They show it no more."""

    policy_area: PolicyArea
    article: int | None
    taken_off_on: date
