"""Where a field stands, shown in a card or two -> the selector that reads it in every card.

Owns the order of trying; what a click may mean is in `field_targets`, how selectors are judged in `field_names`, and
what is told where nothing can be learnt in `why_unteachable`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from feedbuilder.extract import FOUND, title_doubts
from feedbuilder.model import Selectors
from feedbuilder.teach.card_reading import CardReading
from feedbuilder.teach.card_views import CardViews
from feedbuilder.teach.field_looks import LOOKS, FieldLook
from feedbuilder.teach.field_names import is_like
from feedbuilder.teach.field_targets import Target, of_kind, targets
from feedbuilder.teach.group_heading import learn_group
from feedbuilder.teach.outcome import Taught, Unteachable
from feedbuilder.teach.rules_for_fields import Shown, rules_for
from feedbuilder.teach.selector_changes import changes, with_rules
from feedbuilder.teach.taught_page import TaughtPage, number_in
from feedbuilder.teach.why_unteachable import nothing_there, outside, why_unteachable

Example = tuple[int, int] | tuple[int, int, str | None]
"""The place of a card in the list, the number of the element in it, and perhaps the attribute that is meant."""

_HEADED = 0.6
"""The share of cards with headings from which on those are the titles, wherever the links lead."""
_TRIED = 6
"""Rules for one meaning of the click that the ordinary extraction is run with."""


def learn_field(
    page: TaughtPage, selectors: Selectors, field: str, examples: Sequence[Example]
) -> Taught | Unteachable:
    """Return `selectors` with a rule for `field` that reads all `examples`, and as many of the other cards as may be.

    `field` is one of LOOKS; `examples` are all that a person has shown so far. Raises ExtractError for selectors that
    are not valid.
    """
    look = LOOKS[field]
    reading = page.read(selectors)
    if reading.listing.sheet is None:
        return Unteachable(
            "The articles are read from data and not from elements of the page, so that nothing can be clicked: "
            f"write the path of the {look.words} by hand, or choose a list of the page's elements first."
        )
    views = CardViews.of(page, reading)
    meanings: list[tuple[Shown, list[Target]]] = []
    for _, number, *rest in examples:
        element = page.by_number.get(number)
        card = views.holding(element) if element is not None else None
        if element is not None and card is None and field == "date":
            return learn_group(page, reading, views, element)
        if element is None or card is None:
            return Unteachable(outside(page, look, element))
        found = targets(field, card, element, rest[0] if rest else None)
        if not found:
            return Unteachable(nothing_there(look, element))
        meanings.append((Shown(card, found[0]), found))
    if not meanings:
        return Unteachable(f"Nothing was shown: click the {look.words} in one of the articles.")
    already: Taught | None = None
    if _reads(page, reading, field, look, [shown for shown, _ in meanings]):
        already = Taught(selectors, (), len(reading.items), _doubts(page, reading, field, look))
        if _count(reading, field) == len(reading.items):
            return already
    for meant in meanings[0][1]:
        chosen = [Shown(one.card, of_kind(found, meant) or found[0]) for one, found in meanings]
        if field != "date" and not all(one.fits(look) for one in chosen):
            continue  # of dates only reading them tells
        for after in _readings(page, views, reading, field, look, chosen):
            if already is not None and _count(after, field) <= _count(reading, field):
                continue  # what is read already is as good
            if len(after.items) >= len(reading.items) and _reads(page, after, field, look, chosen):
                if _count(after, field) < _count(reading, field) and _say_the_same(reading, after, field, chosen):
                    # Who clicks what is read already, or a part of it, takes nothing from the other cards.
                    already = Taught(selectors, (), len(reading.items), _doubts(page, reading, field, look))
                    continue
                return Taught(
                    after.selectors,
                    changes(selectors, after.selectors),
                    len(after.items),
                    _doubts(page, after, field, look),
                )
    return already or Unteachable(why_unteachable(page, views, field, look, meanings[0], len(meanings)))


def _readings(
    page: TaughtPage,
    views: CardViews,
    reading: CardReading,
    field: str,
    look: FieldLook,
    shown: Sequence[Shown],
) -> Iterator[CardReading]:
    """Yield what the page gives with each of the rules that are worth trying, the best first."""
    rules = islice(rules_for(views, look, field, reading, shown), _TRIED)
    by_rule = (
        page.read(with_rules(reading.selectors, {field: rule} | _beside(reading, field, rule))) for rule in rules
    )
    if getattr(reading.selectors, field) is None:
        yield from by_rule
        return
    best = next(by_rule, None)
    default = page.read(with_rules(reading.selectors, {field: None}))
    if _reads(page, default, field, look, shown) and (best is None or _count(default, field) >= _count(best, field)):
        yield default
    if best is not None:
        yield best
    yield from by_rule


def _beside(reading: CardReading, field: str, rule: object) -> dict[str, object]:
    """Return what a rule needs besides: where the link is chosen by one, nothing takes its text for the title."""
    if field != "link" or reading.selectors.title is not None or not isinstance(rule, str):
        return {}
    headed = sum(bool(card.raw.headings) for cards in reading.cards for card in cards)
    return {} if headed > _HEADED * sum(map(len, reading.cards)) else {"title": rule}


def _reads(page: TaughtPage, reading: CardReading, field: str, look: FieldLook, shown: Sequence[Shown]) -> bool:
    """Return whether `field` is read from all that was `shown`, and something comes of it."""
    rule = getattr(reading.selectors, field) or ()
    picked = {pick.attribute for one in rule for pick in one.picks}
    for one in shown:
        numbers = {number_in(element) for element in one.target.elements}
        place = reading.by_number.get(next(iter(one.card.card.numbers)))
        if place is None or not _says(reading, place, field):
            return False
        card = next(card for card in reading.cards[place] if not numbers.isdisjoint(card.numbers))
        read = card.read_from(reading.rules, field)
        if numbers.isdisjoint(read if look.several else read[:1]):
            return False
        if look.several and not all(is_like(element, one.target.elements) for element in page.visible(read)):
            return False
        if one.target.attribute not in (None, "datetime", *picked):
            return False
        if field == "date" and len(rule) > 1 and not _is_date(page, reading, one):
            return False
    return True


def _is_date(page: TaughtPage, reading: CardReading, shown: Shown) -> bool:
    """Return whether what was `shown` gives a date of its own: other alternatives may stand in for it."""
    number = next(iter(shown.card.card.numbers))
    for alternative in reading.selectors.date or ():
        alone = page.read(with_rules(reading.selectors, {"date": [alternative]}))
        place = alone.by_number.get(number)
        if place is not None and alone.read_from("date", place):
            return _says(alone, place, "date")
    return False


def _says(reading: CardReading, place: int, field: str) -> bool:
    return field not in FOUND or bool(getattr(reading.items[place], FOUND[field]))


def _say_the_same(one: CardReading, other: CardReading, field: str, shown: Sequence[Shown]) -> bool:
    """Return whether two readings say the same of `field` in the cards in which it was shown."""
    numbers = [next(iter(each.card.card.numbers)) for each in shown]
    return field in FOUND and all(
        getattr(one.items[one.by_number[number]], FOUND[field])
        == getattr(other.items[other.by_number[number]], FOUND[field])
        for number in numbers
    )


def _count(reading: CardReading, field: str) -> int:
    return sum(_says(reading, place, field) for place in range(len(reading.items)))


def _doubts(page: TaughtPage, reading: CardReading, field: str, look: FieldLook) -> tuple[str, ...]:
    """Return what a person should look at, now that `field` is read so."""
    found = list(page.doubts_about(reading))
    silent = len(reading.items) - _count(reading, field)
    if silent:
        found.append(f"It reads nothing in {silent} of {len(reading.items)} articles.")
    if field == "title":
        found += (doubt[:1].upper() + doubt[1:] for doubt in title_doubts(reading.items))
    if look.words == "picture":
        pictures = [item.image for item in reading.items if item.image]
        if len(pictures) > 2 and len(set(pictures)) == 1:
            found.append("All articles get the same picture.")
    return tuple(found)
