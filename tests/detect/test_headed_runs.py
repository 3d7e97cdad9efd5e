"""Whole stories one under the other, with their links at their feet, as journals of the first years wrote them."""

from __future__ import annotations

from tests.detect.sample import days_of, find, framed, items_of, stories

MADE = stories()[:6]


def _story(n: int, *, over: str, foot: str, inside: str = "") -> str:
    one = MADE[n]
    paragraphs = "".join(
        f"<p>Paragraph {k} of what there is to say on matter {n}.</p>{inside}" for k in range(n % 4 + 1)
    )
    picture = f'<div><a href="https://pictures.example/{n}"><img src="/{n}.jpg"></a></div>' if n % 2 else ""
    day = f"{one.day:%B} {one.day.day}, {one.day.year}"
    return over.format(title=one.title, day=day) + picture + paragraphs + foot.format(url=one.url, n=n)


DATED = "<h2>{day}</h2><h3>{title}</h3>"
POSTED = (
    '<p class="posted">Posted by Ada at <a href="{url}">0{n}:2{n} PM</a> | <a href="{url}#c">Comments ({n})</a></p>'
)


def _page(over: str, foot: str) -> str:
    return framed(f"<div>{''.join(_story(n, over=over, foot=foot) for n in range(len(MADE)))}</div>")


def test_a_heading_stands_over_the_link_at_the_foot_of_its_story() -> None:
    found = find(_page(DATED, POSTED))
    assert found.items == items_of(MADE)
    assert found.days == days_of(MADE)


def test_a_time_in_a_line_of_its_own_is_the_link_to_the_story_whatever_stands_before_it() -> None:
    found = find(_page(DATED, '<p>Posted by Ada of the harbour at <a href="{url}">0{n}:2{n} PM</a></p>'))
    assert found.items == items_of(MADE)
    assert found.days == days_of(MADE)


def test_the_day_over_two_stories_is_that_of_both() -> None:
    html = "".join(_story(n, over=DATED if n % 2 == 0 else "<h3>{title}</h3>", foot=POSTED) for n in range(len(MADE)))
    found = find(framed(f"<div>{html}</div>"))
    assert found.items == items_of(MADE)
    assert found.days == [MADE[n - n % 2].day.isoformat() for n in range(len(MADE))]


def test_headings_behind_their_links_stay_with_them() -> None:
    html = "".join(
        f'<p><a href="{one.url}">{one.title}</a></p><h4>In short, number {n}</h4>' + "<p>Some words.</p>" * (n % 4 + 1)
        for n, one in enumerate(MADE)
    )
    assert find(framed(f"<div>{html}</div>")).items == items_of(MADE)


def test_a_byline_over_the_headings_goes_with_them() -> None:
    foot = '<p class="more"><a href="{url}">Go {n}</a></p>'
    found = find(_page('<p class="by">By Ada on {day}</p><h3>{title}</h3>', foot))
    assert found.items == items_of(MADE)
    assert found.days == days_of(MADE)
