"""The year's end over HTTP: grades tried out, adjusted and signed, the notice with its objections, publication, service."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import httpx2 as httpx
import pytest
from fastapi import FastAPI

from application.look import look_of
from application.system import System
from application.things import RESULTS, RUN
from interface.demo.accounts import VILLAGE
from projections.boards.assessment.results import notice_of
from tests.kit import yearend
from tests.kit.databases import DatabaseCase
from tests.kit.demo_ids import BRANCH, PAIRING
from tests.kit.prepared import prepared
from tests.kit.serving import Visitor, app_of


@dataclass
class Clock:
    """Turned by hand; Monday 19 January 2026, nine in the morning in the county."""

    now: datetime = datetime(2026, 1, 19, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def turn(self, days: int) -> None:
        self.now += timedelta(days=days)


@dataclass
class Office:
    """The county, and everybody who has an account."""

    system: System
    app: FastAPI
    clock: Clock
    signed_in: dict[tuple[str, datetime], Visitor] = field(default_factory=dict)

    def __getitem__(self, username: str) -> Somebody:
        return Somebody(self, username)

    def visitor(self, username: str) -> Visitor:
        """Signs in anew whenever the clock was turned, since sessions end."""
        at = (username, self.clock.now)
        if at not in self.signed_in:
            self.signed_in[at] = Visitor(self.app, username)
        return self.signed_in[at]


@dataclass
class Somebody:
    """Who has an account, on whatever day it is."""

    office: Office
    username: str

    def get(self, path: str) -> httpx.Response:
        return self.office.visitor(self.username).get(path)

    def post(self, path: str, **values: str) -> httpx.Response:
        return self.office.visitor(self.username).post(path, **values)


@pytest.fixture
def office(database: DatabaseCase) -> Iterator[Office]:
    clock = Clock()
    system = prepared(database.folder, database.url, clock)
    yield Office(system, app_of(system), clock)
    system.close()


@pytest.fixture
def frozen(database: DatabaseCase) -> Iterator[Office]:
    """With a first run of that day."""
    clock = Clock()
    system = prepared(database.folder, database.url, clock, then=yearend.freeze)
    yield Office(system, app_of(system), clock)
    system.close()


def freeze(office: Office) -> str:
    assert (
        office["kaohe"].post("/results/2025/freeze-run", acknowledged="1", because="年终核定").status_code
        == 200
    )
    return newest_run(office)


def newest_run(office: Office) -> str:
    return list(RESULTS.state(look_of(office.system), "2025").runs)[-1]


def sign(office: Office, run_id: str) -> None:
    for username, step, name in (
        ("fukao", "scoring-group", "组长甲"),
        ("lianban", "office", "主任乙"),
        ("lingdao", "leading-group", "组长丙"),
    ):
        answer = office[username].post(f"/runs/{run_id}/sign-{step}", signer=name, opinion="同意")
        assert answer.status_code == 200 and name in answer.text, step


def objections(office: Office, run_id: str) -> list[str]:
    """The ids of a run's objections, in the order in which they were filed."""
    return list(RUN.state(look_of(office.system), run_id).runs[run_id].objections)


def notice(office: Office, run_id: str, **more: str) -> str:
    form = {"working_days": "5", "contact": "县联建办，电话 0000-12345", "ranking_basis": ""}
    answer = office["lianban"].post(f"/runs/{run_id}/open-notice", **{**form, **more})
    assert answer.status_code == 200
    return answer.text


def test_a_year_end_played_by_its_roles(office: Office) -> None:
    run_id = freeze(office)
    path = f"/runs/{run_id}/grades"
    kaohe, lianban = office["kaohe"], office["lianban"]
    page = kaohe.get(path).text
    assert "提请调整等次" in page and "没有调整" in page and "同意调整" not in page
    adjust = {"pairing_id": PAIRING, "grade_after": "fair", "because": "年终舆情", "basis": "县委纪要 5 号"}
    assert lianban.post(f"/runs/{run_id}/propose-adjustment", **adjust).status_code == 403
    assert kaohe.post(f"/runs/{run_id}/propose-adjustment", **{**adjust, "basis": ""}).status_code == 422
    assert "待决定" in kaohe.post(f"/runs/{run_id}/propose-adjustment", **adjust).text
    again = kaohe.post(f"/runs/{run_id}/propose-adjustment", **adjust)
    assert again.status_code == 409 and "年终舆情" in again.text, "what was entered is kept"
    early = office["fukao"].post(f"/runs/{run_id}/sign-scoring-group", signer="组长甲", opinion="同意")
    assert early.status_code == 409
    approve = {"pairing_id": PAIRING, "approver": "主任乙"}
    assert kaohe.post(f"/runs/{run_id}/approve-adjustment", **approve).status_code == 403
    page = lianban.post(f"/runs/{run_id}/approve-adjustment", **approve).text
    assert "已同意" in page and "主任乙" in page
    assert "经批准调整为一般，计算为良好" in kaohe.get(f"/scores/{PAIRING}").text
    before = office.system.log.position()
    assert kaohe.post(f"/runs/{run_id}/sign-office", signer="x", opinion="y").status_code == 403
    sign(office, run_id)
    assert kaohe.post(f"/runs/{run_id}/propose-adjustment", **adjust).status_code == 409
    past = office["shenji"].get(f"{path}?at={before}").text
    assert past.count("待签署") == 3 and "组长丙" not in past

    clerk, village = office["danwei"], office["cun"]
    assert clerk.get(f"/notice/{run_id}").status_code == 404, "not on notice yet"
    assert clerk.get(path).status_code == 403
    assert "目前没有公示" in clerk.get("/notice").text
    text = notice(office, run_id)
    assert f'href="/notice/{run_id}"' in clerk.get("/notice").text
    assert "2026年1月19日 至 2026年1月23日，共 5 个工作日" in text
    for username in ("danwei", "cun", "ducha", "shenji", "fuhe"):
        shown = office[username].get(f"/notice/{run_id}?q={VILLAGE}").text
        assert VILLAGE in shown and "84.06" in shown and "名次" not in shown
        assert "主任乙" not in shown and "组长丙" not in shown, "nobody is named"
    root = office.system.custody.newest()
    assert root is not None and root.checkpoint.root.hex() in shown
    assert office.system.custody.fingerprint() in shown
    objection = {"pairing_id": PAIRING, "grounds": "一季度有特色主题活动"}
    filed = clerk.post(f"/runs/{run_id}/file-objection", **objection)
    assert "YY2025-1-01" in filed.text and "待答复" in filed.text
    other = next(
        found
        for found in re.findall(r'value="(pr-[^"]+)"', kaohe.get(f"/notice/{run_id}").text)
        if found != PAIRING
    )
    assert (
        clerk.post(f"/runs/{run_id}/file-objection", **{**objection, "pairing_id": other}).status_code == 403
    )
    assert "YY2025-1-02" in village.post(f"/runs/{run_id}/file-objection", pairing_id="", grounds="程序").text
    assert "程序" not in clerk.get(f"/notice/{run_id}").text.split("<h2>")[-1], (
        "another's objection to the whole"
    )
    behalf = {**objection, "pairing_id": other}
    assert kaohe.post(f"/runs/{run_id}/file-objection", **behalf).status_code == 409
    assert "群众代表" in kaohe.post(f"/runs/{run_id}/file-objection", **behalf, on_behalf_of="群众代表").text
    answering, filed_ones = f"/runs/{run_id}/answer-objection", objections(office, run_id)
    first: dict[str, str] = {"objection_id": filed_ones[0], "answer": "x"}
    assert clerk.post(answering, **first, upheld="no").status_code == 403
    assert lianban.post(answering, **first, upheld="maybe").status_code == 422
    for each in filed_ones:
        answer = lianban.post(answering, objection_id=each, upheld="no", answer="填报晚于截止日")
        assert answer.status_code == 200
    assert "填报晚于截止日" in clerk.get(f"/notice/{run_id}").text
    assert lianban.post(answering, **first, upheld="no").status_code == 409

    assert lianban.post(f"/runs/{run_id}/close-notice", acknowledged="1").status_code == 409, (
        "the period is not over"
    )
    office.clock.turn(5)
    late = clerk.post(f"/runs/{run_id}/file-objection", **objection)
    assert late.status_code == 409 and "OBJECTION_IN_TIME" in late.text
    assert "公示期已满" in clerk.get(f"/notice/{run_id}").text
    assert kaohe.post(f"/runs/{run_id}/publish-run", acknowledged="1").status_code == 409
    assert "公布结果" not in kaohe.get(path).text
    assert lianban.post(f"/runs/{run_id}/close-notice", acknowledged="1").status_code == 200
    assert "公布结果" in kaohe.get(path).text
    assert "没有在用账号、须另行送达的单位" in kaohe.get(path).text, "what is left behind is said before"
    unseen = kaohe.post(f"/runs/{run_id}/publish-run")
    assert unseen.status_code == 409 and "没有在用账号、须另行送达的单位" in unseen.text
    assert 'type="checkbox" name="acknowledged"' in unseen.text, "with nothing else to send"
    assert kaohe.post(f"/runs/{run_id}/publish-run", acknowledged="1").status_code == 200
    assert kaohe.post(f"/runs/{run_id}/publish-run", acknowledged="1").status_code == 409

    service = f"/runs/{run_id}/service"
    serving, units = f"/runs/{run_id}/serve-result", []
    following: str | None = f"{service}?limit=100"
    while following:
        page = kaohe.get(following).text
        units += re.findall(r'name="branches" value="([^"]+)"', page)
        further = re.search(r'href="([^"]+)" rel="next"', page)
        following = html.unescape(further[1]) if further else None
    assert BRANCH in units and len(units) == 141
    serve = {"served_to": "办公室", "served_on": "2026-01-24"}
    assert kaohe.post(serving, **serve).status_code == 422
    assert lianban.post(serving, branches=BRANCH, **serve).status_code == 403
    future = kaohe.post(serving, branches=BRANCH, **{**serve, "served_on": "2026-02-01"})
    assert future.status_code == 409 and f'name="branches" value="{BRANCH}"' in future.text
    office.clock.turn(10)
    assert kaohe.post(serving, branches=BRANCH, **{**serve, "served_on": "2026-01-30"}).status_code == 200

    def last_step() -> str:
        every = kaohe.get("/assessment?year=2025").text.split("<li>")
        return next(each for each in every if ". 公布与运用" in each).split("</li>")[0]

    assert "已送达 1 个单位，共 141 个" in last_step() and "已办<" not in last_step()
    others = [each for each in units if each != BRANCH]
    rest = kaohe.post(serving, branches=others, **serve)
    assert rest.status_code == 200 and 'name="branches"' not in rest.text, "nobody is left to be served"
    assert "已送达 141 个单位，共 141 个" in last_step() and "已办<" in last_step()

    office.clock.turn(25)
    appeal = {"pairing_id": PAIRING, "indicator": "C2", "finding_id": "", "grounds": "一季度有活动"}
    answer = clerk.post("/appeals/file-appeal", year="2025", **appeal)
    assert answer.status_code == 200, "28 days after the service, 35 after publication"
    office.clock.turn(10)
    assert clerk.post("/appeals/file-appeal", year="2025", **{**appeal, "indicator": "A3"}).status_code == 409
    assert office.system.runner.check() == []


def test_an_upheld_objection_sends_the_run_back(frozen: Office) -> None:
    run_id = newest_run(frozen)
    sign(frozen, run_id)
    notice(frozen, run_id, ranking_basis="县委文件 7 号")
    text = frozen["danwei"].get(f"/notice/{run_id}?whole=1").text
    assert "名次依县委文件 7 号公布" in text
    places = [int(n) for n in re.findall(r'<tr><td class="num"[^>]*>(\d+)</td>', text)]
    assert places == sorted(places) and places[0] == 1 and len(places) > 140
    frozen["danwei"].post(f"/runs/{run_id}/file-objection", pairing_id=PAIRING, grounds="漏计")
    (filed,) = objections(frozen, run_id)
    upheld = frozen["lianban"].post(
        f"/runs/{run_id}/answer-objection", objection_id=filed, upheld="yes", answer="确有漏计"
    )
    assert "异议成立" in upheld.text
    frozen.clock.turn(5)
    frozen["lianban"].post(f"/runs/{run_id}/close-notice", acknowledged="1")
    assert "有异议成立" in frozen["kaohe"].get(f"/runs/{run_id}/grades").text
    assert frozen["kaohe"].post(f"/runs/{run_id}/publish-run", acknowledged="1").status_code == 409
    again = freeze(frozen)
    assert "已有更新的核定" in frozen["kaohe"].get(f"/runs/{run_id}/grades").text
    assert "提请调整等次" in frozen["kaohe"].get(f"/runs/{again}/grades").text
    with frozen.system.reading() as connection:
        assert notice_of(connection, again, None) is None


def test_a_pairing_is_excluded_from_the_next_run_on(frozen: Office) -> None:
    first = newest_run(frozen)
    lianban, form = (
        frozen["lianban"],
        {"pairing_id": PAIRING, "because": "灾后重建", "basis": "县委纪要 3 号"},
    )
    assert frozen["kaohe"].post("/results/2025/exclude-pairing", **form).status_code == 403
    assert "县委纪要 3 号" in lianban.post("/results/2025/exclude-pairing", **form).text
    assert lianban.post("/results/2025/exclude-pairing", **form).status_code == 409
    second = freeze(frozen)
    assert "不定等次" not in frozen["kaohe"].get(f"/runs/{first}/grades").text
    assert "不定等次" in frozen["kaohe"].get(f"/runs/{second}/grades").text
    back = lianban.post("/results/2025/include-pairing", pairing_id=PAIRING, because="已恢复")
    assert "全部结对都参加等次评定" in back.text
    at = frozen.system.log.position() - 1
    assert "县委纪要 3 号" in frozen["shenji"].get(f"/exclusions?year=2025&at={at}").text


def test_quotas_are_tried_out_and_nothing_is_recorded(office: Office) -> None:
    kaohe = office["kaohe"]
    provisional = kaohe.get("/grades/simulation?year=2025").text
    assert "没有结对的等次会变化" in provisional
    run_id = freeze(office)
    before = office.system.log.position()
    half = kaohe.get(f"/grades/simulation?run={run_id}&percent_excellent=5").text
    moved = half.split("<h2>")[-1]
    assert "7 个名额之外" in moved and "↓" in moved and "↑" not in moved, "5 % of 147"
    assert kaohe.get(f"/grades/simulation?run={run_id}&percent_excellent=&ties=all_in").status_code == 200
    lower = kaohe.get(f"/grades/simulation?run={run_id}&least_good=75.5&min_days=300&order2=D&order3=").text
    assert "不足 300 天" in lower and 'value="75.5"' in lower
    for wrong in (
        "percent_excellent=101",
        "percent_excellent=many",
        "least_good=95",
        "least_good=a",
        "ties=some",
        "rounding=no",
        "order2=Z",
        "min_days=900",
    ):
        back = kaohe.get(f"/grades/simulation?run={run_id}&least_fair=61.25&{wrong}")
        assert back.status_code == 422 and 'value="61.25"' in back.text, wrong
    assert kaohe.get("/grades/simulation?run=2025-9").status_code == 404
    assert office["danwei"].get("/grades/simulation").status_code == 403
    assert office.system.log.position() == before


def test_results_of_persons_are_shown_to_few_and_noted(frozen: Office) -> None:
    run_id = newest_run(frozen)
    path = f"/runs/{run_id}/persons"
    for username in ("ducha", "danwei", "cun"):
        assert frozen[username].get(path).status_code == 403
    page = frozen["kaohe"].get(path).text
    assert "不作排名" in page and page.count("<tr>") == 26 and 'rel="next"' in page
    found = frozen["kaohe"].get(f"{path}?q={VILLAGE}").text
    assert VILLAGE in found and "84.06" in found
    assert "kaohe" in frozen["shenji"].get("/accesses?kind=name").text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_pages_are_shown_in_either_language(frozen: Office, language: str) -> None:
    run_id = newest_run(frozen)
    sign(frozen, run_id)
    notice(frozen, run_id)
    auditor = frozen["shenji"]
    for path in (
        f"/runs/{run_id}/grades",
        f"/runs/{run_id}/service",
        f"/runs/{run_id}/persons",
        f"/notice/{run_id}",
        f"/grades/simulation?run={run_id}",
        "/exclusions?year=2025",
    ):
        joined = f"{path}{'&' if '?' in path else '?'}lang={language}"
        assert auditor.get(joined).status_code == 200, joined
