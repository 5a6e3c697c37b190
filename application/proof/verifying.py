"""Verification of everything: the log itself, and what was made of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import get_args, get_type_hints

from msgspec import MsgspecError

from application.catalogue import CATALOGUE
from application.documents.papers import parts_kept
from application.integrity.anchors import Anchor
from application.integrity.report import Report
from application.integrity.verifying import verify_log
from application.questions.results.reproducing import AROUND, compared, scheme_texts
from application.stores.erasing import erased_refs
from application.stores.kept_workbooks import KEPT
from application.system import System
from domain.assessment.scheme.reading import SchemeError
from domain.assessment.year.events import RunFrozen
from domain.attachment.events import AttachmentAdded
from domain.integrity.note import NoteError
from domain.kernel.errors import Unknown
from domain.kernel.person import PersonRef
from projections.figures.citations import cited_workbooks

NAMED = tuple(
    name
    for name in CATALOGUE
    if any(PersonRef in (hint, *get_args(hint)) for hint in get_type_hints(CATALOGUE[name]).values())
)
"""Events that commit to a person's name."""
ROWS = {"V1", "V2", "V3", "V4"}
"""Checks of the rows; where they fail, what is made of the rows is not compared."""
TREE = {"V0", "V1", "V2", "V3", "V5", "V6", "V16"}
"""Checks of a further tree; the others would only repeat what the first has shown."""
Progress = Callable[[int], None]


def verify_system(system: System, anchors: Sequence[Anchor] = (), progress: Progress | None = None) -> Report:
    """All checks, V0 to V16 (docs/trust.md). Only where the log itself holds is it worth comparing what was made of it."""
    try:
        memory = system.custody.remembered()
        forged = None
    except NoteError as error:
        memory, forged = None, error
    report = verify_log(system.log.tree.database, memory=memory, anchors=anchors, progress=progress)
    if forged:
        report.found("V16", "note_forged", f"the signer's memory: {forged}")
    for tree in system.log.trees[1:]:
        memory = system.custody.remembered(tree.kind.suffix)
        second = verify_log(system.log.tree.database, memory=memory, progress=progress, kind=tree.kind)
        report.problems += [
            replace(each, message=f"{tree.kind.name}: {each.message}")
            for each in second.problems
            if each.check in TREE
        ]
        report.counted(f"events ({tree.kind.name})", second.checked["events"])
    if any(problem.check in ROWS for problem in report.problems):
        report.left_out.append("tables, runs and names: the events they are made of are damaged")
        return report
    try:
        _check_tables(system, report, progress)
        _check_runs(system, report)
        _check_names(system, report)
        _check_attachments(system, report)
        _check_workbooks(system, report)
    except (MsgspecError, KeyError) as error:
        report.found("V12", "row_changed", f"an event cannot be read: {error}")
    return report


def _check_tables(system: System, report: Report, progress: Progress | None) -> None:
    """V12: every table of the pages equals a rebuild from the first event."""
    for table in system.runner.check(progress):
        report.found("V12", "table_changed", f"table {table} differs from a rebuild")
    report.counted("tables", len(system.runner.tables()))


def _check_runs(system: System, report: Report) -> None:
    """V13: every frozen run, by the scheme in the log, comes to the figures and receipts that were frozen."""
    texts = scheme_texts(system)
    for recorded in system.log.named(RunFrozen.NAME):
        event, position = recorded.event, recorded.position
        assert isinstance(event, RunFrozen)
        text = texts.get((event.year, event.scheme_version), "")
        try:
            pinned = system.pinning.pinned_by(event.known_at, event.scheme_version, text)
        except (ValueError, Unknown, SchemeError) as error:
            report.found("V13", "run_changed", f"run {event.run_no}: {error}", position)
            continue
        differing = [
            f"{each.name} {str(each.found)[:16]}, not {str(each.frozen)[:16]}"
            for each in compared(event, pinned.basis)
            if not each.same and each.name not in AROUND
        ]
        if differing:
            report.found("V13", "run_changed", f"run {event.run_no} gives {'; '.join(differing)}", position)
        report.counted("runs", 1)


def _check_attachments(system: System, report: Report) -> None:
    """V11: every file that an event names is in the store, byte for byte."""
    for recorded in system.log.named(AttachmentAdded.NAME):
        event = recorded.event
        assert isinstance(event, AttachmentAdded)
        state = system.store.state(event.digest, event.size)
        if state != "kept":
            report.found(
                "V11",
                f"attachment_{state}",
                f"{event.name} ({event.digest[:16]}…) of {recorded.stream}",
                recorded.position,
            )
        report.counted("attachments", 1)
    for part in parts_kept(system.log):
        state = system.store.state(part.digest, part.size)
        if state != "kept":
            report.found("V11", f"document_{state}", f"{part.what} ({part.digest[:16]}…)", part.position)
        report.counted("documents", 1)


def _check_workbooks(system: System, report: Report) -> None:
    """V11: every ledger that an event cites is kept, byte for byte, or as the copy that is left of it by an erasure."""
    with system.reading() as connection:
        cited = cited_workbooks(connection)
    for digest, position in cited.items():
        state = system.workbooks.state(digest)
        if state not in KEPT:
            report.found("V11", f"workbook_{state}", f"{digest[:16]}…, cited by events", position)
        report.counted("workbooks", 1)


def _check_names(system: System, report: Report) -> None:
    """V14: every name in the vault is the one committed to; erased ones are gone, the others are there."""
    held = system.vault.commitments()
    erased = erased_refs(system.log)
    known: dict[str, tuple[str, int]] = {}
    for recorded in system.log.named(*NAMED):
        for person in recorded.event.values().values():
            if isinstance(person, PersonRef):
                known.setdefault(person.ref, (person.commitment, recorded.position))
    for ref, (commitment, position) in known.items():
        if ref in erased:
            if ref in held:
                report.found(
                    "V14", "name_restored", f"the name of {ref} is there, though it was erased", position
                )
        elif ref not in held:
            report.found("V14", "name_missing", f"the name of {ref} is not in the vault", position)
        elif held[ref] != commitment:
            report.found(
                "V14",
                "name_changed",
                f"the name of {ref} is not the one of the event at {position}",
                position,
            )
    report.counted("names", len(known))
