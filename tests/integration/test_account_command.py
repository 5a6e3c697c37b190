"""``lianjian account``: an installation is begun, and what nobody can do on a page."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest
import uvicorn
from typer.testing import CliRunner, Result

from application.settings import Settings
from application.stores.accounts.keeping import accounts_of
from interface.cli.main import app
from interface.composition import build
from interface.settings import from_environment
from tests.kit.entries import registered_village


def run(folder: Path, *arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(app, ["account", *arguments, "--data", str(folder)], input=typed)


def add(folder: Path, username: str, *more: str, typed: str = "") -> Result:
    return run(folder, "add", username, "--name", f"名{username}", "--office", "县联建办", *more, typed=typed)


def test_two_administrators_begin_an_installation(tmp_path: Path) -> None:
    first = add(tmp_path, "a", "--first")
    assert first.exit_code == 0, first.output
    password = first.stdout.split("password: ")[1].strip()
    assert add(tmp_path, "b", "--first", "--ask", typed="bei-hai-7-qiao\n").exit_code == 0
    third = add(tmp_path, "c", "--first")
    assert third.exit_code == 1 and "account.FIRST_TWO" in third.stderr
    assert add(tmp_path, "c").exit_code == 1
    assert add(tmp_path, "c", "--role", "auditor").exit_code == 0
    again = add(tmp_path, "A", "--role", "auditor")
    assert again.exit_code == 1 and "account.NAME_NEW" in again.stderr
    rows = {row["username"]: row for row in json.loads(run(tmp_path, "list", "--json").stdout)}
    assert {name: (row["role"], row["name"]) for name, row in rows.items()} == {
        "a": ("admin", "名a"),
        "b": ("admin", "名b"),
        "c": ("auditor", "名c"),
    }
    system = build(Settings(folder=tmp_path))
    accounts = accounts_of(system)
    session = accounts.session(accounts.sign_in("a", password).token)
    assert session is not None and session.must_change
    accounts.close()
    system.close()


def test_a_script_lets_two_administrators_grant_a_role(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "a", "b":
        assert add(tmp_path, name, "--first").exit_code == 0
    refused = add(tmp_path, "c", "--role", "assessor")
    assert refused.exit_code == 1 and "--without-role" in refused.stderr and "--first" not in refused.stderr
    assert add(tmp_path, "c", "--without-role", "--role", "assessor").exit_code == 2
    assert add(tmp_path, "c", "--without-role").exit_code == 0

    def do(who: str, *arguments: str) -> Result:
        runner, data = CliRunner(), ("--data", str(tmp_path))
        token = runner.invoke(app, ["token", "issue", who, "--for", "begin", *data]).stdout.strip()
        monkeypatch.setenv("LIANJIAN_TOKEN", token)
        return runner.invoke(app, ["do", "account", *arguments, *data])

    for step in refused.stderr.split("then ")[1].split(", and "):
        words = step.removeprefix("lianjian do account ").split(" by the other")[0].split()
        asked = do("b" if words[0] == "approve-role" else "a", *words)
        assert asked.exit_code == 0, asked.output
    rows = {row["username"]: row["role"] for row in json.loads(run(tmp_path, "list", "--json").stdout)}
    assert rows["c"] == "assessor"


def test_a_password_is_reset_and_an_account_disabled(tmp_path: Path) -> None:
    add(tmp_path, "a", "--first")
    weak = run(tmp_path, "reset", "a", "--ask", typed="Password123\n")
    assert weak.exit_code == 1 and "guessed easily" in weak.stderr
    assert run(tmp_path, "reset", "a").exit_code == 0
    assert run(tmp_path, "reset", "nobody").exit_code == 1
    last = run(tmp_path, "disable", "a", "--because", "left")
    assert last.exit_code == 1 and "account.LAST_ADMINISTRATOR" in last.stderr
    add(tmp_path, "b", "--first")
    assert run(tmp_path, "disable", "a", "--because", "left").exit_code == 0
    assert "a                    disabled" in run(tmp_path, "list").stdout


def test_whoever_is_disabled_is_signed_out(tmp_path: Path) -> None:
    for name in "a", "b":
        add(tmp_path, name, "--first", "--ask", typed="bei-hai-7-qiao\n")
    system = build(Settings(folder=tmp_path))
    accounts = accounts_of(system)
    assert accounts.sign_in("a", "bei-hai-7-qiao").token and len(accounts.sessions_of("a")) == 1
    assert run(tmp_path, "disable", "A", "--because", "left").exit_code == 0
    assert accounts.sessions_of("a") == []
    accounts.close()
    system.close()


def test_serving_says_how_to_begin_until_there_are_two_administrators(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uvicorn.Server, "run", lambda server, sockets: sockets[0].close())

    def said() -> list[str]:
        answer = CliRunner().invoke(app, ["serve", "--port", "0", "--data", str(tmp_path)])
        assert answer.exit_code == 0, answer.output
        address, *rest = answer.stdout.splitlines()
        assert address.startswith("http://127.0.0.1:")
        return rest

    how = "lianjian account add USERNAME --name NAME --office OFFICE --first"
    assert said() == [f"nobody can grant accounts: {how}"]
    add(tmp_path, "a", "--first")
    assert said() == [f"one administrator alone cannot grant a role that signs: {how}"]
    add(tmp_path, "b", "--first")
    assert said() == []


def test_an_account_of_a_township_names_one_that_has_villages(tmp_path: Path) -> None:
    add(tmp_path, "a", "--first")
    with closing(build(Settings(folder=tmp_path))) as system:
        registered_village(system, "甲村", "甲镇")
    of = ("c", "--role", "township_office")
    wrong = add(tmp_path, *of, "--township", "丙镇")
    assert wrong.exit_code == 2 and "townships: 甲镇" in wrong.stderr
    none = add(tmp_path, *of)
    assert none.exit_code == 1 and "account.SCOPE_FITS" in none.stderr
    assert add(tmp_path, *of, "--township", "甲镇").exit_code == 0


def test_help_has_an_example_and_nonsense_is_told_from_refusal(tmp_path: Path) -> None:
    for command in ("add", "list", "reset", "disable"):
        assert "Example: lianjian account" in CliRunner().invoke(app, ["account", command, "--help"]).stdout
    assert add(tmp_path, "a", "--role", "king").exit_code == 2
    assert add(tmp_path, "a", "--role", "branch_clerk", "--unit", "nowhere").exit_code == 2


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("LIANJIAN_SECURE", "yes", "it is 1 for pages reached over HTTPS only, or 0"),
        ("LIANJIAN_PROXIES", "10.0.0.2,everybody", "it lists addresses or networks"),
        ("LIANJIAN_IDLE_MINUTES", "0", "1 to 720"),
    ],
)
def test_a_setting_that_cannot_be_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValueError, match=name) as error:
        from_environment(tmp_path)
    assert says in str(error.value)


def test_the_door_is_set_in_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIANJIAN_SECURE", "1")
    monkeypatch.setenv("LIANJIAN_HOSTS", "county.example, lianjian.county.example")
    monkeypatch.setenv("LIANJIAN_PROXIES", "10.0.0.2,10.1.0.0/16")
    monkeypatch.setenv("LIANJIAN_IDLE_MINUTES", "15")
    settings = from_environment(tmp_path)
    assert settings.secure_cookies and settings.idle_minutes == 15
    assert settings.hosts == ("county.example", "lianjian.county.example")
    assert settings.proxies == ("10.0.0.2", "10.1.0.0/16")
