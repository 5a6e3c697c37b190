"""What is entered after the cut-off counts nowhere: sheet, table, explanation and run say the same, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from application.settings import Settings
from application.system import System
from application.verbs.assessment.evidence import set_cut_off
from application.verbs.pairing.activities import (
    record_activity,
)
from domain.assessment.year import clauses
from domain.kernel.errors import Rejected
from domain.kernel.recorded import By, Source
from domain.pairing.events import ActivityKind
from interface.composition import build
from tests.kit.acts import act, carried
from tests.kit.databases import DatabaseCase
from tests.kit.demo_ids import PAIRING
from tests.kit.prepared import prepared

BY = By(actor="danwei", source=Source(kind="page", name="/test"))


class Clock:
    """Turned by hand, from the hour in which the county was imported."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now


def hold(system: System, month: int) -> None:
    """A themed Party day of the year assessed, reported in time, entered now."""
    day = datetime(2025, month, 9).date()
    carried(
        system,
        record_activity,
        near="",
        pairing_id=PAIRING,
        kind=ActivityKind.THEMED_PARTY_DAY,
        topic=f"{month} 月主题党日",
        held_on=day,
        participants=12,
        persons_visited=None,
        reported_on=day,
        today=system.today(),
        by=BY,
    )


def a3(system: System, at: int) -> int | None:
    """The line of themed Party days in the sheet."""
    with system.reading() as connection:
        results = system.scoring.results(connection, 2025, at)
        sheet = next(r.sheet for r in results if r.pairing == PAIRING)
        told = system.scoring.explain(connection, 2025, PAIRING, "A3", at)
        whole = system.scoring.explain_sheet(connection, 2025, PAIRING, at)
    assert told.line.final == sheet.line("A3").final == whole.sheet.line("A3").final
    return told.line.final


def test_a_late_entry_counts_nowhere_and_is_told_as_late(database: DatabaseCase) -> None:
    prepared(database.folder, database.url).close()
    clock = Clock()
    system = build(Settings(folder=database.folder, database_url=database.url), clock)
    with system.reading() as connection:
        told = system.scoring.explain(connection, 2025, PAIRING, "A3", system.log.position())
    missing = [m for m in range(1, 13) if m not in {fact.occurred_on.month for fact in told.used}]
    before = told.line.final
    assert before is not None and len(missing) >= 2
    hold(system, missing[0])
    in_time = system.log.position()
    clock.now += timedelta(days=1)
    hold(system, missing[1])
    uncut = system.log.position()
    day = system.today() - timedelta(days=1)
    act(system, set_cut_off, "2025", record_on=day, by=BY)
    now = system.log.position()
    assert (a3(system, in_time), a3(system, uncut), a3(system, now)) == (
        before + 100,
        before + 200,
        before + 100,
    )
    with system.reading() as connection:
        told = system.scoring.explain(connection, 2025, PAIRING, "A3", now)
    late = [(out.reason.zh, out.fact.occurred_on.month) for out in told.excluded]
    assert ("录入晚于截止", missing[1]) in late
    digests = [system.pinning.basis(2025, at).results_digest for at in (in_time, uncut, now)]
    assert digests[0] == digests[2] != digests[1]
    with pytest.raises(Rejected, match=clauses.CUT_OFF_MOVED_WITH_REASON.id):
        act(system, set_cut_off, "2025", record_on=system.today(), by=BY)
    act(system, set_cut_off, "2025", record_on=system.today(), because="大雪封路", by=BY)
    assert a3(system, system.log.position()) == before + 200
    assert a3(system, now) == before + 100, "what was known then is shown as it was"
    system.close()
