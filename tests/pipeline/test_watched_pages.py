"""A page whose changes are watched, from the reading to the feed: what is told, and what is not believed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from feedbuilder.masking import forget, learn
from feedbuilder.model import NotModified, Outcome, Page, Run, Source, StoredItem, Validators
from feedbuilder.pipeline.local_reader import LocalReader
from feedbuilder.pipeline.poll import poll
from feedbuilder.pipeline.ports import Tools
from feedbuilder.store import SqlStore, open_store

NOW = datetime(2026, 11, 27, 12, 30, tzinfo=UTC)
RULES = ["Swim from 9 to 17", "No dogs", "No music", "Children swim free", "Towels cost 2 euros", "Lockers are for all"]


def source(**changes: Any) -> Source:
    return Source.model_validate(
        {"id": "terms", "url": "https://town.example/terms", "kind": "changes", "changes": changes}
    )


def rules(*lines: str, title: str = "Terms") -> str:
    return f"<title>{title}</title><main><ul>{''.join(f'<li>{line}' for line in lines)}</ul></main>"


@dataclass
class Site:
    store: SqlStore
    source: Source = field(default_factory=source)
    now: datetime = NOW
    html: str = ""
    landed: str = ""

    def fetch(self, source: Source, _validators: Validators) -> Page | NotModified:
        return Page(self.landed or source.url, self.html.encode(), self.now, "text/html; charset=utf-8")

    def further(self, source: Source, url: str) -> Page:
        raise AssertionError(f"{source.id}: {url} was asked for")

    def read(self, html: str, landed: str = "") -> Run:
        self.html, self.landed, self.now = html, landed, self.now + timedelta(hours=1)
        return poll(self.source, Tools(self, self.store, LocalReader(), lambda: self.now, lambda: 0.5))

    def entries(self) -> list[StoredItem]:
        return list(self.store.newest(tags=frozenset(), sources=frozenset()))


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with open_store(tmp_path / "store.db") as store:
        yield Site(store)


def test_the_first_reading_tells_nothing_and_each_change_is_an_entry(site: Site) -> None:
    assert site.read(rules(*RULES)).outcome is Outcome.UNCHANGED
    assert site.read(rules(*RULES)).outcome is Outcome.UNCHANGED
    assert site.entries() == []
    assert site.read(rules(RULES[0].replace("17", "18"), *RULES[1:])).outcome is Outcome.NEW
    assert site.read(rules(RULES[0].replace("17", "18"), *RULES[1:], "No phones")).outcome is Outcome.NEW
    second, first = site.entries()
    assert first.title == "Terms: 2026-11-27 15:30"
    assert first.link == "https://town.example/terms#changed-20261127T153000"
    assert first.summary == "− Swim from 9 to 17 + Swim from 9 to 18"
    assert first.content_html is not None
    assert "Swim from 9 to <del>17</del><ins>18</ins>" in first.content_html
    assert first.published == NOW + timedelta(hours=3)
    assert second.content_html is not None
    assert "<ins>No phones</ins>" in second.content_html
    assert first.id != second.id


def test_a_change_on_one_day_is_no_other_one_though_they_are_called_alike(site: Site) -> None:
    site.source = source(title="{page} has changed")
    for number in range(4):
        site.read(rules(*RULES, f"Version {number}"))
    assert [one.title for one in site.entries()] == ["Terms has changed"] * 3


def test_what_is_ignored_changes_nothing_alone_and_is_shown_beside_another_change(site: Site) -> None:
    site.source = source(ignore=[r"\d+ visitors", "^Today is .*"], title="{added} {removed} {first}")
    site.read(rules(*RULES, "12 visitors so far", "Today is Friday"))
    assert site.read(rules(*RULES, "13 visitors so far")).outcome is Outcome.UNCHANGED
    assert site.read(rules(*RULES[1:], "14 visitors so far", "Today is Sunday")).outcome is Outcome.NEW
    [entry] = site.entries()
    assert entry.title == "0 1 Swim from 9 to 17"
    assert entry.summary == "− Swim from 9 to 17"


def test_numbers_alone_count_unless_they_are_not_to(site: Site) -> None:
    site.source = source(numbers=False)
    site.read(rules(*RULES))
    assert site.read(rules(*(line.replace("17", "18:30") for line in RULES))).outcome is Outcome.UNCHANGED
    assert site.read(rules(*RULES, "No phones")).outcome is Outcome.NEW


@pytest.mark.parametrize(
    "html",
    [
        "<title>404</title><h1>Page not found</h1><p>Look elsewhere.</p>",
        "<title>Sign in</title><h1>Sign in</h1><form><input type=password></form><p>Please do.</p>",
        "<title>Just a moment...</title><p>Checking.</p>",
        "",
        "<title>Terms</title><main></main>",
    ],
)
def test_another_page_in_its_place_is_a_failed_reading_and_no_change(site: Site, html: str) -> None:
    assert site.read(html).outcome is Outcome.FAILED
    site.read(rules(*RULES))
    run = site.read(html)
    assert run.outcome is Outcome.FAILED
    assert run.error is not None
    assert "town.example/terms" in run.error
    assert site.read(rules(*RULES)).outcome is Outcome.UNCHANGED
    assert site.entries() == []


def test_a_named_part_may_say_that_something_is_not_available(site: Site) -> None:
    site.source = source(selector="main")
    gone = "<main><h2>Tickets</h2><h3>No longer available</h3></main>"
    assert site.read("<main><h2>Tickets</h2><p>From 12 euros</p></main>").outcome is Outcome.UNCHANGED
    assert [site.read(gone).outcome for _ in range(2)] == [Outcome.FAILED, Outcome.NEW]
    assert site.entries()[0].summary == "− From 12 euros + No longer available"


def test_a_page_that_leads_home_is_no_change(site: Site) -> None:
    site.read(rules(*RULES))
    assert site.read(rules("Welcome", *RULES[1:]), "https://town.example/").outcome is Outcome.FAILED
    assert site.entries() == []


def test_a_selector_that_finds_nothing_is_told(site: Site) -> None:
    site.source = source(selector="#rules")
    run = site.read(rules(*RULES))
    assert run.error is not None
    assert 'selector = "#rules" of [source.changes] matched nothing' in run.error


def test_a_text_that_is_another_one_altogether_is_believed_when_it_is_read_twice(site: Site) -> None:
    site.read(rules(*RULES))
    other = rules(*(f"Paragraph {number} of the new terms" for number in range(6)))
    run = site.read(other)
    assert run.outcome is Outcome.FAILED
    assert run.error is not None
    assert "if the next reading says the same" in run.error
    assert site.read(other).outcome is Outcome.NEW
    assert len(site.entries()) == 1


def test_a_doubt_ends_with_the_text_that_was_known(site: Site) -> None:
    other = rules(*(f"Paragraph {number}" for number in range(6)))
    outcomes = [site.read(html).outcome for html in (rules(*RULES), other, rules(*RULES), other, rules(*RULES))]
    assert outcomes.count(Outcome.FAILED) == 2
    assert site.entries() == []


def test_a_page_that_alternates_comes_to_rest_and_goes_on(site: Site) -> None:
    one, other = rules(*RULES, "Blue"), rules(*RULES, "Green")
    for number in range(13):
        run = site.read(other if number % 2 else one)
    assert run.note is not None
    assert "to and fro" in run.note
    told = len(site.entries())
    assert told == 3
    assert site.read(rules(*RULES, "Red")).outcome is Outcome.NEW
    assert len(site.entries()) == told + 1


def test_what_changes_at_every_reading_is_told_of(site: Site) -> None:
    notes = [site.read(rules(*RULES, f"Token {number * 7919:x}")).note for number in range(8)]
    assert notes[:6] == [None] * 6
    assert notes[6] is not None
    assert 'in the line "Token' in notes[6]
    assert "ignore" in notes[6]


def test_other_settings_begin_anew(site: Site) -> None:
    site.read(rules(*RULES))
    site.source = source(selector="li:first-child")
    assert site.read(rules(*RULES)).outcome is Outcome.UNCHANGED
    assert site.read(rules("Swim from 8 to 17", *RULES[1:])).outcome is Outcome.NEW
    site.source = source(selector="li:first-child", ignore=["euros"])
    assert site.read(rules("Swim from 7 to 17", *RULES[1:])).outcome is Outcome.NEW
    assert len(site.entries()) == 2


def test_of_changes_only_those_that_are_wanted_are_told(site: Site) -> None:
    site.source = Source.model_validate(
        {"id": "t", "url": "https://town.example/terms", "kind": "changes", "include": {"text": "tickets"}}
    )
    site.read(rules(*RULES))
    assert site.read(rules(*RULES, "A bench")).outcome is Outcome.UNCHANGED
    assert site.read(rules(*RULES, "A bench", "Tickets again")).outcome is Outcome.NEW
    assert [one.summary for one in site.entries()] == ["+ Tickets again"]


def test_a_secret_in_the_address_stands_in_no_entry(site: Site) -> None:
    for url, link in (
        ("https://town.example/terms?token=sesame4711&id=5", "https://town.example/terms"),
        ("https://town.example/terms?id=5#here", "https://town.example/terms?id=5"),
    ):
        site.source = Source.model_validate({"id": link[-1], "url": url, "kind": "changes"})
        site.read(rules(*RULES))
        site.read(rules(*RULES, "No phones"))
        newest = site.entries()[0]
        assert newest.link.partition("#")[0] == link
        assert "sesame" not in str(newest)


def test_secrets_are_not_remembered(site: Site) -> None:
    learn(["sesame-4711"])
    try:
        site.read(rules(*RULES, "Hello sesame-4711"))
        site.read(rules(*RULES[1:], "Hello sesame-4711"))
        edition = site.store.edition("terms")
        assert edition is not None
        assert edition.lines[-1] == "Hello ***"
        assert "sesame" not in str(site.entries())
    finally:
        forget()


def test_the_feed_of_a_source_that_is_gone_keeps_nothing_of_its_page(site: Site) -> None:
    site.read(rules(*RULES))
    site.store.sync_sources([], site.now)
    assert site.read(rules(*RULES)).outcome is Outcome.UNCHANGED
