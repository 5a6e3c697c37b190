"""Documents of a run with an adjusted grade, a service, and a basis for showing places."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from docx import Document
from fastapi import FastAPI
from openpyxl import load_workbook

from application.questions.results.run_results import course_of, run_results
from application.system import System
from application.verbs.assessment import results as verbs
from domain.appeal.appeal import FILING_DAYS
from tests.kit.acts import act
from tests.kit.serving import Visitor, demo_app
from tests.kit.yearend import by, freeze, open_notice, run_named, sign_off

UNIT, VILLAGE = "云州财政局", "龙岭村"
BRANCH, VILLAGE_ID = "b-e18f586987e6939d", "v-e18f586987e6939d"
"""Their ids, as the seeded source of the demo makes them."""
PAIRING = "pr-e18f586987e6939d"


@pytest.fixture(scope="module")
def adjusted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[System, FastAPI]]:
    """龙岭村, computed as 良好 with 90.10 points, was raised to 优秀; places are shown on a basis; its unit was served."""
    system, app = demo_app(tmp_path_factory.mktemp("county"))
    start = system.today() - timedelta(days=21)
    run_id = freeze(system, day=start)
    with system.reading() as connection:
        graded = run_results(system.scoring, connection, run_id, None).graded
    # The places of 优秀 are all taken; somebody leaves it before 龙岭村 enters.
    other = next(each.result.pairing for each in graded if each.grade == "excellent")
    lowest = next(
        each.result.pairing for each in graded if each.grade == "good" and each.result.pairing != PAIRING
    )
    for pairing_id, grade, because in (
        (other, "good", "材料核减"),
        (PAIRING, "excellent", "承办全州现场会"),
        (lowest, "poor", "年终舆情"),
    ):
        act(
            system,
            verbs.propose_adjustment,
            run_id,
            pairing_id=pairing_id,
            grade_after=grade,
            because=because,
            basis="县委办〔2026〕5号",
            day=start,
            by=by("kaohe"),
        )
        act(
            system,
            verbs.approve_adjustment,
            run_id,
            pairing_id=pairing_id,
            approver="联建办主任",
            day=start,
            by=by("lianban"),
        )
    sign_off(system, run_id, start)
    closed_on = open_notice(system, run_id, start, ranking_basis="县联建办〔2026〕2号") + timedelta(days=1)
    act(system, verbs.close_notice, run_id, day=closed_on, acknowledged=True, by=by("lianban"))
    act(system, verbs.publish_run, run_id, day=closed_on, acknowledged=True, by=by("kaohe"))
    act(
        system,
        verbs.serve_result,
        run_id,
        branches=[BRANCH],
        served_to="办公室",
        served_on=closed_on,
        by=by("kaohe"),
    )
    yield system, app
    system.close()


def text_of(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", page))


def test_the_notice_shows_both_grades_with_reason_and_basis(adjusted: tuple[System, FastAPI]) -> None:
    _, app = adjusted
    clerk = Visitor(app, "kaohe")
    page = text_of(clerk.get(f"/documents/notice/2025-1/{BRANCH}").text)
    paper = Document(io.BytesIO(clerk.get(f"/documents/notice/2025-1/{BRANCH}/word").content))
    for text in (page, "\n".join(line.text for line in paper.paragraphs)):
        assert "计算等次为良好，经批准调整为优秀。理由：承办全州现场会。依据：县委办〔2026〕5号。" in text
    assert "90.10" in page, "the score is what it was"


def test_the_notice_says_by_when_to_appeal_once_it_was_served(adjusted: tuple[System, FastAPI]) -> None:
    system, app = adjusted
    with system.reading() as connection:
        course = course_of(connection, run_named(system, "2025-1"), system.log.position())
    served = course.served[BRANCH]
    last = served + timedelta(days=FILING_DAYS)
    page = text_of(Visitor(app, "kaohe").get(f"/documents/notice/2025-1/{BRANCH}").text)
    assert f"本通知于{served.year}年{served.month}月{served.day}日送达" in page
    assert f"即{last.year}年{last.month}月{last.day}日前（含）提出申诉" in page
    assert "公示期自" in page and "电话 0000-12345" in page


def test_places_are_shown_where_the_notice_named_a_basis(adjusted: tuple[System, FastAPI]) -> None:
    _, app = adjusted
    page = Visitor(app, "kaohe").get("/documents/circular/2025-1").text
    section = page[page.index("三、予以表扬") : page.index("四、予以批评")]
    assert "名次依县联建办〔2026〕2号公布" in text_of(section)
    places = [int(each) for each in re.findall(r'title="名次">(\d+)</a>', section)]
    assert places == sorted(places) and len(places) == 44
    assert VILLAGE in section, "the adjusted pairing is praised too"


def test_the_workbook_and_the_results_tell_both_grades(adjusted: tuple[System, FastAPI]) -> None:
    _, app = adjusted
    assessor = Visitor(app, "kaohe")
    book = load_workbook(io.BytesIO(assessor.get("/documents/summary/2025-1").content))
    head, *rows = book["得分汇总"].iter_rows(values_only=True)
    (mine,) = [dict(zip(head, row, strict=True)) for row in rows if row[1] == VILLAGE]
    assert (mine["计算等次"], mine["最终等次"]) == ("良好", "优秀")
    assert "县委办〔2026〕5号" in str(mine["等次依据"])
    grades = {row[0]: row[1:3] for row in book["等次统计"].iter_rows(min_row=2, values_only=True)}
    assert grades["优秀"] == (44, 44), "one left it and one entered"
    finals = [row for row in rows if row[head.index("最终等次")] == "优秀"]
    assert len(finals) == 44 and sum(1 for row in finals if row[head.index("计算等次")] != "优秀") == 1
    shown = assessor.get("/results?run=2025-1&grade=excellent&limit=50").text
    assert VILLAGE in shown and "已调整，计算为良好" in shown
    assert VILLAGE not in assessor.get("/results?run=2025-1&grade=good&limit=100").text.split("<thead>")[1]


def test_the_final_grade_calls_for_praise(adjusted: tuple[System, FastAPI]) -> None:
    system, app = adjusted
    assessor = Visitor(app, "kaohe")
    form = assessor.get(f"/result-uses/new?run=2025-1&pairing={PAIRING}").text
    assert '<option value="commendation" selected>' in form
    due = (system.today() + timedelta(days=5)).isoformat()
    answer = assessor.post(
        "/result-uses/order-result-use",
        run_id=run_named(system, "2025-1"),
        pairing_id=PAIRING,
        use="commendation",
        measure="通报表扬",
        because="",
        due_on=due,
    )
    assert answer.status_code == 200, "no reason is needed for what the final grade calls for"


def test_the_circular_says_what_a_criticism_rests_on(adjusted: tuple[System, FastAPI]) -> None:
    _, app = adjusted
    kaohe = Visitor(app, "kaohe")
    page = kaohe.get("/documents/circular/2025-1").text
    section = page[page.index("四、予以批评") : page.index("五、共性问题")]
    reasons = [re.findall(r"<td[^>]*>(.*?)</td>", row)[3] for row in section.split("<tr>")[2:]]
    assert reasons.count("经批准调整等次") == 1 and reasons.count("得分偏低") == 6
    assert reasons.count("一票否决") == 2
    link = re.search(r'href="([^"]+)" title="予以批评的结对">(\d+)<', section)
    assert link is not None
    assert int(link[2]) == len(reasons) == 9
    assert f"共 {link[2]} 对结对" in text_of(kaohe.get(html.unescape(link[1])).text)
