"""Two moments of a year's results side by side, each with its scheme, its cut-off and its facts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from domain.assessment.scheme.scheme import Scheme
from domain.assessment.scoring.comparing import (
    Cause,
    Comparison,
    FactView,
    PairingChange,
    Steps,
    Verdicts,
    compare,
)
from domain.assessment.scoring.grades import Results
from domain.assessment.scoring.grades import adjusted as adjusted_grade
from projections.boards.assessment.results import adjusted
from projections.measuring.facts_behind import Behind, facts_behind_all
from projections.scores.scores import Result, scores


@dataclass(frozen=True)
class Moment:
    """What decides a year's results: facts known at a position, a cut-off, a scheme. ``excluding``: what if.

    ``run_id``: the run frozen there, whose adjusted grades stand; empty for a position or a day.
    """

    known_at: int
    cut_off_at: int | None
    scheme: Scheme
    excluding: Collection[int] = ()
    run_id: str = ""


ResultsAt = Callable[[Moment], Sequence[Result]]
"""The year's results of a moment, worked out or kept from before."""


def results_at(connection: Connection) -> ResultsAt:
    """Each moment worked out anew."""
    return lambda at: scores(connection, at.scheme, at.known_at, at.excluding, cut_off_at=at.cut_off_at)


def comparison(connection: Connection, before: Moment, after: Moment, results: ResultsAt) -> Comparison:
    """Who moved from one moment to the other, and what moved them, without the facts."""
    steps = _as_they_stand(connection, before, after, steps_between(before, after, results))
    return compare(before.scheme, after.scheme, steps)


def with_facts(
    connection: Connection, before: Moment, after: Moment, changed: Iterable[PairingChange]
) -> list[PairingChange]:
    """The same changes with the facts behind them: whole sheets are read, so of those only that are shown."""
    moved = list(changed)
    vetoes = list(dict.fromkeys(each.id for of in (before, after) for each in of.scheme.vetoes))
    seen_before = _seen(connection, before, [each.pairing for each in moved if each.before])
    seen_after = _seen(connection, after, [each.pairing for each in moved if each.after])
    return [
        each.with_facts(vetoes, seen_before.get(each.pairing, {}), seen_after.get(each.pairing, {}))
        for each in moved
    ]


def steps_between(before: Moment, after: Moment, results: ResultsAt) -> Steps:
    """New facts by the old rules first, then the new cut-off, then the new scheme; what is the same is no step."""
    at = before
    then: list[tuple[Cause, Results]] = []
    for cause, to in (
        (Cause.FACTS, Moment(after.known_at, before.cut_off_at, before.scheme, after.excluding)),
        (Cause.CUT_OFF, Moment(after.known_at, after.cut_off_at, before.scheme, after.excluding)),
        (Cause.RULE, after),
    ):
        if replace(to, run_id="") != replace(at, run_id=""):
            then.append((cause, _by_pairing(results(to))))
            at = to
    return Steps(_by_pairing(results(before)), tuple(then))


def _as_they_stand(connection: Connection, before: Moment, after: Moment, steps: Steps) -> Steps:
    """With the adjusted grades of the runs on either side, instead of the computed ones."""
    first, last = _adjusted(connection, before, steps.first), _adjusted(connection, after, steps.last)
    changed = {p for p in first if first[p] is not steps.first[p]} | {
        p for p in last if last[p] is not steps.last[p]
    }
    if not changed:
        return steps
    *between, (cause, _) = steps.then or ((Cause.FACTS, last),)
    return Steps(first, (*between, (cause, last)), frozenset(changed))


def _adjusted(connection: Connection, at: Moment, results: Results) -> Results:
    rows = adjusted(connection, at.run_id, None) if at.run_id else {}
    return {
        pairing: (sheet, adjusted_grade(at.scheme, grade, row.grade_after, row.because, row.basis))
        if (row := rows.get(pairing)) is not None and row.grade_after != grade.grade
        else results[pairing]
        for pairing, (sheet, grade) in results.items()
    }


def _by_pairing(found: Iterable[Result]) -> Results:
    return {each.pairing: (each.sheet, each.grade) for each in found}


def _seen(connection: Connection, at: Moment, pairings: Sequence[str]) -> dict[str, Verdicts]:
    if not pairings:
        return {}
    return {
        pairing: {code: _verdicts(each, at.known_at) for code, each in behind.items()}
        for pairing, behind in facts_behind_all(
            connection, at.scheme, at.known_at, pairings, at.excluding, cut_off_at=at.cut_off_at
        )
    }


def _verdicts(behind: Behind, known_at: int) -> list[FactView]:
    used, excluded = behind
    return [
        FactView(
            fact.position,
            fact.seq,
            reason,
            fact.retracted_at if fact.retracted_at is not None and fact.retracted_at <= known_at else None,
        )
        for fact, reason in (*((fact, "") for fact in used), *excluded)
    ]
