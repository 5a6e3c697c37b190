"""Resource lists, need lists and livelihood projects, with row versions."""

from __future__ import annotations

from sqlalchemy import Column, Date, Integer, String

from domain.livelihood.events import (
    NeedConfirmed,
    NeedMatched,
    NeedMet,
    NeedRaised,
    ProjectAccepted,
    ProjectCompleted,
    ProjectOpened,
    ResourceOffered,
)
from projections.kit.columns import said, versioned_table
from projections.kit.projection import Projection

resources = versioned_table(
    "resource",
    Column("resource_id", String(40), nullable=False),
    Column("branch", String(20), nullable=False, index=True),
    *said(ResourceOffered, "category", "content", "offered_on"),
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
)
projects = versioned_table(
    "project",
    Column("project_id", String(40), nullable=False),
    Column("number", String(120), nullable=False),
    Column("pairing_id", String(60), nullable=False, index=True),
    *said(ProjectOpened, "name", "category", "budget_cents", "beneficiaries", "started_on", "planned_end_on"),
    Column("completed_on", Date),
    Column("accepted_on", Date),
)
livelihood_board = Projection("livelihood_board", 2, [resources, needs, projects])


livelihood_board.adds(ResourceOffered, resources)
livelihood_board.adds(NeedRaised, needs, branch="")
livelihood_board.changes(NeedMatched, needs, "pairing_id", "branch", "matched_on")
livelihood_board.changes(NeedMet, needs, "met_on")
livelihood_board.changes(NeedConfirmed, needs, "confirmed_on", "rating")
livelihood_board.adds(ProjectOpened, projects)
livelihood_board.changes(ProjectCompleted, projects, "completed_on")
livelihood_board.changes(ProjectAccepted, projects, "accepted_on")
