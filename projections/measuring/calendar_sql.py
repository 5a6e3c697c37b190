"""Calendar arithmetic that compiles to the same integers on SQLite and PostgreSQL."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Integer, cast, extract, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction


class ordinal(GenericFunction[int]):
    """The day's number, equal to Python's ``date.toordinal``; null for null."""

    type = BigInteger()
    inherit_cache = True


@compiles(ordinal, "sqlite")
def _sqlite(element: ordinal, compiler: SQLCompiler, **kw: Any) -> str:
    # Midnight of ordinal n is julian day n + 1721424.5.
    return f"CAST(julianday({compiler.process(element.clauses, **kw)}) - 1721424.5 AS INTEGER)"


@compiles(ordinal, "postgresql")
def _postgresql(element: ordinal, compiler: SQLCompiler, **kw: Any) -> str:
    return f"(({compiler.process(element.clauses, **kw)}) - DATE '0001-01-01' + 1)"


def month_number(day: ColumnElement[Any]) -> ColumnElement[int]:
    """1 to 12."""
    return cast(extract("month", day), Integer)


def quarter_number(day: ColumnElement[Any]) -> ColumnElement[int]:
    """1 to 4."""
    return (month_number(day) - 1) // 3 + 1


def month_bit(day: ColumnElement[Any]) -> ColumnElement[int]:
    """January 1, February 2, March 4, ... so that the sum of the distinct ones says which there were."""
    return _bit(month_number(day) - 1)


def quarter_bit(day: ColumnElement[Any]) -> ColumnElement[int]:
    """The first quarter 1, the second 2, the third 4, the fourth 8."""
    return _bit((month_number(day) - 1) // 3)


def _bit(n: ColumnElement[Any]) -> ColumnElement[int]:
    # PostgreSQL shifts a bigint by an integer only.
    return literal(1, BigInteger).bitwise_lshift(cast(n, Integer))


def bits(mask: int) -> tuple[int, ...]:
    """Which ones, from 1: ``bits(5)`` is ``(1, 3)``."""
    return tuple(n + 1 for n in range(mask.bit_length()) if mask >> n & 1)
