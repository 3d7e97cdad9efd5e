"""A summary that a list cuts is completed from the article's page, and nothing else is made of what pages describe."""

from __future__ import annotations

import pytest

from feedbuilder.model import Item
from tests.article.conftest import Reader

LEAD = "The bridge over the strait opened on Monday, eleven years after the first stone was laid."
SECOND = "Ferries will go on for a year."
TITLE = "A Bridge Opens Across the Strait"


def page(*paragraphs: str, head: str = "") -> str:
    text = "".join(f"<p>{one}</p>" for one in paragraphs)
    return (
        f"<html><head><title>{TITLE}</title>{head}</head><body><article><h1>{TITLE}</h1>{text}</article></body></html>"
    )


def described(text: str, name: str = "description") -> str:
    return f'<meta name="{name}" content="{text}">'


def completed(read: Reader, html: str, listed: str | None) -> str | None:
    return read(html, listed=Item("strait.example/news/bridge-opens", "", TITLE, listed)).summary


@pytest.mark.parametrize(
    "cut", [LEAD[:43], LEAD[:50] + "…", LEAD[:48] + " [...]", LEAD[:48] + " [&hellip;]", LEAD[:-1]]
)
def test_it_is_completed_by_the_first_paragraph(read: Reader, cut: str) -> None:
    assert completed(read, page(LEAD, SECOND), cut.replace("&hellip;", "…")) == LEAD


@pytest.mark.parametrize("name", ["description", "og:description", "twitter:description"])
def test_it_is_completed_by_the_description(read: Reader, name: str) -> None:
    assert completed(read, page(SECOND, head=described(LEAD, name)), LEAD[:43]) == LEAD


def test_it_is_completed_by_the_data(read: Reader) -> None:
    data = f'{{"@type": "NewsArticle", "headline": "{TITLE}", "description": "{LEAD}"}}'
    assert completed(read, page(SECOND, head=f'<script type="application/ld+json">{data}</script>'), LEAD[:43]) == LEAD


def test_one_that_goes_on_into_the_next_paragraph_is_completed_by_both(read: Reader) -> None:
    """Excerpts are counted in words, and know no paragraphs."""
    assert completed(read, page(LEAD, SECOND, "More."), f"{LEAD} {SECOND[:12]}") == f"{LEAD} {SECOND}"


def test_of_two_cuts_the_whole_text_is_taken(read: Reader) -> None:
    """Descriptions are cut too, at another length."""
    for cut in (LEAD[:60], LEAD[:60] + "…", LEAD[:43]):
        assert completed(read, page(LEAD, head=described(cut)), LEAD[:43] + "…") == LEAD


def test_the_description_is_taken_before_a_longer_paragraph(read: Reader) -> None:
    assert completed(read, page(f"{LEAD} {SECOND}", head=described(LEAD)), LEAD[:43]) == LEAD


def test_of_a_long_paragraph_the_sentence_is_completed(read: Reader) -> None:
    """A page may hold its whole text in one paragraph."""
    assert completed(read, page(f"{LEAD} " + SECOND * 60), LEAD[:43]) == LEAD


@pytest.mark.parametrize(
    "listed",
    [
        pytest.param(None, id="no summary is made up"),
        pytest.param(LEAD[:43].replace("Monday", "Sunday"), id="of something else"),
        pytest.param("The bridge…", id="too short to tell"),
        pytest.param("The bridge over the strait opened on Monday.", id="a whole sentence"),
        pytest.param("Bridge!", id="whole and short"),
    ],
)
def test_what_is_whole_or_something_else_stays(read: Reader, listed: str | None) -> None:
    assert completed(read, page(LEAD, SECOND, head=described(f"{LEAD} {SECOND}")), listed) is None


def test_a_page_that_cuts_at_the_same_place_completes_nothing(read: Reader) -> None:
    cut = LEAD[:43]
    assert completed(read, page(SECOND, head=described(cut)), f"{cut}…") is None
    assert completed(read, page(SECOND, head=described(f"{LEAD[:60]}…")), f"{cut}…") is None
