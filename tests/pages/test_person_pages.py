"""The record of a person: who may read it, that the look is noted, and what is joined only where somebody said so."""

from __future__ import annotations

from datetime import timedelta

from domain.pairing.events import TaskForceJoined
from interface.demo.accounts import UNIT
from tests.kit.serving import Visitor
from tests.pages.test_deputy_pages import DAY, NAMED, County, county

__all__ = ["county"]


def ref_of(county: County, name: str, scope: str) -> str:
    return county.system.vault.person(name, scope).ref


def test_a_record_joins_two_references_only_where_somebody_says_so(county: County) -> None:
    # The clerk of the unit holds a post of its pairing, too: entered by the unit's register, not by the office's.
    unit = county.actors["danwei"].branch
    post = county.system.vault.person("庚报实", unit)
    ducha = Visitor(county.app, "ducha")
    done = ducha.post(
        f"/pairings/{county.pairing}/appoint-to-post",
        post="part_time_secretary",
        person="庚报实",
        began_on="2025-02-01",
    )
    assert done.status_code == 200, done.text
    account = county.actors["danwei"].person
    assert post.ref != account
    county.use("danwei", "name_deputy", "danwei", deputy="linju", **NAMED)
    page = ducha.get(f"/persons/{post.ref}").text
    assert "庚报实" in page and "兼职书记" in page and "单位填报员" not in page
    seen = county.system.accesses.list(username="ducha", kind="name", limit=50)
    assert post.ref in {each.thing for each in seen}, "every look is noted"
    assert f'href="/persons/{post.ref}"' in ducha.get(f"/pairings/{county.pairing}").text
    own = Visitor(county.app, "danwei")
    assert "兼职书记" not in own.get("/me").text and own.get(f"/persons/{post.ref}").status_code == 403
    form = ducha.get(f"/persons/{post.ref}/link-person").text
    assert f"{UNIT} · {account}" in form
    joined = ducha.post(f"/persons/{post.ref}/link-person", other=account, because="本人核实").text
    assert "兼职书记" in joined and "单位填报员" in joined and "代 danwei 办理" in joined
    mine = own.get("/me").text
    assert "我的履历" in mine and "兼职书记" in mine and "单位填报员" in mine
    # An administrator sees offices alone; the same page in English.
    assert "兼职书记" not in Visitor(county.app, "guanli").get(f"/persons/{account}").text
    assert "Posts" in Visitor(county.app, "shenji").get(f"/persons/{account}?lang=en").text
    again = ducha.post(f"/persons/{post.ref}/link-person", other=account, because="再认定")
    assert again.status_code == 409 and "已是同一人" in again.text
    apart = ducha.post(f"/persons/{account}/unlink-person", other=post.ref, because="只是同名").text
    assert "兼职书记" not in apart and "单位填报员" in apart
    assert county.system.runner.check() == []


def test_offices_have_their_days(county: County) -> None:
    account = county.actors["linju"]
    county.clock.turn_to(DAY + timedelta(days=3))
    county.use("guanli", "disable_account", "linju", because="调离")
    county.clock.turn_to(DAY + timedelta(days=5))
    county.use("guanli", "enable_account", "linju", because="调回")
    county.use("guanli", "grant_role", "linju", role="branch_clerk")
    county.accounts.set_password("linju", "lianjian-2025", must_change=False)
    record = Visitor(county.app, "linju").get("/me").text
    assert record.count("单位填报员</dt>") == 2 and "2026-01-14" in record, account
    assert Visitor(county.app, "ducha").get("/persons/p-nobody").status_code == 404


def test_a_task_force_that_was_left_stays_in_the_record(county: County) -> None:
    unit, plan = Visitor(county.app, "danwei"), f"{DAY.year}-{county.pairing}"
    unit.post(f"/plans/{plan}/adopt-plan", adopted_on=DAY.isoformat(), goal="")
    member = {"person": "甲组长", "office": "", "force_role": "leader"}
    unit.post(f"/plans/{plan}/join-task-force", **member, joined_on=DAY.isoformat())
    (joined,) = county.system.log.named(TaskForceJoined.NAME)
    assert isinstance(joined.event, TaskForceJoined)
    where, last = f"/persons/{joined.event.person.ref}", DAY + timedelta(days=4)
    office = Visitor(county.app, "ducha")
    assert "至今" in office.get(where).text
    county.clock.turn_to(last)
    unit = Visitor(county.app, "danwei")
    unit.post(f"/plans/{plan}/leave-task-force", member="1", left_on=last.isoformat())
    record = Visitor(county.app, "ducha").get(where).text
    assert f"/plans/{plan}" in record and str(last) in record and "至今" not in record
    again = unit.post(f"/plans/{plan}/join-task-force", **member, joined_on=last.isoformat()).text
    assert again.count("leave-task-force?member=") == 1, "the plan lists who belongs to it now"
    assert county.system.runner.check() == []
