"""Matrix, indicator health and the years as pages; a clerk's sheet with what would still count."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi import FastAPI

from application.system import System
from interface.demo.accounts import VILLAGE
from tests.kit.demo_ids import PAIRING
from tests.kit.prepared import prepared
from tests.kit.serving import Visitor, app_of

HEAVIEST = 120_000
"""Bytes of a page of fifty rows at most, however many there are."""


def pages(reader: Visitor, path: str) -> Iterator[str]:
    """A list, page after page."""
    following: str | None = path
    while following:
        page = reader.get(following).text
        yield page
        link = re.search(r'href="([^"]+)"[^>]*>下一页<', page)
        following = html.unescape(link[1]) if link else None


def test_the_matrix_holds_every_pairing_and_sorts_by_what_is_asked(county: tuple[System, FastAPI]) -> None:
    assessor = Visitor(county[1], "kaohe")
    first, *others = shown = list(pages(assessor, "/matrix?limit=50"))
    assert [len(re.findall(r'<th class="stub" scope="row">', page)) for page in shown] == [50, 50, 47]
    assert len({row for page in shown for row in re.findall(r'scope="row"><a href="([^"]+)', page)}) == 147
    assert max(len(page.encode()) for page in shown) < HEAVIEST
    totals = re.findall(r"<strong>([\d.]+)</strong>", "".join(shown))
    assert totals == sorted(totals, key=float, reverse=True) and first != others[0]
    figures = re.findall(r'#E1">([\d.]+)<', "".join(pages(assessor, "/matrix?sort=E1&limit=100")))
    assert figures == sorted(figures, key=float) and len(set(figures)) > 3
    assert len(re.findall(r'scope="row"', assessor.get(f"/matrix?q={VILLAGE}").text)) == 1
    excellent = assessor.get("/matrix?grade=excellent").text
    assert (
        len(re.findall(r'scope="row"', excellent)) == len(re.findall(r"tag grade-excellent", excellent)) > 0
    )
    answer = assessor.get("/matrix?sort=Z9")
    assert answer.status_code == 422 and "Z9" in answer.text and "A1" in answer.text


def places(page: str) -> list[tuple[str, str]]:
    """Place and total of each row of the list."""
    return re.findall(r'data-label="名次">(.*?)</td><td class="num" data-label="总分"><b>(.*?)</b>', page)


def test_the_list_of_scores_is_paged_sorted_and_narrowed(county: tuple[System, FastAPI]) -> None:
    assessor = Visitor(county[1], "kaohe")
    shown = list(pages(assessor, "/ranking?limit=50"))
    rows = [row for page in shown for row in places(page)]
    assert len(rows) == 147 and max(len(page.encode()) for page in shown) < HEAVIEST
    ranked = [int(place) for place, _ in rows if place != "—"]
    assert ranked == sorted(ranked) and {place for place, _ in rows[len(ranked) :]} <= {"—"}
    by_total = places(assessor.get("/ranking?sort=-total").text)
    assert by_total[0][1] == max((total for _, total in rows), key=float) and len(by_total) == 25
    by_group = re.findall(r'</b></td><td class="num hide">([\d.]+)', assessor.get("/ranking?sort=A").text)
    assert by_group[0] == min(by_group, key=float)
    (own,) = places(assessor.get(f"/ranking?q={VILLAGE}").text)
    assert own[1] == "84.06"
    assert assessor.get("/ranking?sort=Z9").status_code == 422
    assert Visitor(county[1], "danwei").get("/ranking").status_code == 403


def test_who_is_at_risk_is_a_chip_of_the_list(county: tuple[System, FastAPI]) -> None:
    """Two clicks from the front page: the scores, and the chip; each row says why."""
    leader = Visitor(county[1], "lingdao")
    front = leader.get("/").text
    assessment = re.search(r'<a href="([^"]+)"[^>]*>年度考核</a>', front)
    assert assessment is not None and assessment[1].startswith("/ranking")
    chip = re.search(
        r'<a href="([^"]+)"><span class="light-yellow">有风险</span> <b>(\d+)</b>',
        leader.get(assessment[1]).text,
    )
    assert chip is not None
    shown = [
        row
        for page in pages(leader, html.unescape(chip[1]))
        for row in page.split('<tr><td><span class="tag grade-')[1:]
    ]
    assert len(shown) == int(chip[2]) > 0
    assert all("tag light-" in row for row in shown), "each says why"
    vetoed = leader.get("/ranking?risk=vetoed&limit=100").text
    assert len(places(vetoed)) == vetoed.count('<span class="tag light-red">一票否决</span>')
    exported = leader.get("/ranking/export?format=csv&risk=any").text.splitlines()
    assert len(exported) == len(shown) + 1 and "名次" in exported[0]


def test_a_chip_counts_what_it_leads_to_in_a_narrowed_list(county: tuple[System, FastAPI]) -> None:
    leader = Visitor(county[1], "lingdao")
    narrowed = leader.get("/ranking?year=2025&township=南坡镇").text
    (chips,) = re.findall(r'(?s)<ul class="chips no-print" aria-label="等次与风险".*?</ul>', narrowed)
    counted = re.findall(r'<a href="([^"]+)"[^>]*>(?:<span[^>]*>)?[^<]+(?:</span>)? <b>(\d+)</b>', chips)
    assert len(counted) > 3
    for address, count in counted:
        led_to = "".join(pages(leader, html.unescape(address)))
        assert led_to.count('<tr><td><span class="tag grade-') == int(count), address


def test_the_matrix_is_not_for_clerks(county: tuple[System, FastAPI]) -> None:
    for path in ("/matrix", "/indicators"):
        assert Visitor(county[1], "danwei").get(path).status_code == 403
        assert Visitor(county[1], "lingdao").get(path).status_code == 200


def test_indicator_health_names_what_is_counted(county: tuple[System, FastAPI]) -> None:
    page = Visitor(county[1], "kaohe").get("/indicators").text
    row = page.split(">D2 ")[1].split("</tr>")[0]
    assert "106 / 147" in row


def test_a_clerk_sees_only_the_own_course(county: tuple[System, FastAPI]) -> None:
    page = Visitor(county[1], "danwei").get("/trend").text
    assert VILLAGE in page and "84.06" in page
    assert page.count("<tr><td>") == 1
    assert "全县" not in page.split("<main")[1]


@pytest.fixture(scope="module")
def in_autumn(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """The county on a day within the year it is about."""
    folder: Path = tmp_path_factory.mktemp("autumn")
    system = prepared(folder, None, lambda: datetime(2025, 10, 8, 2, tzinfo=UTC), year=2025)
    return app_of(system)


def test_a_unit_sees_what_would_still_count(in_autumn: FastAPI, county: tuple[System, FastAPI]) -> None:
    page = Visitor(in_autumn, "danwei").get(f"/scores/{PAIRING}").text
    card = page.split('class="card outlook"')[1].split("</section>")[0]
    assert "、11、12 月尚可开展" in card
    earlier = Visitor(in_autumn, "danwei").get(f"/scores/{PAIRING}?about=2025-03-10").text
    assert "截至 2025-03-10" in earlier, "a day in the past is asked what would still have counted then"
    over = Visitor(county[1], "danwei").get(f"/scores/{PAIRING}").text
    assert "填报截止日 2026-01-10 已过" in over
