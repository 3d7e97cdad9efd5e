"""The text of an article: found on its page, cleaned, and as plain text, which says the same as what is published.

Owns what is asked of trafilatura, which is an extra: without it, and without a selector, there is no text.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from feedbuilder.article.article_text import ArticleText
from feedbuilder.article.by_selector import ORIGIN, select_content
from feedbuilder.article.evidence import Evidence
from feedbuilder.article.extra import installed
from feedbuilder.content.clean_html import content_html, plain_text
from feedbuilder.parse.decode import legal

_LONGEST = 10_000_000
"""Characters of a page; larger ones are not read for their text."""
_MISHAPS = (ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError, RecursionError)
"""What trafilatura and its parsers raise on pages that nobody thought of; then it has found nothing."""


@dataclass(frozen=True, slots=True)
class Body:
    """The body of an article."""

    text: str
    """Plain text, paragraphs parted by line ends; "" where the body is only pictures."""
    html: str
    """The same as HTML, safe, with the pictures, lists and embeds that stand among the paragraphs."""
    origin: str
    """What found it."""


def read_body(
    page: Evidence,
    content: str | None = None,
    writers: Collection[str] = (),
    sites: Collection[str] = (),
    image: str | None = None,
) -> Body | None:
    """Return the body of the article on `page`: what `content` selects; without it, what is found by itself.

    `writers` and `sites` are the letters of the names of its authors and its site, which in lines of their own are no
    text; `image` is the address of the lead picture, which stands at the top where no other place shows it.
    None where none is found, or the extra is missing. Raises ExtractError if the selector is not valid.
    """
    if content is not None:
        return _clean(page, select_content(page, content), ORIGIN)
    if not installed() or len(page.text) > _LONGEST:
        return None
    return _clean(page, ArticleText(page, _known(page), writers, sites, image).html(), "trafilatura")


def _clean(page: Evidence, html: str | None, origin: str) -> Body | None:
    clean = content_html(html, page.base) if html else None
    return Body(plain_text(clean), clean, origin) if clean else None


def _known(page: Evidence) -> str:
    """Return what trafilatura takes for the text of the page, "" where it finds none."""
    try:
        found = _trafilatura().extract(page.text, url=page.url, include_comments=False, output_format="txt")
    except _MISHAPS:
        return ""
    return legal(found or "")


@lru_cache(maxsize=1)
def _trafilatura() -> Any:
    import trafilatura  # noqa: PLC0415 - an extra: only who asks for texts needs it

    return trafilatura
