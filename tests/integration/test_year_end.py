"""From a frozen run to served results through the services, on both databases, and as it was known on the way."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from application.proof.verifying import verify_system
from application.questions.results.left_behind import left_behind, left_by_publishing
from application.questions.results.run_results import RunResults, run_results, run_row
from application.system import System
from application.things import key_of_sheet
from application.verbs.accounts import disable_account
from application.verbs.assessment import results as verbs
from application.verbs.assessment.appeals import admit_appeal, file_appeal, withdraw_appeal
from application.verbs.assessment.evidence import review_evidence, review_evidence_again, set_cut_off
from application.verbs.assessment.schemes import approve_scheme, draft_scheme, publish_scheme
from application.verbs.assessment.year_work import verify_lines
from application.verbs.pairing.activities import (
    record_activity,
)
from application.verbs.supervision import withdraw_finding
from domain.assessment.scheme_file.moving_on import renumbered
from domain.assessment.schemes import scheme_text
from domain.assessment.year import clauses
from domain.assessment.year.events import ObjectionFiled, SignStep, Verdict
from domain.assessment.year.pairing_lines import Verification
from domain.kernel.clause import Clause
from domain.kernel.errors import Conflict, Rejected, Unknown
from domain.kernel.parties import Side
from domain.pairing.events import ActivityKind
from interface.demo.accounts import record_demo_accounts
from projections.boards.assessment.results import (
    adjustments_of,
    exclusions_of,
    notice_of,
    objections_of,
    served_on,
    services_of,
    signatures_of,
)
from projections.figures.evidence_queue import counting
from tests.kit import yearend
from tests.kit.acts import act, acted, carried, carried_out
from tests.kit.databases import DatabaseCase
from tests.kit.demo_ids import PAIRING
from tests.kit.manual_scheme import manual_scheme
from tests.kit.numbers import finding_id
from tests.kit.prepared import prepared
from tests.kit.yearend import by, open_notice, publish, run_named, sign_off

DAY = date(2026, 1, 19)
ENDING = ("assessment.NoticeClosed", "assessment.RunPublished")


@pytest.fixture
def system(database: DatabaseCase) -> Iterator[System]:
    """The demo county, with its year over."""
    system = prepared(database.folder, database.url)
    yield system
    system.close()


def freeze(system: System, because: str = "年终核定") -> str:
    return yearend.freeze(system, because=because, day=DAY)


def results_of(system: System, run_id: str, at: int | None = None) -> RunResults:
    with system.reading() as connection:
        return run_results(system.scoring, connection, run_id, at)


def refused(clause: Clause) -> pytest.RaisesExc[Rejected]:
    return pytest.raises(Rejected, check=lambda error: error.clause.id == clause.id)


def adjust(system: System, run_id: str, pairing: str, grade: str, approver: str = "lianban") -> None:
    act(
        system,
        verbs.propose_adjustment,
        run_id,
        pairing_id=pairing,
        grade_after=grade,
        because="年终出现重大舆情",
        basis="县委纪要 5 号",
        day=DAY,
        by=by("kaohe"),
    )
    approve(system, run_id, pairing, approver)


def approve(system: System, run_id: str, pairing: str, approver: str) -> None:
    act(
        system,
        verbs.approve_adjustment,
        run_id,
        pairing_id=pairing,
        approver="联建办主任",
        day=DAY,
        by=by(approver),
    )


def test_a_year_end_from_the_frozen_run_to_the_served_result(system: System) -> None:
    first = results_of(system, freeze(system))
    best = [each for each in first.graded if each.grade == "excellent"]
    left_out = best[0].result.pairing
    act(
        system,
        verbs.exclude_pairing,
        "2025",
        pairing_id=left_out,
        because="班子整体调整",
        basis="县委纪要 3 号",
        day=DAY,
        by=by("lianban"),
    )
    assert results_of(system, run_named(system, "2025-1")).of(left_out).grade == "excellent", (
        "a frozen run does not move"
    )
    run_id = freeze(system, "不参加等次后重新核定")
    found = results_of(system, run_id)
    assert found.of(left_out).grade == ""
    good = next(
        each.result.pairing
        for each in found.graded
        if each.grade == "good" and each.result.sheet.total >= 9000
    )
    poor = next(each.result.pairing for each in found.graded if each.result.sheet.vetoed)
    with refused(clauses.ADJUSTED_WITHIN_VETO):
        adjust(system, run_id, poor, "good")
    low = next(
        each.result.pairing
        for each in found.graded
        if each.grade == "good" and each.result.sheet.total < 9000
    )
    with refused(clauses.ADJUSTED_TO_POINTS):
        adjust(system, run_id, low, "excellent")
    before = system.log.position()

    with refused(clauses.ADJUSTED_WITHIN_QUOTA):
        adjust(system, run_id, good, "excellent")
    act(
        system,
        verbs.refuse_adjustment,
        run_id,
        pairing_id=good,
        because="名额已满",
        day=DAY,
        by=by("lianban"),
    )
    adjust(system, run_id, good, "fair")
    adjusted = results_of(system, run_id).of(good)
    assert (adjusted.grade, adjusted.basis, adjusted.adjusted) == ("fair", "县委纪要 5 号", True)
    assert adjusted.result.grade.grade == "good" and "经批准调整为一般" in adjusted.because.zh
    assert results_of(system, run_id, before).of(good).grade == "good", "as known before"
    assert sum(each.adjusted for each in results_of(system, run_id).graded) == 1

    sign_off(system, run_id, DAY)
    last = open_notice(system, run_id, DAY)
    assert last == date(2026, 1, 23), "Monday to Friday, the first day counted"
    objection = object_to(system, run_id, "不属实", last, pairing_id=good)
    with refused(clauses.OBJECTIONS_ANSWERED):
        act(
            system,
            verbs.close_notice,
            run_id,
            day=last + timedelta(days=1),
            acknowledged=True,
            by=by("lianban"),
        )
    with refused(clauses.OBJECTION_ANSWERED_BY_ANOTHER):
        answer(system, run_id, objection, upheld=False, username="danwei")
    with refused(clauses.OBJECTION_ANSWERED_BY_ANOTHER):
        answer(system, run_id, objection, upheld=False, username="kaohe")
    answer(system, run_id, objection, upheld=False, username="fukao")
    with refused(clauses.NOTICE_CLOSED):
        act(system, verbs.publish_run, run_id, day=last, acknowledged=True, by=by("kaohe"))
    act(system, verbs.close_notice, run_id, day=last + timedelta(days=1), acknowledged=True, by=by("lianban"))
    act(system, verbs.publish_run, run_id, day=last + timedelta(days=1), acknowledged=True, by=by("kaohe"))
    with refused(clauses.PUBLISHED_ONCE):
        act(
            system, verbs.publish_run, run_id, day=last + timedelta(days=2), acknowledged=True, by=by("kaohe")
        )

    branch, other = sorted({each.result.branch for each in found.graded})[:2]
    day = last + timedelta(days=3)
    act(
        system,
        verbs.serve_result,
        run_id,
        branches=[branch],
        served_to="办公室",
        served_on=day,
        day=day,
        by=by("kaohe"),
    )
    with system.reading() as connection:
        assert served_on(connection, run_id, branch, None) == day
        assert served_on(connection, run_id, other, None) is None
        assert served_on(connection, run_id, branch, before) is None
        assert list(services_of(connection, run_id, None)) == [branch]
        assert set(signatures_of(connection, run_id, None)) == {step.value for step in SignStep}
        assert signatures_of(connection, run_id, before) == {}
        assert [row.status for row in adjustments_of(connection, run_id, None)] == ["refused", "approved"]
        assert adjustments_of(connection, run_named(system, "2025-1"), None) == []
        (filed,) = objections_of(connection, run_id, None)
        assert (filed.filed_for, filed.upheld) == ("云州法院", False)
        notice = notice_of(connection, run_id, None)
        assert notice is not None and notice.closed_on == last + timedelta(days=1)
        assert notice_of(connection, run_id, before) is None
        assert [row.pairing_id for row in exclusions_of(connection, 2025, None)] == [left_out]
    assert verify_system(system).problems == []


def object_to(system: System, run_id: str, grounds: str, on: date, **more: str) -> str:
    """A unit objects; the id of the objection."""
    outcome = acted(
        system,
        verbs.file_objection,
        run_id,
        grounds=grounds,
        on_behalf_of="云州法院",
        day=on,
        by=by("danwei"),
        **more,
    )
    (filed,) = (each for each in outcome.events if isinstance(each, ObjectionFiled))
    return filed.objection_id


def answer(system: System, run_id: str, objection: str, *, upheld: bool, username: str) -> None:
    act(
        system,
        verbs.answer_objection,
        run_id,
        objection_id=objection,
        upheld=upheld,
        answer="填报晚于截止日",
        day=DAY,
        by=by(username),
    )


def test_a_run_that_others_always_overtake_is_frozen_under_the_lock(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is looked up then must not wait for the lock that its own decision holds."""
    monkeypatch.setattr("application.verb.PREPARED", 0)
    run_id = freeze(system)
    assert results_of(system, run_id).run.run_id == run_id


def test_an_upheld_objection_leads_to_a_new_run(system: System) -> None:
    run_id = freeze(system)
    sign_off(system, run_id, DAY)
    last = open_notice(system, run_id, DAY)
    objection = object_to(system, run_id, "程序有误", last)
    with refused(clauses.OBJECTION_IN_TIME):
        object_to(system, run_id, "晚了", last + timedelta(days=1))
    answer(system, run_id, objection, upheld=True, username="lianban")
    act(system, verbs.close_notice, run_id, day=last + timedelta(days=1), acknowledged=True, by=by("lianban"))
    with refused(clauses.NO_OBJECTION_UPHELD):
        act(
            system, verbs.publish_run, run_id, day=last + timedelta(days=1), acknowledged=True, by=by("kaohe")
        )
    again = freeze(system, "异议成立，重新核定")
    assert publish(system, again) > last
    with refused(clauses.EXCLUDED_BEFORE_PUBLICATION):
        pairing = results_of(system, again).graded[0].result.pairing
        act(
            system,
            verbs.exclude_pairing,
            "2025",
            pairing_id=pairing,
            because="x",
            basis="y",
            day=DAY,
            by=by("lianban"),
        )


def test_a_run_that_replaces_a_published_one_goes_the_whole_way_again_by_consent(system: System) -> None:
    first = freeze(system)
    publish(system, first)
    again = freeze(system, "申诉更正")
    with refused(clauses.CONSENTED_TO_REPLACE):
        sign_off(system, again, DAY)
    with refused(clauses.FROZEN_ONCE):
        freeze(system, "再次更正")
    carried(
        system,
        withdraw_finding,
        finding_id(system),
        withdrawn_on=DAY,
        because="误判",
        appeal_id="",
        today=DAY,
        by=by("ducha"),
    )
    third = freeze(system, "再次更正")
    publish(system, third)
    with refused(clauses.NEWEST_RUN):
        open_notice(system, again, DAY)
    with system.reading() as connection:
        public = [run_row(connection, run_id, None).published_on for run_id in (first, again, third)]
    assert public[0] == public[2] and public[1] is None


def test_two_approvers_at_once_decide_once_and_keep_the_quota(system: System) -> None:
    run_id = freeze(system)
    found = results_of(system, run_id)
    best = next(each.result.pairing for each in found.graded if each.grade == "excellent")
    adjust(system, run_id, best, "good")
    wanted = [
        each.result.pairing
        for each in found.graded
        if each.grade == "good" and each.result.sheet.total >= 9000 and not each.result.sheet.vetoed
    ][:2]
    for pairing in wanted:
        act(
            system,
            verbs.propose_adjustment,
            run_id,
            pairing_id=pairing,
            grade_after="excellent",
            because="表现突出",
            basis="县委纪要 6 号",
            day=DAY,
            by=by("kaohe"),
        )
    outcomes: list[str] = []
    together = threading.Barrier(2)

    def decide(pairing: str, username: str) -> None:
        together.wait()
        try:
            approve(system, run_id, pairing, username)
            outcomes.append("approved")
        except Rejected as error:
            outcomes.append(error.clause.id)
        except Conflict:
            outcomes.append("conflict")

    people = ["lianban", "lingdao"]
    threads = [threading.Thread(target=decide, args=each) for each in zip(wanted, people, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == sorted(["approved", clauses.ADJUSTED_WITHIN_QUOTA.id])
    after = [each.grade for each in results_of(system, run_id).graded]
    assert after.count("excellent") == [each.grade for each in found.graded].count("excellent")


def test_closing_and_publishing_say_what_moved_on_since_the_run_and_keep_it(system: System) -> None:
    run_id = freeze(system)
    sign_off(system, run_id, DAY)
    last = open_notice(system, run_id, DAY)
    objection = object_to(system, run_id, "程序", last)
    ended = last + timedelta(days=1)
    act(
        system,
        verbs.answer_objection,
        run_id,
        objection_id=objection,
        upheld=False,
        answer="不属实",
        day=ended,
        by=by("lianban"),
    )
    carried(
        system,
        withdraw_finding,
        finding_id(system),
        withdrawn_on=system.today(),
        because="认定有误",
        today=system.today(),
        by=by("ducha"),
    )
    with pytest.raises(
        Rejected, match=r"whose result is another by what is on record now .*objections answered"
    ):
        act(system, verbs.close_notice, run_id, day=ended, by=by("lianban"))
    act(system, verbs.close_notice, run_id, day=ended, acknowledged=True, by=by("lianban"))
    with pytest.raises(Rejected, match=r"LEFT_BEHIND_ACKNOWLEDGED.*units without an account in use"):
        act(system, verbs.publish_run, run_id, day=ended + timedelta(days=1), by=by("kaohe"))
    act(system, verbs.publish_run, run_id, day=ended + timedelta(days=1), acknowledged=True, by=by("kaohe"))
    kept = {each.event.NAME: dict(each.event.values()["leaves_behind"]) for each in system.log.named(*ENDING)}
    closed, published = (kept[name] for name in ENDING)
    assert closed["changed"] > 0 and closed["objections"] == 1 and "unreached" not in closed
    assert published["changed"] == closed["changed"] and "objections" not in published
    assert published["unreached"] > 0


def test_what_freezing_leaves_behind_is_counted_and_falls_as_it_is_done(database: DatabaseCase) -> None:
    system = prepared(database.folder, database.url, scheme=manual_scheme(), year=2025)
    with system.reading() as connection:
        at = system.log.position()
        scheme = system.scoring.scheme(connection, 2025, at)
        results = system.scoring.results(connection, 2025, at)
        queue = counting(connection, scheme, at, None)

    def left() -> dict[str, int]:
        with system.reading() as connection:
            return dict(left_behind(connection, scheme, results, system.log.position()))

    lines = [line for each in results for line in each.sheet.lines]
    open_ones = [each.position for each in queue if not each.on_request]
    # S2 is rated and S3 surveyed for each pairing; nobody has done anything yet.
    found = {
        "lines": sum(line.computed is not None for line in lines),
        "evidence": len(open_ones),
        "opinions": 2 * len(results),
        "cut_off": 1,
    }
    assert left() == found and min(found.values()) > 0

    today, first = system.today(), str(open_ones[0])
    review: dict[str, Any] = {"year": 2025, "verdict": Verdict.REJECTED, "because": "没有签到"}
    act(system, review_evidence, first, **review, by=by("kaohe"))
    assert left() == found, "it waits for the second person"
    act(system, review_evidence_again, first, **review, by=by("fukao"))
    assert left() == {**found, "evidence": found["evidence"] - 1}
    contested: dict[str, Any] = {"year": 2025, "pairing_id": PAIRING, "indicator": ""}
    contested |= {"finding_id": finding_id(system), "side": Side.UNIT, "grounds": "与事实不符"}
    appeal_id = carried_out(system, file_appeal, "", **contested, by=by("danwei")).key
    assert left()["appeals"] == 1
    act(system, admit_appeal, appeal_id, by=by("fuhe"))
    assert left()["appeals"] == 1, "admitted is not decided"
    carried_out(system, withdraw_appeal, appeal_id, side=Side.UNIT, by=by("danwei"))
    assert "appeals" not in left()
    act(system, set_cut_off, "2025", record_on=today, by=by("kaohe"))
    assert "cut_off" not in left()
    system.close()


def test_what_moved_on_since_a_run_is_counted_before_it_is_published(system: System) -> None:
    record_demo_accounts(system)
    today = system.today()
    act(system, set_cut_off, "2025", record_on=today, by=by("kaohe"))
    run_id = freeze(system)

    def left() -> dict[str, int]:
        with system.reading() as connection:
            at = system.log.position()
            return dict(left_by_publishing(system.scoring, connection, run_id, at, today))

    def outcomes() -> dict[str, object]:
        with system.reading() as connection:
            found = system.scoring.results(connection, 2025, system.log.position())
        return {
            each.pairing: ([line.final for line in each.sheet.lines], each.sheet.total, each.grade.grade)
            for each in found
        }

    units = 141
    assert left() == {"unreached": units - 1}, "of one unit somebody has an account"
    then = outcomes()
    act(system, disable_account, "danwei", by=by("guanli"), because="调离")
    assert left() == {"unreached": units}, "an account that is not in use reaches nobody"
    carried(
        system,
        record_activity,
        near="",
        pairing_id=PAIRING,
        kind=ActivityKind.FORUM,
        topic="补录的座谈",
        held_on=date(2025, 3, 9),
        participants=9,
        persons_visited=None,
        reported_on=date(2025, 3, 9),
        today=today,
        by=by("kaohe"),
    )
    assert left() == {"late": 1, "unreached": units}
    publish_again(system, renumbered(scheme_text(2025), 2) + "# 修订\n")
    assert left() == {"schemes": 1, "late": 1, "unreached": units}
    carried(
        system,
        withdraw_finding,
        finding_id(system),
        withdrawn_on=today,
        because="认定有误",
        today=today,
        by=by("ducha"),
    )
    now = outcomes()
    changed = sum(then[pairing] != now[pairing] for pairing in then)
    assert changed > 0 and left() == {"changed": changed, "schemes": 1, "late": 1, "unreached": units}


def publish_again(system: System, text: str) -> None:
    """A text as the next version of the year's scheme, by the three who do that."""
    act(system, draft_scheme, "2025", by=by("kaohe"), text=text, based_on=0)
    trial = system.back_testing.trial(text, 2025, 2)
    act(
        system,
        approve_scheme,
        "2025",
        by=by("lianban"),
        draft=1,
        seen_year=trial.back_test_year,
        seen_moved=trial.moved,
        approver="审批甲",
    )
    act(
        system,
        publish_scheme,
        "2025",
        by=by("kaohe"),
        draft=1,
        in_force_on=date(2025, 12, 1),
        retroactive_because="文字修订",
    )


def test_a_verified_line_that_does_not_apply_hides_none_that_is_not_verified(system: System) -> None:
    with system.reading() as connection:
        at = system.log.position()
        scheme = system.scoring.scheme(connection, 2025, at)
        results = system.scoring.results(connection, 2025, at)
        before = dict(left_behind(connection, scheme, results, at))["lines"]
    first = results[0]
    line = next(each for each in first.sheet.lines if each.computed is not None)
    verification = Verification(line.indicator.code, line.computed or 0, "核实")
    sheet = key_of_sheet(2025, first.pairing)
    carried_out(system, verify_lines, sheet, verifications=(verification,), by=by("kaohe"))
    lines = tuple(replace(each, computed=None) if each is line else each for each in first.sheet.lines)
    without = [replace(first, sheet=replace(first.sheet, lines=lines)), *results[1:]]
    with system.reading() as connection:
        at = system.log.position()
        for found in (results, without):
            assert dict(left_behind(connection, scheme, found, at))["lines"] == before - 1


def test_what_is_not_there_is_said(system: System) -> None:
    with pytest.raises(Unknown):
        adjust(system, "2025-9", "2025-none", "good")
    with pytest.raises(Unknown):
        adjust(system, "nonsense", "2025-none", "good")
    with pytest.raises(Unknown):
        act(system, verbs.publish_run, "2025-9", day=DAY, acknowledged=True, by=by("kaohe"))
    run_id = freeze(system)
    with refused(clauses.NOTICE_LASTS):
        sign_off(system, run_id, DAY)
        open_notice(system, run_id, DAY, working_days=0)
