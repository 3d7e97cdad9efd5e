"""Pages that send their visitors on after a few seconds: `<meta http-equiv="refresh">`, and the header Refresh.

Owns which of them is a redirect: a page that reloads itself every few minutes, or at once under its own address, is a
page. Reads no more of the markup than that, and scans it once, whatever is in it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from urllib.parse import urldefrag, urljoin, urlsplit

LONGEST_REFRESH = 10
"""Seconds after which a page may send its visitors on and still be a redirect; live pages reload every half minute."""
_WITHIN = 16_384
"""Bytes of a page in which it is looked for: it stands in the head."""
_HIDDEN = ("<!--", "-->"), ("<noscript", "</noscript"), ("<script", "</script"), ("<style", "</style")
"""What browsers with scripts do not see, by its beginning and end."""
_META = re.compile(r"<meta\s([^<>]{1,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""([a-z-]{1,40})\s{0,9}=\s{0,9}(?:"([^"]{0,2000})"|'([^']{0,2000})'|([^\s"'>]{1,2000}))""", re.IGNORECASE
)
_REFRESH = re.compile(
    r"""\s{0,9}(\d{1,6})(?:\.\d{0,9})?\s{0,9}[;,]\s{0,9}(?:url\s{0,9}=\s{0,9})?["']?([^"']{1,2000})""", re.IGNORECASE
)

_NO_ADDRESS = re.compile(r"(?:url)?[\s=]{0,9}", re.IGNORECASE)


def refresh_target(url: str, body: bytes, header: str | None, *, sets_cookie: bool = False) -> str | None:
    """Return where the page at `url` sends its visitors within `LONGEST_REFRESH`, absolute; None if nowhere else.

    A page that only reloads itself, under another query at most, goes nowhere; unless it `sets_cookie`, to be shown it.
    """
    for content in (header or "", *_meta_refreshes(body)):
        found = _REFRESH.match(content)
        if found is None or int(found[1]) > LONGEST_REFRESH or _NO_ADDRESS.fullmatch(found[2]):
            continue
        try:
            target = urljoin(url, found[2].strip())
            same = _without_query(target) == _without_query(url)
        except ValueError:
            continue
        if not same or (sets_cookie and found[2].strip()):
            naked: str = urldefrag(target).url
            return naked
    return None


def _without_query(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return (parts.hostname or "").removeprefix("www."), parts.path.rstrip("/")


def _meta_refreshes(body: bytes) -> Iterator[str]:
    text = body[:_WITHIN].decode("latin-1")
    if "refresh" not in text.lower():
        return
    for found in _META.finditer(_visible(text)):
        pairs = _ATTRIBUTE.findall(found[1])
        attributes = {name.lower(): html.unescape(double or single or bare) for name, double, single, bare in pairs}
        if attributes.get("http-equiv", "").strip().lower() == "refresh":
            yield attributes.get("content", "")


def _visible(text: str) -> str:
    """Return `text` without comments, scripts, styles and what is for visitors without scripts."""
    for opening, closing in _HIDDEN:
        kept, place, lower = [], 0, text.lower()
        while (start := lower.find(opening, place)) >= 0:
            kept.append(text[place:start])
            end = lower.find(closing, start + len(opening))
            place = len(text) if end < 0 else end + len(closing)
        text = "".join((*kept, text[place:]))
    return text
