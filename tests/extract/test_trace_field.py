"""How a field comes about, step by step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from feedbuilder.extract.trace_field import FieldTrace, trace_field
from feedbuilder.model import ExtractError, Page, Source, SourceKind

CARD = (
    '<div class="card"><h2><a href="/a?utm_source=x">Notice no. 7: locks open</a></h2>'
    '<time datetime="2026-02-05">5|2|26</time><i class="day">5</i><i class="month">2</i>'
    '<b class="who">By Ann Lee</b><p>One</p><p>Two</p></div>'
)


@pytest.fixture
def traced(page: Callable[..., Page], source: Callable[..., Source]) -> Callable[..., list[tuple[str, ...]]]:
    def trace(field: str, rule: Any, html: str = CARD, **settings: Any) -> list[tuple[str, ...]]:
        (one,) = trace_field(page(html), source(**{field: rule, **settings}), field)
        return [(step.name, *step.texts) for step in one.steps]

    return trace


Traced = Callable[..., list[tuple[str, ...]]]


def test_what_a_selector_finds_and_what_each_step_makes_of_it(traced: Traced) -> None:
    steps = [{"replace": "^Notice no\\. \\d+: "}, "title"]
    assert traced("title", {"select": "h2 a", "match": "(Notice.+)", "steps": steps}) == [
        ("h2 a", "Notice no. 7: locks open"),
        ("match", "Notice no. 7: locks open"),
        ("replace", "locks open"),
        ("title", "Locks Open"),
        ("read as", "Locks Open"),
    ]


def test_alternatives_are_shown_up_to_the_one_that_says_something(traced: Traced) -> None:
    rule = [".none", {"select": "p", "match": "Three"}, {"text": "News"}, "h2"]
    assert traced("tags", rule) == [(".none",), ("p", "One", "Two"), ("match",), ("text", "News"), ("read as", "News")]


def test_parts_that_are_joined_stand_alone_first(traced: Traced) -> None:
    rule = {"join": [".day", ".month"], "template": "{}.{}.2026"}
    assert traced("date", rule) == [
        (".day", "5"),
        (".month", "2"),
        ("join", "5.2.2026"),
        ("read as", "2026-02-04 20:00 UTC, the begin of a day"),
    ]


def test_a_date_shows_what_is_written_for_machines_and_what_comes_of_it(traced: Traced) -> None:
    assert traced("date", {"select": "time", "steps": [{"parse": "%d|%m|%y"}]}) == [
        ("time", "2026-02-05", "5|2|26"),
        ("parse", "2026-02-05"),
        ("read as", "2026-02-04 20:00 UTC, the begin of a day"),
    ]


def test_links_are_shown_as_they_are_written_and_as_they_are_followed(traced: Traced) -> None:
    assert traced("link", "xpath:.//h2/a/@href") == [
        ("xpath:.//h2/a/@href", "/a?utm_source=x"),
        ("read as", "https://example.org/a"),
    ]


def test_what_is_missing_shows_what_stands_in(traced: Traced) -> None:
    assert traced("author", {"select": ".none", "steps": ["lower", {"default": "The council"}]}) == [
        (".none",),
        ("lower",),
        ("default", "The council"),
        ("read as", "The council"),
    ]
    assert traced("author", ".none") == [(".none",), ("read as",)]


def test_paths_into_data_are_traced_alike(page: Callable[..., Page]) -> None:
    selectors = {"item": "posts", "link": {"select": "slug", "template": "/news/{}"}, "title": "name"}
    answer = '{"posts": [{"slug": "locks", "name": "Locks open"}, {"slug": "tide", "name": "High tide"}]}'
    source = Source.model_validate(
        {"id": "news", "url": "https://example.org/api", "kind": "json", "selectors": selectors}
    )
    first, second = trace_field(page(answer), source, "link")
    assert first == FieldTrace("Locks open", first.steps)
    assert [(step.name, *step.texts) for step in second.steps] == [
        ("slug", "tide"),
        ("template", "/news/tide"),
        ("read as", "https://example.org/news/tide"),
    ]
    html = f'<script id="data" type="application/json">{answer}</script>'
    embedded = Source.model_validate(
        {"id": "news", "url": "https://example.org/", "selectors": {"from": "script#data", **selectors}}
    )
    assert [one.steps for one in trace_field(page(html), embedded, "link")] == [first.steps, second.steps]
    shown = embedded.model_copy(update={"kind": SourceKind.BROWSER})  # a page too, however it came
    assert [one.steps for one in trace_field(page(html), shown, "link")] == [first.steps, second.steps]


def test_no_more_articles_are_traced_than_asked_for(page: Callable[..., Page], source: Callable[..., Source]) -> None:
    html = "".join(f'<div class="card"><a href="/{number}">Title {number}</a></div>' for number in range(9))
    assert len(trace_field(page(html), source(title="a"), "title", most=3)) == 3


@pytest.mark.parametrize("field", ["summary", "item", "nothing"])
def test_what_has_no_rule_cannot_be_traced(
    page: Callable[..., Page], source: Callable[..., Source], field: str
) -> None:
    with pytest.raises(ExtractError, match=f"There is no rule for {field} to trace"):
        trace_field(page(CARD), source(title="h2"), field)
