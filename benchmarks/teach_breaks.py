"""Mistakes as detection or a person makes them, each with the example that a person would show.

Pages are changed in memory only: one card is made otherwise than the others, or an advert made like a card is put among
them.
"""
# ruff: noqa: INP001 - a script, not a package

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from feedbuilder.detect import Candidate
from feedbuilder.extract import FOUND
from feedbuilder.model import Item, Page, Selectors
from feedbuilder.parse.decode import decode
from feedbuilder.teach import TaughtPage
from feedbuilder.teach.selector_changes import with_rules
from feedbuilder.teach.taught_page import number_in

_FIELDS = ("summary", "image", "author", "tags")
_NOTHING = "b.no-such-element"


@dataclass(frozen=True)
class Broken:
    """A page and selectors that read it wrongly, and what a person shows."""

    kind: str
    page: TaughtPage
    selectors: Selectors
    is_right: Callable[[tuple[Item, ...]], bool]
    field: str = ""
    examples: Sequence[tuple[int, int]] = ()
    wanted: frozenset[int] = frozenset()
    unwanted: frozenset[int] = frozenset()


def broken_fields(where: TaughtPage, best: Candidate, truth: Any, scorer: Any) -> Iterator[Broken]:
    """Yield the fields of the list `best` read wrongly, each shown in three cards in turn."""
    known = {scorer.norm(one["url"]): one for one in truth["items"]}
    items = where.items(best.selectors)
    for name in ("title", "date", *_FIELDS):
        values = [getattr(item, FOUND[name]) for item in items]
        if sum(map(bool, values)) < max(2, 0.2 * len(items)):
            continue
        for place in sorted({0, len(items) // 2, len(items) - 1}):
            told = known.get(scorer.norm(items[place].link))
            first = min(where.numbers_of_cards(best.selectors)[place])
            number = _element(where, best, name, place, told, scorer)
            if number is None:
                continue
            for kind, wrong in (("reads nothing", _NOTHING), ("reads another text", _other(where, best, place, name))):
                if wrong is None:
                    continue
                yield Broken(
                    f"{name}: {kind}",
                    where,
                    with_rules(best.selectors, {name: wrong} | ({"group": None} if number < first else {})),
                    partial(_as_true, values, known, scorer)
                    if name == "date"
                    else partial(_as_before, values, FOUND[name]),
                    field=name,
                    examples=[(place, number)],
                )


def _as_before(values: Sequence[Any], part: str, items: tuple[Item, ...]) -> bool:
    """Return whether each card says what it did when it was read rightly; what said nothing may say more now."""
    after = [getattr(item, part) for item in items]
    return len(after) == len(values) and all(
        not value or value == now for value, now in zip(values, after, strict=True)
    )


def _as_true(before: Sequence[Any], known: dict[str, Any], scorer: Any, items: tuple[Item, ...]) -> bool:
    """Return whether each card that told the true day tells it now."""
    if len(items) != len(before):
        return False
    for said, item in zip(before, items, strict=True):
        true = known.get(scorer.norm(item.link), {})
        days = [day for day in (true.get("published"), true.get("page_date")) if day]
        told = item.published.at.isoformat() if item.published else None
        if said and _is_one(scorer, said.at.isoformat(), days) and not _is_one(scorer, told, days):
            return False
    return True


def _is_one(scorer: Any, told: str | None, days: Sequence[str]) -> bool:
    return any(scorer.same_day(told, day) for day in days)


def _element(where: TaughtPage, best: Candidate, name: str, place: int, told: Any, scorer: Any) -> int | None:
    """Return the element that a person would click: by what the truth says, else by where detection reads it."""
    card = [number for one in where.read(best.selectors).cards[place] for number in one.numbers]
    if name == "title":
        wanted = {scorer.tn(told[key]) for key in ("title", "page_title") if told and told.get(key)}
        found = [number for number in card if scorer.tn(where.text_of(number)) in wanted]
        inner = [number for number in found if where.by_number[number].order <= where.by_number[found[0]].last]
        return inner[-1] if inner else None
    numbers = where.numbers_of_field(best.selectors, name, place)
    if name == "date" and not numbers and best.selectors.group:
        above = [one.attributes["data-feedbuilder-number"] for one in where.outline.select(best.selectors.group)]
        return max((int(one) for one in above if int(one or 0) < min(card)), default=None)
    if name == "date" and numbers and not where.text_of(numbers[0]):
        return None  # nothing to be seen there
    return numbers[0] if numbers else None


def _other(where: TaughtPage, best: Candidate, place: int, name: str) -> str | None:
    """Return a selector that reads something else: the first class or tag of another text of the card."""
    read = set(where.numbers_of_field(best.selectors, name, place))
    around = {up for number in read for up in _up(where, number)}
    for card in where.read(best.selectors).cards[place]:
        for number in card.numbers:
            one = where.by_number.get(number)
            if one is None or number in around or number in card.tops or not one.own_text:
                continue
            return f".{one.classes[0]}" if one.classes and one.classes[0].isalpha() else one.tag
    return None


def _up(where: TaughtPage, number: int) -> Iterator[int]:
    one = where.by_number.get(number)
    for up in (*(one.up() if one else ()), *(one.down() if one else ())):
        yield int(up.attributes.get("data-feedbuilder-number") or -1)


def without_names(page: Page) -> Page:
    """Return `page` with no class and no id in it: nothing is left that names anything."""
    tree = LexborHTMLParser(decode(page))
    for one in tree.css("[class], [id]"):
        for name in ("class", "id"):
            if name in one.attributes:
                del one.attrs[name]
    return replace(page, body=codecs.BOM_UTF8 + (tree.html or "").encode("utf-8", "replace"))


def broken_lists(page: Page, best: Candidate) -> Iterator[Broken]:
    """Yield lists with a card of another make, which is missed, and with an advert, which is none."""
    text, addresses = decode(page), [item.canonical for item in best.items]
    for place in sorted({0, len(addresses) // 2, len(addresses) - 1}):
        where = TaughtPage(text, page.url, now=page.fetched_at)
        tops = where.numbers_of_cards(best.selectors)[place]
        if best.selectors.between or len(tops) != 1:
            continue
        for kind, change in _CHANGES.items():
            made = _changed(text, tops[0], change)
            if made is None:
                continue
            mutated, number = made
            other = TaughtPage(mutated, page.url, now=page.fetched_at)
            got = [item.canonical for item in other.items(best.selectors)]
            extra, lost = set(got) - set(addresses), set(addresses) - set(got)
            if "missing" in kind and lost == {addresses[place]}:
                shown = {"wanted": frozenset([_leads(other, number, addresses[place])])}
            elif "missing" not in kind and len(extra) == 1 and not lost:
                shown = {"unwanted": frozenset([_leads(other, number, next(iter(extra)))])}
            else:
                continue
            yield Broken(kind, other, best.selectors, partial(_just, set(addresses)), **shown)


def _just(addresses: set[str], items: tuple[Item, ...]) -> bool:
    return {item.canonical for item in items} == addresses


def _leads(where: TaughtPage, number: int, article: str) -> int:
    """Return the link to `article` in an element, the one that says most: what a person would click."""
    card = where.by_number[number]
    links = [one.element for one in where.outline.links_in(card) if one.canonical == article]
    return number_in(max(links, key=lambda one: len(one.text), default=card))


def _changed(text: str, number: int, change: Callable[[Any], bool]) -> tuple[str, int] | None:
    tree = LexborHTMLParser(text)
    card = tree.css("*")[number]
    if not change(card):
        return None
    html = tree.html or ""
    again = LexborHTMLParser(html).css("*")
    place = next((at for at, one in enumerate(again) if "data-shown" in one.attributes), None)
    return None if place is None else (html.replace(' data-shown=""', ""), place)


def _other_make(card: Any) -> bool:
    """Give the card the name of a large one over the others."""
    if not card.attributes.get("class"):
        return False
    card.attrs["class"] = "lead-story"
    card.attrs["data-shown"] = ""
    return True


def _above(card: Any) -> bool:
    """Take the card out of its list, and put it above as the large one."""
    if card.parent is None or card.parent.tag in ("body", "html"):
        return False
    inner = f"<table>{card.html}</table>" if card.tag == "tr" else card.html if card.tag == "a" else card.inner_html
    made = LexborHTMLParser(f'<section data-shown=""><div>{inner}</div></section>').css_first("section")
    if made is None:
        return False
    card.parent.insert_before(made)
    card.decompose()
    return True


def _advert(name: str, label: str, card: Any) -> bool:
    """Put an advert behind the card, made as it is but for a class, a label, or where it leads."""
    html = card.html or ""
    copy = LexborHTMLParser(f"<table>{html}</table>" if card.tag == "tr" else html)
    top = copy.css_first(card.tag)
    if top is None:
        return False
    for link in ([top] if top.tag == "a" else []) + copy.css("a[href]"):
        link.attrs["href"] = "https://shop.example.org/offers/winter-tyres"
        if link.text().strip():
            link.inner_html = "Winter tyres at half the price"
    for heading in copy.css("h1, h2, h3, h4, h5, h6"):
        if heading.css_first("a") is None:
            heading.inner_html = "Winter tyres at half the price"
    if name:
        top.attrs["class"] = f"{top.attributes.get('class') or ''} {name}".strip()
    if label:
        top.inner_html = f'<span class="{label}">Partner</span>{top.inner_html or ""}'
    top.attrs["data-shown"] = ""
    card.insert_after(top)
    return True


_CHANGES: dict[str, Callable[[Any], bool]] = {
    "list: one of another make missing": _other_make,
    "list: one above it missing": _above,
    "list: an advert with a class": partial(_advert, "card-partner", ""),
    "list: an advert with a label": partial(_advert, "", "partner-label"),
    "list: an advert by its link": partial(_advert, "", ""),
}
