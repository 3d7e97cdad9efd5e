"""What publishing costs, against the floor of writing RSS and Atom with feedgen at all.

Run it as `python benchmarks/bench_publish.py`. It prints medians of processor time in milliseconds and ratios to the
floor, measured in the same run, three times: a store of 100,000 items (see `big_store`), 1,000 feeds of 50 entries.
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
from pathlib import Path

from big_store import LATEST, fill, sources_of
from feedgen.feed import FeedGenerator

from feedbuilder.feeds import FeedDocument, WrittenEntries, compose, render
from feedbuilder.model import Feed, Item, Site, Source, StoredItem, TagRules, formats
from feedbuilder.pipeline.catalogue import Catalogue
from feedbuilder.pipeline.press import Press
from feedbuilder.pipeline.publish import publish
from feedbuilder.publish import Folder
from feedbuilder.store import SqlStore, merge

RUNS = 3
REPEATS = 15
ENTRIES = 50


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


def median_ms(action: Callable[[int], object], repeats: int = REPEATS) -> float:
    """Return the median processor time of `action`, which is given the number of the repetition, in milliseconds."""
    times = []
    for number in range(repeats):
        start = time.process_time()
        action(number)
        times.append((time.process_time() - start) * 1000)
    return statistics.median(times)


def save(store: SqlStore, source: Source, number: int) -> None:
    """Save one new story of `source`."""
    name = f"{source.id}.example/new-{number}"
    with store.transaction() as memory:
        item = Item(name, f"https://{name}", f"News {number}")
        memory.apply(merge([item], memory.known([name]), source, LATEST + timedelta(minutes=number), None))


def one_changed(press: Press, store: SqlStore, folder: Folder, first: int) -> float:
    """Return what it takes to publish one new story of the first source; stories are numbered from `first` on."""

    def once(number: int) -> float:
        save(store, press.catalogue.sources[0], first + number)
        start = time.process_time()
        publish(press, store, folder, LATEST)
        return (time.process_time() - start) * 1000

    return statistics.median(map(once, range(REPEATS)))


def measure(press: Press, store: SqlStore, folder: Folder, first: int) -> dict[str, float]:
    """Return what each work takes, in milliseconds; stories are numbered from `first` on."""
    source = press.catalogue.sources[0]
    feed, _ = press.routes.feeds[0]
    items = list(store.items(source=source.id, limit=ENTRIES))
    made = zip(formats.feed_files(), render(document(feed, items, press)), strict=True)
    written = WrittenEntries.of({kind.key: file.content for kind, file in made}, {items[0].id})

    return {
        "floor: feedgen, RSS and Atom of 50 entries": median_ms(lambda _: plainly(items)),
        "four formats of 50 entries, in memory": median_ms(lambda _: render(document(feed, items, press))),
        "the same, one of them new": median_ms(lambda _: render(document(feed, items, press), written)),
        "one feed of all changed: found, made, flushed": one_changed(press, store, folder, first),
        "nothing new": median_ms(lambda _: publish(press, store, folder, LATEST)),
        "nothing new, in a new process": median_ms(
            lambda _: publish(Press(press.catalogue), store, folder, LATEST), repeats=3
        ),
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
    with tempfile.TemporaryDirectory() as home, fill(Path(home) / "store.db", asked.items, sources) as store:
        folder = Folder(Path(home) / "output")
        press = Press(Catalogue(feeds, tuple(sources), Site(), TagRules()))
        alone = Press(Catalogue(feeds[:1], tuple(sources[:1]), Site(), TagRules()))
        start = time.process_time()
        publish(press, store, folder, LATEST)
        lines = [f"{asked.items:,} items, {asked.feeds:,} feeds, processor time, {RUNS} runs of {REPEATS} repeats"]
        lines.append(f"{'all feeds, the first time':52} {time.process_time() - start:8.2f} s")
        for run in range(RUNS):
            results = measure(press, store, folder, first=run * REPEATS)
            with fill(Path(home) / f"small-{run}.db", 2 * ENTRIES, sources[:1]) as small:
                beside = Folder(Path(home) / "beside")
                alone.forget()
                publish(alone, small, beside, LATEST)
                results["the only feed changed: found, made, flushed"] = one_changed(alone, small, beside, 0)
            floor = next(iter(results.values()))
            lines += [f"{name:52} {value:8.2f} ms {value / floor:7.1f} x" for name, value in results.items()]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
