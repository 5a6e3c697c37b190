"""Raw cells of an XLSX file, read in one streaming pass and safely.

Read directly rather than through a spreadsheet library: a ledger comes from a stranger. Nothing is unpacked
before the members' sizes are checked, declarations of document types are refused, the sheet's own claim
of its size is ignored, and merged ranges are read in the same pass. Format: ECMA-376 (Office Open XML),
part 1, chapter 18. Formulas are not computed: the stored result is taken, and one without a result says so.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from datetime import date
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Final
from urllib.parse import unquote
from xml.parsers import expat

from application.ledgers.problems import broken_file, too_large
from application.ledgers.raw import EPOCH_1900, EPOCH_1904, RawSheet, Unreadable
from interface.ledgers.xlsx.sheet_xml import SheetReader
from interface.ledgers.xlsx.strings_and_styles import read_strings, read_styles
from interface.ledgers.xlsx.xml_events import is_true, parse

MAX_FILE_BYTES: Final = 32 * 1024 * 1024
MAX_UNPACKED_BYTES: Final = 64 * 1024 * 1024
MAX_SMALL_PART_BYTES: Final = 4 * 1024 * 1024
"""Relations and the list of sheets."""
MAX_STYLES_BYTES: Final = 16 * 1024 * 1024
MAX_MEMBERS: Final = 2_000
MAX_SHEETS: Final = 100
LONGEST_TITLE: Final = 100
"""Of a sheet, in characters; a spreadsheet program allows 31."""
_MEMBER: Final = b"PK\x01\x02"


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
    if data.count(_MEMBER) > MAX_MEMBERS:
        # Counted before the list of members is made, which takes fifteen times their bytes.
        raise Unreadable(too_large("the file has too many parts", "文件的组成部分过多"))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _Package(archive).sheets()
    except Unreadable:
        raise
    except MemoryError as error:
        raise Unreadable(too_large("the file takes too much memory", "文件占用内存过多")) from error
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


def _part_key(name: str) -> str:
    """What two spellings of a part's name have in common: names are compared without regard to case, and some
    programs write backslashes. [ECMA-376 part 2, 6.2.2]
    """
    return unquote(name).replace("\\", "/").lstrip("/").casefold()


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
        self._members = {_part_key(member.filename): member for member in members}
        if len(self._members) < len(members):
            raise Unreadable(broken_file("two parts of the file have one name", "文件中有两个部分同名"))
        self._left = MAX_UNPACKED_BYTES

    def _bytes(self, name: str, most: int = MAX_UNPACKED_BYTES) -> bytes:
        """A member's bytes. The budget also counts a member that several sheets point to each time anew."""
        most = min(most, self._left)
        with self._archive.open(self._members[_part_key(name)]) as member:
            data = member.read(most + 1)
        self._left -= len(data)
        if len(data) > most:
            raise Unreadable(too_large("the file unpacks to more than a ledger can be", "文件解压后过大"))
        return data

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Relations of a part: id to (kind, target member)."""
        name = join(dirname(part), "_rels", f"{part.rsplit('/', 1)[-1]}.rels")
        if _part_key(name) not in self._members:
            return {}
        found: dict[str, tuple[str, str]] = {}

        def start(tag: str, attributes: dict[str, str]) -> None:
            if tag == "Relationship" and attributes.get("TargetMode") != "External":
                target = attributes["Target"].replace("\\", "/")
                path = target.lstrip("/") if target.startswith("/") else join(dirname(part), target)
                found[attributes["Id"]] = (attributes.get("Type", "").rsplit("/", 1)[-1], normpath(path))

        parse(self._bytes(name, MAX_SMALL_PART_BYTES), start)
        return found

    def sheets(self) -> list[RawSheet]:
        """Every worksheet; parts that are no worksheets (charts) are left out."""
        root = self._relations("")
        workbook = next((t for kind, t in root.values() if kind == "officeDocument"), "xl/workbook.xml")
        if _part_key(workbook) not in self._members:
            raise Unreadable(broken_file("not an .xlsx workbook", "不是 .xlsx 工作簿"))
        relations = self._relations(workbook)
        listed: list[tuple[str, str, bool]] = []
        epoch: date = EPOCH_1900

        def start(tag: str, attributes: dict[str, str]) -> None:
            nonlocal epoch
            if tag == "workbookPr" and is_true(attributes.get("date1904")):
                epoch = EPOCH_1904
            elif tag == "sheet":
                relation = next(value for key, value in attributes.items() if key.endswith(" id"))
                hidden = attributes.get("state", "visible") != "visible"
                listed.append((attributes["name"][:LONGEST_TITLE], relation, hidden))

        parse(self._bytes(workbook, MAX_SMALL_PART_BYTES), start)
        if len(listed) > MAX_SHEETS:
            raise Unreadable(too_large("too many sheets", "工作表过多"))
        targets = {kind: target for kind, target in relations.values() if kind in ("sharedStrings", "styles")}
        strings = read_strings(self._bytes(targets["sharedStrings"]) if "sharedStrings" in targets else None)
        styles = read_styles(
            self._bytes(targets["styles"], MAX_STYLES_BYTES) if "styles" in targets else None
        )
        reader = SheetReader(strings, styles, epoch)
        sheets = []
        for title, relation, hidden in listed:
            kind, target = relations[relation]
            if kind == "worksheet":
                sheets.append(reader.read(RawSheet(title, hidden=hidden, epoch=epoch), self._bytes(target)))
        return sheets
