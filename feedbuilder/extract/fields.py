"""A card -> the raw texts of its fields. Owns the defaults for fields without a rule.

Raw: addresses are not resolved and dates not read, so that the result depends on nothing but card and rules and can be
remembered (`cards`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from bs4.element import Tag

from feedbuilder.extract.added_words import adds_what_the_card_shows
from feedbuilder.extract.card_headings import HEADINGS, attribute_texts, heading_elements, in_foreign_box, read_headings
from feedbuilder.extract.card_media import read_media
from feedbuilder.extract.field_rules import CardTree, Rules, Value, value_of
from feedbuilder.model import FieldRule, Pick, Reading
from feedbuilder.model.wording import tag_key
from feedbuilder.parse import pictures
from feedbuilder.parse.boilerplate import is_boilerplate
from feedbuilder.parse.byline_words import without_byline_words
from feedbuilder.parse.limits import LONGEST_ADDRESS
from feedbuilder.parse.link_attributes import hidden_address
from feedbuilder.parse.plain_text import (
    NAME_LIMIT,
    SUMMARY_LIMIT,
    TITLE_LIMIT,
    clean,
    text_of,
    title_of,
    without_markup,
)
from feedbuilder.parse.raw_card import RawCard, RawHeading, RawLink
from feedbuilder.parse.title_labels import says_only_when

_ASIDE = frozenset(("tag", "author", "category", "nofollow", "license", "next", "prev"))
"""`rel` of links that lead elsewhere; they are tried last."""
MANY = frozenset(("author", "tags"))
"""Fields of which a card may say several."""
_MANY = 50
"""Links, names or tags of one card that are looked at."""
LARGEST_CONTENT = 400_000
"""Characters of the HTML of one card's text."""
_AT_THE_TOP = 6
_LONGEST_ANCHOR = 200
_LONGEST_DATE = 300


def read_card(card: CardTree, rules: Rules) -> RawCard:
    """Return what `card` says by `rules`, and by the defaults for the fields that have none."""
    chosen = rules.selectors
    has_title = chosen.title is not None
    if has_title and chosen.link is not None:
        elements: list[Tag] = []
    else:
        elements = card.part("heading elements", None, lambda: heading_elements(card))
    headings = () if has_title else card.part("headings", None, lambda: read_headings(elements, card))
    return RawCard(
        links=card.part("links", (chosen.link, has_title), lambda: _links(card, rules, elements, headings)),
        anchor=_anchor(card),
        link_chosen=chosen.link is not None,
        title=card.part("title", chosen.title, lambda: _first(card, rules, chosen.title, _title, title_of)),
        guess=not has_title,
        headings=headings,
        pictured=() if has_title else card.part("pictured", None, lambda: _pictured(card, headings)),
        dates=card.part("dates", chosen.date, lambda: _dates(card, rules)),
        summary=card.part("summary", chosen.summary, lambda: _first(card, rules, chosen.summary, _summary)),
        images=card.part("images", chosen.image, lambda: _images(card, rules)),
        media=card.part("media", None, lambda: read_media(card)),
        authors=card.part("authors", chosen.author, lambda: _all(card, rules, chosen.author, _author)),
        tags=card.part("tags", chosen.tags, lambda: _all(card, rules, chosen.tags, _tag)),
        content=card.part("content", chosen.content, lambda: _content(card, rules, chosen.content)),
    )


Cleaner = Callable[[str], str | None]


def _title(text: str) -> str | None:
    cleaned = clean(text, TITLE_LIMIT)
    return None if cleaned is None or is_boilerplate(cleaned) else cleaned


def _summary(text: str) -> str | None:
    cleaned = clean(without_markup(text), SUMMARY_LIMIT)
    return None if cleaned is None or is_boilerplate(cleaned) or says_only_when(cleaned) else cleaned


def _author(text: str) -> str | None:
    return clean(without_byline_words(text).strip(",;|"), NAME_LIMIT)


def _tag(text: str) -> str | None:
    return clean(text.replace("#", " ").strip().strip(",;|"), NAME_LIMIT)


_CLEANERS: Mapping[str, tuple[Cleaner, Value]] = {
    "title": (_title, title_of),
    "summary": (_summary, text_of),
    "author": (_author, text_of),
    "tags": (_tag, text_of),
}


def text_sources(card: CardTree, rules: Rules, field: str) -> tuple[Tag, ...]:
    """Return the elements that say `field` in `card` by its rule; none where there is none, or it finds nothing.

    Of what takes a single text the first that is not empty; of names and tags all.
    """
    rule: FieldRule = getattr(rules.selectors, field) or ()
    for reading in rule:
        found: list[Tag] = []
        for elements in _sources(card, rules, reading, field):
            found += elements
            if field not in MANY:
                break
        if found:
            return tuple({id(one): one for one in found}.values())
    return ()


def _sources(card: CardTree, rules: Rules, reading: Reading, field: str) -> Iterator[tuple[Tag, ...]]:
    if field == "date":
        yield from (elements for text, elements in _said_dates(card, rules, reading) if clean(text, _LONGEST_DATE))
    elif field == "image":
        yield from (elements for text, elements in rules.said(card, reading, _picture) if _address(text, reading))
    elif field == "link":
        yield from (elements for _, elements in rules.said(card, reading, lambda tag: _href(tag, card)))
    else:
        cleaner, value = _CLEANERS[field]
        yield from (elements for text, elements in rules.said(card, reading, value, _MANY) if cleaner(text))


def _first(
    card: CardTree, rules: Rules, rule: FieldRule | None, cleaner: Cleaner, value: Value = text_of
) -> str | None:
    texts = (text for reading in rule or () for text in rules.texts(card, reading, value))
    return next(filter(None, map(cleaner, texts)), None)


def _all(card: CardTree, rules: Rules, rule: FieldRule | None, cleaner: Cleaner) -> tuple[str, ...]:
    """Return the texts of the first alternative that gives any, each once, in document order."""
    for reading in rule or ():
        named: dict[str, str] = {}
        for text in filter(None, map(cleaner, rules.texts(card, reading, text_of, _MANY))):
            if key := tag_key(text):
                named.setdefault(key, text)
        if named:
            return tuple(named.values())
    return ()


def _content(card: CardTree, rules: Rules, rule: FieldRule | None) -> str | None:
    """Return the HTML of the first alternative that gives any: of all its matches, what stands in another one once."""
    for reading in rule or ():
        taken: set[int] = set()
        found: list[str] = []
        for html, elements in rules.said(card, reading, str, _MANY):
            if not any(id(up) in taken for one in elements for up in (one, *one.parents)) or not elements:
                found.append(html)
            taken.update(map(id, elements))
        if found:
            return "\n".join(found)[:LARGEST_CONTENT]
    return None


def _pictured(card: CardTree, headings: Sequence[RawHeading]) -> tuple[str, ...]:
    texts = (_title(str(image.get("alt") or "")) for image in card.named("img")[:_MANY])
    return tuple(_wholes(filter(None, texts), [heading.text for heading in headings], card))


def _wholes(texts: Iterable[str], titles: Sequence[str | None], card: CardTree) -> Iterator[str]:
    """Yield those of `texts` that may be the whole of one of `titles`."""
    return (text for text in texts if not any(adds_what_the_card_shows(title, text, card) for title in titles))


def _links(card: CardTree, rules: Rules, elements: list[Tag], headings: Sequence[RawHeading]) -> tuple[RawLink, ...]:
    rule = rules.selectors.link
    if rule:
        hrefs = (text for reading in rule for text in rules.texts(card, reading, lambda tag: _href(tag, card)))
        links = [RawLink(href) for href in islice(hrefs, _MANY)]
    else:
        heads = {id(element) for element in elements}
        anchors = [anchor for anchor in card.named("a")[: _MANY * 2] if anchor.get("href")]
        anchors.sort(key=lambda anchor: _rank(anchor, heads, card))
        texts = [_title(title_of(anchor)) for anchor in anchors[:_MANY]]
        titles = (*texts, *(heading.text for heading in headings))
        links = [_raw_link(*pair, titles, card) for pair in zip(anchors, texts, strict=False)]
        if card.around:
            links.append(RawLink(card.around))
        links += [RawLink(address) for one in card.elements if (address := hidden_address(one.name, one.attrs))][:_MANY]
    return tuple(link for link in links if len(link.href) <= LONGEST_ADDRESS)


def _anchor(card: CardTree) -> str | None:
    """Return the id of the card or of what stands at its top: what a link to its place on the page names."""
    for element in card.elements[:_AT_THE_TOP]:
        if name := element.get("id") or (element.get("name") if element.name == "a" else None):
            return str(name)[:_LONGEST_ANCHOR]
    return None


def _raw_link(anchor: Tag, text: str | None, titles: Sequence[str | None], card: CardTree) -> RawLink:
    return RawLink(str(anchor["href"]), text, tuple(_wholes(attribute_texts(anchor), titles, card)))


def _rank(anchor: Tag, headings: set[int], card: CardTree) -> int:
    """Return how likely `anchor` is the article's link: 0 the heading's, 1 any other, 2 one that leads aside."""
    if in_foreign_box(anchor, card):
        return 2
    rel = {str(word).lower() for word in anchor.get("rel") or ()}
    if "bookmark" in rel or any(id(parent) in headings for parent in islice(anchor.parents, 20)):
        return 0
    if headings and anchor.find(HEADINGS) is not None:
        return 0
    return 2 if rel & _ASIDE else 1


def _href(element: Tag, card: CardTree) -> str | None:
    """Return where `element` leads: its own address, that of the first link in it, of the link around it."""
    own = element.get("href")
    if own:
        return str(own)
    if element.parent is None:  # a text that XPath made: it is the address
        return element.get_text()
    within = element.find("a", href=True)
    link = within if isinstance(within, Tag) else element.find_parent("a", href=True)
    return str(link["href"]) if isinstance(link, Tag) else card.around


def _dates(card: CardTree, rules: Rules) -> tuple[str, ...]:
    rule = rules.selectors.date
    if rule:
        texts = [text for reading in rule for text, _ in _said_dates(card, rules, reading)]
    else:
        times = card.named("time")
        said = next((time for time in times if time.get("datetime")), times[0] if times else None)
        texts = [str(said.get("datetime") or ""), text_of(said)] if said is not None else []
    cleaned = (clean(text, _LONGEST_DATE) for text in texts[:_MANY])
    return tuple(dict.fromkeys(filter(None, cleaned)))


def _said_dates(card: CardTree, rules: Rules, reading: Reading) -> Iterator[tuple[str, tuple[Tag, ...]]]:
    """Yield what `reading` says of the date; of a `<time>` its attribute first, which is written for machines."""
    if reading.select and reading.select.attribute is None:
        elements = list(islice(rules.elements(card, reading.select), _MANY))
        machine = ((text, (one,)) for one in elements for text in reading.kept(str(one.get("datetime") or "")))
        yield from islice(machine, 1)
        yield from islice(((text, (one,)) for one in elements for text in reading.kept(text_of(one))), 1)
    else:
        yield from islice(rules.said(card, reading, text_of), 1)


def values_of(element: Tag, pick: Pick, field: str, card: CardTree) -> list[str]:
    """Return the texts that `element`, which `pick` selects, gives for `field`, before anything is done with them."""
    values: Mapping[str, Value] = {"link": lambda tag: _href(tag, card), "image": _picture, "content": str}
    value = values.get(field) or _CLEANERS.get(field, (clean, text_of))[1]
    found = [value_of(element, pick, value)]
    if field == "date" and pick.attribute is None:
        found.insert(0, str(element.get("datetime") or ""))
    return [text for text in found if text and text.strip()]


def _images(card: CardTree, rules: Rules) -> tuple[str, ...]:
    rule = rules.selectors.image
    if rule is None:
        found = list(islice(pictures.addresses(card.elements, card.item), 4))
    else:
        found = []
        for reading in rule:
            found += islice((_address(text, reading) for text in rules.texts(card, reading, _picture)), 4)
    return tuple(address for address in found if address and len(address) <= LONGEST_ADDRESS)


def _picture(element: Tag) -> str | None:
    return next(pictures.addresses([element, *element.find_all(True)]), None)


def _address(text: str, reading: Reading) -> str:
    attribute = reading.select.attribute if reading.select else None
    return pictures.best_of(text) if attribute and "srcset" in attribute else text
