"""A bug of ours that one page brings to light costs that reading alone; it is loud, and the other sources go on."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest

from feedbuilder import log
from feedbuilder.extract import extract
from feedbuilder.feeds import FeedDocument, WrittenEntries, render, render_status
from feedbuilder.model import NotModified, Outcome, Page, Site, Source, TagRules, Validators
from feedbuilder.pipeline import keep_list, local_reader
from feedbuilder.pipeline import publish as publishing
from feedbuilder.pipeline.catalogue import Catalogue
from feedbuilder.pipeline.local_reader import LocalReader
from feedbuilder.pipeline.poll import poll
from feedbuilder.pipeline.ports import Tools
from feedbuilder.pipeline.press import Press
from feedbuilder.pipeline.publish import publish
from feedbuilder.publish import Folder
from feedbuilder.store import SqlStore, open_store

NOW = datetime(2026, 2, 6, tzinfo=UTC)
SOURCES = tuple(
    Source.model_validate(
        {
            "id": name,
            "url": f"https://{name}.example/",
            "timezone": "UTC",
            "tags": [name],
            "interval": "5m",
            "max_interval": "10m",
            "selectors": {"item": "article"},
        }
    )
    for name in ("first", "second")
)


@dataclass
class Web:
    """Every site lists one story, the one of this `edition`; a page that did not change is answered with 304."""

    edition: int = 1
    asked: list[Validators] = field(default_factory=list)

    def fetch(self, source: Source, validators: Validators) -> Page | NotModified:
        self.asked.append(validators)
        own = Validators(etag=f'"{self.edition}"')
        if validators == own:
            return NotModified(own)
        card = f'<article><h2><a href="/{self.edition}">Story {self.edition} of {source.id}</a></h2></article>'
        return Page(source.url, card.encode(), NOW, validators=own)

    def further(self, source: Source, url: str) -> Page:
        raise AssertionError(f"{source.id} asked for {url}")


@pytest.fixture(autouse=True)
def stream() -> io.StringIO:
    written = io.StringIO()
    log.configure(verbose=False, quiet=False, stream=written)
    return written


@pytest.fixture
def break_at(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    def broken(*_: Any, **__: Any) -> Any:
        raise ZeroDivisionError("nobody thought of this page")

    def first_only(page: Page, source: Source, *others: Any) -> Any:
        return broken() if source.id == "first" else extract(page, source, *others)

    def set_in(step: str) -> None:
        if step == "extract":
            monkeypatch.setattr(local_reader, step, first_only)
        else:
            monkeypatch.setattr(keep_list, step, broken)

    return set_in


def due_after_failure(source: Source, tools: Tools) -> datetime:
    """Return when `source` is due after a reading that fails."""
    assert poll(source, tools).outcome is Outcome.FAILED
    due = tools.store.state(source.id).next_due
    assert due is not None
    return due


def tools_of(web: Web, store: SqlStore) -> Tools:
    return Tools(web, store, LocalReader(), lambda: NOW, lambda: 0.5)


def test_a_bug_in_extraction_is_logged_and_the_other_sources_are_read_and_published(
    tmp_path: Path, stream: io.StringIO, break_at: Callable[[str], None]
) -> None:
    break_at("extract")
    with open_store(tmp_path / "feedbuilder.db") as store:
        store.sync_sources(SOURCES, NOW)
        tools = tools_of(Web(), store)
        failed, read = (poll(source, tools) for source in SOURCES)
        site = Site(output=tmp_path / "output")
        publish(Press(Catalogue((), SOURCES, site, TagRules())), store, Folder(site.output), NOW)
        state = store.state("first")
        status = json.loads(render_status(NOW, SOURCES, store.states(), (), "1").content)
        assert store.runs("first", 5) == [failed]
    assert (failed.outcome, failed.new) == (Outcome.FAILED, 0)
    assert failed.error == "unexpected error, please report it: ZeroDivisionError('nobody thought of this page')"
    assert (read.outcome, read.new) == (Outcome.NEW, 1)
    assert (status["bugs"], [one["bugs"] for one in status["sources"]]) == (1, [1, 0])
    assert state.failures == 1
    written = stream.getvalue()
    assert "please report it" in written
    assert "source=first" in written
    assert "Traceback" in written
    assert "in first_only" in written
    feed = feedparser.parse((tmp_path / "output" / "second" / "rss.xml").read_bytes())
    assert [entry.title for entry in feed.entries] == ["Story 1 of second"]


@pytest.mark.parametrize("step", ["extract", "merge", "plan", "gap_after"])
def test_nothing_is_kept_of_a_reading_that_a_bug_ended_and_a_304_does_not_hide_it(
    tmp_path: Path, break_at: Callable[[str], None], monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    source, web = SOURCES[0], Web()
    with open_store(tmp_path / "feedbuilder.db") as store:
        store.sync_sources(SOURCES, NOW)
        tools = tools_of(web, store)
        poll(source, tools)
        web.edition = 2
        break_at(step)
        dues = [due_after_failure(source, tools) for _ in range(5)]
        assert dues == sorted(dues)
        assert dues[-1] > NOW + source.ceiling  # it backs off, further than any interval
        assert {one.etag for one in web.asked[1:]} == {'"1"'}
        with store.transaction() as memory:
            assert set(memory.known(["first.example/1", "first.example/2"])) == {"first.example/1"}
        monkeypatch.undo()
        mended = poll(source, tools)
        assert (mended.outcome, mended.new) == (Outcome.NEW, 1)
        assert store.state(source.id).failures == 0


def test_a_bug_before_the_page_was_had_keeps_away_as_any_site_that_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> Any:
        raise ZeroDivisionError("nobody thought of this answer")

    monkeypatch.setattr(Web, "fetch", broken)
    with open_store(tmp_path / "feedbuilder.db") as store:
        run = poll(SOURCES[0], tools_of(Web(), store))
        state = store.state("first")
    assert (run.outcome, run.status) == (Outcome.FAILED, None)
    assert state.blocked_until is not None
    assert state.blocked_until > NOW


def test_a_bug_in_rendering_costs_that_feed_alone_and_a_mended_program_writes_it(
    tmp_path: Path, stream: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def first_breaks(document: FeedDocument, written: WrittenEntries | None) -> Any:
        if document.slug == "first":
            raise ZeroDivisionError("nobody thought of this entry")
        return render(document, written)

    site, web = Site(output=tmp_path / "output"), Web()
    catalogue, folder = Catalogue((), SOURCES, site, TagRules()), Folder(site.output)

    def titles(slug: str) -> list[str]:
        parsed = feedparser.parse((site.output / slug / "rss.xml").read_bytes())
        return sorted(entry.title for entry in parsed.entries)

    with open_store(tmp_path / "feedbuilder.db") as store:
        store.sync_sources(SOURCES, NOW)
        tools, press = tools_of(web, store), Press(catalogue)
        for source in SOURCES:
            poll(source, tools)
        publish(press, store, folder, NOW)
        web.edition = 2
        for source in SOURCES:
            poll(source, tools)
        monkeypatch.setattr(publishing, "render", first_breaks)
        publish(press, store, folder, NOW)
        assert titles("second") == ["Story 1 of second", "Story 2 of second"]
        assert titles("first") == ["Story 1 of first"]
        assert "feed=first" in stream.getvalue()
        assert "in first_breaks" in stream.getvalue()
        monkeypatch.undo()
        publish(Press(catalogue), store, folder, NOW)
        assert titles("first") == ["Story 1 of first", "Story 2 of first"]
