"""What happened, as facts: one row per assertion, closed once when something retracts it."""

from __future__ import annotations

from datetime import date
from typing import Any, Protocol

from sqlalchemy import Column, String

from domain.kernel.event import Event
from domain.livelihood.events import (
    NeedConfirmed,
    NeedCorrected,
    NeedMatched,
    NeedMet,
    NeedRaised,
    NeedReleased,
    NeedReturned,
    NeedRevised,
    NeedVoided,
    NeedWithdrawn,
    ProjectAccepted,
    ProjectCompleted,
    ProjectCorrected,
    ProjectOpened,
    ProjectRefused,
    ProjectVoided,
)
from domain.pairing.activity import TAUGHT
from domain.pairing.events import (
    ActivityCorrected,
    ActivityHeld,
    ActivityVoided,
    AgreementCorrected,
    AgreementSigned,
    AgreementVoided,
    AppointedToPost,
    CaseCorrected,
    CasePublished,
    CaseVoided,
    LeftPost,
    MeetingCorrected,
    MeetingHosted,
    MeetingVoided,
    PairingBegunEarlier,
    PairingDayCorrected,
    PairingEnded,
    PairingStarted,
    PairingVoided,
    TermBegunEarlier,
    TermCorrected,
    TermVoided,
    TrainingDescribed,
)
from projections.facts.fact_table import facts
from projections.kit.columns import versioned_table
from projections.kit.projection import Projection
from projections.kit.writer import Writer

parties = versioned_table(
    "pairing_party",
    Column("pairing", String(60), nullable=False),
    Column("branch", String(20), nullable=False),
    Column("village", String(20), nullable=False),
)
"""Whom a pairing pairs, so that every fact names them."""
facts_projection = Projection("facts", 14, [facts, parties])


HOURS = "training_hours"
"""The kind of the facts that say how long a training or lecture took, in 0.01 hours."""
OF_ACTIVITY = ("activity", "persons_visited", HOURS)


class OfPairing(Protocol):
    """An event that names its pairing."""

    @property
    def pairing_id(self) -> str: ...

    @property
    def reported_on(self) -> date | None: ...


def state_fact(
    write: Writer,
    event: OfPairing,
    kind: str,
    occurred_on: date,
    *,
    seq: int = 0,
    type: str = "",
    level: str = "",
    until_on: date | None = None,
    quantity: int = 0,
    reference: str = "",
    year: int | None = None,
    began_at: int | None = None,
) -> None:
    """Assert one fact of the event's pairing, whose branch and village it names; of none where there is no pairing."""
    of = write.get(parties, event.pairing_id) if event.pairing_id else None
    write.insert(
        facts,
        position=write.recorded.position,
        seq=seq,
        pairing=event.pairing_id,
        branch=of["branch"] if of else "",
        village=of["village"] if of else "",
        kind=kind,
        type=type,
        level=level,
        occurred_on=occurred_on,
        until_on=until_on,
        reported_on=event.reported_on,
        recorded_at=write.recorded.recorded_at,
        quantity=quantity,
        reference=reference,
        year=year,
        began_at=write.recorded.position if began_at is None else began_at,
        retracted_at=None,
    )


def states(event_type: type[Event], kind: str, occurred_on: str, reference: str, **enumerated: str) -> None:
    """The event states one fact of a kind; the other texts name its fields. Raises ``TypeError`` for what is no field."""
    for name in (occurred_on, reference, *enumerated.values()):
        if name not in event_type.__dataclass_fields__:
            raise TypeError(f"{event_type.NAME} has no {name}")

    def handle(write: Writer, event: Any) -> None:
        values = {column: getattr(event, name).value for column, name in enumerated.items()}
        day = getattr(event, occurred_on)
        state_fact(write, event, kind, day, reference=getattr(event, reference), **values)

    facts_projection.on(event_type)(handle)


def retract_fact(write: Writer, *, kind: str, pairing: str, reference: str, **more: str | int) -> None:
    """What stated the facts no longer stands. A thing states facts of several kinds, and a name or a document number may be
    the reference of several things, so a fact is retracted by its kind and its pairing too; ``more`` are further columns.
    """
    write.retract(facts, kind=kind, pairing=pairing, reference=reference, **more)


def _began_at(write: Writer, **of: str) -> int | None:
    """The position that first asserted what lasts and is now stated with its end; ``None`` where nothing did."""
    stated = write.distinct(facts, ("began_at",), **of)
    return stated[-1][0] if stated else None


@facts_projection.on(PairingStarted)
def _started(write: Writer, event: PairingStarted) -> None:
    write.add(parties, pairing=event.pairing_id)
    state_fact(write, event, "paired", event.started_on, reference=event.pairing_id)


@facts_projection.on(PairingDayCorrected)
def _day_corrected(write: Writer, event: PairingDayCorrected) -> None:
    _paired_from_to(write, event)


@facts_projection.on(PairingEnded, PairingBegunEarlier)
def _days_known(write: Writer, event: PairingEnded | PairingBegunEarlier) -> None:
    _paired_from_to(write, event)


def _paired_from_to(write: Writer, event: PairingEnded | PairingBegunEarlier | PairingDayCorrected) -> None:
    """The days of the pairing as they are known now instead of those known before."""
    of = {"kind": "paired", "pairing": event.pairing_id, "reference": event.pairing_id}
    began_at = _began_at(write, **of) if isinstance(event, PairingEnded) else None
    retract_fact(write, **of)
    state_fact(
        write,
        event,
        "paired",
        event.started_on,
        until_on=event.ended_on,
        reference=event.pairing_id,
        began_at=began_at,
    )


@facts_projection.on(PairingVoided)
def _pairing_voided(write: Writer, event: PairingVoided) -> None:
    for kind in ("paired", "agreement_signed", "post_held"):
        write.retract(facts, kind=kind, pairing=event.pairing_id)


states(AgreementSigned, "agreement_signed", "signed_on", "agreement_no")


@facts_projection.on(AgreementCorrected, AgreementVoided)
def _agreement_righted(write: Writer, event: AgreementCorrected | AgreementVoided) -> None:
    number, day = (
        (event.agreement_no_before, event.signed_before)
        if isinstance(event, AgreementCorrected)
        else (event.agreement_no, event.signed_on)
    )
    write.retract(facts, kind="agreement_signed", pairing=event.pairing_id, reference=number, occurred_on=day)
    if isinstance(event, AgreementCorrected):
        state_fact(write, event, "agreement_signed", event.signed_on, reference=event.agreement_no)


def _post_reference(event: AppointedToPost | LeftPost) -> str:
    ref = event.person.ref if isinstance(event, AppointedToPost) else event.person_ref
    return f"{ref}/{event.began_on}"


@facts_projection.on(AppointedToPost)
def _appointed(write: Writer, event: AppointedToPost) -> None:
    state_fact(
        write, event, "post_held", event.began_on, type=event.post.value, reference=_post_reference(event)
    )


@facts_projection.on(LeftPost)
def _left(write: Writer, event: LeftPost) -> None:
    reference, post = _post_reference(event), event.post.value
    of = {"kind": "post_held", "pairing": event.pairing_id, "reference": reference, "type": post}
    began_at = _began_at(write, **of)
    retract_fact(write, **of)
    state_fact(
        write,
        event,
        "post_held",
        event.began_on,
        type=post,
        until_on=event.ended_on,
        reference=reference,
        began_at=began_at,
    )


@facts_projection.on(TermBegunEarlier)
def _begun_earlier(write: Writer, event: TermBegunEarlier) -> None:
    retract_fact(
        write,
        kind="post_held",
        pairing=event.pairing_id,
        reference=f"{event.person_ref}/{event.known_from}",
        type=event.post.value,
    )
    state_fact(
        write,
        event,
        "post_held",
        event.began_on,
        type=event.post.value,
        until_on=event.ended_on,
        reference=f"{event.person_ref}/{event.began_on}",
    )


@facts_projection.on(TermCorrected, TermVoided)
def _term_righted(write: Writer, event: TermCorrected | TermVoided) -> None:
    post = event.post.value
    wrong = (
        f"{event.person_before}/{event.known_from}"
        if isinstance(event, TermCorrected)
        else f"{event.person_ref}/{event.began_on}"
    )
    retract_fact(write, kind="post_held", pairing=event.pairing_id, reference=wrong, type=post)
    if isinstance(event, TermCorrected):
        state_fact(
            write,
            event,
            "post_held",
            event.began_on,
            type=post,
            until_on=event.ended_on,
            reference=f"{event.person.ref}/{event.began_on}",
        )


@facts_projection.on(ActivityHeld, ActivityCorrected)
def _activity(write: Writer, event: ActivityHeld | ActivityCorrected) -> None:
    if isinstance(event, ActivityCorrected):
        _retract_activity(write, event)
    of: dict[str, Any] = {"type": event.kind.value, "reference": event.activity_id}
    state_fact(write, event, "activity", event.held_on, quantity=event.participants, **of)
    if event.persons_visited is not None:
        state_fact(
            write, event, "persons_visited", event.held_on, seq=1, quantity=event.persons_visited, **of
        )
    if isinstance(event, ActivityCorrected) and event.kind in TAUGHT:
        # Hours are stated apart, and a correction says nothing of them: they move with the activity.
        hours = _last_stated(write, event, "quantity", kind=HOURS)
        if hours is not None:
            state_fact(write, event, HOURS, event.held_on, seq=2, quantity=hours, **of)


@facts_projection.on(TrainingDescribed)
def _taught(write: Writer, event: TrainingDescribed) -> None:
    retract_fact(write, kind=HOURS, pairing=event.pairing_id, reference=event.activity_id)
    of = {"type": _last_stated(write, event, "type", kind="activity"), "reference": event.activity_id}
    state_fact(write, event, HOURS, event.held_on, quantity=event.hours_hundredths, **of)


def _last_stated(
    write: Writer, event: ActivityCorrected | TrainingDescribed, column: str, *, kind: str
) -> Any:
    """What was stated last of a kind of the activity, whether it stands or not; ``None`` where nothing was."""
    of = {"kind": kind, "pairing": event.pairing_id, "reference": event.activity_id}
    stated = write.distinct(facts, ("position", column), **of)
    return stated[-1][1] if stated else None


@facts_projection.on(ActivityVoided)
def _voided(write: Writer, event: ActivityVoided) -> None:
    _retract_activity(write, event)


def _retract_activity(write: Writer, event: ActivityCorrected | ActivityVoided) -> None:
    for kind in OF_ACTIVITY:
        retract_fact(write, kind=kind, pairing=event.pairing_id, reference=event.activity_id)


@facts_projection.on(CasePublished, CaseCorrected)
def _case(write: Writer, event: CasePublished | CaseCorrected) -> None:
    kind = "case_published"
    if isinstance(event, CaseCorrected):
        before = {"reference": event.case_name_before, "level": event.level_before.value}
        retract_fact(write, kind=kind, pairing=event.pairing_id, **before)
    state_fact(write, event, kind, event.published_on, level=event.level.value, reference=event.case_name)


@facts_projection.on(CaseVoided)
def _case_voided(write: Writer, event: CaseVoided) -> None:
    of = {"reference": event.case_name, "level": event.level.value}
    retract_fact(write, kind="case_published", pairing=event.pairing_id, **of)


@facts_projection.on(MeetingVoided)
def _meeting_voided(write: Writer, event: MeetingVoided) -> None:
    retract_fact(write, kind="meeting_hosted", pairing=event.pairing_id, reference=event.meeting_id)


@facts_projection.on(MeetingHosted, MeetingCorrected)
def _meeting(write: Writer, event: MeetingHosted | MeetingCorrected) -> None:
    if isinstance(event, MeetingCorrected):
        retract_fact(write, kind="meeting_hosted", pairing=event.pairing_id, reference=event.meeting_id)
    state_fact(write, event, "meeting_hosted", event.hosted_on, reference=event.meeting_id)


states(NeedRaised, "need_raised", "raised_on", "need_id", type="category")


@facts_projection.on(NeedMatched)
def _matched(write: Writer, event: NeedMatched) -> None:
    if event.pairing_before != event.pairing_id:
        # The need now belongs to this pairing; the fact that it was raised is stated anew there.
        retract_fact(write, kind="need_raised", pairing=event.pairing_before, reference=event.need_id)
        state_fact(
            write,
            event,
            "need_raised",
            event.raised_on,
            seq=1,
            type=event.category.value,
            reference=event.need_id,
        )
    state_fact(write, event, "need_matched", event.matched_on, reference=event.need_id)


@facts_projection.on(NeedRevised)
def _revised(write: Writer, event: NeedRevised) -> None:
    retract_fact(write, kind="need_raised", pairing=event.pairing_id, reference=event.need_id)
    day, type_ = event.raised_on, event.category.value
    state_fact(write, event, "need_raised", day, type=type_, reference=event.need_id)


@facts_projection.on(NeedWithdrawn, NeedReleased)
def _withdrawn(write: Writer, event: NeedWithdrawn | NeedReleased) -> None:
    kinds = ("need_matched",) if isinstance(event, NeedReleased) else ("need_raised", "need_matched")
    for kind in kinds:
        retract_fact(write, kind=kind, pairing=event.pairing_id, reference=event.need_id)


@facts_projection.on(NeedReturned)
def _returned(write: Writer, event: NeedReturned) -> None:
    retract_fact(write, kind="need_met", pairing=event.pairing_id, reference=event.need_id)


states(NeedMet, "need_met", "met_on", "need_id")


@facts_projection.on(NeedConfirmed)
def _confirmed(write: Writer, event: NeedConfirmed) -> None:
    state_fact(write, event, "need_confirmed", event.confirmed_on, reference=event.need_id)
    if event.rating is not None:
        rated = event.rating
        state_fact(
            write, event, "need_rated", event.confirmed_on, seq=1, quantity=rated, reference=event.need_id
        )


states(ProjectOpened, "project_planned", "planned_end_on", "project_id", type="category")
states(ProjectCompleted, "project_completed", "completed_on", "project_id")


@facts_projection.on(ProjectRefused)
def _refused(write: Writer, event: ProjectRefused) -> None:
    retract_fact(write, kind="project_completed", pairing=event.pairing_id, reference=event.project_id)


states(ProjectAccepted, "project_accepted", "accepted_on", "project_id")

OF_NEED = ("need_raised", "need_matched", "need_met", "need_confirmed", "need_rated")
OF_PROJECT = ("project_planned", "project_completed", "project_accepted")


@facts_projection.on(NeedCorrected, NeedVoided)
def _need_righted(write: Writer, event: NeedCorrected | NeedVoided) -> None:
    """Nothing of it stands as it was; what is right is stated anew."""
    for kind in OF_NEED:
        retract_fact(write, kind=kind, pairing=event.pairing_id, reference=event.need_id)
    if isinstance(event, NeedVoided):
        return
    steps = event.raised_on, event.matched_on, event.met_on, event.confirmed_on
    for seq, (kind, day) in enumerate(zip(OF_NEED, steps, strict=False)):
        if day is not None:
            type_ = event.category.value if kind == "need_raised" else ""
            state_fact(write, event, kind, day, seq=seq, type=type_, reference=event.need_id)
    if event.rating is not None and event.confirmed_on is not None:
        day, rated = event.confirmed_on, event.rating
        state_fact(write, event, "need_rated", day, seq=4, quantity=rated, reference=event.need_id)


@facts_projection.on(ProjectCorrected, ProjectVoided)
def _project_righted(write: Writer, event: ProjectCorrected | ProjectVoided) -> None:
    for kind in OF_PROJECT:
        retract_fact(write, kind=kind, pairing=event.pairing_id, reference=event.project_id)
    if isinstance(event, ProjectVoided):
        return
    steps = event.planned_end_on, event.completed_on, event.accepted_on
    for seq, (kind, day) in enumerate(zip(OF_PROJECT, steps, strict=True)):
        if day is not None:
            type_ = event.category.value if seq == 0 else ""
            state_fact(write, event, kind, day, seq=seq, type=type_, reference=event.project_id)
