"""A token acts as its account, for what and as long as it was issued, and not a moment longer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from application.stores.accounts.tokens import Tokens
from application.verbs.accounts import disable_account, enable_account
from domain.kernel.errors import Unknown
from tests.kit.acts import act
from tests.kit.demo_ids import BRANCH
from tests.kit.scripts import Api, Script


def status(script: Script) -> int:
    return int(script.get("/findings", limit=1).status_code)


def test_a_token_acts_as_its_account_and_only_its_hash_is_kept(api: Api) -> None:
    token, token_id = api.accounts.tokens.issue("danwei", purpose="夜间导出")
    bearer = api.accounts.tokens.bearer(token)
    assert bearer is not None and (bearer.id, bearer.actor.branch) == (token_id, BRANCH)
    with api.accounts._engine.connect() as raw:
        stored = raw.exec_driver_sql("SELECT * FROM token").all()
    assert token not in repr(stored)
    (listed,) = (each for each in api.accounts.tokens.all("danwei") if each.id == token_id)
    assert (listed.purpose, listed.state, listed.only) == ("夜间导出", "good", None)
    assert listed.seen_at is not None


def test_a_token_for_a_few_things_is_for_no_other(api: Api) -> None:
    script = api.script("ducha", only=["list_findings"])
    assert status(script) == 200
    assert script.get("/pairings", year=2025).status_code == 403
    refused = script.post("/findings/raise-finding", {})
    assert refused.status_code == 403 and "raise_finding" in refused.json()["en"]["detail"]
    assert "令牌" in refused.json()["detail"]
    beyond = script.post("/runs/none/sign-office", {})
    assert beyond.status_code == 403 and "角色" in beyond.json()["detail"]


def test_a_revoked_token_is_none(api: Api) -> None:
    token, token_id = api.accounts.tokens.issue("ducha", purpose="")
    assert status(Script(api.server, token)) == 200
    api.accounts.tokens.revoke(token_id)
    assert status(Script(api.server, token)) == 401
    with pytest.raises(Unknown):
        api.accounts.tokens.revoke("none")


def test_an_account_that_is_disabled_loses_its_tokens_for_ever(api: Api) -> None:
    script = api.script("shenji")
    assert status(script) == 200
    act(api.system, disable_account, "shenji", because="调离")
    assert status(script) == 401
    with pytest.raises(Unknown):
        api.script("shenji")
    act(api.system, enable_account, "shenji", because="回来")
    assert status(script) == 401
    assert "lapsed" in {each.state for each in api.accounts.tokens.all("shenji")}


@pytest.mark.parametrize("username", ["nobody", ""])
def test_no_token_without_an_account(api: Api, username: str) -> None:
    with pytest.raises(Unknown):
        api.accounts.tokens.issue(username, purpose="")


def test_a_token_ends(api: Api) -> None:
    now = datetime(2027, 1, 1, tzinfo=UTC)
    tokens = api.accounts.tokens
    at = Tokens(tokens._engine, lambda: now, tokens._since, tokens._position)
    token, _ = at.issue("ducha", purpose="", days=30)
    now += timedelta(days=30, seconds=-1)
    assert at.bearer(token) is not None
    now += timedelta(seconds=1)
    assert at.bearer(token) is None
