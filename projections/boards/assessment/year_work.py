"""The year's work of units and assessors, with row versions: own and verified scores, ballots, questionnaires, superiors'
scores, reviews of evidence, samples, cut-offs.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Date,
    Integer,
    Row,
    Select,
    String,
    Table,
    Text,
    select,
)

from domain.assessment.year.events import (
    CutOffSet,
    EvidenceReviewed,
    EvidenceReviewedAgain,
    EvidenceSampleDrawn,
    LineVerified,
    RatingsRecorded,
    SatisfactionSurveyed,
    SelfScored,
    SuperiorRanked,
    SuperiorScored,
    Verdict,
    YearTurned,
)
from projections.kit.columns import known, said, versioned_table
from projections.kit.memory import ask_ahead
from projections.kit.projection import Projection
from projections.kit.writer import Writer


def _of_pairing() -> tuple[Column[Any], ...]:
    return (
        Column("pairing_id", String(60), nullable=False, index=True),
        Column("year", Integer, nullable=False),
        Column("branch", String(20), nullable=False),
        Column("village", String(20), nullable=False),
        Column("indicator", String(40), nullable=False),
    )


scored_lines = versioned_table(
    "scored_line",
    Column("line_id", String(120), nullable=False),
    *_of_pairing(),
    Column("self_hundredths", Integer),
    Column("self_note", Text, nullable=False),
    Column("self_by", String(80), nullable=False),
    Column("self_on", Date),
    Column("verified_hundredths", Integer),
    Column("self_then", Integer),
    Column("computed_then", Integer),
    *said(LineVerified, "because", "verified_by"),
    Column("verified_on", Date),
    Column("verifications", Integer, nullable=False),
)
"""``self_then``, ``computed_then``: the own and the computed score when the line was verified, in hundredths."""
ratings = versioned_table(
    "rating_batch",
    Column("rating_id", String(200), nullable=False),
    *_of_pairing(),
    *said(RatingsRecorded, "group", "invited", "ballots", "rated_on", "because", "recorded_by"),
)
surveys = versioned_table(
    "survey_batch",
    Column("batch_id", String(200), nullable=False),
    *_of_pairing(),
    *said(SatisfactionSurveyed, "survey_id", "issued", "returned", "valid", "options", "surveyed_on"),
    *said(SatisfactionSurveyed, "because", "recorded_by"),
)
superiors = versioned_table(
    "superior_entry",
    Column("entry_id", String(260), nullable=False),
    *_of_pairing(),
    Column("issuer", String(120), nullable=False),
    Column("score_hundredths", Integer),
    Column("place", Integer),
    Column("document_no", String(120), nullable=False),
    Column("stated_on", Date, nullable=False),
    Column("recorded_by", String(80), nullable=False),
)
reviews = versioned_table(
    "evidence_review",
    Column("review_id", String(40), nullable=False),
    Column("item", BigInteger, nullable=False),
    *_of_pairing(),
    *said(EvidenceReviewed, "reference", "verdict", "because", "reviewed_by", "reviewed_on"),
    Column("second_verdict", String(12), nullable=False),
    Column("second_because", Text, nullable=False),
    Column("second_by", String(80), nullable=False),
    Column("second_on", Date),
)
"""``second_verdict`` is empty until a second person has looked."""
samples = versioned_table(
    "evidence_sample",
    Column("sample_id", String(20), nullable=False),
    Column("sample_no", String(20), nullable=False),
    *said(EvidenceSampleDrawn, "year", "seed", "percent", "population", "items", "drawn_by", "drawn_on"),
)
cut_offs = versioned_table(
    "cut_off",
    Column("year", Integer, nullable=False),
    Column("record_on", Date, nullable=False),
    Column("last_position", BigInteger, nullable=False),
    *said(CutOffSet, "because", "set_by", "set_on"),
)
turns = versioned_table("turn", *said(YearTurned, "year", "turned_on"))
year_work_board = Projection(
    "year_work_board",
    3,
    [scored_lines, ratings, surveys, superiors, reviews, samples, cut_offs, turns],
    small=[samples, cut_offs, turns],
)

OfPairing = (
    SelfScored | LineVerified | RatingsRecorded | SatisfactionSurveyed | SuperiorScored | SuperiorRanked
)


def _key(event: OfPairing, *more: str) -> str:
    return "/".join((str(event.year), event.pairing_id, event.indicator, *more))


_UNSAID: dict[str, Any] = {
    "self_hundredths": None,
    "self_note": "",
    "self_by": "",
    "self_on": None,
    "verified_hundredths": None,
    "self_then": None,
    "computed_then": None,
    "because": "",
    "verified_by": "",
    "verified_on": None,
    "verifications": 0,
}


@year_work_board.on(SelfScored)
def _self_scored(write: Writer, event: SelfScored) -> None:
    _put_line(
        write,
        event,
        self_hundredths=event.points_hundredths,
        self_note=event.note,
        self_by=event.scored_by,
        self_on=event.scored_on,
    )


@year_work_board.on(LineVerified)
def _verified(write: Writer, event: LineVerified) -> None:
    before = write.get(scored_lines, _key(event))
    _put_line(
        write,
        event,
        verified_hundredths=event.points_hundredths,
        self_then=event.self_hundredths,
        computed_then=event.computed_hundredths,
        because=event.because,
        verified_by=event.verified_by,
        verified_on=event.verified_on,
        verifications=(before["verifications"] if before else 0) + 1,
    )


def _put_line(write: Writer, event: SelfScored | LineVerified, **values: Any) -> None:
    key = _key(event)
    if write.get(scored_lines, key) is None:
        write.add(scored_lines, line_id=key, **{**_UNSAID, **values})
    else:
        write.change(scored_lines, key, **values)


@year_work_board.on(RatingsRecorded)
def _rated(write: Writer, event: RatingsRecorded) -> None:
    write.put(ratings, rating_id=_key(event, event.group))


@year_work_board.on(SatisfactionSurveyed)
def _surveyed(write: Writer, event: SatisfactionSurveyed) -> None:
    write.put(surveys, batch_id=_key(event, event.survey_id))


@year_work_board.on(SuperiorScored)
def _superior_scored(write: Writer, event: SuperiorScored) -> None:
    write.put(superiors, entry_id=_key(event, "score", event.issuer), stated_on=event.scored_on)


@year_work_board.on(SuperiorRanked)
def _superior_ranked(write: Writer, event: SuperiorRanked) -> None:
    write.put(superiors, entry_id=_key(event, "place", event.issuer), stated_on=event.ranked_on)


def _review(event: EvidenceReviewed | EvidenceReviewedAgain) -> str:
    return f"{event.year}/{event.item}"


@year_work_board.on(EvidenceReviewed)
def _reviewed(write: Writer, event: EvidenceReviewed) -> None:
    write.add(reviews, review_id=_review(event), second_verdict="", second_because="", second_by="")


@year_work_board.on(EvidenceReviewedAgain)
def _reviewed_again(write: Writer, event: EvidenceReviewedAgain) -> None:
    write.change(
        reviews,
        _review(event),
        second_verdict=event.verdict.value,
        second_because=event.because,
        second_by=event.reviewed_by,
        second_on=event.reviewed_on,
    )


year_work_board.adds(EvidenceSampleDrawn, samples)


year_work_board.adds(YearTurned, turns)


@year_work_board.on(CutOffSet)
def _cut_off(write: Writer, event: CutOffSet) -> None:
    write.put(cut_offs, last_position=event.known_at)


def cut_off(connection: Connection, year: int, known_at: int | None) -> Row[Any] | None:
    """The cut-off of the year as known at a position, ``None`` where none was set."""
    query = select(cut_offs).where(cut_offs.c.year == year, known(cut_offs, known_at))
    return connection.execute(query).first()


def turned_on(connection: Connection, year: int, known_at: int | None) -> date | None:
    """The day on which the year was turned, ``None`` where it was not yet."""
    query = select(turns.c.turned_on).where(turns.c.year == year, known(turns, known_at))
    return connection.execute(query).scalar()


def cut_off_at(connection: Connection, year: int, known_at: int | None) -> int | None:
    """The position after which entries are late in the year, as known at a position; ``None``: no cut-off yet."""
    row = cut_off(connection, year, known_at)
    return None if row is None else int(row.last_position)


def lines_of(connection: Connection, pairing_id: str, year: int, known_at: int) -> dict[str, Row[Any]]:
    """Indicator to what was said of the line of the year, as known at a position."""
    return {row.indicator: row for row in entries_of(connection, scored_lines, pairing_id, year, known_at)}


def lines_of_year(connection: Connection, year: int, known_at: int) -> dict[str, dict[str, Row[Any]]]:
    """Pairing id to the same of all its lines, for all pairings of which something was said for the year."""
    found: dict[str, dict[str, Row[Any]]] = {}
    for row in entries_of_year(connection, scored_lines, year, known_at):
        found.setdefault(row.pairing_id, {})[row.indicator] = row
    return found


def entries_of(
    connection: Connection, table: Table, pairing_id: str, year: int, known_at: int
) -> list[Row[Any]]:
    """The ballots, questionnaires, superiors' entries or scored lines of a pairing's year, in a fixed order."""
    return [*_entries(connection, table, known_at, table.c.year == year, table.c.pairing_id == pairing_id)]


def entries_of_year(connection: Connection, table: Table, year: int, known_at: int) -> list[Row[Any]]:
    """The same of all pairings."""
    return [*_entries(connection, table, known_at, table.c.year == year)]


def _entries(
    connection: Connection, table: Table, known_at: int, *where: ColumnElement[bool]
) -> Iterable[Row[Any]]:
    return connection.execute(_asked(table, known_at, *where))


def _asked(table: Table, known_at: int, *where: ColumnElement[bool]) -> Select[Any]:
    return select(table).where(known(table, known_at), *where).order_by(table.c[table.info["key"]])


def year_ahead(connection: Connection, tables: Iterable[Table], year: int, known_at: int) -> None:
    """Say that what is in some of these tables of a year will be asked."""
    ask_ahead(connection, *(_asked(table, known_at, table.c.year == year) for table in tables))


def entries_ahead(connection: Connection, pairing_id: str, year: int, known_at: int) -> None:
    """Read together what is asked of a pairing's lines, and of what all pairings entered in a year."""
    asked = [
        _asked(table, known_at, table.c.year == year, *of)
        for table in (ratings, surveys, superiors)
        for of in ((), (table.c.pairing_id == pairing_id,))
    ]
    own = scored_lines.c.year == year, scored_lines.c.pairing_id == pairing_id
    ask_ahead(connection, *asked, _asked(scored_lines, known_at, *own))


def rejections(connection: Connection, pairing_id: str, known_at: int) -> dict[int, str]:
    """Position of the second review, for whichever year, that took something out of the count, to the reason it gave."""
    rows = connection.execute(_rejected(pairing_id, known_at))
    return {row.known_from: row.second_because for row in rows}


def rejections_ahead(connection: Connection, pairing_id: str, known_at: int) -> None:
    """Say that they will be asked."""
    ask_ahead(connection, _rejected(pairing_id, known_at))


def _rejected(pairing_id: str, known_at: int) -> Select[Any]:
    c = reviews.c
    rejected = c.pairing_id == pairing_id, c.second_verdict == Verdict.REJECTED.value
    return select(c.known_from, c.second_because).where(*rejected, known(reviews, known_at))
