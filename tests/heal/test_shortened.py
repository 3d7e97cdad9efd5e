"""A list that got shorter when its page was built anew, and boxes that repeat some of its stories."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from feedbuilder.heal.another_page import keeps_a_name_of_its_own
from feedbuilder.heal.reconsider import reconsider
from feedbuilder.heal.verdict import Verdict
from feedbuilder.model import KnownNames, ListProfile, Page, PageNames
from tests.heal.pages import NOW, SOURCE, after, before, known, page, profile, read, stories
from tests.heal.test_continued import changed, undated

OLD = read(before(stories(1, 20)))
NAMES = KnownNames(PageNames(title="News"), NOW)
LEFT = stories(15, 21)


def verdict(later: Page, names: KnownNames | None = NAMES) -> Verdict:
    """Return what is believed of a later page, after the twenty stories of the old one."""
    return reconsider(later, SOURCE, read(later), profile(OLD), known(OLD), names)


def test_a_list_that_was_parted_into_pages_is_found_again() -> None:
    again = verdict(after(LEFT)).found_again
    assert again is not None
    assert (again.known, len(again.items)) == (6, 7)


def box(later: Page) -> Page:
    """Return an imprint with a box of what would have been the list."""
    text = "<p>Who is responsible for these pages, and where to write to them.</p>" * 30
    return changed(changed(later, '<section class="stream">', f"{text}<aside>"), "</section>", "</aside>")


def titles_only() -> Page:
    return page("".join(f'<div class="teaser"><a href="{one.link}">{one.title}</a></div>' for one in LEFT))


@pytest.mark.parametrize(
    "later",
    [
        pytest.param(lambda: box(after(LEFT)), id="beside something else"),
        pytest.param(titles_only, id="without dates and summaries"),
        pytest.param(lambda: undated(LEFT), id="without dates"),
        pytest.param(lambda: after(stories(8, 14)), id="not the newest"),
        pytest.param(lambda: changed(after(LEFT), "<title>News", "<title>Imprint"), id="another name"),
        pytest.param(lambda: changed(after(LEFT), "<title>News - Town</title>", ""), id="no name"),
        pytest.param(lambda: changed(after(LEFT), "<main>", "<main><h1>Page not found</h1>"), id="not found"),
    ],
)
def test_a_box_of_some_stories_is_not_the_list(later: Callable[[], Page]) -> None:
    assert verdict(later()).found_again is None


def test_a_list_of_titles_and_dates_is_not_told_from_a_box() -> None:
    plain = ListProfile(items=20, titles=1.0, dates=1.0, summaries=0.0, images=0.0)
    later = after(LEFT)
    bare = replace(later, body=re.sub(rb'<div class="teaser-text">.*?</div>', b"", later.body))
    assert reconsider(bare, SOURCE, (), plain, known(OLD), NAMES).found_again is None


def test_what_the_selectors_find_is_not_left_for_a_short_list() -> None:
    both = changed(after(LEFT), "<main>", f"<main>{before(stories(20, 24)).body.decode().partition('<main>')[2]}")
    assert verdict(both).found_again is None


@pytest.mark.parametrize(
    ("names", "address", "keeps"),
    [
        (PageNames(title="News"), "https://town.example/news", True),
        (PageNames(title="Town"), "https://town.example/news", False),
        (PageNames(title="Town", heading="News"), "https://town.example/", True),
        (PageNames(title="Town", canonical="/news"), "https://town.example/", True),
        (PageNames(title="Town", canonical="/"), "https://town.example/", False),
    ],
)
def test_a_name_that_all_pages_of_a_site_have_is_none_of_its_own(names: PageNames, address: str, keeps: bool) -> None:
    assert keeps_a_name_of_its_own(KnownNames(names, NOW), names, address) is keeps
