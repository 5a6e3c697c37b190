"""People know findings by number: it stands wherever the id would, and leads to what has it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
from fastapi import FastAPI

from application.system import System
from tests.kit.demo_ids import PAIRING
from tests.kit.numbers import finding_id
from tests.kit.serving import Visitor, demo_app

NUMBER = "WT2025-059"
FINDING = {
    "pairing_id": PAIRING,
    "found_on": "2026-01-15",
    "method": "on_site",
    "inspector": "督查员甲",
    "description": "台账未更新",
    "finding_type": "record_keeping",
    "severity": "minor",
}


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[System, FastAPI, str]]:
    """The demo county, with an appeal against a finding, and the appeal's page."""
    system, app = demo_app(tmp_path_factory.mktemp("numbers"))
    filed = Visitor(app, "danwei").post(
        "/appeals/file-appeal",
        year="2025",
        pairing_id=PAIRING,
        indicator="",
        finding_id=finding_id(system),
        grounds="与事实不符",
    )
    assert filed.status_code == 200, filed.text
    yield system, app, filed.url.path
    system.close()


def text_of(page: str) -> str:
    """What a reader sees: without the addresses and hidden fields in the tags."""
    return re.sub(r"<[^>]+>", " ", page)


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("fuhe", "/findings"),
        ("fuhe", f"/findings/{NUMBER}"),
        ("fuhe", "/documents/order/{finding}"),
        ("fuhe", f"/pairings/{PAIRING}"),
        ("fuhe", f"/scores/{PAIRING}"),
        ("fuhe", "/appeals"),
        ("fuhe", "{appeal}"),
        ("danwei", f"/appeals/file-appeal?year=2025&pairing_id={PAIRING}&finding_id={{finding}}"),
        ("fuhe", "/facts?figure=findings&year=2025&limit=100"),
        ("fuhe", f"/trail?thing={NUMBER}"),
        ("fuhe", f"/trail/export?format=csv&thing={NUMBER}"),
    ],
)
def test_the_number_is_shown_and_the_id_is_not(
    county: tuple[System, FastAPI, str], who: str, path: str
) -> None:
    system, app, appeal = county
    about = finding_id(system)
    answer = Visitor(app, who).get(path.format(finding=about, appeal=appeal))
    assert answer.status_code == 200
    shown = text_of(answer.text)
    assert NUMBER in shown
    lines = [line for line in shown.splitlines() if about in line and f"finding-{about}" not in line]
    assert lines == [], "only the stream's name says the id"


def test_an_event_says_the_number_and_its_stream_the_id(county: tuple[System, FastAPI, str]) -> None:
    system, app, _ = county
    about = finding_id(system)
    order = next(
        each
        for each in system.log.named("supervision.RectificationOrdered")
        if each.stream == f"finding-{about}"
    )
    page = text_of(Visitor(app, "fuhe").get(f"/events/{order.position}").text)
    assert f"下达 {NUMBER} 整改通知" in page and f"finding-{about}" in page


@pytest.mark.parametrize("written", [NUMBER, "ＷＴ２０２５－０５９", "wt2025–059"])
def test_an_address_with_a_number_leads_to_what_has_it(
    county: tuple[System, FastAPI, str], written: str
) -> None:
    answer = Visitor(county[1], "fuhe").get(f"/findings/{written}?lang=en")
    assert answer.url.path == f"/findings/{finding_id(county[0])}" and answer.url.query == b"lang=en"
    assert NUMBER in answer.text


def test_a_number_of_two_years_leads_to_both(county: tuple[System, FastAPI, str]) -> None:
    system, app, _ = county
    supervisor = Visitor(app, "ducha")
    before = system.log.position()
    taken = supervisor.post(
        "/findings/raise-finding", **{**FINDING, "found_on": "2025-12-15"}, number="wt2025-059"
    )
    assert taken.status_code == 409 and "registry.NUMBER_OF_ONE_THING" in taken.text
    assert f"（{NUMBER}, 2025）" in taken.text
    assert system.log.position() == before
    for wrong in ("", "WT 2026/1", "<b>"):
        assert supervisor.post("/findings/raise-finding", **FINDING, number=wrong).status_code == 422, wrong
    assert supervisor.post("/findings/raise-finding", **FINDING, number="WT2025-059 ").status_code == 200
    new = finding_id(system, NUMBER, 2026)
    both = Visitor(app, "fuhe").get(f"/findings/{NUMBER}")
    assert both.url.path == "/findings" and both.text.count(f">{NUMBER}</span>") == 2
    assert {finding_id(system), new} == set(re.findall(r'"/findings/(f-[^"]+)"', both.text))
    told = supervisor.get(f"/findings/{new}").text
    assert "台账未更新" in told and date(2026, 1, 15).isoformat() in told
