"""A deputy works in another's name: chosen, shown, said of every act, and only as long as it lasts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from sqlalchemy import select
from starlette.testclient import TestClient

from application.access import may
from application.actors.actor import Actor
from application.actors.deputies import acting_for, principals
from application.settings import Settings
from application.stores.accounts.accounts import Accounts
from application.stores.accounts.keeping import NewAccount, accounts_of, open_account
from application.system import System
from application.verbs import VERBS
from application.verbs.pairing.activities import (
    record_activity,
)
from application.verbs.pairing.pairings import (
    start_pairing,
)
from domain.account.role import Role
from domain.assessment.year import clauses
from domain.kernel.errors import Forbidden, Rejected
from domain.pairing.events import ActivityHeld, ActivityKind
from interface.composition import build
from interface.demo.accounts import PASSWORD, UNIT, VILLAGE, open_demo_accounts
from interface.serving.server import create_server
from interface.web.app import create_app
from projections.boards.trail import trail
from tests.kit.acts import adopt, carried, use_as
from tests.kit.entries import registered_unit, registered_village
from tests.kit.manual_scheme import manual_scheme
from tests.kit.played import Calendar
from tests.kit.scripts import Script
from tests.kit.serving import QUICK, TOKEN, Visitor
from tests.kit.yearend import by

DAY = date(2026, 1, 12)
LAST = DAY + timedelta(days=4)
HELD = {
    "kind": "forum",
    "topic": "代办座谈",
    "held_on": "2025-12-01",
    "participants": "9",
}
NAMED = {"from_on": DAY.isoformat(), "until_on": LAST.isoformat(), "because": "学习培训"}


@dataclass(frozen=True)
class County:
    """Two units, one of them paired; ``linju`` is the clerk of the other."""

    system: System
    accounts: Accounts
    app: FastAPI
    clock: Calendar
    pairing: str
    actors: dict[str, Actor]

    def use(self, who: str, verb: str, key: str = "", /, **written: object) -> None:
        use_as(self.system, self.actors[who], VERBS[verb], key, **written)

    def acting(self, deputy: str) -> Actor:
        """The deputy in the name of the one account that may be acted for."""
        with self.system.reading() as connection:
            (principal,) = principals(connection, deputy, self.system.today())
        return acting_for(self.actors[deputy], principal)

    def last(self) -> tuple[str, str, str, str]:
        """Who did what last, in which office and in whose name."""
        query = select(trail.c.name, trail.c.actor, trail.c.office, trail.c.acting_for)
        with self.system.reading() as connection:
            return tuple(connection.execute(query.order_by(trail.c.position.desc()).limit(1)).one())  # type: ignore[return-value]


@pytest.fixture
def county(tmp_path: Path) -> Iterator[County]:
    clock = Calendar(DAY)
    system = build(Settings(folder=tmp_path), clock)
    adopt(system, manual_scheme(), by=by("kaohe"))
    branch, other = registered_unit(system, UNIT), registered_unit(system, "邻居单位")
    village, since = registered_village(system, VILLAGE, "丙镇"), date(2025, 1, 1)
    paired = {"branch": branch, "village": village, "started_on": since, "today": DAY}
    pairing = carried(system, start_pairing, by=by("ducha"), **paired)
    accounts = accounts_of(system, QUICK)
    actors = {each.username: each for each in open_demo_accounts(system, accounts)}
    new = {"person": "丑邻居", "display_name": "邻居", "office": "邻居单位", "branch": other}
    account = NewAccount(username="linju", role=Role.BRANCH_CLERK, **new)
    open_account(system, accounts, account, PASSWORD, by=by("guanli"))
    accounts.set_password("linju", PASSWORD, must_change=False)
    actors["linju"] = Actor(
        username="linju",
        person="",
        display_name="邻居",
        office="邻居单位",
        role=Role.BRANCH_CLERK,
        branch=other,
    )
    yield County(system, accounts, create_app(system, accounts), clock, pairing, actors)
    system.close()


def test_a_deputy_chooses_the_name_and_every_act_says_it(county: County) -> None:
    danwei, linju = Visitor(county.app, "danwei"), Visitor(county.app, "linju")
    form = danwei.get("/deputies/danwei/name-deputy").text
    assert "邻居单位 · linju" in form and "guanli" not in form
    assert danwei.get("/deputies/danwei").url.path == "/me"
    assert danwei.post("/deputies/danwei/name-deputy", deputy="linju", **NAMED).status_code == 200
    assert "由 linju 代办" in danwei.get("/me").text and "代 danwei 办理" in linju.get("/me").text
    county.use("danwei", "record_activity", pairing_id=county.pairing, **HELD)
    county.use("cun", "dispute_activity", _only_activity(county), because="没有来")
    home = linju.get("/").text
    assert f"代 {UNIT} · danwei 办理" in home and "没有来" in home and "名义办理，经办人" not in home
    assert linju.get(f"/pairings/{county.pairing}").status_code == 403, "in the own name it is not theirs"
    own = TOKEN.search(home)
    assert linju.post("/acting", principal="danwei").status_code == 200 and own is not None
    acting = linju.get("/")
    assert "现以 danwei（" in acting.text and "经办人仍记为 linju" in acting.text
    record = {"pairing_id": county.pairing, **HELD, "topic": "另一次座谈"}
    stale = linju.post_raw("/activities/record-activity", csrf=own[1], **record)
    assert "restored=1" in str(stale.url) and county.last()[0] != ActivityHeld.NAME, "drawn in the own name"
    linju._token = TOKEN.search(acting.text)[1]  # type: ignore[index]
    assert linju.post("/activities/record-activity", **record).status_code == 200
    assert county.last() == (ActivityHeld.NAME, "linju", UNIT, "danwei")
    assert "linju（云州法院） 代 danwei 办理" in linju.get(f"/pairings/{county.pairing}").text
    assert not may(county.acting("linju"), "import_ledgers")
    assert linju.get("/deputies/danwei/end-deputy").status_code == 403, "that is the holder's own"
    assert "linju" in linju.get("/me").text
    assert linju.post("/acting/end").status_code == 200
    assert "经办人仍记为" not in linju.get("/").text


def _only_activity(county: County) -> str:
    (found,) = county.system.log.named(ActivityHeld.NAME)
    return str(found.event.activity_id)  # type: ignore[attr-defined]


@pytest.mark.parametrize("how", ["over", "ended", "disabled", "deputy disabled", "role"])
def test_whatever_ends_it_the_session_is_in_the_own_name_again(county: County, how: str) -> None:
    county.use("danwei", "name_deputy", "danwei", deputy="linju", **NAMED)
    linju = Visitor(county.app, "linju")
    linju.post("/acting", principal="danwei")
    acting = linju.get("/")
    assert "经办人仍记为 linju" in acting.text
    linju._token = TOKEN.search(acting.text)[1]  # type: ignore[index]
    match how:
        case "over":
            county.clock.turn_to(LAST + timedelta(days=1))
            linju = Visitor(county.app, "linju")
            assert linju.post("/acting", principal="danwei").status_code == 409
        case "ended":
            county.use("danwei", "end_deputy", "danwei", because="回来了")
        case "disabled":
            county.use("guanli", "disable_account", "danwei", because="调离")
            county.use("guanli", "enable_account", "danwei", because="调回")
            county.use("guanli", "grant_role", "danwei", role="branch_clerk")
        case "deputy disabled":
            county.use("guanli", "disable_account", "linju", because="调离")
            assert linju.get("/").url.path == "/sign-in"
            return
        case "role":
            county.use("guanli", "disable_account", "danwei", because="调离")
    before = county.system.log.position()
    record = {"pairing_id": county.pairing, **HELD}
    sent = linju.post("/activities/record-activity", **record)
    assert (
        "restored=1" in str(sent.url) or sent.status_code == 403
    ) and county.system.log.position() == before
    assert "经办人仍记为" not in linju.get("/").text
    with county.system.reading() as connection:
        assert principals(connection, "linju", county.system.today()) == []


def test_nobody_acts_for_another_of_the_same_role_unnamed_or_with_a_token(county: County) -> None:
    linju = Visitor(county.app, "linju")
    assert linju.post("/acting", principal="danwei").status_code == 409
    assert linju.get("/deputies/danwei/name-deputy").status_code == 403, "another's account"
    with pytest.raises(Forbidden):
        county.use("linju", "name_deputy", "danwei", deputy="linju", **NAMED)
    county.use("guanli", "name_deputy", "danwei", deputy="linju", **NAMED)
    token, _ = county.accounts.tokens.issue("linju", purpose="脚本")
    script = Script(create_server(county.system, county.accounts), token)
    record = {"pairing_id": county.pairing, **HELD}
    assert script.post("/activities/record-activity", record).status_code == 403
    assert script.post("/activities/record-activity", {**record, "acting_for": "danwei"}).status_code == 422


def test_a_second_person_is_neither_the_deputy_nor_whom_the_deputy_acted_for(county: County) -> None:
    use, first = county.use, {"year": "2025", "verdict": "accepted", "because": ""}
    for month in (3, 5, 7):
        held = {"kind": ActivityKind.THEMED_PARTY_DAY, "topic": f"{month} 月", "participants": 9}
        days = {"held_on": date(2025, month, 6), "reported_on": date(2025, month, 7), "today": DAY}
        of = {"pairing_id": county.pairing, "near": "", "persons_visited": None}
        carried(county.system, record_activity, by=by("danwei"), **of, **held, **days)
    entered = [str(each.position) for each in county.system.log.named(ActivityHeld.NAME)]
    use("kaohe", "review_evidence", entered[0], **first)
    use("kaohe", "name_deputy", "kaohe", deputy="fukao", **NAMED)
    acting, again = county.acting("fukao"), VERBS["review_evidence_again"]

    def refused(who: Actor, item: str) -> None:
        with pytest.raises(Rejected) as rejected:
            use_as(county.system, who, again, item, **first)
        assert rejected.value.clause.id == clauses.SECOND_PERSON.id

    refused(acting, entered[0])
    use("fukao", "review_evidence_again", entered[0], **first)
    use_as(county.system, acting, VERBS["review_evidence"], entered[1], **first)
    refused(county.actors["kaohe"], entered[1])
    use("fukao", "review_evidence", entered[2], **first)
    refused(acting, entered[2])
    use("kaohe", "review_evidence_again", entered[2], **first)


def test_the_pages_of_accounts_say_who_acts_for_whom(county: County) -> None:
    guanli = Visitor(county.app, "guanli")
    assert "指定代办人" in guanli.get("/accounts/danwei").text
    answer = guanli.post("/deputies/danwei/name-deputy", deputy="linju", **NAMED)
    assert answer.url.path == "/accounts/danwei" and "由 linju 代办" in answer.text
    assert "代 danwei 办理" in guanli.get("/accounts/linju").text
    assert guanli.get("/deputies/linju").url.path == "/accounts/linju"
    shown = guanli.get("/accounts/danwei?lang=en").text
    assert "linju acts for this account" in shown and "In force" in shown
    guanli.post("/deputies/danwei/end-deputy", because="不需要了")
    assert "已结束" in guanli.get("/accounts/danwei").text
    own = Visitor(county.app, "shenji").get("/me").text
    assert 'id="deputies"' in own and "指定代办人" not in own
    assert TestClient(county.app).post("/acting").url.path == "/sign-in"
