"""Asking for the size of files: a few at a time, each once, and not for ever where nobody answers."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from feedbuilder.model import FetchError, Source
from feedbuilder.model.enclosures import MediaFile
from feedbuilder.pipeline.media_files import MOST_FILES, MOST_TRIES, PAUSE, measure_files
from feedbuilder.store import SqlStore, open_store
from tests.store.makers import NOW, make_item, make_source, poll

SOURCE = make_source()


class Servers:
    """Answer with what they were given."""

    def __init__(self, status: int | None = None) -> None:
        self.status = status
        self.asked: list[str] = []

    def measure(self, source: Source, url: str) -> MediaFile:
        self.asked.append(url)
        if self.status is not None:
            raise FetchError(f"{url} says {self.status}", status=self.status)
        return MediaFile(url, "audio/ogg", 1000 + len(self.asked))


@pytest.fixture
def store(tmp_path: Path) -> SqlStore:
    return open_store(tmp_path / "news.db")


def listing(store: SqlStore, count: int, name: str = "a") -> None:
    items = [make_item(f"{name}{n}", enclosures=(f"https://cdn.example/{name}{n}.mp3",)) for n in range(count)]
    poll(store, SOURCE, items, NOW)


def test_each_file_is_asked_for_once_and_a_few_at_a_time(store: SqlStore) -> None:
    listing(store, MOST_FILES + 3)
    servers = Servers()
    assert [measure_files(SOURCE, servers, store, NOW) for _ in range(3)] == [MOST_FILES, 3, 0]
    assert len(set(servers.asked)) == len(servers.asked) == MOST_FILES + 3
    sizes = {file.url: (file.kind, file.size) for item in store.items() for file in item.files}
    assert set(sizes) == set(servers.asked)
    assert sizes[servers.asked[0]] == ("audio/ogg", 1001)
    listing(store, MOST_FILES + 3)
    assert measure_files(SOURCE, servers, store, NOW) == 0


def test_an_entry_is_made_anew_when_its_files_are_known(store: SqlStore) -> None:
    listing(store, 1)
    before = store.touched().until
    measure_files(SOURCE, Servers(), store, NOW)
    assert store.touched(before).items == {store.items()[0].id}


@pytest.mark.parametrize(("status", "tries"), [(404, 1), (405, 1), (500, MOST_TRIES)])
def test_who_does_not_answer_is_asked_again_a_few_times_at_most(store: SqlStore, status: int, tries: int) -> None:
    listing(store, 1)
    servers = Servers(status)
    now = NOW
    for _ in range(MOST_TRIES + 2):
        assert measure_files(SOURCE, servers, store, now) == 0
        assert measure_files(SOURCE, servers, store, now + PAUSE - timedelta(minutes=1)) == 0
        now += PAUSE
    assert len(servers.asked) == tries
    assert store.items()[0].files == ()


def test_lists_without_sound_ask_for_nothing(store: SqlStore) -> None:
    poll(store, SOURCE, [make_item()], NOW)
    assert store.due_files(SOURCE.id, NOW, 5) == []
