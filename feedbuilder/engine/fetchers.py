"""A fetcher as a configuration wants it: with its logins, what reads the pages of those, and a browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from feedbuilder.browser import open_browser
from feedbuilder.config import Config
from feedbuilder.fetch import HttpFetcher
from feedbuilder.model import FetchSettings

if TYPE_CHECKING:
    from feedbuilder.fetch.logged_in import Logins


def fetcher_of(
    config: Config,
    settings: FetchSettings | None = None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    **tools: Any,
) -> HttpFetcher:
    """Return the fetcher that `config` describes; `settings` take the place of its own, `tools` are further ones."""
    settings = settings or config.fetch
    browser = partial(open_browser, config.browser, settings)
    logins = _logins(config, clock)
    return HttpFetcher(settings, contact=config.site.contact, clock=clock, renderer=browser, logins=logins, **tools)


def _logins(config: Config, clock: Callable[[], datetime]) -> Logins | None:
    if not config.logins:
        return None
    from feedbuilder.fetch.logged_in import Logins  # noqa: PLC0415 - most configurations have none
    from feedbuilder.parse.login_pages import HtmlLoginPages  # noqa: PLC0415

    return Logins(config.logins, HtmlLoginPages(), clock)
