"""The words that dates are written with, a table for each language. To add a language, add a table.

Owns words only: the order in which they stand is in `date_forms`, how a text becomes words in `words`.
"""

from __future__ import annotations

from feedbuilder.parse.dates.languages import (
    baltic_and_uralic,
    east_asian,
    germanic,
    middle_eastern,
    other_european,
    romance,
    slavic,
    south_asian,
    southeast_asian_and_african,
    turkic_and_mongolian,
)
from feedbuilder.parse.dates.languages.language import Language

__all__ = ["BY_CODE", "LANGUAGES", "Language", "language_code"]

LANGUAGES: tuple[Language, ...] = (
    *germanic.LANGUAGES,
    *romance.LANGUAGES,
    *slavic.LANGUAGES,
    *baltic_and_uralic.LANGUAGES,
    *other_european.LANGUAGES,
    *turkic_and_mongolian.LANGUAGES,
    *middle_eastern.LANGUAGES,
    *south_asian.LANGUAGES,
    *east_asian.LANGUAGES,
    *southeast_asian_and_african.LANGUAGES,
)
BY_CODE = {language.code: language for language in LANGUAGES}

_SAME = {"no": "nb", "nn": "nb", "iw": "he", "in": "id", "tl": "fil", "sh": "sr"}
"""Subtags of languages that have their table under another."""


def language_code(tag: str | None) -> str:
    """Return the code under which the language of a BCP 47 `tag` has its table: "pt" for "pt-BR"; "" for None."""
    primary = (tag or "").lower().replace("_", "-").partition("-")[0]
    return _SAME.get(primary, primary)
