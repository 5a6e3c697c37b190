"""A document as a file of a word processor, set as official papers are. [GB/T 9704-2012 5.2, 7]

A4, 37 mm above, 28 mm to the left, 26 mm to the right and 35 mm below; 22 lines of 28 points; the title in the small
standard Song, the text in imitation Song of size three, first lines two characters in; page numbers between dashes,
outside. Fonts that a machine does not have are replaced by those it has. The same document gives the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import urljoin

import segno
from docx import Document as new_document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.run import Run

from interface.documents.model import (
    Contents,
    Document,
    Figure,
    Heading,
    Paragraph,
    Pictures,
    Pieces,
    Seal,
    Table,
    plain,
)
from interface.locales import translate

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TITLE, TEXT, FIRST, SECOND, LATIN = "方正小标宋简体", "仿宋", "黑体", "楷体", "Times New Roman"
FALLBACKS = {TITLE: "SimSun", TEXT: "FangSong_GB2312", FIRST: "SimHei", SECOND: "KaiTi_GB2312"}
"""What stands in for a font, by the name that other systems know it by."""
LINE = Pt(28)
RED, BLACK = RGBColor(0xC0, 0x00, 0x00), RGBColor(0, 0, 0)
# What XML cannot hold; whoever entered it, a file that opens is worth more.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
ZIP_DAY = (1980, 1, 1, 0, 0, 0)


def as_docx(document: Document, seal: Seal, base_url: str) -> bytes:
    """The file. ``base_url``: where the pages are, for the links of figures."""
    return _Setting(document, seal, base_url).file()


@dataclass
class _Setting:
    """One document being set."""

    document: Document
    seal: Seal
    base_url: str
    paper: Any = field(default_factory=new_document)
    references: list[Figure] = field(default_factory=list)
    bookmarks: int = 0

    def file(self) -> bytes:
        self._page()
        document = self.document
        if document.organ:
            self._line(
                f"{document.organ}文件",
                font=TITLE,
                size=min(36, int(440 / (len(document.organ) + 2))),
                align=WD_ALIGN_PARAGRAPH.CENTER,
                colour=RED,
            )
        if document.draft:
            self._line(document.draft, font=FIRST, size=22, align=WD_ALIGN_PARAGRAPH.CENTER, colour=RED)
        self._line(document.title, font=TITLE, size=22, align=WD_ALIGN_PARAGRAPH.CENTER, style="Title")
        for line in (document.number, document.status):
            if line:
                self._line(line, size=14, align=WD_ALIGN_PARAGRAPH.CENTER)
        if document.addressee:
            self._line(document.addressee, size=16)
        for block in document.blocks:
            match block:
                case Heading():
                    self._heading(block)
                case Paragraph():
                    self._paragraph(block)
                case Table():
                    self._table(block.head, block.rows, block.numeric)
                case Contents():
                    self._contents()
                case Pictures():
                    self._pictures(block)
        for n, name in enumerate(document.attachments, start=1):
            self._line(f"{self.t('附件')} {n}: {name}", size=16, indent=True)
        for line in (document.office, document.dated):
            if line:
                self._line(line, size=16, align=WD_ALIGN_PARAGRAPH.RIGHT)
        if document.copies_to:
            self._line(f"{self.t('抄送')}：{document.copies_to}。", size=14)
        if document.referenced:
            self._appendix()
        self._seal()
        return self._bytes()

    def _pictures(self, block: Pictures) -> None:
        """Beside each other as far as the line is wide; each says what it is to whoever does not see it."""
        line = self.paper.add_paragraph()
        for each in block.pictures:
            assert each.file is not None, each.src
            shown = line.add_run().add_picture(str(each.file), width=Mm(74))
            shown._inline.docPr.set("descr", UNPRINTABLE.sub("", each.alt))

    def t(self, text: str) -> str:
        return translate(self.document.language, text)

    def _page(self) -> None:
        paper, section = self.paper, self.paper.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        section.footer_distance = Mm(28)
        paper.settings.odd_and_even_pages_header_footer = True
        for footer, align in (
            (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
            (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
        ):
            line = footer.paragraphs[0]
            line.alignment = align
            self._run(line, "— ", size=14)
            _field(self._run(line, "", size=14), "PAGE")
            self._run(line, " —", size=14)
        if self.document.draft:
            for header in (section.header, section.even_page_header):
                line = header.paragraphs[0]
                line.alignment = WD_ALIGN_PARAGRAPH.CENTER
                self._run(line, self.document.draft, font=FIRST, size=22, colour=RED)
        normal = paper.styles["Normal"]
        normal.font.name, normal.font.size = LATIN, Pt(16)
        normal.element.rPr.rFonts.set(qn("w:eastAsia"), TEXT)
        self._fonts()
        properties = paper.core_properties
        made = self.seal.made_at.replace(tzinfo=None, microsecond=0)
        properties.title, properties.author = _clean(self.document.title), _clean(self.document.office)
        properties.created = properties.modified = properties.last_printed = made
        properties.last_modified_by, properties.comments = "lianjian", ""
        properties.language = "en" if self.document.language == "en" else "zh-CN"

    def _fonts(self) -> None:
        """Name what stands in for fonts that a machine does not have."""
        part = self.paper.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
        added = "".join(
            f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
            for name, other in FALLBACKS.items()
        )
        part._blob = part.blob.replace(b"</w:fonts>", added.encode() + b"</w:fonts>")

    def _run(
        self,
        line: Any,
        text: str,
        *,
        font: str = TEXT,
        size: float = 16,
        bold: bool = False,
        colour: RGBColor | None = None,
    ) -> Any:
        run = line.add_run()
        run._element.insert(0, deepcopy(_look(font, size, bold, colour or BLACK)))
        run.text = _clean(text)
        return run

    def _line(
        self,
        text: str,
        *,
        font: str = TEXT,
        size: float = 16,
        align: WD_ALIGN_PARAGRAPH | None = None,
        indent: bool = False,
        bold: bool = False,
        colour: RGBColor | None = None,
        style: str | None = None,
    ) -> Any:
        line = self.paper.add_paragraph()
        if style is not None:
            line.style = self.paper.styles[style]
            _plain_border(line)
        self._layout(line, align, indent, size)
        self._run(line, text, font=font, size=size, bold=bold, colour=colour)
        return line

    @staticmethod
    def _layout(line: Any, align: WD_ALIGN_PARAGRAPH | None, indent: bool, size: float = 16) -> None:
        shape = line.paragraph_format
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, max(LINE, Pt(size * 1.4))
        shape.space_before = shape.space_after = Pt(0)
        shape.first_line_indent = Pt(32) if indent else None
        if align is not None:
            shape.alignment = align

    def _pieces(
        self, line: Any, pieces: Pieces, *, font: str = TEXT, size: float = 16, bold: bool = False
    ) -> None:
        for each in pieces:
            self._run(line, plain((each,)), font=font, size=size, bold=bold)
            if isinstance(each, Figure) and each.href and self.document.referenced:
                self.references.append(each)
                mark = self._run(line, f"[{len(self.references)}]", size=size * 0.75)
                mark.font.superscript = True

    def _heading(self, block: Heading) -> None:
        line = self.paper.add_paragraph(style=self.paper.styles[f"Heading {block.level}"])
        self._layout(line, None, True)
        line.paragraph_format.keep_with_next = True
        self._pieces(line, block.pieces, font=FIRST if block.level == 1 else SECOND, bold=False)
        if block.level == 1:
            _bookmark(line, f"part{self.bookmarks + 1}", self.bookmarks)
            self.bookmarks += 1

    def _paragraph(self, block: Paragraph) -> None:
        line = self.paper.add_paragraph()
        self._layout(line, WD_ALIGN_PARAGRAPH.JUSTIFY, block.indent)
        self._pieces(line, block.pieces)

    def _table(self, head: Sequence[str], rows: Sequence[Sequence[Pieces]], numeric: frozenset[int]) -> None:
        """A slip has no head: its first column says what stands in the second."""
        size = 12 if len(head) <= 6 else 10.5
        columns = len(head or rows[0])
        table = self.paper.add_table(rows=1 if head else 0, cols=columns, style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        if head:
            for cell, title in zip(table.rows[0].cells, head, strict=True):
                self._cell(cell, (title,), size, True, FIRST)
            table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for row in rows:
            # Rows are added by hand: asking python-docx for a row's cells each time is quadratic.
            cells = table.add_row().cells
            for n, pieces in enumerate(row):
                self._cell(cells[n], pieces, size, n in numeric, TEXT)
        self._line("", size=8)

    def _cell(self, cell: Any, pieces: Pieces, size: float, to_the_right: bool, font: str) -> None:
        line = cell.paragraphs[0]
        line.paragraph_format.space_after = Pt(0)
        if to_the_right:
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER if font == FIRST else WD_ALIGN_PARAGRAPH.RIGHT
        self._pieces(line, pieces, font=font, size=size)

    def _contents(self) -> None:
        self._line(self.t("目录"), font=FIRST, align=WD_ALIGN_PARAGRAPH.CENTER)
        headings = [b for b in self.document.blocks if isinstance(b, Heading) and b.level == 1]
        for n, heading in enumerate(headings, start=1):
            line = self._line("", size=14)
            link = OxmlElement("w:hyperlink")
            link.set(qn("w:anchor"), f"part{n}")
            link.append(self._run(line, plain(heading.pieces), size=14)._element)
            line._p.append(link)
            self._run(line, "\t", size=14)
            line.paragraph_format.tab_stops.add_tab_stop(Mm(150))
            _field(self._run(line, "", size=14), f"PAGEREF part{n} \\h", dirty=True)

    def _appendix(self) -> None:
        self.paper.add_page_break()
        self._line(self.t("附表：数字出处"), font=FIRST, align=WD_ALIGN_PARAGRAPH.CENTER)
        for name, value in self.document.basis:
            self._line(f"{name}: {value}", size=10.5)
        head = [self.t("序号"), self.t("数字"), self.t("含义"), self.t("查询")]
        table = self.paper.add_table(rows=1, cols=len(head), style="Table Grid")
        for cell, title in zip(table.rows[0].cells, head, strict=True):
            self._cell(cell, (title,), 10.5, True, FIRST)
        for n, figure in enumerate(self.references, start=1):
            cells = table.add_row().cells
            for cell, text in zip(cells, (str(n), figure.text, figure.what), strict=False):
                self._cell(cell, (text,), 10.5, False, TEXT)
            self._link(cells[3].paragraphs[0], urljoin(self.base_url, figure.href))
        self._line("", size=8)

    def _link(self, line: Any, address: str) -> None:
        link = OxmlElement("w:hyperlink")
        link.set(
            qn("r:id"), self.paper.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        )
        link.append(self._run(line, address, size=9)._element)
        line._p.append(link)

    def _seal(self) -> None:
        seal = self.seal
        self._line("", size=8)
        table = self.paper.add_table(rows=1, cols=2, style="Table Grid")
        picture, words = table.rows[0].cells
        picture.paragraphs[0].add_run().add_picture(io.BytesIO(_qr_code(seal.note)), width=Mm(42))
        lines = [
            (self.t("日志"), seal.origin),
            (self.t("大小"), str(seal.size)),
            (self.t("根"), seal.root),
            (self.t("日志指纹"), seal.fingerprint),
            (self.t("制作时间"), seal.made_at.strftime("%Y-%m-%d %H:%M")),
            (self.t("记录号"), str(seal.position)),
        ]
        for n, (name, value) in enumerate(lines):
            line = words.paragraphs[0] if n == 0 else words.add_paragraph()
            line.paragraph_format.space_after = Pt(0)
            self._run(line, f"{name}: {value}", size=9)
        self._line(
            self.t(
                "二维码为本文书制作时日志的签名检查点。请妥善保管：日后任何人改动此前的记录，凭此即可证明。"
            ),
            size=9,
        )

    def _bytes(self) -> bytes:
        made = io.BytesIO()
        self.paper.save(made)
        return without_wall_clock(made.getvalue())


def without_wall_clock(file: bytes) -> bytes:
    """The same archive with fixed times of its entries, so that the same document gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            entry = zipfile.ZipInfo(name, ZIP_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(entry, before.read(name))
    return out.getvalue()


@lru_cache(maxsize=4)
def _qr_code(note: str) -> bytes:
    """The note as a picture; many documents made at once carry the same."""
    code = io.BytesIO()
    segno.make(note, error="l", micro=False).save(code, kind="png", scale=4, border=2)
    return code.getvalue()


@lru_cache(maxsize=64)
def _look(font: str, size: float, bold: bool, colour: RGBColor) -> Any:
    """How a run looks; copied into each, since a file has thousands of runs and few looks."""
    run = Run(OxmlElement("w:r"), None)  # type: ignore[arg-type]
    run.font.name, run.font.size, run.font.bold, run.font.color.rgb = LATIN, Pt(size), bold, colour
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    return run._element.rPr


def _clean(text: str) -> str:
    return UNPRINTABLE.sub("", text)


def _field(run: Any, code: str, *, dirty: bool = False) -> None:
    """A field that the word processor fills in, such as the page's number."""
    for kind in ("begin", "separate", "end"):
        mark = OxmlElement("w:fldChar")
        mark.set(qn("w:fldCharType"), kind)
        if dirty and kind == "begin":
            mark.set(qn("w:dirty"), "true")
        run._element.append(mark)
        if kind == "begin":
            words = OxmlElement("w:instrText")
            words.set(qn("xml:space"), "preserve")
            words.text = code
            run._element.append(words)


def _bookmark(line: Any, name: str, number: int) -> None:
    for kind in ("Start", "End"):
        mark = OxmlElement(f"w:bookmark{kind}")
        mark.set(qn("w:id"), str(number))
        if kind == "Start":
            mark.set(qn("w:name"), name)
            line._p.insert(1, mark)
        else:
            line._p.append(mark)


def _plain_border(line: Any) -> None:
    """The template's title has a rule below it; an official title has none."""
    borders = OxmlElement("w:pBdr")
    below = OxmlElement("w:bottom")
    below.set(qn("w:val"), "nil")
    borders.append(below)
    line._p.get_or_add_pPr().append(borders)
