"""Stories appear as the clock advances, always the same ones, without end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from feedbuilder.newsroom import DEMO_START, HandClock, Newsroom, Story, at
from feedbuilder.newsroom.asia_stories import ASIA_STORIES
from feedbuilder.newsroom.invented_stories import INVENTED, PLANNED, appearance
from feedbuilder.newsroom.layouts import entries
from feedbuilder.newsroom.seed_stories import SEED_STORIES
from feedbuilder.newsroom.wire import EVENTS, PLACES, made

FIRST = timedelta(seconds=40)


def slugs(newsroom: Newsroom) -> set[str]:
    return {story.slug for story in newsroom.stories()}


def test_the_demonstration_starts_at_five_past_three_in_dubai() -> None:
    assert datetime(2026, 2, 6, 11, 5, tzinfo=UTC) == DEMO_START == HandClock()()


def test_it_starts_with_what_has_been_published(newsroom: Newsroom) -> None:
    assert slugs(newsroom) == {story.slug for story in (*SEED_STORIES, *INVENTED, *ASIA_STORIES)}


def test_a_story_appears_when_its_time_comes(newsroom: Newsroom, clock: HandClock) -> None:
    before = slugs(newsroom)
    clock.advance(FIRST - timedelta(seconds=1))
    assert slugs(newsroom) == before
    clock.advance(timedelta(seconds=1))
    assert slugs(newsroom) - before == {"coastal-towns-test-a-common-evacuation-plan"}


def test_a_story_of_the_seed_appears_at_its_time() -> None:
    newsroom = Newsroom(HandClock(at("2026-02-06 14:27")))
    assert "iran" not in newsroom.respond("/tags/world-news").text.lower()
    newsroom.clock = HandClock(at("2026-02-06 14:28"))
    assert "Iran and US" in newsroom.respond("/tags/world-news").text


def test_a_clock_that_is_put_back_hides_them_again(newsroom: Newsroom, clock: HandClock) -> None:
    before = slugs(newsroom)
    clock.advance(timedelta(hours=1))
    assert slugs(newsroom) > before
    clock.advance(timedelta(hours=-1))
    assert slugs(newsroom) == before


def test_a_new_story_is_not_always_at_the_top(newsroom: Newsroom, clock: HandClock) -> None:
    clock.advance(appearance(4))
    before = slugs(newsroom)
    clock.advance(appearance(5) - appearance(4))
    (new,) = slugs(newsroom) - before
    listed = [story.slug for story in entries(newsroom.stories())]
    assert listed.index(new) > 3
    assert newsroom._stories[new].published == at("2026-02-06 14:28")


def test_the_page_shows_what_has_appeared(newsroom: Newsroom, clock: HandClock) -> None:
    title = PLANNED[0].title
    assert title not in newsroom.respond("/tags/world-news").text
    clock.advance(FIRST)
    assert title in newsroom.respond("/tags/world-news").text
    assert newsroom.respond(PLANNED[0].path).status == 200


def test_the_pace_falls_but_never_ends() -> None:
    gaps = [appearance(number + 1) - appearance(number) for number in range(100)]
    assert gaps == sorted(gaps)
    assert (gaps[0], gaps[30], gaps[-1]) == (FIRST, timedelta(minutes=2), timedelta(minutes=10))


def test_a_day_later_there_are_stories_of_that_day(newsroom: Newsroom, clock: HandClock) -> None:
    clock.advance(timedelta(days=1))
    newest = entries(newsroom.stories())[0]
    assert clock() - newest.published < timedelta(minutes=31)
    assert newest.title in newsroom.respond("/all-news").text


def test_two_newsrooms_tell_the_same_story() -> None:
    later = HandClock(DEMO_START + timedelta(hours=5))
    assert set(Newsroom(later).stories()) == set(Newsroom(later).stories())


def test_made_titles_repeat_only_when_all_parts_have_met() -> None:
    titles = [made(number).title for number in range(1, len(EVENTS) * len(PLACES) + 1)]
    assert len(set(titles)) == len(titles)


@given(st.integers(1, 20_000))
def test_no_story_is_dated_after_it_appears(number: int) -> None:
    story = made(number)
    assert story.listed > DEMO_START
    assert story.published <= story.listed
    assert story.published.second == 0
    assert story.slug.endswith(f"-{number}")


def test_a_story_may_be_added_for_later(newsroom: Newsroom, clock: HandClock) -> None:
    newsroom.add(
        Story("late", "Late", "world", ("World News",), at("2026-02-06 09:00"), "…", appears=at("2026-02-06 16:00"))
    )
    assert "late" not in slugs(newsroom)
    clock.advance(timedelta(hours=1))
    assert "late" in slugs(newsroom)
