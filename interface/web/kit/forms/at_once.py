"""A verb on many things at once: one form, one act for each thing, and of each it is said what became of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData, QueryParams

from application.acting import act
from application.input.reading import Malformed, Written
from application.verb import Outcome, Thing
from domain.kernel.errors import Conflict, Forbidden, Rejected, Unknown
from domain.kernel.values import KeyOf
from interface.web.kit.forms.drawn import DrawnVerb, Refusal, placed
from interface.web.kit.forms.form_fields import form_fields, written_in
from interface.web.kit.forms.of_verb import AnyVerb, address_of, own_key, title_of
from interface.web.kit.forms.onward import ShownAt, address_after
from interface.web.kit.forms.verb_pages import discard_draft, restored_in
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page
from interface.web.kit.page.posted import checked_form
from interface.web.kit.rendering import render

KEY = "key"
"""The name of the boxes by which things are chosen."""
OFFERED = "offered"
"""The name under which the list says what could be chosen, so that one who has chosen nothing can do so yet."""
CHOSEN = 25
"""How many are ticked to begin with where each takes its time: what was done of them is seen within seconds."""
NOTHING = Refusal()
Offered = Callable[[Page, str], Sequence[str]]


@dataclass(frozen=True)
class Tried:
    """A thing and what became of it: ``refusal`` is ``None`` where it is done; ``missing``: it is not there, or not the
    reader's to touch."""

    key: str
    refusal: Refusal | None = None
    missing: bool = False
    chosen: bool = True

    @property
    def done(self) -> bool:
        return self.refusal is None and not self.missing


@dataclass(frozen=True)
class _Form:
    """The form of a verb for many. ``field`` names what is chosen, ``path`` is where its page is. ``key``: the one thing that
    the verb is used on each time, empty where it is used on what is chosen, or begins something for it."""

    verb: AnyVerb
    field: str
    path: str
    key: str = ""

    @property
    def address(self) -> str:
        """Where it is, and where it is sent: ``/evidence-items/review-evidence``; ``/result-uses/order-result-use/at-once``
        where something is begun for each; ``/runs/<key>/issue-score-notice/at-once`` on one thing for each."""
        if self.field == KEY:
            return f"{self.verb.on.path}/{self.verb.name.replace('_', '-')}"
        return f"{address_of(self.verb, self.key)}/at-once"

    def act_on(self, page: Page, chosen: str, written: Written) -> Outcome:
        """One of many."""
        if self.field == KEY:
            key, stated = own_key(page, self.verb, chosen), written
        else:
            key, stated = self.key, {**written, self.field: chosen}
        return act(page.system, self.verb, key, stated, page.actor, page.by, strict=False)


def _form_of(verb: AnyVerb) -> _Form:
    """Over the things it is used on, or within which something is begun."""
    field, thing = verb.within if verb.begins and verb.within else (KEY, verb.on)
    return _Form(verb, field, thing.path)


def add_at_once(router: APIRouter, *verbs: AnyVerb, shown_at: ShownAt) -> None:
    """Add GET and POST of the forms for many. ``shown_at``: what is shown once all of it is done.
    Call it before routes that would take a verb's name for a key.
    """
    for verb in verbs:
        form = _form_of(verb)

        def one(page: Page, key: str, form: _Form = form) -> _Form:
            return form

        _add(router, form, one, shown_at)


def add_for_each(
    router: APIRouter, verb: AnyVerb, field: str, over: Thing[Any], *, offered: Offered, shown_at: ShownAt
) -> None:
    """Add the form of a verb that is used on one thing for each of many others, which its ``field`` names. ``offered``: the
    keys of those that it is still to be done for, asked of the thing by its key; the first ``CHOSEN`` are ticked.
    """

    def one(page: Page, key: str) -> _Form:
        return _Form(verb, field, over.path, own_key(page, verb, key))

    _add(router, _Form(verb, field, over.path, "{key}"), one, shown_at, offered)


def _add(
    router: APIRouter,
    form: _Form,
    one: Callable[[Page, str], _Form],
    shown_at: ShownAt,
    offered: Offered | None = None,
) -> None:
    guarded, checked = Depends(allow(form.verb.name)), Depends(checked_form)

    def show(page: Page = guarded, key: str = "") -> Response:
        query = restored_in(page) or page.request.query_params
        own = one(page, key)
        entries = _entries(query)
        if not entries and offered is not None:
            entries = [Tried(each, chosen=n < CHOSEN) for n, each in enumerate(offered(page, own.key))]
        return _draw(page, own, entries, written_in(own.verb.fields, query))

    def take(page: Page = guarded, form: FormData = checked, key: str = "") -> Response:
        return _use(page, one(page, key), form, shown_at)

    name = form.verb.name
    router.add_api_route(form.address, show, methods=["GET"], name=f"show_{name}_at_once")
    router.add_api_route(form.address, take, methods=["POST"], name=f"{name}_at_once")


def drawn_at_once(page: Page, verb: AnyVerb, written: Written) -> DrawnVerb:
    """The fields that are stated once for all that is chosen."""
    return _drawn(page, _form_of(verb), written, NOTHING)


def _drawn(page: Page, own: _Form, written: Written, refusal: Refusal) -> DrawnVerb:
    verb, address = own.verb, own.address
    stated = [each for each in verb.fields if each.name != own.field]
    fields = form_fields(page, verb.name, stated, written, {}, refusal.faults)
    form = DrawnVerb(verb.name, title_of(page, verb), address, [placed(each, address) for each in fields])
    # The year and the run of what is chosen are the page's own, and only asked for where none can be read.
    asked = {each.name for each in stated if each.name == "year" or isinstance(each.kind, KeyOf)}
    known = {name: written[name] for name in asked - refusal.faults.keys() if written.get(name)}
    return form.with_known(**known)


def _keys(form: FormData | QueryParams, name: str = KEY) -> list[str]:
    return [key for key in dict.fromkeys(form.getlist(name)) if isinstance(key, str) and key]


def _entries(form: FormData | QueryParams) -> list[Tried]:
    """What was chosen, and then what else could be."""
    chosen = _keys(form)
    return [Tried(key, chosen=key in chosen) for key in dict.fromkeys([*chosen, *_keys(form, OFFERED)])]


def _use(page: Page, own: _Form, form: FormData, shown_at: ShownAt) -> Response:
    verb = own.verb
    keys, written = _keys(form), written_in(verb.fields, form)
    if not keys:
        return _draw(page, own, _entries(form), written, NOTHING, 422)
    tried: list[Tried] = []
    last = Outcome("", ())
    for key in keys:
        try:
            outcome = own.act_on(page, key, written)
        except Malformed as malformed:
            # What is stated for all cannot be read for any: nothing was done.
            return _draw(page, own, _entries(form), written, Refusal(faults=malformed.faults), 422)
        except Rejected as rejected:
            tried.append(Tried(key, Refusal(rejected=rejected)))
        except Conflict:
            tried.append(Tried(key, Refusal(conflict=True)))
        except (Unknown, Forbidden):
            tried.append(Tried(key, missing=True))
        else:
            tried.append(Tried(key))
            last = outcome if outcome.events else last
    if all(each.done for each in tried):
        discard_draft(page)
        return RedirectResponse(address_after(page, shown_at, verb, last, {}), status_code=303)
    return _draw(page, own, tried, written, NOTHING, 409)


def _draw(
    page: Page,
    own: _Form,
    tried: Sequence[Tried],
    written: Written,
    refusal: Refusal = NOTHING,
    status: int = 200,
) -> Response:
    form = _drawn(page, own, written, refusal)
    return render(
        page,
        "kit/forms/at_once.html",
        status=status,
        form=form,
        refusal=refusal,
        tried=tried,
        path=own.path,
        judged=status == 409,
        sent=page.request.method == "POST",
    )
