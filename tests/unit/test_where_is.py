"""What CONTRIBUTING.md says stands somewhere stands there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
PLACES = [
    (path, name)
    for path, names in re.findall(r"^\|.+\? \| `([^`]+)`: (`[^|]+`) \|$", TEXT, re.MULTILINE)
    for name in re.findall("`([^`]+)`", names)
]


def defined(path: Path) -> Iterator[str]:
    """What a Python file defines: functions, methods, classes, and names that a value is given."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                yield name


def test_twenty_questions_are_answered() -> None:
    rows = TEXT.partition("## Where is ...?")[2].partition("\n## ")[0].count("? | `")
    assert rows >= 20
    assert len({path for path, _ in PLACES}) >= 20


@pytest.mark.parametrize(("path", "name"), PLACES, ids=str)
def test_a_thing_stands_where_it_is_said_to(path: str, name: str) -> None:
    file = ROOT / path
    if file.suffix == ".py":
        assert name in set(defined(file))
    else:
        assert re.search(rf"\b{re.escape(name)}\b", file.read_text(encoding="utf-8"))


def test_every_path_that_is_named_exists() -> None:
    named = set(re.findall(r"`((?:domain|application|projections|interface|tests)/[\w./]+)`", TEXT))
    assert len(named) > 30
    assert sorted(path for path in named if not (ROOT / path).exists()) == []
    linked = re.findall(r"\]\((?!http)([^)#]+)\)", TEXT)
    assert [path for path in linked if not (ROOT / path).exists()] == []
