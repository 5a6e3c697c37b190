"""Every page in a real browser once, in both languages: nothing runs out of the window or fails to load."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from domain.kernel import ids
from interface.accounts.demo import PASSWORD, UNIT, VILLAGE
from tests.kit.serving import Visitor, demo_app, served

PAIRING = ids.pairing_id(2025, ids.village_code(VILLAGE), ids.branch_code(UNIT))
PAGES = [
    "/",
    "/pairings",
    f"/pairings/{PAIRING}",
    "/findings",
    "/findings/WT2025-059",
    "/findings/new",
    f"/scores/{PAIRING}",
    "/ranking",
    "/trail",
    "/events/5000",
    "/runs",
    "/appeals",
    "/anomalies",
    "/compare?page=/&from=4000",
    "/?about=2025-06-30",
    "/trail?late=1",
    "/documents/order/WT2025-059",
    f"/documents/result/{PAIRING}",
    "/?at=4000",
    "/assessment?year=2025",
    "/verification?year=2025",
    f"/verification/{PAIRING}",
    f"/self-scores/{PAIRING}",
    "/evidence?year=2025",
    "/late?year=2025",
]

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    system, app = demo_app(tmp_path_factory.mktemp("browser"))
    Visitor(app, "kaohe").post("/runs?year=2025", because="年终核定")
    with served(app) as address:
        yield address
    system.close()


def sign_in(browser: Chrome, address: str, username: str) -> None:
    browser.get(f"{address}/sign-in")
    browser.delete_all_cookies()
    browser.get(f"{address}/sign-in")
    browser.find_element(By.NAME, "username").send_keys(username)
    browser.find_element(By.NAME, "password").send_keys(PASSWORD)
    browser.find_element(By.CSS_SELECTOR, "main button").click()
    WebDriverWait(browser, 20).until(lambda b: "/sign-in" not in b.current_url)


def press(browser: Chrome, step: str, then: str) -> None:
    """Send the form of a step and wait for the status it leads to."""
    browser.find_element(By.CSS_SELECTOR, f"form[action$='{step}'] button").click()
    # The old page may go between finding the list and reading it.
    wait = WebDriverWait(browser, 20, ignored_exceptions=[StaleElementReferenceException])
    wait.until(lambda b: then in b.find_element(By.CSS_SELECTOR, "main dl").text)


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_fits_its_window(browser: Chrome, address: str, language: str, width: int) -> None:
    browser.set_window_size(width, 900)
    sign_in(browser, address, "ducha")
    browser.get(f"{address}/language?to={language}&next=/")
    for path in [*PAGES, "sign in", "/accesses"]:
        if path == "sign in":
            sign_in(browser, address, "fuhe")
            browser.get(f"{address}/language?to={language}&next=/")
            continue
        browser.get(address + path)
        inside = browser.execute_script("return document.documentElement.scrollWidth <= window.innerWidth")
        assert inside, f"{path} in {language} is wider than {width}"
        assert browser.find_element(By.TAG_NAME, "h1").text
        severe = [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]
        assert severe == [], path


def test_a_point_unfolds_down_to_its_event(browser: Chrome, address: str) -> None:
    browser.set_window_size(1280, 900)
    sign_in(browser, address, "fuhe")
    browser.get(f"{address}/scores/{PAIRING}")
    line = browser.find_element(By.ID, "A3")
    line.find_element(By.TAG_NAME, "summary").click()
    line.find_element(By.PARTIAL_LINK_TEXT, "#").click()
    assert "/events/" in browser.current_url
    assert "活动台账.xlsx" in browser.find_element(By.TAG_NAME, "main").text


def test_a_finding_is_put_right_by_its_roles(browser: Chrome, address: str) -> None:
    browser.set_window_size(1280, 900)
    sign_in(browser, address, "danwei")
    browser.get(f"{address}/findings/WT2025-059")
    browser.find_element(By.NAME, "account").send_keys("已重新登记")
    press(browser, "submit-rectification", "已提交")
    sign_in(browser, address, "ducha")
    browser.get(f"{address}/findings/WT2025-059")
    press(browser, "reinspect", "已验收")
    press(browser, "close-finding", "已销号")
