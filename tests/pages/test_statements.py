"""How many statements each page sends to the databases: right after a start (cold), and looked at once more (warm)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from fastapi import FastAPI

from application.access import ROLES
from application.settings import Settings
from application.things import key_of_sheet
from interface.composition import build
from interface.demo.accounts import DEMO_ACTORS
from interface.web.app import PUBLIC, ROOMS, verbs_of
from tests.kit.demo_ids import BRANCH, PAIRING, VILLAGE_ID
from tests.kit.played import Calendar, Pages, year_end
from tests.kit.serving import Visitor, app_of
from tests.kit.statements import Statements

COLD, WARM = 8, 5
"""What a page may ask."""
ABOVE: dict[str, tuple[int, int]] = {
    "overview": (80, 68),
    "overview-unit": (43, 37),
    "overview-head": (82, 70),
    "overview-village": (42, 36),
    "overview-auditor": (51, 45),
    "overview-supervisor": (52, 46),
    "pairings": (32, 26),
    "pairing": (65, 59),
    "pairing-unit": (65, 59),
    "findings": (21, 21),
    "finding": (37, 37),
    "finding-new": (17, 17),
    "sheet": (49, 37),
    "ranking": (29, 23),
    "matrix": (23, 17),
    "indicators": (23, 17),
    "trend": (28, 22),
    "trail": (101, 101),
    "event": (16, 16),
    "assessment": (42, 30),
    "assessment-unit": (38, 32),
    "schemes": (16, 16),
    "scheme": (9, 9),
    "scheme-approved": (25, 25),
    "scheme-broken": (22, 22),
    "scheme-to-approve": (22, 22),
    "self-scores": (34, 28),
    "verification": (26, 20),
    "verification-sheet": (40, 34),
    "evidence": (24, 24),
    "late": (37, 31),
    "runs": (29, 23),
    "run": (28, 22),
    "run-reproduced": (28, 28),
    "run-compare": (43, 43),
    "grades": (44, 38),
    "grades-published": (42, 36),
    "simulation": (24, 18),
    "exclusions": (19, 19),
    "notice": (51, 40),
    "notice-unit": (51, 45),
    "service": (32, 26),
    "persons": (346, 340),
    "results": (27, 21),
    "results-unit": (27, 21),
    "notice-of-unit": (37, 31),
    "circular": (38, 32),
    "notices": (37, 31),
    "annual-report": (109, 103),
    "casebook": (115, 115),
    "result-uses": (35, 29),
    "result-use": (24, 24),
    "result-use-new": (40, 34),
    "facts": (18, 18),
    "appeals": (16, 16),
    "appeal": (39, 39),
    "appeal-new": (42, 42),
    "order": (20, 20),
    "result": (34, 28),
    "receipt": (16, 16),
    "anomalies": (14, 14),
    "accesses": (11, 11),
    "accounts": (17, 17),
    "compare": (125, 113),
    "late-trail": (89, 89),
    "past": (40, 34),
    "sign-in": (82, 70),
    "own-account": (19, 19),
    "account": (17, 17),
    "refused-sign-ins": (9, 9),
    "units": (14, 14),
    "unit": (17, 17),
    "villages": (14, 14),
    "village": (17, 17),
    "scheme-start": (25, 25),
    "notices-list": (11, 11),
    "ranking-csv": (24, 18),
    "late-csv": (25, 19),
    "summary": (26, 20),
    "circular-word": (33, 27),
    "notice-word": (32, 26),
    "notices-word": (32, 26),
    "annual-word": (104, 98),
    "casebook-word": (110, 110),
    "forms of accounts": (8, 8),
    "forms of pairings": (23, 23),
    "forms of needs": (22, 22),
    "forms of activities": (17, 17),
    "forms of cases": (17, 17),
    "forms of meetings": (17, 17),
    "forms of resources": (13, 13),
    "forms of projects": (17, 17),
    "forms of units": (23, 23),
    "forms of villages": (23, 23),
    "forms of findings": (17, 17),
    "forms of slips": (17, 17),
    "forms of circulars": (17, 17),
    "forms of schemes": (16, 16),
    "forms of calendars": (11, 11),
    "forms of runs": (24, 24),
    "forms of results": (29, 23),
    "forms of result-uses": (17, 17),
    "forms of appeals": (17, 17),
    "forms of score-sheets": (35, 35),
    "forms of evidence-items": (11, 11),
    "forms of samples": (11, 11),
    "forms of cut-offs": (12, 12),
    "about": (42, 42),
}
"""Pages that ask more, each with how much (cold, warm); these numbers only ever go down."""
BY_ROLE = {actor.role: actor.username for actor in DEMO_ACTORS}
OTHERS: Pages = {
    "sign-in": ("kaohe", "/sign-in"),
    "own-account": ("kaohe", "/me"),
    "account": ("guanli", "/accounts/danwei"),
    "refused-sign-ins": ("fuhe", "/accesses/refused"),
    "units": ("kaohe", "/units"),
    "unit": ("kaohe", f"/units/{BRANCH}"),
    "villages": ("kaohe", "/villages"),
    "village": ("kaohe", f"/villages/{VILLAGE_ID}"),
    "scheme-text": ("kaohe", "/schemes/2025/text"),
    "scheme-start": ("kaohe", "/schemes/start?year=2027"),
    "notices-list": ("danwei", "/notice"),
    "ranking-csv": ("kaohe", "/ranking.csv"),
    "late-csv": ("kaohe", "/late.csv?year=2025"),
    "summary": ("kaohe", "/documents/summary/2025-1"),
    "circular-word": ("kaohe", "/documents/circular/2025-1/word"),
    "notice-word": ("kaohe", f"/documents/notice/2025-1/{BRANCH}/word"),
    "notices-word": ("kaohe", "/documents/notices/2025-1/word"),
    "annual-word": ("kaohe", "/reports/annual/word?year=2025&run=2025-1"),
    "casebook-word": ("kaohe", "/reports/casebook/word?year=2025"),
}


def _forms(pages: Pages) -> Iterator[tuple[str, str, str]]:
    """Every form of a verb: what it is counted as, who looks, and where. Forms of one kind of thing count as one page."""
    of_finding, of_appeal = (pages[name][1].split("/")[2] for name in ("finding", "appeal"))
    keys = {
        "accounts": "danwei",
        "appeals": of_appeal,
        "findings": of_finding,
        "pairings": PAIRING,
        "result-uses": pages["result-use"][1].split("/")[2],
        "runs": "2025-2",
        "score-sheets": key_of_sheet(2025, PAIRING),
        "units": BRANCH,
        "villages": VILLAGE_ID,
    }
    for route in [route for room in ROOMS for route in room.router.routes]:
        path, methods = str(getattr(route, "path", "")), getattr(route, "methods", None) or ()
        if "GET" not in methods or path in PUBLIC:
            continue
        kind = path.split("/")[1]
        if path.endswith(verbs_of(route)[0].replace("_", "-")):
            who = BY_ROLE[next(role for role in BY_ROLE if role in ROLES[verbs_of(route)[0]])]
            yield f"forms of {kind}", who, re.sub(r"\{\w+\}", keys.get(kind, "2025"), path)


def _asked(listening: Statements, visitor: Visitor, path: str, *may_be: int) -> int:
    with listening.heard() as heard:
        answer = visitor.get(path)
    assert answer.status_code in (200, *may_be), (path, answer.status_code)
    return len(heard)


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, int]]:
    """Page to what it asks cold and warm, in a county whose year end was played; each page cold in a process begun anew."""
    found: dict[str, tuple[int, int]] = {}
    folder = tmp_path_factory.mktemp("county")
    system, app, pages = year_end(folder)
    day = system.today()
    system.close()
    app.state.accounts.close()
    with pytest.MonkeyPatch.context() as patch, ExitStack() as opened:
        listening = Statements(patch)

        def begun_anew() -> FastAPI:
            opened.close()
            system = build(Settings(folder=folder), Calendar(day))
            opened.callback(system.close)
            app = app_of(system)
            opened.callback(app.state.accounts.close)
            return app

        for name, (who, path) in {**pages, **OTHERS}.items():
            visitor = Visitor(begun_anew(), who)
            if name == "about":
                # The first who asks for a day lets it be built from the log.
                visitor.get(path)
            found[name] = (_asked(listening, visitor, path), _asked(listening, visitor, path))
        app = begun_anew()
        visitors = {who: Visitor(app, who) for who in BY_ROLE.values()}
        for name, who, path in _forms(pages):
            numbers = [_asked(listening, visitors[who], path, 404, 409) for _ in range(2)]
            cold, warm = found.get(name, (0, 0))
            found[name] = (max(cold, numbers[0]), max(warm, numbers[1]))
    for name, (cold, warm) in found.items():
        print(f"{name:24} {cold:6} {warm:6}")
    return found


def test_a_page_asks_little(counted: dict[str, tuple[int, int]]) -> None:
    more = {
        name: numbers
        for name, numbers in counted.items()
        if any(n > most for n, most in zip(numbers, ABOVE.get(name, (COLD, WARM)), strict=True))
    }
    assert more == {}, "these pages ask more than they may"


def test_what_asks_more_than_it_may_only_ever_asks_less(counted: dict[str, tuple[int, int]]) -> None:
    less = {name: counted[name] for name, numbers in ABOVE.items() if counted[name] < numbers}
    assert less == {}, "lower these numbers, or take the page out"
