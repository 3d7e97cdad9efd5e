"""What was learnt is what the ordinary extraction reads: on pages of any make, also where markup is broken."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedbuilder.extract import FOUND, extract
from feedbuilder.model import ExtractError, Selectors
from feedbuilder.teach import Taught, learn_field, learn_list
from tests.teach.pages import TITLES, number_of, page, selectors

TAGS = ("div", "p", "span", "b", "h3", "li", "em", "td")
NAMES = ("", "a", "title", "when", "css-1x2y3z", "card", "meta last")


@st.composite
def parts(draw: st.DrawFn) -> list[tuple[str, str]]:
    """Draw the tags and classes that each card has in this order, around what it says."""
    return draw(st.lists(st.tuples(st.sampled_from(TAGS), st.sampled_from(NAMES)), min_size=4, max_size=6))


@st.composite
def pages(draw: st.DrawFn) -> tuple[str, str]:
    """Draw a page with five cards, and the item selector that finds them."""
    made, outer = draw(parts()), draw(st.sampled_from(("article", "li", "div", "tr")))
    missing = draw(st.integers(0, 9))
    cards = []
    for number, title in enumerate(TITLES[:5]):
        texts = [
            f'<a href="/news/{number}-{title[:6]}">{title}</a>',
            f"1{number} November 2026",
            f"Ann{number}",
            "Town",
        ]
        texts += [f"Why {title.lower()}, told in many more words than a title has."] * 2
        inner = "".join(
            f'<{tag} class="{name}">{text}</{tag}>'
            for place, ((tag, name), text) in enumerate(zip(made, texts, strict=False))
            if not (place > 1 and number * 2 + place == missing)
        )
        cards.append(f'<{outer} class="it">{inner}</{outer}>')
    around = {"tr": "<table>{}</table>", "li": "<ul>{}</ul>"}.get(outer, "<main>{}</main>")
    return around.format("".join(cards)), ".it"


@given(pages(), st.sampled_from(("title", "date", "summary", "author", "tags")), st.integers(0, 4), st.data())
@settings(max_examples=60, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_field_is_read_where_it_was_shown(
    drawn: tuple[str, str], field: str, place: int, data: st.DataObject
) -> None:
    where, by = page(drawn[0]), selectors(drawn[1])
    cards = where.read(by).cards
    if place >= len(cards):
        return
    number = data.draw(st.sampled_from(sorted(cards[place][0].numbers)))
    outcome = learn_field(where, by, field, [(place, number)])
    if not isinstance(outcome, Taught):
        assert outcome.reason.endswith((".", "?"))
        return
    assert outcome.selectors == by or getattr(outcome.selectors, field) != getattr(by, field) or outcome.selectors.group
    published = extract(where.page, where.source(outcome.selectors))
    assert published == where.items(outcome.selectors)
    assert len(published) == outcome.cards
    read = where.numbers_of_field(outcome.selectors, field, place)
    assert bool(read) or outcome.selectors.group
    assert getattr(published[place], FOUND[field])
    if field in ("author", "tags"):
        said = getattr(published[place], FOUND[field])
        assert any(name in where.text_of(number) for name in said for number in read)


@given(pages(), st.sets(st.integers(0, 60), max_size=2), st.sets(st.integers(0, 60), max_size=2))
@settings(max_examples=60, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_list_holds_what_was_shown(drawn: tuple[str, str], wanted: set[int], unwanted: set[int]) -> None:
    where, by = page(drawn[0]), selectors(drawn[1])
    before = where.items(by)
    if not before:
        return
    outcome = learn_list(where, by, wanted, unwanted)
    if not isinstance(outcome, Taught):
        assert outcome.reason.endswith(".")
        return
    after = extract(where.page, where.source(outcome.selectors, outcome.settings))
    assert len(after) == outcome.cards
    links = {item.link for item in before}
    assert set(outcome.came) == {item.link for item in after} - links
    assert set(outcome.went) == links - {item.link for item in after}


BROKEN = (
    '<table><tr class="it"><td><a href="/news/1-x">{0}</a></td></tr><b><tr class="it"><td><p><a href="/news/2-x">{1}'
    '<tr class="it"><td><a href="/news/3-x">{2}<a href="/news/3-x">again</a></table>'
)


def test_broken_markup_is_read_as_it_will_be_published_or_told() -> None:
    where = page(BROKEN.format(*TITLES))
    outcome = learn_field(where, selectors(".it"), "title", [(0, number_of(where, TITLES[0]))])
    assert isinstance(outcome, Taught)
    published = extract(where.page, where.source(outcome.selectors))
    assert published == where.items(outcome.selectors) or any("brokenly" in doubt for doubt in outcome.doubts)


def test_selectors_that_are_no_css_are_an_error() -> None:
    with pytest.raises(ExtractError, match="is not valid"):
        learn_field(page("<p>x"), Selectors.model_validate({"item": "div[["}), "title", [(0, 3)])
