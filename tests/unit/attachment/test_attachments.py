"""What may be attached, and that the store loses nothing and keeps nothing that was refused."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from application.look import Look, look_of
from application.settings import Settings
from application.stores.attaching import attach, taken_in
from application.stores.attachments import ENTRIES, UNPACKED, AttachmentStore
from application.system import System
from domain.attachment import clauses
from domain.attachment.attachments import LARGEST, TYPES, Attachments, Quota, SpaceTaken
from domain.attachment.events import AttachmentAdded
from domain.kernel.errors import Rejected
from domain.kernel.recorded import By, Source
from interface.composition import build
from tests.kit.given import given

DAY = date(2026, 1, 9)
NOW = datetime(2026, 1, 9, 1, tzinfo=UTC)
PDF = b"%PDF-1.7 the minutes"
ADDED = AttachmentAdded(
    digest="ab" * 32,
    size=20,
    media_type="application/pdf",
    name="纪要.PDF",
    pairing_id="2025-v-b",
    branch="b",
    village="v",
    finding_id="WT-1",
    appeal_id="",
    added_on=DAY,
)


def add(name: str = "纪要.PDF", size: int = 20, begins_with: bytes = PDF, **more: object):  # type: ignore[no-untyped-def]
    return lambda state: state.add_attachment(
        digest="ab" * 32,
        size=size,
        begins_with=begins_with,
        name=name,
        pairing_id="2025-v-b",
        branch="b",
        village="v",
        finding_id="WT-1",
        added_on=DAY,
        **more,
    )


def test_a_file_is_attached_once() -> None:
    given(Attachments()).when(add()).then(ADDED)
    given(Attachments(), ADDED).when(add()).refused(clauses.ADDED_ONCE, "纪要.PDF")


@pytest.mark.parametrize("name", ["a.exe", "a", "a.pdf.html", "a.png", "a.docx"])
def test_a_file_is_what_its_name_says(name: str) -> None:
    given(Attachments()).when(add(name)).refused(clauses.TYPE_ALLOWED, name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "a\x00.pdf",
        "a\u202efdp.exe.pdf",
        "a\u2066.pdf",
        "../a.pdf",
        "a\\b.pdf",
        "a\n.pdf",
        "x" * 121 + ".pdf",
    ],
)
def test_a_name_reads_as_it_is_written(name: str) -> None:
    given(Attachments()).when(add(name)).refused(clauses.NAME_ALLOWED, "")


def test_an_office_file_holds_the_parts_of_one() -> None:
    begins = {"begins_with": b"PK\x03\x04"}
    word = frozenset({"[Content_Types].xml", "word/document.xml"})
    given(Attachments()).when(add("a.docx", **begins, holds=word)).then(
        replace(ADDED, name="a.docx", media_type=TYPES[".docx"][0])
    )
    given(Attachments()).when(add("a.docx", **begins)).refused(clauses.TYPE_ALLOWED, "a.docx")
    given(Attachments()).when(add("a.xlsx", **begins, holds=word)).refused(clauses.TYPE_ALLOWED, "a.xlsx")


def test_there_is_room_for_so_much() -> None:
    other = replace(ADDED, digest="cd" * 32)
    quota = Quota(files=2, of_thing=60, of_day=100, of_all=1000)
    given(Attachments(), other).when(add(quota=quota, taken=SpaceTaken(80, 980))).then(ADDED)
    third = replace(ADDED, digest="ef" * 32)
    given(Attachments(), other, third).when(add(quota=quota)).refused(clauses.THING_HAS_ROOM, "3 files")
    given(Attachments(), other).when(add(size=41, quota=quota)).refused(clauses.THING_HAS_ROOM, "61 bytes")
    given(Attachments()).when(add(quota=quota, taken=SpaceTaken(81, 81))).refused(
        clauses.DAY_HAS_ROOM, "101 bytes"
    )
    given(Attachments()).when(add(quota=quota, taken=SpaceTaken(0, 981))).refused(
        clauses.STORE_HAS_ROOM, "1001 bytes"
    )


@pytest.mark.parametrize("size", [0, LARGEST + 1])
def test_a_file_has_a_size_within_bounds(size: int) -> None:
    given(Attachments()).when(add(size=size)).refused(clauses.SIZE_ALLOWED, str(size))


def test_the_store_keeps_by_digest_and_tells_what_changed(tmp_path: Path) -> None:
    store = AttachmentStore(tmp_path)
    kept = store.keep(io.BytesIO(PDF))
    assert (kept.digest, kept.size) == (hashlib.sha256(PDF).hexdigest(), len(PDF))
    assert kept.begins_with.startswith(b"%PDF-")
    assert store.state(kept.digest, kept.size) == "missing"
    store.settle(kept)
    store.drop(kept)
    assert store.state(kept.digest, kept.size) == "kept"
    again = store.keep(io.BytesIO(PDF))
    store.drop(again)
    assert list((tmp_path / "incoming").iterdir()) == []
    store.path(kept.digest).write_bytes(PDF + b"!")
    assert store.state(kept.digest, kept.size) == "changed"


def archive(*names: str, content: bytes = b"<x/>") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in names:
            made.writestr(name, content)
    return out.getvalue()


def test_the_store_looks_into_an_archive_and_is_not_burst_by_one(tmp_path: Path) -> None:
    store = AttachmentStore(tmp_path)

    def held(content: bytes) -> frozenset[str]:
        kept = store.keep(io.BytesIO(content))
        store.drop(kept)
        return kept.holds

    good = archive("[Content_Types].xml", "word/document.xml")
    assert held(good) == {"[Content_Types].xml", "word/document.xml"}
    assert held(b"PK\x03\x04 but no archive") == frozenset()
    assert held(good[:-30]) == frozenset()
    assert held(archive(*(f"part{n}" for n in range(ENTRIES + 1)))) == frozenset()
    assert held(archive("bomb", content=bytes(UNPACKED + 1))) == frozenset()


@pytest.fixture
def system(tmp_path: Path) -> Iterator[System]:
    system = build(Settings(folder=tmp_path, quota=Quota(of_day=2 * len(PDF))), lambda: NOW)
    yield system
    system.close()


def by(actor: str) -> By:
    return By(actor=actor, source=Source(kind="page"))


def attach_to(
    look: Look, file: bytes, name: str = "纪要.pdf", *, actor: str = "ducha", **about: str
) -> AttachmentAdded:
    of = {"pairing_id": "2025-v-b", "branch": "b", "village": "v"}
    return attach(look, io.BytesIO(file), name=name, by=by(actor), **of, **about)


def test_what_is_taken_is_counted_by_account_day_and_in_all(system: System) -> None:
    look = look_of(system)
    for number, actor in (("1", "ducha"), ("2", "ducha"), ("3", "danwei")):
        attach_to(look, PDF, finding_id=number, actor=actor)
    with pytest.raises(Rejected, match="DAY_HAS_ROOM"):
        attach_to(look, PDF, finding_id="4")
    attach_to(look_of(replace(system, day=DAY + timedelta(days=1))), PDF, finding_id="4")
    assert taken_in(look, "ducha") == SpaceTaken(2 * len(PDF), len(PDF)), "equal files are one in the store"


def test_a_file_is_looked_into_before_it_is_attached(tmp_path: Path) -> None:
    system = build(Settings(folder=tmp_path), lambda: NOW)
    look = look_of(system)
    with pytest.raises(Rejected, match="TYPE_ALLOWED"):
        attach_to(look, b"PK\x03\x04 but no archive", "纪要.docx", finding_id="1")
    good = archive("[Content_Types].xml", "word/document.xml")
    digest = attach_to(look, good, "纪要.docx", finding_id="1").digest
    assert [path.name for path in (tmp_path / "attachments").glob("??/*")] == [digest]
    system.close()


def test_a_finding_and_an_appeal_of_one_number_have_attachments_of_their_own(system: System) -> None:
    for field in ("finding_id", "appeal_id"):
        attach_to(look_of(system), PDF, **{field: "2025-001"})
    streams = {recorded.stream for recorded in system.log.named(AttachmentAdded.NAME)}
    assert streams == {"attachments-finding-2025-001", "attachments-appeal-2025-001"}
