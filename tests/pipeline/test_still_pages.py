"""Pages on which nothing moved but what always moves: which polls read them, and what is kept for the next ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from string import ascii_lowercase
from typing import Any

import pytest

from feedbuilder.model import NotModified, Outcome, Page, Source, Validators
from feedbuilder.pipeline.local_reader import LocalReader
from feedbuilder.pipeline.page_mark import MOST_UNREAD, PageMark
from feedbuilder.store.transaction import SqlTransaction
from tests.pipeline.newspaper import START, WORLD, Newspaper, Office, an_item
from tests.store.heard import hearing

STEP = timedelta(minutes=1)
ASIDE = ("list_memories", "kept_cards", "kept_pages")
"""Tables that tell how a page was read, and how often."""


class Moving(Office):
    """Sends pages of HTML on which counters and ids move."""

    footer = "10 readers"
    frozen: int | None = None

    asked_with = Validators()

    def fetch(self, source: Source, validators: Validators) -> Page | NotModified:
        visit = self.frozen or int((self.now - START) / STEP)
        self.asked_with = validators
        stories = "".join(
            f'<article><h2><a href="{item.link}">{item.title}</a></h2><i>{100 + visit % 900} reads</i></article>'
            for item in self.lists[source.id] or ()
        )
        html = f"<title>News</title><!-- {visit:09} -->{stories}<p>{self.footer}"
        return Page(source.url, html.encode(), self.now, "text/html", Validators(str(visit)))


class Counted(Newspaper):
    """Counts the pages that are read."""

    def __init__(self, place: Path, template: Path) -> None:
        self.html = Moving(lists={"world": tuple(an_item(number) for number in range(4)), "asia": ()})
        super().__init__(place, template, self.html, SqlTransaction)
        self.sources["world"] = WORLD.model_copy(
            update={"selectors": WORLD.selectors.model_copy(update={"item": "article"})}
        )
        self.read = 0
        self.begin_anew()

    def begin_anew(self) -> None:
        """Go on in another process."""
        reader = LocalReader()
        plainly = reader.read_familiar

        def counting(*asked: Any, **named: Any) -> Any:
            self.read += 1
            return plainly(*asked, **named)

        reader.read_familiar = counting  # type: ignore[method-assign]
        self.tools = replace(self.tools, reader=reader)

    def polled(self, times: int) -> str:
        """Return of so many polls which read the page ("r"), and which did not (".")."""
        said = ""
        for _ in range(times):
            self.html.now += STEP
            before, outcome = self.read, self.poll("world")
            assert outcome in (Outcome.UNCHANGED, Outcome.NEW)
            said += "r" if self.read > before else "."
        return said


@pytest.fixture
def paper(tmp_path: Path, template: Path) -> Iterator[Counted]:
    """Return a newspaper of whose page it is known where it moves."""
    made = Counted(tmp_path / "paper", template)
    # New; all of it stands; its mark is made; known as a whole: then where it moves is looked for, and found.
    assert made.polled(9) == "rrrrrrr.."
    yield made
    made.store.close()


def test_every_so_often_the_page_is_read_all_the_same(paper: Counted) -> None:
    assert paper.polled(30) == "." * (MOST_UNREAD - 2) + "r" + "." * MOST_UNREAD + "r" + "." * 6
    (run,) = paper.store.runs("world", 1)
    assert (run.outcome, run.found, run.status) == (Outcome.UNCHANGED, 4, 200)
    assert paper.store.state("world").validators.etag == str(int((paper.html.now - START) / STEP))


def test_the_same_bytes_as_those_of_a_page_that_went_unread_are_read_as_often(paper: Counted) -> None:
    paper.html.frozen = 1
    # Then it is the same as one that was read.
    assert paper.polled(30) == "." * (MOST_UNREAD - 2) + "r" + "." * 19


def test_a_story_more_is_read_at_once_and_what_moves_learnt_anew(paper: Counted) -> None:
    paper.html.lists["world"] = tuple(an_item(number) for number in range(-1, 4))
    assert paper.poll("world") is Outcome.NEW
    assert paper.store.list_memory("world").still is None
    assert paper.polled(9)[-2:] == ".."


def test_another_process_knows_it_too(paper: Counted) -> None:
    paper.begin_anew()
    assert paper.polled(3) == "..."


def test_processes_that_read_one_page_each_learn_it_too(tmp_path: Path, template: Path) -> None:
    paper, read = Counted(tmp_path / "paper", template), ""
    for _ in range(12):
        paper.begin_anew()
        read += paper.polled(1)
    assert read == "rrrrrrr....."
    paper.store.close()


def test_what_becomes_known_of_an_item_otherwise_has_the_page_read(paper: Counted) -> None:
    with paper.store._database.writing() as connection:
        connection.exec_driver_sql("UPDATE statements SET title = 'Another one' WHERE first_seen IS NOT NULL")
    assert paper.polled(1) == "r"


def test_words_that_move_have_it_read_and_learnt_seldom(paper: Counted) -> None:
    known = set()
    for word in ascii_lowercase:
        paper.html.footer = word
        assert paper.polled(1) == "r"
        known.add(paper.store.list_memory("world").still)
    assert len(known) == 3  # what was known before, and that of the eighth reading and the 16th


def test_a_word_that_is_another_one_for_good_is_learnt_by_two_pages(paper: Counted) -> None:
    assert paper.polled(6) == "......"
    paper.html.footer = "ten readers"
    assert paper.polled(4) == "rr.."


def test_a_number_that_joins_in_is_learnt_by_the_first_page_that_is_read(paper: Counted) -> None:
    assert paper.polled(6) == "......"
    paper.html.footer = "11 readers"
    assert paper.polled(4) == "r..."
    paper.html.footer = "12 readers"
    assert paper.polled(4) == "...."


def test_once_a_day_and_before_a_moment_that_was_the_page_is_read(paper: Counted) -> None:
    paper.html.now += timedelta(hours=24)
    assert paper.polled(2) == "r."  # what was learnt is not forgotten for that
    paper.html.now -= timedelta(hours=2)
    assert paper.polled(1) == "r"


def test_whether_a_page_that_went_unread_is_the_same_is_asked_for_a_day(paper: Counted) -> None:
    """A site answers 304 for as long as the page stays, and it may list what nobody has seen."""
    assert paper.polled(2) == ".."
    assert paper.html.asked_with != Validators()
    paper.html.now += timedelta(hours=24)
    assert paper.polled(1) == "r"
    assert paper.html.asked_with == Validators()
    paper.html.now += timedelta(hours=24)
    assert paper.polled(1) == "r"
    assert paper.html.asked_with != Validators()  # of one that was read


def test_other_settings_forget_it(paper: Counted) -> None:
    paper.sources["world"] = paper.sources["world"].model_copy(update={"limit": 3})
    assert paper.polled(2) == "rr"
    assert paper.store.list_memory("world").still is None


def test_what_lists_look_like_is_told_without_it(paper: Counted) -> None:
    assert paper.store.list_memory("world").still
    assert paper.store.list_memories()["world"].still is None


def test_a_page_that_goes_unread_costs_no_statement_more(paper: Counted) -> None:
    said = list[str]()
    with hearing(paper.store._database.engine, lambda sql, _values, _many: said.append(sql)):
        assert paper.polled(1) == "."
    # State and list; begin, whether all stands, the state, the run, runs of long ago.
    assert len(said) <= 6, said
    assert [sql for sql in said if sql.startswith("INSERT INTO runs")], "nothing was heard"
    assert not [sql for sql in said if "list_memories" in sql and not sql.startswith("SELECT")]


def test_what_goes_unread_leaves_behind_what_reading_it_would(
    tmp_path: Path, template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    random, papers = Random(3), [Counted(tmp_path / name, template) for name in ("quick", "plain")]
    first, unread = -1, ""
    for _ in range(32):
        happened = random.choice(
            ["nothing"] * 12 + ["story", "title", "words", "asia", "day", "put right", "announced"]
        )
        first -= happened == "story"
        number, quiet = random.randrange(4), random.randrange(1, 4)
        for paper in papers:
            if happened == "story":
                paper.html.lists["world"] = tuple(an_item(one) for one in range(first, first + 4))
            elif happened == "title":
                shown = list(paper.html.lists["world"] or ())
                shown[number] = replace(shown[number], title=f"Another headline of story {number} today")
                paper.html.lists["world"] = tuple(shown)
            elif happened == "words":
                paper.html.footer = f"{'abcd'[number]} 12"
            elif happened == "asia":
                paper.html.lists["asia"] = (an_item(number, title="How others call what world calls otherwise"),)
                paper.poll("asia")
            elif happened == "day":
                paper.html.now += timedelta(hours=25)
            elif happened == "put right":
                paper.put_right()
            elif happened == "announced":
                paper.announce()
            with monkeypatch.context() as patched:
                if paper is papers[1]:
                    patched.setattr(PageMark, "may_be_unread", False)
                said = paper.polled(quiet)
            unread += said if paper is papers[0] else ""
            assert paper is papers[0] or "." not in said
        quick, plain = ({table: rows for table, rows in one.rows().items() if table not in ASIDE} for one in papers)
        assert quick == plain, happened
    assert unread.count(".") > 12
    for paper in papers:
        paper.store.close()


def test_a_mark_is_kept_as_text() -> None:
    here = Page("https://site.example/", b"<p>a", START)
    for mark in (PageMark(), PageMark().after(here), PageMark().after(here).after(here), PageMark("a", "", 3, 0)):
        assert PageMark.read(mark.text) == mark
    assert PageMark.read(None) == PageMark()
    assert PageMark.read("a b") == PageMark("a", "b")


def test_it_is_learnt_of_what_has_been_quiet_for_long() -> None:
    worth = [readings for readings in range(20) if PageMark("a", "", readings).is_worth_learning]
    assert worth == [1, 3, 7, 15]
    assert PageMark("a", "", 5, 6).is_worth_learning
    assert not PageMark("a", "", 5, MOST_UNREAD).is_worth_learning  # read to make sure
