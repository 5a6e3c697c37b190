"""The tutorials, one for each role: what to read, what to do, and the picture of it that the playing test has taken."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from domain.account.role import Role
from interface.words.phrase import Phrase

HERE = files("interface.web.help")
PICTURES, MADE_FOR = "pictures", "made_for.json"


@dataclass(frozen=True)
class Step:
    """``does`` is played in order (tests/kit/tutorials.py says how). The picture goes from the first to the last element of
    ``shows``, a selector, or is of the upper page; ``marks`` are framed in it."""

    title: Phrase
    text: Phrase
    notice: Phrase
    does: tuple[Mapping[str, Any], ...]
    shows: str = ""
    marks: str = ""


@dataclass(frozen=True)
class Tutorial:
    """``who``: the account of the demo that plays it, in a window so many pixels ``wide``."""

    role: Role
    who: str
    wide: int
    about: Phrase
    steps: tuple[Step, ...]

    def picture(self, number: int, language: str) -> str:
        """The name of the picture of a step, beneath the folder of pictures."""
        return f"{language}/{self.role.value}-{number}.webp"

    def digest(self, number: int, language: str) -> str:
        """What the picture of a step is made for: its words in the language, and what is done."""
        step = self.steps[number - 1]
        words = [each.said(language) for each in (step.title, step.text, step.notice)]
        told = json.dumps([self.who, self.wide, words, step.does, step.shows, step.marks], ensure_ascii=False)
        return sha256(told.encode()).hexdigest()[:16]


@cache
def tutorials() -> Mapping[Role, Tutorial]:
    """Every role's, in the order in which a county meets them."""
    order = (
        "supervisor",
        "branch_clerk",
        "village_clerk",
        "township_office",
        "assessor",
        "approver",
        "reviewer",
        "auditor",
        "admin",
    )
    return {Role(name): _read(Role(name), HERE / "tutorials" / f"{name}.toml") for name in order}


@cache
def pictures_there() -> Mapping[str, str]:
    """The name of each picture to the digest that it was made for."""
    return dict(json.loads((HERE / PICTURES / MADE_FOR).read_text(encoding="utf-8")))


def _read(role: Role, file: Traversable) -> Tutorial:
    told = tomllib.loads(file.read_text(encoding="utf-8"))
    steps = tuple(
        Step(
            title=Phrase(**each["title"]),
            text=Phrase(**each["text"]),
            notice=Phrase(**each["notice"]),
            does=tuple(each["does"]),
            shows=each.get("shows", ""),
            marks=each.get("marks", ""),
        )
        for each in told["step"]
    )
    return Tutorial(role, told["who"], told["wide"], Phrase(**told["about"]), steps)
