"""Registering and renaming branches and villages."""

from __future__ import annotations

from datetime import date

from application.eventlog.log import Log
from domain.kernel import ids
from domain.kernel.recorded import By
from domain.registry.branch import Branch
from domain.registry.events import TargetKind, UnitClass, UnitLevel
from domain.registry.village import Village


class Registry:
    """Streams ``branch-<code>`` and ``village-<code>``; the code follows from the first name."""

    def __init__(self, log: Log) -> None:
        self._log = log

    def register_branch(
        self,
        *,
        unit_name: str,
        branch_name: str,
        level: UnitLevel,
        unit_class: UnitClass,
        by: By,
    ) -> str:
        """Enter a unit and its branch; its code. ``Rejected`` when it is registered already."""
        code = ids.branch_code(unit_name)
        self._log.decide(
            f"branch-{code}",
            Branch(),
            lambda branch: branch.register_branch(
                branch=code,
                unit_name=unit_name,
                branch_name=branch_name,
                level=level,
                unit_class=unit_class,
            ),
            by,
        )
        return code

    def is_registered_branch(self, code: str) -> bool:
        return bool(self._log.state(f"branch-{code}", Branch()).branch)

    def rename_branch(
        self, code: str, *, unit_name: str, branch_name: str, renamed_on: date, today: date, by: By
    ) -> None:
        """Give the unit another name from ``renamed_on``."""
        self._log.decide(
            f"branch-{code}",
            Branch(),
            lambda branch: branch.rename_branch(
                unit_name=unit_name, branch_name=branch_name, renamed_on=renamed_on, today=today
            ),
            by,
        )

    def register_village(self, *, name: str, kind: TargetKind, township: str, by: By) -> str:
        """Enter a village or community; its code. ``Rejected`` when it is registered already."""
        code = ids.village_code(name)
        self._log.decide(
            f"village-{code}",
            Village(),
            lambda village: village.register_village(village=code, name=name, kind=kind, township=township),
            by,
        )
        return code

    def is_registered_village(self, code: str) -> bool:
        return bool(self._log.state(f"village-{code}", Village()).village)

    def rename_village(self, code: str, *, name: str, renamed_on: date, today: date, by: By) -> None:
        """Give the village another name from ``renamed_on``."""
        self._log.decide(
            f"village-{code}",
            Village(),
            lambda village: village.rename_village(name=name, renamed_on=renamed_on, today=today),
            by,
        )
