"""Which Chinese texts ask for a translation: Babel finds them, as babel.cfg says.

``python -m tests.kit.wording`` brings interface/locales/en.po up to date: new texts come in without a wording, those that
nobody asks for go.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po

from interface.demo.accounts import DEMO_ACTORS
from interface.words import LABELS

ROOT = Path(__file__).parents[2]
WEB = ROOT / "interface/web"
ENGLISH = ROOT / "interface/locales/en.po"
CALLS = (
    "_",
    "t",
    "say",
    "tell",
    "N_",
    "translated",
    "translate:2",
    "Malformed:2",
    "counted:1,1",
    "tell_counted:1,1",
)
"""The calls that mark a text, and which of their arguments it is; one that counts is its own plural."""
Found = tuple[int, str, str | tuple[str | None, ...], list[str]]


def is_chinese(text: str) -> bool:
    return any("\u4e00" <= c <= "\u9fff" for c in text)


def words(*_: object, **__: object) -> Iterator[Found]:
    """A method of Babel: what accounts are called where nobody named them, which is data and no call."""
    for text in (
        *(role.zh for role in LABELS["role"].values()),
        *(actor.display_name for actor in DEMO_ACTORS),
    ):
        yield 0, "_", text, []


def calls(file: IO[bytes], marks: Iterable[str], *_: object, **__: object) -> Iterator[Found]:
    """A method of Babel: marked calls of a Python file. The one that comes with Babel passes over a call that stands within
    another one's arguments or within an f-string."""
    for node in ast.walk(ast.parse(file.read())):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in marks and node.args:
                yield node.lineno, name, tuple(map(_constant, node.args)), []


def _constant(argument: ast.expr) -> str | None:
    value = argument.value if isinstance(argument, ast.Constant) else None
    return value if isinstance(value, str) else None


def extract(template: Path) -> None:
    """Write every text that asks for a translation, in the order of the texts."""
    marks = [part for call in CALLS for part in ("-k", call)]
    options = ["--no-default-keywords", "--no-location", "--no-wrap", "--sort-output"]
    _babel("extract", "-F", ROOT / "babel.cfg", *marks, *options, "-o", template, ROOT / "interface")


def update(template: Path) -> None:
    """Bring the English catalogue to what ``template`` asks for."""
    options = ["--ignore-obsolete", "--no-fuzzy-matching", "--ignore-pot-creation-date", "--no-wrap"]
    _babel("update", "-l", "en", *options, "-i", template, "-o", ENGLISH)


def _babel(*arguments: object) -> None:
    CommandLineInterface().run(["pybabel", "-q", *map(str, arguments)])


@cache
def asked() -> frozenset[str]:
    """Every text that asks for a translation."""
    with TemporaryDirectory() as folder:
        template = Path(folder) / "texts.pot"
        extract(template)
        with template.open("rb") as file:
            return frozenset(m.id[0] if m.pluralizable else m.id for m in read_po(file) if m.id)


if __name__ == "__main__":
    with TemporaryDirectory() as beside:
        extract(Path(beside) / "texts.pot")
        update(Path(beside) / "texts.pot")
