"""A refused form, shown again with what was entered, so that only what is wrong is written anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fastapi import Request

from interface.words import LABELS, label
from interface.words.phrase import Phrase

CHOICES = {
    "kind": "activity_kind",
    "method": "method",
    "finding_type": "finding_type",
    "severity": "severity",
    "outcome": "outcome",
    "role": "role",
    "passed": "passed",
    "use": "use",
    "upheld": "upheld",
}
"""Field to the group of labels it is chosen from."""
DAYS = {"in_force_on", "due_on", "served_on", "found_on", "held_on", "met_on"}
NUMBERS = {"participants", "working_days", "persons_visited", "rating"}
LONG = {
    "retroactive_because",
    "text",
    "because",
    "account",
    "description",
    "grounds",
    "measures",
    "reasons",
    "measure",
    "progress",
    "answer",
    "objection_grounds",
    "opinion",
}
FIXED = {
    "grade_after",
    "step",
    "branches",
    "based_on",
    "draft",
    "seen_year",
    "seen_moved",
    "sort",
    "pairing_id",
    "finding_id",
    "indicator",
    "run_id",
}
"""What a form carries without showing it."""
CHOICES |= {"verdict": "verdict", "another": "another"}
DAYS |= {"rated_on", "surveyed_on", "stated_on", "record_on"}
NUMBERS |= {"invited", "issued", "returned", "valid", "option", "place", "share"}
LONG |= {"ballots"}
FIXED |= {"item", "seen", "computed"}


@dataclass(frozen=True)
class Entry:
    """One field: ``kind`` is an input type, ``long``, ``choice`` or ``hidden``."""

    name: str
    title: Phrase
    value: str
    kind: str
    wrong: bool
    choices: Mapping[str, Phrase] = field(default_factory=dict)
    about: str = ""
    """Which of several alike: a line, an option."""


def entries(request: Request, wrong: str = "") -> list[Entry]:
    """The fields that were posted, in their order; none for a page that was only read."""
    entered: dict[str, str] = getattr(request.state, "entered", {})
    return [
        Entry(
            name=name,
            title=label("field", name.partition(".")[0]),
            value="" if name.startswith("password") else value,
            kind=_kind(name),
            wrong=name == wrong,
            choices=LABELS.get(CHOICES.get(name, ""), {}),
            about=name.partition(".")[2],
        )
        for name, value in entered.items()
    ]


def _kind(name: str) -> str:
    name = name.partition(".")[0]
    if name in FIXED:
        return "hidden"
    if name in CHOICES:
        return "choice"
    if name in LONG:
        return "long"
    if name in DAYS:
        return "date"
    if name in NUMBERS:
        return "number"
    return "password" if name.startswith("password") else "text"
