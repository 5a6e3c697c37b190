"""Verbs at the API: done, refused in problem details, sent twice, seen before, only tried."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest

from application.look import look_of
from application.things import FINDING
from application.things import PAIRING as PAIRINGS
from domain.livelihood.clauses import MATCHED_FIRST
from domain.supervision import clauses
from domain.supervision.events import FindingClosed
from domain.supervision.finding_history import Status
from tests.kit.demo_ids import PAIRING, VILLAGE_ID
from tests.kit.scripts import Api, Script

pytestmark = pytest.mark.both_databases
_numbers = count(1)
ORDER = {
    "ordered_on": "2025-05-07",
    "due_on": "2025-06-07",
    "document_no": "",
    "measures": "补齐记录",
}


def found(**other: Any) -> dict[str, Any]:
    return {
        "number": f"API-{next(_numbers)}",
        "pairing_id": PAIRING,
        "found_on": "2025-05-06",
        "method": "covert_visit",
        "inspector": "甲督衡",
        "description": "记录缺页",
        "finding_type": "record_keeping",
        "severity": "minor",
        **other,
    }


@pytest.fixture(scope="module")
def ducha(api: Api) -> Script:
    return api.script("ducha")


def raised(script: Script) -> str:
    answer = script.post("/findings/raise-finding", found())
    assert answer.status_code == 201, answer.text
    key: str = answer.json()["key"]
    return key


def order(**other: Any) -> dict[str, Any]:
    return {**ORDER, "document_no": f"联督〔2025〕{next(_numbers) + 7000}号", **other}


def test_a_finding_is_raised_and_ordered(api: Api, ducha: Script) -> None:
    answer = ducha.post("/findings/raise-finding", found(inspector="甲督衡"))
    assert answer.status_code == 201
    key = answer.json()["key"]
    assert answer.headers["location"] == f"/api/v1/findings/{key}"
    assert [each["name"] for each in answer.json()["events"]] == ["supervision.FindingRaised"]
    ordered = ducha.post(f"/findings/{key}/order-rectification", order())
    assert ordered.status_code == 200 and ordered.headers["etag"] == '"2"'
    assert FINDING.state(look_of(api.system), key).status is Status.ORDERED
    newest = api.system.log.read(after=api.system.log.position() - 2)
    assert all(each.by.source.kind == "api" and each.by.actor == "ducha" for each in newest)
    assert newest[0].by.source.name == f"/api/v1/findings/{key}/order-rectification"


def test_nobody_without_a_token_and_no_cookie_opens(api: Api) -> None:
    for headers in ({}, {"Authorization": "Bearer lianjian_x"}, {"Authorization": "Basic eDp5"}):
        answer = Script(api.server, None).http.post(
            "/api/v1/findings/raise-finding",
            json=found(),
            headers={**headers, "Cookie": "lianjian_session=x"},
        )
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Bearer")
        assert answer.headers["content-type"] == "application/problem+json"


def test_all_that_is_malformed_is_said_at_once_in_both_languages(ducha: Script) -> None:
    written = found(found_on="gestern", severity="huge", pairing_id=None, colour="red")
    answer = ducha.post("/findings/raise-finding", written)
    assert answer.status_code == 422
    faults = {each["field"]: each for each in answer.json()["faults"]}
    assert set(faults) == {"found_on", "severity", "pairing_id", "colour"}
    assert faults["found_on"]["zh"] == "“gestern”不是日期，应如 2026-01-31"
    assert faults["found_on"]["en"] == "“gestern” is not a date such as 2026-01-31"


def test_a_rule_refuses_with_clause_remedy_and_source(api: Api, ducha: Script) -> None:
    key = raised(ducha)
    before = api.system.log.position()
    answer = api.script("danwei").post(f"/findings/{key}/submit-rectification", {"account": "已补"})
    assert answer.status_code == 409 and api.system.log.position() == before
    clause = answer.json()["clause"]
    assert clause == {
        "id": clauses.ORDERED_FIRST.id,
        "zh": clauses.ORDERED_FIRST.zh,
        "en": clauses.ORDERED_FIRST.en,
        "remedy": {"zh": clauses.ORDERED_FIRST.remedy_zh, "en": clauses.ORDERED_FIRST.remedy_en},
        "source": {"zh": "系统默认", "en": "default"},
    }


def test_whose_thing_it_is_and_what_there_is_not(api: Api, ducha: Script) -> None:
    key = raised(ducha)
    assert api.script("danwei").post(f"/findings/{key}/order-rectification", order()).status_code == 403
    assert api.script("kaohe").post("/findings/raise-finding", found()).status_code == 403
    assert ducha.post("/findings/f-none/order-rectification", order()).status_code == 404
    assert ducha.post("/findings/f-none/praise", {}).status_code == 404
    answer = ducha.get("/findings/f-none/order-rectification")
    assert answer.status_code == 405 and answer.headers["allow"] == "POST"


@pytest.mark.parametrize(
    ("body", "media", "status"),
    [
        (b"{", "application/json", 400),
        (b"[]", "application/json", 400),
        (b'{"a": "\\ud800"}', "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b"number=1", "application/x-www-form-urlencoded", 415),
        (b"{}", "application/json; charset=gb18030", 415),
        (b"{}", "", 415),
        (b'{"a": "' + b"x" * 4_300_000 + b'"}', "application/json", 413),
    ],
)
def test_what_is_no_json_object_is_refused(ducha: Script, body: bytes, media: str, status: int) -> None:
    answer = ducha.http.post(
        "/api/v1/findings/raise-finding", content=body, headers={**ducha.headers, "Content-Type": media}
    )
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_strangers_body_is_not_read(api: Api) -> None:
    answer = Script(api.server, "lianjian_x").post("/findings/raise-finding", {"a": "x" * 100_000})
    assert answer.status_code == 401


def test_what_is_sent_twice_is_done_once(api: Api, ducha: Script) -> None:
    written = found()
    first = ducha.post("/findings/raise-finding", written, Idempotency_Key="k1")
    before = api.system.log.position()
    again = ducha.post("/findings/raise-finding", dict(reversed(written.items())), Idempotency_Key="k1")
    assert (again.status_code, again.json(), again.headers["etag"]) == (
        201,
        first.json(),
        first.headers["etag"],
    )
    other = ducha.post("/findings/raise-finding", found(), Idempotency_Key="k1")
    assert other.status_code == 422 and other.json()["type"] == "urn:lianjian:problem:other_input"
    assert api.system.log.position() == before
    elsewhere = api.script("ducha").post("/findings/raise-finding", found(), Idempotency_Key="k1")
    assert elsewhere.status_code == 201


def test_what_was_refused_is_judged_anew_under_its_key(api: Api, ducha: Script) -> None:
    key = raised(ducha)
    clerk, written = api.script("danwei"), {"account": "已补"}
    path = f"/findings/{key}/submit-rectification"
    assert clerk.post(path, written, Idempotency_Key="k2").status_code == 409
    ducha.post(f"/findings/{key}/order-rectification", order())
    clerk.post(f"/findings/{key}/acknowledge-order", {"acknowledged_on": "2025-05-08"})
    assert clerk.post(path, written, Idempotency_Key="k2").status_code == 200


def test_a_request_that_was_done_and_never_answered_is_answered_from_the_log(api: Api, ducha: Script) -> None:
    written = found()
    first = ducha.post("/findings/raise-finding", written, Idempotency_Key="k3")
    with api.accounts.kept_answers._engine.begin() as raw:
        raw.exec_driver_sql("UPDATE kept_answer SET answer = NULL WHERE key = 'k3'")
    before = api.system.log.position()
    again = ducha.post("/findings/raise-finding", written, Idempotency_Key="k3")
    assert again.status_code == 201 and again.json() == first.json()
    assert api.system.log.position() == before


def test_many_at_once_with_one_key_are_done_once(api: Api) -> None:
    script, written = api.script("ducha"), found()
    before = api.system.log.position()
    with ThreadPoolExecutor(6) as pool:
        sent = [
            pool.submit(script.post, "/findings/raise-finding", written, Idempotency_Key="k4")
            for _ in range(6)
        ]
        answers = [each.result() for each in sent]
    assert {each.status_code for each in answers} <= {201, 409}
    assert len({each.json()["key"] for each in answers if each.status_code == 201}) == 1
    # The finding, and its number beside it.
    assert api.system.log.position() == before + 2


def test_who_saw_another_version_is_told_so(ducha: Script) -> None:
    key = raised(ducha)
    seen = ducha.get(f"/findings/{key}").headers["etag"]
    path = f"/findings/{key}/order-rectification"
    assert ducha.post(path, order(), If_Match='"7"').status_code == 412
    assert ducha.post(path, order(), If_Match="seven").status_code == 422
    assert ducha.post(path, order(), If_Match=seen).status_code == 200
    answer = ducha.post(f"/findings/{key}/withdraw-finding", {"because": "误登"}, If_Match=seen)
    assert answer.status_code == 412 and "第 2 版" in answer.json()["detail"]


def test_a_dry_run_judges_and_records_nothing(api: Api, ducha: Script) -> None:
    before, persons = api.system.log.position(), persons_of(api)
    answer = ducha.post("/findings/raise-finding?dry_run=true", found(inspector="从未登记的人"))
    assert answer.status_code == 200 and answer.json()["dry_run"] and answer.json()["key"] is None
    key = raised(ducha)
    clerk = api.script("danwei")
    path = f"/findings/{key}/submit-rectification?dry_run=true"
    assert clerk.post(path, {"account": "已补"}).status_code == 409
    assert ducha.post(f"/findings/{key}/order-rectification?dry_run=perhaps", order()).status_code == 422
    assert api.system.log.position() == before + 2 and persons_of(api) == persons


def persons_of(api: Api) -> int:
    with api.system.vault._engine.connect() as raw:
        return int(raw.exec_driver_sql("SELECT count(*) FROM person").scalar_one())


def test_an_address_that_is_none_is_refused_in_problem_details(ducha: Script) -> None:
    for path in ("/findings/%00", "/findings/" + "x" * 20_000):
        answer = ducha.get(path)
        assert answer.status_code == 422, answer.text
        assert json.loads(answer.text)["type"] == "urn:lianjian:problem:malformed"


def test_what_is_begun_is_compared_with_nothing(api: Api, ducha: Script) -> None:
    before = api.system.log.position()
    for match in ('"3"', "*", "W/x"):
        answer = ducha.post("/findings/raise-finding", found(), If_Match=match)
        assert answer.status_code == 422 and api.system.log.position() == before
        (fault,) = answer.json()["faults"]
        assert fault["field"] == "If-Match" and "leave If-Match out" in fault["en"]


def test_a_new_finding_is_not_extended_or_closed_by_stating_it(api: Api, ducha: Script) -> None:
    """Only what was before the system came into use is stated: what came since took its way step by step, or did not happen."""
    today = api.system.today()
    key = raised(ducha)
    assert ducha.post(f"/findings/{key}/order-rectification", order(due_on=f"{today}")).status_code == 200
    before = api.system.log.position()
    for step, stated in (
        ("state-extension", {"due_on": f"{today + timedelta(30)}"}),
        ("state-closing", {"closed_on": f"{today}"}),
    ):
        answer = ducha.post(f"/findings/{key}/{step}", stated)
        assert answer.status_code == 409, answer.text
        assert answer.json()["clause"]["id"] == clauses.STATED_OF_THE_PAST.id
    assert api.system.log.position() == before
    old = raised(ducha)
    assert ducha.post(f"/findings/{old}/order-rectification", order()).status_code == 200
    late = ducha.post(f"/findings/{old}/state-extension", {"due_on": "2199-12-31"})
    assert late.json()["clause"]["id"] == clauses.STATED_OF_THE_PAST.id
    assert ducha.post(f"/findings/{old}/state-extension", {"due_on": "2025-06-30"}).status_code == 200
    assert ducha.post(f"/findings/{old}/state-closing", {"closed_on": "2025-07-01"}).status_code == 200
    finding = FINDING.state(api.look, old)
    assert finding.due_on == date(2025, 6, 30) and finding.status is Status.CLOSED
    closed = finding.history[-1]
    assert isinstance(closed, FindingClosed) and closed.irregular == (clauses.CLOSE_AFTER_PASSED.id,)


def test_a_need_that_nobody_took_on_is_met_by_nobody(api: Api) -> None:
    need = {"number": "XQ-API-1", "village": VILLAGE_ID, "category": "public_services", "content": "修台阶"}
    answer = api.script("cun").post("/needs/raise-need", {**need, "raised_on": "2025-05-06"})
    assert answer.status_code == 201, answer.text
    answer = api.script("danwei").post(f"/needs/{answer.json()['key']}/meet-need", {"met_on": "2025-05-07"})
    clause = answer.json()["clause"]
    assert (answer.status_code, clause["id"]) == (409, MATCHED_FIRST.id)
    assert clause["remedy"]["en"] == "have the supervising office record the matched unit first"
    assert "XQ-API-1" in answer.json()["detail"]


def test_whoever_holds_a_post_has_one_reference_in_the_ledgers_and_here(api: Api, ducha: Script) -> None:
    held = next(term for term in PAIRINGS.state(api.look, PAIRING).terms if term.ended_on is None)
    name = api.system.vault.names([held.person_ref])[held.person_ref]
    stated = {"post": held.post.value, "person": name, "began_on": f"{api.system.today()}"}
    assert (
        ducha.post(
            f"/pairings/{PAIRING}/leave-post",
            {"post": held.post.value, "ended_on": f"{api.system.today() - timedelta(1)}"},
        ).status_code
        == 200
    )
    answer = ducha.post(f"/pairings/{PAIRING}/appoint-to-post", stated)
    assert answer.status_code == 200, answer.text
    assert answer.json()["events"][0]["values"]["person"]["ref"] == held.person_ref
