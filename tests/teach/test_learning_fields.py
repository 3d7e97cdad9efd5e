"""A field shown in one card is read in all: what is clicked, what is meant by it, and what the other cards need."""

from __future__ import annotations

import pytest

from feedbuilder.teach import Unteachable
from tests.teach.pages import TITLES, clicked, page, read, selectors, stories, taught

CARDS = "".join(
    f'<article class="card"><a class="rubric" href="/rubric/{number % 2}">Rubric {number % 2}</a>'
    f'<div class="headline"><a href="/news/{title.lower().replace(" ", "-")}">{title}</a></div>'
    f'<p class="meta">By <span class="who">Ann Miller{number}</span> on <span class="when">{day}</span></p>'
    f'<p class="lead">This is why {title.lower()}, in a few words.</p>'
    f'<ul class="topics"><li><a href="/t/{number}">Topic {number}</a></li><li><a href="/t/x">All of it</a></li></ul>'
    f'<div class="pic"><img src="/i/{number}.jpg"></div></article>'
    for number, title, day in stories()
)
WRONG = selectors(".card", title=".rubric", link=".headline a", date=".rubric", summary=".rubric", author=".lead")


def test_title() -> None:
    where = page(CARDS)
    after = taught(where, WRONG, "title", TITLES[2]).selectors
    assert read(where, after, "title") == list(TITLES)


def test_date_in_a_line_of_other_words() -> None:
    where = page(CARDS)
    after = taught(where, WRONG, "date", "17 November 2026").selectors
    assert [said and said.at.day for said in read(where, after, "published")] == [19, 18, 17, 16, 15, 14]


def test_summary() -> None:
    where = page(CARDS)
    after = taught(where, WRONG, "summary", f"This is why {TITLES[0].lower()}, in a few words.").selectors
    assert read(where, after, "summary") == [f"This is why {title.lower()}, in a few words." for title in TITLES]


def test_author() -> None:
    where = page(CARDS)
    after = taught(where, WRONG, "author", "Ann Miller3").selectors
    assert read(where, after, "authors") == [(f"Ann Miller{number}",) for number in range(6)]


def test_one_tag_of_several() -> None:
    where = page(CARDS)
    after = taught(where, WRONG, "tags", "Topic 1").selectors
    assert read(where, after, "tags") == [(f"Topic {number}", "All of it") for number in range(6)]


def test_the_same_text_everywhere_is_no_title() -> None:
    where = page(CARDS.replace("Rubric 0", "News").replace("Rubric 1", "News"))
    outcome = clicked(where, selectors(".card", title=".headline", link=".headline a"), "title", "News", tag="a")
    assert isinstance(outcome, Unteachable)
    assert "in nearly every article" in outcome.reason


@pytest.mark.parametrize("field", ["title", "author", "summary"])
def test_a_click_outside_of_the_cards(field: str) -> None:
    outcome = clicked(page(f"<h1>The town</h1>{CARDS}"), WRONG, field, "The town")
    assert isinstance(outcome, Unteachable)
    assert "stands outside of the articles" in outcome.reason
