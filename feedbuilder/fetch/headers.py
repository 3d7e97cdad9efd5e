"""The headers of a request: who we are, what we take, and what the user adds.

Pure text. Owns the check of the user's headers; a header's value never gets into a message.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from urllib3.util import make_headers

from feedbuilder import __version__
from feedbuilder.model import FetchError, Validators

PRODUCT = "feedbuilder"
"""The name that robots.txt may speak to us by."""
_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
_ACCEPT_ENCODING = make_headers(accept_encoding=True)["accept-encoding"].replace(",", ", ")
"""What urllib3 can undo here: gzip and deflate always, br and zstd where their libraries are installed."""
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # RFC 9110 §5.6.2
_VALUE = re.compile(r"[\t\x20-\x7e\x80-\xff]*")  # RFC 9110 §5.5
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")  # RFC 4647 §2.1
_OURS = frozenset(
    {
        "connection",
        "content-length",
        "expect",
        "host",
        "if-match",
        "if-modified-since",
        "if-none-match",
        "if-range",
        "if-unmodified-since",
        "range",
        "te",
        "transfer-encoding",
        "upgrade",
    }
)
"""Headers that steer the exchange itself; another value would break what is built on it."""
_LONGEST_VALIDATOR = 4096


def default_user_agent(contact: str | None = None) -> str:
    """Return who we honestly are: "feedbuilder/0.1.0 (+contact)", without the brackets if there is no contact.

    What cannot stand in a header (line breaks, letters beyond ASCII) is left out of `contact`.
    """
    name = f"{PRODUCT}/{__version__}"
    shown = "".join(sign for sign in contact or "" if " " <= sign <= "~").strip()
    return f"{name} (+{shown})" if shown else name


def common_headers(user_agent: str, language: str | None) -> dict[str, str]:
    """Return what every request says. `language` is a BCP 47 tag; None asks for none."""
    headers = {"User-Agent": user_agent, "Accept": _ACCEPT, "Accept-Encoding": _ACCEPT_ENCODING}
    if language and _LANGUAGE.fullmatch(language):
        primary = language.partition("-")[0]
        wishes = [language] if primary == language else [language, f"{primary};q=0.9"]
        headers["Accept-Language"] = ", ".join([*wishes, "*;q=0.5"])
    return headers


def own_headers(headers: Mapping[str, str], authorization: str | None = None) -> dict[str, str]:
    """Return the user's headers, checked and stripped. Raises FetchError that names the header, never its value.

    `authorization` is what user and password of the address make; a header of that name counts more.
    """
    checked = {}
    for name, value in headers.items():
        if not _NAME.fullmatch(name):
            raise FetchError(f"{name!r} cannot be the name of a header. Correct it under headers of the source.")
        if name.lower() in _OURS:
            raise FetchError(f"The header {name} is feedbuilder's to set. Remove it from the headers of the source.")
        if not _VALUE.fullmatch(value.strip()):
            raise FetchError(
                f"The value of the header {name} holds a line break or a character that headers cannot carry. "
                "Correct it under headers of the source, or in the environment if it comes from there."
            )
        checked[name] = value.strip()
    if authorization and "authorization" not in {name.lower() for name in checked}:
        checked["Authorization"] = authorization
    return checked


def conditions(validators: Validators) -> dict[str, str]:
    """Return the headers that ask "has it changed since?" (RFC 9110 §13.1), with the validators as they came."""
    pairs = (("If-None-Match", validators.etag), ("If-Modified-Since", validators.last_modified))
    return {name: value for name, value in ((name, _usable(value)) for name, value in pairs) if value}


def validators_of(headers: Mapping[str, str]) -> Validators:
    """Return the validators that an answer carries."""
    return Validators(_usable(headers.get("ETag")), _usable(headers.get("Last-Modified")))


def _usable(value: str | None) -> str | None:
    """Return `value` if it can be sent back, else None."""
    return value if value and len(value) <= _LONGEST_VALIDATOR and _VALUE.fullmatch(value) else None
