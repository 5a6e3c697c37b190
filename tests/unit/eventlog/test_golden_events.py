"""Every event that was ever stored reads as it did: one stored example for each name, never deleted."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from application.catalogue import CATALOGUE
from application.eventlog.mapper import Mapper
from application.eventlog.upcasts import UPCASTS

GOLDEN = Path(__file__).parents[2] / "golden" / "events"
FILES = sorted(path.stem for path in GOLDEN.glob("*.json"))
NAMES = [name for name in FILES if name.count(".") == 1]
"""``context.Event`` is stored as written today; ``context.Event.1`` as it was before a field was added."""


def test_every_event_has_its_stored_example() -> None:
    assert sorted({*CATALOGUE, *UPCASTS}) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_stored_event_reads_and_is_written_the_same(name: str) -> None:
    stored = (GOLDEN / f"{name}.json").read_bytes().strip()
    mapper = Mapper(CATALOGUE)
    recorded = mapper.to_recorded(1, "stream-1", 1, name, stored)
    if name not in UPCASTS:
        assert name == recorded.event.NAME
        assert mapper.to_bytes(recorded.event, recorded.by, recorded.recorded_at) == stored


@pytest.mark.parametrize("file", sorted(set(FILES) - set(NAMES)))
def test_an_event_stored_before_a_field_was_added_still_reads(file: str) -> None:
    stored = (GOLDEN / f"{file}.json").read_bytes().strip()
    name = file.rpartition(".")[0]
    event = Mapper(CATALOGUE).to_recorded(1, "stream-1", 1, name, stored).event
    said = msgspec.json.decode(stored)["event"]
    assert said == {k: v for k, v in msgspec.to_builtins(event).items() if k in said}
    assert set(event.values()) - set(said)


@pytest.mark.parametrize("name", NAMES)
def test_a_stored_event_with_a_field_too_many_or_too_few_is_refused(name: str) -> None:
    envelope = msgspec.json.decode((GOLDEN / f"{name}.json").read_bytes())
    mapper = Mapper(CATALOGUE)
    more = {**envelope, "more": 1}
    with pytest.raises(msgspec.ValidationError):
        mapper.to_recorded(1, "stream-1", 1, name, msgspec.json.encode(more))
    required = next(
        key for key in envelope["event"] if key not in ("known_by", "reported_on", "rating", "appeal_id")
    )
    if CATALOGUE[name].__dataclass_fields__[required].default.__class__.__name__ == "_MISSING_TYPE":
        fewer = {**envelope, "event": {k: v for k, v in envelope["event"].items() if k != required}}
        with pytest.raises(msgspec.ValidationError):
            mapper.to_recorded(1, "stream-1", 1, name, msgspec.json.encode(fewer))
