"""Wording of cards: plain text out of markup, and which texts at its end are boilerplate.

Knows elements and phrases; knows nothing of fields, links or dates.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from bs4.element import CData, NavigableString, PageElement, Tag

from feedbuilder.parse.boilerplate import is_boilerplate
from feedbuilder.parse.decode import legal

TITLE_LIMIT, SUMMARY_LIMIT, NAME_LIMIT = 500, 5_000, 200
"""Characters. No honest title, summary, name or tag is longer; hostile pages are."""

_PARTING = frozenset(
    """
    address article aside blockquote body button caption center dd details dialog div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol option p pre section select summary table
    tbody td tfoot th thead tr ul br img
    """.split()  # noqa: SIM905 - a table of names reads better without quotes
)
_LINKS = frozenset(("a", "button"))
_SPOKEN = (NavigableString, CData)
"""Exactly these: comments, scripts and templates are subclasses."""
_SILENT = frozenset(
    ("script", "style", "template", "noscript", "svg", "textarea", "iframe", "object", "audio", "video")
)
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\u202a-\u202e\u0080-\u009f]")
"""Soft hyphens, zero-width spaces, direction overrides, C1 controls. Joiners (U+200C/D) stay: they shape letters."""

_TAGS = (
    "a|abbr|b|blockquote|br|center|cite|code|div|em|figure|font|h[1-6]|hr|i|img|li|ol|p|pre|q|s|small|span|strong|sub"
    "|sup|u|ul"
)
_PLAINLY_MARKUP = re.compile(
    rf"</(?:{_TAGS})\s*>|<(?:p|br|div|hr|img|li|ul|ol)\b[^<>]*>|<(?:{_TAGS})\s+[\w-]+\s*=", re.IGNORECASE
)
_ANY_TAG = re.compile(rf"</?(?:{_TAGS})\b[^<>]*(?:>|$)|</?$", re.IGNORECASE)


def clean(text: str, limit: int) -> str | None:
    """Return `text` on one line with single spaces, None if nothing is left; over `limit` characters it is cut.

    Whitespace of every kind collapses; control characters, lone surrogates, zero-width spaces and direction overrides
    vanish. Entities are not touched: the parser has decoded them once, and twice would be wrong.
    """
    words = " ".join(_INVISIBLE.sub("", legal(text)).split())
    if len(words) > limit:
        words = words[: limit - 1].rstrip() + "…"
    return words or None


def text_of(element: Tag) -> str:
    """Return the text of `element` as a browser would show it: blocks and breaks part words, inline tags do not.

    Scripts, styles, templates, comments and drawings have none. Links and buttons at its end that are boilerplate
    ("Read more", "Share") are left out; within a sentence they stay ("as said here, talks go on").
    """
    runs = list(_runs(element))
    while runs:
        text, link = runs[-1]
        if not text.strip():
            runs.pop()
            continue
        start = len(runs)
        while link is not None and start and runs[start - 1][1] is link:
            start -= 1
        if link is None or not is_boilerplate("".join(text for text, _ in runs[start:])):
            break
        del runs[start:]
    return "".join(text for text, _ in runs)


def _runs(element: Tag) -> Iterator[tuple[str, Tag | None]]:
    """Yield the strings within `element` and, where there is one, the link or button that each stands in."""
    # A stack of our own: a page nested ten thousand deep must not end in a RecursionError.
    stack: list[tuple[Iterator[PageElement], Tag | None, str]] = [(iter(element.contents), None, "")]
    while stack:
        nodes, link, after = stack[-1]
        for node in nodes:
            if isinstance(node, Tag):
                gap = " " if node.name in _PARTING else ""
                yield gap, link
                if node.name not in _SILENT:
                    stack.append((iter(node.contents), link or (node if node.name in _LINKS else None), gap))
                    break
            elif type(node) in _SPOKEN:
                yield str(node), link
        else:
            stack.pop()
            yield after, link


def without_markup(text: str) -> str:
    """Return `text` without the tags that a site wrote as text ("&lt;p&gt;Talks&lt;/p&gt;"), one cut in two included.

    Only where the text plainly is markup: a closing tag, a paragraph, a tag with attributes. Then its entities, written
    twice, are decoded too. "a <b> c" stays what it was.
    """
    return html.unescape(_ANY_TAG.sub(" ", text)) if _PLAINLY_MARKUP.search(text) else text
