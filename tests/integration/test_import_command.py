"""The import on the command line: file names of any bytes, terminals of any encoding, what is handed back."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from click.testing import Result
from typer.testing import CliRunner

from interface.cli.main import app
from interface.ledgers.reader import read_ledgers
from interface.ledgers.writer import write_refused
from projections.kit.csv_cells import cell_of
from tests.unit.ledgers.ledger_books import pairing, right, write_book

FIELD = Path(__file__).parents[1] / "golden" / "field"
BASE = FIELD / "00-base"


def lianjian(
    *words: str, by: tuple[str, ...] = ("-m", "interface.cli.main"), **env: str
) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    command = [sys.executable, *by, *words]
    root = Path(__file__).parents[2]
    return subprocess.run(command, env=kept | env, capture_output=True, check=False, cwd=root)


IN_TURN = """
import sys
from interface.cli.main import main
words = sys.argv[1:]
while words:
    end = words.index("then")
    sys.argv, words = ["lianjian", *words[:end]], words[end + 1 :]
    try:
        main()
        code = 0
    except SystemExit as ended:
        code = ended.code
    print("\\0", code, "\\0", sep="", end="", flush=True)
"""


def in_turn(*commands: tuple[str, ...], **env: str) -> list[tuple[int, str]]:
    """Commands one after another in one process, which takes a second to start: how each ended, and what it printed."""
    words = [word for command in commands for word in (*command, "then")]
    done = lianjian(*words, by=("-c", IN_TURN), **env)
    assert b"Traceback" not in done.stderr and done.returncode == 0, done.stderr
    *parts, rest = done.stdout.decode(errors="replace").split("\0")
    assert rest == ""
    return [(int(code), said) for said, code in zip(parts[::2], parts[1::2], strict=True)]


def here(*words: str) -> Result:
    """The command in this process, where its surroundings are not what is looked at."""
    env = {"LIANJIAN_DATABASE_URL": None, "LIANJIAN_DATA": None}
    return CliRunner(env=env).invoke(app, words, catch_exceptions=False)


def copied(folder: Path) -> Path:
    shutil.copytree(BASE, folder)
    return folder


def test_a_file_name_in_gbk_is_imported_and_shown_readable(tmp_path: Path) -> None:
    ledgers = copied(tmp_path / "ledgers")
    (ledgers / "活动台账.xlsx").rename(ledgers / os.fsdecode("活动台账.xlsx".encode("gbk")))
    data = str(tmp_path / "data")
    dry = here("import", str(ledgers), "--data", data, "--json", "--dry-run")
    answer = lianjian("import", str(ledgers), "--data", data, "--json")
    assert (dry.exit_code, answer.returncode) == (0, 0), answer.stderr
    assert json.loads(answer.stdout)["accepted"] == json.loads(dry.stdout)["accepted"] == 9
    told = here(
        "explain", "--year", "2025", "--village", "上坪村", "--indicator", "A3", "--data", data, "--json"
    )
    assert "活动台账.xlsx" in told.stdout


@pytest.mark.parametrize(
    "env",
    [
        pytest.param({"LC_ALL": "C"}, marks=pytest.mark.long),
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        pytest.param({"PYTHONIOENCODING": "ascii"}, marks=pytest.mark.long),
        pytest.param({"PYTHONIOENCODING": "latin-1"}, marks=pytest.mark.long),
    ],
    ids=["C", "plain C", "ascii", "latin-1"],
)
def test_a_terminal_without_chinese_ends_no_command(tmp_path: Path, env: dict[str, str]) -> None:
    data, ledgers = str(tmp_path / "data"), str(FIELD / "36-subtotals")
    answer, people, scores, missing = in_turn(
        ("import", ledgers, "--data", data, "--json"),
        ("import", ledgers, "--data", data),
        ("scores", "--year", "2025", "--csv", "--data", data),
        ("import", "没有的文件夹", "--data", data),
        **env,
    )
    assert [answer[0], people[0], scores[0], missing[0]] == [0, 0, 0, 2]
    assert json.loads(answer[1])["new"]["villages"] == ["上坪村", "下河社区"]
    assert "were passed over as totals: 5, 6, 8" in people[1]
    assert len(scores[1].splitlines()) == 3


def test_the_result_says_the_year_what_is_new_and_what_was_passed_over(tmp_path: Path) -> None:
    data = str(tmp_path / "data")
    answer = here("import", str(FIELD / "13a-hidden-draft-sheet"), "--data", data)
    assert answer.exit_code == 0
    said = answer.stdout
    assert "assessment year 2025 (read from the ledgers; --year names another)" in said
    assert "new villages: 2 (上坪村, 下河社区)" in said
    assert "note: 活动台账.xlsx · 草稿: a hidden sheet with 2 rows was passed over" in said
    again = json.loads(here("import", str(BASE), "--data", data, "--json", "--year", "2025").stdout)
    assert (again["year_from"], again["events"], again["warnings"]) == ("given", 0, [])
    assert again["new"] == {"units": [], "villages": [], "pairings": []}


def test_rows_refused_by_a_rule_are_handed_back_with_what_speaks_against_them(tmp_path: Path) -> None:
    data, ledgers = str(tmp_path / "data"), copied(tmp_path / "ledgers")
    assert here("import", str(ledgers), "--data", data).exit_code == 0
    path = ledgers / "结对台账.xlsx"
    book = openpyxl.load_workbook(path)
    headers = [cell.value for cell in book["结对台账"][2]]
    book["结对台账"].cell(3, headers.index("结对日期") + 1).value = "2025-01-02"
    book.save(path)
    back = tmp_path / "退回.xlsx"
    answer = here("import", str(ledgers), "--data", data, "--json", "--refused-to", str(back))
    (refused,) = json.loads(answer.stdout)["refused"]
    assert (refused["row"], refused["code"]) == (3, "pairing.LEDGER_DIFFERS")
    page = openpyxl.load_workbook(back)["结对台账"]
    row = dict(zip([cell.value for cell in page[2]], page[3], strict=True))
    assert (page.max_row, row["联建单位"].value) == (3, "云州水利局")
    assert refused["message_zh"] in row["原因"].value and "2025-01-02" in row["原因"].value
    assert (read_ledgers(back).warnings, len(read_ledgers(back).rows)) == ((), 1)


@pytest.mark.parametrize("there", [True, False])
def test_a_place_that_cannot_be_written_is_one_line(tmp_path: Path, there: bool) -> None:
    target = tmp_path if there else tmp_path / "no" / "r.xlsx"
    answer = here("import", str(BASE), "--data", str(tmp_path / "data"), "--refused-to", str(target))
    assert answer.exit_code == 2
    assert "--refused-to" in answer.stderr and "Traceback" not in answer.stderr


# --- no text becomes a formula ------------------------------------------------------------------------------------


def test_no_cell_of_the_scores_is_a_formula(tmp_path: Path) -> None:
    name = '=HYPERLINK("http://example.invalid")'
    ledgers, data = tmp_path / "ledgers", str(tmp_path / "data")
    ledgers.mkdir()
    # Through the shared strings, as a spreadsheet writes somebody's text that begins with "=".
    path = write_book(
        ledgers / "台账.xlsx",
        {"pairings": [pairing(village="改名村")], "activities": [right("activities", village="改名村")]},
    )
    book = openpyxl.load_workbook(path)
    for sheet in ("结对台账", "活动台账"):
        for row in book[sheet].iter_rows(min_row=3):
            for cell in row:
                if cell.value == "改名村":
                    cell.value, cell.data_type = name, "s"
    book.save(path)
    assert here("import", str(ledgers), "--data", data).exit_code == 0
    rows = list(csv.reader(io.StringIO(here("scores", "--year", "2025", "--csv", "--data", data).stdout)))
    assert rows[1][0] == f"'{name}"
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]


@pytest.mark.parametrize("text", ["=1+1", "+86 10", "-甲", "@sum", "\t=1", "\r=1", " =1", "＝1", "-2"])
def test_a_text_that_looks_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert cell_of(text) == f"'{text}"


def test_numbers_and_other_texts_stay_as_they_are() -> None:
    row = ["12", -3, Decimal("-3.00"), None, "上坪村", "a=b", ""]
    assert [cell_of(value) for value in row] == row


def test_a_text_handed_back_stays_text_when_somebody_edits_it(tmp_path: Path) -> None:
    path = write_book(
        tmp_path / "台账.xlsx",
        {"pairings": [pairing()], "activities": [right("activities", theme="+86", participants=-1)]},
    )
    ledgers = read_ledgers(path)
    write_refused(tmp_path / "退回.xlsx", ledgers.written, ledgers.refused)
    page = openpyxl.load_workbook(tmp_path / "退回.xlsx")["活动台账"]
    cell = page.cell(3, [c.value for c in page[2]].index("活动主题") + 1)
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("+86", "s", True)
    assert isinstance(page.cell(3, [c.value for c in page[2]].index("参加人数") + 1).value, int)
