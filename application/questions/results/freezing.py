"""What a frozen run rests on and comes to, worked out anew: for freezing it, and for checking it later."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, Engine

from application.eventlog import EventLog
from application.questions.results.left_behind import left_behind
from application.questions.results.scoring import digest
from domain.assessment.scheme.rules.rule import ENGINE_VERSION
from domain.assessment.scheme.scheme import Scheme
from domain.assessment.scheme_file.scheme_text import parse_scheme
from domain.assessment.year import clauses
from domain.assessment.year.events import GradeAdjustmentProposed, RunFrozen
from domain.assessment.year.run import Basis, Pin
from domain.integrity.receipts import ReceiptTree
from domain.kernel.decisions import demand
from domain.kernel.errors import Unknown
from domain.kernel.event import Event
from projections.boards.assessment.runs import schemes_known
from projections.boards.assessment.year_work import cut_off_at
from projections.boards.calendars import working_days
from projections.kit.uncollected import uncollected
from projections.scores.receipts import Receipt, receipts
from projections.scores.scores import Result, scores


@dataclass(frozen=True)
class PinnedBasis:
    """The basis with the results and receipts it was worked out from."""

    basis: Basis
    scheme: Scheme
    results: list[Result]
    receipts: list[Receipt]
    tree: ReceiptTree


@dataclass(frozen=True)
class Pinning:
    """Reads the scheme, the calendar and the facts of ``views``; ``software`` is what runs now."""

    views: Engine
    log: EventLog
    software: str
    catch_up: Callable[[], None]

    def newest_position(self) -> int:
        """The position of the newest event, of which the read models know when this returns."""
        position = self.log.position()
        # Who decides holds the lock that catching up waits for; the attempts before brought the read models up.
        if not self.log.decides_here:
            self.catch_up()
        return position

    def _only_runs_since(self, position: int) -> bool:
        """Whether nothing was recorded after the position but runs, with what they carried over."""
        while page := self.log.read(after=position, limit=20):
            if not all(_of_freezing(each.event) for each in page):
                return False
            position = page[-1].position
        return True

    def basis(self, year: int, known_at: int) -> Basis:
        """The basis as of a position. ``Unknown`` where no scheme was published by then."""
        return self.pinned(year, known_at).basis

    def pin(self, year: int, known_at: int | None, last: int | None) -> Pin:
        """What there is to be frozen as of a position, ``None`` for now. ``last``: the position of the year's newest run.

        ``Rejected`` for a position that there is not, ``Unknown`` as for a basis.
        """
        newest = self.newest_position()
        at = newest if known_at is None else known_at
        demand(0 < at <= newest, clauses.FROZEN_AS_KNOWN, f"{at}, {newest}")
        found = self.pinned(year, at)
        with self._reading() as connection:
            left = left_behind(connection, found.scheme, found.results, at)
        return Pin(
            basis=found.basis,
            grades={each.pairing: each.grade.grade for each in found.results},
            newest=newest,
            nothing_since=last is not None and self._only_runs_since(last),
            leaves_behind=left,
        )

    def pinned(self, year: int, known_at: int) -> PinnedBasis:
        """The same with everything it was worked out from."""
        with self._reading() as connection:
            scheme = schemes_known(connection, known_at).get(year)
            if scheme is None:
                raise Unknown("published scheme for the year", str(year))
            return self._pinned(connection, known_at, scheme.version, scheme.text)

    def pinned_by(self, known_at: int, scheme_version: int, text: str) -> PinnedBasis:
        """The same by the text of a scheme, whatever the read models say of it."""
        with self._reading() as connection:
            return self._pinned(connection, known_at, scheme_version, text)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self.views.connect() as connection, connection.begin():
            yield connection

    def _pinned(self, connection: Connection, known_at: int, scheme_version: int, text: str) -> PinnedBasis:
        scheme = parse_scheme(text)
        late_after = cut_off_at(connection, scheme.year, known_at)
        with uncollected():
            results = scores(connection, scheme, known_at, cut_off_at=late_after)
            made = list(receipts(connection, scheme, results, known_at, late_after))
            tree = ReceiptTree(made)
        basis = Basis(
            known_at=known_at,
            scheme_version=scheme_version,
            scheme_digest=scheme.digest,
            calendar_version=working_days(connection, known_at).version,
            engine_version=ENGINE_VERSION,
            software=self.software,
            cut_off_at=late_after,
            results_digest=digest(results),
            receipts_root=tree.root.hex(),
            subjects=len(results),
        )
        return PinnedBasis(basis, scheme, results, made, tree)


def _of_freezing(event: Event) -> bool:
    carried = isinstance(event, GradeAdjustmentProposed) and bool(event.carried_from)
    return carried or isinstance(event, RunFrozen)
