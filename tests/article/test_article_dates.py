"""When an article was published: which of a page's dates counts, and in which zone it is."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from feedbuilder.model import Item, Precision, SaidDate
from tests.article.conftest import URL, Reader


def ld(**said: object) -> str:
    data = {"@type": "NewsArticle", "headline": "Bridge", **said}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def meta(name: str, value: str) -> str:
    return f'<meta property="{name}" content="{value}">'


def test_the_data_come_before_meta_elements_and_those_before_what_readers_see(read: Reader) -> None:
    seen = "<h1>Bridge</h1><time>3 February 2026, 10:00</time>"
    shared = meta("article:published_time", "2026-02-02T10:00:00+01:00")
    assert read(seen).written() == "2026-02-03T10:00:00+00:00"
    assert read(shared + seen).written() == "2026-02-02T10:00:00+01:00"
    assert read(ld(datePublished="2026-02-01T10:00:00+01:00") + shared + seen).written() == "2026-02-01T10:00:00+01:00"


def test_a_mere_day_is_completed_by_the_time_of_the_same_day(read: Reader) -> None:
    html = ld(datePublished="2026-02-06") + meta("dc.date", "2026-02-06T12:35:00+04:00")
    assert read(html).written() == "2026-02-06T12:35:00+04:00"
    other_day = ld(datePublished="2026-02-06") + meta("dc.date", "2026-02-07T12:35:00+04:00")
    assert read(other_day).written() == "2026-02-06"


def test_midnight_to_the_second_is_a_day_that_a_program_wrote(read: Reader) -> None:
    found = read(ld(datePublished="2026-02-06T00:00:00Z"))
    assert found.published is not None
    assert (found.written(), found.published.precision) == ("2026-02-06", Precision.DAY)


def test_a_time_without_zone_takes_that_of_the_same_time_elsewhere(read: Reader) -> None:
    html = ld(datePublished="2026-02-06 12:35:00.0") + meta("date", "2026-02-06T12:35:00+02:00")
    assert read(html).written() == "2026-02-06T12:35:00+02:00"


def test_a_time_without_any_zone_is_in_the_sources(read: Reader) -> None:
    html = ld(datePublished="2026-02-06T12:35:00")
    assert read(html, timezone="Asia/Dubai").written() == "2026-02-06T12:35:00+04:00"
    assert read(html).written() == "2026-02-06T12:35:00+00:00"


def test_of_one_time_said_in_utc_and_in_another_zone_the_zone_is_meant(read: Reader) -> None:
    html = ld(datePublished="2026-02-06T12:35:00+00:00") + meta("article:published_time", "2026-02-06T12:35:00-05:00")
    assert read(html).written() == "2026-02-06T12:35:00-05:00"


def test_unix_time_in_meta_elements_is_read(read: Reader) -> None:
    assert read(meta("article:published_time", "1770366900000")).written() == "2026-02-06T08:35:00+00:00"


def test_an_ambiguous_day_is_the_one_that_another_date_names(read: Reader) -> None:
    html = meta("article:published_time", "03/02/2026 10:00") + meta("dc.date", "2026-03-02")
    assert read(html).written() == "2026-03-02T10:00:00+00:00"
    assert read(html, language="de").written() == "2026-03-02T10:00:00+00:00"
    assert read(meta("date", "03/02/2026 10:00"), day_first=True).written() == "2026-02-03T10:00:00+00:00"


@pytest.mark.parametrize("said", ["2027-05-01T10:00:00Z", "1970-01-01T00:00:00Z", "soon", "", "2026-13-45"])
def test_what_cannot_be_is_no_date(read: Reader, said: str) -> None:
    assert read(ld(datePublished=said)).published is None


def test_what_says_updated_is_not_the_publication(read: Reader) -> None:
    html = (
        "<main><h1>Bridge</h1><p>Updated: <time datetime='2026-02-07T10:00:00Z'>7 Feb. 2026</time></p>"
        "<p>Published: <time datetime='2026-02-06T10:00:00Z'>6 Feb. 2026</time></p></main>"
    )
    assert read(html).written() == "2026-02-06T10:00:00+00:00"


def test_a_date_in_the_header_of_the_page_is_todays(read: Reader) -> None:
    html = "<header><time>23 November 2026</time></header><main><h1>Bridge</h1><p>Text of it.</p></main>"
    assert read(html).published is None


def test_how_long_ago_counts_in_days_but_not_in_months(read: Reader) -> None:
    assert read("<h1>Bridge</h1><time>2 hours ago</time>").written() == "2026-11-23T10:00:00+00:00"
    assert read("<h1>Bridge</h1><time>4 months ago</time>").published is None


def test_the_day_in_the_address_serves_where_nothing_else_does(read: Reader) -> None:
    found = read("<h1>Bridge</h1>", url="https://strait.example/2026/02/06/bridge")
    assert (found.written(), found.origins["published"]) == ("2026-02-06", "address")


def test_the_list_completes_a_day_and_serves_for_none(read: Reader) -> None:
    at = datetime(2026, 2, 6, 8, 35, tzinfo=UTC)
    listed = Item("strait.example/news/bridge-opens", URL, published=SaidDate(at))
    assert read(ld(datePublished="2026-02-06"), listed=listed).published == SaidDate(at)
    found = read("<h1>Bridge</h1>", listed=listed)
    assert (found.published, found.origins["published"]) == (SaidDate(at), "list")
    exact = read(ld(datePublished="2026-02-05T10:00:00Z"), listed=listed)
    assert exact.written() == "2026-02-05T10:00:00+00:00"


def test_of_dates_that_only_readers_see_the_list_tells_which_it_is(read: Reader) -> None:
    html = "<main><h1>Bridge</h1><p>1 February 2026, 10:00</p><p>6 February 2026, 12:35</p></main>"
    day = SaidDate(datetime(2026, 2, 6, tzinfo=UTC), Precision.DAY)
    listed = Item("strait.example/news/bridge-opens", URL, published=day)
    assert read(html).written() == "2026-02-01T10:00:00+00:00"
    assert read(html, listed=listed).written() == "2026-02-06T12:35:00+00:00"
    other = SaidDate(datetime(2026, 2, 9, 8, 0, tzinfo=UTC))
    assert read(html, listed=Item("strait.example/news/bridge-opens", URL, published=other)).published == other


def test_when_something_changed_is_never_taken_for_its_publication(read: Reader) -> None:
    assert read(ld(dateModified="2026-02-06T10:00:00Z")).published is None


def test_a_change_before_the_publication_is_none(read: Reader) -> None:
    published = ld(datePublished="2026-02-06T10:00:00Z", dateModified="2026-02-06T09:00:00Z")
    assert read(published).modified is None
    later = ld(datePublished="2026-02-06T10:00:00Z", dateModified="2026-02-06T11:00:00+00:00")
    assert read(later).modified == datetime(2026, 2, 6, 11, tzinfo=UTC)


def test_the_date_of_another_article_in_the_data_is_not_taken(read: Reader) -> None:
    other = json.dumps({"@type": "NewsArticle", "url": "/news/other", "datePublished": "2026-01-01T10:00:00Z"})
    html = f'<script type="application/ld+json">{other}</script><h1>Bridge</h1><p>6 February 2026, 12:35</p>'
    assert read(html).written() == "2026-02-06T12:35:00+00:00"


DRAFT = """<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Bridge Opens at Last",
"author": "{author}", "datePublished": "2026-02-05T14:23:00+04:00", "dateModified": "{modified}"}}</script>
<article><h1>Bridge Opens at Last</h1><p>{text}</p>
<div class="foot"><small>{day}</small> <small>{time}</small></div></article>"""
TEXT = "The bridge was opened on Friday morning after eleven years of work, and the ferries stayed in port."
BEGUN = "2026-02-05T14:23:00+04:00"


@pytest.mark.parametrize(
    ("given", "published"),
    [
        ({}, "2026-02-05T19:40:00+04:00"),
        ({"author": "Saif Nasser"}, BEGUN),
        ({"author": "afp"}, BEGUN),
        ({"modified": "2026-02-05T19:40:00+04:00"}, BEGUN),
        ({"time": "updated 7:40 p.m."}, BEGUN),
        ({"day": "Feb. 6, 2026"}, BEGUN),
        ({"time": "2:23 p.m."}, BEGUN),
    ],
)
def test_a_draft_is_not_the_publication(given: dict[str, str], published: str, read: Reader) -> None:
    """The data tell when a login began a text; readers are shown one later time of that day."""
    said = {"author": "snasser11", "modified": BEGUN, "day": "Feb. 5, 2026", "time": "7:40 p.m.", "text": TEXT}
    assert read(DRAFT.format(**said | given)).written() == published


@pytest.mark.parametrize(("hour", "published"), [(15, "2026-02-05T19:40:00+04:00"), (16, BEGUN)])
def test_the_time_that_list_and_page_show_is_the_publication(hour: int, published: str, read: Reader) -> None:
    page = DRAFT.format(author="Saif Nasser", modified=BEGUN, day="Feb. 5, 2026", time="7:40 p.m.", text=TEXT)
    at = SaidDate(datetime(2026, 2, 5, hour, 40, tzinfo=UTC))
    assert read(page, listed=Item("strait.example/news/bridge-opens", URL, published=at)).written() == published


def test_the_moment_behind_a_sign_of_copyright_is_not_the_articles(read: Reader) -> None:
    built = '<p><span>&copy; <time datetime="2026-04-02 22:10:45 -0400 EDT">2026</time> The Strait Post</span></p>'
    over = '<div><time datetime="2026-02-20 12:19:52 -0500">February 20, 2026</time></div>'
    page = "<body><article>{}<h1>Bridge Opens</h1><p>It opened, and everybody came.</p></article>{}</body>"
    assert (read(page.format(over, built)).written() or "").startswith("2026-02-20")
    assert read(page.format("", built)).published is None
    wordless = '<p>&copy; <time datetime="2026-02-20"></time></p>'
    assert read(page.format(wordless, "")).title == "Bridge Opens"
