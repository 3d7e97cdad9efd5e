"""A list of which no known story is left is taken where all agrees, and else told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from feedbuilder.heal.reconsider import reconsider
from feedbuilder.heal.verdict import Verdict
from feedbuilder.model import KnownNames, Page, PageNames
from tests.heal.pages import NOW, SOURCE, Story, after, before, known, page, profile, read, stories

OLD = read(before(stories(1, 10)))
NAMES = KnownNames(PageNames(title="News"), NOW)
NEW = stories(40, 49)


def verdict(later: Page, names: KnownNames | None = NAMES) -> Verdict:
    """Return what is believed of a later page, after the ten stories of the old one."""
    return reconsider(later, SOURCE, read(later), profile(OLD), known(OLD), names)


def changed(shown: Page, old: str, new: str) -> Page:
    assert old in shown.body.decode()
    return replace(shown, body=shown.body.decode().replace(old, new).encode())


def test_later_stories_of_the_same_kind_under_the_same_name_are_the_list() -> None:
    again = verdict(after(NEW)).found_again
    assert again is not None
    assert [item.title for item in again.items] == [one.title for one in NEW]
    assert again.known == 0
    assert "all of its 10 articles are of the same kind and later" in again.evidence


def undated(some: Sequence[Story]) -> Page:
    shown = after(some).body.decode()
    for one in some:
        shown = shown.replace(one.day, "")
    return replace(after(some), body=shown.encode())


def two_lists(some: Sequence[Story]) -> Page:
    second = after(stories(60, 69)).body.decode()
    second = second[second.index("<section") : second.index("</main>")].replace("teaser", "other")
    return changed(after(some), "</main>", f"<aside>{second}</aside></main>")


@pytest.mark.parametrize(
    "later",
    [
        pytest.param(lambda: after(stories(5, 8, folder="sports")), id="older"),
        pytest.param(lambda: after([*NEW, *stories(-3, -1)]), id="some older"),
        pytest.param(lambda: after(stories(40, 49, folder="sports")), id="another place"),
        pytest.param(lambda: after(stories(46, 49)), id="far fewer"),
        pytest.param(lambda: after(stories(40, 80)), id="far more"),
        pytest.param(lambda: undated(NEW), id="without dates"),
        pytest.param(lambda: two_lists(NEW), id="two lists"),
        pytest.param(lambda: changed(after(NEW), "<title>News", "<title>Sports"), id="another name"),
        pytest.param(lambda: changed(after(NEW), "<title>News - Town</title>", ""), id="no name"),
        pytest.param(lambda: changed(after(NEW), "<main>", "<main><h1>Page not found</h1>"), id="not found"),
        pytest.param(lambda: page("<h1>Town</h1>"), id="nothing"),
    ],
)
def test_whatever_is_missing_it_is_told(later: Callable[[], Page]) -> None:
    assert verdict(later()).found_again is None


@pytest.mark.parametrize("names", [None, KnownNames(PageNames(), NOW), KnownNames(PageNames("News"), NOW, ("title",))])
def test_a_page_whose_name_is_not_known_for_sure_proves_nothing(names: KnownNames | None) -> None:
    assert verdict(after(NEW), names).found_again is None


def test_a_list_that_was_not_dated_proves_nothing() -> None:
    bare = [replace(item, published=None) for item in OLD]
    seen = reconsider(after(NEW), SOURCE, (), profile(bare), known(bare), NAMES)
    assert seen.found_again is None
