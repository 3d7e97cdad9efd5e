"""What holds for every configuration: valid ones come back as they were, damaged ones fail in words only."""

from __future__ import annotations

import re
import tempfile
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st

from feedbuilder.config import load, schema
from feedbuilder.config.file_shape import ConfigDocument
from feedbuilder.model import ConfigError

# Python's re warns of patterns such as "[[a]" that may mean something else one day; ours to allow.
pytestmark = pytest.mark.filterwarnings("ignore::FutureWarning")

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"), max_size=12)
WORDS = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=8)
LANGUAGES = st.sampled_from(["en", "pt-BR", "zh-Hant-TW"])
CSS = st.sampled_from(["h2 a", "article.card", "li > a[href]", ":is(h2, h3)", "p + p", "td:nth-child(2)"])
PICKS = CSS | CSS.map(lambda css: f"{css}@title") | st.just("@href")
PATTERNS = WORDS | st.sampled_from([r"^By (.+)$", r"\d{4}", "a|b"])


def a_duration(least: int, most: int) -> st.SearchStrategy[str]:
    return st.integers(least, most).map(lambda minutes: f"{minutes}m")


def one_or_more(values: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    return values | st.lists(values, min_size=1, max_size=3)


READINGS = (
    PICKS
    | st.fixed_dictionaries({"select": PICKS}, optional={"match": PATTERNS})
    | st.fixed_dictionaries({"join": st.lists(PICKS, min_size=1, max_size=3)}, optional={"separator": TEXT})
)
FIELDS = READINGS | st.lists(READINGS, min_size=1, max_size=3)
SELECTORS = st.fixed_dictionaries(
    {"item": CSS},
    optional={"between": st.booleans()}
    | dict.fromkeys(("title", "link", "date", "summary", "image", "author", "tags"), FIELDS),
)
COMMON = {
    "timezone": st.sampled_from(["UTC", "Asia/Dubai", "America/New_York"]),
    "language": LANGUAGES,
    "day_first": st.booleans(),
    "interval": a_duration(1, 1000),
    "min_interval": a_duration(1, 60),
    "max_interval": a_duration(60, 1000),
    "keep_fragment": st.booleans(),
    "drop_parameters": st.lists(TEXT, max_size=2),
}
SOURCES = st.fixed_dictionaries(
    {
        "id": st.from_regex(r"[a-z0-9][a-z0-9_-]{0,20}", fullmatch=True),
        "url": WORDS.map(lambda host: f"https://{host}.example/"),
        "selectors": SELECTORS,
    },
    optional={
        **COMMON,
        "title": TEXT,
        "tags": st.lists(WORDS, max_size=3),
        "headers": st.dictionaries(WORDS, st.text("abc =é;", max_size=8), max_size=2),
        "allow_empty": st.booleans(),
    },
)
FILTERS = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("title", "summary", "link", "author"), one_or_more(PATTERNS))
)
FEEDS = st.fixed_dictionaries(
    {"slug": st.from_regex(r"[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?", fullmatch=True)},
    optional={
        "title": TEXT,
        "description": TEXT,
        "language": LANGUAGES,
        "tags": one_or_more(WORDS)
        | st.fixed_dictionaries({}, optional=dict.fromkeys(("any", "all", "none"), one_or_more(WORDS))),
        "include": FILTERS,
        "exclude": FILTERS,
        "entries": st.integers(1, 5000),
    },
)
CONFIGURATIONS = st.fixed_dictionaries(
    {},
    optional={
        "site": st.fixed_dictionaries({}, optional={"title": TEXT, "description": TEXT, "language": LANGUAGES}),
        "fetch": st.fixed_dictionaries(
            {},
            optional={
                "deadline": a_duration(1, 60),
                "max_bytes": st.integers(1000, 10**9) | st.sampled_from(["5MB", "512KiB"]),
                "workers": st.integers(1, 256),
                "robots": st.booleans(),
            },
        ),
        "store": st.fixed_dictionaries({}, optional={"keep_items": st.integers(100, 10**9)}),
        "source": st.lists(SOURCES, max_size=3, unique_by=lambda source: str(source["id"])),
        "feed": st.lists(FEEDS, max_size=3, unique_by=lambda feed: str(feed["slug"])),
    },
)


def escaped(node: Any) -> Any:
    """Return the values as they are written where no variable is meant."""
    if isinstance(node, dict):
        return {key: escaped(value) for key, value in node.items()}
    if isinstance(node, list):
        return [escaped(value) for value in node]
    return node.replace("${", "$${") if isinstance(node, str) else node


def loaded(text: str) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "config" / "feedbuilder.toml"
        file.parent.mkdir()
        file.write_text(text, encoding="utf-8")
        return load(file, {"NAME": "value"})


@given(CONFIGURATIONS)
@settings(max_examples=60, deadline=None)
def test_a_valid_configuration_is_read_as_it_was_meant_and_its_schema_agrees(table: dict[str, Any]) -> None:
    text = tomlkit.dumps(escaped(table))
    config, meant = loaded(text), ConfigDocument.model_validate(table)
    assert (config.sources, config.feeds) == (meant.source, meant.feed)
    assert config.site == meant.site.model_copy(update={"output": config.site.output})
    assert config.fetch == meant.fetch
    assert config.store == meant.store.model_copy(update={"path": config.store.path})
    jsonschema.Draft202012Validator(schema()).validate(tomllib.loads(text))


@given(st.fixed_dictionaries({}, optional=COMMON), SOURCES)
@settings(max_examples=40, deadline=None)
def test_defaults_are_what_a_source_would_say_itself(common: dict[str, Any], source: dict[str, Any]) -> None:
    config = loaded(tomlkit.dumps(escaped({"defaults": common, "source": [source]})))
    assert config.sources == ConfigDocument.model_validate({"source": [common | source]}).source


WHOLE = """\
include = ["x/*.toml"]
site = { title = "${NAME}", url = "https://feeds.example.org/", output = "../out" }

[fetch]
max_bytes = "5MB"
deadline = "30s"
workers = 8
proxy = "http://me:${NAME}@p.example:3128"

[defaults]
timezone = "Asia/Dubai"
headers = { X-One = "${NAME}", "X-Two" = 'x' }

[[source]]
id = "world"
url = "https://news.example/world"
tags = ["World News", "Town"]
interval = "30m"
[source.selectors]
item = "article.card"
title = ["h2 a@title", "h2 a"]
date = { join = [".day", ".time"], match = '(\\d+) .+' }

[[feed]]
slug = "world-news"
tags = { any = ["World News"], none = ["Sports"] }
sources = ["world"]
include = { title = ['^a{1,3}', "b"] }
aliases = ["old"]
"""
MESSAGE = re.compile(r"\S*/config/feedbuilder\.toml(:\d+){0,2}: \S")
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=10)
    | st.text("${}NAME[]()@:*?\\/.~0123456789smhd-_", max_size=10)
    | st.dates()
    | st.times(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def problems_of(text: str) -> tuple[str, ...]:
    try:
        loaded(text)
    except ConfigError as error:
        return error.problems
    return ()


def fails_in_words_only(text: str) -> None:
    for problem in problems_of(text):
        assert MESSAGE.match(problem), problem
        assert len(problem.splitlines()) == 1


def test_the_file_that_gets_damaged_is_valid_before() -> None:
    assert problems_of(WHOLE) == ()


@given(st.integers(0, len(WHOLE) - 1), st.integers(0, 20), st.text(max_size=3) | st.sampled_from("\"'[]{}=,.\n#$\\"))
@settings(max_examples=150, deadline=None)
def test_a_damaged_file_fails_in_words_only(start: int, length: int, instead: str) -> None:
    damaged = WHOLE[:start] + instead + WHOLE[start + length :]
    fails_in_words_only(damaged.encode("utf-8", "replace").decode())


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_a_value_of_any_kind_anywhere_fails_in_words_only(data: st.DataObject) -> None:
    table = tomllib.loads(WHOLE)
    node: Any = table
    while True:
        key = data.draw(st.sampled_from(sorted(node) if isinstance(node, dict) else range(len(node))))
        if not isinstance(node[key], dict | list) or not node[key] or data.draw(st.booleans()):
            break
        node = node[key]
    value = data.draw(ANYTHING)
    if isinstance(node, dict) and data.draw(st.booleans()):
        key = data.draw(st.text(max_size=8))
    node[key] = value
    try:
        text = tomlkit.dumps(table)
        tomllib.loads(text)
    except (ValueError, TypeError, tomlkit.exceptions.TOMLKitError):
        return  # TOML has no word for it (null, lone surrogates)
    fails_in_words_only(text)
