"""A document as a file of a word processor, set as official papers are. [GB/T 9704-2012 5.2, 7]

A4, 37 mm above, 28 mm to the left, 26 mm to the right and 35 mm below; 22 lines of 28 points; the title in the small
standard Song, the text in imitation Song of size three, first lines two characters in; page numbers between dashes,
outside. Fonts that a machine does not have are replaced by those it has. The same document gives the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import urljoin

import segno
from docx import Document as new_document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt

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
from interface.documents.word_xml import (
    BLACK,
    LATIN,
    bookmarked,
    cell_line,
    clean,
    elements,
    line,
    link,
    put_before,
    run,
    table,
)
from interface.documents.word_xml import field as field_of
from interface.locales import translate

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TITLE, TEXT, FIRST, SECOND = "方正小标宋简体", "仿宋", "黑体", "楷体"
FALLBACKS = {TITLE: "SimSun", TEXT: "FangSong_GB2312", FIRST: "SimHei", SECOND: "KaiTi_GB2312"}
"""What stands in for a font, by the name that other systems know it by."""
RED = "C00000"
ZIP_DAY = (1980, 1, 1, 0, 0, 0)


def as_docx(document: Document, seal: Seal, base_url: str) -> bytes:
    """The file. ``base_url``: where the pages are, for the links of figures."""
    return _Setting(document, seal, base_url).file()


@dataclass
class _Setting:
    """One document being set. ``pieces``: what was set since the last picture, as XML."""

    document: Document
    seal: Seal
    base_url: str
    paper: Any = field(default_factory=new_document)
    pieces: list[str] = field(default_factory=list)
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
                align="center",
                colour=RED,
            )
        if document.draft:
            self._line(document.draft, font=FIRST, size=22, align="center", colour=RED)
        self._line(document.title, font=TITLE, size=22, align="center", style="Title")
        for text in (document.number, document.status):
            if text:
                self._line(text, size=14, align="center")
        if document.addressee:
            self._line(document.addressee)
        for block in document.blocks:
            match block:
                case Heading():
                    self._heading(block)
                case Paragraph():
                    self.pieces.append(line(self._runs(block.pieces), align="both", indent=block.indent))
                case Table():
                    self._table(block.head, block.rows, block.numeric)
                case Contents():
                    self._contents()
                case Pictures():
                    self._pictures(block)
        for n, name in enumerate(document.attachments, start=1):
            self._line(f"{self.t('附件')} {n}: {name}", indent=True)
        for text in (document.office, document.dated):
            if text:
                self._line(text, align="right")
        if document.copies_to:
            self._line(f"{self.t('抄送')}：{document.copies_to}。", size=14)
        if document.referenced:
            self._appendix()
        self._seal()
        self._put()
        return self._bytes()

    def _put(self) -> None:
        """Put what was set into the file, before what says how its pages are laid out."""
        put_before(self.paper.element.body.sectPr, "".join(self.pieces))
        self.pieces.clear()

    def _pictures(self, block: Pictures) -> None:
        """Beside each other as far as the line is wide; each says what it is to whoever does not see it."""
        self._put()
        beside = self.paper.add_paragraph()
        for each in block.pictures:
            assert each.file is not None, each.src
            shown = beside.add_run().add_picture(str(each.file), width=Mm(74))
            shown._inline.docPr.set("descr", clean(each.alt))

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
            number = footer.paragraphs[0]
            number.alignment = align
            before, after = (run(each, font=TEXT, size=14) for each in ("— ", " —"))
            number._p.extend(elements(before + field_of("PAGE", font=TEXT, size=14) + after))
        if self.document.draft:
            for header in (section.header, section.even_page_header):
                above = header.paragraphs[0]
                above.alignment = WD_ALIGN_PARAGRAPH.CENTER
                above._p.extend(elements(run(self.document.draft, font=FIRST, size=22, colour=RED)))
        normal = paper.styles["Normal"]
        normal.font.name, normal.font.size = LATIN, Pt(16)
        normal.element.rPr.rFonts.set(qn("w:eastAsia"), TEXT)
        self._fonts()
        properties = paper.core_properties
        made = self.seal.made_at.replace(tzinfo=None, microsecond=0)
        properties.title, properties.author = clean(self.document.title), clean(self.document.office)
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

    def _line(
        self,
        text: str,
        *,
        font: str = TEXT,
        size: float = 16,
        align: str = "",
        indent: bool = False,
        colour: str = BLACK,
        style: str = "",
    ) -> None:
        runs = run(text, font=font, size=size, colour=colour)
        self.pieces.append(line(runs, size=size, align=align, indent=indent, style=style))

    def _runs(self, pieces: Pieces, *, font: str = TEXT, size: float = 16) -> str:
        """Pieces of text; a figure gets the number under which the appendix says where it comes from."""
        runs = []
        for each in pieces:
            runs.append(run(plain((each,)), font=font, size=size))
            if isinstance(each, Figure) and each.href and self.document.referenced:
                self.references.append(each)
                runs.append(run(f"[{len(self.references)}]", font=TEXT, size=size * 0.75, raised=True))
        return "".join(runs)

    def _heading(self, block: Heading) -> None:
        runs = self._runs(block.pieces, font=FIRST if block.level == 1 else SECOND)
        if block.level == 1:
            runs = bookmarked(runs, f"part{self.bookmarks + 1}", self.bookmarks)
            self.bookmarks += 1
        self.pieces.append(line(runs, indent=True, style=f"Heading{block.level}"))

    def _table(self, head: Sequence[str], rows: Sequence[Sequence[Pieces]], numeric: frozenset[int]) -> None:
        """A slip has no head: its first column says what stands in the second."""
        size = 12 if len(head) <= 6 else 10.5
        titles = [cell_line(run(each, font=FIRST, size=size), "center") for each in head]
        cells = (
            [
                cell_line(self._runs(each, size=size), "right" if n in numeric else "")
                for n, each in enumerate(row)
            ]
            for row in rows
        )
        self.pieces.append(table(titles, cells, len(head or rows[0]), self._width))
        self._line("", size=8)

    @property
    def _width(self) -> Length:
        """Between the margins."""
        section = self.paper.sections[0]
        return Length(section.page_width - section.left_margin - section.right_margin)

    def _contents(self) -> None:
        self._line(self.t("目录"), font=FIRST, align="center")
        tab = run("\t", font=TEXT, size=14)
        headings = [b for b in self.document.blocks if isinstance(b, Heading) and b.level == 1]
        for n, heading in enumerate(headings, start=1):
            title = link(run(plain(heading.pieces), font=TEXT, size=14), anchor=f"part{n}")
            number = field_of(f"PAGEREF part{n} \\h", font=TEXT, size=14, dirty=True)
            self.pieces.append(line(f"{title}{tab}{number}", size=14, stop=Mm(150).twips))

    def _appendix(self) -> None:
        self.pieces.append('<w:p><w:r><w:br w:type="page"/></w:r></w:p>')
        self._line(self.t("附表：数字出处"), font=FIRST, align="center")
        for name, value in self.document.basis:
            self._line(f"{name}: {value}", size=10.5)
        head = [self.t("序号"), self.t("数字"), self.t("含义"), self.t("查询")]
        titles = [cell_line(run(each, font=FIRST, size=10.5), "center") for each in head]
        rows = (
            [
                *(cell_line(run(each, font=TEXT, size=10.5)) for each in (str(n), figure.text, figure.what)),
                f"<w:p>{self._link(urljoin(self.base_url, figure.href))}</w:p>",
            ]
            for n, figure in enumerate(self.references, start=1)
        )
        self.pieces.append(table(titles, rows, len(head), self._width, repeated=False))
        self._line("", size=8)

    def _link(self, address: str) -> str:
        relation = self.paper.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        return link(run(address, font=TEXT, size=9), relation=relation)

    def _seal(self) -> None:
        seal = self.seal
        self._line("", size=8)
        self._put()
        picture, words = self.paper.add_table(rows=1, cols=2, style="Table Grid").rows[0].cells
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
            told = words.paragraphs[0] if n == 0 else words.add_paragraph()
            told.paragraph_format.space_after = Pt(0)
            told._p.extend(elements(run(f"{name}: {value}", font=TEXT, size=9)))
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
