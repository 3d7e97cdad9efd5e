"""Links that stand alike: by tags, by names, in headings, in one table. Knows structure only, no words but labels."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import islice

from feedbuilder.detect.class_names import class_cost, tokens
from feedbuilder.detect.outline import HEADINGS, INLINE, Anchor, Element, Outline
from feedbuilder.detect.page_regions import aside_name, in_aside, in_navigation
from feedbuilder.detect.rules.address_rules import folder
from feedbuilder.detect.text_features import looks_like_date, weight

FEWEST = 2
"""Links that make a group, records that make a list."""
_MOST_GROUPS = 120
LABELS = 3
"""Links that say the same, from which it is a label and no title."""
_LABEL_RELATIONS = frozenset(("tag", "author", "category"))
_INDEX = re.compile(r"/(?:index|default|home)\.\w+$")
_CONTAINERS = frozenset(("table", "ul", "ol", "dl"))
_NEAR = 10
"""Levels up to the table or list that a link stands in."""
_FEWEST_WORDS, _LEAD_IN = 2, 12
"""Words and letters before a link from which it stands in a sentence."""
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?", re.IGNORECASE)
_LONGEST_LINE = 160
"""Characters of a line that says who wrote a story, and when."""
NAMELESS = 2.5
"""The cost from which a simple selector says nothing: a bare div or span, a class about looks."""


def groups(outline: Outline) -> list[list[Anchor]]:
    """Return the groups of links that stand alike, by tags, by names and by headings; the largest first."""
    paths: dict[int, str] = {}
    found: defaultdict[tuple[str, ...], list[Anchor]] = defaultdict(list)
    for anchor in outline.anchors:
        if _leads_up(anchor.canonical, outline.links.page) or _is_label(anchor.element):
            continue
        if in_running_text(anchor.element):
            continue
        for signature in _signatures(anchor.element, paths):
            found[signature].append(anchor)
        if not (in_navigation(anchor.element) or in_aside(anchor.element) or aside_name(anchor.element)):
            found["address", *folder(anchor.url)].append(anchor)  # whatever their make, articles have like addresses
    distinct: dict[tuple[int, ...], list[Anchor]] = {}
    for anchors in map(_without_labels, found.values()):
        if len({anchor.canonical for anchor in anchors}) >= FEWEST:
            distinct.setdefault(tuple(anchor.element.order for anchor in anchors), anchors)
    return sorted(distinct.values(), key=len, reverse=True)[:_MOST_GROUPS]


def _without_labels(anchors: list[Anchor]) -> list[Anchor]:
    """Return `anchors` without those whose words many articles share, "PDF" or "Read more", if others are left.

    Titles differ from story to story; what says the same in each is a second link of the same card.
    """
    counts = Counter(text for text, _ in {(anchor.element.text, anchor.canonical) for anchor in anchors})
    titled = [anchor for anchor in anchors if counts[anchor.element.text] < LABELS]
    return titled if len({anchor.canonical for anchor in titled}) >= max(FEWEST, len(counts) // 2) else anchors


def in_running_text(link: Element) -> bool:
    """Return whether `link` stands in the middle of a sentence: it is a reference, and its words are no title.

    The words right before it run on into it ("more in a report"); what stands before titles is a date, a name or a
    label, and ends with a mark or a capital. In a line of its own, a time is the link to the story: "Posted by Ada at
    9:20 PM".
    """
    block = next((up for up in islice(link.up(), 1, _NEAR) if up.tag not in INLINE), None)
    if block is None or block.tag in HEADINGS or (_CLOCK.fullmatch(link.text) and len(block.text) <= _LONGEST_LINE):
        return False
    inside = next((up for up in link.up() if up.parent is block), link)
    # A sentence does not run on from another element: that is a link, a block, or a label.
    words = inside.lead_in.split()
    if len(words) < _FEWEST_WORDS or weight(" ".join(words)) < _LEAD_IN:
        return False
    return words[-1].isalpha() and not words[-1][:1].isupper() and not looks_like_date(" ".join(words))


def _leads_up(canonical: str, page: str) -> bool:
    """Return whether a link leads to the front page or to a section above the page: it is no article, but the logo."""
    folder = _INDEX.sub("", canonical)
    return page == folder or page.startswith(f"{folder}/")


def _is_label(link: Element) -> bool:
    """Return whether a link says itself that it leads to a tag or an author of the story that it stands at."""
    return not _LABEL_RELATIONS.isdisjoint((link.attributes.get("rel") or "").lower().split())


def _signatures(element: Element, paths: dict[int, str]) -> Iterator[tuple[str, ...]]:
    path = _path(element, paths)
    yield "tags", path
    near = []
    for up in islice(element.up(), 4):
        near.append(shape(up))
        if len(near) > 1:
            yield "names", *near
    yield "named path", path, *near
    called = next((name for up in islice(element.up(), 2) if (name := card_name(up))), None)
    if called is not None:
        yield "called", called  # whatever the tag: h2 in the large cards, h5 in the small ones
    heading = next((up for up in islice(element.up(), 4) if up.tag in HEADINGS), None)
    heading = heading or next((down for down in islice(element.down(), 12) if down.tag in HEADINGS), None)
    if heading is not None:
        yield "heading", heading.tag
        yield "heading", ""  # a large card over the others has a larger heading
    around = next((up for up in islice(element.up(), _NEAR) if up.tag in _CONTAINERS), None)
    if around is not None:
        yield "within", path, str(around.order)  # a menu may be built as the list is, of the same nameless tags


def _path(element: Element, paths: dict[int, str]) -> str:
    known = paths.get(element.order)
    if known is None:
        known = element.tag
        if element.parent is not None and element.depth < 200:
            known = _path(element.parent, paths) + "/" + known
        paths[element.order] = known
    return known


def shape(element: Element) -> str:
    """Return tag and lasting classes: what cards of one kind have in common."""
    names = sorted(name for name in element.classes if (class_cost(name) or 9) < 4)
    return ".".join((element.tag, *names))


def card_name(element: Element) -> str | None:
    """Return the class that says best what `element` is, None where none says anything."""
    token, cost = next(((token, cost) for token, cost in tokens(element) if token.startswith(".")), ("", NAMELESS))
    return token if cost < NAMELESS else None
