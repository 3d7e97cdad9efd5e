"""What is a secret in a text, and texts without it.

Owns both ways to tell one: values that are known to be secrets (what came from `${NAME}` in the configuration), which
are masked in every spelling, and names and places that only secrets have. What is known is the process's: whoever
starts another one hands `known()` on to `learn` there.
"""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Iterable, Iterator
from threading import Lock
from urllib.parse import SplitResult, parse_qsl, quote, quote_plus, unquote, urlsplit

MASK = "***"
SHORTEST = 6
"""Characters. A shorter value stands in too many texts that have nothing to do with it; `check` tells of it."""
_SHORTEST_PART = 8
"""Characters of a part of a value that is masked by itself."""

_SECRET_NAME = re.compile(
    r"authorization|cookie|password|passwd|secret|token|api[-_]?key|credential|^x-.*(auth|key)", re.IGNORECASE
)
# These look through whole pages: those begin with what `re` finds without trying each place.
_USERINFO = re.compile(r"(://)[^/?#\s\"'@]*(?:@[^/?#\s\"'@]*)*(?=@)")
_SECRET_PARAMETER = re.compile(
    r"([?&](?:[^=&?#\s]{0,60}(?:token|secret|password|passwd|api[-_]?key|signature|credential|auth(?!or))[^=&?#\s]{0,60}"
    r"|(?:access|private|feed|user|rss)?[-_]?key|k|sig|pwd|pass|passphrase|hmac|sid|session(?:id)?|jwt)=)[^&#\s\"']+",
    re.IGNORECASE,
)
_SECRET_HEADER = re.compile(
    r"((?-i:[aAcC])(?<!\w.)(?:(?<=a)uthorization|(?<=c)ookie)[\"']?\s*[:=]\s*[\"']?)[^\r\n\"']+", re.IGNORECASE
)
# A long word without hyphens that mixes letters and digits, behind a name under which sites give out private addresses.
_SECRET_SEGMENT = re.compile(
    r"(/(?:tokens?|keys?|api[-_]?keys?|secrets?|auth|private|feeds?|rss|users?|hooks?|webhooks?)/)"
    r"(?=[A-Za-z_]{0,200}[0-9])(?=[0-9_]{0,200}[A-Za-z])[A-Za-z0-9_]{20,200}(?![\w-])",
    re.IGNORECASE,
)
_PIECES = re.compile(r"[\s;,&=?]+")


class _Known:
    """The values that are secrets, and what finds them."""

    def __init__(self) -> None:
        self.values: frozenset[str] = frozenset()
        self.pattern: re.Pattern[str] | None = None
        self.lock = Lock()

    def add(self, values: Iterable[str]) -> None:
        with self.lock:
            fresh = frozenset(value for value in values if len(value) >= SHORTEST) - self.values
            if fresh:
                self.values |= fresh
                spellings = {spelling for value in self.values for spelling in _spellings(value)}
                # The longest first: one may be part of another.
                ordered = sorted(spellings, key=lambda spelling: (-len(spelling), spelling))
                self.pattern = re.compile("|".join(map(re.escape, ordered)), re.IGNORECASE)

    def clear(self) -> None:
        with self.lock:
            self.values, self.pattern = frozenset(), None


_known = _Known()


def learn(values: Iterable[str]) -> None:
    """Mask these values from now on, in every spelling; those of fewer than `SHORTEST` characters are passed over."""
    _known.add(values)


def known() -> frozenset[str]:
    """Return the values that are masked: for another process, never to be shown."""
    return _known.values


def forget() -> None:
    """Know no values any more. For tests."""
    _known.clear()


def mask_known(text: str) -> str:
    """Return `text` without the values that are known to be secrets, whatever they stand for there."""
    return text if _known.pattern is None else _known.pattern.sub(MASK, text)


def mask_text(text: str) -> str:
    """Return `text` without secrets: known values, URL userinfo, secret URL parameters and segments, secret headers."""
    text = _USERINFO.sub(rf"\1{MASK}", mask_known(text))
    text = _SECRET_PARAMETER.sub(rf"\1{MASK}", text)
    text = _SECRET_SEGMENT.sub(rf"\1{MASK}", text)
    return _SECRET_HEADER.sub(rf"\1{MASK}", text)


def is_secret_name(name: str) -> bool:
    """Return whether a header, or a key of a log line, has a name that is given to secrets."""
    return _SECRET_NAME.search(name) is not None


def secret_parameters(url: str) -> list[str]:
    """Return the values of the parameters of `url` whose names are given to secrets."""
    return [unquote(match[0][len(match[1]) :]) for match in _SECRET_PARAMETER.finditer(url)]


def _spellings(value: str) -> Iterator[str]:
    for part in _parts(value):
        for spelling in (part, unquote(part)):
            yield from (spelling, *_encoded(spelling))


def _parts(value: str) -> Iterator[str]:
    """Yield what of `value` is masked: all of it, and its words; of an address what may be secret in it."""
    parts = _split(value) if "://" in value else None
    if parts is None:
        yield value
        yield from (piece for piece in _PIECES.split(value) if len(piece) >= _SHORTEST_PART)
        return
    path = parts.path.rstrip("/") + (f"?{parts.query}" if parts.query else "")
    found = [parts.username or "", parts.password or "", path, parts.path.strip("/"), parts.query, parts.fragment]
    found += [one for _, one in parse_qsl(parts.query)]
    yield from (one for one in found if len(one) >= SHORTEST)


def _split(value: str) -> SplitResult | None:
    try:
        parts = urlsplit(value)
    except ValueError:
        return None
    return parts if parts.hostname else None


def _encoded(value: str) -> Iterator[str]:
    """Yield `value` as addresses, JSON, HTML, Python, Rich markup and Basic authentication write it."""
    raw = value.encode("utf-8", "surrogatepass")
    for safe in ("", "/", "%/?#[]@!$&'()*+,;=:~"):
        yield quote(raw, safe=safe)
    yield quote_plus(raw)
    for text in (json.dumps(value), json.dumps(value, ensure_ascii=False), repr(value)):
        yield text[1:-1]
    yield html.escape(value)
    yield html.escape(value, quote=False)
    yield value.replace("[", r"\[")
    if not value.isascii():
        yield from _as_host(value)
    # Of three ways to stand in Base64; the characters at either end are those of the neighbours too.
    for before in range(3):
        coded = base64.b64encode(bytes(before) + raw).decode().rstrip("=")
        first, last = (0, 2, 3)[before], len(coded) - (0 if (before + len(raw)) % 3 == 0 else 1)
        middle = coded[first:last]
        if len(middle) >= SHORTEST:
            yield middle
            yield middle.replace("+", "-").replace("/", "_")


def _as_host(value: str) -> Iterator[str]:
    import idna  # noqa: PLC0415 - only values in other letters need it

    try:
        yield idna.encode(value, uts46=True).decode()
    except (idna.IDNAError, UnicodeError):
        return
