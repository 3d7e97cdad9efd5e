"""A newsroom at the start of the demonstration, and readers of its pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup

from feedbuilder.newsroom import HandClock, Newsroom

Soup = Callable[..., BeautifulSoup]


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def newsroom(clock: HandClock) -> Newsroom:
    return Newsroom(clock)


@pytest.fixture
def soup(newsroom: Newsroom) -> Soup:
    """Return a function from a path to the page there, parsed as a browser would."""

    def read(path: str) -> BeautifulSoup:
        answered = newsroom.respond(path)
        assert answered.status == 200, path
        return BeautifulSoup(answered.text, "html5lib")

    return read
