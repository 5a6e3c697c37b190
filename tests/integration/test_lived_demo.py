"""The demo is a year that was lived: told by the verbs of real use, with a clock that walks through it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from application.access import ROLES
from application.proof.verifying import verify_system
from application.question import ask
from application.questions.answers.duties.duty import DutyGroup
from application.questions.answers.duties.listing import list_duties
from application.settings import Settings
from application.stores.accounts.keeping import accounts_of
from application.system import System
from domain.account.role import Role
from interface.composition import build
from interface.demo.accounts import CLERKS_OF_THE_STORY, DEMO_ACTORS, PASSWORD
from interface.demo.story import story_until
from interface.demo.telling import DOMAIN, live
from projections.boards.trail import trail
from projections.figures.county import figures
from tests.kit import lived as county
from tests.kit.serving import QUICK

TODAY = county.TODAY
OTHER_DAYS = (date(2025, 5, 1), date(2026, 6, 20), date(2027, 2, 10))
"""In the middle of the story, on the first day on which all of it is told, and in the year after."""
NO_VERBS = {"open_accounts", "import_ledgers", "import_later_ledgers"}
CALLED = {"attach_pictures": "add_attachment"}
"""What the story calls otherwise than the verb."""
ACTORS = {actor.username: actor for actor in (*DEMO_ACTORS, *CLERKS_OF_THE_STORY)}


def opened(folder: Path, today: date) -> System:
    noon = datetime.combine(today, time(12), UTC)
    return build(Settings(folder=folder), lambda: noon, begin=False)


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    folder = tmp_path_factory.mktemp("lived")
    county.lived(folder).close()
    system = opened(folder, TODAY)
    yield system
    system.close()


def demand_sound(system: System, today: date) -> None:
    """Nothing is of the future, and the log verifies, with the tables that a rebuild makes of it."""
    newest = [*system.log.read(after=system.log.position() - 1)][-1]
    assert newest.recorded_at.astimezone(system.settings.zone).date() < today
    report = verify_system(system)
    assert report.problems == [] and report.checked["tables"] > 40


def test_its_log_says_that_it_is_a_demonstration_and_is_sound(lived: System) -> None:
    assert lived.custody.identity().origin.startswith(f"{DOMAIN}/lianjian/")
    assert DOMAIN.startswith("demo.")
    demand_sound(lived, TODAY)


def test_every_role_that_does_something_finds_work_today(lived: System) -> None:
    waits: dict[Role, set[str]] = {role: set() for role in Role}
    accounts = accounts_of(lived, QUICK)
    for username in ("ducha", "kaohe", "lianban", "lingdao", "fuhe", "danwei", "cun"):
        session = accounts.session(accounts.sign_in(username, PASSWORD).token)
        assert session is not None
        stated = {"group": None, "after": None, "limit": 200, "known_at": None}
        rows = ask(lived, list_duties, session.actor, "", stated).rows
        mine = {each.kind.value for each in rows if each.group is not DutyGroup.OTHERS}
        assert mine, username
        waits[session.actor.role] |= mine
    accounts.close()
    assert waits[Role.SUPERVISOR] >= {
        "finding_raised",
        "order_given",
        "extension_requested",
        "report_submitted",
    }
    assert waits[Role.SUPERVISOR] >= {"finding_accepted", "finding_relapsed", "need_raised"}
    assert waits[Role.APPROVER] >= {"scheme_drafted", "run_replacing", "adjustment_proposed", "use_reported"}
    assert waits[Role.REVIEWER] >= {"appeal_filed", "appeal_admitted"}
    assert waits[Role.BRANCH_CLERK] >= {
        "order_served",
        "order_acknowledged",
        "report_returned",
        "use_ordered",
    }
    assert waits[Role.ASSESSOR] >= {"uses_called_for"}
    assert waits[Role.VILLAGE_CLERK] >= {"need_met", "project_completed"}


def test_the_year_of_the_ledgers_is_what_it_was_and_was_known_bit_by_bit(lived: System) -> None:
    september = lived.position_at_end_of(date(2025, 9, 1))
    with lived.reading() as connection:
        known = figures(connection, 2025, september).as_dict()
        now = figures(connection, 2025, lived.log.position()).as_dict()
        days = connection.execute(trail.select().where(trail.c.position == september)).one().recorded_at
    assert list(now.values()) == [141, 141, 6, 147, 147, 147, 147, 2111, 159, 150]
    assert known["pairings"] == 147
    assert known["persons_visited"] < now["persons_visited"] and known["forums"] < now["forums"]
    assert days.date() < date(2025, 9, 2)


@pytest.mark.parametrize("today", (*OTHER_DAYS, TODAY), ids=str)
def test_the_story_is_told_in_order_until_yesterday_by_those_who_may(today: date) -> None:
    acts = story_until(today)
    days = [act.on for act in acts]
    assert days == sorted(days) and days[-1] < today
    for act in acts:
        if act.does not in NO_VERBS:
            assert ACTORS[act.who].role in ROLES[CALLED.get(act.does, act.does)], (act.on, act.does)


@pytest.mark.long
@pytest.mark.parametrize("today", OTHER_DAYS, ids=str)
def test_it_can_be_lived_until_any_day(tmp_path: Path, today: date) -> None:
    assert live(tmp_path, today, hasher=QUICK) == len(story_until(today))
    system = opened(tmp_path, today)
    demand_sound(system, today)
    system.close()
