"""The only place where all meets: settings in, a running system out."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from importlib.metadata import version

from sqlalchemy import Connection, Engine

from application.account import AccountService
from application.appeal import Appeals
from application.assessment import Assessment
from application.attachment import AttachmentService, taken_in
from application.calendar import Calendars
from application.eventlog import EventLog, Log
from application.eventlog.opening import log_is_there, open_log
from application.evidence_review import CutOffs, EvidenceReviews
from application.integrity.custody import Custody
from application.integrity.heartbeat import sign_after
from application.livelihood import Livelihood
from application.pairing import Pairings
from application.policies.appeal_effects import AppealEffects
from application.policies.following import Policies
from application.registry import Registry
from application.result_use import ResultUses
from application.results import Results
from application.schemes import Schemes
from application.supervision import Supervision
from application.year_work import YearWork
from domain.account.events import AccountEvent
from domain.appeal.events import AppealEvent
from domain.assessment.year.events import AssessmentEvent
from domain.attachment.events import AttachmentEvent
from domain.kernel.event import Catalogue
from domain.kernel.ids import Ids, random_ids
from domain.kernel.recorded import By, Source
from domain.livelihood.events import LivelihoodEvent
from domain.pairing.events import PairingEvent
from domain.registry.events import RegistryEvent
from domain.supervision.events import SupervisionEvent
from domain.system.events import SystemEvent
from interface.about import LARGEST, Days
from interface.accesses import Accesses
from interface.appeal_lookups import LookupsOfAppeals
from interface.attachments import AttachmentStore
from interface.back_testing import BackTesting
from interface.bad_days import reporting
from interface.beginning import demand_new, missing
from interface.databases import open_engine, open_erasable
from interface.erasing import sweep
from interface.freezing import Pinning
from interface.kept_workbooks import KeptWorkbooks
from interface.result_lookups import LookupsOfRuns
from interface.results import StandingsOfRuns
from interface.scoring import Scoring
from interface.settings import Settings
from interface.vault import Vault
from interface.year_work import EvidenceInSight, SheetsInForce
from projections import trail
from projections.catalogue import PROJECTIONS
from projections.kit.runner import Runner

CATALOGUE = Catalogue(
    AccountEvent,
    RegistryEvent,
    PairingEvent,
    LivelihoodEvent,
    SupervisionEvent,
    AssessmentEvent,
    AppealEvent,
    AttachmentEvent,
    SystemEvent,
)
OPENING = By(actor="lianjian", source=Source(kind="command", name="open"))


@dataclass(frozen=True)
class Services:
    """One service per context, all on one log (or on one batch)."""

    accounts: AccountService
    registry: Registry
    pairings: Pairings
    livelihood: Livelihood
    supervision: Supervision
    schemes: Schemes
    assessment: Assessment
    results: Results
    appeals: Appeals
    attachments: AttachmentService
    result_uses: ResultUses
    calendars: Calendars
    year_work: YearWork
    evidence: EvidenceReviews
    cut_offs: CutOffs


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
    workbooks: KeptWorkbooks
    accesses: Accesses
    days: Days
    runner: Runner
    scoring: Scoring
    pinning: Pinning
    back_testing: BackTesting
    services: Services
    policies: Policies
    appeal_lookups: LookupsOfAppeals
    day: date | None = None

    def today(self) -> date:
        """The day it is in the county, or the day that is asked about."""
        return self.day or self.clock().astimezone(self.settings.zone).date()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to the read models; everything read through it belongs together."""
        with self.views.connect() as connection, connection.begin():
            yield connection

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
        scoring = Scoring(views, self.log)
        return replace(self, views=views, scoring=scoring, back_testing=BackTesting(views, scoring), day=day)

    def services_on(self, log: Log, ids: Ids | None = None) -> Services:
        """The same services deciding on another log, such as a batch, that notes the ids drawn for it."""
        return _services(
            log,
            ids or self.ids,
            self.scoring,
            self.pinning,
            self.back_testing,
            self.services.attachments.on(log),
            self.appeal_lookups,
        )

    def close(self) -> None:
        """Let go of all connections."""
        self.log.close()
        self.views.dispose()
        self.vault.close()
        self.accesses.close()
        self.days.close()


def _services(
    log: Log,
    ids: Ids,
    scoring: Scoring,
    pinning: Pinning,
    back_testing: BackTesting,
    attachments: AttachmentService,
    appeal_lookups: LookupsOfAppeals,
) -> Services:
    return Services(
        accounts=AccountService(log),
        registry=Registry(log, ids),
        pairings=Pairings(log, ids),
        livelihood=Livelihood(log, ids),
        supervision=Supervision(log, ids),
        schemes=Schemes(log, back_testing),
        results=Results(log, ids, LookupsOfRuns(scoring, pinning.newest_position)),
        assessment=Assessment(log, ids, pinning),
        appeals=Appeals(log, ids, appeal_lookups),
        attachments=attachments,
        result_uses=ResultUses(log, ids, StandingsOfRuns(scoring)),
        calendars=Calendars(log),
        year_work=YearWork(log, SheetsInForce(scoring)),
        evidence=EvidenceReviews(log, ids, EvidenceInSight(scoring)),
        cut_offs=CutOffs(log),
    )


def utc_now() -> datetime:
    """The clock of production."""
    return datetime.now(UTC)


def _warn(sentence: str) -> None:
    logging.getLogger("lianjian").warning("%s", sentence)


def build(
    settings: Settings,
    clock: Callable[[], datetime] = utc_now,
    *,
    ids: Ids = random_ids,
    begin: bool = True,
    tell: Callable[[str], None] = _warn,
    follow: bool = True,
) -> System:
    """Open the databases and put everything together. ``tell`` is given a sentence where something is to be known.

    Where there is no log, one is begun, with new keys; or, unless ``begin``, ``NoLog`` is raised and nothing is made. A
    log that was lost is not begun anew: ``NoLog`` too. ``Refused`` for a log that was begun without being opened.
    ``ids`` makes the ids of what is registered from now on.
    ``follow`` carries out what was decided before the last process ended; whoever only looks records nothing.
    """
    if not log_is_there(database_url=settings.database_url, folder=settings.folder):
        if not begin:
            raise missing(settings)
        demand_new(settings)
        settings.folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as opened:
        system = _put_together(settings, clock, ids, tell, opened)
        if follow:
            system.policies.follow()
        opened.pop_all()
    return system


def _put_together(
    settings: Settings,
    clock: Callable[[], datetime],
    ids: Ids,
    tell: Callable[[str], None],
    opened: ExitStack,
) -> System:
    """Everything opened and up to date; ``opened`` closes it again where something cannot be opened."""
    log = open_log(
        CATALOGUE,
        database_url=settings.database_url,
        folder=settings.folder,
        clock=clock,
        with_sm3=settings.with_sm3,
    )
    opened.callback(log.close)
    custody = Custody(log, settings.keys, clock, settings.zone)
    software = f"lianjian {version('lianjian')}"
    if custody.open(settings.domain, software, OPENING):
        tell(f"a new log is begun: {custody.identity().origin}, its keys in {settings.keys}")
    views = open_engine(settings, "views")
    opened.callback(views.dispose)
    runner = Runner(views, log, PROJECTIONS, log.leaf_at)
    runner.create_tables()
    _confirm(runner, log, tell)
    vault = Vault(open_erasable(settings, "vault"))
    opened.callback(vault.close)
    vault.create_tables()
    sweep(log, vault)
    store = AttachmentStore(settings.folder / "attachments")
    attachments = AttachmentService(log, store, taken_in(log), settings.quota)
    accesses = Accesses(open_engine(settings, "accesses"), clock)
    opened.callback(accesses.close)
    accesses.create_tables()
    lock = threading.Lock()

    def catch_up(_: Collection[str] = ()) -> None:
        with lock:
            runner.catch_up()

    catch_up()
    log.on_append(reporting("the tables of the pages are behind", catch_up))
    log.on_append(reporting("no checkpoint was signed", sign_after(custody)))
    scoring = Scoring(views, log)
    pinning = Pinning(views, log, software, catch_up)
    back_testing = BackTesting(views, scoring)
    appeal_lookups = LookupsOfAppeals(scoring, settings.zone, vault.namesakes)
    services = _services(log, ids, scoring, pinning, back_testing, attachments, appeal_lookups)
    policies = Policies(log, [AppealEffects(services.assessment, services.supervision)])
    # After the read models, which what follows is decided by.
    log.on_append(policies.after_append)
    return System(
        settings=settings,
        clock=clock,
        ids=ids,
        log=log,
        custody=custody,
        views=views,
        vault=vault,
        store=store,
        workbooks=KeptWorkbooks(log, vault),
        accesses=accesses,
        days=Days(log, PROJECTIONS),
        runner=runner,
        scoring=scoring,
        pinning=pinning,
        back_testing=back_testing,
        services=services,
        policies=policies,
        appeal_lookups=appeal_lookups,
    )


def _confirm(runner: Runner, log: EventLog, tell: Callable[[str], None]) -> None:
    """Build tables anew that were made of another log than this, such as of one that was longer."""
    if runner.confirmed():
        return
    tell(
        f"the tables of the pages come from another log (up to record {runner.newest()}; this one has "
        f"{log.position()}) and are built anew; if nobody has just restored a backup, run lianjian verify"
    )
    runner.rebuild()
