"""Resource lists, need lists and livelihood projects, with row versions."""

from __future__ import annotations

from sqlalchemy import Column, Date, Integer, String

from domain.livelihood.events import (
    ClaimDeclined,
    FundOfSource,
    FundSource,
    FundsStated,
    MilestonePlanned,
    MilestoneReached,
    NeedClaimed,
    NeedConfirmed,
    NeedCorrected,
    NeedHandedOver,
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
    ResourceOffered,
    ResourceRevised,
    ResourceVoided,
    ResourceWithdrawn,
)
from projections.kit.columns import said, versioned_table
from projections.kit.projection import Projection
from projections.kit.writer import Writer

resources = versioned_table(
    "resource",
    Column("resource_id", String(40), nullable=False),
    Column("branch", String(20), nullable=False, index=True),
    *said(ResourceOffered, "category", "content", "offered_on"),
    Column("withdrawn_on", Date),
)
needs = versioned_table(
    "need",
    Column("need_id", String(40), nullable=False),
    Column("number", String(120), nullable=False),
    Column("village", String(20), nullable=False, index=True),
    Column("pairing_id", String(60), nullable=False, index=True),
    Column("branch", String(20), nullable=False),
    *said(NeedRaised, "category", "content", "raised_on"),
    Column("matched_on", Date),
    Column("met_on", Date),
    Column("confirmed_on", Date),
    Column("rating", Integer),
    *said(NeedConfirmed, "gain", "happiness", "security"),
    Column("claim_pairing", String(60), nullable=False),
    Column("claim_branch", String(20), nullable=False),
    Column("claim_side", String(10), nullable=False),
    Column("claimed_on", Date),
    Column("withdrawn_on", Date),
    Column("because", String(500), nullable=False),
)
projects = versioned_table(
    "project",
    Column("project_id", String(40), nullable=False),
    Column("number", String(120), nullable=False),
    Column("pairing_id", String(60), nullable=False, index=True),
    *said(ProjectOpened, "name", "category", "budget_cents", "beneficiaries", "started_on", "planned_end_on"),
    Column("completed_on", Date),
    Column("accepted_on", Date),
    Column("voided_on", Date),
    Column("refused_on", Date),
    Column("because", String(500), nullable=False),
)
milestones = versioned_table(
    "project_milestone",
    Column("milestone_id", String(60), nullable=False),
    Column("project_id", String(40), nullable=False, index=True),
    *said(MilestonePlanned, "milestone", "title", "due_on"),
    Column("reached_on", Date),
)
project_funds = versioned_table(
    "project_fund",
    Column("fund_id", String(60), nullable=False),
    Column("project_id", String(40), nullable=False, index=True),
    *said(FundOfSource, "source", "amount_cents"),
)
livelihood_board = Projection("livelihood_board", 5, [resources, needs, projects, milestones, project_funds])


livelihood_board.adds(ResourceOffered, resources)
livelihood_board.changes(ResourceRevised, resources, "category", "content")
livelihood_board.changes(ResourceWithdrawn, resources, "withdrawn_on")
_UNCLAIMED = {"claim_pairing": "", "claim_branch": "", "claim_side": "", "claimed_on": None}
livelihood_board.adds(NeedRaised, needs, branch="", because="", **_UNCLAIMED)
livelihood_board.changes(NeedRevised, needs, "category", "content")
livelihood_board.changes(NeedWithdrawn, needs, "withdrawn_on", "because", **_UNCLAIMED)
livelihood_board.changes(NeedMatched, needs, "pairing_id", "branch", "matched_on", because="", **_UNCLAIMED)
livelihood_board.changes(ClaimDeclined, needs, "because", **_UNCLAIMED)
livelihood_board.changes(NeedReleased, needs, "because", branch="", matched_on=None)
livelihood_board.changes(NeedMet, needs, "met_on", because="")
livelihood_board.changes(NeedReturned, needs, "because", met_on=None)
livelihood_board.changes(NeedConfirmed, needs, "confirmed_on", "rating", "gain", "happiness", "security")


@livelihood_board.on(NeedHandedOver)
def _handed_over(write: Writer, event: NeedHandedOver) -> None:
    row = write.get(needs, event.need_id)
    assert row is not None, event.need_id
    claim = {"claim_pairing": event.successor, "claim_branch": event.branch} if row["claim_pairing"] else {}
    branch = event.branch if row["matched_on"] else ""
    write.change(needs, event.need_id, "village", branch=branch, **claim)


@livelihood_board.on(NeedClaimed)
def _claimed(write: Writer, event: NeedClaimed) -> None:
    write.change(
        needs,
        event.need_id,
        "claimed_on",
        claim_pairing=event.pairing_id,
        claim_branch=event.branch,
        claim_side=event.side.value,
    )


livelihood_board.adds(ProjectOpened, projects, because="")
livelihood_board.changes(ProjectCompleted, projects, "completed_on", because="")
livelihood_board.changes(ProjectRefused, projects, "refused_on", "because", completed_on=None)
livelihood_board.changes(ProjectAccepted, projects, "accepted_on")
_DAYS_OF_NEED = ("raised_on", "matched_on", "met_on", "confirmed_on", "rating")
livelihood_board.changes(NeedCorrected, needs, *_DAYS_OF_NEED)
livelihood_board.changes(ProjectVoided, projects, "voided_on")
livelihood_board.changes(
    ProjectCorrected,
    projects,
    *("name", "category", "budget_cents", "beneficiaries"),
    *("started_on", "planned_end_on", "completed_on", "accepted_on"),
)


@livelihood_board.on(NeedVoided)
def _need_voided(write: Writer, event: NeedVoided) -> None:
    write.change(needs, event.need_id, "because", withdrawn_on=event.voided_on, **_UNCLAIMED)


@livelihood_board.on(ResourceVoided)
def _resource_voided(write: Writer, event: ResourceVoided) -> None:
    write.change(resources, event.resource_id, withdrawn_on=event.voided_on)


@livelihood_board.on(MilestonePlanned)
def _milestone(write: Writer, event: MilestonePlanned) -> None:
    write.add(milestones, milestone_id=f"{event.project_id}/{event.milestone}")


@livelihood_board.on(MilestoneReached)
def _reached(write: Writer, event: MilestoneReached) -> None:
    write.change(milestones, f"{event.project_id}/{event.milestone}", "reached_on")


@livelihood_board.on(FundsStated)
def _funds(write: Writer, event: FundsStated) -> None:
    """Those of the sources follow."""
    for each in FundSource:
        write.end(project_funds, f"{event.project_id}/{each.value}")


@livelihood_board.on(FundOfSource)
def _fund(write: Writer, event: FundOfSource) -> None:
    write.add(project_funds, fund_id=f"{event.project_id}/{event.source.value}")
