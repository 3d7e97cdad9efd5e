"""That a column holds one of a list of texts, where the whole list is one parameter, as long as it may be.

Owns how either database says so. A parameter for each text, as `column.in_` has it, makes another statement of each
length, which is put together and taken apart anew each time.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from typing import Any

from sqlalchemy import ARRAY, Boolean, ColumnElement, Dialect, Text, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine

from feedbuilder.store.columns import storable


def one_of(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """Return the condition that `column`, which holds texts, has one of those in the collection bound to `name`."""
    return _OneOf(column, bindparam(name, type_=_ListOfTexts()))


class _ListOfTexts(TypeDecorator[Collection[str]]):
    """Several texts in one parameter: an array on PostgreSQL, JSON on SQLite."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the type that the database has for it."""
        return dialect.type_descriptor(ARRAY(Text()) if dialect.name == "postgresql" else Text())

    def bind_processor(self, dialect: Dialect) -> Callable[[Collection[str] | None], Any]:
        """Return what makes a parameter of texts, which are looked for as columns hold them."""
        return _array if dialect.name == "postgresql" else _json


def _array(texts: Collection[str] | None) -> list[str]:
    return [storable(one) for one in texts or ()]


def _json(texts: Collection[str] | None) -> str:
    return json.dumps(_array(texts))


class _OneOf(FunctionElement[bool]):
    """A column and the parameter with the texts that it may have."""

    type = Boolean()
    inherit_cache = True

    def self_group(self, against: Any = None) -> Any:  # noqa: ARG002 - what it stands in never matters
        """Return the condition as it is: compared with `1`, as SQLite's booleans are, it would use no index."""
        return self


@compiles(_OneOf)
def _on_sqlite(condition: _OneOf, compiler: SQLCompiler, **options: Any) -> str:
    column, texts = (compiler.process(one, **options) for one in condition.clauses)
    return f"{column} IN (SELECT value FROM json_each({texts}))"  # noqa: S608 - of our own


@compiles(_OneOf, "postgresql")
def _on_postgresql(condition: _OneOf, compiler: SQLCompiler, **options: Any) -> str:
    column, texts = (compiler.process(one, **options) for one in condition.clauses)
    return f"{column} = ANY ({texts})"
