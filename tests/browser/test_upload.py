"""A ledger dropped on the page in a real browser: previewed by itself, confirmed, recorded, without a reload by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from interface.demo.accounts import UNIT, VILLAGE
from tests.kit.browser import sign_in, widen
from tests.kit.serving import demo_app, served
from tests.unit.ledgers.ledger_books import right, write_book

pytestmark = pytest.mark.browser
DROP = """
const moved = new DataTransfer();
for (const file of document.getElementById("carried").files) moved.items.add(file);
const form = document.querySelector("form[data-upload]");
for (const kind of ["dragover", "drop"])
  form.dispatchEvent(new DragEvent(kind, {dataTransfer: moved, bubbles: true, cancelable: true}));
"""
"""What a browser does when files are dropped; a driver cannot drag from a desktop, so the file is carried by a field."""
CARRY = """
const field = document.createElement("input");
field.type = "file"; field.id = "carried"; document.body.append(field);
"""


def test_a_ledger_is_dropped_looked_at_and_recorded(browser: Chrome, tmp_path: Path) -> None:
    held = right(
        "activities",
        unit=UNIT,
        village=VILLAGE,
        theme="冬季走访",
        held_on="2025-11-03",
        reported_on="2025-11-04",
    )
    wrong = right("activities", unit=UNIT, village=VILLAGE, held_on="2025-13-03")
    book = write_book(tmp_path / "十一月.xlsx", {"activities": [held, wrong]})
    system, app = demo_app(tmp_path / "county")
    before = system.log.position()
    with served(app) as address:
        widen(browser, 1280)
        sign_in(browser, address, "ducha")
        browser.get(f"{address}/data")
        browser.execute_script(CARRY)
        browser.find_element(By.ID, "carried").send_keys(str(book))
        browser.execute_script(DROP)
        assert browser.find_element(By.CSS_SELECTOR, "[data-chosen]").text == "十一月.xlsx"
        browser.find_element(By.CSS_SELECTOR, "form[data-upload] button").click()
        wait = WebDriverWait(browser, 30)
        wait.until(lambda b: "/data/imports/" in b.current_url)
        wait.until(lambda b: b.find_elements(By.CSS_SELECTOR, "form[action$='/confirm'] button"))
        shown = browser.find_element(By.ID, "main").text
        assert "尚未登记任何内容" in shown and "没有这一天" in shown and system.log.position() == before
        browser.find_element(By.CSS_SELECTOR, "form[action$='/confirm'] button").click()
        wait.until(lambda b: b.find_elements(By.CSS_SELECTOR, "a[href*='/trail?correlation=']"))
        browser.find_element(By.CSS_SELECTOR, "a[href*='/trail?correlation=']").click()
        wait.until(lambda b: "冬季走访" in b.find_element(By.ID, "main").text)
        assert system.log.position() == before + 1
        assert [line for line in browser.get_log("browser") if line["level"] == "SEVERE"] == []
    app.state.uploads.close()
    system.close()
