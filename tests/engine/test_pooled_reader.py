"""Reading pages in other processes: the same answers, and a clear word about a page whose reading was ended."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from feedbuilder import log, masking
from feedbuilder.engine.pooled_reader import PooledReader, pooled_reader
from feedbuilder.model import ExtractError, NotModified, Outcome, Page, ReadingSettings, ReadingStoppedError, Source
from feedbuilder.parse.kept_copy import unpacked
from feedbuilder.pipeline import local_reader
from feedbuilder.pipeline.local_reader import LocalReader
from feedbuilder.pipeline.poll import poll
from feedbuilder.pipeline.ports import Tools
from feedbuilder.processes import Nursery
from feedbuilder.store import open_store
from tests.patience import PATIENCE

pytestmark = pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning")  # see tests/processes/test_pool.py

forked_only = pytest.mark.skipif(sys.platform != "linux", reason="forks are for Linux")

NOW = datetime(2026, 2, 6, 12, tzinfo=UTC)
URL = "https://paper.example/news"
CARD = '<article><h2><a href="/story/{n}">Story number {n} of many</a></h2><p>What happened in it</p></article>'
ARTICLE = (
    "<html><title>Story number 1 of many | Paper</title><article><h1>Story number 1 of many</h1><p>Text.</p></article>"
)
ENDLESS = r"^(\w+\s?)+$"
"""What somebody may write for "words": it tries all ways to part them before it gives up."""


def page(cards: int = 3, extra: str = "", url: str = URL) -> Page:
    html = "".join(CARD.format(n=n) for n in range(cards)) + extra
    return Page(url, html.encode(), NOW, "text/html; charset=utf-8")


def source(**selectors: Any) -> Source:
    return Source.model_validate(
        {
            "id": "paper",
            "url": URL,
            "timezone": "UTC",
            "interval": "1m",
            "next": "a.next",
            "selectors": {"item": "article", "summary": "p", **selectors},
        }
    )


EVIL = page(extra=CARD.format(n="word " * 40 + "!"))

Opens = Callable[..., PooledReader]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[Opens]:
    monkeypatch.setattr("feedbuilder.processes.pool.PATIENCE", PATIENCE)  # a busy machine is none that hangs
    readers = []

    def open_reader(nursery: Nursery | None = None, **settings: Any) -> PooledReader:
        reader = pooled_reader(ReadingSettings.model_validate({"processes": 1, **settings}), nursery or Nursery())
        assert reader is not None
        readers.append(reader)
        return reader

    yield open_reader
    for reader in readers:
        reader.close()


def test_it_says_what_a_reader_in_the_program_says(opened: Opens) -> None:
    pooled, local, watched = opened(), LocalReader(), source()
    for listing in (page(), page(40), page(2, '<a class=next href="?page=2">Older</a>')):
        assert pooled.read_list(listing, watched) == local.read_list(listing, watched)
        assert pooled.further(listing, watched, 2, listing.url) == local.further(listing, watched, 2, listing.url)
    [item, *_] = local.read_list(page(), watched)
    article = Page(item.link, ARTICLE.encode(), NOW, "text/html")
    for full in (False, True):
        assert pooled.read_article(article, watched, item, full=full) == local.read_article(
            article, watched, item, full=full
        )
    missing = page(0, "<h1>Page not found</h1>")
    for titles in ([], ["Page not found"]):
        assert pooled.facts(missing, watched, titles) == local.facts(missing, watched, titles)


def test_what_was_kept_of_cards_is_asked_for_once_as_long_as_the_process_lasts(opened: Opens) -> None:
    watched, asked = source(), list[str]()
    taught = LocalReader().read_familiar(page(8), watched, lambda: None).cards
    reader = opened()

    def kept() -> bytes | None:
        asked.append("kept")
        return taught

    first, second = (reader.read_familiar(page(8), watched, kept) for _ in range(2))
    assert first.items == second.items == LocalReader().read_list(page(8), watched)
    assert (first.cards, asked) == (None, ["kept"])
    other = watched.model_copy(update={"day_first": True})  # as after a reload: this process has no such cards
    assert reader.read_familiar(page(8), other, kept).cards is not None
    assert asked == ["kept"] * 2
    assert reader.read_familiar(page(8), other, kept).cards is None
    assert asked == ["kept"] * 2


def test_a_page_that_cannot_be_read_is_told_in_the_same_words(opened: Opens) -> None:
    told = []
    for reader in (opened(), LocalReader()):
        with pytest.raises(ExtractError, match="is an empty page") as caught:
            reader.read_list(page(0), source())
        told.append((type(caught.value), str(caught.value)))
    assert told[0] == told[1]


def test_an_expression_that_never_ends_is_told_and_the_next_page_is_read(opened: Opens) -> None:
    reader = opened(deadline="1s")
    with pytest.raises(ExtractError) as caught:
        reader.read_list(
            page(extra=CARD.format(n="word " * 40 + "!")), source(title={"select": "h2", "match": ENDLESS})
        )
    told = str(caught.value)
    assert URL in told
    assert "took more than 1s of processor time" in told
    assert '"match"' in told
    assert "deadline under [reading]" in told
    assert len(reader.read_list(page(), source())) == 3


def test_a_page_that_takes_too_much_memory_is_told(opened: Opens) -> None:
    huge = page(500, "<b>x</b>" * 140_000)
    with pytest.raises(ExtractError, match=r"took more than 1\.0 MB of memory.*memory under \[reading\]"):
        opened(memory="1MB", deadline="10m").read_list(huge, source())
    assert len(opened(memory="2GB", deadline="10m").read_list(huge, source())) == 500


@pytest.mark.parametrize(
    "forks",
    [pytest.param(True, marks=pytest.mark.skipif(sys.platform != "linux", reason="forks are for Linux")), False],
)
def test_processes_know_what_is_secret_whenever_it_became_so(
    opened: Opens, monkeypatch: pytest.MonkeyPatch, *, forks: bool
) -> None:
    monkeypatch.setattr("feedbuilder.processes.nursery.can_fork", lambda: forks)
    nursery = Nursery()  # before the configuration is read, as programs begin it
    early, late = "open-sesame-1", "open-sesame-2"
    masking.learn({early})
    reader, told = opened(nursery), page(extra=f"<p>{early}, {late}</p>")

    def masked() -> list[bool]:
        copy = reader.kept_copy(told, source())
        assert copy is not None
        return [secret.encode() not in unpacked(copy)[0] for secret in (early, late)]

    assert masked() == [True, False]
    masking.learn({late})  # as at a reload
    assert masked() == [True, True]


def test_without_processes_there_is_none() -> None:
    assert pooled_reader(ReadingSettings(processes=0), Nursery()) is None


def test_whoever_waits_when_it_is_closed_learns_that_the_program_ends(opened: Opens) -> None:
    reader = opened()
    reader.close()
    with pytest.raises(ReadingStoppedError, match="the program is ending"):
        reader.read_list(page(), source())


@dataclass
class Site:
    """Answers every request with its page."""

    page: Page

    def fetch(self, *_: Any) -> Page | NotModified:
        return self.page

    def further(self, *_: Any) -> Page:
        return self.page


def broken(*_: Any) -> Any:
    raise ZeroDivisionError("nobody thought of this page")


def test_a_bug_in_another_process_is_logged_with_the_place_where_it_arose(
    opened: Opens, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feedbuilder.processes.nursery.can_fork", lambda: True)  # so that the other process has it too
    monkeypatch.setattr(local_reader, "extract", broken)
    written = io.StringIO()
    log.configure(verbose=False, quiet=False, stream=written)
    watched = source()
    with open_store(tmp_path / "feedbuilder.db") as store:
        store.sync_sources([watched], NOW)
        run = poll(watched, Tools(Site(page()), store, opened(), lambda: NOW, lambda: 0.5))
    assert run.outcome is Outcome.FAILED
    assert run.error == "unexpected error, please report it: ZeroDivisionError('nobody thought of this page')"
    assert "in broken" in written.getvalue()
    assert "in read_list" in written.getvalue()


def test_a_reading_that_was_ended_is_a_failed_run_that_backs_off_and_heals(opened: Opens, tmp_path: Path) -> None:
    evil = source(title={"select": "h2", "match": ENDLESS})
    site, moment = Site(EVIL), NOW
    with open_store(tmp_path / "feedbuilder.db") as store:
        store.sync_sources([evil], NOW)
        tools = Tools(site, store, opened(deadline="1s"), lambda: moment, lambda: 0.5)
        dues = []
        for failures in (1, 2):
            run = poll(evil, tools)
            assert run.outcome is Outcome.FAILED
            assert "processor time" in (run.error or "")
            state = store.state(evil.id)
            assert (state.failures, state.error) == (failures, run.error)
            assert state.next_due is not None
            dues.append(state.next_due - moment)
            moment += timedelta(hours=12)
        assert dues == sorted(set(dues))
        site.page = page()
        assert poll(evil, tools).new == 3
        assert store.state(evil.id).failures == 0


def test_pages_keep_all_that_they_say_on_their_way(opened: Opens) -> None:
    cyrillic = "".join(CARD.format(n=n) for n in range(3)).replace("Story", "История")
    other = replace(page(), body=cyrillic.encode("windows-1251"), content_type="text/html; charset=windows-1251")
    assert opened().read_list(other, source()) == LocalReader().read_list(other, source())
