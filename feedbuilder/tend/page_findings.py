"""From an address or a file to the lists of articles on it: what `detect` shows, and what `add` chooses from.

Owns how the page is fetched, and in which zone and language it is read. Prints nothing; `show_lists` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from feedbuilder.config import Config
from feedbuilder.config.error_wording import as_config_error
from feedbuilder.config.read_tables import with_common_headers
from feedbuilder.detect import Candidate, Detection, detect
from feedbuilder.detect.documents import detect_document, document_kind
from feedbuilder.detect.feed_summary import FeedSeen, read_feed
from feedbuilder.extract import extract
from feedbuilder.extract.next_pages import next_page
from feedbuilder.fetch import HttpFetcher
from feedbuilder.model import (
    ConfigError,
    FetchError,
    NotModified,
    Page,
    SaidDate,
    Source,
    SourceKind,
    StoredItem,
    Validators,
)
from feedbuilder.model.setting_types import http_url
from feedbuilder.model.source_kind import LARGEST_SITEMAP, names_sitemap
from feedbuilder.parse.about import About, about
from feedbuilder.parse.documents.sitemap import is_sitemap, nested_sitemaps, of_one_kind
from feedbuilder.pipeline.foreign_page import ends_dead
from feedbuilder.pipeline.sitemap_index import DEEPEST
from feedbuilder.store import merge
from feedbuilder.tend.page_zones import UTC, Zone, zone_called, zone_of, zone_of_all

_ANOTHER = ZoneInfo("Asia/Tokyo")
"""A zone in which no times are the same as in UTC."""
_NAMED = re.compile(r"(?!\w{1,20}:/)[\w-]{1,63}(?:\.[\w-]{1,63}){1,20}(?::\d{1,5})?(?:/\S*)?")
"""A host, with what may stand behind it, as people say it."""
HOW_TO_LOG_IN = (
    "If you have an account there: write a table [logins.NAME] into the configuration, with the address of the form "
    "and what it takes from the environment, and add the page with --login NAME."
)
"""What to do about a page that asks for a login."""
_NO_SUCH_PAGE = frozenset((204, 205, 404, 410, 421))
"""Statuses of addresses that are wrong; the remedies for others hold for any page."""
_WRITTEN_BY_PROGRAMS = frozenset((SourceKind.FEED, SourceKind.JSON, SourceKind.SITEMAP))
"""What mostly has dates that name their zones."""


@dataclass(frozen=True, slots=True)
class PageFindings:
    """A page, the lists of articles on it, and what else there is to know of it."""

    page: Page
    about: About
    zone: Zone
    language: str | None
    """In which the page is read: what the configuration says for all, else what the page says."""
    detection: Detection
    next: str | None
    """Where its next pages are, as a source's `next` has it."""
    defaults: Mapping[str, Any]
    """What the configuration says for all sources."""
    kind: SourceKind = SourceKind.PAGE
    shown_at: str | None = None
    """The address of the page that shows what `page` holds as data; None where `page` is what people see."""

    def source(self, candidate: Candidate, **keys: Any) -> Source:
        """Return the source that reads `candidate`; `keys` are further ones. Raises ConfigError if one is wrong."""
        made = {"id": "found", "url": self.page.url, "selectors": candidate.selectors, "timezone": self.zone.zone}
        page_says = {"language": self.language, "next": self.next, **candidate.settings}
        try:
            return Source.model_validate({**self.defaults, **made, **page_says, **keys})
        except ValidationError as error:
            raise as_config_error(error) from error

    def entries(self, candidate: Candidate, now: datetime) -> list[StoredItem]:
        """Return the articles of `candidate` as they would be published, newest first."""
        source = self.source(candidate)
        changes = merge(extract(self.page, source), {}, source, now)
        return sorted((change.item for change in changes.changes), key=lambda item: item.published, reverse=True)

    def holding(self, title: str) -> PageFindings:
        """Return the same with the lists that hold `title` first; none where no list does."""
        return replace(self, detection=_lists(self.page, self.kind, self.language, self.zone, title, detect))

    def in_zone(self, name: str) -> PageFindings:
        """Return the same with the times in another zone, which the user names. Raises ConfigError for no zone.

        With no name they are read as [defaults] say, else in UTC for want of a better zone.
        """
        usual = self.defaults.get("timezone")
        if name:
            zone = Zone(zone_called(name), "as you say", known=True)
        else:
            zone = zone_of_all(usual) if usual else Zone(UTC, "you name none", known=False)
        there = replace(self, zone=zone)
        candidates = (
            replace(candidate, items=extract(self.page, there.source(candidate)))
            for candidate in self.detection.candidates
        )
        return replace(there, detection=replace(self.detection, candidates=tuple(candidates)))


def meant_address(text: str) -> str:
    """Return the address of a page that `text` means: a host without a scheme is asked by https. Raises ConfigError."""
    return f"https://{text}" if _NAMED.fullmatch(text) else web_address(text)


def web_address(text: str) -> str:
    """Return `text` if it is the address of a page. Raises ConfigError, with the address that may be meant."""
    try:
        return http_url(text)
    except ValueError as error:
        meant = f"https://{text}" if _NAMED.fullmatch(text) else "https://example.org/news"
        raise ConfigError(f'"{text}" is no web address, such as "{meant}"') from error


class IsFeedError(FetchError):
    """What was asked for as a page is a feed."""

    def __init__(self, message: str, feed: FeedSeen, *, status: int | None) -> None:
        super().__init__(message, status=status)
        self.feed = feed


def page_from_web(
    url: str,
    fetcher: HttpFetcher,
    config: Config | None,
    kind: SourceKind | None = None,
    headers: Mapping[str, str] | None = None,
    login: str | None = None,
) -> Page:
    """Return the page at `url`, asked for with `headers` and those of all sources, and a `login`. Raises FetchError.

    IsFeedError for a feed, unless a feed is the `kind` that is wanted.
    """
    defaults = config.defaults if config else {}
    sent = with_common_headers(defaults.get("headers", {}), headers or {})
    with asked_by_hand():
        largest = LARGEST_SITEMAP if kind is SourceKind.SITEMAP or names_sitemap(url) else 0
        if login is None:
            page = fetcher.get(url, headers=sent, language=defaults.get("language"), largest=largest)
        else:
            page = fetcher.fetch(_asked(url, sent, login, defaults.get("language")), Validators())
    assert not isinstance(page, NotModified), "nothing was asked for conditionally"
    refuse_dead_end(url, page)
    if kind in (None, SourceKind.SITEMAP):
        page = _newest_of_index(page, fetcher)
    feed = read_feed(page)
    if feed is not None and kind is not SourceKind.FEED:
        raise IsFeedError(
            f"{url} is a feed already ({feed.kind}): subscribe to it as it is. To merge it with others, filter it, or "
            "read its articles in full: feedbuilder add --kind feed",
            feed,
            status=page.status,
        )
    return page


def _newest_of_index(page: Page, fetcher: HttpFetcher) -> Page:
    """Return the sitemap that was modified last, of those that the index `page` names; any other page as it is.

    That is what a source at the address of the index reads too. Where it cannot be had, or they are of several kinds of
    pages, the index says what is there.
    """
    for _ in range(DEEPEST):
        if not is_sitemap(page) or not (nested := nested_sitemaps(page)) or not of_one_kind(nested):
            break
        try:
            newest = fetcher.get(nested[0], largest=LARGEST_SITEMAP)
        except FetchError:
            break
        assert not isinstance(newest, NotModified), "nothing was asked for conditionally"
        page = newest
    return page


def _asked(url: str, headers: Mapping[str, str], login: str, language: str | None) -> Source:
    """Return a source that is asked as one that is added will be; nobody reads by its selectors."""
    keys = {"id": "found", "url": url, "headers": headers, "login": login, "language": language}
    return Source.model_validate({**keys, "selectors": {"item": "*"}})


@contextmanager
def asked_by_hand() -> Iterator[None]:
    """Tell a person of an address that is wrong in their words, not in those for a source. Raises FetchError."""
    try:
        yield
    except FetchError as error:
        if error.finding and error.status in _NO_SUCH_PAGE:
            raise FetchError(f"{error.finding} Look in a browser whether the address is right.") from error
        raise


def refuse_dead_end(url: str, page: Page) -> None:
    """Raise FetchError if `page`, to which `url` leads, says that there is no such page, or asks for a login."""
    if ends_dead(url, page.url):
        raise FetchError(
            f"{url} leads to {page.url}, which asks for a login or says that there is no such page. Look in a browser "
            f"without a login. {HOW_TO_LOG_IN}",
            status=page.status,
        )


class Detect(Protocol):
    """What looks for lists of articles on a page; see `detect.detect`."""

    def __call__(
        self, page: Page, *, language: str | None = None, zone: ZoneInfo | None = None, example: str | None = None
    ) -> Detection:
        """Return what was found. Raises ExtractError."""
        ...


def find(
    page: Page,
    *,
    timezone: str | None,
    example: str | None,
    config: Config | None,
    kind: SourceKind | None = None,
    detector: Detect | None = None,
    watched: str | None = None,
    shown_by: PageFindings | None = None,
) -> PageFindings:
    """Return the lists on `page`, read as `config` says for all sources. Raises ExtractError, ConfigError.

    `kind` says what it is; else it is seen from it. `watched` is the selector of what is watched of it.
    `detector` looks for lists, in another process as the case may be. `shown_by` is the page that shows the data that
    `page` is, and says what they do not.
    """
    page_says = shown_by.about if shown_by else about(page)
    defaults = config.defaults if config else {}
    zone = zone_of(page, timezone, config.sources if config else (), defaults.get("timezone"))
    language = defaults.get("language") or page_says.language
    kind = kind or document_kind(page)
    hrefs = _links_of(shown_by) if shown_by else ()
    detection = _lists(page, kind, language, zone, example, detector or detect, watched, hrefs)
    if kind in _WRITTEN_BY_PROGRAMS and not zone.known and _name_their_zone(page, kind, language, detection):
        zone = Zone(UTC, "its dates name their own zones", known=True, proven=True)
    following = next_page(page) if kind is SourceKind.PAGE else None
    shown_at = shown_by.page.url if shown_by else None
    return PageFindings(page, page_says, zone, language, detection, following, defaults, kind, shown_at)


def _lists(
    page: Page,
    kind: SourceKind,
    language: str | None,
    zone: Zone,
    example: str | None,
    detector: Detect,
    watched: str | None = None,
    hrefs: Sequence[str] = (),
) -> Detection:
    """Return the lists of what is of this `kind`; `detector` looks for those of a page."""
    if kind is SourceKind.BROWSER:
        seen = detector(page, language=language, zone=zone.zone, example=example)
        opened = {"kind": kind}
        return replace(
            seen, candidates=tuple(replace(one, settings={**one.settings, **opened}) for one in seen.candidates)
        )
    if kind is SourceKind.PAGE:
        return detector(page, language=language, zone=zone.zone, example=example)
    return detect_document(page, kind, language=language, zone=zone.zone, example=example, watched=watched, hrefs=hrefs)


def _links_of(found: PageFindings) -> list[str]:
    """Return the links of all articles of all lists on a page, the likeliest list first."""
    return list(dict.fromkeys(item.link for one in found.detection.candidates for item in one.items))


def _name_their_zone(page: Page, kind: SourceKind, language: str | None, detection: Detection) -> bool:
    """Return whether the dates of a document mean the same wherever they are read."""
    here = _dates(detection)
    return any(here) and here == _dates(detect_document(page, kind, language=language, zone=_ANOTHER))


def _dates(found: Detection) -> list[SaidDate | None]:
    return [item.published for candidate in found.candidates for item in candidate.items]
