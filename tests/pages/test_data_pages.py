"""Ledgers uploaded on a page: looked at first, recorded once somebody has confirmed what he saw, and nothing twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from application.import_records import Batch, State
from application.ledgers.sheets import WORKBOOKS
from application.look import look_of
from application.settings import Settings
from application.stores.forgetting import erase_person
from application.stores.import_batches import STILL
from domain.kernel.recorded import By, Source
from interface.composition import build
from interface.ledgers.importing import import_folder
from interface.ledgers.uploads import Uploads
from interface.serving.importing import OwnProcess
from projections.boards.pairing.activities import activities
from projections.boards.pairing.pairings import pairings
from tests.kit.serving import Visitor, app_of, demo_app
from tests.unit.ledgers.ledger_books import VILLAGE, other_pairing, pairing, right, write_book

MESSY = Path(__file__).parents[1] / "golden" / "messy"
BY = By(actor="fuhe", source=Source(kind="command", name="test"))


class Office:
    """An empty county behind its pages, and who uploads there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.system = build(Settings(folder=folder / "data"))
        self.app: FastAPI = app_of(self.system)
        self.uploads: Uploads = self.app.state.uploads
        self.ducha = Visitor(self.app, "ducha")

    def book(self, name: str = "台账.xlsx", **rows: list[dict[str, Any]]) -> tuple[str, bytes]:
        (self.folder / "books").mkdir(exist_ok=True)
        path = write_book(self.folder / "books" / name, rows)
        return name, path.read_bytes()

    def upload(self, *files: tuple[str, bytes], year: str = "") -> str:
        """The address of the import, looked at."""
        who = self.ducha
        who.get("/data")
        answer = who.http.post(
            "/data/imports",
            data={"csrf": who._token, "year": year},
            files=[("file", (name, content, "application/octet-stream")) for name, content in files],
        )
        assert answer.status_code == 200, answer.text
        self.uploads.wait()
        return str(answer.url.path)

    def batch(self, address: str) -> Batch:
        return self.system.imports.batch(address.rsplit("/", 1)[-1])

    def confirm(self, address: str, who: Visitor | None = None) -> Batch:
        page = (who or self.ducha).get(address).text
        seen = re.search(r'name="seen" value="(\w+)"', page)
        (who or self.ducha).post(f"{address}/confirm", seen=seen[1] if seen else "")
        self.uploads.wait()
        return self.batch(address)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path)
    yield made
    made.uploads.close()
    made.system.close()


def text_of(page: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", page))


def test_what_is_previewed_is_what_the_import_does_and_twice_does_nothing(
    office: Office, tmp_path: Path
) -> None:
    files = [(path.name, path.read_bytes()) for path in sorted(MESSY.glob("*.xlsx"))]
    before = office.system.log.position()
    address = office.upload(*files)
    previewed = office.batch(address)
    assert (previewed.state, office.system.log.position()) == (State.PREVIEWED, before), "nothing is recorded"
    shown = office.ducha.get(address).text
    assert "尚未登记任何内容" in shown and "活动台账" in shown and "确认导入" in shown
    assert "to be recorded" in office.ducha.get(f"{address}?lang=en").text
    done = office.confirm(address)
    assert (done.state, done.note, done.counts) == (State.DONE, "", previewed.counts)
    assert done.outcome is not None and previewed.outcome is not None
    assert {**done.outcome, "dry_run": True} == previewed.outcome
    # The command makes of the same files exactly what the page makes of them.
    other = build(Settings(folder=tmp_path / "other"))
    made = import_folder(other, MESSY)
    # Beside the ledgers of the folder lies a file that is none, which is told.
    assert made.counts() == {**done.counts, "warnings": done.counts["warnings"] + 1}
    assert office.system.log.position() - before == other.log.position() - 1 == done.counts["events"]
    other.close()
    at = office.system.log.position()
    assert office.confirm(address) == done and office.system.log.position() == at
    # Uploaded again all good rows are on record, and the page says so before anything is confirmed.
    again = office.batch(office.upload(*files))
    assert (again.counts["recorded"], again.counts["unchanged"]) == (0, done.counts["recorded"])
    listed = office.ducha.get("/data").text
    assert all(f'href="/ledgers/{file.digest}"' in listed for file in done.files), "the kept workbooks"
    assert office.ducha.get(f"/trail?correlation={done.id}").text.count("/events/") > 20
    assert office.system.vault.workbook(done.files[0].digest) == files[0][1]
    assert all(each.content is None for each in office.system.imports.batch(done.id, whole=True).files)


def test_two_people_and_a_log_that_moved(office: Office) -> None:
    office.confirm(office.upload(office.book(pairings=[pairing(), other_pairing()])))
    first = office.upload(office.book("甲.xlsx", pairings=[pairing()], activities=[right("activities")]))
    corrected = right("activities", participants=30, correction="漏计十人")
    second = office.upload(office.book("乙.xlsx", pairings=[pairing()], activities=[corrected]))
    counts = office.batch(second).counts
    assert (counts["recorded"], counts["corrected"]) == (1, 0)
    assert office.confirm(first).state is State.DONE
    # What the second was shown does not hold any more: it is shown anew, and nothing of it is recorded before.
    at = office.system.log.position()
    moved = office.confirm(second)
    assert (moved.state, moved.note, office.system.log.position()) == (State.PREVIEWED, "moved", at)
    page = text_of(office.ducha.get(second).text)
    assert (
        "预览之后又有新的登记" in page
        and "更正为" in page
        and "学习讨论，20" in page
        and "学习讨论，30" in page
    )
    done = office.confirm(second)
    assert (done.state, done.counts["corrected"]) == (State.DONE, 1)


def test_refused_rows_come_back_in_their_template_and_mended_they_are_taken(office: Office) -> None:
    rows = [right("activities"), right("activities", held_on="2025-13-01", theme="第二次")]
    address = office.upload(office.book(pairings=[pairing()], activities=rows))
    page = text_of(office.ducha.get(address).text)
    assert "2025-13-01" in page and "请对照日历核对月份和日期。" in page and "活动台账 › 第 4 行" in page
    assert office.confirm(address).counts["refused"] == 1
    returned = office.ducha.get(f"{address}/returned.xlsx")
    book = openpyxl.load_workbook(BytesIO(returned.content))
    sheet = book["活动台账"]
    headers = {cell.value: cell.column for cell in sheet[2]}
    assert "没有这一天" in sheet.cell(3, headers["原因"]).value and sheet.max_row == 3
    sheet.cell(3, headers["日期"]).value = "2025-03-01"
    mended = BytesIO()
    book.save(mended)
    done = office.confirm(office.upload(("退回.xlsx", mended.getvalue())))
    assert done.state is State.DONE
    assert (done.counts["recorded"], done.counts["refused"], done.counts["asked"]) == (1, 0, 0)


def test_a_near_name_is_asked_and_the_answer_is_learned_on_confirming(office: Office) -> None:
    office.confirm(office.upload(office.book(pairings=[pairing(), other_pairing()])))
    address = office.upload(office.book("活动.xlsx", activities=[right("activities", unit="云州水文局")]))
    page = office.ducha.get(address).text
    name, answer = re.findall(r'type="radio" name="(answer-[^"]+)" value="(is [^"]+)"', page)[0]
    at = office.system.log.position()
    office.ducha.post(f"{address}/preview", **{name: answer})
    office.uploads.wait()
    assert office.batch(address).counts["asked"] == 0 and office.system.log.position() == at
    assert office.confirm(address).counts["recorded"] == 1
    # The name is an alias now: nobody is asked about it again.
    later = right("activities", unit="云州水文局", held_on="2025-05-01", reported_on="2025-05-02")
    again = office.batch(office.upload(office.book("五月.xlsx", activities=[later])))
    assert (again.counts["asked"], again.counts["recorded"], again.counts["refused"]) == (0, 1, 0)


def test_another_one_on_record_can_be_named_where_none_that_is_likely_is_meant(office: Office) -> None:
    office.confirm(office.upload(office.book(pairings=[pairing(), other_pairing()])))
    address = office.upload(office.book("橙牌.xlsx", slips=[right("slips", village="前进社区")]))
    page = office.ducha.get(address).text
    assert f'<option value="{VILLAGE}（城关镇）">' in page and "是其他在册村（社区）（名称另填）" in page
    (name,) = re.findall(r'name="(name-[^"]+)"', page)
    office.ducha.post(f"{address}/preview", **{name: "后退社区"})
    office.uploads.wait()
    assert "没有“后退社区”，或有几个同名的" in office.ducha.get(address).text
    nameless = office.ducha.post(f"{address}/preview", **{name.replace("name", "answer"): "is NAME"})
    assert nameless.status_code == 422 and office.batch(address).counts["asked"] == 1
    office.ducha.post(f"{address}/preview", **{name: f"{VILLAGE}（城关镇）"})
    office.uploads.wait()
    assert office.batch(address).counts["asked"] == 0
    assert office.confirm(address).counts["recorded"] == 1


def test_only_who_may_import_does_and_hostile_files_are_refused_by_name(office: Office) -> None:
    address = office.upload(
        ("活动.xlsx", b"PK\x03\x04 no archive"), ("C:\\x\\旧.xls", b"\xd0\xcf\x11\xe0old"), ("a.exe", b"MZ")
    )
    batch = office.batch(address)
    assert batch.outcome is not None and batch.counts["recorded"] == 0
    assert {(row["file"], row["code"]) for row in batch.outcome["refused"]} == {
        ("活动.xlsx", "broken_file"),
        ("旧.xls", "broken_file"),
        ("a.exe", "other_file"),
    }
    auditor = Visitor(office.app, "shenji")
    assert "活动.xlsx" in auditor.get(address).text and "确认导入" not in auditor.get(address).text
    assert auditor.post(f"{address}/confirm", seen=batch.digest).status_code == 403
    assert auditor.post("/data/imports").status_code == 403
    assert office.ducha.post("/data/imports").status_code == 422, "no file"
    office.ducha.post(f"{address}/drop")
    assert office.ducha.get(address).status_code == 404


def test_a_year_that_the_ledgers_do_not_say_is_asked_for(office: Office) -> None:
    later = right("activities", held_on="2026-03-01", reported_on="2026-03-02")
    book = office.book(pairings=[pairing()], activities=[right("activities"), later])
    address = office.upload(book)
    assert "请填写考核年度后重新预览" in office.ducha.get(address).text
    office.ducha.post(f"{address}/preview", year="2025")
    office.uploads.wait()
    assert (office.batch(address).state, office.batch(address).year) == (State.PREVIEWED, 2025)


def test_an_import_that_was_interrupted_goes_on_and_an_erased_name_takes_uploads_with_it(
    office: Office,
) -> None:
    address = office.upload(office.book(pairings=[pairing()]))
    batch = office.batch(address)
    imports = office.system.imports
    assert imports.confirm(batch.id, "ducha", "监督小组", batch.digest)
    assert imports.claim(batch.id, "a process that was killed") and not imports.claim(batch.id, "another")
    # While it lives the page shows that it works, and asks again by itself, with a script or without.
    page = office.ducha.get(address).text
    assert "正在登记" in page and 'hx-trigger="every 1s"' in page and '<meta http-equiv="refresh"' in page
    now = office.system.clock() + 2 * STILL
    imports._clock = lambda: now
    assert "此次导入中断了" in office.ducha.get(address).text
    office.ducha.post(f"{address}/go-on")
    office.uploads.wait()
    assert office.batch(address).state is State.DONE
    waiting = office.upload(office.book("二.xlsx", pairings=[other_pairing()]))
    with office.system.vault._engine.connect() as connection:
        ref = connection.exec_driver_sql("SELECT ref FROM person WHERE name = '甲某'").scalar_one()
    erase_person(look_of(office.system), ref, ground="保管期满", decided_by="县联建办", by=BY)
    assert office.batch(address).outcome is None and office.batch(address).counts["recorded"] == 1
    assert "明细已随之清除" in office.ducha.get(address).text
    office.ducha.post(f"{waiting}/preview")
    office.uploads.wait()
    assert "请重新上传" in office.ducha.get(waiting).text


def test_a_server_imports_in_a_process_of_its_own(office: Office) -> None:
    office.uploads.close()
    office.uploads = office.app.state.uploads = Uploads(office.system, OwnProcess())
    address = office.upload(office.book(pairings=[pairing()], activities=[right("activities")]))
    batch = office.batch(address)
    assert batch.state is State.PREVIEWED
    # Confirmed while the step before it has not quite ended.
    office.uploads.work_on(batch.id)
    done = office.confirm(address)
    assert (done.state, done.counts["recorded"]) == (State.DONE, 2)
    assert "学习讨论" in office.ducha.get(f"/trail?correlation={done.id}").text


@pytest.mark.parametrize("kind", ["all", *WORKBOOKS])
def test_an_untouched_template_imports_as_nothing(office: Office, kind: str) -> None:
    content = office.ducha.get(f"/data/templates/{kind}.xlsx").content
    batch = office.batch(office.upload(("模板.xlsx", content)))
    assert batch.state is State.PREVIEWED and batch.outcome is not None
    assert {name: many for name, many in batch.counts.items() if many} == {}


def test_lists_go_out_as_somebody_may_see_them(office: Office) -> None:
    office.confirm(office.upload(*[(path.name, path.read_bytes()) for path in sorted(MESSY.glob("*.xlsx"))]))
    links = [
        unescape(each) for each in re.findall(r'href="(/data/exports/[^"]+)"', office.ducha.get("/data").text)
    ]
    assert len(links) == 32
    for link in links:
        made = office.ducha.get(f"{link}&year=2025")
        assert made.status_code == 200, (link, made.text)
        if "format=xlsx" in link:
            rows = list(openpyxl.load_workbook(BytesIO(made.content)).worksheets[0].values)
            may_be_empty = any(each in link for each in ("appeals", "policies", "proposals"))
            assert len(rows) > 1 or may_be_empty, link
            assert not any(re.search(r"\b[a-z]+_[a-z]+\b", str(cell)) for row in rows for cell in row), link
    findings = office.ducha.get("/data/exports/findings?format=csv&year=2025").text.splitlines()
    closed = office.ducha.get("/data/exports/findings?format=csv&year=2025&light=done").text.splitlines()
    assert 1 < len(closed) < len(findings) and all(line.endswith("已办结") for line in closed[1:])
    assert office.ducha.get("/data/exports/findings?light=purple").status_code == 422
    assert office.ducha.get("/data/exports/nothing").status_code == 404


def test_a_village_clerk_has_templates_and_the_own_lists_only(tmp_path: Path) -> None:
    system, app = demo_app(tmp_path)
    clerk = Visitor(app, "cun")
    area = clerk.get("/data").text
    assert "/data/templates/activities.xlsx" in area and "/data/exports/needs?format=xlsx" in area
    assert not re.search("data-upload|/data/imports|/ledgers/|exports/units", area)
    batch = system.imports.newest(None, 1)[0].id
    refused = ("/data/exports/units", f"/data/imports/{batch}", f"/data/imports/{batch}/returned.xlsx")
    assert [clerk.get(path).status_code for path in refused] == [403, 403, 403]
    lines = clerk.get("/data/exports/needs?format=csv&year=2025").text.splitlines()
    assert len(lines) > 1 and all("南溪村" in line for line in lines[1:])
    offered = openpyxl.load_workbook(BytesIO(clerk.get("/data/templates/activities.xlsx").content))["选项"]
    assert [cell for row in offered.values for cell in row if cell] == []
    demo = Visitor(app, "ducha").get("/data").text
    assert f"/data/imports/{batch}" in demo and "demo" in demo, "imports by command are listed, too"
    system.close()


def test_an_import_is_reversed_as_a_whole_once_nothing_rests_on_it(office: Office) -> None:
    office.confirm(office.upload(office.book(pairings=[pairing()])))
    book = office.book("活动.xlsx", activities=[right("activities")], needs=[right("needs")])
    address = office.upload(book)
    office.confirm(address)
    with office.system.reading() as connection:
        activity = connection.scalar(select(activities.c.activity_id))
    foreseen = office.ducha.get(f"{address}/reverse").text
    assert "得分将变动" in foreseen and "不能整批撤销" not in foreseen
    clerk = Visitor(office.app, "ducha")
    said = {"kind": "themed_party_day", "topic": "学习", "held_on": "2025-03-02", "participants": "9"}
    clerk.post(f"/activities/{activity}/correct-activity", because="改期", **said)
    at = office.system.log.position()
    refused = office.ducha.post(f"{address}/reverse", because="传错了")
    assert refused.status_code == 409 and "不能整批撤销" in refused.text and "改期" in refused.text
    assert office.system.log.position() == at
    # The corrected one is voided first; the rest goes with the import, and may be imported again.
    clerk.post(f"/activities/{activity}/void-activity", because="传错了", voided_on="2025-03-02")
    done = office.ducha.post(f"{address}/reverse", because="传错了")
    assert done.status_code == 200 and "已撤销" in done.text
    assert office.confirm(office.upload(book)).counts["recorded"] == 1


def test_an_import_that_renewed_a_pairing_is_reversed_once_that_is_voided(office: Office) -> None:
    office.confirm(office.upload(office.book(pairings=[pairing()])))
    with office.system.reading() as connection:
        page = f"/pairings/{connection.scalar(select(pairings.c.pairing_id))}"
    signed = {"agreement_number": "石桥县联建协〔2026〕1号", "agreement_signed_on": date(2026, 2, 1)}
    again = pairing(paired_on=date(2026, 1, 5), **signed)
    held = right("activities", held_on=date(2026, 3, 1), reported_on=date(2026, 3, 2))
    address = office.upload(office.book("次年.xlsx", pairings=[again], activities=[held]), year="2026")
    office.confirm(address)
    refused = office.ducha.get(f"{address}/reverse").text
    assert "续办或者更正了原有的 2 项" in refused and "作废后不再妨碍撤销" in refused
    voided = office.ducha.post(f"{page}/void-agreement", signed_before="2026-02-01", because="传错了")
    assert voided.status_code == 200
    assert "续办或者更正了原有的 1 项" in office.ducha.get(f"{address}/reverse").text
    office.ducha.post(f"{page}/void-renewal", renewed_before="2026-01-05", because="传错了")
    foreseen = office.ducha.get(f"{address}/reverse").text
    assert "有 2 项已经作废，不再妨碍撤销" in foreseen and "不能整批撤销" not in foreseen
    assert "续结，自 2026-01-05 起" in foreseen, "which, too"
    done = office.ducha.post(f"{address}/reverse", because="传错了")
    assert done.status_code == 200 and "已撤销" in done.text
    # A ledger without the renewal is read again; what it began is new.
    right_book = office.book("改好.xlsx", pairings=[pairing()], activities=[held])
    counts = office.confirm(office.upload(right_book, year="2026")).counts
    assert counts["recorded"] == 1 and not counts.get("refused")


def test_a_ledger_comes_out_as_it_went_in(office: Office) -> None:
    office.confirm(office.upload(office.book(pairings=[pairing()], needs=[right("needs")])))
    assert "/data/ledgers/pairings.xlsx" in office.ducha.get("/data").text
    whole = office.ducha.get("/data/ledgers/all.xlsx")
    assert whole.status_code == 200
    again = office.confirm(office.upload(("全部.xlsx", whole.content)))
    assert (again.counts["unchanged"], again.counts["recorded"]) == (2, 0)
    assert office.ducha.get("/data/ledgers/nothing.xlsx").status_code == 404
