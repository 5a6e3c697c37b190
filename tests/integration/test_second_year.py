"""Two years of a whole county: the second year's ledgers leave the first as it was, and score the second by the same scheme."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from application.proof.packaging import package
from application.proof.verifying import verify_system
from application.questions.results.receipts import proved
from application.questions.results.reproducing import frozen_run, reproduce
from application.questions.results.run_results import results_csv, run_results
from application.questions.results.scoring import digest
from application.settings import Settings
from application.system import System
from application.verbs.assessment.appeals import admit_appeal, decide_appeal, file_appeal
from domain.integrity.archive import unpack
from domain.integrity.evidence import MANIFEST, check
from domain.kernel.ids import SeededIds
from domain.kernel.parties import Side
from domain.registry.events import EntryKind
from interface.composition import build
from projections.boards.findings import findings
from projections.boards.pairing.pairings import pairings
from projections.boards.registry.names import names_on
from projections.figures.county import figures
from projections.figures.year import NAMES, Basis, items, value
from projections.kit.columns import known
from tests.kit.acts import act, carried_out
from tests.kit.clock import Clock
from tests.kit.databases import DatabaseCase
from tests.kit.prepared import prepared
from tests.kit.second_year import Taken, TwoYears, alone, move_on, take, two_years
from tests.kit.serving import Visitor, app_of
from tests.kit.yearend import by, freeze, publish

# A whole walk of two counties' years; tests/integration/test_two_years.py keeps the years apart every time.
pytestmark = pytest.mark.long
FIRST, SECOND = 2025, 2026
FROZEN, PUBLISHED, LATER = date(2026, 6, 1), date(2026, 7, 1), date(2027, 6, 30)
"""All that the first year's ledgers say has happened by the first of these days."""
UNCHANGED = 3
"""Pairings to which nothing need happen, whose packages are compared too."""
REVIEWER = by("fuhe")

Known = dict[str, str]
"""What is shown of a year, to the letter."""


@dataclass
class County:
    """A county over two years, with what was shown of the first before the second was imported."""

    system: System
    run_id: str
    before: Known
    packages: dict[Wanted, bytes]
    going_on: bytes
    """The package of a finding that goes on in the second year."""
    taken: Taken = field(default_factory=Taken)


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> TwoYears:
    return two_years(tmp_path_factory.mktemp("ledgers") / "second")


@pytest.fixture(scope="module")
def county(module_database: DatabaseCase, years: TwoYears) -> Iterator[County]:
    """The first year published, appealed against and shown; then the second year's ledgers, in the middle of the third."""
    clock = Clock(FROZEN)
    system = prepared(module_database.folder, module_database.url, clock)
    run_id = freeze(system, year=FIRST, day=FROZEN)
    clock.turn_to(PUBLISHED)
    publish(system, run_id, FROZEN)
    wanted = wanted_of(system, years, appealed(system))
    before = shown(system, run_id)
    packages = {each: package(system, *each, REVIEWER, FIRST) for each in wanted}
    going_on = package(system, "finding", years.truth.continued["findings"][0], REVIEWER)
    clock.turn_to(LATER)
    made = County(system, run_id, before, packages, going_on)
    made.taken = take(system, years, SECOND)
    move_on(system, SECOND)
    yield made
    system.close()


def test_the_import_asks_for_each_new_name_and_nothing_else(county: County, years: TwoYears) -> None:
    truth = years.truth
    renamed = {each.after for each in (*truth.renamed_units, *truth.renamed_villages)}
    assert {question.value for question in county.taken.asked} == renamed
    assert len(county.taken.asked) == len(renamed)
    assert [each.refused for each in county.taken.results] == [[]] * len(county.taken.results)
    new = Counter[str]()
    for result in county.taken.results:
        new.update({kind: len(names) for kind, names in result.new.items()})
    made = {each.after for each in truth.replaced if each.after.endswith("联建服务中心")}
    assert new == {"units": len(made), "villages": 0, "pairings": len(truth.replaced)}


def test_the_first_year_is_as_it_was_to_the_letter(county: County, years: TwoYears) -> None:
    after = shown(county.system, county.run_id)
    assert after.keys() == county.before.keys()
    changed = {key for key in after if after[key] != county.before[key]}
    # A paper bears the names of the day on which it is made; all else of it is as it was.
    assert {key for key in changed if not key.startswith(PAPERS)} == set()
    assert {key for key in changed if as_called_then(after[key], years) != county.before[key]} == set()


PAPERS = ("/documents/circular/", "/documents/notices/", "/reports/casebook?", "/notice/")


def as_called_then(text: str, years: TwoYears) -> str:
    """With the names of the first year: under which name papers show a thing has tests of its own."""
    for each in (*years.truth.renamed_units, *years.truth.renamed_villages):
        text = text.replace(each.after, each.before)
    return text


def appealed(system: System) -> str:
    """A decided appeal against a line that was published."""
    with system.reading() as connection:
        pairing = connection.execute(select(pairings.c.pairing_id).order_by(pairings.c.pairing_id)).first()
    assert pairing is not None
    contested: dict[str, Any] = {"year": FIRST, "pairing_id": pairing.pairing_id, "indicator": "A3"}
    contested |= {"finding_id": "", "side": Side.UNIT, "grounds": "漏计一次活动"}
    appeal_id = carried_out(system, file_appeal, "", **contested, by=by("danwei")).key
    act(system, admit_appeal, appeal_id, by=REVIEWER)
    act(system, decide_appeal, appeal_id, outcome="upheld", reasons="经核实", by=REVIEWER)
    return appeal_id


# --- what is shown of the first year ------------------------------------------------------------------------------


def shown(system: System, run_id: str) -> Known:
    """Figures, scores, results and papers of the first year, as known now."""
    return {**figures_of(system, FIRST), **results_of(system, run_id), **papers_of(system, run_id)}


def figures_of(system: System, year: int) -> Known:
    """The ten figures, and every figure of the year with what is behind it, by the end of the year."""
    at = system.log.position()
    with system.reading() as connection:
        scheme = system.scoring.scheme(connection, year, at)
        basis = Basis(year=year, known_at=at, on=date(year, 12, 31), cut_off=scheme.cut_off)
        found = {name: (value(connection, name, basis), items(connection, name, basis)) for name in NAMES}
        ten = figures(connection, year, at).as_dict()
    return {f"figure {name}": repr(each) for name, each in (*ten.items(), *found.items())}


def results_of(system: System, run_id: str) -> Known:
    """Scores as known now; the run's results, grades, digests and receipts."""
    at = system.log.position()
    frozen, position = frozen_run(system, run_id)
    with system.reading() as connection:
        results = system.scoring.results(connection, FIRST, at)
        of_run = run_results(system.scoring, connection, run_id, None)
        csv = results_csv(connection, of_run)
    return {
        "scores": system.scoring.csv(FIRST, at),
        "results": repr(results),
        "digest": digest(results),
        "run": repr((frozen, position, of_run)),
        "run csv": csv,
        "receipts": json.dumps([proved(system, run_id, each.result.pairing) for each in of_run.graded[:12]]),
    }


def papers_of(system: System, run_id: str) -> Known:
    """What the run's pages and documents say, without when they were made and the addresses behind their figures."""
    visitor = Visitor(app_of(system), "kaohe")
    paths = (
        f"/runs/{run_id}",
        f"/results?run={run_id}",
        f"/notice/{run_id}",
        f"/documents/notices/{run_id}/print",
        f"/documents/circular/{run_id}",
        f"/reports/annual?year={FIRST}&run={run_id}",
        f"/reports/casebook?year={FIRST}&run={run_id}",
        f"/schemes/{FIRST}",
    )
    return {path: words_of(visitor, path) for path in paths}


OF_TODAY = r"截至报告日.*?(?=从发现到销号)|从第 \d+ 号记录时|20\d\d ?年 ?\d+ ?月 ?\d+ ?日 ?$"
"""What a page says of when it is made: the lights of the day, the position up to which all is known, the date below."""


def words_of(visitor: Visitor, path: str) -> str:
    answer = visitor.get(path)
    assert answer.status_code == 200, path
    page = answer.text[answer.text.index("<main") : answer.text.index("</main>")]
    # What stands behind the last seal is of the page, not of the paper; where several are printed, each has one.
    page = page.rpartition('<section class="seal"')[0] or page
    page = re.sub(r'<section class="seal".*?</section>', " ", page, flags=re.DOTALL)
    page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    return re.sub(OF_TODAY, "", page)


# --- evidence packages --------------------------------------------------------------------------------------------


Wanted = tuple[str, str]
"""Kind and thing of a package."""
ANEW = ("checkpoint", MANIFEST, "summary.html")
"""Members that are made anew with every package, beside the proofs: they say by which checkpoint, and when."""
SAID_ANEW = {"checkpoint", "made_at", "members"}
"""What the manifest says of these."""


def wanted_of(system: System, years: TwoYears, appeal_id: str) -> list[Wanted]:
    """Pairings of which something becomes in the second year (renamed, renewed, replaced, ended), and some others; their
    findings that were closed; an appeal.
    """
    truth, at = years.truth, system.log.position()
    former = {each.after: each.before for each in (*truth.renamed_units, *truth.renamed_villages)}
    villages = [
        *(each.before for each in truth.renamed_villages),
        *(former.get(each.village, each.village) for each in truth.renewed[:2]),
        *(each.village for each in (*truth.replaced, *truth.ended)),
    ]
    units = [each.before for each in truth.renamed_units]
    with system.reading() as connection:
        named_units, named = names_on(connection, EntryKind.BRANCH), names_on(connection, EntryKind.VILLAGE)
        rows = connection.execute(select(pairings).where(known(pairings, at)).order_by(pairings.c.pairing_id))
        scores = [
            row.pairing_id
            for number, row in enumerate(rows)
            if named[row.village] in villages or named_units[row.branch] in units or number < UNCHANGED
        ]
        assert len(scores) >= len(villages) + len(units)
        about = select(findings.c.finding_id).where(known(findings, at), findings.c.status == "closed")
        closed = list(connection.execute(about.where(findings.c.pairing_id.in_(scores))).scalars())
        assert len(closed) > 3
        return [
            *(("score", each) for each in scores),
            *(("finding", each) for each in closed[:6]),
            ("appeal", appeal_id),
        ]


def told_anew(name: str) -> bool:
    """Whether a member says when a package was made, or proves by which checkpoint."""
    return name in ANEW or name.endswith(".tlog-proof")


def compared(before: bytes, after: bytes) -> dict[str, Any]:
    """What differs in a package that is made again; nothing but what says when, and by which checkpoint."""
    first, second = unpack(before), unpack(after)
    differing: dict[str, Any] = {
        name: (first.get(name), second.get(name))
        for name in first.keys() | second.keys()
        if not told_anew(name) and first.get(name) != second.get(name)
    }
    said = [check(each).manifest for each in (before, after)]
    differing |= {
        f"{MANIFEST} {key}": (said[0][key], said[1][key])
        for key in said[0].keys() | said[1].keys()
        if key not in SAID_ANEW and said[0][key] != said[1][key]
    }
    pages = [summary_of(each) for each in (first, second)]
    if pages[0] != pages[1]:
        differing["summary.html"] = pages
    return differing


def summary_of(members: dict[str, bytes]) -> str:
    """The page to print without what it says of the checkpoint and of the hour it was made."""
    page = members["summary.html"].decode()
    return re.sub(r"导出时间：[^<]*|<br>大小：\d+<br>根：<span class=\"hash\">[0-9a-f]+</span>", "", page)


def test_every_package_of_the_first_year_is_the_same_but_for_its_proofs(county: County) -> None:
    for (kind, thing), made in county.packages.items():
        again = package(county.system, kind, thing, REVIEWER, FIRST)
        assert compared(made, again) == {}, (kind, thing)


def test_a_finding_that_goes_on_is_told_with_what_came_of_it(county: County, years: TwoYears) -> None:
    """Its package holds all that it held, to the byte, and the later steps."""
    number = years.truth.continued["findings"][0]
    before, after = (
        unpack(each) for each in (county.going_on, package(county.system, "finding", number, REVIEWER))
    )
    kept = {name: data for name, data in before.items() if not told_anew(name)}
    assert kept == {name: after[name] for name in kept}
    later = after.keys() - before.keys()
    assert {name.split(".")[-1] for name in later} == {"leaf", "json", "txt", "tlog-proof"}
    said = json.loads(next(after[name] for name in sorted(later) if name.endswith(".json")))
    assert said, said


# --- the second year, and any order -------------------------------------------------------------------------------


def empty(folder: Path, name: str) -> System:
    """A county of which nothing is known, in the middle of the third year."""
    (folder / name).mkdir()
    return build(Settings(folder=folder / name), Clock(LATER), ids=SeededIds(name), tell=lambda _: None)


def told(system: System, year: int) -> dict[str, Any]:
    """Figures and scores of a year by what units and villages are called now, without ids and positions, and without the
    count of entries in the log.
    """
    at = system.log.position()
    with system.reading() as connection:
        units, villages = names_on(connection, EntryKind.BRANCH), names_on(connection, EntryKind.VILLAGE)
        couples = {
            row.pairing_id: (units[row.branch], villages[row.village])
            for row in connection.execute(select(pairings).where(known(pairings, at)))
        }
        scheme = system.scoring.scheme(connection, year, at)
        basis = Basis(year=year, known_at=at, on=date(year, 12, 31), cut_off=scheme.cut_off)
        return {
            "ten figures": figures(connection, year, at).as_dict(),
            "figures": {name: value(connection, name, basis) for name in NAMES if name != "known_since"},
            "scores": {
                couples[each.pairing]: (
                    each.sheet.total,
                    each.grade.grade,
                    *((line.indicator.code, line.final) for line in each.sheet.lines),
                )
                for each in system.scoring.results(connection, year, at)
            },
        }


ON_SQLITE = pytest.mark.parametrize("module_database", ["sqlite"], indirect=True)


@ON_SQLITE
def test_the_second_year_is_scored_as_if_it_were_the_first(
    county: County, years: TwoYears, tmp_path: Path
) -> None:
    """By the same scheme moved on; what the first year left to be done in the second is in both."""
    system = empty(tmp_path, "alone")
    taken = take(system, years, SECOND, alone(years, tmp_path / "ledgers"))
    assert (taken.asked, taken.last.refused) == ([], [])
    move_on(system, SECOND)
    expected, found = told(system, SECOND), told(county.system, SECOND)
    assert found == expected
    assert len(found["scores"]) > 140
    system.close()


@ON_SQLITE
def test_the_second_year_may_come_first(county: County, years: TwoYears, tmp_path: Path) -> None:
    system = empty(tmp_path, "backwards")
    early = take(system, years, SECOND)
    # What the second year's ledgers renew they state from the day of renewal: what was done before is refused for now.
    assert {row.code for row in early.last.refused} == {
        "pairing.NOT_BEFORE_ITS_START",
        "livelihood.WITHIN_ITS_PAIRING",
        "supervision.WITHIN_ITS_PAIRING",
    }
    first = take(system, years, FIRST)
    renamed = {each.before for each in (*years.truth.renamed_units, *years.truth.renamed_villages)}
    assert {question.value for question in first.asked} == renamed
    assert first.last.refused == []
    again = take(system, years, SECOND)
    assert (again.asked, again.last.refused) == ([], [])
    move_on(system, SECOND)
    for year in (FIRST, SECOND):
        assert told(system, year) == told(county.system, year)
    assert [take(system, years, year).last.events for year in (FIRST, SECOND)] == [0, 0]
    assert system.runner.check() == []
    system.close()


def test_importing_both_again_records_nothing_and_all_holds(county: County, years: TwoYears) -> None:
    at = county.system.log.position()
    for year in (FIRST, SECOND):
        taken = take(county.system, years, year)
        assert (len(taken.results), taken.last.events, taken.last.refused) == (1, 0, [])
    assert county.system.log.position() == at
    assert reproduce(county.system, county.run_id).differing == []
    assert verify_system(county.system).problems == []
