"""Verification of what is made of the log: tables, frozen runs, names; and the commands around it, on both databases."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from application.integrity.report import Report
from application.look import look_of
from application.proof.packaging import package
from application.proof.verifying import verify_system
from application.settings import Settings
from application.stores.forgetting import erase_person
from application.stores.vault_tables import persons
from application.system import System
from domain.integrity.evidence import check
from domain.integrity.note import read_note
from domain.kernel.recorded import By, Source
from interface.cli.main import app
from interface.composition import build
from projections.boards.findings import findings
from tests.kit.databases import DatabaseCase
from tests.kit.insider import Insider
from tests.kit.prepared import prepared
from tests.kit.yearend import freeze

BY = By(actor="kaohe", source=Source(kind="command", name="test"))


@pytest.fixture
def system(database: DatabaseCase) -> Iterator[System]:
    """The demo county with a frozen run."""
    system = prepared(database.folder, database.url, then=freeze)
    yield system
    system.close()


def found(report: Report) -> list[tuple[str, str]]:
    return [(problem.check, problem.kind) for problem in report.problems]


def test_what_is_made_of_the_log_is_checked_too(system: System, database: DatabaseCase) -> None:
    with system.vault._engine.connect() as connection:
        refs = connection.execute(persons.select().limit(3)).all()
    erase_person(look_of(system), refs[1].ref, ground="保管期满", decided_by="县联建办", by=BY)
    report = verify_system(system)
    assert report.problems == []
    assert report.checked["runs"] == 1 and report.checked["names"] == 598
    assert report.checked["checkpoints"] == 1, "a freeze is followed by a checkpoint"

    with system.views.begin() as connection:
        connection.execute(
            findings.update().where(findings.c.number == "WT2025-001").values(severity="minor")
        )
    with system.vault._engine.begin() as connection:
        connection.execute(persons.update().where(persons.c.ref == refs[0].ref).values(name="别人"))
        connection.execute(persons.delete().where(persons.c.ref == refs[2].ref))
        connection.execute(persons.insert().values(**refs[1]._mapping))
    assert sorted(found(verify_system(system))) == [
        ("V12", "table_changed"),
        ("V14", "name_changed"),
        ("V14", "name_missing"),
        ("V14", "name_restored"),
    ]
    with system.vault._engine.begin() as connection:
        connection.execute(persons.delete().where(persons.c.ref == refs[0].ref))
        connection.execute(persons.insert(), [refs[0]._mapping, refs[2]._mapping])
    again = build(system.settings)
    assert again.vault.names([refs[1].ref]) == {}, "a start sweeps what a restored vault brought back"
    again.close()

    insider = Insider(database)
    with insider.inside():
        position = next(row[0] for row in insider.rows() if row[3] == "assessment.RunFrozen")
        insider.edit(position, lambda state: state.replace(b'"subjects":147', b'"subjects":146'))
        insider.rebuild_tree()
        insider.forget_signatures()
    system.runner.rebuild()
    assert found(verify_system(system)) == [("V16", "history_rewritten"), ("V13", "run_changed")]


def test_evidence_and_a_business_day_on_either_database(system: System) -> None:
    made = package(system, "finding", "WT2025-001", BY)
    assert check(made, [system.custody.fingerprint()]).key_known
    newest = system.log.position()
    june = system.about(date(2025, 6, 30), newest)
    assert june.scoring.csv(2025, newest) != system.scoring.csv(2025, newest)
    assert system.about(date(2100, 1, 1), newest).scoring.csv(2025, newest) == system.scoring.csv(
        2025, newest
    )


def test_a_damaged_row_is_named_and_nothing_made_of_it_is_compared(
    system: System, database: DatabaseCase
) -> None:
    insider = Insider(database)
    with insider.inside():
        insider.edit(4000, lambda state: b"{" + state)
    report = verify_system(system)
    assert {problem.check for problem in report.problems} == {"V2", "V9"}
    assert {problem.first for problem in report.problems} == {4000}
    assert len(report.left_out) == 1


def run(*words: str) -> Result:
    env = {
        "LIANJIAN_DATABASE_URL": None,
        "LIANJIAN_DATA": None,
        "LIANJIAN_KEYS": None,
        "LIANJIAN_DOMAIN": None,
    }
    return CliRunner(env=env).invoke(app, list(words))


def test_a_county_and_its_witness_by_command(tmp_path: Path) -> None:
    data, folder = str(tmp_path / "county"), str(tmp_path / "witness")
    build(Settings(folder=tmp_path / "county")).close()
    shown = json.loads(run("log", "show", "--json", "--data", data).stdout)
    key = run("witness", "init", "--folder", folder, "--name", "w.prefecture.local").stdout.strip()
    assert run("witness", "init", "--folder", folder, "--name", "w.prefecture.local").exit_code == 2
    assert run("witness", "trust", "nonsense", "--folder", folder).exit_code == 2
    assert run("witness", "trust", shown["key"], "--folder", folder).exit_code == 0
    assert run("log", "name-witness", key, "--office", "州督查室", "--data", data).exit_code == 0
    again = run("log", "name-witness", key, "--office", "州督查室", "--data", data)
    assert again.exit_code == 2 and "WITNESSED_BY_ANOTHER" in again.stderr
    request, answer, export = (str(tmp_path / name) for name in ("request.zip", "answer.txt", "anchor.zip"))
    assert run("log", "request", "-o", request, "--data", data).exit_code == 0
    cosigned = run("witness", "cosign", request, "-o", answer, "--folder", folder)
    assert cosigned.exit_code == 0
    accepted = run("log", "accept", answer, "--data", data)
    assert accepted.stdout.startswith("anchored up to position 2 by 州督查室")
    assert run("witness", "export", shown["origin"], "-o", export, "--folder", folder).exit_code == 0
    assert run("witness", "export", "elsewhere", "-o", export, "--folder", folder).exit_code == 2
    note = tmp_path / "today.note"
    assert run("checkpoint", "-o", str(note), "--data", data).exit_code == 0
    assert read_note(note.read_bytes())
    verified = run("verify", "--anchor", export, "--anchor", str(note), "--json", "--data", data)
    assert verified.exit_code == 0, verified.stdout
    report = json.loads(verified.stdout)
    assert report["anchored"]["position"] == 2 and report["checked"]["anchors"] == 2
    assert "nothing was found to be changed" in run("verify", "--data", data).stdout
    assert json.loads(run("witness", "show", "--json", "--folder", folder).stdout)["logs"][0]["size"] == 2
    changed = run("log", "change-key", "--because", "yearly", "--data", data)
    assert changed.stdout.startswith("county.local/lianjian/")
    refused = run("witness", "cosign", request, "-o", answer, "--folder", str(tmp_path / "nowhere"))
    assert refused.exit_code == 2 and "holds no witness" in refused.stderr
    assert run("log", "request", "--all", "-o", request, "--data", data).exit_code == 0
    refused = run("witness", "cosign", request, "-o", answer, "--folder", folder)
    assert refused.exit_code == 1 and "no key trusted" in refused.stderr
    assert run("log", "restored", "--because", "disk", "--data", data).exit_code == 2
    assert run("verify", "--anchor", answer, "--data", data).exit_code == 2
    insider = Insider(DatabaseCase("sqlite", None, Path(data)))
    with insider.inside():
        insider.edit(2, lambda state: state.replace("州".encode(), "省".encode()))
    broken = run("verify", "--data", data)
    assert broken.exit_code == 1
    assert "V2 a stored event was edited [2]" in broken.stdout and "Next: stop writing" in broken.stdout


def test_tiles_are_written_for_others_to_audit(tmp_path: Path) -> None:
    data, out = str(tmp_path / "county"), tmp_path / "public"
    build(Settings(folder=tmp_path / "county")).close()
    assert run("tiles", str(out), "--data", data).exit_code == 0
    assert (out / "checkpoint").exists()
    assert (out / "tile" / "0" / "000.p" / "1").stat().st_size == 32
    assert b"system.LogOpened" in (out / "tile" / "entries" / "000.p" / "1").read_bytes()
    again = run("tiles", str(out), "--data", data)
    assert again.exit_code == 2 and "not empty" in again.stderr


def test_a_second_tree_by_setting(tmp_path: Path) -> None:
    def with_sm3(value: str, *words: str) -> Result:
        env = {"LIANJIAN_DATABASE_URL": None, "LIANJIAN_DATA": str(tmp_path), "LIANJIAN_SM3": value}
        return CliRunner(env=env).invoke(app, list(words))

    build(Settings(folder=tmp_path)).close()
    assert with_sm3("1", "checkpoint").exit_code == 0
    verified = json.loads(with_sm3("0", "verify", "--json").stdout)
    assert verified["ok"] and verified["checked"]["events (sm3)"] == 1
    wrong = with_sm3("yes", "verify")
    assert wrong.exit_code == 2 and "LIANJIAN_SM3" in wrong.stderr
