"""The year's work by its verbs on both databases, and samples drawn again by command."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from application.look import look_of
from application.settings import Settings
from application.system import System
from application.things import SHEET, key_of_sheet
from application.verbs.assessment.evidence import draw_sample, review_evidence, review_evidence_again
from application.verbs.assessment.year_work import self_score, verify_lines
from domain.assessment.year import clauses
from domain.assessment.year.events import EvidenceSampleDrawn
from domain.assessment.year.pairing_lines import OwnScore, Verification
from domain.kernel.errors import Rejected, Unknown
from interface.cli.main import app
from interface.composition import build
from interface.ledgers.importing import import_folder
from projections.boards.pairing.pairings import pairings
from projections.figures.evidence_queue import counting, population
from projections.kit.columns import known
from tests.kit.acts import act, acted, adopt, carried_out
from tests.kit.databases import DatabaseCase
from tests.kit.demo_ids import PAIRING
from tests.kit.manual_scheme import manual_scheme
from tests.kit.prepared import prepared
from tests.kit.yearend import by
from tests.unit.ledgers.ledger_books import pairing, right, write_book

MINE = key_of_sheet(2025, PAIRING)


@pytest.fixture
def county(database: DatabaseCase) -> Iterator[System]:
    """The county under a scheme that asks for everything that people can enter."""
    system = prepared(database.folder, database.url, scheme=manual_scheme(), year=2025)
    yield system
    system.close()


def test_from_the_own_score_to_points_and_from_evidence_to_none(county: System) -> None:
    own = (OwnScore("A3", 1000, "按台账"), OwnScore("S1", 900))
    assert len(carried_out(county, self_score, MINE, scores=own, by=by("danwei")).events) == 2
    with pytest.raises(Rejected, match=clauses.WITHIN_MAXIMUM.id):
        wrong = (OwnScore("B1", 100), OwnScore("S1", 1001))
        carried_out(county, self_score, MINE, scores=wrong, by=by("danwei"))
    lines = SHEET.state(look_of(county), MINE)
    assert lines.line("B1").self_hundredths is None, "all of a form or nothing"
    with pytest.raises(Unknown):
        carried_out(county, self_score, MINE, scores=(OwnScore("Z9", 1),), by=by("danwei"))
    verifications = (Verification("A3", 1000), Verification("S1", 700, "一项不符"))
    outcome = carried_out(county, verify_lines, MINE, verifications=verifications, by=by("kaohe"))
    assert len(outcome.events) == 2
    with county.reading() as connection:
        at = county.log.position()
        told = county.scoring.explain(connection, 2025, PAIRING, "S1", at)
        scheme = county.scoring.scheme(connection, 2025, at)
        queue = counting(connection, scheme, at, None, [PAIRING])
    assert told.line.final == 700
    a3 = [each for each in queue if "A3" in each.indicators]
    b1 = [each for each in queue if "B1" in each.indicators]
    assert len(a3) == 10 and b1 and not any(each.on_request for each in a3)
    assert population(queue) == [each.position for each in queue if each.on_request]
    item, no = str(a3[0].position), {"year": 2025, "verdict": "rejected"}
    act(county, review_evidence, item, year=2025, verdict="accepted", by=by("kaohe"))
    act(county, review_evidence_again, item, **no, because="照片系往年", by=by("fukao"))
    with county.reading() as connection:
        told = county.scoring.explain(connection, 2025, PAIRING, "A3", county.log.position())
        before = county.scoring.explain(connection, 2025, PAIRING, "A3", at)
    assert (before.line.final, told.line.final) == (1000, 900)
    assert "佐证经复审不予认可：照片系往年" in {out.reason.zh for out in told.excluded}
    with pytest.raises(Unknown):
        act(county, review_evidence, "1", year=2025, verdict="accepted", by=by("kaohe"))
    assert county.runner.check() == []


def test_a_confirmation_struck_lowers_a_share_and_never_raises_it(
    database: DatabaseCase, tmp_path: Path
) -> None:
    """Of three needs of a village two were met and confirmed."""
    shown = 'evidence = { demand = "required", text = { zh = "村级确认单", en = "confirmation" } }'
    text = manual_scheme().replace('code = "D1"\n', f'code = "D1"\n{shown}\n')
    system = build(Settings(folder=database.folder / "data", database_url=database.url))
    adopt(system, text, by=by("kaohe"))
    unconfirmed = right("needs", need_id="XQ2025-0003", confirmed_on=None, rating=None)
    met = [right("needs"), right("needs", need_id="XQ2025-0002", description="路灯"), unconfirmed]
    (tmp_path / "in").mkdir()
    write_book(tmp_path / "in" / "book.xlsx", {"pairings": [pairing()], "needs": met})
    assert import_folder(system, tmp_path / "in", year=2025).refused == []
    with system.reading() as connection:
        (paired,) = connection.execute(select(pairings.c.pairing_id).where(known(pairings, None))).scalars()

    def needs() -> tuple[str, int | None]:
        with system.reading() as connection:
            line = system.scoring.explain(connection, 2025, paired, "D1", system.log.position()).line
        return str(line.parts[0].measured), line.final

    with system.reading() as connection:
        at = system.log.position()
        queue = counting(connection, system.scoring.scheme(connection, 2025, at), at, None, [paired])
    confirmed = [each for each in queue if "D1" in each.indicators]
    assert confirmed and {each.kind for each in confirmed} == {"need_confirmed"}
    before = needs()
    item, no = str(confirmed[0].position), {"year": 2025, "verdict": "rejected", "because": "无签字"}
    act(system, review_evidence, item, **no, by=by("kaohe"))
    act(system, review_evidence_again, item, **no, by=by("fukao"))
    # Nothing else of the group applies, so all its 25 points are for the needs.
    assert (before, needs()) == (("Share(part=2, whole=3)", 1667), ("Share(part=1, whole=3)", 833))
    assert system.runner.check() == []
    system.close()


def test_a_sample_is_drawn_again_by_command(tmp_path: Path) -> None:
    system = prepared(tmp_path, scheme=manual_scheme(), year=2025)
    seed = "公开摇号 08-17-23"
    (drawn,) = acted(system, draw_sample, "2025", seed=seed, percent=5, by=by("kaohe")).events
    assert isinstance(drawn, EvidenceSampleDrawn)
    forged = EvidenceSampleDrawn(
        **{**drawn.values(), "sample_id": "sa-2", "number": 2, "seed": "x", "items": drawn.population[:3]}
    )
    runner = CliRunner(env={"LIANJIAN_DATABASE_URL": None, "LIANJIAN_DATA": None})
    words = ["evidence", "sample", "--year", "2025", "--data", str(tmp_path)]
    answer = runner.invoke(app, [*words, "--json"])
    (told,) = json.loads(answer.stdout)
    assert answer.exit_code == 0 and told["same"] is True
    assert told["items"] == told["drawn_again"] == list(drawn.items)
    system.log.append([("evidence-samples-2025", 2, forged, by("kaohe"))])
    system.close()
    both = runner.invoke(app, words)
    assert both.exit_code == 1
    assert "2025-1" in both.stdout and "drawn again, NOT THE SAME" in both.stdout
    assert runner.invoke(app, [*words, "--sample", "2025-1"]).exit_code == 0
    assert runner.invoke(app, [*words, "--sample", "2025-9"]).exit_code == 2
