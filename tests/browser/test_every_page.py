"""Every page in a real browser, in both languages: nothing runs out of a wide or a narrow window, fails to load, or is
against a rule of WCAG 2.2 that axe-core can look at."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from selenium.common.exceptions import WebDriverException
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.wait import WebDriverWait

from tests.kit.axe import violations
from tests.kit.browser import broken_days, sign_in, sticks_out, widen
from tests.kit.every_page import OTHERS
from tests.kit.played import PAIRING, Pages, by_hand, year_end
from tests.kit.serving import demo_app, served

pytestmark = pytest.mark.browser
ALSO = (
    "own-account",
    "account",
    "data",
    "activities",
    "needs",
    "need",
    "projects",
    "project",
    "slips",
    "circulars",
    "cases",
    "campaigns",
    "figures",
    "plans",
    "plan",
    "agreements",
    "coverage",
    "pairing-list",
    "policies",
    "proposals",
    "resources",
    "likenesses",
    "burden",
    "complaints",
    "documents",
    "units",
    "unit",
    "villages",
    "village",
    "township",
    "township-villages",
    "township-village",
    "township-coverage",
    "township-pairings",
    "township-activities",
    "township-findings",
    "scheme-start",
    "notices-list",
)
"""Pages without anything of the year end on them."""

Played = tuple[str, Pages]


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(year_end, id="played"),
        pytest.param(by_hand, id="by hand", marks=pytest.mark.long),
    ],
)
def county(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    """Its address and its pages."""
    system, app, pages = request.param(tmp_path_factory.mktemp("browser"))
    if request.param is year_end:
        pages |= {name: OTHERS[name] for name in ALSO}
    with served(app) as address:
        yield address, pages
    system.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    system, app = demo_app(tmp_path_factory.mktemp("browser"))
    with served(app) as address:
        yield address
    system.close()


def press(browser: Chrome, step: str, then: str) -> None:
    """Send the form of a step and wait for the status it leads to."""
    browser.find_element(By.CSS_SELECTOR, f"form[action$='{step}'] button").click()
    # The old page may go between finding the list and reading it.
    wait = WebDriverWait(browser, 20, ignored_exceptions=[WebDriverException])
    wait.until(lambda b: then in b.find_element(By.CSS_SELECTOR, "main .beside dl.facts").text)


@pytest.mark.parametrize(
    ("language", "width", "every"),
    [
        # What fits a telephone seldom sticks out of a desk's window; pages of one pattern seldom differ.
        ("zh", 390, 16),
        *(
            pytest.param(language, width, 1, marks=pytest.mark.long)
            for language in ("zh", "en")
            for width in (390, 1440)
        ),
    ],
)
def test_every_page_fits_its_window_and_is_open_to_all(
    browser: Chrome, county: Played, language: str, width: int, every: int
) -> None:
    address, all_pages = county
    pages = {name: all_pages[name] for name in sorted(all_pages)[::every]}
    wrong = []
    for who in sorted({who for who, _ in pages.values()}):
        widen(browser, 1280)
        sign_in(browser, address, who)
        browser.get(f"{address}/language?to={language}&next=/sign-in")
        widen(browser, width)
        for name in (name for name, (reader, _) in pages.items() if reader == who):
            browser.get(address + pages[name][1])
            assert browser.find_element(By.TAG_NAME, "h1").text
            wrong += [(name, entry) for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]
            wrong += [(name, each) for each in sticks_out(browser)]
            wrong += [(name, each) for each in broken_days(browser)]
            wrong += [(name, each) for each in violations(browser)]
    assert not wrong, "\n".join(map(str, wrong))


@pytest.mark.parametrize("width", [1280, 390])
def test_what_sticks_out_of_a_window_is_seen(browser: Chrome, width: int) -> None:
    """The measure itself: an element one tenth too wide is named, the same one in a box that scrolls is not."""
    widen(browser, width)
    wide = f"<b class=wide style='display: block; width: {width * 11 // 10}px'>wide</b>"
    browser.get(f"data:text/html,<body style='margin: 0'>{wide}")
    assert sticks_out(browser) == ["b.wide: wide"]
    browser.get(f"data:text/html,<body style='margin: 0'><div style='overflow-x: auto'>{wide}</div>")
    assert sticks_out(browser) == []


def test_a_day_goes_over_no_two_lines(browser: Chrome, address: str) -> None:
    """The measure names a day in a cell that is too narrow, one in a sentence, and a number; a pairing's page has none."""
    widen(browser, 390)
    cell = "<td style='width: 3em'>2026-11-26"
    browser.get(f"data:text/html,<table style='width: 3em; table-layout: fixed'><tr>{cell}</table>")
    assert broken_days(browser) == ["td: 2026-11-26"]
    browser.get("data:text/html,<p style='width: 8em'>due by 2026-11-26")
    assert broken_days(browser) == ["p: 2026-11-26"]
    browser.get("data:text/html,<p style='width: 6em'>case WT2026-111")
    assert broken_days(browser) == ["p: WT2026-111"]
    sign_in(browser, address, "ducha")
    browser.get(f"{address}/pairings/{PAIRING}?year=2025")
    browser.execute_script("for (const each of document.querySelectorAll('details')) each.open = true")
    assert broken_days(browser) == []


@pytest.mark.parametrize(
    ("told", "rule"),
    [
        ("<img src='data:,'>", "image-alt"),
        ("<p style='color: #999; background: #fff'>faint</p>", "color-contrast"),
        (
            "<a href='#' style='display: block; width: 9px'>x</a><a href='#' style='display: block; width: 9px'>y</a>",
            "target-size",
        ),
    ],
)
def test_what_is_against_a_rule_is_seen(browser: Chrome, told: str, rule: str) -> None:
    """The measure itself."""
    widen(browser, 1280)
    page = "<!doctype html><html lang=en><title>page</title><main>"
    browser.get(f"data:text/html,{quote(page + told)}")
    assert {each.split()[0] for each in violations(browser)} == {rule}


def test_a_point_unfolds_down_to_its_event(browser: Chrome, address: str) -> None:
    widen(browser, 1280)
    sign_in(browser, address, "fuhe")
    browser.get(f"{address}/scores/{PAIRING}")
    browser.find_element(By.CSS_SELECTOR, ".lost a[href='#A3']").click()
    browser.find_element(By.ID, "A3").find_element(By.PARTIAL_LINK_TEXT, "#").click()
    assert "/events/" in browser.current_url
    assert "活动台账.xlsx" in browser.find_element(By.TAG_NAME, "main").text


def test_a_finding_is_put_right_by_its_roles(browser: Chrome, address: str) -> None:
    widen(browser, 1280)
    sign_in(browser, address, "danwei")
    browser.get(f"{address}/findings/WT2025-059")
    browser.find_element(By.NAME, "account").send_keys("已重新登记")
    press(browser, "submit-rectification", "已提交")
    sign_in(browser, address, "ducha")
    browser.get(f"{address}/findings/WT2025-059")
    browser.find_element(By.CSS_SELECTOR, "form[action$='reinspect'] [name=inspector]").send_keys("督查员乙")
    passed = browser.find_element(By.CSS_SELECTOR, "form[action$='reinspect'] [name=passed]")
    Select(passed).select_by_value("yes")
    press(browser, "reinspect", "已验收")
    press(browser, "close-finding", "已销号")
