"""Units and villages that tests register."""

from __future__ import annotations

from datetime import date

from application.system import System
from application.verbs.registry.units_and_villages import register_branch, register_village
from domain.kernel.recorded import By
from domain.registry.events import TargetKind, UnitClass, UnitLevel
from tests.kit.acts import CLERK, carried


def registered_village(
    system: System,
    name: str,
    township: str = "镇",
    *,
    kind: TargetKind = TargetKind.VILLAGE,
    since: date | None = None,
    split_from: str = "",
    by: By = CLERK,
) -> str:
    """A village or community of the registry; its id."""
    of = {"name": name, "kind": kind, "township": township, "since": since, "split_from": split_from}
    return carried(system, register_village, by=by, **of)


def registered_unit(
    system: System,
    name: str,
    branch_name: str = "",
    *,
    level: UnitLevel = UnitLevel.COUNTY,
    since: date | None = None,
    parent: str = "",
    by: By = CLERK,
) -> str:
    """A unit of the registry, an agency; its id. Its branch is called after it where nothing is said."""
    names = {"unit_name": name, "branch_name": branch_name or f"{name}党支部"}
    of = {"level": level, "unit_class": UnitClass.AGENCY, "since": since, "split_from": "", "parent": parent}
    return carried(system, register_branch, by=by, **names, **of)
