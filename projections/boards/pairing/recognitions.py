"""Model cases and on-site meetings, and the cases that are nominated, with row versions."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Date,
    String,
)

from domain.pairing.events import (
    CaseCorrected,
    CaseNominated,
    CasePublished,
    CaseVoided,
    MeetingCorrected,
    MeetingHosted,
    MeetingVoided,
    NominationPublished,
    NominationReturned,
    NominationRevised,
)
from domain.pairing.nomination import NominationState
from projections.kit.columns import said, versioned_table
from projections.kit.projection import Projection
from projections.kit.writer import Writer

recognitions = versioned_table(
    "recognition",
    Column("recognition_id", String(80), nullable=False),
    Column("pairing_id", String(60), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("name", String(200), nullable=False),
    Column("level", String(20), nullable=False),
    Column("occurred_on", Date, nullable=False),
)


nominations = versioned_table(
    "nomination",
    Column("nomination_id", String(40), nullable=False),
    Column("pairing_id", String(60), nullable=False, index=True),
    *said(CaseNominated, "case_name", "story", "nominated_on"),
    Column("stands", String(12), nullable=False),
    Column("stands_on", Date, nullable=False),
    Column("case_id", String(80), nullable=False),
    Column("because", String(500), nullable=False),
)
recognitions_board = Projection("recognitions_board", 2, [recognitions, nominations])


@recognitions_board.on(CasePublished)
def _case(write: Writer, event: CasePublished) -> None:
    write.add(
        recognitions,
        recognition_id=event.case_id,
        kind="case",
        name=event.case_name,
        occurred_on=event.published_on,
    )


@recognitions_board.on(CaseCorrected)
def _case_corrected(write: Writer, event: CaseCorrected) -> None:
    write.change(recognitions, event.case_id, "level", name=event.case_name, occurred_on=event.published_on)


@recognitions_board.on(MeetingCorrected)
def _meeting_corrected(write: Writer, event: MeetingCorrected) -> None:
    write.change(recognitions, event.meeting_id, occurred_on=event.hosted_on)


@recognitions_board.on(CaseVoided, MeetingVoided)
def _recognition_voided(write: Writer, event: CaseVoided | MeetingVoided) -> None:
    write.end(recognitions, event.case_id if isinstance(event, CaseVoided) else event.meeting_id)


@recognitions_board.on(MeetingHosted)
def _meeting(write: Writer, event: MeetingHosted) -> None:
    write.add(
        recognitions,
        recognition_id=event.meeting_id,
        kind="meeting",
        name="",
        level="",
        occurred_on=event.hosted_on,
    )


@recognitions_board.on(CaseNominated)
def _nominated(write: Writer, event: CaseNominated) -> None:
    write.add(
        nominations,
        stands=NominationState.WAITING.value,
        stands_on=event.nominated_on,
        because="",
        case_id="",
    )


@recognitions_board.on(NominationRevised)
def _told_otherwise(write: Writer, event: NominationRevised) -> None:
    said = "case_name", "story"
    state, day = NominationState.WAITING.value, event.revised_on
    write.change(nominations, event.nomination_id, *said, stands=state, stands_on=day, because="")


@recognitions_board.on(NominationReturned)
def _returned(write: Writer, event: NominationReturned) -> None:
    state, day = NominationState.RETURNED.value, event.returned_on
    write.change(nominations, event.nomination_id, "because", stands=state, stands_on=day)


@recognitions_board.on(NominationPublished)
def _nomination_published(write: Writer, event: NominationPublished) -> None:
    state, day = NominationState.PUBLISHED.value, event.published_on
    write.change(nominations, event.nomination_id, "case_id", stands=state, stands_on=day)
