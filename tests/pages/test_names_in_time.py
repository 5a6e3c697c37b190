"""A village renamed in the year, one given its name elsewhere, a unit renamed after the year, and a village merged: what
pages, papers, tables, packages and look-ups call them, now and as known before."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from openpyxl import load_workbook
from typer.testing import CliRunner

from application.proof.packaging import package
from application.questions.results.explaining import pairing_of
from application.system import System
from application.verbs.registry.units_and_villages import (
    learn_village_alias,
    merge_village,
    rename_branch,
    rename_village,
)
from domain.integrity.archive import unpack
from domain.kernel.errors import Unknown
from domain.registry.events import EntryKind
from interface.cli.main import app as command
from projections.boards.registry.names import Names, OtherName
from projections.figures.overview import PairingListing, pairing_rows
from tests.kit.acts import carried
from tests.kit.databases import DatabaseCase
from tests.kit.demo_ids import BRANCH, PAIRING, VILLAGE_ID
from tests.kit.numbers import finding_id
from tests.kit.serving import Visitor, demo_app
from tests.kit.yearend import by, published_run, run_named

IN_YEAR, LATER, AFTER, MERGED = date(2025, 7, 1), date(2025, 9, 1), date(2026, 3, 1), date(2026, 4, 1)
OLD, NEW, UNIT_OLD, UNIT_NEW = "南溪村", "南溪新村", "云州法院", "云州中级法院"
TOWNSHIP, ELSEWHERE = "南坡镇", "云溪镇"
VILLAGE = EntryKind.VILLAGE


@dataclass
class Renamings:
    """The county with its renamings, and the position before the first."""

    system: System
    app: FastAPI
    before: int
    before_merging: int
    rows: dict[str, PairingListing]
    """The pairings of 2025 by the village's name as the ledgers have it."""

    def page(self, path: str, who: str = "kaohe") -> str:
        """What a reader sees of a page."""
        answer = Visitor(self.app, who).get(path)
        assert answer.status_code == 200, answer.text
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))

    def listed(self, path: str) -> str:
        """What the list of pairings shows of those with one of some names: it is longer than a page."""
        return "".join(self.page(f"{path}&limit=100&q={quote(part)}") for part in ("南溪", "凤", TOWNSHIP))

    def cells(self, path: str) -> list[list[str]]:
        """A table as a file."""
        text = Visitor(self.app, "kaohe").get(path).content.decode("utf-8-sig")
        return list(csv.reader(io.StringIO(text)))


@pytest.fixture(scope="module")
def county(module_database: DatabaseCase) -> Iterator[Renamings]:
    system, app = demo_app(module_database.folder, module_database.url)
    before = system.runner.position()
    with system.reading() as connection:
        rows = {row.name: row for row in pairing_rows(connection, 2025, before)}
    done = partial(carried, system, by=by("kaohe"))
    done(rename_village, VILLAGE_ID, name=NEW, renamed_on=IN_YEAR)
    done(rename_village, rows["东寨村"].village, name=NEW, renamed_on=LATER)
    names = {"unit_name": UNIT_NEW, "branch_name": f"{UNIT_NEW}党总支"}
    done(rename_branch, BRANCH, **names, renamed_on=AFTER)
    done(learn_village_alias, VILLAGE_ID, alias="小南溪", because="村民俗称")
    published_run(system)
    before_merging = system.runner.position()
    done(merge_village, rows["凤井村"].village, into=rows["凤塘村"].village, merged_on=MERGED)
    yield Renamings(system, app, before, before_merging, rows)
    assert system.runner.check() == [], "rebuilt, the tables are the same"
    system.close()


def test_a_list_of_a_year_shows_the_names_of_its_last_day(county: Renamings) -> None:
    shown = county.listed("/pairings?year=2025")
    assert f"{NEW}（{TOWNSHIP}）" in shown and f"{NEW}（{ELSEWHERE}）" in shown, (
        "two of one name are told apart"
    )
    assert f"{OLD} " not in shown and UNIT_OLD in shown and UNIT_NEW not in shown
    assert "凤井村" in shown and "凤塘村（原" not in shown, "it was merged after the year"
    now = county.listed("/pairings?year=2026")
    assert UNIT_NEW in now and "凤塘村（原凤井村）" in now, "both pairings last, and stay apart"
    assert county.page(f"/pairings?year=2026&q={quote('凤塘村')}").count("凤塘村") == 2, (
        "both are found by it"
    )
    for room in ("/verification", "/matrix", "/results"):
        path = f"{room}?year=2025&q={quote(TOWNSHIP)}"
        assert UNIT_OLD in county.page(path) and UNIT_NEW not in county.page(path)


def test_a_page_says_what_its_thing_was_and_is_called_otherwise(county: Renamings) -> None:
    shown = county.page(f"/pairings/{PAIRING}?year=2025")
    assert f"{NEW}（{TOWNSHIP}） × {UNIT_OLD} " in shown
    assert f"原名 {OLD}（2025-07-01 前）" in shown and f"后名 {UNIT_NEW}（自 2026-03-01）" in shown
    assert f"× {UNIT_NEW} " in county.page(f"/pairings/{PAIRING}?year=2026")
    found = county.page(f"/findings/{finding_id(county.system)}")
    assert f"{OLD} × {UNIT_OLD}" in found and f"后名 {NEW}（自 2025-07-01）" in found
    merged = county.page(f"/pairings/{county.rows['凤井村'].pairing_id}?year=2025")
    assert "后名 凤塘村（自 2026-04-01）" in merged
    english = county.page(f"/pairings/{PAIRING}?year=2025&lang=en")
    assert (
        f"formerly {OLD} (before 2025-07-01)" in english and f"later {UNIT_NEW} (since 2026-03-01)" in english
    )


def test_a_sentence_shows_the_names_of_its_own_day(county: Renamings) -> None:
    shown = county.page(f"/trail?thing={quote(OLD)}")
    assert f"{OLD} 自 2025-07-01 起更名为 {NEW}" in shown
    assert f"{UNIT_OLD} 自 2026-03-01 起更名为 {UNIT_NEW}" in county.page(f"/trail?thing={quote(UNIT_NEW)}")
    assert "凤井村 自 2026-04-01 起并入 凤塘村" in county.page(f"/trail?thing={quote('凤井村')}")
    told = county.page(f"/trail?thing={PAIRING}&occurred_from=2025-06-01&occurred_to=2025-08-31")
    assert f"在 {OLD} 开展" in told and f"在 {NEW} 开展" in told


def test_an_order_is_in_the_names_of_its_day_and_a_notice_too(county: Renamings) -> None:
    order = county.page(f"/documents/order/{finding_id(county.system)}")
    assert UNIT_OLD in order and OLD in order and NEW not in order and UNIT_NEW not in order
    run_id = run_named(county.system, "2025-1")
    notice = county.page(f"/documents/notice/{run_id}/{BRANCH}")
    assert UNIT_NEW in notice and UNIT_OLD not in notice and NEW in notice
    posted = county.page(f"/notice/{run_id}?whole=1")
    assert UNIT_NEW in posted and f"{NEW}（{TOWNSHIP}）" in posted and "凤塘村（原凤井村）" in posted
    book = Visitor(county.app, "kaohe").get(f"/documents/summary/{run_id}").content
    sheets = load_workbook(io.BytesIO(book)).worksheets
    words = {str(cell) for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row}
    assert {UNIT_NEW, f"{NEW}（{TOWNSHIP}）", f"{NEW}（{ELSEWHERE}）"} <= words and UNIT_OLD not in words


def test_a_table_of_scores_shows_the_names_of_the_years_end(county: Renamings) -> None:
    system = county.system
    for rows in (
        county.cells("/ranking.csv?year=2025"),
        list(csv.reader(io.StringIO(system.scoring.csv(2025, system.runner.position())))),
    ):
        names = [row[0] for row in rows[1:]]
        assert {f"{NEW}（{TOWNSHIP}）", f"{NEW}（{ELSEWHERE}）", "凤井村"} <= set(names)
        assert len(set(names)) == len(names) and OLD not in names
    earlier = system.scoring.csv(2025, county.before)
    assert "\n南溪村," in earlier and NEW not in earlier


def test_a_package_tells_each_step_in_the_names_of_its_day(county: Renamings) -> None:
    members = unpack(package(county.system, "score", PAIRING, by("fuhe"), 2025))
    told = "\n".join(each.decode() for name, each in members.items() if name.endswith(".zh.txt"))
    assert f"在 {OLD} 开展" in told and f"在 {NEW} 开展" in told, (
        "without a township: it is about one village"
    )
    assert UNIT_NEW not in told.replace(f"起更名为 {UNIT_NEW}", "")


def test_pages_of_the_past_know_only_the_names_of_then(county: Renamings) -> None:
    shown = county.listed(f"/pairings?year=2025&at={county.before}")
    assert OLD in shown and NEW not in shown
    assert "原名" not in county.page(f"/pairings/{PAIRING}?year=2025&at={county.before}")
    shown = county.listed(f"/pairings?year=2026&at={county.before_merging}")
    assert "凤井村" in shown and "原凤井村" not in shown
    about = county.listed("/pairings?year=2025&about=2025-08-15")
    assert NEW in about and f"{NEW}（" not in about, "the other was not called so yet"


@pytest.mark.parametrize("wanted", [OLD, "小南溪", "南 溪 新 村(南坡镇)", "法院党总支", TOWNSHIP])
def test_search_finds_former_names_aliases_and_other_spellings(county: Renamings, wanted: str) -> None:
    for path in ("/pairings", "/verification", "/matrix"):
        assert UNIT_OLD in county.page(f"{path}?year=2025&q={quote(wanted)}"), path
    assert UNIT_NEW in county.page(f"/trend?q={quote(wanted)}")
    assert UNIT_OLD not in county.page("/pairings?year=2025&q=没有这个村")


def test_explaining_takes_any_name_and_asks_for_the_township(county: Renamings) -> None:
    system, at = county.system, county.system.runner.position()
    with system.reading() as connection:
        for named in (OLD, "小南溪", f"{NEW}（{TOWNSHIP}）", "南 溪 村"):
            assert pairing_of(connection, 2025, named, None, at) == PAIRING
        assert pairing_of(connection, 2025, NEW, None, at, TOWNSHIP) == PAIRING
        assert pairing_of(connection, 2025, OLD, UNIT_NEW, at) == PAIRING, "a later name of the unit"
        with pytest.raises(Unknown, match=f"name the township.*{ELSEWHERE}.*{TOWNSHIP}"):
            pairing_of(connection, 2025, NEW, None, at)
        merged, into = (county.rows[name].pairing_id for name in ("凤井村", "凤塘村"))
        assert pairing_of(connection, 2026, "凤井村", None, at) == merged
        assert pairing_of(connection, 2026, "凤塘村", None, at) == into
        with pytest.raises(Unknown, match="village of 别的镇"):
            pairing_of(connection, 2025, OLD, None, at, "别的镇")


def test_the_command_asks_for_the_township(
    county: Renamings, module_database: DatabaseCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIANJIAN_DATABASE_URL", module_database.url or "")
    words = ["explain", "--data", str(module_database.folder), "--year", "2025", "--indicator", "A3"]
    asked = CliRunner().invoke(command, [*words, "--village", NEW])
    assert asked.exit_code == 2 and "name the township" in asked.output
    for answer in ([NEW, "--township", TOWNSHIP], [OLD]):
        told = CliRunner().invoke(command, [*words, "--json", "--village", *answer])
        assert told.exit_code == 0 and PAIRING in told.output, told.output


def test_names_of_any_day_as_known_at_any_position(county: Renamings) -> None:
    other, merged = county.rows["东寨村"].village, county.rows["凤井村"].village
    with county.system.reading() as connection:
        names, then = Names(connection), Names(connection, county.before)
        assert names.villages(date(2025, 6, 30))[VILLAGE_ID] == OLD
        assert names.villages(IN_YEAR)[VILLAGE_ID] == NEW
        assert names.villages(LATER)[VILLAGE_ID] == f"{NEW}（{TOWNSHIP}）"
        assert names.villages(LATER, {VILLAGE_ID})[VILLAGE_ID] == NEW, "nobody of its name beside it"
        assert names.villages(MERGED)[merged] == "凤塘村（原凤井村）" != names.villages(AFTER)[merged]
        assert then.villages(LATER)[VILLAGE_ID] == OLD
        assert names.units(AFTER)[BRANCH] == UNIT_NEW and names.units(LATER)[BRANCH] == UNIT_OLD
        assert names.others(BRANCH, LATER) == [OtherName(UNIT_NEW, from_on=AFTER)]
        assert names.others(VILLAGE_ID) == [OtherName(OLD, until_on=IN_YEAR)]
        assert names.others(other, IN_YEAR) == [OtherName(NEW, from_on=LATER)]
        assert then.others(VILLAGE_ID) == [] == names.others("v-nobody")
        assert set(names.named("南 溪新村")) == {VILLAGE_ID, other}
        assert names.named("") == [] and names.matches("", "v-nobody")
        assert list(names.villages()) == list(names.villages(LATER)), "in the order of registration"


def test_a_form_takes_the_name_as_pages_show_it(county: Renamings) -> None:
    admin = Visitor(county.app, "guanli")
    new = {"username": "xincun", "person": "村文书", "display_name": "村文书", "office": NEW}
    new |= {"role": "village_clerk", "password": "cun-wen-shu-2026"}
    asked = admin.post("/accounts", village=NEW, **new)
    assert asked.status_code == 422, "two bear the name: one is chosen, by the name that pages show"
    (chosen,) = re.findall(rf'<option value="([^"]+)"[^>]*>{NEW}（{TOWNSHIP}）', asked.text)
    opened = admin.post("/accounts", village=chosen, **new)
    assert opened.status_code == 200, opened.text
