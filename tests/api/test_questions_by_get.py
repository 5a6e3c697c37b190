"""Questions at the API: typed answers, page by page, and clerks see what is their own."""

from __future__ import annotations

from typing import Any

from application.questions.answers import QUESTIONS
from tests.kit.demo_ids import BRANCH, PAIRING
from tests.kit.scripts import Api, Script


def paged(script: Script, path: str, **query: Any) -> list[dict[str, Any]]:
    """All rows, by following the links."""
    rows: list[dict[str, Any]] = []
    answer = script.get(path, **query)
    while True:
        assert answer.status_code == 200, answer.text
        rows += answer.json()["rows"]
        if "link" not in answer.headers:
            assert answer.json()["next"] is None
            return rows
        link = answer.headers["link"]
        assert link.startswith("<") and link.endswith('>; rel="next"')
        answer = script.http.get(link[1:].partition(">")[0], headers=script.headers)


def test_all_findings_are_reached_page_by_page_each_once(api: Api) -> None:
    script = api.script("ducha")
    pages = paged(script, "/findings", limit=7)
    assert pages == paged(script, "/findings", limit=200)
    assert len({each["finding_id"] for each in pages}) == len(pages) > 20
    assert [each["found_on"] for each in pages] == sorted((each["found_on"] for each in pages), reverse=True)


def test_findings_are_filtered_by_light_status_and_year(api: Api) -> None:
    script = api.script("ducha")
    everything = paged(script, "/findings")
    for name in ("light", "status"):
        for value in {each[name] for each in everything}:
            assert paged(script, "/findings", limit=3, **{name: value}) == [
                each for each in everything if each[name] == value
            ]
    of_year = paged(script, "/findings", year=2025)
    assert of_year == [each for each in everything if each["found_on"].startswith("2025")]
    assert paged(script, "/findings", year=1999) == []


def test_a_clerk_sees_the_own_findings_and_no_others(api: Api) -> None:
    clerk, office = api.script("danwei"), api.script("ducha")
    everything = paged(office, "/findings")
    own = [each for each in everything if each["branch"] == BRANCH]
    assert own and paged(clerk, "/findings") == own
    other = next(each for each in everything if each["branch"] != BRANCH)
    assert clerk.get(f"/findings/{own[0]['finding_id']}").status_code == 200
    assert clerk.get(f"/findings/{other['finding_id']}").status_code == 403


def test_a_finding_is_shown_with_its_history(api: Api) -> None:
    script = api.script("ducha")
    key = paged(script, "/findings", status="closed")[0]["finding_id"]
    shown = script.get(f"/findings/{key}").json()
    assert shown["finding"]["status"] == "closed" and shown["closed_on"]
    assert shown["history"][0]["name"] == "supervision.FindingRaised"
    records = [each["record"] for each in shown["history"]]
    assert records == sorted(records) and len(records) > 3
    earlier = script.get(f"/findings/{key}", known_at=records[0]).json()
    assert earlier["finding"]["status"] == "raised" and len(earlier["history"]) == 1


def test_the_score_sheet_adds_up_to_what_the_lines_say(api: Api) -> None:
    sheet = api.script("danwei").get(f"/pairings/{PAIRING}/score-sheet", year=2025).json()
    assert sheet["run"] is None and sheet["lines"]
    assert all(set(line["title"]) == {"zh", "en"} for line in sheet["lines"])
    assert api.script("cun").get(f"/pairings/{PAIRING}/score-sheet", year=1999).status_code == 404


def test_the_trail_is_the_offices(api: Api) -> None:
    assert api.script("danwei").get("/trail").status_code == 403
    script = api.script("shenji")
    wanted = {"name": "supervision.FindingRaised", "limit": 9}
    rows = paged(script, "/trail", **wanted)
    assert [each["record"] for each in rows] == sorted((each["record"] for each in rows), reverse=True)
    assert len(rows) == len(paged(script, "/findings"))


def test_what_the_address_states_is_read_strictly(api: Api) -> None:
    script = api.script("ducha")
    query = {"year": "25", "light": "pink", "limit": "201", "after": "f-none", "sort": "up"}
    answer = script.get("/findings", **query)
    assert {each["field"] for each in answer.json()["faults"]} == {"year", "light", "limit", "sort"}
    assert script.get("/findings", after="f-none").json()["faults"][0]["field"] == "after"
    assert script.get("/findings", known_at=10**9).json()["faults"][0]["field"] == "known_at"
    assert script.get("/pairings").json()["faults"][0]["field"] == "year"


def test_no_question_is_for_administrators() -> None:
    assert {role.value for each in QUESTIONS.values() for role in each.roles}.isdisjoint({"admin"})


def test_evidence_and_samples_are_the_offices(api: Api) -> None:
    assert api.script("danwei").get("/evidence-items", year=2025).status_code == 403
    script = api.script("kaohe")
    queue = script.get("/evidence-items", year=2025).json()
    assert queue["found"] == 0 and {each["count"] for each in queue["counts"]} == {0}
    assert script.get("/evidence-items", year=2025, after=1).json()["faults"][0]["field"] == "after"
    assert script.get("/samples", year=2025).json() == {"rows": [], "next": None}
