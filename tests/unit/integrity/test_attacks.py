"""Attacks on the log, each by somebody with full write access and the source code.

For each: what the database alone shows (an empty set: the attack succeeds as long as nothing is known outside), what
anchors show, and which event is named. The sets are exact, so a check that is switched off lets its attack through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from application.integrity.anchors import Anchor, read_anchor
from application.integrity.custody import Refused
from application.integrity.keys import SigningKey, read_signing_key
from application.integrity.report import Report
from application.integrity.verifying import verify_log
from application.integrity.witness import Witness, WitnessRefused
from domain.integrity.leaf import leaf_data
from domain.integrity.note import read_key
from domain.integrity.tree import leaf_hash
from tests.kit.county import BY, County, rename
from tests.kit.databases import DatabaseCase
from tests.kit.insider import Insider, Row

EDITED = 17


@dataclass
class Scene:
    """A log with two witnessed checkpoints, and what left the building: two notes and the witness's mirror."""

    county: County
    witness: Witness
    insider: Insider
    notes: list[Anchor]
    copy: dict[str, list[object]]

    @property
    def mirror(self) -> Anchor:
        return read_anchor("witness.zip", self.witness.anchor(self.county.custody.identity().origin))

    @property
    def stolen(self) -> SigningKey:
        key = read_key(self.county.custody.identity().key)
        return read_signing_key(self.county.keys / f"{key.id.hex()}.key")

    def inside(self) -> Report:
        """What the database alone tells."""
        return verify_log(self.county.log.tree.database)

    def with_notes(self) -> Report:
        return verify_log(self.county.log.tree.database, anchors=self.notes)

    def with_all(self) -> Report:
        """With the notes, the mirror and the signer's memory."""
        memory = self.county.custody.remembered()
        return verify_log(self.county.log.tree.database, memory=memory, anchors=[*self.notes, self.mirror])


def grow(county: County, first: int, last: int) -> None:
    for n in range(first, last):
        county.now += timedelta(minutes=2)
        if n % 5:
            county.register(f"村{n}")
        else:
            rename(county.log, county.renamed, f"改名{n}", county.now.date())


@pytest.fixture
def scene(database: DatabaseCase, tmp_path: Path) -> Iterator[Scene]:
    county = County(database, tmp_path / "keys")
    witness = Witness.new(tmp_path / "witness", "supervision.prefecture.local")
    witness.trust(read_key(county.custody.identity().key))
    county.custody.name_witness(witness.key, "州督查室", BY)
    county.register("甲村")
    county.renamed = county.log.read()[-1].stream.removeprefix("village-")
    insider = Insider(database)
    notes = []
    copy: dict[str, list[object]] = {}
    for first, last in ((1, 26), (26, 56)):
        grow(county, first, last)
        county.custody.accept(witness.cosign(county.custody.request(), county.now))
        newest = county.custody.newest()
        assert newest is not None
        notes.append(
            read_anchor(f"notice {last}", str(county.custody.note_with_cosignatures(newest)).encode())
        )
        if not copy:
            with insider.inside():
                copy = insider.snapshot()
    yield Scene(county, witness, insider, notes, copy)
    for log in county.logs:
        log.close()


def checks(report: Report) -> set[str]:
    return {problem.check for problem in report.problems}


def named(report: Report, check: str) -> list[int | None]:
    return [p.first for p in report.problems if p.check == check]


def nicer(state: bytes) -> bytes:
    """Another township, as long as before."""
    return state.replace("镇".encode(), "乡".encode())


def later(state: bytes, hours: int) -> bytes:
    """The same event with its hour moved."""
    hour = int(state[18:20])
    return state[:18] + f"{(hour + hours) % 24:02}".encode() + state[20:]


def test_nothing_is_found_where_nothing_was_done(scene: Scene) -> None:
    report = scene.with_all()
    assert report.problems == []
    assert (report.size, report.position) == (58, 58)
    assert report.anchor is not None and report.anchor.size == 58
    assert report.checked["events"] == 58


def test_01_a_row_is_edited(scene: Scene) -> None:
    with scene.insider.inside():
        scene.insider.edit(EDITED, nicer)
    report = scene.inside()
    assert checks(report) == {"V2"}
    assert named(report, "V2") == [EDITED]
    assert checks(scene.with_all()) == {"V2", "V15"}


def test_02_a_row_and_its_leaf(scene: Scene) -> None:
    with scene.insider.inside():
        scene.insider.edit(EDITED, nicer)
        row = next(r for r in scene.insider.rows() if r[0] == EDITED)
        (nodes,) = scene.insider.run("SELECT nodes FROM leaves WHERE position = ?", EDITED)[0]
        forged = leaf_hash(leaf_data(*row)) + bytes(nodes)[32:]
        scene.insider.run("UPDATE leaves SET nodes = ? WHERE position = ?", forged, EDITED)
    report = scene.inside()
    assert checks(report) == {"V2"}
    assert named(report, "V2") == [EDITED + 1]
    assert [p.kind for p in report.problems] == ["tree_changed"]
    assert named(scene.with_all(), "V15") == [EDITED]


def rewrite(scene: Scene) -> None:
    scene.insider.edit(EDITED, nicer)
    scene.insider.rebuild_tree()


def test_03_a_row_and_the_whole_tree(scene: Scene) -> None:
    with scene.insider.inside():
        rewrite(scene)
    report = scene.inside()
    # The witness's cosignatures that are kept inside count as known outside: nobody here can make them.
    assert checks(report) == {"V6", "V7"}
    assert {(p.first, p.last) for p in report.problems if p.check == "V6"} == {(1, 28)}
    full = scene.with_all()
    assert checks(full) == {"V6", "V7", "V15", "V16"}
    assert named(full, "V15") == [EDITED]
    assert full.anchor is None


def test_03_the_last_good_anchor_is_told(scene: Scene) -> None:
    with scene.insider.inside():
        scene.insider.edit(41, nicer)
        scene.insider.rebuild_tree()
    report = scene.with_notes()
    assert report.anchor is not None and report.anchor.position == 28
    assert {(p.first, p.last) for p in report.problems} == {(29, 58)}


def test_04_the_checkpoints_are_deleted_too(scene: Scene) -> None:
    with scene.insider.inside():
        rewrite(scene)
        scene.insider.forget_signatures()
    assert checks(scene.inside()) == set()
    assert checks(scene.with_notes()) == {"V7"}
    assert named(scene.with_all(), "V15") == [EDITED]


def test_04_checkpoints_are_deleted_and_nothing_else(scene: Scene) -> None:
    with scene.insider.inside():
        scene.insider.forget_signatures()
    assert checks(scene.inside()) == set()
    assert checks(scene.with_notes()) == {"V8"}


def test_05_signed_again_with_a_key_of_ones_own(scene: Scene) -> None:
    with scene.insider.inside():
        rewrite(scene)
        scene.insider.sign_again(SigningKey.new(scene.county.custody.identity().origin))
    assert checks(scene.inside()) == {"V5"}
    assert checks(scene.with_notes()) == {"V5", "V7"}


def test_06_signed_again_with_the_stolen_key(scene: Scene) -> None:
    with scene.insider.inside():
        rewrite(scene)
        scene.insider.sign_again(scene.stolen)
    assert checks(scene.inside()) == set()
    assert checks(scene.with_notes()) == {"V7"}
    full = scene.with_all()
    assert checks(full) == {"V7", "V15", "V16"}
    assert named(full, "V15") == [EDITED]
    with pytest.raises(Refused, match="rewritten"):
        scene.county.custody.sign("on demand")
    (scene.county.keys / "signed.note").unlink()
    with pytest.raises(WitnessRefused, match=f"leaf {EDITED - 1} is not the one") as refusal:
        scene.witness.cosign(scene.county.custody.request(everything=True), scene.county.now)
    assert refusal.value.leaf == EDITED - 1


def test_07_edited_after_the_last_checkpoint(scene: Scene) -> None:
    grow(scene.county, 56, 60)
    with scene.insider.inside():
        scene.insider.edit(60, nicer)
        scene.insider.rebuild_tree()
    # The one window that is left: nothing shows it until the next anchor.
    assert checks(scene.with_all()) == set()


def test_07_the_window_closes_with_the_next_mirror(scene: Scene) -> None:
    grow(scene.county, 56, 60)
    scene.witness.cosign(scene.county.custody.request(), scene.county.now)
    (scene.county.keys / "signed.note").unlink()
    with scene.insider.inside():
        scene.insider.edit(60, nicer)
        scene.insider.rebuild_tree()
        scene.insider.run("DELETE FROM checkpoints WHERE size > 58")
    assert checks(scene.inside()) == set()
    assert named(scene.with_all(), "V15") == [60]


def test_08_a_row_is_deleted(scene: Scene) -> None:
    with scene.insider.inside():
        scene.insider.run(f"DELETE FROM stored_events WHERE {scene.insider.at} = ?", EDITED)
    report = scene.inside()
    assert checks(report) == {"V1"}
    assert named(report, "V1") == [EDITED]


@pytest.mark.parametrize("position", [8, EDITED])
def test_09_a_row_is_deleted_and_the_tree_rebuilt(scene: Scene, position: int) -> None:
    with scene.insider.inside():
        in_stream = scene.insider.rows()[position - 1][2] == f"village-{scene.county.renamed}"
        scene.insider.run(f"DELETE FROM stored_events WHERE {scene.insider.at} = ?", position)
        scene.insider.rebuild_tree()
        scene.insider.run("DELETE FROM cosignatures")
    assert in_stream == (position == 8)
    # What moved up now stands inside a checkpoint that was signed before it was recorded: V10.
    assert checks(scene.inside()) == ({"V4", "V6", "V10"} if in_stream else {"V6", "V10"})
    assert named(scene.with_all(), "V15") == [position + 1]


def cut(insider: Insider) -> None:
    insider.run(f"DELETE FROM stored_events WHERE {insider.at} > 50")
    insider.run("DELETE FROM leaves WHERE position > 50")


def test_10_the_tail_is_cut(scene: Scene) -> None:
    with scene.insider.inside():
        cut(scene.insider)
        scene.insider.run("DELETE FROM cosignatures")
    report = scene.inside()
    assert checks(report) == {"V6"}
    assert [p.kind for p in report.problems] == ["log_cut"]
    assert "58 leaves, beyond the tree, which has 50" in report.problems[0].message


def test_11_the_tail_and_its_checkpoints(scene: Scene) -> None:
    with scene.insider.inside():
        cut(scene.insider)
        scene.insider.run("DELETE FROM checkpoints WHERE size > 50")
        scene.insider.run("DELETE FROM cosignatures WHERE size > 50")
    assert checks(scene.inside()) == set()
    report = scene.with_notes()
    assert checks(report) == {"V7"}
    assert [p.kind for p in report.problems] == ["log_cut"]
    assert report.anchor is not None and report.anchor.size == 28


def swapped(rows: list[Row]) -> list[Row]:
    """Two events of one stream in each other's place."""
    stream = next(r[2] for r in rows if r[1] == 4)
    first, second = (n for n, r in enumerate(rows) if r[2] == stream and r[1] in (2, 4))
    changed = list(rows)
    changed[first] = (rows[first][0], *rows[second][1:])
    changed[second] = (rows[second][0], *rows[first][1:])
    return changed


def test_12_two_rows_are_swapped(scene: Scene) -> None:
    with scene.insider.inside():
        scene.insider.put(swapped(scene.insider.rows()))
    assert checks(scene.inside()) == {"V2", "V4", "V9"}


def test_13_two_rows_are_swapped_and_the_tree_rebuilt(scene: Scene) -> None:
    with scene.insider.inside():
        scene.insider.put(swapped(scene.insider.rows()))
        scene.insider.rebuild_tree()
        scene.insider.run("DELETE FROM cosignatures")
    assert checks(scene.inside()) == {"V4", "V6", "V9"}


def past_the_clock(scene: Scene, back: timedelta) -> int:
    """An append through the front door, by a program whose clock was set back; its position."""
    honest, scene.county.now = scene.county.now, scene.county.now - back
    scene.county.open()
    scene.county.log.session._now = lambda: scene.county.now  # type: ignore[method-assign]
    scene.county.register("后村")
    scene.county.now = honest
    return scene.county.log.position()


def test_14_a_back_dated_event_through_the_front_door(scene: Scene) -> None:
    position = past_the_clock(scene, timedelta(minutes=50))
    report = scene.inside()
    assert checks(report) == {"V9", "V10"}
    assert named(report, "V9") == named(report, "V10") == [position]


def test_15_a_back_dated_event_in_the_middle(scene: Scene) -> None:
    with scene.insider.inside():
        rows = scene.insider.rows()
        slipped = (20, 1, "village-slipped", rows[18][3], nicer(rows[18][4]))
        moved = [(p + 1, v, s, t, state) for p, v, s, t, state in rows[19:]]
        scene.insider.put([*rows[:19], slipped, *moved])
        scene.insider.rebuild_tree()
        scene.insider.run("DELETE FROM cosignatures")
    assert checks(scene.inside()) == {"V6"}
    assert named(scene.with_all(), "V15") == [20]


def heartbeats(scene: Scene, days: int, *, witnessed: bool) -> None:
    for _ in range(days):
        scene.county.now += timedelta(days=1)
        request = scene.county.custody.request()
        if witnessed:
            scene.county.custody.accept(scene.witness.cosign(request, scene.county.now))


def test_16_the_clock_set_back_into_a_quiet_period(scene: Scene) -> None:
    heartbeats(scene, 20, witnessed=True)
    position = past_the_clock(scene, timedelta(days=12))
    report = scene.inside()
    assert checks(report) == {"V10"}
    assert named(report, "V10") == [position]
    with scene.insider.inside():
        moved = (
            "UPDATE checkpoints SET signed_at = replace(signed_at, '2026-01-2', '2026-01-1') WHERE size = 58"
        )
        scene.insider.run(moved)
    # Also with the heartbeats' own times changed: the witness's are signed.
    assert named(scene.inside(), "V10") == [position]


def test_17_an_old_copy_is_swapped_in(scene: Scene) -> None:
    with scene.insider.inside():
        scene.insider.restore(scene.copy)
    assert checks(scene.inside()) == set()
    report = scene.with_all()
    assert checks(report) == {"V7", "V16"}
    assert {p.kind for p in report.problems} == {"log_cut"}
    with pytest.raises(Refused, match="28 leaves, but 58 were signed"):
        scene.county.custody.sign("on demand")


def test_18_a_fork_grown_past_the_anchor_and_signed(scene: Scene) -> None:
    with scene.insider.inside():
        scene.insider.restore(scene.copy)
        if scene.county.database.url:
            scene.insider.run("SELECT setval('stored_events_notification_id_seq', 28)")
    (scene.county.keys / "signed.note").unlink()
    scene.county.open()
    for n in range(40):
        scene.county.now += timedelta(minutes=1)
        scene.county.register(f"岔村{n}")
    scene.county.custody.sign("on demand")
    assert checks(scene.inside()) == set()
    assert checks(scene.with_notes()) == {"V7"}
    assert named(scene.with_all(), "V15") == [29]
    with pytest.raises(WitnessRefused, match="leaf 28 is not the one"):
        scene.witness.cosign(scene.county.custody.request(), scene.county.now)


def gap(scene: Scene) -> Row:
    """An event for a position that no event has: on PostgreSQL a failed append burnt it, on SQLite it is the next."""
    event = scene.county.log.read(limit=1)[0]
    with pytest.raises(Exception, match=r"UNIQUE|duplicate"):
        scene.county.log.append([(event.stream, event.version, event.event, event.by)])
    if scene.county.database.url:
        grow(scene.county, 56, 58)
    with scene.insider.inside():
        rows = scene.insider.rows()
    assert 59 not in {row[0] for row in rows}
    return (59, 1, "village-slipped", rows[57][3], rows[57][4])


def test_19_a_row_is_slipped_into_a_gap(scene: Scene) -> None:
    row = gap(scene)
    with scene.insider.inside():
        scene.insider.add(row)
    report = scene.inside()
    assert checks(report) == {"V1"}
    assert named(report, "V1") == [59]


def test_19_a_row_is_slipped_into_a_gap_and_the_tree_rebuilt(scene: Scene) -> None:
    row = gap(scene)
    scene.county.custody.accept(scene.witness.cosign(scene.county.custody.request(), scene.county.now))
    with scene.insider.inside():
        scene.insider.add(row)
        scene.insider.rebuild_tree()
        scene.insider.run("DELETE FROM cosignatures")
    if scene.county.database.url is None:
        # No gap can be had in the middle on SQLite: the row comes after all that was signed, the window of attack 7.
        assert checks(scene.with_all()) == set()
    else:
        assert checks(scene.inside()) == {"V6"}
        assert named(scene.with_all(), "V15") == [59]


def test_20_a_silent_change_of_key(scene: Scene) -> None:
    own = SigningKey.new(scene.county.custody.identity().origin)
    scene.county.log.decide(
        "log",
        scene.county.custody.identity().__class__(),
        lambda s: s.change_key(
            key=str(own.verifier),
            signature=str(own.sign("anything")),
            because="x",
            changed_on=scene.county.now.date(),
        ),
        BY,
    )
    report = scene.inside()
    assert checks(report) == {"V5"}
    assert named(report, "V5") == [59]


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (lambda note: note.replace("county.local", "county.other"), "key_replaced"),
        (lambda note: note.replace("\n58\n", "\n57\n"), "note_forged"),
        (lambda note: note[:-3] + "=\n", "note_forged"),
        (lambda note: note.replace("\n\n", "\n"), "note_forged"),
    ],
)
def test_20_a_note_is_edited(scene: Scene, change: Callable[[str], str], kind: str) -> None:
    with scene.insider.inside():
        (note,) = scene.insider.run("SELECT note FROM checkpoints WHERE size = 58")[0]
        assert change(note) != note
        scene.insider.run("UPDATE checkpoints SET note = ? WHERE size = 58", change(note))
    report = scene.inside()
    assert checks(report) == {"V5"}
    assert [p.kind for p in report.problems] == [kind]


def test_23_the_fences_are_missing_only_while_they_are(scene: Scene) -> None:
    with scene.insider.inside(fences_back=False):
        pass
    report = scene.inside()
    assert checks(report) == {"V0"}
    assert len(report.problems) == 8
    scene.county.open()
    if scene.county.database.url is None:
        assert checks(scene.inside()) == set()


def test_a_hole_in_the_leaves_is_told_and_does_not_hide_the_rest(scene: Scene) -> None:
    with scene.insider.inside():
        scene.insider.run("DELETE FROM leaves WHERE leaf_index = ?", 30)
        scene.insider.run("DELETE FROM cosignatures")
        scene.insider.edit(40, nicer)
    report = scene.inside()
    assert checks(report) == {"V1", "V2", "V3", "V6"}
    assert named(report, "V1") == [31]
    assert named(report, "V2") == [40]
