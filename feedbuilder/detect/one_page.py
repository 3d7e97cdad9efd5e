"""Articles that have no pages of their own: all of them stand on the page of the list, or on one other page.

Two kinds. Links that differ in their #fragment alone, and stories without any link, told apart by title and day. Both
are looked for only where the page holds no other list, for a menu of places and a table of events look like them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from types import MappingProxyType
from typing import Any

from feedbuilder.detect.outline import DEEPEST_KEPT, Anchor, Element, Outline, anchors_of, linked_elements
from feedbuilder.detect.page_regions import in_navigation
from feedbuilder.detect.text_features import looks_like_date
from feedbuilder.model import Item
from feedbuilder.parse.links import Links
from feedbuilder.parse.title_labels import is_number_of_a_version

_FEWEST = 3
"""Stories that make a list without pages of its own; two dates stand on any page."""
_MOST = 2_000
_LONGEST_DATED = 90
"""Characters of an element that says a date, and perhaps the title with it."""
_DATED, _DISTINCT, _TITLED = 0.8, 0.6, 0.8
_ROUTE = re.compile(r"#!?/")
"""How scripts that build a site on one page write the addresses of its parts."""


@dataclass(frozen=True, slots=True)
class OnePageView:
    """Another look at the page, and what a source must say to see it so."""

    outline: Outline
    settings: MappingProxyType[str, Any]

    def is_credible(self, items: tuple[Item, ...]) -> bool:
        """Return whether `items` are stories, and no menu, no table of figures and no list of contents."""
        if len(items) < _FEWEST:
            return False
        routes = sum(_ROUTE.search(item.link) is not None for item in items)
        dated = sum(item.published is not None for item in items)
        if dated < _DATED * len(items) and routes < len(items):
            return False
        titles = [item.title for item in items if item.title]
        return len(set(titles)) >= _DISTINCT * len(items) and sum(map(_is_title, titles)) >= _TITLED * len(items)


def one_page_views(outline: Outline) -> Iterator[OnePageView]:
    """Yield the looks at the page that may show articles without pages of their own."""
    links = replace(outline.links, keep_fragment=True, known={})
    anchors = tuple(anchor for anchor in anchors_of(outline.elements, links) if "#" in anchor.url)
    if len({anchor.canonical for anchor in anchors}) >= _FEWEST:
        settings = {"keep_fragment": True, "articles": "off"}
        yield _view(outline, anchors, links, settings)
    dated = tuple(_dated(outline))
    if len(dated) >= _FEWEST:
        yield _view(outline, dated, outline.links, {"without_links": True, "articles": "off"})


def _view(outline: Outline, anchors: tuple[Anchor, ...], links: Links, settings: dict[str, Any]) -> OnePageView:
    fixed = MappingProxyType(settings)
    linked = linked_elements(anchors)
    return OnePageView(
        replace(outline, anchors=anchors, links=links, linked=linked, settings=fixed, selected={}), fixed
    )


def _dated(outline: Outline) -> Iterator[Anchor]:
    """Yield the elements that say a date, each in place of a story's link."""
    found = (one for one in outline.elements if _says_date(one) and not in_navigation(one))
    for number, element in enumerate(islice(found, _MOST)):
        yield Anchor(element, f"#{number}", "")


def _says_date(element: Element) -> bool:
    if element.depth > DEEPEST_KEPT:
        return False  # nobody builds pages so deep, and each of a hostile one would be read anew
    text = element.text
    if not text or len(text) > _LONGEST_DATED or not any(map(str.isdigit, text)):
        return False
    # The innermost element that does: a row also holds its cells' dates.
    return looks_like_date(text) and not any(looks_like_date(child.text) for child in element.children)


def _is_title(title: str) -> bool:
    return sum(map(str.isalpha, title)) >= 3 or is_number_of_a_version(title)
