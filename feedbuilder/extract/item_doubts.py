"""Items that were read, and are most likely read wrongly: for telling a person, before readers keep them.

Knows what titles and addresses of different stories cannot all be; nothing of selectors.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from feedbuilder.model import FieldRule, Item, Source, StoredItem
from feedbuilder.model.wording import NAMED, shortened, tag_key
from feedbuilder.parse.links import Link
from feedbuilder.parse.raw_card import RawCard

_FEWEST = 3
_MOST = 0.5
"""The share of items from which a doubt about them is one about the list."""


def title_doubts(items: Sequence[Item] | Sequence[StoredItem]) -> Iterator[str]:
    """Yield why the titles of `items` are most likely none; nothing where they look like titles, or are few."""
    if len(items) < _FEWEST:
        return
    titles = Counter(item.title for item in items if item.title)
    title, count = titles.most_common(1)[0] if titles else ("", 0)
    if count >= _FEWEST and count >= _MOST * len(items):
        yield (
            f'{count} of {len(items)} items have the title "{shortened(title)}". '
            "Unless the site really calls them so, choose another element for title."
        )
    for whose, names in (("author", "authors"), ("tag", "tags")):
        same = sum(_names(item.title, getattr(item, names)) for item in items)
        if same >= _FEWEST and same >= _MOST * len(items):
            yield f"the titles of {same} of {len(items)} items are the name of their {whose}: choose another element."


def _names(title: str | None, names: Sequence[str]) -> bool:
    return title is not None and tag_key(title) in set(map(tag_key, names))


def missed_parts(items: Sequence[Item], source: Source) -> Iterator[str]:
    """Yield for people which of the selectors for titles and dates finds nothing in any of `items`, and what that does.

    Nothing where there are no items: that is told as such.
    """
    if not items:
        return
    count = "the only article" if len(items) == 1 else f"any of the {len(items)} articles"
    remedy = "feedbuilder check --online shows what to write instead"
    rule = source.selectors.title
    if rule and all(item.title is None or item.title_guessed for item in items):
        instead = "titles are taken from headings and links meanwhile"
        yield f"the title selector {_written(rule)} finds nothing in {count}; {instead}. {remedy}"
    rule = source.selectors.date
    content = source.selectors.content
    if content and not any(item.content_html for item in items):
        yield f"the content selector {_written(content)} finds no text in {count}; new ones come without. {remedy}"
    if source.date_format and not any(item.published for item in items) and any(item.date_unread for item in items):
        written = " and ".join(f'"{one}"' for one in source.date_format)
        yield f"no date of {count} is written as date_format says, {written}; new ones are dated as seen. {remedy}"
    if rule and not any(item.published or item.date_unread for item in items):
        yield f"the date selector {_written(rule)} finds nothing in {count}; new ones are dated as seen. {remedy}"


def _written(rule: FieldRule) -> str:
    return " or ".join(f'"{" + ".join(map(str, reading.picks))}"' for reading in rule)


def link_doubts(cards: Sequence[tuple[RawCard, Link | None]], *, keep_fragment: bool) -> Iterator[str]:
    """Yield why the links of `cards` are most likely not those of their articles."""
    found = [(card, link) for card, link in cards if link is not None]
    shared = Counter(link.canonical for _, link in found).most_common(1)
    canonical, count = shared[0] if shared else ("", 0)
    if count >= _FEWEST and count >= _MOST * len(found):
        hrefs = [raw.href for card, link in found if link.canonical == canonical for raw in card.links[:1]]
        remedy = _KEEP_FRAGMENT if not keep_fragment and _differ_in_fragment(hrefs) else "choose another link"
        yield f"{count} cards lead to one address, {canonical[:NAMED]}, and are one item: {remedy}."


def leads_to_places(cards: Sequence[tuple[RawCard, Link | None]]) -> bool:
    """Return whether cards that lead to no article lead to places on this page, each to another."""
    return _differ_in_fragment([raw.href for card, link in cards if link is None for raw in card.links[:1]])


_KEEP_FRAGMENT = "if what stands behind # tells them apart, set keep_fragment = true"


def _differ_in_fragment(hrefs: Sequence[str]) -> bool:
    fragments = {href.partition("#")[2] for href in hrefs} - {""}
    return len(fragments) >= _FEWEST and len({href.partition("#")[0] for href in hrefs}) == 1
