"""Titles in one text with a date: the rule that takes them out of it. Knows nothing of how titles are found."""

from __future__ import annotations

import re
from collections.abc import Sequence

from feedbuilder.detect.choose_fields.record_table import RecordTable, RecordView
from feedbuilder.detect.outline import HEADINGS
from feedbuilder.detect.text_features import DATE_SHAPES, looks_like_date
from feedbuilder.parse.title_labels import dangles


def without_date(sheet: RecordTable, texts: Sequence[str], css: str) -> dict[str, object] | None:
    """Return the rule that takes a title out of texts which begin or end with a date, None where few do.

    Not where the date stands elsewhere too: then the one in the title belongs to it.
    """
    if sheet.share(sum(map(_dated_outside, sheet.cards))) >= 0.5:
        return None
    return _cut_by(texts, css)


def _cut_by(texts: Sequence[str], css: str) -> dict[str, object] | None:
    for shape in DATE_SHAPES:
        for pattern in (rf"^\W*{shape}\W+(\S.*)$", rf"^(.*[^\s([,:|·•–—-])\W+{shape}\W*$"):
            left = [found[1] for text in texts if (found := re.search(pattern, text, re.IGNORECASE))]
            if len(left) >= 0.8 * len(texts) and len(texts) > 1 and _are_whole(left, texts):
                return {"select": css, "match": pattern}
    return None


def beside_the_date(sheet: RecordTable) -> tuple[list[str], dict[str, object] | None]:
    """Return the words of the records themselves without their dates, for entries that are a date and a title."""
    tops = [card.parts[0] for card in sheet.cards]
    rule = _cut_by([top.text for top in tops], tops[0].tag)
    return ["" for _ in tops] if rule is None else [top.text for top in tops], rule


def _are_whole(left: Sequence[str], texts: Sequence[str]) -> bool:
    """Return whether what is left of `texts` without their dates are titles: they differ, and none breaks off."""
    return len(set(left)) >= 0.8 * min(len(set(texts)), len(left)) and sum(map(dangles, left)) <= 0.2 * len(left)


def _dated_outside(card: RecordView) -> bool:
    links = {id(one) for link in card.elements if link.tag == "a" or link.tag in HEADINGS for one in link.down()}
    return any(id(one) not in links and looks_like_date(one.own_text) for one in card.elements)
