"""A page that a script builds, opened in a browser for whoever adds it; and the data that its list is made from.

Owns when data are the better source: where they can be had without the page, and hold the same stories under the same
titles. Reading them costs a hundredth, and needs no browser.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from selectolax.lexbor import LexborHTMLParser

from feedbuilder.browser import why_missing
from feedbuilder.config import Config
from feedbuilder.config.read_tables import with_common_headers
from feedbuilder.detect import Candidate
from feedbuilder.fetch import HttpFetcher
from feedbuilder.model import (
    BrowserSettings,
    ExtractError,
    FetchError,
    NotModified,
    Page,
    Source,
    SourceKind,
)
from feedbuilder.parse.boilerplate import text_key
from feedbuilder.parse.decode import decode
from feedbuilder.tend.page_findings import PageFindings, asked_by_hand, find, refuse_dead_end
from feedbuilder.tend.passing_addresses import passes

SAME = 0.8
"""The share of the shown articles that data must hold, and of their titles that must be the same."""
NO_MORE_THAN = 0.5
"""The share of the articles in the data that the page shows: data of the whole site are not those of a section."""
MOST_TRIED = 12
"""Answers that are looked at; a page that loads more has its list among the first."""


@dataclass(frozen=True, slots=True)
class PageInBrowser:
    """What a browser shows of a page, and what it loaded for that."""

    page: Page
    data: tuple[Page, ...]
    """Answers in JSON, in the order in which they came."""


def missing_browser(config: Config | None) -> str | None:
    """Return what is missing for a browser and where to get it, None if one is at hand."""
    return why_missing(config.browser if config else BrowserSettings())


def page_in_browser(
    url: str, fetcher: HttpFetcher, config: Config | None, headers: Mapping[str, str] | None = None
) -> PageInBrowser:
    """Return the page at `url` as a browser shows it; see `page_from_web`. Raises FetchError."""
    defaults = config.defaults if config else {}
    sent = with_common_headers(defaults.get("headers", {}), headers or {})
    settings = {key: defaults[key] for key in ("language", "timezone") if key in defaults}
    source = Source.model_validate(
        {**settings, "id": "found", "url": url, "kind": "browser", "headers": sent, "selectors": {"item": "a"}}
    )
    with asked_by_hand():
        shown = fetcher.rendered(source, watches=True)
    refuse_dead_end(url, shown.page)
    return PageInBrowser(shown.page, shown.data)


def list_behind(
    found: PageFindings, data: Sequence[Page], fetcher: HttpFetcher, *, timezone: str | None, config: Config | None
) -> PageFindings | None:
    """Return the list of the data from which the likeliest list of `found` is made; None if there are none of use.

    They are asked for once more, as a source would ask: by their address alone.
    """
    if not found.detection.candidates:
        return None
    files = _files_of(found.page)
    for loaded in data[:MOST_TRIED]:
        if passes(loaded.url, loaded.fetched_at, files) or _same_lists(loaded, found, timezone, config) is None:
            continue
        try:
            page = fetcher.get(loaded.url, language=found.language)
        except FetchError:
            continue
        assert not isinstance(page, NotModified), "nothing was asked for conditionally"
        if alone := _same_lists(page, found, timezone, config):
            return alone
    return None


def _files_of(page: Page) -> list[str]:
    """Return the addresses of the scripts and styles of `page`, as they are written."""
    tree = LexborHTMLParser(decode(page))
    return [
        address
        for element in tree.css("script[src], link[href]")
        if (address := element.attributes.get("src") or element.attributes.get("href"))
    ]


def _same_lists(page: Page, shown: PageFindings, timezone: str | None, config: Config | None) -> PageFindings | None:
    """Return what `page`, which is data, holds of the likeliest list of `shown`; None if that is not the same."""
    try:
        found = find(page, timezone=timezone, example=None, config=config, kind=SourceKind.JSON, shown_by=shown)
    except ExtractError:
        return None
    wanted = shown.detection.candidates[0]
    same = tuple(one for one in found.detection.candidates if reads_same(one, wanted))
    return replace(found, detection=replace(found.detection, candidates=same)) if same else None


def reads_same(candidate: Candidate, shown: Candidate) -> bool:
    """Return whether `candidate` holds nearly all articles of `shown` under their titles, and not many others."""
    theirs = {item.canonical: text_key(item.title or "") for item in candidate.items}
    ours = {item.canonical: text_key(item.title or "") for item in shown.items}
    common = theirs.keys() & ours.keys()
    same_titles = sum(theirs[one] == ours[one] for one in common)
    return (
        len(common) >= SAME * len(ours)
        and same_titles >= SAME * len(common)
        and len(common) >= NO_MORE_THAN * len(theirs)
    )
