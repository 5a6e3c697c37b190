"""The import contracts: kept by the house as it is, and each seen to fail on a broken copy of it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("domain", "application", "projections", "interface", "tests/kit")

LAYERS = "interface > application > projections > domain"
PURE_DOMAIN = "the domain imports only the standard library"
ONE_EVENTLOG = "only application.eventlog imports eventsourcing"
CONTEXTS = "contexts meet only in domain.kernel"
ROOMS = "the rooms of the assessment: year > scoring > scheme_file > scheme"
DOORS = "pages and API do not know each other"
SERVED = "nothing that is served knows the command line"
NO_REQUEST = "documents know neither pages nor API"
NO_CIRCLES = "no circle between files or rooms"

BREACHES = [
    (LAYERS, "projections/boards/trail.py", "import application.claims.naming"),
    (LAYERS, "application/claims/naming.py", "import interface.settings"),
    (LAYERS, "projections/boards/trail.py", "import interface.settings"),
    (PURE_DOMAIN, "domain/kernel/ids.py", "import msgspec"),
    (PURE_DOMAIN, "domain/supervision/finding.py", "from sqlalchemy import select"),
    (ONE_EVENTLOG, "application/claims/naming.py", "import eventsourcing.persistence"),
    (ONE_EVENTLOG, "projections/kit/runner.py", "from eventsourcing.persistence import Tracking"),
    (ONE_EVENTLOG, "interface/composition.py", "import eventsourcing"),
    (CONTEXTS, "domain/pairing/pairing.py", "import domain.supervision.events"),
    (CONTEXTS, "domain/kernel/ids.py", "import domain.registry.clauses"),
    (ROOMS, "domain/assessment/scheme/scheme.py", "import domain.assessment.scheme_file.case_text"),
    (ROOMS, "domain/assessment/scheme_file/case_text.py", "import domain.assessment.scoring.sheet"),
    (ROOMS, "domain/assessment/scoring/sheet.py", "import domain.assessment.year.events"),
    (DOORS, "interface/api/app.py", "import interface.web.kit.rendering"),
    (DOORS, "interface/web/kit/rendering.py", "import interface.api.app"),
    (SERVED, "interface/web/kit/rendering.py", "import interface.cli.output"),
    (NO_REQUEST, "interface/documents/common.py", "import fastapi"),
    (NO_REQUEST, "interface/documents/common.py", "import interface.web.kit.values"),
    (NO_CIRCLES, "domain/kernel/folding.py", "import domain.kernel.document_no"),
    (NO_CIRCLES, "application/stores/vault.py", "import application.ledgers.workbooks"),
]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The packages' modules and the contracts, to be broken."""
    for package in PACKAGES:
        for module in (ROOT / package).rglob("*.py"):
            target = tmp_path / module.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(module, target)
    shutil.copy(ROOT / "tests/__init__.py", tmp_path / "tests/__init__.py")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint(folder: Path) -> tuple[int, dict[str, str]]:
    """import-linter's exit code, and KEPT or BROKEN for every contract."""
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
    )
    verdicts = dict(re.findall(r"^(.+?) (KEPT|BROKEN)\b", done.stdout, re.MULTILINE))
    assert verdicts, done.stdout + done.stderr
    return done.returncode, verdicts


def test_all_contracts_are_kept(copy: Path) -> None:
    contracts = (LAYERS, PURE_DOMAIN, ONE_EVENTLOG, CONTEXTS, DOORS, SERVED, NO_REQUEST, ROOMS, NO_CIRCLES)
    assert lint(copy) == (0, dict.fromkeys(contracts, "KEPT"))


@pytest.mark.parametrize(("contract", "module", "line"), BREACHES)
def test_a_breach_is_found_and_names_its_contract(copy: Path, contract: str, module: str, line: str) -> None:
    with (copy / module).open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")

    code, verdicts = lint(copy)

    assert code == 1
    broken = {name for name, verdict in verdicts.items() if verdict == "BROKEN"}
    # A room that looks up where it may not is in a circle as well.
    assert contract in broken and broken <= {contract, NO_CIRCLES}


def test_a_new_context_is_held_to_the_contracts_without_being_listed(copy: Path) -> None:
    newcomer = copy / "domain/newcomer"
    newcomer.mkdir()
    (newcomer / "__init__.py").write_text("import domain.appeal.events\nimport openpyxl\n", encoding="utf-8")

    code, verdicts = lint(copy)

    assert code == 1
    assert {name for name, verdict in verdicts.items() if verdict == "BROKEN"} == {PURE_DOMAIN, CONTEXTS}
