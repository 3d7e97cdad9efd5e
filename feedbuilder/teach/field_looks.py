"""What the texts of each field look like: the table by which a selector is judged on the cards that nobody showed.

Says of an element whether it may be the field, and nothing of how it is found.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from feedbuilder.detect.outline import Element
from feedbuilder.detect.text_features import looks_like_date, weight
from feedbuilder.parse import pictures
from feedbuilder.parse.boilerplate import is_boilerplate
from feedbuilder.parse.title_labels import is_only_a_date
from feedbuilder.teach.card_views import CardView
from feedbuilder.teach.taught_page import number_in

_LONGEST_NAME, _LONGEST_TAG = 80, 50


@dataclass(frozen=True, slots=True)
class FieldLook:
    """What is asked of one field."""

    words: str
    """What people call it."""
    fits: Callable[[CardView, Element, str], bool]
    """Whether an element of a card may be the field, given the text or the attribute that is read of it."""
    says: Callable[[CardView, Element, str], bool]
    """Whether the extraction takes anything from it: what says nothing is passed over for the next that is matched."""
    several: bool = False
    """Whether a card may have several."""
    distinct: bool = False
    """Whether no two cards say the same: then what is the same in all is something else."""
    in_each: bool = False
    """Whether each card of a list usually has it: then cards of another make are asked for theirs."""


def _title(card: CardView, element: Element, text: str) -> bool:
    del card, element
    return bool(text) and not is_boilerplate(text) and not is_only_a_date(text)


def _date(card: CardView, element: Element, text: str) -> bool:
    del card
    return looks_like_date(element.attributes.get("datetime") or text) or looks_like_date(text)


def _summary(card: CardView, element: Element, text: str) -> bool:
    del card, element
    return bool(text) and not is_boilerplate(text) and not is_only_a_date(text)


def _author(card: CardView, element: Element, text: str) -> bool:
    del card
    return 2 <= len(text) <= _LONGEST_NAME and any(map(str.isalpha, text)) and _is_one(element, text)


def _tags(card: CardView, element: Element, text: str) -> bool:
    del card
    return 1 <= weight(text) <= _LONGEST_TAG and _is_one(element, text)


def _is_one(element: Element, text: str) -> bool:
    """Return whether an element is one name of several, and not what holds them all."""
    return not is_only_a_date(text) and sum(one.tag == "a" for one in element.down()) < 2


def _words(card: CardView, element: Element, text: str) -> bool:
    del card
    return bool(text or element.attributes.get("datetime"))


def _content(card: CardView, element: Element, text: str) -> bool:
    del card, element
    return bool(text) and not is_boilerplate(text)


def _image(card: CardView, element: Element, text: str) -> bool:
    del text
    return shows_picture(card, element)


def _link(card: CardView, element: Element, text: str) -> bool:
    del card, text
    return bool(element.attributes.get("href"))


def shows_picture(card: CardView, element: Element) -> bool:
    """Return whether the extraction takes `element`, or something in it, for a picture."""
    tag = card.card.element(number_in(element))
    return tag is not None and next(pictures.addresses([tag, *tag.find_all(True)]), None) is not None


LOOKS: Mapping[str, FieldLook] = {
    "title": FieldLook("title", _title, _content, distinct=True, in_each=True),
    "date": FieldLook("date", _date, _words, in_each=True),
    "summary": FieldLook("summary", _summary, _content, distinct=True),
    "image": FieldLook("picture", _image, _image),
    "author": FieldLook("author", _author, _words, several=True),
    "tags": FieldLook("tags", _tags, _words, several=True),
    "link": FieldLook("link", _link, _link, distinct=True, in_each=True),
}
