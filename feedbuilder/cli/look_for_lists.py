"""What `add` and `detect` look at: a page as it is sent, or as a browser shows it, and the data that it is made from.

Owns the questions about that, which are asked before anything is shown of a list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rich.markup import escape
from rich.prompt import Confirm
from selectolax.lexbor import LexborHTMLParser

from feedbuilder.cli import show_lists
from feedbuilder.cli.call import Call
from feedbuilder.cli.fetching import looking
from feedbuilder.config import Config
from feedbuilder.fetch import HttpFetcher
from feedbuilder.model import ExtractError, FetchError, Page, SourceKind, StandInKind
from feedbuilder.parse.decode import decode
from feedbuilder.parse.stand_ins import stand_in
from feedbuilder.tend.in_browser import list_behind, missing_browser, page_in_browser
from feedbuilder.tend.other_ways import other_ways
from feedbuilder.tend.page_findings import HOW_TO_LOG_IN, PageFindings, find, page_from_web
from feedbuilder.tend.site_feeds import feeds_there


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user says of the page."""

    url: str
    kind: SourceKind | None = None
    in_browser: bool = False
    """Whether a browser is to show it; with the kind of that name, it also reads it later."""
    headers: Mapping[str, str] | None = None
    login: str | None = None
    timezone: str | None = None
    example: str | None = None
    watched: str | None = None

    @property
    def wants_browser(self) -> bool:
        """Return whether a browser is to open the page at once."""
        return self.in_browser or self.kind is SourceKind.BROWSER


@dataclass(frozen=True, slots=True)
class Looked:
    """What was looked at, and found."""

    found: PageFindings
    page: Page
    """The page itself, where `found` are data behind it."""


def look(call: Call, wish: Wish, fetcher: HttpFetcher, config: Config | None, *, asks: bool) -> Looked:
    """Return what is there, at least one list. Raises FetchError, ExtractError, ConfigError.

    Where `asks`, the user is offered a browser for a page that needs one, and the data in place of the page.
    """
    if wish.wants_browser:
        return _in_browser(call, wish, fetcher, config, asks=asks)
    with looking(call):
        page = page_from_web(wish.url, fetcher, config, wish.kind, wish.headers, wish.login)
        found = _find(wish, page, config, wish.kind)
    if found.detection.candidates:
        return Looked(found, page)
    if asks and found.detection.needs_browser and missing_browser(config) is None:
        call.out.print(escape(found.detection.reason or ""))
        if Confirm.ask("Let a browser open it?", console=call.out, default=True):
            return _in_browser(call, wish, fetcher, config, asks=asks)
    raise _nothing(wish, found, fetcher, config)


def _in_browser(call: Call, wish: Wish, fetcher: HttpFetcher, config: Config | None, *, asks: bool) -> Looked:
    if missing := missing_browser(config):
        raise FetchError(f"{wish.url} was not opened: there is no browser. {missing}")
    with looking(call):
        shown = page_in_browser(wish.url, fetcher, config, wish.headers)
        found = _find(wish, shown.page, config, SourceKind.BROWSER)
        if not found.detection.candidates:
            raise _nothing(wish, found, fetcher, config)
        behind = None
        if wish.kind is None:
            behind = list_behind(found, shown.data, fetcher, timezone=wish.timezone, config=config)
    if behind is None:
        return Looked(found, shown.page)
    call.out.print(escape(show_lists.data_behind(behind)))
    if asks and not Confirm.ask("Read that in place of the page?", console=call.out, default=True):
        return Looked(found, shown.page)
    return Looked(behind, shown.page)


def _find(wish: Wish, page: Page, config: Config | None, kind: SourceKind | None) -> PageFindings:
    return find(page, timezone=wish.timezone, example=wish.example, config=config, kind=kind, watched=wish.watched)


def _nothing(wish: Wish, found: PageFindings, fetcher: HttpFetcher, config: Config | None) -> ExtractError:
    """Return the error that says why there is nothing, and what else there is to do."""
    url, reason = found.page.url, found.detection.reason or ""
    if wish.kind is SourceKind.CHANGES:
        return ExtractError(f"Nothing to watch was found on {url}. {reason}")
    told = stand_in(LexborHTMLParser(decode(found.page)))
    if told is not None and told.kind is StandInKind.LOGIN:
        return ExtractError(f"{url} asks for a login. {HOW_TO_LOG_IN}")
    there = feeds_there(found.page, fetcher)
    feeds = "".join(f" {show_lists.feed_sentence(feed)}" for feed in there)
    if not there:
        feeds = "".join(f" {show_lists.way_sentence(way)}." for way in other_ways(found.page, fetcher))
    browser = f" {show_lists.in_browser(url, missing_browser(config))}" if found.detection.needs_browser else ""
    reason = f"{reason}{feeds}{browser} {show_lists.watching(url)}".strip()
    return ExtractError(f"No list of articles was found on {url}. {reason}")
