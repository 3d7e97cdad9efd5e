"""A page and the place that its source names -> what the articles there say. Owns which reader a place has."""

from __future__ import annotations

from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from feedbuilder.model import DataPlace, Selectors
from feedbuilder.parse.boilerplate import is_boilerplate
from feedbuilder.parse.data import json_ld, markup_data
from feedbuilder.parse.data.entries import Entry, read_entry
from feedbuilder.parse.data.paths import members
from feedbuilder.parse.data.scripts import linked_data, states
from feedbuilder.parse.plain_text import TITLE_LIMIT, clean
from feedbuilder.parse.raw_card import RawCard, RawLink

MANY = 10_000
"""Articles that are read from one page, and links that are looked at."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What a page's data hold."""

    cards: tuple[RawCard, ...]
    """One for each article, in the order of the data."""
    there: bool
    """Whether the place that the source names is on the page at all."""
    base: str | None
    """The `<base href>`, as it stands there."""
    title: str
    """The title of the page."""
    anchors: tuple[RawLink, ...] = ()
    """The links of the page, for articles that the data only list; empty where they all have titles."""
    names_others: bool = False
    """Whether it is an index of documents that hold the articles."""


def read_data(text: str, selectors: Selectors) -> Findings:
    """Return what the HTML `text` says of its articles in the place that `selectors.from_` names. Never raises."""
    tree = LexborHTMLParser(text)
    entries, there = _entries(text, tree, selectors)
    cards = tuple(read_entry(entry, selectors) for entry in entries[:MANY])
    base, title = tree.css_first("base[href]"), tree.css_first("title")
    return Findings(
        cards,
        there,
        base.attributes.get("href") if base else None,
        " ".join(title.text().split()) if title else "",
        () if all(card.title for card in cards) else tuple(map(_anchor, tree.css("a[href]")[:MANY])),
    )


def data_entries(text: str, selectors: Selectors) -> list[Entry]:
    """Return what the HTML `text` holds in the place that `selectors.from_` names, as it stands there."""
    return _entries(text, LexborHTMLParser(text), selectors)[0][:MANY]


def _entries(text: str, tree: LexborHTMLParser, selectors: Selectors) -> tuple[list[Entry], bool]:
    place, item = selectors.from_ or "", selectors.item or ""
    if selectors.place is not DataPlace.VOCABULARY:
        found = states(tree, place)
        return [entry for value in found for entry in members(value, item)], bool(found)
    wanted = frozenset(item.replace(",", " ").lower().split())
    if place == "json-ld":
        values = linked_data(text)
        return json_ld.entries(values, wanted), bool(values)
    return markup_data.entries(tree, place, wanted), bool(markup_data.types(tree, place))


def _anchor(node: LexborNode) -> RawLink:
    heading = node.css_first("h1, h2, h3, h4, h5, h6") or node
    text = _title(markup_data.text_of(heading))
    said = (_title(node.attributes.get(name) or "") for name in ("title", "aria-label"))
    return RawLink(node.attributes.get("href") or "", text, tuple(whole for whole in said if whole))


def _title(text: str) -> str | None:
    words = clean(text, TITLE_LIMIT)
    return None if words is None or is_boilerplate(words) else words
