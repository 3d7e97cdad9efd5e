"""Which of a card's links leads to the article. Owns the table of places that links for sharing go to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Self
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

from feedbuilder.model import Page, Source
from feedbuilder.parse.identity import canonical_url, host_of, tidy_url
from feedbuilder.parse.list_addresses import is_same_list

_SHARING_HOSTS = frozenset(
    [
        "wa.me",
        "api.whatsapp.com",
        "web.whatsapp.com",
        "chat.whatsapp.com",
        "t.me",
        "telegram.me",
        "addtoany.com",
        "addthis.com",
        "sharethis.com",
        "buffer.com",
        "getpocket.com",
        "line.me",
        "social-plugins.line.me",
        "pinterest.com",
        "connect.ok.ru",
        "vk.com",
        "reddit.com",
        "tumblr.com",
        "flipboard.com",
        "share.flipboard.com",
        "service.weibo.com",
        "story.kakao.com",
        "b.hatena.ne.jp",
    ]
)
_SHARING_PATHS = re.compile(
    r"(?:facebook\.com/(?:sharer?|dialog|share\.php)|(?:twitter|x)\.com/(?:intent|share|home\?status)"
    r"|linkedin\.com/(?:share|cws)|threads\.net/intent|bsky\.app/intent|mastodon[^/]*/share)",
    re.IGNORECASE,
)
_REDIRECTORS = frozenset(
    """
    out away go goto exit leave l r redir redirect redirects link links click clicks jump visit external track ext
    weiterleitung sortie redireccion
    """.split()  # noqa: SIM905 - a table of names reads better without quotes
)
"""The last folder of addresses of a site that count a click and lead on to the address in their query."""
_WEB_ADDRESS = re.compile(r"https?://[^/?#\s]+", re.IGNORECASE)
_WHITESPACE = re.compile(r"[\t\r\n]+")


@dataclass(frozen=True, slots=True)
class Link:
    """The address of an article."""

    canonical: str
    url: str


@dataclass(frozen=True, slots=True)
class Links:
    """Reads the links of one page."""

    base: str
    """What relative addresses are relative to: `<base href>`, else where the page came from."""
    page: str
    """The page's own canonical address: a link to it leads nowhere."""
    host: str
    keep_fragment: bool
    drop_parameters: tuple[str, ...]
    address: str = ""
    """The page's address as it can be followed."""
    known: dict[str, Link | None] = field(default_factory=dict, compare=False, repr=False)
    """What was read: the links of a page are asked for several times each."""
    shown: dict[str, str | None] = field(default_factory=dict, compare=False, repr=False)
    """The pictures that were read."""
    before: Links | None = field(default=None, compare=False, repr=False)
    """What read the same links of the page before, where that is remembered."""

    @classmethod
    def of(cls, page: Page, base: str | None, source: Source) -> Self:
        """Return what reads the links of `page`, whose `<base href>` is `base`."""
        keep, drop = source.keep_fragment, source.drop_parameters
        try:
            own, host = canonical_url(page.url, keep_fragment=keep, drop_parameters=drop), host_of(page.url)
        except ValueError:
            own, host = "", ""
        return cls(absolute(page.url, base or "") or page.url, own, host, keep, drop, page.url.partition("#")[0])

    def article(self, href: str) -> Link | None:
        """Return where `href` leads if that may be an article: on the web, no share service, no page of this list.

        A redirector of the site that names one of its own pages leads to that page.
        """
        if href not in self.known:
            is_known = self.before is not None and href in self.before.known
            self.known[href] = self.before.known[href] if self.before and is_known else self._article(href)
        return self.known[href]

    def after(self, before: Links) -> Links:
        """Return what reads the same as this, and takes over what was read `before` of a page like this one.

        What only earlier pages held is let go, so that it grows no larger than the links of two pages.
        """
        return replace(self, known={}, shown={}, before=replace(before, before=None)) if before == self else self

    def _article(self, href: str) -> Link | None:
        url = absolute(self.base, href)
        url = self._redirected(url) if url else None
        return None if url is None or self._leads_elsewhere(url) else self._link(url)

    def _leads_elsewhere(self, url: str) -> bool:
        """Return whether `url` is for sharing, or leads to another page of the list itself."""
        return self._shares(url) or is_same_list(url, self.address)

    def chosen(self, href: str) -> Link | None:
        """Return where `href` leads that a rule names: taken at its word, though it may look like sharing."""
        url = absolute(self.base, href)
        return self._link(url) if url else None

    def _redirected(self, url: str) -> str:
        parts = urlsplit(url)
        if "=" not in parts.query or parts.path.rstrip("/").rpartition("/")[2].lower() not in _REDIRECTORS:
            return url
        targets = [value for _, value in parse_qsl(parts.query) if _WEB_ADDRESS.match(value)]
        is_own = len(targets) == 1 and host_or_none(url) == self.host and self._is_ours(targets[0])
        return targets[0] if is_own else url

    def _link(self, url: str) -> Link | None:
        try:
            canonical = canonical_url(url, keep_fragment=self.keep_fragment, drop_parameters=self.drop_parameters)
            tidy = tidy_url(url, keep_fragment=self.keep_fragment, drop_parameters=self.drop_parameters)
        except ValueError:
            return None
        return Link(canonical, tidy) if canonical != self.page else None

    def canonical(self, href: str) -> str | None:
        """Return the canonical address of the article that `href` leads to, None if it leads to none."""
        link = self.article(href)
        return link.canonical if link else None

    def picture(self, src: str) -> str | None:
        """Return the absolute address of a picture, None for one that is no http or https address."""
        if src not in self.shown:
            is_known = self.before is not None and src in self.before.shown
            self.shown[src] = self.before.shown[src] if self.before and is_known else self._picture(src)
        return self.shown[src]

    def _picture(self, src: str) -> str | None:
        url = absolute(self.base, src)
        try:
            return tidy_url(url) if url else None
        except ValueError:
            return None

    def _shares(self, url: str) -> bool:
        """Return whether `url` goes to a sharing service, or carries an address of this very site in its query."""
        try:
            host = host_of(url)
        except ValueError:
            return True
        if host in _SHARING_HOSTS and host != self.host:
            return True
        if _SHARING_PATHS.search(url) and host != self.host:
            return True
        query = url.partition("?")[2]
        if ":" not in query and "%3a" not in query.lower():
            return False
        return any(self._is_ours(address) for address in _WEB_ADDRESS.findall(unquote(query)))

    def _is_ours(self, address: str) -> bool:
        try:
            host = host_of(address)
        except ValueError:
            return False
        # A mobile page (m.example.org) shares the address of the main one.
        return host == self.host or host.endswith("." + self.host) or self.host.endswith("." + host)


def host_or_none(url: str) -> str | None:
    """Return the host of `url`, None for an address that is none."""
    try:
        return host_of(url)
    except ValueError:
        return None


def absolute(base: str, href: str) -> str | None:
    """Return `href` as an absolute http or https address, None if it is none. Never raises."""
    cleaned = _WHITESPACE.sub("", href.strip())
    if not cleaned:
        return None
    try:
        url = urljoin(base, cleaned)
    except ValueError:
        return None
    return url if url[:8].lower().startswith(("http://", "https://")) else None
