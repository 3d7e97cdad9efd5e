"""The picture by which people know a site: which bytes are one, and what its file is called."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

ICON_BYTES = 100_000
"""A larger one is none: readers show it at a few dozen pixels."""
ICON_AGE = timedelta(days=30)
"""After this a site is asked again, whether it had one or not."""
ICON_TYPES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "ico": "image/x-icon",
}
"""By the ending of the file. No SVG: it may hold scripts, and most readers show none."""
_SIGNATURES = (
    ("png", b"\x89PNG\r\n\x1a\n"),
    ("jpg", b"\xff\xd8\xff"),
    ("gif", b"GIF87a"),
    ("gif", b"GIF89a"),
    ("ico", b"\x00\x00\x01\x00"),
)


@dataclass(frozen=True, slots=True)
class Icon:
    """A picture of a kind that is known."""

    kind: str
    """One of `ICON_TYPES`."""
    content: bytes

    @classmethod
    def of(cls, content: bytes) -> Icon | None:
        """Return `content` as a picture by its first bytes, whatever a server calls it; None for what is none."""
        if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
            return cls("webp", content)
        kind = next((kind for kind, signature in _SIGNATURES if content.startswith(signature)), None)
        return cls(kind, content) if kind else None


def icon_file(source: str, kind: str) -> str:
    """Return where the icon of `source` stands in the output."""
    return f"icons/{source}.{kind}"
