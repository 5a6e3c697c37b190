"""While nothing can be written, pages that only read are served, and whoever would record something is told why not."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import psycopg

from application.stores.accounts.accounts import SEEN_EVERY
from application.stores.accounts.keeping import accounts_of
from interface.composition import utc_now
from interface.demo.accounts import open_demo_accounts
from interface.web.app import create_app
from tests.kit.databases import DatabaseCase
from tests.kit.prepared import prepared
from tests.kit.serving import QUICK, Visitor, demo_app
from tests.pages.test_pages import PAIRING

FORM = {"kind": "forum", "topic": "春耕座谈", "held_on": "2026-01-05", "participants": "9"}
READING = ["/", "/facts?year=2025", "/findings", "/ranking?year=2025", "/trail", "/health"]


@contextmanager
def nothing_can_be_written(database: DatabaseCase) -> Iterator[None]:
    """No file takes another byte, or the server's database is read-only."""
    if database.url is None:
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        return
    _read_only(database.url, "on")
    yield
    _read_only(database.url, "off")


def _read_only(url: str, value: str) -> None:
    """Every connection is made anew, as after a fail-over to a stand-by."""
    with psycopg.connect(url, autocommit=True, options="-c default_transaction_read_only=off") as connection:
        name = connection.info.dbname
        connection.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = {value}")  # type: ignore[call-overload]
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()",
            [name],
        )


def test_pages_are_read_while_nothing_can_be_written(database: DatabaseCase) -> None:
    system, app = demo_app(database.folder, database.url)
    visitor, clerk, reviewer = Visitor(app, "ducha"), Visitor(app, "danwei"), Visitor(app, "fuhe")
    clerk.http.cookies.set("lianjian_language", "en")
    for each in (visitor, clerk):
        assert each.get("/").status_code == 200
    before = system.log.position()
    with nothing_can_be_written(database):
        if database.url is not None:
            # The first to use a connection that the server has ended learns of it, and takes a new one.
            visitor.get("/")
        for path in READING:
            answer = visitor.get(path)
            assert answer.status_code == 200, (path, answer.text)
        searched = reviewer.get("/search?q=wang")
        recording = clerk.post("/activities/record-activity", pairing_id=PAIRING, **FORM)
        signing_in = Visitor(app, None).post_raw(
            "/sign-in", username="ducha", password="lianjian-2025", next="/"
        )
        signing_out = visitor.post("/sign-out")
    assert searched.status_code == 200 and "<mark>王</mark>" not in searched.text, "whom one sees is noted"
    assert "<mark>王</mark>" in reviewer.get("/search?q=wang").text
    for answer in (recording, signing_in, signing_out):
        assert answer.status_code == 503, answer.text
    assert "Nothing can be written now" in recording.text and "暂时不能写入" in signing_out.text
    assert system.log.position() == before
    assert clerk.post("/activities/record-activity", pairing_id=PAIRING, **FORM).status_code == 200
    assert Visitor(app, "ducha").get("/").status_code == 200, "afterwards all is as before"
    system.close()
    app.state.accounts.close()


def test_whoever_was_signed_in_before_reads_on(database: DatabaseCase) -> None:
    """When a session was used last is kept as well; that it cannot be is no reason to turn a reader away."""
    system, ahead = prepared(database.folder, database.url), timedelta()
    accounts = accounts_of(replace(system, clock=lambda: utc_now() + ahead), QUICK)
    open_demo_accounts(system, accounts)
    visitor = Visitor(create_app(system, accounts), "ducha")
    with nothing_can_be_written(database):
        ahead = SEEN_EVERY
        if database.url is not None:
            visitor.get("/")
        assert visitor.get("/").status_code == 200
    ahead += timedelta(minutes=system.settings.idle_minutes) - SEEN_EVERY / 2
    assert visitor.get("/").url.path == "/sign-in", "what could not be kept counts as not used"
    system.close()
    accounts.close()
