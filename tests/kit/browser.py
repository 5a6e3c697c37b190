"""A real browser for tests: Debian's Chromium, headless; skipped with a loud line where there is none."""

from __future__ import annotations

import base64
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from interface.demo.accounts import PASSWORD

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--force-device-scale-factor=1",
)


class BrowserMissing(UserWarning):
    """No Chromium here; the browser tests did not run."""


def available() -> bool:
    """Whether Chromium and its driver are installed."""
    return bool(shutil.which("chromium") and shutil.which("chromedriver"))


@contextmanager
def chromium(width: int = 1280, height: int = 900) -> Iterator[webdriver.Chrome]:
    """A browser with an empty profile."""
    options = Options()
    options.binary_location = str(shutil.which("chromium"))
    with tempfile.TemporaryDirectory() as profile:
        for flag in (*FLAGS, f"--user-data-dir={profile}", f"--window-size={width},{height}"):
            options.add_argument(flag)
        driver = webdriver.Chrome(options=options, service=Service(str(shutil.which("chromedriver"))))
        try:
            yield driver
        finally:
            driver.quit()


def widen(driver: webdriver.Chrome, width: int, height: int = 900) -> None:
    """Let the page be ``width`` wide exactly: a window is never narrower than Chromium's own minimum (some 500 px)."""
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    assert driver.execute_script("return window.innerWidth") == width


def sticks_out(driver: webdriver.Chrome) -> list[str]:
    """What makes the page wider than its window: the outermost elements that reach beyond it, outside of boxes that
    scroll by themselves; empty where everything fits."""
    return [str(each) for each in driver.execute_script(STICKS_OUT)]


def broken_days(driver: webdriver.Chrome) -> list[str]:
    """Days and numbers that go over two lines, as 2026- and 11-26; empty where each stands on one."""
    return [str(each) for each in driver.execute_script(BROKEN_DAYS)]


def sign_in(browser: webdriver.Chrome, address: str, username: str) -> None:
    """Sign in through the page, whoever was signed in before."""
    browser.get(f"{address}/sign-in")
    browser.delete_all_cookies()
    browser.get(f"{address}/sign-in")
    browser.find_element(By.NAME, "username").send_keys(username)
    browser.find_element(By.NAME, "password").send_keys(PASSWORD)
    browser.find_element(By.CSS_SELECTOR, "main button").click()
    WebDriverWait(browser, 20).until(lambda b: "/sign-in" not in b.current_url)


STICKS_OUT = """
const root = document.documentElement, width = root.clientWidth;
const beyond = [...document.body.querySelectorAll('*')].filter(e => {
  if (e.matches('.skip') || !e.checkVisibility() || e.getBoundingClientRect().right <= width + 1) return false;
  for (let up = e.parentElement; up; up = up.parentElement)
    if (['auto', 'scroll', 'hidden'].includes(getComputedStyle(up).overflowX)) return false;
  return true;
});
const named = beyond.filter(e => !beyond.includes(e.parentElement)).map(
  e => `${e.tagName.toLowerCase()}.${e.getAttribute('class') || ''}: ${(e.textContent || '').trim().slice(0, 40)}`);
return root.scrollWidth > width && !named.length ? ['something'] : named;
"""


BROKEN_DAYS = """
const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
while (texts.nextNode()) {
  const text = texts.currentNode, day = document.createRange();
  for (const each of text.data.matchAll(/\\d{4}-\\d\\d-\\d\\d|[A-Z]{2}\\d{4}-\\d+/g)) {
    day.setStart(text, each.index);
    day.setEnd(text, each.index + each[0].length);
    const lines = [...day.getClientRects()].filter(line => line.width > 0);
    if (lines.length > 1 && lines.at(-1).top - lines[0].top > 4)
      found.push(`${text.parentElement.tagName.toLowerCase()}: ${each[0]}`);
  }
}
return found;
"""


def screenshot(driver: webdriver.Chrome, path: Path) -> None:
    """The whole page, not only the window."""
    whole = driver.execute_cdp_cmd(
        "Page.captureScreenshot", {"format": "png", "captureBeyondViewport": True, "clip": _whole(driver)}
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(base64.b64decode(whole["data"]))


def _whole(driver: webdriver.Chrome) -> dict[str, int]:
    width, height = driver.execute_script(
        "const e = document.documentElement; return [e.clientWidth, e.scrollHeight]"
    )
    return {"x": 0, "y": 0, "width": width, "height": min(height, TALLEST), "scale": 1}


TALLEST = 9000
"""Pixels of a picture at most: lists of hundreds of rows look alike further down."""


@pytest.fixture(scope="session")
def browser() -> Iterator[webdriver.Chrome]:
    """One browser for all browser tests of the session."""
    if not available():
        with warnings.catch_warnings():
            warnings.simplefilter("always")
            warnings.warn("NO CHROMIUM HERE: the browser tests did not run", BrowserMissing, stacklevel=1)
        pytest.skip("NO CHROMIUM HERE: install chromium and chromium-driver to run the browser tests")
    with chromium() as driver:
        yield driver
