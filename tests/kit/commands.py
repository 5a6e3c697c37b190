"""Commands of a story, on the county in its folder, and the places where a command says that it cannot be done."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from typer.testing import CliRunner

from domain.assessment.schemes import scheme_text
from interface.cli.main import app
from tests.kit.ledger_files import FILES

CLI = Path(__file__).parents[2] / "interface/cli"
SERVES = "cannot listen on …:…: …; give another --port, or 0 for a free one"
"""Said only by what, put right, goes on until it is ended, so no story tells it."""


class CommandRefused(Exception):
    """A command that ended with another status than 0."""

    def __init__(self, code: int, said: str) -> None:
        super().__init__(f"{code}: {said}")
        self.said = said


def run(folder: Path, words: Sequence[str], token: str) -> str:
    """What a command says; ``@NAME`` is in ``folder``, and ``> @NAME`` at the end keeps it there. Raises ``CommandRefused``."""
    *told, sign, kept = ["", "", *words]
    told = [*told, sign, kept] if sign != ">" else told
    given = [_of(folder, word) for word in told if word]
    environment = {"LIANJIAN_DATA": str(folder), "LIANJIAN_TOKEN": token, "LIANJIAN_PASSPHRASE": ""}
    result = CliRunner(env=environment).invoke(app, given)
    if result.exit_code:
        raise CommandRefused(result.exit_code, result.stderr)
    if sign == ">":
        Path(_of(folder, kept)).write_text(result.stdout, encoding="utf-8")
    return result.stdout or "done"


def _of(folder: Path, word: str) -> str:
    """``@NAME``: the file; ``@NAME#MEMBER``: the member of the JSON object in it."""
    if not word.startswith("@"):
        return word
    name, _, member = word[1:].partition("#")
    return (
        str(json.loads((folder / name).read_text(encoding="utf-8"))[member]) if member else str(folder / name)
    )


def _file(path: Path, text: str) -> None:
    path.write_text(text.replace("\\n", "\n"), encoding="utf-8")


def _large(path: Path, _: str) -> None:
    path.write_bytes(b"#" * 2_000_000)


def _ledgers(path: Path, name: str) -> None:
    path.mkdir()
    FILES[name](path)


def says(told: str, said: str) -> bool:
    """Whether a command said what is told of it, whose ``…`` stands for what differs from county to county."""
    pattern = ".*".join(map(re.escape, told.split("…")))
    return re.search(pattern, " ".join(said.split()), re.DOTALL) is not None


MAKERS: Mapping[str, Callable[[Path, str], object]] = {
    "file": _file,
    "gbk-file": lambda path, text: path.write_bytes(text.encode("gbk")),
    "large-file": _large,
    "scheme-file": lambda path, year: path.write_text(scheme_text(int(year)), encoding="utf-8"),
    "ledgers": _ledgers,
}


def make(folder: Path, kind: str, name: str, text: str = "") -> str:
    """``file @NAME TEXT``, ``ledgers @NAME right-files``: what a command reads."""
    MAKERS[kind](Path(_of(folder, name)), text)
    return name


def refusals_of_commands() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Place and pattern of each sentence with which a command says that it cannot be done; where it says what an inner layer
    refused with, that is told elsewhere."""
    for path in sorted(CLI.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "fail":
                sentence = node.args[0]
                pattern = "".join(_patterns(sentence))
                if re.sub(r"\.\*|\\.|\W", "", pattern):
                    yield f"{path.name}:{node.lineno}", re.compile(pattern.replace("\\\n", "\\ "), re.DOTALL)


def _patterns(sentence: ast.expr) -> Iterator[str]:
    match sentence:
        case ast.Constant(value=str(text)):
            yield re.escape(text)
        case ast.JoinedStr(values=parts):
            for part in parts:
                yield from _patterns(part)
        case ast.BinOp(left=left, right=right):
            yield from (*_patterns(left), *_patterns(right))
        case ast.IfExp(body=one, orelse=other):
            yield f"(?:{''.join(_patterns(one))}|{''.join(_patterns(other))})"
        case _:
            yield ".*"
