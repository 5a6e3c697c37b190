"""Private enterprises and social organisations are paired like villages, are covered, and are not scored."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from application.settings import Settings
from application.system import System
from application.verbs.pairing.pairings import (
    start_pairing,
)
from domain.assessment.scheme_file.scheme_text import parse_scheme
from domain.assessment.schemes import scheme_text
from domain.registry.events import TargetKind
from interface.composition import build
from interface.ledgers.exporting import write_folder
from interface.ledgers.importing import import_folder
from projections.boards.registry.units_and_villages import villages
from projections.figures.county import figures
from projections.kit.columns import known
from projections.scores.scores import scores
from tests.kit.acts import CLERK, carried
from tests.kit.demo_ids import BRANCH, PAIRING
from tests.kit.entries import registered_village
from tests.kit.prepared import prepared
from tests.kit.serving import Visitor, app_of


def with_a_firm(system: System) -> str:
    """The pairing of a unit of the county with a private enterprise."""
    firm = registered_village(system, "云岭茶业公司", "青山镇", kind=TargetKind.PRIVATE_ENTERPRISE)
    return carried(
        system,
        start_pairing,
        by=CLERK,
        branch=BRANCH,
        village=firm,
        started_on=date(2025, 3, 1),
        today=date(2025, 3, 1),
        paired="",
    )


@pytest.fixture
def county(tmp_path: Path) -> System:
    return prepared(tmp_path / "county")


def totals(system: System) -> dict[str, int]:
    with system.reading() as connection:
        return {each.pairing: each.sheet.total for each in system.scoring.results(connection, 2025, None)}


def test_it_is_covered_and_recorded_and_no_score_moves(county: System) -> None:
    before = totals(county)
    pairing = with_a_firm(county)
    assert totals(county) == before and pairing not in before
    office, clerk = Visitor(app_of(county), "ducha"), Visitor(app_of(county), "danwei")
    shown = office.get("/coverage?on=2025-12-31").text
    assert "147/147" in re.search(r"<h1>([^<]*)", shown)[1]  # type: ignore[index]
    assert "非公企业 1/1" in shown
    listed = office.get("/coverage/export?format=csv&on=2025-12-31").text.splitlines()
    assert listed[0].endswith("乡镇,类别,合计,已结对,尚未结对") and "青山镇,非公企业,1,1," in listed
    before_it = office.get("/coverage/export?format=csv&on=2025-02-28").text
    assert "青山镇,非公企业,1,0,云岭茶业公司" in before_it
    assert "/coverage/export?format=xlsx&amp;on=2025-12-31" in shown
    page = office.get(f"/pairings/{pairing}?year=2025").text
    assert "不计分" in page and "只考核行政村、社区的结对" in page
    assert "不计分" in office.get("/pairings?year=2025&q=云岭茶业").text
    assert office.get(f"/scores/{pairing}?year=2025").status_code == 404
    held = clerk.post(
        "/activities/record-activity",
        pairing_id=pairing,
        kind="forum",
        topic="非公企业座谈",
        held_on="2025-05-06",
        participants="12",
    )
    assert held.status_code == 200 and "非公企业座谈" in held.text
    (entry,) = set(re.findall(r"/activities/(a-\w+)/correct-activity", held.text))
    share = clerk.get(f"/activities/{entry}/share-activity?year=2025").text
    assert re.findall(r'type="checkbox" name="pairings" value="([^"]+)"', share) == [PAIRING]
    county.close()


def test_a_scheme_may_score_it(county: System) -> None:
    pairing = with_a_firm(county)
    wider = scheme_text(2025).replace(
        'order = ["total"', 'targets = ["village", "community", "private_enterprise"]\norder = ["total"'
    )
    scheme = parse_scheme(wider)
    with county.reading() as connection:
        assert pairing in {each.pairing for each in scores(connection, scheme)}
    county.close()


def test_ledgers_give_it_and_take_it(county: System, tmp_path: Path) -> None:
    with_a_firm(county)
    write_folder(county, tmp_path / "out", pytest.fail)
    other = build(Settings(folder=tmp_path / "again"), county.clock)
    result = import_folder(other, tmp_path / "out", year=2025)
    assert (result.refused, result.asked) == ([], []), result.told()

    def firms(system: System) -> list[str]:
        of_kind = select(villages.c.name).where(
            known(villages, None), villages.c.kind == TargetKind.PRIVATE_ENTERPRISE.value
        )
        with system.reading() as connection:
            return list(connection.scalars(of_kind))

    assert firms(other) == firms(county) == ["云岭茶业公司"]
    with county.reading() as one, other.reading() as two:
        assert figures(one, 2025, county.log.position()) == figures(two, 2025, other.log.position())
    county.close()
    other.close()
