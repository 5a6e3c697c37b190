"""What is decided and not recorded yet: all of a piece is there, or nothing of it."""

from __future__ import annotations

from datetime import date

import pytest

from application.eventlog.pending import Claim, Moved, Pending
from domain.kernel.errors import Rejected
from domain.kernel.recorded import By, Source
from domain.kernel.state import S
from domain.registry.events import TargetKind, VillageRegistered
from domain.registry.village import Village

BY = By(actor="clerk", source=Source(kind="command", name="test"))
DAY = date(2026, 1, 9)


def nothing_recorded(_: str, initial: S) -> tuple[int, S]:
    return 0, initial


def registered(name: str) -> VillageRegistered:
    return Village().register_village(
        village="v-1", name=name, kind=TargetKind.VILLAGE, township="镇", since=None, split_from="", today=DAY
    )


def renaming(name: str) -> Claim:
    return Claim(
        "village-2", Village(), lambda state: state.rename_village(name=name, renamed_on=DAY, today=DAY)
    )


def begun() -> Pending:
    pending = Pending(nothing_recorded)
    pending.decide("village-2", Village(), lambda state: registered("乙村"), BY)
    return pending


def test_a_claim_sees_what_the_claim_before_it_brought() -> None:
    pending = begun()
    with pytest.raises(Rejected):
        pending.decide(
            "village-1",
            Village(),
            lambda state: registered("甲村"),
            BY,
            claims=[renaming("丙村"), renaming("丙村")],
        )
    assert [(stream, version) for stream, version, *_ in pending.entries] == [("village-2", 1)]
    assert pending.state("village-2", Village()).name == "乙村"
    assert pending.version("village-1", Village()) == 0
    pending.decide(
        "village-1",
        Village(),
        lambda state: registered("甲村"),
        BY,
        claims=[renaming("丙村"), renaming("丁村")],
    )
    assert [version for stream, version, *_ in pending.entries if stream == "village-2"] == [1, 2, 3]


def test_what_was_put_and_decided_on_is_taken_back_together() -> None:
    pending = begun()

    def both() -> None:
        with pending.together():
            pending.put([("village-1", 1, registered("甲村"), BY)])
            pending.decide(
                "village-1",
                Village(),
                lambda state: state.rename_village(name="丙村", renamed_on=DAY, today=DAY),
                BY,
            )
            raise KeyError

    with pytest.raises(KeyError):
        both()
    assert len(pending.entries) == 1
    assert pending.version("village-1", Village()) == 0


def test_a_decision_for_another_version_is_refused() -> None:
    pending = begun()
    with pytest.raises(Moved, match="looked at in version 0 and is now at 1"):
        pending.decide("village-2", Village(), lambda state: registered("丁村"), BY, seen=0)
