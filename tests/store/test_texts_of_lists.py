"""Texts that lists show of their articles: when they are others, whose counts, and what readers see of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from feedbuilder.model import ArticleStatement, Change, Known
from feedbuilder.store import SqlStore, complete, merge
from feedbuilder.store.list_texts import MOST_TEXTS, text_mark
from tests.store.makers import DAY, MINUTE, NOW, known_after, make_item, make_source, poll

SOURCE = make_source()
FIRST = "<p>The locks of the canal open again after two years.</p>"
EDITED = "<p>The locks of the canal open again after three years.</p>"


def shown(*texts: str | None, announced: bool = True) -> list[Change]:
    """Return the change that each of these readings makes."""
    known: dict[str, Known] = {}
    changes: list[Change] = []
    for place, text in enumerate(texts):
        made = merge([make_item(content_html=text)], known, SOURCE, NOW + place * MINUTE)
        known = known_after(made, known, announced=announced)
        changes += made.changes
    return changes


def test_the_text_of_a_list_is_that_of_the_entry_and_an_edited_one_changes_it() -> None:
    first, same, edited = shown(FIRST, FIRST, EDITED)
    assert first.item.content_html == FIRST
    assert not same.is_changed
    assert edited.is_changed
    assert (edited.item.content_html, edited.statement.revised) == (EDITED, NOW + 2 * MINUTE)


@pytest.mark.parametrize(
    "again",
    [
        FIRST.replace("<p>", '<p lang="en">'),
        FIRST + "<p>12 comments</p>",
        FIRST + "<p>By Ann Lee, updated 7 minutes ago</p>",
        None,
    ],
)
def test_what_only_counts_on_is_no_edit(again: str | None) -> None:
    before = FIRST + "<p>3 comments</p>" if again and "comments" in again else FIRST
    if again and "updated" in again:
        before = FIRST + "<p>By Ann Lee, updated 2 minutes ago</p>"
    _, change = shown(before, again)
    assert not change.is_changed
    assert change.item.content_html == before


def test_a_number_in_a_sentence_is_text() -> None:
    assert text_mark("<p>The fire killed 3.</p>") != text_mark("<p>The fire killed 5.</p>")
    assert text_mark("<p>3 comments</p>") == text_mark("<p>5 comments</p>")
    assert text_mark("<ul><li>a b</li></ul>") != text_mark("<ul><li>a</li><li>b</li></ul>")


def test_a_list_that_goes_back_and_forth_comes_to_rest() -> None:
    changes = shown(*[FIRST, EDITED] * 10)
    assert [change.is_changed for change in changes[:5]] == [False, True, True, True, False]
    assert not any(change.is_changed for change in changes[4:])


def test_a_text_with_another_hint_at_each_reading_is_not_followed_for_ever() -> None:
    changes = shown(*[f"{FIRST}<p>Also read what {name} said of it.</p>" for name in "abcdefghijklmnopqrstuvwxyz"])
    assert sum(change.is_changed for change in changes) == MOST_TEXTS


def test_a_text_that_is_added_is_shown_and_is_no_change() -> None:
    _, added = shown(None, FIRST)
    assert (added.item.content_html, added.is_changed) == (FIRST, False)


def test_the_text_of_the_articles_own_page_counts_before_that_of_a_list() -> None:
    made = merge([make_item(content_html=FIRST)], {}, SOURCE, NOW)
    known = next(iter(known_after(made).values()))
    whole = complete(known, ArticleStatement(content_html="<p>All of it.</p>"), None, SOURCE, NOW + MINUTE)
    assert whole is not None
    assert (whole.item.content_html, whole.item.listed_html) == ("<p>All of it.</p>", FIRST)
    nothing = complete(known, ArticleStatement(title="Story of talks"), None, SOURCE, NOW + MINUTE)
    assert nothing is not None
    assert nothing.item.content_html == FIRST


def test_of_two_lists_the_one_that_shows_a_text_gives_it() -> None:
    first = merge([make_item()], {}, make_source("a"), NOW)
    both = merge([make_item(content_html=FIRST)], known_after(first), make_source("b"), NOW + MINUTE)
    assert both.changes[0].item.content_html == FIRST


def test_the_store_remembers_both(store: SqlStore) -> None:
    poll(store, SOURCE, [make_item(content_html=FIRST)], NOW)
    poll(store, SOURCE, [make_item(content_html=EDITED)], NOW + DAY)
    (item,) = store.items()
    assert (item.content_html, item.listed_html) == (EDITED, EDITED)
    with store.transaction() as memory:
        (known,) = memory.known([item.canonical]).values()
    assert known.item == item
    assert known.statements[0].former_contents == (text_mark(FIRST),)


def test_an_edited_text_ends_the_standing_of_an_item(store: SqlStore) -> None:
    poll(store, SOURCE, [make_item(content_html=FIRST)], NOW)
    (item,) = store.items()
    with store.transaction() as memory:
        memory.stand(SOURCE.id, {item.id: "mark"})
        assert [one.item for one in memory.standing(SOURCE.id).values()] == [item.id]
        known = memory.known([item.canonical])
        changes = merge([make_item(content_html=EDITED)], known, SOURCE, NOW + MINUTE)
        memory.apply(replace(changes, changes=tuple(replace(one, item=item) for one in changes.changes)))
        assert memory.standing(SOURCE.id) == {}
