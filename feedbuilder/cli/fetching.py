"""Getting a page that a command asks for, and saying that it takes a moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from feedbuilder.cli.call import Call
from feedbuilder.config import Config
from feedbuilder.fetch import HttpFetcher
from feedbuilder.model import FetchSettings, NotModified, Page, Source, Validators


@contextmanager
def polite_fetcher(config: Config | None, allow_hosts: list[str] | None) -> Iterator[HttpFetcher]:
    """Open a fetcher as configured, with more hosts admitted."""
    settings = config.fetch if config else FetchSettings()
    settings = settings.model_copy(update={"allow_hosts": (*settings.allow_hosts, *(allow_hosts or ()))})
    with HttpFetcher(settings, contact=config.site.contact if config else None) as fetcher:
        yield fetcher


def looking(call: Call) -> AbstractContextManager[object]:
    """Show that something goes on while the block runs, where a person watches."""
    if not call.interactive:
        return nullcontext()
    return call.err.status("Looking for articles, and for a feed that is there already")


def page_of(fetcher: HttpFetcher, source: Source) -> Page:
    """Return the page of `source` as it is now. Raises FetchError."""
    page = fetcher.fetch(source, Validators())
    assert not isinstance(page, NotModified), "nothing was asked for conditionally"
    return page
