"""The short form of the crowd, and the desk at which requests take their seats."""

from __future__ import annotations

import asyncio

import pytest

from interface.web.desk import Busy, Desk
from tests.attack.crowd import crowd
from tests.kit.databases import DatabaseCase
from tests.kit.serving import demo_app


def test_a_crowd_is_served_or_asked_to_come_back(database: DatabaseCase) -> None:
    system, app = demo_app(database.folder, database.url)
    before = system.log.position()
    app.state.desk = Desk(2, 4)
    seen = crowd(app, 30, asked=1)
    assert seen.wrong == []
    assert set(seen.statuses) <= {200, 303, 503} and seen.statuses[503] > 0
    assert system.log.position() == before + 15, "every second one recorded an activity"
    system.close()


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
