"""A whole import reversed in one act: what it would change, what stands in its way, and doing it.

Everything that the import began is voided by its own verb, so that before and after stay readable, in one transaction. Where
later acts rest on it, or where it went on with what was there before, nothing is reversed, and both are named. Renewals and
agreements of pairings that have been voided since are not in its way. Units, villages and aliases that came with it stay on the
register.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, select

from application.eventlog import Batch
from application.ledgers.recording.statements import REVERSAL
from application.ledgers.taken_back import taken_back
from application.look import Look, look_of
from application.one_at_a_time import alone
from application.system import System
from application.verb import Verb, perform
from application.verbs import livelihood, supervision
from application.verbs.pairing import activities
from application.verbs.pairing import pairings as pairing
from domain.kernel.errors import Conflict, Unknown
from domain.kernel.recorded import By, Source
from projections.boards.trail import trail, trail_things
from projections.facts.fact_table import facts

Said = Callable[[Look, str], Mapping[str, Any]]


def _today(look: Look, batch: str) -> dict[str, Any]:
    return {"today": look.today()}


def _with_batch(look: Look, batch: str) -> dict[str, Any]:
    return {"today": look.today(), "batch": batch}


def _activity(look: Look, batch: str) -> dict[str, Any]:
    return {"voided_on": look.today()}


def _pairing(look: Look, batch: str) -> dict[str, Any]:
    # What rests on it was looked for beforehand, or is voided with it.
    return {"today": look.today(), "rests": ""}


VOIDS: Final[Mapping[str, tuple[Verb[Any, Any], Said]]] = {
    "activity": (activities.void_activity, _activity),
    "case": (pairing.void_case, _today),
    "meeting": (pairing.void_meeting, _today),
    "slip": (supervision.void_slip, _today),
    "circular": (supervision.void_circular, _today),
    "finding": (supervision.void_finding, _with_batch),
    "project": (livelihood.void_project, _with_batch),
    "need": (livelihood.void_need, _with_batch),
    "resource": (livelihood.void_resource, _today),
    "pairing": (pairing.void_pairing, _pairing),
}
"""By kind of stream, what voids the thing, in the order in which it is done."""


@dataclass(frozen=True)
class Begun:
    """Something that the import began. ``position``: of its first record."""

    kind: str
    key: str
    position: int


@dataclass(frozen=True)
class Points:
    """The points of a village's pairing in a year, in hundredths; ``None`` where it is not assessed."""

    year: int
    pairing: str
    before: int | None
    after: int | None


@dataclass(frozen=True)
class Reversal:
    """What reversing an import would do. ``steps``: positions of its own steps on what was there before, which it cannot take
    back; ``later``: of later acts on what it began. Both stand in its way. ``voided``: of such steps that were voided since.
    """

    batch: str
    begun: tuple[Begun, ...]
    steps: tuple[int, ...]
    later: tuple[int, ...]
    voided: tuple[int, ...]

    @property
    def possible(self) -> bool:
        """Whether there is something to reverse, and nothing in the way."""
        return bool(self.begun) and not self.steps and not self.later


def foreseen_reversal(system: System, batch: str) -> Reversal:
    """What reversing the import would void, and what stands in its way."""
    with system.reading() as connection:
        return _foreseen(look_of(system), connection, batch)


def _foreseen(look: Look, connection: Connection, batch: str) -> Reversal:
    c = trail.c
    own = connection.execute(
        select(c.position, c.stream, c.version).where(c.correlation == batch).order_by(c.position)
    ).all()
    began = {row.stream: row for row in own if row.version == 1}
    gone = taken_back(connection, {row.stream for row in own if row.stream.startswith("pairing-")})
    no_matter = gone.union(row.position for row in own)
    begun: list[Begun] = []
    steps: list[int] = []
    voided: list[int] = []
    for row in own:
        kind, _, key = row.stream.partition("-")
        if kind not in VOIDS:
            continue
        if row.stream not in began:
            (voided if row.position in gone else steps).append(row.position)
        elif row.version == 1 and not _is_gone(look, kind, key):
            begun.append(Begun(kind, key, row.position))
    order = list(VOIDS)
    begun.sort(key=lambda each: (order.index(each.kind), each.position))
    later: dict[int, None] = {}
    for each in begun:
        own_stream = f"{each.kind}-{each.key}"
        for position, stream in sorted(_later(connection, each)):
            # What names it and is void itself rests on nothing any more.
            if position not in no_matter and (stream == own_stream or not _gone(look, stream)):
                later[position] = None
    return Reversal(batch, tuple(begun), tuple(steps), tuple(later), tuple(voided))


def _gone(look: Look, stream: str) -> bool:
    kind, _, key = stream.partition("-")
    return kind in VOIDS and _is_gone(look, kind, key)


def _is_gone(look: Look, kind: str, key: str) -> bool:
    verb, _ = VOIDS[kind]
    return verb.guard(verb.on.state(look, key), key) is not None


def _later(connection: Connection, thing: Begun) -> list[tuple[int, str]]:
    """Position and stream of what rests on the thing: every record that names it; of a pairing, its own and what still counts."""
    c, named = trail.c, trail_things.c
    if thing.kind != "pairing":
        naming = select(named.position).where(named.kind == f"{thing.kind}_id", named.thing == thing.key)
        wanted: list[ColumnElement[bool]] = [c.position.in_(naming)]
    else:
        counts = select(facts.c.position).where(facts.c.pairing == thing.key, facts.c.retracted_at.is_(None))
        wanted = [c.stream == f"pairing-{thing.key}", c.position.in_(counts)]
    found: list[tuple[int, str]] = []
    for each in wanted:
        found += [
            (row.position, row.stream) for row in connection.execute(select(c.position, c.stream).where(each))
        ]
    return found


def reverse_import(system: System, batch: str, because: str, by: By) -> Reversal:
    """Void all that the import began, or nothing: where something stands in the way the answer says what. Raises ``Conflict``
    while an import is under way, and where somebody did something meanwhile that rests on it.
    """
    with alone(system):
        system.runner.catch_up()
        at = system.log.position()
        found = foreseen_reversal(system, batch)
        if not found.possible:
            return found
        source = Source(kind=REVERSAL, name=batch)
        acts = replace(by, source=source, correlation=f"reversal-{batch}")
        voiding = Batch(system.log, whole=True)
        look = Look(system, voiding, system.ids)
        for each in found.begun:
            verb, said = VOIDS[each.kind]
            with voiding.row():
                perform(look, verb, each.key, acts, because=because, **said(look, batch))

        def still() -> None:
            if system.log.position() != at and foreseen_reversal(system, batch) != found:
                raise Conflict("somebody did something meanwhile that rests on the import; look again")

        voiding.finish(still)
    return found


def points_moved(system: System, found: Reversal) -> tuple[Points, ...]:
    """The points that the reversal would move, by year: as computed from the records with and without the import. Raises
    ``TooLong`` where the log is too long for a page.
    """
    streams = {f"{each.kind}-{each.key}" for each in found.begun}
    at = system.log.position()
    years = _years(system, found)
    with system.days.without(streams, at) as views:
        without = system.scoring.on(views)
        moved: list[Points] = []
        for year in sorted(years):
            with system.reading() as connection, views.connect() as other:
                try:
                    before = {r.pairing: r.sheet.total for r in system.scoring.results(connection, year, at)}
                except Unknown:
                    continue
                after = {r.pairing: r.sheet.total for r in without.results(other, year, at)}
            for key in sorted({**before, **after}):
                if before.get(key) != after.get(key):
                    moved.append(Points(year, key, before.get(key), after.get(key)))
    return tuple(moved)


def _years(system: System, found: Reversal) -> set[int]:
    """The years in which something of the import counts."""
    first = {each.position for each in found.begun}
    with system.reading() as connection:
        rows: Sequence[Any] = connection.execute(
            select(trail.c.position, facts.c.occurred_on, facts.c.until_on, facts.c.year)
            .join(trail, trail.c.position == facts.c.position)
            .where(trail.c.correlation == found.batch, facts.c.retracted_at.is_(None))
        ).all()
    last = system.today().year
    years = {row.year for row in rows if row.year is not None}
    for row in rows if first else ():
        years |= set(range(row.occurred_on.year, min(row.until_on.year if row.until_on else last, last) + 1))
    return years
