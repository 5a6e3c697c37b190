"""Schemes in force, frozen runs and appeals, with row versions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Connection, Date, Integer, Row, String, Text, select

from domain.appeal.events import AppealAdmitted, AppealDecided, AppealFiled, AppealRefused, AppealWithdrawn
from domain.assessment.year.events import (
    FindingRuledOut,
    PointsRuled,
    RunConsented,
    RunFrozen,
    RunPublished,
    SchemePublished,
)
from projections.kit.columns import known, said, versioned_table
from projections.kit.projection import Projection
from projections.kit.writer import Writer

schemes = versioned_table(
    "scheme",
    Column("scheme_id", String(20), nullable=False),
    *said(SchemePublished, "version", "text", "text_digest", "published_on"),
)
runs = versioned_table(
    "run",
    Column("run_id", String(20), nullable=False),
    *said(RunFrozen, "year", "number"),
    Column("run_no", String(20), nullable=False),
    Column("at_position", BigInteger, nullable=False),
    *said(RunFrozen, "scheme_version", "results_digest", "subjects", "frozen_on", "because", "appeal_id"),
    *said(RunFrozen, "scheme_digest", "calendar_version", "engine_version", "software", "receipts_root"),
    *said(RunFrozen, "cut_off_at", "frozen_by"),
    Column("frozen_at", BigInteger, nullable=False),
    Column("consenter", String(80), nullable=False),
    Column("consent_office", String(120), nullable=False),
    Column("consent_because", Text, nullable=False),
    Column("consented_by", String(120), nullable=False),
    Column("consented_on", Date),
    Column("published_on", Date),
    Column("for_comparison", Boolean, nullable=False),
    Column("leaves_behind", Text, nullable=False),
)
"""``run_no``: the number as people write it. ``for_comparison``: as known at an earlier position; such a run is
signed and published by nobody. ``leaves_behind``: what was not done when it was frozen, as JSON: pairs of what and how many.
"""
appeals = versioned_table(
    "appeal",
    Column("appeal_id", String(40), nullable=False),
    Column("number", String(20), nullable=False),
    Column("year", Integer, nullable=False, index=True),
    Column("pairing_id", String(60), nullable=False, index=True),
    *said(AppealFiled, "branch", "village", "run_id", "indicator", "finding_id", "filed_on", "filed_by"),
    *said(AppealFiled, "side", "grounds"),
    Column("contested_points", Integer),
    Column("at_position", BigInteger, nullable=False),
    Column("status", String(20), nullable=False),
    Column("due_on", Date),
    Column("decided_on", Date),
    *said(AppealDecided, "outcome", "reasons"),
    Column("corrected_points", Integer),
    Column("decided_at", BigInteger),
    Column("effect_at", BigInteger),
)
"""``decided_at``, ``effect_at``: the positions of the decision, and of the ruling that it led to."""
assessment_board = Projection("assessment_board", 6, [schemes, runs, appeals], small=[schemes, runs, appeals])


@assessment_board.on(SchemePublished)
def _scheme(write: Writer, event: SchemePublished) -> None:
    write.put(schemes)


@assessment_board.on(RunFrozen)
def _frozen(write: Writer, event: RunFrozen) -> None:
    write.add(
        runs,
        at_position=event.known_at,
        frozen_at=write.recorded.position,
        consenter="",
        consent_office="",
        consent_because="",
        consented_by="",
        leaves_behind=json.dumps(event.leaves_behind),
    )


@assessment_board.on(RunConsented)
def _consented(write: Writer, event: RunConsented) -> None:
    write.change(
        runs,
        event.run_id,
        "consenter",
        "consented_by",
        "consented_on",
        consent_office=event.office,
        consent_because=event.because,
    )


assessment_board.changes(RunPublished, runs, "published_on")


@assessment_board.on(AppealFiled)
def _filed(write: Writer, event: AppealFiled) -> None:
    write.add(
        appeals,
        contested_points=event.contested_points_hundredths,
        at_position=event.known_at,
        status="filed",
        outcome="",
        reasons="",
    )


assessment_board.changes(AppealAdmitted, appeals, "due_on", status="admitted")


@assessment_board.on(AppealRefused)
def _refused(write: Writer, event: AppealRefused) -> None:
    write.change(
        appeals, event.appeal_id, status="refused", decided_on=event.refused_on, reasons=event.because
    )


@assessment_board.on(AppealDecided)
def _decided(write: Writer, event: AppealDecided) -> None:
    write.change(
        appeals,
        event.appeal_id,
        "decided_on",
        "outcome",
        "reasons",
        status="decided",
        corrected_points=event.corrected_points_hundredths,
        decided_at=write.recorded.position,
    )


assessment_board.changes(AppealWithdrawn, appeals, status="withdrawn")


@assessment_board.on(PointsRuled, FindingRuledOut)
def _ruled(write: Writer, event: PointsRuled | FindingRuledOut) -> None:
    # On a day before the appeal was filed its effect is known, since it says what was so all along; the appeal is not.
    if event.appeal_id and write.get(appeals, event.appeal_id) is not None:
        write.change(appeals, event.appeal_id, effect_at=write.recorded.position)


def runs_of_year(connection: Connection, year: int, known_at: int | None) -> Sequence[Row[Any]]:
    """The runs of a year, the one frozen last first. Not by what they rest on: a run may be frozen as known earlier."""
    query = select(runs).where(runs.c.year == year, known(runs, known_at))
    return connection.execute(query.order_by(runs.c.frozen_at.desc())).all()


def years_with_run(connection: Connection, known_at: int) -> set[int]:
    """The years of which a run was frozen, those for comparing left out."""
    query = select(runs.c.year).where(known(runs, known_at), runs.c.for_comparison.is_(False)).distinct()
    return set(connection.scalars(query))


def frozen_last(rows: Sequence[Row[Any]]) -> Row[Any] | None:
    """The run that goes on: the one frozen last, those for comparing left out; ``None`` where there is none."""
    return next((row for row in rows if not row.for_comparison), None)


def awaits_consent(run: Row[Any], others: Sequence[Row[Any]]) -> bool:
    """Whether the run would replace a published one and nobody consented to that yet."""
    return (
        run.published_on is None
        and not run.for_comparison
        and run.consented_on is None
        and any(each.published_on is not None and each.frozen_at < run.frozen_at for each in others)
    )


def published_last(rows: Sequence[Row[Any]]) -> Row[Any] | None:
    """The run whose results stand, ``None`` before any is public; only the run frozen last can be published."""
    return next((row for row in rows if row.published_on is not None), None)


def scheme_text(connection: Connection, year: int, known_at: int) -> str | None:
    """The text of the year's scheme as known at a position, ``None`` when none was published by then."""
    row = schemes_known(connection, known_at).get(year)
    return None if row is None else str(row.text)


def schemes_known(connection: Connection, known_at: int) -> dict[int, Row[Any]]:
    """Year to its scheme, as known at a position: a year has one, so all are read at once, whichever is asked for."""
    return {
        int(row.scheme_id): row for row in connection.execute(select(schemes).where(known(schemes, known_at)))
    }


def years_with_scheme(connection: Connection, known_at: int) -> set[int]:
    """The years whose scheme was published by then."""
    return set(schemes_known(connection, known_at))
