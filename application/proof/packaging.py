"""Evidence packages: a finding, an appeal or a score, with all it rests on, for somebody who trusts nobody here."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib.resources import files
from typing import Any

from jinja2 import Environment
from sqlalchemy import Connection, select

from application.integrity.custody import SignedCheckpoint
from application.integrity.standalone import verifier
from application.questions.results.explaining import sheet_explanation
from application.questions.results.receipts import proved
from application.questions.results.reproducing import frozen_run
from application.system import System
from domain.assessment.scheme.points import two_decimals
from domain.assessment.year.streams import stream_of_runs
from domain.attachment.events import AttachmentAdded
from domain.document.events import DocumentIssued
from domain.integrity.add_checkpoint import AddCheckpoint
from domain.integrity.archive import pack
from domain.integrity.evidence import MANIFEST, manifest_text, readable
from domain.integrity.leaf import read_leaf_data
from domain.integrity.note import Note, read_checkpoint, read_key
from domain.integrity.tlog_proof import write_proof
from domain.kernel.errors import Unknown
from domain.kernel.recorded import By
from domain.registry.events import NumberedThing
from domain.system.evidence import HandedOut
from domain.system.identity import STREAM
from projections.boards import trail
from projections.boards.assessment.runs import appeals, frozen_last, published_last, runs_of_year
from projections.boards.findings import findings
from projections.boards.numbers import CountedThing, Kind, Numbers, thing_meant
from projections.boards.pairing.pairings import pairings

WITHHELD = "personal names; score sheets of other pairings"
_TEXTS = files("application.proof")
_pages = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)


_COUNTED: Mapping[str, Kind] = {"finding": NumberedThing.FINDING, "appeal": CountedThing.APPEAL}
"""What people know by a number."""


@dataclass
class _Contents:
    """What goes in: whole streams, a position at which the score is shown, and members made beside the events.

    ``heads``: of streams that go on over other years, stream to the version up to which it goes in.
    """

    streams: set[str]
    known_at: int
    members: dict[str, bytes]
    heads: Mapping[str, int] = field(default_factory=dict)


def package(system: System, kind: str, about: str, by: By, year: int = 0) -> bytes:
    """The package as a zip. ``kind`` is ``finding``, ``appeal`` or ``score`` (``about`` then a pairing's id, whose sheet of
    ``year`` it is); a finding or an appeal may be asked for by its id or its number.

    Making one is recorded first, and a checkpoint is signed over it. Raises ``Unknown``, and ``Refused`` where nothing
    can be signed.
    """
    with system.reading() as connection:
        if kind in _COUNTED:
            about = thing_meant(connection, about, _COUNTED[kind])
        called = Numbers(connection).shown(about)
        if kind == "score":
            contents = _score(system, connection, year, about)
        else:
            contents = (
                _finding(connection, about) if kind == "finding" else _appeal(system, connection, about)
            )
    system.log.decide(
        f"evidence-{kind}-{about}",
        HandedOut(),
        lambda state: state.package_evidence(kind=kind, about=about, packaged_on=system.today()),
        by,
    )
    signed = system.custody.sign(f"evidence {kind} {about}")
    note = system.custody.note_with_cosignatures(signed)
    size = signed.checkpoint.size
    heads: dict[str, int] = {}
    members = contents.members
    positions = []
    for leaf, data in system.log.tree.entries_of(sorted({STREAM, *contents.streams}), size):
        event = read_leaf_data(data)
        if event.version > contents.heads.get(event.stream, event.version):
            continue
        positions.append(event.position)
        heads[event.stream] = event.version
        name = f"events/{event.position:09d}"
        members[f"{name}.leaf"] = data
        members[f"{name}.json"] = readable(event)
        members[f"{name}.tlog-proof"] = write_proof(
            leaf, system.log.tree.inclusion(leaf, size), str(signed.note).encode()
        )
        if event.topic == AttachmentAdded.NAME:
            digest = json.loads(event.state)["event"]["digest"]
            members[f"attachments/{digest}"] = _attachment(system, digest)
        if event.topic == DocumentIssued.NAME:
            said = json.loads(event.state)["event"]
            for part in ("model", "page", "pdf"):
                members[f"documents/{said[part]}"] = _attachment(system, said[part])
    told_about = {"kind": kind, "id": about, "called": called, **({"year": year} if kind == "score" else {})}
    with system.reading() as connection:
        _add_sentences(system, connection, contents.known_at, positions, members, told_about, signed)
    members["checkpoint"] = str(note).encode()
    members["log.vkey"] = f"{system.custody.identity().key}\n".encode()
    _add_earlier(system, signed, members)
    members["README.zh.md"] = _TEXTS.joinpath("README.zh.md").read_bytes()
    members["verify.py"] = verifier().encode()
    manifest = manifest_text(
        {
            "about": {**told_about, "known_at": contents.known_at},
            "checkpoint": str(signed.checkpoint),
            "heads": heads,
            "made_at": system.clock().isoformat(),
            "members": {name: hashlib.sha256(data).hexdigest() for name, data in members.items()},
            "withheld": WITHHELD,
        }
    )
    members[MANIFEST] = str(Note(manifest, (system.custody.sign_text(manifest),))).encode()
    return pack(members)


def _attachment(system: System, digest: str) -> bytes:
    path = system.store.path(digest)
    if not path.exists():
        raise Unknown("attachment as it was recorded", digest)
    return path.read_bytes()


def _one(connection: Connection, table: Any, column: str, value: str) -> Any:
    row = connection.execute(
        select(table).where(table.c[column] == value).order_by(table.c.known_from.desc())
    ).first()
    if row is None:
        raise Unknown(table.name, value)
    return row


def _streams_at(connection: Connection, positions: Iterable[int]) -> set[str]:
    wanted = sorted(positions)
    found: set[str] = set()
    for first in range(0, len(wanted), 500):
        found |= {row.stream for row in trail.events_at(connection, wanted[first : first + 500]).values()}
    return found


def _about(connection: Connection, kind: str, thing: str) -> set[str]:
    """The streams of all events that name a thing."""
    positions = trail.positions_about(connection, kind, thing)
    return _streams_at(connection, positions)


def _parties(row: Any) -> set[str]:
    return {f"pairing-{row.pairing_id}", f"branch-{row.branch}", f"village-{row.village}"}


def _finding(connection: Connection, finding_id: str) -> _Contents:
    """A finding with all that names it, and its parties as they were known when the newest of that was recorded: what happens
    to them later has nothing to do with it.
    """
    row = _one(connection, findings, "finding_id", finding_id)
    known_at = max(trail.positions_about(connection, "finding_id", finding_id))
    heads = _heads(connection, _parties(row), known_at, None, ())
    parties = {each for each, head in heads.items() if head}
    return _Contents(parties | _about(connection, "finding_id", finding_id), known_at, {}, heads)


def _score(system: System, connection: Connection, year: int, pairing_id: str) -> _Contents:
    """The sheet as it stands in the run published last, else in the one frozen last, else as known now."""
    rows = runs_of_year(connection, year, None)
    run = published_last(rows) or frozen_last(rows)
    if run is None:
        return _score_at(system, connection, year, pairing_id, system.runner.position(), "")
    return _score_at(system, connection, year, pairing_id, run.at_position, run.run_id)


def _score_at(
    system: System, connection: Connection, year: int, pairing_id: str, known_at: int, run_id: str
) -> _Contents:
    """The sheet at a position, and what proves that it stood in a run."""
    row = _one(connection, pairings, "pairing_id", pairing_id)
    scheme = system.scoring.scheme(connection, year, known_at)
    result = next(
        (r for r in system.scoring.results(connection, year, known_at) if r.pairing == pairing_id), None
    )
    if result is None:
        raise Unknown("score sheet", pairing_id)
    told = system.scoring.explain_sheet(connection, year, pairing_id, known_at)
    lines = sheet_explanation(connection, told, known_at)
    trace = {
        "format": 1,
        "year": year,
        "pairing": pairing_id,
        "known_at": known_at,
        "scheme": {"digest": scheme.digest, "version": scheme.version},
        "total": two_decimals(result.sheet.total),
        "grade": result.grade.grade,
        "vetoed": result.sheet.vetoed,
        "lines": lines,
    }
    positions = {fact["position"] for line in lines for fact in (*line["facts"], *line["excluded"])}
    own, parties = (
        {f"scheme-{year}", stream_of_runs(year)},
        _parties(row) | _streams_at(connection, positions),
    )
    until = None if run_id else scheme.cut_off
    heads = _heads(connection, parties, known_at, until, positions)
    shown = json.dumps(trace, ensure_ascii=False, indent=2) + "\n"
    members = {"score/trace.json": shown.encode(), **_receipts(system, run_id, pairing_id)}
    return _Contents(own | {each for each, head in heads.items() if head}, known_at, members, heads)


def _heads(
    connection: Connection, streams: Iterable[str], known_at: int, until: date | None, named: Collection[int]
) -> dict[str, int]:
    """Stream to its last version that belongs to a year: recorded by a position and, where a day is given, happened by then
    or named in the trace. What came after belongs to other years; what lies between stays, so that no version is missing.
    """
    found = dict.fromkeys(streams, 0)
    for row in trail.of_streams(connection, found, known_at):
        late = until is not None and row.occurred_on is not None and row.occurred_on > until
        if not late or row.position in named:
            found[row.stream] = row.version
    return found


def _receipts(system: System, run_id: str, pairing_id: str) -> dict[str, bytes]:
    """The receipts of the sheet as the run froze it; nothing where there is no run, or one without receipts of it."""
    if not run_id or not frozen_run(system, run_id)[0].receipts_root:
        return {}
    made = proved(system, run_id, pairing_id)
    shown = json.dumps(made, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return {f"receipts/{made['run']}.json": shown.encode()} if made["receipts"] else {}


def _appeal(system: System, connection: Connection, appeal_id: str) -> _Contents:
    row = _one(connection, appeals, "appeal_id", appeal_id)
    if row.finding_id:
        contents = _finding(connection, row.finding_id)
    else:
        contents = _score_at(system, connection, row.year, row.pairing_id, row.at_position, row.run_id)
    contents.streams |= _about(connection, "appeal_id", appeal_id)
    return contents


def _add_sentences(
    system: System,
    connection: Connection,
    known_at: int,
    positions: list[int],
    members: dict[str, bytes],
    about: Mapping[str, object],
    signed: SignedCheckpoint,
) -> None:
    """Every event as a sentence, one by one and on one page to print."""
    rows: list[Any] = []
    for first in range(0, len(positions), 500):
        found = trail.events_at(connection, positions[first : first + 500])
        rows += [found[position] for position in sorted(found)]
    told = system.sentences(connection, known_at, rows)
    for each in told:
        lines = [each.sentence, *(f"{title}：{text}" for title, text in each.words)]
        members[f"events/{each.record:09d}.zh.txt"] = ("\n".join(lines) + "\n").encode()
    trace = json.loads(members["score/trace.json"]) if "score/trace.json" in members else None
    page = _pages.from_string(_TEXTS.joinpath("summary.html").read_text(encoding="utf-8"))
    members["summary.html"] = page.render(
        about=about,
        events=told,
        trace=trace,
        checkpoint=signed.checkpoint,
        fingerprint=system.custody.fingerprint(),
        key=read_key(system.custody.identity().key),
        zone=system.settings.zone,
        made_at=system.clock().astimezone(system.settings.zone),
    ).encode()


def _add_earlier(system: System, signed: SignedCheckpoint, members: dict[str, bytes]) -> None:
    """The last checkpoint of this epoch that a witness saw, and the proof that the package's grew from it."""
    earlier = system.custody.last_cosigned()
    if earlier is None:
        return
    before, after = read_checkpoint(earlier.text), signed.checkpoint
    proof = system.log.tree.consistency(before.size, after.size)
    members["earlier/checkpoint"] = str(earlier).encode()
    members["earlier/consistency"] = str(AddCheckpoint(before.size, tuple(proof), signed.note)).encode()
    witnesses = "".join(f"{key}\n" for key, _ in system.custody.identity().witnesses)
    members["witness.vkey"] = witnesses.encode()
