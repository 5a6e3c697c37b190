"""Pairings, posts and activities as lists, with row versions. Of renewals and agreements the newest is shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from enum import Enum
from functools import partial
from itertools import combinations
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Date,
    Index,
    Integer,
    Row,
    String,
    Table,
    or_,
    select,
)

from domain.kernel.event import Event
from domain.pairing.activity import Attestation
from domain.pairing.events import (
    ActivityAttested,
    ActivityCorrected,
    ActivityDescribed,
    ActivityDisputed,
    ActivityHeld,
    ActivityMaintained,
    ActivityShared,
    ActivityTag,
    ActivityVoided,
    AgreementAmended,
    AgreementCorrected,
    AgreementEnded,
    AgreementRenewed,
    AgreementSigned,
    AgreementVoided,
    AppointedToPost,
    CaseCorrected,
    CaseNominated,
    CasePublished,
    CaseVoided,
    DisputeSettled,
    LeftPost,
    LikenessJudged,
    LikenessVerdict,
    MeetingCorrected,
    MeetingHosted,
    MeetingVoided,
    NominationPublished,
    NominationReturned,
    NominationRevised,
    PairingBegunEarlier,
    PairingDayCorrected,
    PairingEnded,
    PairingProposed,
    PairingRenewed,
    PairingsReissued,
    PairingStarted,
    PairingVoided,
    ProposalApproved,
    ProposalCarriedOut,
    ProposalRefused,
    ProposalWithdrawn,
    TermBegunEarlier,
    TermCorrected,
    TermVoided,
    TrainingDescribed,
)
from domain.pairing.nomination import NominationState
from domain.pairing.proposal import Answer
from projections.facts.fact_table import on_a_day
from projections.kit.columns import known, said, versioned_table
from projections.kit.projection import Projection
from projections.kit.writer import Writer

pairings = versioned_table(
    "pairing",
    Column("pairing_id", String(60), nullable=False),
    *said(PairingStarted, "branch", "village", "started_on"),
    Column("ended_on", Date),
    Column("renewed_on", Date),
    Column("agreement_no", String(120), nullable=False),
    Column("signed_on", Date),
)
proposals = versioned_table(
    "proposal",
    Column("proposal_id", String(40), nullable=False),
    *said(PairingProposed, "pairing_id", "branch", "village", "starts_on", "proposed_on", "proposed_by"),
    Column("because", String(500), nullable=False),
    Column("answer", String(12), nullable=False),
    Column("answered_on", Date),
    Column("started_on", Date),
    Column("answer_because", String(500), nullable=False),
)
agreements = versioned_table(
    "agreement",
    Column("agreement_id", String(240), nullable=False),
    Column("pairing_id", String(60), nullable=False, index=True),
    *said(AgreementSigned, "agreement_no", "signed_on"),
    Column("others", String(120), nullable=False),
    Column("duties", String(500), nullable=False),
    Column("ends_on", Date),
    Column("ended_on", Date),
)
reissues = versioned_table("reissue", *said(PairingsReissued, "year", "reissued_on", "renewed"))
list_changes = versioned_table(
    "list_change",
    Column("pairing_id", String(60), nullable=False),
    Column("year", Integer, nullable=False, index=True),
    Column("change", String(12), nullable=False),
    Column("branch", String(40), nullable=False),
    Column("because", String(120), nullable=False),
    Column("successor", String(60), nullable=False),
)
terms = versioned_table(
    "term",
    Column("term_id", String(160), nullable=False),
    Column("pairing_id", String(60), nullable=False, index=True),
    *said(LeftPost, "post", "person_ref", "began_on"),
    Column("ended_on", Date),
)
activities = versioned_table(
    "activity",
    Column("activity_id", String(40), nullable=False),
    *said(ActivityHeld, "pairing_id", "kind", "topic", "held_on", "reported_on", "participants"),
    *said(ActivityHeld, "persons_visited"),
    Column("status", String(12), nullable=False),
    Column("because", String(500), nullable=False),
    Column("attestation", String(12), nullable=False),
    Column("attestation_on", Date),
    Column("attestation_because", String(500), nullable=False),
    Column("venue", String(120), nullable=False),
    Column("host", String(120), nullable=False),
    Column("notes", String(500), nullable=False),
    *said(ActivityDescribed, "quantity", "measure_unit", "distinct_persons"),
    Column("tags", String(500), nullable=False),
    Column("hours_hundredths", Integer),
    Column("teacher_ref", String(60), nullable=False),
    Column("teacher_office", String(120), nullable=False),
)
Index("activity_by_pairing", activities.c.pairing_id, activities.c.held_on)
judged = versioned_table(
    "judged_likeness",
    Column("judged_id", String(90), nullable=False),
    Column("verdict", String(10), nullable=False),
)
"""Two activities that somebody judged, by their ids in order."""
recognitions = versioned_table(
    "recognition",
    Column("recognition_id", String(80), nullable=False),
    Column("pairing_id", String(60), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("name", String(200), nullable=False),
    Column("level", String(20), nullable=False),
    Column("occurred_on", Date, nullable=False),
)


def of_year(year: int) -> ColumnElement[bool]:
    """The pairings that were paired on at least one day of a year, by the rule of facts: who is assessed in it."""
    c = pairings.c
    return on_a_day(c.started_on, c.ended_on, date(year, 1, 1), date(year, 12, 31))


def years_of(started_on: date, ended_on: date | None, until: int) -> list[int]:
    """The years, not after ``until``, in which a pairing was paired on a day, the newest first."""
    if ended_on is not None and ended_on < started_on:
        return []
    last = until if ended_on is None else min(ended_on.year, until)
    return list(range(last, started_on.year - 1, -1))


def paired_from(connection: Connection, branch: str, village: str, on: date) -> str:
    """The id of a pairing of the two on a day or later; empty where there is none."""
    c = pairings.c
    of_two = known(pairings, None), c.branch == branch, c.village == village
    lasting = select(c.pairing_id).where(*of_two, or_(c.ended_on.is_(None), c.ended_on >= on))
    return connection.execute(lasting.order_by(c.started_on)).scalar() or ""


def not_renewed(connection: Connection, on: date, known_at: int | None = None) -> Sequence[Row[Any]]:
    """The pairings that were begun before a day, last on it, and were not renewed on it or later: last year's list."""
    c = pairings.c
    lasting = c.started_on < on, or_(c.ended_on.is_(None), c.ended_on >= on)
    waiting = or_(c.renewed_on.is_(None), c.renewed_on < on)
    query = select(pairings).where(known(pairings, known_at), *lasting, waiting)
    return connection.execute(query.order_by(c.pairing_id)).all()


def proposal_waiting(connection: Connection, branch: str, village: str) -> str:
    """The id of a proposal of the two that waits for its answer, or to be carried out; empty where there is none."""
    c = proposals.c
    of_two = known(proposals, None), c.branch == branch, c.village == village
    waits = c.answer.in_((Answer.OPEN.value, Answer.APPROVED.value))
    return connection.execute(select(c.proposal_id).where(*of_two, waits)).scalar() or ""


nominations = versioned_table(
    "nomination",
    Column("nomination_id", String(40), nullable=False),
    Column("pairing_id", String(60), nullable=False, index=True),
    *said(CaseNominated, "case_name", "story", "nominated_on"),
    Column("stands", String(12), nullable=False),
    Column("stands_on", Date, nullable=False),
    Column("because", String(500), nullable=False),
)
pairings_board = Projection(
    "pairings_board",
    8,
    [
        nominations,
        pairings,
        proposals,
        agreements,
        reissues,
        list_changes,
        terms,
        activities,
        judged,
        recognitions,
    ],
    small=[pairings, proposals],
)
pairings_board.adds(PairingProposed, proposals, answer=Answer.OPEN.value, answer_because="")


def _stands(event_type: type[Event], table: Table, column: str, state: Enum, on: str, because: str) -> None:
    """The event says how a thing of the table stands from its day on, and why, where it says so."""

    def handle(write: Writer, event: Any) -> None:
        why = getattr(event, "because", "")
        now = {column: state.value, on: event.occurred_on, because: why}
        write.change(table, getattr(event, table.info["key"]), **now)

    pairings_board.on(event_type)(handle)


_answers = partial(_stands, table=proposals, column="answer", on="answered_on", because="answer_because")
_answers(ProposalApproved, state=Answer.APPROVED)
_answers(ProposalRefused, state=Answer.REFUSED)
_answers(ProposalWithdrawn, state=Answer.WITHDRAWN)
pairings_board.changes(
    ProposalCarriedOut, proposals, "pairing_id", "started_on", answer=Answer.CARRIED_OUT.value
)


@pairings_board.on(PairingsReissued)
def _changed(write: Writer, event: PairingsReissued) -> None:
    write.add(reissues)
    for each in event.changes:
        write.add(
            list_changes,
            pairing_id=each.pairing_id,
            year=event.year,
            change=each.change.value,
            branch=each.branch,
            because=each.because,
            successor=each.successor,
        )


pairings_board.adds(PairingStarted, pairings, agreement_no="")
pairings_board.changes(PairingEnded, pairings, "ended_on")


@pairings_board.on(PairingRenewed)
def _renewed(write: Writer, event: PairingRenewed) -> None:
    _newest(write, event.pairing_id, "renewed_on", renewed_on=event.renewed_on)


@pairings_board.on(PairingBegunEarlier)
def _paired_earlier(write: Writer, event: PairingBegunEarlier) -> None:
    write.change(pairings, event.pairing_id, "started_on")
    _newest(write, event.pairing_id, "renewed_on", renewed_on=event.renewed_on)


def _newest(write: Writer, pairing_id: str, day: str, **stated: Any) -> None:
    """The columns show what is newest by its day, in whichever order it was recorded."""
    before = write.get(pairings, pairing_id)
    assert before is not None, pairing_id
    if before[day] is None or before[day] < stated[day]:
        write.change(pairings, pairing_id, **stated)


pairings_board.changes(PairingDayCorrected, pairings, "started_on")


@pairings_board.on(PairingVoided)
def _pairing_voided(write: Writer, event: PairingVoided) -> None:
    """It was on no day, and nobody held a post in it."""
    none = event.started_on - timedelta(days=1)
    write.change(pairings, event.pairing_id, ended_on=none, renewed_on=None, agreement_no="", signed_on=None)
    for (term_id,) in write.distinct(terms, ("term_id",), pairing_id=event.pairing_id):
        write.end(terms, term_id)
    for (agreement_id,) in write.distinct(agreements, ("agreement_id",), pairing_id=event.pairing_id):
        write.end(agreements, agreement_id)


def _agreement_id(pairing_id: str, signed_on: date, number: str) -> str:
    return f"{pairing_id}/{signed_on}/{number}"


@pairings_board.on(AgreementSigned)
def _signed(write: Writer, event: AgreementSigned) -> None:
    of = _agreement_id(event.pairing_id, event.signed_on, event.agreement_no)
    write.put(agreements, agreement_id=of, others="", duties="")
    _newest(write, event.pairing_id, "signed_on", agreement_no=event.agreement_no, signed_on=event.signed_on)


@pairings_board.on(AgreementCorrected)
def _agreement_corrected(write: Writer, event: AgreementCorrected) -> None:
    """It keeps what was agreed, under its right number and day."""
    wrong = _agreement_id(event.pairing_id, event.signed_before, event.agreement_no_before)
    before = write.get(agreements, wrong)
    assert before is not None, wrong
    kept = {name: before[name] for name in ("others", "duties", "ends_on", "ended_on")}
    write.end(agreements, wrong)
    right = _agreement_id(event.pairing_id, event.signed_on, event.agreement_no)
    write.add(agreements, agreement_id=right, **kept)
    write.change(pairings, event.pairing_id, agreement_no=event.newest_no, signed_on=event.newest_on)


@pairings_board.on(AgreementVoided)
def _agreement_voided(write: Writer, event: AgreementVoided) -> None:
    write.end(agreements, _agreement_id(event.pairing_id, event.signed_on, event.agreement_no))
    write.change(pairings, event.pairing_id, agreement_no=event.newest_no, signed_on=event.newest_on)


def _agrees(event_type: type[Event], *names: str) -> None:
    """The event says these of the agreement."""

    def handle(write: Writer, event: Any) -> None:
        of = _agreement_id(event.pairing_id, event.signed_on, event.agreement_no)
        write.change(agreements, of, *names)

    pairings_board.on(event_type)(handle)


_agrees(AgreementAmended, "others", "duties", "ends_on")
_agrees(AgreementRenewed, "ends_on")
_agrees(AgreementEnded, "ended_on")


def _term_id(event: AppointedToPost | LeftPost) -> str:
    ref = event.person.ref if isinstance(event, AppointedToPost) else event.person_ref
    return f"{event.pairing_id}/{event.post.value}/{event.began_on}/{ref}"


@pairings_board.on(AppointedToPost)
def _appointed(write: Writer, event: AppointedToPost) -> None:
    write.add(terms, term_id=_term_id(event), person_ref=event.person.ref)


@pairings_board.on(TermCorrected)
def _term_corrected(write: Writer, event: TermCorrected) -> None:
    of = f"{event.pairing_id}/{event.post.value}"
    write.end(terms, f"{of}/{event.known_from}/{event.person_before}")
    ref = event.person.ref
    write.add(terms, term_id=f"{of}/{event.began_on}/{ref}", person_ref=ref)


@pairings_board.on(TermVoided)
def _term_voided(write: Writer, event: TermVoided) -> None:
    write.end(terms, f"{event.pairing_id}/{event.post.value}/{event.began_on}/{event.person_ref}")


@pairings_board.on(LeftPost)
def _left(write: Writer, event: LeftPost) -> None:
    write.change(terms, _term_id(event), "ended_on")


@pairings_board.on(TermBegunEarlier)
def _begun_earlier(write: Writer, event: TermBegunEarlier) -> None:
    of = f"{event.pairing_id}/{event.post.value}"
    write.end(terms, f"{of}/{event.known_from}/{event.person_ref}")
    write.add(terms, term_id=f"{of}/{event.began_on}/{event.person_ref}")


_UNHEARD = {"attestation": "unheard", "attestation_on": None, "attestation_because": ""}
_UNDESCRIBED = {"venue": "", "host": "", "notes": "", "tags": "", "teacher_ref": "", "teacher_office": ""}
pairings_board.adds(ActivityHeld, activities, status="recorded", because="", **_UNHEARD, **_UNDESCRIBED)
pairings_board.changes(
    ActivityCorrected,
    activities,
    "kind",
    "topic",
    "held_on",
    "participants",
    "persons_visited",
    "because",
    status="corrected",
    **_UNHEARD,
)
pairings_board.changes(ActivityVoided, activities, "because", status="voided")


_hears = partial(
    _stands, table=activities, column="attestation", on="attestation_on", because="attestation_because"
)
_hears(ActivityAttested, state=Attestation.ATTESTED)
_hears(ActivityDisputed, state=Attestation.DISPUTED)
_hears(ActivityMaintained, state=Attestation.MAINTAINED)
_hears(DisputeSettled, state=Attestation.SETTLED)


@pairings_board.on(ActivityDescribed)
def _described(write: Writer, event: ActivityDescribed) -> None:
    names = ("venue", "host", "notes", "quantity", "measure_unit", "distinct_persons")
    write.change(
        activities, event.activity_id, *names, tags=_TAG.join(("", *(t.value for t in event.tags), ""))
    )


@pairings_board.on(TrainingDescribed)
def _taught(write: Writer, event: TrainingDescribed) -> None:
    ref = event.teacher.ref if event.teacher else ""
    write.change(activities, event.activity_id, "hours_hundredths", "teacher_office", teacher_ref=ref)


def two(one: str, other: str) -> str:
    """The key of two activities, whichever is named first."""
    return "/".join(sorted((one, other)))


def _judged(write: Writer, one: str, other: str, verdict: str) -> None:
    key = two(one, other)
    if write.get(judged, key) is None:
        write.add(judged, judged_id=key, verdict=verdict)
    else:
        write.change(judged, key, verdict=verdict)


@pairings_board.on(LikenessJudged)
def _likeness(write: Writer, event: LikenessJudged) -> None:
    _judged(write, event.activity_id, event.other_id, event.verdict.value)


@pairings_board.on(ActivityShared)
def _shared(write: Writer, event: ActivityShared) -> None:
    for one, other in combinations((event.activity_id, *event.into), 2):
        _judged(write, one, other, LikenessVerdict.JOINT.value)


_TAG = "|"


def tagged(tag: ActivityTag) -> ColumnElement[bool]:
    """The activities that belong to a campaign, a focus or a kind of contact."""
    return activities.c.tags.contains(f"{_TAG}{tag.value}{_TAG}", autoescape=True)


def tags_of(stored: str) -> tuple[str, ...]:
    """The tags of a row of the board."""
    return tuple(filter(None, stored.split(_TAG)))


@pairings_board.on(CasePublished)
def _case(write: Writer, event: CasePublished) -> None:
    write.add(
        recognitions,
        recognition_id=event.case_id,
        kind="case",
        name=event.case_name,
        occurred_on=event.published_on,
    )


@pairings_board.on(CaseCorrected)
def _case_corrected(write: Writer, event: CaseCorrected) -> None:
    write.change(recognitions, event.case_id, "level", name=event.case_name, occurred_on=event.published_on)


@pairings_board.on(MeetingCorrected)
def _meeting_corrected(write: Writer, event: MeetingCorrected) -> None:
    write.change(recognitions, event.meeting_id, occurred_on=event.hosted_on)


@pairings_board.on(CaseVoided, MeetingVoided)
def _recognition_voided(write: Writer, event: CaseVoided | MeetingVoided) -> None:
    write.end(recognitions, event.case_id if isinstance(event, CaseVoided) else event.meeting_id)


@pairings_board.on(MeetingHosted)
def _meeting(write: Writer, event: MeetingHosted) -> None:
    write.add(
        recognitions,
        recognition_id=event.meeting_id,
        kind="meeting",
        name="",
        level="",
        occurred_on=event.hosted_on,
    )


@pairings_board.on(CaseNominated)
def _nominated(write: Writer, event: CaseNominated) -> None:
    write.add(nominations, stands=NominationState.WAITING.value, stands_on=event.nominated_on, because="")


@pairings_board.on(NominationRevised)
def _told_otherwise(write: Writer, event: NominationRevised) -> None:
    said = "case_name", "story"
    state, day = NominationState.WAITING.value, event.revised_on
    write.change(nominations, event.nomination_id, *said, stands=state, stands_on=day, because="")


@pairings_board.on(NominationReturned)
def _returned(write: Writer, event: NominationReturned) -> None:
    state, day = NominationState.RETURNED.value, event.returned_on
    write.change(nominations, event.nomination_id, "because", stands=state, stands_on=day)


@pairings_board.on(NominationPublished)
def _nomination_published(write: Writer, event: NominationPublished) -> None:
    state, day = NominationState.PUBLISHED.value, event.published_on
    write.change(nominations, event.nomination_id, stands=state, stands_on=day)
