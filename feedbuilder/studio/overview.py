"""How sources and feeds do, for the screens: asked of the store alone, and put into words where status.html does it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import segno
from markupsafe import Markup

from feedbuilder.config import Config
from feedbuilder.engine import system_clock
from feedbuilder.engine.metrics_file import RESPONSES_OF
from feedbuilder.engine.overview import catalogue_of
from feedbuilder.engine.status_facts import source_reports
from feedbuilder.feeds import DAYS, MOODS, FeedSummary, ShownSource, shown_source
from feedbuilder.model import formats
from feedbuilder.model.settings import is_loopback
from feedbuilder.pipeline.documents import gather
from feedbuilder.pipeline.press import Press
from feedbuilder.store import holder, is_there, open_store


@dataclass(frozen=True, slots=True)
class ShownFeed:
    """A feed, and how to subscribe to it."""

    summary: FeedSummary
    address: str
    """Of its RSS file."""
    is_configured: bool
    """Whether it stands in the configuration; others a tag makes by itself."""

    @property
    def qr(self) -> Markup:
        """Return the address as a picture for a phone's camera."""
        return qr_code(self.address)


@dataclass(frozen=True, slots=True)
class Overview:
    """All that is configured, and how it does."""

    sources: tuple[ShownSource, ...]
    feeds: tuple[ShownFeed, ...]
    is_kept_fresh: bool
    """Whether a `run` works on it just now."""
    is_local: bool
    """Whether the feeds name themselves by an address that only this machine reaches."""


def overview_of(config: Config) -> Overview:
    """Return how the sources and feeds of `config` do. Makes no store where there is none."""
    is_local = is_loopback(config.site.url)
    if not is_there(config.store.place):
        reports = source_reports(config.sources, {}, {}, {})
        return Overview(tuple(map(shown_source, reports)), (), is_kept_fresh=False, is_local=is_local)
    now = system_clock()
    with open_store(config.store.place) as store:
        news = store.news_per_day(now, DAYS)
        reports = source_reports(
            config.sources, store.states(), store.list_memories(), news, store.response_times(now - RESPONSES_OF)
        )
        shown = tuple(sorted(map(shown_source, reports), key=lambda one: MOODS.index(one.mood)))
        feeds = gather(Press(catalogue_of(config)), store, now)
    configured = {feed.slug for feed in config.feeds if not feed.auto}
    listed = tuple(ShownFeed(feed, feed.address(formats.RSS.file), feed.slug in configured) for feed in feeds)
    return Overview(shown, listed, is_kept_fresh=holder(config.store.place) is not None, is_local=is_local)


def feeds_with(feeds: Sequence[ShownFeed], source_id: str) -> list[ShownFeed]:
    """Return those of `feeds` that hold articles of a source."""
    return [feed for feed in feeds if source_id in feed.summary.origins]


@cache
def qr_code(text: str) -> Markup:
    """Return `text` as the SVG of a QR code, its colours left to the style of the page."""
    code = segno.make(text, error="m", micro=False)
    return Markup(code.svg_inline(omitsize=True, border=2, svgclass="qr", lineclass="qr-dark"))  # noqa: S704 - numbers
