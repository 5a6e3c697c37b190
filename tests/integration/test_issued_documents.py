"""Documents under the numbers of their registers: none twice, none left out, each frozen to the byte; on either database."""

from __future__ import annotations

import json
import re
import threading
import zlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from application.documents.papers import parts_kept
from application.look import look_of
from application.settings import Settings
from application.system import System
from application.things import FINDING_DOCUMENTS
from application.verbs.documents import issue_document
from application.verbs.pairing.pairings import (
    start_pairing,
)
from application.verbs.registry.units_and_villages import rename_branch
from application.verbs.supervision import (
    close_finding,
    grant_extension,
    order_rectification,
    raise_finding,
    reinspect,
    report_relapse,
    request_extension,
    serve_order,
    submit_rectification,
    withdraw_finding,
)
from domain.document.clauses import NUMBER_ISSUED_ONCE, STEP_TAKEN_FIRST
from domain.document.events import DocumentIssued, DocumentNumbered
from domain.kernel.errors import Conflict, Rejected
from domain.kernel.ids import SeededIds
from domain.registry.events import DocumentRegistered
from domain.supervision.clauses import STILL_OPEN
from interface.composition import build
from interface.documents.issued.page import as_page
from interface.documents.issued.pdf import as_pdf
from tests.kit.acts import act
from tests.kit.entries import registered_unit, registered_village
from tests.kit.yearend import by

BY = by("ducha")
DAY = date(2025, 5, 8)
HOSTILE = '</p><script>alert(1)</script> #panic("x") $1/0$ *不是标记* {{ 7*7 }}'


@pytest.fixture
def system(database: object, tmp_path: Path) -> Iterator[System]:
    (tmp_path / "data").mkdir()
    settings = Settings(folder=tmp_path / "data", database_url=getattr(database, "url", None))
    opened = build(settings, ids=SeededIds("test"))
    branch = registered_unit(opened, "水利局", by=BY)
    village = registered_village(opened, "南溪村", "城关镇", by=BY)
    act(opened, start_pairing, by=BY, day=DAY, branch=branch, village=village, started_on="2025-01-06")
    yield opened
    opened.close()


def found(system: System, number: str, description: str = "慰问物资发放登记缺失") -> str:
    return act(
        system,
        raise_finding,
        by=BY,
        day=DAY,
        number=number,
        pairing_id=SeededIds("test")("pr"),
        found_on="2025-05-06",
        method="on_site",
        inspector="甲督衡",
        description=description,
        finding_type="duty",
        severity="minor",
    )


def ordered(system: System, number: str, document_no: str = "", **more: str) -> str:
    finding = found(system, number, **more)
    act(
        system,
        order_rectification,
        finding,
        by=BY,
        day=DAY,
        ordered_on="2025-05-07",
        due_on="2025-06-07",
        document_no=document_no,
        measures="补齐登记",
    )
    return finding


def issue(system: System, finding: str, paper: str = "order", day: date = DAY, **more: str) -> DocumentIssued:
    stated = {"paper": paper, "signed_as": "组长", "copies_to": "", **more}
    act(system, issue_document, finding, by=BY, day=day, **stated)
    return FINDING_DOCUMENTS.state(look_of(system), finding).issued[-1]


def file_of(system: System, digest: str) -> bytes:
    return system.store.path(digest).read_bytes()


@pytest.mark.both_databases
def test_documents_issued_at_once_get_the_numbers_in_turn(system: System) -> None:
    findings = [ordered(system, f"WT-{n}") for n in range(6)]
    failed: list[Exception] = []

    def issuing(finding: str) -> None:
        try:
            issue(system, finding)
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=issuing, args=(each,)) for each in findings]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert not [each for each in failed if not isinstance(each, Conflict)]
    for finding in findings:
        if not FINDING_DOCUMENTS.state(look_of(system), finding).issued:
            issue(system, finding)
    given = [r.event for r in system.log.named(DocumentNumbered.NAME)]
    assert [each.serial for each in given if isinstance(each, DocumentNumbered)] == [1, 2, 3, 4, 5, 6]
    issued = {FINDING_DOCUMENTS.state(look_of(system), each).issued[-1].number for each in findings}
    assert issued == {f"联督整〔2025〕{n}号" for n in range(1, 7)}
    for part in parts_kept(system.log):
        assert system.store.state(part.digest, part.size) == "kept", part.what


def test_the_number_of_the_order_stays_and_a_number_borne_elsewhere_is_passed_over(system: System) -> None:
    own = issue(system, ordered(system, "WT-1", "联督〔2025〕7号"))
    # Somebody has written a number of the register on a paper of their own.
    ordered(system, "WT-2", "联督整[2025]1号")
    third = issue(system, ordered(system, "WT-3"))
    assert (own.number, third.number) == ("联督〔2025〕7号", "联督整〔2025〕2号")
    registered = [r.event for r in system.log.named(DocumentRegistered.NAME)]
    assert third.document_id in [e.reference for e in registered if isinstance(e, DocumentRegistered)]


def test_an_order_of_several_findings_is_one_document(system: System) -> None:
    """An office writes one number on one paper, whatever it covers."""
    first = ordered(system, "WT-1", "联督〔2025〕7号")
    second = ordered(system, "WT-2", "联督[2025]07号", description="兼职书记未到岗")
    told = issue(system, first)
    page = file_of(system, told.page).decode()
    assert all(each in page for each in ("WT-1", "慰问物资发放登记缺失", "WT-2", "兼职书记未到岗"))
    before = system.log.position()
    for again in (lambda: issue(system, second), lambda: ordered(system, "WT-3", "联督〔2025〕７号")):
        with pytest.raises(Rejected) as refused:
            again()
        assert refused.value.clause is NUMBER_ISSUED_ONCE
    recorded = {each.event.NAME for each in system.log.read(after=before, limit=9)}
    assert recorded == {"registry.NumberTaken", "supervision.FindingRaised"}, (
        "the third is raised, not ordered"
    )
    # What it covers is withdrawn: a document of its own takes the place of the first, under a number of the register.
    act(system, withdraw_finding, second, by=BY, day=DAY, withdrawn_on="2025-05-08", because="重复登记")
    anew = issue(system, first)
    assert (anew.number, anew.replaces) == ("联督整〔2025〕1号", told.document_id)
    assert "WT-2" not in file_of(system, anew.page).decode()


def test_a_reprint_is_the_same_after_later_changes_and_these_make_a_new_document(system: System) -> None:
    finding = ordered(system, "WT-1")
    first = issue(system, finding)
    page, pdf = file_of(system, first.page), file_of(system, first.pdf)
    act(system, serve_order, finding, by=BY, day=DAY, served_on="2025-05-08", served_to="办公室")
    act(
        system,
        rename_branch,
        first.branch,
        by=BY,
        day=DAY,
        unit_name="水务局",
        branch_name="水务局党支部",
        renamed_on="2025-02-01",
    )
    assert (file_of(system, first.page), file_of(system, first.pdf)) == (page, pdf)
    model = json.loads(file_of(system, first.model))
    assert (as_page(model), as_pdf(model)) == (page, pdf)
    second = issue(system, finding, day=date(2025, 5, 9))
    assert (second.replaces, second.number) == (first.document_id, "联督整〔2025〕2号")
    said = file_of(system, second.page).decode()
    assert "水务局：" in said and "（本文书替代联督整〔2025〕1号）" in said and "2025年5月9日" in said
    assert "水利局：" in page.decode()


def test_what_people_wrote_is_never_markup(system: System) -> None:
    issued = issue(system, ordered(system, "WT-1", description=HOSTILE), copies_to=HOSTILE)
    page = file_of(system, issued.page).decode()
    assert "<script>" not in page
    assert page.count("&lt;script&gt;") == 2 and page.count("{{ 7*7 }}") == 2
    assert json.loads(file_of(system, issued.model))["copies_to"] == HOSTILE


def test_the_pdf_is_an_a4_page_with_its_own_fonts_and_holds_the_text(system: System) -> None:
    issued = issue(system, ordered(system, "WT-1"))
    pdf = file_of(system, issued.pdf)
    assert re.search(rb"/MediaBox ?\[0 0 595\.27\d* 841\.88\d*\]", pdf)
    fonts = set(re.findall(rb"/BaseFont ?/[A-Z]{6}\+([A-Za-z-]+)", pdf + inflated(pdf)))
    assert {name.decode().removesuffix("-Identity-H") for name in fonts} <= {
        "NotoSerifSC-Regular",
        "NotoSansSC-Regular",
    }
    embedded = characters(pdf)
    for each in ("整改通知书", "水利局：", "慰问物资发放登记缺失", "联督整〔2025〕1号", "2025年5月8日"):
        assert set(each) <= embedded, each
    assert not set("龘靐") & embedded


def inflated(pdf: bytes) -> bytes:
    """What the compressed streams of the file hold."""
    found = b""
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        with suppress(zlib.error):
            found += zlib.decompress(stream)
    return found


def characters(pdf: bytes) -> set[str]:
    """What a reader can copy from the file: the characters of its fonts' tables, which hold only what is shown."""
    content = inflated(pdf).decode("latin-1")
    tables = "".join(re.findall(r"beginbfchar(.*?)endbfchar", content, re.DOTALL))
    hexes = re.findall(r"<[0-9a-fA-F]+>\s*<([0-9a-fA-F]+)>", tables)
    return {each for one in hexes for each in bytes.fromhex(one).decode("utf-16-be")}


def test_every_document_of_a_finding_is_issued(system: System) -> None:
    finding = ordered(system, "WT-1")
    issue(system, finding)
    act(system, serve_order, finding, by=BY, day=DAY, served_on="2025-05-08", served_to="办公室")
    asked = {"requested_on": "2025-05-09", "due_on": "2025-06-20", "because": "雨季", "interim_measures": ""}
    act(system, request_extension, finding, by=BY, day=date(2025, 5, 9), **asked)
    granted = {"granted_on": "2025-05-10", "due_on": "2025-06-20"}
    act(system, grant_extension, finding, by=BY, day=date(2025, 5, 10), **granted)
    done = {"submitted_on": "2025-05-20", "account": "已补齐"}
    act(system, submit_rectification, finding, by=BY, day=date(2025, 5, 20), **done)
    looked = {"reinspected_on": "2025-05-25", "inspector": "乙督正", "passed": "yes"}
    act(system, reinspect, finding, by=BY, day=date(2025, 5, 25), **looked)
    act(system, close_finding, finding, by=BY, day=date(2025, 5, 26), closed_on="2025-05-26")
    said = {
        "receipt": ("联督送〔2025〕1号", "联督整〔2025〕1号"),
        "extension": ("联督延〔2025〕1号", "由2025年6月7日延至2025年6月20日"),
        "reinspection": ("联督复〔2025〕1号", "整改到位，予以通过"),
        "closing": ("联督销〔2025〕1号", "2025年5月26日"),
    }
    for paper, (number, words) in said.items():
        issued = issue(system, finding, paper, date(2025, 5, 27))
        page = file_of(system, issued.page).decode()
        assert issued.number == number and words in page, page
        # Persons sign by hand; their names are nowhere in what can never be erased.
        assert "甲督衡" not in page and "乙督正" not in page
    # It came back: until it is closed again there is nothing that a closing slip could tell of.
    act(
        system,
        report_relapse,
        finding,
        by=BY,
        day=date(2025, 6, 2),
        relapsed_on="2025-06-02",
        because="又漏登",
    )
    for paper in ("closing", "reinspection", "order"):
        with pytest.raises(Rejected) as refused:
            issue(system, finding, paper, date(2025, 6, 3))
        assert refused.value.clause is STEP_TAKEN_FIRST


def test_nothing_is_issued_of_a_finding_that_was_withdrawn(system: System) -> None:
    finding = ordered(system, "WT-1")
    act(system, withdraw_finding, finding, by=BY, day=DAY, withdrawn_on="2025-05-08", because="查无此事")
    with pytest.raises(Rejected) as refused:
        issue(system, finding)
    assert refused.value.clause is STILL_OPEN
