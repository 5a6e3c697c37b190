"""The numbers by which people know findings, needs, projects, runs, appeals and the like, and the ids that tell these apart."""

from __future__ import annotations

import enum
import re
from collections import Counter
from collections.abc import Callable, Iterable

from sqlalchemy import BigInteger, Column, Connection, Integer, String, Table, select

from domain.appeal.events import AppealFiled
from domain.assessment.year.events import EvidenceSampleDrawn, ObjectionFiled, RunFrozen
from domain.kernel.document_no import normal_form
from domain.kernel.errors import Unknown
from domain.registry.events import NumberedThing, NumberTaken
from projections.kit.projection import Projection
from projections.kit.tables import metadata
from projections.kit.writer import Writer

numbers = Table(
    "number",
    metadata,
    Column("thing", String(40), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("year", Integer, nullable=False),
    Column("number", String(120), nullable=False),
    Column("form", String(120), nullable=False, index=True),
    Column("taken_at", BigInteger, nullable=False),
)
"""``form``: what all spellings of the number have in common. What has a number keeps it; once it is voided, another thing
may have it from the position ``taken_at``."""
numbers_board = Projection("numbers", 2, [numbers])
AT_ONCE = 500
"""So many things are asked for by one statement."""
_COUNTED = re.compile(r"(.*?)(\d{1,9})", re.ASCII)
_WORD = re.compile(r"[\w-]+", re.ASCII)


class CountedThing(enum.Enum):
    """What the service itself counts through by the year."""

    RUN = "run"
    APPEAL = "appeal"
    OBJECTION = "objection"
    SAMPLE = "sample"


Kind = NumberedThing | CountedThing


@numbers_board.on(NumberTaken)
def _taken(write: Writer, event: NumberTaken) -> None:
    _add(write, event.thing, event.kind, event.year, event.number)


@numbers_board.on(RunFrozen)
def _frozen(write: Writer, event: RunFrozen) -> None:
    _add(write, event.run_id, CountedThing.RUN, event.year, event.run_no)


@numbers_board.on(AppealFiled)
def _filed(write: Writer, event: AppealFiled) -> None:
    _add(write, event.appeal_id, CountedThing.APPEAL, event.filed_on.year, event.number)


@numbers_board.on(ObjectionFiled)
def _objected(write: Writer, event: ObjectionFiled) -> None:
    _add(write, event.objection_id, CountedThing.OBJECTION, event.year, event.number)


@numbers_board.on(EvidenceSampleDrawn)
def _drawn(write: Writer, event: EvidenceSampleDrawn) -> None:
    _add(write, event.sample_id, CountedThing.SAMPLE, event.year, event.sample_no)


def _add(write: Writer, thing: str, kind: Kind, year: int, number: str) -> None:
    at = write.recorded.position
    form = normal_form(number)
    write.insert(numbers, thing=thing, kind=kind.value, year=year, number=number, form=form, taken_at=at)


def things_numbered(connection: Connection, number: str, kind: Kind | None = None) -> list[str]:
    """The ids of what has this number, however it is spelt, in any year, the newest year first; of one kind or of all."""
    c = numbers.c
    of_form = select(c.thing, c.year, c.kind).where(c.form == normal_form(number))
    query = of_form if kind is None else of_form.where(c.kind == kind.value)
    newest: dict[tuple[int, str], str] = {}
    for row in connection.execute(query.order_by(c.year.desc(), c.kind, c.taken_at.desc())):
        newest.setdefault((row.year, row.kind), row.thing)
    return list(newest.values())


def thing_meant(connection: Connection, written: str, kind: Kind, seen: Callable[[str], bool] = bool) -> str:
    """The id of the one thing of this kind with this number that is ``seen``; what is written itself where no number is meant.

    Raises ``Unknown`` where several years have one.
    """
    found = [each for each in things_numbered(connection, written, kind) if seen(each)]
    if len(found) > 1:
        raise Unknown(f"single {kind.value} {written}; name one of", ", ".join(found))
    return found[0] if found else written


def next_number(connection: Connection, kind: NumberedThing, year: int) -> str:
    """The number that follows those of the year, as they are mostly written; of a year without any, the first one as the last
    year's were written. Empty where that tells nothing."""
    for of in (year, year - 1):
        rows = connection.scalars(
            select(numbers.c.number).where(numbers.c.kind == kind.value, numbers.c.year == of)
        )
        counted = [(found[1], found[2]) for each in rows if (found := _COUNTED.fullmatch(each))]
        if not counted:
            continue
        begins = Counter(begin for begin, _ in counted).most_common(1)[0][0]
        last = max((digits for begin, digits in counted if begin == begins), key=int)
        if of == year:
            return f"{begins}{int(last) + 1:0{len(last)}}"
        return f"{begins.replace(str(of), str(year))}{1:0{len(last)}}" if str(of) in begins else ""
    return ""


class Numbers:
    """Shows numbers where ids stand; what was looked up once is remembered."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._known: dict[str, str] = {}

    def read(self, texts: Iterable[str]) -> None:
        """Look up at once what these texts name."""
        wanted = sorted({word for text in texts for word in _WORD.findall(text)} - self._known.keys())
        self._known |= {word: word for word in wanted}
        for first in range(0, len(wanted), AT_ONCE):
            some = numbers.c.thing.in_(wanted[first : first + AT_ONCE])
            rows = self.connection.execute(select(numbers.c.thing, numbers.c.number).where(some))
            self._known |= {row.thing: row.number for row in rows}

    def shown(self, text: str) -> str:
        """``text`` with the numbers of the things whose ids it names."""
        self.read([text])
        return _WORD.sub(lambda word: self._known[word.group()], text)
