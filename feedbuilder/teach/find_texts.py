"""Words or an address that a person copies from a page -> the element that they stand for.

A text is looked for as it is written; a part of it will do, at least of some length. Where several places say it and
are made differently, nobody but the person can say which is meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from feedbuilder.detect.outline import Element
from feedbuilder.detect.page_regions import in_navigation
from feedbuilder.model.wording import NAMED, shortened
from feedbuilder.parse.boilerplate import text_key
from feedbuilder.teach.card_reading import CardReading
from feedbuilder.teach.field_names import is_like
from feedbuilder.teach.field_targets import SAID_ONCE
from feedbuilder.teach.outcome import Unteachable
from feedbuilder.teach.taught_page import TaughtPage, number_in

_SHORTEST_PART = 4
"""Letters of a part of a text that may stand for it."""
_SHOWN = 3


def find_in_cards(
    page: TaughtPage, reading: CardReading, field: str, text: str, place: int | None
) -> int | Unteachable:
    """Return the element that says `text` in one of the cards of `reading`; of a picture also by its address.

    `place` is the article that it stands in, from 0; None: any. A date may stand above the cards, too.
    """
    if place is not None and place >= len(reading.items):
        return Unteachable(f"There is no article {place + 1}: the list has {len(reading.items)}.")
    inside = [
        one
        for one in page.outline.elements
        if (its := reading.by_number.get(number_in(one))) is not None and place in (None, its)
    ]
    found = _pictures(inside, text) if field == "image" else _saying(inside, text)
    if not found and field == "date" and place is None:
        cards = {id(one) for one in inside}
        found = _saying([one for one in page.outline.elements if id(one) not in cards], text)
    if not found:
        return Unteachable(_nowhere(page, text, f"article {place + 1}" if place is not None else "the articles"))
    places = [reading.by_number.get(number_in(one)) for one in found]
    others = [
        (one, its)
        for one, its in zip(found[1:], places[1:], strict=True)
        if not is_like(one, found[:1]) and (its != places[0] or field not in SAID_ONCE)
    ]
    if not others:
        return number_in(found[0])
    named = _places(found[0], [one for one, _ in others])
    apart = places[0] is not None and all(its != places[0] for _, its in others)
    remedy = f"Say in which article: {field}@{(places[0] or 0) + 1}=…" if apart else "Click it in the studio instead"
    return Unteachable(f'"{shortened(text)}" stands in differently made places: {named}. {remedy}, or give more of it.')


def find_article(page: TaughtPage, text: str) -> int | Unteachable:
    """Return the link or the text that stands for an article: its address, its title, or a part of that."""
    anchors = page.outline.anchors
    if "/" in text and " " not in text.strip():
        canonical = page.outline.links.canonical(text.strip())
        links = [one.element for one in anchors if canonical is not None and one.canonical == canonical]
        if not links:
            return Unteachable(f"No link on the page leads to {text}: copy the address from the page itself.")
        return number_in(_best(links))
    found = _saying([one.element for one in anchors], text) or _saying(page.outline.elements, text)
    if not found:
        return Unteachable(_nowhere(page, text, "the page"))
    # The link that a text stands in, or that stands in it, says which article is meant.
    articles = {next(iter(page.outline.articles_in(_linked(page, one))), None): one for one in found}
    if len(articles) > 1:
        named = ", ".join(sorted(filter(None, articles))[:_SHOWN])
        return Unteachable(f'"{shortened(text)}" leads to {len(articles)} articles: {named}. Give the address instead.')
    return number_in(_best(found))


def _linked(page: TaughtPage, element: Element) -> Element:
    return next((up for up in element.up() if up.order in page.outline.linked), element)


def _best(elements: Sequence[Element]) -> Element:
    """Return the element outside of navigation that says most."""
    return max(elements, key=lambda one: (not in_navigation(one), len(one.text)))


def _saying(elements: Iterable[Element], text: str) -> list[Element]:
    """Return the innermost of `elements` that say `text` and nothing else; if none does, those that say more."""
    wanted = text_key(text)
    if not wanted:
        return []
    keys = [(one, text_key(one.text)) for one in elements if one.text]
    for fits in (wanted.__eq__, lambda key: len(wanted) >= _SHORTEST_PART and wanted in key):
        found = [one for one, key in keys if fits(key)]
        if found:
            orders = {one.order for one in found}
            return [one for one in found if not any(down.order in orders for down in one.down() if down is not one)]
    return []


def _pictures(elements: Iterable[Element], text: str) -> list[Element]:
    """Return the pictures whose address or description holds `text`."""
    wanted = text.strip().casefold()
    return [
        one
        for one in elements
        if one.tag in ("img", "source") or "style" in one.attributes
        if any(wanted in (value or "").casefold() for name, value in one.attributes.items() if name != "class")
    ]


def _places(first: Element, others: Sequence[Element]) -> str:
    kinds = dict.fromkeys(_called(one) for one in (first, *others))
    return ", ".join(list(kinds)[:_SHOWN])


def _called(element: Element) -> str:
    around = element.parent.tag if element.parent is not None else ""
    names = ".".join((element.tag, *element.classes[:1]))
    return names if element.classes else f"{around} > {names}"


def _nowhere(page: TaughtPage, text: str, where: str) -> str:
    if _saying(page.outline.elements, text):
        return (
            f'"{shortened(text)}" stands on the page, but not in {where}. '
            "If its article is not in the list, say first that it is missing."
        )
    if text_key(text) in text_key(page.outline.body.text):
        return f'"{shortened(text)}" stands on the page, but in several pieces: copy one of them.'
    return f'"{text[:NAMED]}" does not stand in {where}: copy it from the page as it is written there.'
