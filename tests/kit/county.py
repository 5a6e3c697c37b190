"""A log in custody with a clock that is turned by hand, on either database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from application.eventlog import EventLog
from application.eventlog.opening import open_log
from application.integrity.custody import Custody
from application.registry import Registry
from domain.kernel.event import Catalogue
from domain.kernel.recorded import By, Source
from domain.registry.events import RegistryEvent, TargetKind
from domain.system.events import SystemEvent
from tests.kit.databases import DatabaseCase

ZONE = ZoneInfo("Asia/Shanghai")
BY = By(actor="clerk", source=Source(kind="command", name="test"))


@dataclass
class County:
    """A log in custody, with a clock that is turned by hand."""

    database: DatabaseCase
    keys: Path
    now: datetime = datetime(2026, 1, 9, 1, tzinfo=UTC)
    logs: list[EventLog] = field(default_factory=list)
    renamed: str = ""
    with_sm3: bool = False

    def __post_init__(self) -> None:
        self.open()

    def clock(self) -> datetime:
        """No two readings are the same."""
        self.now += timedelta(microseconds=1)
        return self.now

    def open(self) -> None:
        self.log = open_log(
            Catalogue(RegistryEvent, SystemEvent),
            database_url=self.database.url,
            folder=self.database.folder,
            clock=self.clock,
            with_sm3=self.with_sm3,
        )
        self.logs.append(self.log)
        self.custody = Custody(self.log, self.keys, self.clock, ZONE)
        self.custody.open("county.local", "lianjian test", BY)

    def register(self, *names: str) -> None:
        for name in names:
            Registry(self.log).register_village(name=name, kind=TargetKind.VILLAGE, township="镇", by=BY)
