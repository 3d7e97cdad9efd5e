"""A file of sources of somebody else: what is taken of it, under which names, and what a stranger must not decide."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedbuilder.config import Config, load
from feedbuilder.model import ConfigError, Source
from feedbuilder.tend.shared_file import LEFT_OUT, TAKEN, SharedFile, is_shared_file, read_shared_file

THEIRS = """
[[source]]
id = "news"
url = "https://town.example/news"
title = "Town"
tags = ["Town"]
timezone = "Europe/Berlin"
[source.selectors]
item = "article"

[[source]]
id = "terms"
url = "https://town.example/terms"
kind = "changes"
timezone = "UTC"
changes = { selector = "main" }

[[feed]]
slug = "town"
sources = ["news", "terms"]
"""


def mine(folder: Path, text: str) -> Config:
    path = folder / "feedbuilder.toml"
    path.write_text(text, "utf-8")
    return load(path, {})


def read(text: str, config: Config | None = None) -> SharedFile:
    return read_shared_file("shared.toml", text.encode(), config)


def source(**keys: str) -> str:
    lines = "\n".join(f"{key} = {value}" for key, value in keys.items())
    return f'[[source]]\nid = "a"\nurl = "https://a.example/"\ntimezone = "UTC"\n{lines}\nselectors.item = "article"\n'


def test_every_key_of_a_source_is_taken_or_left_out_for_a_reason() -> None:
    assert TAKEN | LEFT_OUT.keys() == Source.model_fields.keys()
    assert TAKEN.isdisjoint(LEFT_OUT)


def test_into_a_new_configuration_all_is_taken() -> None:
    found = read(THEIRS)
    assert [one.source.id for one in found.sources] == ["news", "terms"]
    assert found.sources[0].keys == ("title", "tags", "timezone")
    assert [feed.slug for feed in found.feeds] == ["town"]
    assert found.left_out == ()


def test_names_that_are_taken_make_way_and_feeds_follow(tmp_path: Path) -> None:
    other = '[[source]]\nid = "news"\nurl = "https://other.example/"\ntimezone = "UTC"\nselectors.item = "article"\n'
    found = read(THEIRS, mine(tmp_path, other + '[[feed]]\nslug = "mine"\n'))
    renamed = found.sources[0]
    assert renamed.source.id == "town-news"
    assert renamed.notes == ('it is called "town-news", for you have a source "news"',)
    assert found.feeds[0].sources.any == ("town-news", "terms")


def test_a_page_that_is_read_already_is_passed_over(tmp_path: Path) -> None:
    known = source().replace("https://a.example/", "http://www.town.example/news/?utm_source=x")
    found = read(THEIRS + source(), mine(tmp_path, known + '[[feed]]\nslug = "town"\n'))
    assert [one.source.id for one in found.sources] == ["terms", "a-2"]
    assert any('your source "a" reads this page already' in one for one in found.left_out)
    assert any("you have a feed of this name already" in one for one in found.left_out)


def test_feeds_are_not_taken_where_they_would_end_those_of_tags(tmp_path: Path) -> None:
    found = read(THEIRS, mine(tmp_path, source()))
    assert found.feeds == ()
    assert "your feeds are made of your tags" in found.left_out[0]


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({"headers": '{ Cookie = "id=1" }'}, "headers is left out"),
        ({"keep_pages": "true"}, "keep_pages is left out"),
        ({"interval": '"1s"'}, 'interval = "1s" is left out'),
    ],
)
def test_what_is_not_a_strangers_to_decide_is_left_out(keys: dict[str, str], told: str) -> None:
    [one] = read(source(**keys)).sources
    assert told in one.notes[0]
    assert next(iter(keys)) not in one.keys
    assert one.source.headers == {}


def test_a_source_that_posts_something_is_not_taken() -> None:
    found = read(source(request="{ json = { page = 1 } }"))
    assert found.sources == ()
    assert "what is posted in your name" in found.left_out[0]


def test_other_tables_are_told_and_not_taken() -> None:
    found = read('[site]\noutput = "/etc"\n[alerts]\nwebhook = "https://spy.example/"\n' + source())
    assert [one.split(":")[0] for one in found.left_out] == ["[site]", "[alerts]"]


def test_defaults_hold_for_the_sources_of_the_file() -> None:
    [one] = read('[defaults]\nlanguage = "de"\nheaders = { Cookie = "x" }\n' + source()).sources
    assert one.source.language == "de"
    assert one.source.headers == {}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (source(headers='{ Authorization = "Bearer ${TOKEN}" }'), "asks for ${TOKEN}"),
        ('include = "/etc/*.toml"\n' + source(), "files of others name none of yours"),
        ("<!doctype html><title>x</title>", "is a page and no TOML"),
        ("[site]\ntitle = 'x'\n", "holds no [[source]]"),
        ("[[source]\n", "shared.toml:1"),
        (source(intervall='"1h"'), 'shared.toml:5: [[source]] "a": unknown key "intervall"; did you mean "interval"?'),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_read(text: str, told: str) -> None:
    with pytest.raises(ConfigError) as raised:
        read(text)
    assert told in str(raised.value)


def test_an_address_with_a_secret_is_refused() -> None:
    found = read(source().replace("a.example/", "a.example/?token=abcdef") + source().replace('"a"', '"b"'))
    assert len(found.sources) == 1
    assert "another secret" in found.left_out[0]
    assert "abcdef" not in found.left_out[0]


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("mine/sources.toml", True),
        ("https://a.example/list.TOML?raw=1", True),
        ("https://a.example/news", False),
        ("https://a.example/?f=x.toml", False),
        ("a.example", False),
    ],
)
def test_a_file_of_sources_is_told_by_its_ending(text: str, is_one: bool) -> None:
    assert is_shared_file(text) is is_one
