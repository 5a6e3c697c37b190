"""Stories: what happened, step by step, and what is refused then (tests/refusals/README.md says how they are written).

A step is a day, who acts, and what they do, in the words of ``lianjian do``. A refusal is a story, the step that is refused
(``!``) and the steps that carry its remedy out.
"""

from __future__ import annotations

import re
import shlex
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from interface.words.phrase import Phrase

FOLDER = Path(__file__).parents[1] / "refusals"
GOLDEN = Path(__file__).parents[1] / "golden/refusals"
"""What is said to whoever is refused, one file a language."""
_STEP = re.compile(
    r"(?P<refused>! )?(?P<day>\d{4}-\d\d-\d\d) (?P<who>\S+): (?:\$(?P<kept>\w+) = )?(?P<act>.+)"
)
_HEAD = re.compile(r"(?P<kind>story|refusal) (?P<name>\S+)(?: after (?P<after>\S+))?")


@dataclass(frozen=True)
class Step:
    """``thing verb [key] field=value ...`` by ``who`` on ``day``; ``kept`` names the key that it draws, for later steps."""

    day: str
    who: str
    words: tuple[str, ...]
    kept: str
    refused: bool
    written: str


@dataclass(frozen=True)
class Story:
    """What happened ``after`` another story; a refusal is one of whose steps the marked one is refused.

    ``said`` explains it; ``told`` is what a command says when it is refused."""

    name: str
    after: str
    steps: Sequence[Step]
    file: str
    said: Sequence[str] = ()
    told: str = ""


@dataclass
class Book:
    """Every story and every refusal of the folder, by name; more than one refusal may be about one clause."""

    stories: dict[str, Story] = field(default_factory=dict)
    refusals: list[Story] = field(default_factory=list)


def read_book(folder: Path = FOLDER) -> Book:
    """All files of the folder. Raises ``ValueError`` with file and line where one cannot be read."""
    book = Book()
    for path in sorted(folder.glob("*.txt")):
        for refusal, story in _stories(path):
            if refusal:
                book.refusals.append(story)
            elif book.stories.setdefault(story.name, story) is not story:
                raise ValueError(f"{path.name}: the story {story.name} is told twice")
    for each in (*book.stories.values(), *book.refusals):
        if each.after and each.after not in book.stories:
            raise ValueError(f"{each.file}: {each.name} follows {each.after}, which is told nowhere")
    return book


def _stories(path: Path) -> Iterator[tuple[bool, Story]]:
    for part in re.split(r"\n\s*\n", path.read_text(encoding="utf-8").strip()):
        lines = [line.strip() for line in part.splitlines()]
        said = [line[1:].strip() for line in lines if line.startswith("#")]
        told = " ".join(line[1:].strip() for line in lines if line.startswith(">"))
        lines = [line for line in lines if not line.startswith(("#", ">"))]
        if not lines:
            continue
        head = _HEAD.fullmatch(lines[0])
        if head is None:
            raise ValueError(f"{path.name}: {lines[0]!r} begins neither a story nor a refusal")
        steps = [_step(path, line) for line in lines[1:]]
        refusal = head["kind"] == "refusal"
        if refusal and [step.refused for step in steps].count(True) != 1:
            raise ValueError(f"{path.name}: exactly one step of {head['name']} is refused")
        yield refusal, Story(head["name"], head["after"] or "", steps, path.stem, said, told)


def _step(path: Path, line: str) -> Step:
    found = _STEP.fullmatch(line)
    if found is None:
        raise ValueError(f"{path.name}: {line!r} is no step such as 2025-03-01 supervisor: finding …")
    words = tuple(shlex.split(found["act"]))
    return Step(found["day"], found["who"], words, found["kept"] or "", bool(found["refused"]), line)


def named(words: Sequence[str], names: Mapping[str, str]) -> list[str]:
    """The words, what was kept under a name put in. Raises ``KeyError`` for a name that nothing was kept under."""
    return [re.sub(r"\$(\w+)", lambda found: names[found[1]], word) for word in words]


def entries(refusals: Sequence[Story]) -> Iterator[tuple[str, Story]]:
    """Each refusal by its name in the golden files: its own, with a number from the second one on."""
    seen: Counter[str] = Counter()
    for each in refusals:
        seen[each.name] += 1
        yield each.name if seen[each.name] == 1 else f"{each.name}({seen[each.name]})", each


def golden() -> dict[str, Phrase]:
    """What the golden files say, by entry."""
    zh, en = (
        dict(line.split("\t") for line in (GOLDEN / f"{each}.txt").read_text(encoding="utf-8").splitlines())
        for each in ("zh", "en")
    )
    assert zh.keys() == en.keys()
    return {name: Phrase(zh[name], en[name]) for name in zh}
