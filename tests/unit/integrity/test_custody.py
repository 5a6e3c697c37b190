"""Signing for the log and witnessing it: what is refused, and that two databases agree."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from application.eventlog.opening import open_log
from application.eventlog.tree import TreeBehind
from application.integrity.anchors import Anchor
from application.integrity.custody import Custody, Refused
from application.integrity.heartbeat import Heartbeat, sign_after
from application.integrity.verifying import verify_log
from application.integrity.witness import Witness, WitnessRefused, pack, unpack
from domain.integrity.note import NoteError, read_checkpoint, read_key, verify_note
from domain.kernel.event import Catalogue
from domain.registry.events import RegistryEvent
from domain.system.events import SystemEvent
from tests.kit.county import BY, ZONE, County, register
from tests.kit.databases import DatabaseCase

pytestmark = pytest.mark.both_databases


@pytest.fixture
def county(database: DatabaseCase, tmp_path: Path) -> Iterator[County]:
    county = County(database, tmp_path / "keys")
    yield county
    for log in county.logs:
        log.close()


@pytest.fixture
def witness(county: County, tmp_path: Path) -> Witness:
    witness = Witness.new(tmp_path / "witness", "supervision.prefecture.local")
    witness.trust(read_key(county.custody.identity().key))
    county.custody.name_witness(witness.key, "州督查室", BY)
    return witness


def test_the_first_event_opens_the_log_once(county: County) -> None:
    identity = county.custody.identity()
    assert identity.origin.startswith("county.local/lianjian/")
    assert len(identity.log_id) == 32
    assert county.log.position() == 1
    county.open()
    assert county.log.position() == 1
    assert county.custody.identity() == identity
    assert len(county.custody.fingerprint()) == 64


def test_a_log_begun_without_being_opened_is_refused(database: DatabaseCase, tmp_path: Path) -> None:
    log = open_log(
        Catalogue(RegistryEvent, SystemEvent),
        database_url=database.url,
        folder=database.folder,
        clock=lambda: datetime(2026, 1, 9, tzinfo=UTC),
    )
    register(log, "甲村")
    with pytest.raises(Refused, match="without LogOpened"):
        Custody(log, tmp_path / "keys", lambda: datetime(2026, 1, 9, tzinfo=UTC), ZONE).open("x", "y", BY)
    log.close()


def test_a_checkpoint_is_signed_kept_and_grows(county: County) -> None:
    county.register("甲村")
    first = county.custody.sign("on demand")
    county.register("乙村", "丙村")
    second = county.custody.sign("on demand")
    assert (first.checkpoint.size, second.checkpoint.size) == (2, 4)
    assert second.checkpoint.root == county.log.tree.root(4)
    verify_note(second.note, read_key(county.custody.identity().key))
    assert [s.note for s in county.custody.checkpoints()] == [first.note, second.note]
    assert county.custody.newest() == second
    origin = county.custody.identity().origin
    third = county.log.tree.position_of(2)
    assert county.custody.covering(third, origin) == second
    assert county.custody.covering(0, origin) == first
    assert county.custody.covering(third, f"{origin}/2") is None
    county.register("丁村")
    assert county.custody.covering(county.log.position(), origin) is None


def test_nothing_is_signed_for_a_smaller_or_another_log(county: County, tmp_path: Path) -> None:
    county.register("甲村", "乙村")
    county.custody.sign("on demand")
    shorter = Custody(county.log, tmp_path / "keys", county.clock, ZONE)
    memory = tmp_path / "keys" / "signed.note"
    signed = memory.read_bytes()
    county.register("丙村")
    county.custody.sign("on demand")
    longer = memory.read_bytes()
    memory.write_bytes(longer.replace(b"county.local", b"county.other", 1))
    with pytest.raises((Refused, NoteError)):
        shorter.sign("on demand")
    memory.write_bytes(signed)
    assert shorter.sign("on demand").checkpoint.size == 4


def test_an_old_copy_of_the_database_is_not_signed_for(tmp_path: Path) -> None:
    folder, copy = tmp_path / "data", tmp_path / "copy"
    folder.mkdir()
    county = County(DatabaseCase("sqlite", None, folder), tmp_path / "keys")
    county.register("甲村")
    signed = [county.custody.sign("on demand")]
    county.log.close()
    shutil.copytree(folder, copy)
    county.open()
    county.register("乙村", "丙村", "丁村", "戊村")
    signed.append(county.custody.sign("on demand"))
    county.log.close()
    back = County(DatabaseCase("sqlite", None, copy), tmp_path / "keys")
    with pytest.raises(Refused, match="holds 2 leaves, but 6 were signed"):
        back.custody.sign("on demand")
    back.register("另村", "再村", "又村", "还村", "末尾村")
    with pytest.raises(Refused, match="not what was signed at 6"):
        back.custody.sign("on demand")
    restored = back.custody.restored("the disk failed", BY)
    assert restored.checkpoint.origin.endswith("/e2")
    assert restored.checkpoint.size == 8
    back.register("末村")
    assert back.custody.sign("on demand").checkpoint.size == 9
    with pytest.raises(Refused, match="holds all that was signed"):
        back.custody.restored("again", BY)
    report = verify_log(back.log.tree.database, memory=back.custody.remembered())
    assert (report.problems, report.origin) == ([], restored.checkpoint.origin)
    kept, lost = (Anchor(str(each.checkpoint.size), each.note) for each in signed)
    assert verify_log(back.log.tree.database, anchors=[kept]).problems == []
    (problem,) = verify_log(back.log.tree.database, anchors=[kept, lost]).problems
    assert problem.kind == "log_cut" and "6 leaves, lost at the restore recorded at 8" in problem.message
    back.log.close()


def test_after_a_change_of_key_one_checkpoint_bears_both_signatures(county: County) -> None:
    county.custody.sign("on demand")
    old = read_key(county.custody.identity().key)
    new = county.custody.change_key("yearly", BY)
    both = county.custody.newest()
    assert both is not None
    verify_note(both.note, old)
    verify_note(both.note, new)
    county.register("甲村")
    alone = county.custody.sign("on demand")
    assert not alone.note.by(old)
    verify_note(alone.note, new)


def test_without_the_key_nothing_is_signed(county: County, tmp_path: Path) -> None:
    for path in (tmp_path / "keys").glob("*.key"):
        path.unlink()
    with pytest.raises(Refused, match="holds no"):
        county.custody.sign("on demand")
    signing = sign_after(county.custody)
    signing({"appeal.AppealFiled"})
    assert county.custody.newest() is None


def test_what_binds_is_followed_by_a_checkpoint_and_other_events_are_not(county: County) -> None:
    county.log.on_append(sign_after(county.custody))
    county.register("甲村")
    assert county.custody.newest() is None
    key = Witness.new(county.keys.parent / "w", "w.local").key
    county.custody.name_witness(key, "州督查室", BY)
    newest = county.custody.newest()
    assert newest is not None
    assert (newest.because, newest.checkpoint.size) == ("system.WitnessNamed", 3)


def test_the_heart_beats_once_a_day_also_when_nothing_happens(county: County) -> None:
    heartbeat = Heartbeat(county.custody, county.clock, ZONE)
    heartbeat.beat()
    heartbeat.beat()
    assert len(county.custody.checkpoints()) == 1
    county.now += timedelta(hours=16)
    heartbeat.start()
    heartbeat.stop()
    assert [s.because for s in county.custody.checkpoints()] == ["daily", "daily"]


def test_an_event_without_a_leaf_stops_the_writing(county: County) -> None:
    county.register("甲村")
    event = county.log.read()[-1]
    state = county.log.mapper.to_bytes(event.event, event.by, event.recorded_at)
    county.log.tree.database.insert(
        "stored_events (originator_id, originator_version, topic, state)",
        [("village-x", 1, event.event.NAME, state)],
    )
    county.open()
    with pytest.raises(TreeBehind, match="run lianjian verify"):
        county.register("乙村")
    assert county.log.tree.size() == 2


def test_how_far_the_log_is_signed_comes_with_a_stream(county: County, witness: Witness) -> None:
    county.register("甲村", "乙村")
    county.custody.accept(witness.cosign(county.custody.request(), county.now))
    streams = {recorded.stream for recorded in county.log.read()}
    for stream in (*streams, "village-of-nobody"):
        anchored, found = county.custody.anchored_with(stream)
        assert anchored == county.custody.anchored()
        assert found == {"log": county.log.load("log"), stream: county.log.load(stream)}
    assert anchored.witnessed is not None
    assert anchored.witnessed.office == "州督查室"


def test_a_witness_cosigns_what_grows(county: County, witness: Witness) -> None:
    county.register("甲村")
    line = witness.cosign(county.custody.request(), county.now)
    seen = county.custody.accept(line)
    assert (seen.size, seen.position, seen.office, seen.seen_at) == (
        3,
        3,
        "州督查室",
        county.now.replace(microsecond=0),
    )
    county.register("乙村")
    county.now += timedelta(days=1)
    second = county.custody.request()
    assert len(unpack(second, {"add-checkpoint", "leaves"})["leaves"]) == 8 + 32
    county.custody.accept(witness.cosign(second, county.now))
    county.custody.accept(witness.cosign(county.custody.request(), county.now))
    witnessed = county.custody.anchored().witnessed
    assert witnessed is not None
    assert (witnessed.size, witnessed.seen_at) == (4, county.now.replace(microsecond=0))
    newest = county.custody.newest()
    assert newest is not None
    assert verify_note(county.custody.note_with_cosignatures(newest), witness.key) == int(
        county.now.timestamp()
    )
    assert [read_checkpoint(note.text).size for note in witness.logs()] == [4]


def test_a_witness_refuses_what_is_no_extension_and_names_the_leaf(county: County, witness: Witness) -> None:
    county.register("甲村", "乙村")
    witness.cosign(county.custody.request(), county.now)
    county.register("丙村")
    whole = unpack(county.custody.request(everything=True), {"add-checkpoint", "leaves"})
    forged = bytearray(whole["leaves"])
    forged[8 + 2 * 32] ^= 1
    with pytest.raises(WitnessRefused, match="leaf 2 is not the one") as named:
        witness.cosign(pack({**whole, "leaves": bytes(forged)}), county.now)
    assert named.value.leaf == 2
    forged = bytearray(whole["leaves"])
    forged[8 + 4 * 32] ^= 1
    with pytest.raises(WitnessRefused, match="do not lead to the root"):
        witness.cosign(pack({**whole, "leaves": bytes(forged)}), county.now)
    with pytest.raises(WitnessRefused, match="4 leaves were sent where 5 belong"):
        witness.cosign(pack({**whole, "leaves": whole["leaves"][:-32]}), county.now)
    late = (9).to_bytes(8, "big")
    with pytest.raises(WitnessRefused, match="holds 4 leaves; send them from 4 on"):
        witness.cosign(pack({**whole, "leaves": late}), county.now)
    old = whole["add-checkpoint"].replace(b"old 0\n", b"old 4\n")
    with pytest.raises(WitnessRefused, match="no extension"):
        witness.cosign(pack({**whole, "add-checkpoint": old}), county.now)
    for wrong in (b"", b"PK", pack({"leaves": b""}), pack({**whole, "add-checkpoint": b"old 1\n"})):
        with pytest.raises(NoteError):
            witness.cosign(wrong, county.now)
    assert witness.cosign(pack(whole), county.now)


def test_a_witness_signs_only_for_keys_that_it_trusts(county: County, tmp_path: Path) -> None:
    stranger = Witness.new(tmp_path / "stranger", "stranger.local")
    with pytest.raises(WitnessRefused, match="no log of this origin is trusted"):
        stranger.cosign(county.custody.request(), county.now)
    stranger.trust(read_key(county.custody.identity().key))
    line = stranger.cosign(county.custody.request(), county.now)
    with pytest.raises(Refused, match="is no witness of this log"):
        county.custody.accept(line)
    county.custody.change_key("yearly", BY)
    county.register("甲村")
    with pytest.raises(WitnessRefused, match="signed by no key trusted"):
        stranger.cosign(county.custody.request(), county.now)


def test_a_cosignature_over_something_else_is_refused(county: County, witness: Witness) -> None:
    other = Witness.new(county.keys.parent / "other", "other.local")
    witness.cosign(county.custody.request(), county.now)
    forged = witness._key.cosign("another text\n", 1)
    with pytest.raises(Refused, match="over no checkpoint"):
        county.custody.accept(str(forged))
    with pytest.raises(Refused, match="is no witness"):
        county.custody.accept(str(other._key.cosign("another text\n", 1)))
    with pytest.raises(Refused, match="no cosignature"):
        county.custody.accept("nonsense")
