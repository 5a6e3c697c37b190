"""The year's work through its services on both databases, and samples drawn again by command."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from application.system import System
from application.year_work import OwnScore, Subject, Verification
from domain.assessment.year import clauses
from domain.assessment.year.events import EvidenceSampleDrawn, Verdict
from domain.kernel.errors import Rejected, Unknown
from interface.cli.main import app
from projections.figures.evidence_queue import counting, population
from tests.kit.databases import DatabaseCase
from tests.kit.demo_ids import BRANCH, PAIRING, VILLAGE_ID
from tests.kit.manual_scheme import manual_scheme
from tests.kit.prepared import prepared
from tests.kit.yearend import by

SUBJECT = Subject(PAIRING, 2025, BRANCH, VILLAGE_ID)


@pytest.fixture
def county(database: DatabaseCase) -> Iterator[System]:
    """The county under a scheme that asks for everything that people can enter."""
    system = prepared(database.folder, database.url, scheme=manual_scheme(), year=2025)
    yield system
    system.close()


def test_from_the_own_score_to_points_and_from_evidence_to_none(county: System) -> None:
    today, work, evidence = county.today(), county.services.year_work, county.services.evidence
    own = [OwnScore("A3", 1000, "按台账"), OwnScore("S1", 900)]
    assert work.self_score(SUBJECT, own, today=today, by=by("danwei")) == 2
    with pytest.raises(Rejected, match=clauses.WITHIN_MAXIMUM.id):
        wrong = [OwnScore("B1", 100), OwnScore("S1", 1001)]
        work.self_score(SUBJECT, wrong, today=today, by=by("danwei"))
    assert work.lines(SUBJECT).line("B1").self_hundredths is None, "all of a form or nothing"
    with pytest.raises(Unknown):
        work.self_score(SUBJECT, [OwnScore("Z9", 1)], today=today, by=by("danwei"))
    lines = [Verification("A3", 1000), Verification("S1", 700, "一项不符")]
    assert work.verify_lines(SUBJECT, lines, today=today, by=by("kaohe")) == 2
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
    item = [a3[0].position]
    evidence.review_evidence(2025, item, verdict=Verdict.ACCEPTED, because="", today=today, by=by("kaohe"))
    evidence.review_evidence_again(
        2025, item, verdict=Verdict.REJECTED, because="照片系往年", today=today, by=by("fukao")
    )
    with county.reading() as connection:
        told = county.scoring.explain(connection, 2025, PAIRING, "A3", county.log.position())
        before = county.scoring.explain(connection, 2025, PAIRING, "A3", at)
    assert (before.line.final, told.line.final) == (1000, 900)
    assert "佐证经复审不予认可：照片系往年" in {out.reason.zh for out in told.excluded}
    with pytest.raises(Unknown):
        evidence.review_evidence(2025, [1], verdict=Verdict.ACCEPTED, because="", today=today, by=by("kaohe"))
    assert county.runner.check() == []


def test_a_confirmation_struck_lowers_a_share_and_never_raises_it(database: DatabaseCase) -> None:
    shown = 'evidence = { demand = "required", text = { zh = "村级确认单", en = "confirmation" } }'
    text = manual_scheme().replace('code = "D1"\n', f'code = "D1"\n{shown}\n')
    system = prepared(database.folder, database.url, scheme=text, year=2025)
    today, evidence = system.today(), system.services.evidence

    def needs() -> tuple[str, int | None]:
        with system.reading() as connection:
            line = system.scoring.explain(connection, 2025, PAIRING, "D1", system.log.position()).line
        return str(line.parts[0].measured), line.final

    with system.reading() as connection:
        at = system.log.position()
        queue = counting(connection, system.scoring.scheme(connection, 2025, at), at, None, [PAIRING])
    confirmed = [each for each in queue if "D1" in each.indicators]
    assert confirmed and {each.kind for each in confirmed} == {"need_confirmed"}
    before = needs()
    item = [confirmed[0].position]
    evidence.review_evidence(
        2025, item, verdict=Verdict.REJECTED, because="无签字", today=today, by=by("kaohe")
    )
    evidence.review_evidence_again(
        2025, item, verdict=Verdict.REJECTED, because="无签字", today=today, by=by("fukao")
    )
    assert (before, needs()) == (("Share(part=2, whole=3)", 1000), ("Share(part=1, whole=3)", 500))
    assert system.runner.check() == []
    system.close()


def test_a_sample_is_drawn_again_by_command(tmp_path: Path) -> None:
    system = prepared(tmp_path, scheme=manual_scheme(), year=2025)
    today = system.today()
    drawn = system.services.evidence.draw_sample(
        2025, seed="公开摇号 08-17-23", percent=5, today=today, by=by("kaohe")
    )
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
