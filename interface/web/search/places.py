"""Where somebody can go and what somebody can do: found by its name, in pinyin too, from the search box."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from application.questions.searching.matching import Name, Typed
from application.things import YEAR
from application.verbs import VERBS
from interface.web.kit.areas import AREAS
from interface.web.kit.forms.of_verb import address_of
from interface.web.kit.page.page import Page
from interface.web.kit.page.year import year_of
from interface.words import words_of


@dataclass(frozen=True)
class Place:
    """A page or a step by its title; a step is done and not only looked at."""

    title: str
    address: str
    step: bool = False


def places_of(page: Page, typed: Typed, limit: int) -> list[Place]:
    """Those that fit what was typed, the best first; all of them where nothing was."""
    if not typed.key:
        return list(_places(page))[:limit]
    found = [(hit, each) for each in _places(page) if (hit := typed.hit([Name.of(each.title)]))]
    return [each for _, each in sorted(found, key=lambda pair: pair[0].place)[:limit]]


def _places(page: Page) -> Iterator[Place]:
    for section in chain.from_iterable(area.sections for area in AREAS):
        if page.sees(section.verb):
            yield Place(page.t(section.title), page.link(section.path))
    if page.sees("read_own_account"):
        yield Place(page.t("我的账号"), "/me")
    for view in page.session.views:
        yield Place(view.name, view.address)
    if page.is_past:
        return
    year = str(year_of(page))
    for verb in VERBS.values():
        of_year = verb.on.key == YEAR and not verb.begins
        # A step that needs a thing is found on the page of the thing.
        if page.may(verb.name) and not verb.beside_log and not verb.aside and (verb.begins or of_year):
            yield Place(words_of(verb.name).title.said(page.language), address_of(verb, year), step=True)
