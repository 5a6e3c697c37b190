"""Strict reading of a scheme's TOML: every key is asked for, every other key is refused with a remedy."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from datetime import date, datetime
from fractions import Fraction
from typing import Any, TypeVar

from domain.assessment.text import Text

E = TypeVar("E", bound=enum.Enum)


class SchemeError(Exception):
    """A scheme that cannot be used: where in the file, what is wrong, and what would be right."""

    def __init__(self, where: str, what: str, remedy: str) -> None:
        super().__init__(f"{where}: {what}; {remedy}")
        self.where = where
        self.what = what
        self.remedy = remedy


class Table:
    """One table of the file. ``finish`` refuses what nobody asked for."""

    def __init__(self, values: dict[str, Any], where: str) -> None:
        self._values = values
        self._asked: set[str] = set()
        self.where = where

    def _get(self, key: str, kind: type, words: str) -> Any:
        self._asked.add(key)
        if key not in self._values:
            raise SchemeError(self.where, f"{key!r} is missing", f"add {key} = {words}")
        value = self._values[key]
        if type(value) is not kind:
            raise SchemeError(self.at(key), f"{value!r} is not {words}", f"write {words}")
        return value

    def at(self, key: str) -> str:
        """Where ``key`` stands in the file."""
        return f"{self.where}.{key}" if self.where else key

    def has(self, key: str) -> bool:
        """Whether the file says anything about an optional key."""
        return key in self._values

    def optional(self, key: str) -> bool:
        """As ``has``; the key is known here from now on, whether it is there or not."""
        self._asked.add(key)
        return self.has(key)

    def string(self, key: str) -> str:
        """A text that is not blank."""
        value: str = self._get(key, str, "a text in quotes")
        if not value.strip():
            raise SchemeError(self.at(key), "the text is blank", "write the text")
        return value

    def boolean(self, key: str) -> bool:
        """``true`` or ``false``; false when left out."""
        self._asked.add(key)
        return bool(self._get(key, bool, "true or false")) if self.has(key) else False

    def integer(self, key: str, least: int, most: int) -> int:
        """A whole number between ``least`` and ``most``."""
        value: int = self._get(key, int, f"a whole number from {least} to {most}")
        if not least <= value <= most:
            raise SchemeError(
                self.at(key), f"{value} is impossible", f"write a number from {least} to {most}"
            )
        return value

    def points(self, key: str) -> Fraction:
        """Points, exactly as written, not negative and below a thousand."""
        self._asked.add(key)
        value = self._values.get(key)
        if isinstance(value, bool) or not isinstance(value, int | Fraction):
            raise SchemeError(self.at(key), f"{value!r} are no points", "write a number such as 4 or 1.75")
        exact = Fraction(value)
        if not 0 <= exact < 1000:
            raise SchemeError(self.at(key), f"{value} points are impossible", "write points from 0 to 999")
        return exact

    def day(self, key: str) -> date:
        """A date without a time."""
        value: date = self._get(key, date, "a date such as 2025-03-31")
        if isinstance(value, datetime):
            raise SchemeError(self.at(key), "a time of day has no meaning here", "write the date only")
        return value

    def choice(self, key: str, choices: type[E]) -> E:
        """One of the words of an enumeration."""
        word = self.string(key)
        try:
            return choices(word)
        except ValueError:
            raise SchemeError(
                self.at(key),
                f"{word!r} is unknown",
                f"choose one of {', '.join(sorted(c.value for c in choices))}",
            ) from None

    def word(self, key: str, known: Iterable[str]) -> str:
        """One of the ``known`` words."""
        value = self.string(key)
        if value not in set(known):
            raise SchemeError(
                self.at(key), f"{value!r} is unknown", f"choose one of {', '.join(sorted(known))}"
            )
        return value

    def words(self, key: str, known: Iterable[str]) -> tuple[str, ...]:
        """A list of ``known`` words, each once; empty when left out."""
        self._asked.add(key)
        if not self.has(key):
            return ()
        values: list[Any] = self._get(key, list, "a list of words")
        known = set(known)
        for value in values:
            if value not in known:
                choices = ", ".join(sorted(known)) or "nothing: leave the key out"
                raise SchemeError(self.at(key), f"{value!r} is unknown", f"choose from {choices}")
        if not values or len(set(values)) != len(values):
            raise SchemeError(self.at(key), f"{values} is empty or repeats itself", "name each word once")
        return tuple(values)

    def text(self, key: str) -> Text:
        """A text in both languages."""
        table = self.table(key)
        text = Text(table.string("zh"), table.string("en"))
        table.finish()
        return text

    def table(self, key: str) -> Table:
        """A table inside this one."""
        return Table(self._get(key, dict, "a table"), self.at(key))

    def tables(self, key: str) -> list[Table]:
        """A list of tables, at least one."""
        values: list[Any] = self._get(key, list, "a list of tables")
        if not values or not all(isinstance(each, dict) for each in values):
            raise SchemeError(self.at(key), "is not a list of tables", f"write [[{key}]] at least once")
        return [Table(each, f"{self.at(key)}[{n}]") for n, each in enumerate(values)]

    def optional_tables(self, key: str) -> list[Table]:
        """As ``tables``; empty when left out."""
        self._asked.add(key)
        return self.tables(key) if self.has(key) else []

    def finish(self) -> None:
        """Refuse the keys nobody asked for."""
        for key in self._values:
            if key not in self._asked:
                known = ", ".join(sorted(self._asked))
                raise SchemeError(self.at(key), "is an unknown key", f"remove it; known here are {known}")
