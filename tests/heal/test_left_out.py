"""Cards of another kind in the dress of stories: left out by where they lead, where that tells them apart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from feedbuilder.detect import Candidate
from feedbuilder.extract import extract
from feedbuilder.heal.find_again import find_again
from feedbuilder.heal.left_out import without
from feedbuilder.model import Page, Selectors
from tests.heal.pages import SOURCE, after, before, known, read, stories

SELECTORS = Selectors.model_validate({"item": ".teaser, .none", "title": "h3", "date": ".teaser-date"})
VIDEOS = ("/video/one-minute", "/video/another-one")
PICTURE = b'<a href="/video/one-minute"><img src="/p.png" alt=""></a><h3 class="teaser-head"><a href="/'


def with_cards(shown: Page, *links: str) -> Page:
    """Return a page with cards among its stories that lead elsewhere, without a date."""
    cards = "".join(
        f'<div class="teaser"><span class="teaser-date"></span><h3 class="teaser-head"><a href="{link}">Look {number}'
        f"</a></h3></div>"
        for number, link in enumerate(links)
    )
    return replace(shown, body=shown.body.replace(b'<div class="teaser">', cards.encode() + b'<div class="teaser">', 1))


def candidate(shown: Page) -> Candidate:
    return Candidate(SELECTORS, extract(shown, SOURCE.model_copy(update={"selectors": SELECTORS})), 10.0, ())


def left(shown: Page) -> Candidate | None:
    found = candidate(shown)
    return without(shown, SOURCE, found, [item for item in found.items if (item.title or "").startswith("Look")])


def test_they_are_left_out_by_the_folder_to_which_they_lead() -> None:
    rest = left(with_cards(after(stories(2, 13)), *VIDEOS))
    assert rest is not None
    assert rest.selectors.item is not None
    assert rest.selectors.item.startswith(":is(.teaser, .none):not(:has(a[href^=")
    assert 'a[href^="/video/"]' in rest.selectors.item
    assert [item.title for item in rest.items] == [one.title for one in stories(2, 13)]
    grown = with_cards(after(stories(3, 14)), "/video/a-third-one")
    learnt = SOURCE.model_copy(update={"selectors": rest.selectors})
    assert [item.title for item in extract(grown, learnt)] == [one.title for one in stories(3, 14)]


def test_they_are_left_out_by_where_their_pictures_lead() -> None:
    """The headlines of the videos lead to the top of the site, the pictures to the place of videos."""
    later = with_cards(after(stories(2, 13)), "/look-here", "/look-there")
    shown = replace(later, body=later.body.replace(b'<h3 class="teaser-head"><a href="/look', PICTURE + b"look"))
    rest = left(shown)
    assert rest is not None
    assert [item.title for item in rest.items] == [one.title for one in stories(2, 13)]
    assert 'a[href^="/video/"]' in str(rest.selectors.item)


def dated(shown: Page) -> Page:
    """Return a page whose videos are as new as its newest story."""
    day = stories(13, 13)[0].day.encode()
    empty, filled = b'<span class="teaser-date"></span>', b'<span class="teaser-date">' + day + b"</span>"
    return replace(shown, body=shown.body.replace(empty, filled))


def test_videos_are_no_stories_because_they_have_dates(monkeypatch: pytest.MonkeyPatch) -> None:
    """All stories of the list stand in one place of the site."""
    monkeypatch.setattr("feedbuilder.heal.find_again.lists_of_known", lambda *_args, **_named: ())
    old = known(read(before(stories(1, 10))))
    for count in (2, 1):
        later = dated(with_cards(after(stories(-6, 13)), *VIDEOS[:count]))
        again = find_again(later, SOURCE, old, [candidate(later)])
        assert again is not None
        # A single one may be the first story of a new section.
        assert [item.title for item in again.items if (item.title or "").startswith("Look")] == ["Look 0"] * (2 - count)


def test_the_folder_of_another_site_is_none_of_this_one() -> None:
    rest = left(with_cards(after(stories(2, 13)), "https://films.example/watch/one", "https://films.example/watch/two"))
    assert rest is not None
    assert 'a[href^="https://films.example/watch/"]' in str(rest.selectors.item)
    assert 'a[href^="/watch/"]' not in str(rest.selectors.item)


@pytest.mark.parametrize(
    "links",
    [
        pytest.param((), id="nothing to leave out"),
        pytest.param(("/look-here", "/look-there"), id="no folder"),
        pytest.param(("/news/look-here", "/news/look-there"), id="the folder of stories"),
        pytest.param(tuple(f"/video/v{number}" for number in range(8)), id="too many"),
        pytest.param(("/video/a", "/offers/b", "/people/c"), id="of too many kinds"),
        pytest.param(('/vi"deo/a',), id="a folder that no selector holds"),
    ],
)
def test_what_cannot_be_told_from_stories_stays(links: tuple[str, ...]) -> None:
    assert left(with_cards(after(stories(2, 13)), *links)) is None


def test_a_list_is_proven_without_what_stands_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """With it, too much of the list would be of another kind."""
    monkeypatch.setattr("feedbuilder.heal.find_again.lists_of_known", lambda *_args, **_named: ())
    later = with_cards(after(stories(2, 13)), *VIDEOS)
    old = known(read(before(stories(1, 10))))
    assert find_again(later, SOURCE, old, [candidate(after(stories(2, 13)))]) is not None
    again = find_again(later, SOURCE, old, [candidate(later)])
    assert again is not None
    assert {item.title for item in again.items} == {one.title for one in stories(2, 13)}
