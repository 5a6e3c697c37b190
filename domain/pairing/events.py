"""What can happen in a pairing."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date

from domain.kernel.event import Event
from domain.kernel.parties import Side
from domain.kernel.person import PersonRef


class Post(enum.Enum):
    """The two posts a branch sends to its village."""

    PART_TIME_SECRETARY = "part_time_secretary"
    INVITED_MEMBER = "invited_member"


class ActivityKind(enum.Enum):
    THEMED_PARTY_DAY = "themed_party_day"
    TRAINING = "training"
    LECTURE = "lecture"
    VOLUNTEERING = "volunteering"
    CONDOLENCE_VISIT = "condolence_visit"
    FORUM = "forum"
    FIELD_STUDY = "field_study"
    PAIRED_ASSISTANCE = "paired_assistance"
    THEORY_STUDY = "theory_study"
    THEMED_CAMPAIGN = "themed_campaign"


class MeasureUnit(enum.Enum):
    """What a quantity counts: persons, attendances, sessions, times, copies."""

    PERSONS = "persons"
    ATTENDANCES = "attendances"
    SESSIONS = "sessions"
    TIMES = "times"
    COPIES = "copies"


class ActivityTag(enum.Enum):
    """What an activity belongs to: a campaign or a focus of the county, one of the four kinds of contact (群众联系), or one of
    the two sets of four principles that the county's plan names.
    """

    TWO_FESTIVALS = "two_festivals"
    MEMBERS_IN_THE_LEAD = "members_in_the_lead"
    PRACTICAL_DEEDS = "practical_deeds"
    RURAL_REVITALISATION = "rural_revitalisation"
    SOCIAL_GOVERNANCE = "social_governance"
    CIVILITY = "civility"
    REGULAR_CONTACT = "regular_contact"
    COUNSEL_TOGETHER = "counsel_together"
    HELP_IN_HARDSHIP = "help_in_hardship"
    ONE_FAMILY = "one_family"
    ORGANISATIONS_BUILT_TOGETHER = "organisations_built_together"
    TEAMS_LED_TOGETHER = "teams_led_together"
    ACTIVITIES_TOGETHER = "activities_together"
    GOVERNANCE_TOGETHER = "governance_together"
    LEVELS_LINKED = "levels_linked"
    DEVELOPMENT_TOGETHER = "development_together"
    SERVICES_TOGETHER = "services_together"


class TaskForceRole(enum.Enum):
    """What somebody is in the task force (专班) of a work plan."""

    LEADER = "leader"
    DEPUTY = "deputy"
    MEMBER = "member"
    LIAISON = "liaison"


class DeedKind(enum.Enum):
    """What can be shown to have done a task."""

    ACTIVITY = "activity"
    NEED = "need"
    PROJECT = "project"
    AGREEMENT = "agreement"
    RECOGNITION = "recognition"


class CaseLevel(enum.Enum):
    """The level at which a model case was published."""

    COUNTY = "county"
    PREFECTURE = "prefecture"
    PROVINCE = "province"


class PairingEvent(Event, context="pairing"):
    """Base of the pairing events; each names its pairing, branch and village."""

    pairing_id: str
    branch: str
    village: str


class PairingChange(enum.Enum):
    """What becomes of a pairing that is not renewed: another unit takes the village over, or nobody does."""

    REPLACE = "replace"
    END = "end"


@dataclass(frozen=True, kw_only=True)
class ListedChange:
    """A pairing that was not renewed; ``successor``: the pairing of the ``branch`` that took over, empty where none did."""

    pairing_id: str
    change: PairingChange
    branch: str
    because: str
    successor: str


class PairingListEvent(Event, context="pairing"):
    """Base of the events of a year's list of pairings."""


class PairingsReissued(PairingListEvent, occurred="reissued_on"):
    """The list of a year was made of last year's: so many were renewed, and these changed."""

    year: int
    reissued_on: date
    renewed: int
    changes: tuple[ListedChange, ...]


class PairingProposed(PairingEvent, occurred="proposed_on"):
    """Somebody proposes to pair the two from ``starts_on``; ``pairing_id`` is empty until the pairing is started."""

    proposal_id: str
    starts_on: date
    because: str
    proposed_by: str
    proposed_on: date


class ProposalApproved(PairingEvent, occurred="approved_on"):
    """The leading group agreed to pair the two."""

    proposal_id: str
    approved_on: date


class ProposalRefused(PairingEvent, occurred="refused_on"):
    """The leading group did not agree to pair the two."""

    proposal_id: str
    because: str
    refused_on: date


class ProposalWithdrawn(PairingEvent, occurred="withdrawn_on"):
    """What was proposed is not wanted any more."""

    proposal_id: str
    because: str
    withdrawn_on: date


class ProposalCarriedOut(PairingEvent, occurred="started_on"):
    """The pairing that was approved is started; ``pairing_id`` is the pairing's."""

    proposal_id: str
    started_on: date


class PairingStarted(PairingEvent, occurred="started_on"):
    """A branch is paired with a village, over as many years as it lasts."""

    started_on: date


class PairingRenewed(PairingEvent, occurred="renewed_on"):
    """The two were paired anew while they were paired: the pairing goes on, perhaps with another agreement."""

    renewed_on: date


class PairingBegunEarlier(PairingEvent, occurred="started_on"):
    """The pairing began earlier than was known; what was taken for its beginning was a renewal. ``ended_on``: its last day
    as known, ``None`` while it lasts.
    """

    started_on: date
    renewed_on: date
    ended_on: date | None = None


class PairingEnded(PairingEvent, occurred="ended_on"):
    """The pairing ends; the last day counts."""

    started_on: date
    ended_on: date
    because: str


class PairingDayCorrected(PairingEvent, occurred="started_on"):
    """The two were paired from another day than was entered. ``ended_on``: the last day as known, ``None`` while it lasts."""

    started_on: date
    started_before: date
    ended_on: date | None
    because: str


class PairingVoided(PairingEvent, occurred="voided_on"):
    """The two were never paired; with it go its agreements and posts. The wrong entry stays readable."""

    started_on: date
    because: str
    voided_on: date


class RenewalVoided(PairingEvent, occurred="voided_on"):
    """The two were not paired anew on that day. ``newest_on``: the day of the renewal that is then the newest, ``None`` where
    there is none.
    """

    renewed_on: date
    newest_on: date | None
    because: str
    voided_on: date


class AgreementSigned(PairingEvent, occurred="signed_on"):
    """Both secretaries signed the pairing agreement."""

    agreement_no: str
    signed_on: date


class AgreementCorrected(PairingEvent, occurred="signed_on"):
    """The entry of an agreement was wrong; these are the right values, beside those that were wrong. ``newest_no``,
    ``newest_on``: of the agreement that is then the newest of the pairing.
    """

    agreement_no: str
    signed_on: date
    agreement_no_before: str
    signed_before: date
    because: str
    newest_no: str
    newest_on: date | None


class AgreementVoided(PairingEvent, occurred="voided_on"):
    """The agreement of that day was never signed. ``newest_no``, ``newest_on``: of the newest of those that stand."""

    agreement_no: str
    signed_on: date
    because: str
    voided_on: date
    newest_no: str
    newest_on: date | None


class AgreementAmended(PairingEvent, occurred="amended_on"):
    """What the two agreed to, from this day on, beside what was agreed before. ``others``: parties beside the two; ``ends_on``:
    the last day, ``None`` where it lasts as long as the pairing."""

    agreement_no: str
    signed_on: date
    amended_on: date
    others: str
    duties: str
    ends_on: date | None
    others_before: str
    duties_before: str
    ends_before: date | None
    because: str


class AgreementRenewed(PairingEvent, occurred="renewed_on"):
    """The agreement goes on until another day."""

    agreement_no: str
    signed_on: date
    renewed_on: date
    ends_on: date
    ends_before: date | None


class AgreementEnded(PairingEvent, occurred="ended_on"):
    """The agreement was ended early; the last day counts, and the pairing goes on."""

    agreement_no: str
    signed_on: date
    ended_on: date
    because: str


class AppointedToPost(PairingEvent, occurred="began_on"):
    """Somebody takes up one of the two posts; the first day counts. ``irregular``: ids of the clauses it broke,
    where a ledger states it."""

    post: Post
    person: PersonRef
    began_on: date
    irregular: tuple[str, ...] = ()


class LeftPost(PairingEvent, occurred="ended_on"):
    """Somebody leaves the post; the leaving day still counts."""

    post: Post
    person_ref: str
    began_on: date
    ended_on: date


class TermBegunEarlier(PairingEvent, occurred="began_on"):
    """Somebody was in the post earlier than was known; ``known_from`` is the day that was taken for the first.
    ``ended_on``: the last day as known, ``None`` while it lasts.
    """

    post: Post
    person_ref: str
    began_on: date
    known_from: date
    ended_on: date | None = None


class TermCorrected(PairingEvent, occurred="began_on"):
    """The entry of somebody's time in a post was wrong; this is the right one. ``person_before`` and ``known_from`` name
    the wrong one, ``ended_before`` its last day. ``ended_on`` is ``None`` while it lasts.
    """

    post: Post
    person: PersonRef
    began_on: date
    ended_on: date | None
    person_before: str
    known_from: date
    ended_before: date | None
    because: str


class TermVoided(PairingEvent, occurred="voided_on"):
    """The person was never in the post from that day on."""

    post: Post
    person_ref: str
    began_on: date
    because: str
    voided_on: date


class ActivityHeld(PairingEvent, occurred="held_on"):
    """The pairing did something together. ``persons_visited`` is given for condolence visits only."""

    activity_id: str
    kind: ActivityKind
    topic: str
    held_on: date
    participants: int
    persons_visited: int | None = None


class ActivityCorrected(PairingEvent, occurred="held_on"):
    """The entry was wrong; these are the right values. The wrong entry stays readable."""

    activity_id: str
    kind: ActivityKind
    topic: str
    held_on: date
    participants: int
    persons_visited: int | None = None
    because: str


class ActivityDescribed(PairingEvent, occurred="held_on"):
    """Where and by whom an activity was held, what came of it in figures and what it belongs to. What was described before
    is replaced. ``distinct_persons``: how many came at least once, beside the heads of each time.
    """

    activity_id: str
    held_on: date
    venue: str
    host: str
    notes: str
    quantity: int | None
    measure_unit: MeasureUnit | None
    distinct_persons: int | None
    tags: tuple[ActivityTag, ...]


class TrainingDescribed(PairingEvent, occurred="held_on"):
    """How long a training or lecture took, in 0.01 hours, and who taught, from which unit. What was said before is replaced."""

    activity_id: str
    held_on: date
    hours_hundredths: int
    teacher: PersonRef | None
    teacher_office: str


class ActivityVoided(PairingEvent, occurred="voided_on"):
    """The entry should not be there (entered twice, did not take place)."""

    activity_id: str
    because: str
    voided_on: date


class LikenessVerdict(enum.Enum):
    """What two entries are that are like each other: two activities, one that was held jointly, or one entered twice."""

    DIFFERENT = "different"
    JOINT = "joint"
    SAME = "same"


class LikenessJudged(PairingEvent, occurred="judged_on"):
    """Somebody decided what this entry and the ``other_id`` are to each other; the same one is voided with that."""

    activity_id: str
    other_id: str
    verdict: LikenessVerdict
    because: str
    judged_on: date


class NumberVerdict(enum.Enum):
    """What two that bear one number are: one paper for both, or two papers."""

    SAME = "same"
    DIFFERENT = "different"


class NumberJudged(PairingEvent, occurred="judged_on"):
    """Somebody decided what the agreements of this pairing and the ``other_pairing`` are that bear one number; where that is
    empty, what this pairing's and a document are."""

    other_pairing: str
    agreement_no: str
    number_verdict: NumberVerdict
    because: str
    judged_on: date


class ActivityShared(PairingEvent, occurred="held_on"):
    """The unit held it for other pairings of its own as well; each has an entry of its own (``into``: their ids)."""

    activity_id: str
    held_on: date
    pairings: tuple[str, ...]
    into: tuple[str, ...]


class ActivityAttested(PairingEvent, occurred="attested_on"):
    """The village confirms that the activity took place as it was entered."""

    activity_id: str
    attested_on: date


class ActivityDisputed(PairingEvent, occurred="disputed_on"):
    """The village says what is not so about an activity; the entry counts until it is corrected or voided."""

    activity_id: str
    because: str
    disputed_on: date


class ActivityMaintained(PairingEvent, occurred="maintained_on"):
    """The unit stands by its disputed entry; the office settles it."""

    activity_id: str
    because: str
    maintained_on: date


class DisputeSettled(PairingEvent, occurred="settled_on"):
    """The office found out whether the disputed entry stands; one that does not is voided with that."""

    activity_id: str
    stands: bool
    because: str
    settled_on: date


class PlanEvent(PairingEvent):
    """Base of the events of a pairing's work plan (工作方案) of a ``year``."""

    year: int


class PlanAdopted(PlanEvent, occurred="adopted_on"):
    """The pairing adopts its plan; ``template_version``: of the county's template, whose tasks it takes over, 0 for none."""

    goal: str
    template_version: int
    adopted_on: date


class NewerTemplateTaken(PlanEvent, occurred="taken_on"):
    """The plan follows a newer version of the county's template; what that adds, changes and drops is recorded task by task."""

    version_before: int
    template_version: int
    because: str
    taken_on: date


class TaskPlanned(PlanEvent, occurred="planned_on"):
    """A task enters the plan as number ``task``, for one side to do by ``due_on``. ``kind``: of the activity that it is, if it
    is one; that is held on the day."""

    task: int
    content: str
    side: Side
    due_on: date
    kind: ActivityKind | None
    planned_on: date


class TaskRevised(PlanEvent, occurred="revised_on"):
    """A task is another, or for another, or due on another day; beside what it was before."""

    task: int
    content: str
    side: Side
    due_on: date
    kind: ActivityKind | None
    content_before: str
    side_before: Side
    due_before: date
    because: str
    revised_on: date


class TaskDropped(PlanEvent, occurred="dropped_on"):
    """A task is no part of the plan any more."""

    task: int
    content: str
    because: str
    dropped_on: date


class TaskLinked(PlanEvent, occurred="done_on"):
    """What did the task, by its id; while that stands, the task is done."""

    task: int
    content: str
    deed_kind: DeedKind
    deed: str
    done_on: date


class TaskUnlinked(PlanEvent, occurred="unlinked_on"):
    """What was linked did not do the task."""

    task: int
    content: str
    deed: str
    because: str
    unlinked_on: date


class TaskForceJoined(PlanEvent, occurred="joined_on"):
    """Somebody belongs to the task force of the plan, as number ``member``."""

    member: int
    person: PersonRef
    office: str
    force_role: TaskForceRole
    joined_on: date


class TaskForceLeft(PlanEvent, occurred="left_on"):
    """Somebody belongs to the task force no more."""

    member: int
    person_ref: str
    left_on: date


class PlanTemplateEvent(Event, context="pairing"):
    """Base of the events of the county's template of the plans of a ``year``; ``version`` counts from 1."""

    year: int
    version: int


class PlanTemplatePublished(PlanTemplateEvent, occurred="published_on"):
    """The county publishes what every plan of the year contains; its tasks follow, each an event."""

    published_on: date


class TemplateTaskSet(PlanTemplateEvent):
    """A task of a version of the template, as ``TaskPlanned`` says it."""

    content: str
    side: Side
    due_on: date
    kind: ActivityKind | None


class CaseNominated(PairingEvent, occurred="nominated_on"):
    """A unit nominates a case as a model and tells its story."""

    nomination_id: str
    case_name: str
    story: str
    nominated_on: date


class NominationReturned(PairingEvent, occurred="returned_on"):
    """The office returns it: this is to be told otherwise."""

    nomination_id: str
    because: str
    returned_on: date


class NominationRevised(PairingEvent, occurred="revised_on"):
    """The unit tells it otherwise, beside what it told before."""

    nomination_id: str
    case_name: str
    story: str
    story_before: str
    revised_on: date


class NominationPublished(PairingEvent, occurred="published_on"):
    """The nominated case was published at a level and stands in the casebook as ``case_id``."""

    nomination_id: str
    case_id: str
    level: CaseLevel
    published_on: date


class CasePublished(PairingEvent, occurred="published_on"):
    """The pairing's work was published as a model case at a level."""

    case_id: str
    case_name: str
    level: CaseLevel
    published_on: date


class CaseCorrected(PairingEvent, occurred="published_on"):
    """The entry of a case was wrong; these are the right values, beside those that were wrong."""

    case_id: str
    case_name: str
    level: CaseLevel
    published_on: date
    case_name_before: str
    level_before: CaseLevel
    published_before: date
    because: str


class CaseVoided(PairingEvent, occurred="voided_on"):
    """The case was never published at that level."""

    case_id: str
    case_name: str
    level: CaseLevel
    because: str
    voided_on: date


class MeetingHosted(PairingEvent, occurred="hosted_on"):
    """The village hosted an on-site meeting."""

    meeting_id: str
    hosted_on: date


class MeetingCorrected(PairingEvent, occurred="hosted_on"):
    """The entry of a meeting was wrong; this is the right day, beside the wrong one."""

    meeting_id: str
    hosted_on: date
    hosted_before: date
    because: str


class MeetingVoided(PairingEvent, occurred="voided_on"):
    """The meeting never took place."""

    meeting_id: str
    hosted_on: date
    because: str
    voided_on: date
