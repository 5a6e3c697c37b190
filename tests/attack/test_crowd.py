"""The short form of the crowd, and the desk at which requests take their seats."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack
from pathlib import Path

import pytest

from application.settings import Settings
from application.stores.databases import open_engine
from interface.composition import build
from interface.http.desk import Busy, Desk
from tests.attack.crowd import crowd
from tests.kit.databases import DatabaseCase
from tests.kit.demo_ids import register_demo
from tests.kit.serving import Visitor, app_of, demo_app


def test_a_crowd_is_served_or_asked_to_come_back(database: DatabaseCase) -> None:
    system, app = demo_app(database.folder, database.url)
    before = system.log.position()
    app.state.desk = Desk(2, 4)
    seen = crowd(app, 30, asked=1)
    assert seen.wrong == []
    assert set(seen.statuses) <= {200, 303, 503} and seen.statuses[503] > 0
    assert system.log.position() == before + 15, "every second one recorded an activity"
    system.close()


def test_who_asks_for_no_seat_is_answered_while_none_is_free(tmp_path: Path) -> None:
    system = build(Settings(folder=tmp_path))
    register_demo(system)
    app = app_of(system)
    visitor = Visitor(app, "shenji")
    app.state.desk = Desk(0, 0)
    apart = ("/health", "/static/lianjian.css", "/static/htmx.min.js")
    assert [visitor.get(path).status_code for path in apart] == [200, 200, 200]
    for path in ("/", "/ready"):
        answer = visitor.get(path)
        assert answer.status_code == 503 and int(answer.headers["retry-after"]) > 0, path
    (health,) = [route for route in app.routes if getattr(route, "path", "") == "/health"]
    assert asyncio.iscoroutinefunction(getattr(health, "endpoint")), "it needs no thread, either"  # noqa: B009
    system.close()


@pytest.mark.both_databases
def test_nobody_at_the_desk_waits_for_a_connection_that_another_one_holds(database: DatabaseCase) -> None:
    """Every seat may need two: the page's own, and one for what is recorded or noted meanwhile."""
    settings = Settings(folder=database.folder, database_url=database.url, at_once=3)
    engine = open_engine(settings, "views")
    with ExitStack() as held:
        for _ in range(2 * settings.at_once):
            held.enter_context(engine.connect())
    engine.dispose()


def test_the_desk_seats_one_after_the_other_and_sends_away_who_is_too_many() -> None:
    async def play() -> list[str]:
        desk, told = Desk(1, 2), []

        async def come(name: str) -> None:
            try:
                await desk.take()
            except Busy:
                told.append(f"{name} away")
                return
            told.append(f"{name} sits")

        await come("a")
        waiting = [asyncio.create_task(come(name)) for name in ("b", "c")]
        await asyncio.sleep(0)
        await come("d")
        waiting[0].cancel()
        await asyncio.gather(waiting[0], return_exceptions=True)
        desk.give_back()
        await waiting[1]
        desk.give_back()
        await come("e")
        return told

    assert asyncio.run(play()) == ["a sits", "d away", "c sits", "e sits"]


def test_nobody_waits_for_ever_and_no_seat_is_lost() -> None:
    async def play() -> None:
        desk = Desk(1, 1, patience=0.01)
        await desk.take()
        for _ in range(3):
            with pytest.raises(Busy):
                await desk.take()
        desk.give_back()
        await desk.take()

    asyncio.run(play())


def test_bodies_that_come_slowly_are_bounded_too() -> None:
    desk = Desk(1, 1)
    with desk.reading(), pytest.raises(Busy), desk.reading():
        pass
    with desk.reading():
        pass
