"""Verbs of pairings, activities and needs as people use them: what is looked up, and whose things they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from application.actors.actor import Actor
from application.look import look_of
from application.question import ask, typed
from application.questions.answers.alike.likenesses import LikenessKind, list_likenesses
from application.questions.answers.pairing.campaigns import list_campaigns
from application.questions.answers.pairing.resources import list_resources
from application.questions.answers.pairing.suggestions import suggest_resources
from application.system import System
from application.things import ACTIVITY, NEED, PAIRING
from application.verbs.livelihood import (
    accept_claim,
    claim_need,
    match_need,
    offer_resource,
    raise_need,
    split_need,
)
from application.verbs.pairing.activities import (
    correct_activity,
    describe_activity,
    judge_likeness,
    record_activity,
    share_activity,
)
from application.verbs.pairing.pairings import (
    replace_pairing,
    start_pairing,
)
from domain.account.role import Role
from domain.kernel.errors import Forbidden, Rejected
from domain.livelihood import clauses as livelihood_clauses
from domain.livelihood.events import NeedWithdrawn
from domain.pairing import clauses
from domain.pairing.events import ActivityShared, ActivityTag, PairingStarted
from domain.registry import clauses as registry_clauses
from projections.boards.pairing.pairings import pairings
from tests.kit.acts import use_as
from tests.kit.demo_ids import BRANCH, VILLAGE_ID
from tests.kit.demo_ids import PAIRING as OWN
from tests.kit.prepared import prepared

HELD: dict[str, object] = {
    "pairing_id": OWN,
    "kind": "forum",
    "topic": "学习讨论",
    "held_on": "2025-05-06",
    "participants": 9,
}
NEW: dict[str, object] = {
    "number": "XQ2025-901",
    "village": VILLAGE_ID,
    "category": "industry",
    "content": "修路",
    "raised_on": "2025-05-06",
}


def actor(role: Role, branch: str = "", village: str = "") -> Actor:
    return Actor(
        username=role.value,
        person="",
        display_name="",
        office="县联建办",
        role=role,
        branch=branch,
        village=village,
    )


OFFICE = actor(Role.SUPERVISOR)
UNIT = actor(Role.BRANCH_CLERK, branch=BRANCH)
VILLAGE = actor(Role.VILLAGE_CLERK, village=VILLAGE_ID)


@pytest.fixture
def system(tmp_path: Path) -> Iterator[System]:
    system = prepared(tmp_path)
    yield system
    system.close()


def another_pairing(system: System) -> str:
    with system.reading() as connection:
        of_others = pairings.select().where(pairings.c.branch != BRANCH, pairings.c.village != VILLAGE_ID)
        row = connection.execute(of_others.order_by(pairings.c.pairing_id)).first()
    assert row is not None
    return str(row.pairing_id)


def test_another_branch_takes_the_village_over(system: System) -> None:
    look = look_of(system)
    branch = PAIRING.state(look, another_pairing(system)).branch
    before = system.log.position()
    use_as(system, OFFICE, replace_pairing, OWN, branch=branch, replaced_on="2025-12-01", because="调整")
    ended, started = system.log.read(after=before)
    assert PAIRING.state(look, OWN).ended_on == date(2025, 11, 30)
    assert isinstance(started.event, PairingStarted) and started.by == ended.by
    assert (started.event.branch, started.event.village) == (branch, VILLAGE_ID)
    assert started.event.started_on == date(2025, 12, 1)


def test_two_are_paired_once_and_only_while_both_are_there(system: System) -> None:
    two: dict[str, object] = {"branch": BRANCH, "village": VILLAGE_ID}
    with pytest.raises(Rejected) as refused:
        use_as(system, OFFICE, start_pairing, **two, started_on="2025-05-01")
    assert refused.value.clause is clauses.PAIRED_ONCE and refused.value.because == OWN
    with pytest.raises(Rejected) as refused:
        use_as(system, OFFICE, start_pairing, branch=BRANCH, village="v-none", started_on="2025-05-01")
    assert refused.value.clause is registry_clauses.REGISTERED_FIRST
    with pytest.raises(Forbidden):
        use_as(system, UNIT, start_pairing, **two, started_on="2025-05-01")


def test_an_activity_like_another_is_recorded_where_somebody_says_that_it_is_another(system: System) -> None:
    first = use_as(system, UNIT, record_activity, **HELD).key
    assert ACTIVITY.state(look_of(system), first).reported_on == system.today()
    with pytest.raises(Rejected) as refused:
        use_as(system, UNIT, record_activity, **{**HELD, "topic": "学习 讨论"})
    assert refused.value.clause is clauses.ASKED_IF_SAME
    assert use_as(system, UNIT, record_activity, **HELD, another="1").key != first


def asked_of(system: System) -> Callable[..., tuple[int, int]]:
    """How many activities and participants a tag has more than when this was asked, as known at a position."""

    def told(tag: ActivityTag, at: int | None = None) -> tuple[int, int]:
        stated = typed(list_campaigns, {"year": "2025", "known_at": str(at or "")}, system.today())
        found = ask(system, list_campaigns, UNIT, "", stated)
        return next((each.activities, each.participants) for each in found if each.tag is tag)

    begun = {tag: told(tag) for tag in ActivityTag}

    def more(tag: ActivityTag, at: int | None = None) -> tuple[int, int]:
        (activities, participants), (before, heads) = told(tag, at), begun[tag]
        return activities - before, participants - heads

    return more


def alike(system: System) -> dict[frozenset[str], LikenessKind]:
    """What is asked about, of May, by the two entries."""
    stated = typed(list_likenesses, {"year": "2025", "limit": "200"}, system.today())
    rows = ask(system, list_likenesses, OFFICE, "", stated).rows
    return {
        frozenset((each.first.thing, each.second.thing)): each.kind
        for each in rows
        if each.second.on.month == 5 and each.second.matter.startswith("学习讨论")
    }


def test_entries_that_may_be_one_are_asked_about_until_somebody_judges(system: System) -> None:
    first = use_as(system, UNIT, record_activity, **HELD).key
    second = use_as(
        system, UNIT, record_activity, **{**HELD, "topic": "学习讨论会", "held_on": "2025-05-08"}
    ).key
    use_as(system, UNIT, record_activity, **{**HELD, "topic": "学习讨论会", "held_on": "2025-05-28"})
    assert alike(system) == {frozenset((first, second)): LikenessKind.NEAR_WORDS}
    judge = {"other": first, "verdict": "same", "because": "重复"}
    use_as(system, OFFICE, judge_likeness, second, **judge)
    assert alike(system) == {} and ACTIVITY.state(look_of(system), second).voided


def test_what_one_unit_held_in_two_villages_is_entered_once_and_shared(system: System) -> None:
    village = PAIRING.state(look_of(system), another_pairing(system)).village
    pair = {"branch": BRANCH, "village": village, "started_on": "2025-05-01"}
    other = use_as(system, OFFICE, start_pairing, **pair).key
    first = use_as(system, UNIT, record_activity, **HELD).key
    (shared,) = use_as(system, UNIT, share_activity, first, pairings=[other]).events
    assert isinstance(shared, ActivityShared)
    entry = ACTIVITY.state(look_of(system), shared.into[0])
    assert (entry.pairing_id, entry.village) == (other, village)
    assert alike(system) == {}, "both sides know that it is one"
    third = use_as(system, UNIT, record_activity, **{**HELD, "pairing_id": other}, another="1").key
    assert alike(system)[frozenset((first, third))] is LikenessKind.TWO_PAIRINGS
    with pytest.raises(Rejected) as refused:
        use_as(system, UNIT, share_activity, first, pairings=[other])
    assert refused.value.clause is clauses.SHARED_ONCE


def test_a_shared_activity_bears_the_tags_of_that_day_and_is_tagged_otherwise_by_itself(
    system: System,
) -> None:
    village = PAIRING.state(look_of(system), another_pairing(system)).village
    pair = {"branch": BRANCH, "village": village, "started_on": "2025-05-01"}
    other = use_as(system, OFFICE, start_pairing, **pair).key
    of_pair = asked_of(system)
    first = use_as(system, UNIT, record_activity, **HELD).key
    told = {"venue": "村部", "notes": "甲村部分", "tags": ["one_family", "two_festivals"]}
    use_as(system, UNIT, describe_activity, first, **told)
    before = system.log.position()
    (shared,) = use_as(system, UNIT, share_activity, first, pairings=[other]).events
    assert isinstance(shared, ActivityShared)
    described = ACTIVITY.state(look_of(system), shared.into[0]).described
    assert described is not None and (described.venue, described.notes) == ("", "")
    families = ActivityTag.ONE_FAMILY
    assert of_pair(families) == (2, 18) and of_pair(ActivityTag.TWO_FESTIVALS) == (2, 18)
    assert of_pair(families, before) == (1, 9), "as known before it was shared"
    use_as(system, UNIT, describe_activity, first, venue="村部", tags=["two_festivals"])
    assert of_pair(families) == (1, 9) and of_pair(ActivityTag.TWO_FESTIVALS) == (2, 18)


def test_what_was_shared_untagged_is_untagged(system: System) -> None:
    village = PAIRING.state(look_of(system), another_pairing(system)).village
    pair = {"branch": BRANCH, "village": village, "started_on": "2025-05-01"}
    other = use_as(system, OFFICE, start_pairing, **pair).key
    first = use_as(system, UNIT, record_activity, **HELD).key
    (shared,) = use_as(system, UNIT, share_activity, first, pairings=[other]).events
    assert isinstance(shared, ActivityShared)
    assert ACTIVITY.state(look_of(system), shared.into[0]).described is None
    use_as(system, UNIT, describe_activity, first, tags=["one_family"])
    assert ACTIVITY.state(look_of(system), shared.into[0]).described is None, "each is tagged by itself"


def test_an_activity_is_corrected_by_its_branch_within_its_pairing(system: System) -> None:
    activity = use_as(system, UNIT, record_activity, **HELD).key
    right = {**HELD, "held_on": "2025-05-07", "because": "日期有误"}
    del right["pairing_id"]
    with pytest.raises(Forbidden):
        use_as(system, actor(Role.BRANCH_CLERK, branch="b-another"), correct_activity, activity, **right)
    with pytest.raises(Rejected) as refused:
        use_as(system, UNIT, correct_activity, activity, **{**right, "held_on": "1999-05-07"})
    assert refused.value.clause is clauses.NOT_BEFORE_ITS_START
    (corrected,) = use_as(system, UNIT, correct_activity, activity, **right).events
    assert corrected.occurred_on == date(2025, 5, 7)


def test_resources_are_suggested_with_why_and_claimed(system: System) -> None:
    other = PAIRING.state(look_of(system), another_pairing(system)).branch
    offer = {"category": "funds", "content": "修路资金", "offered_on": "2025-05-01"}
    for who in (UNIT, actor(Role.BRANCH_CLERK, branch=other)):
        use_as(system, who, offer_resource, **offer, branch=who.branch)
    need = use_as(system, VILLAGE, raise_need, **NEW, pairing_id="").key
    first, *others = ask(system, suggest_resources, VILLAGE, need, {"known_at": None})
    assert (first.branch, first.pairing_id, first.words) == (BRANCH, OWN, ("修路",)) and first.fits
    assert all(not each.pairing_id or each.branch == BRANCH for each in others)
    assert any(each.branch == other and each.words == ("修路",) for each in others)
    use_as(system, VILLAGE, claim_need, need, pairing_id=first.pairing_id)
    with pytest.raises(Forbidden):
        use_as(system, actor(Role.BRANCH_CLERK, branch=other), accept_claim, need)
    use_as(system, UNIT, accept_claim, need)
    assert NEED.state(look_of(system), need).branch == BRANCH


def test_a_list_of_resources_is_its_units_and_of_whom_that_is_paired_with(system: System) -> None:
    other = PAIRING.state(look_of(system), another_pairing(system))
    offer = {"category": "funds", "content": "修路资金", "offered_on": "2025-05-01"}
    for branch in (BRANCH, other.branch):
        use_as(system, actor(Role.BRANCH_CLERK, branch=branch), offer_resource, **offer, branch=branch)

    def whose(who: Actor) -> set[str]:
        stated = typed(list_resources, {"q": "修路资金"}, system.today())
        return {each.branch for each in ask(system, list_resources, who, "", stated).rows}

    assert whose(UNIT) == {BRANCH} and whose(OFFICE) == {BRANCH, other.branch}
    assert BRANCH in whose(VILLAGE) and other.branch not in whose(VILLAGE)
    theirs = whose(actor(Role.VILLAGE_CLERK, village=other.village))
    assert other.branch in theirs and BRANCH not in theirs
    assert whose(actor(Role.VILLAGE_CLERK, village="v-unpaired")) == set()


def test_a_need_is_split_and_each_part_has_its_number(system: System) -> None:
    need = use_as(system, VILLAGE, raise_need, **NEW, pairing_id="").key
    parts = [
        {"number": f"XQ2025-90{n}", "category": "industry", "content": text}
        for n, text in ((2, "修桥"), (3, "修路"))
    ]
    taken = [{**parts[0], "number": "XQ2025-901"}, parts[1]]
    with pytest.raises(Rejected) as refused:
        use_as(system, VILLAGE, split_need, need, parts=taken, because="分开办理")
    assert refused.value.clause is registry_clauses.NUMBER_OF_ONE_THING
    assert NEED.state(look_of(system), need).withdrawn_on is None
    (split,) = use_as(system, VILLAGE, split_need, need, parts=parts, because="分开办理").events
    assert isinstance(split, NeedWithdrawn)
    assert [NEED.state(look_of(system), each).content for each in split.into] == ["修桥", "修路"]


def test_a_need_is_matched_by_a_unit_that_is_paired_with_its_village(system: System) -> None:
    other = another_pairing(system)
    with pytest.raises(Rejected) as refused:
        use_as(system, VILLAGE, raise_need, **NEW, pairing_id=other)
    assert refused.value.clause is livelihood_clauses.PAIRED_WITH_ITS_VILLAGE
    with pytest.raises(Forbidden):
        use_as(system, actor(Role.VILLAGE_CLERK, village="v-another"), raise_need, **NEW)
    need = use_as(system, VILLAGE, raise_need, **NEW).key
    with pytest.raises(Rejected) as refused:
        use_as(system, OFFICE, match_need, need, pairing_id=other, matched_on="2025-05-08")
    assert refused.value.clause is livelihood_clauses.PAIRED_WITH_ITS_VILLAGE
    use_as(system, OFFICE, match_need, need, pairing_id=OWN, matched_on="2025-05-08")
    assert NEED.state(look_of(system), need).branch == BRANCH
