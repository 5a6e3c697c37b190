"""What may be attached, and that the store loses nothing and keeps nothing that was refused."""

from __future__ import annotations

import hashlib
import io
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from application.attachment import AttachmentService
from application.eventlog.opening import open_log
from domain.attachment import clauses
from domain.attachment.attachments import LARGEST, Attachments
from domain.attachment.events import AttachmentAdded, AttachmentEvent
from domain.kernel.event import Catalogue
from domain.kernel.recorded import By, Source
from interface.attachments import AttachmentStore
from tests.kit.given import given

DAY = date(2026, 1, 9)
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


def add(name: str = "纪要.PDF", size: int = 20, begins_with: bytes = PDF):  # type: ignore[no-untyped-def]
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
    )


def test_a_file_is_attached_once() -> None:
    given(Attachments()).when(add()).then(ADDED)
    given(Attachments(), ADDED).when(add()).refused(clauses.ADDED_ONCE, "纪要.PDF")


@pytest.mark.parametrize("name", ["a.exe", "a", "a.pdf.html", ".pdf/", "a.png", "a.docx"])
def test_a_file_is_what_its_name_says(name: str) -> None:
    given(Attachments()).when(add(name)).refused(clauses.TYPE_ALLOWED, name)


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


def test_a_finding_and_an_appeal_of_one_number_have_attachments_of_their_own(tmp_path: Path) -> None:
    log = open_log(
        Catalogue(AttachmentEvent),
        database_url=None,
        folder=tmp_path,
        clock=lambda: datetime(2026, 1, 9, tzinfo=UTC),
    )
    service = AttachmentService(log, AttachmentStore(tmp_path))
    of = {"name": "纪要.pdf", "pairing_id": "2025-v-b", "branch": "b", "village": "v", "today": DAY}
    by = By(actor="ducha", source=Source(kind="page"))
    for field in ("finding_id", "appeal_id"):
        service.add_attachment(io.BytesIO(PDF), **of, **{field: "2025-001"}, by=by)
    streams = {recorded.stream for recorded in log.read()}
    assert streams == {"attachments-finding-2025-001", "attachments-appeal-2025-001"}
    log.close()
