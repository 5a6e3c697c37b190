"""The tutorials of the help are played as they stand; each step can be done, and has a picture made for its words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome

from domain.account.role import Role
from interface.locales import LANGUAGES
from interface.web.help.tutorial import pictures_there, tutorials
from tests.kit.tutorials import FOLDER, Player, county, every_picture


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    with county(tmp_path) as address:
        yield address


@pytest.mark.browser
@pytest.mark.long
@pytest.mark.parametrize(
    ("role", "language"),
    [(role, language) for role in Role for language in LANGUAGES],
)
def test_every_step_of_a_tutorial_can_be_done(
    browser: Chrome, address: str, role: Role, language: str
) -> None:
    taken: list[int] = []
    Player(browser, address, tutorials()[role], language).play(taken.append)
    assert taken == list(range(1, len(tutorials()[role].steps) + 1))


def test_every_step_has_a_picture_made_for_its_words() -> None:
    """The pictures themselves differ from machine to machine, by its fonts."""
    wanted, there = every_picture(), pictures_there()
    assert set(tutorials()) == set(Role)
    assert [name for name in wanted if not (FOLDER / name).is_file()] == [], "run: make tutorials"
    outdated = sorted(name for name in wanted if there.get(name) != wanted[name])
    assert outdated == [], "made for other words; run: make tutorials"
    sizes = {path: path.stat().st_size for path in FOLDER.rglob("*.webp")}
    assert {path.relative_to(FOLDER).as_posix() for path in sizes} == set(wanted)
    assert max(sizes.values()) < 60_000 and sum(sizes.values()) < 4_000_000


def test_a_tutorial_says_everything_in_both_languages() -> None:
    for tutorial in tutorials().values():
        assert 5 <= len(tutorial.steps) <= 8, tutorial.role
        for step in tutorial.steps:
            for words in (tutorial.about, step.title, step.text, step.notice):
                assert re.search("[\u4e00-\u9fff]", words.zh) and re.search("[a-z]", words.en), words
