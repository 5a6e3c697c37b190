"""A log in custody with a clock that is turned by hand, on either database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from application.eventlog import EventLog, Log
from application.eventlog.opening import open_log
from application.integrity.custody import Custody
from domain.kernel.event import Catalogue
from domain.kernel.ids import digest_id
from domain.kernel.recorded import By, Source
from domain.registry.events import RegistryEvent, TargetKind
from domain.registry.village import Village
from domain.system.events import SystemEvent
from tests.kit.databases import DatabaseCase

ZONE = ZoneInfo("Asia/Shanghai")
BY = By(actor="clerk", source=Source(kind="command", name="test"))


def register(log: Log, name: str, by: By = BY) -> str:
    """One event of a stream of its own; once for each name. Its id."""
    village = digest_id("v", name)
    decision = partial(
        Village.register_village,
        village=village,
        name=name,
        kind=TargetKind.VILLAGE,
        township="镇",
        since=None,
        split_from="",
        today=date(2026, 1, 9),
    )
    log.decide(f"village-{village}", Village(), decision, by)
    return village


def rename(log: Log, village: str, name: str, on: date) -> None:
    """One more event of that stream."""
    decision = partial(Village.rename_village, name=name, renamed_on=on, today=on)
    log.decide(f"village-{village}", Village(), decision, BY)


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
            register(self.log, name)
