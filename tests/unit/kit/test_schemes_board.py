"""The board of schemes: each event changes its own draft, another year's rows stay, and the past stays readable."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, select

from domain.assessment.year.events import SchemeApproved, SchemeDrafted, SchemePublished, SchemeReturned
from domain.kernel.event import Event
from domain.kernel.person import PersonRef
from domain.kernel.recorded import By, Recorded, Source
from projections.boards.assessment.schemes import (
    drafts,
    drafts_of,
    schemes_board,
    versions_of,
    years_of_schemes,
)
from projections.kit.columns import known
from projections.kit.runner import Runner

DAY = date(2026, 1, 5)


class Events:
    """A log in a list."""

    def __init__(self, *events: Event) -> None:
        by = By(actor="fukao", source=Source(kind="page"))
        self.recorded = [
            Recorded(
                position=n,
                stream="s",
                version=n,
                recorded_at=datetime(2026, 1, 5, tzinfo=UTC),
                by=by,
                event=event,
            )
            for n, event in enumerate(events, start=1)
        ]

    def read(self, after: int = 0, limit: int = 1000, until: int | None = None) -> list[Recorded]:
        return [r for r in self.recorded if r.position > after][:limit]

    def position(self) -> int:
        return len(self.recorded)


def drafted(year: str, draft: int, text: str = "t") -> SchemeDrafted:
    return SchemeDrafted(
        scheme_id=year,
        draft=draft,
        text=text,
        text_digest="d",
        because="新年度",
        drafted_by="kaohe",
        drafted_on=DAY,
    )


def published(year: str, version: int, **more: Any) -> SchemePublished:
    return SchemePublished(
        scheme_id=year, version=version, text=f"v{version}", text_digest="d", published_on=DAY, **more
    )


RETURNED = SchemeReturned(scheme_id="2026", draft=1, because="缺样例", returned_by="lianban", returned_on=DAY)
APPROVED = SchemeApproved(
    scheme_id="2026",
    draft=2,
    text_digest="d",
    cases=3,
    back_test_year=2025,
    back_test_moved=7,
    approver=PersonRef(ref="p-1", commitment="c"),
    office="县联建办",
    approved_by="lianban",
    approved_on=DAY,
)
LOG = Events(
    published("2025", 1),  # 1
    drafted("2027", 1),  # 2
    drafted("2026", 1),  # 3
    RETURNED,  # 4
    drafted("2026", 2),  # 5
    APPROVED,  # 6
    published("2026", 1),  # 7
    drafted("2026", 3),  # 8
    drafted("2026", 4),  # 9
    published("2026", 2, in_force_on=date(2026, 7, 1), retroactive_because="上级要求"),  # 10
)


@pytest.fixture(params=["page by page", "at once"])
def connection(request: pytest.FixtureRequest) -> Any:
    engine = create_engine("sqlite://")
    runner = Runner(engine, LOG, [schemes_board])
    if request.param == "page by page":
        for n in range(1, len(LOG.recorded) + 1):
            runner = Runner(engine, _upto(n), [schemes_board])
            runner.create_tables()
            runner.catch_up()
    else:
        runner.create_tables()
        runner.catch_up()
    with engine.connect() as connection:
        yield connection


def _upto(n: int) -> Events:
    log = Events()
    log.recorded = LOG.recorded[:n]
    return log


def test_drafts_stand_where_the_events_left_them(connection: Connection) -> None:
    assert [(row.draft, row.status) for row in drafts_of(connection, 2026, 10)] == [
        (4, "published"),
        (3, "superseded"),
        (2, "published"),
        (1, "returned"),
    ]
    first = drafts_of(connection, 2026, 10)[-1]
    assert (first.returned_because, first.returned_by, first.returned_on) == ("缺样例", "lianban", DAY)
    second = drafts_of(connection, 2026, 10)[-2]
    assert (second.cases, second.back_test_year, second.back_test_moved) == (3, 2025, 7)
    assert (second.approver_ref, second.approver_office) == ("p-1", "县联建办")
    assert [(row.draft, row.status) for row in drafts_of(connection, 2027, 10)] == [(1, "drafted")]


def test_versions_name_their_draft_and_who_approved(connection: Connection) -> None:
    newest, first = versions_of(connection, 2026, 10)
    assert (newest.version, newest.in_force_on, newest.retroactive_because) == (
        2,
        date(2026, 7, 1),
        "上级要求",
    )
    assert (first.draft, first.approver_ref, first.published_by) == (2, "p-1", "fukao")
    (adopted,) = versions_of(connection, 2025, 10)
    assert (adopted.draft, adopted.approver_ref) == (None, "")


def test_every_moment_of_the_past_is_shown_as_it_was(connection: Connection) -> None:
    assert [tuple(row) for row in years_of_schemes(connection, 10)] == [
        (2027, 1, 0),
        (2026, 4, 2),
        (2025, 0, 1),
    ]
    assert [tuple(row) for row in years_of_schemes(connection, 2)] == [(2027, 1, 0), (2025, 0, 1)]
    assert [row.status for row in drafts_of(connection, 2026, 3)] == ["drafted"]
    assert [row.status for row in drafts_of(connection, 2026, 6)] == ["approved", "returned"]
    assert [row.version for row in versions_of(connection, 2026, 9)] == [1]
    others = select(drafts.c.known_from).where(drafts.c.year == 2027, known(drafts, None))
    assert connection.execute(others).scalars().all() == [2]
