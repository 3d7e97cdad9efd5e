"""Dates in the ways that sites write them: detection finds the place, the list decides the rest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.detect.sample import NOW, Story, days_of, each, find, framed, stories

CARD = '<article><h2><a href="{{url}}">{{title}}</a></h2><div class="info">{}</div><p>{{summary}}</p></article>'
GERMAN = (
    "Januar",
    "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip
RUSSIAN = (
    "января",
    "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
WAYS: dict[str, Callable[[Story], str]] = {
    "German words": lambda one: f"{one.day.day}. {GERMAN[one.day.month - 1]} {one.day.year}",
    "Russian words": lambda one: f"{one.day.day} {RUSSIAN[one.day.month - 1]} {one.day.year}",
    "Chinese": lambda one: f"{one.day.year}年{one.day.month}月{one.day.day}日",
    "Korean": lambda one: f"{one.day.year}년 {one.day.month}월 {one.day.day}일",
    "with a label and an author": lambda one: f"Published: {one.day:%B %d, %Y} | By Jane",
    "behind an author": lambda one: f"By Jane Doe on {one.day:%d %b %Y} in World",
    "time without datetime": lambda one: f"<time>{one.day:%d %B %Y}</time>",
    "published and updated": lambda one: (
        f'<time class="entry-date published" datetime="{one.day}T09:00:00Z">{one.day}</time>'
        f'<time class="updated" datetime="{one.day + timedelta(days=1)}T09:00:00Z">{one.day + timedelta(days=1)}</time>'
    ),
    "updated and published": lambda one: (
        f'<time class="updated" datetime="{one.day + timedelta(days=1)}T09:00:00Z">{one.day + timedelta(days=1)}</time>'
        f'<time class="entry-date published" datetime="{one.day}T09:00:00Z">{one.day}</time>'
    ),
    "updated in words": lambda one: f"Updated {one.day + timedelta(days=1)}, published {one.day}",
    "numbers, day first": lambda one: f"<span>{one.day:%d/%m/%Y}</span>",
    "numbers, month first": lambda one: f"<span>{one.day:%m/%d/%Y}</span>",
    "two digits of the year": lambda one: f"<span>{one.day:%d.%m.%y}</span>",
    "ago": lambda one: f"<span>{(NOW.date() - one.day).days} days ago</span>",
    "ago in Chinese": lambda one: f"<span>{(NOW.date() - one.day).days}天前</span>",
    "ago in German": lambda one: f"<span>vor {(NOW.date() - one.day).days} Tagen</span>",
    "Associated Press": lambda one: f"<small>{one.day:%b}. {one.day.day}, {one.day.year}</small> <small>3 p.m.</small>",
    "seconds in an attribute": lambda one: f'<span data-timestamp="{_seconds(one)}">recently</span>',
    "day over month": lambda one: f"<b>{one.day.day}</b><i>{one.day:%b %Y}</i>",
    "beside numbers": lambda one: (
        f"<span>No. 1{one.number}/2026</span> <span>{one.day}</span> <span>1,204 views</span>"
    ),
}


def _seconds(story: Story) -> int:
    return int((NOW - timedelta(days=(NOW.date() - story.day).days)).timestamp())


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.replace(" ", "-"))
def test_the_days_are_right(way: str) -> None:
    made = stories(days_apart=11)
    html = "".join(each([one], CARD.format(WAYS[way](one))) for one in made)
    assert find(framed(html)).days == days_of(made)


def test_third_of_february_or_second_of_march_is_decided_by_the_other_dates_of_the_list() -> None:
    card = '<div class="post"><h3><a href="{url}">{title}</a></h3><span class="when">WHEN</span></div>'
    days = ("25/03/2026", "03/02/2026", "02/02/2026", "01/02/2026")
    html = "".join(each([one], card).replace("WHEN", day) for one, day in zip(stories(), days, strict=False))
    assert find(framed(html)).days == ["2026-03-25", "2026-02-03", "2026-02-02", "2026-02-01"]


def test_minutes_ago_in_chinese_are_of_today() -> None:
    card = '<li><a href="{url}">{title}</a><em>2{n}分钟前</em></li>'
    made = stories()[:9]
    assert find(framed(f"<ul>{each(made, card)}</ul>")).days == ["2026-11-20"] * 9


def test_times_under_headings_of_days_are_times_of_those_days() -> None:
    made = stories()
    entry = '<div class="e"><span class="t">10:15</span> <a href="{url}">{title}</a></div>'
    html = "".join(
        f"<h4>{day}</h4>{each(some, entry)}"
        for day, some in (("19 November 2026", made[:5]), ("18 November 2026", made[5:9]), ("17.11.2026", made[9:]))
    )
    best = find(framed(html)).best
    times = [item.published.at.isoformat() for item in best.items if item.published]
    assert times == [f"2026-11-{day}T10:15:00+00:00" for day in [19] * 5 + [18] * 4 + [17] * 3]


def test_days_under_headings_of_years_and_months() -> None:
    made = stories()
    entry = '<li><b>{day}</b> <a href="{url}">{title}</a></li>'
    months = [(key, [one for one in made if f"{one.day:%B %Y}" == key]) for key in ("November 2026", "October 2026")]
    html = "".join(f"<h3>{month}</h3><ul>{each(some, entry)}</ul>" for month, some in months)
    assert find(framed(html)).days == days_of(made)


def test_a_day_in_the_address_is_a_date_where_nothing_else_says_one() -> None:
    made = [
        Story(
            f"https://example.org/{one.day:%Y/%m/%d}/story-{one.number}/", one.title, one.day, one.summary, one.number
        )
        for one in stories()
    ]
    assert find(framed(each(made, '<h3><a href="{url}">{title}</a></h3><p>{summary}</p>'))).days == days_of(made)


def test_a_list_without_dates_has_none() -> None:
    made = stories()
    assert find(framed(each(made, '<h3><a href="{url}">{title}</a></h3><p>{summary}</p>'))).days == [None] * 12


def test_the_day_of_an_event_in_a_summary_is_no_date() -> None:
    made = stories()
    card = (
        '<div class="item"><h3><a href="{url}">{title}</a></h3><span class="date">{iso}</span>'
        "<p>On 3 March 2027 the town will vote on a plan that has been discussed since 1998 in every house.</p></div>"
    )
    assert find(framed(each(made, card))).days == days_of(made)
