"""When finished readings are published."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from feedbuilder.pipeline.gathering import GATHER, Gathering

NOW = datetime(2026, 2, 6, 11, 0, tzinfo=UTC)
LONGEST_WAIT = timedelta(seconds=3)
"""What is promised: a saved story is in its feed by then, if publishing itself takes less than a second."""


def waits(ends: list[timedelta], takes: timedelta) -> list[timedelta]:
    """Return how long what each reading saved had to wait for its feed; each publication `takes` so long."""
    gathering, due, publishing_until = Gathering(), None, None
    open_stories: list[timedelta] = []  # saved, not in a publication yet
    in_hand: list[timedelta] = []
    waited: list[timedelta] = []
    readings = sorted(ends)
    while readings or due is not None or publishing_until is not None:
        now = min(moment for moment in (due, publishing_until, *readings[:1]) if moment is not None)
        if publishing_until == now:
            waited += [now - ended for ended in in_hand]
            publishing_until = None
            planned = gathering.end(NOW + now)
            due = planned - NOW if planned else due
        elif due == now and publishing_until is None:
            due, in_hand, open_stories = None, open_stories, []
            gathering.begin()
            publishing_until = now + takes
        else:
            ended = readings.pop(0)
            open_stories.append(ended)
            planned = gathering.saved(NOW + ended)
            assert planned is None or due is None or planned - NOW < due
            due = planned - NOW if planned else due
    assert not open_stories
    return waited


def test_readings_that_end_together_are_published_once() -> None:
    gathering = Gathering()
    assert gathering.saved(NOW) == NOW + GATHER
    assert gathering.saved(NOW + GATHER / 2) is None
    gathering.begin()
    assert gathering.end(NOW + GATHER * 2) is None


def test_a_steady_stream_of_readings_does_not_put_publishing_off() -> None:
    stream = [timedelta(seconds=0.1) * number for number in range(1_000)]
    assert max(waits(stream, takes=timedelta(seconds=0.5))) <= LONGEST_WAIT


def test_what_is_saved_while_feeds_are_written_is_published_next() -> None:
    gathering = Gathering()
    gathering.begin()
    saved = NOW + GATHER / 10
    assert gathering.saved(saved) is None
    assert gathering.end(NOW + GATHER / 5) == saved + GATHER
    assert gathering.saved(NOW + GATHER / 2) is None


def test_after_a_long_publication_the_next_one_begins_at_once() -> None:
    gathering = Gathering()
    gathering.begin()
    gathering.saved(NOW)
    assert gathering.end(NOW + 5 * GATHER) == NOW + 5 * GATHER


def test_what_is_planned_for_later_comes_sooner_when_a_reading_ends() -> None:
    gathering = Gathering()
    assert gathering.wish(NOW + 2 * GATHER) == NOW + 2 * GATHER
    assert gathering.wish(NOW + 3 * GATHER) is None
    assert gathering.saved(NOW) == NOW + GATHER
    assert gathering.wish(NOW + 2 * GATHER) is None


def test_two_publications_at_once_are_followed_by_one_for_what_both_may_have_missed() -> None:
    gathering = Gathering()
    gathering.begin()
    gathering.begin()
    gathering.saved(NOW)
    assert gathering.end(NOW + GATHER) is None
    assert gathering.end(NOW + GATHER) == NOW + GATHER


@given(st.lists(st.integers(0, 30_000), max_size=60), st.integers(1, 4_000))
def test_every_story_is_published_within_a_window_and_two_publications(ends: list[int], takes: int) -> None:
    taking = timedelta(milliseconds=takes)
    waited = waits([timedelta(milliseconds=end) for end in ends], taking)
    assert len(waited) == len(ends)
    assert all(wait <= GATHER + 2 * taking for wait in waited)
