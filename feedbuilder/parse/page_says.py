"""What a page says of itself beside its list, asked of all rules about it at once."""

from __future__ import annotations

from collections.abc import Collection

from selectolax.lexbor import LexborHTMLParser

from feedbuilder.model import Page, PageFacts
from feedbuilder.parse.decode import decode
from feedbuilder.parse.limits import refuse_monster_page
from feedbuilder.parse.not_found import says_not_found
from feedbuilder.parse.own_names import own_names
from feedbuilder.parse.stand_ins import stand_in


def page_says(page: Page, titles: Collection[str], language: str | None = None) -> PageFacts:
    """Return what `page` says of itself; `titles` of stories say nothing of it. Raises ExtractError for a monster."""
    text = decode(page, language)
    refuse_monster_page(text, page.url)
    tree = LexborHTMLParser(text)
    names, missing = own_names(tree, page.url, titles), says_not_found(tree, titles)
    return PageFacts(names, missing, stand_in(tree, titles))  # last, for it changes the tree
