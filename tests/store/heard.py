"""Hearing the statements that a store runs, whichever way they go to the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, event

from feedbuilder.store import ready

Hear = Callable[[str, Any, bool], None]
"""Is told a statement, its values, and whether these are many lists of them."""


@contextmanager
def hearing(engine: Engine, hear: Hear) -> Iterator[None]:
    """Have `hear` told each statement of `engine` that is run in the block, and those of any store that are ready."""

    def by_sqlalchemy(_connection: Any, _cursor: Any, sql: str, values: Any, _context: Any, many: bool) -> None:
        hear(sql, values, many)

    def given(cursor: Any, sql: str, values: Any, *, many: bool = False) -> None:
        hear(sql, values, many)
        give(cursor, sql, values, many=many)

    give = ready.give
    event.listen(engine, "before_cursor_execute", by_sqlalchemy)
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(ready, "give", given)
            yield
    finally:
        event.remove(engine, "before_cursor_execute", by_sqlalchemy)
