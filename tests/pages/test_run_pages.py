"""The pages of frozen runs: what one rests on, consent, working it out again, comparing two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest
from fastapi import FastAPI
from sqlalchemy import update

from application.system import System
from application.verbs.supervision import withdraw_finding
from projections.facts.fact_table import facts
from tests.kit.acts import carried
from tests.kit.databases import DatabaseCase
from tests.kit.numbers import finding_id
from tests.kit.serving import Visitor, demo_app
from tests.kit.yearend import by, freeze, published_run, run_named, runs_of


@pytest.fixture(scope="module")
def county(module_database: DatabaseCase) -> Iterator[tuple[System, FastAPI]]:
    """A published run, then a finding withdrawn and another run."""
    system, app = demo_app(module_database.folder, module_database.url, published_run)
    today = system.today()
    carried(
        system,
        withdraw_finding,
        finding_id(system),
        withdrawn_on=today,
        because="认定有误",
        appeal_id="",
        today=today,
        by=by("fuhe"),
    )
    freeze(system, because="更正认定", day=today)
    yield system, app
    system.close()


def test_a_run_says_what_it_rests_on_and_waits_for_consent(county: tuple[System, FastAPI]) -> None:
    system, app = county
    run = runs_of(system).run(run_named(system, "2025-2")).frozen
    reader, head = Visitor(app, "shenji"), Visitor(app, "lianban")
    for part in (
        run.results_digest,
        run.receipts_root,
        run.scheme_digest,
        run.calendar_version,
        run.software,
    ):
        assert part in reader.get("/runs/2025-2").text
    assert "须经另一人同意" in reader.get("/runs/2025-2").text
    assert (
        f'action="/runs/{run_named(system, "2025-2")}/consent-to-run"' not in reader.get("/runs/2025-2").text
    )
    listed = reader.get("/runs?year=2025").text
    assert "待同意" in listed and "现行" in listed
    assert f'action="/runs/{run_named(system, "2025-2")}/consent-to-run"' in head.get("/runs/2025-2").text
    refused = Visitor(app, "kaohe").post("/runs/2025-2/consent-to-run", consenter="甲", because="同意")
    assert refused.status_code == 403
    blank = head.post("/runs/2025-2/consent-to-run", consenter="联建办主任", because="")
    assert blank.status_code == 422 and "联建办主任" in blank.text
    before = system.log.position()
    shown = head.post("/runs/2025-2/consent-to-run", consenter="联建办主任", because="认定有误，应予更正")
    assert shown.status_code == 200 and "联建办主任（县联建办）" in shown.text
    assert "须经另一人同意" in reader.get(f"/runs/2025-2?at={before}").text
    assert "须经另一人同意" not in reader.get("/runs/2025-2").text
    assert head.post("/runs/2025-2/consent-to-run", consenter="联建办主任", because="再次").status_code == 409
    assert head.post("/runs/2025-9/consent-to-run", consenter="联建办主任", because="无").status_code == 404


def test_two_runs_are_compared_down_to_the_event(county: tuple[System, FastAPI]) -> None:
    system, app = county
    reader = Visitor(app, "fuhe")
    page = reader.get("/runs/compare?from=2025-1&to=2025-2").text
    assert "总分上升 1 个，下降 0 个，等次变化 2 个。" in page
    assert "84.06 → 95.06" in page and "撤销 WT2025-059：认定有误" in page
    assert "本结对未变，他人变动影响名额或并列" in page
    withdrawn = next(
        r.position
        for r in system.log.named("supervision.FindingWithdrawn")
        if r.stream == f"finding-{finding_id(system)}"
    )
    assert f'href="/events/{withdrawn}"' in page
    assert "总分下降" not in page and "下降 1 个" in reader.get("/runs/compare?from=2025-2&to=2025-1").text
    assert "完全相同" in reader.get("/runs/compare?from=2025-2&to=2025-2").text
    chosen = reader.get("/runs/compare?year=2025").text
    assert 'value="2025-1"' in chosen and 'value="2025-2"' in chosen and "请选择" in chosen
    far = reader.get("/runs/compare?from=6000&to=2025-2").text
    assert "变动最大的在前，本页 10 个" in far and far.count('<details class="line"') == 10
    furthest = re.findall(r'href="/scores/(pr-\w+)', far)
    further = re.search(r'href="(/runs/compare[^"]*after=[^"]*)"', far)
    assert further is not None
    following = reader.get(unescape(further[1])).text
    assert (
        not set(furthest) & set(re.findall(r'href="/scores/(pr-\w+)', following)) and "从头查看" in following
    )
    assert reader.get("/runs/compare?from=soon&to=2025-2").status_code == 422
    assert reader.get("/runs/compare?from=1&to=2025-2").status_code == 404


@pytest.mark.parametrize("username", ["danwei", "cun"])
def test_clerks_see_no_runs(county: tuple[System, FastAPI], username: str) -> None:
    visitor = Visitor(county[1], username)
    for path in ("/runs/2025-1", "/runs/2025-1/reproduce", "/runs/compare?from=2025-1&to=2025-2"):
        assert visitor.get(path).status_code == 403


def test_a_run_is_worked_out_again_and_a_changed_table_is_told(county: tuple[System, FastAPI]) -> None:
    system, app = county
    reader, path = Visitor(app, "shenji"), "/runs/2025-1/reproduce"
    run = runs_of(system).run(run_named(system, "2025-1")).frozen
    frozen = reader.get(path).text
    assert run.results_digest in frozen and run.receipts_root in frozen and "未重算" in frozen
    done = reader.post(path).text
    assert "得到同一结果" in done and done.count("一致</span>") > 5 and "未重算" not in done
    with system.views.begin() as connection:
        connection.execute(update(facts).where(facts.c.kind == "case_published").values(level="county"))
    assert reader.get(path).text == frozen, "what was found before is not shown as if it held"
    changed = reader.post(path).text
    assert "结果不同" in changed and "lianjian rebuild" in changed and "重算于 20" in changed
    system.runner.rebuild()
    assert "得到同一结果" in reader.post(path).text
    assert reader.get("/runs/2025-9/reproduce").status_code == 404
    assert reader.post("/runs/2025-9/reproduce").status_code == 404
    for past in ("/runs/2025-1?at=1", f"{path}?at=1"):
        assert reader.get(past).status_code == 404, "nobody had frozen it then"
    assert Visitor(app, "danwei").post(path).status_code == 403


def test_what_a_run_left_behind_is_told_in_words_by_its_event(county: tuple[System, FastAPI]) -> None:
    system, app = county
    frozen = next(
        each for each in system.log.named("assessment.RunFrozen") if each.event.values()["leaves_behind"]
    )
    path = f"/events/{frozen.position}"
    shown, english = (Visitor(app, "shenji").get(f"{path}{lang}").text for lang in ("", "?lang=en"))
    assert "未审核的得分项 " in shown and "lines not verified " in english
    assert "[[&#34;lines&#34;" not in shown + english


def test_an_assessor_freezes_as_known_on_an_earlier_day(county: tuple[System, FastAPI]) -> None:
    system, app = county
    assessor = Visitor(app, "kaohe")
    assert (
        assessor.post(
            "/results/2025/freeze-run", acknowledged="1", because="早前", known_at="999999"
        ).status_code
        == 409
    )
    frozen_at = runs_of(system).run(run_named(system, "2025-1")).frozen.known_at
    twin = assessor.post(
        "/results/2025/freeze-run", acknowledged="1", because="早前", known_at=str(frozen_at)
    )
    assert twin.status_code == 409 and "同一依据只核定一次" in twin.text
    at = frozen_at - 1
    shown = assessor.post("/results/2025/freeze-run", acknowledged="1", because="早前", known_at=str(at))
    assert shown.status_code == 200 and "核定 2025-3" in shown.text
    third = runs_of(system).run(run_named(system, "2025-3")).frozen
    assert (third.known_at, third.for_comparison, third.frozen_by) == (at, True, "kaohe")


def test_a_typed_number_leads_to_the_address_with_the_id(county: tuple[System, FastAPI]) -> None:
    system, app = county
    run = run_named(system, "2025-1")
    office = Visitor(app, "kaohe")
    for typed, meant in (
        ("/runs/2025-1", f"/runs/{run}"),
        ("/runs/２０２５-1/grades", f"/runs/{run}/grades"),
        ("/notice/2025-1", f"/notice/{run}"),
        ("/results?run=2025-1&at=99999999", None),
        ("/results?grade=good&run=2025-1", f"/results?grade=good&run={run}"),
        (f"/runs/2025-1?at={system.log.position()}", f"/runs/{run}?at={system.log.position()}"),
    ):
        shown = office.get(typed)
        if meant is None:
            assert shown.status_code == 422
        else:
            assert shown.status_code == 200 and shown.url.raw_path.decode() == meant, typed
    for unknown in ("/runs/2025-99", "/runs/SS2026-001", f"/runs/{run}x", "/results?run=2025-99"):
        assert office.get(unknown).status_code == 404, unknown
    assert office.get(f"/trail?thing={run}").text.count("核定") == office.get(
        "/trail?thing=2025-1"
    ).text.count("核定")
