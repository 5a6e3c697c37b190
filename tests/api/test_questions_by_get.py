"""Questions at the API: typed answers, page by page, and clerks see what is their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from typing import Any, get_origin

from application.question import Question
from application.questions.answers import QUESTIONS
from application.questions.answers.duties.duty import DutyGroup
from application.questions.answers.duties.listing import PROCESSES
from application.questions.answers.pairing.work_listing import Works
from domain.account.role import Role
from domain.kernel.values import Choice
from domain.kernel.zone import county_day
from tests.kit.demo_ids import BRANCH, PAIRING, VILLAGE_ID
from tests.kit.results import published_run
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
    assert shown["inspector_ref"] and shown["irregular"] == [] and shown["finding"]["measures"]
    records = [each["record"] for each in shown["history"]]
    assert records == sorted(records) and len(records) > 3
    earlier = script.get(f"/findings/{key}", known_at=records[0]).json()
    assert earlier["finding"]["status"] == "raised" and len(earlier["history"]) == 1
    assert "ETag" in script.get(f"/findings/{key}").headers
    assert "ETag" not in script.get(f"/findings/{key}", known_at=records[0]).headers, "nothing is done on it"


def test_what_was_known_on_a_day_is_read_page_by_page_of_one_record(api: Api) -> None:
    script = api.script("shenji")
    (newest,) = script.get("/trail", limit=1).json()["rows"]
    day = county_day(datetime.fromisoformat(newest["recorded_at"]))
    first = script.get("/trail", known_at=day.isoformat(), limit=1)
    assert first.json()["rows"] == [newest]
    assert f"known_at={newest['record']}&" in first.headers["Link"]
    found = script.get("/trail", known_at=day.isoformat()).json()["found"]
    assert found == script.get("/trail").json()["found"] > 0
    for wrong in ("1990-01-01", "2026-02-30", "9999-12-31x", "yesterday"):
        (fault,) = script.get("/trail", known_at=wrong).json()["faults"]
        assert fault["field"] == "known_at" and wrong in fault["en"] and wrong in fault["zh"]


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
    assert len(rows) == len(paged(script, "/findings")) == script.get("/trail", **wanted).json()["found"]


def test_the_trail_is_filtered_as_its_page_filters(api: Api) -> None:
    script = api.script("shenji")
    late = [each["days_late"] for each in script.get("/trail", late="yes").json()["rows"]]
    assert late and min(late) > 15
    whole = paged(script, "/trail", limit=200)
    assumed = [each for each in whole if each["known_by"] == "assumed"]
    assert paged(script, "/trail", assumed="yes", limit=200) == assumed
    assert script.get("/trail", source="nothing").json() == {"found": 0, "rows": [], "next": None}
    last = paged(script, "/trail", name="supervision.FindingRaised", limit=200)[-1]
    assert last["changed"] and all(each["before"] is None for each in last["changed"])
    by_number = paged(script, "/trail", thing=last["data"]["number"], limit=200)
    assert by_number == paged(script, "/trail", thing=last["data"]["finding_id"], limit=200)
    above = script.get("/trail", newer_than=last["record"], limit=3).json()
    assert [each["record"] for each in above["rows"]] == [last["record"] + n for n in (3, 2, 1)]
    below = script.get("/trail", after=above["next"], limit=1).json()
    assert [each["record"] for each in below["rows"]] == [last["record"]]
    day = county_day(datetime.fromisoformat(last["recorded_at"])).isoformat()
    assert script.get("/trail", recorded_to="2019-12-31").json()["found"] == 0
    assert script.get("/trail", recorded_from="2020-01-01", recorded_to=day).json()["found"] > 0


def test_an_event_says_what_followed_from_it(api: Api) -> None:
    script = api.script("shenji")
    (newest,) = script.get("/trail", limit=1).json()["rows"]
    shown = script.get(f"/events/{newest['record']}").json()
    assert shown["event"] == newest and shown["tree"]["record"] <= newest["record"]
    assert script.get(f"/events/{newest['record'] + 1}").status_code == 404
    assert script.get("/events/none").status_code == 404
    facets = script.get("/trail/facets").json()
    assert newest["name"] in facets["names"] and newest["actor"] in facets["actors"]


def test_a_key_that_is_no_work_plan_is_told_as_one(api: Api) -> None:
    told = api.script("ducha").get(f"/plans/{PAIRING}.2025").json()
    assert told["en"]["detail"].startswith("Work plan") and told["detail"].startswith("工作方案")


def test_what_the_address_states_is_read_strictly(api: Api) -> None:
    script = api.script("ducha")
    query = {"year": "25", "light": "pink", "limit": "201", "after": "f-none", "sort": "up"}
    answer = script.get("/findings", **query)
    assert {each["field"] for each in answer.json()["faults"]} == {"year", "light", "limit", "sort"}
    assert script.get("/findings", after="f-none").json()["faults"][0]["field"] == "after"
    assert script.get("/findings", known_at=10**9).json()["faults"][0]["field"] == "known_at"
    assert script.get("/pairings").json()["faults"][0]["field"] == "year"


def assert_paged(script: Script, path: str, rows: list[dict[str, Any]], **query: Any) -> None:
    """The first two pages of three rows are the first six rows."""
    first = script.get(path, **query, limit=3).json()
    pages = list(first["rows"])
    if first["next"]:
        pages += script.get(path, **query, limit=3, after=first["next"]).json()["rows"]
    assert pages == rows[:6], (path, query)


def _sorted_lists() -> Iterator[tuple[Question[..., Any], list[str]]]:
    """Lists of the county whose orders are a choice, with these."""
    for question in QUESTIONS.values():
        kinds = {each.name: each.kind for each in question.fields}
        if isinstance(order := kinds.get("sort"), Choice) and not question.keyed:
            yield question, [str(each.value) for each in order.kind]


def test_every_order_of_every_list_is_paged_and_goes_both_ways(api: Api) -> None:
    who = {role: api.script(name) for name, role in (("ducha", Role.SUPERVISOR), ("guanli", Role.ADMIN))}
    turned = 0
    for question, orders in _sorted_lists():
        script = next(each for role, each in who.items() if role in question.roles)
        stated = {"year": 2025} if any(each.name == "year" for each in question.fields) else {}
        answers = {
            order: script.get(question.path, **stated, sort=order, limit=200).json() for order in orders
        }
        for order, whole in answers.items():
            if order.startswith("-"):
                assert_paged(script, question.path, whole["rows"], **stated, sort=order)
            other = answers.get(f"-{order}")
            # Those that a table is asked for in pages stand by id where they are of one day, either way.
            if other is not None and whole["next"] is None and get_origin(question.answer_type) is not Works:
                assert other["rows"] == whole["rows"][::-1], (question.name, order)
                turned += len(whole["rows"]) > 1
    assert turned > 10


def test_evidence_and_samples_are_the_offices(api: Api) -> None:
    assert api.script("danwei").get("/evidence-items", year=2025).status_code == 403
    script = api.script("kaohe")
    queue = script.get("/evidence-items", year=2025).json()
    assert queue["found"] == 0 and {each["count"] for each in queue["counts"]} == {0}
    assert script.get("/evidence-items", year=2025, after=1).json()["faults"][0]["field"] == "after"
    assert script.get("/samples", year=2025).json() == {"rows": [], "next": None}


def test_late_entries_are_paged_and_say_what_they_would_have_been_worth(api: Api) -> None:
    assert api.script("danwei").get("/late-entries", year=2025).status_code == 403
    script = api.script("kaohe")
    whole = script.get("/late-entries", year=2025, limit=200).json()
    assert whole["cut_off"] is None and whole["found"] == len(whole["rows"]) > 2 and whole["next"] is None
    assert paged(script, "/late-entries", year=2025, limit=2) == whole["rows"]
    assert all(each["reported_late"] and each["reported_on"] > whole["reported_by"] for each in whole["rows"])
    worth = {each["pairing_id"]: each["points"] for each in whole["worth"]}
    assert set(worth) == {each["pairing_id"] for each in whole["rows"]} and set(worth.values()) > {"0.00"}
    assert script.get("/late-entries", year=1999).status_code == 404


def test_the_matrix_is_sorted_filtered_and_paged(api: Api) -> None:
    assert api.script("danwei").get("/score-matrix", year=2025).status_code == 403
    script = api.script("kaohe")
    by_total = paged(script, "/score-matrix", year=2025, limit=60)
    whole = script.get("/score-matrix", year=2025, limit=200).json()
    assert whole["rows"] == by_total and whole["assessed"] == len(by_total) == whole["totals"]["n"]
    totals = [float(each["total"]) for each in by_total]
    assert totals == sorted(totals, reverse=True)
    assert whole["totals"]["greatest"] == by_total[0]["total"] and sum(whole["totals"]["bins"]) == len(totals)
    codes = [each["indicator"] for each in whole["health"]]
    for row in by_total:
        assert [each["indicator"] for each in row["cells"] if each] == [
            code for code, each in zip(codes, row["cells"], strict=True) if each
        ]
    by_e1 = script.get("/score-matrix", year=2025, sort="E1", limit=200).json()["rows"]
    points = [each["cells"][codes.index("E1")]["points"] for each in by_e1]
    applying = [float(each) for each in points if each is not None]
    assert applying == sorted(applying) and points[: len(applying)].count(None) == 0
    excellent = paged(script, "/score-matrix", year=2025, grade="excellent", limit=5)
    assert excellent == [each for each in by_total if each["grade"] == "excellent"]
    assert script.get("/score-matrix", year=2025, sort="Z9").json()["faults"][0]["field"] == "sort"


def test_the_years_show_a_clerk_the_own_course_and_nothing_of_the_county(api: Api) -> None:
    office = api.script("kaohe").get("/trend", limit=200).json()
    (year,) = office["years"]
    county = year["county"]
    assert county["subjects"] == len(office["rows"]) == sum(each["count"] for each in county["grades"])
    assert office["indicators"] and all(len(each["shares"]) == 1 for each in office["indicators"])
    assert paged(api.script("kaohe"), "/trend", limit=40) == office["rows"]
    own = api.script("danwei").get("/trend").json()
    assert own["rows"] == [each for each in office["rows"] if each["branch"] == BRANCH] != []
    assert own["indicators"] == [] and [each["county"] for each in own["years"]] == [None]


def test_the_overview_counts_what_the_lists_show(api: Api) -> None:
    for username in ("ducha", "danwei"):
        script = api.script(username)
        shown = script.get("/overview", year=2025).json()
        for light in shown["lights"]:
            assert light["count"] == len(paged(script, "/findings", year=2025, light=light["light"]))
        assert sum(each["count"] for each in shown["grades"]["counts"]) == 147
        assert shown["grades"]["run_no"] == "" and len(shown["activities"]) == 12
        assert shown["figures"]["pairings"] == 147
    assert api.script("ducha").get("/overview", year=1999).json()["grades"] is None


def test_what_waits_is_told_to_whoever_may_do_it(api: Api) -> None:
    script = api.script("ducha")
    first = script.get("/duties", limit=20).json()
    rows = paged(script, "/duties", limit=20)
    groups = Counter(each["group"] for each in rows)
    assert groups == {name: first[name] for name in groups} and len(rows) > 20
    assert len({(each["kind"], each["key"]) for each in rows}) == len(rows), "nothing waits twice"
    order = [(list(DutyGroup).index(DutyGroup(each["group"])), each["due_on"] or "9999") for each in rows]
    assert order == sorted(order)
    undated = [(each["group"], -each["year"], each["since"]) for each in rows if not each["due_on"]]
    waited = sorted(undated, key=lambda each: (list(DutyGroup).index(DutyGroup(each[0])), *each[1:]))
    assert undated == waited, "the newest year first, and what has waited longest"
    red = {each["finding_id"] for each in paged(script, "/findings", light="red")}
    late = {each["key"] for each in rows if each["thing"] == "finding" and (each["days_left"] or 0) < 0}
    assert late and late <= red, "what is reported late is not due any more"
    assert paged(script, "/duties", group="overdue") == [each for each in rows if each["group"] == "overdue"]
    mine = [each for each in paged(api.script("danwei"), "/duties") if each["group"] != "others"]
    assert mine and {each["branch"] for each in mine} == {BRANCH} and all(each["step"] for each in mine)
    assert {each["group"] for each in paged(api.script("shenji"), "/duties")} == {"others"}
    assert api.script("ducha").get("/duties", known_at=9).json()["rows"] == []


def test_a_number_leads_to_what_bears_it_however_it_is_spelt(api: Api) -> None:
    script = api.script("ducha")
    finding = script.get("/findings", limit=1).json()["rows"][0]
    for spelt in (finding["number"], finding["number"].lower(), f" {finding['number']} "):
        (found,) = script.get("/numbers", number=spelt).json()["rows"]
        assert (found["thing"], found["kind"]) == (finding["finding_id"], "finding")
        assert found["number"] == finding["number"]
    assert script.get("/numbers", number="WT1999-001").json()["rows"] == []


def test_schemes_are_public_and_drafts_are_the_offices(api: Api) -> None:
    clerk, office = api.script("danwei"), api.script("kaohe")
    (row,) = clerk.get("/schemes").json()["rows"]
    shown = clerk.get("/schemes/2025").json()
    assert row["year"] == 2025 and row["version"] == shown["version"] == shown["versions"][0]
    assert sha256(shown["text"].encode()).hexdigest() == shown["version"]["text_digest"]
    assert clerk.get("/schemes/2025", version=1).json() == shown
    assert clerk.get("/schemes/2025", version=9).status_code == 404
    for unknown in ("1999", "abcd"):
        assert clerk.get(f"/schemes/{unknown}").status_code == 404
    drafted = {"text": "x", "based_on": 0, "because": "起草"}
    assert office.post("/schemes/2031/draft-scheme", drafted).status_code < 300
    draft = office.get("/schemes/2031/draft").json()
    assert (
        draft["text"] == "x" and draft["draft"]["status"] == "drafted" and draft["drafts"] == [draft["draft"]]
    )
    assert clerk.get("/schemes/2031/draft").status_code == 403
    assert paged(office, "/schemes", limit=1)[0]["draft"] == draft["draft"]
    assert [each["draft"] for each in paged(clerk, "/schemes")] == [None, None]


def test_administrators_ask_about_accounts_and_policies_alone() -> None:
    theirs = {name for name, each in QUESTIONS.items() if Role.ADMIN in each.roles}
    everybodys = {"show_own_account", "list_duties", "list_policies", "show_policy"}
    # Of a person's record they see the offices alone.
    everybodys |= {"show_own_record", "show_person_record"}
    assert theirs == {"list_accounts", "show_account"} | everybodys
    others = {name for name in theirs if QUESTIONS[name].roles != {Role.ADMIN}}
    assert others == everybodys
    assert [each.thing for each in PROCESSES if Role.ADMIN in each.concerns] == ["account"]


def test_two_records_are_compared_page_by_page(api: Api) -> None:
    assert api.script("danwei").get("/comparison", first="1", second="2", year=2025).status_code == 403
    script, newest = api.script("kaohe"), str(api.system.runner.position())
    wanted = {"first": str(int(newest) // 2), "second": newest, "year": 2025}
    whole = script.get("/comparison", **wanted, limit=200).json()
    assert whole["moved"] == len(whole["rows"]) > 2 and whole["next"] is None
    assert paged(script, "/comparison", **wanted, limit=100) == whole["rows"]
    assert whole["risen"] + whole["fallen"] > 0
    for row in whole["rows"]:
        before, after = (side["total"] if side else "0" for side in (row["before"], row["after"]))
        assert round(float(after) - float(before), 2) == float(row["by"])
    wrong = script.get("/comparison", first="soon", second=newest, year=2025).json()
    assert [each["field"] for each in wrong["faults"]] == ["first"]
    assert script.get("/comparison", first="1", second=newest).json()["faults"][0]["field"] == "year"
    assert script.get("/comparison", **wanted, after="p-none").status_code == 422


def test_everybody_sees_what_was_done_about_the_own_account(api: Api) -> None:
    for username in ("danwei", "guanli2", "shenji"):
        own = api.script(username).get("/own-account").json()
        assert own["username"] == username
        assert {each["name"] for each in own["history"]} >= {"account.AccountOpened", "account.RoleGranted"}


def test_units_villages_and_accounts_are_listed_and_shown(api: Api) -> None:
    for script, path, key in (
        (api.script("ducha"), "/units", "entry"),
        (api.script("ducha"), "/villages", "entry"),
        (api.script("guanli2"), "/accounts", "username"),
    ):
        rows = paged(script, path, limit=3)
        assert rows == paged(script, path, limit=200) and len({each[key] for each in rows}) == len(rows) > 3
        assert script.get(f"{path}/{rows[0][key]}").json().items() >= rows[0].items()
        assert script.get(f"{path}/none").status_code == 404
        assert script.get(path, after="none").status_code == 422
        assert api.script("danwei").get(path).status_code == 403
    shown = api.script("ducha").get(f"/units/{BRANCH}").json()
    assert shown["names"] and shown["kind"] == "branch" and shown["classes"]["level"]


def test_accesses_are_for_those_who_watch(api: Api) -> None:
    for username in ("danwei", "ducha", "guanli2"):
        assert api.script(username).get("/accesses").status_code == 403
    actor = api.accounts.tokens.bearer(api.script("ducha").token)
    assert actor is not None
    for number in range(5):
        api.system.accesses.note(actor.actor, "name", [f"p-{number}"], "/pairings")
    api.system.accesses.note_refusal("192.0.2.7", "cun")
    api.system.accesses.note_refusal("192.0.2.8", "")
    watch = api.script("shenji")
    rows = paged(watch, "/accesses", kind="name", limit=2)
    assert [each["thing"] for each in rows] == [f"p-{number}" for number in reversed(range(5))]
    assert [each["username"] for each in paged(watch, "/accesses", thing="p-3")] == ["ducha"]
    refused = paged(watch, "/accesses/refused", limit=1)
    assert {(each["address"], each["username"]) for each in refused} == {
        ("192.0.2.7", "cun"),
        ("192.0.2.8", ""),
    }


def test_a_pairing_is_shown_with_its_year(api: Api) -> None:
    shown = api.script("danwei").get(f"/pairings/{PAIRING}", year=2025).json()
    assert shown["pairing"]["branch"] == BRANCH and shown["terms"] and shown["activities"]
    assert all(each["held_on"].startswith("2025") for each in shown["activities"])
    before = api.script("cun").get(f"/pairings/{PAIRING}", year=2001).json()
    assert before["pairing"] == shown["pairing"] and before["activities"] == before["terms"] == []
    rows = paged(api.script("ducha"), "/pairings", year=2025)
    mine = next(each for each in rows if each["pairing_id"] == PAIRING)
    assert mine["standing"] == shown["standing"] and mine["activities"] == len(shown["activities"])
    assert mine in paged(api.script("ducha"), "/pairings", year=2025, q=mine["village_name"])
    assert len(paged(api.script("ducha"), "/pairings", year=2025, q=mine["village_name"])) < len(rows)
    other = next(each["pairing_id"] for each in rows if each["branch"] != BRANCH)
    assert api.script("danwei").get(f"/pairings/{other}", year=2025).status_code == 403


def test_uses_of_results_are_proposed_ordered_and_listed(api: Api) -> None:
    script, clerk = api.script("kaohe"), api.script("danwei")
    assert script.get("/proposed-uses", year=2024).json() == {"run": None, "rows": [], "next": None}
    assert clerk.get("/proposed-uses", year=2025).status_code == 403
    published_run(api.system)
    called = paged(script, "/proposed-uses", year=2025, limit=7)
    keys = [each["pairing_id"] for each in called]
    assert keys == sorted(set(keys)) and {use for each in called for use in each["uses"]} >= {"commendation"}
    run = script.get("/proposed-uses", year=2025).json()["run"]["run_id"]
    again = script.get(f"/runs/{run}/reproduction").json()
    assert again["equal"] and again["differing"] == [] and all(each["same"] for each in again["parts"])
    assert clerk.get(f"/runs/{run}/reproduction").status_code == 403
    assert script.get(f"/runs/{run}/reproduction", known_at=1).status_code == 404, "frozen later"
    wanted = next(each for each in called if each["uses"] == ["commendation"])
    form = {"run_id": run, "measure": "通报表扬", "due_on": "2030-01-31", "because": "实绩"}
    for pairing, use in ((wanted["pairing_id"], "commendation"), (PAIRING, "duty")):
        done = script.post("/result-uses/order-result-use", {**form, "use": use, "pairing_id": pairing})
        assert done.status_code == 201, done.text
    assert wanted["pairing_id"] not in [
        each["pairing_id"] for each in paged(script, "/proposed-uses", year=2025, limit=200)
    ]
    rows = paged(script, "/result-uses", year=2025, limit=1)
    assert len(rows) == 2 and {each["light"] for each in rows} == {"green"}
    assert script.get(f"/result-uses/{rows[0]['use_id']}").json()["measure"] == "通报表扬"
    assert [each["pairing_id"] for each in paged(clerk, "/result-uses", year=2025)] == [PAIRING]
    assert [each["use"] for each in paged(script, "/result-uses", year=2025, use="duty")] == ["duty"]
    assert paged(script, "/result-uses", year=2025, state="overdue") == []
    assert script.get("/result-uses", year=2025, after="u-none").json()["faults"][0]["field"] == "after"


def test_activities_needs_and_projects_are_listed_and_shown(api: Api) -> None:
    office, unit, village = (api.script(username) for username in ("ducha", "danwei", "cun"))
    for thing, key, day in (
        ("activities", "activity_id", "held_on"),
        ("needs", "need_id", "raised_on"),
        ("projects", "project_id", "started_on"),
    ):
        rows = paged(office, f"/{thing}", year=2025, limit=150)
        assert len({each[key] for each in rows}) == len(rows) > 20
        assert [each[day] for each in rows] == sorted((each[day] for each in rows), reverse=True)
        own = paged(unit, f"/{thing}", year=2025, limit=3)
        assert own == [each for each in rows if each["branch"] in ("", BRANCH)]
        assert paged(village, f"/{thing}", year=2025) == [
            each for each in rows if each["village"] == VILLAGE_ID
        ]
        of_pairing = paged(office, f"/{thing}", year=2025, pairing_id=PAIRING, limit=2)
        assert of_pairing == [each for each in rows if each["pairing_id"] == PAIRING] != []
        shown = unit.get(f"/{thing}/{of_pairing[0][key]}").json()
        assert shown.pop("history") and shown.items() >= of_pairing[0].items()
        other = next(each for each in rows if each["branch"] not in ("", BRANCH))
        assert unit.get(f"/{thing}/{other[key]}").status_code == 403
        assert office.get(f"/{thing}/none").status_code == 404
        assert office.get(f"/{thing}", after="none").json()["faults"][0]["field"] == "after"
