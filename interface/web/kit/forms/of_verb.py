"""A verb as a page meets it: its address, what it is called, the thing it is done to, and how that stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from application.input.reading import Malformed
from application.look import Look, look_of
from application.verb import Verb, key_read
from domain.kernel.errors import Forbidden, Unknown
from domain.registry.events import NumberedThing
from interface.web.kit.page.page import Page
from interface.words import words_of
from projections.boards.numbers import CountedThing, Kind, thing_meant

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


def address_of(verb: AnyVerb, key: str) -> str:
    """Where a verb's page is, and where its form is sent: ``/findings/<key>/order-rectification``."""
    step = verb.name.replace("_", "-")
    return f"{verb.on.path}/{step}" if verb.begins else f"{verb.on.path}/{key}/{step}"


def state_of(page: Page, verb: AnyVerb, key: str) -> Any:
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


def look_at(page: Page) -> Look:
    """What a verb sees of the system behind a page."""
    return look_of(page.system)


def title_of(page: Page, verb: AnyVerb) -> str:
    """What a verb is called, in the reader's language."""
    return words_of(verb.name).title.said(page.language)
