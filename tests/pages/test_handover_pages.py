"""An office goes to another on its day: sessions, tokens and what waits go by the day, whether or not anybody does anything."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from application.access import may
from application.actors.actor import Owner
from application.look import look_of
from application.stores.accounts.keeping import NewAccount, open_account, reset_password
from application.stores.forgetting import erase_person
from application.verbs.accounts import unlink_person
from domain.account import clauses
from domain.account.events import HandoverProposed, OfficeHandedOver
from domain.kernel.errors import Rejected
from interface.demo.accounts import PASSWORD, UNIT
from interface.serving.server import create_server
from projections.boards.people.accounts import account_list
from projections.boards.people.deputies import deputies_about
from projections.boards.trail import trail
from tests.kit.scripts import Script
from tests.kit.serving import Visitor
from tests.kit.yearend import by
from tests.pages.test_deputy_pages import DAY, HELD, NAMED, County, county

__all__ = ["county"]
THEN = DAY + timedelta(days=3)
GOES = {"from_on": THEN.isoformat(), "because": "调离"}


@pytest.fixture(autouse=True)
def newcomers(county: County) -> None:
    """Accounts without a role: of the unit, of the scoring group's office, and of another unit."""
    unit, other = county.actors["danwei"].branch, county.actors["linju"].branch
    group = county.actors["kaohe"].office
    for name, office, branch in (
        ("xinren", UNIT, unit),
        ("kaoxin", group, ""),
        ("waidan", "邻居单位", other),
    ):
        new = {"username": name, "person": f"新{name}", "display_name": name, "office": office}
        open_account(
            county.system,
            county.accounts,
            NewAccount(**new, role=None, branch=branch),
            PASSWORD,
            by=by("guanli"),
        )
        county.accounts.set_password(name, PASSWORD, must_change=False)


def sign_in(county: County, username: str) -> int:
    form = {"username": username, "password": PASSWORD, "next": "/health"}
    return (
        TestClient(county.app, base_url="http://127.0.0.1")
        .post("/sign-in", data=form, follow_redirects=False)
        .status_code
    )


def role(county: County, username: str) -> str:
    with county.system.reading() as connection:
        rows = account_list(connection, county.system.today())
    return {row.username: row.role for row in rows}[username]


def test_a_clerks_office_goes_over_on_its_day_with_all_that_waits(county: County) -> None:
    county.use("danwei", "record_activity", pairing_id=county.pairing, **HELD)
    (held,) = county.system.log.named("pairing.ActivityHeld")
    county.use("cun", "dispute_activity", held.event.activity_id, because="没有来")  # type: ignore[attr-defined]
    county.use("danwei", "name_deputy", "danwei", deputy="linju", **NAMED)
    token, _ = county.accounts.tokens.issue("danwei", purpose="脚本")
    script = Script(create_server(county.system, county.accounts), token)
    guanli = Visitor(county.app, "guanli")
    form = guanli.get("/accounts/danwei/hand-over-office").text
    assert "xinren" in form and "waidan" not in form and "kaoxin" not in form
    done = guanli.post("/accounts/danwei/hand-over-office", successor="xinren", **GOES)
    assert done.url.path == "/accounts/danwei" and "已安排" in done.text
    assert "接任" in guanli.get("/accounts/xinren").text
    assert "xinren" not in guanli.get("/").text, "it waits for its day, not for a role"
    # Nothing changes before.
    county.clock.turn_to(THEN - timedelta(days=1))
    assert "没有来" in Visitor(county.app, "danwei").get("/").text and sign_in(county, "xinren") != 303
    record = {"pairing_id": county.pairing, **HELD, "topic": "第二次座谈"}
    assert script.post("/activities/record-activity", record).status_code == 201
    county.clock.turn_to(THEN)
    assert (
        sign_in(county, "danwei") != 303
        and script.post("/activities/record-activity", record).status_code == 401
    )
    xinren = Visitor(county.app, "xinren")
    assert "没有来" in xinren.get("/").text
    assert xinren.post("/activities/record-activity", **{**record, "topic": "第三次座谈"}).status_code == 200
    with county.system.reading() as connection:
        acted = select(trail.c.actor).where(trail.c.name == "pairing.ActivityHeld").order_by(trail.c.position)
        assert list(connection.scalars(acted)) == ["danwei", "danwei", "xinren"], "what was done stays"
        (deputy,) = deputies_about(connection, "danwei")
        assert deputy.ended_on == THEN and not deputy.lasts(THEN)
    guanli = Visitor(county.app, "guanli")
    assert "已移交" in guanli.get("/accounts/danwei").text
    assert county.system.runner.check() == []
    # Who left may have a role again.
    county.use("guanli", "grant_role", "danwei", role="branch_clerk")
    assert [role(county, name) for name in ("danwei", "xinren")] == ["branch_clerk", "branch_clerk"]
    assert county.system.runner.check() == []


def test_today_it_is_done_at_once_and_an_open_session_ends(county: County) -> None:
    danwei = Visitor(county.app, "danwei")
    assert danwei.get("/").url.path == "/"
    county.use(
        "guanli", "hand_over_office", "danwei", successor="xinren", from_on=DAY.isoformat(), because="调离"
    )
    county.use(
        "guanli", "hand_over_office", "xinren", successor="danwei", from_on=DAY.isoformat(), because="误办"
    )
    assert danwei.get("/").url.path == "/sign-in", "its session ended, though the office came back"
    county.use(
        "guanli", "hand_over_office", "danwei", successor="xinren", from_on=DAY.isoformat(), because="调离"
    )
    assert Visitor(county.app, "xinren").get("/").url.path == "/"
    # And on: the office goes from hand to hand, each time with a day of its own.
    again = NewAccount(
        username="xinren2",
        person="新人二",
        display_name="",
        office=UNIT,
        role=None,
        branch=county.actors["danwei"].branch,
    )
    open_account(county.system, county.accounts, again, PASSWORD, by=by("guanli"))
    county.use("guanli", "hand_over_office", "xinren", successor="xinren2", **GOES)
    county.clock.turn_to(THEN)
    assert [role(county, name) for name in ("danwei", "xinren", "xinren2")] == ["", "", "branch_clerk"]
    county.use(
        "guanli", "hand_over_office", "xinren2", successor="danwei", from_on=THEN.isoformat(), because="调回"
    )
    assert [role(county, name) for name in ("danwei", "xinren2")] == ["branch_clerk", ""]
    assert county.system.runner.check() == []


def test_who_has_handed_over_waits_for_no_role(county: County) -> None:
    county.use("guanli", "hand_over_office", "danwei", successor="xinren", **GOES)
    county.clock.turn_to(THEN)
    home = Visitor(county.app, "guanli").get("/").text
    assert "danwei" not in home and "waidan" in home, "only one who never had a role waits for one"
    # An office that was to come back and does not leaves it as it was.
    county.use("guanli", "hand_over_office", "xinren", successor="danwei", **later(THEN))
    county.use("guanli", "withdraw_handover", "xinren", because="不调了")
    assert "danwei" not in Visitor(county.app, "guanli").get("/").text
    # A role that was granted anew and rests is missed.
    county.use("guanli", "hand_over_office", "kaohe", successor="kaoxin", **later(THEN))
    county.use("guanli2", "approve_handover", "kaohe")
    county.clock.turn_to(THEN + timedelta(days=2))
    assert "kaohe" not in Visitor(county.app, "guanli").get("/").text
    county.use("guanli", "propose_role", "kaohe", role="assessor")
    county.use("guanli2", "approve_role", "kaohe")
    reset_password(county.system, county.accounts, "kaohe", PASSWORD, by=by("guanli"))
    assert "kaohe" in Visitor(county.app, "guanli").get("/").text


def later(day: date) -> dict[str, str]:
    return {"from_on": (day + timedelta(days=1)).isoformat(), "because": "调回"}


def test_the_trail_calls_fields_as_their_events_do(county: County) -> None:
    county.use("guanli", "hand_over_office", "danwei", successor="xinren", **GOES)
    county.use("guanli", "withdraw_handover", "danwei", because="不调了")
    post = county.system.vault.person("庚报实", county.actors["danwei"].branch).ref
    county.use("ducha", "link_person", post, other=county.actors["danwei"].person, because="核实")
    told = Visitor(county.app, "shenji").get("/trail/export?format=csv").text
    assert "接任账号" in told and "另一人员编号" in told
    assert "接替的结对" not in told and "并来对象" not in told


def test_a_role_that_signs_goes_over_by_two_and_waits_as_a_duty(county: County) -> None:
    county.use("kaohe", "name_deputy", "kaohe", deputy="fukao", **NAMED)
    county.use("guanli", "hand_over_office", "kaohe", successor="kaoxin", **GOES)
    assert isinstance(county.system.log.named(HandoverProposed.NAME)[0].event, HandoverProposed)
    second = Visitor(county.app, "guanli2")
    assert "岗位移交待批准" in second.get("/").text
    assert second.post("/accounts/kaohe/approve-handover").status_code == 200
    assert "岗位移交待批准" not in second.get("/").text
    assert county.system.log.named(OfficeHandedOver.NAME)[0].event.occurred_on == DAY
    county.use("guanli2", "withdraw_handover", "kaohe", because="暂不调整")
    with county.system.reading() as connection:
        (deputy,) = deputies_about(connection, "kaohe")
        assert deputy.ended_on is None
    county.clock.turn_to(THEN)
    assert (role(county, "kaohe"), role(county, "kaoxin")) == ("assessor", "")
    assert county.system.runner.check() == []


def test_the_last_administrator_hands_nothing_over(county: County) -> None:
    county.use("guanli", "disable_account", "guanli2", because="调离")
    with pytest.raises(Rejected) as refused:
        county.use("guanli", "hand_over_office", "guanli", successor="xinren", **GOES)
    assert refused.value.clause is clauses.LAST_ADMINISTRATOR


def test_an_account_is_opened_without_a_role_on_the_page(county: County) -> None:
    guanli = Visitor(county.app, "guanli")
    new = {"username": "houren", "person": "后来人", "display_name": "后来人", "office": UNIT}
    unit = county.actors["danwei"].branch
    done = guanli.post("/accounts", **new, role="", branch=unit, password="yunzhou-2026-x")
    assert done.url.path == "/accounts/houren" and "没有角色" in done.text
    assert "houren" in guanli.get("/accounts/danwei/hand-over-office").text


LONG = {
    "from_on": DAY.isoformat(),
    "until_on": (DAY + timedelta(days=40)).isoformat(),
    "because": "学习",
}


def test_a_token_outlives_a_handover_that_was_taken_back(county: County) -> None:
    token, _ = county.accounts.tokens.issue("danwei", purpose="脚本")
    script = Script(create_server(county.system, county.accounts), token)
    county.use("guanli", "hand_over_office", "danwei", successor="xinren", **GOES)
    county.use("guanli", "withdraw_handover", "danwei", because="不调了")
    county.clock.turn_to(THEN)
    assert script.get("/own-account").status_code == 200
    county.use("guanli", "hand_over_office", "danwei", successor="xinren", **{**GOES, "because": "调离"})
    assert script.get("/own-account").status_code == 401, "the office is gone"
    county.use("guanli", "hand_over_office", "xinren", successor="danwei", **{**GOES, "because": "调回"})
    assert script.get("/own-account").status_code == 401, "it was gone meanwhile"


@pytest.mark.parametrize("own", ["arranged", "proposed"])
def test_a_deputyship_that_ends_with_the_others_office_stays_ended(county: County, own: str) -> None:
    principal, deputy = ("danwei", "linju") if own == "arranged" else ("kaohe", "fukao")
    successors = {"danwei": "xinren", "linju": "waidan", "kaohe": "kaoxin"}
    county.use(principal, "name_deputy", principal, deputy=deputy, **LONG)
    if own == "arranged":
        county.use("guanli", "hand_over_office", deputy, successor=successors[deputy], **GOES)
    later = {"from_on": (DAY + timedelta(days=5)).isoformat(), "because": "调离"}
    county.use("guanli", "hand_over_office", principal, successor=successors[principal], **later)
    county.use("guanli", "withdraw_handover", principal, because="不调了")
    with county.system.reading() as connection:
        (kept,) = deputies_about(connection, principal)
    assert kept.ended_on == (THEN if own == "arranged" else None)


def test_nobody_acting_for_another_says_whose_references_are_one(county: County) -> None:
    post = county.system.vault.person("庚报实", county.actors["danwei"].branch).ref
    county.use("ducha", "link_person", post, other=county.actors["danwei"].person, because="核实")
    own = county.actors["ducha"]
    acting = replace(own, username="another", acting_for="ducha")
    assert not may(acting, "link_person") and not unlink_person.may(acting, Owner())
    assert may(own, "link_person") and unlink_person.may(own, Owner())
    erase_person(look_of(county.system), post, ground="依申请", decided_by="guanli", by=by("guanli"))
    shown = Visitor(county.app, "ducha").get(f"/persons/{county.actors['danwei'].person}").text
    assert post not in shown, "an erased reference is not told by its link"
