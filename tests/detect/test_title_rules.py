"""The title that detection chooses where headings and links alone do not say it; one small page for each rule."""

from __future__ import annotations

import pytest

from tests.detect.sample import find, framed, stories

MADE = stories()[:7]
SECTIONS = ("World", "City", "Sport", "Arts", "Trade", "Weather", "Letters")


def titles_of(card: str) -> list[str | None]:
    cards = "".join(
        card.format(
            url=one.url,
            title=one.title,
            day=one.day,
            n=n,
            summary=f"A line about it, number {n}, that is longer than the title by far and says more of it.",
            section=SECTIONS[n],
        )
        for n, one in enumerate(MADE)
    )
    return [item.title for item in find(framed(f"<div>{cards}</div>")).best.items]


WANTED = [one.title for one in MADE]


@pytest.mark.parametrize(
    "card",
    [
        '<a class="c1" href="{url}"><span>News</span><span>{title}</span><span>{day}</span><span>{summary}</span></a>',
        '<a class="c1" href="{url}"><div><div>{title}</div><div>{summary}</div><div>{day}</div></div></a>',
        '<details class="n"><summary>{title}</summary><p>{summary}</p><a href="{url}">Read more</a></details>',
        '<div class="n"><a href="{url}"><p>{title}</p></a><div class="x-7 y"><h5>Send to a friend</h5></div></div>',
        '<div class="n"><b>{title}</b><a rel="tag" href="/t/{n}">{section} and more</a><a href="{url}">More</a></div>',
        '<div class="n"><p class="byline">Ada Quay the {n}th</p><p>{title}</p><a href="{url}">Read more</a></div>',
        '<li><a href="{url}">{title}<time datetime="{day}">{day}</time></a></li>',
        '<li><a href="{url}">{title} <span class="count">({n})</span></a></li>',
    ],
    ids=["spans", "boxes", "details", "unknown box", "tag", "author", "time", "counter"],
)
def test_the_title_is_the_headline(card: str) -> None:
    assert titles_of(card) == WANTED


def test_titles_that_the_site_gives_to_all_stories_alike_stay_where_only_tags_differ() -> None:
    card = '<article><h2><a href="{url}">Press release</a></h2><a class="tag" href="/t/{n}">{section}</a></article>'
    assert titles_of(card) == ["Press release"] * len(MADE)


@pytest.mark.parametrize("href", ["#", "javascript:void(0)"])
def test_a_headline_that_opens_its_text_here_is_the_title_of_the_link_below(href: str) -> None:
    card = f'<article><a href="{href}" class="a-title">{{title}}</a><i>{{day}}</i><a href="{{url}}">Read</a></article>'
    assert titles_of(card) == WANTED


def test_a_title_that_many_stories_share_is_not_the_headings_of_their_texts() -> None:
    card = '<article><h1 class="post-title"><a href="{url}">This week here</a></h1><h2>{title}</h2><p>x</p></article>'
    assert titles_of(card) == ["This week here"] * len(MADE)


def test_a_section_over_all_stories_is_not_their_title() -> None:
    card = '<article><h4 class="section-title"><a href="{url}">News</a></h4><a href="{url}">{title}</a></article>'
    assert titles_of(card) == WANTED


def test_a_date_is_taken_out_of_titles_only_where_titles_are_left() -> None:
    assert titles_of("<li><a href={url}>{day} {title}</a></li>") == WANTED
    minutes = [f"Minutes of the meeting of {one.day}" for one in MADE]
    assert titles_of("<li><a href={url}>Minutes of the meeting of {day}</a></li>") == minutes


def test_what_differs_by_a_number_alone_is_no_title_and_a_title_given_to_all_is_known_by_its_name() -> None:
    hits = '<div class="date">{day}</div><div class="hits">Seen {n}7 times</div>'
    card = f'<a class="row" href="{{url}}"><div class="title">Sea and air</div>{hits}</a>'
    assert titles_of(card) == ["Sea and air"] * len(MADE)


@pytest.mark.parametrize(
    "card",
    [
        '<div class="n"><h4><b><a href="/t/{n}">{section}</a></b> <a href="{url}">{title}</a></h4></div>',
        '<article><h2><a class="k" href="/t/{n}">{section}</a> <a href="{url}">{title}</a></h2></article>',
        '<article><h2><a href="{url}">{title}</a> <a href="/t/{n}">{section}</a></h2></article>',
    ],
    ids=["in a label", "beside it", "behind it"],
)
def test_a_link_to_the_topic_in_the_heading_of_a_story_is_not_its_title(card: str) -> None:
    assert titles_of(card) == WANTED


def test_cards_with_headings_over_rows_without_share_a_teaser_and_no_title() -> None:
    card = '<a class="c" href="{url}"><h3>{title}</h3><p class="text">{summary}</p><time>{day}</time></a>'
    row = '<a class="c" href="{url}"><time>{day}</time><i>News</i><span class="text title">{title}</span></a>'
    page = "".join(
        (card if n < 3 else row).format(url=one.url, title=one.title, day=one.day, summary=f"What it is for: {n}.")
        for n, one in enumerate(MADE)
    )
    assert [item.title for item in find(framed(f"<div>{page}</div>")).best.items] == WANTED


@pytest.mark.parametrize(
    "beside",
    ['<div class="list-title"><b>Title:</b> {title}</div>', "<div><b>Betreff</b> {title}</div>"],
    ids=["name", "label"],
)
def test_what_is_called_a_title_beside_a_link_that_is_a_number_is_it(beside: str) -> None:
    assert titles_of('<li><a href="{url}">No. 2611.{n}</a>' + beside + "<p>{summary}</p></li>") == WANTED


@pytest.mark.parametrize("beside", ["<p>{summary}</p>", '<p class="subtitle">{title}</p>'])
def test_issues_and_versions_are_called_by_their_numbers(beside: str) -> None:
    assert titles_of('<li><a href="{url}">Issue {n}</a>' + beside + "</li>") == [f"Issue {n}" for n in range(7)]


def test_links_that_say_the_type_of_a_file_have_their_titles_in_an_attribute() -> None:
    assert titles_of('<li><a href="{url}" title="{title}.odt"><i>odt</i></a><p>1{n} KB</p></li>') == WANTED
    assert titles_of('<li><a href="{url}" title="{title}"><i>Law</i></a><b>1{n} KB</b></li>') == WANTED
    sizes = '<article><a href="{url}" title="Download the file of 1{n} KB"><i>Law</i></a><time>{day}</time></article>'
    assert titles_of(sizes) == ["Law"] * len(MADE)
