"""One pairing that runs on into the next year: each year has its own, and the later leaves the earlier as it was."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from application.look import look_of
from application.proof.packaging import package
from application.questions.results.explaining import pairing_of, sheet_explanation
from application.system import System
from application.things import SHEET, key_of_sheet
from application.verbs.assessment.year_work import self_score
from application.verbs.pairing.activities import (
    record_activity,
)
from application.verbs.pairing.pairings import (
    leave_post,
)
from domain.assessment.year.pairing_lines import OwnScore
from domain.integrity.archive import unpack
from domain.integrity.evidence import check
from domain.pairing.events import ActivityKind, Post
from projections.boards.pairing.pairings import terms
from projections.figures.county import figures
from projections.figures.involved_people import involved_in_line
from projections.figures.late_entries import late_entries
from projections.figures.overview import pairing_rows, years
from projections.kit.columns import known
from tests.kit.acts import carried, carried_out
from tests.kit.databases import DatabaseCase
from tests.kit.prepared import prepared
from tests.kit.serving import Visitor, app_of
from tests.kit.yearend import by, published_run

BY = by("lianban")


@pytest.fixture
def county(database: DatabaseCase) -> Iterator[System]:
    system = prepared(database.folder, database.url)
    yield system
    system.close()


def pairing(system: System, village: str = "南溪村") -> str:
    with system.reading() as connection:
        return pairing_of(connection, 2025, village, None, system.runner.position())


def go_on(system: System, pairing_id: str) -> None:
    """What happens to the pairing in the year after: a post that ends, an activity."""
    today = system.today()
    with system.reading() as connection:
        c = terms.c
        row = connection.execute(
            select(terms).where(c.pairing_id == pairing_id, c.ended_on.is_(None), known(terms, None))
        ).first()
    assert row is not None
    carried(
        system,
        leave_post,
        pairing_id,
        post=Post(row.post),
        person_ref=row.person_ref,
        ended_on=date(2026, 2, 1),
        today=today,
        by=BY,
    )
    carried(
        system,
        record_activity,
        near="",
        pairing_id=pairing_id,
        kind=ActivityKind.THEMED_PARTY_DAY,
        topic="次年主题党日",
        held_on=date(2026, 3, 5),
        participants=20,
        persons_visited=None,
        reported_on=date(2026, 3, 6),
        today=today,
        by=BY,
    )


def lasting(made: bytes) -> dict[str, str]:
    """The members of a package without its checkpoint, proofs and time of making."""
    check(made)
    moving = ("checkpoint", "manifest", "earlier/", "witness.vkey", "summary.html")
    return {
        name: data.decode("utf-8", "replace")
        for name, data in unpack(made).items()
        if not name.startswith(moving) and not name.endswith(".tlog-proof")
    }


def told(system: System, pairing_id: str) -> str:
    """The explanation of the sheet of 2025 as known now."""
    at = system.runner.position()
    with system.reading() as connection:
        sheet = system.scoring.explain_sheet(connection, 2025, pairing_id, at)
        shown = [{**line, "known_at": 0} for line in sheet_explanation(connection, sheet, at)]
    return json.dumps(shown, ensure_ascii=False)


def test_a_year_is_as_it_was_whatever_happens_in_the_next(county: System) -> None:
    mine = pairing(county)
    published_run(county)
    with county.reading() as connection:
        before = figures(connection, 2025, county.runner.position())
        rows = [row.pairing_id for row in pairing_rows(connection, 2025, county.runner.position())]
    sheet, made = told(county, mine), package(county, "score", mine, BY, 2025)
    go_on(county, mine)
    assert told(county, mine) == sheet
    later = package(county, "score", mine, BY, 2025)
    assert lasting(later) == lasting(made)
    assert check(later).manifest["about"]["year"] == 2025
    with county.reading() as connection:
        at = county.runner.position()
        assert figures(connection, 2025, at) == before
        assert [row.pairing_id for row in pairing_rows(connection, 2025, at)] == rows
        assert years(connection, at, 2026) == [2026, 2025]
        now = figures(connection, 2026, at)
        scheme = county.scoring.scheme(connection, 2025, at)
        late = {each.record for each in late_entries(connection, scheme, at, None)}
    assert (now.pairings, now.agreements) == (before.pairings, before.agreements), "last year's stay in force"
    assert not any(each > at - 3 for each in late)
    assert county.runner.check() == []


def test_without_a_run_later_events_of_the_parties_are_left_out(county: System) -> None:
    mine = pairing(county)
    before = set(lasting(package(county, "score", mine, BY, 2025)))
    go_on(county, mine)
    assert set(lasting(package(county, "score", mine, BY, 2025))) == before


def test_what_is_stated_for_one_year_is_not_stated_for_another(county: System) -> None:
    mine, look = pairing(county), look_of(county)
    of, other = key_of_sheet(2025, mine), key_of_sheet(2026, mine)
    carried_out(county, self_score, of, scores=(OwnScore("A3", 900),), by=by("danwei"))
    assert SHEET.state(look, of).line("A3").self_hundredths == 900
    assert SHEET.state(look, other).line("A3").self_hundredths is None
    with county.reading() as connection:
        of_line: dict[str, Any] = {"pairing_id": mine, "indicator": "A3", "behind": (), "appeal_id": ""}
        assert "danwei" in involved_in_line(connection, year=2025, **of_line).accounts
        assert "danwei" not in involved_in_line(connection, year=2026, **of_line).accounts


def test_pages_of_a_pairing_are_about_a_year_of_it(county: System) -> None:
    mine = pairing(county)
    go_on(county, mine)
    visitor = Visitor(app_of(county), "kaohe")
    now, then = (
        visitor.get(f"/pairings/{mine}?year=2026").text,
        visitor.get(f"/pairings/{mine}?year=2025").text,
    )
    assert "次年主题党日" in now and "次年主题党日" not in then.split('class="events')[0]
    assert f'href="/pairings/{mine}?year=2025"' in now and f'href="/pairings/{mine}?year=2026"' in then
    assert f'href="/scores/{mine}?year=2025"' in then
    wrong = visitor.get(f"/scores/{mine}?year=2024")
    assert wrong.status_code == 422 and "2024" in wrong.text and "2025、2026" in wrong.text
    assert "2025、2026" in visitor.get(f"/documents/result/{mine}?year=2024").text
    unit = Visitor(app_of(county), "danwei")
    other = f"/score-sheets/{key_of_sheet(2024, mine)}/self-score"
    line = {"scores.0.indicator": "A3", "scores.0.points_hundredths": "1"}
    assert unit.post(other, **line).status_code == 404, "there is no sheet of that year"


def test_without_a_year_a_page_is_about_the_last_that_has_a_scheme(county: System) -> None:
    mine = pairing(county)
    visitor = Visitor(app_of(county), "kaohe")
    assert f'href="/pairings/{mine}?year=2026"' in visitor.get(f"/pairings/{mine}").text
    assert visitor.get(f"/scores/{mine}").status_code == 200
    assert visitor.get(f"/scores/{mine}?year=2026").status_code == 404
    assert "2025 年度" in visitor.get("/pairings").text
