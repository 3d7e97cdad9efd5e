"""Feeds made and changed in the studio: what is in them before they are written, and why other articles are not."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feedbuilder.config import load
from feedbuilder.engine import Installation, build
from feedbuilder.model import Feed
from feedbuilder.store import open_store
from feedbuilder.store.copy_over import copy_over
from feedbuilder.studio import feed_screens
from feedbuilder.studio.feed_form import feed_from, typed_of
from feedbuilder.studio.forms import Form
from tests.cli.conftest import STORIES, Web
from tests.studio.conftest import Visitor
from tests.studio.test_new_source import COMMENTED, texts

SOURCE = '[[source]]\nid = "{0}"\nurl = "{1}/{0}"\ntags = ["{2}"]\ntimezone = "UTC"\nselectors.item = "article"\n'


@pytest.fixture
def configured(place: Path, web: Web) -> Path:
    """Return the configuration of two sources."""
    web.pages["/sea"] = web.pages["/news"].replace('href="/news/', 'href="/sea/').replace("Ferry", "Ship")
    place.write_text(COMMENTED + SOURCE.format("news", web.url, "Town") + SOURCE.format("sea", web.url, "Sea"), "utf-8")
    return place


@pytest.fixture
def filled(configured: Path) -> Path:
    """Return the same once both were read."""
    config = load(configured, {})
    with Installation.open(config) as installation:
        build(installation, config.sources)
    return configured


@pytest.fixture(autouse=True)
def nothing_is_built(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the studio start no processes here."""
    monkeypatch.setattr("feedbuilder.studio.studio_state.Studio.publish", lambda _self: None)


def test_what_is_in_a_feed_is_shown_before_it_is_written(visitor: Visitor, filled: Path) -> None:
    fields = {"title": "Ferries", "tags": "Town", "include_title": "ferry"}
    answer = visitor.post("/feeds/new", fields)
    assert answer.status_code == 200
    assert filled.read_text("utf-8").count("[[feed]]") == 0
    assert "Ferry Line Merges" in answer.text
    assert "1 article in it now" in answer.text
    assert "include: title = &#34;ferry&#34;" in answer.text
    assert "its tags are others" in answer.text


def test_the_first_feed_takes_none_away(visitor: Visitor, filled: Path) -> None:
    answer = visitor.post("/feeds/new", {"title": "No ferries", "exclude_title": "ferry", "save": "yes"})
    assert answer.headers["location"] == "/feeds/no-ferries"
    written = filled.read_text("utf-8")
    assert written.startswith(COMMENTED)
    assert [feed["slug"] for feed in tomllib.loads(written)["feed"]] == ["town", "sea", "all", "no-ferries"]
    assert tomllib.loads(written)["feed"][-1] == {
        "slug": "no-ferries",
        "title": "No ferries",
        "exclude": {"title": ["ferry"]},
    }
    page = visitor.see("/feeds/no-ferries")
    assert texts(page, "#in") == [f"{2 * len(STORIES) - 1} articles in it now"]
    assert texts(page, ".address code") == ["http://127.0.0.1:8766/no-ferries/rss.xml"]


def test_a_feed_is_changed_and_removed(visitor: Visitor, configured: Path) -> None:
    visitor.post("/feeds/new", {"title": "Mine", "save": "yes"})
    fields = {"title": "Ours", "source": "sea", "aliases": "mine-too", "archive": "yes", "save": "yes"}
    assert visitor.post("/feeds/mine", fields).status_code == 303
    assert tomllib.loads(configured.read_text("utf-8"))["feed"][-1] == {
        "slug": "mine",
        "title": "Ours",
        "sources": ["sea"],
        "aliases": ["mine-too"],
        "archive": True,
    }
    assert visitor.post("/feeds/mine/remove").headers["location"] == "/"
    assert [feed["slug"] for feed in tomllib.loads(configured.read_text("utf-8"))["feed"]] == ["town", "sea", "all"]
    assert visitor.get("/feeds/mine").status_code == 404


def test_a_feed_is_filtered_by_language_by_beginnings_and_by_words_anywhere(visitor: Visitor, filled: Path) -> None:
    fields = {"title": "Some", "include_language": "en\nde", "exclude_begins": "Ferry Line", "exclude_text": "museum"}
    page = visitor.post("/feeds/new", fields).text
    assert "exclude: begins = &#34;Ferry Line&#34;" in page
    assert visitor.post("/feeds/new", fields | {"save": "yes"}).status_code == 303
    assert tomllib.loads(filled.read_text("utf-8"))["feed"][-1] == {
        "slug": "some",
        "title": "Some",
        "include": {"language": ["en", "de"]},
        "exclude": {"text": ["museum"], "begins": ["Ferry Line"]},
    }
    again = visitor.see("/feeds/some")
    assert texts(again, "#include_language") == ["en de"]
    assert texts(again, "#filters[open] #exclude_begins") == ["Ferry Line"]


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"title": "x", "include_language": "klingon spoken"}, "code of a language"),
        ({"title": ""}, "hyphens"),
        ({"title": "x", "slug": "No Slug"}, "hyphens"),
        ({"title": "x", "include_title": "a("}, "regular expression"),
        ({"title": "x", "entries": "many"}, "whole number"),
        ({"title": "Town"}, '"town"'),
    ],
)
def test_what_is_wrong_is_told_and_not_written(
    visitor: Visitor, configured: Path, fields: dict[str, str], fault: str
) -> None:
    before = configured.read_text("utf-8")
    answer = visitor.post("/feeds/new", fields | {"save": "yes"})
    assert answer.status_code == 422
    assert fault in answer.text.replace("&#34;", '"').lower()
    assert configured.read_text("utf-8") == before


def test_without_sources_there_is_nothing_to_make_feeds_of(visitor: Visitor) -> None:
    assert visitor.get("/feeds/new").status_code == 404


def test_what_a_form_does_not_speak_of_stays() -> None:
    feed = Feed.model_validate(
        {
            "slug": "town",
            "title": "Town",
            "description": "About it.",
            "tags": {"any": ["Town"], "all": ["News"]},
            "sources": {"none": ["sea"]},
            "exclude": {"link": "/ads/", "language": ["de"], "older_than": "30d"},
            "include": {"begins": ["Live"]},
            "archive": True,
        }
    )
    typed = {name: text for name, text in typed_of(feed).items() if isinstance(text, str)} | {"archive": "yes"}
    assert feed_from(Form(typed.items()), feed) == (feed, {})


def test_feeds_are_put_into_another_order(visitor: Visitor, configured: Path) -> None:
    feeds = '[[feed]]\nslug = "town"\ntags = ["Town"]\n\n[[feed]]\nslug = "sea"\ntags = ["Sea"]\n'
    configured.write_text(configured.read_text("utf-8") + feeds, "utf-8")
    assert texts(visitor.see("/feeds/sea"), "#order button") == ["Above Town"]
    assert visitor.post("/feeds/sea/move", {"way": "up"}).headers["location"] == "/feeds/sea"
    assert [feed.slug for feed in load(configured, {}).feeds] == ["sea", "town"]
    assert texts(visitor.see("/feeds/sea"), "#order button") == ["Below Town"]


def test_tags_are_those_of_the_store_that_is_configured(filled: Path, fresh_postgres: str) -> None:
    old = load(filled, {})
    copy_over(old.store.place, fresh_postgres)
    with open_store(fresh_postgres) as moved:
        renamed = [source.model_copy(update={"tags": ("Harbour",)}) for source in old.sources]
        moved.sync_sources(renamed, datetime.now(UTC))
    filled.write_text(f'[store]\nurl = "{fresh_postgres}"\n\n{filled.read_text("utf-8")}', "utf-8")
    assert feed_screens._common_tags(load(filled, {})) == ["Harbour"]  # and not of the file that it left behind
