"""A file by POST: attached as on the page of its thing, refused with the same words, or not kept."""

from __future__ import annotations

from typing import Any

import httpx2 as httpx
import pytest

from domain.attachment import clauses
from domain.attachment.attachments import LARGEST
from domain.attachment.events import AttachmentAdded
from domain.pairing.events import ActivityHeld
from interface.words.problems import not_of_the_token
from tests.kit.demo_ids import PAIRING
from tests.kit.numbers import finding_id
from tests.kit.scripts import Api, Script

pytestmark = pytest.mark.both_databases
PDF = b"%PDF-1.7\n" + b"minutes of the visit " * 50


def send(script: Script, path: str, content: bytes = PDF, **query: Any) -> httpx.Response:
    headers = {**script.headers, "Content-Type": "application/octet-stream"}
    return script.http.post(
        f"/api/v1/attachments/{path}", params={"name": "纪要.pdf", **query}, content=content, headers=headers
    )


def kept(api: Api) -> list[str]:
    return sorted(path.name for path in (api.system.settings.folder / "attachments").glob("*/*"))


def test_a_file_is_attached_once_and_what_is_refused_is_not_kept(api: Api) -> None:
    finding, before = finding_id(api.system), api.system.log.position()
    ducha = api.script("ducha")
    done = send(ducha, f"finding/{finding}")
    assert done.status_code == 201, done.text
    (recorded,) = api.system.log.read(after=before)
    assert isinstance(recorded.event, AttachmentAdded)
    assert (recorded.event.finding_id, recorded.event.name) == (finding, "纪要.pdf")
    assert (recorded.by.actor, recorded.by.source.kind) == ("ducha", "api")
    assert done.json()["key"] == f"finding-{finding}" and done.json()["version"] == 1
    assert api.system.store.path(recorded.event.digest).read_bytes() == PDF
    files = kept(api)
    again = send(ducha, f"finding/{finding}")
    assert (again.status_code, again.json()["clause"]["id"]) == (409, clauses.ADDED_ONCE.id)
    for name, content, clause in (
        ("page.html", b"<html>", clauses.TYPE_ALLOWED),
        ("virus.pdf", b"MZ", clauses.TYPE_ALLOWED),
        ("empty.pdf", b"", clauses.SIZE_ALLOWED),
        ("../a.pdf", PDF + b"1", clauses.NAME_ALLOWED),
    ):
        refused = send(ducha, f"finding/{finding}", content, name=name)
        assert (refused.status_code, refused.json()["clause"]["id"]) == (409, clause.id), name
    assert send(ducha, f"finding/{finding}", b"%PDF-" + bytes(LARGEST)).status_code == 413
    assert kept(api) == files and api.system.log.position() == before + 1


def test_whoever_may_not_and_what_is_not_there_is_told_so(api: Api) -> None:
    finding, before = finding_id(api.system), api.system.log.position()
    ducha = api.script("ducha")
    assert send(Script(api.server, None), f"finding/{finding}").status_code == 401
    assert send(api.script("kaohe"), f"finding/{finding}").status_code == 403
    others = finding_id(api.system, "WT2025-001")
    assert send(api.script("danwei"), f"finding/{others}").status_code == 403
    narrow = send(api.script("ducha", only={"raise_finding"}), f"finding/{finding}")
    assert narrow.status_code == 403
    assert narrow.json()["detail"] == not_of_the_token("add_attachment").detail.zh
    for path in ("finding/none", f"secret/{finding}"):
        assert send(ducha, path).status_code == 404, path
    nameless = send(ducha, f"finding/{finding}", name="", dry_run="true")
    assert nameless.status_code == 422, nameless.text
    assert {each["field"]: each["code"] for each in nameless.json()["faults"]} == {
        "name": "missing",
        "dry_run": "no_field",
    }
    assert api.system.log.position() == before


def test_a_token_may_be_for_attaching_alone(api: Api) -> None:
    finding = finding_id(api.system)
    narrow = api.script("ducha", only={"add_attachment"})
    assert send(narrow, f"finding/{finding}", PDF + b"for attaching alone").status_code == 201
    assert narrow.get("/findings").status_code == 403


def test_a_name_that_is_an_id_tells_nothing_of_what_its_writer_is_not_shown(api: Api) -> None:
    held = [
        each.event for each in api.system.log.named(ActivityHeld.NAME) if isinstance(each.event, ActivityHeld)
    ]
    own = next(each for each in held if each.pairing_id == PAIRING)
    foreign = next(each for each in held if each.branch != own.branch)
    danwei = api.script("danwei")
    for event, is_named in ((own, True), (foreign, False)):
        refused = send(danwei, f"activity/{own.activity_id}", b"<html>", name=f"{event.activity_id}.html")
        assert refused.status_code == 409
        assert (f"“{event.topic}” {event.held_on}" in refused.json()["detail"]) is is_named
        assert (event.activity_id in refused.json()["detail"]) is not is_named
