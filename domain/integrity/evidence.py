"""The evidence package: what was recorded, proved to somebody who trusts neither sender nor software.

``check`` needs the file alone. What it proves is as good as the key: it must come from paper or from the witness, never
from the package.
"""

from __future__ import annotations

import hashlib
import json
import sys
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any, Dict, List, Mapping, Optional, Sequence

from domain.integrity.add_checkpoint import read_add_checkpoint
from domain.integrity.archive import ArchiveError, unpack
from domain.integrity.leaf import Leaf, leaf_data, read_leaf_data
from domain.integrity.note import (
    Checkpoint,
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
from domain.integrity.proofs import ProofError, verify_consistency, verify_inclusion
from domain.integrity.receipts import RECEIPTS, verify_receipt
from domain.integrity.tlog_proof import read_proof
from domain.integrity.tree import leaf_hash

EVIDENCE = "lianjian/evidence/v1"
MANIFEST = "manifest.note"
PROVED, KEY_UNKNOWN, ALTERED, NOT_IN_LOG, INCOMPLETE, UNREADABLE = range(6)
VERDICTS = {
    PROVED: "证明成立。proved.",
    KEY_UNKNOWN: "证明成立，但公钥未与纸面核对。proved, but the key was not compared with paper (--key).",
    ALTERED: "文件被改动。something in the package was changed.",
    NOT_IN_LOG: "记录不在日志中。not in the log.",
    INCOMPLETE: "材料不全，与签名清单不符。something the signed manifest promises is left out.",
    UNREADABLE: "文件无法读取。the file cannot be read.",
}


class Failed(Exception):
    """The package does not prove it. ``code`` is one of the verdicts, ``member`` what it is about."""

    def __init__(self, code: int, member: str, why: str) -> None:
        super().__init__("{}: {}".format(member, why) if member else why)
        self.code = code
        self.member = member


@dataclass
class Evidence:
    """What a package proves: the manifest, the leaves by position, the time a witness saw the log, where one did.

    ``receipts``: run to the number of its receipts that were proved.
    """

    manifest: Dict[str, Any]
    leaves: Dict[int, Leaf]
    receipts: Dict[str, int] = field(default_factory=dict)
    witnessed: List[str] = field(default_factory=list)
    key_known: bool = False


def manifest_text(body: Mapping[str, Any]) -> str:
    """The text that is signed as the manifest: a header and one line of JSON."""
    line = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return "{}\n{}\n".format(EVIDENCE, line)


def read_manifest(note: Note) -> Dict[str, Any]:
    """The manifest in a note. Raises ``NoteError`` for anything that would be written otherwise."""
    header, _, rest = note.text.partition("\n")
    try:
        body = json.loads(rest)
    except ValueError:
        raise NoteError("the manifest is not JSON") from None
    if header != EVIDENCE or not isinstance(body, dict) or manifest_text(body) != note.text:
        raise NoteError("not a manifest of {}".format(EVIDENCE))
    return body


def readable(leaf: Leaf) -> bytes:
    """An event's bytes for people: the columns, and the stored JSON laid out."""
    shown = {
        "position": leaf.position,
        "stream": leaf.stream,
        "version": leaf.version,
        "name": leaf.topic,
        "recorded": json.loads(leaf.state.decode("utf-8")),
    }
    return (json.dumps(shown, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def check(data: bytes, pinned: Sequence[str] = ()) -> Evidence:
    """Check a package. ``pinned``: keys or fingerprints of leaf 0 (64 hex digits) that are known from elsewhere.

    Raises ``Failed``.
    """
    try:
        return _check(data, pinned)
    except (KeyError, IndexError, TypeError, AttributeError, ValueError, RecursionError) as error:
        # Signed, and yet not of the shape that such a package has: only its signer can have made that.
        raise Failed(ALTERED, MANIFEST, "not of the shape of a package: {!r}".format(error)) from None


def _check(data: bytes, pinned: Sequence[str]) -> Evidence:
    try:
        members = unpack(data)
    except ArchiveError as error:
        raise Failed(ALTERED if error.member else UNREADABLE, error.member, str(error)) from None
    try:
        name = "log.vkey"
        key = read_key(_text(members, name))
        name = MANIFEST
        note = read_note(_member(members, name))
        manifest = read_manifest(note)
        verify_note(note, key)
        _check_members(members, manifest)
        name = "checkpoint"
        checkpoint = _checkpoint(members, manifest, key)
    except NoteError as error:
        raise Failed(ALTERED, name, str(error)) from None
    leaves = _check_events(members, manifest, checkpoint)
    evidence = Evidence(manifest, leaves)
    first = _check_keys(members, leaves, key)
    _check_heads(manifest, leaves)
    _check_facts(members, leaves)
    evidence.receipts = _check_receipts(members, leaves)
    _check_attachments(manifest)
    evidence.witnessed = _check_witnesses(members, key, checkpoint)
    known = {str(key), first}
    evidence.key_known = any(each.strip().replace(" ", "") in known for each in pinned)
    if pinned and not evidence.key_known:
        raise Failed(NOT_IN_LOG, "log.vkey", "the key is not the one that was given; this is another log")
    return evidence


def _member(members: Mapping[str, bytes], name: str) -> bytes:
    if name not in members:
        raise Failed(INCOMPLETE, name, "it is not in the package")
    return members[name]


def _text(members: Mapping[str, bytes], name: str) -> str:
    return _member(members, name).decode("utf-8", "replace").rstrip("\n")


def _check_members(members: Mapping[str, bytes], manifest: Mapping[str, Any]) -> None:
    listed = manifest["members"]
    for name in sorted(set(members) - {MANIFEST}):
        if name not in listed:
            raise Failed(ALTERED, name, "the manifest does not know it")
        if hashlib.sha256(members[name]).hexdigest() != listed[name]:
            raise Failed(ALTERED, name, "its SHA-256 is not the one in the manifest")
    for name in sorted(set(listed) - set(members)):
        raise Failed(INCOMPLETE, name, "the manifest names it, and it is not there")


def _checkpoint(members: Mapping[str, bytes], manifest: Mapping[str, Any], key: VerifierKey) -> Checkpoint:
    note = read_note(_member(members, "checkpoint"))
    verify_note(note, key)
    checkpoint = read_checkpoint(note.text)
    if checkpoint.origin != key.name or str(checkpoint) != manifest["checkpoint"]:
        raise NoteError("the checkpoint is not the one in the manifest")
    return checkpoint


def _check_events(
    members: Mapping[str, bytes], manifest: Mapping[str, Any], checkpoint: Checkpoint
) -> Dict[int, Leaf]:
    leaves: Dict[int, Leaf] = {}
    for name in sorted(members):
        if not (name.startswith("events/") and name.endswith(".leaf")):
            continue
        try:
            leaf = read_leaf_data(members[name])
            if leaf_data(leaf.position, leaf.version, leaf.stream, leaf.topic, leaf.state) != members[name]:
                raise ValueError("not the one spelling of this leaf")
            if name != "events/{:09d}.leaf".format(leaf.position):
                raise ValueError("it is the event at {}".format(leaf.position))
            proof = read_proof(_member(members, name[: -len(".leaf")] + ".tlog-proof"))
            if read_checkpoint(proof.note.text) != checkpoint:
                raise ProofError("its proof leads to another checkpoint")
            hashed = leaf_hash(members[name])
            verify_inclusion(hashed, proof.index, checkpoint.size, proof.path, checkpoint.root)
        except (ProofError, NoteError, ValueError) as error:
            raise Failed(NOT_IN_LOG, name, str(error)) from None
        shown = name[: -len(".leaf")] + ".json"
        if _member(members, shown) != readable(leaf):
            raise Failed(ALTERED, shown, "it does not say what the stored event says")
        leaves[leaf.position] = leaf
    if not leaves:
        raise Failed(INCOMPLETE, "events", "there is no event in the package")
    return leaves


def _check_keys(members: Mapping[str, bytes], leaves: Mapping[int, Leaf], key: VerifierKey) -> str:
    """Follow the keys from the event that opened the log; the fingerprint of that event."""
    current: Optional[VerifierKey] = None
    first = ""
    for position in sorted(leaves):
        leaf = leaves[position]
        if leaf.stream != "log":
            continue
        name = "events/{:09d}.leaf".format(position)
        event = json.loads(leaf.state.decode("utf-8"))["event"]
        try:
            if leaf.topic == "system.LogOpened":
                if read_proof(_member(members, name[: -len(".leaf")] + ".tlog-proof")).index:
                    raise NoteError("it opens the log, but is not leaf 0")
                current, first = read_key(event["key"]), leaf_hash(members[name]).hex()
            elif leaf.topic in ("system.LogKeyChanged", "system.LogRestored"):
                new = read_key(event["key"])
                if current is None:
                    raise NoteError("a key is handed over before the log is opened")
                text = "lianjian/key/v1\n{}\n{}\n".format(new.name, new)
                verify_signature(text, read_signature(event["signature"]), current)
                current = new
        except NoteError as error:
            raise Failed(NOT_IN_LOG, name, str(error)) from None
    if current != key:
        raise Failed(NOT_IN_LOG, "log.vkey", "the key does not follow from the event that opened the log")
    return first


def _check_heads(manifest: Mapping[str, Any], leaves: Mapping[int, Leaf]) -> None:
    """Every stream in the manifest is there whole: versions 1 to its head."""
    found: Dict[str, List[int]] = {}
    for position in sorted(leaves):
        found.setdefault(leaves[position].stream, []).append(leaves[position].version)
    for stream, head in sorted(manifest["heads"].items()):
        if found.get(stream) != list(range(1, head + 1)):
            raise Failed(INCOMPLETE, stream, "the manifest says {} events".format(head))
    for stream in sorted(set(found) - set(manifest["heads"])):
        raise Failed(ALTERED, stream, "the manifest does not know this stream")


def _check_facts(members: Mapping[str, bytes], leaves: Mapping[int, Leaf]) -> None:
    """Every fact in a score's trace rests on an event of the package."""
    for name in sorted(members):
        if name.startswith("score/") and name.endswith(".json"):
            for line in json.loads(members[name].decode("utf-8"))["lines"]:
                for fact in line["facts"] + line["excluded"]:
                    if fact["position"] not in leaves:
                        raise Failed(
                            INCOMPLETE, name, "the event at {} is not there".format(fact["position"])
                        )


def _check_receipts(members: Mapping[str, bytes], leaves: Mapping[int, Leaf]) -> Dict[str, int]:
    """Every receipt leads to the root in the event that froze its run; the number of them for each run's number."""
    proved: Dict[str, int] = {}
    for name in sorted(members):
        if not (name.startswith("receipts/") and name.endswith(".json")):
            continue
        told = json.loads(members[name].decode("utf-8"))
        if told["position"] not in leaves:
            raise Failed(INCOMPLETE, name, "the event at {} is not there".format(told["position"]))
        leaf = leaves[told["position"]]
        event = json.loads(leaf.state.decode("utf-8"))["event"]
        frozen = leaf.topic == "assessment.RunFrozen" and event["run_id"] == told["run_id"]
        if told["format"] != RECEIPTS or not frozen or event["receipts_root"] != told["root"]:
            raise Failed(NOT_IN_LOG, name, "the event at {} does not bear this root".format(told["position"]))
        for each in told["receipts"]:
            try:
                verify_receipt(each["receipt"], each["index"], told["size"], each["path"], told["root"])
            except ProofError as error:
                raise Failed(NOT_IN_LOG, name, "receipt {}: {}".format(each["index"], error)) from None
        proved["{}-{}".format(event["year"], event["number"])] = len(told["receipts"])
    return proved


def _check_attachments(manifest: Mapping[str, Any]) -> None:
    for name, digest in sorted(manifest["members"].items()):
        if name.startswith("attachments/") and name[len("attachments/") :] != digest:
            raise Failed(ALTERED, name, "it is not the file that was recorded")


def _check_witnesses(members: Mapping[str, bytes], key: VerifierKey, checkpoint: Checkpoint) -> List[str]:
    """What a witness saw earlier, and that the package's checkpoint grew from it."""
    seen: List[str] = []
    if "witness.vkey" not in members:
        return seen
    try:
        name = "earlier/checkpoint"
        note = read_note(_member(members, name))
        before = read_checkpoint(note.text)
        for line in _text(members, "witness.vkey").split("\n"):
            witness = read_key(line)
            if note.by(witness):
                at = datetime.fromtimestamp(verify_note(note, witness) or 0, timezone.utc)
                seen.append("{} {} ({})".format(at.strftime("%Y-%m-%d %H:%M:%SZ"), witness.name, before.size))
        name = "earlier/consistency"
        grown = read_add_checkpoint(_member(members, name))
        if grown.old != before.size or read_checkpoint(grown.note.text) != checkpoint:
            raise NoteError("it leads elsewhere")
        verify_consistency(before.size, checkpoint.size, before.root, checkpoint.root, grown.proof)
    except (NoteError, ProofError) as error:
        raise Failed(NOT_IN_LOG, name, str(error)) from None
    return seen


def main(arguments: Sequence[str]) -> int:
    """``verify.py FILE.zip [--key KEY]...``: says what is proved; the exit status is the verdict's number."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    names: List[str] = []
    pinned: List[str] = []
    waiting = False
    for each in arguments:
        if waiting:
            pinned.append(each)
            waiting = False
        elif each == "--key":
            waiting = True
        else:
            names.append(each)
    if waiting or len(names) != 1 or names[0].startswith("-"):
        print("usage: python3 verify.py FILE.zip [--key KEY-OR-FINGERPRINT]...")
        return UNREADABLE
    try:
        with open(names[0], "rb") as file:
            data = file.read()
    except OSError as error:
        print("{}: {}".format(names[0], error.strerror))
        return UNREADABLE
    try:
        evidence = check(data, pinned)
    except Failed as failure:
        print(VERDICTS[failure.code])
        print(failure)
        return failure.code
    for line in told(evidence):
        print(line)
    return PROVED if evidence.key_known else KEY_UNKNOWN


def told(evidence: Evidence) -> List[str]:
    """What a package proves, in lines."""
    manifest = evidence.manifest
    lines = [
        VERDICTS[PROVED if evidence.key_known else KEY_UNKNOWN],
        "内容 about: {}".format(json.dumps(manifest["about"], ensure_ascii=False, sort_keys=True)),
        "日志 log: {}".format(manifest["checkpoint"].split("\n")[0]),
        "大小 size: {}".format(manifest["checkpoint"].split("\n")[1]),
        "事件 events: {}".format(len(evidence.leaves)),
    ]
    lines += [
        "完整 complete: {} 1–{}".format(stream, head) for stream, head in sorted(manifest["heads"].items())
    ]
    lines += ["收据 receipts: {} × {}".format(run, n) for run, n in sorted(evidence.receipts.items())]
    lines += ["见证 witnessed: {}".format(each) for each in evidence.witnessed]
    return lines
