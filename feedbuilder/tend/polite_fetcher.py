"""Getting a page that a person asks for: by the rules of the configuration, for this one time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from feedbuilder.browser import open_browser
from feedbuilder.config import Config
from feedbuilder.engine.fetchers import fetcher_of
from feedbuilder.engine.shared_turns import shared_turns
from feedbuilder.fetch import HttpFetcher
from feedbuilder.model import BrowserSettings, FetchSettings, NotModified, Page, Source, StoreAwayError, Validators
from feedbuilder.model.source import DIRECT

if TYPE_CHECKING:
    from feedbuilder.store.host_turns import HostTurns


@contextmanager
def polite_fetcher(config: Config | None, allow_hosts: Sequence[str] | None) -> Iterator[HttpFetcher]:
    """Open a fetcher as configured, with more hosts admitted."""
    settings = config.fetch if config else FetchSettings()
    settings = settings.model_copy(update={"allow_hosts": (*settings.allow_hosts, *(allow_hosts or ()))})
    if config and (proxy := config.defaults.get("proxy")):  # a page that is no source yet is asked as it will be
        settings = settings.model_copy(update={"proxy": None if proxy == DIRECT else proxy})
    if config is None:
        with HttpFetcher(settings, renderer=partial(open_browser, BrowserSettings(), settings)) as fetcher:
            yield fetcher
        return
    with _turns(config) as shared, fetcher_of(config, settings, shared=shared) as fetcher:
        yield fetcher


@contextmanager
def _turns(config: Config) -> Iterator[HostTurns | None]:
    """Yield the turns that workers take too. While their server is away, none of them asks anybody."""
    try:
        turns = shared_turns(config, as_they_are=True)
    except StoreAwayError:
        turns = None
    try:
        yield turns
    finally:
        if turns is not None:
            turns.close()


def page_of(fetcher: HttpFetcher, source: Source) -> Page:
    """Return the page of `source` as it is now. Raises FetchError."""
    page = fetcher.fetch(source, Validators())
    assert not isinstance(page, NotModified), "nothing was asked for conditionally"
    return page
