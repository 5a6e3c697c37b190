"""Raw cells of an XLSX file, read in one streaming pass and safely.

Read directly rather than through a spreadsheet library: a ledger comes from a stranger. Nothing is unpacked
before the members' sizes are checked, declarations of document types are refused, the sheet's own claim
of its size is ignored, and merged ranges are read in the same pass. Format: ECMA-376 (Office Open XML),
part 1, chapter 18. Formulas are not computed: the stored result is taken.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Final
from xml.parsers import expat

from interface.ledgers.problems import Problem, broken_file, too_large

MAX_FILE_BYTES: Final = 32 * 1024 * 1024
MAX_UNPACKED_BYTES: Final = 64 * 1024 * 1024
MAX_MEMBERS: Final = 2_000
MAX_SHEETS: Final = 100
MAX_CELLS: Final = 2_000_000
MAX_MERGED_CELLS: Final = 500_000


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell whose value is a spreadsheet error such as ``#REF!``."""

    text: str


Value = str | Decimal | date | CellError
"""A filled cell. Numbers are exact decimals; a number shown as a date is that date."""


@dataclass(slots=True)
class RawSheet:
    """One sheet: filled cells by 1-based row and column, and its merged ranges (top, left, bottom, right)."""

    title: str
    rows: dict[int, dict[int, Value]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)

    def fill_down(self, below: int) -> dict[int, dict[int, Value]]:
        """The rows under row ``below`` with the value of a merged range given to each of its rows.

        Only the range's first column is filled: a cell merged over two columns belongs to the first. Rows
        without any cell of their own stay away, so merging down to the end of the page makes no rows.
        """
        rows = {number: dict(cells) for number, cells in self.rows.items() if number > below}
        numbers = sorted(rows)
        filled = 0
        for top, left, bottom, _right in self.merged:
            value = self.rows.get(top, {}).get(left)
            if value is None or bottom <= below or top <= below:
                continue
            for number in numbers[bisect_left(numbers, top + 1) :]:
                if number > bottom:
                    break
                filled += 1
                if filled > MAX_MERGED_CELLS:
                    raise Unreadable(too_large("too many merged cells", "合并单元格过多"))
                rows[number][left] = value
        return rows


class Unreadable(Exception):
    """The file is no workbook that can be read; carries the one problem to show."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def bytes_of(source: Path | bytes) -> bytes:
    """The file's bytes, if no more than a ledger can have. Raises `Unreadable`, and nothing else."""
    try:
        size = len(source) if isinstance(source, bytes) else source.stat().st_size
        if size > MAX_FILE_BYTES:
            raise Unreadable(too_large("the file is too large", "文件过大"))
        return source if isinstance(source, bytes) else source.read_bytes()
    except OSError as error:
        raise Unreadable(broken_file("the file cannot be opened", "文件无法打开")) from error


def read_workbook(data: bytes) -> list[RawSheet]:
    """All worksheets in the workbook's order, hidden ones too. Raises `Unreadable`, and nothing else."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        # The old binary format and a workbook locked by a password share this container.
        raise Unreadable(broken_file("an old .xls or password-protected file", "是旧版 .xls 或加密的文件"))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _Package(archive).sheets()
    except Unreadable:
        raise
    except (
        zipfile.BadZipFile,
        zlib.error,
        expat.ExpatError,
        struct.error,
        OSError,
        EOFError,
        RuntimeError,
        ValueError,
        LookupError,
        StopIteration,
        NotImplementedError,
        OverflowError,
    ) as error:
        raise Unreadable(broken_file("not a readable .xlsx file", "不是可读的 .xlsx 文件")) from error


class _Package:
    """The zip container, with a budget for what may be unpacked from it."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        members = archive.infolist()
        if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
            raise Unreadable(too_large("the file unpacks to more than a ledger can be", "文件解压后过大"))
        for member in members:
            if member.flag_bits & 1 or member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise Unreadable(broken_file("an encrypted or unusual archive", "是加密或非常规的压缩包"))
        self._archive = archive
        self._names = {member.filename for member in members}
        self._left = MAX_UNPACKED_BYTES

    def _bytes(self, name: str) -> bytes:
        """A member's bytes. The budget also counts a member that several sheets point to each time anew."""
        with self._archive.open(name) as member:
            data = member.read(self._left + 1)
        self._left -= len(data)
        if self._left < 0:
            raise Unreadable(too_large("the file unpacks to more than a ledger can be", "文件解压后过大"))
        return data

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Relations of a part: id to (kind, target member)."""
        name = join(dirname(part), "_rels", f"{part.rsplit('/', 1)[-1]}.rels")
        if name not in self._names:
            return {}
        found: dict[str, tuple[str, str]] = {}

        def start(tag: str, attributes: dict[str, str]) -> None:
            if tag == "Relationship" and attributes.get("TargetMode") != "External":
                target = attributes["Target"]
                path = target.lstrip("/") if target.startswith("/") else join(dirname(part), target)
                found[attributes["Id"]] = (attributes.get("Type", "").rsplit("/", 1)[-1], normpath(path))

        _parse(self._bytes(name), start)
        return found

    def sheets(self) -> list[RawSheet]:
        """Every worksheet; parts that are no worksheets (charts) are left out."""
        root = self._relations("")
        workbook = next((t for kind, t in root.values() if kind == "officeDocument"), "xl/workbook.xml")
        if workbook not in self._names:
            raise Unreadable(broken_file("not an .xlsx workbook", "不是 .xlsx 工作簿"))
        relations = self._relations(workbook)
        listed: list[tuple[str, str]] = []
        epoch = date(1899, 12, 30)

        def start(tag: str, attributes: dict[str, str]) -> None:
            nonlocal epoch
            if tag == "workbookPr" and attributes.get("date1904") in ("1", "true"):
                epoch = date(1904, 1, 1)
            elif tag == "sheet":
                relation = next(value for key, value in attributes.items() if key.endswith(" id"))
                listed.append((attributes["name"], relation))

        _parse(self._bytes(workbook), start)
        if len(listed) > MAX_SHEETS:
            raise Unreadable(too_large("too many sheets", "工作表过多"))
        targets = {kind: target for kind, target in relations.values() if kind in ("sharedStrings", "styles")}
        strings = _strings(self._bytes(targets["sharedStrings"])) if "sharedStrings" in targets else []
        dated = _date_styles(self._bytes(targets["styles"])) if "styles" in targets else frozenset()
        reader = _SheetReader(strings, dated, epoch)
        sheets = []
        for title, relation in listed:
            kind, target = relations[relation]
            if kind == "worksheet":
                sheets.append(reader.read(title, self._bytes(target)))
        return sheets


Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


class _LocalNames(dict[str, str]):
    """Element names without their namespace, made once each."""

    def __missing__(self, name: str) -> str:
        short = self[name] = name.rsplit(" ", 1)[-1]
        return short


def _parse(data: bytes, start: Start, end: End | None = None, text: Text | None = None) -> None:
    """Feed XML to handlers by local names: files differ in prefixes and in the strictness of namespaces.

    Attributes keep theirs, written as ``namespace name``; those of the format itself have none.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    local = _LocalNames()

    def forbid(*_: object) -> None:
        # Entities are how XML files explode; no spreadsheet program writes a document type.
        raise Unreadable(broken_file("the file declares XML entities", "文件含有 XML 实体声明"))

    parser.StartElementHandler = lambda name, attributes: start(local[name], attributes)
    if end is not None:
        parser.EndElementHandler = lambda name: end(local[name])
    if text is not None:
        parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = forbid
    parser.EntityDeclHandler = forbid
    parser.Parse(data, True)


_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def _unescape(text: str) -> str:
    """Undo the format's ``_x000D_`` writing of control characters (ECMA-376 part 1, 22.9.2.19)."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _strings(data: bytes) -> list[str]:
    """The shared strings, rich text joined, phonetic guides left out."""
    strings: list[str] = []
    parts: list[str] = []
    inside = guides = 0

    def start(tag: str, _: dict[str, str]) -> None:
        nonlocal inside, guides
        if tag == "si":
            parts.clear()
        elif tag == "rPh":
            guides += 1
        elif tag == "t":
            inside = not guides

    def end(tag: str) -> None:
        nonlocal inside, guides
        if tag == "si":
            strings.append(_unescape("".join(parts)))
        elif tag == "rPh":
            guides -= 1
        elif tag == "t":
            inside = 0

    def text(piece: str) -> None:
        if inside:
            parts.append(piece)

    _parse(data, start, end, text)
    return strings


_BUILT_IN_DATES = frozenset([*range(14, 18), 22, *range(27, 37), *range(50, 59)])
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


def _date_styles(data: bytes) -> frozenset[int]:
    """Indices of the cell styles that show a number as a day (ECMA-376 part 1, 18.8.30)."""
    dated_formats: set[int] = set(_BUILT_IN_DATES)
    styles: list[int] = []
    inside = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        if tag == "numFmt":
            code = _QUOTED.sub("", attributes.get("formatCode", "")).lower()
            if "y" in code or "d" in code:
                dated_formats.add(int(attributes["numFmtId"]))
        elif tag == "cellXfs":
            inside = True
        elif tag == "xf" and inside:
            styles.append(int(attributes.get("numFmtId", "0")))

    def end(tag: str) -> None:
        nonlocal inside
        if tag == "cellXfs":
            inside = False

    _parse(data, start, end)
    return frozenset(index for index, number in enumerate(styles) if number in dated_formats)


_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def _place(reference: str) -> tuple[int, int]:
    """Row and column of a reference such as ``B12``, both from 1."""
    match = _REFERENCE.fullmatch(reference.replace("$", ""))
    if match is None:
        raise ValueError(reference)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column


class _SheetReader:
    """Reads worksheet parts against the workbook's strings, date styles and epoch."""

    def __init__(self, strings: list[str], dated: frozenset[int], epoch: date) -> None:
        self._strings, self._dated, self._epoch = strings, dated, epoch
        self._cells = 0

    def read(self, title: str, data: bytes) -> RawSheet:
        sheet = RawSheet(title)
        row = column = 0
        kind, style = "n", ""
        parts: list[str] = []
        collecting = False
        guides = 0

        def start(tag: str, attributes: dict[str, str]) -> None:
            nonlocal row, column, kind, style, collecting, guides
            if tag == "c":
                if "r" in attributes:
                    row, column = _place(attributes["r"])
                else:
                    column += 1
                kind, style = attributes.get("t", "n"), attributes.get("s", "")
                parts.clear()
            elif tag == "v" or (tag == "t" and not guides):
                collecting = True
            elif tag == "row":
                row, column = int(attributes.get("r", row + 1)), 0
            elif tag == "rPh":
                guides += 1
            elif tag == "mergeCell":
                top, _, bottom = attributes["ref"].partition(":")
                sheet.merged.append((*_place(top), *_place(bottom or top)))

        def end(tag: str) -> None:
            nonlocal collecting, guides
            if tag in ("v", "t"):
                collecting = False
            elif tag == "rPh":
                guides -= 1
            elif tag == "c" and parts:
                value = self._value(kind, style, "".join(parts))
                if value is not None:
                    self._cells += 1
                    if self._cells > MAX_CELLS:
                        raise Unreadable(too_large("too many cells", "单元格过多"))
                    sheet.rows.setdefault(row, {})[column] = value

        def text(piece: str) -> None:
            if collecting:
                parts.append(piece)

        _parse(data, start, end, text)
        return sheet

    def _value(self, kind: str, style: str, text: str) -> Value | None:
        """The typed value of one cell; nothing for text that shows nothing."""
        if kind == "s":
            text = self._strings[int(text)]
            return text if text.strip() else None
        if kind in ("inlineStr", "str"):
            text = _unescape(text)
            return text if text.strip() else None
        if kind == "b":
            return "TRUE" if text.strip() == "1" else "FALSE"
        if kind == "e":
            return CellError(text)
        if kind == "d":
            return text
        try:
            number = Decimal(text.strip())
        except InvalidOperation:
            return CellError(text)
        if not number.is_finite() or number.adjusted() > 20:
            return CellError(text)
        # Day 0 and the 1900 leap-year fault concern no ledger; a larger number is a compact date (20250305).
        if style and int(style) in self._dated and 1 <= number < 2_958_466:
            return self._epoch + timedelta(days=int(number))
        return number
