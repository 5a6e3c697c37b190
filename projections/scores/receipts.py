"""The receipts of a year's results: what each line, each veto and each sheet says, and what that rests on.

A receipt holds figures and references, no sentences: words may be put better one day, and what was frozen must stay
provable then.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection

from domain.assessment.scheme.points import two_decimals
from domain.assessment.scheme.scheme import ClauseText, Scheme
from domain.assessment.scoring.sheet import Line
from projections.measuring.facts_behind import Behind, facts_behind_all
from projections.scores.scores import Result

FORMAT = "lianjian/receipt/v1"
LISTED = 200
"""So many positions are listed one by one; of more, ranges with a digest over the list."""
Receipt = dict[str, Any]


def receipts(
    connection: Connection,
    scheme: Scheme,
    results: Sequence[Result],
    known_at: int,
    cut_off_at: int | None = None,
    pairings: Collection[str] | None = None,
) -> Iterator[Receipt]:
    """In the order of ``key_of``, for all results or some: one for each line, one for the sheet, one for each veto."""
    by_pairing = {each.pairing: each for each in results}
    wanted = sorted(by_pairing if pairings is None else set(pairings) & set(by_pairing))
    for pairing, behind in facts_behind_all(connection, scheme, known_at, wanted, cut_off_at=cut_off_at):
        yield from of_sheet(scheme, by_pairing[pairing], behind, known_at)


def of_sheet(
    scheme: Scheme, result: Result, behind: Mapping[str, Behind], known_at: int
) -> Iterator[Receipt]:
    """The receipts of one sheet, in their order."""
    sheet = result.sheet
    common = {
        "format": FORMAT,
        "known_at": known_at,
        "pairing": result.pairing,
        "scheme": scheme.digest,
        "year": scheme.year,
    }
    for line in sorted(sheet.lines, key=lambda each: each.indicator.code):
        yield {**common, "kind": "line", **_line(line), **_facts(behind[line.indicator.code])}
    yield {
        **common,
        "kind": "sheet",
        "id": "",
        "groups": [[each.group.code, two_decimals(each.hundredths)] for each in sheet.groups],
        "total": two_decimals(sheet.total),
        "grade": result.grade.grade,
        "rank": result.grade.rank,
        "vetoes": list(sheet.vetoes),
        "days_paired": result.days_paired,
    }
    for veto in sorted(scheme.vetoes, key=lambda each: each.id):
        yield {
            **common,
            "kind": "veto",
            "id": veto.id,
            "clause": _clause(veto.clause),
            "struck": veto.id in sheet.vetoes,
            **_facts(behind[veto.id]),
        }


def key_of(receipt: Mapping[str, Any]) -> tuple[str, str, str]:
    """What receipts are sorted by: pairing; lines, then the sheet, then vetoes; indicator or veto."""
    return receipt["pairing"], receipt["kind"], receipt["id"]


def _line(line: Line) -> dict[str, Any]:
    return {
        "id": line.indicator.code,
        "clause": _clause(line.indicator.clause),
        "most": _exact(line.indicator.most),
        "exact": _exact(line.exact),
        "factor": _exact(line.factor),
        "computed": two_decimals(line.computed),
        "ruled": two_decimals(line.ruled),
        "points": two_decimals(line.final),
        "parts": [
            {
                "id": each.part.id,
                "measure": each.part.measure.kind.value,
                "measured": measured_as_data(each.measured),
                "rule": type(each.part.rule).__name__,
                "value": _exact(each.value),
            }
            for each in line.parts
        ],
    }


def _clause(clause: ClauseText) -> dict[str, str]:
    return {"number": clause.number, "sha256": hashlib.sha256(clause.words.zh.encode()).hexdigest()}


def _exact(value: Fraction | None) -> str | None:
    """A fraction as text, ``None`` for not applicable."""
    return None if value is None else str(value)


def measured_as_data(value: Any) -> Any:
    """A measured value as JSON holds it."""
    if hasattr(value, "_asdict"):
        return {name: measured_as_data(each) for name, each in value._asdict().items()}
    if isinstance(value, tuple):
        return [measured_as_data(each) for each in value]
    return value if isinstance(value, int | str) or value is None else str(value)


def _facts(behind: Behind) -> dict[str, Any]:
    """Positions of the facts that counted, and of those that did not by reason."""
    used, left_out = behind
    excluded: dict[str, set[int]] = {}
    for fact, reason in left_out:
        excluded.setdefault(reason, set()).add(fact.position)
    return {
        "facts": positions({fact.position for fact in used}),
        "excluded": {reason: positions(found) for reason, found in excluded.items()},
    }


def positions(found: Iterable[int]) -> Any:
    """The positions in their order, or their ranges with a digest over all of them."""
    listed = sorted(found)
    if len(listed) <= LISTED:
        return listed
    spans: list[list[int]] = []
    for each in listed:
        if spans and each == spans[-1][1] + 1:
            spans[-1][1] = each
        else:
            spans.append([each, each])
    return {
        "count": len(listed),
        # Far apart, ranges would be longer than the list: first and last then, and the digest says the rest.
        "ranges": spans if len(spans) <= LISTED else [[listed[0], listed[-1]]],
        "sha256": hashlib.sha256(",".join(map(str, listed)).encode()).hexdigest(),
    }
