"""One reader for forms, JSON, addresses and the command line: what was written becomes typed values, or every message at once."""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from application.input.fields import Field, fields_of_row
from domain.kernel.folding import folded
from domain.kernel.person import PersonRef
from domain.kernel.values import (
    FIRST_YEAR,
    LAST_YEAR,
    Choice,
    Day,
    KeyOf,
    Kind,
    Many,
    Money,
    Person,
    Points,
    Rows,
    Text,
    Tick,
    Whole,
    YesNo,
)

LONGEST_KEY = 200
"""Characters of an id or a number that leads to a thing."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_NUMBER = re.compile(r"[-+]?\d{1,18}", re.ASCII)
_POINTS = re.compile(r"([-−]?)(\d{1,16})(?:\.(\d{1,2}))?", re.ASCII)
_UNSOUND = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffd-\uffff]")
Written = Mapping[str, object]
"""What was written, by name: texts, or the values of JSON; lists where a field holds many."""


class FaultCode(enum.StrEnum):
    """What can be wrong with a value; stable, while the sentences may be improved."""

    MISSING = "missing"
    NO_FIELD = "no_field"
    UNSOUND = "unsound"
    ONE_VALUE = "one_value"
    ONE_LINE = "one_line"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    NOT_A_TEXT = "not_a_text"
    NOT_AS_WRITTEN = "not_as_written"
    NOT_A_DAY = "not_a_day"
    NOT_WHOLE = "not_whole"
    NOT_POINTS = "not_points"
    NOT_A_CHOICE = "not_a_choice"
    NOT_YES_OR_NO = "not_yes_or_no"
    NOT_A_ROW = "not_a_row"
    OUT_OF_RANGE = "out_of_range"
    TWICE = "twice"
    NOT_THERE = "not_there"


@dataclass(frozen=True)
class Fault:
    """Why a value cannot be read: what is wrong, which value, and what would be right, in both languages."""

    code: FaultCode
    zh: str
    en: str


@dataclass(frozen=True)
class Reading:
    """``values`` by field, typed; ``faults`` by field, empty where everything could be read."""

    values: Mapping[str, Any]
    faults: Mapping[str, Fault]


class Malformed(Exception):
    """What was stated cannot be read; nothing was decided. ``faults`` by field."""

    def __init__(self, faults: Mapping[str, Fault]) -> None:
        super().__init__("; ".join(f"{name}: {fault.en}" for name, fault in faults.items()))
        self.faults = faults


class _Unreadable(Exception):
    def __init__(self, code: FaultCode, zh: str, en: str) -> None:
        super().__init__(en)
        self.fault = Fault(code, zh, en)

    @classmethod
    def of(cls, fault: Fault) -> _Unreadable:
        return cls(fault.code, fault.zh, fault.en)


MISSING = Fault(FaultCode.MISSING, "此项必填", "this must be filled in")
UNSOUND = Fault(
    FaultCode.UNSOUND,
    "含有无法显示或保存的字符，请删除后重新填写",
    "it has characters that can be neither shown nor kept; delete them and enter it again",
)


def _nobody(name: str) -> PersonRef:
    raise AssertionError(name)


def read(
    fields: Sequence[Field],
    written: Written,
    *,
    today: date,
    person: Callable[[str], PersonRef] = _nobody,
    strict: bool = False,
) -> Reading:
    """Everything at once: the typed values, and a fault for each field that cannot be read.

    A day that happened is ``today`` where nothing is stated; a form that sends it empty must fill it in.
    ``person`` keeps a name in the vault; it is asked only when every field reads. ``strict``: what no field is called is a
    fault, too (JSON and the command line; a form has fields of its own). A row's faults are named ``rows.0.column``.
    """
    values: dict[str, Any] = {}
    faults: dict[str, Fault] = {}
    proposed = {field.name: today.isoformat() for field in fields if field.kind == Day(happened=True)}
    for field in fields:
        stated = written[field.name] if field.name in written else proposed.get(field.name)
        try:
            values[field.name] = _value(field, stated, field.name, faults, strict)
        except _Unreadable as error:
            faults[field.name] = error.fault
    if strict:
        known = {field.name for field in fields}
        for name in written:
            if name not in known:
                faults[str(name)] = no_field(field.name for field in fields)
    if faults:
        return Reading({}, faults)
    return Reading({name: _with_persons(value, person) for name, value in values.items()}, {})


def no_field(there_are: Iterable[str]) -> Fault:
    """What no field is called, and what the fields are called."""
    names = list(there_are)
    zh = f"可填：{'、'.join(names)}" if names else "这里没有要填的"
    en = f"there are {', '.join(names)}" if names else "there is none to fill in"
    return Fault(FaultCode.NO_FIELD, f"没有这一项；{zh}", f"there is no such field; {en}")


def is_sound(text: str) -> bool:
    """Whether ``text`` can be stored, shown and printed: no NUL or other control character, no half of a character.

    Tabs and line ends are sound. PostgreSQL stores no NUL, UTF-8 has no lone surrogates, and neither Word nor Excel files
    may hold the others. U+FFFD is what is left of a text that was sent in another encoding than UTF-8.
    """
    return _UNSOUND.search(text) is None


def sounding(text: str) -> str:
    """``text`` without what is not sound, to be shown to whoever entered it."""
    return _UNSOUND.sub("", text)


@dataclass(frozen=True)
class _Name:
    """A person's name that is not in the vault yet."""

    written: str


def _with_persons(value: Any, person: Callable[[str], PersonRef]) -> Any:
    return person(value.written) if isinstance(value, _Name) else value


def _value(field: Field, written: object, path: str, faults: dict[str, Fault], strict: bool) -> Any:
    kind = field.kind
    if isinstance(kind, Many | Rows):
        return _many(kind, written, path, faults, strict)
    if isinstance(written, list | tuple):
        if len(written) > 1:
            raise _Unreadable(FaultCode.ONE_VALUE, "只能填一个值", "only one value can be stated")
        if strict and not written:
            raise _Unreadable(
                FaultCode.ONE_VALUE,
                "应为一个值，不能是空列表 []；不填的，省略此项",
                "it must be one value, not the empty list []; leave the field out to state none",
            )
        written = written[0] if written else None
    if isinstance(kind, Tick):
        return _ticked(written)
    if written is None or (isinstance(written, str) and not written.strip()):
        if field.required:
            raise _Unreadable.of(MISSING)
        return "" if isinstance(kind, Text | KeyOf) and kind.may_be_empty else None
    return _single(kind, written)


def _single(kind: Kind, written: object) -> Any:
    match kind:
        case Whole():
            return _whole(kind, written)
        case YesNo():
            return _yes_no(written)
        case Points():
            return _points(kind, _text(written) if isinstance(written, str) else _decimal(written))
    text = _text(written, whole=isinstance(kind, Text) and kind.whole)
    if not folded(text):
        raise _Unreadable.of(MISSING)
    match kind:
        case Text():
            return _of_pattern(kind, _within(text, kind.limit, kind.lines))
        case KeyOf():
            return _within(text, LONGEST_KEY)
        case Person():
            return _Name(_within(text, kind.limit))
        case Day():
            return _day(text)
        case Choice():
            return _choice(kind.kind, text)
    raise AssertionError(kind)


def _text(written: object, *, whole: bool = False) -> str:
    if not isinstance(written, str):
        raise _Unreadable(
            FaultCode.NOT_A_TEXT, f"“{_shown(written)}”不是文字", f"“{_shown(written)}” is no text"
        )
    if not is_sound(written):
        raise _Unreadable.of(UNSOUND)
    text = written.replace("\r\n", "\n").replace("\r", "\n")
    return text if whole else text.strip()


def _within(text: str, limit: int, lines: bool = False) -> str:
    if not lines and "\n" in text:
        raise _Unreadable(FaultCode.ONE_LINE, "只能填一行", "it must be one line")
    if len(text) > limit:
        raise _Unreadable(
            FaultCode.TOO_LONG,
            f"最多 {limit} 字，现有 {len(text)} 字",
            f"at most {limit} characters, there are {len(text)}",
        )
    return text


def _of_pattern(kind: Text, text: str) -> str:
    if kind.pattern is not None and not kind.pattern.fits(text):
        raise _Unreadable(
            FaultCode.NOT_AS_WRITTEN,
            f"“{_shown(text)}”{kind.pattern.zh}",
            f"“{_shown(text)}” {kind.pattern.en}",
        )
    return text


def _day(text: str) -> date:
    try:
        if not _DAY.fullmatch(text):
            raise ValueError
        day = date.fromisoformat(text)
    except ValueError:
        raise _Unreadable(
            FaultCode.NOT_A_DAY,
            f"“{_shown(text)}”不是日期，应如 2026-01-31",
            f"“{_shown(text)}” is not a date such as 2026-01-31",
        ) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _Unreadable(
            FaultCode.OUT_OF_RANGE,
            f"“{text}”不在 {FIRST_YEAR} 年至 {LAST_YEAR} 年之间",
            f"“{text}” is not between {FIRST_YEAR} and {LAST_YEAR}",
        )
    return day


def _whole(kind: Whole, written: object) -> int:
    if isinstance(written, str) and _NUMBER.fullmatch(written.strip()):
        written = int(written)
    if isinstance(written, bool) or not isinstance(written, int):
        raise _Unreadable(
            FaultCode.NOT_WHOLE, f"“{_shown(written)}”不是整数", f"“{_shown(written)}” is no whole number"
        )
    if not kind.low <= written <= kind.high:
        raise _Unreadable(
            FaultCode.OUT_OF_RANGE,
            f"应在 {kind.low} 至 {kind.high} 之间，现为 {_shown(written)}",
            f"it must be between {kind.low} and {kind.high}, it is {_shown(written)}",
        )
    return written


def _decimal(written: object) -> str:
    if isinstance(written, bool) or not isinstance(written, int | float):
        raise _Unreadable(
            FaultCode.NOT_POINTS,
            f"“{_shown(written)}”不是分值，应如 8.50",
            f"“{_shown(written)}” are no points such as 8.50",
        )
    return str(written)


def _points(kind: Points, text: str) -> int:
    written = _POINTS.fullmatch(text)
    if written is None:
        raise _Unreadable(
            FaultCode.NOT_POINTS,
            f"“{_shown(text)}”不是{'金额' if isinstance(kind, Money) else '分值'}，应如 8.50",
            f"“{_shown(text)}” {'is no amount' if isinstance(kind, Money) else 'are no points'} such as 8.50",
        )
    sign, whole, decimals = written.groups()
    hundredths = (-1 if sign else 1) * (int(whole) * 100 + int(((decimals or "") + "00")[:2]))
    if not kind.low <= hundredths <= kind.high:
        low, high = f"{kind.low / 100:.2f}", f"{kind.high / 100:.2f}"
        raise _Unreadable(
            FaultCode.OUT_OF_RANGE,
            f"应在 {low} 至 {high} 之间，现为 {text}",
            f"it must be between {low} and {high}, it is {text}",
        )
    return hundredths


def _choice(kind: type[enum.Enum], text: str) -> enum.Enum:
    try:
        return kind(text)
    except ValueError:
        values = [str(member.value) for member in kind if member.value]
        raise _Unreadable(
            FaultCode.NOT_A_CHOICE,
            f"“{_shown(text)}”不在可选范围内：{'、'.join(values)}",
            f"“{_shown(text)}” is none of {', '.join(values)}",
        ) from None


def _yes_no(written: object) -> bool:
    """What is neither is not taken for a no."""
    match written:
        case bool():
            return written
        case "yes" | "no":
            return written == "yes"
    raise _Unreadable(
        FaultCode.NOT_YES_OR_NO,
        f"“{_shown(written)}”不是 yes 或 no",
        f"“{_shown(written)}” is neither yes nor no",
    )


def _ticked(written: object) -> bool:
    match written:
        case None | "" | "0" | "no" | False:
            return False
        case True | "1" | "yes" | "on":
            return True
    raise _Unreadable(
        FaultCode.NOT_YES_OR_NO,
        f"“{_shown(written)}”不是勾选",
        f"“{_shown(written)}” is neither ticked nor not",
    )


def _many(
    kind: Many | Rows, written: object, path: str, faults: dict[str, Fault], strict: bool
) -> tuple[Any, ...]:
    given = [] if written is None else list(written) if isinstance(written, list | tuple) else [written]
    given = [each for each in given if each not in ("", None)]
    if len(given) < kind.least:
        raise _Unreadable.of(MISSING)
    if len(given) > kind.most:
        raise _Unreadable(
            FaultCode.TOO_MANY,
            f"最多 {kind.most} 项，现有 {len(given)} 项",
            f"at most {kind.most}, there are {len(given)}",
        )
    if isinstance(kind, Many):
        return tuple(_single(kind.each, each) for each in given)
    rows = tuple(_row(kind, each, f"{path}.{place}", faults, strict) for place, each in enumerate(given))
    if kind.once:
        named = [getattr(row, kind.once) for row in rows if row is not None]
        for twice in (each for place, each in enumerate(named) if each in named[:place]):
            raise _Unreadable(
                FaultCode.TWICE, f"“{_shown(twice)}”出现了两次", f"“{_shown(twice)}” stands twice"
            )
    return rows


def _row(kind: Rows, written: object, path: str, faults: dict[str, Fault], strict: bool) -> Any:
    if not isinstance(written, Mapping):
        raise _Unreadable(
            FaultCode.NOT_A_ROW, f"“{_shown(written)}”不是一行", f"“{_shown(written)}” is no row"
        )
    values: dict[str, Any] = {}
    for column in fields_of_row(kind.row):
        try:
            values[column.name] = _value(
                column, written.get(column.name), f"{path}.{column.name}", faults, strict
            )
        except _Unreadable as error:
            faults[f"{path}.{column.name}"] = error.fault
    if strict:
        columns = [column.name for column in fields_of_row(kind.row)]
        for name in written.keys() - set(columns):
            faults[f"{path}.{name}"] = no_field(columns)
    return kind.row(**values) if len(values) == len(fields_of_row(kind.row)) else None


def _shown(written: object) -> str:
    text = written if isinstance(written, str) else repr(written)
    text = sounding(text)
    return text if len(text) <= 80 else text[:79] + "…"
