"""What has not happened yet is not recorded: every event whose day somebody states, with a day that is yet to come."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from application.catalogue import CATALOGUE
from domain.kernel.errors import Rejected
from domain.kernel.event import Event
from domain.kernel.person import PersonRef
from domain.kernel.span import Span
from domain.kernel.state import State, fold
from domain.livelihood.events import (
    Category,
    NeedConfirmed,
    NeedMatched,
    NeedMet,
    NeedRaised,
    ProjectAccepted,
    ProjectCompleted,
    ProjectOpened,
    ResourceCategory,
    ResourceOffered,
)
from domain.livelihood.need import Need
from domain.livelihood.project import Project
from domain.livelihood.resource import Resource
from domain.pairing.activity import Activity
from domain.pairing.events import (
    ActivityCorrected,
    ActivityHeld,
    ActivityKind,
    AgreementSigned,
    AppointedToPost,
    CaseCorrected,
    CaseLevel,
    CasePublished,
    LeftPost,
    MeetingCorrected,
    MeetingHosted,
    PairingEnded,
    PairingRenewed,
    PairingStarted,
    Post,
)
from domain.pairing.pairing import Pairing
from domain.pairing.recognition import Meeting, ModelCase
from domain.registry.branch import Branch
from domain.registry.events import (
    BranchReclassified,
    BranchRegistered,
    BranchRenamed,
    EntryAbsorbed,
    EntryMerged,
    EntryRetired,
    EntrySplit,
    TargetKind,
    UnitClass,
    UnitLevel,
    VillageMoved,
    VillageReclassified,
    VillageRegistered,
    VillageRenamed,
)
from domain.registry.village import Village
from domain.supervision.events import (
    CircularIssued,
    CircularKind,
    Colour,
    ExtensionGranted,
    ExtensionRefused,
    ExtensionRequested,
    FindingClosed,
    FindingRaised,
    FindingReinspected,
    FindingRelapsed,
    FindingType,
    FindingWithdrawn,
    Method,
    OrderAcknowledged,
    OrderServed,
    RectificationOrdered,
    RectificationReturned,
    RectificationSubmitted,
    Severity,
    SlipCorrected,
    SlipIssued,
    StepStruck,
    UnitReminded,
)
from domain.supervision.finding import Finding
from domain.supervision.measure import Circular, Slip

DAY, TODAY, TOMORROW = date(2025, 3, 1), date(2025, 6, 30), date(2025, 7, 1)
LATER = date(2025, 12, 31)
WHO: dict[str, Any] = {"pairing_id": "2025-v-b", "branch": "b", "village": "v"}
WITHIN: dict[str, Any] = {"within": Span(date(2025, 1, 1))}
SOMEBODY = PersonRef(ref="p1", commitment="c1")

STARTED = PairingStarted(**WHO, started_on=date(2025, 1, 1))
TERM: dict[str, Any] = {"post": Post.INVITED_MEMBER, "person": SOMEBODY}
HELD: dict[str, Any] = {
    "kind": ActivityKind.FORUM,
    "topic": "座谈",
    "participants": 3,
    "persons_visited": None,
}
ACTIVITY = ActivityHeld(**WHO, **HELD, activity_id="a", held_on=DAY)
CASE = CasePublished(**WHO, case_id="c", case_name="经验", level=CaseLevel.COUNTY, published_on=DAY)
MEETING = MeetingHosted(**WHO, meeting_id="m", hosted_on=DAY)
RAISED = NeedRaised(
    need_id="n",
    number="1",
    village="v",
    pairing_id="",
    category=Category.INDUSTRY,
    content="路",
    raised_on=DAY,
)
MATCHED = NeedMatched(
    need_id="n", pairing_before="", category=Category.INDUSTRY, raised_on=DAY, matched_on=DAY, **WHO
)
MET = NeedMet(need_id="n", pairing_id="2025-v-b", met_on=DAY)
PROJECT: dict[str, Any] = {
    **WHO,
    "project_id": "p",
    "number": "1",
    "name": "路灯",
    "category": Category.INDUSTRY,
    "budget_cents": 1,
    "planned_end_on": LATER,
    "beneficiaries": 1,
}
OPENED = ProjectOpened(**PROJECT, started_on=DAY)
COMPLETED = ProjectCompleted(project_id="p", pairing_id="2025-v-b", completed_on=DAY)
FOUND: dict[str, Any] = {
    **WHO,
    "finding_id": "f",
    "number": "1",
    "method": Method.ON_SITE,
    "inspector": PersonRef(ref="finder", commitment="c1"),
    "description": "缺记录",
    "finding_type": FindingType.DUTY,
    "severity": Severity.MINOR,
}
OF: dict[str, Any] = {"finding_id": "f", "pairing_id": "2025-v-b"}
ORDER: dict[str, Any] = {"due_on": LATER, "document_no": "1", "measures": "补"}
FINDING = (FindingRaised(**FOUND, found_on=DAY), RectificationOrdered(**OF, **ORDER, ordered_on=DAY))
ASKED: dict[str, Any] = {"due_on": date(2026, 1, 31), "because": "雪", "interim_measures": ""}
REQUESTED = (*FINDING, ExtensionRequested(**OF, **ASKED, requested_on=DAY))
SUBMITTED = (*FINDING, RectificationSubmitted(**OF, submitted_on=DAY, account=""))
PASSED = (*SUBMITTED, FindingReinspected(**OF, reinspected_on=DAY, inspector=None, passed=True))
IRREGULAR = (
    *SUBMITTED,
    FindingReinspected(**OF, reinspected_on=DAY, inspector=SOMEBODY, passed=True, irregular=("x",)),
)
LOOK: dict[str, Any] = {"inspector": SOMEBODY, "passed": True}
BRANCH = BranchRegistered(
    branch="b", unit_name="甲", branch_name="甲", level=UnitLevel.COUNTY, unit_class=UnitClass.AGENCY
)
CLASS = {"level": UnitLevel.PREFECTURE, "unit_class": UnitClass.ENTERPRISE}
VILLAGE = VillageRegistered(village="v", name="甲村", kind=TargetKind.VILLAGE, township="镇")
NAMES = {"unit_name": "乙", "branch_name": "乙"}

Case = tuple[type[Event], State, tuple[Event, ...], Callable[..., Any], dict[str, Any]]
"""Event, state, what happened before, the decision (unbound), and its values besides the day and today."""
STATED: list[Case] = [
    (PairingStarted, Pairing(), (), Pairing.start_pairing, {**WHO, "paired": ""}),
    (PairingEnded, Pairing(), (STARTED,), Pairing.end_pairing, {"because": "调整"}),
    (AgreementSigned, Pairing(), (STARTED,), Pairing.sign_agreement, {"agreement_no": "1"}),
    (AppointedToPost, Pairing(), (STARTED,), Pairing.appoint_to_post, TERM),
    (AppointedToPost, Pairing(), (STARTED,), Pairing.state_appointment, {**TERM, "ended_on": None}),
    (
        LeftPost,
        Pairing(),
        (STARTED, AppointedToPost(**WHO, **TERM, began_on=DAY)),
        Pairing.leave_post,
        {"post": Post.INVITED_MEMBER},
    ),
    (
        ActivityHeld,
        Activity(),
        (),
        Activity.record_activity,
        {**WHO, **HELD, **WITHIN, "activity_id": "a", "reported_on": None, "near": ""},
    ),
    (
        ActivityCorrected,
        Activity(),
        (ACTIVITY,),
        Activity.correct_activity,
        {**HELD, **WITHIN, "because": "误"},
    ),
    (
        CasePublished,
        ModelCase(),
        (),
        ModelCase.publish_case,
        {**WHO, **WITHIN, "case_id": "c", "case_name": "经验", "level": CaseLevel.COUNTY},
    ),
    (
        CaseCorrected,
        ModelCase(),
        (CASE,),
        ModelCase.correct_case,
        {**WITHIN, "case_name": "经验", "level": CaseLevel.COUNTY, "because": "误"},
    ),
    (MeetingHosted, Meeting(), (), Meeting.host_meeting, {**WHO, **WITHIN, "meeting_id": "m"}),
    (MeetingCorrected, Meeting(), (MEETING,), Meeting.correct_meeting, {**WITHIN, "because": "误"}),
    (PairingRenewed, Pairing(), (STARTED,), Pairing.renew_pairing, {}),
    (
        ResourceOffered,
        Resource(),
        (),
        Resource.offer_resource,
        {"resource_id": "r", "branch": "b", "category": ResourceCategory.FUNDS, "content": "资金"},
    ),
    (
        NeedRaised,
        Need(),
        (),
        Need.raise_need,
        {
            "need_id": "n",
            "number": "1",
            "village": "v",
            "pairing_id": "",
            "category": Category.INDUSTRY,
            "content": "路",
            "of_village": True,
        },
    ),
    (
        NeedMatched,
        Need(),
        (RAISED,),
        Need.match_need,
        {**WITHIN, "pairing_id": "2025-v-b", "branch": "b", "of_village": True},
    ),
    (NeedMet, Need(), (RAISED, MATCHED), Need.meet_need, {}),
    (NeedConfirmed, Need(), (RAISED, MATCHED, MET), Need.confirm_need, {"rating": None}),
    (ProjectOpened, Project(), (), Project.open_project, {**PROJECT, **WITHIN}),
    (ProjectCompleted, Project(), (OPENED,), Project.complete_project, {}),
    (ProjectAccepted, Project(), (OPENED, COMPLETED), Project.accept_project, {}),
    (BranchRenamed, Branch(), (BRANCH,), Branch.rename_branch, NAMES),
    (BranchReclassified, Branch(), (BRANCH,), Branch.reclassify_branch, CLASS),
    (VillageRenamed, Village(), (VILLAGE,), Village.rename_village, {"name": "乙村"}),
    (VillageMoved, Village(), (VILLAGE,), Village.move_village, {"township": "乡"}),
    (VillageReclassified, Village(), (VILLAGE,), Village.reclassify_village, {"kind": TargetKind.COMMUNITY}),
    (EntryMerged, Village(), (VILLAGE,), Village.merge_village, {"into": "v-2"}),
    (EntryAbsorbed, Village(), (VILLAGE,), Village.absorb, {"other": "v-2"}),
    (EntrySplit, Village(), (VILLAGE,), Village.split_off, {"off": "v-2"}),
    (EntryRetired, Village(), (VILLAGE,), Village.retire, {"because": "撤村"}),
    (FindingRaised, Finding(), (), Finding.raise_finding, {**FOUND, **WITHIN}),
    (RectificationOrdered, Finding(), FINDING[:1], Finding.order_rectification, ORDER),
    (OrderServed, Finding(), FINDING, Finding.serve_order, {"served_to": "办"}),
    (UnitReminded, Finding(), FINDING, Finding.remind_unit, {"because": "期限将至"}),
    (OrderAcknowledged, Finding(), FINDING, Finding.acknowledge_order, {}),
    (ExtensionRequested, Finding(), FINDING, Finding.request_extension, ASKED),
    (ExtensionGranted, Finding(), REQUESTED, Finding.grant_extension, {"due_on": date(2026, 1, 31)}),
    (ExtensionRefused, Finding(), REQUESTED, Finding.refuse_extension, {"because": "无"}),
    (RectificationSubmitted, Finding(), FINDING, Finding.submit_rectification, {"account": "已办"}),
    (RectificationReturned, Finding(), SUBMITTED, Finding.return_rectification, {"because": "缺"}),
    (FindingReinspected, Finding(), SUBMITTED, Finding.reinspect, LOOK),
    (FindingReinspected, Finding(), SUBMITTED, Finding.state_reinspection, LOOK),
    (FindingClosed, Finding(), PASSED, Finding.close_finding, {}),
    (FindingClosed, Finding(), PASSED, Finding.state_closing, {}),
    (FindingRelapsed, Finding(), PASSED, Finding.report_relapse, {"because": "又缺"}),
    (
        StepStruck,
        Finding(),
        IRREGULAR,
        Finding.strike_step,
        {"version": len(IRREGULAR), "record": 9, "because": "检查人自行复查"},
    ),
    (FindingWithdrawn, Finding(), FINDING, Finding.withdraw_finding, {"because": "误"}),
    (
        SlipIssued,
        Slip(),
        (),
        Slip.issue_slip,
        {**WHO, **WITHIN, "slip_id": "s", "colour": Colour.RED},
    ),
    (
        SlipCorrected,
        Slip(),
        (SlipIssued(**WHO, slip_id="s", colour=Colour.RED, issued_on=DAY),),
        Slip.correct_slip,
        {**WITHIN, "colour": Colour.BLUE, "because": "误"},
    ),
    (
        CircularIssued,
        Circular(),
        (),
        Circular.issue_circular,
        {**WHO, **WITHIN, "circular_id": "c", "kind": CircularKind.PRAISE, "document_no": "1"},
    ),
]
WORK = ("pairing", "livelihood", "registry", "supervision")
"""Contexts of what people report about the past; the others record their own acts on the day they are done."""
OF_THE_DAY = {"pairing.ActivityVoided"}
"""Events of those contexts that are acts of the day: nobody states another."""
EARLIER = {"pairing.PairingBegunEarlier", "pairing.TermBegunEarlier"}
"""Events whose day lies before one that is on record."""


def test_every_event_of_the_work_is_here() -> None:
    dated = {name for name in CATALOGUE if name.split(".")[0] in WORK and CATALOGUE[name].OCCURRED}
    assert {kind.NAME for kind, *_ in STATED} == dated - OF_THE_DAY - EARLIER


@pytest.mark.parametrize("case", STATED, ids=lambda case: case[3].__name__)
def test_a_day_that_is_yet_to_come_is_refused_and_today_is_not(case: Case) -> None:
    kind, initial, before, decision, values = case
    state = fold(initial, before)
    with pytest.raises(Rejected) as refusal:
        decision(state, **values, **{kind.OCCURRED: TOMORROW}, today=TODAY)
    assert refusal.value.clause.id == f"{kind.CONTEXT}.NOT_IN_THE_FUTURE"
    assert refusal.value.because == f"{TOMORROW} > {TODAY}"
    decided = decision(state, **values, **{kind.OCCURRED: TODAY}, today=TODAY)
    (event,) = decided if isinstance(decided, list) else [decided]
    assert type(event) is kind and event.occurred_on == TODAY


@pytest.mark.parametrize(
    "state",
    [
        Branch,
        Village,
        Pairing,
        Activity,
        ModelCase,
        Meeting,
        Need,
        Project,
        Resource,
        Finding,
        Slip,
        Circular,
    ],
)
def test_no_decision_of_the_work_takes_a_day_without_todays(state: type[Any]) -> None:
    """A new decision that takes a business day is caught here before anybody uses it."""
    for name, decision in inspect.getmembers(state, inspect.isfunction):
        taken = set(inspect.signature(decision).parameters)
        days = taken & {kind.OCCURRED for kind, *_ in STATED}
        if not name.startswith("_") and days:
            assert "today" in taken, f"{state.__name__}.{name} takes {days} without today"
