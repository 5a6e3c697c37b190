"""Photographs on the pages: seen by whom the file is open to, smaller and with nothing beside them; one that proves two
activities is asked about."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from fastapi import FastAPI
from PIL import Image
from sqlalchemy import select

from application.system import System
from domain.attachment.events import AttachmentAdded
from projections.boards.pairing.attached_pictures import attached_pictures
from tests.kit.drawn import photograph, scene, written
from tests.kit.lived import lived
from tests.kit.serving import Visitor, app_of


@pytest.fixture
def county(tmp_path: Path) -> Iterator[tuple[System, FastAPI]]:
    system = lived(tmp_path)
    yield system, app_of(system)
    system.close()


def attached(system: System) -> list[tuple[int, AttachmentAdded]]:
    """The pictures of the demo, in their order."""
    events = [(each.position, each.event) for each in system.log.named(AttachmentAdded.NAME)]
    return [(at, event) for at, event in events if isinstance(event, AttachmentAdded)]


def test_a_picture_is_seen_by_whom_the_file_is_open_to(county: tuple[System, FastAPI]) -> None:
    system, app = county
    position, event = attached(system)[0]
    path = f"/attachments/{position}/seen/small"
    unit, other = Visitor(app, "danwei"), Visitor(app, "nongye")
    page = unit.get(f"/activities/{event.activity_id}").text
    assert f'src="{path}"' in page and f'alt="照片：{event.name}' in page
    for who in ("danwei", "ducha", "shenji"):
        assert Visitor(app, who).get(path).status_code == 200, who
    assert other.get(path).status_code == other.get(f"/attachments/{position}/seen/large").status_code == 403
    assert "image" not in Visitor(app, None).get(path).headers["content-type"]
    assert unit.get(f"/attachments/{position}/seen/huge").status_code == 404
    assert unit.get(f"{path}?at={position - 1}").status_code == 404, "at that time it was not attached"
    seen = unit.get(path)
    assert seen.headers["content-type"] == "image/jpeg" and seen.content.startswith(b"\xff\xd8\xff")
    assert seen.headers["x-content-type-options"] == "nosniff" and seen.headers["cache-control"] == "no-store"
    assert seen.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert path in Visitor(app, "shenji").get("/accesses?kind=attachment").text, "who looked at it is noted"
    system.store.path(event.digest).unlink()
    assert unit.get(path).status_code == 404, "what was taken away is not seen any more"


def upload(who: Visitor, kind: str, key: str, name: str, content: bytes) -> int:
    token = re.findall(r'name="csrf" value="([^"]+)"', who.get("/me").text)[0]
    files = {"file": (name, content, "application/octet-stream")}
    return who.http.post(f"/attachments/{kind}/{key}", data={"csrf": token}, files=files).status_code


def test_projects_and_nominated_cases_show_theirs_and_refuse_what_is_broken(
    county: tuple[System, FastAPI],
) -> None:
    system, app = county
    unit = Visitor(app, "danwei")
    project = next(event.project_id for _, event in attached(system) if event.project_id)
    case = next(event.nomination_id for _, event in attached(system) if event.nomination_id)
    for kind, path in (("project", f"/projects/{project}"), ("nomination", f"/nominations/{case}")):
        key = path.rpartition("/")[2]
        assert unit.get(path).text.count('<img src="/attachments/') == 2
        assert upload(unit, kind, key, "竣工.webp", written(scene(9), "WEBP")) == 200
        assert unit.get(path).text.count('<img src="/attachments/') == 3
        before = system.log.position()
        assert upload(unit, kind, key, "半张.jpg", photograph(8)[:9000]) == 409
        assert upload(unit, kind, key, "巨幅.png", written(Image.new("1", (5001, 5000)), "PNG")) == 409
        assert upload(Visitor(app, "nongye"), kind, key, "别人.jpg", photograph(8)) == 403
        assert system.log.position() == before


def test_the_casebook_shows_the_pictures_of_a_case_and_its_file_holds_them(
    county: tuple[System, FastAPI],
) -> None:
    system, app = county
    of_case = [(at, event) for at, event in attached(system) if event.nomination_id]
    assert len(of_case) == 2
    assessor = Visitor(app, "kaohe")
    year, case = system.today().year, of_case[0][1].nomination_id
    assert "/seen/small" not in assessor.get(f"/reports/casebook?year={year}").text, (
        "nothing is published yet"
    )
    published = {"level": "county", "published_on": system.today().isoformat()}
    assert (
        Visitor(app, "ducha").post(f"/nominations/{case}/publish-nomination", **published).status_code == 200
    )
    page = assessor.get(f"/reports/casebook?year={year}").text
    for at, event in of_case:
        alt = f"照片：{event.name}"
        assert f'<img loading="lazy" src="/attachments/{at}/seen/small" alt="{alt}">' in page
    word = Document(io.BytesIO(assessor.get(f"/reports/casebook/word?year={year}").content))
    told = [shape._inline.docPr.get("descr") for shape in word.inline_shapes]
    assert [f"照片：{event.name}" for _, event in of_case] == [each for each in told if each]
    auditor = Visitor(app, "shenji")
    assert "/reports/casebook/word" in auditor.get("/accesses?kind=attachment").text
    system.store.path(of_case[0][1].digest).unlink()
    less = Document(io.BytesIO(assessor.get(f"/reports/casebook/word?year={year}").content))
    assert len(less.inline_shapes) == len(word.inline_shapes) - 1, "what is gone is in no file"


def test_one_photograph_of_two_activities_is_asked_about_until_it_is_judged(
    county: tuple[System, FastAPI],
) -> None:
    system, app = county
    office = Visitor(app, "ducha")
    with system.reading() as connection:
        rows = connection.execute(select(attached_pictures)).all()
    first, *_, again = rows
    assert first.digest != again.digest and first.activity_id != again.activity_id, (
        "sent on, and smaller since"
    )
    year = system.today().year
    shown = office.get(f"/likenesses?year={year}").text
    assert shown.count("用了同一张照片</span>") == 1
    assert (
        f"/attachments/{first.position}/seen/small" in shown
        and f"/attachments/{again.position}/seen/small" in shown
    )
    earlier = office.get(f"/likenesses?year={year}&at={again.position - 1}").text
    assert "用了同一张照片</span>" not in earlier, "nobody could know then"
    judged = f"/activities/{again.activity_id}/judge-likeness"
    assert f"{judged}?other={first.activity_id}" in shown
    asked = office.get(f"{judged}?other={first.activity_id}").text
    told = re.search(r"<dt>另一项活动</dt><dd>([^<]+)", asked)
    assert told is not None and re.fullmatch(r".+ · \d{4}-\d\d-\d\d", told[1]), (
        "not the reference of the activity"
    )
    office.post(judged, other=first.activity_id, verdict="different", because="两次活动，误附了同一张照片")
    assert "用了同一张照片</span>" not in office.get(f"/likenesses?year={year}").text
