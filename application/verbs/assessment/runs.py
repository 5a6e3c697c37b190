"""What is done with the runs of a year, and by whom. What an appeal ruled follows of itself: application/policies."""

from __future__ import annotations

from application.look import Look
from application.look_ups import persons_behind_accounts
from application.questions.results.left_behind import left_behind
from application.things import RESULTS, RUN
from application.verb import Verb
from domain.account.role import Role
from domain.assessment.year.left_behind import LeftBehind
from domain.assessment.year.result import YearResults
from domain.assessment.year.run import Pin
from domain.kernel.errors import Unknown
from domain.kernel.values import Position, YearKey


def _run_drawn(look: Look) -> str:
    return look.ids("r")


def _pin(look: Look, *, key: YearKey, known_at: Position | None) -> Pin:
    """Pinned anew on every attempt, so that a run takes in whatever stands before it in its stream."""
    results = RESULTS.state(look, str(key))
    last = results.runs.get(results.newest)
    return look.system.pinning.pin(key, known_at, last.frozen.known_at if last else None)


def _left(look: Look, *, key: YearKey) -> LeftBehind:
    """Of the year's work, and what was decided since; nothing where no scheme was published."""
    scoring, at = look.system.scoring, look.system.newest()
    with look.system.reading() as connection:
        try:
            scheme = scoring.scheme(connection, key, at)
        except Unknown:
            return ()
        left = left_behind(connection, scheme, scoring.results(connection, key, at), at)
    return (*left, *RESULTS.state(look, str(key)).overtaken)


freeze_run = Verb(
    RESULTS,
    YearResults.freeze_run,
    frozenset({Role.ASSESSOR}),
    given={"run_id": _run_drawn, "pin": _pin},
    foresees=_left,
    irreversible=True,
)
consent_to_run = Verb(
    RUN,
    YearResults.consent_to_run,
    frozenset({Role.APPROVER}),
    given={"persons": persons_behind_accounts},
    irreversible=True,
)
