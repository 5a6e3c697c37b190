"""Runs worked out again, compared and proved: by command, on either database, and with two people at once."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result
from sqlalchemy import update
from typer.testing import CliRunner

from application.proof.packaging import package
from application.proof.verifying import verify_system
from application.questions.results.receipts import proved
from application.questions.results.reproducing import reproduce, reproduced
from application.system import System
from application.verbs.supervision import withdraw_finding
from domain.assessment.year import clauses
from domain.assessment.year.events import RunFrozen
from domain.integrity.evidence import Failed, check
from domain.integrity.proofs import ProofError
from domain.integrity.receipts import canonical, verify_receipt
from domain.kernel.errors import Rejected, Unknown
from domain.kernel.recorded import By, Source
from interface.cli.main import app
from interface.demo.accounts import UNIT, VILLAGE
from projections.facts.fact_table import facts
from projections.scores.receipts import LISTED, key_of, positions
from tests.kit.acts import carried
from tests.kit.databases import DatabaseCase
from tests.kit.demo_ids import PAIRING
from tests.kit.numbers import finding_id
from tests.kit.prepared import prepared
from tests.kit.yearend import freeze, run_named, runs_of

BY = By(actor="kaohe", source=Source(kind="command", name="test"))
DAY = date(2026, 1, 20)


def county(folder: Path, url: str | None = None) -> System:
    """The demo county with a frozen run."""
    return prepared(folder, url, then=freeze)


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """One county for the tests that leave it as it is, or put it back."""
    made = county(tmp_path_factory.mktemp("county"))
    yield made
    made.close()


def test_a_run_is_the_same_on_both_databases_and_by_the_log_alone(database: DatabaseCase) -> None:
    made = county(database.folder, database.url)
    try:
        run = runs_of(made).run(run_named(made, "2025-1")).frozen
        assert (run.subjects, run.software, run.frozen_by) == (147, made.pinning.software, "kaohe")
        assert run.results_digest.startswith("9ed09cd9a43d4a8d"), "the county's results of 2025"
        # Later records are not looked at.
        carried(
            made,
            withdraw_finding,
            finding_id(made),
            withdrawn_on=DAY,
            because="误判",
            appeal_id="",
            today=DAY,
            by=BY,
        )
        assert reproduce(made, "2025-1").differing == []
        with made.views.begin() as connection:
            connection.execute(update(facts).where(facts.c.kind == "case_published").values(level="county"))
        changed = reproduce(made, "2025-1")
        assert not changed.equal and changed.log_agrees
        assert [each.name for each in changed.differing] == ["results_digest", "receipts_root"]
        made.runner.rebuild()
        assert reproduce(made, "2025-1").equal
    finally:
        made.close()


def test_what_is_newer_around_a_run_is_told_and_harmless(system: System) -> None:
    run = runs_of(system).run(run_named(system, "2025-1")).frozen
    newer = replace(system.pinning, software="lianjian 99")
    found = reproduced(newer, run, 1)
    assert found.equal and [each.name for each in found.differing] == ["software"]
    other = reproduced(system.pinning, replace(run, scheme_digest="00", cut_off_at=5), 1)
    assert not other.equal and {each.name for each in other.differing} == {"scheme_digest", "cut_off_at"}
    old = replace(run, receipts_root="", scheme_digest="", calendar_version="", engine_version=0, software="")
    earlier = reproduced(system.pinning, old, 1)
    assert earlier.equal and not earlier.differing
    assert {each.name for each in earlier.parts if not each.kept} == {
        "receipts_root",
        "scheme_digest",
        "calendar_version",
        "engine_version",
        "software",
    }
    nothing = reproduced(system.pinning, replace(run, known_at=1), 1)
    assert not nothing.equal and "published scheme" in nothing.failure


def test_receipts_are_checked_with_the_log_and_old_runs_go_without(tmp_path: Path) -> None:
    made = county(tmp_path)
    run = runs_of(made).run(run_named(made, "2025-1")).frozen
    old = asdict(run) | {
        "run_id": "r-2",
        "number": 2,
        "receipts_root": "",
        "scheme_digest": "",
        "software": "",
    }
    false = asdict(run) | {"run_id": "r-3", "number": 3, "receipts_root": "ab" * 32}
    made.log.append([("runs-2025", 2, RunFrozen(**old), BY), ("runs-2025", 3, RunFrozen(**false), BY)])
    made.log.notify({RunFrozen.NAME})
    report = verify_system(made)
    (problem,) = report.problems
    assert report.checked["runs"] == 3
    assert (problem.check, problem.kind) == ("V13", "run_changed")
    assert "run 2025-3" in problem.message and "receipts_root" in problem.message
    with pytest.raises(Unknown, match="before they were kept"):
        proved(made, "2025-2", PAIRING)
    with pytest.raises(Unknown, match="lianjian reproduce"):
        proved(made, "2025-3", PAIRING)
    made.close()


def test_one_line_is_proved_without_the_others(system: System) -> None:
    made = proved(system, "2025-1", PAIRING, ("A3",))
    (entry,) = made["receipts"]
    assert {entry["receipt"][name] for name in ("pairing", "id", "kind")} == {PAIRING, "A3", "line"}
    verify_receipt(entry["receipt"], entry["index"], made["size"], entry["path"], made["root"])
    other = {**entry["receipt"], "points": "9.99"}
    with pytest.raises(ProofError):
        verify_receipt(other, entry["index"], made["size"], entry["path"], made["root"])
    every = proved(system, "2025-1", PAIRING)["receipts"]
    assert [each["receipt"]["kind"] for each in every].count("sheet") == 1
    assert {each["receipt"]["pairing"] for each in every} == {PAIRING}
    with pytest.raises(Unknown, match="Z9"):
        proved(system, "2025-1", PAIRING, ("Z9",))
    assert proved(system, "2025-1", "nobody")["receipts"] == []
    pinned = system.pinning.pinned(2025, made["receipts"][0]["receipt"]["known_at"])
    assert sorted(pinned.receipts, key=key_of) == pinned.receipts
    assert max(len(canonical(each)) for each in pinned.receipts) < 4096


def test_many_positions_are_told_by_ranges_and_a_digest() -> None:
    assert positions([3, 1, 2]) == [1, 2, 3]
    many = positions(range(1, LISTED + 2))
    assert (many["count"], many["ranges"]) == (LISTED + 1, [[1, LISTED + 1]])
    scattered = positions(range(0, 4 * LISTED, 2))
    assert scattered["ranges"] == [[0, 4 * LISTED - 2]] and scattered["sha256"] != many["sha256"]


def test_a_package_proves_its_receipts_offline(system: System) -> None:
    made = package(system, "score", PAIRING, BY, 2025)
    evidence = check(made, [system.custody.fingerprint()])
    assert evidence.receipts["2025-1"] > 14
    with pytest.raises(Failed):
        check(made[:-1])


def test_two_people_freezing_at_once_make_one_run(database: DatabaseCase) -> None:
    made = county(database.folder, database.url)
    today = made.today()

    def frozen_by(actor: str) -> str:
        together.wait()
        try:
            return freeze(made, because=actor, day=DAY, who=replace(BY, actor=actor))
        except Rejected as error:
            assert "2025-2" in error.because
            return error.clause.id

    together = threading.Barrier(2)
    with pytest.raises(Rejected, match=clauses.FROZEN_ONCE.id):
        freeze(made, because="再核", day=DAY, who=BY)
    carried(
        made,
        withdraw_finding,
        finding_id(made),
        withdrawn_on=today,
        because="误判",
        appeal_id="",
        today=today,
        by=BY,
    )
    with ThreadPoolExecutor(2) as pool:
        told = set(pool.map(frozen_by, ("kaohe", "fukao")))
    runs = [each.frozen for each in runs_of(made).runs.values()]
    assert told == {runs[-1].run_id, clauses.FROZEN_ONCE.id}
    assert [run.run_no for run in runs] == ["2025-1", "2025-2"]
    assert all(reproduce(made, run.run_id).equal for run in runs)
    made.close()


def test_a_run_of_an_earlier_position_is_what_was_known_then(system: System) -> None:
    run_id = freeze(system, because="往前看", day=DAY, known_at=6000, who=BY)
    run, now = (runs_of(system).run(each).frozen for each in (run_id, run_named(system, "2025-1")))
    assert run.known_at == 6000 and run.results_digest != now.results_digest
    assert reproduce(system, run_id).equal
    for beyond in (0, system.log.position() + 1):
        with pytest.raises(Rejected, match=clauses.FROZEN_AS_KNOWN.id):
            freeze(system, because="往后看", day=DAY, known_at=beyond, who=BY)
    with pytest.raises(Unknown):
        freeze(system, year=2019, because="没有细则", day=DAY, who=BY)


def run(system: System, *words: str) -> Result:
    env = {"LIANJIAN_DATABASE_URL": None, "LIANJIAN_DATA": None}
    return CliRunner(env=env).invoke(app, [*words, "--data", str(system.settings.folder)])


@pytest.mark.long
def test_by_command(system: System) -> None:
    again = run(system, "reproduce", "--run", "2025-1", "--json")
    assert again.exit_code == 0 and json.loads(again.stdout)["equal"] is True
    assert run(system, "reproduce", "--run", "2025-9").exit_code == 2
    with system.views.begin() as connection:
        connection.execute(update(facts).where(facts.c.kind == "case_published").values(level="county"))
    differs = run(system, "reproduce", "--run", "2025-1")
    assert differs.exit_code == 1
    assert "results_digest: frozen 9ed09cd9" in differs.stdout and "lianjian rebuild heals" in differs.stdout
    system.runner.rebuild()

    at = runs_of(system).run(run_named(system, "2025-1")).frozen.known_at
    told = json.loads(run(system, "compare", "--from", "6000", "--to", "2025-1", "--json").stdout)
    assert (told["year"], told["first"]["known_at"], told["second"]["known_at"]) == (2025, 6000, at)
    assert (
        len(told["rows"]) == told["moved"] > 0 and told["next"] is None and told["risen"] + told["fallen"] > 0
    )
    lines = run(system, "compare", "--from", "6000", "--to", str(at), "--year", "2025").stdout
    assert f"{VILLAGE} × {UNIT}" in lines
    for wrong in (("soon", "2025-1"), ("2025-1", "2024-1"), ("99999999", "2025-1")):
        assert run(system, "compare", "--from", wrong[0], "--to", wrong[1]).exit_code == 2
    assert "name one --year" in run(system, "compare", "--from", "6000", "--to", "7000").stderr

    receipt = json.loads(
        run(system, "receipt", "--run", "2025-1", "--village", VILLAGE, "--indicator", "A3", "--json").stdout
    )
    assert [each["receipt"]["id"] for each in receipt["receipts"]] == ["A3"]
    assert "proved by" in run(system, "receipt", "--run", "2025-1", "--village", VILLAGE).stdout
    assert run(system, "receipt", "--run", "soon", "--village", VILLAGE).exit_code == 2
