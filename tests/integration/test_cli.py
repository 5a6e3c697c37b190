"""The command line as a clerk and as a script use it: answers, exit status, and one clear line for what is wrong."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from hashlib import sha256
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import pytest
import typer
from click.testing import Result
from typer.testing import CliRunner

from application.settings import Settings
from interface.cli.main import app
from interface.composition import build
from interface.ledgers.importing import import_folder
from projections.boards.findings import findings
from tests.kit.prepared import prepared

MESSY = Path(__file__).parents[1] / "golden" / "messy"
HEADER = "village,A1,A2,A3,B1,B2,B3,C1,C2,D1,D2,D3,E1,E2,A,B,C,D,E,F,G,total,grade,veto"
COMMANDS = ["import", "figures", "scores", "explain", "rebuild", "serve", "demo"]


def leaves(command: Any, words: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command as it is written on the command line."""
    if hasattr(command, "commands"):
        for name, inner in command.commands.items():
            yield from leaves(inner, (*words, name))
    else:
        yield words


EVERY = list(leaves(typer.main.get_command(app)))


def run(*words: str) -> Result:
    return CliRunner(env={"LIANJIAN_DATABASE_URL": None, "LIANJIAN_DATA": None}).invoke(app, list(words))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A data folder with the county in it."""
    folder = tmp_path_factory.mktemp("data")
    prepared(folder).close()
    return str(folder)


def test_figures_as_json_and_for_people(data: str) -> None:
    told = json.loads(run("figures", "--year", "2025", "--json", "--data", data).stdout)
    assert list(told.values()) == [141, 141, 6, 147, 147, 147, 147, 2111, 159, 150]
    assert "forums: 159" in run("figures", "--year", "2025", "--data", data).stdout
    early = json.loads(
        run("figures", "--year", "2025", "--known-at", "1000", "--json", "--data", data).stdout
    )
    assert early["forums"] < 159


def test_scores_as_csv_now_and_then(data: str) -> None:
    now = run("scores", "--year", "2025", "--csv", "--data", data).stdout
    assert now.splitlines()[0] == HEADER
    rows = list(csv.DictReader(io.StringIO(now)))
    assert len(rows) == 147
    assert {row["veto"] for row in rows} == {"是", "否"}
    then = run("scores", "--year", "2025", "--known-at", "5000", "--csv", "--data", data).stdout
    assert then.splitlines()[0] == HEADER and then != now


def test_a_point_is_explained_down_to_the_ledger_row(data: str) -> None:
    asked = ("explain", "--year", "2025", "--village", "南溪村", "--indicator", "A3", "--data", data)
    told = json.loads(run(*asked, "--json").stdout)
    text = json.dumps(told, ensure_ascii=False)
    assert "活动台账.xlsx" in text and "10.00" in text
    digests = {fact["source"]["digest"] for fact in told["facts"]}
    with as_file(files("interface.demo").joinpath("ledgers", "活动台账.xlsx")) as ledger:
        assert digests == {sha256(ledger.read_bytes()).hexdigest()}
    assert "活动台账.xlsx" in run(*asked).stdout


def test_refused_rows_end_with_one_and_stand_in_the_answer(tmp_path: Path) -> None:
    answer = run("import", str(MESSY), "--data", str(tmp_path / "data"), "--json")
    assert answer.exit_code == 1
    told = json.loads(answer.stdout)
    assert told["accepted"] > 500 and told["events"] > 500
    listed = json.loads((MESSY / "errors.json").read_text(encoding="utf-8"))
    assert len(told["refused"]) == len(listed) == 20
    assert set(listed[0]) <= set(told["refused"][0])
    again = run(
        "import", str(MESSY), "--data", str(tmp_path / "data"), "--refused-to", str(tmp_path / "r.xlsx")
    )
    assert again.exit_code == 1 and "0 events" in again.stdout
    assert (tmp_path / "r.xlsx").is_file()


def test_a_dry_run_leaves_no_events(tmp_path: Path) -> None:
    folder = str(tmp_path / "data")
    told = json.loads(run("import", str(MESSY), "--dry-run", "--json", "--data", folder).stdout)
    assert told["dry_run"] is True and told["events"] > 0
    counted = json.loads(run("figures", "--year", "2025", "--json", "--data", folder).stdout)
    assert set(counted.values()) == {0}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["import", "no-such-folder"], "no-such-folder is not a folder"),
        (["figures", "--year", "2025", "--known-at", "99999"], "beyond the newest position, 9815"),
        (["figures", "--year", "2025", "--known-at", "soon"], "neither a position"),
        (["figures", "--year", "2025", "--known-at", "²"], "neither a position"),
        (["scores", "--year", "2019"], "2019"),
        (["explain", "--year", "2025", "--village", "没有村", "--indicator", "A3"], "没有村"),
        (["explain", "--year", "2025", "--village", "南溪村", "--indicator", "Z9"], "Z9"),
        (["figures"], "--year"),
        (["figures", "--year", "soon"], "Invalid value for .--year."),
        (["no-such-command"], "no-such-command"),
    ],
)
def test_what_is_wrong_is_said_on_standard_error_with_status_two(
    data: str, words: list[str], said: str
) -> None:
    known = words[0] in COMMANDS
    answer = run(*words, *(["--data", data] if known else []))
    assert answer.exit_code == 2
    assert re.search(said, answer.stderr)
    assert answer.stdout == ""
    assert answer.exception is None or isinstance(answer.exception, SystemExit)


def test_an_unusable_database_address_is_said(tmp_path: Path) -> None:
    answer = CliRunner(env={"LIANJIAN_DATABASE_URL": "mysql://somewhere/x"}).invoke(
        app, ["figures", "--year", "2025"]
    )
    assert answer.exit_code == 2 and "postgresql" in answer.stderr


def test_rebuild_says_whether_tables_differ(tmp_path: Path) -> None:
    data = str(tmp_path)
    system = build(Settings(folder=tmp_path))
    assert import_folder(system, MESSY).events > 500
    with system.views.begin() as connection:
        connection.execute(findings.update().values(severity="critical"))
    system.close()
    differs = run("rebuild", "--check", "--json", "--data", data)
    assert differs.exit_code == 1 and json.loads(differs.stdout)["differ"] == [findings.name]
    assert run("rebuild", "--data", data).exit_code == 0
    fine = run("rebuild", "--check", "--json", "--data", data)
    assert fine.exit_code == 0 and json.loads(fine.stdout)["differ"] == []


@pytest.mark.parametrize("words", EVERY, ids=" ".join)
def test_every_command_has_help_with_an_example(words: tuple[str, ...]) -> None:
    answer = run(*words, "--help")
    assert answer.exit_code == 0
    assert f"Example: lianjian {' '.join(words)}" in answer.stdout


def test_the_list_of_commands_is_complete() -> None:
    assert {(name,) for name in COMMANDS} < set(EVERY)
    assert len(EVERY) > 15
