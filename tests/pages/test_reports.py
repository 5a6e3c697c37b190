"""The annual report and the casebook: no figure is typed in, each leads to the facts behind it."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import partial

import pytest
from docx import Document
from fastapi import FastAPI

from application.questions.results.run_results import run_results
from application.system import System
from application.verbs.pairing.activities import (
    record_activity,
)
from domain.assessment.scheme.points import half_up, number, two_decimals
from domain.pairing.events import ActivityKind
from projections.boards.registry.names import Names
from projections.figures import year as year_figures
from projections.figures.overview import activities_by_month
from projections.figures.year import Basis, Sharing
from projections.scores.spread import spread
from tests.kit.acts import carried
from tests.kit.demo_ids import PAIRING
from tests.kit.results import BY, published_run
from tests.kit.serving import Visitor, demo_app
from tests.kit.yearend import freeze, run_named

SEED = (
    "141个州县机关企事业单位党支部与141个行政村、6个社区党组织开展结对联建",
    "选派联建村“兼职书记”147人、“特邀委员”147人",
    "到村开展慰问关怀2111人，召开调研座谈会159场次，开展调研150次，签订联建协议147份",
)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[System, FastAPI]]:
    """The county with a published run."""
    system, app = demo_app(tmp_path_factory.mktemp("county"), then=published_run)
    yield system, app
    system.close()


def body_of(page: str) -> str:
    found = re.search(r'<section class="body">(.*?)</section>\n', page, re.DOTALL)
    assert found is not None
    return found[1]


def text_of(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", markup))


def figures_of(page: str) -> list[tuple[str, str]]:
    """(address, figure) of every linked figure of the report."""
    found = re.findall(r'<a class="figure" href="([^"]+)"[^>]*>([^<]*)</a>', body_of(page))
    return [(html.unescape(href), html.unescape(text)) for href, text in found]


def without_figures(body: str) -> str:
    return text_of(re.sub(r'<a class="figure" .*?</a>', "", body))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_number_of_the_report_is_a_linked_figure(
    published: tuple[System, FastAPI], language: str
) -> None:
    _, app = published
    page = Visitor(app, "kaohe").get(f"/reports/annual?year=2025&lang={language}").text
    left = without_figures(body_of(page))
    assert re.findall(r"\d+", left) == [], left
    assert len(figures_of(page)) > 100
    assert without_figures('<p>有<a class="figure" href="/x">3</a>个，共 12 个</p>') == "有个，共 12 个"


def test_the_seeds_sentence_is_produced_from_events(published: tuple[System, FastAPI]) -> None:
    _, app = published
    text = text_of(body_of(Visitor(app, "kaohe").get("/reports/annual?year=2025").text))
    for sentence in SEED:
        assert sentence in text


def test_every_figure_leads_to_a_page_that_shows_it(published: tuple[System, FastAPI]) -> None:
    _, app = published
    assessor = Visitor(app, "kaohe")
    report = assessor.get("/reports/annual?year=2025").text
    seen: dict[str, str] = {}
    for href, figure in dict.fromkeys(figures_of(report)):
        if href not in seen:
            answer = assessor.get(href)
            assert answer.status_code == 200, href
            seen[href] = answer.text
        shown = seen[href]
        if "figure=budget_cents" in href or "figure=ratings" in href:
            amount = found_in(shown, r'id="value">([\d.,]+)<')
            if "ratings" in href:
                rated = int(
                    found_in(assessor.get(href.replace("ratings", "needs_rated")).text, r'id="value">(\d+)<')
                )
                assert figure == two_decimals(half_up(Fraction(int(amount), rated)))
            else:
                assert figure.removesuffix(".00") == amount.removesuffix(".00") and "," in amount
        elif "figure=training_hours_hundredths" in href:
            # A page has two decimals, a report as many as it needs.
            shown_there = re.findall(r'<(?:b|span)[^>]* id="\w+">([\d.]+)<', shown)
            assert Decimal(figure) in map(Decimal, shown_there), (href, figure)
        elif href.startswith("/facts?figure="):
            assert figure in re.findall(r'<(?:b|span)[^>]* id="\w+">([^<]+)<', shown), (href, figure)
        elif "grade=" in href and not figure.endswith("%"):
            assert f"共 {figure} 对结对" in shown, (href, figure)
        elif href.startswith("/result-uses"):
            assert f"共 {figure} 项" in shown, (href, figure)
        elif "indicator=" in href and figure.isdecimal():
            assert f"共 {figure} 对结对" in shown, (href, figure)
    assert sum(1 for href in seen if href.startswith("/facts?figure=")) > 40


def found_in(text: str, pattern: str) -> str:
    found = re.search(pattern, text)
    assert found is not None, pattern
    return found[1]


def test_events_move_the_sentences_and_the_past_report_stays(published: tuple[System, FastAPI]) -> None:
    system, app = published
    assessor, at = Visitor(app, "kaohe"), system.log.position()
    before = assessor.get("/reports/annual?year=2025").text
    record = partial(carried, system, record_activity, near="")
    today = system.today()
    common = {"pairing_id": PAIRING, "reported_on": today, "today": today, "by": BY}
    record(
        kind=ActivityKind.CONDOLENCE_VISIT,
        topic="补登慰问",
        held_on=date(2025, 12, 30),
        participants=3,
        persons_visited=7,
        **common,
    )
    record(
        kind=ActivityKind.FORUM,
        topic="补登座谈",
        held_on=date(2025, 12, 30),
        participants=5,
        persons_visited=None,
        **common,
    )
    after = text_of(body_of(assessor.get("/reports/annual?year=2025").text))
    assert "慰问关怀2118人，召开调研座谈会160场次，开展调研150次" in after
    assert "全年开展各类联建活动3925次" in after
    assert "核定之后才登记的本年度事实2条" in after, (
        "a visit is one entry, although it states an activity and the persons visited"
    )
    then = assessor.get(f"/reports/annual?year=2025&at={at}").text
    assert text_of(body_of(then)) == text_of(body_of(before))
    assert [figure for _, figure in figures_of(then)] == [figure for _, figure in figures_of(before)]
    old = assessor.get(next(href for href, text in figures_of(then) if text == "2111")).text
    assert 'id="value">2111<' in old, "a figure of the past leads to the facts of the past"


def test_the_word_file_says_where_every_figure_comes_from(published: tuple[System, FastAPI]) -> None:
    system, app = published
    assessor = Visitor(app, "kaohe")
    linked = figures_of(assessor.get("/reports/annual?year=2025").text)
    paper = Document(io.BytesIO(assessor.get("/reports/annual/word?year=2025").content))
    appendix = next(t for t in paper.tables if t.rows[0].cells[0].text == "序号")
    rows = [[cell.text for cell in row.cells] for row in appendix.rows[1:]]
    assert [(row[0], row[1]) for row in rows] == [
        (str(n), figure) for n, (_, figure) in enumerate(linked, start=1)
    ]
    for row, (href, _) in zip(rows, linked, strict=True):
        assert row[2] and row[3].endswith(href), row
    everything = "\n".join(line.text for line in paper.paragraphs)
    with system.reading() as connection:
        run = run_results(system.scoring, connection, run_named(system, "2025-1"), None).run
    assert run.results_digest in everything and str(system.log.position()) in everything
    assert "[1]" in everything
    links = [rel.target_ref for rel in paper.part.rels.values() if "hyperlink" in rel.reltype]
    assert any("/facts?figure=persons_visited" in link for link in links)


def test_a_report_before_publication_is_a_draft(tmp_path_factory: pytest.TempPathFactory) -> None:
    system, app = demo_app(tmp_path_factory.mktemp("early"))
    assessor = Visitor(app, "kaohe")
    early = assessor.get("/reports/annual?year=2025").text
    assert "草稿" in early and "尚未核定得分" in early
    for sentence in SEED:
        assert sentence in text_of(body_of(early))
    run_id = freeze(system, because="预核", who=BY)
    assert "尚未核定得分" in assessor.get("/reports/annual?year=2025").text, "what is not public is not told"
    drafted = assessor.get(f"/reports/annual?run={run_id}").text
    assert 'class="watermark"' in drafted and run_id in drafted
    empty = assessor.get("/reports/annual?year=2019").text
    assert "0个州县机关企事业单位党支部" in text_of(body_of(empty))
    system.close()


def test_every_figure_is_what_its_list_adds_up_to(published: tuple[System, FastAPI]) -> None:
    system, _ = published
    basis = Basis(year=2025, known_at=system.log.position(), on=date(2026, 1, 12), cut_off=date(2026, 1, 10))
    with system.reading() as connection:
        called = Names(connection)
        together = year_figures.values(connection, basis)
        assert year_figures.AT_ONCE.keys() < together.keys()
        for name in year_figures.NAMES:
            listed = year_figures.items(connection, name, basis)
            value = year_figures.value(connection, name, basis)
            assert year_figures.count(listed, year_figures.counting(name)) == value, name
            assert together.get(name, value) == value, name
            none = ("findings_yellow", "findings_waiting", "training_hours_hundredths")
            assert value > 0 or name in none, name
            for by in Sharing:
                shares = year_figures.shares(
                    connection, name, basis, by, lambda village: called.called(village).township
                )
                adds_up = year_figures.counting(name) in (
                    year_figures.Counting.SUM,
                    year_figures.Counting.ITEMS,
                )
                assert not adds_up or sum(shares.values()) == value, (name, by)
                if (name, by) == ("activities", Sharing.MONTH):
                    assert [*shares.values()] == activities_by_month(connection, 2025, basis.known_at)
            if year_figures.counting(name) in (year_figures.Counting.SUM, year_figures.Counting.ITEMS):
                amounts = year_figures.per_pairing(connection, name, basis)
                assert len(amounts) == 147
                # What belongs to no pairing of the year, such as a need nobody took on, is in no pairing's share.
                own = {each.pairing for each in amounts}
                elsewhere = [item for item in listed if item.pairing not in own]
                rest = year_figures.count(elsewhere, year_figures.counting(name))
                assert sum(each.amount for each in amounts) + rest == value, name


def test_a_figure_narrows_and_lists_its_events(published: tuple[System, FastAPI]) -> None:
    _, app = published
    auditor = Visitor(app, "shenji")
    whole = auditor.get("/facts?figure=findings&year=2025").text
    minor = auditor.get("/facts?figure=findings&year=2025&level=minor").text
    heavy = auditor.get("/facts?figure=findings&year=2025&level=heavy&limit=100").text
    n = [int(found_in(page, r'id="value">(\d+)<')) for page in (whole, minor, heavy)]
    assert n[0] == n[1] + n[2] and all(n)
    assert len(re.findall(r'<a href="/events/\d+">', heavy)) == n[2]
    spreads = auditor.get("/facts?figure=forums&year=2025&by=pairing").text
    assert int(found_in(spreads, r'id="none">(\d+)<')) > 0
    for by, heading in (("unit", "联建单位"), ("township", "所属乡镇"), ("month", "月份")):
        shared = auditor.get(f"/facts?figure=forums&year=2025&by={by}&limit=100").text
        whole_of_year = int(found_in(shared, r'id="value">(\d+)<'))
        amounts = re.findall(r'<td class="num" data-label="数量">(\d+)</td>', shared)
        assert by == "unit" or sum(map(int, amounts)) == whole_of_year
        table = auditor.get(f"/facts/export?format=csv&figure=forums&year=2025&by={by}").text
        rows = [line.split(",") for line in table.strip().splitlines()]
        assert rows[0][0].endswith(heading) and sum(int(row[1]) for row in rows[1:]) == whole_of_year
    assert auditor.get("/facts?figure=forums&year=2025&by=day").status_code == 422
    for figure in ("budget_cents", "training_hours_hundredths"):
        assert auditor.get(f"/facts?figure={figure}&year=2025&by=pairing").status_code == 200
    assert auditor.get("/facts?figure=nonsense").status_code == 404
    assert auditor.get("/facts?figure=forums&on=heute").status_code == 422
    assert auditor.get("/facts?figure=forums&since=x").status_code == 422
    listed = auditor.get("/facts?year=2025&lang=en").text
    assert listed.count('href="/facts?figure=') == len(year_figures.NAMES) - 1


def test_a_light_is_told_for_the_day_of_the_report(published: tuple[System, FastAPI]) -> None:
    _, app = published
    auditor = Visitor(app, "shenji")
    early = auditor.get("/facts?figure=findings_red&year=2025&on=2025-01-02").text
    late = auditor.get("/facts?figure=findings_red&year=2025&on=2026-06-30").text
    assert found_in(early, r'id="value">(\d+)<') == "0"
    assert int(found_in(late, r'id="value">(\d+)<')) > 0


@pytest.mark.parametrize("path", ["/reports/annual", "/reports/casebook", "/facts", "/facts?figure=forums"])
def test_reports_are_for_the_office(published: tuple[System, FastAPI], path: str) -> None:
    _, app = published
    for name in ("danwei", "cun", "guanli"):
        assert Visitor(app, name).get(path).status_code == 403
    for name in ("kaohe", "lianban", "ducha", "fuhe", "shenji"):
        assert Visitor(app, name).get(path).status_code == 200


def test_the_casebook_tells_what_the_pairings_did(published: tuple[System, FastAPI]) -> None:
    system, app = published
    assessor = Visitor(app, "kaohe")
    page = assessor.get("/reports/casebook/print?year=2025").text
    word = Document(io.BytesIO(assessor.get("/reports/casebook/word?year=2025").content))
    headings = [line.text for line in word.paragraphs if line.style and line.style.name == "Heading 1"]
    with system.reading() as connection:
        basis = Basis(year=2025, known_at=system.log.position(), on=system.today(), cut_off=date(2026, 1, 10))
        cases = year_figures.items(connection, "cases", basis)
        meetings = year_figures.value(connection, "meetings", basis)
    named = {(item.pairing, item.reference) for item in cases}
    assert len([h for h in headings if h not in ("编写说明", "现场会")]) == len(named) > 5
    contents = found_in(page.replace("\n", " "), r'(<nav class="contents">.*?</nav>)')
    for _, name in named:
        assert name in contents and name in headings
    linked = re.findall(r'href="#((?:part|case)[\d-]+)"', contents)
    assert len(linked) == len(headings) and all(f'id="{each}"' in page for each in linked)
    assert "PAGEREF" in word.element.xml and "w:anchor" in word.element.xml
    for item in cases:
        if item.level == "province":
            assert "最高级别：省级" in text_of(page)
    assert text_of(page).index("最高级别：省级") < text_of(page).rindex("最高级别：县级")
    assert "做了什么" in text_of(page) and "办了哪些需求" in text_of(page)
    assert meetings > 0 and "现场会" in headings
    assert assessor.get("/reports/casebook?year=2031").text.count("尚无典型案例") == 1
    assert "Highest level" in text_of(assessor.get("/reports/casebook?year=2025&lang=en").text)


def test_the_casebook_is_read_in_parts_whose_contents_lead_to_every_case(
    published: tuple[System, FastAPI],
) -> None:
    assessor = Visitor(published[1], "kaohe")
    whole = assessor.get("/reports/casebook/print?year=2025").text
    cases = re.findall(r'<h2 id="(case-\d+)">([^<]+)<', whole)
    first = assessor.get("/reports/casebook?year=2025").text
    parts, following = [first], re.search(r'href="([^"]+)" rel="next"', first)
    while following:
        parts.append(assessor.get(html.unescape(following[1])).text)
        following = re.search(r'href="([^"]+)" rel="next"', parts[-1])
    assert len(cases) > 10 and len(parts) == -(-len(cases) // 10)
    assert [each for part in parts for each in re.findall(r'<h2 id="(case-\d+)">([^<]+)<', part)] == cases
    assert [("现场会</h2>" in each, "编写说明</h2>" in each) for each in parts] == [
        (each is parts[-1], each is first) for each in parts
    ]
    contents = re.findall(
        r'<li><a href="([^"]+)">([^<]+)</a></li>', found_in(first, r'(?s)(<nav class="contents">.*?</nav>)')
    )
    assert [name for _, name in contents] == [name for _, name in cases]
    for href, _ in contents:
        address, _, anchor = html.unescape(href).partition("#")
        assert f'<h2 id="{anchor}">' in assessor.get(address).text, href
    gone = assessor.get("/reports/casebook?year=2025&after=nothing").text
    assert "从头开始显示" in gone and "编写说明</h2>" in gone
    assert "/reports/casebook/print" in first and '<nav class="sections' not in whole


def test_medians_and_means_are_exact() -> None:
    found = spread([0, 3, 4, 0, 10])
    assert found is not None
    assert (found.none, found.least, found.median, found.mean, found.greatest) == (
        2,
        0,
        3,
        Fraction(17, 5),
        10,
    )
    even = spread([1, 2])
    assert even is not None and number(even.median) == "1.5"
    assert spread([]) is None
