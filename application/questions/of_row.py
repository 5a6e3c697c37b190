"""From a row of a board to what an answer says of it."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, TypeVar, cast

T = TypeVar("T")


def of_row(kind: type[T], row: Any, /, **others: object) -> T:
    """A dataclass of what the row has by the names of its fields; ``others`` are stated. Raises ``AttributeError`` for a field
    that is neither.
    """
    names = [each.name for each in fields(cast(Any, kind))]
    return kind(**{name: getattr(row, name) for name in names if name not in others}, **others)
