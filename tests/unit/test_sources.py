"""A rule's source, and every document that the code names, is one that a reader has."""

from __future__ import annotations

import pkgutil
import re
from functools import cache
from importlib import import_module

import pytest

from domain.kernel.clause import Clause
from interface.words.sources import source_of
from tests.unit.test_repository import ROOT, repository_files

PRODUCT = ("domain", "application", "projections", "interface")
TEXTS = (".css", ".html", ".js", ".json", ".md", ".po", ".py", ".toml")
REGULATIONS = ROOT / "docs" / "rules.md"


@cache
def clauses() -> tuple[Clause, ...]:
    """Every clause that a module of the product names, once."""
    modules = (
        import_module(module.name)
        for room in PRODUCT
        for module in pkgutil.walk_packages([str(ROOT / room)], f"{room}.")
    )
    found = {
        each.id: each for module in modules for each in vars(module).values() if isinstance(each, Clause)
    }
    return tuple(found.values())


@cache
def regulations() -> tuple[str, ...]:
    """The texts that ``docs/rules.md`` says are named, as sources spell them."""
    listed = REGULATIONS.read_text(encoding="utf-8").split("\n## ")[1]
    rows = re.findall(r"^\* ([^\n（：]+)", listed, re.MULTILINE)
    return tuple(name for row in rows for name in row.split("、"))


def wanting(source: str) -> list[str]:
    """The parts of a source that lead a reader nowhere."""
    return [part for part in source.split("; ") if not _leads_somewhere(part)]


def _leads_somewhere(part: str) -> bool:
    if part == "default" or re.fullmatch(r"practice: \S.+", part):
        return not documents_named(part)
    if page := re.fullmatch(r"(docs/\S+\.md)(?: (\d+))?", part):
        path, section = ROOT / page[1], page[2]
        return path.is_file() and (not section or f"\n## {section} " in path.read_text(encoding="utf-8"))
    return any(re.fullmatch(rf"{re.escape(name)}(第.+条.*| ?[一-九A-G].*)?", part) for name in regulations())


def documents_named(text: str) -> list[str]:
    return re.findall(r"(?<![\w*}])[\w./-]*\w\.md\b", text)


@cache
def documents_there() -> tuple[str, ...]:
    return tuple(
        "/" + path.relative_to(ROOT).as_posix() for path in repository_files() if path.suffix == ".md"
    )


def missing(name: str) -> bool:
    return not any(there.endswith("/" + name.lstrip("./")) for there in documents_there())


def test_clauses_outside_the_domain_are_walked_too() -> None:
    assert {"ledger.YEAR_CLEAR", "supervision.CLOSE_AFTER_PASSED"} <= {each.id for each in clauses()}


@pytest.mark.parametrize("clause", clauses(), ids=lambda clause: clause.id)
def test_a_source_is_a_regulation_a_practice_or_a_page_of_docs(clause: Clause) -> None:
    assert wanting(clause.source) == []


@pytest.mark.parametrize("clause", clauses(), ids=lambda clause: clause.id)
def test_an_english_reader_is_told_the_source_in_english(clause: Clause) -> None:
    assert source_of(clause).en.isascii() and source_of(clause).zh


@pytest.mark.parametrize(
    "source",
    [
        "",
        "domain" + ".md C70",
        "seed: 147 agreements",
        "practice: as in worked" + ".md",
        "docs/rules.md 99",
        "docs/nowhere" + ".md",
        "政府督查工作条例第十七条; elsewhere 5",
        "某办法第三条",
    ],
)
def test_a_source_that_nobody_has_is_seen(source: str) -> None:
    assert wanting(source)


def test_every_document_that_a_file_names_is_in_the_repository() -> None:
    named = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in repository_files()
        if path.suffix in TEXTS and "golden" not in path.parts
        for name in documents_named(path.read_text(encoding="utf-8"))
        if missing(name)
    }
    assert sorted(named) == []


def test_a_document_that_is_not_there_is_seen() -> None:
    assert [missing(name) for name in documents_named("[integrity" + ".md 5] as docs/trust.md says")] == [
        True,
        False,
    ]
