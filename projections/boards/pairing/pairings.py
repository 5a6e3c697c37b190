"""Pairings, their agreements and posts as lists, with row versions. Of renewals and agreements the newest is shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Date,
    Integer,
    Row,
    String,
    or_,
    select,
)

from domain.kernel.event import Event
from domain.pairing.events import (
    AgreementAmended,
    AgreementCorrected,
    AgreementEnded,
    AgreementRenewed,
    AgreementSigned,
    AgreementVoided,
    AppointedToPost,
    LeftPost,
    PairingBegunEarlier,
    PairingDayCorrected,
    PairingEnded,
    PairingRenewed,
    PairingsReissued,
    PairingStarted,
    PairingVoided,
    RenewalVoided,
    TermBegunEarlier,
    TermCorrected,
    TermVoided,
)
from projections.facts.fact_table import on_a_day
from projections.kit.columns import known, said, versioned_table
from projections.kit.projection import Projection
from projections.kit.writer import Writer

pairings = versioned_table(
    "pairing",
    Column("pairing_id", String(60), nullable=False),
    *said(PairingStarted, "branch", "village", "started_on"),
    Column("ended_on", Date),
    Column("renewed_on", Date),
    Column("agreement_no", String(120), nullable=False),
    Column("signed_on", Date),
)
agreements = versioned_table(
    "agreement",
    Column("agreement_id", String(240), nullable=False),
    Column("pairing_id", String(60), nullable=False, index=True),
    *said(AgreementSigned, "agreement_no", "signed_on"),
    Column("others", String(120), nullable=False),
    Column("duties", String(500), nullable=False),
    Column("ends_on", Date),
    Column("ended_on", Date),
)
reissues = versioned_table("reissue", *said(PairingsReissued, "year", "reissued_on", "renewed"))
list_changes = versioned_table(
    "list_change",
    Column("pairing_id", String(60), nullable=False),
    Column("year", Integer, nullable=False, index=True),
    Column("change", String(12), nullable=False),
    Column("branch", String(40), nullable=False),
    Column("because", String(120), nullable=False),
    Column("successor", String(60), nullable=False),
)
terms = versioned_table(
    "term",
    Column("term_id", String(160), nullable=False),
    Column("pairing_id", String(60), nullable=False, index=True),
    *said(LeftPost, "post", "person_ref", "began_on"),
    Column("ended_on", Date),
)


def of_year(year: int) -> ColumnElement[bool]:
    """The pairings that were paired on at least one day of a year, by the rule of facts: who is assessed in it."""
    c = pairings.c
    return on_a_day(c.started_on, c.ended_on, date(year, 1, 1), date(year, 12, 31))


def years_of(started_on: date, ended_on: date | None, until: int) -> list[int]:
    """The years, not after ``until``, in which a pairing was paired on a day, the newest first."""
    if ended_on is not None and ended_on < started_on:
        return []
    last = until if ended_on is None else min(ended_on.year, until)
    return list(range(last, started_on.year - 1, -1))


def paired_from(connection: Connection, branch: str, village: str, on: date) -> str:
    """The id of a pairing of the two on a day or later; empty where there is none."""
    c = pairings.c
    of_two = known(pairings, None), c.branch == branch, c.village == village
    lasting = select(c.pairing_id).where(*of_two, or_(c.ended_on.is_(None), c.ended_on >= on))
    return connection.execute(lasting.order_by(c.started_on)).scalar() or ""


def not_renewed(connection: Connection, on: date, known_at: int | None = None) -> Sequence[Row[Any]]:
    """The pairings that were begun before a day, last on it, and were not renewed on it or later: last year's list."""
    c = pairings.c
    lasting = c.started_on < on, or_(c.ended_on.is_(None), c.ended_on >= on)
    waiting = or_(c.renewed_on.is_(None), c.renewed_on < on)
    query = select(pairings).where(known(pairings, known_at), *lasting, waiting)
    return connection.execute(query.order_by(c.pairing_id)).all()


pairings_board = Projection(
    "pairings_board", 10, [pairings, agreements, reissues, list_changes, terms], small=[pairings]
)


@pairings_board.on(PairingsReissued)
def _changed(write: Writer, event: PairingsReissued) -> None:
    write.add(reissues)
    for each in event.changes:
        write.add(
            list_changes,
            pairing_id=each.pairing_id,
            year=event.year,
            change=each.change.value,
            branch=each.branch,
            because=each.because,
            successor=each.successor,
        )


pairings_board.adds(PairingStarted, pairings, agreement_no="")
pairings_board.changes(PairingEnded, pairings, "ended_on")


@pairings_board.on(PairingRenewed)
def _renewed(write: Writer, event: PairingRenewed) -> None:
    _newest(write, event.pairing_id, "renewed_on", renewed_on=event.renewed_on)


@pairings_board.on(RenewalVoided)
def _renewal_voided(write: Writer, event: RenewalVoided) -> None:
    write.change(pairings, event.pairing_id, renewed_on=event.newest_on)


@pairings_board.on(PairingBegunEarlier)
def _paired_earlier(write: Writer, event: PairingBegunEarlier) -> None:
    write.change(pairings, event.pairing_id, "started_on")
    _newest(write, event.pairing_id, "renewed_on", renewed_on=event.renewed_on)


def _newest(write: Writer, pairing_id: str, day: str, **stated: Any) -> None:
    """The columns show what is newest by its day, in whichever order it was recorded."""
    before = write.get(pairings, pairing_id)
    assert before is not None, pairing_id
    if before[day] is None or before[day] < stated[day]:
        write.change(pairings, pairing_id, **stated)


pairings_board.changes(PairingDayCorrected, pairings, "started_on")


@pairings_board.on(PairingVoided)
def _pairing_voided(write: Writer, event: PairingVoided) -> None:
    """It was on no day, and nobody held a post in it."""
    none = event.started_on - timedelta(days=1)
    write.change(pairings, event.pairing_id, ended_on=none, renewed_on=None, agreement_no="", signed_on=None)
    for (term_id,) in write.distinct(terms, ("term_id",), pairing_id=event.pairing_id):
        write.end(terms, term_id)
    for (agreement_id,) in write.distinct(agreements, ("agreement_id",), pairing_id=event.pairing_id):
        write.end(agreements, agreement_id)


def _agreement_id(pairing_id: str, signed_on: date, number: str) -> str:
    return f"{pairing_id}/{signed_on}/{number}"


@pairings_board.on(AgreementSigned)
def _signed(write: Writer, event: AgreementSigned) -> None:
    of = _agreement_id(event.pairing_id, event.signed_on, event.agreement_no)
    write.put(agreements, agreement_id=of, others="", duties="")
    _newest(write, event.pairing_id, "signed_on", agreement_no=event.agreement_no, signed_on=event.signed_on)


@pairings_board.on(AgreementCorrected)
def _agreement_corrected(write: Writer, event: AgreementCorrected) -> None:
    """It keeps what was agreed, under its right number and day."""
    wrong = _agreement_id(event.pairing_id, event.signed_before, event.agreement_no_before)
    before = write.get(agreements, wrong)
    assert before is not None, wrong
    kept = {name: before[name] for name in ("others", "duties", "ends_on", "ended_on")}
    write.end(agreements, wrong)
    right = _agreement_id(event.pairing_id, event.signed_on, event.agreement_no)
    write.add(agreements, agreement_id=right, **kept)
    write.change(pairings, event.pairing_id, agreement_no=event.newest_no, signed_on=event.newest_on)


@pairings_board.on(AgreementVoided)
def _agreement_voided(write: Writer, event: AgreementVoided) -> None:
    write.end(agreements, _agreement_id(event.pairing_id, event.signed_on, event.agreement_no))
    write.change(pairings, event.pairing_id, agreement_no=event.newest_no, signed_on=event.newest_on)


def _agrees(event_type: type[Event], *names: str) -> None:
    """The event says these of the agreement."""

    def handle(write: Writer, event: Any) -> None:
        of = _agreement_id(event.pairing_id, event.signed_on, event.agreement_no)
        write.change(agreements, of, *names)

    pairings_board.on(event_type)(handle)


_agrees(AgreementAmended, "others", "duties", "ends_on")
_agrees(AgreementRenewed, "ends_on")
_agrees(AgreementEnded, "ended_on")


def _term_id(event: AppointedToPost | LeftPost) -> str:
    ref = event.person.ref if isinstance(event, AppointedToPost) else event.person_ref
    return f"{event.pairing_id}/{event.post.value}/{event.began_on}/{ref}"


@pairings_board.on(AppointedToPost)
def _appointed(write: Writer, event: AppointedToPost) -> None:
    write.add(terms, term_id=_term_id(event), person_ref=event.person.ref)


@pairings_board.on(TermCorrected)
def _term_corrected(write: Writer, event: TermCorrected) -> None:
    of = f"{event.pairing_id}/{event.post.value}"
    write.end(terms, f"{of}/{event.known_from}/{event.person_before}")
    ref = event.person.ref
    write.add(terms, term_id=f"{of}/{event.began_on}/{ref}", person_ref=ref)


@pairings_board.on(TermVoided)
def _term_voided(write: Writer, event: TermVoided) -> None:
    write.end(terms, f"{event.pairing_id}/{event.post.value}/{event.began_on}/{event.person_ref}")


@pairings_board.on(LeftPost)
def _left(write: Writer, event: LeftPost) -> None:
    write.change(terms, _term_id(event), "ended_on")


@pairings_board.on(TermBegunEarlier)
def _begun_earlier(write: Writer, event: TermBegunEarlier) -> None:
    of = f"{event.pairing_id}/{event.post.value}"
    write.end(terms, f"{of}/{event.known_from}/{event.person_ref}")
    write.add(terms, term_id=f"{of}/{event.began_on}/{event.person_ref}")
