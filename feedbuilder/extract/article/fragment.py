"""A piece of HTML, parsed for editing. Owns how BeautifulSoup is asked."""

from __future__ import annotations

from bs4 import BeautifulSoup
from bs4.element import Tag


def parsed(html: str) -> Tag:
    """Return an element with what a page with `html` as its body holds; an empty one if that is nothing."""
    # The tag in front keeps BeautifulSoup from asking itself whether this is XML, an address or the name of a file.
    body = BeautifulSoup(f"<body>{html}", "lxml").body
    return body if body is not None else Tag(name="body")
