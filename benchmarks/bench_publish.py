"""What publishing costs, against the floor of writing RSS and Atom with feedgen at all.

Run it as `python benchmarks/bench_publish.py`: a store of 100,000 items (see `big_store`) and 1,000 feeds of 50
entries, and beside it one with a single feed. The lists of feeds are measured by themselves, for `run` writes them
every few seconds at most. All works are done in turn, many times, so that what else the machine
does falls on all of them; it prints medians of processor time in milliseconds and ratios to the floor, measured in the
same run. The floor builds 50 entries anew with feedgen, six fields each, and renders them as RSS and as Atom; it writes
no file.
"""
# ruff: noqa: INP001 - a script, not a package

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from pathlib import Path

from big_store import LATEST, fill, sources_of
from feedgen.feed import FeedGenerator

from feedbuilder.feeds import FeedDocument, WrittenEntries, compose, render
from feedbuilder.model import Feed, Item, Site, Source, StoredItem, TagRules, formats
from feedbuilder.pipeline.catalogue import Catalogue
from feedbuilder.pipeline.press import Press
from feedbuilder.pipeline.publish import publish
from feedbuilder.publish import Folder
from feedbuilder.publish.atomic import flush_folder, replace
from feedbuilder.store import SqlStore, merge

REPEATS = 45
WARMING = 3
ENTRIES = 50
FLOOR = "floor: feedgen, RSS and Atom of 50 entries"
AT_MOST = {"one new story, the only feed: found, made, flushed": "   at most 2.0", "nothing new": "   at most 5 ms"}
"""What each work is to keep."""


def plainly(items: list[StoredItem]) -> tuple[bytes, bytes]:
    """Return RSS and Atom of `items` as whoever uses feedgen would write them: six fields, nothing checked."""
    feed = FeedGenerator()
    feed.id("https://feeds.example/")
    feed.title("Feed")
    feed.description("Feed")
    feed.link(href="https://feeds.example/", rel="alternate")
    for item in items:
        entry = feed.add_entry(order="append")
        entry.id(item.id)
        entry.title(item.title)
        entry.link(href=item.link)
        entry.description(item.summary)
        entry.author([{"name": name} for name in item.authors])
        entry.published(item.published)
        entry.updated(item.published)
    return feed.rss_str(pretty=True), feed.atom_str(pretty=True)


def milliseconds(action: Callable[[], object]) -> float:
    """Return the processor time of `action` in milliseconds."""
    start = time.process_time()
    action()
    return (time.process_time() - start) * 1000


def save(store: SqlStore, source: Source, number: int) -> None:
    """Save one new story of `source`."""
    name = f"{source.id}.example/new-{number}"
    with store.transaction() as memory:
        item = Item(name, f"https://{name}", f"News {number}")
        memory.apply(merge([item], memory.known([name]), source, LATEST + timedelta(minutes=number), None))


class Published:
    """An output and what it is made of, in which stories come one by one."""

    def __init__(self, catalogue: Catalogue, store: SqlStore, folder: Path) -> None:
        self.press, self.store, self.folder = Press(catalogue), store, Folder(folder)
        self._stories = count()
        publish(self.press, store, self.folder, LATEST)

    def one_new(self) -> float:
        """Return what it takes to publish one new story of the first source, in milliseconds."""
        save(self.store, self.press.catalogue.sources[0], next(self._stories))
        return milliseconds(self.again)

    def again(self, press: Press | None = None, *, lists: bool = False) -> None:
        """Publish what is new, if anything; as `run` does between two times that it writes the lists of feeds."""
        publish(press or self.press, self.store, self.folder, LATEST, lists=lists)

    def lists(self) -> float:
        """Return what it takes to write the lists of feeds after a new story, in milliseconds."""
        return milliseconds(lambda: self.again(lists=True))


def works(many: Published, single: Published, flushed: Path) -> dict[str, Callable[[], float]]:
    """Return what is measured, by name; each measures itself, in milliseconds."""
    press = many.press
    source, (feed, _) = press.catalogue.sources[0], press.routes.feeds[0]
    items = list(many.store.items(source=source.id, limit=ENTRIES))
    files = render(document(feed, items, press))
    made = zip(formats.feed_files(), files, strict=True)
    written = WrittenEntries.of({kind.key: file.content for kind, file in made}, {items[0].id})

    def flush() -> None:
        for file in files:
            replace(flushed / file.path.replace("/", "-"), file.content)
        flush_folder(flushed)

    return {
        FLOOR: lambda: milliseconds(lambda: plainly(items)),
        "four files written, flushed and named": lambda: milliseconds(flush),
        "four formats of 50 entries, in memory": lambda: milliseconds(lambda: render(document(feed, items, press))),
        "the same, one of them new": lambda: milliseconds(lambda: render(document(feed, items, press), written)),
        "one new story, the only feed: found, made, flushed": single.one_new,
        "… the overview with it": single.lists,
        "one new story, one of all feeds": many.one_new,
        "… the overview of all feeds with it": many.lists,
        "nothing new": lambda: milliseconds(many.again),
    }


def document(feed: Feed, items: list[StoredItem], press: Press) -> FeedDocument:
    """Return the document of `feed`, made anew each time, for it remembers what it shows."""
    return compose(feed, items, press.sources, press.catalogue.site, LATEST)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=100_000)
    parser.add_argument("--feeds", type=int, default=1_000)
    asked = parser.parse_args()
    sources = sources_of(asked.feeds)
    feeds = tuple(Feed.model_validate({"slug": f"feed-{one.id}", "sources": [one.id]}) for one in sources)
    with (
        tempfile.TemporaryDirectory() as home,
        fill(Path(home) / "store.db", asked.items, sources) as store,
        fill(Path(home) / "small.db", 2 * ENTRIES, sources[:1]) as small,
    ):
        start = time.process_time()
        many = Published(Catalogue(feeds, tuple(sources), Site(), TagRules()), store, Path(home) / "output")
        first = time.process_time() - start
        alone = Catalogue(feeds[:1], tuple(sources[:1]), Site(), TagRules())
        single = Published(alone, small, Path(home) / "beside")
        (flushed := Path(home) / "flushed").mkdir()
        measured = works(many, single, flushed)
        times: dict[str, list[float]] = {name: [] for name in measured}
        for repeat in range(WARMING + REPEATS):
            for name, work in measured.items():
                taken = work()
                if repeat >= WARMING:
                    times[name].append(taken)
        fresh = [milliseconds(lambda: many.again(Press(many.press.catalogue), lists=True)) for _ in range(3)]
    medians = {name: statistics.median(taken) for name, taken in times.items()}
    medians["nothing new, in a new process"] = statistics.median(fresh)
    tell(f"{asked.items:,} items, {asked.feeds:,} feeds; processor time, medians of {REPEATS}")
    tell(f"{'all feeds, the first time':52} {first:8.2f} s")
    for name, median in medians.items():
        tell(f"{name:52} {median:8.2f} ms {median / medians[FLOOR]:7.2f} x{AT_MOST.get(name, '')}")


def tell(line: str) -> None:
    """Print at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
