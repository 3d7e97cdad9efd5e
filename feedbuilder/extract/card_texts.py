"""The texts that cards show of their articles -> texts as feeds carry them; remembered, for most stay as they are."""

from __future__ import annotations

import html
import re
from collections import OrderedDict
from collections.abc import Sequence
from hashlib import blake2b
from threading import Lock

from feedbuilder.content.clean_html import content_html
from feedbuilder.parse.removed_parts import without_parts

_MOST_BYTES = 16_000_000
"""Of the texts that are remembered, all lists together."""
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>|&(?:#\d{1,7}|[a-zA-Z]{2,31});")
_PARAGRAPHS = re.compile(r"\n[ \t\r]{0,20}\n")


def clean_text(text: str, base: str, remove: Sequence[str] = ()) -> str | None:
    """Return `text`, which is HTML or plain, as `content_html` gives it; None where nothing is left.

    `base` is what its addresses are relative to. Raises ExtractError for absurdly deep markup.
    """
    key = blake2b("\0".join((base, *remove, "", text)).encode("utf-8", "surrogatepass"), digest_size=16).digest()
    if (known := _known.get(key)) is not None:
        return known[0]
    markup = text if _TAG.search(text) else _in_paragraphs(text)
    made = content_html(without_parts(markup, remove), base)
    _known.put(key, made)
    return made


def _in_paragraphs(text: str) -> str:
    """Return plain text as HTML: an empty line parts paragraphs."""
    parts = (part.strip() for part in _PARAGRAPHS.split(text))
    return "".join(f"<p>{html.escape(part, quote=False)}</p>" for part in parts if part)


class _Texts:
    """What was made of texts; those that were not asked for longest are forgotten first."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._texts: OrderedDict[bytes, tuple[str | None]] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, key: bytes) -> tuple[str | None] | None:
        """Return what was made of the text with this key, in a tuple, for that may be None; None: not known."""
        with self._lock:
            if key in self._texts:
                self._texts.move_to_end(key)
            return self._texts.get(key)

    def put(self, key: bytes, made: str | None) -> None:
        """Remember what was made of the text with this key."""
        with self._lock:
            if key not in self._texts:
                self._texts[key] = (made,)
                self._bytes += _size(made)
            while self._bytes > self._most:
                self._bytes -= _size(self._texts.popitem(last=False)[1][0])


def _size(made: str | None) -> int:
    return 200 + 2 * len(made or "")


_known = _Texts(_MOST_BYTES)
