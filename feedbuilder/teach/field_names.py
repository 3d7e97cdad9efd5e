"""Targets in a few cards -> selectors that name them, judged on all cards of the list.

The names themselves are those of detection (`choose_fields.try_names`). What is best reads what was shown, in most
cards, nothing that looks like something else, and is short.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from feedbuilder.detect.choose_fields.record_table import Name, RecordTable
from feedbuilder.detect.choose_fields.try_names import named, spread
from feedbuilder.detect.class_names import tokens
from feedbuilder.detect.link_groups import NAMELESS
from feedbuilder.detect.outline import Element
from feedbuilder.teach.card_views import CardView, CardViews
from feedbuilder.teach.field_looks import FieldLook
from feedbuilder.teach.field_targets import Target

ALIKE = 0.34
"""Different texts as a share of the cards: below that, most say the same."""
_FEW = 3
_WRONG, _UNLIKE = 1.5, 0.4
"""What a card costs a selector that finds there what cannot be the field, or is made unlike what was shown."""


@dataclass(frozen=True)
class NamedField:
    """A selector for a field, and what it finds."""

    name: Name
    cost: float
    attribute: str | None
    match: str | None
    found: tuple[tuple[Element, ...], ...]
    """In each card."""
    points: float
    alike: bool
    """Whether it reads the same in most cards though the field should tell them apart."""

    @property
    def css(self) -> str:
        """Return it as a pick is written."""
        return str(self.name) + (f"@{self.attribute}" if self.attribute else "")

    @property
    def rule(self) -> object:
        """Return it as it is written in TOML."""
        return {"select": self.css, "match": self.match} if self.match else self.css


def names_of(views: CardViews, look: FieldLook, shown: Sequence[tuple[CardView, Target]]) -> list[NamedField]:
    """Return the selectors that read each of `shown`, the best first."""
    wanted = {id(card.view): target.elements for card, target in shown}
    sample = RecordTable(views.table.outline, tuple(card.view for card, _ in shown), views.table.between)
    first = shown[0][1]
    rated: dict[tuple[tuple[int, ...], ...], NamedField] = {}
    for name, cost in named(sample, lambda view: wanted[id(view)]):
        one = _rated(views, look, name, cost, first, shown)
        if not all(_hits(one, views, card, target, look) for card, target in shown):
            continue
        key = tuple(tuple(element.order for element in some) for some in one.found)
        if key not in rated or cost < rated[key].cost:
            rated[key] = one
    return sorted(rated.values(), key=lambda one: (one.alike, -round(one.points, 1), one.cost))


def _rated(
    views: CardViews,
    look: FieldLook,
    name: Name,
    cost: float,
    target: Target,
    shown: Sequence[tuple[CardView, Target]],
) -> NamedField:
    found = tuple(tuple(_said(card, look, name, target)) for card in views.cards)
    examples = [one for _, its in shown for one in its.elements]
    points, texts = 0.0, []
    for card, elements in zip(views.cards, found, strict=True):
        if not elements:
            continue
        said = [text_of(one, target) for one in elements]
        texts += said[:1]
        if not all(look.fits(card, one, text) for one, text in zip(elements, said, strict=True)):
            points -= _WRONG
        elif not all(is_like(one, examples) for one in elements):
            points -= _UNLIKE
        else:
            points += 1
    alike = look.distinct and len(texts) >= _FEW and spread(texts) < ALIKE
    return NamedField(name, cost, target.attribute, target.match, found, points / len(views.cards), alike)


def _said(card: CardView, look: FieldLook, name: Name, target: Target) -> Iterator[Element]:
    """Yield what the extraction takes of what `name` names in a card: the first that says anything, or all that do."""
    saying = (one for one in name.every(card.view) if look.says(card, one, text_of(one, target)))
    return saying if look.several else islice(saying, 1)


def _hits(one: NamedField, views: CardViews, card: CardView, target: Target, look: FieldLook) -> bool:
    found = one.found[views.cards.index(card)]
    among = found if look.several else found[:1]
    return any(element is other for element in among for other in target.elements)


def text_of(element: Element, target: Target) -> str:
    """Return what is read of `element` as `target` is read."""
    text = " ".join((element.attributes.get(target.attribute) or "").split()) if target.attribute else element.text
    if target.match:
        found = re.search(target.match, text, re.IGNORECASE)
        return found[found.re.groups and 1] if found else ""
    return text


def is_like(element: Element, examples: Sequence[Element]) -> bool:
    """Return whether `element` is made as one of `examples`: by a telling name, or by its tag where they have none."""
    return any(_is_like(element, one) for one in examples)


def _is_like(element: Element, example: Element) -> bool:
    if element is example:
        return True
    telling = {token for token, cost in tokens(example) if token.startswith((".", "[")) and cost < NAMELESS}
    if telling:
        return not telling.isdisjoint(token for token, _ in tokens(element))
    above, its = example.parent, element.parent
    return element.tag == example.tag and (above is None or its is None or above.tag == its.tag)
