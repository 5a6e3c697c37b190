"""``lianjian token`` and ``lianjian do``: by whose token, with which words, and with which exit status."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from application.acting import DOABLE
from application.look import look_of
from application.things import FINDING
from application.verbs.supervision import raise_finding
from domain.attachment.events import AttachmentAdded
from domain.supervision import clauses
from domain.supervision.finding_history import Status
from interface.cli.do import example_words
from interface.cli.main import app
from tests.kit.demo_ids import PAIRING
from tests.kit.scripts import Api, api_of


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    api = api_of(tmp_path_factory.mktemp("county"))
    yield api
    api.close()


def run(county: Api, *words: str, token: str = "") -> Result:
    environment = {"LIANJIAN_TOKEN": token} if token else {"LIANJIAN_TOKEN": ""}
    return CliRunner(env=environment).invoke(app, [*words, "--data", str(county.system.settings.folder)])


def token(county: Api, username: str, *more: str) -> str:
    issued = run(county, "token", "issue", username, "--for", "test", *more)
    assert issued.exit_code == 0, issued.output
    return issued.stdout.strip()


def test_the_example_of_the_help_is_done_and_a_second_time_refused(county: Api) -> None:
    words, ducha = example_words(raise_finding), token(county, "ducha")
    words += ["--inspector", "甲督衡"]
    done = run(county, *words, "--json", token=ducha)
    assert done.exit_code == 0, done.output
    key = json.loads(done.stdout)["key"]
    newest = county.system.log.read(after=county.system.log.position() - 1)[0]
    assert (newest.by.actor, newest.by.office) == ("ducha", "县联建工作监督小组")
    assert (newest.by.source.kind, newest.by.source.name) == ("command", "do finding raise-finding")
    again = run(county, *words, "--json", token=ducha)
    assert again.exit_code == 1
    assert json.loads(again.stdout)["clause"]["id"] in again.stderr
    ordered = ["--ordered-on=2025-05-07", "--due-on", "2025-06-07", "--document-no", "联督〔2025〕88号"]
    path = ("do", "finding", "order-rectification", key, *ordered)
    tried = run(county, *path, "--measures", "补齐", "--dry-run", token=ducha)
    assert tried.exit_code == 0 and "dry run" in tried.stdout
    assert FINDING.state(look_of(county.system), key).status is Status.RAISED
    said = run(county, *path, "--measures", "补齐", token=ducha)
    assert said.exit_code == 0 and "整改通知已下达" in said.stdout
    assert FINDING.state(look_of(county.system), key).status is Status.ORDERED


def test_fields_come_from_a_file_too(county: Api, tmp_path: Path) -> None:
    file, kept = tmp_path / "fields.json", tmp_path / "token"
    file.write_text(json.dumps({"number": "WT2025-777", "inspector": "甲督衡"}), encoding="utf-8")
    kept.write_text(token(county, "ducha") + "\n", encoding="utf-8")
    words = [each for each in example_words(raise_finding) if each not in ("--number", "WT2025-900")]
    done = run(county, *words, "--input", str(file), "--token-file", str(kept))
    assert done.exit_code == 0, done.output


def test_a_field_is_stated_once_by_an_option_or_in_the_file(county: Api, tmp_path: Path) -> None:
    file = tmp_path / "fields.json"
    file.write_text(json.dumps({"because": "误录"}), encoding="utf-8")
    words = ("do", "finding", "withdraw-finding", "f-1", "--because", "重复", "--input", str(file))
    twice = run(county, *words, token=token(county, "ducha"))
    assert twice.exit_code == 2 and "states because, which is also given as an option" in twice.stderr


def test_a_rule_and_a_role_refuse_with_status_one(county: Api) -> None:
    path = ("do", "finding", "order-rectification")
    fields = ("--ordered-on", "2025-05-07", "--due-on", "2025-06-07", "--document-no", "x", "--measures", "x")
    refused = run(county, *path, "f-none", *fields, token=token(county, "ducha"))
    assert refused.exit_code == 1 and "f-none" in refused.stderr
    forbidden = run(county, *path, "f-none", *fields, token=token(county, "kaohe"))
    assert forbidden.exit_code == 1 and "无权办理" in forbidden.stderr and "Not allowed" in forbidden.stderr
    scoped = token(county, "ducha", "--only", "serve-order")
    assert run(county, *path, "f-none", *fields, token=scoped).exit_code == 1
    with_clause = run(county, *example_words(raise_finding), token=token(county, "ducha"))
    clause = clauses.INSPECTOR_NAMED
    assert with_clause.exit_code == 1
    assert all(each in with_clause.stderr for each in (clause.id, clause.zh, clause.en, clause.remedy_zh))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["do", "finding", "order-rectification"], "KEY"),
        (["do", "finding", "order-rectification", "f-1", "stray"], "stray"),
        (["do", "finding", "order-rectification", "f-1", "--due-on"], "--due-on has no value"),
        (
            ["do", "finding", "withdraw-finding", "f-1", "--because", "", "--withdrawn-on=2026-11-20"],
            "--because",
        ),
        (["do", "finding", "withdraw-finding", "f-1", "--because", "--withdrawn-on=2026-11-20"], "no value"),
        (["do", "finding", "withdraw-finding", "f-1", "--because", "--dry-run"], "write --because=--dry-run"),
        (["do", "finding", "withdraw-finding", "f-1", "--because", "--json", "x"], "write --because=--json"),
        (["do", "finding", "order-rectification", "f-1", "--input", "nowhere.json"], "nowhere.json"),
        (["do", "finding", "serve-order", "f-1", "--colour", "red"], "--colour"),
        (["do", "finding", "serve-order", "f-1", "--served-on", "gestern"], "“gestern”不是日期"),
        (
            ["do", "score-sheet", "self-score", "x", *["--scores", "[]"] * 2],
            "--scores is given twice",
        ),
        (["do", "finding", "serve-order", "k" * 201], "KEY: "),
        (["token", "issue", "ducha", "--for", "x", "--only", "fly"], "fly"),
        (["token", "issue", "nobody", "--for", "x"], "nobody"),
        (["token", "issue", "ducha", "--for", " "], "--for"),
        (["token", "revoke", "none"], "none"),
    ],
)
def test_what_is_not_understood_ends_with_status_two(county: Api, words: list[str], said: str) -> None:
    answer = run(county, *words, token=token(county, "ducha"))
    assert answer.exit_code == 2 and said in answer.stderr, answer.output


def test_a_value_may_be_spelled_like_an_option_of_the_command(county: Api) -> None:
    words = example_words(raise_finding)
    words[words.index("--number") + 1] = "WT2025-778"
    at = words.index("--description")
    words[at : at + 2] = ["--description=--dry-run"]
    done = run(county, *words, "--inspector", "甲督衡", "--json", token=token(county, "ducha"))
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert not told["dry_run"]
    raised = FINDING.state(look_of(county.system), told["key"]).raised
    assert raised is not None and raised.description == "--dry-run"


def test_nobody_acts_without_a_good_token(county: Api) -> None:
    words = ("do", "finding", "serve-order", "f-1", "--served-to", "x")
    before = county.system.log.position()
    without = run(county, *words)
    assert without.exit_code == 2 and "LIANJIAN_TOKEN" in without.stderr
    assert run(county, *words, token="lianjian_guessed").exit_code == 1
    assert county.system.log.position() == before


def test_tokens_are_listed_and_revoked(county: Api) -> None:
    kept = token(county, "kaohe", "--read-only", "--days", "3")
    (listed,) = json.loads(run(county, "token", "list", "--account", "kaohe", "--json").stdout)[:1]
    assert listed["state"] == "good" and "list_findings" in listed["only"] and kept not in str(listed)
    assert run(county, "token", "revoke", listed["id"]).exit_code == 0
    assert listed["id"] in run(county, "token", "list").stdout
    (listed,) = json.loads(run(county, "token", "list", "--account", "kaohe", "--json").stdout)[:1]
    assert listed["state"] == "revoked"


def test_what_is_stated_twice_is_told_to_be_on_record(county: Api) -> None:
    stated = ("--post", "invited_member", "--person", "戊某", "--began-on", "2025-06-01")
    words, ducha = ("do", "pairing", "state-appointment", PAIRING, *stated), token(county, "ducha")
    assert "任职已补记" in run(county, *words, token=ducha).stdout
    again = run(county, *words, token=ducha)
    assert again.exit_code == 0 and "任职已补记" not in again.stdout and "没有新的记录" in again.stdout


def test_a_token_that_reads_only_is_narrowed_to_the_questions_named(county: Api) -> None:
    token(county, "kaohe", "--read-only", "--only", "list-findings")
    listed = json.loads(run(county, "token", "list", "--account", "kaohe", "--json").stdout)
    assert ["list_findings"] in [each["only"] for each in listed]


def test_what_there_is_to_do_is_told_with_an_example_each() -> None:
    everything = CliRunner().invoke(app, ["do", "--help"]).stdout
    for verb in DOABLE.values():
        words = example_words(verb)
        told = CliRunner().invoke(app, [*words[:3], "--help"])
        assert told.exit_code == 0 and f"Example: lianjian {' '.join(words[:3])}" in told.stdout
        assert " ".join(words[1:3]) in everything
        assert all(f"--{field.name.replace('_', '-')} " in told.stdout for field in verb.fields)
    assert CliRunner().invoke(app, ["do", "finding", "praise"]).exit_code == 2


def test_a_file_is_attached_by_whoever_may(county: Api, tmp_path: Path) -> None:
    file, finding = tmp_path / "纪要.pdf", county.keys(FINDING)[0]
    file.write_bytes(b"%PDF-1.7\nminutes of the visit")
    path, before = ("attach", "finding", finding), county.system.log.position()
    done = run(county, *path, str(file), "--json", token=token(county, "ducha"))
    assert done.exit_code == 0, done.output
    (recorded,) = county.system.log.read(after=before)
    assert isinstance(recorded.event, AttachmentAdded) and recorded.event.finding_id == finding
    assert (recorded.by.actor, recorded.by.source.name) == ("ducha", "attach")
    assert json.loads(done.stdout)["events"][0]["values"]["digest"] == recorded.event.digest
    again = run(county, *path, str(file), token=token(county, "ducha"))
    assert again.exit_code == 1 and "只保存一次" in again.stderr
    assert run(county, *path, str(file), token=token(county, "kaohe")).exit_code == 1
    assert run(county, *path, str(tmp_path / "none.pdf"), token=token(county, "ducha")).exit_code == 2
    assert run(county, *path, str(file)).exit_code == 2
    assert county.system.log.position() == before + 1
