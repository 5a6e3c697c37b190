"""Entries that may be one, what villages bear, and sheets are looked through once, and then only where something was recorded:
as if looked through anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from application.actors.actor import Actor
from application.look import look_of
from application.question import ALL, Asker, answered
from application.questions.answers.alike.likenesses import Likeness, list_likenesses
from application.questions.answers.burdens import VillageBurdens, list_burdens
from application.questions.results.scoring import digest
from application.system import System
from application.things import PAIRING
from application.verbs.pairing.activities import (
    correct_activity,
    judge_likeness,
    record_activity,
    share_activity,
    void_activity,
)
from application.verbs.pairing.pairings import start_pairing
from application.verbs.supervision import issue_slip
from projections.catalogue import PROJECTIONS
from projections.kit.memory import Memory, Reading
from projections.scores.scores import Result, scores
from tests.integration.test_pairing_verbs import HELD, OFFICE, UNIT, another_pairing
from tests.kit.acts import use_as
from tests.kit.demo_ids import BRANCH
from tests.kit.prepared import prepared


@pytest.fixture
def system(tmp_path: Path) -> Iterator[System]:
    system = prepared(tmp_path)
    yield system
    system.close()


Seen = tuple[tuple[Likeness, ...], VillageBurdens, list[Result]]


def listed(reading: Reading, system: System, at: int) -> Seen:
    asker = Asker(look_of(system), OFFICE, reading, at, at)
    alike = answered(asker, list_likenesses, year=2025, after=None, limit=ALL).rows
    borne = answered(asker, list_burdens, year=2025, village=None, q="", sort=None, after=None, limit=ALL)
    return alike, borne, scores(reading, system.scoring.scheme(reading, 2025, at), at)


def total(borne: VillageBurdens) -> int:
    return sum(each.total + each.entries for each in borne.rows)


def test_what_is_carried_on_is_what_is_found_anew(system: System) -> None:
    known: list[tuple[int, Seen]] = []

    def look() -> int:
        """Look, and look as nobody has before; how many are asked about."""
        with system.remembering() as reading:
            at = reading.newest
            found = listed(reading, system, at)
        anew = Reading(system.views, Memory(PROJECTIONS))
        with anew, anew.begin():
            assert found == listed(anew, system, at), len(known)
        known.append((at, found))
        return len(found[0])

    def act(who: Actor, verb: object, *key: str, **stated: object) -> str:
        done = use_as(system, who, verb, *key, **stated)  # type: ignore[arg-type]
        return done.key

    before = look()
    first = act(UNIT, record_activity, **HELD)
    assert look() == before
    near = {**HELD, "topic": "学习讨论会", "held_on": "2025-05-08"}
    second = act(UNIT, record_activity, **near)
    assert look() == before + 1
    village = PAIRING.state(look_of(system), another_pairing(system)).village
    pair = act(OFFICE, start_pairing, branch=BRANCH, village=village, started_on="2025-05-01")
    assert look() == before + 1
    third = act(UNIT, record_activity, **{**HELD, "pairing_id": pair})
    assert look() == before + 2, "of another pairing of the unit on the same day"
    as_held = {"kind": "forum", "participants": 9, "because": "更正"}
    act(OFFICE, correct_activity, second, topic="另一件事", held_on="2025-05-08", **as_held)
    assert look() == before + 1
    act(OFFICE, correct_activity, second, topic="学习讨论", held_on="2025-05-07", **as_held)
    assert look() == before + 2
    act(OFFICE, judge_likeness, third, other=first, verdict="different", because="两次")
    assert look() == before + 1
    act(UNIT, share_activity, second, pairings=[pair])
    look()
    act(OFFICE, void_activity, third, because="重复")
    look()
    act(OFFICE, void_activity, first, because="重复")
    assert look() == before
    act(
        OFFICE,
        issue_slip,
        pairing_id=pair,
        colour="blue",
        issued_on="2025-06-02",
    )
    look()
    assert len({total(found) for _, (_, found, _) in known}) >= 5, "what is borne moved"
    assert len({digest(found) for _, (_, _, found) in known}) >= 2, "what is scored moved"
    for at, found in known:
        with system.remembering() as reading:
            assert listed(reading, system, at) == found, "what was known then is what was said then"
