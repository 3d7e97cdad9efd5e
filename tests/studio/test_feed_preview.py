"""What people see of a feed before there is one: entries in words, and what is to be said of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from jinja2 import Environment, PackageLoader, StrictUndefined

from feedbuilder.model import Item, Source
from feedbuilder.studio.feed_preview import FeedPreview, feed_preview

NOW = datetime(2026, 2, 6, 11, 5, tzinfo=UTC)
TITLES = ("Harbour opens", "Talks go on", "Rain is late", "A bridge is sold", "Trams run again", "Wheat is dear")


def card(number: int, title: str = "", inside: str = "") -> str:
    return f'<div class="card"><h2><a href="/a/{number}">{title or TITLES[number]}</a></h2>{inside}</div>'


@pytest.fixture
def preview(items: Callable[..., tuple[Item, ...]], source: Callable[..., Source]) -> Callable[..., FeedPreview]:
    def make(html: str, *, zone_doubt: str | None = None, shows_pictures: bool = False, **settings: Any) -> FeedPreview:
        read = items(html, allow_empty=True, **settings)
        return feed_preview(read, source(**settings), NOW, zone_doubt=zone_doubt, shows_pictures=shows_pictures)

    return make


def rendered(view: FeedPreview) -> BeautifulSoup:
    environment = Environment(
        loader=PackageLoader("feedbuilder.studio", "templates"), autoescape=True, undefined=StrictUndefined
    )
    return BeautifulSoup(environment.get_template("_feed_preview.html").render(preview=view), "html5lib")


def six(inside: str) -> str:
    return "".join(card(number, inside=inside) for number in range(6))


def test_an_entry_says_what_a_reader_will(preview: Callable[..., FeedPreview]) -> None:
    inside = (
        '<time datetime="2026-02-05T09:30">x</time><p class="s">Ships come.</p><img src="/p.jpg">'
        '<b class="who">Anna Berg</b><i class="t">Sea</i>'
    )
    view = preview(six(inside), summary=".s", author=".who", tags=".t", title="h2")
    first = view.entries[0]
    assert (first.title, first.is_own_title, first.host) == ("Harbour opens", True, "example.org")
    assert (first.date, first.zone) == ("5 February 2026, 09:30", "UTC+4")
    assert first.machine_date == "2026-02-05T09:30:00+04:00"
    assert (first.summary, first.image) == ("Ships come.", "https://example.org/p.jpg")
    assert (first.authors, first.tags, first.problems) == (("Anna Berg",), ("Sea",), ())
    assert (view.count, view.warnings) == ("6 articles", ())


def test_the_newest_comes_first_and_each_knows_its_card(preview: Callable[..., FeedPreview]) -> None:
    days = ("2026-02-01", "2026-02-03", "2026-02-02")
    cards = (card(number, inside=f"<time datetime={day}>x</time>") for number, day in enumerate(days))
    view = preview("".join(cards))
    assert [entry.card for entry in view.entries] == [1, 2, 0]


def test_a_day_alone_has_no_time_and_no_zone(preview: Callable[..., FeedPreview]) -> None:
    view = preview(six("<time datetime=2026-02-05>x</time>"))
    assert (view.entries[0].date, view.entries[0].zone) == ("5 February 2026", None)
    assert view.entries[0].machine_date == "2026-02-05"


NOT_KNOWN = "The zone of the page's times is not known"


@pytest.mark.parametrize(
    ("html", "settings", "warning"),
    [
        ("", {}, "There is nothing in this feed: no article was found on the page."),
        (six(""), {}, "All 6 articles have no date; readers see when it was first found instead."),
        (six("") + card(9, "Late", "<time datetime=2026-02-05>x</time>"), {}, "6 of 7 articles have no date;"),
        (six("<time>soon</time>"), {"date": "time"}, "All 6 articles have a date that could not be understood."),
        (card(0), {}, "Only one article: see on the page whether that is the whole list."),
        (card(0) + card(1), {}, "Only 2 articles:"),
        (card(7, "The harbour of the…") + six(""), {}, "1 of 7 articles has a title that the page cuts short; it is"),
        (
            card(7, "The harbour of the…") + six(""),
            {"articles": "off"},
            "1 of 7 articles has a title that the page cuts short; articles' own pages are not read.",
        ),
        (six("<time datetime=2026-02-05T10:00>x</time>"), {"timezone": None}, f"{NOT_KNOWN}. They are taken for UTC"),
        (
            six("<time datetime=2026-02-05T10:00>x</time>"),
            {"timezone": None, "zone_doubt": "the page names two"},
            f"{NOT_KNOWN}: the page names two.",
        ),
        ("".join(card(number, "News") for number in range(5)), {}, '5 of 5 items have the title "News".'),
    ],
)
def test_what_readers_would_stumble_over_is_said(
    preview: Callable[..., FeedPreview], html: str, settings: dict[str, Any], warning: str
) -> None:
    found = preview(html, **settings).warnings
    assert any(one.startswith(warning) for one in found), found


def test_nothing_is_said_of_a_zone_that_no_date_needs(preview: Callable[..., FeedPreview]) -> None:
    for inside in ("", "<time datetime=2026-02-05>x</time>"):
        assert not any("zone" in one for one in preview(six(inside), timezone=None).warnings)


def test_what_is_missing_in_one_entry_stands_at_it(preview: Callable[..., FeedPreview]) -> None:
    view = preview(card(0, "The harbour of the…") + card(1, inside="<time>soon</time>"), date="time")
    assert [entry.problems for entry in sorted(view.entries, key=lambda one: one.card)] == [
        ("title cut short", "no date"),
        ("date not understood",),
    ]


def test_the_template_says_it_all_and_escapes(preview: Callable[..., FeedPreview]) -> None:
    inside = (
        '<time datetime="2026-02-05T09:30">x</time><p class="s">&lt;script&gt;x&lt;/script&gt;</p><img src="/p.jpg">'
    )
    html = rendered(preview(card(0, "&lt;b&gt;Harbour&lt;/b&gt; opens early", inside) + card(1), summary=".s"))
    assert not html.find_all(["script", "b", "img"])
    first = html.select_one('[data-card="0"]')
    assert first is not None
    assert "5 February 2026, 09:30 UTC+4" in " ".join(first.get_text().split())
    assert [one["href"] for one in first.find_all("a")] == ["https://example.org/a/0"]
    assert "no date" in " ".join(html.select('[data-card="1"]')[0].get_text().split())
    assert len(html.select(".preview-warnings li")) == 2


def test_pictures_stand_there_only_where_they_may_be_asked_for(preview: Callable[..., FeedPreview]) -> None:
    inside = '<img src="/p.jpg">'
    assert not rendered(preview(card(0, inside=inside))).find_all("img")
    (picture,) = rendered(preview(card(0, inside=inside), shows_pictures=True)).find_all("img")
    assert picture["src"] == "https://example.org/p.jpg"
    assert picture["referrerpolicy"] == "no-referrer"
