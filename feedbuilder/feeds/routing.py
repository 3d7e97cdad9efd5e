"""Which items stand in a feed, and in which order. Knows nothing of how feeds are written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import islice

from feedbuilder.feeds.tagging import Tagging
from feedbuilder.model import Feed, Filter, StoredItem

PLAIN = Tagging()
"""Tags as they are written."""


def wanted_keys(feed: Feed, tagging: Tagging) -> frozenset[str]:
    """Return the keys of tags of which every item of `feed` carries one, aliases counted as what they stand for.

    None where items need no tag.
    """
    # Of tags that an item must all have, each one alone leads to it.
    return tagging.keys(feed.tags.all[:1] or feed.tags.any)


def leading(feed: Feed, tagging: Tagging) -> frozenset[str]:
    """Return `wanted_keys` and the keys of their aliases: under one of them the store has every item of `feed`."""
    return tagging.behind(wanted_keys(feed, tagging))


def route(feed: Feed, candidates: Iterable[StoredItem], tagging: Tagging = PLAIN) -> tuple[StoredItem, ...]:
    """Return the entries of `feed`: the first it admits, as many as it has room for; newest published first.

    `candidates` come with those first seen last in front and are read no further than needed. So a story that is
    listed late with an old date still gets in, and then stands where its date puts it. Of one date, the one first
    seen last comes first; what was first seen together stands as on its page.
    """
    chosen = list(islice(filter(admitting(feed, tagging), candidates), feed.room))
    chosen.sort(key=lambda item: (item.position, item.id))
    return tuple(sorted(chosen, key=lambda item: (item.published, item.first_seen), reverse=True))


def admits(feed: Feed, item: StoredItem, tagging: Tagging = PLAIN) -> bool:
    """Return whether `item` belongs into `feed` by its tags, sources and texts. The tags of `feed` are no aliases."""
    return admitting(feed, tagging)(item)


def admitting(feed: Feed, tagging: Tagging = PLAIN) -> Callable[[StoredItem], bool]:
    """Return `admits` for many items: what `feed` does not ask for is not looked at."""
    asks_for_tags = feed.tags.any or feed.tags.all or feed.tags.none
    wanted, unwanted = _named(feed.include), _named(feed.exclude)

    def is_admitted(item: StoredItem) -> bool:
        return (
            feed.sources.admits(frozenset(item.sources))
            and (not asks_for_tags or feed.tags.admits(tagging.keys(item.tags)))
            and all(_matches(part, item) for part in wanted)
            and not any(_matches(part, item) for part in unwanted)
        )

    return is_admitted


_Part = tuple[str, tuple[re.Pattern[str], ...]]


def _named(rule: Filter) -> list[_Part]:
    """Return the parts of an item that `rule` speaks of, with their patterns."""
    parts: list[_Part] = [
        ("title", rule.title),
        ("summary", rule.summary),
        ("link", rule.link),
        ("author", rule.author),
    ]
    return [(name, patterns) for name, patterns in parts if patterns]


def _matches(part: _Part, item: StoredItem) -> bool:
    """Return whether one of the patterns is found in the part; a part the site did not give matches nothing."""
    name, patterns = part
    texts = {
        "title": (item.title,),
        "summary": (item.summary,),
        "link": (item.link,),
        "author": item.authors,
    }[name]
    return any(pattern.search(text) for pattern in patterns for text in texts if text)
