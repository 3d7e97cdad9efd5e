"""Lists that hold stories one knows: the links to them show where to look, and what surrounds them what the list is.

Without knowledge, detection must guess which links belong together over the whole page. The stories that a source has
listed before say it: what stands in the smallest element around them is their list, whatever else is made like it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from zoneinfo import ZoneInfo

from feedbuilder.detect.candidates import Candidate
from feedbuilder.detect.link_groups import groups
from feedbuilder.detect.outline import Anchor, Element, Outline, outline
from feedbuilder.detect.parsed_page import ParsedPage, plain_source
from feedbuilder.detect.propose_lists import possible_lists, propose
from feedbuilder.detect.tried_list import TriedList, try_selectors
from feedbuilder.model import Page, Selectors
from feedbuilder.parse.boilerplate import text_key

_TRIED = 4
"""Lists that are read; the others hold fewer of the known stories, or promise less."""
_AROUND = 0.8
"""Of the known stories in a group of links: the smallest element that holds so many is the list; a few stand astray."""


def lists_of_known(
    page: Page,
    addresses: AbstractSet[str],
    titles: AbstractSet[str],
    *,
    language: str | None = None,
    zone: ZoneInfo | None = None,
) -> tuple[Candidate, ...]:
    """Return the lists of `page` that stand around links to known stories, those that hold most of them first.

    Known are the canonical `addresses`, and what has one of the `titles` (see `text_key`): addresses change with a
    redesign. Raises ExtractError for a page that cannot be read at all.
    """
    document = ParsedPage.of(page, language=language, zone=zone)
    view = outline(document, plain_source(document, Selectors(item="a")))
    known = addresses | {anchor.canonical for anchor in view.anchors if text_key(anchor.element.text) in titles}
    found = [one.candidate for one in lists_around(view, known)]
    return tuple(sorted(found, key=lambda one: -sum(item.canonical in known for item in one.items)))


def lists_around(view: Outline, known: AbstractSet[str]) -> Iterator[TriedList]:
    """Yield the lists that stand around links to the articles `known`, the most promising first; they are a few."""
    for possible in possible_lists(view, list(_groups_of_known(view, known)))[:_TRIED]:
        proposal = propose(view, possible)
        if proposal is None:
            continue
        tried = try_selectors(view, proposal.selectors, proposal.place)
        if tried is not None:
            yield tried


def _groups_of_known(view: Outline, known: AbstractSet[str]) -> Iterator[list[Anchor]]:
    """Yield the groups of links that stand alike, of each what is in the smallest element around its known stories."""
    for group in groups(view):
        mine = [anchor for anchor in group if anchor.canonical in known]
        around = _smallest_around(mine)
        if around is None:
            continue
        yield [anchor for anchor in group if around.order <= anchor.element.order <= around.last]


def _smallest_around(anchors: Sequence[Anchor]) -> Element | None:
    """Return the smallest element that holds most of the articles of `anchors`, None if those are fewer than two."""
    articles = {anchor.canonical for anchor in anchors}
    if len(articles) < 2:
        return None
    held: Counter[int] = Counter()
    elements: dict[int, Element] = {}
    for canonical in articles:
        for up in {
            up.order: up for anchor in anchors if anchor.canonical == canonical for up in anchor.element.up()
        }.values():
            held[up.order] += 1
            elements[up.order] = up
    most = [elements[order] for order, count in held.items() if count >= _AROUND * len(articles)]
    return max(most, key=lambda one: one.depth, default=None)
