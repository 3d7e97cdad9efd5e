"""A field shown in one card is read in all: what is clicked, what is meant by it, and what the other cards need."""

from __future__ import annotations

import pytest

from feedbuilder.model import Selectors
from feedbuilder.teach import TaughtPage, Unteachable
from tests.teach.pages import TITLES, clicked, page, read, selectors, stories, taught

CARDS = "".join(
    f'<article class="card"><a class="rubric" href="/rubric/{number % 2}">Rubric {number % 2}</a>'
    f'<div class="headline"><a href="/news/{title.lower().replace(" ", "-")}">{title}</a></div>'
    f'<p class="meta">By <span class="who">Ann Miller{number}</span> on <span class="when">{day}</span></p>'
    f'<p class="lead">This is why {title.lower()}, in a few words.</p>'
    f'<ul class="topics"><li><a href="/t/{number}">Topic {number}</a></li><li><a href="/t/x">All of it</a></li></ul>'
    f'<div class="pic"><img src="/i/{number}.jpg"></div></article>'
    for number, title, day in stories()
)
WRONG = selectors(".card", title=".rubric", link=".headline a", date=".rubric", summary=".rubric", author=".lead")


def test_title() -> None:
    where = page(CARDS)
    after = taught(where, WRONG, "title", TITLES[2]).selectors
    assert read(where, after, "title") == list(TITLES)


def test_date_in_a_line_of_other_words() -> None:
    where = page(CARDS)
    after = taught(where, WRONG, "date", "17 November 2026").selectors
    assert [said and said.at.day for said in read(where, after, "published")] == [19, 18, 17, 16, 15, 14]


def test_summary() -> None:
    where = page(CARDS)
    after = taught(where, WRONG, "summary", f"This is why {TITLES[0].lower()}, in a few words.").selectors
    assert read(where, after, "summary") == [f"This is why {title.lower()}, in a few words." for title in TITLES]


def test_author() -> None:
    where = page(CARDS)
    after = taught(where, WRONG, "author", "Ann Miller3").selectors
    assert read(where, after, "authors") == [(f"Ann Miller{number}",) for number in range(6)]


def test_one_tag_of_several() -> None:
    where = page(CARDS)
    after = taught(where, WRONG, "tags", "Topic 1").selectors
    assert read(where, after, "tags") == [(f"Topic {number}", "All of it") for number in range(6)]


def test_the_same_text_everywhere_is_no_title() -> None:
    where = page(CARDS.replace("Rubric 0", "News").replace("Rubric 1", "News"))
    outcome = clicked(where, selectors(".card", title=".headline", link=".headline a"), "title", "News", tag="a")
    assert isinstance(outcome, Unteachable)
    assert "in nearly every article" in outcome.reason


@pytest.mark.parametrize("field", ["title", "author", "summary"])
def test_a_click_outside_of_the_cards(field: str) -> None:
    outcome = clicked(page(f"<h1>The town</h1>{CARDS}"), WRONG, field, "The town")
    assert isinstance(outcome, Unteachable)
    assert "stands outside of the articles" in outcome.reason


def cards(inside: str, count: int = 6) -> str:
    """Return cards with `inside`, where {number}, {title}, {day} and {slug} are those of each story."""
    made = (
        inside.format(number=number, title=title, day=day, slug=title.lower().replace(" ", "-"))
        for number, title, day in stories(count)
    )
    return "".join(f'<div class="card">{one}</div>' for one in made)


LINK = '<h3><a href="/news/{slug}">{title}</a></h3>'


def days(where: TaughtPage, by: Selectors) -> list[int | None]:
    """Return the days of the month that are read."""
    return [said.at.day if said else None for said in read(where, by, "published")]


def test_a_heading_above_the_cards_dates_those_below_it() -> None:
    first, second = (cards(LINK, 6).split('<div class="card">')[1:4], cards(LINK, 6).split('<div class="card">')[4:])
    where = page(
        "<main><h2>19 November 2026</h2>"
        + "".join(f'<div class="card">{one}' for one in first)
        + "<h2>17 November 2026</h2>"
        + "".join(f'<div class="card">{one}' for one in second)
        + "</main>"
    )
    after = taught(where, selectors(".card"), "date", "17 November 2026").selectors
    assert after.group is not None
    assert days(where, after) == [19, 19, 19, 17, 17, 17]


def test_a_date_beside_the_list_dates_nothing() -> None:
    where = page(f"<main>{cards(LINK)}</main><p>17 November 2026</p>")
    outcome = clicked(where, selectors(".card"), "date", "17 November 2026")
    assert isinstance(outcome, Unteachable)
    assert "below the articles" in outcome.reason


def test_what_is_no_date_is_told_with_a_remedy() -> None:
    where = page(cards(LINK + "<p>soon</p>"))
    outcome = clicked(where, selectors(".card"), "date", "soon", tag="p")
    assert isinstance(outcome, Unteachable)
    assert outcome.reason.startswith('"soon" cannot be read as a date.')


def test_a_date_of_which_only_an_attribute_tells() -> None:
    where = page(cards(LINK + '<span class="ago" title="2026-11-1{number}T08:00:00Z">a while ago</span>'))
    after = taught(where, selectors(".card"), "date", "a while ago", tag="span").selectors
    assert days(where, after) == [10, 11, 12, 13, 14, 15]


def test_the_minute_in_an_attribute_beats_the_day_that_is_shown() -> None:
    where = page(cards(LINK + '<b class="when" data-time="2026-11-1{number}T08:30:00Z">1{number} Nov 2026</b>'))
    after = taught(where, selectors(".card"), "date", "12 Nov 2026").selectors
    assert [said.at.minute for said in read(where, after, "published")] == [30] * 6


def test_a_date_among_other_words() -> None:
    where = page(cards(LINK + "<p>By Ann, {day}, in Town news of the week and the region</p>"))
    text = "By Ann, 19 November 2026, in Town news of the week and the region"
    after = taught(where, selectors(".card"), "date", text).selectors
    assert days(where, after) == [19, 18, 17, 16, 15, 14]


def test_a_date_in_pieces() -> None:
    where = page(cards(LINK + '<div class="stamp"><b>1{number}</b> <i>Nov</i> <u>2026</u></div>'))
    after = taught(where, selectors(".card"), "date", "13").selectors
    assert days(where, after) == [10, 11, 12, 13, 14, 15]


def test_the_second_of_two_dates() -> None:
    where = page(cards(LINK + "<p><time>1 October 2026</time> <time>{day}</time></p>"))
    after = taught(where, selectors(".card"), "date", "18 November 2026").selectors
    assert days(where, after) == [19, 18, 17, 16, 15, 14]


def test_a_picture_under_a_link() -> None:
    where = page(
        cards('<i><img src="/logo-of-town.png"></i><p><a href="/news/{slug}"><img src="/{number}.jpg">{title}</a></p>')
    )
    after = taught(where, selectors(".card", image="i"), "image", TITLES[2]).selectors
    assert read(where, after, "image") == [f"https://town.example/{number}.jpg" for number in range(6)]


def test_no_picture_there() -> None:
    outcome = clicked(page(cards(LINK)), selectors(".card"), "image", TITLES[2])
    assert isinstance(outcome, Unteachable)
    assert "click the picture itself" in outcome.reason


def test_a_word_in_italics_is_part_of_its_title() -> None:
    html = cards('<p class="k">Town {number}</p><p class="t"><a href="/news/{slug}">About <em>{title}</em></a></p>')
    where = page(html)
    after = taught(where, selectors(".card", title=".k"), "title", TITLES[1]).selectors
    assert read(where, after, "title") == [f"About {title}" for title in TITLES]


def test_nameless_elements_are_counted() -> None:
    where = page(cards('<div>Town</div><div><a href="/news/{slug}">{number}</a></div><div>{title}</div>'))
    after = taught(where, selectors(".card", title="div"), "title", TITLES[1]).selectors
    assert read(where, after, "title") == list(TITLES)


def test_cards_of_two_makes_need_an_example_each_or_keep_what_was_right() -> None:
    large = '<div class="card"><h2 class="big"><a href="/news/large">The large one at the top</a></h2><i>Town</i></div>'
    where = page(large + cards('<a href="/news/{slug}"><i>Town</i><b class="small">{title}</b></a>'))
    wrong = selectors(".card", title=["h2", "i"])
    one = taught(where, wrong, "title", TITLES[0])
    assert read(where, one.selectors, "title") == ["The large one at the top", *TITLES]
    both = taught(where, selectors(".card", title="i"), "title", TITLES[0], "The large one at the top")
    assert read(where, both.selectors, "title") == ["The large one at the top", *TITLES]


def test_what_some_cards_lack_is_told() -> None:
    html = cards(LINK + "<p>Why {slug}</p>").replace("<p>Why", "<div>Why", 2)
    where = page(html)
    outcome = taught(where, selectors(".card"), "summary", f"Why {TITLES[4].lower().replace(' ', '-')}")
    assert outcome.doubts == ("It reads nothing in 2 of 6 articles.",)


def test_hashed_names_are_no_names() -> None:
    where = page(cards(LINK + '<p class="css-1x2y3z">Town</p><p class="css-9z8y7x">Why {slug}</p>'))
    after = taught(where, selectors(".card"), "summary", f"Why {TITLES[4].lower().replace(' ', '-')}").selectors
    assert read(where, after, "summary") == [f"Why {title.lower().replace(' ', '-')}" for title in TITLES]
    assert "css-" not in str(after.summary)


def test_what_is_right_already_changes_nothing() -> None:
    where = page(CARDS)
    right = selectors(".card", title=".headline", link=".headline a")
    assert taught(where, right, "title", TITLES[3]).selectors == right


def test_data_cannot_be_clicked() -> None:
    by = Selectors.model_validate({"from": "json-ld"})
    outcome = clicked(page(CARDS), by, "title", TITLES[0])
    assert isinstance(outcome, Unteachable)
    assert "read from data" in outcome.reason


@pytest.mark.parametrize("item", ["xpath://article", "article:-soup-contains('Ann')"])
def test_what_no_browser_selects_is_taught_as_well(item: str) -> None:
    where = page(CARDS)
    after = taught(where, selectors(item, title=".rubric", link=".headline a"), "title", TITLES[2]).selectors
    assert read(where, after, "title") == list(TITLES)


def test_a_month_above_and_days_in_the_cards() -> None:
    one, two = cards(LINK + "<i>1{number}</i>", 3), cards(LINK + "<i>2{number}</i>", 3).replace("/news/", "/old/")
    where = page(f"<main><h2>November 2026</h2>{one}<h2>October 2026</h2>{two}</main>")
    after = taught(where, selectors(".card"), "date", "October 2026").selectors
    assert days(where, after) == [10, 11, 12, 20, 21, 22]
    assert {said.at.month for said in read(where, after, "published")} == {10, 11}


def test_a_day_that_stands_in_the_address_alone() -> None:
    where = page(cards('<h3><a href="/news/2026/11/1{number}/{slug}">{title}</a></h3>'))
    after = taught(where, selectors(".card"), "date", TITLES[2]).selectors
    assert days(where, after) == [10, 11, 12, 13, 14, 15]


def test_what_says_nothing_is_passed_over() -> None:
    where = page(cards(LINK + "<p>Why {slug}</p>").replace("<p>", "<p></p><p>", 2))
    outcome = taught(where, selectors(".card"), "summary", f"Why {TITLES[0].lower().replace(' ', '-')}")
    assert read(where, outcome.selectors, "summary") == [f"Why {title.lower().replace(' ', '-')}" for title in TITLES]


def test_a_title_may_hold_a_date() -> None:
    where = page(cards('<a href="/news/{slug}"><b>{title}</b><i>Town</i></a>').replace(TITLES[2], "Concert: 8 July"))
    outcome = taught(where, selectors(".card", title="i"), "title", "Concert: 8 July")
    assert read(where, outcome.selectors, "title") == [*TITLES[:2], "Concert: 8 July", *TITLES[3:]]


def test_one_title_may_be_a_date_and_all_may_not() -> None:
    html = cards('<a href="/news/{slug}"><b>{title}</b><i>Town</i></a><u>{day}</u>')
    where = page(html.replace(TITLES[2], "Notice 8 July 2026").replace("Notice ", ""))
    outcome = taught(where, selectors(".card", title="i"), "title", "8 July 2026")
    assert read(where, outcome.selectors, "title") == [*TITLES[:2], "8 July 2026", *TITLES[3:]]
    wrong = clicked(where, selectors(".card", title="i"), "title", "18 November 2026")
    assert isinstance(wrong, Unteachable)
    assert "cannot be the title" in wrong.reason


def test_a_title_is_no_date_though_another_rule_reads_one() -> None:
    made = [
        f'<h3><a href="/a/{number}">{title}</a></h3><p class="when">{day}</p>' if number % 2 else
        f'<div class="at">{day}</div><p><a href="/b/{number}">{title}</a></p>'
        for number, title, day in stories()
    ]  # fmt: skip
    where = page(
        "".join(f'<div class="{"large" if n % 2 else "small"} card">{one}</div>' for n, one in enumerate(made))
    )
    by = selectors(".card", title=["h3", "p a"], date=[".when", ".at"])
    outcome = clicked(where, by, "date", TITLES[1], tag="a")
    assert isinstance(outcome, Unteachable)
    assert "cannot be read as a date" in outcome.reason


def test_a_click_on_what_is_read_already_takes_nothing_from_other_cards() -> None:
    makes = (
        '<h3><a href="/a/{n}">{title}</a></h3><p class="meta">In town, <b class="when">{day}</b></p>',
        '<h3><a href="/b/{n}">{title}</a></h3><p><i class="d">{0}</i> <i class="m">{1}</i> <i class="y">{2}</i></p>',
    )
    made = [makes[n % 2].format(*day.split(), n=n, title=title, day=day) for n, title, day in stories()]
    where = page("".join(f'<div class="card">{one}</div>' for one in made))
    by = selectors(".card", title="h3", date=[".meta", {"join": [".d", ".m", ".y"]}])
    assert days(where, by) == [19, 18, 17, 16, 15, 14]
    after = taught(where, by, "date", "17 November 2026", tag="b").selectors
    assert days(where, after) == [19, 18, 17, 16, 15, 14]
