"""What stands in a word processor's file as the text it is stored as: python-docx, which makes the same of objects, takes ten
times as long for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Length

LATIN = "Times New Roman"
BLACK = "000000"
INDENT = 640
"""Two characters of size three, in twentieths of a point."""
# What XML cannot hold; whoever entered it, a file that opens is worth more.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_BREAKS = re.compile(r"(\t|\r\n|\n|\r)")


def clean(text: str) -> str:
    """Without what XML cannot hold."""
    return UNPRINTABLE.sub("", text)


@lru_cache(maxsize=64)
def _look(font: str, size: float, colour: str, raised: bool) -> str:
    up = '<w:vertAlign w:val="superscript"/>' if raised else ""
    return (
        f'<w:rPr><w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{font}"/><w:b w:val="0"/>'
        f'<w:color w:val="{colour}"/><w:sz w:val="{int(size * 2)}"/>{up}</w:rPr>'
    )


def run(text: str, *, font: str, size: float, colour: str = BLACK, raised: bool = False) -> str:
    """Text in one look; ``size`` in points."""
    return f"<w:r>{_look(font, size, colour, raised)}{_written(clean(text))}</w:r>"


def _written(text: str) -> str:
    pieces = [each for each in _BREAKS.split(text) if each]
    return "".join(
        "<w:tab/>" if each == "\t" else "<w:br/>" if _BREAKS.fullmatch(each) else _text(each)
        for each in pieces
    )


def _text(text: str) -> str:
    kept = ' xml:space="preserve"' if text != text.strip() else ""
    return f"<w:t{kept}>{escape(text)}</w:t>"


def field(code: str, *, font: str, size: float, dirty: bool = False) -> str:
    """What the word processor fills in, such as the page's number."""
    mark = ' w:dirty="true"' if dirty else ""
    return (
        f'<w:r>{_look(font, size, BLACK, False)}<w:fldChar w:fldCharType="begin"{mark}/>'
        f'<w:instrText xml:space="preserve">{code}</w:instrText><w:fldChar w:fldCharType="separate"/>'
        '<w:fldChar w:fldCharType="end"/></w:r>'
    )


def bookmarked(runs: str, name: str, number: int) -> str:
    """A place that links and page numbers refer to."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{runs}<w:bookmarkEnd w:id="{number}"/>'


def link(runs: str, *, anchor: str = "", relation: str = "") -> str:
    """A link to a place of the same file, or to an address that the file holds by its relation."""
    to = f"r:id={quoteattr(relation)}" if relation else f"w:anchor={quoteattr(anchor)}"
    return f"<w:hyperlink {to}>{runs}</w:hyperlink>"


def line(
    runs: str, *, size: float = 16, align: str = "", indent: bool = False, style: str = "", stop: int = 0
) -> str:
    """A line of text with the distance of official papers to the next. ``stop``: where a tabulator leads, in twentieths of a
    point."""
    first = {
        "": "",
        # The template's title has a rule below it; an official title has none.
        "Title": '<w:pStyle w:val="Title"/><w:pBdr><w:bottom w:val="nil"/></w:pBdr>',
    }.get(style, f'<w:pStyle w:val="{style}"/><w:keepNext/>')
    tabs = f'<w:tabs><w:tab w:pos="{stop}" w:val="left"/></w:tabs>' if stop else ""
    apart = max(560, int(size * 28))
    spacing = f'<w:spacing w:lineRule="exact" w:line="{apart}" w:before="0" w:after="0"/>'
    inwards = f'<w:ind w:firstLine="{INDENT}"/>' if indent else ""
    return f"<w:p><w:pPr>{first}{tabs}{spacing}{inwards}{_aligned(align)}</w:pPr>{runs}</w:p>"


def cell_line(runs: str, align: str = "") -> str:
    """A line in a cell."""
    return f'<w:p><w:pPr><w:spacing w:after="0"/>{_aligned(align)}</w:pPr>{runs}</w:p>'


def _aligned(align: str) -> str:
    return f'<w:jc w:val="{align}"/>' if align else ""


def table(
    head: Sequence[str], rows: Iterable[Sequence[str]], columns: int, width: Length, *, repeated: bool = True
) -> str:
    """Cells as lines. ``repeated``: whether the table stands in the middle, and its head on each of its pages."""
    wide = Length(int(width / columns)).twips
    grid = f'<w:gridCol w:w="{wide}"/>' * columns
    own = f'<w:tcPr><w:tcW w:type="dxa" w:w="{wide}"/></w:tcPr>'

    def row(cells: Sequence[str]) -> str:
        return "".join(f"<w:tc>{own}{each}</w:tc>" for each in cells)

    middle = '<w:jc w:val="center"/>' if repeated else ""
    on_each = "<w:trPr><w:tblHeader/></w:trPr>" if repeated else ""
    first = f"<w:tr>{on_each}{row(head)}</w:tr>" if head else ""
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:type="auto" w:w="0"/>{middle}'
        '<w:tblLook w:firstColumn="1" w:firstRow="1" w:lastColumn="0" w:lastRow="0" w:noHBand="0" w:noVBand="1"'
        f' w:val="04A0"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{first}'
        f"{''.join(f'<w:tr>{row(each)}</w:tr>' for each in rows)}</w:tbl>"
    )


def elements(pieces: str) -> list[Any]:
    """The same as what python-docx puts into a file."""
    return list(parse_xml(f"<w:body {nsdecls('w', 'r')}>{pieces}</w:body>"))


def put_before(last: Any, pieces: str) -> None:
    """Put lines and tables into a file. A table goes row by row: to move one at once takes the square of its length."""
    for each in elements(pieces):
        rows = list(each) if each.tag == qn("w:tbl") else []
        for row in rows:
            each.remove(row)
        last.addprevious(each)
        each.extend(rows)
