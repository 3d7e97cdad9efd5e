"""From an address to a source in the configuration and its feed, as forms go without any script."""

from __future__ import annotations

import time
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from feedbuilder.config import load
from tests.cli.conftest import STORIES, Web, list_page, rss
from tests.patience import PATIENCE
from tests.studio.conftest import Visitor

COMMENTED = """\
# My own words stay.
[fetch]
allow_hosts = ["127.0.0.1"]   # the town's
host_gap = "0s"
icons = false
"""


@pytest.fixture
def unbuilt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing be built: a process takes seconds, and `test_a_page_becomes_a_feed` has one."""
    monkeypatch.setattr("feedbuilder.studio.saving.build_now", lambda *_: None)


def soon(true: Callable[[], Any]) -> Any:
    """Return what `true` returns once that is something."""
    limit = time.monotonic() + PATIENCE
    while not (found := true()):
        assert time.monotonic() < limit
        time.sleep(0.05)
    return found


def begin(visitor: Visitor, address: str, **fields: str) -> str:
    """Let the studio look at a page; return the path of its bench, or of what is said instead."""
    answer = visitor.post("/pages", {"address": address, **fields})
    assert answer.status_code == 303, answer.text
    path = answer.headers["location"]
    soon(lambda: not visitor.see(path).select("#looking"))
    return path


def texts(page: BeautifulSoup, selector: str) -> list[str]:
    return [" ".join(found.get_text(" ").split()) for found in page.select(selector)]


def titles(page: BeautifulSoup) -> list[str]:
    return texts(page, ".preview-title")


def built(visitor: Visitor, path: str) -> BeautifulSoup:
    """Return the page of a source once its reading has ended."""
    soon(lambda: not visitor.see(path).select("#state[data-poll]"))
    return visitor.see(path)


def test_a_page_becomes_a_feed(visitor: Visitor, web: Web, place: Path) -> None:
    place.write_text(COMMENTED, "utf-8")
    path = begin(visitor, f"{web.url}/news")
    page = visitor.see(path)
    assert titles(page) == [title for _, title, *_ in STORIES]
    assert visitor.post(f"{path}/fields", {"title": "The Strait", "timezone": "Asia/Dubai"}).headers["location"] == path
    page = visitor.see(path)
    assert texts(page, ".places li span") == ["The Strait", "All news"]
    saved = visitor.post(f"{path}/save", {"title": "The Strait", "tags": "Town", "interval": "2h"})
    assert saved.headers["location"] == "/sources/news"
    written = place.read_text("utf-8")
    assert written.startswith(COMMENTED)
    [source] = tomllib.loads(written)["source"]
    assert (source["title"], source["tags"], source["timezone"], source["interval"]) == (
        *("The Strait", ["Town"], "Asia/Dubai", "2h"),
    )
    page = built(visitor, "/sources/news")
    assert texts(page, "#state .good") == ["well", "It was read, and its feeds are written."]
    assert texts(page, ".address code") == ["http://127.0.0.1:8766/town/rss.xml", "http://127.0.0.1:8766/all/rss.xml"]
    feed = (place.parent.parent / "output" / "town" / "rss.xml").read_text("utf-8")
    assert all(title in feed for _, title, *_ in STORIES)
    start = visitor.see("/")
    assert texts(start, "#source-rows h3") == ["The Strait"]
    assert start.select(".qr path")
    assert visitor.get(path).status_code == 404  # it is worked on no more


def test_without_a_configuration_one_is_begun(visitor: Visitor, web: Web, place: Path, unbuilt: None) -> None:
    path = begin(visitor, f"{web.url}/news")
    page = visitor.see(path)
    assert "private" in page.text or "this machine" in page.text
    [host] = page.select("input[name=host]")
    path = begin(visitor, f"{web.url}/news", host=str(host["value"]))
    assert visitor.post(f"{path}/save").headers["location"] == "/sources/news"
    assert tomllib.loads(place.read_text("utf-8"))["fetch"]["allow_hosts"] == ["127.0.0.1"]
    assert texts(visitor.see("/sources/news"), ".state") == ["not read yet"]


def test_a_correction_is_written_into_the_source_alone(visitor: Visitor, web: Web, place: Path, unbuilt: None) -> None:
    text = COMMENTED + (
        f'[[source]]\nid = "town"  # for ever\nurl = "{web.url}/news"\ntimezone = "UTC"\n\n[source.selectors]\n'
        'item = "article"\ntitle = "p"  # wrong\n\n# The end.\n'
    )
    place.write_text(text, "utf-8")
    answer = visitor.post("/sources/town/correct")
    path = answer.headers["location"]
    soon(lambda: not visitor.see(path).select("#looking"))
    assert titles(visitor.see(path))[0] == STORIES[0][3]
    selectors = {"selectors": '[source.selectors]\nitem = "article"\ntitle = "h2 a"\n'}
    assert visitor.post(f"{path}/selectors", selectors).status_code == 303
    assert titles(visitor.see(path))[0] == STORIES[0][1]
    assert visitor.post(f"{path}/save").headers["location"] == "/sources/town"
    changed = place.read_text("utf-8")
    assert changed.startswith(text.partition("item =")[0])
    assert tomllib.loads(changed)["source"][0]["selectors"] == {"item": "article", "title": "h2 a"}


def test_a_click_teaches(visitor: Visitor, web: Web, place: Path) -> None:
    place.write_text(COMMENTED, "utf-8")
    path = begin(visitor, f"{web.url}/news")
    [summary] = [one for one in visitor.see(f"{path}/frame").select("p") if one.text == STORIES[0][3]]
    number = str(summary["data-n"])
    assert visitor.post(f"{path}/teach", {"tool": "title", "number": number}).headers["location"] == path
    assert titles(visitor.see(path)) == [summary for *_, summary in STORIES]
    assert visitor.post(f"{path}/step", {"way": "undo"}).status_code == 303
    assert titles(visitor.see(path)) == [title for _, title, *_ in STORIES]
    visitor.post(f"{path}/teach", {"tool": "date", "number": "0"})
    assert texts(visitor.see(path), "#said .bad")


def test_what_selectors_find_is_told_while_they_are_written(visitor: Visitor, web: Web, place: Path) -> None:
    place.write_text(COMMENTED, "utf-8")
    path = begin(visitor, f"{web.url}/news")
    before = visitor.see(path).select("#selectors-text")
    found = visitor.post(f"{path}/try", {"selectors": 'item = "article:nth-of-type(-n+2)"'}).json()
    assert found["said"] == "2 articles, outlined on the page."
    numbers = [[str(one["data-n"])] for one in visitor.see(f"{path}/frame").select("article")[:2]]
    assert [list(map(str, card)) for card in found["cards"]] == numbers
    for wrong, told in (("item = [", "TOML"), ('item = "a[["', "is not valid"), ('itme = "a"', "itme")):
        answer = visitor.post(f"{path}/try", {"selectors": wrong}).json()
        assert told in answer["said"], wrong
        assert answer["cards"] == []
    assert visitor.see(path).select("#selectors-text") == before


def test_what_is_wrong_is_told_and_nothing_is_written(visitor: Visitor, web: Web, place: Path) -> None:
    place.write_text(COMMENTED, "utf-8")
    path = begin(visitor, f"{web.url}/news")
    assert visitor.post(f"{path}/save", {"title": "", "timezone": "Nowhere"}).headers["location"] == path
    page = visitor.see(path)
    assert len(texts(page, ".fault")) == 2
    for selectors in ("item = ", 'item = ".gone"', 'item = "a[["', 'title = "h2"', 'item = "a"\nfoo = "x"'):
        visitor.post(f"{path}/selectors", {"selectors": selectors})
        assert texts(visitor.see(path), "#said .bad"), selectors
    assert place.read_text("utf-8") == COMMENTED


@pytest.mark.parametrize("address", ["", "no address", "ftp://example.org/", "http://", "javascript:alert(1)"])
def test_what_is_no_address_is_told(visitor: Visitor, address: str) -> None:
    answer = visitor.post("/pages", {"address": address})
    assert answer.status_code == 422
    assert "is no web address" in answer.text


def test_a_page_that_is_read_already_leads_to_its_source(visitor: Visitor, web: Web, place: Path) -> None:
    place.write_text(
        COMMENTED + f'[[source]]\nid = "town"\nurl = "{web.url}/news"\n[source.selectors]\nitem = "article"\n', "utf-8"
    )
    answer = visitor.post("/pages", {"address": f"{web.url}/news"})
    assert answer.status_code == 422
    assert BeautifulSoup(answer.text, "html5lib").select('a[href="/sources/town"]')
    path = begin(visitor, f"{web.url}/news", again="yes")
    assert titles(visitor.see(path))


def test_pages_without_articles_and_pages_that_are_gone_are_told(visitor: Visitor, web: Web, place: Path) -> None:
    place.write_text(COMMENTED, "utf-8")
    web.pages["/empty"] = "<!doctype html><title>x</title><p>Nothing here."
    for page in ("/empty", "/gone"):
        path = begin(visitor, f"{web.url}{page}")
        answer = visitor.get(path)
        assert answer.status_code == 422, page
        assert texts(visitor.see(path), ".notice.bad"), page


def test_a_feed_that_is_there_already_is_told(visitor: Visitor, web: Web, place: Path) -> None:
    place.write_text(COMMENTED, "utf-8")
    link = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
    web.pages |= {"/news": list_page(head=link), "/feed.xml": rss(4)}
    path = begin(visitor, f"{web.url}/news")
    [told] = soon(lambda: texts(visitor.see(path), "#feeds-there .notice"))
    assert "with 4 of the 6 articles" in told


def test_a_source_is_removed(visitor: Visitor, web: Web, place: Path) -> None:
    place.write_text(
        COMMENTED + f'\n[[source]]\nid = "town"\nurl = "{web.url}/news"\n[source.selectors]\nitem = "article"\n',
        "utf-8",
    )
    assert visitor.post("/sources/town/remove").headers["location"] == "/"
    assert "source" not in tomllib.loads(place.read_text("utf-8"))
    assert visitor.get("/sources/town").status_code == 404
    assert visitor.post("/sources/town/build").status_code == 404


def test_a_wrong_configuration_is_told_on_every_screen(visitor: Visitor, place: Path) -> None:
    place.write_text("[fetch]\nwrokers = 3\n", "utf-8")
    for answer in (visitor.get("/"), visitor.get("/sources/x"), visitor.post("/pages", {"address": "a.example"})):
        assert answer.status_code == 409
        assert "workers" in answer.text


def test_what_sites_say_is_escaped(visitor: Visitor, web: Web, place: Path) -> None:
    place.write_text(COMMENTED, "utf-8")
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    escaped = evil.replace("<", "&lt;")
    web.pages["/news"] = list_page().replace(STORIES[0][1], escaped).replace("Town News", escaped)
    path = begin(visitor, f"{web.url}/news")
    text = visitor.get(path).text
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert "alert(1)" in text


def test_pictures_are_loaded_only_where_somebody_wants_that(visitor: Visitor, web: Web, place: Path) -> None:
    place.write_text(COMMENTED, "utf-8")
    web.pages["/news"] = list_page().replace("<h2>", '<img src="/p.jpg" width="300" height="200"><h2>')
    path = begin(visitor, f"{web.url}/news")
    for page in (visitor.see(path), visitor.see(f"{path}/frame")):
        assert "/p.jpg" not in {str(image.get("src", ""))[-6:] for image in page.select("img")}
    visitor.post(f"{path}/pictures")
    for answer in (visitor.get(path), visitor.get(f"{path}/frame")):
        assert f'src="{web.url}/p.jpg"' in answer.text
        assert answer.headers["content-security-policy"].startswith("default-src 'none'; script-src 's")


def test_a_source_is_changed_and_paused(visitor: Visitor, place: Path) -> None:
    block = '\n[[source]]\nid = "town"  # for ever\nurl = "https://a.example/"\n[source.selectors]\nitem = "article"\n'
    place.write_text(COMMENTED + block, "utf-8")
    fields = {"title": "The town", "tags": "Town", "timezone": "Europe/Oslo", "interval": "30m", "articles": "auto"}
    assert visitor.post("/sources/town/edit", fields).headers["location"] == "/sources/town"
    assert visitor.post("/sources/town/pause").headers["location"] == "/sources/town"
    written = place.read_text("utf-8")
    assert written.startswith(COMMENTED + block.partition("[source.sel")[0])
    [source] = tomllib.loads(written)["source"]
    assert {key: source[key] for key in ("title", "tags", "timezone", "paused")} == {
        "title": "The town",
        "tags": ["Town"],
        "timezone": "Europe/Oslo",
        "paused": True,
    }
    assert "interval" not in source
    assert texts(visitor.see("/"), "#source-rows .state") == ["paused"]
    visitor.post("/sources/town/edit", fields | {"title": "Costs ${PRICE}", "tags": '"Arts, music", Town'})
    [shown] = visitor.see("/sources/town").select("input[name=tags]")
    assert shown["value"] == '"Arts, music", Town'
    [source] = load(place, {}).sources
    assert (source.title, source.tags) == ("Costs ${PRICE}", ("Arts, music", "Town"))
    visitor.post("/sources/town/pause")
    assert "paused" not in tomllib.loads(place.read_text("utf-8"))["source"][0]
    before = place.read_text("utf-8")
    wrong = visitor.post("/sources/town/edit", fields | {"timezone": "Nowhere", "title": ""})
    assert wrong.status_code == 422
    assert len(texts(BeautifulSoup(wrong.text, "html5lib"), ".fault")) == 2
    assert place.read_text("utf-8") == before


def test_an_empty_zone_is_that_of_all_sources(visitor: Visitor, web: Web, place: Path) -> None:
    block = '[[source]]\nid = "town"\nurl = "https://a.example/"\ntimezone = "Asia/Dubai"\nselectors.item = "a"\n'
    place.write_text(f'{COMMENTED}\n[defaults]\ntimezone = "Europe/Oslo"\n{block}', "utf-8")
    assert visitor.post("/sources/town/edit", {"timezone": ""}).status_code == 303
    assert "Dubai" not in place.read_text("utf-8")
    path = begin(visitor, f"{web.url}/news")
    for typed, zone in (("Asia/Dubai", "Asia/Dubai"), ("", "Europe/Oslo")):
        visitor.post(f"{path}/fields", {"timezone": typed})
        assert visitor.see(path).select("input[name=timezone]")[0]["value"] == zone
