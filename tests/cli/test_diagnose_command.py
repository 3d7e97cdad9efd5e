"""`feedbuilder diagnose`: what was found before and is found now, the signs, the verdict, and what to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from feedbuilder.cli import app
from feedbuilder.config import load
from feedbuilder.model import NotModified, Page, Source, Validators
from feedbuilder.pipeline.local_reader import LocalReader
from feedbuilder.pipeline.poll import poll
from feedbuilder.pipeline.ports import Tools
from feedbuilder.store import open_store
from tests.heal.pages import NOW, after, before, page, stories

CONFIG = """\
[[source]]
id = "town"
url = "https://town.example/news"
timezone = "UTC"
articles = "off"
selectors = { item = ".news article", title = "h2", date = "time@datetime", summary = "p" }
"""
SIGN_IN = page("<h1>Sign in</h1><form><input type=password></form>", "<title>Sign in</title>")
Show = Callable[[Page], Result]


@dataclass
class OnePage:
    page: Page

    def fetch(self, source: Source, validators: Validators) -> Page | NotModified:
        return self.page

    def further(self, source: Source, url: str) -> Page:
        raise AssertionError(f"{source.id}: {url} was asked for")


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "config" / "feedbuilder.toml"
    path.parent.mkdir()
    path.write_text(CONFIG, "utf-8")
    return path


@pytest.fixture
def show(config: Path) -> Show:
    """Return what diagnoses a saved page."""

    def shown(saved: Page) -> Result:
        file = config.parent / "saved.html"
        file.write_bytes(saved.body)
        return CliRunner().invoke(app, ["diagnose", "town", "--html", str(file), "-c", str(config)])

    return shown


@pytest.fixture
def read_once(config: Path) -> None:
    """Let the source have been read well once."""
    loaded = load(config, {})
    with open_store(loaded.store.path) as store:
        tools = Tools(OnePage(before(stories(1, 10))), store, LocalReader(), lambda: NOW, lambda: 0.5)
        assert poll(loaded.sources[0], tools).error is None


def words(result: Result) -> str:
    return " ".join(result.output.split())


@pytest.mark.usefixtures("read_once")
def test_a_page_as_usual_is_said_to_be_one(show: Show) -> None:
    result = show(before(stories(2, 11)))
    assert result.exit_code == 0
    assert "item .news article 10 10" in words(result)
    assert f"title h2 100% {' '.join(stories(10, 10)[0].title.split()[:2])}" in words(result)
    assert "Of the 10 articles that were listed last, 9 are found." in words(result)
    assert "The page is read as usual." in words(result)


@pytest.mark.usefixtures("read_once")
def test_a_redesign_is_shown_with_what_the_next_reading_does(show: Show) -> None:
    result = show(after(stories(3, 12)))
    assert result.exit_code == 0
    assert "item .news article 10 0" in words(result)
    assert "title h2 100%" in words(result)
    assert "The next reading repairs it by itself." in words(result)
    assert "8 of the 10 articles" in words(result)
    assert "feedbuilder heal town" in words(result)


@pytest.mark.usefixtures("read_once")
def test_a_page_that_holds_the_list_no_longer_is_refused_with_what_to_do(show: Show) -> None:
    result = show(SIGN_IN)
    assert result.exit_code == 1
    assert "Of the 10 articles that were listed last, 0 are found." in words(result)
    assert "Nothing of it would be published." in words(result)


@pytest.fixture
def read_badly(config: Path, read_once: None) -> None:
    """Let the page be another one, twice, after it was read well."""
    loaded = load(config, {})
    with open_store(loaded.store.path) as store:
        for number, shown in enumerate((SIGN_IN, page("<h1>Town</h1>"))):
            later = replace(shown, fetched_at=NOW + timedelta(hours=1 + number))
            tools = Tools(OnePage(later), store, LocalReader(), lambda: NOW, lambda: 0.5)
            assert poll(loaded.sources[0], tools).error is not None


def kept(config: Path) -> Result:
    return CliRunner().invoke(app, ["diagnose", "town", "--kept", "-c", str(config)])


@pytest.mark.usefixtures("read_badly")
def test_the_last_good_page_stands_beside_the_first_bad_one_without_asking_the_site(config: Path) -> None:
    result = kept(config)
    assert result.exit_code == 1
    said = words(result)
    assert "the first that was not read well" in said
    assert "item .news article 10 0" in said
    assert "asks for a login" in said
    assert 'it says "Sign in"' in said
    assert "Nothing of it would be published." in said


@pytest.mark.usefixtures("read_once")
def test_a_page_that_was_repaired_is_shown_by_the_selectors_that_failed_on_it(config: Path) -> None:
    loaded = load(config, {})
    with open_store(loaded.store.path) as store:
        later = replace(after(stories(3, 12)), fetched_at=NOW + timedelta(hours=1))
        tools = Tools(OnePage(later), store, LocalReader(), lambda: NOW + timedelta(hours=1), lambda: 0.5)
        assert poll(loaded.sources[0], tools).repair is not None
    result = kept(config)
    said = words(result)
    assert result.exit_code == 0
    assert "item .news article 10 0" in said
    assert "Its list was found again since then." in said
    assert "8 of the 10 articles" in said
    assert "feedbuilder heal town" in said


@pytest.mark.usefixtures("read_badly")
def test_a_page_that_is_well_again_leads_to_the_one_that_was_not(show: Show) -> None:
    assert "feedbuilder diagnose town --kept" in words(show(before(stories(2, 11))))


@pytest.mark.usefixtures("read_once")
def test_where_no_bad_page_was_kept_that_is_said(config: Path, show: Show) -> None:
    result = kept(config)
    assert result.exit_code == 2
    assert "no page" in words(result)
    assert "--kept" not in words(show(before(stories(2, 11))))


@pytest.mark.usefixtures("read_once")
def test_without_a_kept_page_the_usual_is_shown(show: Show, config: Path) -> None:
    with open_store(load(config, {}).store.path) as store, store.transaction() as memory:
        memory.forget_pages("town")
    said = words(show(before(stories(2, 11))))
    assert "item .news article about 10 10" in said


@pytest.mark.usefixtures("read_once")
def test_it_changes_nothing(show: Show, config: Path) -> None:
    loaded = load(config, {})
    with open_store(loaded.store.path) as store:
        remembered, runs = store.list_memory("town"), store.runs("town", 10)
    show(after(stories(3, 12)))
    with open_store(loaded.store.path) as store:
        assert (store.list_memory("town"), store.runs("town", 10)) == (remembered, runs)


def test_without_a_memory_it_shows_what_is_found(show: Show) -> None:
    result = show(before(stories(1, 10)))
    assert result.exit_code == 0
    assert "item .news article – 10" in words(result)
    assert "Nothing is remembered of its list yet" in words(result)


def test_alternatives_and_rules_are_shown_as_they_are_written(show: Show, config: Path) -> None:
    long = '["h2.a-rather-long-name-of-a-class-that-somebody-made", "h2.another-long-name-of-a-class", "h2"]'
    config.write_text(CONFIG.replace('title = "h2"', f'title = {long}, author = {{ join = ["i", "b"] }}'), "utf-8")
    shown = words(show(before(stories(1, 10))))
    assert "or h2" in shown
    assert '{ join = ["i", "b"] }' in shown
