"""HTTP in: every route x every role, and the journeys of the three who depend on the pages."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from fastapi import APIRouter, FastAPI
from sqlalchemy import select

from application.access import ROLES
from application.integrity.anchors import read_anchor
from application.integrity.verifying import verify_log
from application.system import System
from domain.account.role import Role
from interface.demo.accounts import DEMO_ACTORS
from interface.web.app import PUBLIC, ROOMS, refuse_unguarded, verbs_of
from interface.web.kit.values import Malformed
from interface.web.trail.compare import page_in
from projections.boards.assessment.runs import appeals, runs
from projections.boards.pairing.pairings import pairings
from projections.kit.columns import known
from tests.kit.demo_ids import PAIRING
from tests.kit.numbers import finding_id
from tests.kit.serving import Visitor

BY_ROLE = {actor.role: actor.username for actor in DEMO_ACTORS}
CONTESTED = f"/appeals/file-appeal?year=2025&pairing_id={PAIRING}&indicator=C2&finding_id="
READ = [
    "/",
    "/pairings",
    f"/pairings/{PAIRING}",
    "/findings",
    "/findings/WT2025-059",
    f"/scores/{PAIRING}",
    "/ranking",
    "/trail",
    "/events/5000",
    "/runs",
    "/appeals",
    "/anomalies",
    "/documents/order/{finding}",
    f"/documents/result/{PAIRING}",
]


def visitor(county: tuple[System, FastAPI], role: Role | None) -> Visitor:
    return Visitor(county[1], BY_ROLE[role] if role else None)


@pytest.mark.parametrize("shown", ["once", pytest.param("to all who may", marks=pytest.mark.long)])
@pytest.mark.parametrize(
    "role",
    [
        pytest.param(role, marks=() if role in (None, Role.VILLAGE_CLERK) else pytest.mark.long)
        for role in (None, *Role)
    ],
)
def test_every_route_answers_as_the_role_may(
    county: tuple[System, FastAPI], role: Role | None, shown: str
) -> None:
    """Whoever may not is refused everywhere; a page is shown to the first role that may see it, or to each."""
    someone = visitor(county, role)
    someone.http.follow_redirects = False
    values = {"pairing_id": PAIRING, "finding_id": finding_id(county[0]), "position": "5000"}
    asked = 0
    for route in [route for room in ROOMS for route in room.router.routes]:
        path = str(getattr(route, "path", ""))
        if path in PUBLIC or not verbs_of(route):
            continue
        (verb,) = verbs_of(route)
        concrete = re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], "none"), path)
        # The whole trail as a workbook takes longer than all other pages together.
        concrete += "?at=200" if path == "/trail/export" else ""
        for method in getattr(route, "methods", set()) & {"GET", "POST"}:
            first = next(each for each in Role if each in ROLES[verb])
            if shown == "once" and method == "GET" and role in ROLES[verb] and role != first:
                continue
            answer = someone.http.request(method, concrete)
            asked += 1
            if role is None:
                assert answer.status_code == 303 and answer.headers["location"].startswith("/sign-in"), path
            elif role not in ROLES[verb]:
                assert answer.status_code == 403, (path, method, answer.status_code)
            elif method == "POST":
                assert answer.status_code == 403, f"{path} took a form without its token"
            else:
                other = {"/evidence-items/{position}": 303}
                elsewhere = (
                    "/results/{year}",
                    "/cut-offs/{year}",
                    "/samples/{year}",
                    "/turns/{year}",
                    "/moments/go",
                    "/me/drafts/{draft_id}",
                    "/deputies/{username}",
                )
                other |= {"/year": 422} | dict.fromkeys(elsewhere, 303)
                assert answer.status_code in ((other[path],) if path in other else (200, 404)), (
                    path,
                    answer.status_code,
                )
                if answer.status_code == 200 and not answer.headers["content-type"].startswith("text/html"):
                    # It would be made twice to be told that it cannot be.
                    with pytest.raises(Malformed):
                        page_in(concrete)
    assert asked > 30


@pytest.mark.parametrize("path", READ)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_is_shown_now_and_as_known_then(
    county: tuple[System, FastAPI], path: str, language: str
) -> None:
    auditor = visitor(county, Role.AUDITOR)
    path = path.format(finding=finding_id(county[0]))
    now = auditor.get(f"{path}?lang={language}")
    then = auditor.get(f"{path}?at=9000&lang={language}")
    assert now.status_code == 200 and then.status_code == 200
    assert 'class="banner"' not in now.text
    assert 'class="banner"' in then.text
    assert f'<html lang="{"en" if language == "en" else "zh-CN"}">' in now.text


def test_the_overview_shows_the_ten_figures(county: tuple[System, FastAPI]) -> None:
    text = visitor(county, Role.SUPERVISOR).get("/overview").text
    shown = re.findall(r"<b>(\d+)</b>", text)[:10]
    assert shown == ["141", "141", "6", "147", "147", "147", "147", "2111", "159", "150"]


def test_a_clerk_sees_only_the_own_pairings(county: tuple[System, FastAPI]) -> None:
    clerk = visitor(county, Role.BRANCH_CLERK)
    assert clerk.get("/pairings").text.count("/pairings/pr-") == 1
    supervisor = visitor(county, Role.SUPERVISOR)
    other = next(
        found
        for found in re.findall(r'href="(/pairings/pr-[^"]+)"', supervisor.get("/pairings").text)
        if PAIRING not in found
    )
    assert clerk.get(other).status_code == 403
    assert clerk.get(other.replace("/pairings/", "/scores/")).status_code == 403


def test_wrong_credentials_and_foreign_addresses_lead_nowhere(county: tuple[System, FastAPI]) -> None:
    stranger = visitor(county, None)
    assert stranger.post_raw("/sign-in", username="ducha", password="wrong", next="/").status_code == 401
    for evil in ("//evil.example/", "https://evil.example/", "/\\evil.example"):
        stranger.http.follow_redirects = False
        answer = stranger.post_raw("/sign-in", username="shenji", password="lianjian-2025", next=evil)
        assert answer.headers["location"] == "/"


def test_what_cannot_be_read_is_said_and_nothing_is_recorded(county: tuple[System, FastAPI]) -> None:
    system = county[0]
    before = system.log.position()
    clerk = visitor(county, Role.BRANCH_CLERK)
    path = "/activities/record-activity"
    good = {
        "pairing_id": PAIRING,
        "kind": "forum",
        "topic": "座谈",
        "held_on": "2026-01-05",
        "participants": "9",
    }
    for name, value in (("held_on", "2026-02-30"), ("participants", "-1"), ("kind", "party"), ("topic", " ")):
        assert clerk.post(path, **{**good, name: value}).status_code == 422
    assert clerk.post(path, **{**good, "persons_visited": "4"}).status_code == 409
    assert clerk.get("/?at=999999").status_code == 422
    assert clerk.get("/findings/WT2025-999").status_code == 404
    assert system.log.position() == before


def test_an_activity_is_recorded_shown_and_voided(county: tuple[System, FastAPI]) -> None:
    clerk = visitor(county, Role.BRANCH_CLERK)
    form = {"kind": "forum", "topic": "春耕座谈", "held_on": "2026-01-05", "participants": "9"}
    form["pairing_id"] = PAIRING
    path = "/activities/record-activity"
    assert "春耕座谈" in clerk.post(path, **form).text
    for near in ("春耕座谈", " 春耕 座谈。"):
        asked = clerk.post(path, **{**form, "topic": near, "participants": "12"}, another="no")
        assert asked.status_code == 409 and "须由人确认是否同一次" in asked.text, near
        assert 'name="another"' in asked.text, "the form comes back with the question"
    other = clerk.post(path, **{**form, "participants": "12"}, another="yes")
    assert other.status_code == 200 and "12" in other.text.partition("<h1")[2], "the activity's own page"
    page = clerk.get(f"/pairings/{PAIRING}?year=2026").text
    assert page.partition("<h1")[2].count("/void-activity") == 2, "both stand"
    void = re.search(r'href="(/activities/[^"]+/void-activity)".*?', page[page.index("春耕座谈") :])
    assert void is not None
    answer = clerk.post(void[1], because="填重了")
    assert "填重了" in answer.text


def test_what_is_stated_twice_is_told_to_be_on_record(county: tuple[System, FastAPI]) -> None:
    supervisor, path = visitor(county, Role.SUPERVISOR), f"/pairings/{PAIRING}/state-appointment"
    stated = {"post": "invited_member", "person": "戊某", "began_on": "2025-06-01", "ended_on": "2025-07-01"}
    first = supervisor.post(path, **stated)
    assert first.status_code == 200 and "任职已补记" in first.text
    position = county[0].log.position()
    again = supervisor.post(path, **stated)
    assert again.status_code == 200 and county[0].log.position() == position
    assert "任职已补记" not in again.text and "所填内容已在册，没有新的记录" in again.text


def test_a_finding_goes_from_raising_to_closing_and_back(county: tuple[System, FastAPI]) -> None:
    system = county[0]
    supervisor, clerk = visitor(county, Role.SUPERVISOR), visitor(county, Role.BRANCH_CLERK)
    today = system.today()
    answer = supervisor.post(
        "/findings/raise-finding",
        number="WT2026-001",
        pairing_id=PAIRING,
        found_on=today.isoformat(),
        method="on_site",
        inspector="检查甲",
        description="协议未上墙",
        finding_type="agreement",
        severity="minor",
    )
    assert "协议未上墙" in answer.text
    about = finding_id(system, "WT2026-001", today.year)
    path = f"/findings/{about}"
    assert supervisor.get("/findings/ｗｔ2026–001").url.path == path
    assert supervisor.post(f"{path}/close-finding").status_code == 409
    due = today + timedelta(days=15)
    order = {"document_no": "督〔2026〕1号", "measures": "上墙", "due_on": due.isoformat()}
    assert "已下达" in supervisor.post(f"{path}/order-rectification", **order).text
    assert supervisor.post(f"{path}/order-rectification", **order).status_code == 409
    assert supervisor.post(f"{path}/acknowledge-order").status_code == 403
    assert "已签收" in clerk.post(f"{path}/acknowledge-order").text
    later = {"due_on": (due + timedelta(days=5)).isoformat()}
    assert clerk.post(f"{path}/request-extension", because="大雪", **later).status_code == 200
    assert (due + timedelta(days=5)).isoformat() in supervisor.post(f"{path}/grant-extension", **later).text
    assert "已提交" in clerk.post(f"{path}/submit-rectification", account="已上墙").text
    assert "已退回" in supervisor.post(f"{path}/return-rectification", because="照片不清").text
    assert "已提交" in clerk.post(f"{path}/submit-rectification", account="已补").text
    for written in ("检查甲", " 检查甲　", "检查 甲"):
        again = {"inspector": written, "passed": "yes"}
        assert supervisor.post(f"{path}/reinspect", **again).status_code == 409, written
    for nobody in ("", "　"):
        answer = supervisor.post(f"{path}/reinspect", inspector=nobody, passed="yes")
        assert answer.status_code in (409, 422), nobody
    answer = supervisor.post(f"{path}/reinspect", inspector="检查乙", passed="maybe")
    assert answer.status_code == 422 and "maybe" in answer.text
    assert "已验收" in supervisor.post(f"{path}/reinspect", inspector="检查乙", passed="yes").text
    assert "已销号" in supervisor.post(f"{path}/close-finding").text
    assert "已办结" in clerk.get(path).text
    assert supervisor.post(f"{path}/report-relapse").status_code == 422
    came_back = supervisor.post(f"{path}/report-relapse", because="协议又被撕下").text
    assert "已重开（反弹）" in came_back and "协议又被撕下" in came_back
    assert "待下达" in came_back and "已办结" not in came_back
    again = {**order, "document_no": "督〔2026〕2号", "measures": "装框"}
    assert "已下达" in supervisor.post(f"{path}/order-rectification", **again).text
    first, second = (clerk.get(f"/documents/order/{about}?round={n}").text for n in (1, 2))
    assert "督〔2026〕1号" in first and "上墙" in first and "装框" in second
    assert clerk.get(f"/documents/order/{about}?round=3").status_code == 404


def test_the_number_of_an_order_on_another_order_is_refused_on_the_page(
    county: tuple[System, FastAPI],
) -> None:
    system, supervisor = county[0], visitor(county, Role.SUPERVISOR)
    with system.reading() as connection:
        rows = connection.execute(select(pairings.c.pairing_id).where(pairings.c.known_to.is_(None))).all()
        other = next(row.pairing_id for row in rows if row.pairing_id != PAIRING)
    due, paths = (system.today() + timedelta(days=15)).isoformat(), []
    for number, pairing in (("WT2026-021", PAIRING), ("WT2026-022", other)):
        raised = supervisor.post(
            "/findings/raise-finding",
            number=number,
            pairing_id=pairing,
            found_on=system.today().isoformat(),
            method="on_site",
            inspector="检查甲",
            description="台账缺页",
            finding_type="record_keeping",
            severity="minor",
        )
        assert raised.status_code == 200
        paths.append(f"{raised.url.path}/order-rectification")
    order = {"measures": "补齐", "due_on": due}
    assert supervisor.post(paths[0], document_no="督〔2026〕21号", **order).status_code == 200
    before = system.log.position()
    for written in ("督〔2026〕21号", "督[2026]21号", "督（２０２６）２１号"):
        taken = supervisor.post(paths[1], document_no=written, **order)
        assert taken.status_code == 409 and "一个文号只属于一份文件" in taken.text, written
    assert system.log.position() == before
    assert supervisor.post(paths[1], document_no="督〔2026〕22号", **order).status_code == 200


def test_an_appeal_goes_from_filing_to_a_new_run(county: tuple[System, FastAPI]) -> None:
    system = county[0]
    clerk, assessor, reviewer = (
        visitor(county, role) for role in (Role.BRANCH_CLERK, Role.ASSESSOR, Role.REVIEWER)
    )
    assert clerk.get(CONTESTED).status_code == 404
    assert assessor.post("/results/2025/freeze-run", acknowledged="1", because="年终核定").status_code == 200
    before = reviewer.get(f"/scores/{PAIRING}").text
    assert "5.25" in clerk.get(CONTESTED).text
    filed = clerk.post(
        "/appeals/file-appeal",
        year="2025",
        pairing_id=PAIRING,
        indicator="C2",
        finding_id="",
        grounds="一季度有特色主题活动",
    )
    path = str(filed.url.path)
    number = f"SS{system.today().year}-001"
    for about in (path, f"/pairings/{PAIRING}"):
        told = clerk.get(about).text
        assert f"提出申诉 {number}" in told and f"登记申诉 {number}" not in told, "filing is told once"
        assert f"{PAIRING}/C2" not in told, "no code of what is contested"
    assert f"登记申诉 {number}" in reviewer.get(f"/trail?thing={number}").text
    assert clerk.post(f"{path}/admit-appeal").status_code == 403
    decide = {"outcome": "varied", "corrected_points_hundredths": "7.00", "reasons": "佐证属实"}
    assert reviewer.post(f"{path}/decide-appeal", **decide).status_code == 409
    assert reviewer.post(f"{path}/admit-appeal").status_code == 200
    for worse in ("5.24", "7.01"):
        assert (
            reviewer.post(
                f"{path}/decide-appeal", **{**decide, "corrected_points_hundredths": worse}
            ).status_code
            == 409
        )
    position = system.log.position()
    decided = reviewer.post(f"{path}/decide-appeal", **decide)
    assert "变更得分" in decided.text and "2025-2" in decided.text
    assert "85.81" in reviewer.get(f"/scores/{PAIRING}").text
    assert "84.06" in before and "84.06" in reviewer.get(f"/scores/{PAIRING}?at={position}").text
    with system.reading() as connection:
        rows = connection.execute(
            select(runs.c.run_no, runs.c.appeal_id, runs.c.results_digest, runs.c.at_position)
            .where(known(runs, None))
            .order_by(runs.c.at_position)
        ).all()
        status = connection.execute(select(appeals.c.status).where(known(appeals, None))).scalars().all()
    assert [(r.run_no, r.appeal_id) for r in rows] == [("2025-1", ""), ("2025-2", path.rsplit("/", 1)[1])]
    assert status == ["decided"]
    for row in rows:
        assert system.pinning.basis(2025, row.at_position).results_digest == row.results_digest
    assert reviewer.post(f"{path}/decide-appeal", **decide).status_code == 409
    assert system.runner.check() == []


def test_an_appeal_against_a_finding_withdraws_it(county: tuple[System, FastAPI]) -> None:
    clerk, reviewer = visitor(county, Role.BRANCH_CLERK), visitor(county, Role.REVIEWER)
    filed = clerk.post(
        "/appeals/file-appeal",
        year="2025",
        pairing_id=PAIRING,
        indicator="",
        finding_id=finding_id(county[0]),
        grounds="已按要求登记",
    )
    path = str(filed.url.path)
    reviewer.post(f"{path}/admit-appeal")
    wrong = {"outcome": "varied", "corrected_points_hundredths": "1.00", "reasons": "x"}
    assert reviewer.post(f"{path}/decide-appeal", **wrong).status_code == 409
    decided = reviewer.post(f"{path}/decide-appeal", outcome="revoked", reasons="登记齐全")
    assert "撤销问题" in decided.text
    assert "已撤销" in reviewer.get("/findings/WT2025-059").text


def test_a_route_without_a_verb_is_refused() -> None:
    router = APIRouter()

    @router.get("/open")
    def _open() -> str:
        return "open"

    with pytest.raises(RuntimeError, match="/open"):
        refuse_unguarded(router.routes)


def test_the_administrator_keeps_accounts_and_nothing_else(county: tuple[System, FastAPI]) -> None:
    admin = visitor(county, Role.ADMIN)
    assert admin.get("/overview").status_code == 403
    form = {
        "username": "xinren",
        "person": "午新人",
        "display_name": "新人",
        "office": "县联建办",
        "role": "auditor",
        "unit": "",
        "village": "",
        "password": "lianjian-2025",
    }
    assert admin.post("/accounts", **{**form, "password": "short"}).status_code == 422
    assert admin.post("/accounts", **{**form, "role": "branch_clerk"}).status_code == 422
    assert "xinren" in admin.post("/accounts", **form).text
    newcomer = Visitor(county[1], "xinren")
    assert newcomer.get("/trail").url.path == "/me"
    passwords = {
        "password_now": "lianjian-2025",
        "password": "qiu-shan-9-lu",
        "password_again": "qiu-shan-9-lu",
    }
    assert newcomer.post("/me/password", **passwords).status_code == 200
    assert newcomer.get("/trail").status_code == 200


def test_a_served_document_is_an_anchor(county: tuple[System, FastAPI]) -> None:
    system = county[0]
    order = f"/documents/order/{finding_id(system)}"
    page = visitor(county, Role.SUPERVISOR).get(order).text
    (note,) = re.findall(r"<pre>(.*?)</pre>", page, re.DOTALL)
    anchor = read_anchor("paper", html.unescape(note).encode())
    report = verify_log(system.log.tree.database, anchors=[anchor])
    assert report.problems == []
    assert report.anchor is not None and report.anchor.size == anchor.checkpoint.size
    assert anchor.checkpoint.root.hex()[:16] in page and "viewBox" in page
    size = len(system.custody.checkpoints())
    visitor(county, Role.SUPERVISOR).get(order)
    assert len(system.custody.checkpoints()) == size, "what is covered is not signed again"
    at = visitor(county, Role.SUPERVISOR).get(f"{order}?at=4000")
    assert at.status_code in (200, 404)
    assert visitor(county, Role.SUPERVISOR).get("/documents/order/none").status_code == 404
