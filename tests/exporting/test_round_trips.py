"""Sources written for another tool and taken over from there again read the same, as far as was told."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from lxml import etree

from feedbuilder.exporting.exported import Export
from feedbuilder.exporting.nokogiri_css import of_css
from feedbuilder.exporting.to_freshrss import to_freshrss
from feedbuilder.exporting.to_html2rss import to_html2rss
from feedbuilder.extract import extract
from feedbuilder.importing.imported import Fate, Import
from feedbuilder.importing.php_dates import php_format, strptime_format
from feedbuilder.importing.read_import import read_import
from feedbuilder.model import Page, Source

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
CARDS = "".join(
    f'<li class="card big"><h2><a href="/news/{slug}" title="The {slug} is open again">The {slug}…</a></h2>'
    f'<p class="when"><time datetime="2026-11-{day}T08:00:00Z">{day}.11.2026</time></p>'
    f'<span class="day">{day}.11.2026</span>'
    f'<p class="intro">What the {slug} says.</p><img src="/pictures/{slug}.jpg"><b class="by">By Jo Field</b>'
    f'<a class="tag" href="/t/town">Town</a><a class="tag" href="/t/sea">Sea</a></li>'
    for day, slug in ((21, "bridge"), (20, "harbour"), (19, "library"))
)
HTML = f"<html><body><h1>News</h1><ul class=list>{CARDS}</ul><p><a href=/about>About</a></p></body></html>"
RULES: dict[str, Any] = {
    "item": "ul.list > li.card",
    "title": "h2 a@title",
    "link": "h2 a@href",
    "date": ".when time",
    "summary": ".intro",
    "image": "img@src",
    "author": ".by",
    "tags": "a.tag",
}


def source(**keys: Any) -> Source:
    made = {"id": "town", "url": "https://town.example/news", "selectors": RULES, "tags": ("Town",), "title": "Town"}
    return Source.model_validate({**made, **keys})


def again(export: Export, name: str) -> Source:
    """Return the one source that an importer makes of what was written."""
    found: Import = read_import(name, export.content)
    [one] = found.entries
    made = one.source("town")
    assert made is not None, one.findings
    return made


def read(made: Source, html: str = HTML) -> list[Any]:
    page = Page(made.url, html.encode(), NOW, "text/html; charset=utf-8")
    return [
        (item.link, item.title, item.summary, item.published, item.authors, item.image, item.tags)
        for item in extract(page, made)
    ]


def losses(export: Export) -> list[str]:
    return [one.text for entry in export.entries for one in entry.findings if one.fate is Fate.LOST]


CASES = [
    {},
    {"title": {"text": 'The O\'Neil "Post"'}},
    {"title": {"join": ["h2", ".by"], "separator": " – "}},
    {"link": {"select": "h2 a@href", "template": "https://other.example{}"}},
    {"image": "img", "link": "h2"},
    {"item": "xpath://ul[@class='list']/li", "title": "xpath:.//h2/a/@title"},
    {"item": "ul.list > li:not(.none), ol > li"},
    {
        "item": 'ul > LI:not(.none):not(.other):has(> h2 a):-soup-contains("What the")',
        "summary": "p.intro:nth-of-type(2)",
    },
    {"date": {"select": ".day", "steps": [{"parse": "%d.%m.%Y"}]}},
]


@pytest.mark.parametrize("rules", CASES)
def test_freshrss_reads_the_same(rules: dict[str, Any]) -> None:
    mine = source(selectors={**RULES, **rules})
    export = to_freshrss([mine], "Mine")
    assert losses(export) == []
    back = again(export, "feeds.opml")
    assert read(back) == read(mine)
    assert len(read(mine)) == 3
    assert (back.title, back.tags) == ("Town", ("Town",))


@pytest.mark.parametrize("rules", [one for one in CASES if "xpath" not in str(one)])
def test_html2rss_reads_the_same(rules: dict[str, Any]) -> None:
    mine = source(selectors={**RULES, **rules}, timezone="Europe/Berlin", language="de", interval="20m")
    export = to_html2rss([mine])
    assert all(one.startswith("tags:") for one in losses(export))
    back = again(export, "html2rss.yml")
    assert read(back) == read(mine)
    assert (back.title, back.timezone, back.language, back.interval) == (
        mine.title,
        mine.timezone,
        mine.language,
        mine.interval,
    )


@pytest.mark.parametrize("write", [lambda one: to_freshrss([one], "x"), lambda one: to_html2rss([one])])
def test_what_is_chosen_by_itself_is_written_out_and_told(write: Any) -> None:
    mine = source(selectors={"item": "ul.list > li.card"})
    export = write(mine)
    told = [one.text.partition(":")[0] for one in export.entries[0].findings if one.fate is Fate.CHANGED]
    assert told == ["title", "link", "date"]
    back = again(export, "feeds.opml" if export.tool == "FreshRSS" else "html2rss.yml")
    assert [row[:1] + row[3:4] for row in read(back)] == [row[:1] + row[3:4] for row in read(mine)]
    assert all(row[1] for row in read(back))


JSON = {"item": "data.posts", "title": "title.rendered", "link": "url", "date": "published"}


def test_paths_into_json_come_back() -> None:
    mine = source(kind="json", selectors={**JSON, "image": "pictures.0.src"})
    assert again(to_freshrss([mine], "x"), "feeds.opml").selectors == mine.selectors
    export = to_html2rss([mine])
    assert [one for one in losses(export) if "pictures" in one] == [
        "image: pictures.0.src cannot be said in the CSS of html2rss"
    ]
    back = again(export, "html2rss.yml").selectors
    assert back == source(kind="json", selectors={**JSON}).selectors


def test_data_in_a_script_come_back() -> None:
    for place in ("script#__NEXT_DATA__", 'script[type="application/json"]'):
        mine = source(selectors={**JSON, "from": place})
        assert again(to_freshrss([mine], "x"), "feeds.opml").selectors == mine.selectors


def test_a_page_for_a_browser_stays_one() -> None:
    mine = source(kind="browser")
    back = again(to_html2rss([mine]), "html2rss.yml")
    assert (back.kind, back.selectors.item) == ("browser", mine.selectors.item)
    assert not to_freshrss([mine], "x").entries[0].is_written


def test_a_feed_stays_a_feed() -> None:
    mine = Source.model_validate({"id": "a", "url": "https://town.example/rss", "kind": "feed"})
    assert again(to_freshrss([mine], "x"), "feeds.opml").kind == "feed"


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({"kind": "sitemap", "selectors": {}}, "FreshRSS reads no sitemaps"),
        ({"kind": "changes", "selectors": {}}, "FreshRSS does not watch pages without a list"),
        ({"selectors": {"item": "article", "between": True}}, "between: in FreshRSS an item has to be one element"),
        ({"selectors": {"item": "a:-soup-contains(x, y)"}}, "item: a:-soup-contains(x, y) cannot be said as XPath"),
        ({"selectors": {"from": "json-ld"}}, "from = json-ld: FreshRSS reads data of scripts alone"),
        ({"url": "https://town.example/?token=abcdef"}, "its address holds a login or another secret"),
    ],
)
def test_what_has_no_place_in_freshrss_is_told_and_not_written(keys: dict[str, Any], told: str) -> None:
    export = to_freshrss([source(**keys)], "x")
    assert not export.entries[0].is_written
    assert any(one.startswith(told) for one in losses(export))
    assert etree.fromstring(export.content).findall(".//outline[@xmlUrl]") == []
    assert b"abcdef" not in export.content


@pytest.mark.parametrize("write", [lambda one: to_freshrss([one], "x"), lambda one: to_html2rss([one])])
def test_secrets_stay_and_every_other_key_is_told(write: Any) -> None:
    headers = {"Authorization": "Bearer 12345678", "Cookie": "id=12345678", "Accept-Language": "de"}
    export = write(source(headers=headers, limit=5, only="/news/", drop_parameters=["x"]))
    assert b"12345678" not in export.content
    assert b"Accept-Language" in export.content
    text = " ".join(losses(export))
    for key in ("Authorization", "Cookie", "limit", "only", "drop_parameters"):
        assert key in text


def test_parts_of_a_rule_that_cannot_be_said_are_told() -> None:
    rule = [{"select": "h2", "match": "The (.+)", "steps": ["upper"]}, "h3"]
    for export in (
        to_freshrss([source(selectors={**RULES, "title": rule})], "x"),
        to_html2rss([source(selectors={**RULES, "title": rule})]),
    ):
        text = " ".join(losses(export))
        assert "only the first of its 2 alternatives" in text
        assert "match" in text
        assert "upper" in text


@pytest.mark.parametrize("written", ["%d.%m.%Y", "%Y-%m-%dT%H:%M:%S%z", "%d. %B %y, %I:%M %p", "am %d.%m.%Y"])
def test_formats_of_dates_come_back(written: str) -> None:
    php = php_format(written)
    assert php is not None
    assert strptime_format(php) == written
    assert php_format("%j") is None


def test_the_page_for_people_comes_along_unless_it_holds_a_secret() -> None:
    export = to_freshrss([source(home="https://paper.example/news")], "Feeds")
    assert b'htmlUrl="https://paper.example/news"' in export.content
    assert not any(text.startswith("home") for text in losses(export))
    export = to_freshrss([source(home="https://ada:open-sesame@paper.example/news?token=t0ken-of-ada")], "Feeds")
    assert b"open-sesame" not in export.content
    assert b"t0ken-of-ada" not in export.content
    assert any(text.startswith("home") for text in losses(export))


def test_a_control_character_breaks_no_opml() -> None:
    mine = source(selectors={"item": "article", "author": {"text": "The\x01 council"}})
    assert b"The council" in to_freshrss([mine], "x").content


@pytest.mark.parametrize(
    ("css", "there"),
    [
        ("ul.list > li.card", "ul.list > li.card"),
        ("H2 a , h3+p ~ i", "h2 a, h3 + p ~ i"),
        ('p:-soup-contains("a (b)")', 'p:contains("a (b)")'),
        ("a:not(.b, [href^='/x'])", "a:not(.b):not([href^='/x'])"),
        ("a[rel!=next]", 'a:not([rel="next"])'),
        # There it is the second of those with the class.
        ("li.card:nth-of-type(2)", "li:nth-of-type(2).card"),
        ("li:nth-child( 2n + 1 )", "li:nth-child(2n+1)"),
        ("tr:has(+ tr a)", "tr:has(+ tr a)"),
        (".card:nth-of-type(2)", None),
        ("li:first-of-type:last-of-type", None),
        ("li:nth-child(n-3)", None),
        ("li:nth-child(2 of .card)", None),
        ("li:has(a, b)", None),
        ("li:not(div.card)", None),
        ("li:not(ul li)", None),
        ("a:is(.b, .c)", None),
        ("[data-x='1' i]", None),
        ('p:-soup-contains("a", "b")', None),
        ('p:-soup-contains-own("a")', None),
        ("p:lang(de)", None),
        ("li:has(>)", None),
    ],
)
def test_css_is_written_as_nokogiri_means_it_or_told(css: str, there: str | None) -> None:
    assert of_css(css) == there
    made = to_html2rss([source(selectors={"item": css})])
    assert made.entries[0].is_written == (there is not None)
