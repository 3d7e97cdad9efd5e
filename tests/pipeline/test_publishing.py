"""What is made anew, and what is left alone; and that both come out as if everything had been made anew."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from feedbuilder.model import Feed, FeedFile, Icon, Site, Source, TagRules
from feedbuilder.pipeline.catalogue import Catalogue
from feedbuilder.pipeline.marks import Marks
from feedbuilder.pipeline.press import Press
from feedbuilder.pipeline.publish import publish as bring_up
from feedbuilder.publish import Folder
from feedbuilder.store import SqlStore, open_store
from tests.store.makers import DAY, MINUTE, NOW, make_item, make_source, poll

SOURCES = (
    make_source("world", tags=["World News"], language="en"),
    make_source("asia", tags=["Asia"], language="ar"),
    make_source("mixed"),
)
FEEDS = (
    Feed(slug="all", title="All"),
    Feed.model_validate({"slug": "asia", "sources": ["asia"]}),
    Feed.model_validate({"slug": "world-news", "tags": ["World News"], "archive": True, "aliases": ["world"]}),
    Feed.model_validate({"slug": "tea", "tags": ["tea"], "entries": 3}),
    Feed.model_validate({"slug": "no-sports", "exclude": {"title": "sports"}}),
)


def catalogue(*feeds: Feed, sources: Sequence[Source] = SOURCES, **site: Any) -> Catalogue:
    return Catalogue(feeds or FEEDS, tuple(sources), Site(**site), TagRules(aliases={"Mate": ["Chai"]}))


class Output(Folder):
    """A folder that notes what it is given, and breaks down when it is told."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.path = path
        self.given: list[str] = []
        self.breaks_at: str | None = None

    def publish(self, files: Any) -> Sequence[str]:
        self.given = []
        return super().publish(self._noted(files))

    def _noted(self, files: Any) -> Iterator[FeedFile]:
        for file in files:
            if file.path == self.breaks_at:
                raise KeyboardInterrupt
            self.given.append(file.path)
            yield file

    @property
    def feeds(self) -> set[str]:
        """The folders of which something was made anew."""
        return {path.partition("/")[0] for path in self.given if "/" in path}

    @property
    def contents(self) -> dict[str, bytes]:
        return {path.relative_to(self.path).as_posix(): path.read_bytes() for path in self.path.rglob("*.*")}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with open_store(tmp_path / "feedbuilder.db") as opened:
        opened.sync_sources(SOURCES, NOW)
        yield opened


@pytest.fixture
def output(tmp_path: Path) -> Output:
    return Output(tmp_path / "output")


@pytest.fixture
def press(store: SqlStore, output: Output) -> Press:
    """A press that has made everything once: a story of each source, and seven about tea."""
    made = Press(catalogue())
    poll(store, SOURCES[0], [make_item("talks")], NOW)
    poll(store, SOURCES[1], [make_item("trade"), make_item("sports")], NOW + MINUTE)
    poll(store, SOURCES[2], [make_item(f"tea-{number}", tags=("tea",)) for number in range(7)], NOW + 2 * MINUTE)
    bring_up(made, store, output, NOW)
    return made


def again(press: Press | None, store: SqlStore, output: Output, now: datetime = NOW + DAY) -> set[str]:
    """Publish once more; without a press as a new process does. Return the feeds of which something was made anew."""
    output.given = []
    bring_up(press or Press(catalogue()), store, output, now)
    return output.feeds


def test_nothing_new_is_nothing_made(press: Press, store: SqlStore, output: Output) -> None:
    assert again(press, store, output) == set()
    assert output.given == []


def test_nothing_new_is_nothing_made_in_a_new_process_either(press: Press, store: SqlStore, output: Output) -> None:
    assert again(None, store, output) == set()
    assert output.given == []


def test_a_page_that_shows_what_it_showed_touches_nothing(press: Press, store: SqlStore, output: Output) -> None:
    poll(store, SOURCES[0], [make_item("talks")], NOW + DAY)
    assert again(press, store, output) == set()


@pytest.mark.parametrize("warm", [True, False], ids=["in one process", "in a new one"])
def test_a_story_touches_the_feeds_that_take_it(press: Press, store: SqlStore, output: Output, warm: bool) -> None:
    poll(store, SOURCES[1], [make_item("weather")], NOW + DAY)
    assert again(press if warm else None, store, output) == {"all", "asia", "no-sports"}
    assert b"weather" in output.contents["asia/rss.xml"]


@pytest.mark.parametrize("warm", [True, False], ids=["in one process", "in a new one"])
def test_a_story_that_leaves_a_feed_touches_it(press: Press, store: SqlStore, output: Output, warm: bool) -> None:
    poll(store, SOURCES[2], [make_item("tea-0", title="Sports of tea", tags=("tea",))], NOW + DAY)
    assert "no-sports" in again(press if warm else None, store, output)
    assert b"tea-0" not in output.contents["no-sports/rss.xml"]
    assert b"Sports of tea" in output.contents["all/rss.xml"]


@pytest.mark.parametrize("warm", [True, False], ids=["in one process", "in a new one"])
def test_another_spelling_of_a_tag_touches_the_feeds_that_show_it(
    press: Press, store: SqlStore, output: Output, warm: bool
) -> None:
    assert b"TEA" not in output.contents["no-sports/rss.xml"]
    old = [make_item(f"tea-{number}", tags=("tea",)) for number in range(7)]
    for source in SOURCES[:2]:
        poll(store, source, [make_item(f"{source.id}-{n}", tags=("TEA",), title="Sports") for n in range(9)], NOW + DAY)
    poll(store, SOURCES[2], old, NOW + DAY)
    made = again(press if warm else None, store, output)
    assert {"all", "tea", "no-sports"} <= made  # the last one takes none of the new stories
    assert b"TEA" in output.contents["no-sports/rss.xml"]


def test_a_setting_of_a_feed_touches_this_feed(press: Press, store: SqlStore, output: Output) -> None:
    other = (*FEEDS[:-1], FEEDS[-1].model_copy(update={"title": "Nothing of sports"}))
    assert again(Press(catalogue(*other)), store, output) == {"no-sports"}
    assert output.given[-1] == "index.html"


def test_a_setting_of_a_source_touches_the_feeds_that_it_feeds(press: Press, store: SqlStore, output: Output) -> None:
    renamed = (SOURCES[0], make_source("asia", tags=["Asia"], title="The Asian"), SOURCES[2])
    made = again(Press(catalogue(sources=renamed)), store, output)
    assert made == {"all", "asia", "no-sports"}


@pytest.mark.parametrize(
    ("choice", "before", "after"),
    [
        ({"tags": {"all": ["tea", "Asia"]}}, [], ["Asia"]),
        ({"tags": {"any": ["tea"], "none": ["Sports"]}}, ["Sports"], []),
        ({"tags": ["Asia"], "sources": ["world"]}, [], ["Asia"]),
    ],
)
def test_a_tag_of_a_source_that_decides_together_with_others_moves_its_items(
    store: SqlStore, output: Output, choice: dict[str, Any], before: list[str], after: list[str]
) -> None:
    feeds, item = (*FEEDS[:1], Feed.model_validate({"slug": "chosen"} | choice)), make_item("tea", tags=("tea",))
    for now, tags in ((NOW, before), (NOW + DAY, after)):
        sources = (make_source("world"), make_source("mixed", tags=tags))
        config = catalogue(*feeds, sources=sources)
        store.sync_sources(sources, now)
        if now == NOW:
            for source in sources:
                poll(store, source, [item], now)
        bring_up(Press(config), store, output, now)
        assert (b"<item>" in output.contents["chosen/rss.xml"]) == (now != NOW)


def test_another_order_of_feeds_changes_the_overview_alone(press: Press, store: SqlStore, output: Output) -> None:
    assert again(Press(catalogue(*reversed(FEEDS))), store, output) == set()
    assert output.given[-1] == "index.html"


def test_a_release_that_writes_otherwise_touches_every_feed(
    press: Press, store: SqlStore, output: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feedbuilder.pipeline.marks._own_version", lambda: "another")
    assert again(None, store, output) == {"all", "asia", "world-news", "world", "tea", "no-sports"}


def test_a_file_that_is_gone_or_was_edited_comes_back(press: Press, store: SqlStore, output: Output) -> None:
    whole = output.contents
    (output.path / "asia" / "rss.xml").unlink()
    (output.path / "tea" / "feed.json").write_bytes(b"{}")
    (output.path / "world" / "atom.xml").write_bytes(b"<feed/>")
    (output.path / "feeds.opml").unlink()
    assert again(press, store, output) == {"asia", "tea", "world", "world-news"}
    assert output.contents == whole


def test_an_edit_of_the_same_length_is_seen_by_its_time(press: Press, store: SqlStore, output: Output) -> None:
    whole, path = output.contents, output.path / "asia" / "rss.xml"
    path.write_bytes(path.read_bytes().replace(b"trade", b"trads"))
    os.utime(path, ns=(0, path.stat().st_mtime_ns + 1_000))
    assert again(None, store, output) == {"asia"}
    assert output.contents == whole


def test_a_folder_that_is_another_is_filled(press: Press, store: SqlStore, output: Output, tmp_path: Path) -> None:
    moved = Output(tmp_path / "elsewhere")
    again(None, store, moved)
    assert moved.contents == output.contents


@pytest.mark.parametrize("path", ["all/rss.xml", "asia/index.html", "index.html"])
@pytest.mark.parametrize("warm", [True, False], ids=["in one process", "in a new one"])
def test_what_breaks_down_between_saving_and_publishing_is_made_up_for(
    press: Press, store: SqlStore, output: Output, path: str, warm: bool
) -> None:
    poll(store, SOURCES[1], [make_item("news")], NOW + DAY)
    output.breaks_at = path
    with pytest.raises(KeyboardInterrupt):
        again(press, store, output)
    output.breaks_at = None
    again(press if warm else None, store, output)
    assert all(b"site.example/news" in output.contents[f"{feed}/rss.xml"] for feed in ("all", "asia", "no-sports"))
    assert b"Story of news" in output.contents["index.html"]


def test_what_is_saved_while_feeds_are_made_is_published_next(press: Press, store: SqlStore, output: Output) -> None:
    class Slow(Output):
        def publish(self, files: Any) -> Sequence[str]:
            written = super().publish(files)
            poll(store, SOURCES[1], [make_item("late")], NOW + DAY)
            return written

    poll(store, SOURCES[0], [make_item("early")], NOW + DAY)
    again(press, store, Slow(output.path))
    assert again(press, store, output) == {"all", "asia", "no-sports"}
    assert b"late" in output.contents["asia/rss.xml"]


def test_lists_of_feeds_wait_when_told_so_and_are_as_if_they_had_not(
    press: Press, store: SqlStore, output: Output
) -> None:
    poll(store, SOURCES[1], [make_item("news")], NOW + DAY)
    (output.path / "feeds.opml").unlink()
    output.given = []
    bring_up(press, store, output, NOW + DAY, lists=False)
    assert output.feeds == {"all", "asia", "no-sports"}
    assert "index.html" not in output.given
    assert press.lists_wait
    assert again(press, store, output) == set()  # nothing is new, and they are made
    assert output.given[-1] == "index.html"
    assert not press.lists_wait
    poll(store, SOURCES[1], [make_item("more")], NOW + 2 * DAY)
    bring_up(press, store, output, NOW + DAY, lists=False)
    again(None, store, output)  # another process does not know that they wait, and sees it
    assert b"Story of more" in output.contents["index.html"]
    assert output.contents == from_scratch(store, output, catalogue())


def test_of_a_feed_in_which_a_story_came_nothing_else_is_looked_up(
    press: Press, store: SqlStore, output: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object, **__: object) -> None:
        pytest.fail("all entries were looked up")

    for way in ("outlines", "newest"):
        monkeypatch.setattr(store, way, never)
    poll(store, SOURCES[1], [make_item("weather"), make_item("sports")], NOW + DAY)
    assert again(press, store, output) == {"all", "asia", "no-sports"}
    monkeypatch.undo()
    assert output.contents == from_scratch(store, output, catalogue())


def test_what_stands_in_more_feeds_than_are_remembered_is_looked_up(
    press: Press, store: SqlStore, output: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feedbuilder.pipeline.outline_memory.KEPT", 4)
    for number in range(3):
        poll(store, SOURCES[number], [make_item(f"news-{number}")], NOW + DAY)
        again(press, store, output)
    assert press.outlines.of("all") is None
    assert output.contents == from_scratch(store, output, catalogue())


def test_a_feed_that_is_configured_no_longer_is_listed_no_longer(press: Press, store: SqlStore, output: Output) -> None:
    fewer = Press(catalogue(*FEEDS[:2]))
    assert again(fewer, store, output) == set()
    assert b"tea" not in output.contents["feeds.opml"]
    assert again(None, store, output) >= {"tea", "no-sports", "world-news"}


def test_only_archive_documents_that_change_are_made_anew(press: Press, store: SqlStore, output: Output) -> None:
    def listing(first: int, count: int, now: datetime, title: str = "Story") -> None:
        items = [make_item(f"s{number}", title=f"{title} {number}") for number in range(first, first + count)]
        poll(store, SOURCES[0], items, now)

    for number in range(16):
        listing(number * 10, 10, NOW + DAY + number * MINUTE)
    again(press, store, output)
    pages = [page.name for page in store.archive_pages("world-news")]
    assert len(pages) == 3
    listing(60, 1, NOW + 2 * DAY, "Corrected")
    again(press, store, output)
    assert {path.split("/")[2] for path in output.given if "/archive/" in path} == {pages[1]}
    listing(160, 40, NOW + 3 * DAY)
    again(press, store, output)
    last = store.archive_pages("world-news")[-1].name
    assert {path.split("/")[2] for path in output.given if "/archive/" in path} == {pages[-1], last}
    store.prune(NOW + 400 * DAY, keep_age=300 * DAY, keep_items=0, shown=store.shown())
    again(press, store, output)
    made = {path.split("/")[2] for path in output.given if "/archive/" in path}
    assert set(pages) <= made
    assert output.contents == from_scratch(store, output, catalogue())


def from_scratch(store: SqlStore, output: Output, config: Catalogue) -> dict[str, bytes]:
    """Everything as it is when it is made anew, into another folder."""
    other = Output(output.path.parent / "scratch")
    for path in sorted(other.path.rglob("*.*")):
        path.unlink()
    store.settle([], list(store.printed()), {}, 0)
    bring_up(Press(config), store, other, NOW + 500 * DAY)
    return other.contents


def portion(press: Press, store: SqlStore, output: Output, size: int = 1) -> list[str]:
    """Publish what is due of so many feeds; return which were made, in order."""
    output.given, count = [], iter(range(1, 1000))
    bring_up(press, store, output, NOW + DAY, goes_on=lambda: next(count) < size)
    return list(dict.fromkeys(path.partition("/")[0] for path in output.given if "/rss.xml" in path))


@pytest.mark.usefixtures("press")
def test_a_setting_of_the_site_is_taken_up_in_portions(store: SqlStore, output: Output) -> None:
    other = Press(catalogue(title="Another title"))
    assert [portion(other, store, output, size=2) for _ in range(2)] == [
        ["all", "asia"],
        ["world-news", "world", "tea"],
    ]
    assert other.has_more
    assert portion(other, store, output) == ["no-sports"]
    assert not other.has_more
    assert portion(other, store, output) == []
    assert output.contents == from_scratch(store, output, other.catalogue)


@pytest.mark.usefixtures("press")
def test_news_goes_before_what_only_a_setting_touches(store: SqlStore, output: Output) -> None:
    other = Press(catalogue(title="Another title"))
    assert portion(other, store, output) == ["all"]
    poll(store, SOURCES[1], [make_item("weather")], NOW + DAY)
    poll(store, SOURCES[2], [make_item("cup", tags=("tea",))], NOW + DAY)
    assert portion(other, store, output, size=2) == ["all", "asia"]
    poll(store, SOURCES[0], [make_item("summit")], NOW + DAY)  # goes behind the news that waits already
    assert portion(other, store, output, size=2) == ["no-sports", "tea"]
    assert other.has_news
    assert portion(other, store, output, size=9) == ["all", "world-news", "world"]
    assert not other.has_more
    assert output.contents == from_scratch(store, output, other.catalogue)


@pytest.mark.usefixtures("press")
def test_news_goes_first_where_everything_is_due(store: SqlStore, output: Output) -> None:
    """As after a release, in the first publishing of a process."""
    poll(store, SOURCES[2], [make_item("cup", tags=("tea",))], NOW + DAY)
    other = Press(catalogue(title="Another title"))
    assert portion(other, store, output, size=3) == ["all", "no-sports", "tea"]
    assert (other.has_more, other.has_news) == (True, False)


@pytest.mark.usefixtures("press")
def test_what_a_portion_left_is_made_by_another_process(store: SqlStore, output: Output) -> None:
    other = Press(catalogue(title="Another title"))
    poll(store, SOURCES[1], [make_item("weather")], NOW + DAY)
    assert portion(other, store, output) == ["all"]
    assert again(Press(other.catalogue), store, output) == {"all", "asia", "no-sports", "tea", "world", "world-news"}
    assert output.contents == from_scratch(store, output, other.catalogue)


@given(st.integers(0, 10**9), st.booleans())
@example(111, True)  # the head of a feed that holds what looks like an entry
@example(171, True)  # the name of a tag turns back while some feeds are made and others are not, and a process ends
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happens_the_output_is_as_if_all_were_made_anew(
    tmp_path_factory: pytest.TempPathFactory, seed: int, auto: bool
) -> None:
    random, folder = Random(seed), tmp_path_factory.mktemp("press")
    tables = (*FEEDS, Feed.model_validate({"slug": "tag", "auto": "tags", "min_items": 2})) if auto else FEEDS
    config, output = catalogue(*tables), Output(folder / "output")
    press, now, spellings = Press(config), NOW, ("tea", "TEA", "Chai", "world news", "Green Tea", "green tea")
    with open_store(folder / "feedbuilder.db") as store:
        store.sync_sources(SOURCES, NOW)
        for _ in range(random.randrange(2, 9)):
            now += random.choice((MINUTE, DAY, 20 * DAY))
            for _ in range(random.randrange(4)):
                items = [
                    make_item(
                        f"s{number}",
                        title=random.choice(("Story", "Sports", f"Story {number}")),
                        tags=tuple(random.sample(spellings, random.randrange(3))),
                    )
                    for number in random.sample(range(60), random.randrange(25))
                ]
                poll(store, random.choice(SOURCES), items, now)
            if random.random() < 0.3:
                store.prune(now, keep_age=30 * DAY, keep_items=random.randrange(60), shown=store.shown())
            if random.random() < 0.2:
                press = Press(config)
            for _ in range(random.randrange(3)):  # in portions, between which other things happen
                lists = random.random() < 0.5
                bring_up(press, store, output, now, goes_on=lambda: random.random() < 0.5, lists=lists)
            if random.random() < 0.5:
                continue
            bring_up(press, store, output, now)
            assert not bring_up(press, store, output, now + timedelta(seconds=1))[1]
        bring_up(press, store, output, now)
        assert output.contents == from_scratch(store, output, config)


@pytest.mark.parametrize("warm", [True, False], ids=["in one process", "in a new one"])
def test_the_icon_of_a_site_touches_the_feeds_of_this_site_alone(
    press: Press, store: SqlStore, output: Output, warm: bool
) -> None:
    store.remember_icon("asia", None, NOW)
    store.remember_icon("world", None, NOW)
    assert again(press if warm else None, store, output) == set()
    store.remember_icon("asia", Icon("png", b"\x89PNG\r\n\x1a\n"), NOW + DAY)
    assert again(press if warm else None, store, output) == {"asia", "icons"}
    assert output.contents["icons/asia.png"] == b"\x89PNG\r\n\x1a\n"
    assert b"icons/asia.png" in output.contents["asia/feed.json"]
    (output.path / "icons" / "asia.png").unlink()
    assert again(None, store, output) == {"asia", "icons"}


@pytest.mark.parametrize(
    "settings",
    [
        {"title": "Another"},
        {"slug": "another"},
        {"tags": ["Tea"]},
        {"tags": {"any": ["Mate"], "none": ["Milk"]}},
        {"tags": {"all": ["Mate"]}},
        {"sources": ["asia"]},
        {"entries": 49},
        {"change": {"title": "New: {title}"}},
    ],
)
def test_whatever_a_feed_says_otherwise_has_another_mark(settings: dict[str, Any]) -> None:
    marks, plain = Marks(catalogue()), {"slug": "mate", "title": "Mate", "tags": ["Mate"]}
    one, same, other = (Feed.model_validate(table) for table in (plain, dict(plain), plain | settings))
    assert marks.of_feed(one, (), SOURCES) == marks.of_feed(same, (), SOURCES) != marks.of_feed(other, (), SOURCES)
