"""What leads up from a page opens for whoever sees it: crumbs, and what a form is about; in the long form every link."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterator

import pytest
from fastapi import FastAPI

from interface.demo.accounts import DEMO_ACTORS
from tests.kit.every_page import every_form, every_page
from tests.kit.played import Pages, year_end
from tests.kit.serving import Visitor

QUICK = 24
"""Every so many-th page of each role is looked at in the quick form."""
Found = dict[str, set[str]]
"""A link that does not open, to the pages on which it stands."""
SLOW = re.compile("/(documents|reports|data)/|reproduce|word|csv|package")
"""Papers and files, which have no crumbs and take long."""
OF_OTHERS = ("/static", "/help/", "/language", "/year", "/api", "/sign-", "/acting")


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[FastAPI, Pages]]:
    system, app, pages = year_end(tmp_path_factory.mktemp("crumbs"))
    yield app, every_page(system, pages)
    system.close()


def addresses(pages: Pages) -> list[str]:
    """Every page and every form, once."""
    forms = [address for _, _, address in every_form(pages)]
    # A clerk's own forms are of another sort than those that stand for their kind.
    own = [
        f"/units/{pages['unit'][1].rpartition('/')[2]}/{each}"
        for each in ("fix-party-day", "change-party-day")
    ]
    return list(dict.fromkeys([*own, *(path for _, path in pages.values()), *forms]))


def crumbs(text: str) -> list[str]:
    """The addresses in the crumbs of a page, and of what its form is about."""
    told = re.findall(r'<p class="(?:crumbs|about)">(.*?)</p>', text, re.DOTALL)
    return [html.unescape(each) for part in told for each in re.findall(r'href="(/[^"#]*)', part)]


def links(text: str) -> list[str]:
    """All that a page leads to."""
    main = text.partition("<main")[2].partition("</main>")[0]
    return [html.unescape(each) for each in re.findall(r'<a [^>]*href="(/[^"#]*)', main)]


def closed(app: FastAPI, who: str, paths: list[str], whole: bool) -> Found:
    """What is led to from these pages, as far as they open for the account, and does not open."""
    visitor, status, found = Visitor(app, who), dict[str, int](), defaultdict[str, set[str]](set)
    for path in paths:
        answer = visitor.get(path)
        if answer.status_code != 200 or not answer.headers["content-type"].startswith("text/html"):
            continue
        for link in links(answer.text) if whole else crumbs(answer.text):
            if link.startswith(OF_OTHERS):
                continue
            if link not in status:
                status[link] = visitor.get(link).status_code
            if status[link] != 200:
                found[f"{status[link]} {link}"].add(path)
    return found


@pytest.mark.parametrize("who", [actor.username for actor in DEMO_ACTORS])
def test_what_leads_up_from_a_page_opens(county: tuple[FastAPI, Pages], who: str) -> None:
    app, pages = county
    every, nth = addresses(pages), [actor.username for actor in DEMO_ACTORS].index(who)
    own = [path for path in every[:2] if who == "danwei"]
    assert (
        closed(app, who, [*own, *(path for path in every[2 + nth :: QUICK] if not SLOW.search(path))], False)
        == {}
    )


@pytest.mark.long
@pytest.mark.parametrize("who", [actor.username for actor in DEMO_ACTORS])
def test_whatever_a_page_leads_to_opens(county: tuple[FastAPI, Pages], who: str) -> None:
    app, pages = county
    assert closed(app, who, addresses(pages), True) == {}
