"""A source is added to a file that a person wrote: all else stays as it was, and nothing wrong is ever written."""

from __future__ import annotations

import stat
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedbuilder.config import Config, load, starting_config
from feedbuilder.config.edit import Addition, add_sources
from feedbuilder.config.edit import begin as begin_config
from feedbuilder.config.toml import source_block
from feedbuilder.model import ConfigError, Source

DEMO = Path(__file__).parents[2] / "config" / "feedbuilder.toml"


def source(**keys: Any) -> Source:
    return Source.model_validate(
        {"id": "town", "url": "https://town.example/news", "selectors": {"item": "article"}} | keys
    )


def add_source(config: Config, added: Source, environ: Mapping[str, str], **options: Any) -> Config:
    own = {key: options.pop(key) for key in ("keys", "notes", "unfilled") if key in options}
    return add_sources(config, [Addition(added, **own)], environ, **options)


def add(folder: Any, added: Source, **options: Any) -> str:
    add_source(load(None, {}), added, {}, **options)
    return str((folder.path / "config/feedbuilder.toml").read_text("utf-8"))


def test_a_source_is_written_as_a_person_would(folder: Any, minimal: str) -> None:
    folder.write(minimal)
    town = source(
        title="Town hall",
        tags=["Town"],
        timezone="Etc/GMT-4",
        selectors={
            "item": ".list > li",
            "title": ["h2 a@title", "h2 a"],
            "date": {"join": [".day", ".time"]},
            "author": {"select": ".by", "match": r"By (\w+)"},
            "image": 'img[alt="x"]',
        },
    )
    text = add(folder, town, keys=["title", "tags", "timezone"], notes={"timezone": "as the page's dates say"})
    assert text == minimal.lstrip() + (
        """
[[source]]
id = "town"
url = "https://town.example/news"
title = "Town hall"
tags = ["Town"]
timezone = "Etc/GMT-4"    # as the page's dates say

[source.selectors]
item = ".list > li"
title = ["h2 a@title", "h2 a"]
date = { join = [".day", ".time"] }
image = 'img[alt="x"]'
author = { select = ".by", match = 'By (\\w+)' }
"""
    )


def test_a_note_on_a_key_that_is_not_written_stands_in_its_place(folder: Any, minimal: str) -> None:
    folder.write(minimal)
    text = add(folder, source(), notes={"timezone": 'timezone = "Europe/Berlin"  unknown'})
    assert 'news"\n# timezone = "Europe/Berlin"  unknown\n\n[source.selectors]' in text


def test_in_the_demonstration_it_goes_behind_the_last_source_and_before_what_heads_the_feeds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "feedbuilder.toml"
    before = DEMO.read_text("utf-8")
    path.write_text(before, "utf-8")
    config = add_source(load(path, {}), source(), {})
    after = path.read_text("utf-8")
    heading = "\n\n# ---- Feeds:"
    assert [one.id for one in config.sources] == ["world-news", "global-news", "technology", "business", "town"]
    assert after.replace(f"\n{source_block(source(), {}, ())}", "", 1) == before
    assert after.index('id = "business"') < after.index('id = "town"') < after.index(heading)


def test_comments_right_below_a_source_stay_with_it(folder: Any, minimal: str) -> None:
    folder.write(minimal + "# summary = 'p'\n\n# The feeds\n[[feed]]\nslug = 'x'\n")
    text = add(folder, source())
    assert text.index("# summary") < text.index('[[source]]\nid = "town"') < text.index("# The feeds")


@pytest.mark.parametrize("end", ["", "\n", "\n\n\n"])
def test_the_end_of_the_file_may_look_as_it_likes(folder: Any, minimal: str, end: str) -> None:
    folder.write(minimal.rstrip("\n") + end)
    text = add(folder, source())
    assert 'item = "article"\n\n[[source]]\nid = "town"' in text
    assert text.endswith('item = "article"\n')


def test_line_ends_and_byte_order_mark_of_windows_stay(folder: Any, minimal: str) -> None:
    path = folder.path / "config/feedbuilder.toml"
    folder.write(minimal)
    path.write_bytes(b"\xef\xbb\xbf" + minimal.lstrip().replace("\n", "\r\n").encode())
    add(folder, source())
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf[[source]]\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")


def test_a_link_to_the_file_stays_a_link_and_its_mode_stays(folder: Any, minimal: str) -> None:
    folder.write(minimal)
    named, real = folder.path / "config/feedbuilder.toml", folder.path / "dotfiles.toml"
    named.rename(real)
    real.chmod(0o640)
    named.symlink_to(real)
    add(folder, source())
    assert named.is_symlink()
    assert 'id = "town"' in real.read_text("utf-8")
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


@pytest.mark.parametrize(
    ("before", "line"),
    [
        ("", '[fetch]\nallow_hosts = ["127.0.0.1"]\n'),
        ("[site]\ntitle = 'x'\n# url = ''\n", "# url = ''\n\n[fetch]\nallow_hosts = [\"127.0.0.1\"]\n\n[[source]]"),
        ("[fetch]\nrobots = false # really\n", 'robots = false # really\nallow_hosts = ["127.0.0.1"]\n'),
        ("[fetch]\nallow_hosts = ['a.example'] # ours\n", "allow_hosts = ['a.example', \"127.0.0.1\"] # ours\n"),
        ("fetch.robots = false\n", 'fetch.allow_hosts = ["127.0.0.1"]\n'),
        ("fetch = { robots = false }\n", 'fetch = { robots = false, allow_hosts = ["127.0.0.1"]}\n'),
    ],
)
def test_a_host_is_admitted_wherever_the_settings_stand(folder: Any, minimal: str, before: str, line: str) -> None:
    folder.write(before + minimal)
    text = add(folder, source(), allow_hosts=["127.0.0.1"])
    assert line in text
    config = load(None, {})
    assert "127.0.0.1" in config.fetch.allow_hosts
    assert add_source(config, source(id="other"), {}, allow_hosts=["127.0.0.1"]).fetch == config.fetch


def test_where_each_source_has_a_file_the_new_one_gets_one_too(folder: Any, minimal: str) -> None:
    folder.write('include = ["sources/*.toml"]\n')
    folder.write(minimal, "sources/world.toml")
    text = add(folder, source(), allow_hosts=["localhost"])
    own = folder.path / "config/sources/town.toml"
    assert own.read_text("utf-8") == source_block(source(), {}, ())
    assert text == 'include = ["sources/*.toml"]\n\n[fetch]\nallow_hosts = ["localhost"]\n'
    assert [one.id for one in load(None, {}).sources] == ["town", "world"]


def test_the_first_source_goes_into_the_folder_that_is_there_for_sources(folder: Any) -> None:
    folder.write('include = ["sources/*.toml"]\n')
    (folder.path / "config/sources").mkdir()
    assert add(folder, source()) == 'include = ["sources/*.toml"]\n'
    assert (folder.path / "config/sources/town.toml").exists()


def test_where_the_main_file_has_sources_the_new_one_goes_there(folder: Any, minimal: str) -> None:
    folder.write('include = ["sources/*.toml"]\n' + minimal)
    folder.write(minimal.replace("world", "other"), "sources/other.toml")
    assert 'id = "town"' in add(folder, source())


def test_the_made_up_source_of_a_new_installation_makes_way(folder: Any) -> None:
    folder.write(starting_config()["config/feedbuilder.toml"])
    text = add(folder, source())
    above, mark, below = starting_config(example=False)["config/feedbuilder.toml"].partition("# More sources:")
    assert text == above + source_block(source(), {}, ()) + "\n" + mark + below
    assert [one.id for one in load(None, {}).sources] == ["town"]


def test_the_made_up_source_stays_once_somebody_has_touched_it(folder: Any) -> None:
    folder.write(starting_config()["config/feedbuilder.toml"].replace("news.example/world", "news.example/art"))
    add(folder, source())
    assert [one.id for one in load(None, {}).sources] == ["first", "town"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "source = [{ id = 'a', url = 'https://a.example', timezone = 'UTC', selectors = { item = 'a' } }]\n",
            "not TOML",
        ),
        ("[[source]]\nid = 'town'\nurl = 'https://a.example/'\nselectors.item = 'a'\n", "an id of its own"),
    ],
)
def test_what_would_not_load_is_not_written(folder: Any, text: str, message: str) -> None:
    folder.write(text)
    config = load(None, {})
    with pytest.raises(ConfigError, match=message):
        add_source(config, source(), {})
    assert config.path.read_text("utf-8") == text
    assert [path.name for path in config.path.parent.iterdir()] == [config.path.name]


def test_a_file_that_cannot_be_written_stays_as_it_is(folder: Any, minimal: str, monkeypatch: Any) -> None:
    folder.write(minimal)

    def full(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(ConfigError, match="No space left"):
        add_source(load(None, {}), source(), {})
    assert [path.name for path in (folder.path / "config").iterdir()] == ["feedbuilder.toml"]


def test_dollars_are_no_variables(folder: Any, minimal: str) -> None:
    folder.write(minimal)
    add(folder, source(title="${HOME} $${x}"), keys=["title"])
    assert load(None, {}).sources[1].title == "${HOME} $${x}"


def test_a_first_configuration_has_no_source_and_waits_for_one(folder: Any) -> None:
    path = folder.main
    written = begin_config(path)
    assert sorted(str(one) for one in written) == [
        ".gitignore",
        "config/feedbuilder.schema.json",
        "config/feedbuilder.toml",
    ]
    assert load(None, {}).sources == ()
    add(folder, source())
    assert begin_config(path) == []
    assert [one.id for one in load(None, {}).sources] == ["town"]


words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)


@given(words, st.lists(words, max_size=3), words.map(lambda text: text.replace("@", "at")))
def test_whatever_a_page_calls_itself_reads_back(title: str, tags: list[str], css: str) -> None:
    town = source(title=title, tags=tags, selectors={"item": css, "title": [f"{css}x", ".y@title"]})
    data = tomllib.loads(source_block(town, {}, ["title", "tags"]))["source"][0]
    assert data["title"].replace("$${", "${") == title
    assert [tag.replace("$${", "${") for tag in data.get("tags", [])] == tags
    assert data["selectors"]["item"].replace("$${", "${") == css


def test_a_file_that_its_owner_made_read_only_stays(folder: Any, minimal: str, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.write(minimal)
    monkeypatch.setattr("os.access", lambda *_: False)  # root, who may run the tests, may write everywhere
    with pytest.raises(ConfigError, match="cannot be written: it is read-only"):
        add(folder, source())
    assert len(load(None, {}).sources) == 1
    assert len(list((folder.path / "config").iterdir())) == 1


def test_many_sources_are_written_as_one_after_the_other_and_loaded_once(
    folder: Any, minimal: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write(minimal)
    added = [source(id=f"town-{number}", url=f"https://town.example/{number}") for number in range(5)]
    for one in added:
        add(folder, one)
    apart = folder.main.read_text("utf-8")
    folder.write(minimal)
    loaded: list[int] = []

    def counted(*arguments: Any) -> Config:
        loaded.append(1)
        return load(*arguments)

    monkeypatch.setattr("feedbuilder.config.edit.load", counted)
    config = add_sources(load(None, {}), [Addition(one) for one in added], {})
    assert folder.main.read_text("utf-8") == apart
    assert list(config.sources[1:]) == added
    assert len(loaded) == 2


def test_many_sources_go_into_files_of_their_own_where_others_have_one(folder: Any, minimal: str) -> None:
    folder.write('include = ["sources/*.toml"]\n')
    (folder.path / "config" / "sources").mkdir()
    added = [Addition(source(id=name, url=f"https://town.example/{name}")) for name in ("one", "two")]
    add_sources(load(None, {}), added, {})
    assert sorted(path.name for path in (folder.path / "config" / "sources").iterdir()) == ["one.toml", "two.toml"]
    assert folder.main.read_text("utf-8") == 'include = ["sources/*.toml"]\n'
    assert [one.id for one in load(None, {}).sources] == ["one", "two"]


def test_none_of_many_sources_is_written_where_one_cannot_be(folder: Any, minimal: str) -> None:
    folder.write(minimal)
    before = folder.main.read_text("utf-8")
    with pytest.raises(ConfigError, match="with these 2 sources in it there would be mistakes"):
        add_sources(load(None, {}), [Addition(source()), Addition(source())], {})
    assert folder.main.read_text("utf-8") == before
