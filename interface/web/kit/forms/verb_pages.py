"""A page for every verb at the address that its form is sent to, and the steps on the page of a thing.

Whatever is wrong, the form comes back as it was filled in, with what is wrong beside it: 422 where something cannot be read,
409 where a clause refuses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData

from application.acting import act
from application.actors.actor import Owner
from application.input.reading import Malformed, Written
from application.questions.sentences import TrailRow
from application.stores.accounts.accounts import Accounts
from application.stores.accounts.drafts import Drafts, id_of
from application.verb import Outcome, Thing
from domain.kernel.errors import Conflict, Forbidden, Rejected, Unknown
from domain.kernel.values import Many, Record
from interface.http.gate import SLOW_LINE
from interface.web.kit.forms.about import about_of, public_years, shown_thing
from interface.web.kit.forms.confirming import CONFIRMED, TO_EDIT, to_confirm
from interface.web.kit.forms.drawn import Refusal, drawn
from interface.web.kit.forms.files import (
    FILES_LARGEST,
    PARSED,
    chosen,
    files_in,
)
from interface.web.kit.forms.forewarning import number_borne
from interface.web.kit.forms.form_fields import written_in
from interface.web.kit.forms.of_verb import AnyVerb, address_of, look_at, own_key, state_of
from interface.web.kit.forms.onward import ShownAt, address_after
from interface.web.kit.forms.repeating import once
from interface.web.kit.forms.steps import generated
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import DRAFT, Page, position_of
from interface.web.kit.page.posted import checked_form, form_address
from interface.web.kit.rendering import render
from interface.web.kit.sentences import tell
from interface.web.kit.values import DAY
from interface.web.kit.values import Malformed as NoDay
from projections.boards import trail

DIGITS = re.compile(r"\d{1,18}", re.ASCII)
Offered = Callable[[Page, str, Written], Mapping[str, Sequence[tuple[str, str]]]]
"""What there is to choose in a form's fields, for a key and with what is stated: by field, as (value, word)."""
OwnPage = Callable[[Page, str, Written, "Refusal", int], Response]
"""Draws the page on which a verb's form stands: of a key, with what was written, why it comes back, and the status."""
ReadFrom = Callable[[Page, FormData], FormData]
"""What a form states for a verb's fields, where it has others for people to fill in."""
Above = Callable[[Page, str, Written], tuple[str, object] | None]
"""What the form on a thing (its key) is about, as far as that is stated yet: a template, and the answer it shows."""

Barred = Callable[[Page, AnyVerb, str], Rejected | None]
"""Why this reader's use of a verb on a thing (its key) would be refused, whoever else may use it; ``None`` where it would not."""


def add_verbs(
    router: APIRouter,
    *things: Thing[Any],
    shown_at: Mapping[str, ShownAt] | None = None,
    drawn_by: Mapping[str, OwnPage] | None = None,
    read_from: Mapping[str, ReadFrom] | None = None,
    above: Mapping[str, Above] | None = None,
    offered: Mapping[str, Offered] | None = None,
    barred: Barred | None = None,
) -> None:
    """Add GET and POST of every verb of these things. ``shown_at``: by kind of thing, where that is not its own page.
    ``drawn_by``: by name of a verb that has a key, where its form stands among other things.
    ``read_from``: by verb, where the form on such a page is not made of its fields.
    ``above``: by verb, what stands above its form; ``offered``: what can be chosen in it. What the address states of a form's
    fields is not asked for again. ``barred``: whom the decision refuses, though the state does not; no form is shown then.
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
            router.add_api_route(
                path, _show(verb, own, read, barred), methods=["GET"], name=f"show_{verb.name}"
            )
            router.add_api_route(path, _take(verb, show, own, read), methods=["POST"], name=verb.name)


def _own_page(thing: Thing[Any]) -> ShownAt:
    def own_page(_: Page, outcome: Outcome) -> str:
        return f"{thing.path}/{outcome.key}"

    return own_page


def _plain_page(verb: AnyVerb, above: Above | None, offered: Offered | None) -> OwnPage:
    def plain_page(page: Page, key: str, written: Written, refusal: Refusal, status: int) -> Response:
        form = drawn(page, verb, key, state_of(page, verb, key), written, refusal, fixed=_fixed(page, verb))
        form = form.offering(**offered(page, key, written)) if offered else form
        template, answer = (above and above(page, key, written)) or ("", None)
        thing, bearer = shown_thing(verb.on, key)
        return render(
            page,
            "kit/forms/verb.html",
            status=status,
            form=form,
            refusal=refusal,
            thing=thing,
            key=bearer,
            about=about_of(page, thing, bearer) if key else None,
            public=public_years(page, verb, key),
            sent=page.request.method == "POST" or page.restored is not None,
            above=template,
            answer=answer,
        )

    return plain_page


def _as_it_is(_: Page, form: FormData) -> FormData:
    return form


def _show(verb: AnyVerb, own: OwnPage, read: ReadFrom, barred: Barred | None) -> Callable[..., Response]:
    # Defaults, not annotations: annotations are resolved where ``verb`` is not known.
    guarded = Depends(allow(verb.name))

    def begin(page: Page = guarded) -> Response:
        return _page_of(page, verb, "", own, read, barred)

    def step(key: str, page: Page = guarded) -> Response:
        return _page_of(page, verb, key, own, read, barred)

    return begin if verb.begins else step


def _page_of(
    page: Page, verb: AnyVerb, key: str, own: OwnPage, read: ReadFrom, barred: Barred | None
) -> Response:
    kept = restored_in(page)
    written = written_in(verb.fields, read(page, kept) if kept else page.request.query_params)
    if not verb.begins:
        key = own_key(page, verb, key)
    refused = None if verb.begins else verb.guard(state_of(page, verb, key), key)
    if refused is None and barred is not None and not verb.begins:
        refused = barred(page, verb, key)
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
        return address_after(page, shown_at, verb, outcome, written)

    refusal, status, answer = Refusal(), 409, str(form.get("confirmed", ""))
    if (verb.irreversible or verb.bears) and answer == TO_EDIT:
        return own(page, key, written, refusal, 200)
    try:
        if answer != CONFIRMED and (verb.irreversible or _is_doubtful(page, verb, key, written, form)):
            asked = drawn(page, verb, key, state_of(page, verb, key), written, fixed=_fixed(page, verb))
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
