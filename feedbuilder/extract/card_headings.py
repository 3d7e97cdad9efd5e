"""A card -> its headings that may be the title. Owns which elements are headings, and which of them are not the card's.

What is in a dialog, a menu, a share bar or a form within the card, or is not shown, belongs to the page's machinery. A
heading that is a date stands over several items, and is the title of none.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from itertools import islice

from bs4.element import Tag

from feedbuilder.extract.added_words import adds_what_the_card_shows
from feedbuilder.extract.field_rules import CardTree
from feedbuilder.parse.boilerplate import is_boilerplate
from feedbuilder.parse.foreign_boxes import is_field, is_foreign_box
from feedbuilder.parse.plain_text import TITLE_LIMIT, clean, title_of
from feedbuilder.parse.raw_card import RawHeading
from feedbuilder.parse.title_labels import is_only_a_date

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_MANY = 50
_ICONS = frozenset("★☆✓✔✕✖✗✘✚✱✳✴❓❗❘❙❚❮❯➔➕➖➗➜➝➞➡➤➨➽")
"""Signs among the pictures of Unicode that are buttons rather than words."""


def heading_elements(card: CardTree) -> list[Tag]:
    """Return the headings of `card` in document order; of a `<details>` also its `<summary>`."""
    names = (*HEADINGS, "summary") if card.item.name == "details" else HEADINGS
    return [heading for heading in card.named(*names)[:_MANY] if not in_foreign_box(heading, card)]


def read_headings(headings: list[Tag], card: CardTree) -> tuple[RawHeading, ...]:
    """Return what `headings` say and where they lead, without those that say nothing.

    A number is a title where it is the only heading of its card, leads to the article, and no words lead there.
    """
    worded = tuple(heading for element in headings if (heading := _read(element, card, is_boilerplate)))
    if worded or len(headings) != 1:
        return worded
    number = _read(headings[0], card, lambda text: not _is_number_title(text))
    if (
        number is None
        or not number.hrefs
        or any(_has_words(anchor) for anchor in card.named("a") if anchor.get("href") in number.hrefs)
    ):
        return ()
    return (number,)


def _read(element: Tag, card: CardTree, says_nothing: Callable[[str], bool]) -> RawHeading | None:
    inner, outer = element.find_all("a", href=True)[:_MANY], element.find_parents("a", href=True, limit=1)
    hrefs = [str(anchor["href"]) for anchor in (*inner, *outer)]
    if not outer and not inner and card.around:
        hrefs.append(card.around)
    text = clean(title_of(element), TITLE_LIMIT)
    if text is None or (says_nothing(text) and not (hrefs and _is_picture_title(text))) or is_only_a_date(text):
        return None
    wholes = (whole for one in (element, *inner, *outer) for whole in attribute_texts(one))
    return RawHeading(text, tuple(hrefs), tuple(one for one in wholes if not adds_what_the_card_shows(text, one, card)))


def _is_number_title(text: str) -> bool:
    return any(map(str.isdigit, text)) and not any(map(str.isalpha, text))


def _has_words(anchor: Tag) -> bool:
    return not is_boilerplate(title_of(anchor))


def attribute_texts(element: Tag) -> Iterator[str]:
    """Yield the texts of the attributes of `element` that may hold a whole title."""
    for name in ("title", "aria-label"):
        text = clean(str(element.get(name) or ""), TITLE_LIMIT)
        if text and not is_boilerplate(text):
            yield text


def in_foreign_box(element: Tag, card: CardTree) -> bool:
    """Return whether `element` is in a box within `card` that is no part of its story, or is one."""
    within = (element, *islice(element.parents, 40))
    return any(up is not card.item and _is_foreign(up) for up in within)


def _is_foreign(box: Tag) -> bool:
    if box.name == "form":
        return any(is_field(one.name, one.attrs) for one in box.find_all(("input", "textarea", "select")))
    return is_foreign_box(box.name, box.attrs, filter(None, box.get_attribute_list("class")))


def _is_picture_title(text: str) -> bool:
    """Return whether `text` is nothing but pictures, as titles of short posts are, and not the sign of a button."""
    signs = [sign for sign in text if unicodedata.category(sign) == "So"]
    return bool(signs) and all(sign >= "\u2600" and sign not in _ICONS for sign in signs)
