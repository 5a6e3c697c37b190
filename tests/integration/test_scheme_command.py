"""``lianjian scheme`` as an assessor at a desk and as a script use it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from application.settings import Settings
from domain.assessment.scheme_file.moving_on import moved_on
from domain.assessment.schemes import scheme_text
from interface.cli.main import app
from interface.composition import build
from tests.kit.prepared import prepared

TEXT = scheme_text(2025)


def run(*words: str) -> Result:
    return CliRunner(env={"LIANJIAN_DATABASE_URL": None, "LIANJIAN_DATA": None}).invoke(app, list(words))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("data")
    prepared(folder).close()
    return str(folder)


def write(folder: Path, text: str) -> str:
    path = folder / "2026.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_good_file_has_nothing_wrong(tmp_path: Path) -> None:
    file = write(tmp_path, TEXT)
    answer = run("scheme", "check", file)
    assert answer.exit_code == 0, answer.output
    assert "2025, version 1: 15 indicators," in answer.stdout
    assert "cases hold, nothing is wrong" in answer.stdout
    told = json.loads(run("scheme", "check", file, "--json").stdout)
    assert (told["year"], told["version"], told["problems"]) == (2025, 1, [])
    assert told["cases"] > 30 and told["failed"] == told["without_cases"] == []


def test_a_case_that_does_not_hold_is_named_by_line(tmp_path: Path) -> None:
    text = TEXT.replace("{ measured = 3, points = 6 }", "{ measured = 3, points = 7 }", 1)
    file = write(tmp_path, text)
    answer = run("scheme", "check", file)
    line = next(n for n, each in enumerate(text.split("\n"), 1) if "measured = 3, points = 7" in each)
    assert answer.exit_code == 1
    assert f"{file}:{line}: B1.sessions" in answer.stdout and "应为 7 分，算得 6 分" in answer.stdout
    told = json.loads(run("scheme", "check", file, "--json").stdout)
    assert [(each["line"], each["case"], each["found"]) for each in told["failed"]] == [
        (line, "B1.sessions", "6 分")
    ]


def test_what_is_wrong_is_named_by_line_in_both_languages(tmp_path: Path) -> None:
    file = write(
        tmp_path, TEXT.replace('kind = "months"', 'kind = "monthz"').replace("max = 8", "max = true", 1)
    )
    answer = run("scheme", "check", file)
    assert answer.exit_code == 1
    lines = TEXT.split("\n")
    wrong = [lines.index('kind = "months"') + 1, lines.index("max = 8") + 1]
    assert all(f"{file}:{line}:" in answer.stdout for line in wrong)
    told = json.loads(run("scheme", "check", file, "--json").stdout)
    assert [each["line"] for each in told["problems"]] == wrong
    assert all(each["what"]["zh"] and each["remedy"]["en"] for each in told["problems"])


@pytest.mark.parametrize(
    ("raw", "said"),
    [(None, "cannot be read"), (b"\xff\xfe", "not UTF-8"), (b"#" * 500_001, "at most 500000")],
)
def test_what_cannot_be_read_ends_with_two(tmp_path: Path, raw: bytes | None, said: str) -> None:
    file = tmp_path / "x.toml"
    if raw is not None:
        file.write_bytes(raw)
    answer = run("scheme", "check", str(file))
    assert answer.exit_code == 2 and said in answer.stderr.replace("\n", " ")


def test_a_published_scheme_is_printed_byte_for_byte(data: str) -> None:
    assert run("scheme", "show", "--year", "2025", "--data", data).stdout_bytes == TEXT.encode()
    assert run("scheme", "show", "--year", "2025", "--version", "1", "--data", data).stdout == TEXT
    missing = run("scheme", "show", "--year", "2025", "--version", "9", "--data", data)
    assert missing.exit_code == 2 and "no scheme of 2025 is published as version 9" in missing.stderr


def test_a_file_is_tried_on_a_year_that_is_over(data: str, tmp_path: Path) -> None:
    same = write(tmp_path, moved_on(TEXT, 2025, 2026))
    assert "0 of 147 pairings move" in run("scheme", "backtest", same, "--data", data).stdout
    changed = moved_on(TEXT, 2025, 2026).replace("each = 2, at_most = 8", "each = 4, at_most = 8")
    file = write(tmp_path, changed)
    told = json.loads(run("scheme", "backtest", file, "--year", "2025", "--json", "--data", data).stdout)
    assert (told["year"], told["subjects"]) == (2025, 147)
    assert told["moved"] == len(told["moves"]) > 0 and told["fallen"] == 0
    assert told["changes"] == [
        {"code": "title", "aspect": "title"},
        {"code": "source", "aspect": "clause"},
        {"code": "B1.sessions", "aspect": "rule"},
    ]
    first = told["moves"][0]
    assert first["village"] and first["unit"]
    assert [line["code"] for line in first["lines"]] == ["B1"]
    assert float(first["total_after"]) > float(first["total_before"])
    people = run("scheme", "backtest", file, "--year", "2025", "--data", data).stdout
    assert f"{first['village']} × {first['unit']}: " in people and "每次 4 分" in people


@pytest.mark.parametrize(
    ("text", "year", "said"),
    [("year = ", "2025", "scheme check"), (TEXT, "2019", "2019")],
)
def test_what_cannot_be_tried_is_said(data: str, tmp_path: Path, text: str, year: str, said: str) -> None:
    answer = run("scheme", "backtest", write(tmp_path, text), "--year", year, "--data", data)
    assert answer.exit_code == 2 and said in answer.stderr and answer.stdout == ""


def test_without_a_year_to_try_it_on_that_is_said(tmp_path: Path) -> None:
    build(Settings(folder=tmp_path / "empty")).close()
    answer = run("scheme", "backtest", write(tmp_path, TEXT), "--data", str(tmp_path / "empty"))
    assert answer.exit_code == 2 and "there is no year to try it on" in answer.stderr
