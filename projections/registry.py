"""Branches and villages with the names of any past position."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Column, Connection, String, select

from domain.kernel.recorded import Recorded
from domain.registry.events import (
    BranchRegistered,
    BranchRenamed,
    VillageRegistered,
    VillageRenamed,
)
from projections.kit.columns import known, versioned_table
from projections.kit.projection import Projection
from projections.kit.writer import Writer
from projections.tables import metadata

branches = versioned_table(
    "branch",
    metadata,
    "branch",
    Column("branch", String(20), nullable=False),
    Column("unit_name", String(120), nullable=False),
    Column("branch_name", String(120), nullable=False),
    Column("level", String(20), nullable=False),
    Column("unit_class", String(20), nullable=False),
)
villages = versioned_table(
    "village",
    metadata,
    "village",
    Column("village", String(20), nullable=False),
    Column("name", String(120), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("township", String(60), nullable=False),
)
registry = Projection("registry", 1, [branches, villages])


@registry.on(BranchRegistered)
def _branch(write: Writer, recorded: Recorded, event: BranchRegistered) -> None:
    write.add(
        branches,
        recorded.position,
        branch=event.branch,
        unit_name=event.unit_name,
        branch_name=event.branch_name,
        level=event.level.value,
        unit_class=event.unit_class.value,
    )


@registry.on(BranchRenamed)
def _branch_renamed(write: Writer, recorded: Recorded, event: BranchRenamed) -> None:
    write.change(
        branches,
        recorded.position,
        event.branch,
        unit_name=event.unit_name,
        branch_name=event.branch_name,
    )


@registry.on(VillageRegistered)
def _village(write: Writer, recorded: Recorded, event: VillageRegistered) -> None:
    write.add(
        villages,
        recorded.position,
        village=event.village,
        name=event.name,
        kind=event.kind.value,
        township=event.township,
    )


@registry.on(VillageRenamed)
def _village_renamed(write: Writer, recorded: Recorded, event: VillageRenamed) -> None:
    write.change(villages, recorded.position, event.village, name=event.name)


def branch_names(connection: Connection, known_at: int | None = None) -> Mapping[str, str]:
    """Branch code to unit name, as known at a position."""
    query = select(branches.c.branch, branches.c.unit_name).where(known(branches, known_at))
    return {row.branch: row.unit_name for row in connection.execute(query)}


def unit_classes(connection: Connection, known_at: int | None = None) -> Mapping[str, str]:
    """Branch code to the class of its unit, as known at a position."""
    query = select(branches.c.branch, branches.c.unit_class).where(known(branches, known_at))
    return {row.branch: row.unit_class for row in connection.execute(query)}


def village_names(connection: Connection, known_at: int | None = None) -> Mapping[str, str]:
    """Village code to name, as known at a position, in the order of registration."""
    query = (
        select(villages.c.village, villages.c.name)
        .where(known(villages, known_at))
        .order_by(villages.c.known_from, villages.c.village)
    )
    return {row.village: row.name for row in connection.execute(query)}
