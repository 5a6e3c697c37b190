"""A scheme from draft to amendment through the service, on both databases, with every table equal to a rebuild."""

from __future__ import annotations

from datetime import date

import pytest

from application.proof.verifying import verify_system
from application.settings import Settings
from application.system import System
from domain.assessment.scheme_file.moving_on import moved_on, renumbered
from domain.assessment.schemes import scheme_text
from domain.kernel.errors import Rejected
from domain.kernel.recorded import By, Source
from interface.composition import build
from projections.boards.schemes import versions_of
from tests.kit.databases import DatabaseCase

TEXT = moved_on(scheme_text(2025), 2025, 2026)
DAY = date(2026, 1, 5)


def by(actor: str) -> By:
    return By(actor=actor, office="县联建办", source=Source(kind="page", name="/schemes"))


def publish(system: System, text: str, draft: int, in_force_on: date | None) -> None:
    schemes = system.services.schemes
    schemes.draft_scheme(2026, text=text, based_on=draft - 1, because="", drafted_on=DAY, by=by("kaohe"))
    version = schemes.history(2026).version + 1
    trial = system.back_testing.trial(text, 2026, version)
    schemes.approve_scheme(
        2026,
        draft=draft,
        back_test_seen=(trial.back_test_year, trial.moved),
        approver=system.vault.person("审批甲", "县联建办"),
        approved_on=DAY,
        by=by("lianban"),
    )
    schemes.publish_scheme(
        2026,
        draft=draft,
        in_force_on=in_force_on,
        retroactive_because="",
        published_on=DAY,
        by=by("kaohe"),
    )


def test_a_scheme_lives_from_draft_to_amendment(database: DatabaseCase) -> None:
    system = build(Settings(folder=database.folder, database_url=database.url))
    schemes = system.services.schemes
    assert system.back_testing.trial(TEXT, 2026, 1).back_test_year is None, "no year to look back at"
    publish(system, TEXT, 1, None)
    with pytest.raises(Rejected) as refused:
        schemes.adopt_scheme(text=TEXT, published_on=DAY, by=by("import"))
    assert refused.value.clause.id == "assessment.ADOPTED_BEFORE_DRAFTS"
    publish(system, renumbered(TEXT, 2) + "# 修订\n", 2, date(2026, 7, 1))
    history = schemes.history(2026)
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
