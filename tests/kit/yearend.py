"""A frozen run taken to publication by those who may, through the services, each step on its day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from application.look import look_of
from application.system import System
from application.things import RESULTS, RUN
from application.verb import carry_out
from application.verbs.assessment import results as verbs
from application.verbs.assessment.runs import consent_to_run, freeze_run
from domain.assessment.year.events import RunFrozen
from domain.assessment.year.result import YearResults
from domain.kernel.recorded import By, Source
from interface.demo.accounts import DEMO_ACTORS
from projections.boards.numbers import CountedThing, thing_meant
from tests.kit.acts import act

SIGNERS = (
    (verbs.sign_scoring_group, "fukao", "考核组长"),
    (verbs.sign_office, "lianban", "联建办主任"),
    (verbs.sign_leading_group, "lingdao", "领导小组组长"),
)
"""Verb, account, and the signer's name."""


def by(username: str) -> By:
    """Somebody of the demo county, by command."""
    office = next(actor.office for actor in DEMO_ACTORS if actor.username == username)
    return By(actor=username, office=office, source=Source(kind="command", name="test"))


def run_named(system: System, number: str) -> str:
    """The id of the run with this number, such as ``2025-1``; what is an id already stays one."""
    with system.reading() as connection:
        return thing_meant(connection, number, CountedThing.RUN)


def runs_of(system: System, year: int = 2025) -> YearResults:
    """The runs of a year, and what was decided on them."""
    return RESULTS.state(look_of(system), str(year))


def freeze(
    system: System,
    *,
    year: int = 2025,
    because: str = "年终核定",
    day: date | None = None,
    known_at: int | None = None,
    acknowledged: bool = True,
    who: By | None = None,
) -> str:
    """Freeze the results of a year on a day, ``None`` for today, as known at a position, ``None`` for now; the run's id."""
    stated = {"because": because, "known_at": known_at, "acknowledged": acknowledged}
    look = look_of(replace(system, day=day) if day else system)
    run, *_ = carry_out(look, freeze_run, str(year), who or by("kaohe"), stated).events
    assert isinstance(run, RunFrozen)
    return run.run_id


def sign_off(system: System, run: str, on: date) -> None:
    """All three steps of the chain, of a run by its id or its number."""
    run_id = run_named(system, run)
    for verb, username, name in SIGNERS:
        act(system, verb, run_id, signer=name, opinion="同意", day=on, by=by(username))


def consent(system: System, run: str, on: date) -> None:
    """The leading group lets a run replace a published one."""
    run_id = run_named(system, run)
    act(system, consent_to_run, run_id, consenter="领导小组组长", because="更正", day=on, by=by("lingdao"))


def open_notice(system: System, run: str, on: date, working_days: int = 5, ranking_basis: str = "") -> date:
    """The notice of a signed run, by the head of the office; its last day."""
    run_id = run_named(system, run)
    act(
        system,
        verbs.open_notice,
        run_id,
        working_days=working_days,
        contact="县联建办，电话 0000-12345",
        day=on,
        ranking_basis=ranking_basis,
        by=by("lianban"),
    )
    notice = RUN.state(look_of(system), run_id).runs[run_id].notice
    assert notice is not None
    return notice.closes_on


def publish(system: System, run: str, frozen_on: date | None = None) -> date:
    """From the frozen run to publication, without an objection; the day of publication.

    The days follow ``frozen_on`` (by default the run's own); whoever needs a publication in the past freezes then.
    """
    run_id = run_named(system, run)
    year = RUN.state(look_of(system), run_id)
    start = frozen_on or year.runs[run_id].frozen.frozen_on
    if year.replaces(run_id) and not year.runs[run_id].consented:
        consent(system, run_id, start)
    sign_off(system, run_id, start)
    closed_on = open_notice(system, run_id, start) + timedelta(days=1)
    act(system, verbs.close_notice, run_id, day=closed_on, acknowledged=True, by=by("lianban"))
    act(system, verbs.publish_run, run_id, day=closed_on, acknowledged=True, by=by("kaohe"))
    return closed_on


def published_run(system: System, year: int = 2025, because: str = "年终核定") -> str:
    """Results of a year as known now, frozen three weeks ago by the system's clock and public since; the run's id."""
    frozen_on = system.today() - timedelta(days=21)
    run_id = freeze(system, year=year, because=because, day=frozen_on)
    assert publish(system, run_id) <= system.today()
    return run_id
