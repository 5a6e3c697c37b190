"""A unit fixes the day of its themed party day; the months, and what waits, follow what is done to unit, pairing and activity."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from application.actors.actor import Actor
from application.question import ask, typed
from application.questions.answers.duties.duty import DutyKind
from application.questions.answers.duties.listing import list_duties
from application.questions.answers.pairing.cadence import Cadence, PartyDay, show_cadence
from application.system import System
from application.verbs.pairing.activities import (
    record_activity,
    void_activity,
)
from application.verbs.pairing.pairings import (
    end_pairing,
)
from application.verbs.registry.units_and_villages import (
    change_party_day,
    fix_party_day,
    merge_branch,
    register_branch,
    retire_branch,
)
from domain.account.role import Role
from tests.kit.acts import act, use_as
from tests.kit.demo_ids import BRANCH, PAIRING
from tests.kit.prepared import prepared

OFFICE = Actor(username="ducha", person="", display_name="", office="县联建办", role=Role.SUPERVISOR)
UNIT = replace(OFFICE, username="danwei", role=Role.BRANCH_CLERK, branch=BRANCH)
HELD: dict[str, object] = {
    "pairing_id": PAIRING,
    "kind": "themed_party_day",
    "topic": "学习党章",
    "held_on": "2026-06-29",
    "participants": 9,
}


@pytest.fixture
def county(tmp_path: Path) -> Iterator[System]:
    system = prepared(tmp_path)
    use_as(
        replace(system, day=date(2026, 6, 1)),
        UNIT,
        fix_party_day,
        BRANCH,
        day_of_month=15,
        from_month="2026-06-03",
    )
    yield system
    system.close()


def months(system: System, day: date) -> Cadence:
    stated = typed(show_cadence, {"year": "2026"}, day)
    return ask(replace(system, day=day), show_cadence, UNIT, PAIRING, stated)


def asked_for(system: System, day: date) -> list[date | None]:
    stated = typed(list_duties, {"limit": "200"}, day)
    rows = ask(replace(system, day=day), list_duties, UNIT, "", stated).rows
    return [each.due_on for each in rows if each.kind is DutyKind.PARTY_DAY_LACKING]


def test_a_month_is_asked_for_from_some_days_after_the_fixed_one_until_it_is_over(county: System) -> None:
    def june(day: date) -> tuple[PartyDay, list[date | None]]:
        return months(county, day).party_days[5], asked_for(county, day)

    assert june(date(2026, 6, 15)) == (PartyDay.TO_COME, [])
    assert june(date(2026, 6, 16)) == (PartyDay.NOT_YET, [])
    assert june(date(2026, 6, 18)) == (PartyDay.NOT_YET, [date(2026, 6, 30)])
    assert june(date(2026, 7, 1)) == (PartyDay.NONE, [])
    fixed = months(county, date(2026, 6, 15)).fixed_on
    assert fixed[4:7] == (None, date(2026, 6, 15), date(2026, 7, 15)), "no month before is marked"


def test_one_on_any_day_of_the_month_will_do_until_it_is_voided(county: System) -> None:
    key = act(county, record_activity, day=date(2026, 6, 29), **HELD)
    shown = months(county, date(2026, 6, 30))
    assert (shown.party_days[5], shown.held_on[5]) == (PartyDay.HELD, date(2026, 6, 29))
    assert asked_for(county, date(2026, 6, 29)) == []
    act(county, void_activity, key, day=date(2026, 6, 29), because="重复")
    assert asked_for(county, date(2026, 6, 29)) == [date(2026, 6, 30)]
    late = {**HELD, "held_on": "2026-06-10"}
    act(county, record_activity, day=date(2026, 7, 20), **late)
    assert months(county, date(2026, 7, 20)).party_days[5] is PartyDay.HELD, (
        "it may be recorded after the month"
    )


def test_another_day_is_fixed_from_a_month_on(county: System) -> None:
    change = {"day_of_month": 31, "from_month": "2026-07-01", "because": "农忙"}
    use_as(replace(county, day=date(2026, 6, 20)), UNIT, change_party_day, BRANCH, **change)
    fixed = months(county, date(2026, 6, 20)).fixed_on
    assert fixed[5:9] == (date(2026, 6, 15), date(2026, 7, 31), date(2026, 8, 31), date(2026, 9, 30))


def test_nothing_waits_where_the_pairing_has_ended(county: System) -> None:
    act(county, end_pairing, PAIRING, day=date(2026, 6, 17), ended_on="2026-06-17", because="调整")
    assert asked_for(county, date(2026, 6, 18)) == []
    assert months(county, date(2026, 7, 1)).party_days[5:7] == (PartyDay.NONE, PartyDay.UNPAIRED)


def test_a_merged_unit_follows_the_other_and_a_retired_one_has_no_day(county: System) -> None:
    unit = {
        "unit_name": "云州新局",
        "branch_name": "云州新局党支部",
        "level": "county",
        "unit_class": "agency",
    }
    other = act(county, register_branch, day=date(2026, 6, 1), **unit)
    use_as(
        replace(county, day=date(2026, 6, 1)),
        OFFICE,
        fix_party_day,
        other,
        day_of_month=20,
        from_month="2026-01-01",
    )
    act(county, merge_branch, BRANCH, day=date(2026, 7, 10), into=other, merged_on="2026-07-10")
    act(county, retire_branch, other, day=date(2026, 9, 10), retired_on="2026-09-10", because="撤销")
    fixed = months(county, date(2026, 9, 11)).fixed_on
    assert fixed[5:9] == (date(2026, 6, 15), date(2026, 7, 20), date(2026, 8, 20), None)
