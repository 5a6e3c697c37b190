"""A verb on many things at once: one form, one act for each thing, and of each it is said what became of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData, QueryParams

from application.acting import act
from application.reading import Malformed, Written
from application.verb import Outcome, Thing
from domain.kernel.errors import Conflict, Forbidden, Rejected, Unknown
from domain.kernel.values import KeyOf
from interface.web.kit.context import Page, allow, checked_form
from interface.web.kit.forms.form_fields import form_fields, written_in
from interface.web.kit.forms.verb_pages import (
    AnyVerb,
    DrawnVerb,
    Refusal,
    ShownAt,
    address_of,
    discard_draft,
    own_key,
    placed,
    restored_in,
    title_of,
    with_done,
)
from interface.web.kit.rendering import render

KEY = "key"
"""The name of the boxes by which things are chosen."""
OFFERED = "offered"
"""The name under which the list says what could be chosen, so that one who has chosen nothing can do so yet."""
NOTHING = Refusal()


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


def address_at_once(verb: AnyVerb) -> str:
    """Where the form for many is, and where it is sent: ``/evidence-items/review-evidence``, and
    ``/result-uses/order-result-use/at-once`` where something is begun for each."""
    return (
        f"{address_of(verb, '')}/at-once" if verb.begins else f"{verb.on.path}/{verb.name.replace('_', '-')}"
    )


def _over(verb: AnyVerb) -> tuple[str, Thing[Any]]:
    """The things that are chosen: those it is used on, or within which something is begun, with the field that names one."""
    return verb.within if verb.begins and verb.within else (KEY, verb.on)


def add_at_once(router: APIRouter, *verbs: AnyVerb, shown_at: ShownAt) -> None:
    """Add GET and POST of the forms for many. ``shown_at``: what is shown once all of it is done.
    Call it before routes that would take a verb's name for a key.
    """
    for verb in verbs:
        path = address_at_once(verb)
        router.add_api_route(path, _show(verb), methods=["GET"], name=f"show_{verb.name}_at_once")
        router.add_api_route(path, _take(verb, shown_at), methods=["POST"], name=f"{verb.name}_at_once")


def drawn_at_once(page: Page, verb: AnyVerb, written: Written, refusal: Refusal = NOTHING) -> DrawnVerb:
    """The fields that are stated once for all that is chosen."""
    stated = [each for each in verb.fields if each.name != _over(verb)[0]]
    fields = form_fields(page, verb.name, stated, written, {}, refusal.faults)
    address = address_at_once(verb)
    form = DrawnVerb(verb.name, title_of(page, verb), address, [placed(each, address) for each in fields])
    # The year and the run of what is chosen are the page's own, and only asked for where none can be read.
    own = {each.name for each in stated if each.name == "year" or isinstance(each.kind, KeyOf)}
    known = {name: written[name] for name in own - refusal.faults.keys() if written.get(name)}
    return form.with_known(**known)


def _keys(form: FormData | QueryParams, name: str = KEY) -> list[str]:
    return [key for key in dict.fromkeys(form.getlist(name)) if isinstance(key, str) and key]


def _entries(form: FormData | QueryParams) -> list[Tried]:
    """What was chosen, and then what else could be."""
    chosen = _keys(form)
    return [Tried(key, chosen=key in chosen) for key in dict.fromkeys([*chosen, *_keys(form, OFFERED)])]


def _show(verb: AnyVerb) -> Callable[..., Response]:
    guarded = Depends(allow(verb.name))

    def show(page: Page = guarded) -> Response:
        query = restored_in(page) or page.request.query_params
        return _draw(page, verb, _entries(query), written_in(verb.fields, query))

    return show


def _take(verb: AnyVerb, shown_at: ShownAt) -> Callable[..., Response]:
    guarded, checked = Depends(allow(verb.name)), Depends(checked_form)

    def take(page: Page = guarded, form: FormData = checked) -> Response:
        return _use(page, verb, form, shown_at)

    return take


def _use(page: Page, verb: AnyVerb, form: FormData, shown_at: ShownAt) -> Response:
    keys, written = _keys(form), written_in(verb.fields, form)
    if not keys:
        return _draw(page, verb, _entries(form), written, NOTHING, 422)
    tried: list[Tried] = []
    last = Outcome("", ())
    for key in keys:
        try:
            own = "" if verb.begins else own_key(page, verb, key)
            stated = {**written, _over(verb)[0]: key} if verb.begins else written
            last = act(page.system, verb, own, stated, page.actor, page.by, strict=False)
        except Malformed as malformed:
            # What is stated for all cannot be read for any: nothing was done.
            return _draw(page, verb, _entries(form), written, Refusal(faults=malformed.faults), 422)
        except Rejected as rejected:
            tried.append(Tried(key, Refusal(rejected=rejected)))
        except Conflict:
            tried.append(Tried(key, Refusal(conflict=True)))
        except (Unknown, Forbidden):
            tried.append(Tried(key, missing=True))
        else:
            tried.append(Tried(key))
    if all(each.done for each in tried):
        discard_draft(page)
        return RedirectResponse(with_done(shown_at(page, last), verb, last, {}), status_code=303)
    return _draw(page, verb, tried, written, NOTHING, 409)


def _draw(
    page: Page,
    verb: AnyVerb,
    tried: Sequence[Tried],
    written: Written,
    refusal: Refusal = NOTHING,
    status: int = 200,
) -> Response:
    form = drawn_at_once(page, verb, written, refusal)
    return render(
        page,
        "kit/forms/at_once.html",
        status=status,
        form=form,
        refusal=refusal,
        tried=tried,
        path=_over(verb)[1].path,
        judged=status == 409,
        sent=page.request.method == "POST",
    )
