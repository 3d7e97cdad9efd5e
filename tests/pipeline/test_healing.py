"""A source whose page is redesigned, lost, or comes in two layouts: what is read, told, and seen by subscribers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from feedbuilder.extract import settings_mark
from feedbuilder.model import (
    Articles,
    EventKind,
    Heal,
    ListProfile,
    NotModified,
    Outcome,
    Page,
    RepairState,
    Run,
    Source,
    Surroundings,
    Validators,
)
from feedbuilder.parse import surroundings
from feedbuilder.pipeline.local_reader import LocalReader
from feedbuilder.pipeline.poll import poll
from feedbuilder.pipeline.ports import Tools
from feedbuilder.store import SqlStore, open_store
from feedbuilder.tend.repairs import accept_repair
from tests.heal.pages import NOW, SOURCE, Story, after, before, page, stories


@dataclass
class OnePage:
    """Serves one page, whichever it is at the moment."""

    page: Page
    now: datetime = NOW

    def fetch(self, source: Source, validators: Validators) -> Page | NotModified:
        return replace(self.page, fetched_at=self.now)

    def further(self, source: Source, url: str) -> Page:
        raise AssertionError(f"{source.id}: {url} was asked for")


@dataclass
class Site:
    """One source, its page and its store."""

    store: SqlStore
    source: Source
    server: OnePage
    reader: LocalReader = field(default_factory=LocalReader)

    def read(self, page: Page) -> Run:
        """Read the source while its page is `page`, an hour after the last reading."""
        self.server.page, self.server.now = page, self.server.now + timedelta(hours=1)
        tools = Tools(self.server, self.store, self.reader, lambda: self.server.now, lambda: 0.5)
        return poll(self.source, tools)

    def titles(self) -> list[str | None]:
        """Return the titles of what is published, the last one first."""
        return [item.title for item in self.store.items(source=self.source.id)]

    def ids(self) -> dict[str, str]:
        """Return the ids of what is published, by link."""
        return {item.link: item.id for item in self.store.items(source=self.source.id)}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    store = open_store(tmp_path / "store.db")
    made = Site(store, SOURCE.model_copy(update={"articles": Articles.OFF}), OnePage(before([])))
    assert made.read(before(stories(1, 10))).outcome is Outcome.NEW
    return made


def test_a_redesign_is_one_repair_and_no_story_comes_twice(site: Site) -> None:
    known = site.ids()
    run = site.read(after(stories(3, 12)))
    assert (run.outcome, run.found, run.new, run.changed) == (Outcome.NEW, 10, 2, 0)
    assert run.note is not None
    assert "was found again" in run.note
    assert "8 of the 10 articles" in run.note
    assert "feedbuilder heal town" in run.note
    assert known.items() <= site.ids().items()
    assert len(site.titles()) == 12
    again = site.read(after(stories(4, 13)))
    assert (again.new, again.changed, again.note) == (1, 0, None)
    memory = site.store.list_memory("town")
    assert memory.repair is not None
    assert memory.repair.state is RepairState.ACTIVE


def test_an_error_about_selectors_that_were_learnt_says_so(site: Site) -> None:
    run = site.read(page("<p>We are rebuilding this page.</p>"))
    assert run.error is not None
    assert "learnt" not in run.error
    site.read(after(stories(3, 12)))
    run = site.read(page("<p>We are rebuilding this page.</p>"))
    assert run.error is not None
    assert run.error.endswith("These selectors were learnt when the page had changed: feedbuilder heal town")


def test_editing_the_source_ends_the_repair(site: Site) -> None:
    site.read(after(stories(3, 12)))
    selectors = site.source.selectors.model_copy(update={"item": ".stream .teaser", "title": None, "date": None})
    site.source = site.source.model_copy(update={"selectors": selectors})
    run = site.read(after(stories(4, 13)))
    assert (run.new, run.error) == (1, None)
    memory = site.store.list_memory("town")
    assert memory.repair is None
    assert memory.settings == settings_mark(site.source)


def test_a_repair_that_is_proposed_publishes_nothing(site: Site) -> None:
    site.source = site.source.model_copy(update={"heal": Heal.PROPOSE})
    run = site.read(after(stories(3, 12)))
    assert run.outcome is Outcome.FAILED
    assert run.error is not None
    assert "feedbuilder heal town" in run.error
    assert len(site.titles()) == 10
    memory = site.store.list_memory("town")
    assert memory.repair is not None
    assert memory.repair.state is RepairState.PROPOSED
    with site.store.transaction() as transaction:
        accepted = replace(memory.repair, state=RepairState.ACTIVE)
        transaction.remember_list("town", replace(memory, repair=accepted))
    assert site.read(after(stories(3, 12))).new == 2


def test_without_healing_a_redesign_is_told(site: Site) -> None:
    site.source = site.source.model_copy(update={"heal": Heal.OFF})
    run = site.read(after(stories(3, 12)))
    assert run.error is not None
    assert "matched nothing" in run.error
    assert site.store.list_memory("town").repair is None


def test_switching_healing_off_ends_a_repair(site: Site) -> None:
    site.read(after(stories(3, 12)))
    site.source = site.source.model_copy(update={"heal": Heal.OFF})
    assert site.read(after(stories(4, 13))).outcome is Outcome.FAILED
    assert site.read(before(stories(4, 13))).new == 1


def test_two_layouts_in_turn_are_one_repair(site: Site) -> None:
    """Half of the visitors get the new design, by chance."""
    notes = []
    for reading in range(12):
        some = stories(2 + reading, 11 + reading)
        run = site.read(after(some) if reading % 2 else before(some))
        assert run.error is None
        assert run.new == 1
        notes += [run.note] if run.note else []
    assert len(notes) == 1
    assert len(site.titles()) == len(set(site.titles())) == 22


def test_a_repair_whose_page_is_taken_back_rests(site: Site) -> None:
    site.read(after(stories(2, 11)))
    for last in range(12, 16):
        assert site.read(before(stories(last - 9, last))).new == 1
    memory = site.store.list_memory("town")
    assert memory.repair is not None
    assert memory.repair.state is RepairState.RESTING


SIGN_IN = page("<h1>Sign in</h1><form><input type=password></form>", "<title>Sign in</title>")
PEOPLE = page(
    '<div class="news">'
    + "".join(f'<article><h2><a href="/people/p{n}">Person {n}</a></h2><p>x</p></article>' for n in range(10))
    + "</div>"
)


@pytest.mark.parametrize("gone", [SIGN_IN, PEOPLE, page("<h1>Town</h1>"), page('<div class="news"></div>')])
def test_a_page_without_the_list_publishes_nothing_and_forgets_nothing(site: Site, gone: Page) -> None:
    for _ in range(4):
        run = site.read(gone)
        assert run.outcome is Outcome.FAILED
        assert len(site.titles()) == 10
    assert site.store.list_memory("town").repair is None
    back = site.read(before(stories(2, 11)))
    assert (back.outcome, back.new, back.note) == (Outcome.NEW, 1, None)
    assert site.store.list_memory("town").strange == {}


OTHER = before([Story(number, "news") for number in range(60, 70)])
"""The site keeps the stories of all its sections in one folder."""


def named(shown: Page, name: str) -> Page:
    """Return a page that calls itself `name`."""
    return replace(shown, body=shown.body.replace(b"<title>News", f"<title>{name}".encode()))


def test_another_section_in_the_same_dress_publishes_nothing(site: Site) -> None:
    known = len(site.titles())
    for _ in range(5):
        run = site.read(named(OTHER, "Sports"))
        assert run.error is not None
        assert 'calls itself "Sports", and used to call itself "News"' in run.error
        assert len(site.titles()) == known
    assert site.store.list_memory("town").strange == {"another-page": 5}
    assert site.read(before(stories(2, 11))).new == 1


def test_a_page_that_shows_some_of_the_stories_is_another_one_by_its_name(site: Site) -> None:
    """As home pages do."""
    shown = before([*stories(9, 10), *(Story(number) for number in range(60, 70))])
    run = site.read(named(shown, "Welcome"))
    assert run.error is not None
    assert 'calls itself "Welcome"' in run.error
    assert site.read(shown).error is None


def test_another_section_in_another_dress_that_shares_some_stories_is_no_repair(site: Site) -> None:
    shown = after([*(Story(number) for number in range(67, 59, -1)), *stories(7, 10)])
    run = site.read(named(shown, "Sports"))
    assert run.error is not None
    assert 'calls itself "Sports"' in run.error
    assert site.store.list_memory("town").repair is None
    assert len(site.titles()) == 10
    accept_repair(site.store, site.source, site.store.list_memory("town"))
    assert site.read(named(shown, "Sports")).repair is not None


def test_new_stories_only_under_the_same_name_are_read(site: Site) -> None:
    """Nobody read it for months."""
    assert site.read(OTHER).new == 10


def test_a_page_that_was_renamed_is_read_once_somebody_said_so(site: Site) -> None:
    assert site.read(named(OTHER, "All that happened")).outcome is Outcome.FAILED
    accept_repair(site.store, site.source, site.store.list_memory("town"))
    assert site.read(named(OTHER, "All that happened")).new == 10
    assert site.read(named(OTHER, "All that happened")).error is None


def test_a_name_that_changes_with_each_story_is_none(site: Site) -> None:
    """As titles do that name the top story, or count what is new."""
    for last in range(11, 15):
        site.server.now += timedelta(days=1)
        shown = stories(last - 9, last)
        assert site.read(named(before(shown), f"({last}) {shown[0].title}")).error is None
    assert site.read(named(OTHER, Story(69).title)).new == 10
    for slogan in ("Spring is here", "Autumn colours everywhere"):
        site.server.now += timedelta(days=1)
        site.read(named(before(stories(61, 70)), slogan))
    assert site.read(named(before(stories(80, 89)), "Summer holidays begin")).new == 10


def test_a_page_is_asked_for_its_names_once_a_day(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Page] = []
    asking = surroundings.surroundings_of

    def counted(page: Page, language: str | None) -> Surroundings:
        asked.append(page)
        return asking(page, language)

    monkeypatch.setattr(surroundings, "surroundings_of", counted)
    for last in range(11, 35):
        site.read(before(stories(last - 9, last)))
    assert len(asked) == 1


def test_how_long_a_site_rests_is_learnt_from_good_readings_and_outlives_a_repair(site: Site) -> None:
    def rest() -> float:
        profile = site.store.list_memory("town").profile
        return profile.rest if profile else 0.0

    assert rest() == 0
    for last, hours in ((11, 5), (12, 29), (13, 2)):
        site.server.now += timedelta(hours=hours)
        site.read(before(stories(last - 9, last)))
    assert rest() == pytest.approx(30 * 0.98, abs=0.1)
    site.read(SIGN_IN)
    site.server.now += timedelta(hours=400)
    site.read(before(stories(5, 14)))  # nobody knows when it came
    assert rest() < 31
    site.read(after(stories(6, 15)))
    assert 25 < rest() < 31


def test_a_parked_domain_and_a_proposal_are_told_at_once(site: Site) -> None:
    def told() -> list[EventKind]:
        return [event.kind for _, event in site.store.health_events(10)]

    for_sale = page("<h1>town.example is for sale</h1>", "<title>town.example</title>")
    assert site.read(for_sale).outcome is Outcome.FAILED
    assert told() == [EventKind.FAILING]
    site.read(before(stories(2, 11)))
    site.source = site.source.model_copy(update={"heal": Heal.PROPOSE})
    site.read(after(stories(3, 12)))
    site.read(after(stories(3, 12)))
    assert told() == [EventKind.FAILING, EventKind.RECOVERED, EventKind.FAILING]
    assert "feedbuilder heal town" in (site.store.health_events(1)[0][1].reason or "")


def test_a_list_that_shrank_is_believed_once_it_was_read_so_three_times(site: Site) -> None:
    """A new year begins on the page of this year's stories."""
    runs = [site.read(before(stories(11, 11))) for _ in range(3)]
    assert [run.outcome for run in runs] == [Outcome.FAILED, Outcome.FAILED, Outcome.NEW]
    assert runs[0].error is not None
    assert "It holds 1 article, where there usually are about 10." in runs[0].error
    assert "If the next 2 readings say the same" in runs[0].error
    assert runs[2].note is not None
    assert site.read(before(stories(11, 12))).note is None


def test_lost_summaries_are_told_once(site: Site) -> None:
    def plain(last: int) -> Page:
        shown = before(stories(last - 9, last))
        return replace(shown, body=shown.body.replace(b"<p>", b"<!--").replace(b"</p>", b"-->"))

    runs = [site.read(plain(last)) for last in (11, 12, 13)]
    assert [run.new for run in runs] == [1, 1, 1]
    assert runs[0].note is not None
    assert "summaries" in runs[0].note
    assert [run.note for run in runs[1:]] == [None, None]


def test_two_hundred_readings_of_a_living_site_alarm_nobody(site: Site) -> None:
    """Busy hours, nights, a weekend, a day with everything new, stories that come back, a list that breathes."""
    last = 10
    for reading in range(200):
        hour = reading % 24
        last += 0 if hour < 6 or reading in range(90, 138) else (reading * 7) % 3
        last += 14 if reading == 150 else 0
        length = 10 - (reading % 5 == 4) * 2
        shown = stories(last - length + 1, last) + (stories(1, 1) if reading % 40 == 39 else [])
        run = site.read(before(shown))
        assert run.error is None, reading
        assert run.note is None, reading
    assert site.store.list_memory("town").repair is None
    assert len(site.titles()) == len(set(site.titles()))


def test_a_usual_reading_writes_nothing_about_the_list(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.read(before(stories(1, 10)))
    written: list[object] = []
    monkeypatch.setattr("feedbuilder.store.list_rows.remember", lambda *given: written.append(given))
    site.read(before(stories(1, 10)))
    assert written == []


def test_the_memory_of_a_list_survives_the_store(site: Site) -> None:
    site.read(after(stories(3, 12)))
    memory = site.store.list_memory("town")
    assert memory.profile is not None
    assert site.store.list_memories() == {"town": memory}
    assert ListProfile.from_json(memory.profile.as_json()) == memory.profile


def test_what_people_should_hear_is_remembered_with_the_run(site: Site) -> None:
    site.read(after(stories(3, 12)))
    for _ in range(4):
        site.read(SIGN_IN)
    site.read(after(stories(4, 13)))
    events = [event for _, event in site.store.health_events(10)][::-1]
    assert [event.kind for event in events] == [EventKind.REPAIRED, EventKind.FAILING, EventKind.RECOVERED]
    assert "feedbuilder heal town" in (events[0].reason or "")
    assert events[1].failures == 3
    assert site.store.state("town").incident is None


def test_a_list_that_was_empty_comes_back_in_either_layout(site: Site) -> None:
    site.source = site.source.model_copy(update={"allow_empty": True})
    site.read(before(stories(1, 10)))
    site.read(after(stories(3, 12)))
    nothing = page("<p>No news at the moment.</p>")
    for there, newest in ((before, 13), (after, 14)):
        assert [site.read(nothing).outcome for _ in range(4)][-1] is Outcome.UNCHANGED
        run = site.read(there(stories(newest - 9, newest)))
        assert (run.outcome, run.found, run.new) == (Outcome.NEW, 10, 1)
        site.read(there(stories(newest - 9, newest)))
