"""Finding feeds and sources without asking each of them: which feeds an item may belong to, which sources feed a feed.

Owns the two indexes. What finally decides is `routing.admits` and the choices of the feed; these only leave out those
that cannot be meant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from feedbuilder.feeds.routing import admits, wanted_keys
from feedbuilder.feeds.tagging import Tagging
from feedbuilder.model import Feed, Source, StoredItem


class FeedIndex:
    """Tells to which feeds an item belongs. The tags of `feeds` are no aliases under `tagging`."""

    def __init__(self, feeds: Iterable[Feed], tagging: Tagging) -> None:
        self._tagging = tagging
        self._by_key: dict[str, list[Feed]] = defaultdict(list)
        self._by_source: dict[str, list[Feed]] = defaultdict(list)
        self._open: list[Feed] = []
        for feed in feeds:
            if keys := wanted_keys(feed, tagging):
                for key in keys:
                    self._by_key[key].append(feed)
            elif feed.sources.any:
                for source in set(feed.sources.any):
                    self._by_source[source].append(feed)
            else:
                self._open.append(feed)

    def holding(self, item: StoredItem) -> Iterator[Feed]:
        """Yield the feeds that admit `item`, each once, in no order."""
        tagged = (feed for key in self._tagging.keys(item.tags) for feed in self._by_key.get(key, ()))
        listed = (feed for source in item.sources for feed in self._by_source.get(source, ()))
        possible = {feed.slug: feed for found in (tagged, listed, self._open) for feed in found}
        return (feed for feed in possible.values() if admits(feed, item, self._tagging))


class SourceIndex:
    """Tells which sources feed a feed: by their own tags, or because an entry is theirs."""

    def __init__(self, sources: Sequence[Source], tagging: Tagging) -> None:
        self._sources = sources
        self._tagging = tagging
        self._keys = [tagging.keys(source.tags) for source in sources]
        self._place = {source.id: place for place, source in enumerate(sources)}
        self._by_key: dict[str, list[int]] = defaultdict(list)
        for place, keys in enumerate(self._keys):
            for key in keys:
                self._by_key[key].append(place)

    def feeding(self, feed: Feed, origins: Iterable[str]) -> list[Source]:
        """Return the sources that feed `feed`, in configuration order; its entries come from those with ids `origins`.

        An origin that is configured no longer is passed over.
        """
        places = {self._place[one] for one in origins if one in self._place}
        places.update(place for place in self._possible(feed) if self._admits(feed, place))
        return [self._sources[place] for place in sorted(places)]

    def tagged(self, feed: Feed) -> list[tuple[str, str]]:
        """Return the keys of tags that `feed` names, each with the id of a source that gives it to all its items.

        Of one that asks for one of some tags and for nothing else, these sources are `feeding` it; else such a tag may
        decide on an item that has another by itself, or comes from another source too.
        """
        choice = feed.tags
        if not (choice.all or choice.none or feed.sources.model_fields_set):
            return []
        named = self._tagging.keys((*choice.any, *choice.all, *choice.none))
        return [(key, self._sources[place].id) for key in sorted(named) for place in self._by_key.get(key, ())]

    def _possible(self, feed: Feed) -> Iterable[int]:
        if keys := wanted_keys(feed, self._tagging):
            return {place for key in keys for place in self._by_key.get(key, ())}
        if feed.sources.any:
            return {self._place[one] for one in feed.sources.any if one in self._place}
        return range(len(self._sources))

    def _admits(self, feed: Feed, place: int) -> bool:
        return feed.sources.admits(frozenset({self._sources[place].id})) and feed.tags.admits(self._keys[place])
