"""The feeds that a site has already: whoever can have the same from there is told so before anything is made.

Owns which addresses are asked for a feed, and which answers are feeds of the page at hand.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlsplit

from feedbuilder.detect import Candidate
from feedbuilder.detect.existing_feeds import FeedOrigin, discover_feeds
from feedbuilder.detect.feed_summary import FeedSeen, read_feed
from feedbuilder.fetch import HttpFetcher
from feedbuilder.model import FetchError, NotModified, Page

MOST_NAMED, MOST_USUAL = 4, 2
"""How many addresses are asked for a feed; each costs the pause between two requests, and somebody waits."""


def feeds_there(page: Page, fetcher: HttpFetcher) -> list[FeedSeen]:
    """Return the feeds of articles that the page names, those that work; the best first.

    Only where it names none that works, the likeliest of the usual addresses are tried: of the section and of the site.
    """
    links = [link for link in discover_feeds(page) if not link.comments]
    systems = {link.url: link.system for link in links}
    named = [link.url for link in links if link.found is not FeedOrigin.USUAL]
    usual = [link.url for link in links if link.found is FeedOrigin.USUAL]
    tried = _working(named[:MOST_NAMED], page, fetcher)
    if tried:
        return tried
    top = "/" + urlsplit(page.url).path.lstrip("/").partition("/")[0].rstrip("/") + "/"
    of_section = [url for url in usual if urlsplit(url).path.startswith(top)]
    of_site = [url for url in usual if url not in of_section]
    tried = _working([*of_section[:MOST_USUAL], *of_site[:MOST_USUAL]], page, fetcher)
    return [replace(feed, system=systems.get(feed.url)) for feed in tried]


def _working(urls: Iterable[str], page: Page, fetcher: HttpFetcher) -> list[FeedSeen]:
    seen: dict[str, FeedSeen] = {}
    for url in urls:
        try:
            answer = fetcher.get(url)
        except FetchError:
            continue
        feed = None if isinstance(answer, NotModified) else read_feed(answer)
        if feed is not None and feed.serves(page):
            seen.setdefault(feed.url, feed)
    return list(seen.values())


def shared(feed: FeedSeen, candidate: Candidate) -> int:
    """Return how many articles of `candidate` the feed holds."""
    return sum(item.canonical in feed.canonicals for item in candidate.items)
