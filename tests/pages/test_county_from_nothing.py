"""A county begun by its clerks in an empty folder: no demo, and no shell after the first two administrators."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import Column, select
from typer.testing import CliRunner

from application.settings import Settings
from application.stores.accounts.keeping import accounts_of
from application.system import System
from interface.cli.main import app as command
from interface.composition import build
from interface.web.app import create_app
from projections.boards.livelihood import needs
from projections.boards.pairing.activities import activities
from projections.boards.pairing.pairings import pairings
from tests.kit.serving import QUICK, Visitor
from tests.unit.ledgers.ledger_books import UNIT, VILLAGE, pairing, write_book

TOLD, OWN = "bei-hai-7-qiao", "qiu-shan-9-lu"


def _main(page: str) -> str:
    """What a page says, without its frame."""
    return page[page.find("<main") :]


class Person(Visitor):
    """Somebody whose password another has told, and who sets an own one first."""

    def __init__(self, app: FastAPI, username: str) -> None:
        super().__init__(app, None)
        form = {"username": username, "password": TOLD, "next": "/"}
        answer = self.http.post("/sign-in", data=form)
        assert answer.url.path == "/me", "the password must be changed first"
        self._noted(answer)
        changed = self.post("/me/password", password_now=TOLD, password=OWN, password_again=OWN)
        assert changed.status_code == 200, changed.text

    def does(self, path: str, **values: str | list[str]) -> None:
        """Send a form that is accepted."""
        answer = self.post(path, **values)
        assert answer.status_code == 200 and "/sign-in" not in answer.url.path, _main(answer.text)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[tuple[System, FastAPI]]:
    for name in ("one", "two"):
        said = ["account", "add", name, "--name", f"管理{name}", "--office", "县联建办", "--first", "--ask"]
        added = CliRunner().invoke(command, [*said, "--data", str(tmp_path / "data")], input=f"{TOLD}\n")
        assert added.exit_code == 0, added.output
    system = build(Settings(folder=tmp_path / "data"))
    app = create_app(system, accounts_of(system, QUICK))
    yield system, app
    app.state.uploads.close()
    system.close()


def opened(app: FastAPI, admin: Person, another: Person, username: str, role: str, **more: str) -> Person:
    """An account that one administrator opens; a role that decides is granted by the other."""
    form = {"username": username, "person": f"人{username}", "same_as": "", "display_name": username}
    form |= {"office": "县联建办", "role": role, "branch": "", "village": "", "password": TOLD}
    admin.does("/accounts", **{**form, **more})
    if f"/accounts/{username}/approve-role" in another.get(f"/accounts/{username}").text:
        another.does(f"/accounts/{username}/approve-role")
    return Person(app, username)


def standing(system: System, *columns: Column[Any]) -> tuple[Any, ...]:
    """The one row that stands in a board."""
    with system.reading() as connection:
        return tuple(connection.execute(select(*columns).where(columns[0].table.c.known_to.is_(None))).one())


def uploaded(app: FastAPI, who: Person, path: Path) -> None:
    """Upload a workbook, look at what it would record, and confirm it."""
    file = ("file", (path.name, path.read_bytes(), "application/octet-stream"))
    who.get("/data")
    answer = who.http.post("/data/imports", data={"csrf": who._token, "year": ""}, files=[file])
    app.state.uploads.wait()
    page = who.get(answer.url.path).text
    seen = re.search(r'name="seen" value="(\w+)"', page)
    assert seen is not None, page
    who.does(f"{answer.url.path}/confirm", seen=seen[1])
    app.state.uploads.wait()


def test_clerks_begin_a_county_and_do_its_first_month(office: tuple[System, FastAPI], tmp_path: Path) -> None:
    system, app = office
    one, two = Person(app, "one"), Person(app, "two")
    supervisor = opened(app, one, two, "ducha", "supervisor")
    book = write_book(tmp_path / "结对台账.xlsx", {"pairings": [pairing()]})
    uploaded(app, supervisor, book)
    paired, branch, village = standing(system, *pairings.c["pairing_id", "branch", "village"])
    assert VILLAGE in supervisor.get("/pairings?year=2025").text and UNIT in supervisor.get("/units").text
    unit = opened(app, one, two, "danwei", "branch_clerk", branch=branch, office=UNIT)
    clerk = opened(app, one, two, "cun", "village_clerk", village=village, office=VILLAGE)

    activity = {"pairing_id": paired, "kind": "forum", "topic": "春耕座谈", "held_on": "2025-03-05"}
    unit.does("/activities/record-activity", **activity, participants="9", persons_visited="")
    (held,) = standing(system, activities.c.activity_id)
    told = {"venue": "村部", "quantity": "20", "measure_unit": "copies", "tags": ["rural_revitalisation"]}
    unit.does(f"/activities/{held}/describe-activity", **told)
    assert "春耕座谈" in clerk.get("/").text, "the village is asked"
    clerk.does(f"/activities/{held}/dispute-activity", because="当日到场 8 人")
    right = {**activity, "participants": "8", "persons_visited": "", "because": "人数有误"}
    del right["pairing_id"]
    unit.does(f"/activities/{held}/correct-activity", **right)
    clerk.does(f"/activities/{held}/attest-activity")

    today = system.today().isoformat()
    said = {"number": "XQ2025-1", "village": village, "category": "industry", "content": "修水渠"}
    clerk.does("/needs/raise-need", **said, pairing_id="", raised_on="2025-03-06")
    (need,) = standing(system, needs.c.need_id)
    unit.does(f"/needs/{need}/claim-need", pairing_id=paired)
    clerk.does(f"/needs/{need}/accept-claim")
    unit.does(f"/needs/{need}/meet-need", met_on=today)
    clerk.does(f"/needs/{need}/return-need", returned_on=today, because="还差一段")
    unit.does(f"/needs/{need}/meet-need", met_on=today)
    clerk.does(f"/needs/{need}/confirm-need", confirmed_on=today, rating="5", gain="4")

    c = activities.c
    assert standing(system, c.participants, c.attestation, c.venue) == (8, "attested", "村部")
    assert "村级确认" in clerk.get(f"/needs/{need}").text
    assert system.log.read()[-1].by.actor == "cun"
