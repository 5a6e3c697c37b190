"""The story of the demo county, read from ``story.toml``: who did what on which day, by which verb, stating what."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

_RELATIVE = re.compile(r"(day|today)(?: ([+-]\d+))?")
_YEAR = re.compile(r"\{(?:last |next |this )?year\}")
_YEARLY = re.compile(r"every (\d\d-\d\d) from (\d{4})")
_SAID_OF_ACT = frozenset({"on", "who", "does", "to", "called"})


@dataclass(frozen=True)
class Act:
    """``to``: what it is done to, as people name it; several times where there are several. ``called``: what the story calls
    the thing that it begins, with an @ before it wherever it is spoken of. ``stated``: the verb's fields."""

    on: date
    who: str
    does: str
    to: tuple[str, ...]
    called: str
    stated: Mapping[str, Any]


def story_until(today: date) -> list[Act]:
    """What was done before ``today``, in its order. What is told by how long ago it was, is told from the day on which the
    year end is over; of what is told by its date, whatever had come by then."""
    written = tomllib.loads(files("interface.demo").joinpath("story.toml").read_text(encoding="utf-8"))
    over: date = written["year_end_is_over"]
    acts = [
        _act(each, on, today)
        for chapter in written["chapter"]
        for each in chapter["act"]
        for on in _days(each["on"], today, today >= over)
    ]
    return sorted((act for act in acts if act.on < today), key=lambda act: act.on)


def _days(on: date | str, today: date, year_end_is_over: bool) -> list[date]:
    """When an act was done: on a date, on a day of every year, or so long ago."""
    if isinstance(on, date):
        return [on]
    if yearly := _YEARLY.fullmatch(on):
        return [date.fromisoformat(f"{year}-{yearly[1]}") for year in range(int(yearly[2]), today.year + 1)]
    return [_day(on, today, today)] if year_end_is_over else []


def _act(written: Mapping[str, Any], on: date, today: date) -> Act:
    to = written.get("to", ())
    return Act(
        on=on,
        who=written["who"],
        does=written["does"],
        to=tuple(_said(each, on, today) for each in ([to] if isinstance(to, str) else to)),
        called=written.get("called", ""),
        stated={name: _said(value, on, today) for name, value in written.items() if name not in _SAID_OF_ACT},
    )


def _said(value: Any, on: date, today: date) -> Any:
    """A value with its days and years put in: ``day +30`` is thirty days after the act, ``today -2`` the day before yesterday."""
    match value:
        case str():
            if _RELATIVE.fullmatch(value):
                return _day(value, on, today).isoformat()
            years = {
                "{year}": on.year,
                "{last year}": on.year - 1,
                "{next year}": on.year + 1,
                "{this year}": today.year,
            }
            return _YEAR.sub(lambda found: str(years[found[0]]), value)
        case date():
            return value.isoformat()
        case list():
            return [_said(each, on, today) for each in value]
        case dict():
            return {name: _said(each, on, today) for name, each in value.items()}
    return value


def _day(written: str, on: date, today: date) -> date:
    found = _RELATIVE.fullmatch(written)
    if found is None:
        raise ValueError(f"{written!r} is no day; write it as today -12 or day +30")
    begin = on if found[1] == "day" else today
    return begin + timedelta(days=int(found[2] or 0))
