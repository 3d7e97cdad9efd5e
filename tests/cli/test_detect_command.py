"""`feedbuilder detect`: a page in, the list on it out, for people and for programs."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.cli.conftest import STORIES, Desk, Web, list_page, rss

URL = "https://strait.example/news"
OK, FAILED, USAGE = 0, 1, 2


def detected(desk: Desk, html: str, *arguments: str, url: str = URL) -> dict[str, Any]:
    (desk.folder / "page.html").write_text(html, "utf-8")
    result = desk.call("detect", "--html", "page.html", "--url", url, "--json", *arguments)
    assert result.exit_code == (OK if json.loads(result.stdout)["items"] else FAILED)
    data: dict[str, Any] = json.loads(result.stdout)
    return data


def test_the_best_lists_articles_are_items_with_absolute_addresses_and_iso_dates(desk: Desk) -> None:
    data = detected(desk, list_page())
    assert [item["url"] for item in data["items"]] == [f"https://strait.example/news/{slug}" for slug, *_ in STORIES]
    assert data["items"][0] == {
        "url": "https://strait.example/news/bridge-opens-after-eleven-years",
        "title": "A Bridge Opens Across the Strait After Eleven Years",
        "published": "2026-02-06T10:30:00+04:00",
        "summary": "Ferries will go on for a year, the ministry says.",
        "image": None,
        "author": None,
        "tags": [],
    }


def test_candidates_say_how_they_are_read_and_why(desk: Desk) -> None:
    best = detected(desk, list_page())["candidates"][0]
    assert best["count"] == len(STORIES)
    assert best["selectors"]["item"]
    assert best["score"] == pytest.approx(sum(one["points"] for one in best["reasons"]), abs=0.01)
    assert all(one["name"] and one["text"] for one in best["reasons"])


def test_a_day_without_a_time_stays_one_and_no_date_is_null(desk: Desk) -> None:
    assert {item["published"] for item in detected(desk, list_page(time=""))["items"]} == {
        day for _, _, day, _ in STORIES
    }
    undated = detected(desk, re.sub("<time.*?</time>", "", list_page()))
    for item in undated["items"]:
        assert item["published"] is None


def test_the_zone_is_the_one_named_else_the_proven_one_else_utc(desk: Desk) -> None:
    assert detected(desk, list_page())["timezone"] == "Etc/GMT-4"
    named = detected(desk, list_page(time="T10:30:00"), "--timezone", "Asia/Tokyo")
    assert named["items"][0]["published"] == "2026-02-06T10:30:00+09:00"
    assert detected(desk, list_page(time="T10:30:00"))["items"][0]["published"] == "2026-02-06T10:30:00+00:00"


@pytest.mark.parametrize("html", ["<p>Nothing here.</p>", "", "<ul><li><a href='/'>Home</a></li></ul>"])
def test_without_a_list_items_are_empty_and_it_says_why(desk: Desk, html: str) -> None:
    data = detected(desk, html)
    assert data["items"] == data["candidates"] == []
    assert data["reason"]
    told = desk.call("detect", "page.html", "--url", URL)
    assert told.exit_code == FAILED
    assert "error" in told.stderr


def test_a_file_and_standard_input_may_be_named_without_an_option(desk: Desk) -> None:
    (desk.folder / "page.html").write_text(list_page(), "utf-8")
    by_file = desk.call("detect", "page.html", "--url", URL, "--json")
    by_pipe = desk.call("detect", "-", "--url", URL, "--json", stdin=list_page())
    assert by_file.exit_code == by_pipe.exit_code == OK
    assert by_file.stdout == by_pipe.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "say which page"),
        (("nowhere.html",), "no such file here, and"),
        (("--html", "gone.html", "--url", URL), "gone.html: cannot be read"),
        (("--html", "page.html"), "say with --url where the page came from"),
        (("--html", "page.html", "--url", "strait.example"), 'no web address, such as "https://strait.example"'),
        (("strait.example/news",), 'no web address, such as "https://strait.example/news"'),
        (("--html", "page.html", "--url", URL, "--timezone", "Asia/Dubay"), 'did you mean "Asia/Dubai"?'),
    ],
)
def test_wrong_usage_is_told(desk: Desk, arguments: tuple[str, ...], told: str) -> None:
    (desk.folder / "page.html").write_text(list_page(), "utf-8")
    result = desk.call("detect", *arguments)
    assert result.exit_code == USAGE
    assert told in " ".join(result.stderr.split())


def test_people_see_the_articles_newest_first_the_rules_and_the_selectors(desk: Desk) -> None:
    (desk.folder / "page.html").write_text(list_page(), "utf-8")
    result = desk.call("detect", "page.html", "--url", URL)
    assert result.exit_code == OK
    shown = result.stdout
    order = [shown.index(title) for _, title, *_ in STORIES]
    assert order == sorted(order)
    for part in ("Town News", "2026-02-06 10:30", "date in all", "Etc/GMT-4", "Why this list", "[source.selectors]"):
        assert part in shown


def test_long_lists_are_shortened_unless_all_is_asked_for(desk: Desk) -> None:
    more = "".join(
        f'<article class="teaser"><h2><a href="/news/old-story-{n}">Old Story Number {n}</a></h2></article>'
        for n in range(9)
    )
    (desk.folder / "page.html").write_text(
        list_page().replace('<div class="stories">', f'<div class="stories">{more}'), "utf-8"
    )
    assert "and 5 more" in desk.call("detect", "page.html", "--url", URL).stdout
    whole = desk.call("detect", "page.html", "--url", URL, "--all").stdout
    assert "more" not in whole.partition("Why this list")[0]
    assert all(f"Old Story Number {n}" in whole for n in range(9))


def test_a_page_on_the_web_is_fetched_and_its_feed_is_named_first(desk: Desk, web: Web) -> None:
    desk.hurry()
    web.pages["/news"] = list_page(head='<link rel="alternate" type="application/rss+xml" href="/all.rss">')
    web.pages["/all.rss"] = rss(4)
    result = desk.call("detect", f"{web.url}/news")
    assert result.exit_code == OK
    flat = " ".join(result.stdout.split())
    assert f"This site has a feed already: {web.url}/all.rss (RSS, 4 entries; 4 of the 6 articles below)" in flat
    data = json.loads(desk.call("detect", f"{web.url}/news", "--json").stdout)
    assert data["feeds"] == [{"url": f"{web.url}/all.rss", "kind": "RSS", "entries": 4}]


def test_a_feed_that_does_not_work_is_not_offered_and_usual_addresses_are_tried(desk: Desk, web: Web) -> None:
    desk.hurry()
    web.pages["/news"] = list_page(head='<link rel="alternate" type="application/rss+xml" href="/gone.rss">')
    assert json.loads(desk.call("detect", f"{web.url}/news", "--json").stdout)["feeds"] == []
    web.pages["/feed/"] = rss(1)
    assert [one["url"] for one in json.loads(desk.call("detect", f"{web.url}/news", "--json").stdout)["feeds"]] == [
        f"{web.url}/feed/"
    ]


def test_what_cannot_be_fetched_is_told_in_the_same_shape(desk: Desk, web: Web) -> None:
    desk.hurry()
    web.pages["/rss"] = rss(3)
    for path, why in (("/gone", "does not exist"), ("/rss", "is a feed already (RSS)")):
        result = desk.call("detect", web.url + path, "--json")
        assert result.exit_code == FAILED
        data = json.loads(result.stdout)
        assert data["items"] == data["candidates"] == []
        assert why in data["reason"]
        assert why in " ".join(desk.call("detect", web.url + path).stderr.split())


def test_private_addresses_are_refused_unless_admitted(desk: Desk, web: Web) -> None:
    refused = desk.call("detect", f"{web.url}/news")
    assert refused.exit_code == FAILED
    assert web.asked.total() == 0
    assert desk.call("detect", f"{web.url}/news", "--allow-host", "127.0.0.1").exit_code == OK


def test_a_wrong_configuration_is_told_and_none_is_no_mistake(desk: Desk) -> None:
    (desk.folder / "page.html").write_text(list_page(), "utf-8")
    desk.hurry("robot = 1\n")
    result = desk.call("detect", "page.html", "--url", URL)
    assert result.exit_code == USAGE
    assert 'did you mean "robots"' in result.stderr


def test_the_address_of_no_source_is_not_to_be_put_into_one(desk: Desk, web: Web) -> None:
    desk.hurry()
    result = desk.call("detect", f"{web.url}/gone")
    flat = " ".join(result.stderr.split())
    assert "does not exist (status 404). Look in a browser whether the address is right." in flat
    assert "source's url" not in flat
