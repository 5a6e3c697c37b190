"""How many statements each page sends to the databases: right after a start (cold), and looked at once more (warm)."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest

from application.settings import Settings
from interface.composition import build
from tests.kit.every_page import every_form, every_page
from tests.kit.played import Calendar, Pages, year_end
from tests.kit.serving import Visitor, app_of
from tests.kit.statements import Statements

COLD, WARM = 8, 5
"""What a page may ask."""
HEAVIEST = 120_000
"""The bytes that a page may have."""
FILES = ("/word", "/print")
"""How the addresses end of what is kept or printed whole, as long as there is much."""
ABOVE: dict[str, tuple[int, int]] = {
    # Two pages, each measured as known at its own moment.
    "compare": (11, 5),
    # Sessions, sign-ins and the own name are asked each time, each in a database of its own.
    "own-account": (8, 7),
}
"""Pages that ask more, each with how much (cold, warm), and why; these numbers only ever go down."""
TELL_OF_THEMSELVES = {"/accesses"}
"""Pages on which looking at them shows."""
SLOW = {"notices-word", "casebook-word"}
"""Papers for everybody at once in Word, which take half a minute: left to the long form."""


def _asked(listening: Statements, visitor: Visitor, path: str) -> tuple[int, int]:
    """What a page asks, looked at twice; both times it says the same."""
    numbers, told = [], []
    for _ in range(2):
        with listening.heard() as heard:
            answer = visitor.get(path)
        numbers.append(len(heard))
        told.append((answer.status_code, answer.content))
    assert told[0][0] in (200, 404, 409), (path, told[0][0])
    assert len(told[0][1]) <= HEAVIEST or path.partition("?")[0].endswith(FILES), (path, len(told[0][1]))
    # Office files state when they were made.
    made = told[0][1].startswith(b"PK")
    assert told[0] == told[1] or path in TELL_OF_THEMSELVES or made, path
    return numbers[0], numbers[1]


Counted = dict[str, tuple[int, int]]
"""Page to what it asks at the first look and at the second."""


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, date, Pages]:
    """A folder in which a year end was played, with the pages that it has now; a number leads to the address with the id,
    which is what is counted."""
    folder = tmp_path_factory.mktemp("county")
    system, app, pages = year_end(folder)
    day, named = system.today(), every_page(system, pages)
    # The first paper that anybody looks at would sign, whichever that is, and ask five statements for it.
    system.custody.sign("served document")
    system.close()
    app.state.accounts.close()
    return folder, day, named


def _count(county: tuple[Path, date, Pages], *, anew: bool, each: int = 1) -> Counted:
    """What each page asks, or one of so many; where ``anew``, each in a process begun anew."""
    folder, day, pages = county
    forms = list(every_form(pages))
    lookers = sorted({who for who, _ in pages.values()} | {who for _, who, _ in forms})
    found: Counted = {}
    with pytest.MonkeyPatch.context() as patch, ExitStack() as opened:
        listening = Statements(patch)

        def begun_anew() -> dict[str, Visitor]:
            opened.close()
            system = build(Settings(folder=folder), Calendar(day))
            opened.callback(system.close)
            app = app_of(system)
            opened.callback(app.state.accounts.close)
            # Whoever looks at none of the pages leaves nothing in the memory that they are counted by.
            return {username: Visitor(app, username) for username in lookers}

        visitors = begun_anew()
        for name, (who, path) in list(pages.items())[::each]:
            if name in SLOW and not anew:
                continue
            if anew:
                visitors = begun_anew()
            if name == "about":
                # The first who asks for a day lets it be built from the log.
                visitors[who].get(path)
            found[name] = _asked(listening, visitors[who], path)
        for name, who, path in forms[::each]:
            found[name] = max(found.get(name, (0, 0)), _asked(listening, visitors[who], path))
    for name, (first, second) in found.items():
        print(f"{name:24} {first:6} {second:6}")
    return found


def _as_told(counted: Counted, look: int) -> None:
    bounds = (COLD, WARM)
    asked = {name: numbers[look] for name, numbers in counted.items()}
    told = {
        name: numbers[look]
        for name, numbers in ABOVE.items()
        if name in asked and numbers[look] > bounds[look]
    }
    more = {name: number for name, number in asked.items() if number > told.get(name, bounds[look])}
    assert more == {}, "these pages ask more than they may"
    less = {name: asked[name] for name, number in told.items() if asked[name] < number}
    assert less == {}, "lower these numbers, or take the page out"


@pytest.mark.parametrize("each", [6, pytest.param(1, marks=pytest.mark.long)])
def test_a_page_looked_at_again_asks_little(county: tuple[Path, date, Pages], each: int) -> None:
    _as_told(_count(county, anew=False, each=each), 1)


@pytest.mark.long
def test_a_page_right_after_a_start_asks_little(county: tuple[Path, date, Pages]) -> None:
    _as_told(_count(county, anew=True), 0)
