"""Every way to build a list, within a page as sites have them: exactly its articles, titles, days and summaries."""

from __future__ import annotations

import re

import pytest

from tests.detect.sample import days_of, each, find, framed, items_of, stories
from tests.detect.shapes import SHAPES, Shape

every_shape = pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name.replace(" ", "-"))


@every_shape
def test_the_articles_are_read_whole_beside_a_most_read_list_as_large(shape: Shape) -> None:
    made = stories(days_apart=40)
    read = stories(tuple(f"{story.title}, most read" for story in reversed(made)))
    aside = f"<aside><h3>Most read</h3><ol>{each(read, '<li><a href={url}>{title}</a></li>')}</ol></aside>"
    found = find(framed(shape.html(made), aside=aside))
    assert found.items == items_of(made)
    assert found.days == (days_of(made) if shape.dated else [None] * len(made))
    if shape.summed_up:
        assert [item.summary for item in found.best.items] == [one.summary for one in made]
    item = found.best.selectors.item or ""
    assert len(item) <= 40
    assert not re.search(r":nth|\[", item), "it counts places although things have names"


@every_shape
def test_four_articles_whose_addresses_hold_numbers_are_a_list(shape: Shape) -> None:
    made = stories(folder="https://example.org/index.php?id=", numbered=True)[:4]
    assert find(framed(shape.html(made))).items == items_of(made)
