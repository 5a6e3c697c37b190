"""A document: what it says, in the order of reading, without how it is set."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from domain.assessment.scheme.text import Text
from interface.locales import wording


@dataclass(frozen=True)
class Figure:
    """A number that was computed. ``href``: the page that lists what it counts; ``what``: what it counts, in words."""

    text: str
    href: str = ""
    what: str = ""


Piece = str | Figure
Pieces = tuple[Piece, ...]
Cell = Piece | Pieces


@dataclass(frozen=True)
class Heading:
    """A heading; ``level`` 1 or 2. Level 1 stands in the table of contents. ``anchor``: where a link from elsewhere leads."""

    pieces: Pieces
    level: int = 1
    anchor: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph. ``indent``: its first line begins two characters in."""

    pieces: Pieces
    indent: bool = True


@dataclass(frozen=True)
class Table:
    """A table. ``numeric``: the columns set to the right, from 0."""

    head: tuple[str, ...]
    rows: tuple[tuple[Pieces, ...], ...]
    numeric: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Contents:
    """The table of contents stands here. ``entries``: what stands in it where it tells of more than the document; empty for
    the headings of the document itself."""

    entries: tuple[Figure, ...] = ()


@dataclass(frozen=True)
class Picture:
    """A photograph. ``alt``: what it is, for whoever does not see it; ``href``: where the large one is, ``src`` where the small
    one is; ``file``: the small one itself, where it goes into a file.
    """

    alt: str
    href: str
    src: str
    file: Path | None = None


@dataclass(frozen=True)
class Pictures:
    """Photographs beside each other."""

    pictures: tuple[Picture, ...]


Block = Heading | Paragraph | Table | Contents | Pictures


@dataclass(frozen=True)
class Seal:
    """What the log had committed to when the document was made: whoever keeps the paper can prove a later change."""

    origin: str
    size: int
    root: str
    fingerprint: str
    note: str
    position: int
    made_at: datetime


@dataclass(frozen=True)
class Document:
    """One document. ``draft``: the word that marks it as not final, empty where it is; ``status``: a line that says
    what it rests on; ``referenced``: every figure is listed with its query at the end of the file. ``organ``: the office whose
    name stands in red above an official one; ``signed_as``: the post of its signer.
    """

    title: str
    language: str
    blocks: tuple[Block, ...]
    number: str = ""
    addressee: str = ""
    office: str = ""
    dated: str = ""
    attachments: tuple[str, ...] = ()
    draft: str = ""
    status: str = ""
    referenced: bool = False
    basis: tuple[tuple[str, str], ...] = ()
    organ: str = ""
    signed_as: str = ""
    copies_to: str = ""

    def figures(self) -> list[Figure]:
        """Every figure that leads somewhere, in the order of reading."""
        return [each for each in self._pieces() if isinstance(each, Figure) and each.href]

    def _pieces(self) -> Iterator[Piece]:
        for block in self.blocks:
            if isinstance(block, Table):
                for row in block.rows:
                    for cell in row:
                        yield from cell
            elif not isinstance(block, Contents | Pictures):
                yield from block.pieces


@dataclass
class Writing:
    """A document being written, block by block, in one language."""

    t: Callable[..., str]
    language: str
    blocks: list[Block] = field(default_factory=list)

    def said(self, text: Text) -> str:
        """A bilingual text of the domain."""
        return text.en if self.language == "en" else text.zh

    @property
    def separator(self) -> str:
        """What stands between the members of a list in a sentence."""
        return "; " if self.language == "en" else "；"

    def heading(self, pieces: Pieces | str, level: int = 1, anchor: str = "") -> None:
        self.blocks.append(Heading(as_pieces(pieces), level, anchor))

    def paragraph(self, pieces: Pieces | str, *, indent: bool = True) -> None:
        self.blocks.append(Paragraph(as_pieces(pieces), indent))

    def table(self, head: list[str], rows: list[list[Cell]], numeric: set[int] | None = None) -> None:
        cells = tuple(tuple(as_pieces(cell) for cell in row) for row in rows)
        self.blocks.append(Table(tuple(head), cells, frozenset(numeric or ())))

    def say(self, text: str, /, **values: Piece | Pieces) -> Pieces:
        """A sentence of the catalogue in the reader's language, its places filled with text and figures."""
        return fill(self.t(text), **values)

    def counted(self, text: str, number: int, /, **values: Piece | Pieces) -> Pieces:
        """The same for a sentence that counts: worded for one where ``number`` is one."""
        return fill(wording(self.language, text, number), **values)

    def tell(self, text: str, /, **values: Piece | Pieces) -> None:
        """A paragraph that ``say`` words."""
        self.paragraph(self.say(text, **values))

    def tell_counted(self, text: str, number: int, /, **values: Piece | Pieces) -> None:
        """A paragraph that ``counted`` words."""
        self.paragraph(self.counted(text, number, **values))


PLACE = re.compile(r"%\((\w+)\)s")


def fill(words: str, /, **values: Piece | Pieces) -> Pieces:
    """The places ``%(name)s`` of a sentence filled with text and figures; figures stay figures."""
    found: list[Piece] = []
    last = 0
    for place in PLACE.finditer(words):
        found.append(words[last : place.start()])
        found.extend(as_pieces(values[place[1]]))
        last = place.end()
    found.append(words[last:])
    return tuple(each for each in found if each != "")


def as_pieces(value: Piece | Pieces) -> Pieces:
    """A text or a figure as pieces."""
    return value if isinstance(value, tuple) else (value,)


def plain(pieces: Pieces) -> str:
    """The pieces as one text."""
    return "".join(each if isinstance(each, str) else each.text for each in pieces)
