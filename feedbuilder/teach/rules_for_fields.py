"""What was shown in a card or two -> the rules that may read it in all, the best first, as they are written in TOML.

A rule is a selector; or several, where a list has cards of two makes; or one with an expression, where other words
stand in the same element.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

from feedbuilder.detect.choose_fields.text_rules import without_byline
from feedbuilder.detect.choose_fields.title_without_date import without_date
from feedbuilder.model import FieldRule
from feedbuilder.teach.card_reading import CardReading
from feedbuilder.teach.card_views import CardView, CardViews
from feedbuilder.teach.field_looks import FieldLook
from feedbuilder.teach.field_names import NamedField, is_like, names_of, text_of
from feedbuilder.teach.field_targets import Target, targets
from feedbuilder.teach.taught_page import number_in

_MOST_MAKES = 3
_OF_EACH_MAKE = 3
"""Selectors for one make of card that are put together with those for another."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An example: a card, and what is meant in it."""

    card: CardView
    target: Target

    def fits(self, look: FieldLook) -> bool:
        """Return whether what is meant may be the field at all; one title may be a date where the others are none."""
        element = self.target.elements[0]
        fits = look.says if look.distinct else look.fits
        return fits(self.card, element, text_of(element, self.target))


def rules_for(
    views: CardViews, look: FieldLook, field: str, reading: CardReading, shown: Sequence[Shown]
) -> Iterator[object]:
    """Yield the rules that are worth trying."""
    named = names_of(views, look, [(one.card, one.target) for one in shown])
    for one in named:
        if not one.alike and (one.points > 0 or not look.distinct):
            yield from _forms(one, views, look, field, reading, shown)
    if not named and len(shown) > 1:
        yield from _for_several_makes(views, look, shown)


def _forms(
    one: NamedField,
    views: CardViews,
    look: FieldLook,
    field: str,
    reading: CardReading,
    shown: Sequence[Shown],
) -> Iterator[object]:
    """Yield the rules that `one` may be written as: with what other cards need, without what stands beside."""
    rule = one.rule
    texts = [elements[0].text for elements in one.found if elements]
    if isinstance(rule, str) and one.attribute is None:
        if field == "author":
            rule = without_byline(texts, rule)
        elif field == "title":
            rule = without_date(views.table, texts, rule) or rule
    missed = [card for card, elements in zip(views.cards, one.found, strict=True) if not elements]
    if look.in_each and missed and (more := _for_the_rest(missed, views, look, field, reading, shown)):
        yield [rule, *more]
    yield rule


def _for_the_rest(
    missed: Sequence[CardView],
    views: CardViews,
    look: FieldLook,
    field: str,
    reading: CardReading,
    shown: Sequence[Shown],
) -> list[object]:
    """Return rules for the cards that the new one `missed`, as long as what is read in them was not called wrong.

    They are of another make than the one that was shown, and what was read there so far may well be right.
    """
    wrong = [
        element
        for one in shown
        for number in one.card.card.read_from(reading.rules, field)
        for element in one.card.view.elements
        if number_in(element) == number
    ]
    kept: list[Shown] = []
    for card in missed:
        numbers = set(card.card.read_from(reading.rules, field))
        read = next((one for one in card.view.elements if number_in(one) in numbers), None)
        if read is not None and not is_like(read, wrong) and look.fits(card, read, read.text):
            kept.append(Shown(card, targets(field, card, read, None)[0]))
    if not kept:
        return []
    rule: FieldRule | None = getattr(reading.selectors, field)
    if rule is not None:
        return list(rule)
    return [one.rule for one in names_of(views.only(missed), look, [(kept[0].card, kept[0].target)])[:1]]


def _for_several_makes(views: CardViews, look: FieldLook, shown: Sequence[Shown]) -> Iterator[object]:
    """Yield rules with an alternative for each make of card, where no selector reads all that was shown."""
    makes: list[tuple[list[Shown], list[NamedField]]] = []
    for one in shown:
        for place, (members, _) in enumerate(makes):
            if named := names_of(views, look, [(its.card, its.target) for its in (*members, one)]):
                makes[place] = ([*members, one], named)
                break
        else:
            makes.append(([one], names_of(views, look, [(one.card, one.target)])))
    if len(makes) > _MOST_MAKES:
        return
    options = [list(islice((one for one in named if not one.alike), _OF_EACH_MAKE)) for _, named in makes]
    for some in product(*options):
        # What finds something in fewer cards comes first: behind the other it would never be asked.
        ordered = sorted(some, key=lambda one: sum(map(bool, one.found)))
        yield [one.rule for one in ordered]
