"""Items that go no further because their list shows them as before: store and feeds never know the difference."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedbuilder.model import (
    Article,
    Precision,
    SaidDate,
)
from feedbuilder.store.transaction import SqlTransaction
from tests.pipeline.newspaper import START, Newspaper, Office, Plain, an_item

EXAMPLES = int(os.environ.get("FEEDBUILDER_EXAMPLES", "15"))
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@contextmanager
def editors(template: Path) -> Iterator[Editors]:
    """Give who makes two papers of the same steps: as the program does, and as if no item ever stood."""
    office = Office()
    with TemporaryDirectory() as place, ExitStack() as stack:
        papers = [Newspaper(Path(place) / kind.__name__, template, office, kind) for kind in (SqlTransaction, Plain)]
        for paper in papers:
            stack.callback(paper.store.close)
        yield Editors(office, papers)


NUMBERS = st.integers(1, 7)
ADDRESSES: Mapping[str, Callable[[int], str]] = {
    "own": lambda n: f"site.example/news/{n}-a-story-of-its-own",
    "other": lambda n: f"site.example/other/{n}",
    "decorated": lambda n: f"site.example/news/{n}-a-story-of-its-own?ref=home",
    "token": lambda n: f"site.example/news/{n}-a-story-of-its-own?zz={n * 7919:08x}",
    "neighbour": lambda n: f"site.example/news/{n % 7 + 1}-a-story-of-its-own",
}
DATES = {
    "none": None,
    "day": SaidDate(START.replace(hour=0), Precision.DAY),
    "moment": SaidDate(START - HOUR),
    "a little later": SaidDate(START - timedelta(minutes=20)),
    "much later": SaidDate(START + 6 * HOUR),
    "days later": SaidDate(START + 3 * DAY),
    "another day": SaidDate(START.replace(hour=0) - 5 * DAY, Precision.DAY),
    "to come": SaidDate(START + 40 * DAY),
}
PARTS: Mapping[str, st.SearchStrategy[Any]] = {
    "canonical": st.sampled_from(sorted(ADDRESSES)),
    "title": st.sampled_from(["The harbour bridge", "The harbour…", "Quite another headline", None]),
    "summary": st.sampled_from(["What happened at the harbour.", "What happened…", "Something else.", None]),
    "published": st.sampled_from(sorted(DATES)),
    "image": st.sampled_from(["https://site.example/1.jpg", "https://site.example/2.jpg", None]),
    "tags": st.sampled_from([(), ("Harbour",), ("HARBOUR", "Sea")]),
    "authors": st.sampled_from([(), ("Jane Doe",)]),
    "enclosures": st.sampled_from([(), ("https://site.example/1.mp3",)]),
    "title_guessed": st.booleans(),
}
SETTINGS = st.sampled_from([{}, {"full": True}, {"without": "asia"}])
SOURCES = st.sampled_from(["world", "world", "asia"])


def edits(names: list[str]) -> st.SearchStrategy[tuple[str, Any]]:
    """Return what gives one of these parts another value."""
    return st.sampled_from(names).flatmap(lambda name: st.tuples(st.just(name), PARTS[name]))


STEPS = st.one_of(
    st.tuples(st.just("poll"), SOURCES),
    st.tuples(st.just("edit and poll"), NUMBERS, edits(sorted(PARTS)), SOURCES),
    st.tuples(st.just("edit all and poll"), edits(["title", "published", "tags"]), SOURCES),
    st.tuples(st.just("list and poll"), st.lists(NUMBERS, unique=True, max_size=7), SOURCES),
    st.tuples(st.just("article"), NUMBERS, st.sampled_from(["same", "other title", "joins the next"])),
    st.tuples(st.just("wait"), st.sampled_from([HOUR, DAY, 20 * DAY])),
    st.tuples(st.just("turn back"), st.just(30 * DAY)),
    st.tuples(st.just("configure"), SETTINGS),
    st.sampled_from([("visit",), ("announce",), ("forget",), ("same page",)]),
)


class Editors:
    """Makes of steps what the office says; the papers are told of each."""

    def __init__(self, office: Office, papers: list[Newspaper]) -> None:
        self.office, self.papers = office, papers
        self.items = {number: an_item(number, published=DATES["moment"]) for number in range(1, 8)}
        self.listed: dict[str, list[int]] = {"world": [1, 2, 3, 4, 5], "asia": [4, 5]}

    def take(self, step: tuple[Any, ...]) -> None:
        """Do one step; the papers answer each alike."""
        kind, *told = step
        if kind.startswith("edit"):
            part, value = told[-2]
            for number in [told[0]] if kind == "edit and poll" else list(self.items):
                self._edit(number, part, value)
        elif kind == "list and poll":
            self.listed[told[1]] = told[0]
        elif kind == "article":
            self._article(*told)
        elif kind == "wait":
            self.office.now += told[0]
        elif kind == "turn back":
            self.office.now -= told[0]
            self._each("put_right")
        elif kind == "configure":
            self._each("configure", **told[0])
        elif kind in ("visit", "announce", "forget", "publish"):
            self._each(kind)
        if kind.endswith("poll"):
            self._poll(told[-1])
        elif kind == "same page":
            self._poll("world", changed=False)

    def _edit(self, number: int, part: str, value: Any) -> None:
        if part == "canonical":
            address = ADDRESSES[value](number)
            changed = replace(self.items[number], canonical=address, link=f"https://{address}")
        elif part == "title" and value:
            changed = replace(self.items[number], title=f"{value} {number}" if value[-1] != "…" else value)
        else:
            changed = replace(self.items[number], **{part: DATES[value] if part == "published" else value})  # type: ignore[arg-type]
        self.items[number] = changed

    def _article(self, number: int, kind: str) -> None:
        item, other = self.items[number], self.items[number % 7 + 1]
        title = "Another title on its page" if kind == "other title" else item.title
        address = other.link if kind == "joins the next" else item.link
        said: dict[str, Any] = {"canonical": address, "authors": ("Ann Miller",), "published": item.published}
        self.office.articles[item.link] = Article(item.link, title or "A title", **said)

    def _poll(self, name: str, *, changed: bool = True) -> None:
        self.office.now += timedelta(minutes=15)
        shown = {item.canonical: item for number in self.listed[name] for item in [self.items[number]]}
        self.office.lists[name] = tuple(shown.values()) if changed else None
        self._each("poll", name)

    def _each(self, what: str, *args: Any, **named: Any) -> None:
        answers = [getattr(paper, what)(*args, **named) for paper in self.papers]
        assert all(answer == answers[0] for answer in answers), (what, answers)


def check(at_work: Editors) -> None:
    """Compare all that the two papers remember, and what stands in their outputs."""
    quick, plain = at_work.papers
    remembered = quick.rows()
    for table, rows in plain.rows().items():
        assert remembered[table] == rows, table
    assert quick.files() == plain.files()


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow])
@given(steps=st.lists(STEPS, min_size=3, max_size=20))
def test_what_stands_makes_no_difference(template: Path, steps: list[tuple[Any, ...]]) -> None:
    with editors(template) as at_work:
        at_work.take(("poll", "world"))
        for step in steps:
            at_work.take(step)
        at_work.take(("publish",))
        check(at_work)


def test_items_that_are_listed_as_before_stand(template: Path) -> None:
    with editors(template) as at_work:
        quick, plain = at_work.papers
        for _ in range(2):
            at_work.take(("poll", "world"))
        assert quick.stood == 5  # new at the first reading, which was seen to change nothing once more
        at_work.take(("list and poll", [6, 7, 1, 2, 3], "world"))
        assert quick.stood == 5 + 3
        assert plain.stood == 0
        check(at_work)


@pytest.mark.parametrize(
    "steps",
    [
        pytest.param(
            [
                ("edit and poll", 1, ("published", "days later"), "world"),
                *[("wait", 4 * DAY), ("poll", "world"), ("poll", "world"), ("turn back", 20 * DAY)],
                *[("poll", "world"), ("wait", 30 * DAY), ("poll", "world")],
            ],
            id="its date was taken back with a wrong clock's",
        ),
        pytest.param(
            [("configure", {"without": "asia"}), ("wait", 20 * DAY), ("forget",), ("configure", {}), ("poll", "asia")],
            id="it was forgotten while its source was away",
        ),
        pytest.param(
            [
                *[("configure", {"full": True}), ("list and poll", [1, 2, 6], "world"), ("poll", "world")],
                *[("article", 6, "joins the next"), ("poll", "asia"), ("poll", "asia"), ("visit",)],
                *[("poll", "asia"), ("poll", "world"), ("poll", "world")],
            ],
            id="another went into it",
        ),
        pytest.param(
            [("edit and poll", 4, ("title", "Quite another headline"), "asia"), ("poll", "world"), ("poll", "asia")],
            id="another list words it otherwise",
        ),
        pytest.param(
            [("edit all and poll", ("title", "Quite another headline"), "world"), *[("poll", "world")] * 3],
            id="what changed on all at once is doubted",
        ),
        pytest.param(
            [
                step
                for number in range(1, 6)
                for step in [("edit and poll", number, ("published", "another day"), "world"), ("poll", "world")]
            ],
            id="what changed on one after the other is doubted at last",
        ),
        pytest.param(
            [("edit and poll", 1, ("canonical", "neighbour"), "world"), ("poll", "world")],
            id="another takes its address",
        ),
        pytest.param(
            [("edit and poll", 5, ("canonical", "decorated"), "world"), ("poll", "world")],
            id="it is linked otherwise",
        ),
    ],
)
def test_what_happens_to_an_item_that_stood(template: Path, steps: list[tuple[Any, ...]]) -> None:
    with editors(template) as at_work:
        at_work.listed["asia"] = [7, 4, 5]
        at_work.take(("edit and poll", 7, ("title", "Quite another headline"), "asia"))
        for step in [("poll", "asia"), ("poll", "world"), ("poll", "asia"), ("poll", "world"), ("poll", "world")]:
            at_work.take(step)
        assert at_work.papers[0].stood > 5
        for step in steps:
            at_work.take(step)
            check(at_work)
