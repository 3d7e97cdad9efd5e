"""Which elements of a card are authors and tags, as pages build them: the smallest card that shows each rule."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from feedbuilder.detect import Candidate, detect
from feedbuilder.model import Page
from feedbuilder.parse.byline_words import without_byline_words

STORIES = (
    "Harbour Bridge Reopens After Eleven Months of Repairs",
    "Night Market Draws Record Crowd to the Old Quay",
    "Ministers Weigh New Rules for the Desert Rail Line",
    "Chess Union Names a Director From the Youth League",
    "Solar Park Wins Approval on a Narrow Council Vote",
    "Ferry Route to the Islands Faces Another Delay",
)
NAMES = ("Ada Quay", "Ben Stone", "Cleo March")


def best(card: str, host: str = "harbour.example") -> Candidate:
    """Return the list that is found where `card` is the end of each card: {n} its number, {name} one of three names."""
    cards = "".join(
        f"<article><h3><a href='/news/{title.lower().replace(' ', '-')}'>{title}</a></h3>"
        f"{card.replace('{n}', str(n)).replace('{name}', NAMES[n % 3])}</article>"
        for n, title in enumerate(STORIES)
    )
    html = f"<html lang=en><title>x</title><main>{cards}</main>".encode()
    return detect(Page(f"https://{host}/world", html, datetime(2026, 2, 6, tzinfo=UTC))).candidates[0]


@pytest.mark.parametrize(
    "card",
    [
        pytest.param(
            "<div class='author-box'>By <a href='#'>{name}</a></div><div class=date>Feb. {n}1, 2026</div>", id="by"
        ),
        pytest.param(
            "<div class='author-box'>\n  By\n {name}</div><div class=date>5 May 2026</div>", id="spaces and lines"
        ),
        pytest.param("<p class='byline'>Posted by {name}</p>", id="posted by"),
        pytest.param("<span class='post-author'>{name}</span>", id="no word"),
        pytest.param("<span class='autor'>Von {name}</span>", id="a word that begins names too"),
    ],
)
def test_an_author_is_a_name_without_the_word_before_it(card: str) -> None:
    assert [item.authors for item in best(card).items] == [(NAMES[n % 3],) for n in range(6)]


def test_by_goes_where_only_some_cards_have_it() -> None:
    items = best("<div class='author-box'>{n}{name}</div>".replace("{n}", "<!--{n}-->")).items
    assert items[0].authors == ("Ada Quay",)
    mixed = best("<div class='author-box'><b>{name}</b></div>").items
    assert [item.authors for item in mixed] == [(NAMES[n % 3],) for n in range(6)]


def test_a_word_that_begins_names_stays_where_few_names_have_it() -> None:
    card = "<span class='autor'>{name}</span>"
    html = best(card).items
    assert html[0].authors == ("Ada Quay",)
    assert without_byline_words("Von der Leyen") == "Von der Leyen"
    assert without_byline_words("Byron Di Stefano") == "Byron Di Stefano"


def test_a_bare_element_is_no_selector_for_authors() -> None:
    found = best("<div class='author-a{n}x77q'>By {name}</div><div>5 May 2026</div>").selectors.author
    assert found is None or "div" not in [str(reading.select) for reading in found]


@pytest.mark.parametrize(
    ("card", "tags"),
    [
        pytest.param("<span class=tag>{name}</span>", True, id="tags"),
        pytest.param("<span class=label>Category</span><span class=label>Product</span>", False, id="labels"),
        pytest.param("<span class=tag>Coast</span>", False, id="all cards share it"),
        pytest.param("<span class=tag>Harbour Post</span>", False, id="the site"),
        pytest.param("<span class=tag>Breaking News</span>", False, id="a stock keyword"),
    ],
)
def test_tags_tell_stories_apart(card: str, tags: bool) -> None:
    found = best(card, host="harbourpost.example")
    assert (found.selectors.tags is not None) is tags
    assert any(item.tags for item in found.items) is tags
