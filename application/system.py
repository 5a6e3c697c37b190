"""What a verb, a question, a page or a command is given: one log with all that stands on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Connection, Engine

from application.documents.papers import Papers
from application.eventlog import EventLog
from application.integrity.custody import Custody
from application.policies.following import Policies
from application.questions.about import LARGEST, Days
from application.questions.results.back_testing import BackTesting
from application.questions.results.freezing import Pinning
from application.questions.results.scoring import Scoring
from application.questions.sentences import Sentences
from application.settings import Settings
from application.stores.accesses import Accesses
from application.stores.attachments import AttachmentStore
from application.stores.import_batches import ImportBatches
from application.stores.kept_workbooks import KeptWorkbooks
from application.stores.pictures import Pictures
from application.stores.vault import Vault
from domain.account.role import Role
from domain.kernel.ids import Ids
from projections.boards import trail
from projections.kit.memory import Memory, Reading, Stamps
from projections.kit.runner import Runner


@dataclass(frozen=True)
class System:
    """Everything a command or a page needs."""

    settings: Settings
    clock: Callable[[], datetime]
    ids: Ids
    log: EventLog
    custody: Custody
    views: Engine
    vault: Vault
    store: AttachmentStore
    pictures: Pictures
    workbooks: KeptWorkbooks
    imports: ImportBatches
    accesses: Accesses
    days: Days
    runner: Runner
    memory: Memory
    scoring: Scoring
    pinning: Pinning
    back_testing: BackTesting
    policies: Policies
    sentences: Sentences
    papers: Papers
    roles: Mapping[str, frozenset[Role]]
    """Name of a verb to the roles that may use it."""
    stated: Mapping[str, frozenset[str]]
    """Name of an event to the fields of it that people state."""
    day: date | None = None
    seen: Reading | None = None
    """What a page is read through, so that all it shows belongs together."""

    def today(self) -> date:
        """The day it is in the county, or the day that is asked about."""
        return self.day or self.clock().astimezone(self.settings.zone).date()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to the read models; everything read through it belongs together."""
        if self.seen is not None:
            yield self.seen
            return
        with self.views.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def remembering(self, stamps: Stamps | None = None) -> Iterator[Reading]:
        """The same for whoever only looks; what has been read before and was not written since is not asked for again."""
        reading = Reading(self.views, self.memory, stamps)
        with reading, reading.begin():
            yield reading

    def newest(self) -> int:
        """The position up to which there is anything to read."""
        return self.pinning.newest_position() if self.seen is None else self.seen.newest

    def position_at_end_of(self, day: date) -> int:
        """The last position recorded on or before ``day`` in the county's zone."""
        midnight = datetime.combine(day + timedelta(days=1), time(), self.settings.zone)
        with self.reading() as connection:
            return trail.position_before(connection, midnight.astimezone(UTC))

    def about(self, day: date, known_at: int, *, limit: int | None = LARGEST) -> System:
        """This system as of a business day: its pages, figures and scores show only what had happened by then."""
        return self._on(self.days.views(day, known_at, limit=limit), day)

    @contextmanager
    def as_of(self, day: date, known_at: int) -> Iterator[System]:
        """The same for a page, which lets go of it. Raises ``BeingBuilt`` where a day is being built."""
        with self.days.held(day, known_at) as views:
            yield self._on(views, day)

    def _on(self, views: Engine, day: date) -> System:
        scoring = self.scoring.on(views)
        return replace(self, views=views, scoring=scoring, back_testing=BackTesting(views, scoring), day=day)

    def close(self) -> None:
        """Let go of all connections."""
        self.log.close()
        self.views.dispose()
        self.vault.close()
        self.pictures.close()
        self.accesses.close()
        self.days.close()
