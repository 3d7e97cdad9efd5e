"""HTML as the words in it, quickly: for searching and measuring, not for showing."""

from __future__ import annotations

import html
import re

_TAG = re.compile(r"<[^<>]{1,2000}>")
_BLOCK_END = re.compile(r"</(?:p|div|li|h[1-6]|tr|blockquote)\s{0,5}>|<br\s{0,5}/?>", re.IGNORECASE)


def words_of(markup: str) -> str:
    """Return the words of HTML; blocks part them."""
    return html.unescape(_TAG.sub("", _BLOCK_END.sub(" ", markup)))
