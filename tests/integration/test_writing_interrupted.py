"""The writing session, interrupted and in doubt: who waits goes on, and what may have been recorded is not done twice."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import select

from application.settings import Settings
from application.stores.bad_days import trouble
from application.system import System
from domain.kernel.event import Event
from domain.kernel.ids import digest_id
from domain.kernel.recorded import By, Source
from domain.registry.village import Village
from interface.composition import build
from projections.boards.registry.units_and_villages import villages
from tests.kit.county import register, rename
from tests.kit.cut_line import cut_line
from tests.kit.databases import DatabaseCase
from tests.kit.writing import demand_sound, only_on, opened

pytestmark = pytest.mark.both_databases
BY = By(actor="clerk", source=Source(kind="command", name="test"))
DAY = date(2026, 1, 9)


@pytest.fixture
def system(database: DatabaseCase) -> Iterator[System]:
    system = opened(database)
    yield system
    system.close()


def test_what_a_table_took_in_elsewhere_is_read_again(system: System, database: DatabaseCase) -> None:
    """Somebody held one of the tables, so that it caught up by itself: what was remembered of its rows is over."""
    only_on(database, "postgresql")
    village = register(system.log, "甲村")
    with psycopg.connect(str(database.url)) as other:
        other.execute("SELECT * FROM projection_stamp FOR UPDATE")
        renaming = threading.Thread(target=rename, args=(system.log, village, "乙村", DAY), daemon=True)
        renaming.start()
        # It is on record already, while its caller waits for the table.
        while len(system.log.load(f"village-{village}")) < 2:
            renaming.join(0.001)
    renaming.join()
    move = partial(Village.move_village, township="别镇", moved_on=DAY, today=DAY)
    system.log.decide(f"village-{village}", Village(), move, BY)
    demand_sound(system)


def test_a_commit_that_comes_late_is_waited_for(database: DatabaseCase, tmp_path: Path) -> None:
    """The line is gone before the server has committed: whether it will is known once it lets go of the lock."""
    only_on(database, "postgresql")
    assert database.url is not None
    with cut_line(database.url, tmp_path / "line") as line:
        system = build(Settings(folder=database.folder, database_url=line.url), tell=lambda sentence: None)
        village = register(system.log, "甲村")
        line.late = True
        line.cut.set()
        rename(system.log, village, "乙村", DAY)
        assert line.cuts == 1
        history = [event.name for event in system.log.load(f"village-{village}")]  # type: ignore[attr-defined]
        assert history == ["甲村", "乙村"]
        demand_sound(system)
        system.close()


def interrupt() -> None:
    signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)


def leading(system: System) -> Callable[[], None]:
    """Somebody takes a decision, until what is answered is called."""
    leads, ends = threading.Event(), threading.Event()

    def lead(state: Village) -> Sequence[Event]:
        leads.set()
        ends.wait()
        return []

    thread = threading.Thread(
        target=system.log.decide, args=("village-leader", Village(), lead, BY), daemon=True
    )
    thread.start()
    leads.wait()

    def end() -> None:
        ends.set()
        thread.join()

    return end


def demand_goes_on(system: System) -> None:
    done = threading.Thread(target=register, args=(system.log, "戊村"), daemon=True)
    done.start()
    done.join(10)
    assert not done.is_alive()
    demand_sound(system)


def test_whoever_is_interrupted_while_waiting_leaves_nobody_without_a_leader(system: System) -> None:
    register(system.log, "甲村")
    end = leading(system)
    interrupted = threading.Event()

    def interrupting() -> None:
        while not system.log.session._waiting:
            interrupted.wait(0.001)
        interrupt()
        # A signal that comes just before the wait is noticed after it.
        interrupted.wait(1)
        end()

    thread = threading.Thread(target=interrupting, daemon=True)
    thread.start()
    with pytest.raises(KeyboardInterrupt):
        register(system.log, "乙村")
    interrupted.set()
    thread.join()
    demand_goes_on(system)


def test_whoever_ends_while_leading_ends_nobody_else(system: System) -> None:
    end = leading(system)
    raised: list[BaseException] = []

    def ending(state: Village) -> Sequence[Event]:
        raise SystemExit

    def doing(act: Callable[[], object]) -> None:
        try:
            act()
        except BaseException as error:
            raised.append(error)

    acts = [
        partial(system.log.decide, "village-1", Village(), ending, BY),
        partial(register, system.log, "乙村"),
    ]
    threads = [threading.Thread(target=doing, args=(act,), daemon=True) for act in acts]
    for n, thread in enumerate(threads):
        thread.start()
        while len(system.log.session._waiting) <= n:
            thread.join(0.001)
    end()
    for thread in threads:
        thread.join()
    # Nothing was recorded when the leader ended: whoever waited for it leads.
    assert [type(error) for error in raised] == [SystemExit]
    assert len(system.log.load(f"village-{digest_id('v', '乙村')}")) == 1
    demand_goes_on(system)


def test_what_a_leader_recorded_before_it_ended_is_not_done_twice(system: System) -> None:
    """It ends just after the commit: those who waited hear that theirs is on record."""
    end = leading(system)
    memory = system.log.session._memory
    raised: list[BaseException] = []

    class Ending(type(memory)):  # type: ignore[misc]
        def keep(self, *streams: object) -> None:
            system.log.session._memory = memory
            raise SystemExit

    def doing(name: str) -> None:
        try:
            register(system.log, name)
        except BaseException as error:
            raised.append(error)

    threads = [threading.Thread(target=doing, args=(name,), daemon=True) for name in ("甲村", "乙村", "丙村")]
    for n, thread in enumerate(threads):
        thread.start()
        while len(system.log.session._waiting) <= n:
            thread.join(0.001)
    system.log.session._memory = Ending()
    end()
    for thread in threads:
        thread.join()
    assert [type(error) for error in raised] == [SystemExit]
    assert [len(system.log.load(f"village-{digest_id('v', name)}")) for name in ("甲村", "乙村", "丙村")] == [
        1,
        1,
        1,
    ]
    demand_goes_on(system)


def test_whoever_is_interrupted_at_the_lock_lets_go_of_it(system: System, database: DatabaseCase) -> None:
    only_on(database, "sqlite")
    register(system.log, "甲村")
    with closing(
        sqlite3.connect(
            database.folder / "log.sqlite3", isolation_level=None, check_same_thread=False, timeout=5
        )
    ) as other:
        other.execute("BEGIN IMMEDIATE")

        def interrupting() -> None:
            while system.log.session._led is False:
                pass
            interrupt()
            other.execute("ROLLBACK")

        thread = threading.Thread(target=interrupting, daemon=True)
        thread.start()
        with pytest.raises(KeyboardInterrupt):
            register(system.log, "乙村")
        thread.join()
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")
    demand_goes_on(system)


def test_damaged_tables_keep_nobody_from_recording(
    system: System, database: DatabaseCase, caplog: pytest.LogCaptureFixture
) -> None:
    only_on(database, "sqlite")
    register(system.log, "甲村")
    file = database.folder / "views.sqlite3"
    with closing(sqlite3.connect(file)) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with file.open("r+b") as pages:
        pages.seek(4096)
        pages.write(b"\xff" * (file.stat().st_size - 4096))
    register(system.log, "丙村")
    assert "views.sqlite3 is damaged" in caplog.text and "delete it; it is built anew" in caplog.text
    file.write_bytes(b"no database at all" * 1000)
    system.log.recorder.disconnect()  # type: ignore[attr-defined]
    register(system.log, "乙村")
    assert system.log.position() == system.log.read(limit=5000)[-1].position
    assert len(system.log.load(f"village-{digest_id('v', '乙村')}")) == 1
    system.close()
    for file in database.folder.glob("views.sqlite3*"):
        file.unlink()
    again = opened(database)
    demand_sound(again)
    again.close()


@pytest.mark.parametrize("name", ["log", "views"])
def test_a_file_that_is_replaced_meanwhile_is_noticed(
    system: System, database: DatabaseCase, name: str
) -> None:
    """What would go into the file that nobody opens any more is refused, until the program is started anew."""
    only_on(database, "sqlite")
    register(system.log, "甲村")
    file = database.folder / f"{name}.sqlite3"
    kept = file.rename(database.folder / "kept")
    shutil.copy(kept, file)
    with pytest.raises(OSError) as raised:
        register(system.log, "乙村")
    said = trouble(raised.value)
    assert said is not None and f"{name}.sqlite3 was replaced" in said.sentence
    kept.replace(file)
    register(system.log, "丙村")
    demand_sound(system)


def test_thousands_of_events_in_one_decision(system: System) -> None:
    village = register(system.log, "甲村")

    def decide(state: Village) -> Sequence[Event]:
        return [state.rename_village(name=f"村{n}", renamed_on=DAY, today=DAY) for n in range(2100)]

    system.log.decide(f"village-{village}", Village(), decide, BY)
    demand_sound(system)


def test_tables_that_another_process_builds_anew_are_read_again(
    system: System, database: DatabaseCase
) -> None:
    """Somebody changed a table by hand, and rebuilding it mends it for all that run, too."""
    village = register(system.log, "甲村")

    def shown() -> list[str]:
        with system.remembering() as reading:
            return [each.name for each in reading.execute(current)]

    current = select(villages.c.name).where(villages.c.known_to.is_(None))
    other = opened(database)
    with other.views.connect() as raw, raw.execution_options(writer=True).begin():
        raw.execute(villages.update().values(name="假村"))
    system.log.session._memory.live.forget()
    # Remembered by the pages and by whoever writes.
    system.log.decide(
        f"village-{village}",
        Village(),
        partial(Village.move_village, township="别镇", moved_on=DAY, today=DAY),
        BY,
    )
    assert shown() == ["假村"]
    other.runner.rebuild()
    other.close()
    assert shown() == ["甲村"]
    system.log.decide(
        f"village-{village}",
        Village(),
        partial(Village.move_village, township="又镇", moved_on=DAY, today=DAY),
        BY,
    )
    assert shown() == ["甲村"]
    demand_sound(system)
