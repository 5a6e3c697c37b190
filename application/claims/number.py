"""Numbers that offices give to findings, needs and projects: taking one, and finding what has one.

docs/decisions/0018-identity.md
"""

from __future__ import annotations

from functools import partial
from typing import Any

from application.eventlog.log import Log
from application.eventlog.pending import Claim
from application.look import Look
from application.verb import Thing
from domain.kernel import ids
from domain.kernel.document_no import normal_form
from domain.registry.events import NumberedThing
from domain.registry.number import Number


def _stream(kind: NumberedThing, year: int, form: str) -> str:
    return ids.digest_id("number", kind.value, str(year), form)


def number_taken(kind: NumberedThing, year: int, number: str, thing: str, *, voided: str = "") -> list[Claim]:
    """What stream ``number-<digest of kind, year and normal form>`` must agree to; nothing where no number is stated.
    ``voided``: see ``number_freed``.
    """
    form = normal_form(number)
    if not form:
        return []
    take = partial(Number.take_number, kind=kind, year=year, number=number, thing=thing, voided=voided)
    return [Claim(_stream(kind, year, form), Number(), take)]


def number_freed(look: Look, thing: Thing[Any], kind: NumberedThing, year: int, number: str) -> str:
    """The id of a voided thing that has the number, which another may take then; empty where none has."""
    has = thing_numbered(look.log, kind, year, number)
    return has if has and thing.state(look, has).voided is not None else ""


def thing_numbered(log: Log, kind: NumberedThing, year: int, number: str) -> str:
    """The id of what has this number, however it is spelt, in this year; empty where nothing has."""
    form = normal_form(number)
    return log.state(_stream(kind, year, form), Number()).thing if form else ""
