"""Working a frozen run out again, and saying part by part whether it comes to the same."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import create_engine

from application.questions.results.freezing import Pinning
from application.system import System
from domain.assessment.scheme.reading import SchemeError
from domain.assessment.year.events import RunFrozen, SchemePublished
from domain.assessment.year.run import Basis
from domain.kernel.document_no import normal_form
from domain.kernel.errors import Unknown
from projections.catalogue import PROJECTIONS
from projections.kit.runner import Runner

FIGURES = ("results_digest", "receipts_root", "subjects")
"""What a run comes to."""
DECIDING = ("known_at", "scheme_version", "scheme_digest", "cut_off_at")
"""What decides the figures: where one of these differs, it is not the same run."""
AROUND = ("calendar_version", "engine_version", "software")
"""What may be newer by now without the figures being others; it explains them where they are."""
KEPT_LATER = ("receipts_root", "scheme_digest", "calendar_version", "engine_version", "software")
"""Empty in runs frozen before these were kept."""


@dataclass(frozen=True)
class FrozenPart:
    """One part of a run's basis as frozen. ``kept``: whether the run has it at all."""

    name: str
    frozen: str | int | None
    kept: bool


@dataclass(frozen=True)
class PartOfRun:
    """One part of the basis, as frozen and as worked out now. ``kept``: whether the run has it at all; ``same``: where it has
    not, too."""

    name: str
    frozen: str | int | None
    found: str | int | None
    kept: bool
    same: bool


@dataclass(frozen=True)
class ReproducedRun:
    """Whether a run comes to the same. ``differing``: the names of the parts that are others, the figures first;
    ``log_agrees`` and ``failure`` as in ``Reproduction``."""

    run: str
    run_id: str
    equal: bool
    parts: tuple[PartOfRun, ...]
    differing: tuple[str, ...]
    log_agrees: bool | None
    failure: str


@dataclass(frozen=True)
class Reproduction:
    """A run worked out again from the tables as known then.

    ``log_agrees``: where the tables give something else, whether the events do give what was frozen; ``None`` where they
    were not asked. ``failure``: why nothing could be worked out at all, else empty.
    """

    run: RunFrozen
    position: int
    parts: tuple[PartOfRun, ...]
    log_agrees: bool | None = None
    failure: str = ""

    @property
    def equal(self) -> bool:
        """Whether the figures, and all that decides them, are the same."""
        return not self.failure and not [each for each in self.differing if each.name not in AROUND]

    @property
    def differing(self) -> list[PartOfRun]:
        """The parts that are not the same, the figures first."""
        return [each for each in self.parts if not each.same]

    @property
    def shown(self) -> ReproducedRun:
        """The same as it goes out."""
        return ReproducedRun(
            run=self.run.run_no,
            run_id=self.run.run_id,
            equal=self.equal,
            parts=self.parts,
            differing=tuple(each.name for each in self.differing),
            log_agrees=self.log_agrees,
            failure=self.failure,
        )


def frozen_run(system: System, run: str, known_at: int | None = None) -> tuple[RunFrozen, int]:
    """The event of a run, by its id or its number, as the log has it, and its position. ``Unknown`` where there is none, or was
    none as known at a position."""
    for recorded in system.log.named(RunFrozen.NAME):
        event = recorded.event
        if known_at is not None and recorded.position > known_at:
            continue
        if isinstance(event, RunFrozen) and (
            event.run_id == run or normal_form(event.run_no) == normal_form(run)
        ):
            return event, recorded.position
    raise Unknown("run", run)


def reproduce(system: System, asked: str, known_at: int | None = None) -> Reproduction:
    """Work a run out again, by its id or its number. ``Unknown`` where there is none, or was none as known at a position."""
    run, position = frozen_run(system, asked, known_at)
    found = reproduced(system.pinning, run, position)
    if found.equal or run.known_at > system.log.position():
        return found
    engine = create_engine("sqlite://")
    try:
        shadow = Runner(engine, _Until(system, run.known_at), PROJECTIONS)
        shadow.create_tables()
        shadow.catch_up()
        anew = reproduced(replace(system.pinning, views=engine), run, position)
    finally:
        engine.dispose()
    return replace(found, log_agrees=anew.equal)


def reproduced(pinning: Pinning, run: RunFrozen, position: int) -> Reproduction:
    """The run worked out from the read models of ``pinning`` by the scheme they have, part by part."""
    try:
        basis = pinning.basis(run.year, min(run.known_at, pinning.newest_position()))
    except (Unknown, ValueError, SchemeError) as error:
        return Reproduction(run, position, (), failure=str(error))
    return Reproduction(run, position, compared(run, basis))


def compared(run: RunFrozen, basis: Basis) -> tuple[PartOfRun, ...]:
    """Part by part, figures first."""
    worked_out = asdict(basis)
    return tuple(
        PartOfRun(
            each.name,
            each.frozen,
            found := worked_out[each.name],
            each.kept,
            same=not each.kept or each.frozen == found,
        )
        for each in frozen_parts(run)
    )


def frozen_parts(run: RunFrozen) -> tuple[FrozenPart, ...]:
    """What was frozen, part by part, figures first; nothing is worked out for it."""
    return tuple(
        FrozenPart(name, frozen := getattr(run, name), name not in KEPT_LATER or bool(frozen))
        for name in (*FIGURES, *DECIDING, *AROUND)
    )


def scheme_texts(system: System) -> dict[tuple[int, int], str]:
    """The text of every published scheme by year and version, as the log has it."""
    return {
        (int(recorded.event.scheme_id), recorded.event.version): recorded.event.text
        for recorded in system.log.named(SchemePublished.NAME)
        if isinstance(recorded.event, SchemePublished)
    }


class _Until:
    """The log up to a position."""

    def __init__(self, system: System, last: int) -> None:
        self._log = system.log
        self._last = last

    def position(self) -> int:
        return self._last

    def read(self, after: int = 0, limit: int = 1000, until: int | None = None) -> Any:
        return self._log.read(
            after=after, limit=limit, until=self._last if until is None else min(until, self._last)
        )
