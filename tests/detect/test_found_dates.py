"""Dates in the ways that sites write them: detection finds the place, the list decides the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from feedbuilder.model import Precision
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


def by_day(made: Sequence[Story], *counts: int) -> list[list[Story]]:
    """Part `made` into groups of so many stories, those of a group on one day."""
    groups, start = [], 0
    for place, count in enumerate(counts):
        day = made[0].day - timedelta(days=3 * place)
        groups.append([replace(one, day=day) for one in made[start : start + count]])
        start += count
    return groups


LINE = '<li><a href="{url}">{title}</a></li>'


def test_a_day_belongs_to_what_follows_it_where_the_last_day_has_two_stories() -> None:
    groups = by_day(stories(), 1, 1, 1, 1, 1, 2)
    lists = (f"<h3>{some[0].day:%A, %B %d, %Y}</h3><ul class=lines>{each(some, LINE)}</ul>" for some in groups)
    found = find(framed(f"<div>{''.join(lists)}</div>"))
    assert found.days == [one.day.isoformat() for some in groups for one in some]


def test_a_menu_of_days_dates_nothing() -> None:
    groups = by_day(stories(), 3, 2, 3)
    menu = "".join(f'<li><a href="#d{place}">{some[0].day:%a, %d %b %Y}</a></li>' for place, some in enumerate(groups))
    lists = (
        f'<h3 id="d{place}">{some[0].day:%a, %d %b %Y}</h3><div>{each(some, ENTRY)}</div>'
        for place, some in enumerate(groups)
    )
    found = find(framed(f"<ul>{menu}</ul>{''.join(lists)}"))
    assert found.days == [one.day.isoformat() for some in groups for one in some]


ENTRY = '<p><a href="{url}">{title}</a> {summary}</p>'


@pytest.mark.parametrize("head", ["20 November 2026", "Friday, 20 November 2026, 12:00", "12:00", "Friday"])
def test_todays_date_or_a_clock_in_the_head_is_not_given_to_the_list(head: str) -> None:
    made = stories()
    card = '<article><h3><a href="{url}">{title}</a></h3><p>{summary}</p></article>'
    for tag in ("p", "h2", "div", "time"):
        assert find(framed(f"<{tag} class=now>{head}</{tag}>{each(made, card)}")).days == [None] * len(made), tag


def test_the_dates_of_other_cards_are_not_given_to_the_list() -> None:
    made = stories()
    films = "".join(
        f'<div class=film><a href="/film/{number}">Film of the day</a><span class=when>1{number} May 2026</span></div>'
        for number in range(3)
    )
    card = '<div class=item><h3><a href="{url}">{title}</a></h3><p>{summary}</p></div>'
    found = find(framed(f"<div>{films}{each(made, card)}</div>"))
    assert [item.published for item in found.best.items if "/film/" not in item.link] == [None] * len(made)


def test_times_under_days_of_the_week_are_of_those_days() -> None:
    made = stories()[:9]
    entry = '<p><span class=t>{n}:15</span> <a href="{url}">{title}</a></p>'
    ordered = sorted(made, key=lambda one: -one.number)
    days = (("Friday", ordered[:3]), ("Wednesday", ordered[3:6]), ("Tuesday", ordered[6:]))
    html = "".join(f"<h3>{day}</h3>{each(some, entry)}" for day, some in days)
    times = [item.published.at.isoformat()[:16] if item.published else None for item in find(framed(html)).best.items]
    assert times == [
        f"2026-11-{day}T{one.number:02}:15" for day, (_, some) in zip((20, 18, 17), days, strict=True) for one in some
    ]


def test_a_time_in_a_second_element_of_the_same_kind_counts() -> None:
    made = stories()
    card = '<div class=card><h3><a href="{url}">{title}</a></h3><small>{rfc}</small> <small>9:15 p.m.</small></div>'
    times = [item.published.at.isoformat()[:16] for item in find(framed(each(made, card))).best.items if item.published]
    assert times == [f"{one.day}T21:15" for one in made]


def test_whole_hours_noon_and_midnight_beside_a_date_are_times() -> None:
    made = stories()
    words = {"noon": "12:00", "3 p.m.": "15:00", "midnight": "00:00", "9:15 a.m.": "09:15"}
    card = '<div class=card><h3><a href="{{url}}">{{title}}</a></h3><small>{{rfc}}</small> <small>{}</small></div>'
    html = "".join(each([one], card.format(list(words)[one.number % 4])) for one in made)
    times = [item.published.at.isoformat()[:16] for item in find(framed(html)).best.items if item.published]
    assert times == [f"{one.day}T{list(words.values())[one.number % 4]}" for one in made]


@pytest.mark.parametrize("beside", ["2.50", "12 comments", "3 min read", "129"])
def test_prices_counters_and_reading_times_beside_a_date_are_no_times(beside: str) -> None:
    made = stories()
    card = (
        f'<div class=card><h3><a href="{{url}}">{{title}}</a></h3><small>{{rfc}}</small> <small>{beside}</small></div>'
    )
    found = find(framed(each(made, card)))
    assert found.days == days_of(made)
    assert {item.published.precision for item in found.best.items if item.published} == {Precision.DAY}


def test_the_length_of_a_video_is_no_time() -> None:
    card = '<div class=v><h3><a href="{url}">{title}</a></h3><span class=duration>1{n}:30</span></div>'
    assert find(framed(each(stories(), card))).days == [None] * 12


@pytest.mark.parametrize("line", ['{rfc} <a href="{url}">{title}</a>', '<a href="{url}">{title}</a> ({iso})'])
def test_a_date_on_the_line_of_a_link_is_its_date(line: str) -> None:
    made = stories()
    html = "".join(each([one], line) + "<br>\n" for one in made)
    assert find(framed(f"<p>{html}</p>")).days == days_of(made)


def test_days_in_addresses_date_the_cards_that_show_none() -> None:
    made = [
        Story(f"https://example.org/{one.day:%Y/%m/%d}/story-{one.number}/", one.title, one.day, "", one.number)
        for one in stories()
    ]
    shown = '<article><h3><a href="{url}">{title}</a></h3><div class=meta>{long}</div></article>'
    bare = '<article><h3><a href="{url}">{title}</a></h3></article>'
    html = "".join(each([one], shown if one.number % 3 else bare) for one in made)
    assert find(framed(html)).days == days_of(made)


def test_days_in_addresses_that_differ_from_the_shown_ones_are_no_dates_of_publication() -> None:
    made = [
        Story(f"https://example.org/2024/01/{one.number + 10}/story/", one.title, one.day, "", one.number)
        for one in stories()
    ]
    shown = '<article><h3><a href="{url}">{title}</a></h3><div class=meta>{long}</div></article>'
    bare = '<article><h3><a href="{url}">{title}</a></h3></article>'
    html = "".join(each([one], shown if one.number % 3 else bare) for one in made)
    assert find(framed(html)).days == [one.day.isoformat() if one.number % 3 else None for one in made]


@pytest.mark.parametrize(
    "dates",
    [
        "<span>Apply by 1 Dec 2026</span><span>Posted {rfc}</span>",
        "<span class=deadline>1 Nov 2026</span><span class=on>{rfc}</span>",
        "<dl><dt>Deadline</dt><dd>1 Nov 2026</dd><dt>Published</dt><dd>{rfc}</dd></dl>",
        "<p>Event: 1 Nov 2026</p><p>Published on {rfc}</p>",
        "<i>Updated 19 Nov 2026 10:00</i><i>Published {rfc}</i>",
    ],
)
def test_the_day_of_publication_beats_deadlines_events_and_changes(dates: str) -> None:
    made = stories()
    card = f'<div class=job><h3><a href="{{url}}">{{title}}</a></h3>{dates}</div>'
    assert find(framed(each(made, card))).days == days_of(made)


def test_a_calendar_of_events_has_no_dates_of_publication() -> None:
    made = stories()
    days = [f"{NOW + timedelta(days=2 + 4 * one.number):%d %b}" for one in made]
    card = '<div class=ev><h3><a href="{url}">{title}</a></h3><b>DAY</b></div>'
    html = "".join(each([one], card).replace("DAY", day) for one, day in zip(made, days, strict=True))
    assert find(framed(html)).days == [None] * len(made)


def test_two_kinds_of_cards_with_dates_at_two_places_are_both_dated() -> None:
    made = stories()
    first = '<div class=card><h3><a href="{url}">{title}</a></h3><p>{summary}</p><b class=meta>{rfc}</b></div>'
    second = '<div class=card><h3><a href="{url}">{title}</a></h3><p>{long}, 9:20 a.m. 134</p></div>'
    html = each(made[:8], first) + each(made[8:], second)
    assert find(framed(html)).days == days_of(made)


def test_a_version_before_its_date_is_the_title_without_the_dash_between_them() -> None:
    made = stories()
    card = '<div class=r><h3><a href="{url}">3.{n}.0 - {iso}</a></h3><p>{summary}</p></div>'
    found = find(framed(each(made, card)))
    assert found.days == days_of(made)
    assert [item.title for item in found.best.items] == [f"3.{one.number}.0" for one in made]


def test_times_under_days_without_a_year_and_under_yesterday_are_of_those_days() -> None:
    made = stories()[:8]
    entry = '<p><span class=t>10:1{n}</span> <a href="{url}">{title}</a></p>'
    ordered = sorted(made, key=lambda one: -one.number)
    for heads, days in ((("Thursday 19 November", "Monday 16 November"), (19, 16)), (("Today", "Yesterday"), (20, 19))):
        html = "".join(
            f"<h4>{head}</h4>{each(some, entry)}" for head, some in zip(heads, (ordered[:4], ordered[4:]), strict=True)
        )
        items = find(framed(html)).best.items
        times = [item.published.at.isoformat()[:16] if item.published else None for item in items]
        assert times == [f"2026-11-{days[place // 4]}T10:1{one.number}" for place, one in enumerate(ordered)]


def test_a_time_before_the_date_counts_too() -> None:
    made = stories()
    card = '<div class=card><h3><a href="{url}">{title}</a></h3><i>21:15</i> <i>{rfc}</i></div>'
    times = [item.published.at.isoformat()[:16] for item in find(framed(each(made, card))).best.items if item.published]
    assert times == [f"{one.day}T21:15" for one in made]


def test_days_that_stand_over_half_of_the_list_alone_are_not_its_days() -> None:
    made = stories()[:12]
    parts = f"<h3>19 November 2026</h3>{each(made[6:9], ENTRY)}<h3>16 November 2026</h3>{each(made[9:], ENTRY)}"
    assert find(framed(f"<div>{each(made[:6], ENTRY)}{parts}</div>")).days == [None] * 12
