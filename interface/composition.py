"""The only place where all meets: settings in, a running system out."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version

from application.access import ROLES
from application.catalogue import CATALOGUE
from application.eventlog import EventLog
from application.eventlog.opening import log_is_there, open_log
from application.integrity.custody import Custody
from application.integrity.heartbeat import sign_after
from application.look import look_of
from application.policies.appeal_effects import AppealEffects
from application.policies.following import Policies
from application.questions.about import Days
from application.questions.results.back_testing import BackTesting
from application.questions.results.freezing import Pinning
from application.questions.results.scoring import Scoring
from application.settings import Settings
from application.stated_fields import stated_fields
from application.stores.accesses import Accesses
from application.stores.attachments import AttachmentStore
from application.stores.bad_days import reporting
from application.stores.beginning import demand_new, missing
from application.stores.databases import open_engine, open_erasable
from application.stores.erasing import sweep
from application.stores.import_batches import ImportBatches
from application.stores.kept_workbooks import KeptWorkbooks
from application.stores.pictures import Pictures
from application.stores.vault import Vault
from application.system import System
from domain.kernel.ids import Ids, random_ids
from domain.kernel.recorded import By, Source
from interface.documents.issued.papers import set_paper
from interface.ledgers.kept import without
from interface.web.kit.sentences import in_chinese
from projections.catalogue import PROJECTIONS
from projections.kit.memory import Memory
from projections.kit.runner import Runner

OPENING = By(actor="lianjian", source=Source(kind="command", name="open"))


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


@cache
def _version() -> str:
    """Of what is installed, which is looked for on the disk."""
    return version("lianjian")


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
    software = f"lianjian {_version()}"
    if custody.open(settings.domain, software, OPENING):
        tell(f"a new log is begun: {custody.identity().origin}, its keys in {settings.keys}")
    views = open_engine(settings, "views")
    opened.callback(views.dispose)
    runner = Runner(views, log, PROJECTIONS, log.leaf_at)
    runner.create_tables()
    _confirm(runner, log, tell)
    erasable = open_erasable(settings, "vault")
    vault = Vault(erasable, without)
    opened.callback(vault.close)
    vault.create_tables()
    sweep(log, vault)
    store = AttachmentStore(settings.folder / "attachments")
    pictures = Pictures(open_engine(settings, "pictures"), store, settings.folder / "pictures")
    opened.callback(pictures.close)
    pictures.create_tables()
    accesses = Accesses(open_engine(settings, "accesses"), clock)
    opened.callback(accesses.close)
    accesses.create_tables()
    lock = threading.Lock()

    def catch_up() -> None:
        with lock:
            runner.catch_up()

    catch_up()
    log.project(
        runner,
        settings.folder / "views.sqlite3",
        reporting("the tables of the pages are behind", catch_up),
    )
    log.on_append(reporting("no checkpoint was signed", sign_after(custody)))
    scoring = Scoring(views, log)
    pinning = Pinning(views, log, software, catch_up)
    back_testing = BackTesting(views, scoring)
    policies = Policies(log)
    system = System(
        settings=settings,
        clock=clock,
        ids=ids,
        log=log,
        custody=custody,
        views=views,
        vault=vault,
        store=store,
        pictures=pictures,
        workbooks=KeptWorkbooks(log, vault),
        imports=ImportBatches(erasable, clock),
        accesses=accesses,
        days=Days(log, PROJECTIONS),
        runner=runner,
        memory=Memory(PROJECTIONS),
        scoring=scoring,
        pinning=pinning,
        back_testing=back_testing,
        policies=policies,
        sentences=in_chinese,
        papers=set_paper,
        roles=ROLES,
        stated=stated_fields(),
    )
    policies.add(AppealEffects(look_of(system)))
    # After the read models, which what follows is decided by.
    log.on_append(policies.after_append)
    return system


def _confirm(runner: Runner, log: EventLog, tell: Callable[[str], None]) -> None:
    """Build tables anew that were made of another log than this, such as of one that was longer."""
    if runner.confirmed():
        return
    tell(
        f"the tables of the pages come from another log (up to record {runner.newest()}; this one has "
        f"{log.position()}) and are built anew; if nobody has just restored a backup, run lianjian verify"
    )
    runner.rebuild()
