"""Which Chinese texts the pages ask translations for."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, nodes

import interface.documents
import interface.web
from interface.demo.accounts import DEMO_ACTORS
from interface.words import LABELS, SENTENCES

WEB = Path(interface.web.__file__).parent
DOCUMENTS = Path(interface.documents.__file__).parent
CALLS = {"_", "t", "translate", "say"}
CARRIERS = {"title", "why"}
"""Keyword arguments of ``error_page`` that its templates translate."""


def is_chinese(text: str) -> bool:
    return any("\u4e00" <= c <= "\u9fff" for c in text)


def asked() -> set[str]:
    """Every text a page may ask for."""
    found = set(SENTENCES.values())
    found |= {word for group in LABELS.values() for word in group.values()}
    found |= {actor.display_name for actor in DEMO_ACTORS}
    for path in sorted(WEB.rglob("*.html")):
        found |= set(_in_template(path.read_text(encoding="utf-8")))
    for path in [*sorted(WEB.rglob("*.py")), *sorted(DOCUMENTS.glob("*.py"))]:
        found |= set(_in_python(path.read_text(encoding="utf-8")))
    return {text for text in found if is_chinese(text)}


def _in_template(source: str) -> Iterator[str]:
    tree = Environment().parse(source)
    for call in tree.find_all(nodes.Call):
        name = call.node.name if isinstance(call.node, nodes.Name) else getattr(call.node, "attr", "")
        if name in CALLS:
            yield from (arg.value for arg in call.args[:1] if isinstance(arg, nodes.Const))
    # Titles that a loop hands to ``_`` stand in lists of constants.
    for row in tree.find_all(nodes.Tuple):
        yield from (
            each.value for each in row.items if isinstance(each, nodes.Const) and isinstance(each.value, str)
        )


def _in_python(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name in CALLS | {"Malformed"}:
            yield from _constants(node.args)
        yield from _constants([word.value for word in node.keywords if word.arg in CARRIERS])


def _constants(values: list[ast.expr]) -> Iterator[str]:
    for value in values:
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield value.value
