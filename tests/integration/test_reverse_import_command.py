"""``lianjian reverse-import``: what a script imported, a script takes back."""

from __future__ import annotations

import json
from importlib.resources import as_file, files
from pathlib import Path
from shutil import copytree

from typer.testing import CliRunner, Result

from interface.cli.main import app


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def test_what_a_script_imported_it_takes_back(tmp_path: Path) -> None:
    data = ("--data", str(tmp_path / "data"), "--json")
    with as_file(files("interface.demo").joinpath("ledgers")) as shipped:
        ledgers = copytree(shipped, tmp_path / "ledgers")
    tried = json.loads(run("import", str(ledgers), "--dry-run", *data).stdout)
    assert tried["import"] is None
    first = json.loads(run("import", str(ledgers), *data).stdout)
    assert first["import"].startswith("import-") and first["recorded"] > 0
    figures = run("figures", "--year", "2025", *data).stdout
    again = json.loads(run("import", str(ledgers), *data).stdout)
    assert again["unchanged"] == first["accepted"] and again["import"] != first["import"]
    reason = ("--because", "表格选错")
    nothing = run("reverse-import", again["import"], *reason, *data)
    assert nothing.exit_code == 1 and not json.loads(nothing.stdout)["possible"]
    assert run("reverse-import", "import-none", *reason, *data).exit_code == 2
    assert run("reverse-import", first["import"], "--because", " ", *data).exit_code == 2
    foreseen = run("reverse-import", first["import"], *reason, "--dry-run", *data)
    assert foreseen.exit_code == 0 and run("figures", "--year", "2025", *data).stdout == figures
    done = run("reverse-import", first["import"], *reason, *data)
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["voided"] == json.loads(foreseen.stdout)["voided"] != {}
    assert json.loads(run("figures", "--year", "2025", *data).stdout)["pairings"] == 0
    assert run("reverse-import", first["import"], *reason, *data).exit_code == 1
    assert run("rebuild", "--check", *data).exit_code == 0
