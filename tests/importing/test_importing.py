"""Configurations of other tools: what becomes of each part, and that it is told. Written anew from their documentation."""
# ruff: noqa: E501 - pieces of configurations stand on one line each

from __future__ import annotations

import html
import json
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedbuilder.config.checks import faults
from feedbuilder.importing.imported import Fate, Import, Imported
from feedbuilder.importing.php_dates import strptime_format
from feedbuilder.importing.read_import import read_import
from feedbuilder.model import ConfigError, Source, SourceKind


def sources(found: Import) -> list[Source]:
    made = [one.source(f"n{number}") for number, one in enumerate(found.entries)]
    kept = [source for source in made if source is not None]
    assert len(kept) == len(made), [one.findings for one in found.entries]
    for source in kept:
        assert list(faults("source", source)) == []
    return kept


def told(one: Imported, fate: Fate) -> str:
    return "\n".join(finding.text for finding in one.findings if finding.fate is fate)


HTML2RSS = """
headers:
  User-Agent: "Mozilla/5.0"
feeds:
  lock:
    channel: {url: https://lock.example/news, title: The lock, time_zone: Europe/Berlin, language: de, ttl: 90, headers: {X-Key: a}}
    selectors:
      items: {selector: "ul > li", order: reverse}
      title: {selector: "h3:first"}
      url: {selector: a, extractor: href}
      description: {selector: "> p", extractor: html, post_process: [{name: sanitize_html}]}
      published_at: {selector: ".day", post_process: [{name: substring, start: 3, end: -2}, {name: parse_time}]}
      author: {extractor: static, static: The keeper}
      kind: {selector: ".kind"}
      gate: {selector: ".gate", extractor: attribute, attribute: data-gate}
      categories: [kind, gate]
      strange: {selector: ".strange"}
      guid: [url]
  towns:
    parameters: {town: {type: string, default: northford}}
    channel: {url: "https://lock.example/%<town>s"}
    auto_source: {}
  gone:
    parameters: {town: {type: string}}
    channel: {url: "https://lock.example/%<town>s"}
    selectors: {items: {selector: li}}
  data:
    channel: {url: https://lock.example/api, json: true}
    selectors:
      items: {selector: "data > array > object, old > array > object"}
      name: {selector: name}
      year: {selector: year}
      title: {selector: name, post_process: [{name: template, string: "%{self} (%{year})"}]}
      url: {post_process: [{name: template, string: "https://lock.example/n/%{name}"}]}
      description: {selector: text, post_process: [{name: gsub, pattern: "/\\\\d+/", replacement: "#"}]}
"""


def test_html2rss_is_taken_over_part_by_part() -> None:
    found = read_import("feeds.yml", HTML2RSS.encode())
    assert found.tool == "html2rss"
    lock, towns, gone, data = found.entries
    made, asked = lock.source("lock"), data.source("data")
    assert made is not None
    assert asked is not None
    assert list(faults("source", made)) == list(faults("source", asked)) == []
    assert (made.url, made.title, str(made.timezone), made.language) == (
        "https://lock.example/news",
        "The lock",
        "Europe/Berlin",
        "de",
    )
    assert made.interval.total_seconds() == 90 * 60
    assert made.headers == {"User-Agent": "Mozilla/5.0", "X-Key": "a"}
    rules = made.selectors.model_dump(mode="json", exclude_defaults=True)
    assert rules["item"] == "ul > li"
    assert [rules[key][0].get("select") for key in ("title", "link", "summary")] == ["h3", "a@href", "body > * > p"]
    assert rules["author"] == [{"text": "The keeper"}]
    assert [rule["select"] for rule in rules["tags"]] == [".kind", ".gate@data-gate"]
    assert list((made.selectors.date or ())[0].kept("On 3 May 2026 .")) == ["3 May 2026"]
    assert "strange" in told(lock, Fate.LOST)
    assert "items.order" in told(lock, Fate.CHANGED)
    assert towns.detect
    assert towns.block["url"] == "https://lock.example/northford"
    assert "town has no default" in told(gone, Fate.LOST)
    assert gone.source("gone") is None
    assert (asked.kind, asked.selectors.item) == (SourceKind.JSON, "data")
    assert "old > array > object" in told(data, Fate.LOST)
    title, link, summary = (getattr(asked.selectors, key)[0] for key in ("title", "link", "summary"))
    assert (list(map(str, title.join)), title.template) == (["name", "year"], "{} ({})")
    assert title.joined(["Gate", "1911"]) == "Gate (1911)"
    assert link.template == "https://lock.example/n/{}"
    assert list(summary.kept("Gate 17")) == ["Gate #"]


FRESH = """<?xml version="1.0"?><opml version="2.0"><body><outline text="Town"><outline text="Lock" type="{}" xmlUrl="https://lock.example/news"
xmlns:frss="https://freshrss.org/opml" {}/></outline><outline text="Gate" xmlUrl="https://gate.example/rss"/></body></opml>"""


def fresh(kind: str, **attributes: str) -> list[Imported]:
    written = " ".join(f'frss:{name}="{html.escape(value)}"' for name, value in attributes.items())
    found = read_import("feeds.opml", FRESH.format(kind, written).encode())
    assert found.tool == "OPML"
    return list(found.entries)


def test_folders_of_opml_are_tags_and_feeds_are_read_as_feeds() -> None:
    lock, gate = sources(read_import("feeds.opml", FRESH.format("rss", "").encode()))
    assert (lock.kind, lock.title, lock.tags) == (SourceKind.FEED, "Lock", ("Town",))
    assert (gate.kind, gate.tags) == (SourceKind.FEED, ("Gate",))


def test_scraped_pages_of_freshrss_are_read_by_their_expressions() -> None:
    lock, _ = fresh(
        "HTML+XPath",
        xPathItem="//article",
        xPathItemTitle="descendant::h2",
        xPathItemContent=".",
        xPathItemUri="descendant::a/@href",
        xPathItemAuthor="'The keeper'",
        xPathItemTimestamp=".//time",
        xPathItemTimeFormat="d.m.Y H:i",
        cssFullContent="article",
        ttl="7200",
        CURLOPT_COOKIE="a=b",
        CURLOPT_PROXY="x",
        priority="main",
    )
    made = lock.source("lock")
    assert made is not None
    rules = made.selectors.model_dump(mode="json", exclude_defaults=True)
    assert rules["item"] == "xpath://article"
    assert rules["link"] == [{"select": "xpath:descendant::a/@href"}]
    assert rules["author"] == [{"text": "The keeper"}]
    assert rules["date"] == [{"select": "xpath:.//time", "steps": [{"parse": "%d.%m.%Y %H:%M"}]}]
    assert (made.interval.total_seconds(), made.articles, made.article.content) == (7200, "full", "article")
    assert made.headers == {"Cookie": "a=b"}
    assert "priority" in told(lock, Fate.LOST)
    assert "CURLOPT_PROXY" not in told(lock, Fate.LOST)
    assert made.proxy == "http://x"


def test_json_of_freshrss_is_read_by_paths() -> None:
    lock, _ = fresh(
        "JSON+DotNotation", jsonItem="data.items", jsonItemTitle="meta.title & 'x'", jsonItemUri="links[0].href"
    )
    made = lock.source("lock")
    assert made is not None
    assert (made.kind, made.selectors.item, str((made.selectors.link or ())[0].select)) == (
        SourceKind.JSON,
        "data.items",
        "links.0.href",
    )
    assert "jsonItemTitle" in told(lock, Fate.LOST)
    [script, _] = fresh(
        "HTML+XPath+JSON+DotNotation", xPathToJson="//script[@id='state']", jsonItem="items", jsonItemUri="url"
    )
    made = script.source("lock")
    assert made is not None
    assert (made.kind, made.selectors.from_) == (SourceKind.PAGE, "script#state")


def bridge(name: str, **given: str) -> str:
    return f"https://bridge.example/?{urlencode({'action': 'display', 'bridge': name, 'format': 'Atom', **given})}"


BRIDGES: list[tuple[str, dict[str, Any]]] = [
    (
        bridge(
            "CssSelectorBridge",
            home_page="https://lock.example/",
            url_selector="h2 a",
            url_pattern="/news/",
            limit="9",
            content_selector="main",
        ),
        {
            "url": "https://lock.example/",
            "item": "h2 a",
            "only": "/news/",
            "limit": 9,
            "articles": "full",
            "content": "main",
        },
    ),
    (
        bridge(
            "CssSelectorComplexBridge",
            home_page="https://lock.example/",
            entry_element_selector=".card",
            url_selector="a.more",
            time_selector="i",
            time_format="d/m/Y",
        ),
        {"url": "https://lock.example/", "item": ".card", "link": "a.more", "date": "i"},
    ),
    (
        bridge(
            "XPath",
            url="https://lock.example/",
            item="//li",
            title=".//h3",
            uri=".//a/@href",
            timestamp=".//time/@datetime",
        ),
        {
            "url": "https://lock.example/",
            "item": "xpath://li",
            "title": "xpath:.//h3",
            "date": "xpath:.//time/@datetime",
        },
    ),
    (
        bridge("Filter", url="https://lock.example/rss", filter="ship", filter_type="permit"),
        {"url": "https://lock.example/rss", "kind": "feed"},
    ),
    (bridge("Harbour", town="x"), {"kind": "feed"}),
]


@pytest.mark.parametrize(("url", "expected"), BRIDGES)
def test_addresses_of_rss_bridge_say_what_they_read(url: str, expected: dict[str, Any]) -> None:
    [made] = sources(read_import("list.txt", url.encode()))
    for key, value in expected.items():
        if key == "content":
            assert made.article.content == value
        elif key in ("item", "url", "only", "limit", "articles", "kind"):
            there = made.selectors.item if key == "item" else getattr(made, key)
            assert getattr(there, "pattern", there) == value
        else:
            assert str(getattr(made.selectors, key)[0].select) == value


def test_what_a_filter_of_rss_bridge_was_is_told() -> None:
    [one] = read_import("list.txt", BRIDGES[3][0].encode()).entries
    assert "filter, as include of title" in told(one, Fate.CARRIED)
    [made] = sources(read_import("list.txt", BRIDGES[3][0].encode()))
    assert [pattern.pattern for pattern in made.include.title] == ["ship"]


@pytest.mark.parametrize(
    ("given", "exclude"),
    [
        ({}, {"title": ("ad",)}),
        ({"target_title": "on", "target_uri": "on"}, {"title": ("ad",), "link": ("ad",)}),
        ({"target_title": "on", "target_content": "on", "target_author": "on"}, {"text": ("ad",), "author": ("ad",)}),
    ],
)
def test_a_filter_of_rss_bridge_blocks_where_it_looked(given: dict[str, str], exclude: dict[str, Any]) -> None:
    url = bridge("Filter", url="https://lock.example/rss", filter="ad", filter_type="block", **given)
    [made] = sources(read_import("list.txt", url.encode()))
    found = {name: tuple(one.pattern for one in value) for name, value in made.exclude if value and name != "language"}
    assert found == exclude


def test_texts_and_what_is_no_part_of_them_are_carried_over() -> None:
    url = bridge(
        "CssSelector",
        home_page="https://lock.example/",
        url_selector="h2 a",
        content_selector=".text",
        content_cleanup=".ad, nav > p",
    )
    [made] = sources(read_import("list.txt", url.encode()))
    assert (made.article.content, made.article.remove) == (".text", (".ad", "nav > p"))
    [xpath] = sources(
        read_import("list.txt", bridge("XPath", url="https://lock.example/", item="//article", content=".//p").encode())
    )
    assert str((xpath.selectors.content or ())[0].select) == "xpath:.//p"
    opml = fresh("rss", cssFullContent="main", cssContentFilter=".ad,")[0]
    assert opml.block["article"] == {"content": "main", "remove": [".ad"]}
    wrong = fresh("rss", cssFullContent="main", cssContentFilter="p[")[0]
    assert "p[ is no CSS" in told(wrong, Fate.LOST)
    html2rss = "channel: {url: https://lock.example/}\nselectors: {items: {selector: li}, description: {selector: p, extractor: html}}"
    [kept] = sources(read_import("a.yml", html2rss.encode()))
    assert str((kept.selectors.content or ())[0].select) == "p"
    assert kept.selectors.summary == kept.selectors.content


def test_merged_feeds_share_a_tag() -> None:
    url = bridge("FeedMerge", feed_name="Harbours", feed_1="https://a.example/rss", feed_2="https://b.example/rss")
    assert [(one.url, one.tags) for one in sources(read_import("list.txt", url.encode()))] == [
        ("https://a.example/rss", ("Harbours",)),
        ("https://b.example/rss", ("Harbours",)),
    ]


def test_a_list_of_addresses_is_to_be_found_anew_and_wrapped_feeds_are_unwrapped() -> None:
    lines = "# mine\nhttps://lock.example/news\n\nhttps://morss.it/https://lock.example/rss\nhttps://full.example/makefulltextfeed.php?url=gate.example%2Frss\n"
    page, morss, filtered = read_import("list.txt", lines.encode()).entries
    assert page.detect
    for one, url in ((morss, "https://lock.example/rss"), (filtered, "http://gate.example/rss")):
        made = one.source("x")
        assert made is not None
        assert (made.url, made.kind, made.articles) == (url, SourceKind.FEED, "full")


def test_feed_me_up_scotty_is_taken_over() -> None:
    text = '[default]\ntimeout = 60\n[lock]\ntitle = "Lock"\nurl = ["https://lock.example/1", "https://lock.example/2"]\nentrySelector = ".card"\ntitleSelector = "h2"\nlinkSelector = "h2 a"\n'
    found = read_import("feeds.toml", text.encode())
    assert [(one.url, one.tags, one.selectors.item) for one in sources(found)] == [
        ("https://lock.example/1", ("Lock",), ".card"),
        ("https://lock.example/2", ("Lock",), ".card"),
    ]
    assert "timeout" in told(found.entries[0], Fate.LOST)


def test_pages_that_others_watch_are_watched() -> None:
    watches = '{"watching": {"1": {"url": "https://lock.example/", "title": "Lock"}}}'
    for name, text in (
        ("watches.json", watches),
        ("urls.yaml", "name: Lock\nurl: https://lock.example/\n---\nurl: https://gate.example/\n"),
    ):
        one = read_import(name, text.encode()).entries[0]
        assert (one.place, one.detect, one.block["url"]) == ("Lock", False, "https://lock.example/")
        assert one.block["kind"] == "changes"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.xml", "<rss/>"),
        ("a.toml", "x = 1"),
        ("a.toml", "x ="),
        ("a.json", "{"),
        ("a.json", "[]"),
        ("a.yml", "a: 1"),
        ("a.yml", "a: ["),
        ("a.txt", ""),
    ],
)
def test_what_nobody_knows_is_refused_by_its_name(name: str, text: str) -> None:
    with pytest.raises(ConfigError, match=name):
        read_import(name, text.encode())


@pytest.mark.parametrize(
    ("php", "python"),
    [
        ("d.m.Y H:i", "%d.%m.%Y %H:%M"),
        ("j F Y", "%d %B %Y"),
        (r"Y-m-d\TH:i:sP", "%Y-%m-%dT%H:%M:%S%z"),
        ("!d/m/y", "%d/%m/%y"),
        ("U", None),
    ],
)
def test_formats_of_php(php: str, python: str | None) -> None:
    assert strptime_format(php) == python


@given(st.text(max_size=300), st.sampled_from(["a.yml", "a.toml", "a.json", "a.opml"]))
def test_any_file_is_taken_over_or_refused(text: str, name: str) -> None:
    try:
        found = read_import(name, text.encode("utf-8", "surrogatepass"))
    except ConfigError:
        return
    for one in found.entries:
        one.source("x")


def test_one_bad_entry_costs_that_entry_alone() -> None:
    lines = "http://[bad/\nhttps://lock.example/\n"
    bad, good = read_import("list.txt", lines.encode()).entries
    assert "no address" in told(bad, Fate.LOST)
    assert good.detect
    odd = "channel: {url: https://lock.example/, ttl: 1h}\nselectors: {items: {selector: li}, title: {selector: p, post_process: [{name: substring, start: x}, {name: gsub, pattern: a, replacement: '<\\0>'}]}}"
    [one] = sources(read_import("a.yml", odd.encode()))
    assert list((one.selectors.title or ())[0].kept("a lock")) == ["<a> lock"]
    with pytest.raises(ConfigError):
        read_import("a.json", b'{"watching": null}')
    with pytest.raises(ConfigError):
        read_import("a.json", b"[" * 100_000)


def test_aliases_of_yaml_are_looked_at_once() -> None:
    levels = "".join(f"  l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]\n" for n in range(1, 12))
    text = f"channel: {{url: https://lock.example/}}\nselectors:\n  l0: &l0 [a, b]\n{levels}  items: {{selector: li}}\n"
    assert len(read_import("a.yml", text.encode()).entries) == 1


@pytest.mark.parametrize(
    ("options", "keys"),
    [
        ({"CURLOPT_PROXY": "proxy.example:3128", "CURLOPT_PROXYTYPE": "0"}, {"proxy": "http://proxy.example:3128"}),
        ({"CURLOPT_PROXY": "127.0.0.1:9050", "CURLOPT_PROXYTYPE": "7"}, {"proxy": "socks5://127.0.0.1:9050"}),
        ({"CURLOPT_PROXY": "https://p.example:1"}, {"proxy": "https://p.example:1"}),
        ({"CURLOPT_POSTFIELDS": '{"q": "a"}', "CURLOPT_POST": "1"}, {"request": {"json": {"q": "a"}}}),
        ({"CURLOPT_POSTFIELDS": "a=1&b=", "CURLOPT_POST": "1"}, {"request": {"form": {"a": "1", "b": ""}}}),
    ],
)
def test_proxies_and_posts_of_freshrss_are_carried_over(options: dict[str, str], keys: dict[str, Any]) -> None:
    lock, _ = fresh("JSON+DotNotation", jsonItem="items", **options)
    assert lock.source("lock") is not None
    assert {key: lock.block[key] for key in keys} == keys
    assert told(lock, Fate.LOST) == ""


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"CURLOPT_PROXY": "p.example:1", "CURLOPT_PROXYTYPE": "4"}, "type 4"),
        ({"CURLOPT_PROXY": "with space"}, "expected the address of a proxy"),
        ({"CURLOPT_POSTFIELDS": "<xml/>"}, "neither an object of JSON nor a form"),
        ({"CURLOPT_POSTFIELDS": "[1]"}, "neither an object of JSON nor a form"),
        ({"CURLOPT_POST": "1"}, "nothing is said of what is posted"),
        ({"CURLOPT_SSL_VERIFYPEER": "0"}, "CURLOPT_SSL_VERIFYPEER"),
    ],
)
def test_options_that_mean_nothing_here_are_told(options: dict[str, str], why: str) -> None:
    lock, _ = fresh("JSON+DotNotation", jsonItem="items", **options)
    assert why in told(lock, Fate.LOST)
    assert lock.source("lock") is not None


def test_further_pages_of_html2rss_are_carried_over() -> None:
    def read(pagination: str) -> Imported:
        text = "channel: {url: 'https://a.example/'}\nselectors:\n  items: {selector: article, pagination: %s}\n"
        [made] = read_import(
            "a.yml", (text % pagination + "  title: {selector: h2}\nrequest: {max_redirects: 3}").encode()
        ).entries
        return made

    made = read("{max_pages: 3}")
    source = made.source("a")
    assert source is not None
    assert (source.pages, source.next) == (3, "a[rel~=next], link[rel~=next]")
    assert "max_redirects" in told(made, Fate.CHANGED)
    assert read("{max_pages: 99, strategy: custom_selector, selector: a.more}").block["pages"] == 20
    assert "url_template" in told(read("{max_pages: 2, strategy: url_template}"), Fate.LOST)


def test_what_a_watch_posts_and_its_proxy_are_carried_over_or_told() -> None:
    watch = {"url": "https://a.example/", "method": "POST", "body": '{"q": 1}', "proxy": "proxy-1"}
    [made] = read_import("a.json", json.dumps({"watching": {"1": watch}}).encode()).entries
    assert made.block["request"] == {"json": {"q": 1}}
    assert "proxy: only its name" in told(made, Fate.LOST)
    assert made.source("a") is not None
    job = "url: https://a.example/\nname: A\ndata: {q: a}\nhttp_proxy: http://p.example:3128\n"
    [made] = read_import("a.yml", job.encode()).entries
    assert (made.block["request"], made.block["proxy"]) == ({"form": {"q": "a"}}, "http://p.example:3128")
    [made] = read_import("a.yml", job.replace("{q: a}", "plain").encode()).entries
    assert "neither an object of JSON nor a form" in told(made, Fate.LOST)
