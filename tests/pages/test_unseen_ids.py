"""An id that anybody can write says nothing of a thing that its writer is not shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pytest

from domain.pairing.events import ActivityHeld
from tests.kit.demo_ids import PAIRING
from tests.kit.serving import Visitor, demo_app


def name(activity: ActivityHeld) -> str:
    """What it is called where its id is written."""
    return f"“{activity.topic}” {activity.held_on}"


class Clerk(NamedTuple):
    """A unit's clerk, and two activities: one of the unit, one of another."""

    who: Visitor
    own: ActivityHeld
    foreign: ActivityHeld


@pytest.fixture(scope="module")
def clerk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clerk]:
    system, app = demo_app(tmp_path_factory.mktemp("ids"))
    who = Visitor(app, "danwei")
    held = [
        each.event for each in system.log.named(ActivityHeld.NAME) if isinstance(each.event, ActivityHeld)
    ]
    own = next(each for each in held if each.pairing_id == PAIRING)
    foreign = next(each for each in held if each.branch != own.branch)
    assert who.get(f"/activities/{foreign.activity_id}").status_code == 403
    yield Clerk(who, own, foreign)
    system.close()


def test_in_an_address(clerk: Clerk) -> None:
    for field in ("pairing_id", "topic"):
        address = f"/activities/record-activity?{field}="
        assert name(clerk.own) in clerk.who.get(address + clerk.own.activity_id).text
        told = clerk.who.get(address + clerk.foreign.activity_id).text
        assert clerk.foreign.activity_id in told and name(clerk.foreign) not in told


def test_where_an_act_is_confirmed(clerk: Clerk) -> None:
    address = f"/activities/{clerk.own.activity_id}/void-activity"
    asked = clerk.who.post_raw(address, csrf=clerk.who._token, because=clerk.foreign.activity_id).text
    assert "请确认" in asked
    assert clerk.foreign.activity_id in asked and name(clerk.foreign) not in asked


def test_where_an_act_is_refused(clerk: Clerk) -> None:
    plan = f"/plans/2025-{PAIRING}"
    task = {"content": "走访", "side": "unit", "due_on": "2025-12-30", "kind": ""}
    clerk.who.post(f"{plan}/adopt-plan", adopted_on="2025-03-01", goal="")
    assert clerk.who.post(f"{plan}/plan-task", **task).status_code == 200
    refused = clerk.who.post(f"{plan}/link-task", task="1", deed=clerk.foreign.activity_id)
    assert refused.status_code == 409
    assert clerk.foreign.activity_id in refused.text and name(clerk.foreign) not in refused.text
