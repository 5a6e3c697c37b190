"""On which line of a scheme's TOML something stands; the standard parser reads values and forgets their places.

Paths are those of ``reading.Table``: ``groups[0].indicators[1].parts[0].rule.steps[2].points``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_BARE_VALUE = re.compile(r"[^,\]}#\n]*[^,\]}#\s]")
_STRINGS = {
    '"""': re.compile(r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*"{3,5}', re.S),
    "'''": re.compile(r"'''(?:[^']|'{1,2}(?!'))*'{3,5}"),
    '"': re.compile(r'"(?:[^"\\\n]|\\.)*"'),
    "'": re.compile(r"'[^'\n]*'"),
}
_LAST = re.compile(r"(?:\.[^.\[\]]+|\[\d+\]|^[^.\[\]]+)$")


@dataclass(frozen=True)
class Section:
    """A heading with the keys under it; the first of a text has no heading and the path ``""``."""

    path: str
    start: int
    """The first character of its heading."""
    body: int
    """The first character after its heading."""
    pairs: list[tuple[str, int, int]] = field(default_factory=list)
    """Of each key with its value: the path, the first character of the key and the one after the value."""


@dataclass(frozen=True)
class Places:
    """Where everything stands in one text."""

    lines: Mapping[str, int]
    """Path to line, the first being 1."""
    spans: Mapping[str, tuple[int, int]]
    """Path of a value to its first character and the one after its last; tables under a heading have none."""
    sections: tuple[Section, ...]
    """In their order; together they are the whole text."""
    keys: Mapping[str, int]
    """Path of a value that stands behind a key to the first character of that key."""

    def line(self, path: str) -> int | None:
        """The line of ``path``, or of what encloses it most closely; ``None`` for the file as a whole."""
        while path and path not in self.lines:
            shorter = _LAST.sub("", path)
            path = shorter if shorter != path else ""
        return self.lines.get(path)


@lru_cache(maxsize=8)
def locate(text: str) -> Places:
    """The places of all keys and elements of a text that the standard parser accepts.

    Of a text it would not accept, those before the first place that makes no sense. Remembered for the texts of late: the form of
    a scheme asks for them many times.
    """
    scan = _Scan(text)
    scan.document()
    return Places(scan.lines, scan.spans, tuple(scan.sections), scan.keys)


@dataclass
class _Scan:
    text: str
    at: int = 0
    line: int = 1
    lines: dict[str, int] = field(default_factory=dict)
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    """Path of an array of tables to how many it has so far."""
    sections: list[Section] = field(default_factory=lambda: [Section("", 0, 0)])
    keys: dict[str, int] = field(default_factory=dict)

    def document(self) -> None:
        current = ""
        self._skip(_BLANK)
        while self.at < len(self.text):
            began = self.at
            if self._eat("[["):
                current = self._row(self._key())
                self._eat("]]")
                self.sections.append(Section(current, began, self.at))
            elif self._eat("["):
                line = self.line
                current = self._table(self._key())
                self.lines.setdefault(current, line)
                self._eat("]")
                self.sections.append(Section(current, began, self.at))
            else:
                path = self._pair(current)
                self.sections[-1].pairs.append((path, began, self.at))
            self._skip(_BLANK)
            if self.at == began:
                return

    def _pair(self, table: str) -> str:
        """``a.b = value`` within ``table``; its path."""
        path, line, began = table, self.line, self.at
        for part in self._key():
            path = _join(path, part)
            self.lines.setdefault(path, line)
        self._skip(_SPACE)
        if self._eat("="):
            self._skip(_SPACE)
            self._value(path)
        self.keys.setdefault(path, began)
        return path

    def _value(self, path: str) -> None:
        self.lines.setdefault(path, self.line)
        start = self.at
        if self._eat("["):
            self._array(path)
        elif self._eat("{"):
            self._inline(path)
        elif not self._string():
            self._skip(_BARE_VALUE)
        self.spans[path] = (start, self.at)

    def _array(self, path: str) -> None:
        n = 0
        self._skip(_BLANK)
        while self.at < len(self.text) and not self._eat("]"):
            began = self.at
            self._value(f"{path}[{n}]")
            self._skip(_BLANK)
            self._eat(",")
            self._skip(_BLANK)
            n += 1
            if self.at == began:
                return

    def _inline(self, path: str) -> None:
        self._skip(_BLANK)
        while self.at < len(self.text) and not self._eat("}"):
            began = self.at
            self._pair(path)
            self._skip(_BLANK)
            self._eat(",")
            self._skip(_BLANK)
            if self.at == began:
                return

    def _row(self, key: list[str]) -> str:
        path, line = _join(self._table(key[:-1]), *key[-1:]), self.line
        n = self.rows.get(path, 0)
        self.rows[path] = n + 1
        self.lines.setdefault(path, line)
        self.lines[f"{path}[{n}]"] = line
        return f"{path}[{n}]"

    def _table(self, key: list[str]) -> str:
        """The path of a heading: within an array of tables, the newest of them is meant."""
        path = ""
        for part in key:
            path = _join(path, part)
            if path in self.rows:
                path = f"{path}[{self.rows[path] - 1}]"
        return path

    def _key(self) -> list[str]:
        parts: list[str] = []
        while True:
            self._skip(_SPACE)
            start = self.at
            if self._string():
                parts.append(self.text[start + 1 : self.at - 1])
            elif self._skip(_BARE_KEY):
                parts.append(self.text[start : self.at])
            self._skip(_SPACE)
            if not self._eat("."):
                return parts

    def _string(self) -> bool:
        for quote, pattern in _STRINGS.items():
            if self.text.startswith(quote, self.at):
                return self._skip(pattern)
        return False

    def _eat(self, word: str) -> bool:
        if not self.text.startswith(word, self.at):
            return False
        self.at += len(word)
        return True

    def _skip(self, pattern: re.Pattern[str]) -> bool:
        found = pattern.match(self.text, self.at)
        if found is None or found.end() == self.at:
            return False
        self.line += self.text.count("\n", self.at, found.end())
        self.at = found.end()
        return True


def _join(path: str, *parts: str) -> str:
    return ".".join(filter(None, [path, *parts]))
