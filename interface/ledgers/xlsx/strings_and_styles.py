"""The parts of a workbook that its cells refer to: shared strings, and which styles show days or strike out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from application.ledgers.problems import too_large
from application.ledgers.raw import Unreadable
from interface.ledgers.xlsx.xml_events import is_true, parse

MAX_STRINGS: Final = 500_000
MAX_STYLES: Final = 100_000
"""A spreadsheet program allows 65 490 cell styles."""
LONGEST_CELL: Final = 32_767
"""Characters a spreadsheet program allows in a cell; of a longer text only so many are kept."""
MAX_PIECES: Final = 4_096
"""Of a text; the parser hands over 8 kB at a time, or a run of rich text."""

_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescape(text: str) -> str:
    """Undo the format's ``_x000D_`` writing of control characters (ECMA-376 part 1, 22.9.2.19).

    Half of a surrogate pair, which no text can hold, becomes U+FFFD.
    """
    return _ESCAPED.sub(lambda match: _character(int(match[1], 16)), text) if "_x" in text else text


def _character(code: int) -> str:
    return "\ufffd" if 0xD800 <= code <= 0xDFFF else chr(code)


@dataclass(frozen=True, slots=True)
class Strings:
    """Shared strings, rich text joined; ``struck`` are the places of those with a part struck through."""

    texts: list[str]
    struck: frozenset[int]


def read_strings(data: bytes | None) -> Strings:
    """The shared strings; phonetic guides are left out."""
    strings: list[str] = []
    struck: set[int] = set()
    parts: list[str] = []
    inside = guides = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal inside, guides
        if tag == "si":
            parts.clear()
        elif tag == "rPh":
            guides += 1
        elif tag == "t":
            inside = not guides
        elif tag == "strike" and is_true(attributes.get("val", "1")):
            struck.add(len(strings))

    def end(tag: str) -> None:
        nonlocal inside, guides
        if tag == "si":
            if len(strings) >= MAX_STRINGS:
                raise Unreadable(too_large("too many texts", "文字过多"))
            strings.append(unescape("".join(parts)[:LONGEST_CELL]))
        elif tag == "rPh":
            guides -= 1
        elif tag == "t":
            inside = 0

    def text(piece: str) -> None:
        if inside and len(parts) < MAX_PIECES:
            parts.append(piece)

    if data is not None:
        parse(data, start, end, text)
    return Strings(strings, frozenset(struck))


@dataclass(frozen=True, slots=True)
class Styles:
    """Indices of the cell styles that show a number as a day, and of those that strike the cell through."""

    dated: frozenset[int]
    struck: frozenset[int]


_BUILT_IN_DATES: Final = frozenset([*range(14, 18), 22, *range(27, 37), *range(50, 59)])
# Quoted words, escaped characters, conditions and colours, and the widths and fillers of a format.
_NO_CODE: Final = re.compile(r'"[^"]*"|[\\_*].|\[[^\]]*\]')


def read_styles(data: bytes | None) -> Styles:
    """Which styles show days (ECMA-376 part 1, 18.8.30) and which have a font that strikes through (18.8.22)."""
    dated_formats: set[int] = set(_BUILT_IN_DATES)
    formats: list[tuple[int, int]] = []
    struck_fonts: set[int] = set()
    fonts = 0
    inside = ""

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal inside, fonts
        if tag == "numFmt":
            code = _NO_CODE.sub("", attributes.get("formatCode", "")[:1_000]).lower()
            if "y" in code or "d" in code:
                dated_formats.add(int(attributes["numFmtId"]))
        elif tag in ("cellXfs", "fonts"):
            inside = tag
        elif inside == "cellXfs" and tag == "xf":
            formats.append((int(attributes.get("numFmtId", "0")), int(attributes.get("fontId", "0"))))
            if len(formats) > MAX_STYLES:
                raise Unreadable(too_large("too many styles", "单元格样式过多"))
        elif inside == "fonts" and tag == "font":
            fonts += 1
        elif inside == "fonts" and tag == "strike" and is_true(attributes.get("val", "1")):
            struck_fonts.add(fonts - 1)

    def end(tag: str) -> None:
        nonlocal inside
        if tag == inside:
            inside = ""

    if data is not None:
        parse(data, start, end)
    return Styles(
        dated=frozenset(n for n, (number, _) in enumerate(formats) if number in dated_formats),
        struck=frozenset(n for n, (_, font) in enumerate(formats) if font in struck_fonts),
    )
