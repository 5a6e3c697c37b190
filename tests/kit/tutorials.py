"""The tutorials of the help, played in a real browser on the lived demo: ``python -m tests.kit.tutorials [ROLE ...]`` takes their
pictures anew, in both languages."""

from __future__ import annotations

import base64
import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import Any

from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.wait import WebDriverWait

from application.verbs import VERBS
from interface.locales import LANGUAGES
from interface.web.help.tutorial import MADE_FOR, PICTURES, Tutorial, tutorials
from tests.kit.browser import chromium, sign_in, widen
from tests.kit.lived import TODAY, lived
from tests.kit.serving import app_of, served

FOLDER = Path(__file__).parents[2] / "interface/web/help" / PICTURES
TALLEST, MARGIN, QUALITY = 720, 14, 60
"""Pixels of a picture at most, and around what it shows; of WebP, enough to read small Chinese type."""
Take = Callable[[int], None]
SHOWN = """
const all = [...document.querySelectorAll(arguments[0])].map(e => e.getBoundingClientRect()).filter(r => r.height > 0);
if (!all.length) return null;
return [Math.min(...all.map(r => r.top)) + scrollY, Math.max(...all.map(r => r.bottom)) + scrollY];
"""
MARK = """
for (const e of document.querySelectorAll(arguments[0])) {
  const inside = e.matches('li');
  e.style.outline = '3px solid #c8321f'; e.style.outlineOffset = inside ? '-3px' : '3px'; e.style.borderRadius = '4px';
}
document.querySelector('.top').style.position = 'static';
document.activeElement.blur();
"""
# A browser without Chinese words of its own asks for days and files in English.
IN_CHINESE = """
for (const e of document.querySelectorAll('input[type=date]')) { e.type = 'text'; e.placeholder = '年/月/日'; }
for (const e of document.querySelectorAll('input[type=file]')) {
  e.style.display = 'none';
  const said = document.createElement('span');
  said.textContent = '选择文件  未选择文件';
  e.after(said);
}
"""


@contextmanager
def county(folder: Path) -> Iterator[str]:
    """The address of the lived demo: one for each tutorial, which leaves it changed."""
    system = lived(folder)
    with served(app_of(system)) as address:
        yield address
    system.close()


class Player:
    """Somebody who does what a tutorial says, in one language."""

    def __init__(self, browser: Chrome, address: str, tutorial: Tutorial, language: str) -> None:
        self.browser, self.address, self.tutorial, self.language = browser, address, tutorial, language

    def play(self, take: Take = lambda _: None) -> None:
        """Every step; ``take`` its picture when it is done. Raises ``AssertionError`` for one that cannot be done."""
        widen(self.browser, 1280)
        sign_in(self.browser, self.address, self.tutorial.who)
        self.browser.get(f"{self.address}/language?to={self.language}&next=/")
        widen(self.browser, self.tutorial.wide)
        for number, step in enumerate(self.tutorial.steps, 1):
            for each in step.does:
                try:
                    self._do(each)
                except Exception as error:
                    error.add_note(f"{self.tutorial.role.value} {self.language} step {number}: {each}")
                    raise
            for selector in filter(None, (step.shows, step.marks)):
                assert self.browser.find_elements(By.CSS_SELECTOR, selector), (
                    self.tutorial.role, number, selector, self.browser.current_url
                )  # fmt: skip
            take(number)

    def _do(self, told: Mapping[str, Any]) -> None:
        match told:
            case {"go": str(path)}:
                self.browser.get(self.address + path)
            case {"follow": words}:
                self._leave(lambda: self._link(self._said(words)))
            case {"fill": str(form), "with": dict(values)}:
                for name, value in values.items():
                    self._fill(self._form(form).find_element(By.NAME, name), self._said(value))
            case {"press": str(form)}:
                self._leave(lambda: self._button(form))
                verb = VERBS.get(form.rpartition("/")[2].replace("-", "_"))
                if verb is not None and verb.irreversible and not verb.foretold and not told.get("stops"):
                    self._leave(self._confirm)
            case {"confirm": True}:
                self._leave(self._confirm)
            case {"see": words}:
                said = self._said(words)
                main = self._wait(lambda: self.browser.find_element(By.TAG_NAME, "main").text)
                assert said in main, f"no {said!r} in {main[:1500]}"
            case _:
                raise ValueError(told)

    def _said(self, words: Any) -> str:
        """In the language of the player; a day told as so many days from today."""
        said = str(words[self.language] if isinstance(words, dict) else words)
        begins, _, days = said.partition("today ")
        return (TODAY + timedelta(days=int(days))).isoformat() if days and not begins else said

    def _link(self, said: str) -> WebElement:
        """By its words, or, where they begin with a slash, by where it leads."""
        main = self.browser.find_element(By.TAG_NAME, "body")
        if said.startswith("/"):
            return main.find_element(By.CSS_SELECTOR, f"main a[href*='{said}']")
        return main.find_element(By.PARTIAL_LINK_TEXT, said)

    def _confirm(self) -> WebElement:
        return self.browser.find_element(By.CSS_SELECTOR, "button[name='confirmed'][value='yes']")

    def _form(self, action: str) -> WebElement:
        return self.browser.find_element(By.CSS_SELECTOR, f"main form[action*='{action}']")

    def _button(self, action: str) -> WebElement:
        return self._form(action).find_element(
            By.CSS_SELECTOR, "button:not([formaction]):not([type=button]):not([hidden])"
        )

    def _fill(self, field: WebElement, value: str) -> None:
        kind = field.get_attribute("type")
        if field.tag_name == "select":
            # People choose by what is written there.
            chosen = next(
                each
                for each in Select(field).options
                if value in (each.get_attribute("value"), *each.text.split())
            )
            Select(field).select_by_value(str(chosen.get_attribute("value")))
        elif kind in ("checkbox", "radio"):
            self.browser.execute_script("arguments[0].checked = true", field)
        elif kind == "date":
            self.browser.execute_script("arguments[0].value = arguments[1]", field, value)
        else:
            field.clear()
            field.send_keys(value)

    def _leave(self, find: Callable[[], WebElement]) -> None:
        """Click, and wait for the page that it leads to."""
        self.browser.execute_script("window.left = true")
        found = self._wait(find)
        self.browser.execute_script("arguments[0].click()", found)
        self._wait(
            lambda: self.browser.execute_script("return !window.left && document.readyState == 'complete'")
        )

    def _wait(self, found: Callable[[], Any]) -> Any:
        passing = [NoSuchElementException, StaleElementReferenceException]
        return WebDriverWait(self.browser, 15, ignored_exceptions=passing).until(lambda _: found())


def photograph(browser: Chrome, tutorial: Tutorial, language: str, folder: Path) -> Take:
    """What takes the picture of a step as a file."""

    def take(number: int) -> None:
        step = tutorial.steps[number - 1]
        browser.execute_script(MARK, step.marks or "#none")
        if language == "zh":
            browser.execute_script(IN_CHINESE)
        top, bottom = browser.execute_script(SHOWN, step.shows or "body")
        top = max(0, int(top) - MARGIN) if step.shows else 0
        height = min(int(bottom) + MARGIN - top, TALLEST)
        clip = {"x": 0, "y": top, "width": tutorial.wide, "height": height, "scale": 1}
        asked = {"format": "webp", "quality": QUALITY, "captureBeyondViewport": True, "clip": clip}
        taken = browser.execute_cdp_cmd("Page.captureScreenshot", asked)
        path = folder / tutorial.picture(number, language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(taken["data"]))

    return take


def made_for(tutorial: Tutorial, language: str) -> dict[str, str]:
    """Every picture of a tutorial to the digest of the words and deeds that it should be of."""
    numbers = range(1, len(tutorial.steps) + 1)
    return {tutorial.picture(number, language): tutorial.digest(number, language) for number in numbers}


def every_picture() -> dict[str, str]:
    """The same of every tutorial, in both languages."""
    told: dict[str, str] = {}
    for each in tutorials().values():
        for language in LANGUAGES:
            told |= made_for(each, language)
    return told


def main(names: list[str]) -> None:
    """Take the pictures of these roles, of all where none is named."""
    wanted = [each for each in tutorials().values() if not names or each.role.value in names]
    with chromium() as browser:
        for tutorial, language in product(wanted, LANGUAGES):
            with tempfile.TemporaryDirectory() as data, county(Path(data)) as address:
                take = photograph(browser, tutorial, language, FOLDER)
                Player(browser, address, tutorial, language).play(take)
            _note(made_for(tutorial, language))
            print(tutorial.role.value, language, flush=True)


def _note(taken: Mapping[str, str]) -> None:
    """Write down what was taken; what belongs to no step any more goes."""
    path, every = FOLDER / MADE_FOR, every_picture()
    kept = json.loads(path.read_text(encoding="utf-8")) | taken
    told = {name: digest for name, digest in sorted(kept.items()) if name in every}
    path.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    for picture in FOLDER.rglob("*.webp"):
        if picture.relative_to(FOLDER).as_posix() not in every:
            picture.unlink()


if __name__ == "__main__":
    main(sys.argv[1:])
