"""One list in cards of several kinds: each kind keeps its own places, and what is no article is left out."""

from __future__ import annotations

from datetime import UTC, datetime

from feedbuilder.detect import Candidate, detect
from feedbuilder.model import Page

TITLES = (
    "A Bridge Opens Across the Strait",
    "Council Votes for Night Buses on Every Line",
    "Museum Finds a Map That Was Lost",
    "Ferry Line Merges With Its Rival",
    "Three Schools Now Share One Kitchen",
    "The Last Lighthouse Keeper Retires",
    "Harbour Cranes Get a Coat of Red",
    "Market Hall Stays Open on Sundays",
)


def best(cards: str) -> Candidate:
    html = f"<html><body><main><h1>News</h1><div class='stories'>{cards}</div></main></body></html>"
    return detect(Page("https://strait.example/news", html.encode(), datetime(2026, 2, 9, tzinfo=UTC))).candidates[0]


def card(kind: str, number: int, *, folder: str = "news", heading: str = "h3", date: str = "when") -> str:
    slug = TITLES[number].lower().replace(" ", "-")
    return (
        f'<div class="{kind}"><{heading} class="name"><a href="/{folder}/{slug}">{TITLES[number]}</a></{heading}>'
        f'<span class="{date}">Feb. {number + 1}, 2026</span></div>'
    )


def titles(candidate: Candidate) -> list[str | None]:
    return [item.title for item in candidate.items]


def test_the_same_list_in_large_and_small_cards_is_read_from_both_with_the_dates_of_both() -> None:
    large = "".join(card("large-story", number, heading="h2", date="posted") for number in range(3))
    small = "".join(card("small-story", number, heading="h5", date="when") for number in range(1, 8))
    found = best(f"<div class='top'>{large}</div><ul>{small}</ul>")
    assert titles(found) == list(TITLES)
    assert [item.published.at.day for item in found.items if item.published] == list(range(1, 9))


def test_videos_among_the_stories_are_left_out_by_their_name() -> None:
    stories = "".join(card("story", number) for number in range(6))
    videos = "".join(card("story video-story", number, folder="video") for number in (6, 7))
    found = best(stories + videos)
    assert titles(found) == list(TITLES[:6])
    assert ":not(.video-story)" in (found.selectors.item or "")


def test_a_story_that_has_a_video_stays_a_story() -> None:
    cards = "".join(card("story video-story" if number == 3 else "story", number) for number in range(8))
    assert titles(best(cards)) == list(TITLES)


def test_a_list_of_videos_is_a_list() -> None:
    cards = "".join(card("story video-story", number, folder="video") for number in range(8))
    assert titles(best(cards)) == list(TITLES)
