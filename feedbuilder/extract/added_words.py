"""What an attribute says beyond the title: the rest of a cut title, or the author, the date, the section over again.

"Harbour reopens by Ann Miller" is what a screen reader is to say of the whole card; its title is "Harbour reopens".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from feedbuilder.extract.field_rules import CardTree
from feedbuilder.model.wording import without_ellipsis
from feedbuilder.parse.byline_words import without_byline_words, word_before_name
from feedbuilder.parse.plain_text import text_of

_LONGEST = 100
"""Letters of what is written beside a title: a name, a date, a section."""
_PARTS = re.compile(r"\s?[|,;·•｜](?:\s|$)|\s[-–—/:]\s|^[-–—/:]\s")


def adds_what_the_card_shows(text: str | None, whole: str, card: CardTree) -> bool:
    """Return whether `whole` is `text` and behind it nothing but what other elements of `card` say too."""
    if not text or without_ellipsis(text) != text or not whole.startswith(text):
        return False
    added = whole[len(text) :]
    if not added or added[0].isalnum() or len(added) > _LONGEST:
        return False
    parts = [key for part in (added, *_PARTS.split(added)) if (key := _key(part))]
    if not parts:
        return False
    shown = set(_shown(card))
    return parts[0] in shown or all(part in shown for part in parts[1:])


def _shown(card: CardTree) -> Iterator[str]:
    for element in card.elements:
        text = str(element.get("alt") or "") if element.name == "img" else text_of(element)
        if text and len(text) <= _LONGEST:
            yield _key(text)


def _key(text: str) -> str:
    """Return `text` in lower case without the words before a name, and without marks at its ends."""
    name = without_byline_words(text.strip(" \t\n-–—|/:·•,;()[]｜"))
    before = word_before_name(name)
    if before is not None:
        name = name[len(before) :]
    return name.strip(" \t\n-–—|/:·•,;()[]｜").casefold()
