"""Articles whose own pages bear other titles than their list gives them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest

from feedbuilder.pipeline.contradiction import EXCHANGED, FEWEST, SHARE, Titles, contradiction

TITLES = (
    "Harbour reopens after the longest storm",
    "Ministers agree on a budget",
    "Why night trains are full again",
    "Two villages share one well",
    "Researchers count birds from the air",
    "Old orchard saved from the motorway",
    "Schools try a later start",
    "Ferry strike enters its third week",
    "Lighthouse keeper writes his memoirs",
    "Heat records fall in seven cities",
)
RIGHT = [(title, f"{title} | The Paper") for title in TITLES]
NEIGHBOURS = list(pairwise(TITLES))
OTHERWISE = [(title, f"Quite {number} Xyzzy") for number, title in enumerate(TITLES)]


@pytest.mark.parametrize(
    "pairs",
    [
        [],
        RIGHT,
        [(f"{title[:20]} …", title) for title in TITLES],
        NEIGHBOURS[: FEWEST - 1],
        OTHERWISE[: FEWEST - 1],
        [*OTHERWISE[:5], *RIGHT[5:]],  # headlines are often other ones on their own pages
        [(title, "The Paper") for title in TITLES],  # the site's name in every heading
        [*((title, "Please accept") for title in TITLES[:8]), *RIGHT[8:]],
    ],
)
def test_what_is_no_contradiction(pairs: Sequence[Titles]) -> None:
    assert contradiction(pairs) is None


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        (NEIGHBOURS, "9 of 9 articles"),
        (OTHERWISE[:FEWEST], "3 of 3 articles"),
        ([*OTHERWISE[:6], *RIGHT[6:]], "6 of 10 articles"),
        ([*NEIGHBOURS[:4], *RIGHT[5:]], "4 of 9 articles"),
    ],
)
def test_a_list_that_is_read_wrongly(pairs: Sequence[Titles], said: str) -> None:
    reason = contradiction(pairs)
    assert reason is not None
    assert reason.startswith(said)
    assert f'"{pairs[0][0]}" is called "{pairs[0][1]}" there' in reason


def test_the_shares_of_these_examples() -> None:
    assert 5 / 10 < SHARE <= 6 / 10
    assert EXCHANGED <= 3 / 9
