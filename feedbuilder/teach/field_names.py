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
    judge = _Judge(look, shown)
    rated: dict[tuple[tuple[int, ...], ...], NamedField] = {}
    for name, cost in named(sample, lambda view: wanted[id(view)]):
        if not all(judge.hits(name, card, target) for card, target in shown):
            continue
        one = _rated(views, judge, name, cost)
        key = tuple(tuple(element.order for element in some) for some in one.found)
        if key not in rated or cost < rated[key].cost:
            rated[key] = one
    return sorted(rated.values(), key=lambda one: (one.alike, -round(one.points, 1), one.cost))


def _rated(views: CardViews, judge: _Judge, name: Name, cost: float) -> NamedField:
    found = tuple(tuple(judge.said(name, card)) for card in views.cards)
    points, texts = 0.0, []
    for card, elements in zip(views.cards, found, strict=True):
        if not elements:
            continue
        judged = [judge.judged(card, one) for one in elements]
        texts.append(judged[0].text)
        points += min(one.points for one in judged)
    look, target = judge.look, judge.target
    alike = look.distinct and len(texts) >= _FEW and spread(texts) < ALIKE
    return NamedField(name, cost, target.attribute, target.match, found, points / len(views.cards), alike)


@dataclass(frozen=True, slots=True)
class _Judged:
    """What becomes of an element that a name finds."""

    text: str
    says: bool
    points: float


class _Judge:
    """Looks at elements, at each once: many names find the same ones."""

    def __init__(self, look: FieldLook, shown: Sequence[tuple[CardView, Target]]) -> None:
        self.look = look
        self.target = shown[0][1]
        self._examples = [one for _, its in shown for one in its.elements]
        self._judged: dict[tuple[int, int], _Judged] = {}

    def judged(self, card: CardView, element: Element) -> _Judged:
        """Return what `element` of a card says, and what it speaks for a name that finds it."""
        key = (id(card), element.order)
        if key not in self._judged:
            text = text_of(element, self.target)
            if not self.look.fits(card, element, text):
                points = -_WRONG
            else:
                points = 1.0 if is_like(element, self._examples) else -_UNLIKE
            self._judged[key] = _Judged(text, self.look.says(card, element, text), points)
        return self._judged[key]

    def said(self, name: Name, card: CardView) -> Iterator[Element]:
        """Yield what the extraction takes of what `name` names: the first that says anything, or all that do."""
        saying = (one for one in name.every(card.view) if self.judged(card, one).says)
        return saying if self.look.several else islice(saying, 1)

    def hits(self, name: Name, card: CardView, target: Target) -> bool:
        """Return whether `name` finds what was shown in a card."""
        return any(element is other for element in self.said(name, card) for other in target.elements)


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
