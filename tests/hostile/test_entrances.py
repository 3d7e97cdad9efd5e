"""Whatever foreign text holds, reading it takes work in proportion to it, and ends with an answer or an error of ours.

Work is counted in calls, of Python and from Python into C, not in time: the verdict is the same on a busy machine. What
regular expressions do within one call, `test_linear_patterns` measures. `make fuzz` tries more, and longer texts.
"""

from __future__ import annotations

import os
import sys
import tracemalloc
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedbuilder.model import FeedbuilderError
from tests.hostile.corpus import CORPUS, NESTED, OF_PAGES
from tests.hostile.entrances import ENTRANCES
from tests.hostile.pumping import Pumped

FUZZ = int(os.environ.get("FEEDBUILDER_FUZZ", "1"))
"""How much longer texts are, and how many more are tried."""
SIZE = 2_500 if FUZZ == 1 else 15_000
"""Characters of the shorter text; the longer one has twice as many."""
MOST_GROWTH = 2.6
"""Of calls with twice the text; what is quadratic makes four times as many."""
FREE = 3
"""Calls for each character that are nobody's growth: one look at a long text where a short one needs none."""
MOST_MEMORY = 8_000_000, 900
"""Bytes that reading may take for itself, and more of them for each character."""
ALL = [(entrance, text) for entrance, texts in CORPUS.items() for text in texts]
DEEP = [(entrance, text) for entrance in OF_PAGES for text in NESTED]
IDS = [f"{entrance}-{number}" for entrance, texts in CORPUS.items() for number in range(len(texts))]


def read(entrance: str, text: str) -> None:
    """Read `text` there; errors of ours are answers."""
    with suppress(FeedbuilderError):
        ENTRANCES[entrance](text)


def calls(entrance: str, text: str) -> int:
    """Return how many calls it takes to read `text`."""
    count = 0

    def counted(_frame: Any, event: str, _argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        read(entrance, text)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize(("entrance", "text"), ALL, ids=IDS)
def test_work_grows_with_the_text(entrance: str, text: Pumped) -> None:
    read(entrance, text.of(100))  # whatever is loaded or compiled once
    short, long = (calls(entrance, text.of(size)) for size in (SIZE, 2 * SIZE))
    if long > MOST_GROWTH * short + FREE * SIZE:  # a text may only now be long enough to be read at all
        short, long = long, calls(entrance, text.of(4 * SIZE))
    assert long <= MOST_GROWTH * short + 2 * FREE * SIZE, f"{short} calls, then {long} with twice the text"


@pytest.mark.parametrize(("entrance", "text"), DEEP)
def test_work_on_nested_elements_is_bounded_by_how_deep_they_may_be(entrance: str, text: Pumped) -> None:
    read(entrance, text.of(100))
    assert calls(entrance, text.of(3 * SIZE)) <= 150 * 3 * SIZE


@pytest.mark.parametrize(("entrance", "text"), ALL[:: 1 if FUZZ > 1 else 5])
def test_memory_is_bounded_by_the_text(entrance: str, text: Pumped) -> None:
    read(entrance, text.of(100))
    long = text.of(2 * SIZE)
    tracemalloc.start()
    try:
        read(entrance, long)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    itself, per_character = MOST_MEMORY
    assert peak <= itself + per_character * len(long)


def torn(entrance: str) -> st.SearchStrategy[str]:
    """Return texts of pieces that belong to `entrance`, cut anywhere, with anything between."""
    pieces = sorted({piece for text in CORPUS[entrance] for piece in text if piece})
    whole = st.sampled_from(pieces)
    cut = st.builds(lambda piece, end: piece[: end % (len(piece) + 1)], whole, st.integers(0, 200))
    return st.lists(whole | whole | cut | st.text(max_size=20), max_size=30).map("".join)


@pytest.mark.parametrize("entrance", ENTRANCES)
def test_no_text_brings_an_unexpected_error(entrance: str) -> None:
    @given(torn(entrance) | st.text(max_size=300))
    @settings(
        max_examples=(15 if entrance in OF_PAGES else 60) * FUZZ,
        derandomize=FUZZ == 1,  # what `make test` says of a commit is always the same
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def tried(text: str) -> None:
        read(entrance, text)

    tried()


def test_more_than_linear_work_is_found() -> None:
    # A test of the test.
    def quadratic(text: str) -> None:
        for place in range(0, len(text), 20):
            for piece in text[:place:20]:
                piece.strip()

    before = ENTRANCES["list"]
    ENTRANCES["list"] = quadratic
    try:
        with pytest.raises(AssertionError, match="with twice the text"):
            test_work_grows_with_the_text("list", Pumped("", "a", ""))
    finally:
        ENTRANCES["list"] = before
