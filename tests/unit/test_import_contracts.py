"""The import contracts: kept by the house as it is, and each seen to fail where the house is broken."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from copy import deepcopy
from pathlib import Path

import pytest
from grimp import ImportGraph, build_graph
from importlinter.application.app_config import settings
from importlinter.application.use_cases import lint_imports
from importlinter.configuration import configure

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
    (LAYERS, "projections.boards.trail", "application.claims.naming"),
    (LAYERS, "application.claims.naming", "interface.settings"),
    (LAYERS, "projections.boards.trail", "interface.settings"),
    (PURE_DOMAIN, "domain.kernel.ids", "msgspec"),
    (PURE_DOMAIN, "domain.supervision.finding", "sqlalchemy"),
    (ONE_EVENTLOG, "application.claims.naming", "eventsourcing"),
    (ONE_EVENTLOG, "projections.kit.runner", "eventsourcing"),
    (ONE_EVENTLOG, "interface.composition", "eventsourcing"),
    (CONTEXTS, "domain.pairing.pairing", "domain.supervision.events"),
    (CONTEXTS, "domain.kernel.ids", "domain.registry.clauses"),
    (ROOMS, "domain.assessment.scheme.scheme", "domain.assessment.scheme_file.case_text"),
    (ROOMS, "domain.assessment.scheme_file.case_text", "domain.assessment.scoring.sheet"),
    (ROOMS, "domain.assessment.scoring.sheet", "domain.assessment.year.events"),
    (DOORS, "interface.api.app", "interface.web.kit.rendering"),
    (DOORS, "interface.web.kit.rendering", "interface.api.app"),
    (SERVED, "interface.web.kit.rendering", "interface.cli.output"),
    (NO_REQUEST, "interface.documents.common", "fastapi"),
    (NO_REQUEST, "interface.documents.common", "interface.web.kit.values"),
    (NO_CIRCLES, "domain.kernel.folding", "domain.kernel.document_no"),
    (NO_CIRCLES, "application.stores.vault", "application.ledgers.workbooks"),
]

Imports = Iterable[tuple[str, str]]
Lint = Callable[[Imports], dict[str, str]]


class Altered:
    """Gives the linter a graph that was built before, with imports that are not in the files: files are read once."""

    def __init__(self, graph: ImportGraph, imports: Imports) -> None:
        self.graph = deepcopy(graph)
        for importer, imported in imports:
            self.graph.add_import(importer=importer, imported=imported, line_number=1, line_contents="import")

    def build(self, **_: object) -> ImportGraph:
        return self.graph


@pytest.fixture(scope="module")
def house() -> ImportGraph:
    """Who imports whom in the house as it is."""
    return build_graph(*PACKAGES[:4], include_external_packages=True, cache_dir=None)


def broken(verdicts: dict[str, str]) -> set[str]:
    return {name for name, verdict in verdicts.items() if verdict == "BROKEN"}


@pytest.fixture
def lint(house: ImportGraph, capsys: pytest.CaptureFixture[str]) -> Lint:
    """KEPT or BROKEN for every contract, by the house with these imports."""

    def verdicts(imports: Imports) -> dict[str, str]:
        configure()
        settings.configure(GRAPH_BUILDER=Altered(house, imports))
        kept = lint_imports(str(ROOT / "pyproject.toml"), no_logo=True)
        said = dict(re.findall(r"^(.+?) (KEPT|BROKEN)\b", capsys.readouterr().out, re.MULTILINE))
        assert kept == ("BROKEN" not in said.values())
        return said

    return verdicts


def test_all_contracts_are_kept(lint: Lint) -> None:
    contracts = (LAYERS, PURE_DOMAIN, ONE_EVENTLOG, CONTEXTS, DOORS, SERVED, NO_REQUEST, ROOMS, NO_CIRCLES)
    assert lint([]) == dict.fromkeys(contracts, "KEPT")


@pytest.mark.parametrize(("contract", "importer", "imported"), BREACHES)
def test_a_breach_is_found_and_names_its_contract(
    house: ImportGraph,
    lint: Lint,
    contract: str,
    importer: str,
    imported: str,
) -> None:
    assert {importer, imported} <= house.modules
    names = broken(lint([(importer, imported)]))
    # A room that looks up where it may not is in a circle as well.
    assert contract in names and names <= {contract, NO_CIRCLES}


def test_a_new_context_is_held_to_the_contracts_without_being_listed(
    lint: Lint,
) -> None:
    newcomer = [("domain.newcomer", "domain.appeal.events"), ("domain.newcomer", "openpyxl")]
    assert broken(lint(newcomer)) == {PURE_DOMAIN, CONTEXTS}


def test_a_line_in_a_file_is_a_breach_of_the_command(tmp_path: Path) -> None:
    for package in PACKAGES:
        for module in (ROOT / package).rglob("*.py"):
            target = tmp_path / module.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(module, target)
    for name in ("tests/__init__.py", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    with (tmp_path / "domain/supervision/finding.py").open("a", encoding="utf-8") as file:
        file.write("\nfrom sqlalchemy import select\n")
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8")
    assert done.returncode == 1
    assert f"{PURE_DOMAIN} BROKEN" in done.stdout and done.stdout.count("BROKEN") == 1
