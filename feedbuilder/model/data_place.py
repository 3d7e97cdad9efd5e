"""Where on a page its data may stand, as `selectors.from` names it."""

from __future__ import annotations

import re
from enum import StrEnum

from feedbuilder.model.field_selectors import Pick

VOCABULARIES = ("json-ld", "microdata", "rdfa", "microformats")
"""What data on a page may be written in so that it says itself what is an article."""

_SCRIPT = re.compile(r"script(?![\w-])")
_VARIABLE = re.compile(r"(?:(?:window|self|globalThis)\.[A-Za-z_$]|__)[\w$]*(?:\.[A-Za-z_$][\w$]*)*")


class DataPlace(StrEnum):
    """The kinds of places on a page that hold its data."""

    VOCABULARY = "vocabulary"
    """One of `VOCABULARIES`."""
    SCRIPT = "script"
    """The scripts that a CSS selector finds: "script#__NEXT_DATA__"."""
    ATTRIBUTE = "attribute"
    """The attribute of an element: "#app@data-page"."""
    VARIABLE = "variable"
    """What a script assigns to a variable: "window.__INITIAL_STATE__"."""
    DOCUMENT = "document"
    """All that is there, for it is no page: a feed, JSON. People say of what kind a source is instead."""

    @classmethod
    def of(cls, text: str) -> DataPlace:
        """Return what kind of place `text` writes. Raises ValueError if it writes none."""
        if text in VOCABULARIES:
            return cls.VOCABULARY
        if text == cls.DOCUMENT:
            return cls.DOCUMENT
        if _SCRIPT.match(text):
            return cls.SCRIPT
        if _VARIABLE.fullmatch(text):
            return cls.VARIABLE
        if "@" in text and Pick.parse(text).attribute:
            return cls.ATTRIBUTE
        names = ", ".join(f'"{name}"' for name in VOCABULARIES)
        raise ValueError(
            f'expected {names}, a script such as "script#__NEXT_DATA__", a variable such as '
            '"window.__INITIAL_STATE__", or an attribute such as "#app@data-page"'
        )
