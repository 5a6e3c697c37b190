"""Values from an address, a header or a form that is made by hand. Fields of verbs are read by ``application/input/reading.py``,
which says as well what is sound."""

from __future__ import annotations

import re
from datetime import date

from application.input.reading import is_sound
from domain.kernel.values import FIRST_YEAR, LAST_YEAR
from interface.locales import Wording, translate

DIGITS = 18
"""Digits of a number at most: what both databases hold in a column."""
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_NUMBER = re.compile(r"[-+]?\d+", re.ASCII)


class Malformed(Exception):
    """A value that cannot be read; nothing was decided.

    ``field`` is its name in the form or the address, ``why`` a sentence with ``values``.
    """

    def __init__(self, field: str, why: Wording, **values: object) -> None:
        super().__init__(f"{field}: {translate('zh', why, **values)}")
        self.field = field
        self.why = why
        self.values = values


def demand_sound(name: str, text: str) -> None:
    """Raise ``Malformed`` for a text that is not sound; ``name`` is the field it stands in."""
    if not is_sound(text):
        raise Malformed(name, "含有无法显示或保存的字符，请删除后重新填写")


def shown(text: str) -> str:
    """The beginning of a value, to say which one was wrong."""
    return text if len(text) <= 80 else text[:79] + "…"


def size_of_file(count: int) -> str:
    """Bytes as people say how large a file is: 700 B, 15 KB, 1.4 MB; rounded up, so that none seems to fit that does not."""
    if count < 1024:
        return f"{count} B"
    if count < 1024 * 1024:
        return f"{-(-count // 1024)} KB"
    tenths = -(-count * 10 // (1024 * 1024))
    return f"{tenths // 10}.{tenths % 10} MB"


def day_in(name: str, text: str) -> date:
    """A day such as 2026-01-31, from 1949 to 2199. Raises ``Malformed``."""
    try:
        if not DAY.fullmatch(text):
            raise ValueError
        day = date.fromisoformat(text)
    except ValueError:
        raise Malformed(name, "“%(value)s”不是日期，应如 2026-01-31", value=shown(text)) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Malformed(
            name,
            "“%(value)s”不在 %(first)s 年至 %(last)s 年之间",
            value=text,
            first=FIRST_YEAR,
            last=LAST_YEAR,
        )
    return day


def year_in(text: str) -> int:
    """A year such as 2025, from 1949 to 2199. Raises ``Malformed``."""
    if not (_NUMBER.fullmatch(text) and len(text) == 4 and FIRST_YEAR <= int(text) <= LAST_YEAR):
        raise Malformed("year", "“%(value)s”不是年份，应如 2025", value=shown(text))
    return int(text)


def number_in(name: str, text: str, *, high: int = 10**DIGITS - 1) -> int:
    """A whole number from 0 to ``high``, in the digits 0 to 9. Raises ``Malformed``."""
    if not _NUMBER.fullmatch(text) or len(text) > DIGITS + 1:
        raise Malformed(name, "“%(value)s”不是整数", value=shown(text))
    number = int(text)
    if not 0 <= number <= high:
        raise Malformed(
            name, "应在 %(low)s 至 %(high)s 之间，现为 %(number)s", low=0, high=high, number=number
        )
    return number
