"""Photographs on the pages: seen by whom the file is open to, smaller and with nothing beside them; one that proves two things
is asked about."""

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
from projections.boards.pairing.pairings import pairings
from projections.boards.pairing.recognitions import nominations
from projections.boards.people.accounts import account_list
from projections.kit.columns import known
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
        rows = connection.execute(
            select(attached_pictures).where(attached_pictures.c.kind == "activity")
        ).all()
    first, *_, again = rows
    assert first.digest != again.digest and first.thing != again.thing, "sent on, and smaller since"
    year = system.today().year
    shown = office.get(f"/likenesses?year={year}").text
    assert shown.count("用了同一张照片</span>") == 1
    assert (
        f"/attachments/{first.position}/seen/small" in shown
        and f"/attachments/{again.position}/seen/small" in shown
    )
    earlier = office.get(f"/likenesses?year={year}&at={again.position - 1}").text
    assert "用了同一张照片</span>" not in earlier, "nobody could know then"
    judged = f"/activities/{again.thing}/judge-likeness"
    assert f"{judged}?other={first.thing}" in shown
    asked = office.get(f"{judged}?other={first.thing}").text
    told = re.search(r"<dt>另一项活动</dt><dd>([^<]+)", asked)
    assert told is not None and re.fullmatch(r".+ · \d{4}-\d\d-\d\d", told[1]), (
        "not the reference of the activity"
    )
    office.post(judged, other=first.thing, verdict="different", because="两次活动，误附了同一张照片")
    assert "用了同一张照片</span>" not in office.get(f"/likenesses?year={year}").text


PROJECT = {
    "name": "文化广场二期",
    "category": "public_services",
    "budget_cents": "1000.00",
    "beneficiaries": "10",
}
ASKED = "用了同一张照片</span>"


class TwoProjects:
    """Two projects of a unit, each with the photograph of the other, which was sent on and is smaller."""

    def __init__(self, county: tuple[System, FastAPI]) -> None:
        self.system, app = county
        self.office, self.unit, self.other_unit = (Visitor(app, who) for who in ("ducha", "danwei", "nongye"))
        its = next(event for _, event in attached(self.system) if event.project_id)
        self.first = its.project_id
        today = self.system.today().isoformat()
        days = {"started_on": today, "planned_end_on": today}
        of = {"number": "XM2026-977", "pairing_id": its.pairing_id}
        opened = self.unit.post("/projects/open-project", **of, **PROJECT, **days)
        self.second = str(opened.url.path).rpartition("/")[2]
        self.before = self.system.log.position()
        assert upload(self.unit, "project", self.first, "竣工.webp", written(scene(9), "WEBP")) == 200
        smaller = written(scene(9).resize((320, 240)), quality=40)
        assert upload(self.unit, "project", self.second, "完工.jpg", smaller) == 200

    def page(self, who: Visitor, key: str, query: str = "") -> str:
        return who.get(f"/projects/{key}{query}").text

    def listed(self, query: str = "") -> int:
        year = self.system.today().year
        text = self.office.get(f"/likenesses?year={year}{query}").text
        return sum(self.first in row and self.second in row for row in text.split("<tr>") if ASKED in row)

    def judge(self, key: str, other: str, verdict: str, because: str) -> int:
        said = {"other": f"project-{other}", "verdict": verdict, "because": because}
        return self.office.post(f"/attachments/project-{key}/judge-photograph", **said).status_code


def test_one_photograph_of_two_projects_is_judged_and_told_on_the_pages_of_both(
    county: tuple[System, FastAPI],
) -> None:
    two = TwoProjects(county)
    assert two.listed() == 1 and two.listed(f"&at={two.before}") == 0
    seen = two.page(two.office, two.first)
    assert "同一张照片" in seen and "文化广场二期" in seen and "未认定" in seen
    assert "同一张照片" not in two.page(two.unit, two.first), "nobody has said anything of it yet"
    form = f"/attachments/project-{two.second}/judge-photograph?other=project-{two.first}"
    assert form in two.office.get(f"/likenesses?year={two.system.today().year}").text.replace("&amp;", "&")
    asked = two.office.get(form).text
    assert asked.count("/seen/small") == 2, "side by side"
    assert f'href="/projects/{two.second}"' in asked and "另一件" in asked
    assert two.unit.get(form).status_code == two.other_unit.get(form).status_code == 403
    assert two.judge(two.second, two.first, "wrong_here", "是一期的照片") == 200
    assert two.listed() == 0
    for who in (two.office, two.unit):
        assert "本件用错，须更正" in two.page(who, two.second)
        assert "另一件用错，须更正" in two.page(who, two.first)
        assert "是一期的照片" in two.page(who, two.first)
    township = two.page(Visitor(county[1], "xiangzhen"), two.second)
    assert "文化广场二期" in township and "是一期的照片" not in township, "the other may lie elsewhere"
    judged = two.system.log.position()
    assert two.judge(two.first, two.second, "right_at_both", "一个工地的两期") == 200, "anew, from the other"
    for key in (two.first, two.second):
        assert "两件都可以用这张照片" in two.page(two.unit, key) and "一个工地的两期" in two.page(
            two.unit, key
        )
        assert "一个工地的两期" not in two.page(two.office, key, f"?at={judged}")


def test_what_was_judged_is_void_with_the_thing_and_a_later_photograph_is_asked_about(
    county: tuple[System, FastAPI],
) -> None:
    two = TwoProjects(county)
    assert two.judge(two.first, two.second, "right_at_both", "一个工地的两期") == 200
    for key in (two.first, two.second):
        assert upload(two.unit, "project", key, "另一张.jpg", written(scene(8), quality=90)) == 200
    assert two.listed() == 1, "another photograph since"
    assert two.judge(two.second, two.first, "wrong_there", "两张都是二期的") == 200
    assert two.listed() == 0
    assert "<h2>同一张照片</h2>" in two.page(two.unit, two.first)
    two.office.post(f"/projects/{two.second}/void-project", because="重复登记")
    assert "<h2>同一张照片</h2>" not in two.page(two.unit, two.first)
    assert two.judge(two.first, two.second, "right_at_both", "已作废") == 409
    assert "<h2>同一张照片</h2>" not in two.page(two.office, two.second)


def test_an_activity_and_a_project_are_asked_about_and_a_case_of_the_same_pairing_is_not(
    county: tuple[System, FastAPI],
) -> None:
    system, app = county
    unit, office = Visitor(app, "danwei"), Visitor(app, "ducha")
    events = [event for _, event in attached(system)]
    activity = next(event.activity_id for event in events if event.activity_id)
    project = next(event.project_id for event in events if event.project_id)
    case = next(event.nomination_id for event in events if event.nomination_id)
    year = system.today().year
    before = office.get(f"/likenesses?year={year}").text.count(ASKED)
    for kind, key in (("activity", activity), ("nomination", case)):
        assert upload(unit, kind, key, "新照.jpg", photograph(7)) == 200
    assert office.get(f"/likenesses?year={year}").text.count(ASKED) == before, "a case tells what was done"
    assert upload(unit, "project", project, "新照.jpg", photograph(7)) == 200
    asked = office.get(f"/likenesses?year={year}").text
    assert asked.count(ASKED) == before + 1 and "/judge-photograph?other=" in asked
    said = {"other": f"project-{project}", "verdict": "wrong_there", "because": "是活动的照片"}
    form = f"/attachments/activity-{activity}/judge-photograph"
    assert office.post(form, **said).status_code == 200
    assert "是活动的照片" in unit.get(f"/activities/{activity}").text
    assert "本件用错，须更正" in unit.get(f"/projects/{project}").text
    told = f"nomination-{case}"
    for kind, key in (("activity", activity), ("project", project)):
        said = {"verdict": "wrong_here", "because": "案例用了本对的照片"}
        for one, other in ((told, f"{kind}-{key}"), (f"{kind}-{key}", told)):
            done = office.post(f"/attachments/{one}/judge-photograph", other=other, **said)
            assert done.status_code == 409, "what no page shows is not judged"


def test_a_case_and_the_project_of_another_unit_are_asked_about_until_the_case_is_voided(
    county: tuple[System, FastAPI],
) -> None:
    system, app = county
    office, unit, other = (Visitor(app, who) for who in ("ducha", "danwei", "nongye"))
    its = next(event for _, event in attached(system) if event.nomination_id)
    case, year, today = its.nomination_id, system.today().year, system.today().isoformat()
    with system.reading() as connection:
        rows = connection.execute(select(pairings).where(known(pairings, None))).all()
        accounts = account_list(connection, system.today())
    branch = next(each.branch for each in accounts if each.username == "nongye")
    pairing = next(row.pairing_id for row in rows if row.branch == branch and row.ended_on is None)
    of = {"number": "XM2026-978", "pairing_id": pairing, "started_on": today, "planned_end_on": today}
    project = str(other.post("/projects/open-project", **of, **PROJECT).url.path).rpartition("/")[2]
    before = office.get(f"/likenesses?year={year}").text.count(ASKED)
    assert upload(unit, "nomination", case, "别处.jpg", photograph(6)) == 200
    assert upload(other, "project", project, "本处.jpg", photograph(6)) == 200
    assert office.get(f"/likenesses?year={year}").text.count(ASKED) == before + 1
    form = f"/attachments/nomination-{case}/judge-photograph"
    said = {"other": f"project-{project}", "verdict": "wrong_here", "because": "是农业农村局的项目"}
    assert office.post(form, **said).status_code == 200
    mine, theirs_page = unit.get(f"/nominations/{case}").text, other.get(f"/projects/{project}").text
    for page, path in ((mine, f"/projects/{project}"), (theirs_page, f"/nominations/{case}")):
        assert "是农业农村局的项目" in page and f'href="{path}"' not in page, "no link that does not open"
        assert page.partition("<h2>同一张照片</h2>")[2].partition("</section>")[0].count("/seen/small") == 1
    office.post(f"/nominations/{case}/publish-nomination", level="county", published_on=today)
    assert "<h2>同一张照片</h2>" in other.get(f"/projects/{project}").text
    with system.reading() as connection:
        row = connection.execute(
            select(nominations).where(known(nominations, None), nominations.c.nomination_id == case)
        ).one()
    assert office.post(f"/cases/{row.case_id}/void-case", because="未刊发").status_code == 200
    assert "<h2>同一张照片</h2>" not in other.get(f"/projects/{project}").text
    assert office.post(form, **said).status_code == 409
