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
    "overview": (50, 6),
    "overview-unit": (33, 4),
    "overview-head": (52, 6),
    "overview-village": (32, 4),
    "overview-auditor": (39, 6),
    "overview-supervisor": (40, 6),
    "pairings": (24, 4),
    "pairing": (42, 11),
    "pairing-unit": (42, 11),
    "findings": (12, 4),
    "finding": (20, 10),
    "finding-new": (13, 4),
    "sheet": (31, 4),
    "ranking": (22, 4),
    "matrix": (18, 4),
    "indicators": (18, 4),
    "trend": (22, 4),
    "trail": (89, 6),
    "event": (12, 4),
    "assessment": (22, 4),
    "assessment-unit": (22, 4),
    "schemes": (12, 4),
    "scheme-approved": (14, 7),
    "scheme-broken": (11, 4),
    "scheme-to-approve": (13, 6),
    "self-scores": (22, 5),
    "verification": (22, 4),
    "verification-sheet": (28, 5),
    "evidence": (19, 6),
    "late": (23, 5),
    "runs": (25, 17),
    "run": (22, 7),
    "run-reproduced": (24, 22),
    "run-compare": (27, 4),
    "grades": (35, 11),
    "grades-published": (33, 10),
    "simulation": (16, 4),
    "exclusions": (15, 7),
    "notice": (45, 18),
    "notice-unit": (39, 17),
    "service": (27, 8),
    "persons": (32, 13),
    "results": (20, 4),
    "results-unit": (20, 4),
    "notice-of-unit": (32, 12),
    "circular": (33, 12),
    "notices": (32, 12),
    "annual-report": (78, 12),
    "casebook": (74, 9),
    "result-uses": (21, 4),
    "result-use": (15, 7),
    "result-use-new": (29, 8),
    "facts": (14, 4),
    "appeals": (12, 4),
    "appeal": (30, 8),
    "appeal-new": (32, 16),
    "order": (16, 9),
    "result": (27, 9),
    "receipt": (12, 9),
    "anomalies": (10, 4),
    "accounts": (7, 6),
    "compare": (78, 23),
    "late-trail": (85, 4),
    "past": (34, 4),
    "sign-in": (52, 8),
    "own-account": (15, 9),
    "account": (17, 10),
    "units": (10, 4),
    "unit": (13, 7),
    "villages": (10, 4),
    "village": (13, 7),
    "scheme-start": (14, 7),
    "ranking-csv": (21, 3),
    "late-csv": (20, 3),
    "summary": (25, 6),
    "circular-word": (32, 11),
    "notice-word": (31, 11),
    "notices-word": (31, 11),
    "annual-word": (77, 11),
    "casebook-word": (73, 8),
    "forms of accounts": (7, 6),
    "forms of pairings": (14, 7),
    "forms of units": (9, 7),
    "forms of villages": (9, 7),
    "forms of findings": (10, 7),
    "forms of schemes": (7, 6),
    "forms of calendars": (6, 6),
    "forms of runs": (14, 10),
    "forms of results": (24, 18),
    "forms of result-uses": (8, 7),
    "forms of appeals": (9, 7),
    "forms of score-sheets": (13, 7),
    "forms of evidence-items": (6, 6),
    "forms of samples": (6, 6),
    "forms of cut-offs": (6, 6),
    "about": (7, 7),
}
"""Pages that ask more, each with how much (cold, warm); these numbers only ever go down."""
BY_ROLE = {actor.role: actor.username for actor in DEMO_ACTORS}
TELL_OF_THEMSELVES = {"/accesses"}
"""Pages on which looking at them shows."""
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


def _asked(listening: Statements, visitor: Visitor, path: str) -> tuple[int, int]:
    """What a page asks, looked at twice; both times it says the same."""
    numbers, told = [], []
    for _ in range(2):
        with listening.heard() as heard:
            answer = visitor.get(path)
        numbers.append(len(heard))
        told.append((answer.status_code, answer.content))
    assert told[0][0] in (200, 404, 409), (path, told[0][0])
    assert told[0] == told[1] or path in TELL_OF_THEMSELVES or path.endswith("/word"), path
    return numbers[0], numbers[1]


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
            found[name] = _asked(listening, visitor, path)
        app = begun_anew()
        visitors = {who: Visitor(app, who) for who in BY_ROLE.values()}
        for name, who, path in _forms(pages):
            found[name] = max(found.get(name, (0, 0)), _asked(listening, visitors[who], path))
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
