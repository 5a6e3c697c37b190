"""A policy is asked for each event once it worked, again where it did not, and holds up nobody meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import ClassVar

import pytest

from application.eventlog.log import EventLog
from application.eventlog.opening import open_log
from application.policies.following import Policies
from domain.kernel.event import Catalogue
from domain.kernel.recorded import By, Recorded, Source
from domain.pairing.events import MeetingHosted, PairingEvent
from tests.kit.databases import DatabaseCase

pytestmark = pytest.mark.both_databases

BY = By(actor="kaohe", source=Source(kind="page", name="/test"))


class Balking:
    """Fails until it is told to work."""

    NAME: ClassVar[str] = "balking"
    FOLLOWS: ClassVar[frozenset[str]] = frozenset({MeetingHosted.NAME})

    def __init__(self) -> None:
        self.works = False
        self.done: list[int] = []

    def carry_out(self, recorded: Recorded) -> None:
        if not self.works:
            raise RuntimeError("not now")
        self.done.append(recorded.position)


class Working(Balking):
    """Works from the first."""

    NAME = "working"

    def __init__(self) -> None:
        super().__init__()
        self.works = True


@pytest.fixture
def log(database: DatabaseCase) -> Iterator[EventLog]:
    opened = open_log(
        Catalogue(PairingEvent),
        database_url=database.url,
        folder=database.folder,
        clock=lambda: datetime(2025, 6, 30, 4, tzinfo=UTC),
    )
    yield opened
    opened.close()


def host(log: EventLog, day: int) -> int:
    event = MeetingHosted(
        meeting_id=f"m-{day}", pairing_id="p", branch="b", village="v", hosted_on=date(2025, 3, day)
    )
    log.append([(f"meeting-{day}", 1, event, BY)])
    return log.position()


def test_what_failed_is_tried_again_once_and_what_worked_never(log: EventLog) -> None:
    policy = Balking()
    policies = Policies(log)
    policies.add(policy)
    first = host(log, 1)
    policies.follow()
    assert set(policies.failed()) == {first} and str(policies.failed()[first]) == "not now"
    second = host(log, 2)
    policy.works = True
    for _ in range(2):
        policies.follow()
        assert policy.done == [first, second] and not policies.failed()


def test_what_fails_holds_up_no_other_policy(log: EventLog) -> None:
    balking, working = Balking(), Working()
    positions = [host(log, 1), host(log, 2)]
    policies = Policies(log)
    policies.add(balking)
    policies.add(working)
    policies.follow()
    assert (balking.done, working.done) == ([], positions)
