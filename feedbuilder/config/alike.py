"""What sources are alike in is there once: of thousands, each would have it for itself.

Owns what of them is shared. Nobody changes a source; who wants another one makes it.
"""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from feedbuilder.model import Selectors, Source, SourceKind

_LISTED = (SourceKind.PAGE, SourceKind.BROWSER)


class Alike:
    """What the sources of a file have that one before them had too."""

    def __init__(self) -> None:
        self._selectors: dict[str, Selectors] = {}
        self._keys: dict[frozenset[str], set[str]] = {}

    def with_selectors(self, written: dict[str, Any]) -> dict[str, Any]:
        """Return a source as it is `written`, its selectors read, if they are right; what else is wrong stays."""
        table = written.get("selectors")
        if not isinstance(table, dict) or written.get("kind", SourceKind.PAGE) not in _LISTED:
            return written  # what kinds without selectors may say is looked at with the kind
        mark = repr(table)
        if mark not in self._selectors:
            try:
                self._selectors[mark] = Selectors.model_validate(table)
            except ValidationError:  # told with all else that is wrong with the source
                return written
        return written | {"selectors": self._selectors[mark]}

    def shared(self, source: Source) -> Source:
        """Return `source`, which keeps in the same set as others which of its keys were written."""
        keys = source.model_fields_set
        # Pydantic gives each model a set of its own, a quarter of what a source weighs, for models that may be changed.
        object.__setattr__(source, "__pydantic_fields_set__", self._keys.setdefault(frozenset(keys), keys))
        return source
