"""Appeals on a whole county: who may act for a case, what stands, and that a decision takes effect exactly once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from application.ledgers.recording.row_recorder import OFFICE
from application.look import look_of
from application.questions.appeal_lookups import matter_of
from application.system import System
from application.things import APPEAL, FINDING, RESULTS
from application.verbs.assessment import results as verbs
from application.verbs.assessment.appeals import (
    admit_appeal,
    decide_appeal,
    file_appeal,
    refuse_appeal,
    withdraw_appeal,
)
from application.verbs.pairing.activities import (
    record_activity,
    void_activity,
)
from application.verbs.supervision import (
    order_rectification,
    raise_finding,
    return_rectification,
    submit_rectification,
    withdraw_finding,
)
from domain.appeal import clauses
from domain.appeal.events import AppealFiled, Outcome
from domain.assessment.year import clauses as assessment_clauses
from domain.assessment.year.events import PointsRuled
from domain.kernel.clause import Clause
from domain.kernel.errors import Rejected
from domain.kernel.parties import Side
from domain.kernel.recorded import By
from domain.pairing.events import ActivityKind
from domain.supervision.events import FindingType, Method, Severity
from interface.composition import build
from interface.demo.accounts import record_demo_accounts
from projections.boards.people.accounts import account_of
from projections.figures.appeals_in_force import in_force, unsettled
from tests.kit import yearend
from tests.kit.acts import act, carried, carried_out, open_for
from tests.kit.databases import DatabaseCase
from tests.kit.demo_ids import BRANCH, PAIRING, VILLAGE_ID
from tests.kit.numbers import finding_id as found
from tests.kit.prepared import prepared
from tests.kit.serving import TOKEN, Visitor, app_of
from tests.kit.yearend import by, publish, run_named, sign_off

LINE = "C2"
"""5.25 of 7 in the demo county."""


@pytest.fixture
def system(database: DatabaseCase) -> Iterator[System]:
    """The county with a frozen run."""
    system = prepared(database.folder, database.url, then=freeze)
    yield system
    system.close()


def freeze(system: System, known_at: int | None = None, frozen_on: date | None = None) -> str:
    return yearend.freeze(
        system,
        day=frozen_on or system.today(),
        known_at=known_at,
    )


def file(
    system: System,
    side: Side = Side.UNIT,
    *,
    indicator: str = "",
    finding_id: str = "",
    pairing_id: str = PAIRING,
    who: By | None = None,
) -> str:
    return carried_out(
        system,
        file_appeal,
        "",
        year=2025,
        pairing_id=pairing_id,
        indicator=indicator,
        finding_id=finding_id,
        side=side,
        grounds="有佐证",
        by=who or by("danwei" if side is Side.UNIT else "cun"),
    ).key


def admit(system: System, appeal_id: str, who: str = "fuhe") -> None:
    act(system, admit_appeal, appeal_id, by=by(who))


def decide(
    system: System,
    appeal_id: str,
    outcome: Outcome = Outcome.VARIED,
    points: int | None = None,
    who: str = "fuhe",
) -> None:
    decided: dict[str, Any] = {"outcome": outcome, "corrected_points_hundredths": points}
    carried_out(system, decide_appeal, appeal_id, **decided, reasons="经核实", by=by(who))


def granted(system: System, points: int) -> str:
    """The unit's appeal against the line, decided for it."""
    appeal_id = file(system, indicator=LINE)
    admit(system, appeal_id)
    decide(system, appeal_id, points=points)
    return appeal_id


def refused(clause: Clause) -> pytest.RaisesExc[Rejected]:
    return pytest.raises(Rejected, match=clause.id)


def stands(system: System) -> int | None:
    with system.reading() as connection:
        told = system.scoring.explain(connection, 2025, PAIRING, LINE, system.log.position())
    return told.line.final


def effects(system: System, appeal_id: str) -> list[tuple[str, int | None]]:
    """What an appeal led to, each with its cause."""
    names = (
        "assessment.PointsRuled",
        "supervision.FindingWithdrawn",
        "assessment.FindingRuledOut",
        "assessment.RunFrozen",
    )
    return [
        (each.event.NAME.partition(".")[2], each.by.causation)
        for each in system.log.named(*names)
        if each.event.values().get("appeal_id") == appeal_id
    ]


def crashed_after_deciding(system: System, appeal_id: str, points: int) -> int:
    """The decision is on disk and nothing else: the process ended before anybody was told. Its position."""
    system.log.append(
        [
            (
                f"appeal-{appeal_id}",
                3,
                APPEAL.state(look_of(system), appeal_id).decide_appeal(
                    decided_on=system.today(),
                    outcome=Outcome.VARIED,
                    reasons="经核实",
                    corrected_points_hundredths=points,
                    acting={"fuhe"},
                    matter=matter_of(look_of(system), key=appeal_id),
                ),
                by("fuhe"),
            )
        ]
    )
    return system.log.position()


# ---------------------------------------------------------------- effects


def test_a_crash_between_decision_and_effect_is_made_good_at_the_next_start_once(
    database: DatabaseCase, system: System
) -> None:
    appeal_id = file(system, indicator=LINE)
    admit(system, appeal_id)
    decided_at = crashed_after_deciding(system, appeal_id, 650)
    assert effects(system, appeal_id) == []
    for _ in range(2):
        again = build(system.settings, system.clock)
        assert effects(again, appeal_id) == [("PointsRuled", decided_at), ("RunFrozen", decided_at)]
        assert not again.policies.failed(), "what was done is asked for again and changes nothing"
        assert stands(again) == 650
        with again.reading() as connection:
            assert in_force(connection, None) == {appeal_id: "2025-2"}
        again.close()


def test_a_crash_between_the_ruling_and_its_run_is_made_good_too(system: System) -> None:
    appeal_id = file(system, indicator=LINE)
    admit(system, appeal_id)
    decided_at = crashed_after_deciding(system, appeal_id, 650)
    ruling = PointsRuled(
        year=2025,
        pairing_id=PAIRING,
        indicator=LINE,
        points_hundredths=650,
        appeal_id=appeal_id,
        appeal_no="SS2026-001",
        ruled_on=system.today(),
    )
    version = len(system.log.load("runs-2025")) + 1
    system.log.append([("runs-2025", version, ruling, by("fuhe"))])
    again = build(system.settings, system.clock)
    assert [name for name, _ in effects(again, appeal_id)] == ["PointsRuled", "RunFrozen"]
    assert effects(again, appeal_id)[1] == ("RunFrozen", decided_at)
    again.close()


def test_a_crash_between_the_withdrawal_and_what_the_runs_learn_of_it_is_made_good_too(
    system: System,
) -> None:
    """The finding is withdrawn already when the policy is asked again."""
    finding_id = found(system)
    appeal_id = file(system, finding_id=finding_id)
    admit(system, appeal_id)
    appeal = APPEAL.state(look_of(system), appeal_id)
    decided = appeal.decide_appeal(
        decided_on=system.today(),
        outcome=Outcome.REVOKED,
        reasons="经核实",
        corrected_points_hundredths=None,
        acting={"fuhe"},
        matter=matter_of(look_of(system), key=appeal_id),
    )
    withdrawn = FINDING.state(look_of(system), finding_id).withdraw_finding(
        withdrawn_on=system.today(), because="经核实", appeal_id=appeal_id, today=system.today()
    )
    version = len(system.log.load(f"finding-{finding_id}")) + 1
    system.log.append(
        [
            (f"appeal-{appeal_id}", 3, decided, by("fuhe")),
            (f"finding-{finding_id}", version, withdrawn, by("fuhe")),
        ]
    )
    for _ in range(2):
        again = build(system.settings, system.clock)
        assert [name for name, _ in effects(again, appeal_id)] == [
            "FindingWithdrawn",
            "FindingRuledOut",
            "RunFrozen",
        ]
        assert not again.policies.failed()
        again.close()


def test_a_run_for_comparing_does_not_stand_for_the_run_of_a_ruling(system: System) -> None:
    before = system.log.position()
    appeal_id = file(system, indicator=LINE)
    admit(system, appeal_id)
    crashed_after_deciding(system, appeal_id, 650)
    ruling = PointsRuled(
        year=2025,
        pairing_id=PAIRING,
        indicator=LINE,
        points_hundredths=650,
        appeal_id=appeal_id,
        appeal_no="SS2026-001",
        ruled_on=system.today(),
    )
    system.log.append([("runs-2025", len(system.log.load("runs-2025")) + 1, ruling, by("fuhe"))])
    system.log.notify({ruling.NAME})
    freeze(system, known_at=before)
    again = build(system.settings, system.clock)
    assert [name for name, _ in effects(again, appeal_id)] == ["PointsRuled", "RunFrozen"]
    again.close()


def test_a_decision_before_any_run_counts_in_the_first_that_is_frozen(database: DatabaseCase) -> None:
    system = prepared(database.folder, database.url)
    appeal_id = file(system, finding_id=found(system))
    admit(system, appeal_id)
    decide(system, appeal_id, Outcome.REVOKED)
    assert [name for name, _ in effects(system, appeal_id)] == ["FindingWithdrawn", "FindingRuledOut"]
    decided_by = system.log.position()
    another_activity(system)
    freeze(system, known_at=decided_by)
    with system.reading() as connection:
        assert in_force(connection, None) == {appeal_id: ""}, "a run for comparing puts nothing in force"
    freeze(system)
    system.close()
    again = build(system.settings, system.clock)
    assert [name for name, _ in effects(again, appeal_id)] == ["FindingWithdrawn", "FindingRuledOut"]
    assert not again.policies.failed()
    with again.reading() as connection:
        assert in_force(connection, None) == {appeal_id: "2025-2"}
    again.close()


def test_an_effect_that_is_refused_blocks_nothing_and_is_told_and_tried_again(system: System) -> None:
    hopeless = file(system, finding_id=found(system))
    admit(system, hopeless)
    long_ago = date(2020, 1, 1)
    act(system, decide_appeal, hopeless, outcome="revoked", reasons="经核实", day=long_ago, by=by("fuhe"))
    (broken,) = system.policies.failed()
    assert granted(system, 650)
    assert stands(system) == 650
    system.policies.follow()
    assert "supervision.IN_ORDER" in str(system.policies.failed()[broken])
    with system.reading() as connection:
        number = APPEAL.state(look_of(system), hopeless).number
        assert number in unsettled(connection, 2025, None)
    told = Visitor(app_of(system), "fuhe").get(f"/appeals/{hopeless}").text
    assert "决定尚未执行" in told and "再次执行" in told and "2020-01-01 &lt; 2025-05-28" in told


# ---------------------------------------------------------------- one case, and no worse


def test_a_second_appeal_never_lowers_what_the_first_one_gave(system: System) -> None:
    granted(system, 650)
    with refused(clauses.DECIDED_ONCE):
        file(system, Side.VILLAGE, indicator=LINE)
    new_fact(system)
    second = file(system, Side.VILLAGE, indicator=LINE)
    admit(system, second)
    with refused(clauses.NO_WORSE):
        decide(system, second, points=600)
    decide(system, second, points=700)
    assert stands(system) == 700


def new_fact(system: System) -> None:
    """Something more that counts for the line, and a run that has it."""
    another_activity(system)
    freeze(system)


def another_activity(system: System) -> str:
    day = date(2025, 2, 14)
    return carried(
        system,
        record_activity,
        near="",
        pairing_id=PAIRING,
        kind=ActivityKind.THEMED_CAMPAIGN,
        topic="联合开展特色活动",
        held_on=day,
        participants=12,
        persons_visited=None,
        reported_on=day,
        today=system.today(),
        by=by("danwei"),
    )


def test_what_the_line_rose_to_meanwhile_is_a_bound_even_where_it_sank_again(system: System) -> None:
    """Not only the 5.25 that were contested: the line as it stands, and as it stands in the run that goes on."""
    first = file(system, indicator=LINE)
    admit(system, first)
    activity = another_activity(system)
    assert stands(system) == 700
    with refused(clauses.NO_WORSE):
        decide(system, first, points=699)
    freeze(system)
    carried(system, void_activity, activity, because="误登", today=system.today(), by=by("danwei"))
    assert stands(system) == 525
    with refused(clauses.NO_WORSE):
        decide(system, first, points=699)
    decide(system, first, points=700)


def test_the_points_contested_are_a_bound_even_where_the_line_sank_meanwhile(system: System) -> None:
    first = file(system, indicator=LINE)
    admit(system, first)
    at = system.log.position()
    assert stands(system) == 525
    with refused(clauses.NO_WORSE):
        decide(system, first, points=524)
    assert system.log.position() == at


def test_a_ruling_on_a_line_that_did_not_apply_never_lowers_the_total(system: System) -> None:
    """Ruled on, it applies, and takes its part of the group's maximum from the others."""
    at = system.log.position()
    with system.reading() as connection:
        results = system.scoring.results(connection, 2025, at)
        found = [
            (each, bounds)
            for each in results
            if each.sheet.figure("D3") is None
            and (bounds := system.scoring.ruleable(connection, 2025, each.pairing, "D3", at)).bound > 0
        ]
    before, bounds = found[0]
    assert bounds.most is not None and bounds.bound <= bounds.most
    appeal_id = file(system, indicator="D3", pairing_id=before.pairing)
    admit(system, appeal_id)
    with refused(clauses.NO_WORSE):
        decide(system, appeal_id, points=bounds.bound - 1)
    decide(system, appeal_id, points=bounds.bound)
    with system.reading() as connection:
        after = system.scoring.results(connection, 2025, system.log.position())
    (now,) = [each for each in after if each.pairing == before.pairing]
    assert now.sheet.figure("D3") == bounds.bound and now.sheet.total >= before.sheet.total


@pytest.mark.parametrize("target", ["indicator", "finding_id"])
def test_one_thing_has_one_open_case_whoever_appeals(system: System, target: str) -> None:
    about = {target: LINE if target == "indicator" else found(system)}
    first = file(system, **about)
    with refused(clauses.ONE_OPEN_CASE):
        file(system, Side.VILLAGE, **about)
    carried_out(system, withdraw_appeal, first, side=Side.UNIT, by=by("danwei"))
    assert file(system, Side.VILLAGE, **about) != first


def test_who_did_not_file_cannot_take_back(system: System) -> None:
    appeal_id = file(system, indicator=LINE)
    with refused(clauses.BY_WHO_FILED):
        carried_out(system, withdraw_appeal, appeal_id, side=Side.VILLAGE, by=by("cun"))


def test_only_the_side_that_filed_attaches_to_the_case_and_is_offered_to_take_it_back(system: System) -> None:
    appeal_id, app = file(system, indicator=LINE), app_of(system)
    theirs, ours = Visitor(app, "cun"), Visitor(app, "danwei")
    page = theirs.get(f"/appeals/{appeal_id}")
    assert page.status_code == 200 and "撤回申诉" not in page.text and "添加附件" not in page.text
    token = TOKEN.search(theirs.get("/sign-in").text)
    assert token is not None
    answer = theirs.http.post(
        f"/attachments/appeal/{appeal_id}",
        data={"csrf": token[1]},
        files={"file": ("a.pdf", b"%PDF-1.7 x", "application/pdf")},
    )
    assert answer.status_code == 403
    assert theirs.post(f"/appeals/{appeal_id}/withdraw-appeal").status_code == 403
    mine = ours.get(f"/appeals/{appeal_id}").text
    assert "撤回申诉" in mine and "添加附件" in mine


def test_what_was_withdrawn_cannot_be_appealed_against_nor_admitted_nor_decided(system: System) -> None:
    waiting = file(system, finding_id=found(system))
    withdraw(system)
    with refused(clauses.STILL_STANDS):
        admit(system, waiting)
    act(system, refuse_appeal, waiting, because="问题已撤销", by=by("fuhe"))
    with refused(clauses.STILL_STANDS):
        file(system, finding_id=found(system))


def test_an_admitted_appeal_against_what_was_withdrawn_is_ended(system: System) -> None:
    appeal_id = file(system, finding_id=found(system))
    admit(system, appeal_id)
    withdraw(system)
    with refused(clauses.STILL_STANDS):
        decide(system, appeal_id, Outcome.UPHELD)
    act(system, refuse_appeal, appeal_id, because="问题已撤销，终止办理", by=by("fuhe"))
    with system.reading() as connection:
        assert unsettled(connection, 2025, None) == []


def withdraw(system: System) -> None:
    carried(
        system,
        withdraw_finding,
        found(system),
        withdrawn_on=system.today(),
        because="认定有误",
        today=system.today(),
        by=by("ducha"),
    )


def at_once(*acts: object) -> list[object]:
    """Each in a thread of its own, all let go together; what they answered or raised."""
    barrier, found = threading.Barrier(len(acts)), list[object]()

    def run(each: object) -> None:
        assert callable(each)
        barrier.wait()
        try:
            found.append(each())
        except Rejected as rejected:
            found.append(rejected.clause)

    threads = [threading.Thread(target=run, args=(each,)) for each in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_clerks_who_file_at_once_get_numbers_of_their_own(system: System) -> None:
    codes = ("A1", "A2", "A3")
    found = at_once(*(lambda code=code: file(system, indicator=code) for code in codes))
    year = system.today().year
    numbers = [APPEAL.state(look_of(system), str(each)).number for each in found]
    assert sorted(numbers) == [f"SS{year}-{n:03d}" for n in (1, 2, 3)]


def test_two_who_file_about_the_same_at_once_make_one_case(system: System) -> None:
    found = at_once(lambda: file(system, indicator=LINE), lambda: file(system, Side.VILLAGE, indicator=LINE))
    assert clauses.ONE_OPEN_CASE in found
    (filed,) = [each for each in found if isinstance(each, str)]
    assert APPEAL.state(look_of(system), filed).number == f"SS{system.today().year}-001"


def test_an_appeal_decided_twice_at_once_is_decided_once(system: System) -> None:
    appeal_id = file(system, indicator=LINE)
    admit(system, appeal_id)
    found = at_once(
        lambda: decide(system, appeal_id, points=650), lambda: decide(system, appeal_id, points=700)
    )
    assert None in found and len({type(each) for each in found}) == 2
    assert [name for name, _ in effects(system, appeal_id)] == ["PointsRuled", "RunFrozen"]


# ---------------------------------------------------------------- who may decide


def test_who_verified_or_froze_does_not_decide_about_the_line(system: System) -> None:
    appeal_id = file(system, indicator=LINE)
    with refused(clauses.RECUSAL):
        admit(system, appeal_id, "kaohe")
    with refused(clauses.RECUSAL):
        act(system, refuse_appeal, appeal_id, because="超期", by=by("kaohe"))
    admit(system, appeal_id)
    with refused(clauses.RECUSAL):
        decide(system, appeal_id, points=650, who="kaohe")


def test_whoever_signed_or_reviewed_or_filed_is_no_reviewer_of_the_line(system: System) -> None:
    sign_off(system, "2025-1", system.today())
    appeal_id = file(system, indicator=LINE)
    involved = matter_of(look_of(system), key=appeal_id).involved
    assert {"kaohe", "fukao", "lianban", "lingdao", "danwei"} <= involved
    assert "demo" in involved, "who imported what counts for the line"
    assert system.vault.person("联建办主任", "县联建办").ref not in involved
    signer = RESULTS.state(look_of(system), "2025").runs[run_named(system, "2025-1")].signatures[0].signer
    assert signer.ref in involved
    assert "fuhe" not in involved


def test_everybody_who_ever_touched_a_finding_is_involved(system: System) -> None:
    """However long its story: what stood first in the trail counts as what stands last."""
    today = system.today()
    inspector = system.vault.person("督查组长", OFFICE)
    new = carried(
        system,
        raise_finding,
        number="WT2025-901",
        pairing_id=PAIRING,
        branch=BRANCH,
        village=VILLAGE_ID,
        found_on=today,
        method=Method.ON_SITE,
        inspector=inspector,
        description="台账缺页",
        finding_type=FindingType.RECORD_KEEPING,
        severity=Severity.MINOR,
        today=today,
        by=by("kaohe"),
    )
    carried(
        system,
        order_rectification,
        new,
        ordered_on=today,
        due_on=today + timedelta(days=30),
        document_no="一号",
        measures="补齐",
        today=today,
        by=by("ducha"),
    )
    for n in range(251):
        carried(
            system,
            submit_rectification,
            new,
            submitted_on=today,
            account=f"第 {n}",
            today=today,
            by=by("danwei"),
        )
        carried(
            system, return_rectification, new, returned_on=today, because="不全", today=today, by=by("ducha")
        )
    appeal_id = file(system, finding_id=new)
    matter = matter_of(look_of(system), key=appeal_id)
    assert {"kaohe", "ducha", "danwei", inspector.ref} <= matter.involved


def test_a_reviewers_own_decision_on_an_earlier_appeal_is_no_part_in_the_matter(system: System) -> None:
    granted(system, 650)
    new_fact(system)
    second = file(system, Side.VILLAGE, indicator=LINE)
    admit(system, second)


def test_another_account_or_register_makes_nobody_another_person(system: System) -> None:
    """Who signed by name is the person of an account in another office; and so is the holder of two accounts."""
    sign_off(system, "2025-1", system.today())
    appeal_id = file(system, indicator=LINE)
    involved = matter_of(look_of(system), key=appeal_id).involved
    (signer,) = (
        each.signer
        for each in RESULTS.state(look_of(system), "2025").runs[run_named(system, "2025-1")].signatures[:1]
    )
    (name,) = system.vault.names([signer.ref]).values()
    elsewhere = system.vault.person(name, "县委组织部复核组")
    assert elsewhere.ref not in involved
    assert system.vault.namesakes([elsewhere.ref]) & involved


def test_a_second_account_of_who_froze_acts_on_no_appeal(system: System) -> None:
    """Opened in another office, with the name in the register of that office."""
    record_demo_accounts(system)
    with system.reading() as connection:
        row = account_of(connection, "kaohe", system.today())
    assert row is not None
    office = "县委组织部复核组"
    again = system.vault.person(system.vault.names([row.person])[row.person], office)
    assert again.ref != row.person
    open_for(system, "second", again, office, by=by("guanli"))
    appeal_id = file(system, indicator=LINE)
    with refused(clauses.RECUSAL):
        act(system, admit_appeal, appeal_id, by=replace(by("fuhe"), actor="second"))
    admit(system, appeal_id)


# ---------------------------------------------------------------- time, and publication


def test_a_service_entered_late_and_dated_back_does_not_shut_the_door(database: DatabaseCase) -> None:
    system = prepared(database.folder, database.url)
    long_ago = system.today() - timedelta(days=60)
    run_id = freeze(system, frozen_on=long_ago)
    published_on = publish(system, run_id, long_ago)
    act(
        system,
        verbs.serve_result,
        run_id,
        branches=[BRANCH],
        served_to="办公室",
        served_on=published_on,
        by=by("kaohe"),
    )
    appeal_id = file(system, indicator=LINE)
    (filed,) = (each for each in system.log.load(f"appeal-{appeal_id}") if isinstance(each, AppealFiled))
    assert filed.filed_on > published_on + timedelta(days=30)
    system.close()


def test_an_open_appeal_holds_up_the_publication_until_it_is_settled(database: DatabaseCase) -> None:
    system = prepared(database.folder, database.url)
    long_ago = system.today() - timedelta(days=21)
    run_id = freeze(system, frozen_on=long_ago)
    appeal_id = file(system, indicator=LINE)
    with refused(assessment_clauses.APPEALS_SETTLED):
        publish(system, run_id, long_ago)
    admit(system, appeal_id)
    with refused(assessment_clauses.APPEALS_SETTLED):
        act(system, verbs.publish_run, run_id, acknowledged=True, by=by("kaohe"))
    decide(system, appeal_id, Outcome.UPHELD)
    act(system, verbs.publish_run, run_id, acknowledged=True, by=by("kaohe"))
    system.close()
