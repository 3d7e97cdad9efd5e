"""By what it is seen that a feed would come out as it did, were it made again: settings and program, as a hash.

Owns which of them count. What entries say is no part of it: that items changed is told by the store.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources

from feedbuilder.feeds import FeedSummary, MadeOfEach
from feedbuilder.model import Feed, Source, TagFeed
from feedbuilder.model.program_version import installed, version_of
from feedbuilder.pipeline.catalogue import Catalogue

_ROOMS = ("feeds", "model", "store")
"""The rooms that decide what a feed says of its items."""
_LIBRARIES = ("feedgen", "jinja2", "lxml", "markupsafe", "nh3")
_SILENT = frozenset(["selectors", "article", "headers"])
"""Settings of a source that only say how it is read."""


class Marks:
    """Makes the marks of the feeds of one catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._site = catalogue.site.model_dump_json()
        self._house = f"{_own_version()} {self._site} {catalogue.tags.model_dump_json()}"
        self._sources: dict[str, str] = {}
        self.icons: Mapping[str, str] = {}
        """What tells each icon that a source's site has from another, by source."""

    def of_feed(
        self,
        feed: Feed,
        tag_feeds: Sequence[TagFeed],
        sources: Iterable[Source],
        tagged: Iterable[tuple[str, str]] = (),
    ) -> str:
        """Return the mark of `feed`, which `sources` feed, and for which tags of sources decide (see `SourceIndex`)."""
        feeding = list(sources)
        icon = self.icons.get(feeding[0].id, "") if len(feeding) == 1 else ""
        decides = map(repr, tagged)
        return _hash([self._house, _said_of(feed), repr(tag_feeds), icon, *map(self._of_source, feeding), *decides])

    def of_site(self, feeds: Iterable[FeedSummary]) -> str:
        """Return the mark of the files at the top of the output, which list `feeds`."""
        return _hash([self._house, *_digests(feeds)])

    def _of_source(self, source: Source) -> str:
        if source.id not in self._sources:
            self._sources[source.id] = _hash([source.model_dump_json(exclude=set(_SILENT))])
        return self._sources[source.id]


def _said_of(feed: Feed) -> str:
    """Return all that `feed` says, as a text that is another where it says anything else.

    Of one that is called something and asks for tags, as those made of tags are, in a few words: what writes models as
    JSON is made when it is first asked for, and takes longer than a feed.
    """
    if feed.model_fields_set <= {"slug", "title", "tags"} and feed.tags.model_fields_set <= {"any"}:
        return json.dumps([feed.slug, feed.title, feed.tags.any])
    return feed.model_dump_json()


def _hash(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


@MadeOfEach
def _digests(feed: FeedSummary) -> str:
    return _hash([repr(feed)])


@cache
def _own_version() -> str:
    libraries = {name: installed(name) for name in _LIBRARIES}
    return version_of(resources.files("feedbuilder"), _ROOMS, libraries, ("",))
