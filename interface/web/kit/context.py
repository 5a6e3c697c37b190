"""What every page gets: who asks, in which language, as known at which position."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Annotated, Any
from urllib.parse import unquote, urlencode

from fastapi import Depends, Request
from fastapi.concurrency import run_in_threadpool
from python_multipart.multipart import parse_options_header
from sqlalchemy import Connection, select
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from application.access import ROLES, demand_access, may
from application.actors.actor import Actor, Owner
from application.actors.deputies import acting_for, principals
from application.integrity.custody import Anchored
from application.look import look_of
from application.question import A, Asker, P, Question, answered, typed
from application.reading import Malformed as Unreadable
from application.reading import Written, sounding
from application.stores.accounts.accounts import ACTING, Accounts, Session
from application.stores.accounts.drafts import Draft, Typed
from application.stores.bad_days import STORAGE, trouble
from application.system import System
from domain.assessment.year.left_behind import told
from domain.kernel.errors import Forbidden
from domain.kernel.recorded import By, Source
from interface.documents.reader import Reader
from interface.http.desk import Busy, Desk
from interface.http.gate import COMES_WITHIN, OF_A_STRANGER, TooLarge, TooSlow, let_go
from interface.locales import LANGUAGES
from interface.web.kit.sentences import tell
from interface.web.kit.typed import lead_to_id
from interface.web.kit.values import DIGITS, Malformed, day_in, demand_sound, number_in, shown
from interface.web.kit.ways_back import way_back
from interface.words import FIELD_GROUPS, LABELS, OF_THINGS, VERBS
from interface.words.common import NOTHING_NEW
from interface.words.phrase import Phrase
from projections.boards.pairing.pairings import pairings
from projections.boards.people.accounts import AccountRow, account_of
from projections.boards.policies import PolicyBook
from projections.figures.overview import years
from projections.kit.columns import known

LANGUAGE = "lianjian_language"
YEAR = "lianjian_year"
"""The cookies of the language and of the year that a reader has chosen in the head."""
OWN = {"read_own_account", "change_password"}
"""What somebody may do before the password is changed."""
IN_OWN_NAME = OWN | {
    *("end_session", "keep_views", "act_as_deputy"),
    *("file_complaint", "rate_answer", "withdraw_complaint"),
}
"""What concerns whoever is signed in, also while acting for another account."""
ACTS_FOR = "lianjian_acts_for"
"""The cookie that says for which account a session acts: the session's id and the user name."""
DRAFT = "restored"
"""The query value that asks for a form as it was left."""
CARRIED = {"csrf", "draft_of", "drawn_at", "confirmed"}
"""What a form carries that nobody has typed."""
FIELDS = 300
"""Fields of a form at most: a table of lines has several for each."""
LARGEST_FIELD = 4_000_000
"""Encoded bytes of one field of a form: a scheme in Chinese takes three times what it does as a file."""
LARGEST_FORM = LARGEST_FIELD + 200_000
"""Encoded bytes of a form: one long field, and what stands around it."""


class SignInFirst(Exception):
    """Nobody is signed in; the page to come back to."""

    def __init__(self, then: str) -> None:
        super().__init__(then)
        self.then = then


class SendAgain(Exception):
    """A form of an earlier session of the same account: ``draft`` is what was typed, to be looked at and sent again."""

    def __init__(self, draft: str) -> None:
        super().__init__(draft)
        self.draft = draft


class NotTheirForm(Forbidden):
    """A form that carries another account's token, or none of ours."""

    def __init__(self) -> None:
        super().__init__("post", "the form's token is not the session's; load the page anew")


class BeforeRecords(Exception):
    """A moment before anything was recorded is asked for; ``first``: the first day with records."""

    def __init__(self, first: date) -> None:
        super().__init__(first.isoformat())
        self.first = first


class NoRole(Exception):
    """The password was right, but the account has no role (yet)."""


class ChangePasswordFirst(Exception):
    """The password was somebody else's to know; nothing else is done before it is changed."""


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
        return years(self.connection, self.at, self.today.year) if self.sees("read_overview") else []

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
        for group in FIELD_GROUPS.get(name, ()):
            if str(value) in LABELS[group]:
                return self.t(LABELS[group][str(value)])
        if isinstance(value, dict) and "ref" in value:
            # A person is named where somebody may see names; here the reference says whether it is the same person.
            return str(value["ref"])
        if name == "leaves_behind" and value:
            words = told(value)
            return words.en if self.language == "en" else words.zh
        text = json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)
        return text if len(text) <= 200 else text[:199] + "…"

    @cached_property
    def _pairs(self) -> Mapping[str, tuple[str, str]]:
        """Unit and village of every pairing."""
        query = select(pairings.c.pairing_id, pairings.c.branch, pairings.c.village)
        rows = self.connection.execute(query.where(known(pairings, self.at)))
        return {row.pairing_id: (row.branch, row.village) for row in rows}

    def demand(self, verb: str, *, branch: str = "", village: str = "", side: str = "") -> None:
        """Raise ``Forbidden`` unless the actor may."""
        demand_access(self.actor, verb, Owner(branch, village, side))

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
        wanted = set(refs)
        names = self.system.vault.names(wanted - self._named.keys())
        try:
            self.system.accesses.note(self.actor, "name", sorted(names), self.request.url.path)
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
        return self.system.custody.anchored()

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


def allow(
    verb: str, *, largest: int = LARGEST_FORM, files: int = 0, within: float = COMES_WITHIN
) -> Callable[..., AsyncIterator[Page]]:
    """The dependency of a route: signed in, and in a role that may use ``verb``. Every route has one.

    Only then the form of a POST is read (up to ``largest`` bytes in ``within`` seconds, with ``files``), and only when
    all of it is there is a seat taken and a connection opened: whoever sends slowly keeps nobody waiting.
    """
    if verb not in ROLES:
        raise ValueError(f"nobody may {verb}: it is not in application.access.ROLES")

    async def page(request: Request) -> AsyncIterator[Page]:
        session = await run_in_threadpool(session_of, request)
        if session is None:
            raise SignInFirst(await _left(request, largest=largest, files=files, within=within))
        if session.must_change and verb not in OWN:
            await _left(request, largest=largest, files=files, within=within)
            raise ChangePasswordFirst
        if verb in IN_OWN_NAME:
            session = replace(session, actor=session.holder)
        demand_access(session.actor, verb)
        async with AsyncExitStack() as stack:
            if request.method == "POST":
                form = await stack.enter_async_context(
                    posted(request, largest=largest, files=files, within=within)
                )
                if form.get("csrf") != session.csrf:
                    writer, draft = await run_in_threadpool(keep_draft, request, form)
                    if draft and writer == session.holder.username:
                        raise SendAgain(draft)
                    # Nobody is made to send again what another page, or another account, has written.
                    request.state.entered = []
                    raise NotTheirForm
            held = await _sit_down(request)
            try:
                yield await run_in_threadpool(_open_page, request, session, held)
            finally:
                await let_go(request.scope["state"])

    page.verb = verb  # type: ignore[attr-defined]
    return page


async def _left(request: Request, *, largest: int, files: int, within: float) -> str:
    """Where whoever is not let in comes back to: the page, or what was typed in the form, which is kept as a draft."""
    address = form_address(request)
    if request.method != "POST" or "hx-request" in request.headers:
        return address
    system: System = request.app.state.system
    accounts: Accounts = request.app.state.accounts
    token = request.cookies.get(cookie_name(system), "")
    known = bool(token) and await run_in_threadpool(accounts.drafts.was_session, token)
    try:
        async with posted(
            request, largest=largest if known else OF_A_STRANGER, files=files, within=within
        ) as form:
            _, draft = await run_in_threadpool(keep_draft, request, form)
    except (TooLarge, TooSlow, Busy, Malformed, HTTPException):
        return address
    return draft_address(draft) if draft else address


def form_address(request: Request) -> str:
    """The address of the request, without what only asks for a draft."""
    query = urlencode([each for each in request.query_params.multi_items() if each[0] != DRAFT])
    return request.url.path + (f"?{query}" if query else "")


def draft_address(draft: str) -> str:
    """Where a draft leads to its form."""
    return f"/me/drafts/{draft}"


def keep_draft(request: Request, form: FormData, address: str = "") -> tuple[str, str]:
    """Keep what is in a form for the account whose form it was, as its token tells: that account, and the draft's id.

    Both are empty where no account can be told, the id also where it is too much. Secrets are not kept, nor are files.
    """
    accounts: Accounts = request.app.state.accounts
    writer = accounts.drafts.writer(str(form.get("csrf", "")).partition(ACTING)[0])
    if not writer:
        return "", ""
    typed = [
        Typed(name, value) if isinstance(value, str) else Typed(name, value.filename or "", is_file=True)
        for name, value in form.multi_items()
        if name not in CARRIED and not name.startswith("password")
    ]
    return writer, accounts.drafts.keep(writer, address or form_address(request), typed)


async def _sit_down(request: Request) -> ExitStack:
    """Take a seat; what the request opens from now on is closed before its answer is sent, or when it fails."""
    held = ExitStack()
    desk: Desk = request.app.state.desk
    # A page that another page shows (interface/web/trail/compare.py) sits with it.
    seated = not request.scope.get("inside")
    if seated:
        await desk.take()

    async def release() -> None:
        try:
            await run_in_threadpool(held.close)
        finally:
            if seated:
                desk.give_back()

    request.state.release = release
    return held


def _open_page(request: Request, session: Session, held: ExitStack) -> Page:
    system: System = request.app.state.system
    about: date | None = None
    connection: Connection | None = None
    if request.method == "POST":
        # Whatever is done is done now: nobody chooses the day for it in an address; and what is read then is read anew.
        at = newest = system.runner.position()
    else:
        # How far the tables were when the session was looked up is how far the page sees.
        looking = held.enter_context(system.remembering(getattr(request.state, "stamps", None)))
        newest = looking.newest
        at = position_of(system, newest, "at", request.query_params.get("at", ""))
        if at == 0 < newest:
            (first,) = system.log.read(limit=1)
            raise BeforeRecords(first.recorded_at.astimezone(system.settings.zone).date())
        about = day_asked(request, "about")
        if about is not None:
            system = held.enter_context(system.as_of(about, at))
            connection = held.enter_context(system.remembering())
        else:
            system, connection = replace(system, seen=looking), looking
    if connection is None:
        connection = held.enter_context(system.reading())
    lead_to_id(request, connection)
    return Page(
        request=request,
        system=system,
        session=session,
        language=language_of(request),
        connection=connection,
        newest=newest,
        at=at,
        about=about,
    )


def page_of_error(request: Request, session: Session, held: ExitStack) -> Page:
    """What an error says is said on a page of the present, whatever the address asked for."""
    system: System = request.app.state.system
    looking = held.enter_context(system.remembering(getattr(request.state, "stamps", None)))
    return Page(
        request=request,
        system=replace(system, seen=looking),
        session=session,
        language=language_of(request),
        connection=looking,
        newest=looking.newest,
        at=looking.newest,
    )


def session_of(request: Request) -> Session | None:
    """The session of the request's cookie, if it lives; looked up once."""
    if not hasattr(request.state, "session"):
        system: System = request.app.state.system
        token = request.cookies.get(cookie_name(system))

        def who(username: str) -> AccountRow | None:
            with system.remembering() as reading:
                request.state.stamps = reading.stamps
                return account_of(reading, username, system.today())

        found: Session | None = request.app.state.accounts.session(token, who) if token else None
        request.state.session = found and _acting(request, system, found)
    session: Session | None = request.state.session
    return session


def _acting(request: Request, system: System, session: Session) -> Session:
    """The session in the name that its person has chosen, as long as that may be done; else in the own."""
    of, _, username = request.cookies.get(ACTS_FOR, "").partition(":")
    if of != session.id or not username:
        return session
    with system.remembering() as reading:
        # Read once more: what is remembered of accounts stays for all that the page reads.
        found = principals(reading, session.actor.username, system.today())
    for each in found:
        if each.username == unquote(username):
            return session.acting(acting_for(session.actor, each))
    return session


def cookie_name(system: System) -> str:
    """Over HTTPS a name that a browser takes from this very host only, and only secure."""
    return "__Host-lianjian_session" if system.settings.secure_cookies else "lianjian_session"


def address_of(request: Request) -> str:
    """The address of whoever asks; a trusted proxy has been looked behind already."""
    return request.client.host if request.client is not None else "unknown"


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


@asynccontextmanager
async def posted(
    request: Request, *, largest: int = OF_A_STRANGER, files: int = 0, within: float = COMES_WITHIN
) -> AsyncIterator[FormData]:
    """The form of a POST, every name and value of it sound. Raises ``Malformed``, ``TooLarge``, ``TooSlow``, ``Busy``."""
    _, options = parse_options_header(request.headers.get("content-type"))
    if options.get(b"charset", b"utf-8").lower() not in (b"utf-8", b"utf8"):
        raise HTTPException(415, "forms are UTF-8")
    request.state.largest, request.state.within = largest, within
    desk: Desk = request.app.state.desk
    with desk.reading():
        form = await request.form(max_files=files, max_fields=FIELDS, max_part_size=LARGEST_FIELD)
    try:
        texts = [
            (name, value if isinstance(value, str) else value.filename or "")
            for name, value in form.multi_items()
        ]
        # Kept so that a refusal can show the form again with all that was entered.
        request.state.entered = [(sounding(n), sounding(text)) for n, text in texts if n != "csrf"]
        for name, text in texts:
            demand_sound("form", name)
            demand_sound(name, text)
        request.state.form = form
        yield form
    finally:
        await form.close()


def checked_form(request: Request) -> FormData:
    """The form that the route's guard (``allow``) has read, its token compared with the session's."""
    form: FormData = request.state.form
    return form


Form = Annotated[FormData, Depends(checked_form)]


def text_of(form: FormData, name: str, *, required: bool = True, limit: int = 500) -> str:
    """A line of text, trimmed."""
    value = str(form.get(name, "")).strip()
    if required and not value:
        raise Malformed(name, "此项必填")
    if len(value) > limit:
        raise Malformed(name, "最多 %(limit)s 字，现有 %(length)s 字", limit=limit, length=len(value))
    return value
