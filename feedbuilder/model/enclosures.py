"""Files of sound and video that belong to an article: which addresses are such files, and their media types."""

from __future__ import annotations

import re
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
