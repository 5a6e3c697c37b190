"""What a form is about: the thing by its matter, and whose it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from application.look import look_of
from application.things import ACCOUNT, ATTACHMENTS, BEARERS, PERSON, POLICY, WORK_PLAN, YEAR
from application.verb import Thing, Verb
from domain.kernel.event import Event
from domain.kernel.values import Day
from interface.web.kit.page.page import Page
from projections.boards.assessment.runs import published_last, runs_of_year
from projections.boards.called import called
from projections.boards.people.accounts import account_list

TELLS = ("description", "content", "topic", "case_name", "measure", "name", "grounds")
"""Fields of events that say in words what a thing is; the newest that says so is right."""

_OF_A_YEAR = re.compile(r"\d{4}-pr-\w+")
"""The key of what a pairing has each year: its sheet of scores, its plan."""


@dataclass(frozen=True)
class About:
    """``title``: its matter, or what it is called where it has none; ``whose``: unit and village, and its number where the
    title is not that."""

    title: str
    whose: str


def shown_thing(thing: Thing[Any], key: str) -> tuple[Thing[Any], str]:
    """The thing, with its id, on whose page it is shown: attachments are on that of what bears them."""
    kind, _, bearer = key.partition("-")
    return (BEARERS[kind], bearer) if thing.kind == ATTACHMENTS.kind else (thing, key)


def about_of(page: Page, thing: Thing[Any], key: str) -> About:
    """Of a thing that the reader may act on."""
    number = _name_of(page, thing, key)
    owner = thing.owner(look_of(page.system), key)
    sides = (page.villages.get(owner.village, ""), page.units.get(owner.branch, ""))
    paired = " × ".join(filter(None, sides))
    if number == paired:
        return About(paired, "")
    matter = (
        _matter(page, thing, key) if thing.kind != WORK_PLAN.kind and (owner.branch or owner.village) else ""
    )
    # An id that nobody knows the thing by is not shown where its matter is, nor what says the matter once more.
    known = number != key and not (matter and matter in number)
    rest = filter(None, (paired, number if matter and known else ""))
    return About(matter or (number if known or not paired else paired), " · ".join(rest) if matter else "")


RIGHTS = ("correct_", "void_", "withdraw_finding", "strike_step")
"""How the names of verbs begin that change what is on record of the past."""


_ANEW = ("correct_", "rename_", "reclassify_", "subordinate_", "move_")
"""How the names of verbs begin that state anew what is on record already."""
_WHICH = {"signed_before", "known_from"}
"""Fields that say which of several entries is meant: what is on record of it is not known before they are filled in."""


def on_record(page: Page, verb: Verb[Any, Any], key: str) -> dict[str, object]:
    """What a verb states anew as it is on record now, so that nobody types again what stays. Reasons are given each time, and
    so is the day of what is no correction."""
    names = {
        each.name
        for each in verb.fields
        if each.name != "because" and (verb.name.startswith("correct_") or not isinstance(each.kind, Day))
    }
    if not key or not verb.name.startswith(_ANEW) or any(each.name in _WHICH for each in verb.fields):
        return {}
    found: dict[str, object] = {}
    for event in reversed(_events_of(page, verb.on, key)):
        found |= {name: getattr(event, name) for name in names - found.keys() if hasattr(event, name)}
    return found


def public_years(page: Page, verb: Verb[Any, Any], key: str) -> list[int]:
    """The years of what a verb would put right whose results are public: these stay as they are."""
    # What a policy says is no fact that a score counts.
    if not key or not verb.name.startswith(RIGHTS) or verb.on.kind == POLICY.kind:
        return []
    look = look_of(page.system)
    days = (event.occurred_on for event in page.system.log.load(verb.on.stream(look, key)))
    years = sorted({day.year for day in days if day is not None})
    return [year for year in years if published_last(runs_of_year(page.connection, year, page.at))]


def _events_of(page: Page, thing: Thing[Any], key: str) -> Sequence[Event]:
    """What happened to the thing, read once for a page."""
    look = look_of(page.system)
    stream = thing.stream(look, key)
    if look.seen is None:
        return page.system.log.load(stream)
    return look.seen.remembered(stream, lambda: page.system.log.load(stream))


def _matter(page: Page, thing: Thing[Any], key: str) -> str:
    told = (getattr(event, field, "") for event in reversed(_events_of(page, thing, key)) for field in TELLS)
    return next((str(each) for each in told if each), "")


def _name_of(page: Page, thing: Thing[Any], key: str) -> str:
    if thing.kind == PERSON.kind:
        return account_behind(page).get(key) or page.people([key]).get(key, key)
    if thing.kind == ACCOUNT.kind:
        return key
    if thing.kind == POLICY.kind:
        return page.t("《%(title)s》", title=page.policies.policies[key].versions[-1].title)
    year, _, rest = key.partition("-")
    if thing.key == YEAR or _OF_A_YEAR.fullmatch(key):
        words = page.t("%(year)s 年度", year=year)
        return f"{words} · {called(page.connection, rest)}" if rest else words
    return called(page.connection, key)


def account_behind(page: Page) -> dict[str, str]:
    """The account behind which a person stands now, by the person's reference."""
    return {row.person: row.username for row in account_list(page.connection, page.today, page.at)}
