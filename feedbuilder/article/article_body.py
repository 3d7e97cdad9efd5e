"""The text of an article, and the HTML of the page that this text stands in.

Owns what is asked of trafilatura, which is an extra: without it there is no text. The HTML is as the page has it, so
that figures, lists and embeds are whole; nothing is safe in it, and `content` makes it so.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from html import escape
from importlib.util import find_spec
from typing import Any

from feedbuilder.article.by_selector import ORIGIN, select_content
from feedbuilder.article.evidence import Evidence, letters
from feedbuilder.article.passages import find_passages
from feedbuilder.parse.decode import legal

_LONGEST = 10_000_000
"""Characters of a page; larger ones are not read for their text."""


_MISHAPS = (ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError, RecursionError)
"""What libraries raise on pages that nobody thought of; then there is no text."""


@dataclass(frozen=True, slots=True)
class Body:
    """The body of an article."""

    text: str
    """Plain text, paragraphs parted by line ends; never empty."""
    html: str
    """The same as HTML, unsafe: with the pictures, lists and embeds that stand among the paragraphs."""
    origin: str
    """What found it."""


def installed() -> bool:
    """Return whether texts can be found by themselves: whether the extra `full-text` is installed."""
    return find_spec("trafilatura") is not None


def read_body(page: Evidence, content: str | None = None) -> Body | None:
    """Return the body of the article on `page`: what `content` selects; without it, what trafilatura finds.

    None where none is found, or the extra is missing. Raises ExtractError if the selector is not valid.
    """
    if content is not None:
        chosen = select_content(page, content)
        return Body(*chosen, ORIGIN) if chosen else None
    if not installed() or len(page.text) > _LONGEST:
        return None
    try:
        found = _trafilatura().extract(page.text, url=page.url, include_comments=False, output_format="txt")
    except _MISHAPS:
        return None
    text = _without_heading(legal(found or "").strip(), page)
    if not text:
        return None
    found_there = find_passages(page, text)
    return Body(found_there.text, found_there.html or _paragraphs(found_there.text), "trafilatura")


def _without_heading(text: str, page: Evidence) -> str:
    """Return `text` without the article's heading as its first line: the entry has a title of its own."""
    first, _, rest = text.partition("\n")
    heading = page.words(page.heading) if page.heading is not None else ""
    return rest.strip() if heading and letters(first) == letters(heading) else text


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(line, quote=False)}</p>" for line in text.splitlines() if line.strip())


@lru_cache(maxsize=1)
def _trafilatura() -> Any:
    import trafilatura  # noqa: PLC0415 - an extra: only who asks for texts needs it

    return trafilatura
