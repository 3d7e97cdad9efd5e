"""Pages and lists that are those of before: how little is done about them, and when more is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from feedbuilder.model import FetchError, Outcome, Page
from feedbuilder.pipeline.page_mark import PageMark
from feedbuilder.store.transaction import SqlTransaction
from tests.pipeline.newspaper import START, WORLD, Newspaper, Office, an_item

STEP = timedelta(minutes=1)


class Watched(Newspaper):
    """Notes how each page was read: "all", "list" for one that is known as a whole, and nothing for the same bytes."""

    def __init__(self, place: Path, template: Path, office: Office) -> None:
        super().__init__(place, template, office, SqlTransaction)
        self.read: list[str] = []
        reader, plainly = self.tools.reader, self.tools.reader.read_familiar

        def noting(*asked: Any, **named: Any) -> Any:
            told = plainly(*asked, **named)
            self.read.append("all" if told.as_before is None else "list")
            return told

        reader.read_familiar = noting  # type: ignore[method-assign]

    def polled(self, times: int = 1) -> list[str]:
        """Return how the pages of so many polls were read."""
        self.read.clear()
        for _ in range(times):
            self.office.now += STEP
            self.poll("world")
        return self.read.copy()


@pytest.fixture
def paper(tmp_path: Path, template: Path) -> Iterator[Watched]:
    """Return a newspaper whose page is known to the last byte."""
    office = Office(lists={"world": tuple(an_item(number) for number in range(8)), "asia": (an_item(3), an_item(4))})
    made = Watched(tmp_path / "paper", template, office)
    # New; all of it stands; known as a whole; the same bytes.
    assert made.polled(5) == ["all", "all", "list"]
    yield made
    made.store.close()


def moved(paper: Watched) -> None:
    """Let something move on the page, beside its list."""
    paper.office.now = paper.office.now.replace(minute=0) + timedelta(hours=1)


def test_a_page_that_moves_is_read_and_its_list_known_as_a_whole(paper: Watched) -> None:
    moved(paper)
    assert paper.polled(4) == ["list"]  # then it is known to the last byte again
    (run,) = paper.store.runs("world", 1)
    assert (run.outcome, run.found, run.status) == (Outcome.UNCHANGED, 8, 200)


def test_a_story_more_is_no_list_of_before(paper: Watched) -> None:
    paper.office.lists["world"] = tuple(an_item(number) for number in range(-1, 8))
    assert paper.poll("world") is Outcome.NEW
    assert paper.polled(5) == ["all", "list"]
    paper.office.lists["world"] = tuple(an_item(number) for number in range(8))
    assert paper.polled() == ["all"]


def test_what_becomes_known_otherwise_has_the_page_read_again(paper: Watched) -> None:
    for title in ("Quite another headline of the day", "And one more headline of the day"):
        paper.office.lists["asia"] = (an_item(3), replace(an_item(4), title=title))
        paper.poll("asia")
        # It is known as a whole, and then read once more, for not all of it stands.
        first, *others = paper.polled(6)
        assert first == "list"
        assert others[0] == "all"
        assert others[-1] == "list"
        assert paper.polled() == []


def test_once_a_day_the_page_is_looked_at_whatever_it_says(paper: Watched) -> None:
    paper.office.now += timedelta(hours=24)
    assert paper.polled(3) == ["all"]


@pytest.mark.parametrize(
    "settings", [{"summary": "p"}, {"exclude": {"title": ["Advertisement"]}}, {"pages": 2, "next": "a.next"}]
)
def test_other_settings_have_it_read_again(paper: Watched, settings: dict[str, Any]) -> None:
    own = WORLD.model_dump(include={"id", "url", "timezone", "first_fill_pages", "heal", "allow_empty"}, mode="json")
    selectors = {"item": "a", **({"summary": "p"} if "summary" in settings else {})}
    others = {key: value for key, value in settings.items() if key != "summary"}
    paper.sources["world"] = WORLD.model_validate({**own, "timezone": "UTC", "selectors": selectors, **others})
    assert paper.polled() == ["all"]


def test_a_page_that_failed_meanwhile_is_still_the_one_before(paper: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any) -> Page:
        raise FetchError("it is away")

    with monkeypatch.context() as away:
        away.setattr(paper.office, "fetch", fails)
        assert paper.poll("world") is Outcome.FAILED
    assert paper.polled() == []
    assert paper.store.state("world").failures == 0


def test_a_page_is_known_to_the_last_byte_or_not_at_all() -> None:
    body = bytes(range(256)) * 40
    here = Page("https://site.example/", body, START)
    sample = PageMark().after(here)
    assert not sample.is_same_page(PageMark())
    assert not sample.after(here).is_same_page(sample)
    whole = sample.after(here)
    assert whole.after(here).is_same_page(whole)
    for place in range(0, len(body), 31):
        changed = body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :]
        assert not whole.after(replace(here, body=changed)).is_same_page(whole)
    for other in (
        replace(here, url="https://site.example/?"),
        replace(here, content_type="text/html; charset=koi8-r"),
        replace(here, body=body + b"x"),
    ):
        assert not whole.after(other).is_same_page(whole)
