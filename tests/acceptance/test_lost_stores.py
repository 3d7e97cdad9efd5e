"""A store is lost, and feeds that it would be filled from are damaged: nothing is written until a person decides."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from feedbuilder.engine import Runner
from feedbuilder.model import LostStoreError
from tests.acceptance.place import Place

Damage = Callable[[Path], object]


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-200])


def _overwritten(file: Path) -> None:
    file.write_bytes(b"<!doctype html><title>502 Bad Gateway</title>")


def _emptied(file: Path) -> None:
    file.write_bytes(b"")


def _misshapen(file: Path) -> None:
    feed = json.loads(file.read_bytes())
    file.write_text(json.dumps(feed | {"items": {"0": feed["items"][0]}}), "utf-8")


def _entry_damaged(file: Path) -> None:
    feed = json.loads(file.read_bytes())
    feed["items"][2]["date_published"] = "yesterday"
    file.write_text(json.dumps(feed), "utf-8")


def _closed(file: Path) -> None:
    file.chmod(0)


def _a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


DAMAGES: dict[str, Damage] = {
    "cut": _cut,
    "not JSON": _overwritten,
    "empty": _emptied,
    "wrong shape": _misshapen,
    "one entry": _entry_damaged,
    "a folder": _a_folder,
    "closed": _closed,
}
needs_permissions = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads what is closed"
)


@pytest.mark.parametrize(
    "damage", [pytest.param(name, marks=needs_permissions if name == "closed" else ()) for name in DAMAGES]
)
def test_a_damaged_feed_stops_the_recovery_before_anything_is_written(place: Place, damage: str) -> None:
    place.build()
    file = place.output / "world-news" / "feed.json"
    DAMAGES[damage](file)
    shutil.rmtree(place.folder / "var")
    before = _tree(place.output)
    asked = dict(place.newsroom.requests)
    with pytest.raises(LostStoreError) as raised:
        place.build()
    assert str(file) in str(raised.value)
    assert "--accept-loss" in str(raised.value)
    assert _tree(place.output) == before
    assert dict(place.newsroom.requests) == asked
    with place.open() as installation, pytest.raises(LostStoreError):
        Runner(installation, place.config).start()
    assert _tree(place.output) == before


def _tree(folder: Path) -> dict[str, tuple[int, int]]:
    return {str(path): (path.stat().st_mtime_ns, path.stat().st_size) for path in sorted(folder.rglob("*"))}


def test_a_repaired_file_is_taken_up_as_if_nothing_had_been(place: Place) -> None:
    place.build()
    before = place.files()
    file = place.output / "world-news" / "feed.json"
    whole, times = file.read_bytes(), file.stat()
    _cut(file)
    shutil.rmtree(place.folder / "var")
    with pytest.raises(LostStoreError):
        place.build()
    file.write_bytes(whole)
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert sum(run.new for run in place.build().runs) == 0
    assert place.files() == before


def test_the_command_says_what_happened_and_goes_on_when_told_so(place: Place) -> None:
    place.build()
    ids = [entry.id for entry in place.feed("all").entries]
    _cut(place.output / "world-news" / "feed.json")
    shutil.rmtree(place.folder / "var")
    refused = place.call("build")
    assert refused.exit_code == 2
    assert "world-news/feed.json is no whole JSON" in refused.stderr
    accepted = place.call("build", "--accept-loss")
    assert accepted.exit_code == 0, accepted.stderr
    assert "what a damaged feed remembered is lost, as accepted" in accepted.stderr
    assert [entry.id for entry in place.feed("all").entries] == ids  # the other feeds still told of them


def test_feeds_of_others_and_damaged_archives_stop_nothing(place: Place) -> None:
    text = place.config_path.read_text("utf-8")
    place.write_config(text + '\n[[feed]]\nslug = "old"\ntitle = "Old"\narchive = true\n')
    place.build()
    other = place.output / "podcast" / "feed.json"
    other.parent.mkdir()
    other.write_text('{"version": "https://jsonfeed.org/version/1.1", "title": "A podcast", "items": []}', "utf-8")
    archives = list(place.output.glob("*/archive/*/*"))
    for path in archives:
        path.write_bytes(b"<rss")
    shutil.rmtree(place.folder / "var")
    assert sum(run.new for run in place.build().runs) == 0
