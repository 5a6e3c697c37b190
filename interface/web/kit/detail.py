"""The page of a thing: where it stands on its way, and the one step that comes next before all others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from interface.web.kit.forms.drawn import DrawnVerb
from interface.web.kit.forms.steps import Steps


@dataclass(frozen=True)
class Station:
    """A step of a thing's way: ``state``: ``done``, ``now``, ``over`` (now, and too late) or empty for what is to come;
    ``said``: when, or until when."""

    title: str
    said: str = ""
    state: str = ""


def stations(way: Sequence[tuple[str, date | None]], due: str = "", late: bool = False) -> list[Station]:
    """A way whose steps are done one after the other, as (title, the day it was done). ``due``: what is said of the one that
    comes next, ``late``: whether it should have been done by now.
    """
    following = next((n for n, (_, day) in enumerate(way) if day is None), len(way))
    return [
        Station(title, day.isoformat(), "done")
        if day is not None and n < following
        else Station(
            title, due if n == following else "", ("over" if late else "now") if n == following else ""
        )
        for n, (title, day) in enumerate(way)
    ]


@dataclass(frozen=True)
class NextSteps:
    """``first``: the form to show at once, if any; ``others`` stand behind “more”, ``refused`` say why they cannot be done."""

    first: DrawnVerb | None
    others: Sequence[DrawnVerb]
    refused: Sequence[DrawnVerb]


def next_steps(steps: Steps, usual: Sequence[str]) -> NextSteps:
    """``usual``: names of the verbs that lead on, in the order in which one comes before the other."""
    first = next((each for name in usual for each in steps.open if each.name == name), None)
    others = [each for each in steps.open if each is not first]
    return NextSteps(first, [*others, *steps.aside], steps.refused)
