"""Notices, circular and workbook: what they print is what the run says, as a page and as a file."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from docx import Document
from fastapi import FastAPI
from openpyxl import load_workbook
from sqlalchemy import select

from application.look import look_of
from application.questions.results.run_results import RunResults, run_results, unit_results
from application.system import System
from application.things import RUN_DOCUMENTS
from domain.assessment.scheme.points import half_up, two_decimals
from domain.document.events import DocumentIssued
from domain.document.events import Paper as Kind
from domain.document.register import CODES
from domain.registry.events import EntryKind
from interface.demo.accounts import UNIT, VILLAGE
from interface.documents.model import Document as Paper
from interface.documents.model import Figure, Paragraph, Seal, Table
from interface.documents.word import as_docx
from interface.documents.workbook import Sheet, as_workbook
from projections.boards.assessment.runs import runs
from projections.boards.registry.names import names_on
from tests.kit.demo_ids import BRANCH, PAIRING
from tests.kit.results import BY, published_run
from tests.kit.serving import Visitor, demo_app
from tests.kit.yearend import freeze, run_named


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[System, FastAPI]]:
    """The county with a published run 2025-1 and one, 2025-2, that is not."""
    system, app = demo_app(tmp_path_factory.mktemp("county"), then=published_run)
    freeze(system, because="再核", who=BY)
    yield system, app
    system.close()


def results(system: System, run: str = "2025-1") -> RunResults:
    run_id = run_named(system, run)
    with system.reading() as connection:
        return run_results(system.scoring, connection, run_id, None)


def documents_of_run(system: System, run_id: str) -> Sequence[DocumentIssued]:
    return RUN_DOCUMENTS.state(look_of(system), run_id).issued


def found_in(page: str, pattern: str) -> str:
    found = re.search(pattern, page)
    assert found is not None, pattern
    return found[1]


def words_of(file: bytes) -> str:
    """All text of a Word file: paragraphs and tables."""
    paper = Document(io.BytesIO(file))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(line.text for line in paper.paragraphs), *cells])


def text_of(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", page))


def test_a_notice_prints_the_figures_of_the_run(published: tuple[System, FastAPI]) -> None:
    system, app = published
    found = results(system)
    unit = found.unit(BRANCH)
    clerk = Visitor(app, "danwei")
    page = clerk.get(f"/documents/notice/2025-1/{BRANCH}").text
    file = clerk.get(f"/documents/notice/2025-1/{BRANCH}/word")
    assert file.headers["content-type"].startswith("application/vnd.openxmlformats")
    for text in (text_of(page), words_of(file.content)):
        for figure in (
            two_decimals(unit.hundredths),
            *(two_decimals(g.hundredths) for each in unit.graded for g in each.result.sheet.groups),
            *(two_decimals(line.final) for each in unit.graded for line in each.result.sheet.lines),
            found.run.results_digest,
            "30",
        ):
            assert figure in text, figure
        assert UNIT in text and VILLAGE in text and unit.graded[0].label.zh in text
        assert "未公布" not in text
        assert not re.search(r"第\s*\d+\s*名", text), "no place without a basis"
    at = found.run.at_position
    for line in unit.graded[0].result.sheet.lines:
        if line.final is not None:
            assert f'href="/scores/{PAIRING}?at={at}&amp;year=2025#{line.indicator.code}"' in page


def test_the_word_file_is_set_as_official_papers_are(published: tuple[System, FastAPI]) -> None:
    system, app = published
    file = Visitor(app, "danwei").get(f"/documents/notice/2025-1/{BRANCH}/word").content
    paper = Document(io.BytesIO(file))
    section = paper.sections[0]
    assert (section.page_width.mm, section.page_height.mm) == pytest.approx((210, 297), abs=0.1)
    assert (section.left_margin.mm, section.top_margin.mm) == pytest.approx((28, 37), abs=0.1)
    assert 'w:eastAsia="方正小标宋简体"' in paper.paragraphs[0]._p.xml
    assert "PAGE" in section.footer.paragraphs[0]._p.xml
    assert paper.core_properties.title == paper.paragraphs[0].text
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
        assert "方正小标宋简体".encode() in archive.read("word/fontTable.xml")
    newest = system.custody.newest()
    assert newest is not None
    closing = "\n".join(cell.text for cell in paper.tables[-1].rows[0].cells)
    signed = re.search(r"根: ([0-9a-f]{64})", closing)
    assert signed and signed[1] in {each.checkpoint.root.hex() for each in system.custody.checkpoints()}
    assert system.custody.fingerprint() in closing


def test_a_unit_with_several_villages_sees_the_weighted_mean(published: tuple[System, FastAPI]) -> None:
    system, app = published
    found = results(system)
    unit = next(each for each in unit_results(found) if len(each.graded) > 1)
    text = text_of(Visitor(app, "kaohe").get(f"/documents/notice/2025-1/{unit.branch}").text)
    assert (
        f"你单位结对{len(unit.graded)}个村" in text and f"单位得分{two_decimals(unit.hundredths)}分" in text
    )


def test_a_clerk_has_only_the_own_notice_and_of_published_runs(published: tuple[System, FastAPI]) -> None:
    system, app = published
    other = next(u.branch for u in unit_results(results(system)) if u.branch != BRANCH)
    clerk, village = Visitor(app, "danwei"), Visitor(app, "cun")
    for suffix in ("", "/word"):
        assert clerk.get(f"/documents/notice/2025-1/{other}{suffix}").status_code == 403
        assert clerk.get(f"/documents/notice/2025-2/{BRANCH}{suffix}").status_code == 404
        assert village.get(f"/documents/notice/2025-1/{BRANCH}{suffix}").status_code == 403
    for path in (
        "notices/2025-1",
        "notices/2025-1/print",
        "notices/2025-1/word",
        "circular/2025-1",
        "summary/2025-1",
    ):
        assert clerk.get(f"/documents/{path}").status_code == 403
    assert Visitor(app, "kaohe").get("/documents/notice/2025-1/none").status_code == 404


def test_all_notices_are_listed_lightly_and_printed_by_the_page_or_at_once(
    published: tuple[System, FastAPI],
) -> None:
    system, app = published
    office, path = Visitor(app, "kaohe"), "/documents/notices/2025-1"
    units = unit_results(results(system))
    listed = office.get(path).text
    own = re.findall(r'href="/documents/notice/[^/"]+/([^/"]+)"', listed)
    assert len(set(own)) == 25 and "共 141 份" in listed and '<article class="document' not in listed
    following = html.unescape(found_in(listed, r'href="([^"]+)" rel="next"'))
    more = re.findall(r'href="/documents/notice/[^/"]+/([^/"]+)"', office.get(following).text)
    assert len(set(more)) == 25 and not set(more) & set(own)
    whole = office.get(f"{path}/print")
    titled = re.findall(r"<p>([^<]+)：</p>", whole.text)
    assert whole.text.count('<article class="document paper">') == len(units) == 141
    assert len(set(titled)) == 141 and titled == sorted(titled)
    assert 'class="figure" href' not in whole.text and "<nav" not in whole.text
    of_page = html.unescape(found_in(office.get(following).text, r'href="([^"]+/print[^"]*)">打印本页'))
    assert re.findall(r"<p>([^<]+)：</p>", office.get(of_page).text) == titled[25:50]
    few = office.get(f"{path}?q={UNIT}").text
    assert "共 1 份" in few and "打印本页" not in few
    alone = office.get(html.unescape(found_in(few, r'href="([^"]+/print[^"]*)"'))).text
    assert re.findall(r"<p>([^<]+)：</p>", alone) == [UNIT]
    assert "没有符合条件的单位" in office.get(f"{path}?q=xxxx").text
    assert office.get(f"{path}?limit=7").status_code == office.get(f"{path}/print?limit=7").status_code == 422


def test_notices_are_issued_many_at_once_each_under_its_number(published: tuple[System, FastAPI]) -> None:
    system, app = published
    run, unpublished = run_named(system, "2025-1"), run_named(system, "2025-2")
    path, office = f"/runs/{run}/issue-score-notice/at-once", Visitor(app, "kaohe")
    first = office.get(path).text
    ticked = re.findall(r'name="key" value="([^"]+)" checked', first)
    assert first.count('name="key"') == 141 and len(ticked) == 25
    assert office.post(path, signed_as="组长").status_code == 422
    done = office.post(path, key=[*ticked[:3], "b-0000000000000000"], signed_as="组长", copies_to="")
    assert done.status_code == 409 and done.text.count("已办") == 3 and "没有这一项" in done.text
    left = office.get(path).text
    assert left.count('name="key"') == 138 and not set(ticked[:3]) & set(re.findall(r'value="(b-\w+)"', left))
    numbers = [each.number for each in documents_of_run(system, run)]
    assert sorted(numbers) == [f"{CODES[Kind.NOTICE]}〔{system.today().year}〕{n}号" for n in (1, 2, 3)]
    assert Visitor(app, "danwei").get(path).status_code == 403
    refused = office.post(
        f"/runs/{unpublished}/issue-score-notice/at-once", key=ticked[3:4], signed_as="组长", copies_to=""
    )
    assert refused.status_code == 409 and not documents_of_run(system, unpublished)


@pytest.mark.long
def test_all_notices_come_as_one_archive(published: tuple[System, FastAPI]) -> None:
    answer = Visitor(published[1], "kaohe").get("/documents/notices/2025-1/word")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        names = archive.namelist()
        assert len(names) == len(set(names)) == 141
        assert VILLAGE in words_of(archive.read(f"{UNIT}.docx"))


def test_what_is_not_published_says_so_everywhere(published: tuple[System, FastAPI]) -> None:
    _, app = published
    assessor = Visitor(app, "kaohe")
    for name in (f"notice/2025-2/{BRANCH}", "circular/2025-2"):
        page = assessor.get(f"/documents/{name}").text
        assert 'class="watermark"' in page and "未公布" in page and "不得对外使用" in page
        paper = Document(io.BytesIO(assessor.get(f"/documents/{name}/word").content))
        assert "未公布" in paper.paragraphs[0].text
        assert "未公布" in paper.sections[0].header.paragraphs[0].text
        assert "未公布" in paper.sections[0].even_page_header.paragraphs[0].text
    book = load_workbook(io.BytesIO(assessor.get("/documents/summary/2025-2").content))
    assert "未公布" in str(book["说明"]["B3"].value)
    assert 'class="watermark"' not in assessor.get("/documents/circular/2025-1").text


def test_a_document_of_the_past_is_the_document_shown_then(published: tuple[System, FastAPI]) -> None:
    system, app = published
    with system.reading() as connection:
        frozen = (
            connection.execute(
                select(runs.c.known_from).where(runs.c.run_no == "2025-1").order_by(runs.c.known_from)
            )
            .scalars()
            .first()
        )
    assessor = Visitor(app, "kaohe")
    path = f"/documents/notice/2025-1/{BRANCH}"
    assert assessor.get(f"{path}?at={frozen - 1}").status_code == 404
    then = assessor.get(f"{path}?at={frozen}").text
    assert "未公布" in then, "it was frozen and not yet published"
    assert "未公布" not in assessor.get(path).text


def test_the_circular_counts_what_the_run_says(published: tuple[System, FastAPI]) -> None:
    system, app = published
    found = results(system)
    assessor = Visitor(app, "kaohe")
    page = assessor.get("/documents/circular/2025-1").text
    word = words_of(assessor.get("/documents/circular/2025-1/word").content)
    best = [each for each in found.graded if each.grade == found.scheme.bands[0].id]
    for band in found.scheme.bands:
        n = sum(1 for each in found.graded if each.grade == band.id)
        href = f"/results?run={found.run.run_id}&amp;grade={band.id}&amp;at={system.log.position()}"
        assert f'href="{href}"' in page
        assert f">{n}</a>" in page and band.label.zh in word
        listed = assessor.get(html.unescape(href)).text
        assert f"共 {n} 对结对" in listed
    section = text_of(page[page.index("三、予以表扬") : page.index("四、予以批评")])
    with system.reading() as connection:
        names = names_on(connection, EntryKind.BRANCH)
    assert best and all(names[each.result.branch] in section for each in best)
    shown = re.findall(r"<td>([^<]+)</td>", page[page.index("三、予以表扬") : page.index("四、予以批评")])
    units = shown[::2]
    assert units == sorted(units), "in no order of merit"
    assert not re.search(r"第\s*\d+\s*名", word)
    references = word.count(f"/results?run={found.run.run_id}")
    assert references >= len(found.scheme.bands), "every figure of the file has its query in the appendix"


def test_the_workbook_reads_back_to_the_hundredth(published: tuple[System, FastAPI]) -> None:
    system, app = published
    found = results(system)
    file = Visitor(app, "kaohe").get("/documents/summary/2025-1").content
    book = load_workbook(io.BytesIO(file))
    assert book.sheetnames == ["说明", "得分汇总", "单位汇总", "等次统计", "扣分加分明细"]
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert not (isinstance(cell.value, float) and cell.number_format != "0.00")
    head = [cell.value for cell in book["得分汇总"][1]]
    by_pair = {(row[1], row[2]): row for row in book["得分汇总"].iter_rows(min_row=2, values_only=True)}
    assert len(by_pair) == 147
    with system.reading() as connection:
        units, villages = names_on(connection, EntryKind.BRANCH), names_on(connection, EntryKind.VILLAGE)
    for each in found.graded:
        result = each.result
        row = dict(zip(head, by_pair[villages[result.village], units[result.branch]], strict=True))
        assert hundredths(row["总分"]) == result.sheet.total
        assert row["最终等次"] == each.label.zh
        for group in result.sheet.groups:
            titled = f"{group.group.code} {group.group.title.zh}"
            assert hundredths(row[titled]) == group.hundredths, (result.pairing, titled)
        for line in result.sheet.lines:
            titled = f"{line.indicator.code} {line.indicator.title.zh}"
            if titled in row:
                assert hundredths(row[titled]) == line.final, (result.pairing, titled)
    scores = {row[0]: row[4] for row in book["单位汇总"].iter_rows(min_row=2, values_only=True)}
    assert {units[u.branch]: u.hundredths for u in unit_results(found)} == {
        name: hundredths(value) for name, value in scores.items()
    }
    grades = {row[0]: row[2] for row in book["等次统计"].iter_rows(min_row=2, values_only=True)}
    assert grades["合计"] == 147 and sum(v for k, v in grades.items() if k != "合计") == 147
    assert hundredths(book["等次统计"].cell(row=len(grades) + 1, column=4).value) == 10000
    raw = zipfile.ZipFile(io.BytesIO(file)).read("xl/worksheets/sheet2.xml").decode()
    assert re.search(r"<v>\d+\.\d\d</v>", raw) and not re.search(r"<v>\d+\.\d{3,}</v>", raw)


def test_the_details_add_up_to_the_total(published: tuple[System, FastAPI]) -> None:
    system, app = published
    found = results(system)
    book = load_workbook(io.BytesIO(Visitor(app, "kaohe").get("/documents/summary/2025-1").content))
    with system.reading() as connection:
        villages = names_on(connection, EntryKind.VILLAGE)
    changes: dict[str, int] = {}
    for row in book["扣分加分明细"].iter_rows(min_row=2, values_only=True):
        if row[0] == VILLAGE:
            changes[str(row[2])] = hundredths(row[6]) or 0
    (mine,) = [e.result.sheet for e in found.graded if villages[e.result.village] == VILLAGE]
    for line in mine.lines:
        change = changes.get(line.indicator.code, 0)
        if line.indicator.code == "F":
            assert change == line.final
        elif line.indicator.code == "G":
            assert change == -(line.final or 0)
        elif line.final is not None and line.most is not None:
            assert change == line.final - half_up(line.most), line.indicator.code


def hundredths(value: object) -> int | None:
    """What stands in a cell, as hundredths; it must be a whole number of them."""
    if value is None:
        return None
    exact = Decimal(str(value)) * 100
    assert exact == exact.to_integral_value(), value
    return int(exact)


@pytest.mark.parametrize("path", [f"/documents/notice/2025-1/{BRANCH}", "/documents/circular/2025-1"])
def test_documents_are_read_in_english(published: tuple[System, FastAPI], path: str) -> None:
    _, app = published
    assessor = Visitor(app, "kaohe")
    text = text_of(assessor.get(f"{path}?lang=en").text.partition("<main")[2])
    assert "branch pairing assessment" in text and "Verification" not in text
    word = words_of(assessor.get(f"{path}/word?lang=en").content)
    assert "branch pairing assessment" in word


def test_the_same_document_made_at_the_same_time_is_the_same_file(published: tuple[System, FastAPI]) -> None:
    made = datetime(2026, 1, 12, 1, 2, 3, tzinfo=UTC)
    seal = Seal("o", 1, "00", "f", "note", 1, made)
    blocks = (Paragraph(("a\x00b ", Figure("=1+1", "/x"))), Table(("h",), ((("=cmd|x",),),)))
    paper = Paper(title="t", language="zh", blocks=blocks, referenced=True)
    assert as_docx(paper, seal, "http://h/") == as_docx(paper, seal, "http://h/")
    assert "=1+1" in words_of(as_docx(paper, seal, "http://h/"))
    sheets = [Sheet("s", ("=h",), [["=1+1"], [Decimal("84.06")]])]
    first = as_workbook(sheets, "t", made)
    assert first == as_workbook(sheets, "t", made)
    book = load_workbook(io.BytesIO(first))
    assert [cell.data_type for cell in book["s"]["A"]] == ["s", "s", "n"]
    assert book.properties.modified == made.replace(tzinfo=None)
