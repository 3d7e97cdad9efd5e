"""What moves in a card is tried all at once: nothing is believed of a place that is not believed of it alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from feedbuilder.extract.field_rules import CardTree, Rules
from feedbuilder.extract.fields import read_card
from feedbuilder.extract.learnt_places import MOST_TRIED, LearntPlaces
from feedbuilder.extract.moving_parts import Watched, moving_parts, without
from feedbuilder.extract.remembered_card import RememberedCard, Role, key_of
from feedbuilder.extract.split_cards import split
from feedbuilder.model import Selectors
from feedbuilder.parse.raw_card import RawCard
from tests.extract.moving_cards import COUNTERS, PIECES, RULES, moving_page

SEVERAL = st.lists(st.sampled_from(PIECES), min_size=1, max_size=7)


class Tried:
    """A card of some layout, as it was read, and how often it has been read since."""

    def __init__(self, layout: list[str], rules: dict[str, Any], number: int) -> None:
        selectors = Selectors.model_validate({"item": ".card", **rules})
        page = moving_page([layout], [0], [number], 0)
        fragment = split(page.body.decode(), "body > .card", between=False).fragments[0]
        self.html, self.rules, self.reads = fragment.html, Rules(selectors), 0
        _, parts = moving_parts(fragment.html, Watched.by(selectors))
        rest = key_of(fragment, without(fragment.html, parts))
        self.card = RememberedCard.of(fragment.html, self.read(fragment.html), b"", parts, rest)
        self.places = [place for place, role in enumerate(self.card.roles) if role is not Role.READ]

    def read(self, html: str) -> RawCard:
        self.reads += 1
        return replace(read_card(CardTree(html, None), self.rules), anchor=None)  # as of a card that leads somewhere

    def standing(self, *places: int) -> Mapping[int, bool]:
        """Return which of these places stand the trial of all of them; none were read before."""
        self.reads = 0
        return self.card.standing(places, self.html, self.read)


@settings(max_examples=100, deadline=None)
@given(SEVERAL, st.sampled_from(RULES), st.integers(0, 130))
def test_what_is_believed_of_all_is_believed_of_each(layout: list[str], rules: dict[str, Any], number: int) -> None:
    tried = Tried(layout, rules, number)
    alone = {place: tried.standing(place)[place] for place in tried.places}
    at_once = tried.standing(*tried.places) if tried.places else {}
    assert [place for place, stands in at_once.items() if stands and not alone[place]] == []


def test_a_card_is_read_twice_for_all_places_of_which_nothing_is_read() -> None:
    tried = Tried(list(COUNTERS.values()), {"title": "p", "link": "p a", "date": ".d"}, 12)
    assert len(tried.places) > 10
    assert all(tried.standing(*tried.places).values())
    assert tried.reads == 2


def test_one_place_that_is_read_takes_none_of_the_others_with_it() -> None:
    tried = Tried(
        [*COUNTERS.values(), '<p class="t">{n} Nov 2026</p>'],
        {"title": "p", "link": "p a", "date": ".d", "summary": [".t", ".u"]},
        12,
    )
    stands = tried.standing(*tried.places)
    assert [tried.card.parts[place].value for place, one in stands.items() if not one] == ["12 Nov 2026"]
    assert tried.reads < len(tried.places)


def test_what_only_several_places_together_change_is_believed_of_none_of_them() -> None:
    """Two numbers that are alike are said once; each alone stays what it was when the other one changes."""
    tried = Tried(["<i>{n}</i><b>{n}</b>"], {"title": "p"}, 12)
    whole = tried.card

    def read(html: str) -> RawCard:
        numbers = [part.value for part in moving_parts(html, Watched.by(Selectors(item="p")))[1] if part.is_text]
        return replace(whole.card, summary="moved" if "12" not in numbers else None)

    assert len(tried.places) >= 2
    texts = [place for place in tried.places if whole.parts[place].is_text]
    assert whole.standing(texts, tried.html, read) == dict.fromkeys(texts, False)
    assert all(whole.standing([place], tried.html, read)[place] for place in texts)


def test_of_many_parts_in_one_place_as_many_are_tried_as_need_be() -> None:
    places = LearntPlaces()
    parts = [(number, "a") for number in range(50)] + [(50 + number, f"b{number}") for number in range(200)]
    tried = places.open_among(parts)
    assert tried[:3] == [0, 1, 50]
    assert len(tried) == MOST_TRIED
    for _ in range(2):
        places.note("a", stands=False)
    assert places.open_among(parts)[0] == 50
