"""Accounts on the pages: opened for a person, granted by two, changed on their own page, seen by whom they concern."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from application.input.keyset import token
from application.settings import Settings
from application.stores.accounts.keeping import accounts_of
from application.stores.accounts.saved_views import MOST
from application.system import System
from interface.composition import build
from interface.demo.accounts import PASSWORD, open_demo_accounts
from interface.web.app import create_app
from projections.boards.people.accounts import account_of, persons_behind
from tests.kit.demo_ids import register_demo
from tests.kit.serving import QUICK, Visitor, app_of

NEW = {
    "username": "Xinren",
    "person": "午新人",
    "same_as": "",
    "display_name": "新人",
    "office": "县联建办",
    "role": "assessor",
    "unit": "",
    "village": "",
    "password": "qiu-shan-9-lu",
}
County = tuple[System, FastAPI]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[County]:
    """A system with the demo accounts and nothing else."""
    system = build(Settings(folder=tmp_path))
    register_demo(system)
    yield system, app_of(system)
    system.close()


def role_of(system: System, username: str) -> str:
    with system.reading() as connection:
        row = account_of(connection, username, system.today())
    assert row is not None
    return row.role


def test_a_role_that_decides_is_proposed_by_one_and_granted_by_another(office: County) -> None:
    system, app = office
    one, another = Visitor(app, "guanli"), Visitor(app, "guanli2")
    assert one.post("/accounts", **NEW).status_code == 200
    assert role_of(system, "xinren") == ""
    refused = Visitor(app, None).post_raw("/sign-in", username="xinren", password=NEW["password"])
    assert refused.status_code == 403 and "尚未授予角色" in refused.text
    own = one.post("/accounts/xinren/approve-role")
    assert own.status_code == 409 and "account.ANOTHER_APPROVES" in own.text
    page = another.get("/accounts/xinren").text
    assert "考核员（guanli）" in page and 'action="/accounts/xinren/approve-role"' in page
    assert another.post("/accounts/xinren/approve-role").status_code == 200
    assert role_of(system, "xinren") == "assessor"


def test_an_existing_account_is_never_overwritten(office: County) -> None:
    system, app = office
    admin, before = Visitor(app, "guanli"), system.log.position()
    for name in ("guanli", "GUANLI", "ｇｕａｎｌｉ", " guanli ", "fuhe"):
        answer = admin.post("/accounts", **{**NEW, "username": name, "role": "auditor"})
        assert answer.status_code == 409 and "account.NAME_NEW" in answer.text
    assert system.log.position() == before
    assert system.vault.people([("午新人", "县联建办")], dry_run=True)["午新人", "县联建办"].commitment == ""
    assert Visitor(app, "guanli").get("/accounts").status_code == 200


@pytest.mark.parametrize(
    ("field", "value", "status"),
    [
        ("password", " " * 12, 422),
        ("password", "xinren-xinren", 422),
        ("password", "Password123", 422),
        ("username", "xin\u200bren", 409),
        ("username", "xin\u202eren", 409),
        ("username", "xin ren", 409),
        ("person", "", 422),
        ("role", "branch_clerk", 422),
        ("same_as", "nobody", 409),
    ],
)
def test_a_form_with_something_wrong_opens_nothing(
    office: County, field: str, value: str, status: int
) -> None:
    system, app = office
    before = system.log.position()
    answer = Visitor(app, "guanli").post("/accounts", **{**NEW, field: value})
    assert answer.status_code == status, answer.text
    assert NEW["password"] not in answer.text
    assert system.log.position() == before


def test_a_second_account_of_the_same_person(office: County) -> None:
    system, app = office
    answer = Visitor(app, "guanli").post(
        "/accounts", **{**NEW, "person": "", "same_as": "ducha", "role": "auditor"}
    )
    assert answer.status_code == 200
    with system.reading() as connection:
        assert persons_behind(connection, ["xinren"]) == persons_behind(connection, ["ducha"])


def test_the_last_administrator_stays(office: County) -> None:
    system, app = office
    one = Visitor(app, "guanli")
    assert one.post("/accounts/guanli2/disable-account", because="调离").status_code == 200
    answer = one.post("/accounts/guanli/disable-account", because="调离")
    assert answer.status_code == 409 and "account.LAST_ADMINISTRATOR" in answer.text
    assert one.post("/accounts/guanli2/enable-account", because="调回").status_code == 200
    assert role_of(system, "guanli2") == ""


def test_what_an_administrator_does_ends_the_sessions_of_the_account(office: County) -> None:
    system, app = office
    admin, other = Visitor(app, "guanli"), Visitor(app, "guanli2")
    steps = [
        ("ducha", "grant-role", {"role": "auditor"}),
        ("shenji", "disable-account", {"because": "调离"}),
        ("danwei", "password", {"password": "bei-hai-7-qiao"}),
        ("cun", "name-person", {"name": "申村人", "because": "登记有误"}),
        ("fuhe", "propose-role", {"role": "assessor"}),
    ]
    for username, step, form in steps:
        someone = Visitor(app, username)
        assert someone.get("/me").url.path == "/me"
        assert admin.post(f"/accounts/{username}/{step}", **form).status_code == 200
        if username == "fuhe":
            other.post("/accounts/fuhe/approve-role")
        assert someone.get("/me").url.path == "/sign-in", username
    assert admin.post("/accounts/fukao/propose-role", role="approver").status_code == 200
    assert other.post("/accounts/fukao/refuse-role", because="未培训").status_code == 200
    assert role_of(system, "fukao") == "assessor"


def test_everybody_changes_the_own_password_and_sees_who_was_signed_in(office: County) -> None:
    system, app = office
    here, there = Visitor(app, "cun"), Visitor(app, "cun")
    Visitor(app, None).post_raw("/sign-in", username="cun", password="wrong")
    text = here.get("/me").text
    assert text.count("/me/sessions/") == 1 and "就是这里" in text
    (ended,) = re.findall(r'action="(/me/sessions/\w+/end)"', text)
    assert here.post(ended).status_code == 200
    assert there.get("/me").url.path == "/sign-in"
    form = {"password_now": PASSWORD, "password": "qiu-shan-9-lu", "password_again": "qiu-shan-9-lu"}
    assert here.post("/me/password", **{**form, "password_now": "no"}).status_code == 422
    assert here.post("/me/password", **{**form, "password_again": "no"}).status_code == 422
    assert (
        here.post("/me/password", **{**form, "password": PASSWORD, "password_again": PASSWORD}).status_code
        == 422
    )
    assert here.post("/me/password", **form).status_code == 200
    text = here.get("/me").text
    assert "账号 cun 更改密码" in text and "授予角色：村级填报员" in text
    _, sign_ins, refused = re.findall(r"<tbody>(.*?)</tbody>", text, re.DOTALL)
    assert sign_ins.count("<tr>") == 2 and '<td class="num">2</td>' in refused
    assert [row.count for row in system.accesses.refused("cun")] == [2]
    assert len(system.accesses.list(username="cun", kind="sign_in")) == 2


def test_a_password_that_somebody_else_knew_is_changed_before_anything_else(office: County) -> None:
    _, app = office
    told, own = "bei-hai-7-qiao", "qiu-shan-9-lu"
    assert Visitor(app, "guanli").post("/accounts/ducha/password", password=told).status_code == 200
    assert Visitor(app, "guanli").post("/accounts/ducha/grant-role", role="auditor").status_code == 200
    someone = Visitor(app, None)
    someone.post_raw("/sign-in", username="ducha", password=told, next="/findings")
    for path in ("/", "/findings", "/trail", "/accesses"):
        assert someone.get(path).url.path == "/me", path
    assert someone.post("/results/2025/freeze-run", because="x").url.path == "/me"
    form = {"password_now": told, "password": own, "password_again": own}
    assert someone.post("/me/password", **form).status_code == 200
    assert someone.get("/findings").url.path == "/findings"


def test_a_session_of_somebody_else_is_not_ended(office: County) -> None:
    _, app = office
    one, two, other = Visitor(app, "cun"), Visitor(app, "cun"), Visitor(app, "danwei")
    (foreign,) = re.findall(r'action="(/me/sessions/\w+/end)"', one.get("/me").text)
    other.post(foreign)
    assert two.get("/me").url.path == "/me"


def test_auditors_see_sign_ins_refusals_and_changes(office: County) -> None:
    _, app = office
    for _ in range(3):
        Visitor(app, None).post_raw("/sign-in", username="nobody", password="wrong")
    Visitor(app, None).post_raw("/sign-in", username="kaohe", password="wrong")
    auditor = Visitor(app, "shenji")
    assert "登录" in auditor.get("/accesses?kind=sign_in").text
    shown = re.findall(r"<td>([^<]*)</td><td class=\"num\">(\d+)</td>", auditor.get("/accesses/refused").text)
    assert sorted(shown) == [("kaohe", "1"), ("—", "3")]
    assert "账号 kaohe 授予角色：考核员" in auditor.get("/trail?actor=guanli2").text


def test_what_can_be_done_is_named_as_an_act_in_english_too(office: County) -> None:
    """Seen: the button that takes an account back said "included by"."""
    keeper, own = Visitor(office[1], "guanli"), Visitor(office[1], "danwei")
    assert "Change the password" in own.get("/me?lang=en").text
    page = keeper.get("/accounts/danwei?lang=en").text
    for act in ("Reset the password", "Correct the person behind the account", "Disable the account"):
        assert f">{act}</" in page, act
    keeper.post("/accounts/danwei/disable-account", because="离职")
    assert ">Enable the account</button>" in keeper.get("/accounts/danwei?lang=en").text


def test_strangers_cannot_make_the_count_of_refusals_grow(
    office: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    system, _ = office
    monkeypatch.setattr("application.stores.accesses.MOST_AN_HOUR", 3)
    for n in range(10):
        system.accesses.note_refusal(f"10.0.0.{n}", "")
    assert sorted((row.address, row.count) for row in system.accesses.refused()) == [
        ("*", 7),
        ("10.0.0.0", 1),
        ("10.0.0.1", 1),
        ("10.0.0.2", 1),
    ]


def test_over_https_cookies_are_the_hosts_own_and_browsers_remember(tmp_path: Path) -> None:
    settings = Settings(
        folder=tmp_path, secure_cookies=True, hosts=("county.example",), proxies=("10.0.0.2",)
    )
    system = build(settings)
    register_demo(system)
    accounts = accounts_of(system, QUICK)
    open_demo_accounts(system, accounts)
    app = create_app(system, accounts)
    http = TestClient(app, base_url="https://county.example", client=("10.0.0.2", 1), follow_redirects=False)
    answer = http.post(
        "/sign-in",
        data={"username": "cun", "password": PASSWORD, "next": "/"},
        headers={"X-Forwarded-For": "192.0.2.7, 198.51.100.4", "X-Forwarded-Proto": "https"},
    )
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-lianjian_session=")
    for part in ("Secure", "HttpOnly", "Path=/", "SameSite=strict"):
        assert part in cookie
    assert "Domain" not in cookie
    assert answer.headers["strict-transport-security"] == "max-age=31536000"
    (row,) = system.accesses.list(username="cun", kind="sign_in")
    assert row.thing == "198.51.100.4", "the last address that no trusted proxy wrote"
    assert http.get("/me").status_code == 200
    assert http.get("/health", headers={"Host": "evil.example"}).status_code == 400
    stranger = TestClient(app, base_url="https://county.example", client=("192.0.2.66", 1))
    stranger.post(
        "/sign-in", data={"username": "cun", "password": "x"}, headers={"X-Forwarded-For": "192.0.2.7"}
    )
    assert [row.address for row in system.accesses.refused("cun")] == ["192.0.2.66"]
    accounts.close()
    system.close()


def test_a_list_is_saved_as_a_view_of_ones_own(office: County) -> None:
    _, app = office
    mine, other = Visitor(app, "ducha"), Visitor(app, "kaohe")
    shown = "/findings?light=red&sort=due&after=f-1&at=5&done=x"
    assert mine.post("/me/views", view_name="红灯", address=shown).url.path == "/findings"
    assert mine.post("/me/views", view_name="红灯", address="/findings?light=red").status_code == 200
    for page in ("/findings", "/me", "/search/suggestions?q=红灯"):
        assert 'href="/findings?light=red"' in mine.get(page).text, page
        assert "红灯" not in other.get(page).text.replace("q=红灯", ""), page
    assert "/findings?light=red" not in mine.get("/pairings").text, "it is of its own list"
    for wrong in (
        {"address": "https://elsewhere.example/x"},
        {"address": "/nowhere"},
        {"address": "/help"},
        {"view_name": ""},
    ):
        refused = mine.post("/me/views", **{"view_name": "x", "address": "/nowhere", **wrong})
        assert refused.status_code == 422, wrong
    (address,) = re.findall(r'action="(/me/views/\w+/remove)"', mine.get("/me").text)
    other.post(address)
    assert "红灯" in mine.get("/me").text
    assert "红灯" not in mine.post(address).text


def test_views_are_few_and_an_erased_name_goes_from_them(office: County) -> None:
    _, app = office
    someone, store = Visitor(app, "ducha"), app.state.accounts.saved_views
    for n in range(MOST):
        store.save("ducha", f"第{n}个", f"/findings?q=甲{n}")
    answer = someone.post("/me/views", view_name="又一个", address="/findings")
    assert answer.status_code == 422 and "已保存 20 个视图" in answer.text
    store.save("kaohe", "他的", "/findings?q=%E7%94%B2%E4%B8%89")
    store.forget("甲三")
    assert "/me/views/" not in Visitor(app, "kaohe").get("/me").text
    assert someone.get("/me").text.count('action="/me/views/') == MOST


def test_a_list_begins_anew_where_it_cannot_be_told_where_it_was_to_go_on(office: County) -> None:
    lists = [
        "appeals",
        "findings",
        "documents",
        "pairings",
        "cadence",
        "activities",
        "needs",
        "projects",
        "units",
        "villages",
    ]
    asked = {
        "guanli": ["/accounts?after=nobody"],
        "fuhe": ["/accesses/refused?after=2020-01-01T00/x/y"],
        "shenji": ["/trail?after=x", "/trail?before=99999999999999999999999"],
        "ducha": [f"/{each}?after=gone" for each in lists]
        + [f"/activities?after={token(('soon', 'a'))}", "/?after=gone"],
    }
    for who, paths in asked.items():
        reader = Visitor(office[1], who)
        for path in paths:
            answer = reader.get(path)
            assert answer.status_code == 200 and "从头开始显示" in answer.text, path
