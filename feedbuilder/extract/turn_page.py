"""Where the list of a source goes on after one of its pages: the next page, with what has to be said to get it. Pure.

Owns what `next` and `cursor` of a source mean on a page and in an answer in JSON. How pages name their next one, while
a source is made, is for `next_pages`.
"""

from __future__ import annotations

from itertools import islice
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from feedbuilder.extract.next_pages import address_of, first_value
from feedbuilder.model import Page, PageTurn, Pick, Source, SourceKind
from feedbuilder.model.request import CURSOR, LINK_HEADER, has_mark
from feedbuilder.parse.data.lenient_json import parse
from feedbuilder.parse.data.paths import follow, texts
from feedbuilder.parse.decode import decode
from feedbuilder.parse.link_header import header_links
from feedbuilder.parse.links import absolute

LONGEST_CURSOR = 2_000
"""Characters; APIs pack a whole position into one."""


def turned(page: Page, source: Source, number: int, first: str) -> PageTurn | None:
    """Return the page `number` (2 is the second) of the list of `source`, None if there is none.

    `page` is the one before, `first` the address of the first: addresses with marks are relative to that.
    """
    scheme, request = source.next, source.request
    cursor = _said(page, source, source.cursor) if source.cursor else None
    if source.cursor and cursor is None:
        return None
    if request is not None and request.turns:
        return PageTurn(source.url, number, cursor)
    if scheme is None:
        return None
    if has_mark(scheme):
        url = absolute(first, PageTurn("", number, cursor).filled(scheme))
    elif scheme == LINK_HEADER:
        url = _by_header(page)
    elif source.kind is SourceKind.JSON:
        said = _said(page, source, scheme)
        url = absolute(page.url, said) if said else None
    else:
        url = address_of(page, scheme, number)
    return PageTurn(url, number, cursor if CURSOR in scheme else None) if url and url != page.url else None


def _said(page: Page, source: Source, where: str) -> str | None:
    """Return what stands at a path of an answer, or where a selector leads on a page; None for nothing, and false."""
    if source.kind is SourceKind.JSON:
        return next(islice(texts(_value(page, source, where)), 1), None)
    try:
        pick = Pick.parse(where)
    except ValueError:
        return None
    text = decode(page)
    return first_value(LexborHTMLParser(text), text, pick)


def _value(page: Page, source: Source, path: str) -> Any:
    found = next(iter(follow(parse(decode(page, source.language)), path)), None)
    return found if not isinstance(found, str) or len(found) <= LONGEST_CURSOR else None


def _by_header(page: Page) -> str | None:
    """Return the next page as the header `Link` names it (RFC 8288)."""
    found = (link.address for link in header_links(page.links) if "next" in link.relations)
    return next((absolute(page.url, address) for address in found), None)
