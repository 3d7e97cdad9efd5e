"""Absolute addresses for everything in an article: links and pictures. Owns which links are kept."""

from __future__ import annotations

import re

from bs4.element import Tag

from feedbuilder.parse.identity import host_of, tidy_url
from feedbuilder.parse.links import absolute
from feedbuilder.parse.plain_text import attribute

_MAIL = re.compile(r"mailto:[^\s?\"<>\\`]+@[^\s?\"<>\\`]+", re.IGNORECASE)
"""To somebody. Without a recipient the link is for sharing, and what it proposes to write is not for readers."""


class Addresses:
    """Makes the addresses of one article absolute. `base` is where it stands."""

    def __init__(self, base: str) -> None:
        self._base = base

    def web(self, address: str) -> str | None:
        """Return `address` as an absolute http or https address in ASCII, without tracking; None if it is none."""
        url = absolute(self._base, address)
        try:
            return tidy_url(url, keep_fragment=True) if url else None
        except ValueError:
            return None

    def is_ours(self, address: str) -> bool:
        """Return whether `address` leads to a page of the site that the article stands on."""
        url = self.web(address)
        try:
            return url is not None and host_of(url) == host_of(self._base)
        except ValueError:
            return False

    def settle_links(self, root: Tag) -> None:
        """Make all links absolute; of those that lead nowhere on the web (`javascript:`, "#", …) the text stays."""
        for link in root.find_all("a"):
            href = attribute(link, "href")
            address = (found[0] if (found := _MAIL.match(href)) else None) or (href not in {"", "#"} and self.web(href))
            if address:
                link["href"] = address
            else:
                link.unwrap()
