"""How somebody plays a journey in Chromium: by mouse, by keyboard alone, without JavaScript, or on a phone.

A journey names what a person sees: the words of a link or a button, the label of a field, and what stands beside it.
"""

from __future__ import annotations

import re
from datetime import date

from selenium.common.exceptions import WebDriverException
from selenium.webdriver import ActionChains, Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.wait import WebDriverWait

from tests.kit.browser import sign_in, sticks_out, widen

WAIT = 20
TABS = 250
"""Strokes of the Tab key before one gives up."""
TALL = 24
"""Pixels that what one presses is high at least (WCAG 2.2, 2.5.8); links within a sentence are left to axe."""


class Hand:
    """Somebody at the mouse. ``clicks`` counts links, buttons and what is unfolded; what is filled in is not counted."""

    width = 1280

    def __init__(self, browser: Chrome, address: str) -> None:
        self.browser, self.address = browser, address
        self.clicks = 0
        widen(browser, self.width)

    def sign_in(self, username: str) -> None:
        """Sign in, whoever was signed in before: the home page opens."""
        sign_in(self.browser, self.address, username)

    def follow(self, words: str, beside: str = "") -> None:
        """A link, or what unfolds, by its words, in the row, form or section that says ``beside`` as well."""
        self._press(self._found(words, beside, ("a", "summary")))

    def press(self, words: str, beside: str = "") -> None:
        """A button."""
        self._press(self._found(words, beside, ("button",)))

    def fill(self, label: str, value: str, beside: str = "") -> None:
        """A field by its label: text, the day of a date, or one of the choices; "" ticks a box."""
        field = self._field(label, beside)
        if field.tag_name == "select":
            self._choose(field, value)
        elif field.get_attribute("type") == "date":
            self._date(field, date.fromisoformat(value))
        elif field.get_attribute("type") in ("checkbox", "radio"):
            self._tick(field)
        else:
            self._write(field, value)

    def search(self, words: str) -> None:
        """What is typed into the search box, and looked for."""
        field = self.browser.find_element(By.CSS_SELECTOR, "header [name=q]")
        self._write(field, words)
        self.clicks += 1
        self._stroke(Keys.ENTER)

    def sees(self, *words: str) -> None:
        """All of this stands on the page, or will when it has come."""
        for each in words:
            wait = WebDriverWait(self.browser, WAIT, ignored_exceptions=[WebDriverException])
            wait.until(lambda _, each=each: each in self.text(), f"no {each!r} in {self.text()[:3000]}")
        self._looked_at()

    def text(self) -> str:
        """What the page says, with what is folded."""
        said = self.browser.execute_script("return document.body.textContent")
        return re.sub(r"\s+", " ", str(said))

    def _looked_at(self) -> None:
        """Whatever else shall hold of each page that is seen."""

    def _found(self, words: str, beside: str, tags: tuple[str, ...]) -> WebElement:
        wait = WebDriverWait(self.browser, WAIT, ignored_exceptions=[WebDriverException])
        found: WebElement = wait.until(
            lambda b: b.execute_script(_FIND, words, beside, list(tags)),
            f"no {'/'.join(tags)} {words!r} beside {beside!r} in {self.text()[:3000]}",
        )
        return found

    def _field(self, label: str, beside: str) -> WebElement:
        found = self._found(label, beside, ("label", "legend"))
        field: WebElement = self.browser.execute_script(
            "const at = arguments[0]; return at.control || at.querySelector('input, select, textarea')", found
        )
        return field

    def _press(self, element: WebElement) -> None:
        self.clicks += 1
        self.browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
        element.click()

    def _write(self, field: WebElement, value: str) -> None:
        field.clear()
        field.send_keys(value)

    def _choose(self, field: WebElement, value: str) -> None:
        Select(field).select_by_visible_text(_option(field, value))

    def _date(self, field: WebElement, day: date) -> None:
        # The calendar that opens is the browser's own, no part of the page.
        self.browser.execute_script("arguments[0].value = arguments[1]", field, day.isoformat())

    def _tick(self, field: WebElement) -> None:
        if not field.is_selected():
            field.click()

    def _stroke(self, *keys: str) -> None:
        ActionChains(self.browser).send_keys(*keys).perform()


class Keyboard(Hand):
    """Somebody who has no mouse: from each page's beginning with Tab to what is wanted, Enter; ``/`` for the search box."""

    def search(self, words: str) -> None:
        self._stroke("/")
        box = self.browser.find_element(By.CSS_SELECTOR, "header [name=q]")
        assert self.browser.switch_to.active_element == box
        self.clicks += 1
        self._stroke(words, Keys.ENTER)

    def _press(self, element: WebElement) -> None:
        self._reach(element)
        self.clicks += 1
        self._stroke(Keys.ENTER)

    def _reach(self, element: WebElement) -> None:
        here = "return document.activeElement === arguments[0]"
        for _ in range(TABS):
            if self.browser.execute_script(here, element):
                return
            self._stroke(Keys.TAB)
        raise AssertionError(f"{TABS} strokes of Tab do not reach {element.text!r}")

    def _write(self, field: WebElement, value: str) -> None:
        self._reach(field)
        ActionChains(self.browser).key_down(Keys.CONTROL).send_keys("a").key_up(Keys.CONTROL).send_keys(
            value
        ).perform()

    def _choose(self, field: WebElement, value: str) -> None:
        self._reach(field)
        wanted = _option(field, value)
        self._stroke(Keys.HOME)
        for _ in Select(field).options:
            if Select(field).first_selected_option.text == wanted:
                return
            self._stroke(Keys.DOWN)
        raise AssertionError(f"{value!r} is not chosen by the arrow keys")

    def _date(self, field: WebElement, day: date) -> None:
        self._reach(field)
        order = self.browser.execute_script(
            "return new Intl.DateTimeFormat().formatToParts(new Date()).map(part => part.type)"
        )
        said = {"year": f"{day:%Y}", "month": f"{day:%m}", "day": f"{day:%d}"}
        parts = [said[part] for part in order if part in said]
        self._stroke("".join(parts if parts[-1] == said["year"] else [parts[0] + Keys.RIGHT, *parts[1:]]))
        assert field.get_attribute("value") == day.isoformat()

    def _tick(self, field: WebElement) -> None:
        self._reach(field)
        if not field.is_selected():
            self._stroke(Keys.SPACE)


class WithoutScripts(Hand):
    """Somebody whose browser runs no script of the pages."""

    def __init__(self, browser: Chrome, address: str) -> None:
        super().__init__(browser, address)
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})

    def sign_in(self, username: str) -> None:
        super().sign_in(username)
        assert not self.browser.execute_script("return 'htmx' in window")


class Phone(Hand):
    """Somebody with a phone: nothing sticks out sideways, and what one taps is tall enough."""

    width = 390

    def _looked_at(self) -> None:
        assert sticks_out(self.browser) == []
        small = self.browser.execute_script(_SMALL, TALL)
        assert small == [], f"{self.browser.current_url}: {small}"


def _option(field: WebElement, value: str) -> str:
    return next(each.text for each in Select(field).options if value in each.text)


_FIND = """
const [words, beside, tags] = arguments, said = e => (e.innerText || e.textContent || '').replace(/\\s+/g, ' ').trim();
const shown = e => e.checkVisibility({checkOpacity: false, checkVisibilityCSS: true});
const around = e => e.closest('li, tr') || e.closest('form, fieldset, details, section, .card');
const holds = e => (around(e)?.textContent || '').includes(beside);
const all = [...document.querySelectorAll(tags.join(','))].filter(e => shown(e) && (!beside || holds(e)));
return all.find(e => said(e) === words) || all.find(e => said(e).startsWith(words)) || all.find(e => said(e).includes(words));
"""
_SMALL = """
return [...document.querySelectorAll('button, .button, select, textarea, summary, input:not([type=hidden])')].filter(e => {
  const box = e.getBoundingClientRect(), held = e.closest('label');
  return box.height && Math.max(box.height, held ? held.getBoundingClientRect().height : 0) < arguments[0] && e.checkVisibility();
}).map(e => `${e.tagName} ${e.textContent.trim() || e.name} ${e.getBoundingClientRect().height}`);
"""
