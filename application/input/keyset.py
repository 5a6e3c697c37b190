"""Where a page of a list ends: the place of its last row, so that the next page goes on there whatever becomes of the row."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Iterable, Mapping
from operator import gt, lt
from typing import Annotated, TypeVar

from application.input.reading import Fault, FaultCode, Malformed
from domain.kernel.values import Text

Place = tuple[str | int | float, ...]
"""By what a row stands in its list, its key last, so that no two rows have one place."""
After = Annotated[str, Text(600)]
"""Where the page before ended, as its ``next`` says."""
T = TypeVar("T")
Places = Mapping[str, Callable[[T], Place]]
"""The orders of a list by their names, each with the place that it gives a row."""


def no_row(after: str) -> Malformed:
    """That a list cannot tell where the page stated as ``after`` ended."""
    said = f"没有 {after} 这一行", f"there is no row {after}"
    return Malformed({"after": Fault(FaultCode.NOT_THERE, *said)})


def token(place: Place) -> str:
    """A place as it stands in an address."""
    written = json.dumps(place, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(written).decode().rstrip("=")


def place_in(after: str) -> Place:
    """The place that a token names. Raises ``Malformed``."""
    try:
        written = base64.b64decode(after + "=" * (-len(after) % 4), altchars=b"-_", validate=True)
        place = json.loads(written)
    except (binascii.Error, ValueError):
        raise no_row(after) from None
    if not isinstance(place, list) or not all(map(_storable, place)):
        raise no_row(after)
    return tuple(place)


def _storable(value: object) -> bool:
    """Whether a table can be asked for it: anybody can write a token."""
    if isinstance(value, str):
        return "\x00" not in value and not any("\ud800" <= each <= "\udfff" for each in value)
    return isinstance(value, float) or (isinstance(value, int) and abs(value) < 1 << 63)


def behind(
    rows: Iterable[T], place: Callable[[T], Place], after: str | None, *, falling: bool = False
) -> list[T]:
    """``rows`` by their places, those behind the place stated as ``after``; ``falling``: the other way round. Raises
    ``Malformed`` for what names no place of this list.
    """
    placed = [(place(row), row) for row in rows]
    placed.sort(key=lambda each: each[0], reverse=falling)
    if after is None:
        return [row for _, row in placed]
    last, further = place_in(after), lt if falling else gt
    try:
        return [row for at, row in placed if further(at, last)]
    except TypeError:
        raise no_row(after) from None
