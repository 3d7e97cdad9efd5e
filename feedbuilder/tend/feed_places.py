"""Which feeds a source is in, or would be, and under which addresses. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from feedbuilder.config import Config
from feedbuilder.config.cautions import may_take
from feedbuilder.feeds import Tagging, feeds_for
from feedbuilder.model import Site, Source, TagRules, formats


@dataclass(frozen=True, slots=True)
class FeedPlace:
    """A feed that takes articles of a source."""

    slug: str
    """Empty for those that a table makes for each tag."""
    title: str
    address: str | None
    """Of its RSS file; None where its tags give it one."""
    is_filtered: bool
    """Whether it takes only some of the articles."""


def feed_places(config: Config | None, source: Source) -> list[FeedPlace]:
    """Return the feeds that take articles of `source` once it is configured, in their order."""
    tags = config.tags if config else TagRules()
    site = config.site if config else Site()
    known = [one for one in config.sources if one.id != source.id] if config else []
    feeds = feeds_for(config.feeds if config else (), [*known, source], Tagging.of(tags))
    return [
        FeedPlace(
            feed.slug,
            feed.name if feed.slug or not feed.auto else "One feed for each tag",
            None if feed.auto else site.address(f"{feed.slug}/{formats.RSS.file}"),
            feed.include != type(feed.include)() or feed.exclude != type(feed.exclude)(),
        )
        for feed in feeds
        if may_take(feed, source, tags)
    ]
