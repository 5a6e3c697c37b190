"""A record opens the ledger it came from at its row; who may look, what is noted, and what is gone after an erasure."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import quote

import pytest
from fastapi import FastAPI

from application.look import look_of
from application.stores.forgetting import erase_person
from application.system import System
from domain.kernel.recorded import By, Source
from projections.boards import trail
from projections.boards.pairing.pairings import terms
from tests.kit.databases import DatabaseCase
from tests.kit.serving import Visitor, demo_app

BY = By(actor="fuhe", source=Source(kind="command", name="test"))


@pytest.fixture
def county(database: DatabaseCase) -> tuple[System, FastAPI]:
    return demo_app(database.folder, database.url)


def cited_row(text: str) -> str:
    """The text of the row that the page marks."""
    found = re.findall(r'<tr id="row" class="cited".*?</tr>', text, re.DOTALL)
    assert len(found) == 1
    return unescape(re.sub("<[^>]+>", "|", found[0]))


def test_every_place_that_names_a_row_opens_the_workbook_there(county: tuple[System, FastAPI]) -> None:
    system, app = county
    auditor = Visitor(app, "shenji")
    with system.reading() as connection:
        held = trail.page(connection, trail.TrailFilter(names=["pairing.ActivityHeld"]), limit=1)[0]
    address = f"/ledgers/{held.source_digest}"
    for path in (
        f"/events/{held.position}",
        f"/trail?thing={held.data['activity_id']}",
        f"/pairings/{held.data['pairing_id']}",
        f"/scores/{held.data['pairing_id']}",
    ):
        links = [unescape(each) for each in re.findall(r'href="([^"]+#row)"', auditor.get(path).text)]
        assert links and all(each.startswith("/ledgers/") for each in links), path
    here = f"{address}?sheet={quote(held.source_sheet)}&row={held.source_row}"
    shown = auditor.get(here).text
    row = cited_row(shown)
    assert held.data["topic"] in row and f"#{held.position}" in row and str(held.source_row) in row
    assert "活动主题" in shown or "主题" in shown, "the headings stand over the rows"
    numbers = [int(each) for each in re.findall(r'<td class="num">(\d+)</td>', shown)]
    assert numbers == sorted(numbers) and max(numbers) - min(numbers) <= 40
    earlier = unescape(re.findall(r'href="([^"]+from=[^"]+)"', shown)[0])
    before = [int(each) for each in re.findall(r'<td class="num">(\d+)</td>', auditor.get(earlier).text)]
    assert before and max(before) == min(numbers) - 1
    assert "Row" in auditor.get(f"{here}&lang=en").text
    first = auditor.get(address).text
    assert 'id="row"' not in first and '<td class="num">3</td>' in first


def test_the_bytes_come_back_as_they_were_imported(county: tuple[System, FastAPI]) -> None:
    system, app = county
    with system.reading() as connection:
        event = trail.page(connection, trail.TrailFilter(source_kind="ledger"), limit=1)[0]
    answer = Visitor(app, "kaohe").get(f"/ledgers/{event.source_digest}/file")
    assert answer.content == system.vault.workbook(event.source_digest)
    assert quote(event.source_name) in answer.headers["content-disposition"]
    looked = [(row.username, row.thing) for row in system.accesses.list(kind="workbook")]
    assert looked == [("kaohe", event.source_digest)]
    assert event.source_digest in Visitor(app, "shenji").get("/accesses?kind=workbook").text


def test_who_may_not_read_the_trail_opens_no_workbook(county: tuple[System, FastAPI]) -> None:
    system, app = county
    with system.reading() as connection:
        event = trail.page(connection, trail.TrailFilter(source_kind="ledger"), limit=1)[0]
    address = f"/ledgers/{event.source_digest}"
    for name in ("danwei", "cun", "guanli"):
        clerk = Visitor(app, name)
        assert clerk.get(address).status_code == 403 and clerk.get(f"{address}/file").status_code == 403
        assert "/ledgers/" not in clerk.get("/pairings").text
    auditor = Visitor(app, "shenji")
    assert auditor.get(f"{address}?at=3").status_code == 404, "no event cited it yet"
    assert auditor.get(f"{address}?sheet=none").status_code == 404
    assert auditor.get(f"{address}?row=x").status_code == 422
    assert auditor.get(f"/ledgers/{'0' * 64}").status_code == 404
    assert auditor.get(f"{address}?row=1048576").status_code == 200
    assert {row.username for row in system.accesses.list(kind="workbook")} == {"shenji"}


def test_an_erased_name_stands_in_no_workbook_any_more(county: tuple[System, FastAPI]) -> None:
    system, app = county
    auditor = Visitor(app, "shenji")
    with system.reading() as connection:
        term = connection.execute(terms.select().order_by(terms.c.pairing_id)).first()
        assert term is not None
        wanted = trail.TrailFilter(names=["pairing.AppointedToPost"], thing=term.pairing_id)
        event = trail.page(connection, wanted, limit=1)[0]
    ref = event.data["person"]["ref"]
    name = system.vault.names([ref])[ref]
    address = f"/ledgers/{event.source_digest}"
    here = f"{address}?sheet={quote(event.source_sheet)}&row={event.source_row}"
    assert name in cited_row(auditor.get(here).text)
    erase_person(look_of(system), ref, ground="保管期满", decided_by="县联建办", by=BY)
    after = auditor.get(here).text
    assert name not in after and "■■" in cited_row(after) and "抹去姓名后的副本" in after
    assert f"{address}/file" not in after and auditor.get(f"{address}/file").status_code == 404
    assert "The original is no longer kept" in auditor.get(f"{here}&lang=en").text
