"""Attachments through the pages: by whom, what is refused, what is noted, and that verification finds a changed file."""

from __future__ import annotations

import re

import httpx2 as httpx
import pytest
from fastapi import FastAPI

from application.look import look_of
from application.proof.packaging import package
from application.proof.verifying import verify_system
from application.stores.forgetting import erase_person
from application.system import System
from domain.integrity.archive import unpack
from domain.integrity.evidence import check
from domain.kernel.errors import Unknown
from domain.kernel.recorded import By, Source
from tests.kit.databases import DatabaseCase
from tests.kit.demo_ids import PAIRING
from tests.kit.numbers import finding_id
from tests.kit.serving import Visitor, demo_app

PDF = b"%PDF-1.7\n" + b"minutes of the visit " * 50
BY = By(actor="fuhe", source=Source(kind="command", name="test"))


@pytest.fixture
def county(database: DatabaseCase) -> tuple[System, FastAPI]:
    return demo_app(database.folder, database.url)


def upload(
    who: Visitor, path: str, name: str = "纪要.pdf", content: bytes = PDF, *, token: bool = True
) -> httpx.Response:
    found = re.search(r'name="csrf" value="([^"]+)"', who.get("/me").text)
    assert found is not None
    values = {"csrf": found[1]} if token else {}
    return who.http.post(path, data=values, files={"file": (name, content, "application/octet-stream")})


def test_a_file_goes_up_comes_down_and_is_looked_after(county: tuple[System, FastAPI]) -> None:
    system, app = county
    supervisor, auditor = Visitor(app, "ducha"), Visitor(app, "shenji")
    path = f"/attachments/finding/{finding_id(system)}"
    before = system.log.position()
    assert upload(supervisor, path).status_code == 200
    assert system.log.position() == before + 1
    assert "纪要.pdf" in supervisor.get("/findings/WT2025-059").text
    again = upload(supervisor, path)
    assert again.status_code == 409 and "只保存一次" in again.text
    for name, content, status in [
        ("page.html", b"<html>", 409),
        ("virus.pdf", b"MZ", 409),
        ("empty.pdf", b"", 409),
        ("large.pdf", b"%PDF-" + bytes(21 << 20), 413),
    ]:
        assert upload(supervisor, path, name, content).status_code == status, name
    assert upload(supervisor, path, token=False).status_code == 403
    assert upload(supervisor, "/attachments/finding/none").status_code == 404
    assert upload(supervisor, f"/attachments/secret/{finding_id(system)}").status_code == 404
    assert upload(Visitor(app, "kaohe"), path).status_code == 403
    assert (
        upload(Visitor(app, "danwei"), f"/attachments/finding/{finding_id(system, 'WT2025-001')}").status_code
        == 403
    )
    assert system.log.position() == before + 1
    assert list((system.settings.folder / "attachments" / "incoming").iterdir()) == []

    down = auditor.get(f"/attachments/{before + 1}")
    assert down.content == PDF and down.headers["content-type"] == "application/pdf"
    assert auditor.get("/attachments/5").status_code == 404
    assert auditor.get(f"/attachments/{before + 1}?at={before}").status_code == 404
    shown = auditor.get("/accesses?kind=attachment").text
    assert shown.count("shenji") == 1 and f"/attachments/{before + 1}" in shown
    assert Visitor(app, "danwei").get("/accesses").status_code == 403

    made = package(system, "finding", "WT2025-059", BY)
    attached = [data for name, data in unpack(made).items() if name.startswith("attachments/")]
    assert attached == [PDF] and check(made)

    report = verify_system(system)
    assert (report.problems, report.checked["attachments"]) == ([], 1)
    (file,) = [p for p in (system.settings.folder / "attachments").glob("??/*")]
    file.write_bytes(PDF.replace(b"visit", b"feast"))
    problems = verify_system(system).problems
    assert [(p.check, p.kind, p.first) for p in problems] == [("V11", "attachment_changed", before + 1)]
    assert auditor.get(f"/attachments/{before + 1}").status_code == 404
    file.unlink()
    # Verification names whichever state a file is in.
    assert system.store.state(file.name, len(PDF)) == "missing"
    system.close()


FOUND = {
    "number": "WT2026-951",
    "pairing_id": PAIRING,
    "found_on": "2026-01-05",
    "method": "on_site",
    "inspector": "检查甲",
    "description": "慰问登记缺签字",
    "finding_type": "record_keeping",
    "severity": "minor",
}


def test_files_chosen_in_a_form_are_attached_by_what_it_does_or_nothing_is_kept(
    county: tuple[System, FastAPI],
) -> None:
    system, app = county
    ducha = Visitor(app, "ducha")
    token = re.findall(r'name="csrf" value="([^"]+)"', ducha.get("/me").text)[0]
    store = system.settings.folder / "attachments"

    def send(*names: str, content: bytes = PDF) -> httpx.Response:
        files = [("files", (name, content + name.encode(), "application/octet-stream")) for name in names]
        return ducha.http.post("/findings/raise-finding", data={**FOUND, "csrf": token}, files=files)

    before = system.log.position()
    refused = send("现场.pdf", "程序.exe")
    assert refused.status_code == 409 and "请重新选择：现场.pdf、程序.exe" in refused.text
    assert FOUND["description"] in refused.text and "TYPE_ALLOWED" in refused.text
    many = send(*(f"{n}.pdf" for n in range(21)))
    assert many.status_code == 422 and "至多附 20 个文件，现选了 21 个" in many.text
    assert FOUND["description"] in many.text
    assert system.log.position() == before and [each for each in store.rglob("*") if each.is_file()] == []
    done = send("现场.pdf", "登记簿.pdf")
    assert done.status_code == 200 and "现场.pdf" in done.text and "登记簿.pdf" in done.text
    recorded = list(system.log.read(after=before, limit=9))
    names = ["attachment.AttachmentAdded"] * 2 + ["registry.NumberTaken", "supervision.FindingRaised"]
    assert sorted(each.event.NAME for each in recorded) == names
    assert len({each.recorded_at for each in recorded}) == 1, "one append"
    assert verify_system(system).problems == []
    refused = send("现场.pdf")
    assert refused.status_code == 409 and "WT2026-951" in refused.text, "the number is taken: no file is kept"
    assert len([each for each in store.rglob("*") if each.is_file()]) == 2
    system.close()


@pytest.mark.both_databases
def test_an_erased_name_leaves_the_deed_readable_and_every_proof_whole(
    county: tuple[System, FastAPI],
) -> None:
    system, app = county
    supervisor = Visitor(app, "ducha")
    before = supervisor.get("/findings/WT2025-059").text
    ref = next(row.thing for row in system.accesses.list(kind="name"))
    name = system.vault.names([ref])[ref]
    assert name in before
    made = package(system, "finding", "WT2025-059", BY)
    erase_person(look_of(system), ref, ground="保管期满", decided_by="县联建办", by=BY)
    after = supervisor.get("/findings/WT2025-059").text
    assert name not in after and "（姓名已删除）" in after
    assert "WT2025-059" in after and "暗访" in after
    past = supervisor.get("/findings/WT2025-059?at=9000").text
    assert name not in past, "no page of the past brings it back"
    assert check(made) and check(package(system, "finding", "WT2025-059", BY))
    assert verify_system(system).problems == []
    trail = Visitor(app, "shenji").get("/trail?name=system.PersonalDataErased").text
    assert ref in trail and "保管期满" in trail
    with pytest.raises(Unknown):
        erase_person(look_of(system), ref, ground="保管期满", decided_by="县联建办", by=BY)
    system.close()


def test_looking_at_names_and_appeals_is_noted(county: tuple[System, FastAPI]) -> None:
    system, app = county
    Visitor(app, "ducha").get("/findings/WT2025-059")
    names = system.accesses.list(kind="name")
    assert {row.username for row in names} == {"ducha"}
    assert len(names) == len({row.thing for row in names}), "once for a page, however often it stands there"
    assert all(row.thing.startswith("p-") for row in names)
    shown = Visitor(app, "shenji").get("/accesses?kind=name").text
    assert names[0].thing in shown
    assert "从头开始显示" in Visitor(app, "shenji").get("/accesses?after=x").text
    system.close()
