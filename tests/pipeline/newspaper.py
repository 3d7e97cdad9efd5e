"""A newspaper of two lists, kept by what an office says: pages are items already, and only the store is real."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from feedbuilder.model import (
    ONLY_ITEMS,
    Article,
    Articles,
    AskedOfList,
    Changes,
    FamiliarList,
    Feed,
    FetchError,
    Item,
    ListProfile,
    NotModified,
    Outcome,
    Page,
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
from feedbuilder.store.tables import metadata, sources, statements
from feedbuilder.store.transaction import SqlTransaction

START = datetime(2026, 2, 6, 10, tzinfo=UTC)
WORLD = Source.model_validate(
    {"id": "world", "url": "https://site.example/world", "timezone": "UTC", "tags": ["News"]}
    | {"selectors": {"item": "a"}, "first_fill_pages": 1, "heal": "off", "allow_empty": True}
)
ASIA = WORLD.model_copy(update={"id": "asia", "url": "https://site.example/asia", "tags": ()})
FULL = WORLD.model_copy(update={"articles": Articles.FULL})


def an_item(number: int, **parts: Any) -> Item:
    address = f"site.example/news/{number}-a-story-of-its-own"
    made = {"canonical": address, "link": f"https://{address}", "title": f"The harbour bridge number {number} reopens"}
    return Item(**(made | parts))


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
        # Beside the list something moves, once an hour.
        body = f"{self.now:%H} {self.lists[source.id]!r}".encode()
        return Page(source.url, body, self.now, validators=Validators("1"))

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

    def read_familiar(
        self, page: Page, source: Source, kept: Callable[[], bytes | None], asked: AskedOfList = ONLY_ITEMS
    ) -> FamiliarList:
        items = self.read_list(page, source)
        mark = hashlib.sha256(repr(items).encode()).hexdigest()
        told = FamiliarList(items, mark=mark)
        return replace(told, items=(), as_before=ListProfile.of(items)) if mark == asked.before else told

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
        self.store.prune(self.office.now, keep_age=timedelta(days=10), keep_items=3, shown=())

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
    marks = (statements.c.standing, sources.c.listed_as, sources.c.page_as)
    return [column for column in table.columns if not any(column is mark for mark in marks)]
