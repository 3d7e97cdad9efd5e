"""Articles' own pages are read once, before their items are published; where one is wrong, the list's words stay."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import feedparser
import pytest
import structlog
from typer.testing import CliRunner

from feedbuilder.cli import app
from feedbuilder.engine import Installation
from feedbuilder.model import Source
from feedbuilder.newsroom import Newsroom
from feedbuilder.newsroom.site import Response
from tests.acceptance.place import Place, Snapshot, quick_demo, with_sources

SEED = "/world/us-and-russia-restart-military-talks-as-ukraine-war-diplomacy-moves-forward"
SEED_TITLE = "US and Russia Restart Military Talks as Ukraine War Diplomacy Moves Forward"
BOILERPLATE = ("Sponsored", "Trending", "Read More", "views", "Share")

HEAD = """<!doctype html><html lang="en"><head><title>{title} | Gazette</title></head><body>
<article><h1>{title}</h1><p>Post by : Ann Reader</p><p>{text}</p></article></body></html>"""


@pytest.fixture
def full(place: Place) -> Place:
    """Return the place with two of the demo's own sources: all article pages are read, and no source has tags."""
    place.write_config(with_sources(quick_demo(), "world-news", "global-news"))
    return place


@pytest.fixture
def one_list(place: Place) -> Place:
    """Return the place with one source and one feed, for whatever becomes of a single article page."""
    config = with_sources(quick_demo(), "world-news").partition("# ---- Feeds")[0]
    place.write_config(f'{config}\n[[feed]]\nslug = "all"\ntitle = "All"\n')
    return place


def entry(place: Place, slug: str, title: str) -> feedparser.FeedParserDict:
    (found,) = [one for one in place.feed(slug, "atom.xml").entries if one.title == title]
    return found


def answering(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, path: str, answer: Callable[[Response], Response]
) -> None:
    """Let the newsroom answer with `answer` of what it would say at `path`."""
    respond = newsroom.respond

    def other(asked: str, headers: Mapping[str, str] | None = None, *more: Any) -> Response:
        real = respond(asked, headers, *more)
        return answer(real) if asked.partition("?")[0] == path else real

    monkeypatch.setattr(newsroom, "respond", other)


def html(text: str, status: int = 200, **headers: str) -> Callable[[Response], Response]:
    return lambda _: Response(status, {"Content-Type": "text/html; charset=utf-8", **headers}, text.encode())


def bytes_of(files: Snapshot) -> dict[str, bytes]:
    return {path: content for path, (content, _) in files.items()}


@pytest.mark.parametrize("slug", ["world-news", "global-news"])
def test_the_feeds_are_filled_from_the_article_pages_alone(full: Place, slug: str) -> None:
    full.build()
    story = entry(full, slug, SEED_TITLE)
    assert (story.author, story.published) == ("Saif Nasser", "2026-02-06T12:35:00+04:00")
    (content,) = story.content
    assert "<p>The United States and Russia have agreed" in content.value
    assert content.value.rstrip().endswith("prevent a bad situation from becoming worse.</p>")
    text = re.sub(r"<[^>]+>", " ", content.value)
    assert not [word for word in BOILERPLATE if word in text]
    assert not re.search(r"\b129\b|12:35", text)


def test_titles_that_the_list_cuts_are_whole(full: Place) -> None:
    full.build()
    titles = [one.title for slug in ("world-news", "global-news") for one in full.feed(slug).entries]
    assert not [title for title in titles if title.endswith(("…", "..."))]
    whole = {story.title for story in full.newsroom.stories()}
    assert set(titles) <= whole


def test_each_article_page_is_asked_for_once_in_ten_polls(full: Place) -> None:
    for _ in range(10):
        full.build()
    asked = {
        path: count for path, count in full.newsroom.requests.items() if path.startswith(("/world/", "/business/"))
    }
    assert len(asked) > 10
    assert set(asked.values()) == {1}


def test_nothing_moves_when_nothing_is_new_and_a_lost_store_reads_no_article_again(full: Place) -> None:
    full.build()
    before = full.files()
    full.build()
    assert full.files() == before
    asked = full.newsroom.requests[SEED]
    shutil.rmtree(full.folder / "var")
    full.build()
    assert full.files() == before
    assert full.newsroom.requests[SEED] == asked


def test_an_edit_on_the_list_has_the_page_read_again(full: Place) -> None:
    full.build()
    full.later(5)
    full.newsroom.edit(SEED.rpartition("/")[2], summary="The two sides will talk by telephone from March on")
    full.build()
    story = entry(full, "world-news", SEED_TITLE)
    assert story.summary == "The two sides will talk by telephone from March on"
    assert story.published == "2026-02-06T12:35:00+04:00"
    assert full.newsroom.requests[SEED] == 2


def test_turning_articles_on_later_leaves_what_is_published_as_it_is(place: Place) -> None:
    place.build()
    before = bytes_of(place.files())
    place.write_config(place.config_path.read_text("utf-8").replace('articles = "off"', 'articles = "full"'))
    place.build()
    assert bytes_of(place.files()) == before
    assert place.newsroom.requests[SEED] == 0


def test_auto_reads_only_what_the_list_leaves_out(place: Place) -> None:
    place.write_config(place.config_path.read_text("utf-8").replace('articles = "off"', 'articles = "auto"'))
    place.build()
    # The whole titles stand in attributes and each card has its time, so there is nothing to ask for.
    assert place.newsroom.requests[SEED] == 0
    cut = '.post-title a@title", ".post-image img@alt", "'
    place.write_config(place.config_path.read_text("utf-8").replace(cut, ""))
    shutil.rmtree(place.folder / "var")
    shutil.rmtree(place.output)
    place.build()
    titles = [one.title for one in place.feed("all").entries]
    assert not [title for title in titles if title.endswith(("…", "..."))]


BAD = [
    pytest.param(html("<h1>Forbidden</h1>", 403), "403", id="403"),
    pytest.param(html("", 302, Location="/login?next=x"), "login", id="login"),
    pytest.param(
        html("<html><head><title>Before you go on</title></head><body><h1>We value your privacy</h1></body></html>"),
        "does not look like the article",
        id="consent",
    ),
    pytest.param(html(f"<h1>{SEED_TITLE}</h1>" + "<p>word</p>" * 1_000_000), "larger than", id="10 MB"),
]


@pytest.mark.parametrize(("answer", "reason"), BAD)
def test_a_page_that_cannot_be_had_leaves_the_words_of_the_list(
    one_list: Place, monkeypatch: pytest.MonkeyPatch, answer: Callable[[Response], Response], reason: str
) -> None:
    answering(one_list.newsroom, monkeypatch, SEED, answer)
    with structlog.testing.capture_logs() as logs:
        one_list.build()
    story = entry(one_list, "all", SEED_TITLE)
    assert story.published == "2026-02-06T12:35:00+04:00"
    assert "US and Russia agree to restore military dialogue" in story.summary
    assert not story.get("content")
    (told,) = [log for log in logs if log["event"] == "article not read"]
    assert reason in told["reason"]
    assert told["article"].endswith(SEED)


def test_a_page_that_fails_is_given_up_after_three_tries(one_list: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    answering(one_list.newsroom, monkeypatch, SEED, html("", 500))
    for _ in range(8):
        one_list.build()
        one_list.later(15)
    assert one_list.newsroom.requests[SEED] == 3


def test_a_stub_before_a_paywall_is_published_as_far_as_it_goes(
    one_list: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    stub = HEAD.format(title=SEED_TITLE, text="The two armies will talk again. Subscribe to read on.")
    answering(one_list.newsroom, monkeypatch, SEED, html(stub))
    one_list.build()
    story = entry(one_list, "all", SEED_TITLE)
    assert "US and Russia agree to restore military dialogue" in story.summary
    assert story.published == "2026-02-06T12:35:00+04:00"


@pytest.mark.parametrize("wrong", ["/", "/tags/world-news", "/world/thailand-election"])
def test_a_wrong_canonical_is_ignored(one_list: Place, monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    respond = one_list.newsroom.respond

    def other(asked: str, headers: Mapping[str, str] | None = None, *more: Any) -> Response:
        real = respond(asked, headers, *more)
        if not asked.startswith("/world/"):
            return real
        link = f'<link rel="canonical" href="{one_list.url}{wrong}"></head>'
        return Response(real.status, real.headers, real.text.replace("</head>", link, 1).encode())

    one_list.build()
    whole = sorted(one.title for one in one_list.feed("all").entries)
    shutil.rmtree(one_list.folder / "var")
    shutil.rmtree(one_list.output)
    monkeypatch.setattr(one_list.newsroom, "respond", other)
    one_list.build()
    assert sorted(one.title for one in one_list.feed("all").entries) == whole
    one_list.build()
    assert sorted(one.title for one in one_list.feed("all").entries) == whole


def test_one_story_under_two_addresses_is_one_entry(full: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = "/mobile" + SEED

    def moved(real: Response) -> Response:
        return Response(real.status, real.headers, real.text.replace(SEED, copy).encode())

    respond = full.newsroom.respond

    def other(asked: str, headers: Mapping[str, str] | None = None, *more: Any) -> Response:
        if asked == "/tags/global-news":
            return moved(respond(asked, headers, *more))
        return Response(301, {"Location": SEED}, b"") if asked == copy else respond(asked, headers, *more)

    monkeypatch.setattr(full.newsroom, "respond", other)
    full.build()
    assert len([one for one in full.feed("all").entries if one.title == SEED_TITLE]) == 1
    before = full.files()
    full.build()
    assert full.files() == before


def read_articles(installation: Installation, source: Source) -> int:
    """Read the article pages that are due, as one round of `run` does; return how many those were."""
    visits = installation.due_articles(source)
    for visit in visits:
        installation.read_article(visit, source)
    return len(visits)


def test_items_wait_for_their_page_under_run_and_are_published_when_the_time_is_over(
    one_list: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(one_list.newsroom, monkeypatch, SEED, html("", 500))
    with one_list.open() as installation:
        installation.prepare()
        for source in installation.config.sources:
            installation.poll(source)
        installation.publish(patient=True)
        assert one_list.feed("all").entries == []
        for source in installation.config.sources:
            read_articles(installation, source)
        installation.publish(patient=True)
        titles = [one.title for one in one_list.feed("all").entries]
        assert titles
        assert SEED_TITLE not in titles
        one_list.later(11)
        installation.publish(patient=True)
        assert entry(one_list, "all", SEED_TITLE).published == "2026-02-06T12:35:00+04:00"


def test_many_new_articles_are_read_a_few_at_a_time(full: Place) -> None:
    full.write_config(
        full.config_path.read_text("utf-8").replace('host_gap = "0s"', 'host_gap = "0s"\narticles_per_run = 3')
    )
    with full.open() as installation:
        installation.prepare()
        source = installation.sources["global-news"]
        installation.poll(source)
        assert read_articles(installation, source) == 3
        asked = [path for path in full.newsroom.requests if path.startswith("/world/")]
        assert len(asked) <= 3
        assert installation.store.next_visit(source.id) == full.clock()
        full.clock.advance(timedelta(minutes=1))
        assert read_articles(installation, source) == 3


def test_items_explain_where_each_part_came_from(one_list: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    other = "/world/thailand-election-tests-pm-anutin-s-nationalism-strategy-in-tight-three-way-race"
    answering(one_list.newsroom, monkeypatch, other, html("", 500))
    one_list.build()
    shown = CliRunner().invoke(app, ["items", "--explain", "-c", str(one_list.config_path)])
    told = " ".join(shown.output.split())
    assert re.search(re.escape(SEED_TITLE) + r" own page read 2026-02-06 .* UTC: title from h1", told)
    assert re.search(r"own page not read \(.*500.*\); next try 2026-02-06", told)


@pytest.mark.parametrize("selected", [False, True], ids=["found", "selected"])
def test_without_the_extra_texts_are_missed_aloud(
    one_list: Place, monkeypatch: pytest.MonkeyPatch, *, selected: bool
) -> None:
    monkeypatch.setattr("feedbuilder.engine.installation.finds_texts", lambda: False)
    if selected:
        rule = '[source.article]\ncontent = ".article-body"\n\n[[feed]]'
        one_list.write_config(one_list.config_path.read_text("utf-8").replace("[[feed]]", rule))
    with structlog.testing.capture_logs() as logs:
        one_list.build()
    told = [log for log in logs if "full-text" in log["event"]]
    assert [log["sources"] for log in told] == ([] if selected else [["world-news"]])
    if selected:
        (content,) = entry(one_list, "all", SEED_TITLE).content
        assert content.value.startswith("<p>The United States and Russia have agreed")
