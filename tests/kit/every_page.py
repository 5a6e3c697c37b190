"""Every page and every form of a county whose year end was played: who looks at it, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator

from application.access import ROLES
from application.look import look_of
from application.system import System
from application.things import ACCOUNT, key_of_sheet
from interface.demo.accounts import DEMO_ACTORS
from interface.web.app import PUBLIC, ROOMS, verbs_of
from tests.kit.demo_ids import BRANCH, PAIRING, VILLAGE_ID
from tests.kit.played import Pages
from tests.kit.yearend import run_named

BY_ROLE = {actor.role: actor.username for actor in DEMO_ACTORS}
OTHERS: Pages = {
    "sign-in": ("kaohe", "/sign-in"),
    "own-account": ("kaohe", "/me"),
    "account": ("guanli", "/accounts/danwei"),
    "refused-sign-ins": ("fuhe", "/accesses/refused"),
    "rules": ("danwei", "/help/rules"),
    "data": ("ducha", "/data"),
    "export": ("ducha", "/data/exports/findings"),
    "template": ("ducha", "/data/templates/all.xlsx"),
    "activities": ("kaohe", "/activities?year=2025"),
    "needs": ("kaohe", "/needs?year=2025&state=met"),
    "need": ("cun", "/needs/XQ2025-0528"),
    "resources": ("ducha", "/resources"),
    "projects": ("kaohe", "/projects?year=2025&sort=-budget"),
    "project": ("kaohe", "/projects/XM2025-001"),
    "slips": ("ducha", "/slips?year=2025"),
    "circulars": ("ducha", "/circulars?year=2025"),
    "cases": ("kaohe", "/cases?year=2025"),
    "campaigns": ("kaohe", "/campaigns?year=2025"),
    "figures": ("kaohe", "/facts?year=2025"),
    "plans": ("kaohe", "/plans?year=2025"),
    "plan": ("danwei", f"/plans/{key_of_sheet(2025, PAIRING)}"),
    "agreements": ("ducha", "/agreements"),
    "coverage": ("ducha", "/coverage"),
    "pairing-list": ("ducha", "/pairing-lists/2026"),
    "policies": ("danwei", "/policies"),
    "proposals": ("ducha", "/proposals?year=2025"),
    "likenesses": ("kaohe", "/likenesses?year=2025"),
    "burden": ("kaohe", "/burden?year=2025"),
    "complaints": ("cun", "/complaints"),
    "documents": ("ducha", "/documents?year=2025"),
    "units": ("kaohe", "/units"),
    "unit": ("kaohe", f"/units/{BRANCH}"),
    "villages": ("kaohe", "/villages"),
    "village": ("kaohe", f"/villages/{VILLAGE_ID}"),
    "township": ("xiangzhen", "/"),
    "township-villages": ("xiangzhen", "/villages"),
    "township-village": ("xiangzhen", f"/villages/{VILLAGE_ID}"),
    "township-coverage": ("xiangzhen", "/coverage"),
    "township-pairings": ("xiangzhen", "/pairings?year=2025"),
    "township-activities": ("xiangzhen", "/activities?year=2025"),
    "township-findings": ("xiangzhen", "/findings?year=2025"),
    "township-results": ("xiangzhen", "/results?year=2025"),
    "township-sheet": ("xiangzhen", f"/scores/{PAIRING}?year=2025"),
    "scheme-text": ("kaohe", "/schemes/2025/text"),
    "scheme-start": ("kaohe", "/schemes/start?year=2027"),
    "notices-list": ("danwei", "/notice"),
    "ranking-csv": ("kaohe", "/ranking.csv"),
    "late-csv": ("kaohe", "/late/export?format=csv&year=2025"),
    "summary": ("kaohe", "/documents/summary/2025-1"),
    "circular-word": ("kaohe", "/documents/circular/2025-1/word"),
    "notice-word": ("kaohe", f"/documents/notice/2025-1/{BRANCH}/word"),
    "notices-print": ("kaohe", "/documents/notices/2025-1/print"),
    "notices-word": ("kaohe", "/documents/notices/2025-1/word"),
    "annual-word": ("kaohe", "/reports/annual/word?year=2025&run=2025-1"),
    "casebook-print": ("kaohe", "/reports/casebook/print?year=2025"),
    "casebook-word": ("kaohe", "/reports/casebook/word?year=2025"),
}


def every_page(system: System, pages: Pages) -> Pages:
    """The pages of `played` and all others; a number leads to the address with the id, which is what is given."""
    numbers = {number: run_named(system, number) for number in ("2025-1", "2025-2")}
    person = ACCOUNT.state(look_of(system), "danwei").person_behind("danwei").ref
    named: Pages = {
        "person": ("ducha", f"/persons/{person}"),
        "person-of-office": ("guanli", f"/persons/{person}"),
    }
    return named | {
        name: (who, re.sub(r"2025-[12]\b", lambda each: numbers[each[0]], path))
        for name, (who, path) in {**pages, **OTHERS}.items()
    }


def every_form(pages: Pages) -> Iterator[tuple[str, str, str]]:
    """Every form of a verb: what it is counted as, who looks, and where. Forms of one kind of thing count as one page."""
    of_finding, of_appeal = (pages[name][1].split("/")[2] for name in ("finding", "appeal"))
    keys = {
        "accounts": "danwei",
        "appeals": of_appeal,
        "findings": of_finding,
        "pairings": PAIRING,
        "persons": pages["person"][1].split("/")[2],
        "plans": key_of_sheet(2025, PAIRING),
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
