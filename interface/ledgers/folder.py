"""What lies in a folder of ledgers: workbooks to read, tables in other formats, and things beside them."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from application.ledgers import problems
from application.ledgers.problems import Notice, Problem, RefusedRow, refused

WORKBOOKS: Final = frozenset([".xlsx", ".xlsm", ".xls", ".et"])
"""Files meant as ledgers; the old formats are read as far as to say what they are."""
OTHER_TABLES: Final = frozenset(
    [".csv", ".tsv", ".ods", ".fods", ".xlsb", ".xltx", ".xltm", ".xlt", ".ett", ".numbers", ".dbf", ".mdb"]
)
MOST_NAMED: Final = 50
"""Things beside the ledgers that are named one by one."""
LONGEST_NAME: Final = 200
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def readable_name(name: str) -> str:
    """A file's name as valid text: archives packed on Chinese Windows leave names in GBK on other systems."""
    raw = os.fsencode(name)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        try:
            text = raw.decode("gb18030")
        except UnicodeDecodeError:
            text = raw.decode("utf-8", "replace")
    return _CONTROL.sub("\ufffd", text)[:LONGEST_NAME]


@dataclass(slots=True)
class Files:
    """``workbooks`` by the name to show, in the order of their names, and what is said about the rest."""

    workbooks: list[tuple[str, Path]] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    warnings: list[Notice] = field(default_factory=list)


def files_in(folder: Path) -> Files:
    """The files of a folder; a single file may be given too. Nothing in a folder that cannot be opened."""
    found = Files()
    if os.path.isfile(folder):
        found.workbooks.append((readable_name(folder.name), folder))
        return found
    try:
        paths = sorted(folder.iterdir(), key=os.fsencode)
    except OSError:
        return found
    beside: list[tuple[str, Problem]] = []
    taken: dict[str, int] = {}
    for path in paths:
        name = once(readable_name(path.name), taken)
        suffix = path.suffix.lower()
        hidden = path.name.startswith((".", "~$"))
        if suffix in WORKBOOKS and not hidden and os.path.isfile(path):
            found.workbooks.append((name, path))
        elif suffix in OTHER_TABLES and not hidden and os.path.isfile(path):
            found.refused.append(refused(problems.other_format(suffix), file=name))
        else:
            beside.append((name, _beside(path)))
    found.warnings = [refused(problem, file=name) for name, problem in beside[:MOST_NAMED]]
    if len(beside) > MOST_NAMED:
        found.warnings.append(refused(problems.many_beside(len(beside) - MOST_NAMED), file=""))
    return found


def once(name: str, taken: dict[str, int]) -> str:
    """A name that none before it has: names that differ in bytes may look alike once they can be read."""
    taken[name] = taken.get(name, 0) + 1
    return name if taken[name] == 1 else f"{name} ({taken[name]})"


def _beside(path: Path) -> Problem:
    if path.name.startswith("~$"):
        return problems.OPEN_FILE
    return problems.FOLDER_BESIDE if os.path.isdir(path) else problems.FILE_BESIDE
