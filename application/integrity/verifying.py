"""Verification of the log itself: one pass over rows, leaves and nodes, then everything that was ever signed over them.

Nothing is believed that can be computed; interior nodes are compared with their *stored* children, so that one changed
node does not make all above it look changed. The numbers V0 to V16 are those of docs/trust.md.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from application.eventlog.recorders import COSIGNATURES, append_only
from application.eventlog.tree import EVENTS, POSITION, SHA256, Database, TreeKind
from application.integrity.anchors import Anchor
from application.integrity.brackets import Brackets
from application.integrity.report import GoodAnchor, Report
from domain.integrity.leaf import leaf_data
from domain.integrity.note import (
    Note,
    NoteError,
    VerifierKey,
    read_checkpoint,
    read_key,
    read_note,
    read_signature,
    verify_note,
    verify_signature,
)
from domain.integrity.tree import SIZE, HashFunction, fold, leaf_hash, node_hash
from domain.system.identity import handing_over

PAGE = 1000
SHOWN = 20
"""Events without a leaf are named up to this many."""
MEMORY = "the signer's memory"
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Key:
    """A key of the log, in force for trees of more than ``after`` leaves."""

    key: VerifierKey
    after: int


@dataclass
class _Keys:
    """The keys that follow from leaf 0, each handed over by the one before."""

    keys: list[Key] = field(default_factory=list)
    witnesses: list[VerifierKey] = field(default_factory=list)
    lost: set[str] = field(default_factory=set)
    restores: list[tuple[str, int, int]] = field(default_factory=list)

    def take(self, leaf: int, position: int, topic: str, state: bytes, report: Report) -> None:
        """Take in an event of the log about itself."""
        try:
            event = json.loads(state)["event"]
            if topic == "system.LogOpened":
                if leaf:
                    report.found("V5", "key_replaced", f"the log is opened again at {position}", position)
                else:
                    self.keys.append(Key(read_key(event["key"]), leaf))
            elif topic == "system.WitnessNamed":
                self.witnesses.append(read_key(event["key"]))
            elif topic in ("system.LogKeyChanged", "system.LogRestored"):
                key = read_key(event["key"])
                signature = read_signature(event["signature"])
                verify_signature(handing_over(key.name, str(key)), signature, self.keys[-1].key)
                self.keys.append(Key(key, leaf))
                if topic == "system.LogRestored":
                    self.lost.add(event["lost_note"])
                    self.restores.append((self.keys[-2].key.name, int(event["size"]), position))
        except (NoteError, KeyError, IndexError, ValueError) as error:
            report.found("V5", "key_replaced", f"{topic} at {position} hands no key over: {error}", position)

    def in_force(self, size: int) -> VerifierKey | None:
        """The key that signs a tree of ``size`` leaves."""
        return next((each.key for each in reversed(self.keys) if each.after < size), None)

    def of(self, note: Note) -> VerifierKey | None:
        """The key of this log that ``note`` claims to be signed by."""
        return next((each.key for each in self.keys if note.by(each.key)), None)

    def named(self, suffix: str) -> None:
        """Let the keys bear the origin of a further tree, as its signatures do."""
        self.keys = [
            Key(VerifierKey(k.key.name + suffix, k.key.kind, k.key.public), k.after) for k in self.keys
        ]


@dataclass
class _Walk:
    """What the pass over the rows leaves behind: roots and positions at the sizes that somebody signed."""

    size: int = 0
    position: int = 0
    root: bytes = b""
    roots: dict[int, bytes] = field(default_factory=dict)
    positions: dict[int, int] = field(default_factory=dict)


def verify_log(
    database: Database,
    *,
    memory: Note | None = None,
    anchors: Sequence[Anchor] = (),
    progress: Progress | None = None,
    kind: TreeKind = SHA256,
) -> Report:
    """Check all that can be known about the log, reading only; what is recorded meanwhile is left for the next time."""
    report = Report()
    # What was signed is read first, so that the rows read after it hold at least as much.
    signed = database.query(f"SELECT size, signed_at, note FROM {kind.checkpoints} ORDER BY signed_at, size")
    lines = database.query(f"SELECT size, line, text FROM {COSIGNATURES} ORDER BY size, received_at")
    # Witnesses cosign the first tree only.
    cosigned = lines if kind is SHA256 else []
    _check_fences(database, kind, report)
    notes = _read_notes(signed, report)
    outside = [*anchors, *([Anchor(MEMORY, memory)] if memory else [])]
    sizes = {size for size, _, _ in notes} | {each.checkpoint.size for each in outside}
    sizes |= {int(size) for size, _, _ in cosigned}
    brackets = Brackets(sizes)
    keys = _Keys()
    walk = _walk(database, report, keys, brackets, sizes, [a for a in anchors if a.leaves], progress, kind)
    report.size, report.position, report.root = walk.size, walk.position, walk.root.hex()
    keys.named(kind.suffix)
    report.origin = keys.keys[-1].key.name if keys.keys else ""
    if walk.size and not keys.keys:
        report.found("V5", "key_replaced", "the first event does not open the log", 1)
    _check_notes(notes, keys, walk, report)
    for size, signed_at, _ in notes:
        brackets.signed(size, signed_at)
    texts = {note.text for _, _, note in notes}
    _Outside(keys, walk, texts, brackets, report).check(outside, cosigned)
    brackets.check(report)
    report.counted("checkpoints", len(notes))
    report.counted("cosignatures", len(cosigned))
    report.counted("anchors", len(anchors))
    return report


def _check_fences(database: Database, kind: TreeKind, report: Report) -> None:
    """V0: the triggers that refuse changes are there and switched on."""
    if database.dialect == "sqlite":
        found = {name for (name,) in database.query("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
        wanted = {f"{table}_no_{verb}" for table in append_only([kind]) for verb in ("update", "delete")}
    else:
        rows = database.query("SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A')")
        found = {name for (name,) in rows}
        wanted = {
            f"{table}_{what}" for table in append_only([kind]) for what in ("append_only", "no_truncate")
        }
    for name in sorted(wanted - found):
        report.found("V0", "fence_missing", f"trigger {name} is missing or switched off")
    report.counted("triggers", len(wanted))


def _read_notes(rows: Iterable[Sequence[Any]], report: Report) -> list[tuple[int, datetime, Note]]:
    notes = []
    for size, signed_at, text in rows:
        try:
            note = read_note(text.encode())
            if read_checkpoint(note.text).size != size:
                raise NoteError(f"it is over {read_checkpoint(note.text).size} leaves")
            notes.append((int(size), datetime.fromisoformat(signed_at), note))
        except (NoteError, ValueError) as error:
            report.found("V5", "note_forged", f"the checkpoint kept for size {size}, {signed_at}: {error}")
    return notes


def _walk(
    database: Database,
    report: Report,
    keys: _Keys,
    brackets: Brackets,
    wanted: set[int],
    mirrors: Sequence[Anchor],
    progress: Progress | None,
    kind: TreeKind,
) -> _Walk:
    """V1 to V4, V9 and V15, in one pass over the leaves in their order."""
    at, h = POSITION[database.dialect], kind.h
    rows = database.stream(
        f"SELECT l.leaf_index, l.position, l.nodes, e.originator_version, e.originator_id, e.topic, e.state "
        f"FROM {kind.leaves} l LEFT JOIN {EVENTS} e ON e.{at} = l.position ORDER BY l.leaf_index"
    )
    walk = _Walk()
    nodes_of = _Nodes(report, h)
    versions: dict[str, int] = {}
    unlike = set(range(len(mirrors)))
    for leaf, position, nodes, version, stream, topic, state in rows:
        if position <= walk.position:
            report.found(
                "V3",
                "order_changed",
                f"leaf {leaf} is of position {position}, after {walk.position}",
                position,
            )
        walk.position = position
        stored = nodes[:SIZE]
        if state is None:
            report.found(
                "V1",
                "row_deleted",
                f"the event at {position} is gone; its leaf {leaf} is still there",
                position,
            )
        else:
            hashed = leaf_hash(leaf_data(position, version, stream, topic, state), h)
            if hashed != stored:
                report.found(
                    "V2",
                    "row_changed",
                    f"the event at {position} ({topic}) is not the one that was hashed",
                    position,
                )
            before = versions.get(stream, 0)
            if version != before + 1:
                report.found(
                    "V4",
                    "order_changed",
                    f"{stream} goes from version {before} to {version} at {position}",
                    position,
                )
            versions[stream] = version
            brackets.take(leaf, position, state, report)
            if topic.startswith("system."):
                keys.take(leaf, position, topic, state, report)
            for n in list(unlike):
                held = mirrors[n].leaves[leaf * SIZE : (leaf + 1) * SIZE]
                if held and held != hashed:
                    unlike.discard(n)
                    report.found(
                        "V15",
                        "history_rewritten",
                        f"the event at {position} ({topic}, leaf {leaf}) is not the one in {mirrors[n].name}",
                        position,
                    )
        nodes_of.take(leaf, position, stored, nodes)
        walk.size = leaf + 1
        if walk.size in wanted:
            walk.roots[walk.size], walk.positions[walk.size] = nodes_of.root(), position
        if progress is not None and not walk.size % PAGE:
            progress(PAGE)
    walk.root = nodes_of.root()
    strangers = database.query(
        f"SELECT e.{at}, e.topic FROM {EVENTS} e LEFT JOIN {kind.leaves} l ON l.position = e.{at} "
        f"WHERE l.position IS NULL ORDER BY e.{at} LIMIT {SHOWN}"
    )
    for position, topic in strangers:
        report.found("V1", "row_added", f"the event at {position} ({topic}) has no leaf", position)
    report.counted("events", walk.size)
    return walk


class _Nodes:
    """Each interior node against its stored children."""

    def __init__(self, report: Report, h: HashFunction) -> None:
        self._report = report
        self._h = h
        self._stack: list[bytes] = []
        self._size = 0
        self._whole = True

    def take(self, leaf: int, position: int, stored: bytes, nodes: bytes) -> None:
        """The next row; the stack goes on with what is stored."""
        if leaf != self._size and self._whole:
            self._report.found(
                "V3", "tree_changed", f"after leaf {self._size - 1} comes leaf {leaf}", position
            )
            # What lies to the left is gone, so no node or root above can be computed any more.
            self._whole = False
        self._size = leaf + 1
        if not self._whole:
            return
        carry, level = stored, 0
        while leaf >> level & 1:
            level += 1
            expected = node_hash(self._stack.pop(), carry, self._h)
            carry = nodes[level * SIZE : (level + 1) * SIZE]
            if carry != expected:
                self._report.found(
                    "V2",
                    "tree_changed",
                    f"node {level} in the row of leaf {leaf} is not over its children",
                    position,
                )
                carry = carry if len(carry) == SIZE else expected
        if len(nodes) != (level + 1) * SIZE:
            self._report.found(
                "V2", "tree_changed", f"the row of leaf {leaf} has {len(nodes)} bytes", position
            )
        self._stack.append(carry)

    def root(self) -> bytes:
        """The root over all so far, empty where a hole makes it unknowable."""
        return fold(self._stack, self._h) if self._whole and self._stack else b""


def _check_notes(
    notes: Sequence[tuple[int, datetime, Note]], keys: _Keys, walk: _Walk, report: Report
) -> None:
    """V5 and V6: what is kept inside was signed by the key in force, over this tree. The first that differs is told."""
    good, bad = 0, 0
    for size, _, note in notes:
        try:
            key = keys.in_force(size)
            if key is None or read_checkpoint(note.text).origin != key.name:
                raise NoteError("it is not of this log")
            verify_note(note, key)
        except NoteError as error:
            report.found("V5", "key_replaced", f"the checkpoint at size {size}: {error}")
            continue
        if walk.roots.get(size) == read_checkpoint(note.text).root:
            good = max(good, size)
        elif not bad:
            bad = size
            _tell_difference("V6", "the checkpoint kept inside", size, good, walk, report)


def _tell_difference(check: str, name: str, size: int, good: int, walk: _Walk, report: Report) -> None:
    """A signed size whose root is not the tree's: beyond its end, or rewritten since the last good one."""
    first = walk.positions[good] + 1 if good in walk.positions else 1
    if size > walk.size:
        report.found(
            check,
            "log_cut",
            f"{name} is over {size} leaves, beyond the tree, which has {walk.size}",
            walk.position,
        )
    else:
        report.found(
            check,
            "history_rewritten",
            f"{name} at size {size} has another root; it agreed at size {good}",
            first,
            walk.positions.get(size),
        )


class _Outside:
    """V7, V8, V10 and V16: what is known outside the database, or signed by somebody else."""

    def __init__(
        self, keys: _Keys, walk: _Walk, inside: set[str], brackets: Brackets, report: Report
    ) -> None:
        self._keys = keys
        self._walk = walk
        self._inside = inside
        self._brackets = brackets
        self._report = report

    def check(self, outside: Sequence[Anchor], cosigned: Iterable[Sequence[Any]]) -> None:
        """From the smallest to the largest, so that the last good one is known when one differs."""
        for _, line, text in cosigned:
            self._cosigned(line, text)
        for anchor in sorted(outside, key=lambda a: a.checkpoint.size):
            self._anchor(anchor)

    def _cosigned(self, line: str, text: str) -> None:
        try:
            signature = read_signature(line)
            key = next((each for each in self._keys.witnesses if signature.is_by(each)), None)
            if key is None:
                raise NoteError(f"{signature.name} is no witness of this log")
            seen = verify_signature(text, signature, key)
            checkpoint = read_checkpoint(text)
        except NoteError as error:
            self._report.found("V5", "note_forged", f"a cosignature kept inside: {error}")
            return
        self._compare("V7", f"what {key.name} cosigned", checkpoint.size, checkpoint.root, seen)

    def _anchor(self, anchor: Anchor) -> None:
        checkpoint = anchor.checkpoint
        check = "V16" if anchor.name == MEMORY else "V7"
        key = self._keys.of(anchor.note)
        if key is None:
            self._report.found(
                check, "key_replaced", f"{anchor.name} is signed by no key that follows from the first event"
            )
            return
        try:
            verify_note(anchor.note, key)
            seen = next(
                (verify_note(anchor.note, w) for w in self._keys.witnesses if anchor.note.by(w)), None
            )
        except NoteError as error:
            self._report.found(check, "note_forged", f"{anchor.name}: {error}")
            return
        if check == "V16" and str(anchor.note) in self._keys.lost:
            return
        differs = self._walk.roots.get(checkpoint.size) != checkpoint.root
        for origin, kept, position in self._keys.restores:
            if checkpoint.origin == origin and differs:
                self._report.found(
                    check,
                    "log_cut",
                    f"{anchor.name} is over {checkpoint.size} leaves, lost at the restore recorded at {position}; "
                    f"the log goes on from another {kept}",
                    position,
                )
                return
        agrees = self._compare(check, anchor.name, checkpoint.size, checkpoint.root, seen)
        if agrees and check == "V7" and anchor.note.text not in self._inside:
            self._report.found(
                "V8",
                "checkpoint_deleted",
                f"{anchor.name}, size {checkpoint.size}, is not among the checkpoints kept inside",
            )

    def _compare(self, check: str, name: str, size: int, root: bytes, seen: int | None) -> bool:
        good = self._report.anchor
        if self._walk.roots.get(size) != root:
            _tell_difference(check, name, size, good.size if good else 0, self._walk, self._report)
            return False
        at = datetime.fromtimestamp(seen, UTC) if seen is not None else None
        if at is not None:
            self._brackets.witnessed(size, at)
        if check == "V7" and (good is None or size >= good.size):
            self._report.anchor = GoodAnchor(name, size, self._walk.positions[size], at)
        return True
