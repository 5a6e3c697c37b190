"""What is to be done about drafts of schemes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Row, select

from application.question import Asker
from application.questions.answers.duties.duty import DutyKind, Next, Process, Seat, Standing
from domain.account.role import Role
from domain.assessment.year.scheme_history import DraftStatus
from projections.boards.assessment.runs import schemes_known
from projections.boards.assessment.schemes import drafts
from projections.kit.columns import known

_ASSESSOR, _APPROVER = Role.ASSESSOR, Role.APPROVER
TABLE = (
    Next(DutyKind.SCHEME_DRAFTED, _APPROVER, Seat.LEADING_GROUP, "approve_scheme", {_ASSESSOR: ""}),
    # It says nothing else than what is in force: there is nothing to approve.
    Next(DutyKind.SCHEME_UNCHANGED, _APPROVER, Seat.LEADING_GROUP, "return_scheme", {_ASSESSOR: ""}),
    Next(DutyKind.SCHEME_RETURNED, _ASSESSOR, Seat.SCORING_GROUP, "draft_scheme", {_APPROVER: ""}),
    Next(DutyKind.SCHEME_APPROVED, _ASSESSOR, Seat.SCORING_GROUP, "publish_scheme", {_APPROVER: ""}),
)
_KINDS = {
    DraftStatus.DRAFTED.value: DutyKind.SCHEME_DRAFTED,
    DraftStatus.RETURNED.value: DutyKind.SCHEME_RETURNED,
    DraftStatus.APPROVED.value: DutyKind.SCHEME_APPROVED,
}


def _standing(asker: Asker) -> Iterator[Standing]:
    query = select(drafts).where(known(drafts, asker.known_at)).order_by(drafts.c.year, drafts.c.draft)
    for year, found in groupby(asker.connection.execute(query).all(), lambda row: int(row.year)):
        rows = list(found)
        kind, newest = _KINDS.get(rows[-1].status), rows[-1]
        if kind is None:
            continue
        in_force = schemes_known(asker.connection, asker.known_at).get(year)
        same = in_force is not None and in_force.text_digest == newest.text_digest
        if kind is DutyKind.SCHEME_DRAFTED and same:
            kind = DutyKind.SCHEME_UNCHANGED
        yield Standing(
            kind=kind,
            key=str(year),
            since=newest.known_from,
            number=str(newest.draft),
            matter=newest.returned_because or newest.because,
            year=year,
            barred=_drafters(rows) if kind is DutyKind.SCHEME_DRAFTED else frozenset(),
        )


def _drafters(rows: Sequence[Row[Any]]) -> frozenset[str]:
    """Who had a hand in the drafts since the last that was published."""
    published = [n for n, row in enumerate(rows) if row.status == DraftStatus.PUBLISHED.value]
    return frozenset(row.drafted_by for row in rows[published[-1] + 1 if published else 0 :])


SCHEMES = Process("scheme", "scheme", TABLE, _standing, ("已发布；没有草稿", "published; no draft"))
