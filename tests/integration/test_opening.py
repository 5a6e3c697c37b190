"""Opening a log: begun only where that is meant, never in a lost one's place; tables of another log are built anew."""

from __future__ import annotations

import errno
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
import typer
from click.testing import Result
from typer.testing import CliRunner

from application.eventlog.session import InDoubt
from application.integrity.custody import Refused
from application.integrity.keys import SigningKey
from application.settings import Settings
from application.stores.bad_days import trouble
from application.stores.beginning import NoLog
from application.system import System
from domain.assessment.schemes import scheme_text
from domain.integrity.note import COSIGNATURE
from domain.kernel.recorded import By, Source
from domain.registry.events import EntryKind
from interface.cli.main import app
from interface.composition import build
from projections.boards.registry.names import names_on
from tests.integration.test_cli import leaves
from tests.kit.databases import DatabaseCase
from tests.kit.entries import registered_village
from tests.kit.insider import Insider

pytestmark = pytest.mark.both_databases

BY = By(actor="clerk", source=Source(kind="command", name="test"))
BEGIN = {("serve",), ("import",), ("demo",), ("restore",), ("account", "add")}
"""Commands that may begin a log."""
NO_LOG_NEEDED = {("verify-package",), ("scheme", "check")}
ARGUMENTS = {
    "figures": ["--year", "2025"],
    "scores": ["--year", "2025"],
    "explain": ["--year", "2025", "--village", "甲村", "--indicator", "A1"],
    "tiles": ["{}/tiles"],
    "package": ["--finding", "1", "-o", "{}/p.zip"],
    "evidence sample": ["--year", "2025"],
    "log change-key": ["--because", "x"],
    "log restored": ["--because", "x"],
    "log request": ["-o", "{}/r.zip"],
    "log name-witness": [str(SigningKey.new("w", COSIGNATURE).verifier), "--office", "x"],
    "log accept": ["{}/file"],
    "erase-name": ["p-1", "--ground", "x", "--decided-by", "y"],
    "calendar import": ["--shipped"],
    "calendar show": ["--year", "2025"],
    "scheme show": ["--year", "2025"],
    "scheme backtest": ["{}/file"],
    "reproduce": ["--run", "2025-1"],
    "registry code": ["甲村", "division", "350100000000"],
    "compare": ["--from", "1", "--to", "2"],
    "receipt": ["--run", "2025-1", "--village", "甲村"],
    "backup": ["{}/backup"],
    "do": ["finding", "close-finding", "x"],
}


def run(database: DatabaseCase, *words: str) -> Result:
    env = {
        "LIANJIAN_DATABASE_URL": database.url,
        "LIANJIAN_DATA": None,
        "LIANJIAN_KEYS": None,
        "LIANJIAN_PASSPHRASE": "secret enough",
    }
    return CliRunner(env=env).invoke(app, [*words, "--data", str(database.folder / "data")])


def commands() -> list[tuple[str, ...]]:
    """Every command that works on a log, but may not begin one."""
    group = typer.main.get_command(app)
    found = []
    for words in leaves(group):
        command = group
        for word in words:
            command = command.commands[word]  # type: ignore[attr-defined]
        if any("--data" in parameter.opts for parameter in command.params):
            found.append(words)
    return [words for words in found if words not in BEGIN | NO_LOG_NEEDED]


def required(words: tuple[str, ...]) -> list[str]:
    """Some value for everything that a command asks for, where none is given above."""
    command = typer.main.get_command(app)
    for word in words:
        command = command.commands[word]  # type: ignore[attr-defined]
    asked = [parameter for parameter in command.params if parameter.required]
    return [part for each in asked for part in (*each.opts[:1][: each.param_type_name == "option"], "2025")]


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_a_command_that_may_not_begin_a_log_makes_nothing(words: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "file").write_text(scheme_text(2025), encoding="utf-8")
    given = ARGUMENTS.get(" ".join(words))
    arguments = required(words) if given is None else [each.format(tmp_path) for each in given]
    answer = run(DatabaseCase("sqlite", None, tmp_path), *words, *arguments)
    assert answer.exit_code == 2, answer.output
    assert "there is no log in" in answer.stderr and len(answer.stderr.splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_an_empty_database_stays_empty(database: DatabaseCase) -> None:
    with pytest.raises(NoLog, match="there is no log in"):
        build(opened(database), begin=False)
    assert not (database.folder / "data").exists()
    if database.url is not None:
        import psycopg

        with psycopg.connect(database.url) as connection:
            assert connection.execute("SELECT 1 FROM pg_tables WHERE schemaname = 'public'").fetchall() == []


def test_a_log_is_begun_where_that_is_meant_and_it_is_said(database: DatabaseCase) -> None:
    (database.folder / "empty").mkdir()
    begun = run(database, "import", str(database.folder / "empty"))
    assert "a new log is begun: county.local/lianjian/" in begun.stderr
    again = run(database, "import", str(database.folder / "empty"))
    assert again.stderr == "" and again.exit_code == begun.exit_code
    assert run(database, "verify").exit_code == 0


def opened(database: DatabaseCase) -> Settings:
    return Settings(folder=database.folder / "data", database_url=database.url)


def villages(system: System, *names: str) -> None:
    for name in names:
        registered_village(system, name, by=BY)


def shown(system: System) -> set[str]:
    with system.reading() as connection:
        return set(names_on(connection, EntryKind.VILLAGE).values())


def test_a_lost_log_is_not_begun_anew(tmp_path: Path) -> None:
    settings = Settings(folder=tmp_path / "data")
    system = build(settings)
    villages(system, "甲村")
    system.custody.sign("on demand")
    system.close()
    for file in settings.folder.glob("log.sqlite3*"):
        file.unlink()
    with pytest.raises(NoLog, match="it was lost"):
        build(settings)
    for file in settings.folder.glob("*.sqlite3*"):
        file.unlink()
    with pytest.raises(Refused, match="remembers signing one"):
        build(settings)
    shutil.rmtree(settings.keys)
    build(settings).close()


def test_tables_of_a_log_that_was_longer_are_built_anew_and_it_is_said(database: DatabaseCase) -> None:
    """As after a copy of the log was put back beside tables that had gone on."""
    told: list[str] = []
    system = build(opened(database), tell=told.append)
    villages(system, "甲村")
    insider = Insider(DatabaseCase(database.name, database.url, database.folder / "data"))
    with insider.inside():
        copy = insider.snapshot()
    villages(system, "乙村", "丙村")
    system.close()
    build(opened(database), tell=told.append).close()
    assert len(told) == 1, "nothing is said where the log is what it was"
    with insider.inside():
        insider.restore(copy)
    system = build(opened(database), tell=told.append)
    assert "up to record 7; this one has 3" in told[1]
    assert shown(system) == {"甲村"}
    # The log goes on, and is longer than the tables were; what they held is another's all the same.
    villages(system, "丁村", "戊村", "己村")
    system.close()
    with insider.inside():
        insider.restore(copy)
        rows = insider.rows()
        for n in range(4, 20):
            state = rows[1][4].replace("甲村".encode(), f"别村{n}".encode())
            state = re.sub(rb'"village":"v-[0-9a-f]+"', f'"village":"v-{n}"'.encode(), state)
            insider.add((n, 1, f"village-v-{n}", rows[1][3], state))
        insider.rebuild_tree()
    system = build(opened(database), tell=told.append)
    assert len(told) == 3 and "丁村" not in shown(system) and "别村8" in shown(system)
    system.close()


def test_a_damaged_file_is_named_with_what_to_do(tmp_path: Path) -> None:
    database = DatabaseCase("sqlite", None, tmp_path)
    folder = tmp_path / "data"
    system = build(opened(database))
    villages(system, *(f"村{n}" for n in range(40)))
    system.close()
    for name, remedy in (("log", "lianjian restore"), ("vault", "lianjian restore"), ("views", "delete it")):
        file = folder / f"{name}.sqlite3"
        whole = file.read_bytes()
        file.write_bytes(whole[:1024] + b"\xff" * (len(whole) - 1024))
        answer = run(database, "verify")
        assert answer.exit_code == 2, (name, answer.output, answer.exception)
        assert remedy in answer.stderr and len(answer.stderr.splitlines()) == 1, (name, answer.stderr)
        file.write_bytes(whole)
    for file in folder.glob("views.sqlite3*"):
        file.unlink()
    assert run(database, "verify").exit_code == 0, "tables that were deleted are built anew"


def test_a_folder_that_cannot_be_made_or_opened_is_said(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file, not a folder")
    database = DatabaseCase("sqlite", None, tmp_path)
    for words in (["verify"], ["import", str(tmp_path)]):
        answer = run(database, *words)
        assert answer.exit_code == 2 and len(answer.stderr.splitlines()) == 1, answer.output
    (tmp_path / "data").unlink()
    (tmp_path / "data" / "log.sqlite3").mkdir(parents=True)
    answer = run(database, "verify")
    assert answer.exit_code == 2 and "cannot be opened" in answer.stderr


def test_a_database_that_is_gone_is_said(tmp_path: Path) -> None:
    for url in (
        "postgresql://nobody@127.0.0.1:1/lianjian",
        f"postgresql://nobody@/lianjian?host={tmp_path}",
    ):
        answer = run(DatabaseCase("postgresql", url, tmp_path), "figures", "--year", "2025")
        assert answer.exit_code == 2 and "the database does not answer" in answer.stderr, answer.output
        assert len(answer.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


FULL = """
import resource, sys
from interface.cli.main import app
resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
data, *commands = sys.argv[1:]
for command in commands:
    try:
        app([*command.split(), "--data", data])
    except SystemExit as ended:
        assert ended.code == 2, (command, ended.code)
    else:
        raise AssertionError(command)
"""
"""A process that can write to no file, as on a full disk: each of the commands ends with status 2."""


def test_a_disk_that_takes_nothing_more_is_said(tmp_path: Path) -> None:
    database = DatabaseCase("sqlite", None, tmp_path)
    build(opened(database)).close()
    commands = ["checkpoint", "calendar import --shipped"]
    answer = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path / "data"), *commands],
        capture_output=True,
        text=True,
        env={**os.environ, "LIANJIAN_DATABASE_URL": ""},
    )
    assert answer.returncode == 0, answer.stderr
    said = answer.stderr.splitlines()
    assert len(said) == len(commands) and all("do it again" in each for each in said), answer.stderr
    assert answer.stdout == ""
    assert run(database, "verify").exit_code == 0, "nothing half written is left"


def test_a_full_database_file_is_a_full_disk(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "full.sqlite3")) as full:
        full.execute("PRAGMA max_page_count = 2")
        with pytest.raises(sqlite3.OperationalError) as raised:
            full.executescript("CREATE TABLE a (x); CREATE TABLE b (x); CREATE TABLE c (x);")
    said = trouble(raised.value)
    assert said is not None and said.sentence.startswith("the disk is full")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_a_file_that_takes_nothing_more_is_named_as_on_a_full_disk(number: int) -> None:
    said = trouble(OSError(number, os.strerror(number), "data/keys/signed.note"))
    assert said is not None and said.sentence.startswith("the disk is full, data/keys/signed.note")


def test_what_may_be_on_record_is_not_to_be_done_again_unseen() -> None:
    said = trouble(InDoubt("look before you do it again"))
    assert said is not None and "look before you do it again" in said.sentence


def test_a_mistake_of_ours_is_no_bad_day(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "x.sqlite3")) as lite:
        for mistake in ("SELECT * FROM nowhere", "SELECT"):
            with pytest.raises(sqlite3.OperationalError) as raised:
                lite.execute(mistake)
            assert trouble(raised.value) is None
    assert trouble(FileNotFoundError(2, "No such file")) is None
