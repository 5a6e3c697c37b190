"""Every clause says what it demands, and what would be right, in both languages; tests/integration/test_every_remedy.py sees
each refuse."""

from __future__ import annotations

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
        "burden",
        "complaint",
        "document",
        "livelihood",
        "pairing",
        "policy",
        "registry",
        "supervision",
        "system",
    ]
    assert len(ALL) > 50


@pytest.mark.parametrize(("context", "name", "clause"), ALL, ids=lambda value: str(value)[:40])
def test_a_clause_is_complete(context: str, name: str, clause: Clause) -> None:
    assert clause.id == f"{context}.{name}"
    assert clause.zh and clause.en and clause.source and clause.remedy_zh and clause.remedy_en
