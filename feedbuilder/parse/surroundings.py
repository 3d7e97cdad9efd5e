"""What is asked once a day of a page whose list was read well, off one tree: how it calls itself, a copy to be kept."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from feedbuilder.model import Page, Surroundings
from feedbuilder.parse.decode import decode
from feedbuilder.parse.kept_copy import copy_of
from feedbuilder.parse.limits import refuse_monster_page
from feedbuilder.parse.own_names import said_names

LARGEST = 1_000_000
"""Bytes of a page that is looked at so; a larger one is better asked for one thing after the other."""


def surroundings_of(page: Page, language: str | None) -> Surroundings:
    """Return what `page` says beside its list. Raises ExtractError for a monster."""
    text = decode(page, language)
    refuse_monster_page(text, page.url)
    tree = LexborHTMLParser(text)
    names = said_names(tree, page.url)
    return Surroundings(names, copy_of(tree, with_data=False))  # last, for it changes the tree
