"""What a source does not want of its list is not remembered, and what is usual of the list is not judged by it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from feedbuilder.model import Filter, Outcome, Precision, SaidDate
from feedbuilder.pipeline.poll import poll
from feedbuilder.pipeline.wanted_items import left_out, wanted
from feedbuilder.store.transaction import SqlTransaction
from tests.pipeline.newspaper import START, WORLD, Newspaper, Office, an_item


def choosy(**filters: dict[str, Any]) -> Any:
    return WORLD.model_copy(update={name: Filter.model_validate(asked) for name, asked in filters.items()})


@pytest.fixture
def paper(tmp_path: Path, template: Path) -> Iterator[Newspaper]:
    office = Office(lists={"world": tuple(an_item(number) for number in range(30))})
    made = Newspaper(tmp_path / "paper", template, office, SqlTransaction)
    yield made
    made.store.close()


def titles(paper: Newspaper) -> set[str]:
    return {item.title or "" for item in paper.store.items(limit=100)}


def test_only_what_is_wanted_is_remembered(paper: Newspaper) -> None:
    paper.sources["world"] = choosy(include={"title": "number 1"}, exclude={"title": "number 1[5-9]"})
    assert paper.poll("world") is Outcome.NEW
    assert titles(paper) == {an_item(number).title for number in (1, 10, 11, 12, 13, 14)}
    assert paper.poll("world") is Outcome.UNCHANGED


def test_a_list_of_which_nothing_is_wanted_is_all_right(paper: Newspaper) -> None:
    paper.sources["world"] = choosy(include={"title": "lighthouse"}).model_copy(update={"allow_empty": False})
    runs = [poll(paper.sources["world"], paper.tools) for _ in range(3)]
    assert {run.outcome for run in runs} == {Outcome.UNCHANGED}
    told = "include and exclude leave out all 30 articles of the list; the first is left out by include: title = "
    assert [run.note for run in runs] == [f'{told}"lighthouse"', None, None]
    _, memory = paper.store.state_and_list("world")
    assert memory.profile is not None
    assert memory.profile.items == 30
    paper.office.lists["world"] = (
        an_item(99, title="The lighthouse goes dark"),
        *(paper.office.lists["world"] or ())[1:],
    )
    assert paper.poll("world") is Outcome.NEW
    assert titles(paper) == {"The lighthouse goes dark"}


def test_what_is_known_already_stays_when_a_filter_comes(paper: Newspaper) -> None:
    paper.poll("world")
    before = titles(paper)
    paper.sources["world"] = choosy(exclude={"title": "number 2"})
    assert paper.poll("world") is Outcome.UNCHANGED
    assert titles(paper) == before


def test_what_is_left_out_is_told_with_its_reason() -> None:
    items = [an_item(1), an_item(2)]
    source = choosy(exclude={"title": "number 2"})
    assert [one.canonical for one in wanted(items, source, START)] == [items[0].canonical]
    assert [(one.item, one.reason) for one in left_out(items, source, START)] == [
        (items[1], 'exclude: title = "number 2"')
    ]
    assert wanted(items, WORLD, START) == tuple(items)
    assert list(left_out(items, WORLD, START)) == []


def test_a_day_without_a_time_is_as_old_as_feeds_have_it() -> None:
    today = SaidDate(START.replace(hour=0), Precision.DAY)
    to_come = SaidDate(START + timedelta(days=40), Precision.INSTANT)
    items = [an_item(1, published=today), an_item(2, published=to_come)]
    assert wanted(items, choosy(exclude={"older_than": "6h"}, include={"until": START.date()}), START) == tuple(items)
    yesterday = an_item(3, published=SaidDate(today.at - timedelta(days=1), Precision.DAY))
    assert wanted([yesterday], choosy(exclude={"older_than": "6h"}), START) == ()
