"""Which page a command is about: a file that holds it, standard input, or an address."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from feedbuilder.config import Config
from feedbuilder.engine import system_clock
from feedbuilder.fetch import HttpFetcher
from feedbuilder.model import ConfigError, Page
from feedbuilder.tend.page_findings import page_from_web, web_address


@dataclass(frozen=True, slots=True)
class PageArgument:
    """Which page the user named: a file that holds it, or its address."""

    file: str | None
    """None: it is fetched. "-": standard input."""
    address: str | None
    """Where it is, or came from; None where the user did not say."""

    @classmethod
    def of(cls, page: str | None, html: str | None, url: str | None) -> PageArgument:
        """Return what the argument URL_OR_FILE and the options --html and --url mean. Raises ConfigError."""
        if html is not None:
            return cls(html, url or page)
        if page is None:
            raise ConfigError('say which page: its address, or a file with --url "https://…" for where it came from')
        if page == "-" or Path(page).exists():
            return cls(page, url)
        try:
            return cls(None, web_address(page))
        except ConfigError as error:
            raise ConfigError(f"there is no such file here, and {error}") from error

    def read(self, fetcher: HttpFetcher, config: Config | None) -> Page:
        """Return the page. Raises FetchError, ConfigError."""
        if self.file is None and self.address:
            return page_from_web(self.address, fetcher, config)
        return page_from_file(self.file or "-", self.address)


def page_from_file(file: str, url: str | None) -> Page:
    """Return the page that was saved in `file` ("-": standard input) and came from `url`. Raises ConfigError."""
    if url is None:
        raise ConfigError(
            f"{'standard input' if file == '-' else file}: say with --url where the page came from, such as "
            '--url "https://example.org/news"; its links are relative to that'
        )
    web_address(url)
    try:
        body = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except (OSError, ValueError) as error:
        raise ConfigError(f"{file}: cannot be read: {getattr(error, 'strerror', error)}") from error
    return Page(url, body, system_clock())
