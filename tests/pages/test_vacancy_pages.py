"""A post that nobody holds is said where somebody can fill it: how long, and how many there are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI

from application.settings import Settings
from application.system import System
from application.verbs.pairing.pairings import (
    appoint_to_post,
    end_pairing,
    start_pairing,
)
from interface.composition import build
from interface.demo.accounts import UNIT, VILLAGE
from tests.kit.acts import act, carried
from tests.kit.entries import registered_unit, registered_village
from tests.kit.played import Calendar
from tests.kit.serving import Visitor, app_of
from tests.kit.yearend import by

DAY = date(2026, 1, 12)
LINE = "兼职书记或特邀委员空缺，待任命"


@pytest.fixture
def county(tmp_path: Path) -> Iterator[tuple[System, FastAPI, str]]:
    """One pairing, ten days old, with nobody in its posts."""
    system = build(Settings(folder=tmp_path), Calendar(DAY))
    branch, village = registered_unit(system, UNIT), registered_village(system, VILLAGE, "丙镇")
    since = DAY - timedelta(days=9)
    paired = {"branch": branch, "village": village, "started_on": since, "today": DAY}
    pairing = carried(system, start_pairing, by=by("ducha"), **paired)
    yield system, app_of(system), pairing
    system.close()


def test_vacant_posts_are_one_duty_until_they_are_filled_or_the_pairing_ends(
    county: tuple[System, FastAPI, str],
) -> None:
    system, app, pairing = county
    ducha, danwei = Visitor(app, "ducha"), Visitor(app, "danwei")
    home = ducha.get("/").text
    assert home.count(LINE) == 1 and "2 项" in home and "已等 9 天" in home and "/coverage#vacant" in home
    assert LINE not in danwei.get("/").text, "the unit cannot appoint"
    assert ducha.get("/coverage").text.count("空缺 10 天") == 2
    page = danwei.get(f"/pairings/{pairing}").text
    assert page.count("空缺 10 天") == 2 and "appoint-to-post" not in page
    post = {"post": "part_time_secretary", "began_on": DAY}
    act(system, appoint_to_post, pairing, by=by("ducha"), person="丁书记", **post)
    assert "空缺 10 天" in ducha.get("/coverage?lang=zh").text and "1 项" not in ducha.get("/").text
    assert ducha.get(f"/pairings/{pairing}").text.count("空缺 10 天") == 1
    act(system, end_pairing, pairing, by=by("ducha"), ended_on=DAY - timedelta(days=1), because="调整")
    assert LINE not in ducha.get("/").text and "空缺 10 天" not in ducha.get("/coverage").text
