"""A scheme from draft to amendment by its verbs, on both databases, with every table equal to a rebuild."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from application.look import look_of
from application.proof.verifying import verify_system
from application.settings import Settings
from application.system import System
from application.things import SCHEME
from application.verbs.assessment.schemes import approve_scheme, draft_scheme, publish_scheme
from domain.assessment.scheme_file.moving_on import moved_on, renumbered
from domain.assessment.schemes import scheme_text
from domain.assessment.year.scheme_history import SchemeHistory
from domain.kernel.errors import Rejected
from domain.kernel.recorded import By, Source
from interface.composition import build
from projections.boards.assessment.schemes import versions_of
from tests.kit.acts import act, adopt
from tests.kit.databases import DatabaseCase

NOW = datetime(2026, 1, 5, 1, tzinfo=UTC)
TEXT = moved_on(scheme_text(2025), 2025, 2026)


def by(actor: str) -> By:
    return By(actor=actor, office="县联建办", source=Source(kind="page", name="/schemes"))


def publish(system: System, text: str, draft: int, in_force_on: date | None) -> None:
    act(system, draft_scheme, "2026", by=by("kaohe"), text=text, based_on=draft - 1)
    version = history_of(system).version + 1
    trial = system.back_testing.trial(text, 2026, version)
    act(
        system,
        approve_scheme,
        "2026",
        by=by("lianban"),
        draft=draft,
        seen_year=trial.back_test_year,
        seen_moved=trial.moved,
        approver="审批甲",
    )
    act(system, publish_scheme, "2026", by=by("kaohe"), draft=draft, in_force_on=in_force_on)


def history_of(system: System) -> SchemeHistory:
    return SCHEME.state(look_of(system), "2026")


def test_a_scheme_lives_from_draft_to_amendment(database: DatabaseCase) -> None:
    system = build(Settings(folder=database.folder, database_url=database.url), lambda: NOW)
    assert system.back_testing.trial(TEXT, 2026, 1).back_test_year is None, "no year to look back at"
    publish(system, TEXT, 1, None)
    with pytest.raises(Rejected) as refused:
        adopt(system, TEXT, by=by("import"))
    assert refused.value.clause.id == "assessment.ADOPTED_BEFORE_DRAFTS"
    publish(system, renumbered(TEXT, 2) + "# 修订\n", 2, date(2026, 7, 1))
    history = history_of(system)
    assert (history.version, history.draft) == (2, 2)
    with system.reading() as connection:
        rows = versions_of(connection, 2026, system.log.position())
        assert [(row.version, row.in_force_on, row.draft) for row in rows] == [
            (2, date(2026, 7, 1), 2),
            (1, None, 1),
        ]
        assert system.scoring.scheme(connection, 2026, system.log.position()).version == 2
    report = verify_system(system)
    assert report.problems == []
    assert report.checked["names"] == 1, "the approver's name is the one committed to"
    system.close()
