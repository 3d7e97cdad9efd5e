"""What a page would load from its site and from elsewhere: its stylesheets and pictures, and whom that would ask.

Pure. Owns which addresses may be asked for at all; the policy of the frame says the same to the browser.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from feedbuilder.feeds.xml_texts import web_address
from feedbuilder.parse.limits import LONGEST_ADDRESS
from feedbuilder.parse.links import absolute

_ORIGIN = re.compile(r"https?://(?:[a-z0-9._-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?")


@dataclass
class SiteAssets:
    """Counts what is met while a page is written. Pictures that only styles show are among them."""

    base: str
    """What the page's addresses are relative to."""
    origin: str
    """Scheme, host and port of the page; only there pictures may be asked for without encryption."""
    stylesheets: set[str] = field(default_factory=set)
    pictures: set[str] = field(default_factory=set)

    def address(self, written: str) -> str | None:
        """Return where `written` leads, in ASCII; None where nothing may be asked for it."""
        url = web_address(absolute(self.base, written)) if len(written) <= LONGEST_ADDRESS else None
        if url is None or url.startswith("https:"):
            return url
        return url if self.origin and origin_of(url) == self.origin else None

    def picture(self, written: str) -> str | None:
        """Return the same for a picture, which is counted."""
        if written.startswith("#"):  # a part of a drawing on this page
            return written if written[1:].isidentifier() else None
        url = self.address(written)
        if url is not None:
            self.pictures.add(url)
        return url

    def stylesheet(self, written: str) -> str | None:
        """Return the same for a stylesheet, once: pages name one again for browsers without scripts."""
        url = self.address(written)
        if url is None or url in self.stylesheets:
            return None
        self.stylesheets.add(url)
        return url

    @property
    def hosts(self) -> tuple[str, ...]:
        """Return whom they are asked of, the host with most of them first."""
        asked = [urlsplit(url).netloc.rpartition("@")[2] for url in (*self.stylesheets, *self.pictures)]
        return tuple(sorted(set(asked), key=lambda host: (-asked.count(host), host)))


def origin_of(url: str) -> str:
    """Return scheme, host and port of `url` as a policy names them: "http://paper.example:81"; "" where it has none."""
    address = web_address(url)
    if address is None:
        return ""
    try:
        parts = urlsplit(address)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    host = parts.hostname or ""
    origin = f"{parts.scheme}://{f'[{host}]' if ':' in host else host}{port}"
    return origin if _ORIGIN.fullmatch(origin) else ""
