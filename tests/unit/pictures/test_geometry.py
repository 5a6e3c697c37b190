"""Where the marks of pictures stand: of nothing, of one, of things all alike, and of many."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

import pytest

from application.questions.answers.finding_statistics import (
    OPEN_LIGHTS,
    FindingStatistics,
    MonthOfFindings,
    TownshipFindings,
)
from application.questions.answers.pairing.cadence import Cadence, PartyDay
from application.questions.answers.scoring.score_matrix import SpreadShown
from domain.assessment.scheme.text import Text
from interface.locales import translate
from interface.web.kit.pictures.band_strip import GradeBand, band_strip
from interface.web.kit.pictures.cadence_map import cadence_map
from interface.web.kit.pictures.clock import Term, clock
from interface.web.kit.pictures.flow import flow
from interface.web.kit.pictures.losses import LineOfSheet, losses
from interface.web.kit.pictures.picture import Picture, packed
from interface.web.kit.pictures.spreads import Spreading, spreads
from interface.web.kit.pictures.strip import strip
from interface.web.kit.pictures.townships import townships
from interface.web.kit.pictures.what_if import GradeTried, what_if

BANDS = [GradeBand("good", "良好", 80, "#good"), GradeBand("poor", "较差", 0, "#poor")]
DAY = date(2025, 3, 1)


def say(text: object, /, **values: object) -> str:
    return translate("zh", text, **values)  # type: ignore[arg-type]


def link(path: str, **query: object) -> str:
    return path + ("?" + "&".join(f"{name}={value}" for name, value in query.items()) if query else "")


def cadence(*days: PartyDay, others: int = 0) -> Cadence:
    none = (None,) * 12
    held = days or (PartyDay.HELD,) * 12
    return Cadence("pr-1", "b-1", "南溪村", "云州法院", "河口镇", held, none, none, (others,) * 12)


def months(*counts: int) -> FindingStatistics:
    townships = tuple(TownshipFindings(f"{n}镇", (n, 1, 0, 0), n) for n in counts if n)
    return FindingStatistics(2025, DAY, (MonthOfFindings(*counts),) * 12, townships)


def sheet(*points: int) -> list[LineOfSheet]:
    return [
        LineOfSheet(f"A{n}", Text("指标", "line"), value, 1000, f"#A{n}") for n, value in enumerate(points)
    ]


def spreading(*quartiles: str) -> Spreading:
    return Spreading("A1", "#A1", SpreadShown(9, *quartiles, "1", "10", ()))


def drawn() -> list[Picture]:
    """Every kind of picture, of nothing, of one, of things alike, of many."""
    many = [float(n % 105) for n in range(600)]
    whole = Term(DAY, DAY, DAY + timedelta(30), None, DAY + timedelta(12))
    return [
        strip(cadence(), 2025, say, link),
        strip(cadence(*[PartyDay.UNPAIRED] * 12), 2025, say, link),
        cadence_map([], 2025, say, link),
        cadence_map([cadence(*(list(PartyDay) * 3)[:12])] * 600, 2025, say, link),
        band_strip(BANDS, [], say),
        band_strip(BANDS, [80.0], say, own=80.0, here="#own"),
        band_strip(BANDS, [80.0] * 600, say, own=103.5, here="#own"),
        band_strip(BANDS, many, say),
        spreads("分布", "指标", [], say),
        spreads(
            "分布", "指标", [spreading("0", "0", "0", "0", "0"), spreading("10", "10", "10", "10", "10")], say
        ),
        spreads("分布", "指标", [spreading("-2", "1", "5", "9", "10")] * 600, say),
        flow(months(0, 0, 0), say, link),
        flow(months(5, 5, 5), say, link),
        townships(months(0, 0, 0), say, link),
        townships(months(7, 2, 1), say, link),
        clock(whole, say, "#"),
        clock(Term(DAY, None, None, None, DAY), say, "#"),
        clock(Term(DAY, DAY, DAY + timedelta(30), DAY + timedelta(9), DAY + timedelta(90)), say, "#"),
        clock(Term(DAY, DAY + timedelta(3), DAY + timedelta(33), None, DAY + timedelta(90)), say, "#"),
        what_if([GradeTried("优秀", 0, 0, "#a", "#b")], say),
        what_if([GradeTried("优秀", 600, 1, "#a", "#b"), GradeTried("良好", 0, 599, "#a", "#b")], say),
    ]


@pytest.mark.parametrize("picture", drawn())
def test_whatever_is_drawn_lies_within_the_picture(picture: Picture) -> None:
    for mark in picture.marks:
        assert mark.x >= -0.01 and mark.x + mark.w <= 100.01, mark
        assert mark.y >= 0 and mark.y + mark.h <= picture.height + 0.01, mark
        assert mark.href and mark.label, mark
    for note in picture.notes:
        assert 0 <= note.x <= 100 and 0 <= note.y <= picture.height + 1, note
    for rule in (*picture.rules, *picture.over):
        assert all(-0.01 <= x <= 100.01 for x in (rule.x1, rule.x2)), rule
    assert all(len(row.cells) == len(picture.head) for row in picture.rows)


def test_the_greatest_loss_comes_first_and_nothing_left_is_the_darkest() -> None:
    found = losses([*sheet(900, 0, 1000, 525), LineOfSheet("G", Text("扣分", "off"), -300, 0, "#G")])
    told = [(each.code, each.tone, each.share, each.lost, each.kept) for each in found]
    assert told == [
        ("A1", "lost-4", 0, "−10", "0/10"),
        ("A3", "lost-2", 52, "−4.75", "5.25/10"),
        ("G", "lost-4", 0, "−3", ""),
        ("A0", "lost-1", 90, "−1", "9/10"),
    ]


def test_a_month_says_by_its_sign_what_it_says_by_its_colour() -> None:
    picture = strip(cadence(*list(PartyDay) * 2, others=2), 2025, say, link)
    by_tone = {mark.tone: mark.sign for mark in picture.marks[:12]}
    assert by_tone == {
        "day-held": "✓",
        "day-late": "△",
        "day-none": "✕",
        "day-not_yet": "!",
        "day-to_come": "",
        "day-unpaired": "–",
    }
    assert {mark.sign for mark in picture.marks[12:]} == {"2"}


def test_all_totals_are_counted_in_the_column_of_their_point() -> None:
    picture = band_strip(BANDS, [80.0, 80.99, 81.0, 103.0], say, own=80.5, here="#own")
    assert [mark.cells for mark in picture.marks[:3]] == [
        ("80 至 81 分", "2 个"),
        ("81 至 82 分", "1 个"),
        ("103 至 104 分", "1 个"),
    ]
    own, good = picture.marks[-1], picture.marks[3]
    assert own.href == "#own" and good.x <= own.x <= good.x + good.w, "the own place lies in its band"


@pytest.mark.parametrize(
    ("ended", "today", "spans"),
    [
        (None, 12, [("elapsed", 12), ("left", 18)]),
        (None, 40, [("elapsed", 30), ("over", 10)]),
        (9, 40, [("elapsed", 9), ("stopped", 21)]),
        (30, 40, [("elapsed", 30)]),
    ],
)
def test_the_clock_stops_with_the_appeal(ended: int | None, today: int, spans: list[tuple[str, int]]) -> None:
    ended_on = None if ended is None else DAY + timedelta(ended)
    picture = clock(Term(DAY, DAY, DAY + timedelta(30), ended_on, DAY + timedelta(today)), say, "#")
    assert [(mark.tone, int(mark.cells[-1])) for mark in picture.marks] == spans
    for before, after in pairwise(picture.marks):
        assert before.x + before.w == pytest.approx(after.x)


def test_open_findings_of_a_township_lead_to_their_list() -> None:
    picture = townships(months(7, 2, 1), say, link)
    assert picture.marks[0].href == f"/findings?open_on={DAY}&township=7镇&light={OPEN_LIGHTS[0].value}"
    assert [mark.cells[2] for mark in picture.marks] == ["7", "1", "2", "1", "1", "1"]


@pytest.mark.parametrize(
    ("spans", "rows"),
    [([], []), ([(0, 5)], [0]), ([(0, 5), (5, 9), (5, 6), (6, 7)], [0, 0, 1, 1]), ([(0, 9)] * 3, [0, 1, 2])],
)
def test_spans_that_touch_stand_in_rows_of_their_own(
    spans: Sequence[tuple[float, float]], rows: list[int]
) -> None:
    assert packed(spans) == rows
