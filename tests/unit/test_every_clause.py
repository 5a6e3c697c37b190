"""Every clause says what it demands in both languages and is seen to refuse in a test of its context."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

from domain.kernel.clause import Clause

ROOT = Path(__file__).parents[2]
MODULES = sorted(
    path.relative_to(ROOT).with_suffix("")
    for name in ("clauses.py", "clauses")
    for path in (ROOT / "domain").rglob(name)
)
CONTEXTS = [module.parts[1] for module in MODULES]
ALL = [
    (module.parts[1], name, value)
    for module in MODULES
    for name, value in vars(import_module(".".join(module.parts))).items()
    if isinstance(value, Clause)
]


def test_there_are_clauses_in_every_context_that_decides() -> None:
    assert CONTEXTS == [
        "account",
        "appeal",
        "assessment",
        "attachment",
        "livelihood",
        "pairing",
        "registry",
        "supervision",
        "system",
    ]
    assert len(ALL) > 50


@pytest.mark.parametrize(("context", "name", "clause"), ALL, ids=lambda value: str(value)[:40])
def test_a_clause_is_complete_and_tested(context: str, name: str, clause: Clause) -> None:
    assert clause.id == f"{context}.{name}"
    assert clause.zh and clause.en and clause.source and clause.remedy_zh and clause.remedy_en
    places = [
        *(ROOT / "tests/unit" / context).glob("test_*.py"),
        *(ROOT / "tests/integration").glob("test_*.py"),
    ]
    named = rf"clauses\.{name}\b|{re.escape(clause.id)}"
    assert any(re.search(named, path.read_text(encoding="utf-8")) for path in places), clause.id
