"""Membership in a list that is one parameter, however long it is."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import Boolean, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import TypeDecorator, TypeEngine


class Texts(TypeDecorator[Collection[str]]):
    """A list of texts as a parameter: an array on PostgreSQL, JSON on SQLite."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(ARRAY(Text()) if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Collection[str] | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        return sorted(value) if dialect.name == "postgresql" else json.dumps(sorted(value))


class one_of(GenericFunction[bool]):
    """``one_of(column, bindparam(..., type_=Texts))``: the text is one of the list.

    An expanding IN is written anew for every execution, with one variable for each text and place: half the cost of
    explaining a sheet, and for a thousand pairings more variables than SQLite takes.
    """

    type = Boolean()
    inherit_cache = True

    def self_group(self, against: Any = None) -> Any:
        # It is a comparison already; compared with 1 once more, no index would be used.
        return self


@compiles(one_of, "sqlite")
def _sqlite(element: one_of, compiler: SQLCompiler, **kw: Any) -> str:
    column, texts = (compiler.process(each, **kw) for each in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({texts}))"


@compiles(one_of, "postgresql")
def _postgresql(element: one_of, compiler: SQLCompiler, **kw: Any) -> str:
    column, texts = (compiler.process(each, **kw) for each in element.clauses)
    return f"{column} = ANY ({texts})"
