"""What is asked of a small table, answered from its rows without the database."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Select, Table
from sqlalchemy.sql import operators
from sqlalchemy.sql.elements import (
    BinaryExpression,
    BindParameter,
    BooleanClauseList,
    Case,
    False_,
    Grouping,
    Label,
    Null,
    True_,
    UnaryExpression,
)
from sqlalchemy.sql.selectable import SelectBase

Row = tuple[Any, ...]
Value = Callable[[Row, Sequence[Any]], Any]
"""Of a row and the values of the statement; a condition may say ``None``, which is neither true nor false."""


class _NotHere(Exception):
    """It asks for something that only the database can say."""


@dataclass(frozen=True)
class Asked:
    """What a statement asks of one table. ``columns``: places in a row, or what is worked out of it; ``order``: columns, and
    whether the largest comes first."""

    table: Table
    columns: tuple[int | Value, ...]
    where: Value | None
    order: tuple[tuple[int, bool], ...]
    distinct: bool

    def answer(self, rows: Sequence[Row], values: Sequence[Any]) -> list[Row] | None:
        """Its rows among all of the table; ``None`` where databases differ in the order."""
        where = self.where
        found = list(rows) if where is None else [row for row in rows if where(row, values)]
        for column, reverse in reversed(self.order):
            if any(row[column] is None for row in found):
                return None
            found.sort(key=operator.itemgetter(column), reverse=reverse)
        chosen = [
            tuple(row[each] if isinstance(each, int) else each(row, values) for each in self.columns)
            for row in found
        ]
        return list(dict.fromkeys(chosen)) if self.distinct else chosen


def asked_of(statement: SelectBase, parameters: Sequence[BindParameter[Any]]) -> Asked | None:
    """What a statement with these parameters asks of one table, ``None`` where it asks for more than rows and columns."""
    if not isinstance(statement, Select):
        return None
    froms = statement.get_final_froms()
    others = (
        statement._limit_clause,
        statement._offset_clause,
        statement._for_update_arg,
        *statement._group_by_clauses,
        *statement._having_criteria,
        *statement._distinct_on,
    )
    if len(froms) != 1 or not isinstance(froms[0], Table) or any(each is not None for each in others):
        return None
    table = froms[0]
    place = {column: n for n, column in enumerate(table.columns)}
    reading = _Reading(place, {each.key: n for n, each in enumerate(parameters)})
    try:
        bare = [each.element if isinstance(each, Label) else each for each in statement.selected_columns]
        where = statement.whereclause
        return Asked(
            table,
            tuple(reading.place(each) if isinstance(each, Column) else reading.value(each) for each in bare),
            None if where is None else reading.value(where),
            tuple(reading.order(each) for each in statement._order_by_clauses),
            bool(statement._distinct),
        )
    except _NotHere:
        return None


def _with(operation: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """Nothing is said of what is not known."""
    return lambda left, right: None if left is None or right is None else operation(left, right)


_OF_TWO: Mapping[Any, Callable[[Any, Any], Any]] = {
    operators.eq: _with(operator.eq),
    operators.ne: _with(operator.ne),
    operators.lt: _with(operator.lt),
    operators.le: _with(operator.le),
    operators.gt: _with(operator.gt),
    operators.ge: _with(operator.ge),
    operators.in_op: _with(lambda left, right: left in right),
    operators.not_in_op: _with(lambda left, right: left not in right),
    operators.is_: lambda left, right: left is right,
    operators.is_not: lambda left, right: left is not right,
}


@dataclass(frozen=True)
class _Reading:
    """Of expressions; where columns stand in a row, and parameters among the values."""

    columns: Mapping[Any, int]
    parameters: Mapping[str, int]

    def place(self, column: Any) -> int:
        found = self.columns.get(column) if isinstance(column, Column) else None
        if found is None:
            raise _NotHere
        return found

    def order(self, clause: Any) -> tuple[int, bool]:
        if isinstance(clause, UnaryExpression) and clause.modifier in (operators.desc_op, operators.asc_op):
            return self.place(clause.element), clause.modifier is operators.desc_op
        return self.place(clause), False

    def value(self, clause: object) -> Value:
        match clause:
            case Column():
                n = self.place(clause)
                return lambda row, _: row[n]
            case BindParameter() if clause.key in self.parameters:
                at = self.parameters[clause.key]
                return lambda _, values: values[at]
            case Grouping():
                return self.value(clause.element)
            case Null():
                return lambda *_: None
            case True_():
                return lambda *_: True
            case False_():
                return lambda *_: False
            case Case():
                return self._of_cases(clause)
            case BooleanClauseList() if clause.operator in (operators.and_, operators.or_):
                return self._of_several(clause)
            case BinaryExpression() if clause.operator in _OF_TWO:
                left, right = self.value(clause.left), self.value(clause.right)
                said = _OF_TWO[clause.operator]
                return lambda row, values: said(left(row, values), right(row, values))
        raise _NotHere

    def _of_cases(self, clause: Case[Any]) -> Value:
        whens = [(self.value(when), self.value(then)) for when, then in clause.whens]
        otherwise = self.value(Null() if clause.else_ is None else clause.else_)

        def said(row: Row, values: Sequence[Any]) -> Any:
            return next((then for when, then in whens if when(row, values)), otherwise)(row, values)

        return said

    def _of_several(self, clause: BooleanClauseList) -> Value:
        parts = [self.value(each) for each in clause.clauses]
        if clause.operator is operators.and_:
            return lambda row, values: all(part(row, values) for part in parts)
        return lambda row, values: any(part(row, values) for part in parts)
