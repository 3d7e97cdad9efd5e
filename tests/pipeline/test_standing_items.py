"""Items that go no further because their list shows them as before: store and feeds never know the difference."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from feedbuilder.model import (
    Article,
    Articles,
    Changes,
    Feed,
    FetchError,
    Item,
    NotModified,
    Outcome,
    Page,
    Precision,
    SaidDate,
    Site,
    Source,
    Standing,
    TagRules,
    Validators,
)
from feedbuilder.pipeline.catalogue import Catalogue
from feedbuilder.pipeline.local_reader import LocalReader
from feedbuilder.pipeline.poll import poll
from feedbuilder.pipeline.ports import Tools
from feedbuilder.pipeline.press import Press
from feedbuilder.pipeline.publish import publish
from feedbuilder.pipeline.visit import visit
from feedbuilder.publish import Folder
from feedbuilder.store import open_store
from feedbuilder.store.tables import metadata, statements
from feedbuilder.store.transaction import SqlTransaction

START = datetime(2026, 2, 6, 10, tzinfo=UTC)
EXAMPLES = int(os.environ.get("FEEDBUILDER_EXAMPLES", "25"))
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WORLD = Source.model_validate(
    {"id": "world", "url": "https://site.example/world", "timezone": "UTC", "tags": ["News"]}
    | {"selectors": {"item": "a"}, "first_fill_pages": 1, "heal": "off", "allow_empty": True}
)
ASIA = WORLD.model_copy(update={"id": "asia", "url": "https://site.example/asia", "tags": ()})
FULL = WORLD.model_copy(update={"articles": Articles.FULL})


@dataclass
class Office:
    """Whoever answers for the world: pages are items already, and articles are what was laid there."""

    now: datetime = START
    lists: dict[str, tuple[Item, ...] | None] = field(default_factory=dict)
    """What each source lists; None for a page that has not changed."""
    articles: dict[str, Article] = field(default_factory=dict)

    def fetch(self, source: Source, validators: Validators) -> Page | NotModified:
        if self.lists[source.id] is None:
            return NotModified(validators)
        return Page(source.url, b"", self.now, validators=Validators("1"))

    def further(self, source: Source, url: str) -> Page:
        if url not in self.articles:
            raise FetchError(f"{url} is gone")
        return Page(url, b"", self.now)


class Desk(LocalReader):
    """Reads what the office laid there."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office

    def read_list(self, page: Page, source: Source) -> tuple[Item, ...]:
        return tuple(replace(item, position=place) for place, item in enumerate(self._office.lists[source.id] or ()))

    def read_article(self, page: Page, source: Source, listed: Item, *, full: bool) -> Article:
        return self._office.articles[page.url]


class Plain(SqlTransaction):
    """Says of no item that it stands."""

    def standing(self, source: str) -> dict[str, Standing]:
        super().standing(source)
        return {}


class Newspaper:
    """A store and an output, kept by what an office says."""

    def __init__(self, place: Path, template: Path, office: Office, memory: type[SqlTransaction]) -> None:
        place.mkdir()
        shutil.copy(template, place / "news.db")
        self.office, self.output = office, Folder(place / "output")
        self.root, self.store = place / "output", open_store(place / "news.db")
        with self.store._database.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA synchronous=OFF")  # what it is paid for is lost in any case
        self.stood = 0
        """How many items stood so far."""
        paper = self

        class Memory(memory):  # type: ignore[misc,valid-type]
            def apply(self, changes: Changes) -> None:
                paper.stood += len(changes.standing)
                super().apply(changes)

        @contextmanager
        def transaction() -> Iterator[SqlTransaction]:
            with self.store._database.writing() as connection:
                yield Memory(connection, self.store._database.dialect)

        self.store.transaction = transaction  # type: ignore[method-assign]
        self.sources = {"world": WORLD, "asia": ASIA}
        self.tools = Tools(office, self.store, Desk(office), lambda: office.now, lambda: 0.5)
        self.configure()

    def configure(self, *, full: bool = False, without: str = "") -> None:
        """Take up the configuration: with article pages or without, and without one of the sources."""
        self.sources["world"] = FULL if full else WORLD
        there = [source for name, source in self.sources.items() if name != without]
        feeds = (Feed(slug="all", entries=6), Feed(slug="asia", sources=("asia",)))
        self.press = Press(Catalogue(feeds, tuple(there), Site(), TagRules()))
        self.store.sync_sources(there, self.office.now)

    def poll(self, name: str) -> Outcome:
        return poll(self.sources[name], self.tools).outcome

    def visit(self) -> None:
        for planned in self.store.visits("world", self.office.now, 10):
            visit(planned, self.sources["world"], self.tools)

    def publish(self) -> None:
        publish(self.press, self.store, self.output, self.office.now)

    def announce(self) -> None:
        """Note that all items stand in feeds, as publishing them does."""
        self.store.announce([item.id for item in self.store.items()])

    def forget(self) -> None:
        self.store.prune(self.office.now, keep_age=10 * DAY, keep_items=3, shown=())

    def put_right(self) -> None:
        self.store.put_right(self.office.now)

    def rows(self) -> dict[str, list[Any]]:
        """Return all that is remembered, but for the marks themselves."""
        with self.store._database.reading() as connection:
            return {
                table.name: sorted(connection.execute(select(*_columns(table))).all(), key=repr)
                for table in metadata.sorted_tables
                if table.name not in ("touched", "printed_files")  # numbered, and dated, as they were written
            }

    def files(self) -> dict[str, bytes]:
        return {str(path.relative_to(self.root)): path.read_bytes() for path in self.root.rglob("*") if path.is_file()}


def _columns(table: Any) -> list[Any]:
    return [column for column in table.columns if column is not statements.c.standing]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "news.db"
    open_store(path).close()
    return path


@contextmanager
def editors(template: Path) -> Iterator[Editors]:
    """Give who makes two papers of the same steps: as the program does, and as if no item ever stood."""
    office = Office()
    with TemporaryDirectory() as place, ExitStack() as stack:
        papers = [Newspaper(Path(place) / kind.__name__, template, office, kind) for kind in (SqlTransaction, Plain)]
        for paper in papers:
            stack.callback(paper.store.close)
        yield Editors(office, papers)


def an_item(number: int, **parts: Any) -> Item:
    address = f"site.example/news/{number}-a-story-of-its-own"
    made = {"canonical": address, "link": f"https://{address}", "title": f"The harbour bridge number {number} reopens"}
    return Item(**(made | parts))


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


@settings(max_examples=EXAMPLES, deadline=None)
@given(steps=st.lists(STEPS, min_size=3, max_size=20))
def test_what_stands_makes_no_difference(template: Path, steps: list[tuple[Any, ...]]) -> None:
    with editors(template) as at_work:
        at_work.take(("poll", "world"))
        at_work.take(("poll", "world"))
        for step in steps:
            at_work.take(step)
        at_work.take(("publish",))
        check(at_work)


def test_items_that_are_listed_as_before_stand(template: Path) -> None:
    with editors(template) as at_work:
        quick, plain = at_work.papers
        for _ in range(3):
            at_work.take(("poll", "world"))
        assert quick.stood == 5  # new at the first reading, seen to change nothing at the second
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
