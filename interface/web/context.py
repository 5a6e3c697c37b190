"""What every page gets: who asks, in which language, as known at which position."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Depends, Request
from sqlalchemy import Connection
from starlette.datastructures import FormData

from application.access import VERBS, Actor, demand_access, may
from application.integrity.custody import Witnessed
from domain.kernel.errors import Forbidden
from domain.kernel.recorded import By, Source
from interface.about import TooLong
from interface.accounts.accounts import Session
from interface.composition import System
from interface.locales import LANGUAGES, translate
from interface.web.labels import FIELD_GROUPS, LABELS, label
from projections.registry import branch_names, village_names

COOKIE = "lianjian_session"
LANGUAGE = "lianjian_language"
FIELDS = 300
"""Fields of a form at most: a table of lines has several for each."""
LARGEST_FIELD = 4_000_000
"""Encoded bytes of one field of a form: a scheme in Chinese takes three times what it does as a file."""


class SignInFirst(Exception):
    """Nobody is signed in; the page to come back to."""

    def __init__(self, then: str) -> None:
        super().__init__(then)
        self.then = then


class Malformed(Exception):
    """A value that cannot be read; nothing was decided.

    ``field`` is its name in the form or the address, ``why`` a Chinese sentence of the catalogue with ``values``.
    """

    def __init__(self, field: str, why: str, **values: object) -> None:
        super().__init__(f"{field}: {why % values if values else why}")
        self.field = field
        self.why = why
        self.values = values


def language_of(request: Request) -> str:
    """``?lang=`` first, then the cookie, then Chinese."""
    wanted = request.query_params.get("lang") or request.cookies.get(LANGUAGE, "zh")
    return wanted if wanted in LANGUAGES else "zh"


@dataclass
class Page:
    """One request: its actor, language, position, and a connection on which everything it reads belongs together."""

    request: Request
    system: System
    session: Session
    language: str
    connection: Connection
    newest: int
    at: int
    about: date | None = None
    _names: dict[str, Any] = field(default_factory=dict)
    _noted: set[str] = field(default_factory=set)

    @property
    def actor(self) -> Actor:
        return self.session.actor

    @property
    def is_past(self) -> bool:
        """Whether the page shows something else than the present: an earlier position, or a business day."""
        return self.at < self.newest or self.about is not None

    def t(self, text: str, /, **values: object) -> str:
        """``text`` in the reader's language."""
        return translate(self.language, text, **values)

    def may(self, verb: str, *, branch: str = "", village: str = "") -> bool:
        """Whether to offer ``verb``: allowed, and the page shows the present."""
        return not self.is_past and may(self.actor, verb, branch=branch, village=village)

    def sees(self, verb: str) -> bool:
        """Whether the actor's role may use a reading ``verb`` at all, in the past as now."""
        return may(self.actor, verb)

    def event_title(self, name: str) -> str:
        """An event's Chinese name, for a list to choose from."""
        return label("event", name)

    def field_title(self, name: str) -> str:
        """A field's Chinese word, or its name where it has none."""
        return label("field", name) if name in LABELS["field"] else label("event_field", name)

    def field_value(self, name: str, value: Any) -> str:
        """A field's value as a reader knows it: names for codes, words for identifiers, at most a line of it."""
        if value is None:
            return "—"
        if name == "branch":
            return self.units.get(str(value), str(value))
        if name == "village":
            return self.villages.get(str(value), str(value))
        for group in FIELD_GROUPS.get(name, ()):
            if str(value) in LABELS[group]:
                return self.t(LABELS[group][str(value)])
        if isinstance(value, dict) and "ref" in value:
            # A person is named where somebody may see names; here the reference says whether it is the same person.
            return str(value["ref"])
        text = json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)
        return text if len(text) <= 200 else text[:199] + "…"

    def demand(self, verb: str, *, branch: str = "", village: str = "") -> None:
        """Raise ``Forbidden`` unless the actor may."""
        demand_access(self.actor, verb, branch=branch, village=village)

    def link(self, path: str, **query: object) -> str:
        """``path`` with its query; the position is kept, so that a page of the past leads to pages of the past."""
        kept: dict[str, object] = {"at": self.at} if self.at < self.newest else {}
        if self.about is not None:
            kept["about"] = self.about.isoformat()
        wanted = {k: v for k, v in {**kept, **query}.items() if v not in (None, "")}
        return f"{path}?{urlencode(wanted)}" if wanted else path

    def here(self, **query: object) -> str:
        """This page with other query values; ``None`` takes one out."""
        wanted = {**dict(self.request.query_params), **query}
        wanted.pop("lang", None) if "lang" not in query else None
        left = {k: v for k, v in wanted.items() if v not in (None, "")}
        return f"{self.request.url.path}?{urlencode(left)}" if left else self.request.url.path

    @property
    def units(self) -> dict[str, str]:
        """Branch code to unit name at the page's position."""
        if "units" not in self._names:
            self._names["units"] = branch_names(self.connection, self.at)
        return self._names["units"]  # type: ignore[no-any-return]

    @property
    def villages(self) -> dict[str, str]:
        """Village code to name at the page's position."""
        if "villages" not in self._names:
            self._names["villages"] = village_names(self.connection, self.at)
        return self._names["villages"]  # type: ignore[no-any-return]

    def people(self, refs: Iterable[str]) -> dict[str, str]:
        """Names of persons by reference; that they were shown is noted."""
        names = self.system.vault.names(refs)
        self.system.accesses.note(self.actor, "name", sorted(set(names) - self._noted), self.request.url.path)
        self._noted |= set(names)
        return names

    @property
    def witnessed(self) -> Witnessed | None:
        """How far another office has seen the log: whatever is shown up to there cannot have been changed unnoticed."""
        return self.system.custody.witnessed()

    @property
    def signed(self) -> int:
        """The position up to which the log itself has signed, 0 when it has not."""
        newest = self.system.custody.newest()
        return self.system.log.tree.position_of(newest.checkpoint.size - 1) if newest else 0

    @property
    def today(self) -> date:
        return self.system.today()

    def local(self, instant: datetime) -> str:
        """An instant in the county's zone, to the minute."""
        return instant.astimezone(self.system.settings.zone).strftime("%Y-%m-%d %H:%M")

    @property
    def by(self) -> By:
        """Who records through this page."""
        return By(
            actor=self.actor.username,
            office=self.actor.office,
            source=Source(kind="page", name=self.request.url.path),
            correlation=self.request.state.request_id,
        )


def allow(verb: str) -> Callable[..., Iterator[Page]]:
    """The dependency of a route: signed in, and in a role that may use ``verb``. Every route has one."""
    if verb not in VERBS:
        raise ValueError(f"nobody may {verb}: it is not in application.access.VERBS")

    def page(request: Request) -> Iterator[Page]:
        system: System = request.app.state.system
        session = session_of(request)
        if session is None:
            raise SignInFirst(str(request.url.path) + (f"?{request.url.query}" if request.url.query else ""))
        demand_access(session.actor, verb)
        newest = system.runner.position()
        at = position_of(system, newest, "at", request.query_params.get("at", ""))
        about = _about(request)
        if about is not None:
            try:
                system = system.about(about, at)
            except TooLong:
                raise Malformed("about", "日志过长，页面上不能按业务日期查看，请用命令 --about") from None
        with system.reading() as connection:
            yield Page(
                request=request,
                system=system,
                session=session,
                language=language_of(request),
                connection=connection,
                newest=newest,
                at=at,
                about=about,
            )

    page.verb = verb  # type: ignore[attr-defined]
    return page


def session_of(request: Request) -> Session | None:
    """The session of the request's cookie, if it lives."""
    token = request.cookies.get(COOKIE)
    return request.app.state.accounts.session(token) if token else None


def position_of(system: System, newest: int, name: str, written: str) -> int:
    """A position from a number or a day, the newest where nothing is written. ``name`` is the field it stands in."""
    text = written.strip()
    if not text:
        return newest
    if text.isascii() and text.isdecimal():
        if int(text) > newest:
            raise Malformed(name, "记录号 %(value)s 晚于最新记录号 %(newest)s", value=text, newest=newest)
        return int(text)
    try:
        return system.position_at_end_of(date.fromisoformat(text))
    except ValueError:
        raise Malformed(
            name, "“%(value)s”既不是记录号（数字）也不是日期（如 2026-01-31）", value=text
        ) from None


def _about(request: Request) -> date | None:
    text = request.query_params.get("about", "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Malformed("about", "“%(value)s”不是日期，应如 2026-01-31", value=text) from None


async def checked_form(request: Request) -> AsyncIterator[FormData]:
    """The form of a POST, after its token was compared with the session's."""
    session = session_of(request)
    if session is None:
        raise SignInFirst("/")
    async with request.form(max_files=0, max_fields=FIELDS, max_part_size=LARGEST_FIELD) as form:
        if form.get("csrf") != session.csrf:
            raise Forbidden("post", "the form's token is not the session's; load the page anew")
        # Kept so that a refusal can show the form again with what was entered.
        request.state.entered = {name: str(value) for name, value in form.items() if name != "csrf"}
        yield form


Form = Annotated[FormData, Depends(checked_form)]


def text_of(form: FormData, name: str, *, required: bool = True, limit: int = 500) -> str:
    """A line of text, trimmed."""
    value = str(form.get(name, "")).strip()
    if required and not value:
        raise Malformed(name, "此项必填")
    if len(value) > limit:
        raise Malformed(name, "最多 %(limit)s 字，现有 %(length)s 字", limit=limit, length=len(value))
    return value


def day_of(form: FormData, name: str) -> date:
    """A day such as 2026-01-31."""
    value = text_of(form, name)
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise Malformed(name, "“%(value)s”不是日期，应如 2026-01-31", value=value) from None


def number_of(form: FormData, name: str, *, low: int = 0, high: int = 1_000_000) -> int:
    """A whole number within bounds."""
    value = text_of(form, name)
    if not re.fullmatch(r"[-+]?\d+", value):
        raise Malformed(name, "“%(value)s”不是整数", value=value)
    number = int(value)
    if not low <= number <= high:
        raise Malformed(
            name, "应在 %(low)s 至 %(high)s 之间，现为 %(number)s", low=low, high=high, number=number
        )
    return number


def hundredths_of(form: FormData, name: str, *, negative: bool = False) -> int:
    """Points with at most two decimals, in hundredths; below 0 only where the regulation lets points sink."""
    value = text_of(form, name)
    sinks = negative and value[:1] in ("-", "−")
    whole, _, decimals = value[sinks:].partition(".")
    digits = whole + decimals
    if not (whole and digits.isascii() and digits.isdecimal() and len(whole) <= 4 and len(decimals) <= 2):
        raise Malformed(name, "“%(value)s”不是分值，应如 8.50", value=value)
    return (-1 if sinks else 1) * (int(whole) * 100 + int((decimals + "00")[:2]))


def choice_of(form: FormData, name: str, kind: type[Any]) -> Any:
    """One of an enumeration's values."""
    value = text_of(form, name)
    try:
        return kind(value)
    except ValueError:
        raise Malformed(name, "“%(value)s”不在可选范围内", value=value) from None
