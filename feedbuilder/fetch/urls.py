"""What a URL says about where a request goes: pure text, no network.

Owns parsing, the one spelling that is asked for, and the rule for when two URLs belong to the same site. Everything
that decides (guard, politeness, headers) reads the same `Target` that is then asked for, so that two parsers can
never disagree about a crooked URL.
"""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass, field, replace
from functools import lru_cache
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import requests

from feedbuilder.model import FetchError

THE_BROWSER = "(browser)"
"""What opens pages one at a time, as one of the places that a reading concerns; no host is called so."""
_PORTS = {"http": 80, "https": 443}
_USER_INFO = re.compile(r"([^:/?#]+://)([^/?#]*)@")
_PLAIN = re.compile(r"https?://(?P<host>[a-z0-9-]+(?:\.[a-z0-9-]+)*)(?::(?P<port>[1-9][0-9]{0,4}))?(?=[/?#]|\Z)")
"""An address whose host can be read off it: no user, no upper case, no other script, no dot at its end."""
_LAST_PORT = 65_535
_STRIPPED = re.compile(r"[\t\r\n]")
"""What browsers and urllib drop anywhere in a URL (WHATWG URL §4.4)."""
_SHOWN = 200
"""How many characters of a broken URL stand in a message."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes."""

    url: str
    """ASCII, IDNA applied, without user information and fragment."""
    scheme: str
    host: str
    """Small letters, without brackets."""
    port: int
    authorization: str | None = field(default=None, repr=False)
    """The value of an Authorization header (Basic), if the URL carried a user and a password."""

    @property
    def origin(self) -> str:
        """Return scheme, host and port as a URL without a path (RFC 6454); the default port is left out."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == _PORTS[self.scheme] else f":{self.port}")

    @property
    def site(self) -> str:
        """Return the host, with its port where that is not the scheme's own: who says "not now".

        Several services of one machine answer each for itself.
        """
        return self.host if self.port in _PORTS.values() else f"{self.host}:{self.port}"

    @property
    def robots(self) -> str:
        """Return the address of the robots.txt that speaks for it."""
        return f"{self.origin}/robots.txt"

    def trusts(self, other: Target) -> bool:
        """Return whether what is meant for this target may be sent to `other` too.

        The same origin, or its encrypted twin on the default ports: the step from http to https that sites demand.
        """
        same = (self.scheme, self.port) == (other.scheme, other.port)
        upgraded = (self.scheme, self.port, other.scheme, other.port) == ("http", 80, "https", 443)
        return self.host == other.host and (same or upgraded)


@lru_cache(maxsize=2048)
def parse(url: str) -> Target:
    """Return where a request for `url` goes. Raises FetchError if it is no http or https URL that can be asked for."""
    naked, user_info = _split_user_info(url)
    if naked.partition(":")[0].lower() not in _PORTS:
        raise FetchError(f"{naked[:_SHOWN]!r} is no web address: only http:// and https:// can be fetched.")
    try:
        prepared = requests.Request("GET", urldefrag(naked).url).prepare().url or ""
        parts = urlsplit(prepared)
        scheme, host = parts.scheme.lower(), (parts.hostname or "").rstrip(".")
        port = parts.port if parts.port is not None else _PORTS[scheme]
    except ValueError as error:  # requests' and Unicode's errors about URLs are ValueErrors too
        raise FetchError(f"{naked[:_SHOWN]!r} is not a valid web address. Check it in a browser.") from error
    if not host or "@" in parts.netloc:
        raise FetchError(f"{naked[:_SHOWN]!r} names no host. Check it in a browser.")
    return Target(prepared, scheme, host, port, _basic(user_info))


def places_of(url: str) -> frozenset[str]:
    """Return whom a request for `url` concerns: the machine, which has one visitor at a time, and the site on it.

    Nobody for what is no web address. See `Target.site`. Asked of each source at each reading, so that most addresses,
    which are written as they are meant, are not taken apart by `parse`: that takes a hundred times as long.
    """
    if (plain := _PLAIN.match(url)) and int(plain["port"] or 0) <= _LAST_PORT:
        return _places(*plain.groups())
    try:
        target = parse(url)
    except FetchError:
        return frozenset()
    return frozenset({target.host, target.site})


@lru_cache(maxsize=2048)  # the sources of a host have these in common, of which each keeps them while it is planned
def _places(host: str, port: str | None) -> frozenset[str]:
    return frozenset({host, host if port is None or int(port) in _PORTS.values() else f"{host}:{int(port)}"})


def refusing(url: str) -> frozenset[str]:
    """Return all that may have refused a request for `url`: its site and its robots.txt."""
    try:
        target = parse(url)
    except FetchError:
        return frozenset()
    return frozenset({target.site, target.robots})


def follow(target: Target, location: str, status: int) -> Target:
    """Return where the `Location` header of an answer from `target` with this status leads (RFC 9110 §10.2.2).

    User information in it is ignored: a site does not get to choose credentials for us. Raises FetchError if it
    leads to something else than http or https.
    """
    # http.client reads headers as Latin-1; sites write UTF-8.
    text = location.encode("latin-1", "replace").decode("utf-8", "replace").strip()
    try:
        found = parse(urljoin(target.url, text))
    except (FetchError, ValueError) as error:
        raise FetchError(
            f"{target.url} redirects to {_split_user_info(text)[0][:_SHOWN]!r}, which cannot be fetched. "
            "Put the address that a browser ends at into the source's url.",
            status=status,
        ) from error
    return replace(found, authorization=None)


def _split_user_info(url: str) -> tuple[str, str | None]:
    """Return `url`, which may be broken, without its user information; and that, None if there is none."""
    tidy = _STRIPPED.sub("", url.strip())
    if found := _USER_INFO.match(tidy):
        return found[1] + tidy[found.end() :], found[2]
    return tidy, None


def _basic(user_info: str | None) -> str | None:
    if user_info is None:
        return None
    user, _, password = user_info.partition(":")
    pair = f"{unquote(user)}:{unquote(password)}"
    return f"Basic {b64encode(pair.encode()).decode('ascii')}"  # UTF-8, RFC 7617 §2.1
