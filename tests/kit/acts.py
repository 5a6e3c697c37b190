"""Acts of tests: a verb used by an account of the demo county, or carried out by whoever is trusted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from application.actors.actor import Actor
from application.input.fields import Field
from application.input.reading import Malformed, read
from application.ledgers.recording.row_recorder import OFFICE
from application.look import look_of
from application.system import System
from application.verb import Outcome, Verb, carry_out, perform, use
from application.verbs.accounts import open_account
from application.verbs.assessment.schemes import adopt_scheme
from domain.assessment.scheme_file.scheme_text import parse_scheme
from domain.kernel.person import PersonRef
from domain.kernel.recorded import By, Source

CLERK = By(actor="clerk", office="县联建办", source=Source(kind="command", name="test"))


def act(
    system: System,
    verb: Verb[Any, Any],
    key: str = "",
    /,
    *,
    by: By = CLERK,
    day: date | None = None,
    **written: object,
) -> str:
    """Carry a verb out with values as somebody would write them, or typed; the key of the thing. ``day``: taken as today."""
    return acted(system, verb, key, by=by, day=day, **written).key


def acted(
    system: System,
    verb: Verb[Any, Any],
    key: str = "",
    /,
    *,
    by: By = CLERK,
    day: date | None = None,
    **written: object,
) -> Outcome:
    """The same, with the events that it brought."""
    typed = {name: _written(value) for name, value in written.items()}
    return carried_out(system, verb, key, by=by, day=day, **stated(system, verb.fields, typed, day))


def carried_out(
    system: System,
    verb: Verb[Any, Any],
    key: str = "",
    /,
    *,
    by: By = CLERK,
    day: date | None = None,
    **typed: object,
) -> Outcome:
    """The same with typed values, such as points in hundredths, which nobody writes; also of what is given or supplied."""
    return carry_out(look_of(replace(system, day=day) if day else system), verb, key, by, typed)


def carried(
    system: System, verb: Verb[Any, Any], key: str = "", /, *, by: By = CLERK, **typed: object
) -> str:
    """The same; the key of the thing."""
    return carried_out(system, verb, key, by=by, **typed).key


def adopt(system: System, text: str, *, by: By = CLERK) -> None:
    """Take a text for the scheme of its year, as one that came with the software."""
    year, today = parse_scheme(text).year, system.today()
    perform(look_of(system), adopt_scheme, str(year), by, year=year, text=text, published_on=today)


def open_for(system: System, username: str, person: PersonRef, office: str, *, by: By = CLERK) -> None:
    """Open an account for somebody who is in the vault already, for no role yet."""
    perform(
        look_of(system),
        open_account,
        username,
        by,
        username=username,
        person=person,
        office=office,
        branch="",
        village="",
        role=None,
        opened_by=by.actor,
        opened_on=system.today(),
    )


def use_as(
    system: System, actor: Actor, verb: Verb[Any, Any], key: str = "", /, **written: object
) -> Outcome:
    """Use a verb as somebody does at the pages."""
    source = Source(kind="page", name="test")
    by = By(actor=actor.username, office=actor.office, acting_for=actor.acting_for, source=source)
    return use(look_of(system), verb, key, by, actor, stated(system, verb.fields, written))


def stated(
    system: System, fields: tuple[Field, ...], written: dict[str, object], day: date | None = None
) -> dict[str, Any]:
    """What is stated, typed; raises ``Malformed`` where it cannot be read."""
    reading = read(
        fields,
        written,
        today=day or system.today(),
        person=lambda name: system.vault.person(name, OFFICE),
        strict=True,
    )
    if reading.faults:
        raise Malformed(reading.faults)
    return dict(reading.values)


def _written(value: Any) -> object:
    """A typed value as it would be written."""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return getattr(value, "value", value)
