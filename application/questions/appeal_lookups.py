"""What the decisions about appeals look up in the read models, as they are now."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Set
from datetime import date, timedelta
from typing import Annotated, Any

from sqlalchemy import Connection, Row, Table, select

from application.look import Look
from application.things import APPEAL
from domain.appeal import clauses
from domain.appeal.appeal import FILING_DAYS
from domain.appeal.events import AppealFiled
from domain.appeal.numbers import AppealNumbers
from domain.appeal.target import Matter, Target
from domain.kernel.decisions import demand
from domain.kernel.errors import Unknown
from domain.kernel.values import Actor, Key, KeyOf, PairingKey, Text, Today, Year
from projections.boards import trail
from projections.boards.assessment.runs import frozen_last, published_last, runs_of_year
from projections.boards.findings import findings
from projections.boards.pairing.pairings import pairings
from projections.boards.people.accounts import persons_behind
from projections.figures.involved_people import InvolvedPeople, involved_in_finding, involved_in_line
from projections.kit.columns import known
from projections.scores.scores import Explanation

OptionalCode = Annotated[str, Text(40, may_be_empty=True)]
OptionalFinding = Annotated[str, KeyOf("finding", may_be_empty=True)]
FOUND = (
    "supervision.FindingRaised",
    "supervision.RectificationOrdered",
    "supervision.FindingReinspected",
    "supervision.FindingRelapsed",
)
"""What a finding consists of: after one of these there are new facts to appeal against."""
MADE_KNOWN = (*FOUND, "supervision.OrderServed")
"""What tells a unit of a finding; the last of them starts the time for an appeal."""


def standing_run(connection: Connection, year: int, known_at: int | None = None) -> Row[Any] | None:
    """The run an appeal is about: the one published last, before anything is public the one frozen last."""
    rows = runs_of_year(connection, year, known_at)
    return published_last(rows) or frozen_last(rows)


def target_of(
    look: Look,
    *,
    year: Year,
    pairing_id: PairingKey,
    indicator: OptionalCode,
    finding_id: OptionalFinding,
    known_at: int | None = None,
) -> Target:
    """A finding of a pairing, or a line of its sheet in the run of ``year`` that stands; one of the two.

    ``Unknown`` where there was no such thing as known at a position, or it is another pairing's.
    """
    demand(bool(indicator) != bool(finding_id), clauses.ONE_TARGET, f"{indicator} {finding_id}".strip())
    if not finding_id:
        return _line(look, year, pairing_id, indicator, known_at)
    target = _finding(look, finding_id, known_at)
    if target.pairing_id != pairing_id:
        raise Unknown("findings", finding_id)
    return target


def number_in_turn(look: Look, *, filed_on: Today) -> str:
    """The number of the next appeal of the year."""
    return look.state(stream_of_numbers(filed_on.year), AppealNumbers()).next_number(filed_on.year)


def stream_of_numbers(year: int) -> str:
    """Where the numbers of the appeals of a year are given."""
    return f"appeal-numbers-{year}"


def _finding(look: Look, finding_id: str, known_at: int | None) -> Target:
    """A finding, its time for an appeal from the last that the unit was told of it."""
    with look.system.reading() as connection:
        row = _row(connection, findings, finding_id, known_at)
        told = trail.events_about(connection, "finding_id", finding_id, MADE_KNOWN)
    return Target(
        year=row.found_on.year,
        pairing_id=row.pairing_id,
        branch=row.branch,
        village=row.village,
        finding_id=finding_id,
        known_at=look.system.newest(),
        known_on=max(_day(look, each) for each in told),
        facts_digest=_digest([each.position for each in told if each.name in FOUND]),
        stands=row.status != "withdrawn",
    )


def _line(look: Look, year: int, pairing_id: str, indicator: str, known_at: int | None) -> Target:
    """A line of the year's run that stands, its time from service to the unit, else from publication, else from freezing."""
    with look.system.reading() as connection:
        pairing = _row(connection, pairings, pairing_id, known_at)
        run = standing_run(connection, year, known_at)
        if run is None:
            raise Unknown("frozen run of the year", str(year))
        told = look.system.scoring.explain(connection, year, pairing_id, indicator, run.at_position)
        known_on = _made_known(look, connection, run.run_id, pairing.branch)
    return Target(
        year=year,
        pairing_id=pairing_id,
        branch=pairing.branch,
        village=pairing.village,
        run_id=run.run_id,
        indicator=indicator,
        points_hundredths=told.line.final,
        known_at=run.at_position,
        known_on=known_on,
        facts_digest=_digest([told.line.computed, *sorted(fact.position for fact in told.used)]),
    )


def last_day_for_lines(
    look: Look, connection: Connection, year: int, branch: str, known_at: int
) -> date | None:
    """The last day on which a unit, or its village, can appeal against lines of the year; ``None`` where there is no run."""
    run = standing_run(connection, year, known_at)
    return run and _made_known(look, connection, run.run_id, branch) + timedelta(days=FILING_DAYS)


def last_day_ahead(connection: Connection, year: int, known_at: int) -> None:
    """Say that it will be asked."""
    if run := standing_run(connection, year, known_at):
        trail.events_about_ahead(connection, "run_id", run.run_id, _TOLD_OF_RUN)


_TOLD_OF_RUN = ("assessment.RunFrozen", "assessment.RunPublished", "assessment.ResultServed")
"""What tells a unit of a run, the later the more."""


def _made_known(look: Look, connection: Connection, run_id: str, branch: str) -> date:
    rows = trail.events_about(connection, "run_id", run_id, _TOLD_OF_RUN)
    mine = [row for row in rows if row.data.get("branch", branch) == branch]
    return _day(look, max(mine, key=lambda row: _TOLD_OF_RUN.index(row.name)))


def _day(look: Look, row: Row[Any]) -> date:
    """Nobody knew of what was entered later than it happened before it was entered."""
    recorded_on: date = row.recorded_at.astimezone(look.system.settings.zone).date()
    return max(row.occurred_on or recorded_on, recorded_on)


def matter_of(look: Look, *, key: Key) -> Matter:
    """What whoever acts on an appeal is bound by. ``Unknown`` where there is no such appeal."""
    filed = APPEAL.state(look, key).filed
    if filed is None:
        raise Unknown("appeal", key)
    with look.system.reading() as connection:
        if filed.finding_id:
            return _about_finding(connection, filed)
        return _about_line(look, connection, filed)


def _about_finding(connection: Connection, filed: AppealFiled) -> Matter:
    row = _row(connection, findings, filed.finding_id)
    involved = involved_in_finding(connection, filed.finding_id, filed.appeal_id)
    return Matter(involved=_everybody(connection, involved), stands=row.status != "withdrawn")


def _about_line(look: Look, connection: Connection, filed: AppealFiled) -> Matter:
    year = filed.year
    then = _line_at(look, connection, filed, year, filed.known_at)
    assert then is not None
    newest = look.system.newest()
    now = _line_at(look, connection, filed, year, newest)
    run = standing_run(connection, year)
    in_run = _line_at(look, connection, filed, year, run.at_position) if run else None
    seen = [each for each in (then, now, in_run) if each is not None]
    behind = {fact.position for each in seen for fact in each.used}
    behind |= {out.fact.position for each in seen for out in each.excluded}
    involved = involved_in_line(
        connection,
        year=year,
        pairing_id=filed.pairing_id,
        indicator=filed.indicator,
        behind=behind,
        appeal_id=filed.appeal_id,
    )
    # Nothing is decided on a line that is gone.
    bounds = (
        look.system.scoring.ruleable(connection, year, filed.pairing_id, filed.indicator, newest)
        if now
        else None
    )
    return Matter(
        involved=_everybody(connection, involved),
        stands=now is not None,
        standing=[each.line.final for each in seen if each.line.final is not None],
        no_lower=bounds.bound if bounds else None,
        maximum_hundredths=bounds.most if bounds else None,
        takes_off=(now or then).group.group.sign < 0,
    )


def _line_at(
    look: Look, connection: Connection, filed: AppealFiled, year: int, known_at: int
) -> Explanation | None:
    """The line at a position; ``None`` where the scheme had no such line."""
    try:
        return look.system.scoring.explain(connection, year, filed.pairing_id, filed.indicator, known_at)
    except Unknown:
        return None


def identities(look: Look, *, account: Actor) -> Set[str]:
    """Whoever acts, and whom a deputy acts for: the accounts and the persons behind them. ``namesakes`` are taken for one
    person: offices enter the same name each in its own register, and a namesake too many only lets another reviewer decide.
    """
    with look.system.reading() as connection:
        accounts = {account, look.acting_for} - {""}
        behind = persons_behind(connection, accounts)
    return frozenset(accounts | look.system.vault.namesakes(behind))


def _everybody(connection: Connection, involved: InvolvedPeople) -> frozenset[str]:
    return involved.accounts | involved.persons | persons_behind(connection, involved.accounts)


def _row(connection: Connection, table: Table, key: str, known_at: int | None = None) -> Row[Any]:
    column = table.c[table.info["key"]]
    row = connection.execute(select(table).where(column == key, known(table, known_at))).first()
    if row is None:
        raise Unknown(table.name, key)
    return row


def _digest(facts: list[Any]) -> str:
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()
