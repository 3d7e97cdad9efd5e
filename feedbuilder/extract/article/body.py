"""The HTML of an article page -> its text, and the HTML that the text stands in. Pure.

Owns what is asked of trafilatura, which is an extra: without it there is no text. Knows no other field. The HTML is as
the page has it: nothing is safe in it, and `content` makes it so.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

from feedbuilder.extract.decode import legal

_LONGEST = 10_000_000
"""Characters of a page; larger ones are not read for their text."""


@dataclass(frozen=True, slots=True)
class Body:
    """The body of an article."""

    text: str
    """Plain text, paragraphs parted by line ends; never empty."""
    html: str
    """The same as HTML, unsafe: with its pictures, links and whatever else stands among the paragraphs."""
    origin: str
    """What found it."""


def installed() -> bool:
    """Return whether texts can be read at all: whether the extra `full-text` is installed."""
    return find_spec("trafilatura") is not None


def read_body(html: str, url: str) -> Body | None:
    """Return the body of the article in the page `html`; None if none is found, or the extra is missing.

    Never raises.
    """
    if not installed() or len(html) > _LONGEST:
        return None
    text = _extracted(html, url, output_format="txt")
    markup = _extracted(html, url, output_format="html", include_images=True, include_links=True)
    return Body(legal(text), markup or "", "trafilatura") if text and text.strip() else None


def _extracted(html: str, url: str, **wanted: Any) -> str | None:
    return _trafilatura().extract(html, url=url, include_comments=False, **wanted)  # type: ignore[no-any-return]


@lru_cache(maxsize=1)
def _trafilatura() -> Any:
    import trafilatura  # noqa: PLC0415 - an extra: only who asks for texts needs it

    return trafilatura
