"""What may stand in a feed: clean texts, web addresses, language codes and dates, whatever the site wrote.

Owns the rules of XML 1.0 §2.2, RFC 3986 and BCP 47 that all formats share. Knows nothing of feeds and items.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit
from zoneinfo import ZoneInfo

import idna

from feedbuilder.masking import mask_text

_ILLEGAL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""What XML 1.0 forbids or discourages (§2.2), and lone surrogates, which UTF-8 cannot write."""
_LANGUAGE = re.compile(
    r"[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*", re.IGNORECASE
)
"""BCP 47: language, script, region and variants; extensions and private codes help no reader."""
_URL_SAFE = "%/?#[]@!$&'()*+,;=:~"
"""Reserved and escaped characters of RFC 3986 stay as they are; the rest is percent-encoded."""
_ADDRESS = re.compile(r"https?://[^\s\"'<>]+", re.IGNORECASE)
_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905 - reads better
)


def clean(text: str | None) -> str | None:
    """Return `text` without characters that a feed cannot hold and with single spaces; None where nothing is left."""
    if text is None:
        return None
    return " ".join(legal(text).split()) or None


def legal(text: str) -> str:
    """Return `text` without characters that XML cannot hold, control characters above all."""
    return _ILLEGAL.sub("", text)


@lru_cache(maxsize=20_000)  # of a feed that is made anew, one entry is new
def web_address(url: str | None) -> str | None:
    """Return `url` as an ASCII http or https address (RFC 3986), None where it is none: `javascript:`, `data:`, "…".

    What is encoded already stays as it is; spaces, quotes and letters of other scripts are percent-encoded, a host
    name in another script is written in its ASCII form (IDNA 2008).
    """
    url = clean(url)
    if url is None:
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host:
        return None
    if not host.isascii():
        try:
            ascii_host = idna.encode(host, uts46=True).decode()
        except idna.IDNAError:
            return None
        user, at, rest = parts.netloc.rpartition("@")
        port = rest.partition(":")[2]
        parts = parts._replace(netloc=user + at + ascii_host + (f":{port}" if port else ""))
    return quote(parts.geturl(), safe=_URL_SAFE)


def public_address(url: str) -> str:
    """Return `url` without user name, password, query and fragment, which may hold secrets.

    Where its path holds one, only the site is left; "" where the host does.
    """
    parts = urlsplit(url)
    parts = parts._replace(netloc=parts.netloc.rpartition("@")[2], query="", fragment="")
    for shown in (parts, parts._replace(path="/")):
        if mask_text(shown.geturl()) == shown.geturl():
            return shown.geturl()
    return ""


def public_text(text: str) -> str:
    """Return `text` with public addresses in place of those in it, whoever spelled them, and without known secrets."""
    return mask_text(_ADDRESS.sub(lambda match: _publicly(match[0]), text))


def _publicly(address: str) -> str:
    try:
        return public_address(address)
    except ValueError:
        return ""


def readable_address(url: str) -> str:
    """Return `url` as a person reads it: without scheme and `www.`, percent-encoding undone where it is UTF-8."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    path = unquote(parts.path + (f"?{parts.query}" if parts.query else ""), errors="replace")
    return clean(host + path.rstrip("/")) or url


def beginning(text: str, length: int = 100) -> str:
    """Return the beginning of `text`, at most `length` characters: whole words where possible, and an ellipsis."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    words, space, _ = cut.rpartition(" ")
    return (words if space and len(words) > length // 2 else cut).rstrip(" ,;:–—-") + "…"


def language_code(code: str | None) -> str | None:
    """Return `code` if it looks like a language code of BCP 47 ("en", "pt-BR", "zh-Hant"), else None."""
    return code if code and _LANGUAGE.fullmatch(code) else None


def local(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return `moment` in `zone` to the second, with a fixed offset of whole minutes, as RFC 3339 and 822 need.

    UTC serves where the zone's offset has seconds (local mean times of long ago) or the date leaves the calendar.
    """
    try:
        there = moment.astimezone(zone)
    except OverflowError:
        return moment.astimezone(UTC).replace(microsecond=0)
    offset = there.utcoffset() or timedelta()
    if offset % timedelta(minutes=1):
        return moment.astimezone(UTC).replace(microsecond=0)
    return there.replace(microsecond=0, tzinfo=timezone(offset) if offset else UTC, fold=0)


def day(moment: datetime) -> str:
    """Return the day of `moment` for people: "6 February 2026". English, as the pages are, whatever the locale."""
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"


def day_and_time(moment: datetime) -> str:
    """Return day and time of `moment` for people: "6 February 2026, 14:28"."""
    return f"{day(moment)}, {moment:%H:%M}"


def offset_name(moment: datetime) -> str:
    """Return the offset of `moment` for people: "UTC+4", "UTC−3:30", "UTC"."""
    minutes = int((moment.utcoffset() or timedelta()).total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    sign = "+" if minutes > 0 else "−"
    return "UTC" + (f"{sign}{hours}" + (f":{rest:02}" if rest else "") if minutes else "")
