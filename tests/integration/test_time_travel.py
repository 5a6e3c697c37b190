"""Whatever is shown at a position equals what was shown when it was the newest, and nothing later changes it."""

from __future__ import annotations

import random
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from html import unescape
from importlib.resources import as_file, files
from pathlib import Path

import pytest
from eventsourcing.persistence import StoredEvent
from fastapi import FastAPI
from sqlalchemy import select

from application.catalogue import CATALOGUE
from application.eventlog.opening import open_log
from application.settings import Settings
from application.stores.accounts.keeping import accounts_of
from application.system import System
from application.verbs.pairing.activities import (
    correct_activity,
    record_activity,
    void_activity,
)
from application.verbs.pairing.pairings import start_pairing
from application.verbs.registry.units_and_villages import rename_village
from domain.kernel.ids import SeededIds
from domain.kernel.recorded import By, Source
from domain.pairing.events import ActivityKind
from interface.composition import build
from interface.demo.accounts import VILLAGE, open_demo_accounts
from interface.ledgers.importing import import_folder
from interface.web.app import create_app
from interface.web.trail.compare import lines_of
from projections.boards.pairing.activities import activities
from projections.catalogue import PROJECTIONS
from projections.facts.fact_table import facts
from tests.kit.acts import carried
from tests.kit.demo_ids import PAIRING, VILLAGE_ID
from tests.kit.entries import registered_unit, registered_village
from tests.kit.numbers import finding_id
from tests.kit.serving import QUICK, Visitor, app_of, demo_app
from tests.kit.yearend import freeze

BY = By(actor="danwei", source=Source(kind="command", name="test"))
PAGES = [
    "/overview",
    "/pairings",
    f"/pairings/{PAIRING}",
    "/findings",
    "/findings/WT2025-059",
    f"/scores/{PAIRING}",
    "/ranking",
    "/trail",
    "/trail?thing=南溪村",
    "/events/2000",
    "/runs",
    "/appeals",
]


def play(system: System, n: int) -> None:
    """A few things of every kind that touch what is on the pages."""
    today = system.today()
    activity = carried(
        system,
        record_activity,
        near="",
        pairing_id=PAIRING,
        kind=ActivityKind.FORUM,
        held_on=date(2025, 11, 3 + n),
        topic=f"座谈 {n}",
        participants=12,
        persons_visited=None,
        reported_on=today,
        today=today,
        by=BY,
    )
    if n % 2:
        carried(system, void_activity, activity, because="重复登记", today=today, by=BY)
    carried(system, rename_village, VILLAGE_ID, name=f"{VILLAGE}{n}", renamed_on=today, today=today, by=BY)
    if n == 1:
        freeze(system, because="年度核定", day=today, who=BY)


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[System, FastAPI]]:
    """The county after a few things."""
    system, app = demo_app(tmp_path_factory.mktemp("county"))
    for n in range(3):
        play(system, n)
    yield system, app
    system.close()


@pytest.fixture(scope="module")
def from_the_first(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[System, FastAPI]]:
    """The county whose accounts were opened first, so that somebody can sign in at any position."""
    system = build(Settings(folder=tmp_path_factory.mktemp("whole")), ids=SeededIds("demo"))
    app = app_of(system)
    with as_file(files("interface.demo").joinpath("ledgers")) as ledgers:
        import_folder(system, ledgers, actor="demo")
    # Those of the clerks wait for their unit and village.
    open_demo_accounts(system, app.state.accounts)
    for n in range(3):
        play(system, n)
    yield system, app
    system.close()


def shown(app: FastAPI, path: str, **query: object) -> list[str]:
    """What an auditor, who has no forms, reads on a page."""
    joined = "&".join(f"{name}={value}" for name, value in query.items())
    answer = Visitor(app, "shenji").get(path + ("&" if "?" in path else "?") + joined)
    return lines_of(answer.text) if answer.status_code == 200 else [str(answer.status_code)]


def first_events(whole: System, folder: Path, position: int) -> tuple[System, FastAPI]:
    """A system that has recorded only the first events, byte for byte, with the same names and passwords."""
    for store in ("vault.sqlite3", "accounts.sqlite3"):
        with (
            closing(sqlite3.connect(whole.settings.folder / store)) as kept,
            closing(sqlite3.connect(folder / store)) as copy,
        ):
            kept.backup(copy)
    shutil.copytree(whole.settings.keys, folder / "keys")
    log = open_log(CATALOGUE, database_url=None, folder=folder, clock=whole.clock)
    rows = whole.log.recorder.select_notifications(start=1, limit=position)
    stored = [StoredEvent(n.originator_id, n.originator_version, n.topic, n.state) for n in rows]
    for first in range(0, len(stored), 500):
        log.recorder.insert_events(stored[first : first + 500])
    log.close()
    system = build(Settings(folder=folder))
    assert system.log.position() == position
    return system, create_app(system, accounts_of(system, QUICK))


@pytest.mark.long
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_past_is_what_was_there_at_any_time(
    from_the_first: tuple[System, FastAPI], tmp_path: Path, seed: int
) -> None:
    demand_past(from_the_first, tmp_path, random.Random(seed).randrange(400, 9_000))


def test_the_past_is_what_was_there_then(county: tuple[System, FastAPI], tmp_path: Path) -> None:
    demand_past(county, tmp_path, county[0].log.position() - 3)


def demand_past(county: tuple[System, FastAPI], tmp_path: Path, position: int) -> None:
    """Pages, scores and every table, as a system has them that knows the first events only."""
    then, app = first_events(county[0], tmp_path, position)
    for path in PAGES:
        assert shown(county[1], path, at=position) == shown(app, path), (path, position)
    assert county[0].scoring.csv(2025, position) == then.scoring.csv(2025, position)
    assert compared_tables(county[0], then, position)
    then.close()


def compared_tables(whole: System, part: System, position: int) -> int:
    """How many rows were known at the position, which are those of the first events."""
    compared = 0
    with whole.reading() as now, part.reading() as then:
        for table in [table for projection in PROJECTIONS for table in projection.tables]:
            if "known_from" not in table.c:
                continue
            live = table.c.known_to.is_(None) | (table.c.known_to > position)
            columns = [column for column in table.c if column.name != "known_to"]
            mine = now.execute(select(*columns).where(table.c.known_from <= position, live)).all()
            theirs = then.execute(select(*columns).where(table.c.known_to.is_(None))).all()
            assert sorted(map(repr, mine)) == sorted(map(repr, theirs)), (table.name, position)
            compared += len(mine)
    return compared


def test_nothing_recorded_later_changes_a_page_of_the_past(tmp_path: Path) -> None:
    system, app = demo_app(tmp_path)
    play(system, 0)
    position = system.log.position()
    before = {path: shown(app, path, at=position) for path in PAGES}
    scores = system.scoring.csv(2025, position)
    for n in range(1, 4):
        play(system, n)
    for path in PAGES:
        assert shown(app, path, at=position) == before[path], path
    system.scoring._kept.clear()
    assert system.scoring.csv(2025, position) == scores
    assert shown(app, "/overview", at=position) != shown(app, "/overview")
    system.close()


def test_the_state_of_affairs_on_a_business_day(county: tuple[System, FastAPI]) -> None:
    system, app = county
    at = system.log.position()
    june = system.about(date(2025, 6, 30), at)
    with june.reading() as connection:
        days = (
            connection.execute(select(facts.c.occurred_on).where(facts.c.kind == "activity")).scalars().all()
        )
    assert days and max(days) <= date(2025, 6, 30)
    assert june.today() == date(2025, 6, 30)
    now = system.scoring.csv(2025, at)
    then = june.scoring.csv(2025, at)
    assert then != now and then.count("\n") == now.count("\n")
    page = Visitor(app, "shenji").get("/?about=2025-06-30").text
    assert "2025-06-30 当日的情况" in page and "about=2025-06-30" in page
    assert Visitor(app, "shenji").get("/?about=soon").status_code == 422
    end = system.about(date(2100, 1, 1), at)
    assert end.scoring.csv(2025, at) == now, "a day after everything is now"
    for path in PAGES:
        assert Visitor(app, "shenji").get(
            path + ("&" if "?" in path else "?") + "about=2025-06-30"
        ).status_code in (200, 404)


def test_a_corrected_activity_counts_with_its_corrected_day(tmp_path: Path) -> None:
    system = build(Settings(folder=tmp_path))
    today = system.today()
    stated = {"today": today, "by": BY}
    village, unit = registered_village(system, "甲村", by=BY), registered_unit(system, "甲局", "支部", by=BY)
    pairing = carried(
        system, start_pairing, branch=unit, village=village, started_on=date(2025, 1, 1), **stated
    )
    activity = carried(
        system,
        record_activity,
        near="",
        pairing_id=pairing,
        kind=ActivityKind.FORUM,
        held_on=date(2025, 5, 5),
        topic="座谈",
        participants=9,
        persons_visited=None,
        reported_on=today,
        today=today,
        by=BY,
    )

    def held(day: date) -> bool:
        shown = system.about(day, system.log.position())
        with shown.reading() as connection:
            found = connection.execute(
                select(activities.c.held_on).where(activities.c.activity_id == activity)
            )
            return bool(found.all())

    assert held(date(2025, 5, 5)) and not held(date(2025, 5, 4))
    carried(
        system,
        correct_activity,
        activity,
        kind=ActivityKind.FORUM,
        held_on=date(2025, 7, 7),
        topic="座谈",
        participants=9,
        persons_visited=None,
        because="日期有误",
        today=today,
        by=BY,
    )
    assert held(date(2025, 7, 7)) and not held(date(2025, 6, 30))
    system.close()


def test_whom_a_comparison_shows_is_noted_once(county: tuple[System, FastAPI]) -> None:
    """Whoever is named at either moment is noted, as on the two pages one after the other, and nobody twice."""
    system, app = county
    auditor, end = Visitor(app, "shenji"), system.log.position()

    def noted(address: str) -> list[str]:
        newest = next(iter(system.accesses.list(username="shenji", limit=1)), None)
        assert auditor.get(address).status_code == 200
        rows = system.accesses.list(username="shenji", kind="name", limit=1_000)
        return sorted(each.thing for each in rows if newest is None or each.id > newest.id)

    page = f"/pairings/{PAIRING}"
    earlier, later = noted(f"{page}?at={end // 2}"), noted(f"{page}?at={end}")
    assert earlier and later
    assert noted(f"/compare?page={page}&from={end // 2}&to={end}") == sorted({*earlier, *later})


def test_two_moments_of_a_page_are_compared(county: tuple[System, FastAPI]) -> None:
    system, app = county
    end = system.log.position()
    auditor = Visitor(app, "shenji")
    page = auditor.get(f"/compare?page=/pairings/{PAIRING}&from={end - 9}&to={end}").text
    assert "<ins>" in page and "座谈" in page
    same = auditor.get(f"/compare?page=/runs&from={end - 1}&to={end}").text
    assert "没有变化" in same
    born = auditor.get(f"/compare?page=/findings/{finding_id(system)}&from=5&to={end}").text
    assert "<ins>" in born and "<del>" not in born
    assert "比较两个时点" in auditor.get("/compare").text, "as the navigation leads there"
    for wrong in ("//elsewhere/x", "/documents/order/x", "/compare?page=/", "nothing"):
        assert auditor.get(f"/compare?page={wrong}&from=1&to=2").status_code == 422, wrong
    assert auditor.get(f"/compare?page=/findings/none&from=1&to={end}").status_code == 404
    assert auditor.get("/compare?page=/&from=soon").status_code == 422
    clerk = Visitor(app, "danwei")
    assert clerk.get(f"/compare?page=/ranking&from=1&to={end}").status_code == 403
    assert clerk.get(f"/compare?page=/scores/{PAIRING}&from=5000&to={end}").status_code == 200


@pytest.mark.parametrize("path", ["/pairings", "/data", "/documents", "/evidence", "/me", "/runs/compare"])
def test_a_past_page_leads_to_its_comparison_where_it_can_be_compared(
    county: tuple[System, FastAPI], path: str
) -> None:
    auditor = Visitor(county[1], "shenji")
    past = auditor.get(f"{path}?at={county[0].log.position() - 9}").text
    assert "您看到的是第" in past
    led = [unescape(each) for each in re.findall(r'href="(/compare\?page=[^"]+)"', past)]
    assert [auditor.get(each).status_code for each in led] == [200] * (path == "/pairings")


def test_what_is_compared_is_in_the_language_of_who_compares(county: tuple[System, FastAPI]) -> None:
    system, app = county
    end = system.log.position()
    auditor = Visitor(app, "shenji")
    compared = f"/compare?page=/pairings/{PAIRING}&from=1&to={end}"
    assert "年度得分" in auditor.get(compared).text
    english = auditor.get(f"{compared}&lang=en").text
    assert "年度得分" not in english and "Activities" in english
