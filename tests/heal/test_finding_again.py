"""The list of known stories in other markup: found where it is proven, and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest

from feedbuilder.extract import extract
from feedbuilder.heal.reconsider import reconsider
from feedbuilder.heal.verdict import Verdict
from feedbuilder.model import Page
from tests.heal.pages import SOURCE, Story, after, before, known, page, profile, read, stories

OLD = read(before(stories(1, 10)))


def verdict(later: Page) -> Verdict:
    """Return what is believed of a later page, after the ten stories of the old one."""
    return reconsider(later, SOURCE, read(later), profile(OLD), known(OLD))


def test_a_redesign_is_read_by_selectors_learnt_around_known_stories() -> None:
    later = after(stories(4, 13))
    again = verdict(later).found_again
    assert again is not None
    assert [item.title for item in again.items] == [one.title for one in stories(4, 13)]
    assert (again.known, again.listed) == (7, 10)
    assert "7 of the 10 articles" in again.evidence
    learnt = SOURCE.model_copy(update={"selectors": again.selectors})
    assert [item.title for item in extract(later, learnt)] == [one.title for one in stories(4, 13)]
    assert all(item.published is not None for item in extract(later, learnt))


def test_stories_at_new_addresses_are_known_by_their_titles() -> None:
    again = verdict(after(stories(4, 13, folder="story"))).found_again
    assert again is not None
    assert again.known == 7


@pytest.mark.parametrize("left", [1, 2])
def test_two_known_stories_prove_no_list_of_ten(left: int) -> None:
    assert verdict(after(stories(11 - left, 20 - left))).found_again is None


def test_all_of_a_short_list_prove_it() -> None:
    short = read(before(stories(9, 10)))
    later = after(stories(9, 11))
    found = reconsider(later, SOURCE, read(later), profile(short), known(short)).found_again
    assert found is not None
    assert len(found.items) == 3


def test_a_box_of_a_few_known_stories_is_not_the_list() -> None:
    """Beside a text without a list stands "most read": some of the known stories."""
    links = "".join(f'<li><a href="{one.link}">{one.title}</a></li>' for one in stories(6, 10))
    text = "<h1>Imprint</h1>" + "<p>Who is responsible for these pages, and where to write to them.</p>" * 12
    assert verdict(page(f'{text}<div class="most-read"><ul>{links}</ul></div>')).found_again is None


def test_a_page_that_says_not_found_is_not_the_list() -> None:
    """It shows the newest stories all the same."""
    lost = after(stories(1, 10)).body.replace(b"<main>", b"<main><h1>Page not found</h1>")
    later = Page(SOURCE.url, lost, before([]).fetched_at, "text/html; charset=utf-8")
    assert verdict(later).found_again is None


def test_known_titles_with_other_dates_are_not_the_list() -> None:
    """A calendar of the same names."""
    shifted = [Story(one.number) for one in stories(1, 10)]
    body = after(shifted).body.decode()
    for one in shifted:
        body = body.replace(one.day, "2019" + one.day[4:])
    later = Page(SOURCE.url, body.encode(), before([]).fetched_at, "text/html; charset=utf-8")
    assert verdict(later).found_again is None


def test_a_list_with_other_stories_of_the_same_days_is_another_one() -> None:
    """Another section, in another dress, that shares some stories with this one."""
    old = read(before([Story(number) for number in range(19, 0, -2)]))
    for others, is_found in ((7, False), (3, True)):
        shown = sorted([19, 17, 15, *range(2, 2 * others + 2, 2)], reverse=True)
        later = after([Story(number) for number in shown])
        again = reconsider(later, SOURCE, read(later), profile(old), known(old)).found_again
        assert (again is not None) is is_found


def test_new_stories_may_have_a_new_place_from_some_day_on() -> None:
    """Old ones keep their addresses when a site gets another system."""
    later = after([*(Story(number, "posts") for number in range(17, 10, -1)), *stories(7, 10)])
    again = verdict(later).found_again
    assert again is not None
    assert (again.known, len(again.items)) == (4, 11)


def test_while_the_selectors_work_nothing_is_repaired() -> None:
    """However many more stories the page shows beside the list."""
    archive = "".join(f'<li><a href="{one.link}">{one.title}</a></li>' for one in stories(1, 60))
    body = before(stories(8, 17)).body.replace(b"</main>", f"<ul class='archive'>{archive}</ul></main>".encode())
    later = Page(SOURCE.url, body, before([]).fetched_at, "text/html; charset=utf-8")
    assert verdict(later) == Verdict()


def test_a_list_that_was_split_over_two_places_is_read_whole() -> None:
    """The selectors find the first half only."""
    first, second = before(stories(6, 10)).body, before(stories(1, 5)).body
    rest = second[second.index(b'<div class="news">') : second.index(b"</main>")].replace(b'news"', b'more"')
    later = Page(SOURCE.url, first.replace(b"</main>", rest + b"</main>"), before([]).fetched_at, "text/html")
    again = verdict(later).found_again
    assert again is not None
    assert len(again.items) == 10


def test_a_lost_field_is_found_again() -> None:
    """The list is where it was; its dates moved out of <time>."""
    body = before(stories(1, 10)).body.decode().replace("<time datetime=", "<em class='when' data-x=")
    later = Page(SOURCE.url, body.replace("</time>", "</em>").encode(), before([]).fetched_at, "text/html")
    seen = verdict(later)
    assert [one.name for one in seen.suspicions] == ["dates-gone"]
    assert seen.found_again is not None
    assert all(item.published for item in seen.found_again.items)


def undated(shown: Page) -> Page:
    """Return a page whose list shows no dates any more."""
    return replace(shown, body=re.sub(rb"<time.*?</time>", b"", shown.body))


def beside_archive(shown: Page, archive: Sequence[Story]) -> Page:
    """Return a page with a list of many years beside its own."""
    lines = "".join(
        f'<li class="line"><a href="{one.link}">{one.title}</a> <time datetime="{one.day}">{one.day}</time></li>'
        for one in archive
    )
    box = f'<section class="archive"><h2>All years</h2><ul>{lines}</ul></section></main>'
    return replace(shown, body=shown.body.replace(b"</main>", box.encode()))


@pytest.mark.parametrize("first", [6, 11], ids=["half of the list is new", "all of it is new"])
def test_an_archive_beside_the_list_is_not_the_list(first: int) -> None:
    """It holds every story that went, and dates, which the list lost; and the selectors find the list as before."""
    later = beside_archive(undated(before(stories(first, first + 9))), stories(-15, first + 9))
    seen = verdict(later)
    assert [one.name for one in seen.suspicions] == ["dates-gone"]
    assert seen.found_again is None


def test_an_archive_is_not_the_list_where_new_stories_have_another_place() -> None:
    """Nothing proves that they are stories of the list, and a person has to look; nothing is repaired."""
    moved = [Story(number, f"n{number}") for number in range(20, 10, -1)]
    shown = undated(before(moved))
    named = replace(shown, body=re.sub(rb">[^<>]{25,}</a>", b">Report of the day</a>", shown.body))
    seen = verdict(beside_archive(named, [*moved, *stories(-5, 10)]))
    assert seen.suspicions[0].patience is None
    assert seen.found_again is None


def test_what_stands_around_the_known_stories_is_the_list_where_nothing_has_a_name() -> None:
    """No class on the page tells the list from the menu: the place of the articles in the site does."""
    menu = "".join(
        f'<li><a href="/{word}/index.html">{word}</a></li>' for word in ("funds", "people", "contact", "law")
    )
    rows = "".join(f'<li><a href="{one.link}">{one.title}</a><span>{one.day}</span></li>' for one in stories(3, 12))
    again = verdict(page(f"<div><ul>{menu}</ul></div><div><ul>{rows}</ul></div>")).found_again
    assert again is not None
    assert len(again.items) == 10


@pytest.mark.parametrize(
    ("title", "is_known"),
    [
        ("Harbour bridge reopens after nine months, part 8", True),
        ("HARBOUR BRIDGE reopens after nine months, part 8", True),
        ("Harbour bridge reopens after nine …", True),
        ("Harbour bridge reopens after nine", True),
        ("Harbour bridge reopens after nine months, part 88", False),
        ("Harbour bridge", False),
    ],
)
def test_a_story_is_known_by_its_title_or_a_long_cut_of_it(title: str, is_known: bool) -> None:
    moved = replace(OLD[0], canonical="town.example/moved", title=title)
    eight = next(item for item in OLD if item.title and item.title.endswith("part 8"))
    assert (known([eight]).matches([moved]) != {}) is is_known


def test_each_story_is_known_once() -> None:
    twice = [replace(OLD[0], canonical=f"town.example/moved/{number}") for number in range(2)]
    assert list(known(OLD).matches(twice)) == ["town.example/moved/0"]


def test_the_list_is_the_smallest_place_that_holds_most_known_stories() -> None:
    """One of them is linked in the menu too, and the list stands in two halves."""
    menu = "".join(f'<li><a href="/{word}/index.html">{word}</a></li>' for word in ("funds", "people", "law"))
    astray = f'<li><a href="{Story(3).link}">{Story(3).title}</a></li>'

    def rows(first: int, last: int) -> str:
        some = stories(first, last)
        return "".join(f'<li><a href="{one.link}">{one.title}</a><span>{one.day}</span></li>' for one in some)

    again = verdict(
        page(f"<div><ul>{menu}{astray}</ul></div><div><ul>{rows(7, 12)}</ul><ul>{rows(4, 6)}</ul></div>")
    ).found_again
    assert again is not None
    assert {item.title for item in again.items} >= {one.title for one in stories(4, 12)}
    assert all(item.title and "part" in item.title for item in again.items)
