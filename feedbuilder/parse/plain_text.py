"""Wording of cards: plain text out of markup, and which texts at its end are boilerplate.

Knows elements and phrases; knows nothing of fields, links or dates.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType

from bs4.element import CData, NavigableString, PageElement, Tag

from feedbuilder.parse.boilerplate import is_boilerplate
from feedbuilder.parse.decode import legal
from feedbuilder.parse.title_labels import TitlePiece, is_badge, is_time_label, without_labels, without_marks
from feedbuilder.parse.word_seams import SEAMS, are_two_words

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

_MOST_LABELS = 30
"""Elements within a title that are looked at."""
_LONGEST_LABEL = 60

_TAGS = (
    "a|abbr|b|blockquote|br|center|cite|code|div|em|figure|font|h[1-6]|hr|i|img|li|ol|p|pre|q|s|small|span|strong|sub"
    "|sup|u|ul"
)
_PLAINLY_MARKUP = re.compile(
    rf"</(?:{_TAGS})\s*>|<(?:p|br|div|hr|img|li|ul|ol)\b[^<>]*>|<(?:{_TAGS})\s+[\w-]+\s*=", re.IGNORECASE
)
_ANY_TAG = re.compile(rf"</?(?:{_TAGS})\b[^<>]*(?:>|$)|</?$", re.IGNORECASE)
_NOT_LETTERS = re.compile(r"[\W_]+")


def letters(text: str | None) -> str:
    """Return the letters and digits of `text` in small letters: what two spellings of a title or name share."""
    return _NOT_LETTERS.sub("", text or "").casefold()


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
    """Return the text of `element` as a browser would show it: blocks and breaks part words, most inline tags do not.

    Scripts, styles, templates, comments and drawings have none, nor what is `hidden`. Links and buttons at its end that
    are boilerplate ("Read more", "Share") are left out; within a sentence they stay ("as said here, talks go on").
    """
    return "".join(run.text for run in _without_last_links(list(_runs(element))))


def title_of(element: Tag) -> str:
    """Return the text of `element` as a title: also without badges, counters and times at its ends, and bullets."""
    whole = list(_runs(element, _labels(element)))
    runs = _without_last_links(list(whole)) or whole
    pieces = [
        TitlePiece(run.text, run.label.number, run.label.is_time) if run.label else TitlePiece(run.text) for run in runs
    ]
    return without_marks(" ".join(without_labels(pieces).split()))


@dataclass(frozen=True, slots=True)
class _Label:
    number: int
    is_time: bool


@dataclass(frozen=True, slots=True)
class _Run:
    """A string, and where it stands."""

    text: str
    link: Tag | None = None
    """The link or button."""
    label: _Label | None = None
    """The badge, counter or time."""


def _labels(element: Tag) -> dict[int, _Label]:
    """Return the labels within `element`, by the identity of their elements."""
    found: dict[int, _Label] = {}
    for number, inner in enumerate(
        islice((node for node in element.descendants if isinstance(node, Tag)), _MOST_LABELS)
    ):
        names = inner.get_attribute_list("class")
        text = "".join(islice(inner.stripped_strings, 4))
        if len(text) <= _LONGEST_LABEL and (is_time := is_time_label(inner.name, [*filter(None, names)], text)):
            found[id(inner)] = _Label(number, is_time)
        elif len(text) <= _LONGEST_LABEL and is_badge([*filter(None, names)], text):
            found[id(inner)] = _Label(number, is_time=False)
    return found


def _without_last_links(runs: list[_Run]) -> list[_Run]:
    while runs:
        link = runs[-1].link
        if not runs[-1].text.strip():
            runs.pop()
            continue
        start = len(runs)
        while link is not None and start and runs[start - 1].link is link:
            start -= 1
        if link is None or not is_boilerplate("".join(run.text for run in runs[start:])):
            break
        del runs[start:]
    return runs


def _runs(element: Tag, labels: Mapping[int, _Label] = MappingProxyType({})) -> Iterator[_Run]:
    """Yield the strings within `element`; between words that only a tag parts, a space."""
    # A stack of our own: a page nested ten thousand deep must not end in a RecursionError.
    stack: list[tuple[Iterator[PageElement], _Run, bool]] = [(iter(element.contents), _Run(""), False)]
    before, at_seam = "", False
    while stack:
        nodes, place, seam = stack[-1]
        for node in nodes:
            if isinstance(node, Tag):
                if node.name in _PARTING:
                    before = " "
                    yield _Run(before, place.link, place.label)
                at_seam = at_seam or node.name in SEAMS
                if node.name not in _SILENT and not node.has_attr("hidden"):
                    link = place.link or (node if node.name in _LINKS else None)
                    inner = _Run(" " if node.name in _PARTING else "", link, place.label or labels.get(id(node)))
                    stack.append((iter(node.contents), inner, node.name in SEAMS))
                    break
            elif type(node) in _SPOKEN and (text := str(node)):
                if at_seam and are_two_words(before, text):
                    yield _Run(" ", place.link, place.label)
                before, at_seam = text, False
                yield _Run(text, place.link, place.label)
        else:
            stack.pop()
            at_seam = at_seam or seam
            if place.text:
                before = place.text
            yield place


def without_markup(text: str) -> str:
    """Return `text` without the tags that a site wrote as text ("&lt;p&gt;Talks&lt;/p&gt;"), one cut in two included.

    Only where the text plainly is markup: a closing tag, a paragraph, a tag with attributes. Then its entities, written
    twice, are decoded too. "a <b> c" stays what it was.
    """
    return html.unescape(_ANY_TAG.sub(" ", text)) if _PLAINLY_MARKUP.search(text) else text


def attribute(element: Tag | Mapping[str, str | None], name: str) -> str:
    """Return the attribute without spaces around it, "" where the element has none."""
    value = element.get(name) or ""
    return (" ".join(value) if isinstance(value, list) else value).strip()
