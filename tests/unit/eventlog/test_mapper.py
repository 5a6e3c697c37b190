"""Event <-> bytes: readable, deterministic, strict."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import msgspec
import pytest

from application.eventlog.mapper import Mapper
from domain.kernel.event import Catalogue
from domain.kernel.recorded import By, Source
from domain.pairing.events import ActivityHeld, ActivityKind, PairingEvent

CATALOGUE = Catalogue(PairingEvent)
AT = datetime(2026, 1, 9, 8, 30, tzinfo=UTC)
BY = By(
    actor="clerk",
    office="office",
    source=Source(kind="ledger", name="活动台账.xlsx", sheet="活动台账", row=7),
)
HELD = ActivityHeld(
    pairing_id="2025-v-1-b-2",
    branch="b-2",
    village="v-1",
    activity_id="a-1",
    kind=ActivityKind.FORUM,
    topic="需求座谈",
    held_on=date(2025, 3, 4),
    participants=12,
    reported_on=date(2025, 3, 5),
)


def test_what_is_written_is_read_back() -> None:
    mapper = Mapper(CATALOGUE)
    recorded = mapper.to_recorded(7, "activity-a-1", 1, HELD.NAME, mapper.to_bytes(HELD, BY, AT))
    assert (recorded.event, recorded.by, recorded.recorded_at) == (HELD, BY, AT)


def test_a_digest_of_the_source_is_written_where_there_is_one() -> None:
    mapper = Mapper(CATALOGUE)
    without = mapper.to_bytes(HELD, BY, AT)
    assert b"digest" not in without
    cited = replace(BY, source=replace(BY.source, digest="ab" * 32))
    state = mapper.to_bytes(HELD, cited, AT)
    assert mapper.to_recorded(7, "activity-a-1", 1, HELD.NAME, state).by == cited
    for by, stored in ((BY, without), (cited, state)):
        read = mapper.to_recorded(7, "activity-a-1", 1, HELD.NAME, stored)
        assert read.by == by and mapper.to_bytes(read.event, read.by, read.recorded_at) == stored


def test_whom_a_deputy_acts_for_is_written_where_a_deputy_acts() -> None:
    mapper = Mapper(CATALOGUE)
    assert b"acting_for" not in mapper.to_bytes(HELD, BY, AT)
    for digest in ("", "ab" * 32):
        acted = replace(BY, acting_for="danwei", source=replace(BY.source, digest=digest))
        state = mapper.to_bytes(HELD, acted, AT)
        assert mapper.to_recorded(7, "activity-a-1", 1, HELD.NAME, state).by == acted


def test_the_stored_form_is_json_with_sorted_keys() -> None:
    state = Mapper(CATALOGUE).to_bytes(HELD, BY, AT)
    parsed = json.loads(state)
    assert parsed["event"]["topic"] == "需求座谈"
    assert state == json.dumps(parsed, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"participants":12', b'"participants":"12"'),
        (b'"kind":"forum"', b'"kind":"party"'),
        (b'"held_on":"2025-03-04"', b'"held_on":"2025-02-30"'),
        (b'"by":', b'"by_whom":'),
    ],
)
def test_bytes_of_another_shape_are_refused(old: bytes, new: bytes) -> None:
    mapper = Mapper(CATALOGUE)
    state = mapper.to_bytes(HELD, BY, AT)
    assert old in state
    with pytest.raises(msgspec.ValidationError):
        mapper.to_recorded(1, "activity-a-1", 1, HELD.NAME, state.replace(old, new))


def test_an_old_shape_is_read_as_todays() -> None:
    def renamed(raw: dict[str, object]) -> dict[str, object]:
        raw["participants"] = raw.pop("attendance")
        return raw

    mapper = Mapper(CATALOGUE, {"pairing.ActivityRecorded": ("pairing.ActivityHeld", renamed)})
    state = mapper.to_bytes(HELD, BY, AT).replace(b'"participants"', b'"attendance"')
    assert mapper.to_recorded(1, "activity-a-1", 1, "pairing.ActivityRecorded", state).event == HELD


def test_an_event_nobody_declared_is_not_read() -> None:
    mapper = Mapper(CATALOGUE)
    with pytest.raises(KeyError):
        mapper.to_recorded(1, "x", 1, "pairing.Invented", mapper.to_bytes(HELD, BY, AT))
