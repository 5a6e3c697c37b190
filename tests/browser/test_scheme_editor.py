"""The editor in a real browser: what is typed is checked beside it, without pressing anything."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver import Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from tests.kit.browser import sign_in, widen
from tests.kit.serving import demo_app, served

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    system, app = demo_app(tmp_path_factory.mktemp("browser"))
    with served(app) as address:
        yield address
    system.close()


def wait_for(browser: Chrome, selector: str, words: str) -> None:
    """Until a part of the page holds the words; it is replaced as a whole while one looks."""
    wait = WebDriverWait(browser, 20, ignored_exceptions=[StaleElementReferenceException])
    wait.until(lambda b: words in b.find_element(By.CSS_SELECTOR, selector).text)


def press(browser: Chrome, selector: str) -> None:
    """Click what may be replaced between the look and the click; pressing it once is enough."""

    def pressed(b: Chrome) -> bool:
        b.find_element(By.CSS_SELECTOR, selector).click()
        return True

    WebDriverWait(browser, 20, ignored_exceptions=[StaleElementReferenceException]).until(pressed)


@pytest.mark.long
def test_a_mistake_shows_its_line_and_remedy_while_one_types(browser: Chrome, address: str) -> None:
    widen(browser, 1280)
    sign_in(browser, address, "kaohe")
    browser.get(f"{address}/schemes/start?year=2026&start=previous")
    assert "格式无误" in browser.find_element(By.ID, "preview").text
    # Over the tree: what is typed into the general terms is checked beside them, and goes along to the text.
    browser.find_element(By.CSS_SELECTOR, "button[value='open general']").click()
    source = browser.find_element(By.NAME, "at:source")
    source.clear()
    source.send_keys(Keys.TAB)
    wait_for(browser, "#preview", "缺少这一项")
    source.send_keys("县委文件", Keys.TAB)
    wait_for(browser, "#preview", "格式无误")
    browser.execute_script("window.scrollTo(0, 0)")
    press(browser, "button[formaction$='?view=text']")
    editor = browser.find_element(By.NAME, "text")
    before = editor.get_attribute("value")
    assert before is not None and 'source = "县委文件"' in before and before.startswith("# ")
    # At the end of the text, where a clerk would add a grade.
    editor.send_keys(Keys.CONTROL, Keys.END)
    editor.send_keys('\n[[grades]]\nid = "poor"')
    line = before.count("\n") + 3
    wait_for(browser, "#preview", f"第 {line - 1} 行")
    assert "办法" in browser.find_element(By.ID, "preview").text
    assert browser.find_elements(By.CSS_SELECTOR, "#preview li.bad")
    press(browser, "#preview .problems a")
    assert "#line-" in browser.current_url
    # The mistake taken back, the preview follows; a tab leaves the field, so that a keyboard is never caught in it.
    for _ in range(len('\n[[grades]]\nid = "poor"')):
        editor.send_keys(Keys.BACKSPACE)
    wait_for(browser, "#preview", "格式无误")
    editor.send_keys(Keys.TAB)
    assert browser.switch_to.active_element != editor
    browser.execute_script("window.scrollTo(0, 0)")
    press(browser, "button[formaction*='back-test']")
    wait_for(browser, "#back-test", "没有结对会变动")
    assert "/schemes/2026/draft" in browser.current_url, "the page itself stayed"
    assert editor.get_attribute("value") == before
    severe = [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]
    assert severe == []


@pytest.mark.parametrize("width", [1280, 390])
def test_the_pages_of_schemes_fit_their_window(browser: Chrome, address: str, width: int) -> None:
    widen(browser, width)
    sign_in(browser, address, "kaohe")
    for path in (
        "/schemes",
        "/schemes/2025",
        "/schemes/2026/draft?start=previous&open=groups[0].indicators[0].parts[0]",
    ):
        browser.get(address + path)
        inside = browser.execute_script("return document.documentElement.scrollWidth <= window.innerWidth")
        assert inside, f"{path} is wider than {width}"
        severe = [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]
        assert severe == [], path
