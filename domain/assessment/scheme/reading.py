"""Strict reading of a scheme's TOML: every key is asked for, every other key is refused with a remedy.

Reading never stops at the first problem: what is wrong is noted and stood in for, so that all of it can be told at once.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Collection, Iterable
from datetime import date
from fractions import Fraction
from typing import Any, TypeVar

from domain.assessment.scheme.points import number
from domain.assessment.scheme.text import Text

E = TypeVar("E", bound=enum.Enum)
T = TypeVar("T")

STRING = Text("写在引号里的文字", "a text in quotes")
BOOLEAN = Text("true（是）或 false（否）", "true or false")
DAY = Text("日期，如 2025-03-31", "a date such as 2025-03-31")
POINTS = Text("分值，如 4 或 1.75", "a number such as 4 or 1.75")
WORDS = Text('词的列表，如 ["甲", "乙"]', "a list of words")
TABLE = Text('表，如 { zh = "…", en = "…" }', "a table")
TABLES = Text("表的列表", "a list of tables")


class SchemeError(Exception):
    """A scheme that cannot be used: where in the file, what is wrong, and what would be right.

    ``line`` counts from 1; ``None`` for the file as a whole.
    """

    def __init__(self, where: str, what: Text, remedy: Text, line: int | None = None) -> None:
        super().__init__(where, what, remedy, line)
        self.where = where
        self.what = what
        self.remedy = remedy
        self.line = line

    def __str__(self) -> str:
        place = "" if self.line is None else f"line {self.line}, "
        return f"{place}{self.where or 'file'}: {self.what.en}; {self.remedy.en}"

    def on_line(self, line: int | None) -> SchemeError:
        """The same problem with its line."""
        return SchemeError(self.where, self.what, self.remedy, line)


class Problems:
    """What is wrong in one file, in the order of reading."""

    def __init__(self) -> None:
        self.found: list[SchemeError] = []
        self.asked: dict[str, set[str]] = {}
        """Path of every table read, without its numbers and with its kind (``…rule:steps``), to the keys it may have."""

    def note(self, where: str, what: Text, remedy: Text) -> None:
        """Keep a problem, once."""
        if all((each.where, each.what) != (where, what) for each in self.found):
            self.found.append(SchemeError(where, what, remedy))

    def within(self, path: str) -> bool:
        """Whether there is a problem at ``path`` or below it."""
        return any(
            each.where == path or not path or each.where.startswith((f"{path}.", f"{path}["))
            for each in self.found
        )


class Table:
    """One table of the file. ``finish`` refuses what nobody asked for.

    A value that is missing or wrong is noted and replaced by one that is possible, so that reading can go on; nothing
    read after a problem was found is ever used. Of a ``silent`` table nothing is noted: it is itself a stand-in, or
    what it should hold is not known.
    """

    def __init__(
        self, values: dict[str, Any], where: str, problems: Problems | None = None, silent: bool = False
    ) -> None:
        self._values = values
        self._problems = problems or Problems()
        self._silent = silent
        self._asked: set[str] = set()
        self.where = where

    # ------------------------------------------------------------ problems

    def at(self, key: str) -> str:
        """Where ``key`` stands in the file; the table itself for the empty key."""
        return ".".join(filter(None, [self.where, key]))

    def sound(self, *keys: str) -> bool:
        """Whether no problem was found in these keys, or, without any, in the whole table."""
        if self._silent:
            return False
        return not any(self._problems.within(self.at(key)) for key in keys or [""])

    def refuse(self, key: str, what: Text, remedy: Text, given: Iterable[str] = ()) -> None:
        """Note that ``key`` (the table itself when empty) cannot be meant.

        Left out where the table, or the keys ``given`` on which the judgement rests, already have a problem: what
        follows from a problem is not another one.
        """
        if self.sound(*given):
            self._problems.note(self.at(key), what, remedy)

    def refuse_taken(self, own: str, taken: Collection[str], remedy: Text) -> None:
        """Note that the ``id`` names something else already."""
        if own in taken:
            self.refuse("id", Text(f"{own} 已经用过", f"{own!r} is taken"), remedy, given=["id"])

    def _note(self, key: str, what: Text, remedy: Text) -> None:
        if not self._silent:
            self._problems.note(self.at(key), what, remedy)

    # ------------------------------------------------------------ keys

    def has(self, key: str) -> bool:
        """Whether the file says anything about an optional key, which is known here from now on."""
        self._asked.add(key)
        return key in self._values

    def _get(self, key: str, kind: type, words: Text) -> Any:
        """The value, ``None`` when it is missing or of another kind."""
        if not self.has(key):
            self._note(
                key,
                Text("缺少这一项", "is missing"),
                Text(f"补上 {key} = {words.zh}", f"add {key} = {words.en}"),
            )
            return None
        value = self._values[key]
        if type(value) is not kind:
            self._note(key, _is_not(value, words), _write(words))
            return None
        return value

    def string(self, key: str) -> str:
        """A text that is not blank."""
        value: str | None = self._get(key, str, STRING)
        if value is not None and not value.strip():
            self._note(key, Text("文字是空的", "the text is blank"), Text("写上文字", "write the text"))
            return "?"
        return "?" if value is None else value

    def boolean(self, key: str) -> bool:
        """``true`` or ``false``; false when left out."""
        return self.has(key) and bool(self._get(key, bool, BOOLEAN))

    def integer(self, key: str, least: int = 1, most: int = 1_000_000) -> int:
        """A whole number between ``least`` and ``most``."""
        words = Text(f"{least} 到 {most} 的整数", f"a whole number from {least} to {most}")
        value: int | None = self._get(key, int, words)
        if value is not None and not least <= value <= most:
            self._note(key, Text(f"不可能是 {value}", f"{value} is impossible"), _write(words))
            return least
        return least if value is None else value

    def points(self, key: str, negative: bool = False) -> Fraction:
        """Points, exactly as written, below a thousand, and not below zero unless they may be ``negative``."""
        if not self.has(key):
            self._get(key, int, POINTS)
            return Fraction(0)
        value = self._values[key]
        if isinstance(value, bool) or not isinstance(value, int | Fraction):
            what = Text(f"{written(value)} 不是分值", f"{written(value)} are no points")
            self._note(key, what, _write(POINTS))
            return Fraction(0)
        least = -999 if negative else 0
        if not least <= value < 1000:
            what = Text(f"分值不可能是 {number(value)}", f"{number(value)} points are impossible")
            self._note(key, what, _write(Text(f" {least} 到 999 的分值", f"points from {least} to 999")))
            return Fraction(0)
        return Fraction(value)

    def optional_points(self, key: str) -> Fraction | None:
        """As ``points``; ``None`` when left out."""
        return self.points(key) if self.has(key) else None

    def day(self, key: str) -> date:
        """A date without a time."""
        value: date | None = self._get(key, date, DAY)
        return value or date.min

    def choice(self, key: str, choices: type[E], decides: bool = False) -> E:
        """One of the words of an enumeration; ``decides`` as in ``word``."""
        return choices(self.word(key, [each.value for each in choices], decides))

    def word(self, key: str, known: Iterable[str], decides: bool = False) -> str:
        """One of the ``known`` words, of which there is at least one.

        ``decides``: what else stands in the table depends on this word, so that, where it is unknown, nothing more is
        said about the table.
        """
        known = sorted(known)
        value: str | None = self._get(key, str, STRING)
        if value in known:
            assert value is not None
            return value
        if value is not None:
            self._note(key, _unknown(value), _one_of(known))
        self._silent = self._silent or decides
        return known[0]

    def words(self, key: str, known: Iterable[str]) -> tuple[str, ...]:
        """A list of ``known`` words, each once; empty when left out."""
        if not self.has(key):
            return ()
        values: list[Any] = self._get(key, list, WORDS) or []
        known = sorted(known)
        for value in values:
            if value not in known:
                self._note(key, _unknown(value), _one_of(known))
                return ()
        if self.sound(key) and (not values or len(set(values)) != len(values)):
            what = Text("列表是空的，或有重复的词", f"{values} is empty or repeats itself")
            self._note(key, what, Text("每个词写一次", "name each word once"))
        return tuple(values)

    def text(self, key: str) -> Text:
        """A text in both languages."""
        table = self.table(key)
        text = Text(table.string("zh"), table.string("en"))
        table.finish()
        return text

    def table(self, key: str) -> Table:
        """A table inside this one."""
        values: dict[str, Any] | None = self._get(key, dict, TABLE)
        silent = self._silent or values is None
        return Table(values or {}, self.at(key), self._problems, silent)

    def tables(self, key: str) -> list[Table]:
        """A list of tables, at least one."""
        values: list[Any] | None = self._get(key, list, TABLES)
        if values is None:
            return []
        if not values or not all(isinstance(each, dict) for each in values):
            what = Text("不是表的列表", "is not a list of tables")
            self._note(key, what, Text(f"至少写一个 [[{key}]]", f"write [[{key}]] at least once"))
            return []
        at = self.at(key)
        return [Table(each, f"{at}[{n}]", self._problems, self._silent) for n, each in enumerate(values)]

    def rows(self, key: str, read: Callable[[Table], T]) -> tuple[T, ...]:
        """What ``read`` makes of each of a list of tables."""
        found = []
        for each in self.tables(key):
            found.append(read(each))
            each.finish()
        return tuple(found)

    def optional_tables(self, key: str) -> list[Table]:
        """As ``tables``; empty when left out."""
        return self.tables(key) if self.has(key) else []

    def value(self, key: str) -> Any:
        """Whatever stands there, ``None`` when nothing does: for a key that may be written in several ways."""
        return self._values[key] if self.has(key) else None

    def finish(self) -> None:
        """Refuse the keys nobody asked for."""
        for key in self._values:
            if key not in self._asked:
                known = sorted(self._asked)
                self._note(
                    key,
                    Text("是不认识的项", "is an unknown key"),
                    Text(
                        f"删去它；这里可以写 {'、'.join(known)}",
                        f"remove it; known here are {', '.join(known)}",
                    ),
                )
        if not self._silent:
            kind = self._values.get("kind")
            path = unnumbered(self.where) + (f":{kind}" if isinstance(kind, str) else "")
            self._problems.asked.setdefault(path, set()).update(self._asked)


def unnumbered(path: str) -> str:
    """``groups[0].indicators[1]`` is ``groups.indicators``."""
    return "".join(part.partition("]")[2] if n else part for n, part in enumerate(path.split("[")))


def written(value: Any) -> str:
    """A value much as it stands in the file."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, dict):
        return "{…}"
    if isinstance(value, list):
        return f"[{', '.join(map(written, value))}]"
    if isinstance(value, Fraction) and value.denominator != 1:
        return number(value)
    return str(value)


def _is_not(value: Any, words: Text) -> Text:
    return Text(f"{written(value)} 不是{words.zh}", f"{written(value)} is not {words.en}")


def _write(words: Text) -> Text:
    return Text(f"写{words.zh}", f"write {words.en}")


def _unknown(value: Any) -> Text:
    return Text(f"不认识 {written(value)}", f"{written(value)} is unknown")


def _one_of(known: Iterable[str]) -> Text:
    known = list(known)
    if not known:
        return Text("这里没有可选的词，删去这一项", "there is nothing to choose here: leave the key out")
    return Text(f"从中选：{'、'.join(known)}", f"choose from {', '.join(known)}")
