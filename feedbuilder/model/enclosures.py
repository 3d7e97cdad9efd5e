"""Files of sound and video that belong to an article: which addresses are such files, and their media types."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

MEDIA_TYPES = {
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "aac": "audio/aac",
    "ogg": "audio/ogg",
    "oga": "audio/ogg",
    "opus": "audio/ogg",
    "wav": "audio/wav",
    "flac": "audio/flac",
    "mp4": "video/mp4",
    "m4v": "video/mp4",
    "mov": "video/quicktime",
    "webm": "video/webm",
    "ogv": "video/ogg",
    "m3u8": "application/vnd.apple.mpegurl",
}
"""By the ending of the file's name."""
_UNKNOWN = "audio/mpeg"
"""What a player's file without a telling name most likely is."""
_ENDING = re.compile(r"\.([a-z0-9]{2,4})$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A file of sound or video, and what its server said of it when it was asked."""

    url: str
    kind: str | None = None
    """Its media type; None where nobody said."""
    size: int | None = None
    """In bytes; None where nobody said."""


_KIND = re.compile(r"(?:audio|video)/[\w.+-]{1,60}|application/(?:ogg|x-mpegurl|vnd\.apple\.mpegurl)", re.IGNORECASE)
_PAGE = re.compile(r"(?:text/|application/xhtml\+xml|application/(?:problem\+)?json)", re.IGNORECASE)
MOST_BYTES = 10**12
"""Of a file; who says more is not believed."""


def told_kind(content_type: str | None) -> str | None:
    """Return the media type that a server gives a file of sound or video; None for anything else, such as a page."""
    kind = (content_type or "").partition(";")[0].strip()
    return kind.lower() if _KIND.fullmatch(kind) else None


def told_size(content_length: str | None, content_type: str | None) -> int | None:
    """Return the bytes that a server says a file has, None where it says nothing that can be.

    Of a page in its place, which asks for a login or says that there is no such file, nothing can.
    """
    if _PAGE.match((content_type or "").strip()):
        return None
    text = (content_length or "").strip()
    size = int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else 0
    return size if 0 < size <= MOST_BYTES else None


def is_media_file(url: str) -> bool:
    """Return whether the name of the file at `url` says that it is sound or video."""
    return _ending(url) in MEDIA_TYPES


def enclosure_type(url: str) -> str:
    """Return the media type of the enclosure at `url`."""
    return MEDIA_TYPES.get(_ending(url), _UNKNOWN)


def same_files(some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Return whether two lists of enclosures name the same files, whatever their queries: those are signed anew."""
    return [url.partition("?")[0] for url in some] == [url.partition("?")[0] for url in others]


def _ending(url: str) -> str:
    try:
        found = _ENDING.search(urlsplit(url).path)
    except ValueError:
        return ""
    return found[1].lower() if found else ""
