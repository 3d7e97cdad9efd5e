"""Watched pages of changedetection.io and urlwatch: sources of changes, with their filters."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from feedbuilder.importing.imported import Fate, Imported
from feedbuilder.importing.read_import import read_import
from feedbuilder.model import ConfigError, Page, Source
from feedbuilder.watch.watch_page import watch_page

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)


def watch(**keys: Any) -> Imported:
    document = {
        "watching": {"7": {"url": "https://town.example/terms", "title": "Terms", **keys}},
        "settings": {"application": {"tags": {"t1": {"title": "Town"}}}},
    }
    [found] = read_import("url-watches.json", json.dumps(document).encode()).entries
    return found


def job(text: str) -> Imported:
    [found] = read_import("urls.yaml", f"name: Terms\nurl: https://town.example/terms\n{text}".encode()).entries
    return found


def made(one: Imported) -> Source:
    source = one.source("terms")
    assert source is not None, one.findings
    return source


def lost(one: Imported) -> str:
    return " ".join(finding.text for finding in one.findings if finding.fate is Fate.LOST)


def test_a_watch_becomes_a_source_of_changes() -> None:
    source = made(
        watch(
            include_filters=["#terms", "table.times"],
            subtractive_selectors=[".ad", "//aside"],
            ignore_text=["visitors", r"/Updated \d+/i"],
            time_between_check={"hours": 2, "minutes": 30, "weeks": None},
            tags=["t1", "gone"],
            paused=True,
        )
    )
    assert (source.kind, source.title, source.tags, source.paused) == ("changes", "Terms", ("Town",), True)
    assert source.changes.selector == "#terms, table.times"
    assert source.changes.remove == (".ad", "xpath://aside")
    assert source.interval.total_seconds() == 9_000
    assert [one.pattern for one in source.changes.ignore] == ["^.*(?:visitors).*$", r"^.*(?:Updated \d+).*$"]


def test_what_is_ignored_there_is_ignored_here() -> None:
    source = made(watch(ignore_text=["visitors (so far)"]))
    first = "<main><p>Rules</p><p>12 visitors (so far) today</p></main>"
    before = watch_page(Page(source.url, first.encode(), NOW), source, None).edition
    for html, is_change in ((first.replace("12", "13"), False), (first.replace("Rules", "Rule"), True)):
        assert (watch_page(Page(source.url, html.encode(), NOW), source, before).item is not None) is is_change


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({"include_filters": ["json:$.price"]}, "json:$.price"),
        ({"include_filters": ["#a", "xpath://b"]}, "CSS and XPath do not stand together"),
        ({"ignore_text": ["/(/"]}, "no regular expression"),
        ({"trigger_text": ["sold out"]}, "trigger_text"),
        ({"browser_steps": [{"operation": "Click"}]}, "browser_steps"),
        ({"method": "POST", "body": "<a/>"}, "method and body"),
        ({"processor": "restock_diff"}, "restock_diff"),
        ({"notification_urls": ["mailto://x"]}, "notification_urls"),
    ],
)
def test_what_has_no_like_is_told(keys: dict[str, Any], told: str) -> None:
    one = watch(**keys)
    assert told in lost(one)
    made(one)


def test_a_browser_is_asked_for_where_one_was() -> None:
    assert made(watch(fetch_backend="html_webdriver")).needs_browser
    assert not made(watch(fetch_backend="html_requests")).needs_browser
    [one] = read_import("urls.yaml", b"navigate: https://town.example/\n").entries
    assert made(one).needs_browser


def test_filters_of_urlwatch_are_taken_over() -> None:
    one = job(
        """filter:
  - css: {selector: "#main", exclude: "nav, .ad"}
  - element-by-class: terms
  - html2text
  - re.sub: {pattern: '[0-9]+ visitors'}
  - delete_lines_containing: {text: "(c) Town"}
  - grepi: 'Today .*'
  - re.sub: {pattern: a, repl: b}
  - sort
"""
    )
    source = made(one)
    assert source.changes.selector == '[class~="terms"]'
    assert source.changes.remove == ("nav, .ad",)
    assert [pattern.pattern for pattern in source.changes.ignore] == [
        "[0-9]+ visitors",
        r"^.*(?:\(c\)\ Town).*$",
        "^.*(?:Today .*).*$",
    ]
    for told in ("only the last", "#main", "replaced by a text", "filter sort"):
        assert told in lost(one)


def test_old_filters_in_one_line_are_read() -> None:
    assert made(job("filter: css:.terms,html2text,strip\n")).changes.selector == ".terms"
    assert made(job("filter: [{xpath: '//article/p'}]\n")).changes.selector == "xpath://article/p"


def test_odd_entries_cost_nothing_but_themselves() -> None:
    document = (
        '{"watching": {"1": null, "2": {"url": 5}, "3": {"url": "https://a.example/", "tags": 4, "ignore_text": {}}}}'
    )
    found = read_import("x.json", document.encode()).entries
    assert [one.block["url"] for one in found] == ["5", "https://a.example/"]
    with pytest.raises(ConfigError, match="no addresses"):
        read_import("x.json", b"[]")
