"""Titles that stand in an attribute of the link alone, as on pages of downloads whose links say "PDF" each."""

from __future__ import annotations

import re
from collections.abc import Sequence

from feedbuilder.detect.choose_fields.try_names import spread
from feedbuilder.detect.outline import Element
from feedbuilder.detect.text_features import looks_like_date, weight
from feedbuilder.parse.boilerplate import is_boilerplate

_ATTRIBUTES = ("title", "aria-label")
_SHORT_HEADLINE = 16
_DIFFERING = 0.8
"""Of the links: so many say something of their own in the attribute."""
_NUMBERS = re.compile(r"\d+")
_FILE = r"^(.*\S)\.(?:pdf|docx?|odt|rtf|txt|xlsx?|ods|csv|pptx?|odp|zip|epub|mp3|mp4|hwpx?)$"
"""A title with the ending of a file; the names of files are no part of titles."""


def attribute_title(links: Sequence[Element | None]) -> tuple[list[str], str, str | None] | None:
    """Return what an attribute of `links` says, its name, and the pattern of the title in it; None where none titles.

    What differs in numbers alone describes the files, as "Download (13 KB)" does.
    """
    for attribute in _ATTRIBUTES:
        texts = [" ".join((one.attributes.get(attribute) or "").split()) if one else "" for one in links]
        whole = [text for text in texts if text and not is_boilerplate(text) and not looks_like_date(text)]
        if len(whole) < _DIFFERING * len(links) or spread([_NUMBERS.sub("", text) for text in whole]) < _DIFFERING:
            continue
        if sum(map(weight, whole)) < _SHORT_HEADLINE * len(whole):
            continue
        files = [re.match(_FILE, text, re.IGNORECASE) for text in texts]
        if all(files):
            return [found[1] for found in files if found], attribute, _FILE
        return texts, attribute, None
    return None
