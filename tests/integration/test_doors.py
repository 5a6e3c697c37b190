"""What an attack on the doors found, each as it was done: pages, API and command take one key, one day, one value."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from fastapi import FastAPI

from application.acting import act
from application.actors.actor import Actor
from application.input.reading import Malformed
from application.look import look_of
from application.system import System
from application.things import ACCOUNT, FINDING, RESULTS
from application.verb import key_read
from application.verbs.accounts import grant_role, name_person
from application.verbs.assessment.year_work import verify_lines
from application.verbs.supervision import raise_finding
from domain.account import clauses as account_clauses
from domain.account.role import Role
from domain.kernel.errors import Forbidden, Rejected, Unknown
from domain.kernel.recorded import By, Source
from tests.kit.demo_ids import PAIRING
from tests.kit.serving import Visitor, demo_app

FOUND = {
    "number": "WT2026-901",
    "pairing_id": PAIRING,
    "method": "on_site",
    "inspector": "检查甲",
    "description": "台账缺页",
    "finding_type": "record_keeping",
    "severity": "minor",
}


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[System, FastAPI]]:
    system, app = demo_app(tmp_path_factory.mktemp("doors"))
    yield system, app
    system.close()


def someone(role: Role, username: str) -> tuple[Actor, By]:
    actor = Actor(username=username, person="", display_name="", office="县联建办", role=role)
    return actor, By(actor=username, office="县联建办", source=Source(kind="api", name="test"))


def names_in_vault(system: System) -> int:
    with system.vault._engine.connect() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM person").scalar_one())


@pytest.mark.parametrize("year", ["02025", "+2025", " 2025"])
def test_a_year_is_one_however_it_is_spelt(county: tuple[System, FastAPI], year: str) -> None:
    system, app = county
    assert key_read(RESULTS, year) == "2025"
    Visitor(app, "lianban").post(
        f"/results/{year}/exclude-pairing", pairing_id=PAIRING, because="受灾", basis="县委会议纪要"
    )
    assert system.log.load(f"runs-{year}") == []


def test_nobody_is_another_by_upper_case(county: tuple[System, FastAPI]) -> None:
    system, _ = county
    actor, by = someone(Role.ADMIN, "guanli")
    assert key_read(ACCOUNT, "GUANLI") == "guanli"
    with pytest.raises(Rejected) as refusal:
        act(system, grant_role, "GUANLI", {"role": "auditor"}, actor, by)
    assert refusal.value.clause is account_clauses.NOT_ONESELF


def test_an_address_does_not_choose_the_day_on_which_something_is_done(
    county: tuple[System, FastAPI],
) -> None:
    system, app = county
    before, ducha = system.log.position(), Visitor(app, "ducha")
    answer = ducha.post("/findings/raise-finding?about=2199-03-02", **FOUND, found_on="2199-03-01")
    assert answer.status_code == 409 and "supervision.NOT_IN_THE_FUTURE" in answer.text
    assert system.log.position() == before
    answer = ducha.post("/findings/raise-finding?about=2026-01-05", **FOUND)
    assert answer.status_code == 200
    finding_id = answer.url.path.rpartition("/")[2]
    raised = FINDING.state(look_of(system), finding_id).raised
    assert raised is not None and raised.found_on == system.today() != date(2026, 1, 5)


def test_a_page_of_the_past_has_no_form(county: tuple[System, FastAPI]) -> None:
    ducha = Visitor(county[1], "ducha")
    path = "/findings/WT2025-059/withdraw-finding"
    assert 'name="because"' in ducha.get(path).text
    assert 'name="because"' not in ducha.get(f"{path}?at=9800").text


def test_a_line_stands_once_in_a_request(county: tuple[System, FastAPI]) -> None:
    system, _ = county
    actor, by = someone(Role.ASSESSOR, "kaohe")
    row = {"indicator": "A3", "points_hundredths": "10", "seen": "0", "because": ""}
    with pytest.raises(Malformed) as refusal:
        act(system, verify_lines, f"2025-{PAIRING}", {"verifications": [row, row]}, actor, by)
    assert "出现了两次" in refusal.value.faults["verifications"].zh
    with pytest.raises(Malformed) as refusal:
        act(
            system,
            verify_lines,
            f"2025-{PAIRING}",
            {"verifications": [{**row, "verified_by": "x"}]},
            actor,
            by,
        )
    assert "verifications.0.verified_by" in refusal.value.faults


def test_no_name_is_kept_of_a_trial_or_for_whoever_may_not(county: tuple[System, FastAPI]) -> None:
    system, _ = county
    kept = names_in_vault(system)
    actor, by = someone(Role.ADMIN, "guanli")
    named = {"name": "某新人", "because": "更正"}
    act(system, name_person, "cun", named, actor, by, dry_run=True)
    assert names_in_vault(system) == kept
    stranger, by = someone(Role.AUDITOR, "shenji")
    with pytest.raises(Forbidden):
        act(system, name_person, "cun", named, stranger, by)
    with pytest.raises(Unknown):
        act(system, name_person, "nobody-of-that-name", named, actor, by)
    assert names_in_vault(system) == kept


@pytest.mark.parametrize("written", ["\u200b", "\u2060 \u200d"])
def test_what_shows_nothing_says_nothing(county: tuple[System, FastAPI], written: str) -> None:
    system, _ = county
    actor, by = someone(Role.SUPERVISOR, "ducha")
    with pytest.raises(Malformed) as refusal:
        act(system, raise_finding, "", {**FOUND, "number": written}, actor, by)
    assert "必填" in refusal.value.faults["number"].zh


def test_a_field_said_twice_in_a_form_is_refused(county: tuple[System, FastAPI]) -> None:
    system, app = county
    ducha, before = Visitor(app, "ducha"), system.log.position()
    ducha.get("/findings")
    answer = ducha.http.post(
        "/findings/raise-finding",
        data={**FOUND, "number": ["WT2026-902", "WT2026-903"], "csrf": ducha._token},
    )
    assert answer.status_code == 422 and "只能填一个值" in answer.text
    assert system.log.position() == before
