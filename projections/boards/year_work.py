"""The year's work of units and assessors, with row versions: own and verified scores, ballots, questionnaires, superiors'
scores, reviews of evidence, samples, cut-offs.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Date,
    Integer,
    Row,
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
)
from domain.kernel.recorded import Recorded
from projections.kit.columns import known, versioned_table
from projections.kit.projection import Projection
from projections.kit.tables import metadata
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
    metadata,
    "line_id",
    Column("line_id", String(120), nullable=False),
    *_of_pairing(),
    Column("self_hundredths", Integer),
    Column("self_note", Text, nullable=False),
    Column("self_by", String(80), nullable=False),
    Column("self_on", Date),
    Column("verified_hundredths", Integer),
    Column("self_then", Integer),
    Column("computed_then", Integer),
    Column("because", Text, nullable=False),
    Column("verified_by", String(80), nullable=False),
    Column("verified_on", Date),
    Column("verifications", Integer, nullable=False),
)
"""``self_then``, ``computed_then``: the own and the computed score when the line was verified, in hundredths."""
ratings = versioned_table(
    "rating_batch",
    metadata,
    "rating_id",
    Column("rating_id", String(200), nullable=False),
    *_of_pairing(),
    Column("group", String(80), nullable=False),
    Column("invited", Integer, nullable=False),
    Column("ballots", JSON, nullable=False),
    Column("rated_on", Date, nullable=False),
    Column("because", Text, nullable=False),
    Column("recorded_by", String(80), nullable=False),
)
surveys = versioned_table(
    "survey_batch",
    metadata,
    "batch_id",
    Column("batch_id", String(200), nullable=False),
    *_of_pairing(),
    Column("survey_id", String(80), nullable=False),
    Column("issued", Integer, nullable=False),
    Column("returned", Integer, nullable=False),
    Column("valid", Integer, nullable=False),
    Column("options", JSON, nullable=False),
    Column("surveyed_on", Date, nullable=False),
    Column("because", Text, nullable=False),
    Column("recorded_by", String(80), nullable=False),
)
superiors = versioned_table(
    "superior_entry",
    metadata,
    "entry_id",
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
    metadata,
    "review_id",
    Column("review_id", String(40), nullable=False),
    Column("item", BigInteger, nullable=False),
    *_of_pairing(),
    Column("reference", String(120), nullable=False),
    Column("verdict", String(12), nullable=False),
    Column("because", Text, nullable=False),
    Column("reviewed_by", String(80), nullable=False),
    Column("reviewed_on", Date, nullable=False),
    Column("second_verdict", String(12), nullable=False),
    Column("second_because", Text, nullable=False),
    Column("second_by", String(80), nullable=False),
    Column("second_on", Date),
)
"""``second_verdict`` is empty until a second person has looked."""
samples = versioned_table(
    "evidence_sample",
    metadata,
    "sample_id",
    Column("sample_id", String(20), nullable=False),
    Column("sample_no", String(20), nullable=False),
    Column("year", Integer, nullable=False),
    Column("seed", String(200), nullable=False),
    Column("percent", Integer, nullable=False),
    Column("population", JSON, nullable=False),
    Column("items", JSON, nullable=False),
    Column("drawn_by", String(80), nullable=False),
    Column("drawn_on", Date, nullable=False),
)
cut_offs = versioned_table(
    "cut_off",
    metadata,
    "year",
    Column("year", Integer, nullable=False),
    Column("record_on", Date, nullable=False),
    Column("last_position", BigInteger, nullable=False),
    Column("because", Text, nullable=False),
    Column("set_by", String(80), nullable=False),
    Column("set_on", Date, nullable=False),
)
year_work_board = Projection(
    "year_work_board", 2, [scored_lines, ratings, surveys, superiors, reviews, samples, cut_offs]
)

OfPairing = (
    SelfScored | LineVerified | RatingsRecorded | SatisfactionSurveyed | SuperiorScored | SuperiorRanked
)


def _key(event: OfPairing, *more: str) -> str:
    return "/".join((str(event.year), event.pairing_id, event.indicator, *more))


def _put(
    write: Writer, table: Table, at: int, key: str | int, of: dict[str, Any], values: dict[str, Any]
) -> None:
    """Change the thing where it is there already, else add it, ``of`` whom it is said with it."""
    if write.get(table, key) is None:
        write.add(table, at, **{table.info["key"]: key}, **of, **values)
    else:
        write.change(table, at, key, **values)


def _of(event: OfPairing | EvidenceReviewed) -> dict[str, Any]:
    return {
        "pairing_id": event.pairing_id,
        "year": event.year,
        "branch": event.branch,
        "village": event.village,
        "indicator": event.indicator,
    }


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
def _self_scored(write: Writer, recorded: Recorded, event: SelfScored) -> None:
    values = {
        "self_hundredths": event.points_hundredths,
        "self_note": event.note,
        "self_by": event.scored_by,
        "self_on": event.scored_on,
    }
    _put_line(write, recorded.position, event, values)


@year_work_board.on(LineVerified)
def _verified(write: Writer, recorded: Recorded, event: LineVerified) -> None:
    before = write.get(scored_lines, _key(event))
    values = {
        "verified_hundredths": event.points_hundredths,
        "self_then": event.self_hundredths,
        "computed_then": event.computed_hundredths,
        "because": event.because,
        "verified_by": event.verified_by,
        "verified_on": event.verified_on,
        "verifications": (before["verifications"] if before else 0) + 1,
    }
    _put_line(write, recorded.position, event, values)


def _put_line(write: Writer, at: int, event: SelfScored | LineVerified, values: dict[str, Any]) -> None:
    key = _key(event)
    if write.get(scored_lines, key) is None:
        write.add(scored_lines, at, line_id=key, **_of(event), **{**_UNSAID, **values})
    else:
        write.change(scored_lines, at, key, **values)


@year_work_board.on(RatingsRecorded)
def _rated(write: Writer, recorded: Recorded, event: RatingsRecorded) -> None:
    values = {
        "invited": event.invited,
        "ballots": list(event.ballots),
        "rated_on": event.rated_on,
        "because": event.because,
        "recorded_by": event.recorded_by,
    }
    of = {**_of(event), "group": event.group}
    _put(write, ratings, recorded.position, _key(event, event.group), of, values)


@year_work_board.on(SatisfactionSurveyed)
def _surveyed(write: Writer, recorded: Recorded, event: SatisfactionSurveyed) -> None:
    values = {
        "issued": event.issued,
        "returned": event.returned,
        "valid": event.valid,
        "options": [list(each) for each in event.options],
        "surveyed_on": event.surveyed_on,
        "because": event.because,
        "recorded_by": event.recorded_by,
    }
    of = {**_of(event), "survey_id": event.survey_id}
    _put(write, surveys, recorded.position, _key(event, event.survey_id), of, values)


@year_work_board.on(SuperiorScored)
def _superior_scored(write: Writer, recorded: Recorded, event: SuperiorScored) -> None:
    values = {
        "score_hundredths": event.score_hundredths,
        "place": None,
        "document_no": event.document_no,
        "stated_on": event.scored_on,
        "recorded_by": event.recorded_by,
    }
    of = {**_of(event), "issuer": event.issuer}
    _put(write, superiors, recorded.position, _key(event, "score", event.issuer), of, values)


@year_work_board.on(SuperiorRanked)
def _superior_ranked(write: Writer, recorded: Recorded, event: SuperiorRanked) -> None:
    values = {
        "score_hundredths": None,
        "place": event.place,
        "document_no": event.document_no,
        "stated_on": event.ranked_on,
        "recorded_by": event.recorded_by,
    }
    of = {**_of(event), "issuer": event.issuer}
    _put(write, superiors, recorded.position, _key(event, "place", event.issuer), of, values)


def _review(event: EvidenceReviewed | EvidenceReviewedAgain) -> str:
    return f"{event.year}/{event.item}"


@year_work_board.on(EvidenceReviewed)
def _reviewed(write: Writer, recorded: Recorded, event: EvidenceReviewed) -> None:
    write.add(
        reviews,
        recorded.position,
        review_id=_review(event),
        item=event.item,
        **_of(event),
        reference=event.reference,
        verdict=event.verdict.value,
        because=event.because,
        reviewed_by=event.reviewed_by,
        reviewed_on=event.reviewed_on,
        second_verdict="",
        second_because="",
        second_by="",
        second_on=None,
    )


@year_work_board.on(EvidenceReviewedAgain)
def _reviewed_again(write: Writer, recorded: Recorded, event: EvidenceReviewedAgain) -> None:
    write.change(
        reviews,
        recorded.position,
        _review(event),
        second_verdict=event.verdict.value,
        second_because=event.because,
        second_by=event.reviewed_by,
        second_on=event.reviewed_on,
    )


@year_work_board.on(EvidenceSampleDrawn)
def _drawn(write: Writer, recorded: Recorded, event: EvidenceSampleDrawn) -> None:
    write.add(
        samples,
        recorded.position,
        sample_id=event.sample_id,
        sample_no=event.sample_no,
        year=event.year,
        seed=event.seed,
        percent=event.percent,
        population=list(event.population),
        items=list(event.items),
        drawn_by=event.drawn_by,
        drawn_on=event.drawn_on,
    )


@year_work_board.on(CutOffSet)
def _cut_off(write: Writer, recorded: Recorded, event: CutOffSet) -> None:
    values = {
        "record_on": event.record_on,
        "last_position": event.known_at,
        "because": event.because,
        "set_by": event.set_by,
        "set_on": event.set_on,
    }
    _put(write, cut_offs, recorded.position, event.year, {}, values)


def cut_off(connection: Connection, year: int, known_at: int | None) -> Row[Any] | None:
    """The cut-off of the year as known at a position, ``None`` where none was set."""
    query = select(cut_offs).where(cut_offs.c.year == year, known(cut_offs, known_at))
    return connection.execute(query).first()


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
    query = select(table).where(known(table, known_at), *where)
    return connection.execute(query.order_by(table.c[table.info["key"]]))


def rejections(connection: Connection, pairing_id: str, known_at: int) -> dict[int, str]:
    """Position of the second review, for whichever year, that took something out of the count, to the reason it gave."""
    c = reviews.c
    query = select(c.known_from, c.second_because).where(
        c.pairing_id == pairing_id, c.second_verdict == Verdict.REJECTED.value, known(reviews, known_at)
    )
    return {row.known_from: row.second_because for row in connection.execute(query)}
