"""XML of a stranger as a stream of elements, bounded in depth and in the size of what comes in one piece."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from xml.parsers import expat

from application.ledgers.problems import broken_file, too_large
from application.ledgers.raw import Unreadable

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]

DEEPEST: Final = 64
"""Elements inside each other; a worksheet needs eight."""
_FED: Final = 256 * 1024
_LONGEST_PIECE: Final = 4 * _FED
"""Bytes of one tag or comment, which the parser holds as a whole."""


class _LocalNames(dict[str, str]):
    """Element names without their namespace, made once each."""

    def __missing__(self, name: str) -> str:
        short = self[name] = name.rsplit(" ", 1)[-1]
        return short


def parse(data: bytes, start: Start, end: End | None = None, text: Text | None = None) -> None:
    """Feed XML to handlers by local names: files differ in prefixes and in the strictness of namespaces.

    Attributes keep theirs, written as ``namespace name``; those of the format itself have none.
    Raises `Unreadable` for what only an attack contains, ``ExpatError`` for damaged XML.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    local = _LocalNames()
    depth = 0

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise Unreadable(broken_file("elements nested too deeply", "文件结构嵌套过深"))
        start(local[name], attributes)

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end is not None:
            end(local[name])

    def forbid(*_: object) -> None:
        # Entities are how XML files explode; no spreadsheet program writes a document type.
        raise Unreadable(broken_file("the file declares XML entities", "文件含有 XML 实体声明"))

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    if text is not None:
        parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = forbid
    parser.EntityDeclHandler = forbid
    for place in range(0, len(data), _FED):
        parser.Parse(data[place : place + _FED], False)
        if place + _FED - parser.CurrentByteIndex > _LONGEST_PIECE:
            raise Unreadable(too_large("one piece of the file is too large", "文件中有过长的内容"))
    parser.Parse(b"", True)


def is_true(value: str | None) -> bool:
    """An XML boolean; absent is false."""
    return value in ("1", "true")
