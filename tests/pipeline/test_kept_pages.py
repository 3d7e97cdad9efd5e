"""Which pages of a source are kept: the last good one, the first bad one, and none of what others could not see.

And whether what its cards say is kept, for processes that have not read them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from feedbuilder.model import (
    ONLY_ITEMS,
    Articles,
    AskedOfList,
    FamiliarList,
    KeptKind,
    NotModified,
    Outcome,
    Page,
    PageFacts,
    Run,
    Source,
    Validators,
)
from feedbuilder.parse import surroundings
from feedbuilder.parse.kept_copy import unpacked
from feedbuilder.pipeline.kept_pages import may_keep
from feedbuilder.pipeline.local_reader import LocalReader
from feedbuilder.pipeline.poll import poll
from feedbuilder.pipeline.ports import Tools
from feedbuilder.store import SqlStore, kept_rows, open_store
from tests.heal.pages import NOW, SOURCE, after, before, page, stories


@dataclass
class Watched:
    store: SqlStore
    source: Source
    now: datetime = NOW
    page: Page | None = None

    def fetch(self, _source: Source, _validators: Validators) -> Page | NotModified:
        assert self.page is not None
        return replace(self.page, fetched_at=self.now)

    def further(self, source: Source, url: str) -> Page:
        raise AssertionError(f"{source.id}: {url} was asked for")

    def read(self, shown: Page, hours: float = 1, reader: LocalReader | None = None) -> Run:
        self.page, self.now = shown, self.now + timedelta(hours=hours)
        return poll(self.source, Tools(self, self.store, reader or LocalReader(), lambda: self.now, lambda: 0.5))

    def kept(self) -> dict[KeptKind, str]:
        pages = self.store.kept_pages(self.source.id)
        return {kind: unpacked(one.content)[0].decode() for kind, one in pages.items()}


@pytest.fixture
def watched(tmp_path: Path) -> Watched:
    return Watched(open_store(tmp_path / "store.db"), SOURCE.model_copy(update={"articles": Articles.OFF}))


def test_the_last_good_page_is_taken_once_a_day_and_the_first_bad_one_once(watched: Watched) -> None:
    watched.read(before(stories(1, 10)))
    watched.read(before(stories(2, 11)))
    assert set(watched.kept()) == {KeptKind.GOOD}
    assert stories(11, 11)[0].title not in watched.kept()[KeptKind.GOOD]
    watched.read(before(stories(3, 12)), hours=30)
    assert stories(12, 12)[0].title in watched.kept()[KeptKind.GOOD]
    for words in ("The first", "The second"):
        watched.read(page(f"<h1>{words}</h1>"), hours=30)
    assert "The first" in watched.kept()[KeptKind.BAD]
    assert stories(12, 12)[0].title in watched.kept()[KeptKind.GOOD]
    watched.read(before(stories(4, 13)))
    watched.read(page("<h1>The third</h1>"))
    assert "The third" in watched.kept()[KeptKind.BAD]


def test_the_page_that_was_repaired_is_kept(watched: Watched) -> None:
    watched.read(before(stories(1, 10)))
    assert watched.read(after(stories(3, 12))).repair is not None
    assert "teaser-head" in watched.kept()[KeptKind.BAD]
    assert "teaser-head" not in watched.kept()[KeptKind.GOOD]


class OneByOne(LocalReader):
    """Takes no look beside the list, so that it is asked for all of it."""

    def read_familiar(
        self, page: Page, source: Source, kept: Callable[[], bytes | None], asked: AskedOfList = ONLY_ITEMS
    ) -> FamiliarList:
        return super().read_familiar(page, source, kept, replace(asked, surroundings=False))


class AtOnce(LocalReader):
    """Is asked for nothing beside the list."""

    def facts(self, page: Page, source: Source, titles: Collection[str]) -> PageFacts:
        raise AssertionError(page.url)

    def kept_copy(self, page: Page, source: Source) -> bytes | None:
        raise AssertionError(page.url)


def unreadable(*_: Any) -> Any:
    raise ZeroDivisionError("nobody thought of this page")


@pytest.mark.parametrize(
    ("head", "listed"),
    [
        ("<title>World - Town</title><h1>World</h1><nav class=breadcrumb><a>Home</a><a>World</a></nav>", 10),
        (f"<title>{stories(1, 1)[0].title} - Town</title><h1>{stories(2, 2)[0].title}</h1><!-- a comment -->", 10),
        ("<link rel=canonical href=/news><meta property=og:url content=/world><input value=secret><p onclick=x()>", 3),
        ("<script>var x = '<!--'</script><template><p>t</p></template><h1>" + "<b>" * 50 + "Deep</h1>", 10),
    ],
)
def test_all_at_once_is_seen_of_a_page_what_is_seen_one_by_one(
    watched: Watched, head: str, listed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = before(stories(1, listed))
    shown = replace(shown, body=shown.body.replace(b"<main", f"{head}<main".encode(), 1))
    assert head.encode() in shown.body
    seen = []

    def see(name: str, reader: LocalReader) -> None:
        watched.source = watched.source.model_copy(update={"id": name})
        assert watched.read(shown, hours=0, reader=reader).found == listed
        seen.append((watched.store.list_memory(name).names, watched.kept()))

    see("one-by-one", OneByOne())
    see("at-once", AtOnce())
    monkeypatch.setattr(surroundings, "LARGEST", 100)
    see("too-large", LocalReader())
    monkeypatch.undo()
    monkeypatch.setattr(surroundings, "said_names", unreadable)
    see("broken", LocalReader())
    assert seen[0][1][KeptKind.GOOD]
    assert seen[1:] == seen[:1] * 3


@pytest.mark.parametrize(
    ("changed", "kept"),
    [
        ({}, True),
        ({"headers": {"Authorization": "Bearer abc"}}, False),
        ({"headers": {"Accept-Language": "de"}}, False),
        ({"url": "https://jo:abc@town.example/news"}, False),
        ({"url": "https://town.example/news?token=abcdef"}, False),
        ({"headers": {"Authorization": "Bearer abc"}, "keep_pages": True}, True),
        ({"keep_pages": False}, False),
    ],
)
def test_pages_that_others_could_not_see_are_kept_only_where_that_is_asked(changed: dict[str, Any], kept: bool) -> None:
    assert may_keep(SOURCE.model_copy(update=changed)) is kept


def test_pages_are_forgotten_once_they_may_not_be_kept(watched: Watched) -> None:
    watched.read(before(stories(1, 10)))
    watched.source = watched.source.model_copy(update={"keep_pages": False})
    watched.read(before(stories(2, 11)), hours=30)
    assert watched.kept() == {}
    watched.read(page("<h1>Sign in</h1>"))
    assert watched.kept() == {}


def test_pages_of_sources_that_are_gone_are_forgotten(watched: Watched) -> None:
    watched.read(before(stories(1, 10)))
    watched.store.sync_sources([], NOW)
    assert watched.kept() == {}


def test_of_too_many_the_oldest_go(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_rows, "MOST", 2)
    for number in range(4):
        watched.source = watched.source.model_copy(update={"id": f"town{number}"})
        watched.read(before(stories(1, 10)))
    assert [bool(watched.store.kept_pages(f"town{number}")) for number in range(4)] == [False, False, True, True]


def test_cards_that_a_process_has_read_the_next_one_reads_no_more(watched: Watched, read_cards: list[str]) -> None:
    """`read` has another reader each time, which knows nothing but what the store keeps."""
    watched.read(before(stories(1, 10)))
    read_cards.clear()
    run = watched.read(before(stories(2, 11)))
    assert (run.new, len(read_cards)) == (1, 1)


def test_what_cards_say_that_others_could_not_see_is_not_kept(watched: Watched, read_cards: list[str]) -> None:
    watched.source = watched.source.model_copy(update={"headers": {"Authorization": "Bearer abc"}})
    watched.read(before(stories(1, 10)))
    assert watched.store.kept_cards("town") is None
    read_cards.clear()
    watched.read(before(stories(2, 11)))
    assert len(read_cards) == 10


def test_what_cards_say_is_forgotten_once_it_may_not_be_kept(watched: Watched) -> None:
    watched.read(before(stories(1, 10)))
    assert watched.store.kept_cards("town") is not None
    watched.source = watched.source.model_copy(update={"keep_pages": False})
    watched.read(before(stories(2, 11)), hours=30)
    assert watched.store.kept_cards("town") is None


def test_what_the_cards_of_a_source_say_goes_with_it(watched: Watched) -> None:
    watched.read(before(stories(1, 10)))
    watched.store.sync_sources([], NOW)
    assert watched.store.kept_cards("town") is None


def test_what_was_kept_of_cards_that_are_read_otherwise_now_is_of_no_use(
    watched: Watched, read_cards: list[str]
) -> None:
    watched.read(before(stories(1, 10)))
    watched.source = watched.source.model_copy(update={"day_first": True})
    read_cards.clear()
    watched.read(before(stories(1, 10)))
    assert len(read_cards) == 10


def test_damage_to_what_was_kept_of_cards_costs_no_reading(watched: Watched) -> None:
    watched.read(before(stories(1, 10)))
    kept = watched.store.kept_cards("town")
    assert kept is not None
    with watched.store.transaction() as memory:
        memory.keep_cards("town", kept[:-5])
    run = watched.read(before(stories(2, 11)))
    assert (run.outcome, run.new) == (Outcome.NEW, 1)
