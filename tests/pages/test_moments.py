"""The navigation, the year chosen in the head, and the moments one looks back to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import FastAPI

from application.system import System
from interface.web.app import PUBLIC, ROOMS
from interface.web.kit.areas import section_of
from tests.kit.played import PAIRING, year_end
from tests.kit.serving import Visitor

OWN = {"/me", "/moments", "/year", "/style", "/search", "/help"}
"""Pages that belong to no area: they are reached from the head of every page."""


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[System, FastAPI]]:
    system, app, _ = year_end(tmp_path_factory.mktemp("moments"))
    yield system, app
    system.close()


def test_every_page_stands_in_an_area() -> None:
    paths = {
        str(getattr(route, "path", ""))
        for room in ROOMS
        for route in room.router.routes
        if "GET" in (getattr(route, "methods", None) or ())
    }
    lost = {
        path
        for path in paths - PUBLIC
        if section_of(path) is None and not any(path == each or path.startswith(each + "/") for each in OWN)
    }
    assert not lost


def test_the_year_chosen_in_the_head_stays(county: tuple[System, FastAPI]) -> None:
    assessor = Visitor(county[1], "kaohe")
    assert assessor.get("/year?to=2026&next=/pairings?year=2025").url.path == "/pairings"
    assert "2026 年度结对" in assessor.get("/pairings").text
    assert "2025 年度结对" in assessor.get("/pairings?year=2025").text, (
        "an address that states a year means it"
    )
    assert "2026 年度结对" in assessor.get("/pairings").text


def test_moments_lead_to_the_page_as_it_was_known(county: tuple[System, FastAPI]) -> None:
    _, app = county
    assessor = Visitor(app, "kaohe")
    page = assessor.get(f"/moments?next=/scores/{PAIRING}?year=2025").text
    assert "冻结" in page or "核定" in page
    frozen = next(
        each
        for each in assessor.get("/trail?name=assessment.RunFrozen").text.split('"')
        if each.startswith("/events/")
    ).rpartition("/")[2]
    assert f"at={frozen}" in page
    then = assessor.get(f"/moments/go?next=/scores/{PAIRING}?year=2025&at={frozen}")
    assert f"at={frozen}" in then.url.query.decode() and f"第 {frozen} 号记录" in then.text


def test_moments_stay_on_this_site(county: tuple[System, FastAPI]) -> None:
    assessor = Visitor(county[1], "kaohe")
    for address in ("/moments/go?next=//elsewhere.example", "/year?to=2025&next=https://elsewhere.example/"):
        assert assessor.get(address).url.host == "127.0.0.1"
