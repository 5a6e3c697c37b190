"""The words of enumerations that people choose from, or are told the values of."""

from __future__ import annotations

import enum

from application.questions.answers.people.accounts import AccountState
from application.questions.searching.listed import FoundKind
from domain.account.role import Role
from domain.appeal import appeal
from domain.appeal.events import Outcome
from domain.assessment.year import result_use, scheme_history
from domain.assessment.year.events import ResultUse, Verdict
from domain.attachment.events import PhotographVerdict
from domain.burden.events import Burden
from domain.complaint.complaint import ComplaintState
from domain.complaint.events import Desk, Subject
from domain.document.events import FindingPaper, RunPaper
from domain.kernel.parties import Side
from domain.livelihood.events import Category, FundSource, ResourceCategory
from domain.pairing.events import (
    ActivityKind,
    ActivityTag,
    CaseLevel,
    LikenessVerdict,
    MeasureUnit,
    NumberVerdict,
    PairingChange,
    Post,
    TaskForceRole,
)
from domain.policy.events import PolicyArea, PolicyKind
from domain.registry.events import CodeSystem, TargetKind, UnitClass, UnitLevel
from domain.supervision import finding_history
from domain.supervision.events import CircularKind, Colour, FindingType, Method, Severity
from interface.locales import Phrase
from interface.words import LABELS

GROUPS: dict[type[enum.Enum], str] = {
    AccountState: "account_state",
    ActivityKind: "activity_kind",
    ActivityTag: "activity_tag",
    MeasureUnit: "measure_unit",
    LikenessVerdict: "likeness_verdict",
    NumberVerdict: "number_verdict",
    PhotographVerdict: "photograph_verdict",
    Burden: "burden",
    CaseLevel: "case_level",
    Category: "category",
    CircularKind: "circular",
    CodeSystem: "system",
    Colour: "colour",
    ComplaintState: "complaint_state",
    Desk: "desk",
    Subject: "subject",
    FindingPaper: "paper",
    RunPaper: "paper",
    FindingType: "finding_type",
    FoundKind: "found",
    FundSource: "source",
    Method: "method",
    PairingChange: "pairing_change",
    PolicyArea: "policy_area",
    PolicyKind: "policy_kind",
    Post: "post",
    ResourceCategory: "category",
    Role: "role",
    Severity: "severity",
    Side: "side",
    TaskForceRole: "force_role",
    TargetKind: "target_kind",
    UnitClass: "unit_class",
    UnitLevel: "level",
    Outcome: "outcome",
    ResultUse: "use",
    Verdict: "verdict",
    # Nobody chooses these: they are told to whoever is refused.
    appeal.Status: "appeal_status",
    finding_history.Status: "status",
    result_use.UseStatus: "use_status",
    scheme_history.DraftStatus: "draft_status",
}
"""An enumeration to the group of ``LABELS`` in which its values have words."""


def choice_words(member: enum.Enum) -> Phrase:
    """The words of a member. Raises ``KeyError`` for one without."""
    return LABELS[GROUPS[type(member)]][str(member.value)]
