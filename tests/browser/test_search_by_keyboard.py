"""The search box by keyboard alone, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from selenium.webdriver import ActionChains, Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from interface.demo.accounts import VILLAGE
from tests.kit.browser import sign_in, sticks_out, widen
from tests.kit.demo_ids import PAIRING, VILLAGE_ID
from tests.kit.serving import demo_app, served

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    system, app = demo_app(tmp_path_factory.mktemp("browser"))
    with served(app) as address:
        yield address
    system.close()


def press(browser: Chrome, *keys: str) -> None:
    ActionChains(browser).send_keys(*keys).perform()


def palette(browser: Chrome) -> None:
    ActionChains(browser).key_down(Keys.CONTROL).send_keys("k").key_up(Keys.CONTROL).perform()


def suggested(browser: Chrome, title: str) -> None:
    """Until this is the first of what is suggested."""
    first = "const list = document.getElementById('search-options');"
    first += "return list.hidden ? '' : (list.querySelector('[role=option]') || {}).textContent || ''"
    WebDriverWait(browser, 20).until(lambda b: title in b.execute_script(first))


def chosen(browser: Chrome) -> str:
    """What the box says is chosen, to whoever does not see it."""
    box = browser.find_element(By.ID, "search")
    option = browser.find_element(By.ID, str(box.get_attribute("aria-activedescendant")))
    assert option.get_attribute("aria-selected") == "true"
    return option.text


@pytest.mark.parametrize("width", [1280, 390])
def test_one_finds_goes_and_does_by_keyboard(browser: Chrome, address: str, width: int) -> None:
    widen(browser, width)
    sign_in(browser, address, "ducha")
    browser.get(f"{address}/appeals")
    press(browser, "/")
    box = browser.find_element(By.ID, "search")
    assert browser.switch_to.active_element == box and box.get_attribute("value") == ""
    press(browser, "nanxicun")
    suggested(browser, VILLAGE)
    assert box.get_attribute("aria-expanded") == "true" and sticks_out(browser) == []
    press(browser, Keys.DOWN, Keys.DOWN)
    assert VILLAGE in chosen(browser)
    press(browser, Keys.UP)
    assert chosen(browser).startswith(VILLAGE)
    press(browser, Keys.DOWN, Keys.ENTER)
    WebDriverWait(browser, 20).until(lambda b: b.current_url == f"{address}/pairings/{PAIRING}")
    palette(browser)
    suggested(browser, "我的工作")
    press(browser, "djwt")
    suggested(browser, "登记问题")
    press(browser, Keys.DOWN, Keys.ENTER)
    WebDriverWait(browser, 20).until(lambda b: "/findings/raise-finding" in b.current_url)
    palette(browser)
    suggested(browser, "我的工作")
    press(browser, Keys.ESCAPE)
    box = browser.find_element(By.ID, "search")
    assert not browser.find_element(By.ID, "search-options").is_displayed()
    assert box.get_attribute("aria-expanded") == "false"
    # Enter where nothing is chosen sends the form, as without a script.
    press(browser, VILLAGE, Keys.ENTER)
    WebDriverWait(browser, 20).until(lambda b: "/search?q=" in b.current_url)
    assert browser.find_elements(By.CSS_SELECTOR, f"main a[href='/villages/{VILLAGE_ID}']")
    severe = [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]
    assert severe == []


def test_nothing_is_suggested_after_the_session_has_ended(browser: Chrome, address: str) -> None:
    widen(browser, 1280)
    sign_in(browser, address, "ducha")
    browser.get(f"{address}/appeals")
    browser.delete_all_cookies()
    note = "addEventListener('htmx:afterRequest', each => { window.answered = each.detail.xhr.responseURL })"
    browser.execute_script(note)
    press(browser, "/", "nanxi")
    answered = "return window.answered || ''"
    WebDriverWait(browser, 20).until(lambda b: "/sign-in" in b.execute_script(answered))
    options = browser.find_element(By.ID, "search-options")
    assert not options.is_displayed() and not options.get_attribute("innerHTML")


def test_a_stroke_is_a_letter_where_one_writes(browser: Chrome, address: str) -> None:
    widen(browser, 1280)
    sign_in(browser, address, "ducha")
    browser.get(f"{address}/findings/raise-finding")
    field = browser.find_element(By.NAME, "description")
    field.send_keys("1/2")
    assert field.get_attribute("value") == "1/2" and browser.switch_to.active_element == field
