"""A scheme's life on its pages: written by one, approved by another, published once, never changed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

import pytest
from fastapi import FastAPI

from application.look import look_of
from application.system import System
from application.things import SCHEME
from domain.assessment.scheme_file.moving_on import moved_on
from domain.assessment.schemes import scheme_text
from tests.kit.serving import Visitor, demo_app

TEXT = scheme_text(2025)
NEXT = moved_on(TEXT, 2025, 2026)
WRONG = NEXT.replace("each = 2, at_most = 8", "each = 4, at_most = 8")
"""Two trainings are enough for the 8 points of B1; a case beside the rule still says that three make 6."""
CASE = "{ measured = 3, points = 6 }"
CHANGED = WRONG.replace(CASE, "{ measured = 3, points = 8 }", 1)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[System, FastAPI]]:
    """A county of its own: this file publishes."""
    system, app = demo_app(tmp_path_factory.mktemp("office"))
    yield system, app
    system.close()


def typed(page: str) -> str:
    """The text in the editor as a browser would take it from the page."""
    import html

    found = re.search(r'<textarea name="text"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    assert found is not None
    return html.unescape(found[1])


def test_everybody_reads_the_scheme_as_a_document(office: tuple[System, FastAPI]) -> None:
    for username in ("danwei", "cun", "shenji"):
        page = Visitor(office[1], username).get("/schemes/2025").text
        assert "每次 2 分，最多 8 分。" in page and "志愿服务" in page
        assert "达到 60 人 得 6 分" in page, "the rule in words"
        assert "A3" in page and "截止日前填报的才计" in page
    answer = Visitor(office[1], "danwei").get("/schemes/2025/text")
    assert answer.text == TEXT
    assert hashlib.sha256(answer.content).hexdigest() in Visitor(office[1], "cun").get("/schemes/2025").text
    english = Visitor(office[1], "danwei").get("/schemes/2025?lang=en").text
    assert "Themed Party day" in english and "6 for 60, fewer in proportion" in english


def test_clerks_see_no_draft_and_only_assessors_write_one(office: tuple[System, FastAPI]) -> None:
    app = office[1]
    assert Visitor(app, "danwei").get("/schemes/2026/draft").status_code == 403
    assert (
        Visitor(app, "lianban").post("/schemes/2026/draft-scheme", text=NEXT, based_on="0").status_code == 403
    )
    assert Visitor(app, "kaohe").post("/schemes/2026/approve-scheme", draft="1").status_code == 403
    assert Visitor(app, "lianban").post("/schemes/2026/publish-scheme", draft="1").status_code == 403
    assert Visitor(app, "shenji").get("/schemes/2026/draft").status_code == 404


def test_a_year_begins_with_the_last_one_moved_on_and_nothing_is_saved_yet(
    office: tuple[System, FastAPI],
) -> None:
    system, app = office
    before = system.log.position()
    page = Visitor(app, "kaohe").get("/schemes/start?year=2026&start=previous").text
    assert typed(page) == NEXT
    assert "格式无误，可以读成 2026 年度第 1 版细则。" in page
    assert "与 2025 年度第 1 版（日期移至本年度）对照" in page
    assert system.log.position() == before


def test_a_broken_draft_is_kept_and_shown_with_the_line_and_the_remedy(
    office: tuple[System, FastAPI],
) -> None:
    system, app = office
    assessor = Visitor(app, "kaohe")
    broken = NEXT.replace('kind = "months"', 'kind = "monthz"', 1)
    line = broken.split("\n").index('kind = "monthz"') + 1
    page = assessor.post("/schemes/2026/draft-scheme", text=broken, based_on="0", because="新年度").text
    assert typed(page) == broken
    history = SCHEME.state(look_of(system), "2026")
    assert (history.draft, history.draft_text) == (1, broken)
    assert f'<li value="{line}" id="line-{line}" class="bad">' in page and page.count('class="bad"') == 1
    assert f'<a href="#line-{line}">第 {line} 行</a>' in page and "monthz" in page and "办法" in page
    answer = Visitor(app, "lianban").get("/schemes/2026/draft").text
    assert "有错误的草稿不能审批" in answer and "/approve-scheme" not in answer


def test_line_ends_of_a_browser_do_not_change_the_text(office: tuple[System, FastAPI]) -> None:
    system, app = office
    page = Visitor(app, "kaohe").post(
        "/schemes/2026/draft-scheme", text=NEXT.replace("\n", "\r\n"), based_on="1"
    )
    assert page.status_code == 200
    assert SCHEME.state(look_of(system), "2026").draft_text == NEXT
    again = Visitor(app, "kaohe").post(
        "/schemes/2026/draft-scheme", text=NEXT.replace("\n", "\r\n"), based_on="2"
    )
    assert again.status_code == 409 and "assessment.DRAFT_DIFFERS" in again.text


def test_of_two_who_save_at_once_neither_loses_a_line(office: tuple[System, FastAPI]) -> None:
    system, app = office
    first, second = Visitor(app, "kaohe"), Visitor(app, "fukao")
    theirs = NEXT.replace("# ---------------------------------------------------------------- A", "# 组织", 1)
    assert first.post("/schemes/2026/draft-scheme", text=theirs, based_on="2").status_code == 200
    late = second.post("/schemes/2026/draft-scheme", text=CHANGED, based_on="2", because="培训加分")
    assert late.status_code == 409
    assert "其间有人保存了第 3 稿" in late.text
    assert typed(late.text) == CHANGED and 'name="based_on" value="3"' in late.text
    assert 'value="培训加分"' in late.text
    assert "<del># 组织</del>" in late.text, "what the other wrote is shown"
    assert SCHEME.state(look_of(system), "2026").draft_text == theirs
    assert second.post("/schemes/2026/draft-scheme", text=CHANGED, based_on="3").status_code == 200
    assert SCHEME.state(look_of(system), "2026").draft == 4


def test_a_preview_is_a_page_without_script_and_a_part_of_it_with_one(office: tuple[System, FastAPI]) -> None:
    system, app = office
    before = system.log.position()
    assessor = Visitor(app, "kaohe")
    whole = assessor.post("/schemes/2026/draft/preview", text="year = ", based_on="4", because="试")
    assert typed(whole.text) == "year = " and 'value="试"' in whole.text
    assert "须更正" in whole.text and 'name="based_on" value="4"' in whole.text
    assessor.http.headers["HX-Request"] = "true"
    part = assessor.post("/schemes/2026/draft/preview?view=text", text=CHANGED, based_on="4").text
    assert "<html" not in part and "格式无误" in part
    assert "每次 2 分，最多 8 分" in part and "每次 4 分，最多 8 分" in part, "rule by rule"
    assert system.log.position() == before


def test_a_case_that_does_not_hold_is_shown_first_and_stands_in_the_way(
    office: tuple[System, FastAPI],
) -> None:
    system, app = office
    assessor, head = Visitor(app, "kaohe"), Visitor(app, "lianban")
    line = next(n for n, each in enumerate(WRONG.split("\n"), 1) if CASE in each)
    page = assessor.post("/schemes/2026/draft/preview", text=WRONG, based_on="4").text
    assert "1 个样例不符" in page and "应为 6 分，算得 8 分" in page
    assert f'<a href="#line-{line}">第 {line} 行</a>' in page
    uncovered = re.sub(r"cases = \[\n  \{ measured = 3, points = 8 \},\n(.*\n)*?\]\n", "", CHANGED, count=1)
    assert uncovered != CHANGED
    page = assessor.post("/schemes/2026/draft/preview", text=uncovered, based_on="4").text
    assert "1 项规则没有样例" in page and "B1.sessions" in page
    for text, clause in ((WRONG, "CASES_HOLD"), (uncovered, "EVERY_PART_TRIED")):
        draft = SCHEME.state(look_of(system), "2026").draft
        assessor.post("/schemes/2026/draft-scheme", text=text, based_on=str(draft))
        assert "/approve-scheme" not in head.get("/schemes/2026/draft").text
        form = {"draft": str(draft + 1), "approver": "审批甲", "seen_year": "2025", "seen_moved": "0"}
        refused = head.post("/schemes/2026/approve-scheme", **form)
        assert refused.status_code == 409 and f"assessment.{clause}" in refused.text
    assessor.post("/schemes/2026/draft-scheme", text=CHANGED, based_on="6")


def test_the_back_test_says_who_moves_and_why(office: tuple[System, FastAPI]) -> None:
    assessor = Visitor(office[1], "kaohe")
    page = assessor.post("/schemes/2026/draft/back-test", text=CHANGED, based_on="7", sort="rising").text
    assert "用 2025 年度的数据试算（对照该年度第 1 版）" in page
    moved = re.search(r"147 个结对中 (\d+) 个会变动，(\d+) 个上升，0 个下降", page)
    assert moved is not None and int(moved[1]) >= int(moved[2]) > 0
    assert "B1 集中培训、专题讲座" in page and "计分规则" in page
    figures = [float(each) for each in re.findall(r'num up">\+([\d.]+)<', page)]
    assert figures == sorted(figures, reverse=True) and figures[0] > figures[-1]
    broken = assessor.post("/schemes/2026/draft/back-test", text="year = ", based_on="7").text
    assert "没有可供试算的年度" in broken


def test_too_long_a_text_is_refused_with_its_size(office: tuple[System, FastAPI]) -> None:
    answer = Visitor(office[1], "kaohe").post(
        "/schemes/2026/draft-scheme", text="# 细则\n" * 120_000, based_on="7"
    )
    assert answer.status_code == 422 and "最多 500000 字，现有 600000 字" in answer.text
    empty = Visitor(office[1], "kaohe").post("/schemes/2026/draft-scheme", text="\n ", based_on="7")
    assert empty.status_code == 422


def approval(page: str, **changes: str) -> dict[str, str]:
    """The approver's form as the page holds it."""
    form = page[page.index("/approve-scheme") :]
    fields = dict(re.findall(r'name="(draft|seen_year|seen_moved)" value="([^"]*)"', form))
    return {**fields, "approver": "审批甲", **changes}


def test_another_person_approves_what_was_shown_and_an_assessor_publishes(
    office: tuple[System, FastAPI],
) -> None:
    system, app = office
    head = Visitor(app, "lianban")
    page = head.get("/schemes/2026/draft").text
    assert "用 2025 年度的数据试算" in page and '<textarea name="text"' not in page
    assert Visitor(app, "kaohe").post("/schemes/2026/publish-scheme", draft="7").status_code == 409
    blind = head.post("/schemes/2026/approve-scheme", **approval(page, seen_moved="0"))
    assert blind.status_code == 409 and "assessment.BACK_TEST_SEEN" in blind.text
    returned = head.post("/schemes/2026/return-scheme", draft="7", because="B1 请说明理由")
    assert "B1 请说明理由" in returned.text
    assert "B1 请说明理由" in Visitor(app, "kaohe").get("/schemes/2026/draft").text
    final = CHANGED + "# B1：两次即得满分\n"
    Visitor(app, "kaohe").post("/schemes/2026/draft-scheme", text=final, based_on="7", because="说明理由")
    approved = head.post("/schemes/2026/approve-scheme", **approval(head.get("/schemes/2026/draft").text))
    assert "审批甲" in approved.text and "已审批" in approved.text
    published = Visitor(app, "fukao").post("/schemes/2026/publish-scheme", draft="8")
    assert str(published.url.path) == "/schemes/2026"
    assert "审批甲（县联建办）审批" in published.text and "适用全年" in published.text
    assert SCHEME.state(look_of(system), "2026").text == final
    assert Visitor(app, "danwei").get("/schemes/2026/text").text == final


def test_no_route_changes_what_was_published(office: tuple[System, FastAPI]) -> None:
    system, app = office
    assessor, head = Visitor(app, "kaohe"), Visitor(app, "lianban")
    before = assessor.get("/schemes/2026/text").text
    position = system.log.position()
    for visitor, step, values in (
        (assessor, "publish", {"draft": "8"}),
        (assessor, "publish", {"draft": "8", "in_force_on": "2026-06-01"}),
        (head, "return", {"draft": "8", "because": "x"}),
        (head, "approve", {"draft": "8", "approver": "甲", "seen_year": "2025", "seen_moved": "0"}),
    ):
        assert visitor.post(f"/schemes/2026/{step}-scheme", **values).status_code == 409
    assert system.log.position() == position
    # A further draft is another text; what is in force stays.
    begun = typed(assessor.get("/schemes/2026/draft").text)
    assert "version = 2" in begun
    saved = assessor.post("/schemes/2026/draft-scheme", text=begun + "# 修订\n", based_on="8")
    assert saved.status_code == 200
    assert assessor.get("/schemes/2026/text").text == before
    assert "起草修订" not in Visitor(app, "danwei").get("/schemes/2026").text


def test_an_amendment_is_dated_and_says_why_it_looks_back(office: tuple[System, FastAPI]) -> None:
    system, app = office
    head, assessor = Visitor(app, "lianban"), Visitor(app, "kaohe")
    head.post("/schemes/2026/approve-scheme", **approval(head.get("/schemes/2026/draft").text))
    undated = assessor.post("/schemes/2026/publish-scheme", draft="9")
    assert undated.status_code == 409 and "assessment.AMENDMENT_IS_DATED" in undated.text
    if system.today().isoformat() > "2026-01-02":
        back = assessor.post("/schemes/2026/publish-scheme", draft="9", in_force_on="2026-01-02")
        assert back.status_code == 409 and "assessment.LOOKING_BACK_EXPLAINED" in back.text
    done = assessor.post(
        "/schemes/2026/publish-scheme",
        draft="9",
        in_force_on="2026-01-02",
        retroactive_because="上级文件自年初施行",
    )
    assert "自 2026-01-02 起施行" in done.text and "上级文件自年初施行" in done.text
    assert "第 1 版" in done.text and "与前一版的不同" in done.text
    old = assessor.get("/schemes/2026?version=1").text
    assert "已由第 2 版取代" in old


def test_the_list_shows_every_year_now_and_as_known_before(office: tuple[System, FastAPI]) -> None:
    auditor = Visitor(office[1], "shenji")
    now = auditor.get("/schemes").text
    assert "2026" in now and "2025" in now
    then = auditor.get("/schemes?at=8000").text
    assert "<strong>2025</strong>" in then and "<strong>2026</strong>" not in then
    assert auditor.get("/schemes/2026?at=8000").status_code == 404
    assert auditor.get("/schemes/none").status_code == 404
    assert auditor.get("/schemes/2025?version=9").status_code == 404


def test_the_script_is_served_from_here(office: tuple[System, FastAPI]) -> None:
    answer = Visitor(office[1], None).get("/static/htmx.min.js")
    assert answer.status_code == 200 and "javascript" in answer.headers["content-type"]
    assert "htmx" in answer.text


@pytest.mark.parametrize(
    ("old", "new", "before", "after"),
    [
        (
            "\n[veto]\n",
            '\n[grading]\nties = "all_in"\n\n[veto]\n',
            "名额边界处并列：并列者都不列入",
            "名额边界处并列：并列者都列入",
        ),
        ("to = 0.01", "to = 0.1", "四舍五入，保留到 0.01 分", "四舍五入，保留到 0.1 分"),
        ('grade = "poor"', "lower_by = 1", "定为poor", "等次降 1 档"),
    ],
)
def test_what_differs_about_the_whole_is_said_in_words(
    office: tuple[System, FastAPI], old: str, new: str, before: str, after: str
) -> None:
    assert TEXT.count(old) == 1
    text = TEXT.replace("version = 1", "version = 2", 1).replace(old, new)
    page = Visitor(office[1], "kaohe").post("/schemes/2025/draft/preview", text=text, based_on="0").text
    assert "格式无误" in page and "min_days_paired=" not in page and "Rounding(" not in page
    found = page.split("哪里不同")[1].split("</table>")[0]
    assert before in found and after in found


def test_the_document_says_how_places_are_cut_and_what_a_veto_does(office: tuple[System, FastAPI]) -> None:
    page = Visitor(office[1], "danwei").get("/schemes/2025").text
    assert "当年结对不满 1 天的不定等次；名额取整：向下取整；名额边界处并列：并列者都不列入" in page
    assert "四舍五入，保留到 0.01 分" in page and "<strong>定为较差</strong>" in page
    assert "总分 &gt; E " in page
