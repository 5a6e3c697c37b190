"""The receipt of one line of a frozen run, with the path that proves it, and no other pairing's figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from application.questions.results.reproducing import frozen_run, scheme_texts
from application.system import System
from domain.assessment.year.events import RunFrozen
from domain.integrity.receipts import RECEIPTS
from domain.kernel.errors import Unknown


def proved(system: System, asked: str, pairing: str, codes: Sequence[str] = ()) -> dict[str, Any]:
    """The receipts of a pairing's sheet in a run, all or those of ``codes``, each with its place and its path; none where
    the run has no such sheet. ``asked``: the run's id or its number.

    Raises ``Unknown`` where the run or a code is not there, where the run was frozen before receipts were kept,
    or where it no longer comes to the receipts that were frozen.
    """
    run, position = frozen_run(system, asked)
    if not run.receipts_root:
        raise Unknown("receipts of the run, which was frozen before they were kept,", run.run_no)
    return _proved(system, run, position, pairing, codes)


def _proved(
    system: System, run: RunFrozen, position: int, pairing: str, codes: Sequence[str]
) -> dict[str, Any]:
    text = scheme_texts(system)[run.year, run.scheme_version]
    pinned = system.pinning.pinned_by(run.known_at, run.scheme_version, text)
    if pinned.tree.root.hex() != run.receipts_root:
        raise Unknown(
            "receipts equal to those frozen (lianjian reproduce says what differs) in run", run.run_no
        )
    own = [(n, each) for n, each in enumerate(pinned.receipts) if each["pairing"] == pairing]
    missing = sorted(set(codes) - {each["id"] for _, each in own if each["id"]})
    if missing:
        raise Unknown("indicator", missing[0])
    return {
        "format": RECEIPTS,
        "run": run.run_no,
        "run_id": run.run_id,
        "position": position,
        "root": run.receipts_root,
        "size": pinned.tree.size,
        "receipts": [
            {"index": n, "receipt": each, "path": pinned.tree.path(n)}
            for n, each in own
            if not codes or each["id"] in codes
        ],
    }
