"""Questions about grades and appeals at the API: typed answers, and clerks see what is their own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.kit.demo_ids import PAIRING
from tests.kit.scripts import Api, api_of
from tests.kit.yearend import open_notice, sign_off


@pytest.fixture(scope="module")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Api, str, str]]:
    """The demo county with a run, a pairing without a grade, and an appeal against a line: the API, run and appeal."""
    api = api_of(tmp_path_factory.mktemp("county"))
    excluded = {"pairing_id": PAIRING, "because": "当年结对不满", "basis": "联席会议纪要"}
    assert api.script("lianban").post("/results/2025/exclude-pairing", excluded).status_code < 300
    run = api.script("kaohe").post("/results/2025/freeze-run", {"because": "年终核定", "acknowledged": True})
    assert run.status_code < 300, run.text
    appeal = {"year": 2025, "pairing_id": PAIRING, "indicator": "C2", "grounds": "漏登一次活动"}
    filed = api.script("danwei").post("/appeals/file-appeal", appeal)
    assert filed.status_code < 300, filed.text
    run_id = next(each["values"]["run_id"] for each in run.json()["events"] if "RunFrozen" in each["name"])
    yield api, run_id, filed.json()["key"]
    api.close()


def test_an_appeal_is_read_by_both_sides_with_the_line_it_contests(frozen: tuple[Api, str, str]) -> None:
    api, _, key = frozen
    (row,) = api.script("cun").get("/appeals").json()["rows"]
    shown = api.script("cun").get(f"/appeals/{key}").json()
    assert shown["appeal"] == row and row["side"] == "unit" and row["status"] == "filed"
    assert shown["line"]["code"] == row["indicator"] == "C2" and shown["line"]["points"] == "5.25"
    assert shown["failure"] is None and shown["run"] is None and not shown["gone"]


def test_what_can_be_contested_is_told_before_it_is(frozen: tuple[Api, str, str]) -> None:
    clerk = frozen[0].script("danwei")
    asked = {"year": 2025, "pairing_id": PAIRING, "indicator": "C2"}
    assert clerk.get("/contestable", **asked).json()["line"]["points"] == "5.25"
    both = clerk.get("/contestable", **asked, finding_id="f-none")
    assert [each["field"] for each in both.json()["faults"]] == ["finding_id"]
    assert both.json()["detail"] == "有 1 项填写有误。"
    assert both.json()["en"]["detail"] == "1 entry cannot be read."
    assert frozen[0].script("kaohe").get("/contestable", **asked).status_code == 403
    assert clerk.get("/contestable", **asked, known_at=1).status_code == 404
    finding = clerk.get("/findings", limit=1).json()["rows"][0]
    about = {"year": 2025, "pairing_id": finding["pairing_id"], "finding_id": finding["finding_id"]}
    assert clerk.get("/contestable", **about).json()["description"] == finding["description"]
    assert clerk.get("/contestable", **about, known_at=1).status_code == 404


def test_the_grades_of_a_run_add_up_to_its_pairings(frozen: tuple[Api, str, str]) -> None:
    api, run_id, _ = frozen
    shown = api.script("kaohe").get(f"/runs/{run_id}/grades").json()
    assert sum(each["standing"] for each in shown["counts"]) == shown["run"]["subjects"]
    assert shown["newest"] and shown["notice"] is None and len(shown["chain"]) == 3
    assert api.script("danwei").get(f"/runs/{run_id}/grades").status_code == 403


def test_exclusions_and_persons_are_for_offices_page_by_page(frozen: tuple[Api, str, str]) -> None:
    api, run_id, _ = frozen
    (row,) = api.script("ducha").get("/exclusions", year=2025).json()["rows"]
    assert row["pairing"]["pairing_id"] == PAIRING and row["basis"] == "联席会议纪要"
    script = api.script("shenji")
    first = script.get(f"/runs/{run_id}/persons", limit=2).json()
    second = script.get(f"/runs/{run_id}/persons", limit=2, after=first["next"]).json()
    persons = [each["person"] for each in (*first["rows"], *second["rows"])]
    assert len(set(persons)) == 4 and all(each["held"] for each in first["rows"])
    assert api.script("ducha").get(f"/runs/{run_id}/persons").status_code == 403


def test_a_walk_through_the_exclusions_goes_on_behind_a_row_that_is_gone(
    frozen: tuple[Api, str, str],
) -> None:
    script, approver = frozen[0].script("ducha"), frozen[0].script("lianban")
    others = [row["pairing_id"] for row in script.get("/pairings", year=2025).json()["rows"]]
    first, second = [each for each in others if each != PAIRING][:2]
    for pairing in (first, second):
        excluded = {"pairing_id": pairing, "because": "当年结对不满", "basis": "联席会议纪要"}
        assert approver.post("/results/2025/exclude-pairing", excluded).status_code < 300
    page = script.get("/exclusions", year=2025, limit=1).json()
    shown = page["rows"][0]["pairing"]["pairing_id"]
    gone = {"pairing_id": shown, "because": "复核后恢复"}
    assert approver.post("/results/2025/include-pairing", gone).status_code < 300
    left = script.get("/exclusions", year=2025, after=page["next"])
    assert left.status_code == 200, left.text
    behind = sorted({PAIRING, first, second} - {shown})
    assert [row["pairing"]["pairing_id"] for row in left.json()["rows"]] == behind
    for pairing in {first, second} - {shown}:
        again = {"pairing_id": pairing, "because": "复核后恢复"}
        assert approver.post("/results/2025/include-pairing", again).status_code < 300


def test_a_run_that_an_appeal_led_to_is_shown_to_clerks_once_it_is_public(
    frozen: tuple[Api, str, str],
) -> None:
    api, _, key = frozen
    reviewer = api.script("fuhe")
    assert reviewer.post(f"/appeals/{key}/admit-appeal", {}).status_code < 300
    decided = {"outcome": "varied", "corrected_points_hundredths": "6.00", "reasons": "应予更正"}
    varied = reviewer.post(f"/appeals/{key}/decide-appeal", decided)
    assert varied.status_code < 300, varied.text
    run = reviewer.get(f"/appeals/{key}").json()["run"]
    assert run is not None and run["published_on"] is None
    for clerk in ("danwei", "cun"):
        assert api.script(clerk).get(f"/appeals/{key}").json()["run"] is None


def test_rulings_are_no_moments_of_a_clerk(frozen: tuple[Api, str, str]) -> None:
    """Whose appeal was decided is not for other units to know; what was made public is for all."""
    api, _, key = frozen
    if api.script("fuhe").get(f"/appeals/{key}").json()["appeal"]["outcome"] is None:
        decided = {"outcome": "upheld", "reasons": "经核实"}
        api.script("fuhe").post(f"/appeals/{key}/admit-appeal", {})
        assert api.script("fuhe").post(f"/appeals/{key}/decide-appeal", decided).status_code < 300
    for who, seen in (("fuhe", True), ("danwei", False), ("cun", False)):
        marks = {each["event"] for each in api.script(who).get("/moments").json()["rows"]}
        assert "assessment.RunFrozen" in marks and ("appeal.AppealDecided" in marks) is seen


def test_what_is_on_notice_is_told_with_the_objections_one_may_see(frozen: tuple[Api, str, str]) -> None:
    api = frozen[0]
    run_id = api.script("kaohe").get("/runs", year=2025).json()["rows"][0]["run_id"]
    assert api.script("cun").get("/notices").json() == {"rows": [], "next": None}
    assert api.script("cun").get(f"/runs/{run_id}/notice").status_code == 404
    assert api.script("cun").get(f"/runs/{run_id}/service").status_code == 403
    shown = api.script("kaohe").get(f"/runs/{run_id}/service", limit=200).json()
    assert shown["served"] == 0 and all(each["served_on"] is None for each in shown["units"])
    assert sum(len(each["pairings"]) for each in shown["units"]) == shown["run"]["subjects"]
    sign_off(api.system, run_id, api.system.today())
    open_notice(api.system, run_id, api.system.today())
    clerk = api.script("danwei")
    (row,) = clerk.get("/notices").json()["rows"]
    assert row["run_id"] == run_id and row["run_no"] == shown["run"]["run_no"] and row["running"]
    notice = clerk.get(f"/runs/{run_id}/notice", limit=200).json()
    assert notice["notice"] == row and len(notice["rows"]) == shown["run"]["subjects"]
    assert {each["rank"] for each in notice["rows"]} == {None}, "no places without a basis"
    first = clerk.get(f"/runs/{run_id}/notice", limit=3).json()
    behind = clerk.get(f"/runs/{run_id}/notice", limit=3, after=first["next"]).json()["rows"]
    assert [*first["rows"], *behind] == notice["rows"][:6]
    objection = {"pairing_id": PAIRING, "grounds": "五月的活动应予计入"}
    filed = clerk.post(f"/runs/{run_id}/file-objection", objection)
    assert filed.status_code < 300, filed.text
    for username, own in (("danwei", True), ("cun", False), ("ducha", False)):
        (seen,) = api.script(username).get(f"/runs/{run_id}/notice").json()["objections"]
        assert seen["own"] is own and seen["upheld"] is None
        assert seen["pairing"]["pairing_id"] == PAIRING
