"""Nothing published moves by itself: an appeal after publication, a run that replaces, and what nobody may see before."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from fastapi import FastAPI

from application.look import look_of
from application.system import System
from application.things import RESULTS
from application.verbs.assessment import results as verbs
from application.verbs.supervision import withdraw_finding
from domain.assessment.year import clauses
from domain.kernel.errors import Rejected
from tests.kit import yearend
from tests.kit.acts import act, carried
from tests.kit.databases import DatabaseCase
from tests.kit.demo_ids import BRANCH, PAIRING
from tests.kit.numbers import finding_id
from tests.kit.serving import Visitor, demo_app
from tests.kit.yearend import by, consent, open_notice, publish, run_named, sign_off

SHEET = f"/scores/{PAIRING}"


def freeze(system: System, days_ago: int, known_at: int | None = None) -> str:
    day = system.today() - timedelta(days=days_ago)
    return yearend.freeze(system, day=day, known_at=known_at)


def first_run(system: System) -> str:
    """The run 2025-1, frozen thirty days ago."""
    return freeze(system, 30)


def public_run(system: System) -> None:
    """The same run, public since."""
    publish(system, first_run(system))


@pytest.fixture
def county(database: DatabaseCase) -> Iterator[tuple[System, FastAPI]]:
    """With a first run, frozen thirty days ago."""
    system, app = demo_app(database.folder, database.url, first_run)
    yield system, app
    system.close()


@pytest.fixture
def published(database: DatabaseCase) -> Iterator[tuple[System, FastAPI]]:
    """With that run public."""
    system, app = demo_app(database.folder, database.url, public_run)
    yield system, app
    system.close()


def adjust(system: System, run_id: str, decided: bool = True) -> None:
    """南溪村, computed as 良好, is lowered to 一般."""
    day = system.today() - timedelta(days=30 if decided else 0)
    act(
        system,
        verbs.propose_adjustment,
        run_id,
        pairing_id=PAIRING,
        grade_after="fair",
        because="年终舆情",
        basis="县委纪要 5 号",
        day=day,
        by=by("kaohe"),
    )
    if not decided:
        return
    act(
        system,
        verbs.approve_adjustment,
        run_id,
        pairing_id=PAIRING,
        approver="联建办主任",
        day=day,
        by=by("lianban"),
    )


def position_of(system: System, run_id: str) -> int:
    return RESULTS.state(look_of(system), "2025").runs[run_id].frozen.known_at


def text_of(visitor: Visitor, path: str) -> str:
    """What a page tells, without the bars above and below, which name the newest position."""
    page = visitor.get(path).text
    return html.unescape(re.sub(r"<[^>]+>", "", page[page.index("<main") : page.index("</main>")]))


def appeal(app: FastAPI) -> None:
    """The unit appeals against C2, and is found right; a run follows."""
    reviewer = Visitor(app, "fuhe")
    filed = Visitor(app, "danwei").post(
        "/appeals/file-appeal",
        year="2025",
        pairing_id=PAIRING,
        indicator="C2",
        finding_id="",
        grounds="一季度有活动",
    )
    path = str(filed.url.path)
    assert path.startswith("/appeals/ap-"), filed.text
    reviewer.post(f"{path}/admit-appeal")
    decided = reviewer.post(
        f"{path}/decide-appeal", outcome="varied", corrected_points_hundredths="7.00", reasons="佐证属实"
    )
    assert "2025-2" in decided.text


def test_an_appeal_after_publication_moves_nothing_until_its_run_is_public(
    county: tuple[System, FastAPI],
) -> None:
    system, app = county
    run_id = run_named(system, "2025-1")
    adjust(system, run_id)
    publish(system, run_id)
    clerk, office = Visitor(app, "danwei"), Visitor(app, "kaohe")
    results = text_of(clerk, "/results?year=2025")
    frozen = f"?at={position_of(system, run_id)}"
    stands = "核定 2025-1 中经批准调整为一般，计算为良好"
    for each in (SHEET, SHEET + frozen):
        assert stands in text_of(clerk, each), each
    appeal(app)

    assert text_of(clerk, "/results?year=2025") == results and "84.06" in results
    for visitor in (clerk, office):
        for each in (SHEET, SHEET + frozen):
            assert stands in text_of(visitor, each), each
    assert clerk.get("/results?run=2025-2").status_code == 404
    assert clerk.get("/notice/2025-2").status_code == 404
    for visitor in (clerk, office):
        for path in ("/", "/pairings", f"/pairings/{PAIRING}", f"/documents/result/{PAIRING}"):
            page = text_of(visitor, path)
            assert "试算" not in page and "85.81" not in page, path
        assert "84.06" in text_of(visitor, f"/pairings/{PAIRING}")
        assert "现试算为 85.81 分" in text_of(visitor, SHEET)
        assert "85.81" in text_of(visitor, f"{SHEET}?provisional=1")
    paper = text_of(clerk, f"/documents/result/{PAIRING}")
    assert "考核结果通知" in paper and "84.06 · 一般" in paper
    assert "84.06" in text_of(office, "/ranking?q=南溪村") and "已公布" in text_of(office, "/ranking")
    assert "85.81" in text_of(office, "/ranking?provisional=1&q=南溪村")
    course = text_of(clerk, "/trend")
    assert "84.06 一般" in course and "85.81" not in course
    paper = text_of(clerk, f"/documents/result/{PAIRING}{frozen}")
    assert "考核结果通知" in paper and "84.06 · 一般" in paper and "核定 2025-1" in paper
    assert "照常有效" in text_of(office, "/runs/2025-1/grades")
    with pytest.raises(Rejected) as refused:
        sign_off(system, "2025-2", system.today())
    assert refused.value.clause is clauses.CONSENTED_TO_REPLACE

    start = system.today() - timedelta(days=15)
    consent(system, "2025-2", start)
    # The adjustment of the run before waits to be decided anew: it neither stands by itself nor is it gone.
    assert "承自核定 2025-1" in text_of(office, "/runs/2025-2/grades")
    with pytest.raises(Rejected, match=clauses.ADJUSTMENTS_DECIDED.id):
        sign_off(system, "2025-2", start)
    act(
        system,
        verbs.refuse_adjustment,
        run_named(system, "2025-2"),
        pairing_id=PAIRING,
        because="申诉后不再调整",
        day=start,
        by=by("lianban"),
    )
    told = text_of(office, "/runs/compare?from=2025-1&to=2025-2")
    assert "经批准调整为一般" in told and "申诉后不再调整" in text_of(office, "/runs/2025-2/grades")
    publish(system, "2025-2", start)
    after = text_of(clerk, "/results?year=2025")
    assert "85.81" in after and "84.06" not in after
    assert stands not in text_of(clerk, SHEET)
    assert "由核定 2025-2 取代" in text_of(clerk, "/results?run=2025-1")
    assert "由核定 2025-2 取代" in text_of(clerk, f"/documents/notice/2025-1/{BRANCH}")
    assert "84.06" in text_of(clerk, f"/documents/notice/2025-1/{BRANCH}"), "the old paper says what it said"
    assert "由核定 2025-2 取代" in text_of(office, "/documents/circular/2025-1")
    assert "取代" not in text_of(office, "/documents/circular/2025-2")


def test_a_won_appeal_is_not_erased_by_a_run_as_known_before_it(published: tuple[System, FastAPI]) -> None:
    """Seen: after a ruling, a run frozen at the position before it was consented to, signed and published."""
    system, app = published
    before = system.log.position()
    appeal(app)
    earlier = freeze(system, 15, known_at=before)
    assert earlier == run_named(system, "2025-3")
    day = system.today() - timedelta(days=15)
    for step in (consent, sign_off, open_notice):
        with pytest.raises(Rejected, match=clauses.FOR_COMPARING_ONLY.id):
            step(system, earlier, day)
    with pytest.raises(Rejected, match=clauses.FOR_COMPARING_ONLY.id):
        act(system, verbs.publish_run, earlier, day=day, acknowledged=True, by=by("kaohe"))
    office = Visitor(app, "kaohe")
    assert "只供比较" in text_of(office, "/runs?year=2025")
    for path in ("/runs/2025-3", "/runs/2025-3/grades"):
        assert "只供比较，不签署、不公示、不公布" in text_of(office, path)
    assert "2025-2" in text_of(office, "/assessment?year=2025"), "the run for comparing is not the newest"

    consent(system, "2025-2", day)
    publish(system, "2025-2", day)
    assert "85.81" in text_of(Visitor(app, "danwei"), "/results?year=2025")
    assert "公布 2025-2" in text_of(office, "/assessment?year=2025")
    assert "核定2025-2" in text_of(office, "/reports/annual?year=2025")


def test_a_clerk_learns_nothing_of_a_run_before_it_is_public(county: tuple[System, FastAPI]) -> None:
    system, app = county
    run_id = run_named(system, "2025-1")
    adjust(system, run_id)
    clerk, frozen = Visitor(app, "danwei"), f"?at={position_of(system, run_id)}"
    for path in (SHEET, SHEET + frozen, f"/documents/result/{PAIRING}{frozen}", "/trend"):
        page = text_of(clerk, path)
        assert "84.06" in page and "调整为" not in page and "84.06 一般" not in page, path
    paper = text_of(clerk, f"/documents/result/{PAIRING}{frozen}")
    assert "考核得分试算单" in paper and "不是考核结果" in paper and "考核结果通知" not in paper
    assert "经批准调整为一般" in text_of(Visitor(app, "kaohe"), SHEET)


@pytest.mark.parametrize("basis", ["", "县委文件 7 号"])
def test_a_unit_sees_its_place_only_where_a_basis_was_named(
    county: tuple[System, FastAPI], basis: str
) -> None:
    system, app = county
    run_id = run_named(system, "2025-1")
    sign_off(system, run_id, system.today() - timedelta(days=30))
    closes_on = open_notice(system, run_id, system.today() - timedelta(days=30), ranking_basis=basis)
    act(
        system,
        verbs.close_notice,
        run_id,
        day=closes_on + timedelta(days=1),
        acknowledged=True,
        by=by("lianban"),
    )
    act(
        system,
        verbs.publish_run,
        run_id,
        day=closes_on + timedelta(days=1),
        acknowledged=True,
        by=by("kaohe"),
    )
    clerk, place = Visitor(app, "danwei"), re.compile(r"第 \d+ 名")
    live = text_of(clerk, SHEET)
    assert bool(place.search(live)) is bool(basis), "what was published stands first"
    provisional = text_of(clerk, f"{SHEET}?provisional=1")
    assert not place.search(provisional) and re.search(r"总分 84\.06，\d+ 分以上：良好", provisional)
    assert not re.search(r"place \d+", text_of(clerk, f"{SHEET}?provisional=1&lang=en"))
    frozen = text_of(clerk, f"{SHEET}?at={position_of(system, run_id)}")
    assert bool(place.search(frozen)) is bool(basis)
    assert place.search(text_of(Visitor(app, "kaohe"), SHEET))


def test_a_unit_s_score_is_shown_in_the_past_as_now(published: tuple[System, FastAPI]) -> None:
    system, app = published
    at = system.log.position()
    kaohe = Visitor(app, "kaohe")
    before = kaohe.get(f"/results?run=2025-1&at={at}").text
    assert kaohe.post("/results/2025/freeze-run", acknowledged="1", because="再核").status_code == 200
    scores = re.compile(r'<td class="num" rowspan="\d+">(.*?)</td>')
    past = kaohe.get(f"/results?run=2025-1&at={at}").text
    assert scores.findall(past) == scores.findall(before) and "—" not in scores.findall(past)


def test_several_units_are_served_all_or_none(published: tuple[System, FastAPI]) -> None:
    system, app = published
    kaohe, path = Visitor(app, "kaohe"), "/runs/2025-1/serve-result"
    units = re.findall(r'name="branches" value="([^"]+)"', kaohe.get("/runs/2025-1/service").text)[:3]
    form = {"served_to": "办公室", "served_on": system.today().isoformat()}
    for wrong in ("b-none", units[0]):
        answer = kaohe.post(path, branches=[*units, wrong], **form)
        assert answer.status_code == 409 and units[2] in answer.text
        assert RESULTS.state(look_of(system), "2025").runs[run_named(system, "2025-1")].served == frozenset()
    assert kaohe.post(path, branches=units, **form).status_code == 200
    assert RESULTS.state(look_of(system), "2025").runs[run_named(system, "2025-1")].served == frozenset(units)


def test_a_page_of_the_past_shows_no_publication_that_was_to_come(published: tuple[System, FastAPI]) -> None:
    system, app = published
    before = position_of(system, run_named(system, "2025-1")) - 5
    office, now = Visitor(app, "kaohe"), system.log.position()
    for path in ("/", "/pairings", f"/pairings/{PAIRING}", SHEET, f"/documents/result/{PAIRING}"):
        assert "试算" in text_of(office, f"{path}?year=2025&at={before}"), path
        assert "试算" not in text_of(office, f"{path}?year=2025&at={now}"), path


def test_a_run_that_was_overtaken_waits_for_nothing(county: tuple[System, FastAPI]) -> None:
    system, app = county
    first = run_named(system, "2025-1")
    office = Visitor(app, "kaohe")
    for page in (f"/runs/{first}", f"/runs/{first}/grades"):
        assert '<li class="now" ' in office.get(page).text, page
    carried(
        system,
        withdraw_finding,
        finding_id(system),
        withdrawn_on=system.today(),
        because="认定有误",
        appeal_id="",
        today=system.today(),
        by=by("fuhe"),
    )
    second = freeze(system, 0)
    for page in (f"/runs/{first}", f"/runs/{first}/grades"):
        shown = office.get(page).text
        assert '<li class="now" ' not in shown and "本次核定不再往下办理" in shown, page
    assert '<li class="now" ' in office.get(f"/runs/{second}/grades").text


MINE = "/?group=week"
"""What waits for the reader, not for others."""


def test_signing_is_offered_where_it_is_not_refused_and_consent_is_asked_for(
    published: tuple[System, FastAPI],
) -> None:
    """Seen: a run that was to replace a published one was offered for signing, and nobody was told to consent to it."""
    system, app = published
    appeal(app)
    run_id = run_named(system, "2025-2")
    group, leading, grades = Visitor(app, "kaohe"), Visitor(app, "lingdao"), f"/runs/{run_id}/grades"
    form, consenting = f'action="/runs/{run_id}/sign-scoring-group"', "核定待同意取代已公布的结果"
    assert consenting in text_of(leading, MINE) and consenting not in text_of(group, MINE)
    assert "核定待考核组签署" not in text_of(group, MINE) and form not in group.get(grades).text
    assert "更正已公布结果的核定须经同意" in text_of(group, grades)
    assert f'href="/runs/{run_id}"' in leading.get(MINE).text, "the task leads to where it is done"
    assert f'action="/runs/{run_id}/consent-to-run"' in leading.get(f"/runs/{run_id}").text

    consent(system, run_id, system.today())
    assert consenting not in text_of(leading, MINE)
    assert "核定待考核组签署" in text_of(group, MINE) and form in group.get(grades).text
    adjust(system, run_id, decided=False)
    assert "核定待考核组签署" not in text_of(group, MINE) and form not in group.get(grades).text
    assert "全部调整决定之后方可签署" in text_of(group, grades)
