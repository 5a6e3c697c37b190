"""What published results lead to, as the roles see and do it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from fastapi import FastAPI

from application.system import System
from interface.demo.accounts import VILLAGE
from tests.kit.databases import DatabaseCase
from tests.kit.demo_ids import PAIRING
from tests.kit.results import BY, published_run
from tests.kit.serving import Visitor, demo_app
from tests.kit.yearend import freeze, run_named


@pytest.fixture(scope="module")
def published(module_database: DatabaseCase) -> Iterator[tuple[System, FastAPI]]:
    """The county with a published run 2025-1."""
    system, app = demo_app(module_database.folder, module_database.url, published_run)
    yield system, app
    system.close()


def order(someone: Visitor, system: System, **change: str) -> tuple[int, str]:
    form = {
        "run_id": run_named(system, "2025-1"),
        "pairing_id": PAIRING,
        "use": "duty",
        "measure": "补齐一季度特色主题活动",
        "because": "C2 失分",
        "due_on": (system.today() + timedelta(days=10)).isoformat(),
    }
    answer = someone.post("/result-uses/order-result-use", **{**form, **change})
    return answer.status_code, str(answer.url.path)


def test_a_use_is_ordered_reported_by_the_unit_and_found_done(published: tuple[System, FastAPI]) -> None:
    system, app = published
    assessor, clerk, approver = (Visitor(app, name) for name in ("kaohe", "danwei", "lianban"))
    assert order(assessor, system, because="")[0] == 409, "nothing calls for it, so a reason is needed"
    status, path = order(assessor, system)
    assert status == 200
    assert order(assessor, system)[0] == 409, "the same measure once"
    assert order(clerk, system, measure="另一项")[0] == 403
    assert approver.post(f"{path}/complete-result-use", account="属实").status_code == 409, (
        "nobody has reported"
    )
    assert "一季度已补" in clerk.post(f"{path}/report-result-use", account="一季度已补").text
    assert clerk.post(f"{path}/complete-result-use", account="已补").status_code == 403
    at = system.log.position()
    assert "已完成" in approver.post(f"{path}/complete-result-use", account="查看佐证属实").text
    assert assessor.post(f"{path}/withdraw-result-use", because="x").status_code == 409
    assert "查看佐证属实" in clerk.get(path).text
    past = assessor.get(f"{path}?at={at}").text
    assert "查看佐证属实" not in past and "一季度已补" in past
    listed = assessor.get("/result-uses?year=2025&state=done").text
    assert "补齐一季度特色主题活动" in listed
    assert "补齐一季度特色主题活动" not in assessor.get("/result-uses?year=2025&state=open").text


def test_clerks_see_their_own_only(published: tuple[System, FastAPI]) -> None:
    system, app = published
    assessor, clerk, village = (Visitor(app, name) for name in ("kaohe", "danwei", "cun"))
    page = assessor.get("/results?run=2025-1").text
    other = next(p for p in re.findall(r"pairing=(pr-[\w-]+)", page) if p != PAIRING)
    status, path = order(assessor, system, pairing_id=other, measure="别家的事")
    assert status == 200
    for someone in (clerk, village):
        assert someone.get(path).status_code == 403
        assert "别家的事" not in someone.get("/result-uses?year=2025").text
    assert clerk.post(f"{path}/report-result-use", account="代报").status_code == 403
    assert village.post(f"{path}/report-result-use", account="代报").status_code == 403


def test_an_assessors_own_report_is_completed_by_another(published: tuple[System, FastAPI]) -> None:
    system, app = published
    first, second = Visitor(app, "kaohe"), Visitor(app, "fukao")
    _, path = order(first, system, measure="约谈", use="talk", because="连续两年一般")
    assert first.post(f"{path}/report-result-use", account="已约谈").status_code == 200
    assert first.post(f"{path}/complete-result-use", account="已约谈").status_code == 409
    assert second.post(f"{path}/complete-result-use", account="有记录").status_code == 200
    _, again = order(first, system, measure="约谈分管负责人", use="talk", because="同上")
    assert "已撤销" in first.post(f"{again}/withdraw-result-use", because="申诉更正").text


def test_the_page_proposes_what_the_grades_call_for(published: tuple[System, FastAPI]) -> None:
    system, app = published
    assessor = Visitor(app, "kaohe")
    with system.reading() as connection:
        results = system.scoring.results(connection, 2025, system.log.position())
    best = [r for r in results if r.grade.grade == "excellent"]
    worst = [r for r in results if r.grade.grade == "poor" or r.sheet.vetoed]
    assert best and worst
    text = assessor.get("/result-uses?year=2025").text
    assert f"待确定（{len(best) + len(worst)}）" in text
    form = assessor.get(f"/result-uses/new?run=2025-1&pairing={best[0].pairing}&use=commendation").text
    assert '<option value="commendation" selected>' in form and "予以通报表扬" in form
    order(assessor, system, pairing_id=best[0].pairing, use="commendation", because="")
    order(assessor, system, pairing_id=worst[0].pairing, use="talk", because="")
    assert f"待确定（{len(best) + len(worst) - 2}）" in assessor.get("/result-uses?year=2025").text
    assert "待确定" not in Visitor(app, "danwei").get("/result-uses?year=2025").text


def test_what_many_results_call_for_is_ordered_at_once(published: tuple[System, FastAPI]) -> None:
    system, app = published
    assessor = Visitor(app, "kaohe")
    before = assessor.get("/result-uses?year=2025&view=proposed&limit=100").text
    found = re.search(r"待确定（(\d+)）", before)
    assert found is not None
    due = (system.today() + timedelta(days=20)).isoformat()
    at_once = "/result-uses/order-result-use/at-once"
    keys = re.findall(r"pairing=(pr-[\w-]+)&amp;use=commendation", before)
    form: dict[str, str | list[str]] = {
        "run_id": run_named(system, "2025-1"),
        "use": "commendation",
        "measure": "通报表扬",
        "due_on": due,
        "key": keys,
    }
    assert len(keys) > 40 and all(f'name="key" value="{key}"' in before for key in keys)
    few = assessor.get("/result-uses?year=2025&view=proposed").text
    assert few.count("&amp;use=commendation") < 26 and few.count('name="key"') == before.count('name="key"')
    assert Visitor(app, "danwei").post(at_once, **form).status_code == 403
    assert assessor.post(at_once, **{**form, "due_on": "soon"}).status_code == 422
    after = assessor.post(at_once, **form)
    assert after.status_code == 200 and after.text.count(">通报表扬<") > 20 and 'rel="next"' in after.text
    left = re.search(r"待确定（(\d+)）", assessor.get("/result-uses?year=2025").text)
    assert left is not None and int(left[1]) == int(found[1]) - len(keys)
    again = system.log.position()
    twice = assessor.post(at_once, **form)
    assert twice.status_code == 409 and "USE_ORDERED_ONCE" in twice.text
    assert system.log.position() == again, "nothing is ordered twice"


def test_an_unpublished_result_is_not_used(published: tuple[System, FastAPI]) -> None:
    system, app = published
    assessor = Visitor(app, "kaohe")
    run = freeze(system, because="再核", who=BY)
    assert order(assessor, system, run_id=run, measure="早了")[0] == 409
    assert order(assessor, system, run_id="2025-99")[0] == 404
    assert order(assessor, system, pairing_id="2025-none")[0] == 404
    assert "未公布" in assessor.get(f"/results?run={run}").text
    clerk = Visitor(app, "danwei")
    assert clerk.get(f"/results?run={run}").status_code == 404
    own = clerk.get("/results?run=2025-1").text
    assert VILLAGE in own and own.count("/scores/pr-") == 1


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_pages_are_shown_in_either_language(published: tuple[System, FastAPI], language: str) -> None:
    system, app = published
    _, path = order(Visitor(app, "kaohe"), system, measure=f"措施 {language}")
    text = Visitor(app, "shenji").get(f"{path}?lang={language}").text
    assert ("全部文字" in text) is (language == "zh")
