"""A refused form, shown again with what was entered, so that only what is wrong is written anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from fastapi import Request

from interface.web.kit.page.posted import CARRIED
from interface.words import LABELS, label
from interface.words.phrase import Phrase

CHOICES = {"role": "role"}
"""Field to the group of labels it is chosen from."""
LONG = {
    "text",
    "because",
    "description",
    "measures",
    "account",
    "grounds",
    "content",
    "reasons",
    "answer",
    "opinion",
    "basis",
}
FIXED = {"based_on", "sort"}
"""What a form carries without showing it."""


@dataclass(frozen=True)
class Entry:
    """One field: ``kind`` is an input type, ``long``, ``choice`` or ``hidden``."""

    name: str
    title: Phrase
    value: str
    kind: str
    wrong: bool
    choices: Mapping[str, Phrase] = field(default_factory=dict)


def entries(request: Request, wrong: str = "") -> list[Entry]:
    """The fields that were posted, in their order; none for a page that was only read."""
    return entries_of(getattr(request.state, "entered", []), wrong)


def entries_of(entered: Iterable[tuple[str, str]], wrong: str = "") -> list[Entry]:
    """What was typed, as name and value, in its order."""
    return [
        Entry(
            name=name,
            title=label("field", name.rpartition(".")[2]),
            value="" if name.startswith("password") else value,
            kind=_kind(name),
            wrong=name == wrong,
            choices=LABELS.get(CHOICES.get(name, ""), {}),
        )
        for name, value in entered
        if name not in CARRIED
    ]


def _kind(name: str) -> str:
    if name in FIXED:
        return "hidden"
    if name in CHOICES:
        return "choice"
    if name in LONG:
        return "long"
    return "password" if name.startswith("password") else "text"
