"""What every page gets: who asks, in which language, as known at which position."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from fastapi import Request
from sqlalchemy import select

from application.access import demand_access, may
from application.actors.actor import TOWNSHIPS, Actor, Owner
from application.input.reading import Malformed as Unreadable
from application.input.reading import Written
from application.integrity.custody import Anchored
from application.look import look_of
from application.question import A, Asker, P, Question, answered, typed
from application.stores.accounts.accounts import Session
from application.stores.accounts.drafts import Draft
from application.stores.bad_days import STORAGE, trouble
from application.system import System
from application.things import ACTIVITY, APPEAL, FINDING, NEED, PAIRING, PROJECT, RUN
from domain.assessment.year.left_behind import told
from domain.kernel.errors import Unknown
from domain.kernel.recorded import By, Source
from interface.documents.reader import Reader
from interface.locales import LANGUAGES
from interface.web.kit.page.compared import is_compared
from interface.web.kit.page.ways_back import way_back
from interface.web.kit.sentences import bearer_called, tell
from interface.web.kit.values import DIGITS, Malformed, day_in, number_in, shown
from interface.words import OF_THINGS, VERBS, value_words
from interface.words.common import NOTHING_NEW
from interface.words.phrase import Phrase
from projections.boards.called import CalledThings
from projections.boards.pairing.pairings import pairings
from projections.boards.policies import PolicyBook
from projections.figures.overview import years
from projections.kit.columns import known

LANGUAGE = "lianjian_language"
YEAR = "lianjian_year"
"""The cookies of the language and of the year that a reader has chosen in the head."""
OF_ACTIVITIES = ("activity_id", "other_id")
"""Fields of events with the id of an activity, which people know by its topic and day."""
PATHS = {
    "pairing_id": PAIRING.path,
    "need_id": NEED.path,
    "project_id": PROJECT.path,
    "finding_id": FINDING.path,
    "appeal_id": APPEAL.path,
    "run_id": RUN.path,
    "document_id": "/documents",
    **dict.fromkeys(OF_ACTIVITIES, ACTIVITY.path),
}
"""A field of events to where what it names stands."""
DRAFT = "restored"
"""The query value that asks for a form as it was left."""


def language_of(request: Request) -> str:
    """``?lang=`` first, then the cookie, then Chinese."""
    wanted = request.query_params.get("lang") or request.cookies.get(LANGUAGE, "zh")
    return wanted if wanted in LANGUAGES else "zh"


@dataclass
class Page(Reader):
    """One request of a reader who is signed in. ``newest``: the position up to which there is anything to read. ``of_year``:
    the year of the thing whose form is drawn. ``restored``: the draft that a form was filled in from."""

    request: Request
    session: Session
    newest: int
    about: date | None = None
    of_year: int | None = None
    year: int | None = None
    """The year that the page is about, once it is known."""
    restored: Draft | None = None
    begun_anew: bool = False
    """Whether it could not be told where the list was to go on, so that it begins with its first row."""
    _named: dict[str, str] = field(default_factory=dict)

    @property
    def actor(self) -> Actor:
        return self.session.actor

    @property
    def is_past(self) -> bool:
        """Whether the page shows something else than the present: an earlier position, or a business day."""
        return self.at < self.newest or self.about is not None

    @property
    def may_be_compared(self) -> bool:
        """Whether to offer what is different on the page between then and now."""
        return self.at < self.newest and is_compared(self.request.url.path) and self.sees("compare_moments")

    def call_as_of_year(self, year: int) -> None:
        super().call_as_of_year(year)
        self.year = year

    @property
    def year_chosen(self) -> int | None:
        """The year chosen in the head, which pages are about where their address states none."""
        written = self.request.cookies.get(YEAR, "")
        return int(written) if written.isdecimal() and len(written) == 4 else None

    @cached_property
    def years_offered(self) -> list[int]:
        """The years that may be chosen in the head, newest first; none for those who see no year's work."""
        return years(self.connection, self.at, self.today.year) if self.sees("read_pairings") else []

    def for_year(self, year: int) -> str:
        """Where a year is chosen in the head, and this page is shown for it."""
        return f"/year?{urlencode({'to': year, 'next': self.here(year=None, after=None, before=None, done=None)})}"

    @property
    def times(self) -> str:
        """Where the moment is chosen as of which this page is shown."""
        return f"/moments?{urlencode({'next': self.here(done=None)})}"

    @cached_property
    def policies(self) -> PolicyBook:
        """All policies as known at the page's position."""
        return PolicyBook(self.connection, self.at)

    def may(self, verb: str, *, branch: str = "", village: str = "", side: str = "") -> bool:
        """Whether to offer ``verb``: allowed, and the page shows the present."""
        return not self.is_past and may(self.actor, verb, Owner(branch, village, side))

    def sees(self, verb: str, *, branch: str = "", village: str = "") -> bool:
        """Whether the actor may use a reading ``verb`` on what is these sides', in the past as now; on nobody's in particular."""
        return may(self.actor, verb, Owner(branch, village))

    def opens(self, address: str) -> bool:
        """Whether a page of ours stands at an address, and the reader's role may look at such pages."""
        path = urlsplit(address).path
        for pattern, verbs in self.request.app.state.doors:
            if pattern.match(path):
                return all(self.sees(verb) for verb in verbs)
        return False

    def read_field_values(self, values: Iterable[tuple[str, Any]]) -> None:
        """Look up at once what these values of fields name."""
        self.called_things.read(str(value) for name, value in values if value and name in OF_ACTIVITIES)

    def field_value(self, name: str, value: Any) -> str:
        """A field's value as a reader knows it: names for codes, words for identifiers, at most a line of it."""
        if value is None:
            return "—"
        if name == "branch":
            return self.units.get(str(value), str(value))
        if name == "village":
            return self.villages.get(str(value), str(value))
        if name == "pairing_id" and (pair := self._pairs.get(str(value))):
            branch, village = pair
            return f"{self.villages.get(village, village)} × {self.units.get(branch, branch)}"
        if name in OF_THINGS:
            return self.numbers.shown(str(value))
        if name in OF_ACTIVITIES:
            return self.called_things.shown(str(value))
        if name == "other_thing":
            return bearer_called(self, self.connection, str(value))
        if (words := value_words(name, str(value))) is not None:
            return self.t(words)
        if isinstance(value, dict) and "ref" in value:
            # A person is named where somebody may see names; here the reference says whether it is the same person.
            return str(value["ref"])
        if name == "leaves_behind" and value:
            left = told(value)
            return left.en if self.language == "en" else left.zh
        text = json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)
        return text if len(text) <= 200 else text[:199] + "…"

    @cached_property
    def called_things(self) -> CalledThings:
        """What is called as people know it on this page."""
        return CalledThings(self.connection)

    def address_in(self, name: str, value: Any) -> str:
        """Where the thing stands that a field of an event names; empty where it names none, or the reader may not look there."""
        path = PATHS.get(name)
        address = f"{path}/{quote(str(value))}" if path and value else ""
        return address if address and self.opens(address) else ""

    @cached_property
    def _pairs(self) -> Mapping[str, tuple[str, str]]:
        """Unit and village of every pairing."""
        query = select(pairings.c.pairing_id, pairings.c.branch, pairings.c.village)
        rows = self.connection.execute(query.where(known(pairings, self.at)))
        return {row.pairing_id: (row.branch, row.village) for row in rows}

    def demand(
        self, verb: str, *, branch: str = "", village: str = "", side: str = "", absent: Unknown | None = None
    ) -> None:
        """Raise ``Forbidden`` unless the actor may. ``absent``: what is said where there is no such thing, which is all that a
        township's office learns of what is not its own."""
        owner = Owner(branch, village, side)
        if absent is not None and self.actor.role in TOWNSHIPS and not may(self.actor, verb, owner):
            raise absent
        demand_access(self.actor, verb, owner)

    def link(self, path: str, **query: object) -> str:
        """``path`` with its query; the position is kept, so that a page of the past leads to pages of the past."""
        kept: dict[str, object] = {"at": self.at} if self.at < self.newest else {}
        if self.about is not None:
            kept["about"] = self.about.isoformat()
        wanted = {k: v for k, v in {**kept, **query}.items() if v not in (None, "")}
        return f"{path}?{urlencode(wanted)}" if wanted else path

    def here(self, **query: object) -> str:
        """This page with other query values; ``None`` takes one out."""
        stated = [
            (k, v) for k, v in self.request.query_params.multi_items() if k not in query and k != "lang"
        ]
        left = [(k, v) for k, v in (*stated, *query.items()) if v not in (None, "")]
        return f"{self.request.url.path}?{urlencode(left)}" if left else self.request.url.path

    def asked(self, name: str) -> str:
        """What the address states under ``name``, empty where it states nothing."""
        return self.request.query_params.get(name, "").strip()

    def people(self, refs: Iterable[str]) -> dict[str, str]:
        """Names of persons by reference; that they were shown is noted. What cannot be noted is not shown."""
        wanted, look, path = set(refs), look_of(self.system), self.request.url.path
        names = look.names((wanted | look.shown_later()) - self._named.keys())
        try:
            noted = look.noted(path)
            self.system.accesses.note(self.actor, "name", sorted(names.keys() - noted), path)
            noted.update(names)
        except STORAGE as error:
            if trouble(error) is None:
                raise
            return {}
        self._named |= names
        return {ref: name for ref, name in self._named.items() if ref in wanted}

    def ask(self, asked: Question[P, A], /, *args: P.args, **stated: P.kwargs) -> A:
        """The answer to a question, as known at the page's position, events told as the page tells them. Raises ``Unknown``,
        ``Forbidden`` or ``Malformed``.
        """
        here = replace(self.system, sentences=lambda _, __, rows: tell(self, rows))
        asker = Asker(look_of(here), self.actor, self.connection, self.at, self.newest)
        try:
            return answered(asker, asked, *args, **stated)
        except Unreadable as error:
            name, fault = next(iter(error.faults.items()))
            raise Malformed(name, fault.en if self.language == "en" else fault.zh) from None

    def may_ask(self, asked: Question[..., Any]) -> bool:
        """Whether the reader's role may ask it at all."""
        return self.actor.role in asked.roles

    def ask_of_form(self, asked: Question[..., A], written: Written) -> A | None:
        """The same of what is written, ``None`` where it says too little yet. Raises ``Unknown`` or ``Forbidden``."""
        try:
            stated = typed(asked, written, self.today)
            del stated["known_at"]
            return self.ask(asked, **stated)
        except (Unreadable, Malformed):
            return None

    @property
    def after(self) -> str | None:
        """Where the page of a list before this one ended, as the address states it."""
        return None if self.begun_anew else self.request.query_params.get("after") or None

    @property
    def way_back(self) -> str:
        """The page that this one, or the form sent to it, belongs to."""
        return self.link(way_back(self.request.url.path, [each for each, _ in self.request.app.state.doors]))

    @property
    def done(self) -> Phrase | None:
        """What the reader has just done and what comes next, after a verb's form was sent."""
        done = self.request.query_params.get("done", "")
        words = VERBS.get(done)
        return words.done if words else NOTHING_NEW if done == "nothing" else None

    @cached_property
    def anchored(self) -> Anchored:
        """How far the log is signed, and how far another office has seen it: up to there nothing was changed unnoticed."""
        return look_of(self.system).anchored()

    @property
    def by(self) -> By:
        """Who records through this page."""
        return By(
            actor=self.actor.username,
            office=self.actor.office,
            acting_for=self.actor.acting_for,
            source=Source(kind="page", name=self.request.url.path),
            correlation=self.request.state.request_id,
        )


def position_of(system: System, newest: int, name: str, written: str) -> int:
    """A position from a number or a day, the newest where nothing is written. ``name`` is the field it stands in."""
    text = written.strip()
    if not text:
        return newest
    if text.isdecimal():
        position = number_in(name, text)
        if position > newest:
            raise Malformed(name, "记录号 %(value)s 晚于最新记录号 %(newest)s", value=text, newest=newest)
        return position
    try:
        return system.position_at_end_of(day_in(name, text))
    except Malformed:
        raise Malformed(
            name, "“%(value)s”既不是记录号（数字）也不是日期（如 2026-01-31）", value=shown(text)
        ) from None


def day_asked(request: Request, name: str) -> date | None:
    """The day the address asks for under ``name``, if any. Raises ``Malformed``."""
    text = request.query_params.get(name, "").strip()
    return day_in(name, text) if text else None


def number_asked(request: Request, name: str, high: int = 10**DIGITS - 1) -> int | None:
    """The number from 0 the address asks for under ``name``, if any. Raises ``Malformed``."""
    text = request.query_params.get(name, "").strip()
    return number_in(name, text, high=high) if text else None
