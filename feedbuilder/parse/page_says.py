"""What a page says of itself beside its list, asked of all rules about it at once."""

from __future__ import annotations

from collections.abc import Collection

from feedbuilder.model import Page, PageFacts
from feedbuilder.parse.decode import decode
from feedbuilder.parse.not_found import says_not_found
from feedbuilder.parse.own_names import own_names
from feedbuilder.parse.stand_ins import stand_in


def page_says(page: Page, titles: Collection[str], language: str | None = None) -> PageFacts:
    """Return what `page` says of itself; `titles` of stories say nothing of it. Raises ExtractError for a monster."""
    names, text = own_names(page, titles), decode(page, language)
    return PageFacts(names, says_not_found(text, titles), stand_in(text, titles))
