"""A page for every verb at the address that its form is sent to, and the steps on the page of a thing.

Whatever is wrong, the form comes back as it was filled in, with what is wrong beside it: 422 where something cannot be read,
409 where a clause refuses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse
from jinja2 import pass_context
from jinja2.runtime import Context
from starlette.datastructures import FormData

from application.acting import act
from application.actors.actor import Owner
from application.look import Look, look_of
from application.questions.sentences import TrailRow
from application.reading import Fault, Malformed, Written
from application.stores.accounts.accounts import Accounts
from application.stores.accounts.drafts import Drafts, id_of
from application.things import RUN, YEAR, year_of_run
from application.verb import Outcome, Thing, Verb, foreseen, key_read
from application.verbs import VERBS, verbs_of
from domain.assessment.year.clauses import LEFT_BEHIND_ACKNOWLEDGED
from domain.kernel.errors import Conflict, Forbidden, Rejected, Unknown
from domain.kernel.values import Choice, KeyOf, Many, Record, Text
from domain.registry.events import NumberedThing
from interface.web.kit.context import DRAFT, Page, allow, checked_form, form_address, position_of
from interface.web.kit.forms.about import about_of, on_record, public_years
from interface.web.kit.forms.confirming import CONFIRMED, TO_EDIT, consequence, to_confirm
from interface.web.kit.forms.files import (
    FILES,
    FILES_LARGEST,
    PARSED,
    SLOW_LINE,
    chosen,
    file_field,
    files_in,
)
from interface.web.kit.forms.forewarning import forewarned, number_borne
from interface.web.kit.forms.form_fields import FormField, form_fields, written_in
from interface.web.kit.forms.repeating import once
from interface.web.kit.rendering import environment, render
from interface.web.kit.sentences import tell
from interface.web.kit.values import DAY
from interface.web.kit.values import Malformed as NoDay
from interface.words import words_of
from projections.boards import trail
from projections.boards.numbers import CountedThing, Kind, thing_meant

DIGITS = re.compile(r"\d{1,18}", re.ASCII)
EXPLAINS = {"because", "basis"}
"""What is said of each step anew."""
AnyVerb = Verb[Any, Any]
NUMBERED: Mapping[str, Kind] = {
    "finding": NumberedThing.FINDING,
    "need": NumberedThing.NEED,
    "project": NumberedThing.PROJECT,
    "run": CountedThing.RUN,
    "appeal": CountedThing.APPEAL,
    "objection": CountedThing.OBJECTION,
}
"""Kinds of things that people know by a number, which may stand in an address for the id."""
Offered = Callable[[Page, str, Written], Mapping[str, Sequence[tuple[str, str]]]]
"""What there is to choose in a form's fields, for a key and with what is stated: by field, as (value, word)."""
ShownAt = Callable[[Page, Outcome], str]
"""The address of the page that shows what was done."""
OwnPage = Callable[[Page, str, Written, "Refusal", int], Response]
"""Draws the page on which a verb's form stands: of a key, with what was written, why it comes back, and the status."""
ReadFrom = Callable[[Page, FormData], FormData]
"""What a form states for a verb's fields, where it has others for people to fill in."""
Above = Callable[[Page, str, Written], tuple[str, object] | None]
"""What the form on a thing (its key) is about, as far as that is stated yet: a template, and the answer it shows."""


def address_of(verb: AnyVerb, key: str) -> str:
    """Where a verb's page is, and where its form is sent: ``/findings/<key>/order-rectification``."""
    step = verb.name.replace("_", "-")
    return f"{verb.on.path}/{step}" if verb.begins else f"{verb.on.path}/{key}/{step}"


def add_verbs(
    router: APIRouter,
    *things: Thing[Any],
    shown_at: Mapping[str, ShownAt] | None = None,
    drawn_by: Mapping[str, OwnPage] | None = None,
    read_from: Mapping[str, ReadFrom] | None = None,
    above: Mapping[str, Above] | None = None,
    offered: Mapping[str, Offered] | None = None,
) -> None:
    """Add GET and POST of every verb of these things. ``shown_at``: by kind of thing, where that is not its own page.
    ``drawn_by``: by name of a verb that has a key, where its form stands among other things.
    ``read_from``: by verb, where the form on such a page is not made of its fields.
    ``above``: by verb, what stands above its form; ``offered``: what can be chosen in it. What the address states of a form's
    fields is not asked for again.
    Call it before routes that would take a verb's name for a key.
    """
    for thing in things:
        show = (shown_at or {}).get(thing.kind, _own_page(thing))
        for verb in generated(thing):
            path = address_of(verb, "{key}")
            own = (drawn_by or {}).get(verb.name) or _plain_page(
                verb, (above or {}).get(verb.name), (offered or {}).get(verb.name)
            )
            read = (read_from or {}).get(verb.name, _as_it_is)
            router.add_api_route(path, _show(verb, own, read), methods=["GET"], name=f"show_{verb.name}")
            router.add_api_route(path, _take(verb, show, own, read), methods=["POST"], name=verb.name)


def generated(thing: Thing[Any]) -> list[AnyVerb]:
    """The verbs of a thing whose pages are made from their fields."""
    return [verb for verb in verbs_of(thing.kind) if not verb.beside_log]


def _own_page(thing: Thing[Any]) -> ShownAt:
    def own_page(_: Page, outcome: Outcome) -> str:
        return f"{thing.path}/{outcome.key}"

    return own_page


def _plain_page(verb: AnyVerb, above: Above | None, offered: Offered | None) -> OwnPage:
    def plain_page(page: Page, key: str, written: Written, refusal: Refusal, status: int) -> Response:
        form = drawn(page, verb, key, _state(page, verb, key), written, refusal, fixed=_fixed(page, verb))
        form = form.offering(**offered(page, key, written)) if offered else form
        template, answer = (above and above(page, key, written)) or ("", None)
        return render(
            page,
            "kit/forms/verb.html",
            status=status,
            form=form,
            refusal=refusal,
            thing=verb.on,
            key=key,
            about=about_of(page, verb.on, key) if key else None,
            public=public_years(page, verb, key),
            sent=page.request.method == "POST" or page.restored is not None,
            above=template,
            answer=answer,
        )

    return plain_page


def _as_it_is(_: Page, form: FormData) -> FormData:
    return form


def _show(verb: AnyVerb, own: OwnPage, read: ReadFrom) -> Callable[..., Response]:
    # Defaults, not annotations: annotations are resolved where ``verb`` is not known.
    guarded = Depends(allow(verb.name))

    def begin(page: Page = guarded) -> Response:
        return _page_of(page, verb, "", own, read)

    def step(key: str, page: Page = guarded) -> Response:
        return _page_of(page, verb, key, own, read)

    return begin if verb.begins else step


def _page_of(page: Page, verb: AnyVerb, key: str, own: OwnPage, read: ReadFrom) -> Response:
    kept = restored_in(page)
    written = written_in(verb.fields, read(page, kept) if kept else page.request.query_params)
    if not verb.begins:
        key = own_key(page, verb, key)
    refused = None if verb.begins else verb.guard(_state(page, verb, key), key)
    return own(page, key, written, Refusal(rejected=refused), 200)


def restored_in(page: Page) -> FormData | None:
    """What was typed in this form and not sent, where the address asks for it and there is such a draft."""
    if page.asked(DRAFT):
        page.restored = drafts_of(page).at(page.actor.username, form_address(page.request))
    if page.restored is None:
        return None
    return FormData([(each.name, each.value) for each in page.restored.typed if not each.is_file])


def drafts_of(page: Page) -> Drafts:
    """The drafts of all accounts."""
    accounts: Accounts = page.request.app.state.accounts
    return accounts.drafts


def _state(page: Page, verb: AnyVerb, key: str) -> Any:
    """The thing as it is; what is begun is as before its first event."""
    return verb.on.initial if verb.begins else verb.on.state(look_at(page), key)


def own_key(page: Page, verb: AnyVerb, written: str) -> str:
    """The id of what is meant by an id or a number. Raises ``Unknown`` where there is no such thing, ``Forbidden`` where it is
    not the reader's to touch."""
    try:
        key = key_read(verb.on, written)
    except Malformed:
        raise Unknown("page", written) from None
    kind = NUMBERED.get(verb.on.kind)
    key = thing_meant(page.connection, key, kind) if kind else key
    if not verb.may(page.actor, verb.owner(look_at(page), key, {})):
        raise Forbidden(verb.name, page.actor.role.value)
    return key


def _take(verb: AnyVerb, shown_at: ShownAt, own: OwnPage, read: ReadFrom) -> Callable[..., Response]:
    taking: dict[str, Any] = {"largest": FILES_LARGEST, "files": PARSED, "within": SLOW_LINE}
    guarded, checked = (
        Depends(allow(verb.name, **(taking if verb.takes_files else {}))),
        Depends(checked_form),
    )

    def begin(page: Page = guarded, form: FormData = checked) -> Response:
        return _use(page, verb, "", read(page, form), shown_at, own)

    def step(key: str, page: Page = guarded, form: FormData = checked) -> Response:
        return _use(page, verb, key, read(page, form), shown_at, own)

    return begin if verb.begins else step


def _use(page: Page, verb: AnyVerb, key: str, form: FormData, shown_at: ShownAt, own: OwnPage) -> Response:
    written = {**_stated(page, verb), **written_in(verb.fields, form), **_fixed(page, verb)}
    if not verb.begins:
        key = own_key(page, verb, key)
    stated = _by_days(page, verb, written)

    def do() -> str:
        files = files_in(form) if verb.takes_files else ()
        outcome = act(page.system, verb, key, stated, page.actor, page.by, strict=False, files=files)
        return with_done(shown_at(page, outcome), verb, outcome, written)

    refusal, status, answer = Refusal(), 409, str(form.get("confirmed", ""))
    if (verb.irreversible or verb.bears) and answer == TO_EDIT:
        return own(page, key, written, refusal, 200)
    try:
        if answer != CONFIRMED and (verb.irreversible or _is_doubtful(page, verb, key, written, form)):
            asked = drawn(page, verb, key, _state(page, verb, key), written, fixed=_fixed(page, verb))
            return to_confirm(page, verb, key, stated, asked)
        address = once(page, str(form.get("drawn_at", "")), do)
    except Malformed as malformed:
        refusal, status = Refusal(faults=malformed.faults), 422
    except Rejected as rejected:
        refusal = Refusal(rejected=rejected, since=_since(page, verb, key, form))
    except Conflict:
        refusal = Refusal(conflict=True, since=_since(page, verb, key, form))
    except (Unknown, Forbidden) as missing:
        # What is named in a field is not there, or not the reader's: the rest is still what was typed.
        refusal, status = Refusal(missing=missing), 404 if isinstance(missing, Unknown) else 403
    else:
        discard_draft(page)
        return RedirectResponse(address, status_code=303)
    return own(page, key, written, refusal, status)


def _is_doubtful(page: Page, verb: AnyVerb, key: str, written: Written, form: FormData) -> bool:
    """Whether it is asked once more, since another bears its number; not with files, which would be sent twice."""
    return not (verb.takes_files and chosen(form)) and bool(number_borne(page, verb, key, written))


def _since(page: Page, verb: AnyVerb, key: str, form: FormData) -> list[TrailRow]:
    """What others did with the thing after this form was drawn, for those who may read it: whoever acted first is named."""
    drawn_at, look = str(form.get("drawn_at", "")), look_at(page)
    if verb.begins or not DIGITS.fullmatch(drawn_at):
        return []
    if not page.sees("read_trail") and verb.on.owner(look, key) == Owner():
        return []
    rows = trail.of_streams(page.connection, [verb.on.stream(look, key)], page.at)
    return tell(
        page, [each for each in rows if each.position > int(drawn_at) and each.actor != page.actor.username]
    )


def discard_draft(page: Page) -> None:
    """The form was sent and what it asks for is done: nothing of it is kept any longer."""
    username = page.actor.username
    drafts_of(page).discard(username, id_of(username, form_address(page.request)))


def _by_days(page: Page, verb: AnyVerb, written: Written) -> Written:
    """With the number of its last record where a day stands for one; what is no day stays, and is found to be no number."""
    found = dict(written)
    for each in verb.fields:
        day = str(found.get(each.name, "")).strip()
        if isinstance(each.kind, Record) and DAY.fullmatch(day):
            with suppress(NoDay):
                found[each.name] = str(position_of(page.system, page.newest, each.name, day))
    return found


def _stated(page: Page, verb: AnyVerb) -> Written:
    """What the address states of the fields."""
    stated = written_in(verb.fields, page.request.query_params)
    return {name: value for name, value in stated.items() if name in page.request.query_params}


def _fixed(page: Page, verb: AnyVerb) -> Written:
    """What the address states and is not asked for: one value where the field has one, and not an empty one."""
    many = {each.name for each in verb.fields if isinstance(each.kind, Many)}
    stated = _stated(page, verb).items()
    return {name: value for name, value in stated if value and (name in many or isinstance(value, str))}


def with_done(address: str, verb: AnyVerb, outcome: Outcome, written: Written) -> str:
    """The address of the page that says what was done, too, or that nothing of it was new; and of what it was done, with what
    the counter-step asks for as well."""
    said = {"done": verb.name if outcome.events else "nothing"}
    if outcome.events and (verb.then or verb.undone_by):
        said["of"] = outcome.key
    if outcome.events and verb.undone_by:
        same = {
            each.name for each in VERBS[verb.undone_by].fields if isinstance(each.kind, KeyOf | Choice | Text)
        }
        again = {name: value for name, value in written.items() if name in same - EXPLAINS and value}
        said |= {"with": urlencode(again)} if again else {}
    path, hash_, part = address.partition("#")
    return f"{path}{'&' if '?' in path else '?'}{urlencode(said)}{hash_}{part}"


@dataclass(frozen=True)
class Onward:
    """A link under what was just done: to what comes next, or to the step that takes it back (``undoes``)."""

    address: str
    title: str
    undoes: bool


def after_done(page: Page) -> list[Onward]:
    """Where the reader may go on from what was just done, as far as that is possible now."""
    verb, key = VERBS.get(page.asked("done")), page.asked("of")
    found: list[Onward] = []
    for name, undoes in (
        ((verb.then, False), (verb.undone_by, True)) if verb and key and not page.is_past else ()
    ):
        if not name:
            continue
        other = VERBS[name]
        try:
            own = own_key(page, other, key)
        except (Unknown, Forbidden):
            continue
        if other.guard(_state(page, other, own), own) is None:
            address = address_of(other, own)
            if undoes and page.asked("with"):
                address += f"?{page.asked('with')}"
            found.append(Onward(address, title_of(page, other), undoes))
    return found


environment.globals["after_done"] = after_done


def look_at(page: Page) -> Look:
    """What a verb sees of the system behind a page."""
    return look_of(page.system)


@dataclass(frozen=True)
class Refusal:
    """Why a form comes back: what cannot be read, the clause that refuses, somebody who was faster, or a thing that it names
    and that is not there for the reader. ``since``: what others did with the thing after the form was opened."""

    faults: Mapping[str, Fault] = field(default_factory=dict)
    rejected: Rejected | None = None
    conflict: bool = False
    missing: Unknown | Forbidden | None = None
    since: Sequence[TrailRow] = ()

    @property
    def anything(self) -> bool:
        """Whether it comes back at all."""
        return bool(self.faults or self.rejected or self.conflict or self.missing)


@dataclass(frozen=True)
class DrawnVerb:
    """A verb's form. ``refused``: why the state refuses it, ``None`` where nothing does. ``told``: fields that the address
    states. ``danger``: it cannot be taken back; ``foretold``: what it does then, where the form says so; ``forewarned``: what
    speaks against it, which hinders nobody."""

    name: str
    title: str
    address: str
    fields: list[FormField]
    refused: Rejected | None = None
    told: Sequence[FormField] = ()
    danger: bool = False
    foretold: str = ""
    forewarned: Sequence[str] = ()

    def field(self, name: str) -> FormField:
        """The field of this name, for a page that places each itself."""
        return next(each for each in self.fields if each.name == name)

    @property
    def takes_files(self) -> bool:
        """Whether files can be chosen in it."""
        return any(each.control == FILES for each in self.fields)

    @property
    def faulty(self) -> list[FormField]:
        """The fields, and columns of tables, with which something is wrong, in their order."""
        flat = [
            part for each in self.fields for part in (each, *(column for row in each.rows for column in row))
        ]
        return [each for each in flat if each.fault]

    def offering(self, **choices: Sequence[tuple[str, str]]) -> DrawnVerb:
        """The same where the page knows what can be chosen in a field, or in a column of a table, as (value, word). A field that
        need not be filled in, and for which there is nothing to choose, is not shown."""

        def offer(each: FormField) -> FormField:
            found = choices.get(each.name.rpartition(".")[2])
            if found:
                return replace(each, control="choice", choices=found)
            if found is not None and not each.required and not each.value:
                return replace(each, control="hidden")
            return replace(each, rows=[[offer(column) for column in row] for row in each.rows])

        return replace(
            self, fields=[offer(each) for each in self.fields], told=[offer(each) for each in self.told]
        )

    def with_known(self, **known: object) -> DrawnVerb:
        """The same where the page knows some values, which are then not shown."""
        fields = [
            replace(each, control="hidden", values=[str(known[each.name])]) if each.name in known else each
            for each in self.fields
        ]
        return replace(self, fields=fields)


def drawn(
    page: Page,
    verb: AnyVerb,
    key: str,
    state: Any,
    written: Written | None = None,
    refusal: Refusal | None = None,
    proposed: Mapping[str, object] | None = None,
    fixed: Written | None = None,
) -> DrawnVerb:
    """The form of a verb, to be filled in or as it was filled in. ``fixed`` stands in its address and is only told.
    ``proposed``: what a page offers that knows more than the state; rows that it proposes are those of the table."""
    refusal = refusal or Refusal()
    # What is stated wrongly can be entered.
    fixed = {name: value for name, value in (fixed or {}).items() if name not in refusal.faults}
    stands = verb.proposes(state) if verb.proposes else on_record(page, verb, key)
    proposed = {**stands, **(proposed or {})}
    clause = refusal.rejected.clause if refusal.rejected else None
    left = foreseen(look_at(page), verb, key, page.by) if clause in (None, LEFT_BEHIND_ACKNOWLEDGED) else ()
    page.of_year = _year_of(page, verb, key)
    fields = form_fields(
        page, verb.name, verb.fields, {**(written or {}), **fixed}, proposed, refusal.faults, clause, left
    )
    address = address_of(verb, key) + (f"?{urlencode(fixed, doseq=True)}" if fixed else "")
    if verb.takes_files:
        fields.append(file_field(page, refusal.faults.get(FILES)))
    fields = [placed(each, address) for each in fields]
    asked = [each for each in fields if each.name not in fixed]
    told = [each for each in fields if each.name in fixed and each.value]
    return DrawnVerb(
        verb.name,
        title_of(page, verb),
        address,
        asked,
        refusal.rejected,
        told,
        danger=verb.irreversible,
        foretold=consequence(page, verb, key) if verb.foretold else "",
        forewarned=forewarned(page, verb, key, {**(written or {}), **fixed}),
    )


def placed(field: FormField, address: str) -> FormField:
    """The field with an id that no other form of the page has: it begins with what stands for the form's address."""
    place = f"f{sha256(address.encode()).hexdigest()[:6]}-"
    return replace(field, place=place, rows=[[placed(each, address) for each in row] for row in field.rows])


def _year_of(page: Page, verb: AnyVerb, key: str) -> int | None:
    """The year that the thing is of, whose pairings and grades there are to choose from; ``None`` for the page's own."""
    if verb.on.kind == RUN.kind:
        return year_of_run(look_at(page), key)
    return int(key) if verb.on.key == YEAR and not verb.begins else None


@pass_context
def _form_of(
    context: Context, name: str, key: str, proposed: Written | None = None, **fixed: object
) -> DrawnVerb | None:
    """For templates: the form of a verb on a thing, ``None`` where the reader may not use it, or the page shows the past.

    What the state refuses has no fields, and says why. ``proposed``: what the page offers; ``fixed``: what it does not ask.
    """
    page, verb = context["page"], VERBS[name]
    look = look_at(page)
    if page.is_past or not verb.may(page.actor, verb.owner(look, key, fixed)):
        return None
    state = _state(page, verb, key)
    refused = None if verb.begins else verb.guard(state, key)
    if refused is not None:
        return DrawnVerb(verb.name, title_of(page, verb), address_of(verb, key), [], refused)
    return drawn(page, verb, key, state, fixed=fixed, proposed=proposed)


environment.globals["form_of"] = _form_of


def title_of(page: Page, verb: AnyVerb) -> str:
    """What a verb is called, in the reader's language."""
    return words_of(verb.name).title.said(page.language)


@dataclass(frozen=True)
class Steps:
    """What the reader may do with a thing: ``open`` with their forms, ``aside`` used rarely and linked to, ``refused`` by the
    state as it is."""

    open: list[DrawnVerb]
    aside: list[DrawnVerb]
    refused: list[DrawnVerb]


def steps_of(page: Page, thing: Thing[Any], key: str, *, without: frozenset[str] = frozenset()) -> Steps:
    """The verbs of a thing that this reader may use, but for those that the page draws elsewhere; none in the past."""
    steps = Steps([], [], [])
    if page.is_past:
        return steps
    look = look_at(page)
    state, owner = thing.state(look, key), thing.owner(look, key)
    for verb in generated(thing):
        if verb.begins or verb.name in without or not verb.may(page.actor, owner):
            continue
        refused = verb.guard(state, key)
        if refused is None and not verb.aside:
            steps.open.append(drawn(page, verb, key, state))
            continue
        # What is only named is drawn without its fields: what could be chosen in them need not be looked up.
        named = DrawnVerb(
            verb.name, title_of(page, verb), address_of(verb, key), [], refused, danger=verb.irreversible
        )
        (steps.refused if refused else steps.aside).append(named)
    return steps
