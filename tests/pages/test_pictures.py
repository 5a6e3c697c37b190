"""Pictures on their pages: the table says what the marks say, and every mark leads to where it is said."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag

import pytest
from fastapi import FastAPI

from application.system import System
from interface.web.app import STATIC
from tests.kit.demo_ids import PAIRING
from tests.kit.serving import Visitor

PAGES = {
    f"/pairings/{PAIRING}?year=2025": 2,
    "/cadence?year=2025&q=河口镇": 1,
    f"/scores/{PAIRING}?year=2025": 2,
    "/ranking?year=2025": 1,
    "/indicators?year=2025": 1,
    "/trend": 1,
    "/findings/statistics?year=2025": 2,
    "/grades/simulation?year=2025&percent_excellent=15": 1,
    "/overview?year=2025": 1,
}
"""A page and how many pictures it has."""


FEW = 5
"""So many links are followed where all lead to one list, asked otherwise."""


class Figures(HTMLParser):
    """The pictures of a page: (address, name) of each mark, and the cells of each row behind it; and the page's anchors."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.marks: list[list[tuple[str, str]]] = []
        self.rows: list[list[list[str]]] = []
        self.anchors: set[str] = set()
        self.painted: list[str] = []
        self._within: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        self.anchors |= {str(has["id"])} if "id" in has else set()
        if {"style", "fill", "stroke"} & has.keys():
            self.painted.append(tag)
        if tag == "figure":
            self.marks.append([])
            self.rows.append([])
        if tag in ("figure", "svg", "a", "title", "tbody", "td"):
            self._within.append(tag)
        if self._within[:3] == ["figure", "svg", "a"] and tag == "a":
            self.marks[-1].append((str(has["href"]), ""))
        if self._within[:2] == ["figure", "tbody"]:
            if tag == "tr":
                self.rows[-1].append([])
            if tag == "td":
                self.rows[-1][-1].append("")

    def handle_endtag(self, tag: str) -> None:
        if self._within and self._within[-1] == tag:
            self._within.pop()

    def handle_data(self, data: str) -> None:
        if self._within == ["figure", "svg", "a", "title"]:
            href, name = self.marks[-1][-1]
            self.marks[-1][-1] = href, name + data
        if self._within[:3] == ["figure", "tbody", "td"]:
            self.rows[-1][-1][-1] += data


@pytest.mark.parametrize("page", PAGES)
def test_the_table_says_what_the_marks_say_and_each_leads_somewhere(
    county: tuple[System, FastAPI], page: str
) -> None:
    reader = Visitor(county[1], "kaohe")
    found = Figures(reader.get(page).text)
    assert len(found.marks) == PAGES[page]
    assert found.painted == [], "colours are the style sheet's"
    for marks, rows in zip(found.marks, found.rows, strict=True):
        names = [name for _, name in marks]
        assert names and all(names)
        if page.startswith("/cadence"):
            assert [name.split(" · ")[2] for name in names] == [cell for row in rows for cell in row[1:]]
        else:
            assert names == [" · ".join(row) for row in rows]
    seen: dict[str, set[str]] = {}
    leads = sorted({href for marks in found.marks for href, _ in marks})
    for href in leads if page.startswith(("/pairings", "/scores")) else leads[:: len(leads) // FEW + 1]:
        path, anchor = urldefrag(href)
        if (path or page) not in seen:
            answer = reader.get(path or page)
            assert answer.status_code == 200, href
            seen[path or page] = Figures(answer.text).anchors
        assert not anchor or anchor in seen[path or page], href


def test_what_a_column_counts_is_what_its_list_holds(county: tuple[System, FastAPI]) -> None:
    reader = Visitor(county[1], "ducha")
    months, townships = Figures(reader.get("/findings/statistics?year=2025").text).marks
    for href, name in (*months[10:12], townships[0]):
        counted = name.split(" · ")[2]
        assert f"共 {counted} 个问题" in reader.get(href).text, name


def test_a_clerk_sees_the_own_place_only(county: tuple[System, FastAPI]) -> None:
    clerk = Visitor(county[1], "danwei")
    _, bands = Figures(clerk.get(f"/scores/{PAIRING}?year=2025").text).marks
    assert [name.split(" · ")[0] for _, name in bands] == ["优秀", "良好", "一般", "较差", "本结对"]
    assert len(Figures(clerk.get("/cadence?year=2025").text).rows[0]) == 1


def test_where_points_were_lost_stands_first_with_why(county: tuple[System, FastAPI]) -> None:
    page = Visitor(county[1], "danwei").get(f"/scores/{PAIRING}?year=2025").text
    rows = page.split('class="rows lost"')[1].split("</ul>")[0].split("<li>")[1:]
    assert [re.findall(r"<b>(.*?)</b>", row) for row in rows] == [
        ["E1", "−10"],
        ["D1", "−5"],
        ["A3", "−2"],
        ["C2", "−1.75"],
        ["E2", "−1"],
        ["A2", "−0.19"],
    ]
    assert 'href="#A3"' in rows[2] and "覆盖 10 个月" in rows[2] and "10/12" in rows[2]
    assert "缺 5、11 月。" in rows[2] and "缺第 1 季度。" in rows[3]
    assert "另有 1 条未计入：填报日期晚于截止日" in rows[2]
    assert page.index('class="rows lost"') < page.index('class="card outlook"') and 'id="A3"' in page


def test_every_tone_is_a_class_of_the_style_sheet() -> None:
    style = Path(STATIC, "pictures.css").read_text()
    assert "#" not in style.partition("*/")[2].replace("#{", ""), "every colour is a token"
