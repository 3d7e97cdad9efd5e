"""What a reading learns about addresses is part of how it went, once."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from feedbuilder.model import NotModified, Outcome, Page, Source, Validators
from feedbuilder.pipeline.local_reader import LocalReader
from feedbuilder.pipeline.poll import poll
from feedbuilder.pipeline.ports import Tools
from feedbuilder.store import open_store
from tests.pipeline.news_site import START

SOURCE = Source.model_validate({"id": "news", "url": "https://news.example/", "selectors": {"item": "article"}})
SLUGS = (
    "harbour-bridge-reopens-today",
    "council-votes-on-the-roof",
    "ferry-timetable-is-changed",
    "old-mill-is-a-museum",
)


class Tokens:
    """A site whose addresses carry another token at every reading."""

    def __init__(self) -> None:
        self.turn = 0

    def fetch(self, source: Source, validators: Validators) -> Page | NotModified:
        self.turn += 1
        cards = "".join(f'<article><h2><a href="/{slug}?zz={self.turn}f">{slug}</a></h2></article>' for slug in SLUGS)
        return Page(source.url, f"<main>{cards}</main>".encode(), now(self.turn))

    def further(self, source: Source, url: str) -> Page:
        raise AssertionError(f"{url} of {source.id} was asked for")


def now(turn: int) -> datetime:
    return START + timedelta(hours=turn)


def test_a_rule_is_told_when_it_is_learnt_and_not_again(tmp_path: Path) -> None:
    site = Tokens()
    with open_store(tmp_path / "news.db") as store:
        tools = Tools(site, store, LocalReader(), lambda: now(site.turn), lambda: 0.5)
        runs = [poll(SOURCE, tools) for _ in range(4)]
        assert [run.new for run in runs] == [4, 0, 0, 0]
        assert [len(run.learnt) for run in runs] == [0, 1, 0, 0]
        assert [run.outcome for run in runs[1:]] == [Outcome.UNCHANGED] * 3
        assert "the parameter zz" in runs[1].learnt[0].sentence()
        assert store.forget_address_rules("news") == 1
        assert poll(SOURCE, tools).new == 0
