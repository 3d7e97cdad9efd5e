"""The first reading of a source goes further back: which pages are asked for, what becomes of their items."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zlib import crc32

import pytest

from feedbuilder.extract import extract
from feedbuilder.model import ExtractError, FetchError, NotModified, Outcome, Page, Source, Validators
from feedbuilder.pipeline.further_pages import with_further
from feedbuilder.pipeline.local_reader import LocalReader
from feedbuilder.pipeline.poll import poll
from feedbuilder.pipeline.ports import Tools
from feedbuilder.store import SqlStore, open_store

SITE = "https://news.example"
NOW = datetime(2026, 2, 6, tzinfo=UTC)


def listing(*slugs: str, following: str | None = None) -> bytes:
    cards = "".join(f'<article><h2><a href="/a/{slug}">Story {slug}</a></h2></article>' for slug in slugs)
    link = f'<a class="next" href="{following}">Older</a>' if following else ""
    return f"<html><body>{cards}{link}</body></html>".encode()


@dataclass
class Site:
    """Pages by path and query; what is not there is refused, as the fetcher does."""

    pages: dict[str, bytes]
    asked: list[str] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)
    """What was asked for and sent whole, as far as it could be sent conditionally."""
    links: str | None = None
    """The header Link of each answer."""
    kinds: dict[str, str] = field(default_factory=dict)
    """The media types of those that have one."""

    def get(self, url: str) -> Page:
        path = url.removeprefix(SITE)
        self.asked.append(path)
        if path not in self.pages:
            raise FetchError(f"{url} answered 404.", status=404)
        return Page(
            url, self.pages[path], NOW, self.kinds.get(path), validators=self.validators(path), links=self.links
        )

    def validators(self, path: str) -> Validators:
        return Validators(etag=f'"{crc32(self.pages[path])}"')

    def fetch(self, source: Source, validators: Validators) -> Page | NotModified:
        page = self.get(source.url)
        if page.validators == validators:
            return NotModified(validators)
        self.sent.append(source.url.removeprefix(SITE))
        return page

    def further(self, source: Source, url: str) -> Page:
        assert url.startswith(SITE)
        assert source.id == "news"
        return self.get(url)

    def fill(self, source: Source) -> tuple[list[str], str | None]:
        """Return the last part of each item's address, and the note, of a first reading; requests count from there."""
        first = self.get(source.url)
        self.asked.clear()
        items, pages = extract(first, source), source.first_fill_pages
        filled = with_further(first, items, source, LocalReader(), lambda turn: self.get(turn.url), pages)
        assert [item.position for item in filled.items] == list(range(len(filled.items)))
        return [item.link.rpartition("/")[2] for item in filled.items], filled.note


def source(pages: int, scheme: str | None = "?page={n}") -> Source:
    return Source.model_validate(
        {
            "id": "news",
            "url": f"{SITE}/news",
            "selectors": {"item": "article"},
            "next": scheme,
            "first_fill_pages": pages,
        }
    )


NUMBERED = {
    "/news": listing("f", "e"),
    "/news?page=2": listing("e", "d"),
    "/news?page=3": listing("c"),
    "/news?page=4": listing("b"),
}


@pytest.mark.parametrize(
    ("pages", "items", "asked"),
    [
        (1, "fe", []),
        (2, "fed", ["/news?page=2"]),
        (3, "fedc", ["/news?page=2", "/news?page=3"]),
    ],
)
def test_as_many_pages_as_wished_are_read_and_each_story_stands_once(pages: int, items: str, asked: list[str]) -> None:
    site = Site(NUMBERED)
    assert site.fill(source(pages)) == (list(items), None)
    assert site.asked == asked


def test_a_story_that_older_pages_link_in_other_words_stands_once_too() -> None:
    def page(place: str, *slugs: str) -> bytes:
        return listing(*(f"the-long-story-of-{slug}?ref={place}" for slug in slugs)).replace(
            f"?ref={place}<".encode(), b"<"
        )

    site = Site(
        {"/news": page("top", "f", "e"), "/news?page=2": page("more", "e", "d"), "/news?page=3": page("x", "d")}
    )
    items = [f"the-long-story-of-{slug}" for slug in ("f?ref=top", "e?ref=top", "d?ref=more")]
    assert site.fill(source(9)) == (items, None)
    assert len(site.asked) == 2


def test_without_a_scheme_only_the_first_page_is_read() -> None:
    site = Site(NUMBERED)
    assert site.fill(source(5, None)) == (["f", "e"], None)
    assert not site.asked


def test_links_are_followed_from_page_to_page_and_the_last_page_is_the_end() -> None:
    site = Site(
        {
            "/news": listing("f", following="/old/x"),
            "/old/x": listing("e", following="y"),
            "/old/y": listing("d"),
        }
    )
    assert site.fill(source(9, "a.next")) == (["f", "e", "d"], None)
    assert site.asked == ["/old/x", "/old/y"]


def test_an_error_ends_the_filling_only_and_is_told() -> None:
    items, note = Site(NUMBERED).fill(source(9))
    assert items == list("fedcb")
    assert note == ("of the 9 pages to read, 4 could be read: https://news.example/news?page=5 answered 404.")


def test_a_page_on_which_the_selector_finds_nothing_ends_it_too() -> None:
    items, note = Site({**NUMBERED, "/news?page=3": b"<p>Please log in"}).fill(source(9))
    assert items == list("fed")
    assert note is not None
    assert '"article" matched nothing' in note


def test_a_link_that_is_not_there_is_told() -> None:
    items, note = Site(NUMBERED).fill(source(3, "a.next"))
    assert items == list("fe")
    assert note == f'no older articles were read: next = "a.next" finds nothing on {SITE}/news'


@pytest.mark.parametrize(
    "pages",
    [
        {"/news": listing("f", following="/two"), "/two": listing("e", following="/news")},
        {"/news": listing("f", following="/two"), "/two": listing("e", following="/two")},
        {"/news": listing("f", following="/two"), "/two": listing("e", following="/3"), "/3": listing("e", "f")},
    ],
    ids=["back to the first", "to itself", "nothing new"],
)
def test_what_goes_in_a_circle_ends(pages: dict[str, bytes]) -> None:
    site = Site(pages)
    assert site.fill(source(100, "a.next")) == (["f", "e"], None)
    assert len(site.asked) <= 2


def test_only_a_source_that_never_succeeded_is_filled_and_the_validators_are_the_first_pages(tmp_path: Path) -> None:
    site, wanted = Site(dict(NUMBERED)), source(3)
    with open_store(tmp_path / "feedbuilder.db") as store:
        store.sync_sources([wanted], NOW)
        tools = Tools(site, store, LocalReader(), lambda: NOW, lambda: 0.5)
        first_page = site.pages.pop("/news")
        assert poll(wanted, tools).outcome is Outcome.FAILED
        assert site.asked == ["/news"]
        site.pages["/news"] = first_page
        filled = poll(wanted, tools)
        assert (filled.outcome, filled.found, filled.new, filled.note) == (Outcome.NEW, 4, 4, None)
        assert site.asked[1:] == ["/news", "/news?page=2", "/news?page=3"]
        assert store.state("news").validators == site.validators("/news")
        assert poll(wanted, tools).outcome is Outcome.NOT_MODIFIED
        changed = source(3).model_copy(
            update={"drop_parameters": ("ref",)}
        )  # other settings: the page is asked for anew
        assert poll(changed, tools).outcome is Outcome.UNCHANGED
        assert site.asked[4:] == ["/news", "/news"]


def test_what_is_usual_is_the_first_page_and_not_all_that_the_feed_started_with(tmp_path: Path) -> None:
    pages = {"/news": listing(*"abcdefgh")}
    pages |= {f"/news?page={number}": listing(*(f"{letter}{number}" for letter in "abcdefgh")) for number in (2, 3, 4)}
    site, store = Site(pages), open_store(tmp_path / "store.db")
    tools = Tools(site, store, LocalReader(), lambda: NOW, lambda: 0.5)
    assert poll(source(4), tools).found == 32
    site.pages["/news"] = listing(*"xabcdefg")
    run = poll(source(4), tools)
    assert (run.error, run.found, run.new) == (None, 8, 1)


def test_at_every_reading_pages_are_read_up_to_one_that_shows_a_known_story(tmp_path: Path) -> None:
    site, wanted = Site(dict(NUMBERED)), source(1).model_copy(update={"pages": 4})
    with open_store(tmp_path / "store.db") as store:
        tools = Tools(site, store, LocalReader(), lambda: NOW, lambda: 0.5)
        assert poll(wanted, tools).new == 5
        site.asked.clear()
        site.pages["/news"] = listing("g", "f")
        assert poll(wanted, tools).new == 1
        assert site.asked == ["/news"]
        site.asked.clear()
        # So much came at once that it fills more than the first page.
        site.pages |= {"/news": listing("k", "j"), "/news?page=2": listing("i", "h"), "/news?page=3": listing("g")}
        assert poll(wanted, tools).new == 4
        assert site.asked == ["/news", "/news?page=2", "/news?page=3"]


SITEMAP = '<{0} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{1}</{0}>'


def sitemap(**modified: str) -> bytes:
    named = (f"<url><loc>{SITE}/a/{slug}</loc><lastmod>{day}</lastmod></url>" for slug, day in modified.items())
    return SITEMAP.format("urlset", "".join(named)).encode()


def index(**modified: str) -> bytes:
    named = (
        f"<sitemap><loc>{SITE}/{name}.xml</loc><lastmod>{day}</lastmod></sitemap>" for name, day in modified.items()
    )
    return SITEMAP.format("sitemapindex", "".join(named)).encode()


def indexed(pages: int) -> Source:
    return Source.model_validate({"id": "news", "url": f"{SITE}/map.xml", "kind": "sitemap", "pages": pages})


@pytest.mark.parametrize(("pages", "new"), [(1, 2), (2, 3)])
def test_of_an_index_the_sitemaps_modified_last_are_read(tmp_path: Path, pages: int, new: int) -> None:
    site = Site(
        {
            "/map.xml": index(old="2026-01-01", new="2026-02-01"),
            "/new.xml": sitemap(a="2026-02-01", b="2026-02-02"),
            "/old.xml": sitemap(c="2026-01-01"),
        }
    )
    with open_store(tmp_path / "store.db") as store:
        tools = Tools(site, store, LocalReader(), lambda: NOW, lambda: 0.5)
        assert poll(indexed(pages), tools).new == new
        assert site.asked == ["/map.xml", "/new.xml", "/old.xml"][: pages + 1]
        site.pages |= {"/map.xml": index(old="2026-01-01", new="2026-02-03"), "/new.xml": sitemap(d="2026-02-03")}
        run = poll(indexed(pages), tools)
        assert (run.error, run.new) == (None, 1)


def test_an_index_that_leads_nowhere_is_a_failure_and_what_is_known_stays(tmp_path: Path) -> None:
    site = Site({"/map.xml": index(new="2026-02-01"), "/new.xml": sitemap(a="2026-02-01")})
    with open_store(tmp_path / "store.db") as store:
        tools = Tools(site, store, LocalReader(), lambda: NOW, lambda: 0.5)
        assert poll(indexed(1), tools).new == 1
        del site.pages["/new.xml"]
        site.pages["/map.xml"] = index(new="2026-02-02")
        assert "404" in (poll(indexed(1), tools).error or "")


def test_an_index_that_is_as_before_says_nothing_of_what_it_names(tmp_path: Path) -> None:
    site = Site({"/map.xml": index(new="2026-02-01"), "/new.xml": sitemap(a="2026-02-01")})
    with open_store(tmp_path / "store.db") as store:
        tools = Tools(site, store, LocalReader(), lambda: NOW, lambda: 0.5)
        assert poll(indexed(1), tools).new == 1
        site.pages["/new.xml"] = sitemap(a="2026-02-01", b="2026-02-02")
        assert poll(indexed(1), tools).new == 1


def test_sitemaps_are_asked_whether_they_changed_and_read_whole_where_one_did(store: SqlStore) -> None:
    pages = {"/map.xml": index(sport="2026-02-02", town="2026-02-01", inner="2026-01-01")}
    pages |= {"/sport.xml": sitemap(a="2026-02-02"), "/town.xml": sitemap(b="2026-02-01")}
    site = Site({**pages, "/inner.xml": index(world="2026-01-01"), "/world.xml": sitemap(c="2026-01-01")})
    tools = tools_of(site, store)
    assert poll(indexed(3), tools).new == 3
    site.sent.clear()
    assert poll(indexed(3), tools).outcome is Outcome.NOT_MODIFIED
    assert site.sent == ["/map.xml", "/inner.xml"]
    site.pages["/town.xml"] = sitemap(b="2026-02-01", d="2026-02-02")
    site.sent.clear()
    run = poll(indexed(3), tools)
    assert (run.found, run.new, run.note) == (4, 1, None)
    assert sorted(site.sent) == ["/inner.xml", "/map.xml", "/sport.xml", "/town.xml", "/world.xml"]
    assert poll(indexed(3), tools).outcome is Outcome.NOT_MODIFIED
    other = indexed(3).model_copy(update={"drop_parameters": ("ref",)})
    assert poll(other, tools).found == 4  # other settings: what was read by the old ones says nothing


def test_a_sitemap_that_could_not_be_had_is_asked_for_until_it_can(store: SqlStore) -> None:
    site = Site({"/map.xml": index(a="2026-02-02", b="2026-02-01"), "/b.xml": sitemap(b="2026-02-01")})
    tools = tools_of(site, store)
    for _ in range(2):
        assert "1 of the sitemaps" in (poll(indexed(2), tools).note or "")
    site.pages["/a.xml"] = sitemap(a="2026-02-02")
    assert poll(indexed(2), tools).new == 1
    assert poll(indexed(2), tools).outcome is Outcome.NOT_MODIFIED
    site.pages["/map.xml"] = index(a="2026-02-02", b="2026-02-01", c="2026-02-03")
    site.pages["/c.xml"] = sitemap(c="2026-02-03")
    assert poll(indexed(2), tools).new == 1


def test_a_sitemap_that_is_broken_is_not_taken_for_unchanged(store: SqlStore) -> None:
    site = Site({"/map.xml": index(a="2026-02-02"), "/a.xml": sitemap(a="2026-02-02")})
    tools = tools_of(site, store)
    poll(indexed(1), tools)
    site.pages["/a.xml"] = b"<p>We are moving house.</p>"
    assert [poll(indexed(1), tools).outcome for _ in range(2)] == [Outcome.FAILED] * 2


def test_sitemaps_of_another_host_are_asked_for_whole(store: SqlStore) -> None:
    """What is private goes along only to the site that it is for."""
    site = Site({"/map.xml": index(a="2026-02-02").replace(SITE.encode(), b"https://files.example")})
    site.pages["https://files.example/a.xml"] = sitemap(a="2026-02-02")
    tools = tools_of(site, store)
    tools = replace(tools, fetcher=SimpleNamespace(fetch=site.fetch, further=lambda _, url: site.get(url)))
    assert poll(indexed(1), tools).new == 1
    assert poll(indexed(1), tools).outcome is Outcome.UNCHANGED


def test_all_sitemaps_are_read_whatever_is_known_of_the_first(tmp_path: Path) -> None:
    """Sections have one each: that nothing is new in one says nothing of the next."""
    pages = {"/map.xml": index(sport="2026-02-02", town="2026-02-01"), "/sport.xml": sitemap(a="2026-02-02")}
    site = Site({**pages, "/town.xml": sitemap(b="2026-02-01")})
    with open_store(tmp_path / "store.db") as store:
        tools = Tools(site, store, LocalReader(), lambda: NOW, lambda: 0.5)
        assert poll(indexed(2), tools).new == 2
        site.pages["/town.xml"] = sitemap(b="2026-02-01", c="2026-02-02")
        assert poll(indexed(2), tools).new == 1


def test_of_indexes_in_an_index_the_newest_sitemaps_are_read(tmp_path: Path) -> None:
    site = Site(
        {
            "/map.xml": index(y2025="2025-12-31", y2026="2026-02-02"),
            "/y2026.xml": index(january="2026-01-31", february="2026-02-02", loop="2026-02-01"),
            "/february.xml": sitemap(a="2026-02-02"),
            "/loop.xml": index(y2026="2026-02-02", february="2026-02-02"),
            "/january.xml": sitemap(b="2026-01-31"),
            "/y2025.xml": index(december="2025-12-31"),
            "/december.xml": sitemap(c="2025-12-31"),
        }
    )
    with open_store(tmp_path / "store.db") as store:
        tools = Tools(site, store, LocalReader(), lambda: NOW, lambda: 0.5)
        run = poll(indexed(2), tools)
        assert (run.new, run.note) == (2, None)
        assert site.asked == ["/map.xml", "/y2026.xml", "/february.xml", "/loop.xml", "/january.xml"]
        assert poll(indexed(4), tools).new == 1


def test_one_sitemap_that_cannot_be_had_costs_no_other_and_is_told(tmp_path: Path) -> None:
    site = Site({"/map.xml": index(a="2026-02-02", b="2026-02-01"), "/b.xml": sitemap(b="2026-02-01")})
    with open_store(tmp_path / "store.db") as store:
        tools = Tools(site, store, LocalReader(), lambda: NOW, lambda: 0.5)
        run = poll(indexed(2), tools)
        assert run.new == 1
        assert "1 of the sitemaps that the index names could not be read" in (run.note or "")


def test_sitemaps_without_an_article_that_is_wanted_are_told_only_where_none_has_one(store: SqlStore) -> None:
    """Sections have a sitemap each, and `only` chooses one of them: that the others have none of it is no news."""
    chosen = indexed(3).model_copy(update={"only": re.compile("/a/")})
    pages = {f"/{name}.xml": sitemap(**{name: "2026-02-02"}) for name in ("sport", "town", "world")}
    elsewhere = {path: page.replace(b"/a/", b"/b/") for path, page in pages.items()}
    site = Site({"/map.xml": index(sport="2026-02-02", town="2026-02-02", world="2026-02-01"), **elsewhere})
    tools = tools_of(site, store)
    assert "lists 1 article, but only = '/a/' matches no address of them" in (poll(chosen, tools).error or "")
    site.pages["/town.xml"] = pages["/town.xml"]
    run = poll(chosen, tools)
    assert (run.error, run.note, run.new) == (None, None, 1)
    del site.pages["/sport.xml"]
    assert "1 of the sitemaps" in (poll(chosen, tools).note or "")
    del site.pages["/town.xml"]
    assert "404" in (poll(chosen, tools).error or "")


@pytest.mark.parametrize("allow_empty", [False, True])
def test_an_index_that_names_nothing_is_as_good_as_an_empty_list(tmp_path: Path, allow_empty: bool) -> None:
    empty = indexed(1).model_copy(update={"allow_empty": allow_empty})
    with open_store(tmp_path / "store.db") as store:
        run = poll(empty, Tools(Site({"/map.xml": index()}), store, LocalReader(), lambda: NOW, lambda: 0.5))
    assert (run.error is None) is allow_empty


def test_indexes_without_end_are_told_and_not_followed(tmp_path: Path) -> None:
    deep = {f"/i{n}.xml": index(**{f"i{n + 1}": "2026-02-01"}) for n in range(50)}
    wide = {f"/w{n}.xml": index(**{f"x{n}": "2026-02-01"}) for n in range(50)}
    for pages, first in ((deep, index(i0="2026-02-01")), (wide, index(**{f"w{n}": "2026-02-01" for n in range(50)}))):
        site = Site({**pages, "/map.xml": first})
        with open_store(tmp_path / "store.db") as store:
            run = poll(indexed(20), Tools(site, store, LocalReader(), lambda: NOW, lambda: 0.5))
        assert run.outcome is Outcome.FAILED
        assert len(site.asked) <= 35


def test_a_document_is_not_searched_for_another_list(tmp_path: Path) -> None:
    def feed(*slugs: str) -> bytes:
        items = "".join(f"<item><title>Story {slug}</title><link>/a/{slug}</link></item>" for slug in slugs)
        return f"<rss version='2.0'><channel><title>News</title>{items}</channel></rss>".encode()

    watched = Source.model_validate({"id": "news", "url": f"{SITE}/rss", "kind": "feed"})
    site = Site({"/rss": feed(*"abcdefgh")})
    with open_store(tmp_path / "store.db") as store:
        tools = Tools(site, store, LocalReader(), lambda: NOW, lambda: 0.5)
        assert poll(watched, tools).new == 8
        site.pages["/rss"] = listing(*"abcdefgh")  # the same stories, on a page
        run = poll(watched, tools)
        assert run.outcome is Outcome.FAILED
        assert "is no feed" in (run.error or "")
        site.pages["/rss"] = feed(*"ijklmnop")
        assert poll(watched, tools).new == 8


def test_a_feed_that_says_an_error_in_place_of_its_entries_is_told_in_its_words(tmp_path: Path) -> None:
    item = f"<item><title>Bridge returned error 500! (1)</title><link>{SITE}/rss?bridge=town</link></item>"
    site = Site({"/rss?bridge=town": f"<rss version='2.0'><channel><title>N</title>{item}</channel></rss>".encode()})
    bridge = Source.model_validate({"id": "news", "url": f"{SITE}/rss?bridge=town", "kind": "feed"})
    with open_store(tmp_path / "store.db") as store:
        run = poll(bridge, Tools(site, store, LocalReader(), lambda: NOW, lambda: 0.5))
    assert 'the first says "Bridge returned error 500! (1)"' in (run.error or "")


# At every reading


def watched(**keys: Any) -> Source:
    return Source.model_validate(
        {"id": "news", "url": f"{SITE}/news", "selectors": {"item": "article"}, "next": "?page={n}", "pages": 3, **keys}
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with open_store(tmp_path / "store.db") as opened:
        yield opened


def tools_of(site: Site, store: SqlStore) -> Tools:
    moments = count()
    return Tools(site, store, LocalReader(), lambda: NOW + timedelta(seconds=next(moments)), lambda: 0.5)


def letters(text: str) -> tuple[str, ...]:
    return tuple(f"{letter}-a-story" for letter in text)


def test_what_is_pinned_to_the_top_of_each_page_keeps_no_news_from_being_read(store: SqlStore) -> None:
    pages = {"/news": listing("pinned", *letters("dc")), "/news?page=2": listing("pinned", *letters("ba"))}
    site = Site(pages | {"/news?page=3": listing("pinned", *letters("zy"))})
    tools = tools_of(site, store)
    assert poll(watched(), tools).new == 7
    site.pages |= {
        "/news": listing("pinned", *letters("ihg")),
        "/news?page=2": listing("pinned", *letters("fe")),
        "/news?page=3": listing("pinned", *letters("dc")),
    }
    run = poll(watched(), tools)
    assert (run.new, run.note) == (5, None)


def test_a_page_that_cannot_be_had_is_read_the_next_time_although_all_before_it_is_known_then(store: SqlStore) -> None:
    site = Site({"/news": listing(*letters("ba")), "/news?page=2": listing(*letters("ba"))})
    tools = tools_of(site, store)
    poll(watched(pages=3, first_fill_pages=1), tools)
    site.pages = {"/news": listing(*letters("fe")), "/news?page=3": listing(*letters("ba"))}
    broken = poll(watched(), tools)
    assert broken.new == 2
    assert "of the 3 pages to read, 1 could be read" in (broken.note or "")
    site.pages["/news?page=2"] = listing(*letters("dc"))
    mended = poll(watched(), tools)  # the first page is word for word as before
    assert (mended.outcome, mended.new, mended.note) == (Outcome.NEW, 2, None)
    site.asked.clear()
    assert poll(watched(), tools).outcome is Outcome.NOT_MODIFIED
    site.pages["/news"] = listing(*letters("gf"))
    assert poll(watched(), tools).new == 1
    assert site.asked == ["/news", "/news"]


def test_a_page_that_never_comes_does_not_keep_pages_from_being_unchanged_for_ever(store: SqlStore) -> None:
    site = Site({"/news": listing(*letters("ba"))})
    tools = tools_of(site, store)
    outcomes = [poll(watched(), tools).outcome for _ in range(8)]
    assert outcomes[0] is Outcome.NEW
    assert outcomes[-1] is Outcome.NOT_MODIFIED
    assert site.asked.count("/news?page=2") <= 6


def test_more_news_than_the_pages_hold_is_told(store: SqlStore) -> None:
    pinned = ("pin-one", "pin-two", "pin-three")
    site = Site({"/news": listing(*pinned, *letters("ba")), "/news?page=2": listing("old")})
    tools = tools_of(site, store)
    assert poll(watched(pages=2), tools).note is None  # of a new source all is news
    site.pages |= {"/news": listing(*pinned, *letters("hg")), "/news?page=2": listing(*letters("fe"))}
    run = poll(watched(pages=2), tools)
    assert run.new == 4
    assert "there may be more. Raise pages" in (run.note or "")


def test_a_burst_over_many_pages_is_judged_by_the_first_page_and_by_the_known_stories_behind_it(
    store: SqlStore,
) -> None:
    site = Site({"/news": listing(*(f"old-story-{n}" for n in range(10)))})
    tools = tools_of(site, store)
    poll(watched(pages=4), tools)
    site.pages |= {
        "/news": listing(*(f"new-story-{n}" for n in range(10))),
        "/news?page=2": listing(*(f"new-story-{n}" for n in range(10, 20))),
        "/news?page=3": listing(*(f"new-story-{n}" for n in range(20, 30))),
        "/news?page=4": listing(*(f"old-story-{n}" for n in range(10))),
    }
    run = poll(watched(pages=4), tools)
    assert (run.error, run.new, run.note) == (None, 30, None)
    profile = store.list_memory("news").profile
    assert profile is not None
    assert round(profile.items) == 10


# Answers in JSON


def answer_of(*slugs: str, **more: Any) -> bytes:
    items = [{"title": f"Story {slug}", "url": f"/a/{slug}"} for slug in slugs]
    return json.dumps({"items": items, **more}).encode()


def api(**keys: Any) -> Source:
    given = {"id": "news", "url": f"{SITE}/api", "kind": "json", "selectors": {"item": "items"}}
    return Source.model_validate({**given, "pages": 3, "first_fill_pages": 2, **keys})


@pytest.mark.parametrize(
    ("keys", "second"),
    [
        ({"next": "/api?page={n}"}, "/api?page=2"),
        ({"next": "?page={n-1}"}, "/api?page=1"),
        ({"next": "?start={offset:20}"}, "/api?start=20"),
        ({"next": "?after={cursor}", "cursor": "meta.cursor"}, "/api?after=x%2F7%3D%3D"),
        ({"next": "meta.next"}, "/api/more?p=2"),
        ({"next": "link-header"}, "/api/by-header"),
    ],
)
def test_an_api_is_turned_by_number_offset_cursor_address_or_header(keys: dict[str, Any], second: str) -> None:
    meta = {"cursor": "x/7==", "next": "/api/more?p=2"}
    site = Site({"/api": answer_of(*letters("dc"), meta=meta), second: answer_of(*letters("ba"), meta={})})
    site.links = '</api/first>; rel="first", </api/by-header>; title="a, b"; rel="prev next"'
    assert site.fill(api(**keys)) == (list(letters("dcba")), None)
    assert site.asked[0] == second


def test_an_empty_list_behind_the_last_page_and_a_cursor_that_is_gone_are_the_end() -> None:
    site = Site({"/api": answer_of(*letters("dc")), "/api?page=2": answer_of()})
    assert site.fill(api(next="?page={n}")) == (list(letters("dc")), None)
    for meta in ({}, {"cursor": None}, {"cursor": False}, {"cursor": ""}):
        site = Site({"/api": answer_of(*letters("zy"), meta=meta)})
        assert site.fill(api(next="?after={cursor}", cursor="meta.cursor")) == (list(letters("zy")), None)
        assert site.asked == []


def test_a_cursor_that_does_not_move_is_followed_once() -> None:
    page = answer_of(*letters("dc"), meta={"cursor": "same"})
    site = Site({"/api": page, "/api?after=same": answer_of(*letters("ba"), meta={"cursor": "same"})})
    site.fill(api(next="?after={cursor}", cursor="meta.cursor", first_fill_pages=9))
    assert site.asked == ["/api?after=same"]


def test_a_request_turns_its_pages_by_itself(store: SqlStore) -> None:
    pages = [answer_of(*letters("fe"), c="1"), answer_of(*letters("dc"), c="2"), answer_of(*letters("ba"))]
    asked: list[tuple[str, bytes]] = []

    class Graph(Site):
        def fetch(self, source: Source, _: Validators) -> Page:
            assert source.request is not None
            asked.append((source.url, source.request.body()[0]))
            return Page(source.url, pages[len(asked) - 1], NOW)

    query = {"query": "{ posts { n } }", "variables": {"after": "{cursor}", "first": 2}}
    run = poll(api(request={"json": query}, cursor="c", pages=5), tools_of(Graph({}), store))
    assert run.new == 6
    assert [json.loads(body)["variables"]["after"] for _, body in asked] == [None, "1", "2"]
    assert {json.loads(body)["query"] for _, body in asked} == {"{ posts { n } }"}


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ({"error": "Invalid API key"}, "Invalid API key"),
        ({"errors": [{"message": "Field 'x' is unknown"}], "data": None}, "Field 'x' is unknown"),
        ({"error": {"code": 7, "message": "No such list"}}, "No such list"),
    ],
)
def test_an_error_in_an_answer_of_status_200_is_told(answer: dict[str, Any], told: str) -> None:
    with pytest.raises(ExtractError, match=re.escape(told)):
        Site({"/api": json.dumps(answer).encode()}).fill(api(allow_empty=True))


@pytest.mark.parametrize(
    ("more", "keys", "second"),
    [
        ("<button class=more data-next='/more?c=5'>More</button>", {"next": "button.more@data-next"}, "/more?c=5"),
        ("<div id=list data-last=g7></div>", {"next": "/more?id={cursor}", "cursor": "#list@data-last"}, "/more?id=g7"),
        ("<p class=last>12</p>", {"next": "/more?id={cursor}", "cursor": ".last"}, "/more?id=12"),
        ("", {"next": "/page/{n-1}/"}, "/page/1/"),
    ],
)
def test_load_more_addresses_of_a_page(more: str, keys: dict[str, Any], second: str) -> None:
    site = Site({"/news": listing(*letters("dc")) + more.encode(), second: listing(*letters("ba"))})
    assert site.fill(watched(first_fill_pages=3, **keys))[0] == list(letters("dcba"))
    assert site.asked[0] == second


def test_a_list_may_go_on_in_markup_within_json() -> None:
    more = {"ok": True, "data": {"count": "<2", "html": listing(*letters("ba")).decode()}}
    site = Site({"/news": listing(*letters("dc")), "/ajax?page=2": json.dumps(more).encode()})
    site.kinds["/ajax?page=2"] = "application/json"
    assert site.fill(watched(first_fill_pages=2, next="/ajax?page={n}")) == (list(letters("dcba")), None)


def test_what_a_source_does_not_want_keeps_no_known_story_from_ending_the_pages(store: SqlStore) -> None:
    """The last article of a page may be one that its filter leaves out: the last that it lets through is known."""
    site = Site(
        {
            "/news": listing(*letters("dc"), "an-advertisement"),
            "/news?page=2": listing(*letters("ba"), "an-older-advertisement"),
            "/news?page=3": listing("the-first-advertisement"),
        }
    )
    tools, choosy = tools_of(site, store), watched(exclude={"title": "advertisement"})
    assert poll(choosy, tools).new == 4
    site.pages["/news"] = listing(*letters("fedc"), "an-advertisement")
    site.asked.clear()
    run = poll(choosy, tools)
    assert (run.new, run.note, site.asked) == (2, None, ["/news"])


def test_a_page_without_an_article_that_is_wanted_is_passed_over(store: SqlStore) -> None:
    pages = numbered("fe", "dc", "ba")
    pages["/news?page=2"] = pages["/news?page=2"].replace(b"/a/", b"/b/")
    run = poll(watched(only="/a/"), tools_of(Site(pages), store))
    assert (run.note, run.found) == (None, 7)


def test_a_source_that_wants_nothing_of_its_pages_is_not_told_to_read_more_of_them(store: SqlStore) -> None:
    site = Site({"/news": listing(*letters("ba")), "/news?page=2": listing(*letters("dc"))})
    tools, choosy = tools_of(site, store), watched(pages=2, include={"title": "lighthouse"})
    poll(choosy, tools)
    site.pages["/news"] = listing(*letters("cb"))
    run = poll(choosy, tools)
    assert run.outcome is Outcome.UNCHANGED
    assert "Raise pages" not in (run.note or "")


def test_news_that_went_beyond_the_pages_while_one_could_not_be_had_is_told(store: SqlStore) -> None:
    site, tools = broken_off(store)
    site.pages = numbered("rq", "po", "nm", "lk", "ji", "hg", "fe", "dc")
    run = poll(watched(pages=2), tools)
    assert run.new == 8
    assert "from before pages could not be read: there may be more. Raise pages" in (run.note or "")


def numbered(*pages: str) -> dict[str, bytes]:
    """Return pages, each with a story for each of its letters, the first one with what is pinned to it besides."""
    made = {f"/news?page={number}" if number > 1 else "/news": letters(page) for number, page in enumerate(pages, 1)}
    made["/news"] = ("pin-one", "pin-two", "pin-three", *made["/news"])
    return {path: listing(*slugs) for path, slugs in made.items()}


def broken_off(store: SqlStore) -> tuple[Site, Tools]:
    """Return a site whose stories a to d are known, and g and h; e and f stood on a page that could not be had."""
    site = Site(numbered("dc", "ba"))
    tools = tools_of(site, store)
    assert poll(watched(pages=2), tools).new == 7
    site.pages = numbered("hg")
    run = poll(watched(pages=2), tools)
    assert run.new == 2
    assert "could be read" in (run.note or "")
    return site, tools


BURST = numbered("lk", "ji", "hg", "fed", "cb")


def test_what_a_page_held_that_could_not_be_had_is_read_behind_the_burst_that_followed(store: SqlStore) -> None:
    site, tools = broken_off(store)
    site.pages = dict(BURST)
    site.asked.clear()
    run = poll(watched(pages=2), tools)
    assert (run.new, run.note) == (6, None)
    assert site.asked == list(BURST)[:4]
    site.pages |= numbered("mlk")
    assert poll(watched(pages=2), tools).new == 1


def test_what_the_first_reading_could_not_have_is_read_behind_the_burst_that_followed(store: SqlStore) -> None:
    site = Site(numbered("fe", "dc", "ba"))
    del site.pages["/news?page=2"]
    tools = tools_of(site, store)
    assert "1 could be read" in (poll(watched(), tools).note or "")
    site.pages = {"/news": numbered("ih")["/news"]}
    assert "1 could be read" in (poll(watched(), tools).note or "")
    site.pages = numbered("ih", "gf", "ed", "cb", "a")
    run = poll(watched(), tools)
    assert (run.new, run.note) == (5, None)
    site.asked.clear()
    assert poll(watched(), tools).outcome is Outcome.NOT_MODIFIED
    assert site.asked == ["/news"]


def test_pages_that_are_owed_are_read_after_another_failure(store: SqlStore) -> None:
    site, tools = broken_off(store)
    site.pages = {"/news": BURST["/news"]}
    assert poll(watched(pages=2), tools).new == 2
    site.pages = dict(BURST)
    run = poll(watched(pages=2), tools)
    assert (run.new, run.note) == (4, None)


def test_pages_that_are_owed_are_read_after_a_reading_that_was_not_believed(store: SqlStore) -> None:
    site, tools = broken_off(store)
    site.pages = {"/news": b"<html><body><p>We are moving house.</p></body></html>"}
    assert poll(watched(pages=2), tools).outcome is Outcome.FAILED
    site.pages = dict(BURST)
    assert poll(watched(pages=2), tools).new == 6


def test_pages_that_are_owed_are_read_under_other_settings_too(store: SqlStore) -> None:
    site, tools = broken_off(store)
    site.pages = dict(BURST)
    assert poll(watched(pages=2, language="en"), tools).new == 6


def test_that_a_page_is_given_up_is_told(store: SqlStore) -> None:
    _, tools = broken_off(store)
    notes = [poll(watched(pages=2), tools).note or "" for _ in range(5)]
    assert ["last try" in note for note in notes] == [False, False, False, True, False]
    assert all("could be read" in note for note in notes[:4])


def test_what_another_source_knows_ends_no_pages(store: SqlStore) -> None:
    """A front page shows the newest of a section; what it has not shown stands behind that in the section."""
    site = Site({"/news": listing(*letters("ba"))})
    tools = tools_of(site, store)
    poll(watched(pages=2), tools)
    site.pages["/"] = listing(*letters("fe"))
    poll(Source.model_validate({"id": "front", "url": f"{SITE}/", "selectors": {"item": "article"}}), tools)
    site.pages = numbered("fe", "dc", "ba")
    assert poll(watched(), tools).found == 9


def test_a_strange_first_page_that_is_believed_is_read_on_behind_it_at_once(store: SqlStore) -> None:
    site = Site(numbered("jihgfedcba"))
    tools = tools_of(site, store)
    poll(watched(first_fill_pages=1), tools)
    site.pages = numbered("", "yx", "wvj") | {"/news": listing("pin-one", *letters("z"))}
    runs = [poll(watched(), tools) for _ in range(6)]
    believed = next(run for run in runs if run.outcome is not Outcome.FAILED)
    assert runs.index(believed) > 0
    assert (believed.new, believed.found) == (5, 7)
