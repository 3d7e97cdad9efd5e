"""A podcast, from `add` to the feed: each episode with its sound, and how long that is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from feedbuilder.newsroom.podcasts import EPISODES, PODCAST_PATH
from tests.acceptance.place import Place, placed


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with placed(tmp_path) as made:
        yield made


def test_episodes_come_with_their_sound_its_type_and_its_size(place: Place, read_in_this_process: None) -> None:
    place.write_config('[site]\noutput = "../output"\n[fetch]\nallow_hosts = ["127.0.0.1"]\nhost_gap = "0s"\n')
    added = place.call("add", place.url + PODCAST_PATH, "--yes", "--tag", "Harbour Talk")
    assert added.exit_code == 0, added.output
    place.build()
    entries = place.feed("harbour-talk").entries
    assert [entry.title for entry in entries] == [episode.title for episode in EPISODES]
    for entry, episode in zip(entries, EPISODES, strict=True):
        (file,) = entry.enclosures
        assert file.href.partition("?")[0] == place.url + episode.sound
        assert (file.type, int(file.length)) == ("audio/mpeg", len(episode.recording()))
    attached = json.loads((place.output / "harbour-talk" / "feed.json").read_text("utf-8"))["items"][0]["attachments"]
    assert attached == [
        {
            "url": place.url + EPISODES[0].sound,
            "mime_type": "audio/mpeg",
            "size_in_bytes": len(EPISODES[0].recording()),
        }
    ]
    asked = {path: count for path, count in place.newsroom.requests.items() if path.startswith("/upload/audio/")}
    assert asked == {episode.sound: 1 for episode in EPISODES}
    place.later()
    place.build()
    assert {path: place.newsroom.requests[path] for path in asked} == asked


def test_the_page_of_an_episode_names_its_sound(place: Place, read_in_this_process: None) -> None:
    shown = place.call("article", place.url + EPISODES[0].path, "--json", "--allow-host", "127.0.0.1")
    assert shown.exit_code == 0, shown.output
    assert json.loads(shown.stdout)["enclosures"] == [place.url + EPISODES[0].sound]
