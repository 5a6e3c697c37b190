"""A calendar file: one year's holidays as the notice words them, read strictly."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from domain.kernel.decisions import demand
from domain.system import clauses

FORMAT = 1
LONGEST_HOLIDAY = 30
"""Days; a longer one is a slip of the pen."""


@dataclass(frozen=True)
class CalendarText:
    """What a file says; days in their order."""

    year: int
    off_days: tuple[date, ...]
    work_days: tuple[date, ...]
    source: str


def read_calendar(text: str) -> CalendarText:
    """Read a calendar file. ``Rejected`` with the place where it is wrong."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        _readable(False, str(error))
    _keys(values, "", {"format", "year", "source", "holiday"})
    _readable(values.get("format") == FORMAT, f"format = {values.get('format')!r}")
    year: Any = values.get("year")
    source: Any = values.get("source")
    holidays: Any = values.get("holiday")
    if type(year) is not int or not 1949 <= year <= 9999:
        _readable(False, f"year = {year!r}")
    if not isinstance(source, str) or not source.strip():
        _readable(False, "source")
    if not isinstance(holidays, list) or not holidays:
        _readable(False, "[[holiday]]")
    off: set[date] = set()
    work: set[date] = set()
    for n, each in enumerate(holidays, 1):
        where = f"[[holiday]] {n}"
        _readable(isinstance(each, dict), where)
        _keys(each, where, {"name", "off", "work"})
        _readable(isinstance(each.get("name"), str) and bool(each["name"].strip()), f"{where}.name")
        ends = _days(each.get("off"), f"{where}.off")
        _readable(len(ends) == 2 and ends[0] <= ends[1], f"{where}.off = {_show(ends)}")
        length = (ends[1] - ends[0]).days + 1
        _readable(length <= LONGEST_HOLIDAY, f"{where}.off: {length} days")
        off.update(ends[0] + timedelta(days=i) for i in range(length))
        work.update(_days(each.get("work", []), f"{where}.work"))
    return CalendarText(year, tuple(sorted(off)), tuple(sorted(work)), source.strip())


def _readable(condition: bool, where: str) -> None:
    demand(condition, clauses.CALENDAR_READABLE, where)


def _keys(table: dict[str, Any], where: str, allowed: set[str]) -> None:
    unknown = sorted(set(table) - allowed)
    _readable(not unknown, f"{where} {', '.join(unknown)}".strip())


def _days(value: Any, where: str) -> list[date]:
    right = isinstance(value, list) and all(
        isinstance(each, date) and not isinstance(each, datetime) for each in value
    )
    _readable(right, f"{where} = {value!r}")
    return list(value)


def _show(days: Sequence[date]) -> str:
    return ", ".join(str(day) for day in days)
