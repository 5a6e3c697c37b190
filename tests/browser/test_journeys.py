"""Each role's day in a real browser: by mouse, by keyboard alone, without JavaScript, on a phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from selenium.webdriver import Chrome

from tests.browser.journeys import JOURNEYS
from tests.kit.hands import Hand, Keyboard, Phone, WithoutScripts
from tests.kit.lived import lived
from tests.kit.serving import app_of, served

pytestmark = pytest.mark.browser

ALWAYS = {"from_finding_to_closed", "village_clerk_confirms", "approver_signs", "reviewer_admits_and_decides"}
"""The days that ``make test`` plays; the others go the same ways by other pages."""

Way = tuple[type[Hand], Chrome, str]


@pytest.fixture(
    scope="module",
    params=[
        Hand,
        *(pytest.param(each, marks=pytest.mark.long) for each in (Keyboard, WithoutScripts, Phone)),
    ],
    ids=lambda each: each.__name__,
)
def way(
    request: pytest.FixtureRequest, browser: Chrome, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Way]:
    """How it is played, in a county of its own."""
    system = lived(tmp_path_factory.mktemp("lived"))
    with served(app_of(system)) as address:
        browser.get_log("browser")
        yield request.param, browser, address
        # A page that keeps drafts would go on asking a server that is gone.
        browser.get("about:blank")
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    system.close()


@pytest.mark.parametrize(
    "journey",
    [pytest.param(name, marks=() if name in ALWAYS else pytest.mark.long) for name in JOURNEYS],
)
def test_a_day(way: Way, journey: str) -> None:
    hand, browser, address = way
    JOURNEYS[journey](hand(browser, address))
    severe = [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]
    assert severe == []
