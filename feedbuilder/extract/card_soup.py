"""The HTML of a card -> BeautifulSoup's tree of it, by lxml. Owns that lxml's parser is made once for many cards."""

from __future__ import annotations

from threading import local
from typing import Any

from bs4 import BeautifulSoup
from bs4.builder._lxml import LXMLTreeBuilder  # with its types, which the package that it is in leaves out


class _Builder(LXMLTreeBuilder):
    """Builds what BeautifulSoup builds of HTML by "lxml", with one parser: to make one takes half as long as a card.

    For one thread at a time. One that failed is used no more.
    """

    _kept: Any = None

    def parser_for(self, encoding: str | None) -> Any:
        """Return the parser, or one of its own for what is no text."""
        if encoding is not None:
            return super().parser_for(encoding)
        if self._kept is None:
            self._kept = super().parser_for(None)
        return self._kept

    def feed(self, markup: str | bytes) -> None:
        """Build the tree of `markup`."""
        try:
            super().feed(markup)
        except BaseException:
            self._kept = None
            raise


class _OfThread(local):
    """What one thread builds with."""

    def __init__(self) -> None:
        self.builder = _Builder()


_own = _OfThread()


def soup_of(html: str) -> BeautifulSoup:
    """Return the tree of `html`, as `BeautifulSoup(html, "lxml")` is.

    That builder keeps a lone <tr> or <li>; an HTML5 parser would drop it.
    """
    return BeautifulSoup(html, builder=_own.builder)
