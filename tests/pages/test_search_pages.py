"""The search page and the suggestions of the search box: what each role finds, where one exact hit leads, what one can do."""

from __future__ import annotations

import re

from fastapi import FastAPI

from application.access import may
from application.system import System
from interface.demo.accounts import DEMO_ACTORS, VILLAGE
from tests.kit.demo_ids import PAIRING, VILLAGE_ID
from tests.kit.serving import Visitor

County = tuple[System, FastAPI]


def options(visitor: Visitor, q: str, more: str = "") -> dict[str, str]:
    """The options that are suggested: title to address."""
    answer = visitor.get(f"/search/suggestions?q={q}{more}")
    assert answer.status_code == 200 and "<html" not in answer.text
    found = re.findall(
        r'<a role="option" id="search-option-(\d+)"[^>]* href="([^"]+)">(.*?)</a>', answer.text
    )
    assert [number for number, *_ in found] == [str(n + 1) for n in range(len(found))]
    return {re.sub(r"<small>.*|<[^>]+>", "", text).strip(): address for _, address, text in found}


def test_one_exact_hit_leads_straight_there(county: County) -> None:
    office, unit = Visitor(county[1], "ducha"), Visitor(county[1], "danwei")
    assert office.get("/search?q=WT2025-059").url.path.startswith("/findings/f-")
    assert office.get("/search?q=%23500").url.path == "/events/500"
    assert unit.get(f"/search?q={VILLAGE}").url.path == f"/pairings/{PAIRING}"
    past = office.get("/search?q=%23500&at=4000").url
    assert (past.path, past.query) == ("/events/500", b"at=4000")
    several = office.get(f"/search?q={VILLAGE}")
    assert several.url.path == "/search", "the village and its pairing"
    for address in (f"/villages/{VILLAGE_ID}", f"/pairings/{PAIRING}"):
        assert f'href="{address}"' in several.text
    digits = office.get("/search?q=59")
    assert digits.url.path == "/search" and "/events/59" in digits.text and "WT2025-059" in digits.text


def test_results_are_grouped_and_a_kind_is_shown_whole(county: County) -> None:
    office = Visitor(county[1], "ducha")
    some = office.get("/search?q=慰问").text
    whole = office.get(
        re.sub("&amp;", "&", re.findall(r'href="(/search\?q=[^"]+kind=finding)"', some)[0])
    ).text
    numbers = [set(re.findall(r"/findings/f-\w+", text)) for text in (some, whole)]
    assert len(numbers[0]) == 8 and numbers[0] < numbers[1] and f"全部 {len(numbers[1])} 项" in some
    assert "<mark>慰问</mark>" in some
    for q in ("", "查无此物"):
        empty = office.get(f"/search?q={q}").text
        assert "可以输入" in empty and "#1234" in empty
    assert "#1234" not in Visitor(county[1], "danwei").get("/search").text
    assert office.get(f"/search?q={'长' * 121}").status_code == 422
    assert office.get("/search?q=x&kind=nonsense").status_code == 422


def test_suggestions_are_what_the_role_finds_and_can_do(county: County) -> None:
    office, unit, admin = (Visitor(county[1], who) for who in ("ducha", "danwei", "guanli"))
    found = options(office, "nanxicun")
    assert next(iter(found)) == VILLAGE and found[VILLAGE] == f"/villages/{VILLAGE_ID}"
    assert options(office, "djwt") == {"登记问题": "/findings/raise-finding"}
    assert options(unit, "djwt") == {} and "登记活动" in options(unit, "djhd")
    assert options(office, "djwt", "&at=4000") == {}, "nothing is done in the past"
    assert options(office, "wtzg", "&at=4000") == {"问题整改": "/findings?at=4000"}
    everything = options(office, "")
    assert {"我的工作", "年度结对", "登记问题"} < set(everything) and "账号管理" not in everything
    assert (
        set(options(admin, "")) == {"我的工作", "制度文件", "账号管理", "我的账号"}
        and options(admin, VILLAGE) == {}
    )
    english = Visitor(county[1], "ducha")
    english.get("/language?to=en&next=/me")
    assert options(english, "raise a fin") == {"Raise a finding": "/findings/raise-finding"}


def test_every_place_of_the_search_box_is_a_page_that_the_role_may_open(county: County) -> None:
    doors = [(path, verbs) for path, verbs in county[1].state.doors if verbs]
    for actor in DEMO_ACTORS:
        for title, address in options(Visitor(county[1], actor.username), "").items():
            opened = next(verbs for path, verbs in doors if path.match(address))
            assert all(may(actor, verb) for verb in opened), (actor.username, title, address)


def test_whose_name_is_shown_is_noted_and_nobody_is_suggested(county: County) -> None:
    system, app = county
    reviewer = Visitor(app, "fuhe")

    def noted() -> int:
        return sum(each.page == "/search" for each in system.accesses.list(username="fuhe", kind="name"))

    assert not any(address.startswith("/pairings") for address in options(reviewer, "wang").values())
    assert noted() == 0
    shown = reviewer.get("/search?q=wang").text
    assert "王" in shown and noted() == shown.count("<mark>王</mark>") == 8


def test_the_box_stands_on_every_page_and_is_a_form(county: County) -> None:
    page = Visitor(county[1], "danwei").get("/pairings").text
    assert '<form class="search no-print" role="search" method="get" action="/search">' in page
    assert page.count('id="search"') == page.count('role="combobox"') == page.count("/static/palette.js") == 1
    past = Visitor(county[1], "ducha").get("/pairings?at=4000").text
    assert re.search(r'action="/search">\s*<input type="hidden" name="at" value="4000">', past)
    assert 'role="search"' not in Visitor(county[1], None).get("/sign-in").text
