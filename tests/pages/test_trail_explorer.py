"""The trail as an auditor uses it: what changed, why, how late, what looks odd, and all of it in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest
from fastapi import FastAPI
from openpyxl import load_workbook

from application.catalogue import CATALOGUE
from application.system import System
from application.verbs.pairing.activities import (
    correct_activity,
    record_activity,
)
from domain.kernel.recorded import By, Source
from domain.pairing.events import ActivityKind
from interface.web.kit.exporting import as_csv, as_xlsx
from interface.words import LABELS
from projections.boards import trail
from projections.figures.anomalies import anomalies
from tests.kit.acts import carried
from tests.kit.demo_ids import PAIRING
from tests.kit.serving import Visitor, demo_app

BY = By(actor="danwei", office="测试办", source=Source(kind="page", name="/test"), correlation="one act")


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[System, FastAPI, str]]:
    """The county, an activity entered late and corrected, and an appeal carried to its end."""
    system, app = demo_app(tmp_path_factory.mktemp("trail"))
    today = system.today()
    activity = carried(
        system,
        record_activity,
        near="",
        pairing_id=PAIRING,
        kind=ActivityKind.FORUM,
        held_on=date(2025, 5, 5),
        topic="=1+1",
        participants=9,
        persons_visited=None,
        reported_on=date(2025, 7, 7),
        today=today,
        by=BY,
    )
    carried(
        system,
        correct_activity,
        activity,
        kind=ActivityKind.FORUM,
        held_on=date(2025, 5, 6),
        topic="=1+1",
        participants=11,
        persons_visited=None,
        because="日期有误",
        today=today,
        by=BY,
    )
    Visitor(app, "kaohe").post("/results/2025/freeze-run", acknowledged="1", because="年终核定")
    Visitor(app, "danwei").post(
        "/appeals/file-appeal", year="2025", pairing_id=PAIRING, indicator="C2", finding_id="", grounds="漏登"
    )
    Visitor(app, "fuhe").post(f"/appeals/SS{today.year}-001/admit-appeal")
    decided = Visitor(app, "fuhe").post(
        f"/appeals/SS{today.year}-001/decide-appeal",
        outcome="varied",
        corrected_points_hundredths="6.00",
        reasons="应予更正",
    )
    assert decided.status_code == 200, decided.text
    yield system, app, activity
    system.close()


def test_each_event_tells_what_it_changed(county: tuple[System, FastAPI, str]) -> None:
    system, app, activity = county
    with system.reading() as connection:
        rows = trail.page(connection, trail.TrailFilter(thing=activity), limit=5)
        changed = trail.differences(connection, rows)
    corrected, held = rows
    assert {d.name: (d.before, d.after) for d in changed[corrected.position]} == {
        "held_on": ("2025-05-05", "2025-05-06"),
        "participants": (9, 11),
        "because": (None, "日期有误"),
    } | {d.name: (d.before, d.after) for d in changed[corrected.position] if d.name == "corrected_on"}
    assert all(d.before is None for d in changed[held.position])
    page = Visitor(app, "shenji").get(f"/events/{corrected.position}").text
    assert "<del>9</del>" in page and "<ins>11</ins>" in page


def test_late_and_assumed_entries_are_marked_and_found(county: tuple[System, FastAPI, str]) -> None:
    system, app, activity = county
    with system.reading() as connection:
        held = trail.page(connection, trail.TrailFilter(thing=activity), limit=5)[-1]
        late = trail.page(connection, trail.TrailFilter(late=True), limit=10_000)
    assert held.days_late == 63
    assert held.position in {row.position for row in late}
    assert all(row.days_late > trail.LATE for row in late)
    auditor = Visitor(app, "shenji")
    assert "补录 63 天" in auditor.get(f"/events/{held.position}").text
    assert "补录" in auditor.get("/trail?late=1").text
    assert "推定" in auditor.get("/trail?assumed=1").text
    assert "测试办" in auditor.get("/trail?office=测试办").text
    assert auditor.get("/trail?office=nobody").text.count('<ul class="events">') == 1


def test_a_decision_and_what_followed_stand_in_one_tree(county: tuple[System, FastAPI, str]) -> None:
    system, app, _ = county
    with system.reading() as connection:
        ruled = trail.page(connection, trail.TrailFilter(names=["assessment.PointsRuled"]), limit=1)[0]
        tree = trail.tree_of(connection, ruled, system.log.position())
        assert tree.row.name == "appeal.AppealDecided"
        assert {each.row.name for each in tree.then} >= {"assessment.PointsRuled"}
        before = trail.tree_of(connection, tree.row, tree.row.position)
        assert before.then == (), "what followed was not known then"
    page = Visitor(app, "shenji").get(f"/events/{ruled.position}").text
    assert "起因与后果" in page and f'href="/events/{tree.row.position}"' in page


def test_a_jump_to_a_day_shows_its_newest_event_first(county: tuple[System, FastAPI, str]) -> None:
    system, app, _ = county
    today = system.today()
    auditor = Visitor(app, "shenji")
    newest = re.search(r'href="/events/(\d+)"', auditor.get(f"/trail?jump={today}").text)
    assert newest is not None and int(newest[1]) == system.log.position()
    assert "没有记录" in auditor.get("/trail?jump=2020-01-01").text
    assert auditor.get("/trail?jump=soon").status_code == 422


def test_the_trail_as_a_spreadsheet_equals_the_page(county: tuple[System, FastAPI, str]) -> None:
    system, app, activity = county
    auditor = Visitor(app, "shenji")
    answer = auditor.get(f"/trail/export?format=xlsx&thing={activity}")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    header, corrected, held = sheet.iter_rows(values_only=True)
    assert header[:4] == ("记录号", "事件", "内容", "变更前后")
    assert "参加人数: 9 → 11" in str(corrected[3]) and "日期: 2025-05-05 → 2025-05-06" in str(corrected[3])
    assert held[8] == 63
    text = auditor.get(f"/trail/export?format=csv&thing={activity}&lang=en").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0][:4] == ["Record number", "Event", "Content", "Before and after"]
    assert [int(row[0]) for row in rows[1:]] == [corrected[0], held[0]]
    whole = list(csv.reader(io.StringIO(auditor.get("/trail/export?format=csv").content.decode("utf-8-sig"))))
    assert len(whole) == 1 + system.log.position()
    past = list(
        csv.reader(io.StringIO(auditor.get("/trail/export?format=csv&at=100").content.decode("utf-8-sig")))
    )
    assert len(past) == 101
    assert auditor.get("/trail/export?format=doc").status_code == 422
    assert Visitor(app, "danwei").get("/trail/export").status_code == 403


def test_no_cell_is_a_formula() -> None:
    rows = [["=1+1", "@x", "-2+3", 3, date(2026, 1, 1), None, "好\x00"]]
    sheet = load_workbook(io.BytesIO(as_xlsx(rows, "t"))).active
    assert sheet is not None
    assert [cell.data_type for cell in sheet[1]] == ["s", "s", "s", "n", "d", "n", "s"]
    assert sheet["A1"].value == "=1+1" and sheet["G1"].value == "好"
    (line,) = list(csv.reader(io.StringIO(as_csv(rows).decode("utf-8-sig"))))
    assert line[:4] == ["'=1+1", "'@x", "'-2+3", "3"]


def test_what_looks_odd_is_listed_and_nothing_else(tmp_path: Path) -> None:
    system, app = demo_app(tmp_path)
    with system.reading() as connection:
        before = anomalies(connection, 2025, system.log.position())
    for n in range(60):
        carried(
            system,
            record_activity,
            near="",
            pairing_id=PAIRING,
            kind=ActivityKind.VOLUNTEERING,
            held_on=date(2025, 12, 23 + n % 8),
            topic=f"活动 {n}",
            participants=20,
            persons_visited=None,
            reported_on=date(2025, 12, 31),
            today=system.today(),
            by=BY,
        )
    with system.reading() as connection:
        position = system.log.position()
        after = anomalies(connection, 2025, position)
        new = {(each.kind, each.thing) for each in after} - {(each.kind, each.thing) for each in before}
        earlier = anomalies(connection, 2025, position - 60)
    assert new == {("year_end_burst", PAIRING)} or new == {
        ("year_end_burst", PAIRING),
        ("round_numbers", PAIRING),
    }
    assert earlier == before
    assert "年末集中开展活动" in Visitor(app, "shenji").get("/anomalies").text
    assert Visitor(app, "danwei").get("/anomalies").status_code == 403
    system.close()


def test_a_large_trail_is_counted_up_to_a_bound(
    county: tuple[System, FastAPI, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    system, app, _ = county
    monkeypatch.setattr(trail, "COUNTED", 500)
    assert "超过 500 条" in Visitor(app, "shenji").get("/trail").text
    with system.reading() as connection:
        assert trail.count(connection, trail.TrailFilter()) == 501
        assert trail.count(connection, trail.TrailFilter(actor="danwei")) < 500


def test_every_field_of_every_event_has_a_word() -> None:
    names = {each.name for name in CATALOGUE for each in fields(CATALOGUE[name])}
    assert names - set(LABELS["field"]) == set()
