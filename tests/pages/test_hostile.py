"""What strangers and broken programs send: refused as a page in the reader's language, never an error of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from application.system import System
from interface.web.app import ROOMS
from tests.kit.databases import DatabaseCase
from tests.kit.demo_ids import PAIRING
from tests.kit.numbers import finding_id
from tests.kit.prepared import prepared
from tests.kit.serving import Visitor, app_of, demo_app

LONG = "9" * 5000


@pytest.fixture
def county(database: DatabaseCase) -> Iterator[tuple[System, FastAPI]]:
    system, app = demo_app(database.folder, database.url)
    yield system, app
    system.close()


ADDRESSES = [
    ("/sign-in?next=//[", 200),
    ("/language?to=zh&next=//[", 200),
    ("/compare?page=//[&from=1", 422),
    ("/compare?page=/trail/export&from=1", 422),
    ("/compare?page=/reports/annual/word&from=1", 422),
    (f"/?at={LONG}", 422),
    ("/?at=9999-12-31", 422),
    ("/?at=0001-01-01", 422),
    ("/?about=9999-12-31", 422),
    ("/?about=1000-01-01", 422),
    ("/?year=0000", 422),
    ("/matrix?year=0000", 422),
    ("/facts?year=9999&figure=forums", 422),
    (f"/facts?figure=forums&since={LONG}", 422),
    ("/facts?figure=forums&on=9999-12-31", 422),
    ("/trail?jump=9999-12-31", 422),
    ("/trail?recorded_from=0001-01-01", 422),
    ("/trail?recorded_to=9999-12-31", 422),
    (f"/trail?before={LONG}", 200),
    ("/trail?actor=a%00b", 422),
    ("/trail?thing=%01", 422),
    ("/trail?thi%00ng=1", 422),
    ("/findings/a%00b", 422),
    ("/pairings?q=%EF%BF%BF", 422),
    ("/runs/a%00b/grades", 422),
    (f"/events/{LONG}", 422),
    (f"/runs/compare?from={LONG}&to=1", 422),
    (f"/documents/order/{{finding}}?round={LONG}", 422),
    ("/documents/order/{finding}?round=0", 404),
    ("/documents/order/{finding}?round=2", 404),
    ("/events/one", 422),
    ("/language", 422),
    ("/nowhere", 404),
    ("/static/nowhere.css", 404),
]


def test_no_address_is_an_error_of_ours(county: tuple[System, FastAPI]) -> None:
    who = Visitor(county[1], "shenji")
    who.http.follow_redirects = False
    about = finding_id(county[0])
    answers = {path[:60]: status_of(who, path.replace("{finding}", about)) for path, _ in ADDRESSES}
    expected = {path[:60]: status for path, status in ADDRESSES}
    # Whoever is signed in already goes on at once.
    expected |= {path: 303 for path in expected if path.startswith(("/sign-in", "/language?to"))}
    assert answers == expected


def status_of(who: Visitor, path: str) -> int:
    try:
        answer = who.get(path)
    except Exception:
        return 500
    if answer.status_code >= 400:
        assert answer.headers["content-type"].startswith("text/html"), path
        assert '<html lang="zh-CN">' in answer.text
    return answer.status_code


HEADERS = [
    {"origin": "http://["},
    {"origin": "http://[::1"},
    {"host": "["},
    {"host": "a b"},
    {"content-type": "multipart/form-data; boundary=x; charset=unicode_escape"},
    {"content-type": "multipart/form-data; boundary=x; charset=idna"},
    {"content-type": "multipart/form-data; boundary=x; charset=undefined"},
    {"content-type": "multipart/form-data; boundary=x; charset=nothing"},
    {"content-type": "multipart/form-data"},
    {"content-type": "application/x-www-form-urlencoded; charset=utf-7"},
    {"content-type": "application/json"},
    {"content-type": ""},
]
PART = b'--x\r\nContent-Disposition: form-data; name="username"\r\n\r\nkaohe\\ud800\r\n--x--\r\n'


@pytest.mark.parametrize("headers", HEADERS)
def test_no_header_is_an_error_of_ours(demo: tuple[System, FastAPI], headers: dict[str, str]) -> None:
    stranger = TestClient(demo[1], base_url="http://127.0.0.1")
    answer = stranger.post("/sign-in", content=PART, headers=headers)
    assert 400 <= answer.status_code < 500
    assert answer.headers["content-type"].startswith("text/html")
    clerk = Visitor(demo[1], "ducha")
    answer = clerk.http.post("/findings/raise-finding", content=PART, headers=headers)
    assert 400 <= answer.status_code < 500


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[System, FastAPI]]:
    system, app = demo_app(tmp_path_factory.mktemp("county"))
    yield system, app
    system.close()


@pytest.mark.parametrize("hostile", ["a\x00b", "\x1b[2J", "\uffff", "\x7f", "\x85"])
def test_what_no_text_holds_is_refused_in_any_field(demo: tuple[System, FastAPI], hostile: str) -> None:
    system, app = demo
    before = system.log.position()
    clerk = Visitor(app, "danwei")
    good = {"kind": "forum", "topic": "座谈", "held_on": "2026-01-05", "participants": "9"}
    for name in good:
        answer = clerk.post(
            "/activities/record-activity", pairing_id=PAIRING, **{**good, name: good[name] + hostile}
        )
        assert answer.status_code == 422, name
    assert (
        clerk.post("/activities/record-activity", pairing_id=PAIRING, **good, **{hostile: "x"}).status_code
        == 422
    )
    assert system.log.position() == before


@pytest.mark.parametrize("participants", [LONG, "٩", "１２", "9.0", "1e3"])
def test_only_a_number_is_a_number(demo: tuple[System, FastAPI], participants: str) -> None:
    clerk = Visitor(demo[1], "danwei")
    form = {"kind": "forum", "topic": "座谈", "held_on": "2026-01-05", "participants": participants}
    assert clerk.post("/activities/record-activity", pairing_id=PAIRING, **form).status_code == 422


@pytest.mark.parametrize(
    "held_on", ["0000-01-01", "9999-12-31", "1948-12-31", "2200-01-01", "20260105", "2026-W02-1"]
)
def test_only_a_day_of_our_time_is_a_day(demo: tuple[System, FastAPI], held_on: str) -> None:
    clerk = Visitor(demo[1], "danwei")
    form = {"kind": "forum", "topic": "座谈", "held_on": held_on, "participants": "9"}
    assert clerk.post("/activities/record-activity", pairing_id=PAIRING, **form).status_code == 422


def test_a_form_loaded_anew_leads_to_its_page(demo: tuple[System, FastAPI]) -> None:
    """What a browser does after a refused form: every address that takes one leads to a page that can be read."""
    app = demo[1]
    office = Visitor(app, "kaohe")
    office.http.follow_redirects = False
    ways = {}
    for path, methods in addresses(app):
        if "POST" in methods and "GET" not in methods:
            answer = office.get(
                re.sub(r"\{(\w+)\}", lambda found: VALUES.get(found[1], "1"), path) + "?year=2025"
            )
            assert answer.status_code == 303, path
            ways[path] = answer.headers["location"]
            assert office.get(ways[path]).status_code in (200, 303, 403, 404), path
            assert any(pattern.match(ways[path].partition("?")[0]) for pattern, _ in app.state.doors), path
    assert len(ways) > 5
    assert ways["/attachments/{kind}/{thing}"] == "/findings/WT2025-059?year=2025"


def addresses(app: FastAPI) -> list[tuple[str, set[str]]]:
    """Every path with all methods that some route of it takes."""
    found: dict[str, set[str]] = {}
    for room in ROOMS:
        for route in room.router.routes:
            found.setdefault(getattr(route, "path", ""), set()).update(getattr(route, "methods", set()))
    return list(found.items())


VALUES = {
    "pairing_id": PAIRING,
    "finding_id": "WT2025-059",
    "kind": "finding",
    "thing": "WT2025-059",
    "about": "WT2025-059",
}


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_an_act_that_there_is_not_is_a_page(demo: tuple[System, FastAPI], method: str) -> None:
    for path in (
        "/",
        "/findings",
        "/findings/WT2025-059/close-finding",
        "/sign-in",
        "/health",
        "/static/icon.svg",
    ):
        answer = Visitor(demo[1], "shenji").http.request(method, path)
        assert answer.status_code == 405 and "text/html" in answer.headers["content-type"], path
        assert "GET" in answer.headers["allow"] or "POST" in answer.headers["allow"]


def test_whoever_asks_for_the_head_gets_it_without_a_body(demo: tuple[System, FastAPI]) -> None:
    who = Visitor(demo[1], "shenji")
    for path in ("/", "/findings", "/health", "/static/icon.svg", "/nowhere"):
        head, whole = who.http.head(path), who.get(path)
        assert (head.status_code, head.content) == (whole.status_code, b""), path
        assert head.headers["content-type"] == whole.headers["content-type"]


def test_a_stranger_is_sent_to_sign_in_before_a_body_is_read(demo: tuple[System, FastAPI]) -> None:
    stranger, clerk = Visitor(demo[1], None), Visitor(demo[1], "danwei")
    stranger.http.follow_redirects = False

    headers = {"content-type": "application/x-www-form-urlencoded", "content-length": "5000000000"}
    assert stranger.http.post("/findings/raise-finding", content=b"", headers=headers).status_code == 303
    assert clerk.http.post("/findings/raise-finding", content=b"", headers=headers).status_code == 403, (
        "the role may not"
    )
    path = "/activities/record-activity"
    assert clerk.http.post(path, content=b"", headers=headers).status_code == 413
    assert stranger.http.post("/sign-in", content=b"", headers=headers).status_code == 413
    form = {"content-type": "application/x-www-form-urlencoded"}
    assert stranger.http.post("/sign-in", content=b"a=" + b"x" * 70_000, headers=form).status_code == 413
    assert stranger.http.post("/sign-in", content=b"a&" * 10_000, headers=form).status_code == 400


def test_an_address_is_not_endless(demo: tuple[System, FastAPI]) -> None:
    assert Visitor(demo[1], "shenji").get("/trail?thing=" + "x" * 20_000).status_code == 422


def test_readiness_is_more_than_life(
    demo: tuple[System, FastAPI], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Visitor(demo[1], None).get("/ready").text == "ready\n"
    lost = prepared(tmp_path / "lost", None)
    http = TestClient(app_of(lost), base_url="http://127.0.0.1")
    said = []
    for lose in (
        lambda: monkeypatch.setattr("application.questions.readiness.LEAST_FREE", 1 << 80),
        lambda: (lost.views.dispose(), (tmp_path / "lost" / "views.sqlite3").write_bytes(b"no database")),
        lambda: (lost.log.close(), (tmp_path / "lost" / "log.sqlite3").write_bytes(b"no database")),
    ):
        lose()
        answer = http.get("/ready")
        assert answer.status_code == 503 and int(answer.headers["retry-after"]) > 0
        said.append(answer.text.replace(": not available\n", " "))
    assert said == ["disk ", "views disk ", "log views disk "]
    assert http.get("/health").text == "ok\n"
    lost.close()
