"""A document is issued at its finding's page, found in its register, and handed out to the byte; in both languages."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from docx import Document as read_document
from fastapi import FastAPI
from sqlalchemy import select

from application.system import System
from projections.boards.documents import documents
from projections.boards.findings import findings
from projections.kit.columns import known
from tests.kit.demo_ids import PAIRING
from tests.kit.serving import Visitor, demo_app

FOUND = {
    "number": "WT2026-971",
    "pairing_id": PAIRING,
    "found_on": "2026-01-05",
    "method": "on_site",
    "inspector": "检查甲",
    "description": "签到表缺页",
    "finding_type": "record_keeping",
    "severity": "minor",
}


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[System, FastAPI, str]]:
    system, app = demo_app(tmp_path_factory.mktemp("county"))
    with system.reading() as connection:
        query = select(findings.c.finding_id).where(
            findings.c.known_to.is_(None), findings.c.status == "closed", findings.c.document_no != ""
        )
        finding = connection.scalars(query.order_by(findings.c.number)).first()
    assert finding is not None
    supervisor = Visitor(app, "ducha")
    for paper in ("order", "closing"):
        form = {"signed_as": "组长", "copies_to": "县委组织部"}
        answer = supervisor.post(f"/findings/{finding}/issue-document?paper={paper}", **form)
        assert answer.status_code == 200 and "done=issue_document" in str(answer.url), answer.text
    yield system, app, finding
    system.close()


def of(system: System, paper: str) -> str:
    with system.reading() as connection:
        query = select(documents.c.document_id).where(documents.c.paper == paper, known(documents, None))
        found: str = connection.scalars(query).one()
    return found


def test_the_thing_lists_its_documents_and_the_register_has_their_numbers(
    county: tuple[System, FastAPI, str],
) -> None:
    system, app, finding = county
    year = system.today().year
    supervisor = Visitor(app, "ducha")
    at_finding = supervisor.get(f"/findings/{finding}").text
    register = supervisor.get(f"/documents?year={year}&paper=closing").text
    for page in (at_finding, register):
        assert f"联督销〔{year}〕1号" in page and f"/documents/{of(system, 'closing')}/paper.pdf" in page
    assert of(system, "order") not in register
    assert of(system, "order") in supervisor.get(f"/documents?year={year}").text
    english = supervisor.get(f"/documents?year={year}&lang=en").text
    assert "Documents issued" in english and "Closing slip" in english


def test_the_files_are_handed_out_as_they_were_issued_and_not_when_they_were_changed(
    county: tuple[System, FastAPI, str],
) -> None:
    system, app, _ = county
    document, reader = of(system, "order"), Visitor(app, "ducha")
    shown = reader.get(f"/documents/{document}").text
    assert shown.count("完好") == 4 and "已被改动" not in shown
    pdf = reader.get(f"/documents/{document}/paper.pdf")
    assert pdf.headers["content-type"] == "application/pdf" and pdf.content.startswith(b"%PDF-")
    digest = hashlib.sha256(pdf.content).hexdigest()
    assert digest in shown
    page = reader.get(f"/documents/{document}/page.html")
    assert "抄送：县委组织部。" in page.text and "<script" not in page.text and "style=" not in page.text
    kept = system.store.path(digest)
    kept.write_bytes(pdf.content + b" ")
    assert reader.get(f"/documents/{document}/paper.pdf").status_code == 404
    assert "已被改动" in reader.get(f"/documents/{document}").text
    kept.write_bytes(pdf.content)


def test_a_clerk_sees_the_documents_of_the_findings_that_are_the_own(
    county: tuple[System, FastAPI, str],
) -> None:
    system, app, finding = county
    document, clerk = of(system, "order"), Visitor(app, "danwei")
    seen = clerk.get(f"/findings/{finding}").status_code
    assert seen == 403
    assert clerk.get(f"/documents/{document}").status_code == seen
    assert clerk.get(f"/documents/{document}/paper.pdf").status_code == seen
    assert document not in clerk.get(f"/documents?year={system.today().year}").text
    assert clerk.get(f"/documents/draft/order/{finding}").status_code == 403


def test_the_draft_opens_in_a_word_processor(county: tuple[System, FastAPI, str], tmp_path: Path) -> None:
    system, app, finding = county
    answer = Visitor(app, "ducha").get(f"/documents/draft/order/{finding}")
    paragraphs = [each.text for each in read_document(io.BytesIO(answer.content)).paragraphs]
    assert any(each.endswith("整改通知书") for each in paragraphs)
    assert f"联督整〔{system.today().year}〕　号" in paragraphs and "草稿" in paragraphs


def test_the_drafts_of_slips_open_as_well(county: tuple[System, FastAPI, str]) -> None:
    """A slip is a table without a head."""
    _, app, finding = county
    for paper in ("reinspection", "closing"):
        answer = Visitor(app, "ducha").get(f"/documents/draft/{paper}/{finding}")
        tables = read_document(io.BytesIO(answer.content)).tables
        assert any(row.cells[0].text == "问题编号" for each in tables for row in each.rows), paper


def test_a_number_is_found_however_its_brackets_are_typed(county: tuple[System, FastAPI, str]) -> None:
    system, app, _ = county
    document, reader, year = of(system, "closing"), Visitor(app, "ducha"), system.today().year
    for opened, closed in ("〔〕", "[]", "【】", "()", "（）"):
        written = f"联督销{opened}{year}{closed}01号"
        assert document in reader.get(f"/documents?number={written}").text
        assert str(reader.get(f"/search?q={written}").url).endswith(f"/documents/{document}")
    assert f"联督销〔{year}〕1号" not in Visitor(app, "danwei").get(f"/search?q=联督销〔{year}〕").text


def test_an_order_without_a_number_is_printed_as_a_draft(county: tuple[System, FastAPI, str]) -> None:
    system, app, _ = county
    ducha = Visitor(app, "ducha")
    path = ducha.post("/findings/raise-finding", **FOUND).url.path
    order = {"ordered_on": FOUND["found_on"], "due_on": "2027-03-01", "measures": "补齐", "document_no": ""}
    assert ducha.post(f"{path}/order-rectification", **order).status_code == 200
    # Found and ordered in January and recorded today: nobody could appeal before.
    until = system.today() + timedelta(days=30)
    shown = ducha.get(path).text
    assert re.search(
        rf"申诉期限</dt><dd>{until} <span[^>]*>自 {system.today()} 下达整改起 30 个自然日", shown
    )
    assert f"依 {system.today()} 下达整改，按自然日" in shown
    printed = path.replace("/findings/", "/documents/order/")
    assert "草稿，尚未编号制发" in ducha.get(printed).text
    assert ducha.post(f"{path}/issue-document?paper=order", signed_as="组长").status_code == 200
    issued = ducha.get(printed).text
    assert "草稿，尚未编号制发" not in issued and "联督整〔" in issued
