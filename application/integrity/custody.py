"""Custody of the log: who it is, what it has committed to, and who else has seen that."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from application.eventlog import EventLog
from application.eventlog.recorders import CHECKPOINTS, COSIGNATURES
from application.eventlog.tree import EVENTS, Tree
from application.integrity.keys import SigningKey, read_signing_key
from application.integrity.memory import Memory
from application.integrity.witness import request
from domain.integrity.add_checkpoint import AddCheckpoint
from domain.integrity.note import (
    Checkpoint,
    Note,
    NoteError,
    Signature,
    VerifierKey,
    read_checkpoint,
    read_key,
    read_note,
    read_signature,
    verify_note,
    verify_signature,
)
from domain.integrity.proofs import ProofError, verify_consistency
from domain.integrity.tree import SIZE
from domain.kernel.event import Event
from domain.kernel.recorded import By
from domain.kernel.state import fold
from domain.system.events import LogRestored
from domain.system.identity import STREAM, Identity, handing_over


class Refused(Exception):
    """Nothing was signed or accepted; the text says why and what would be right."""


@dataclass(frozen=True)
class SignedCheckpoint:
    """A checkpoint as it was signed and kept."""

    note: Note
    signed_at: datetime
    because: str

    @property
    def checkpoint(self) -> Checkpoint:
        return read_checkpoint(self.note.text)


@dataclass(frozen=True)
class Sighting:
    """Another office saw the log up to ``position`` (``size`` leaves) at ``seen_at``."""

    size: int
    position: int
    office: str
    seen_at: datetime


@dataclass(frozen=True)
class Anchored:
    """The position up to which the log itself has signed, 0 when it has not, and the farthest that a witness has seen."""

    signed: int
    witnessed: Sighting | None


class Custody:
    """``keys`` is the folder of the private keys and of the signer's memory; never inside the database."""

    def __init__(self, log: EventLog, keys: Path, clock: Callable[[], datetime], zone: ZoneInfo) -> None:
        self._log = log
        self._keys = keys
        self._clock = clock
        self._zone = zone
        self._memories = {tree.kind.suffix: Memory(keys, tree.kind.suffix) for tree in log.trees}
        self._memory = self._memories[""]
        self._fingerprint = ""

    def _today(self) -> date:
        return self._clock().astimezone(self._zone).date()

    def identity(self) -> Identity:
        """Who the log is now."""
        return self._log.state(STREAM, Identity())

    def open(self, domain: str, software: str, by: By) -> bool:
        """Make the log's first event, with a new key, where the log is empty; whether that was done.

        Raises ``Refused`` for a log begun without, and where this folder of keys remembers signing another log.
        """
        if self.identity().origin:
            return False
        with self._memory.lock():
            if self.identity().origin:
                return False
            if self._memory.last() is not None:
                raise Refused(
                    f"there is no log, but {self._keys} remembers signing one: it was lost. Find it, or restore a backup "
                    "with lianjian restore; a new log takes a new folder of keys"
                )
            if self._log.position():
                raise Refused(
                    "this log was begun by an earlier version, without LogOpened; import anew into an empty folder"
                )
            log_id = secrets.token_hex(16)
            origin = f"{domain}/lianjian/{log_id}"
            key = self._new_key(origin)
            self._log.decide(
                STREAM,
                Identity(),
                lambda identity: (
                    []
                    if identity.origin
                    else identity.open_log(
                        log_id=log_id,
                        origin=origin,
                        key=str(key.verifier),
                        digests=tuple(tree.kind.name for tree in self._log.trees),
                        zone=str(self._zone),
                        software=software,
                        opened_on=self._today(),
                    )
                ),
                by,
            )
            return True

    def _new_key(self, origin: str) -> SigningKey:
        key = SigningKey.new(origin)
        key.write(self._path(key.verifier))
        return key

    def _path(self, key: VerifierKey) -> Path:
        return self._keys / f"{key.id.hex()}.key"

    def _signing_key(self, written: str) -> SigningKey:
        wanted = read_key(written)
        try:
            key = read_signing_key(self._path(wanted))
        except FileNotFoundError:
            raise Refused(
                f"the folder of keys holds no {self._path(wanted).name}, the key this log signs with; "
                "sign where the key is, or point LIANJIAN_KEYS to it"
            ) from None
        if key.verifier != wanted:
            raise Refused(f"{self._path(wanted).name} is not the key this log signs with")
        return key

    def sign(self, because: str) -> SignedCheckpoint:
        """Commit to the log as it stands. Raises ``Refused`` where it is no extension of what was signed last."""
        with self._memory.lock():
            return self._sign(because)

    def _sign(self, because: str, *, also: Sequence[SigningKey] = ()) -> SignedCheckpoint:
        identity = self.identity()
        key = self._signing_key(identity.key)
        signed = [self._sign_tree(tree, identity, [key, *also], because) for tree in self._log.trees]
        return signed[0]

    def _sign_tree(
        self, tree: Tree, identity: Identity, keys: Sequence[SigningKey], because: str
    ) -> SignedCheckpoint:
        suffix = tree.kind.suffix
        size = tree.size()
        checkpoint = Checkpoint(identity.origin + suffix, size, tree.root(size))
        self._check_extends(tree, identity, checkpoint)
        text = str(checkpoint)
        # A signature bears the origin as its name, and a further tree has an origin of its own.
        signers = [
            SigningKey.from_seed(key.verifier.name + suffix, key.verifier.kind, key.seed) for key in keys
        ]
        note = Note(text, tuple(each.sign(text) for each in signers))
        self._memories[suffix].keep(note)
        signed = SignedCheckpoint(note, self._clock(), because)
        row = (size, signed.signed_at.astimezone(UTC).isoformat(), str(note), because)
        self._log.tree.database.insert(tree.kind.checkpoints, [row])
        return signed

    def sign_text(self, text: str) -> Signature:
        """The log's signature over a text that is no checkpoint, such as the manifest of a package."""
        return self._signing_key(self.identity().key).sign(text)

    def _check_extends(self, tree: Tree, identity: Identity, now: Checkpoint) -> None:
        """Compare with the memory, or after a restore with what the backup was."""
        suffix = tree.kind.suffix
        note = self._memories[suffix].last()
        if note is None:
            return
        before = read_checkpoint(note.text)
        _verify_by_one_of(note, identity.keys, suffix)
        if before.origin != now.origin:
            if suffix:
                # What a further tree was at the restore is not recorded; the first tree's comparison stands for it.
                return
            before = self._restored_from(note, identity)
        if before.size > now.size:
            raise Refused(
                f"the log holds {now.size} leaves, but {before.size} were signed: it was cut, or an old copy was put in "
                "its place. Keep this copy, run lianjian verify; after a restore from a backup run lianjian log restored"
            )
        try:
            proof = tree.consistency(before.size, now.size)
            verify_consistency(before.size, now.size, before.root, now.root, proof, tree.h)
        except ProofError as error:
            raise Refused(
                f"the log is not what was signed at {before.size} leaves ({error}): it was rewritten. "
                "Keep this copy and run lianjian verify"
            ) from None

    def _restored_from(self, note: Note, identity: Identity) -> Checkpoint:
        for event in self._log.load(STREAM):
            if isinstance(event, LogRestored) and event.lost_note == str(note):
                return Checkpoint(identity.origin, event.size, bytes.fromhex(event.root))
        raise Refused(f"what was signed last is of another log: {note.text.splitlines()[0]}")

    def remembered(self, suffix: str = "") -> Note | None:
        """The last checkpoint that was signed here over a tree, as the signer remembers it."""
        return self._memories[suffix].last()

    def change_key(self, because: str, by: By) -> VerifierKey:
        """Sign with a new key from here on; the next checkpoint bears both signatures."""
        with self._memory.lock():
            identity = self.identity()
            old = self._signing_key(identity.key)
            new = self._new_key(identity.origin)
            self._decide(
                lambda state: state.change_key(
                    key=str(new.verifier),
                    signature=str(old.sign(handing_over(identity.origin, str(new.verifier)))),
                    because=because,
                    changed_on=self._today(),
                ),
                by,
            )
            self._sign("key changed", also=[old])
            return new.verifier

    def name_witness(self, key: VerifierKey, office: str, by: By) -> None:
        """Accept cosignatures by ``key`` from here on."""
        self._decide(
            lambda state: state.name_witness(key=str(key), office=office, named_on=self._today()), by
        )

    @contextmanager
    def still(self) -> Iterator[None]:
        """Nobody signs meanwhile, and no key is changed."""
        with self._memory.lock():
            yield

    def restored(self, because: str, by: By, *, after_backup: bool = False) -> SignedCheckpoint:
        """Go on from a backup that holds less than was signed: a new epoch. ``Refused`` where nothing was lost.

        ``after_backup`` says that the signer's memory comes from the backup too, so that nobody knows what was signed since.
        """
        with self._memory.lock():
            identity = self.identity()
            size = self._log.tree.size()
            root = self._log.tree.root(size)
            lost = self._memory.last()
            if lost is None:
                raise Refused("nothing was ever signed, so nothing can be lost; go on as before")
            try:
                self._check_extends(self._log.tree, identity, Checkpoint(identity.origin, size, root))
            except Refused:
                pass
            else:
                if not after_backup:
                    raise Refused("the backup holds all that was signed; go on as before")
            old = self._signing_key(identity.key)
            origin = identity.origin_of_epoch(identity.epoch + 1)
            new = self._new_key(origin)
            self._decide(
                lambda state: state.restore_log(
                    size=size,
                    root=root.hex(),
                    lost_note=str(lost),
                    key=str(new.verifier),
                    signature=str(old.sign(handing_over(origin, str(new.verifier)))),
                    because=because,
                    restored_on=self._today(),
                ),
                by,
            )
            return self._sign("restored")

    def _decide(self, decision: Callable[[Identity], Event], by: By) -> None:
        self._log.decide(STREAM, Identity(), decision, by)

    def newest(self) -> SignedCheckpoint | None:
        """The newest checkpoint that is kept."""
        return next(iter(self._kept("ORDER BY signed_at DESC, size DESC LIMIT 1")), None)

    def checkpoints(self) -> list[SignedCheckpoint]:
        """All that are kept, in the order of signing."""
        return self._kept("ORDER BY signed_at, size")

    def covering(self, position: int, origin: str) -> SignedCheckpoint | None:
        """The first checkpoint of an epoch, named by its origin, over all leaves of events up to ``position``. With it is read
        what the log is told from any other by: papers that print the one print the other.
        """
        leaves, begins = self._log.tree.table, f"{origin}\n"
        first = (
            f"SELECT note, signed_at, because FROM {CHECKPOINTS} WHERE substr(note, 1, {len(begins)}) = ? AND size >= "
            f"(SELECT coalesce(max(leaf_index) + 1, 0) FROM {leaves} WHERE position <= ?) ORDER BY size, signed_at LIMIT 1"
        )
        ((nodes, *row),) = self._log.tree.database.query(
            f"SELECT (SELECT nodes FROM {leaves} WHERE leaf_index = 0), c.* "
            f"FROM (SELECT 1 AS one) AS o LEFT JOIN ({first}) AS c ON TRUE",
            [begins, position],
        )
        self._fingerprint = _fingerprint_of(nodes)
        return None if row[0] is None else _signed(*row)

    def _kept(self, which: str) -> list[SignedCheckpoint]:
        query = f"SELECT note, signed_at, because FROM {CHECKPOINTS} {which}"
        return [_signed(*row) for row in self._log.tree.database.query(query)]

    def accept(self, line: str) -> Sighting:
        """Keep a witness's cosignature of a checkpoint of ours. Raises ``Refused``."""
        try:
            signature = read_signature(line)
        except NoteError as error:
            raise Refused(f"this is no cosignature: {error}") from None
        offices = dict(self.identity().witnesses)
        key = next((k for k in map(read_key, offices) if signature.is_by(k)), None)
        if key is None:
            raise Refused(
                f"{signature.name} is no witness of this log; name it first with lianjian log name-witness"
            )
        texts = {signed.note.text: signed for signed in reversed(self.checkpoints())}
        for text, signed in texts.items():
            try:
                seen = verify_signature(text, signature, key)
            except NoteError:
                continue
            size = signed.checkpoint.size
            if not any(each == line for each, _ in self.cosignatures(text)):
                row = (size, line, text, self._clock().astimezone(UTC).isoformat())
                self._log.tree.database.insert(COSIGNATURES, [row])
            position = self._log.tree.position_of(size - 1)
            return Sighting(size, position, offices[str(key)], datetime.fromtimestamp(seen or 0, UTC))
        raise Refused(f"the cosignature of {signature.name} is over no checkpoint of this log")

    def request(self, *, everything: bool = False) -> bytes:
        """What to send to a witness: the newest checkpoint and the leaf hashes since the last cosigned one, or all."""
        signed = self.sign("for a witness")
        size = signed.checkpoint.size
        cosigned = self._log.tree.database.query(f"SELECT text FROM {COSIGNATURES} ORDER BY size DESC")
        ours = [
            c.size
            for c in (read_checkpoint(text) for (text,) in cosigned)
            if c.origin == signed.checkpoint.origin
        ]
        old = 0 if everything or not ours else ours[0]
        proof = self._log.tree.consistency(old, size) if old else []
        body = AddCheckpoint(old, tuple(proof), signed.note)
        return request(body, old, self._log.tree.leaf_hashes(old, size))

    def cosignatures(self, text: str) -> list[tuple[str, datetime]]:
        """The cosignature lines over a checkpoint's text, and when each was received."""
        size = read_checkpoint(text).size
        rows = self._log.tree.database.query(
            f"SELECT line, received_at, text FROM {COSIGNATURES} WHERE size = ? ORDER BY received_at", [size]
        )
        return [(line, datetime.fromisoformat(at)) for line, at, of in rows if of == text]

    def anchored(self) -> Anchored:
        """How far the log is signed and seen, asked at once. A cosignature is verified where it is accepted."""
        return self.anchored_with(STREAM)[0]

    def anchored_with(self, stream: str) -> tuple[Anchored, dict[str, list[Event]]]:
        """The same, and by the same statement the events of a stream and of the log's own, each in its order."""
        leaf = f"SELECT position FROM {self._log.tree.table} WHERE leaf_index"
        newest = f"SELECT size - 1 FROM {CHECKPOINTS} ORDER BY signed_at DESC, size DESC LIMIT 1"
        farthest = f"SELECT size, line FROM {COSIGNATURES} ORDER BY size DESC, received_at DESC LIMIT 1"
        rows = self._log.tree.database.query(
            f"SELECT ({leaf} = ({newest})), w.size, w.line, ({leaf} = w.size - 1), "
            "e.originator_id, e.originator_version, e.topic, e.state "
            f"FROM (SELECT 1 AS one) AS o LEFT JOIN ({farthest}) AS w ON TRUE "
            f"LEFT JOIN {EVENTS} AS e ON e.originator_id IN (?, ?) ORDER BY e.originator_version",
            [STREAM, stream],
        )
        found: dict[str, list[Event]] = {STREAM: [], stream: []}
        for _, _, _, _, of, *stored in rows:
            if of is not None:
                found[of].append(self._log.mapper.to_recorded(0, of, *stored).event)
        signed, size, line, position, *_ = rows[0]
        return self._anchored(signed or 0, size, line, position, fold(Identity(), found[STREAM])), found

    @staticmethod
    def _anchored(signed: int, size: int, line: str | None, position: int, identity: Identity) -> Anchored:
        if line is None:
            return Anchored(signed, None)
        signature = read_signature(line)
        offices = {read_key(key).name: office for key, office in identity.witnesses}
        seen = datetime.fromtimestamp(int.from_bytes(signature.signature[:8], "big"), UTC)
        office = offices.get(signature.name, signature.name)
        return Anchored(signed, Sighting(size, position, office, seen))

    def note_with_cosignatures(self, signed: SignedCheckpoint) -> Note:
        """The checkpoint with all that witnesses have put under it."""
        lines = [read_signature(line) for line, _ in self.cosignatures(signed.note.text)]
        return Note(signed.note.text, (*signed.note.signatures, *lines))

    def last_cosigned(self) -> Note | None:
        """The largest checkpoint of the present epoch that a witness has cosigned, with its cosignatures."""
        rows = self._log.tree.database.query(
            f"SELECT text FROM {COSIGNATURES} ORDER BY size DESC, received_at DESC"
        )
        origin = self.identity().origin
        for (text,) in rows:
            kept = next((s for s in self.checkpoints() if s.note.text == text), None)
            if kept is not None and kept.checkpoint.origin == origin:
                return self.note_with_cosignatures(kept)
        return None

    def fingerprint(self) -> str:
        """The hash of leaf 0 in hex, empty for an empty log; printed on paper, it tells this log from any other."""
        if not self._fingerprint:
            self._fingerprint = _fingerprint_of(next(iter(self._log.tree.leaf_hashes(0, 1)), None))
        return self._fingerprint


def _signed(note: str, signed_at: str, because: str) -> SignedCheckpoint:
    return SignedCheckpoint(read_note(note.encode()), datetime.fromisoformat(signed_at), because)


def _fingerprint_of(nodes: bytes | None) -> str:
    return "" if nodes is None else bytes(nodes)[:SIZE].hex()


def _verify_by_one_of(note: Note, keys: Sequence[str], suffix: str) -> None:
    for written in map(read_key, keys):
        key = VerifierKey(written.name + suffix, written.kind, written.public)
        if note.by(key):
            verify_note(note, key)
            return
    raise Refused("what was signed last bears no signature of a key of this log")
