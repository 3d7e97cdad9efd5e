"""Every way to build a list, within a page as sites have them: exactly the articles, with titles and days."""

from __future__ import annotations

import pytest

from tests.detect.sample import days_of, each, find, framed, items_of, stories
from tests.detect.shapes import SHAPES, Shape

every_shape = pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name.replace(" ", "-"))


@every_shape
def test_the_articles_are_found_with_their_titles_and_days(shape: Shape) -> None:
    made = stories(days_apart=40)
    found = find(framed(shape.html(made)))
    assert found.items == items_of(made)
    assert found.days == (days_of(made) if shape.dated else [None] * len(made))
    if shape.summed_up:
        assert [item.summary for item in found.best.items] == [one.summary for one in made]


@every_shape
def test_numbers_instead_of_words_in_the_addresses_change_nothing(shape: Shape) -> None:
    made = stories(folder="https://example.org/index.php?id=", numbered=True)
    assert find(framed(shape.html(made))).items == items_of(made)


@every_shape
def test_a_short_list_is_found(shape: Shape) -> None:
    made = stories()[:4]
    assert find(framed(shape.html(made))).items == items_of(made)


@every_shape
def test_a_most_read_list_as_large_as_the_real_one_is_not_taken(shape: Shape) -> None:
    made, read = stories(), stories(tuple(f"{title}, most read" for title in reversed([s.title for s in stories()])))
    aside = f"<aside><h3>Most read</h3><ol>{each(read, '<li><a href={url}>{title}</a></li>')}</ol></aside>"
    assert find(framed(shape.html(made), aside=aside)).items == items_of(made)
