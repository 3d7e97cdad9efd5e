"""What is read from one card, by rules and without."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from feedbuilder.model import Item, Precision, SaidDate, Source

Only = Callable[..., Item]
WHOLE = "Iran and US Return to Nuclear Talks in Oman"


def test_without_rules_heading_link_time_and_picture_are_found(only: Only) -> None:
    item = only(
        '<a href="/category/world" rel="tag">World</a><img src="/a.jpg">'
        '<h3><a href="/a">Talks</a></h3><p>Not asked for</p><time datetime="2026-02-06T12:35+04:00">just now</time>'
    )
    assert item == Item(
        canonical="example.org/a",
        link="https://example.org/a",
        title="Talks",
        published=SaidDate(datetime(2026, 2, 6, 8, 35, tzinfo=UTC)),
        image="https://example.org/a.jpg",
    )


@pytest.mark.parametrize(
    ("inside", "title"),
    [
        ('<h3><a href="/a">Talks</a></h3>', "Talks"),
        ('<a href="/a"><img src="x.jpg"></a><a href="/a">Talks</a><a href="/a">Read More</a>', "Talks"),
        ('<h5>Video</h5><h2><a href="/a">Talks</a></h2>', "Talks"),
        ('<a href="/a"><h2>Talks</h2><p>More</p></a>', "Talks"),
        (f'<h3><a href="/a" title="{WHOLE}">Iran and US Ret…</a></h3>', WHOLE),
        (f'<h3><a href="/a" aria-label="{WHOLE}">Iran and US Ret...</a></h3>', WHOLE),
        (f'<h3 title="{WHOLE}"><a href="/a">Iran and US</a></h3>', WHOLE),
        (f'<img alt="{WHOLE}"><h3><a href="/a">Iran and US Ret…</a></h3>', WHOLE),
        ('<img alt="US soldiers on patrol"><h3><a href="/a">US</a></h3>', "US"),
        ('<h3><a href="/a" title="Read more about this">Talks</a></h3>', "Talks"),
        (f'<a href="/a"><img alt="{WHOLE}"></a>', WHOLE),
        ('<a href="/a">Read More</a><span>129</span>', None),
        ('<h3>129</h3><a href="/a">阅读全文</a>', None),
    ],
)
def test_the_default_title(only: Only, inside: str, title: str | None) -> None:
    assert only(inside).title == title


@pytest.mark.parametrize(
    "share",
    [
        "https://wa.me/?text=https%3A%2F%2Fexample.org%2Fa",
        "https://api.whatsapp.com/send?text=Talks https://example.org/a",
        "whatsapp://send?text=https://example.org/a",
        "https://t.me/share/url?url=https://example.org/a",
        "https://www.facebook.com/sharer/sharer.php?u=x",
        "https://twitter.com/intent/tweet?text=x",
        "https://share.example.com/to?u=https%3A%2F%2Fwww.example.org%2Fa",
        "https://share.example.com/to?u=https://m.example.org/a",
        "/login?next=https://example.org/a",
        "mailto:?body=https://example.org/a",
        "tel:123",
        "javascript:share()",
        "data:text/html,x",
        "#",
        "",
        "   ",
        "/news/",
        "?utm_source=x#top",
        "http://[broken",
        "https://exa mple.org/",
    ],
)
def test_links_that_do_not_lead_on_are_passed_over(only: Only, share: str) -> None:
    assert only(f'<a href="{share}">Share</a><a href="/a">Talks</a>').link == "https://example.org/a"
    assert only(f'<a href="{share}">Share</a><a href="/a">Talks</a>', link="a").link == "https://example.org/a"


@pytest.mark.parametrize(
    ("base", "href", "link"),
    [
        ("", "a", "https://example.org/news/a"),
        ("", "../a", "https://example.org/a"),
        ("", "/a", "https://example.org/a"),
        ("", "//cdn.example.org/a", "https://cdn.example.org/a"),
        ("", " /a\n/b ", "https://example.org/a/b"),
        ("", "?story=2", "https://example.org/news/?story=2"),
        ("", "/a?utm_source=x&amp;id=1#c", "https://example.org/a?id=1"),
        ("", "/ü b", "https://example.org/%C3%BC%20b"),
        ('<base href="/x/">', "a", "https://example.org/x/a"),
        ('<base href="https://other.example/">', "a", "https://other.example/a"),
        ('<base href="http://[broken">', "a", "https://example.org/news/a"),
    ],
)
def test_links_become_absolute(only: Only, base: str, href: str, link: str) -> None:
    assert only(f'{base}<a href="{href}">Talks</a>').link == link


def test_alternatives_are_tried_in_order_until_one_gives_a_text(only: Only) -> None:
    inside = f'<h2><a href="/a" title="{WHOLE}">Iran…</a></h2>'
    assert only(inside, title=["h2 a@title", "h2 a"]).title == WHOLE
    assert only(inside, title=["h1", "h2 a@data-title", "h2 a"]).title == "Iran…"
    assert only('<h2>Read More</h2><h3>Talks</h3><a href="/a">x</a>', title=["h2", "h3"]).title == "Talks"


def test_join_puts_together_what_is_there(only: Only) -> None:
    rule = {"join": [".day", ".time"], "separator": " | "}
    link = '<a href="/a">Talks</a>'
    assert only(f'{link}<i class="day">Feb</i><i class="time">6</i>', title=rule).title == "Feb | 6"
    assert only(f'{link}<i class="day">Feb</i>', title=rule).title == "Feb"
    assert only(link, title=rule).title is None


def test_match_keeps_a_part(only: Only) -> None:
    inside = '<a href="/a">Talks</a><i>Post by : Jane Doe</i>'
    assert only(inside, author={"select": "i", "match": "by : (.+)"}).authors == ("Jane Doe",)
    assert only(inside, author={"select": "i", "match": "Jane"}).authors == ("Jane",)
    assert only(inside, author={"select": "i", "match": "Joe"}).authors == ()


def test_attributes_of_the_item_itself(items: Callable[..., tuple[Item, ...]]) -> None:
    (item,) = items('<li data-url="/a" data-name="Talks">x</li>', "li", link="@data-url", title="@data-name")
    assert (item.link, item.title) == ("https://example.org/a", "Talks")


def test_a_link_rule_takes_the_link_matched_or_in_it_or_around_it(only: Only) -> None:
    assert only('<a href="/x">X</a><p><a class="go" href="/a">A</a></p>', link=".go").link == "https://example.org/a"
    assert only('<a href="/x">X</a><p><a href="/a">A</a></p>', link="p").link == "https://example.org/a"
    assert only('<a href="/x">X</a><a href="/a"><b>A</b></a>', link="b").link == "https://example.org/a"


def test_a_summary_loses_what_is_no_part_of_it(only: Only) -> None:
    def summary(markup: str) -> str | None:
        return only(f'<a href="/a">Talks</a>{markup}', summary="p").summary

    assert summary("<p>Talks &amp; more… <a href='/a'>Read More</a></p>") == "Talks & more…"
    assert summary("<p>&lt;p&gt;Talks &amp;amp; more&lt;/p&gt; &lt;strong style=") == "Talks & more"
    assert summary("<p>a &lt;b&gt; c</p>") == "a <b> c"
    assert summary("<p>129</p><p>Talks</p>") == "Talks"
    assert summary("<p><script>alert(1)</script></p>") is None
    assert summary("") is None


def test_every_match_of_tags_is_one_tag(only: Only) -> None:
    inside = '<a href="/a">Talks</a><i>#World News</i><i>world news</i><i>#</i><i>Global</i>'
    assert only(inside, tags="i").tags == ("World News", "Global")


@pytest.mark.parametrize(
    ("markup", "image"),
    [
        ('<img src="../upload/a.jpg">', "https://example.org/upload/a.jpg"),
        ('<img src="data:image/gif;base64,R0" data-src="/a.jpg">', "https://example.org/a.jpg"),
        ('<img src="/img/placeholder.png" data-original="/a.jpg">', "https://example.org/a.jpg"),
        ('<img src="/s.jpg" srcset="/s.jpg 320w, /m.jpg 1200w, /l.jpg 4000w">', "https://example.org/m.jpg"),
        ('<img srcset="/l.jpg 4000w, /xl.jpg 9000w">', "https://example.org/l.jpg"),
        ('<img srcset="/a.jpg 1x, /b.jpg 2x">', "https://example.org/b.jpg"),
        ('<img src="/t.gif" width="1" height="1"><img src="/a.jpg">', "https://example.org/a.jpg"),
        ('<picture><source srcset="/a.webp 800w"><img src="data:,"></picture>', "https://example.org/a.webp"),
        ("<div style=\"background-image: url('/a.jpg')\"></div>", "https://example.org/a.jpg"),
        ('<noscript><img src="/a.jpg"></noscript>', "https://example.org/a.jpg"),
        ('<img src="javascript:alert(1)">', None),
        ('<img src="">', None),
        ('<img srcset=", ,,">', None),
    ],
)
def test_the_picture(only: Only, markup: str, image: str | None) -> None:
    assert only(f'<a href="/a">Talks</a>{markup}').image == image
    assert only(f'<a href="/a">Talks</a>{markup}', image="img, picture, div").image == image


def test_an_image_rule_may_name_attributes(only: Only) -> None:
    inside = '<a href="/a">Talks</a><img data-pic="/a.jpg" data-set="/b.jpg 1x" data-srcset="/c.jpg 2w, /d.jpg 3w">'
    assert only(inside, image="img@data-pic").image == "https://example.org/a.jpg"
    assert only(inside, image=["img@missing", "img@data-srcset"]).image == "https://example.org/d.jpg"


def test_a_machine_written_date_beats_the_text_and_the_text_helps_out(only: Only) -> None:
    link = '<a href="/a">Talks</a>'
    exact = SaidDate(datetime(2026, 2, 6, 8, 35, tzinfo=UTC))
    assert only(f'{link}<time datetime="2026-02-06T08:35Z">Feb 5</time>', date="time").published == exact
    assert only(f'{link}<time datetime="soon">Feb. 6, 2026 12:35 p.m.</time>', date="time").published == exact
    assert only(f'{link}<time datetime="soon">Feb. 6, 2026 12:35 p.m.</time>').published == exact
    joined = {"join": ["small:nth-of-type(1)", "small:nth-of-type(2)"]}
    smalls = "<small>Feb. 6, 2026</small><small>12:35 p.m.</small><small>129</small>"
    assert only(link + smalls, date=joined).published == exact
    day = SaidDate(datetime(2026, 2, 5, 20, tzinfo=UTC), Precision.DAY)
    assert only(f"{link}<small>Feb. 6, 2026</small>", date=joined).published == day
    assert only(link, date=joined).published is None


def test_hostile_lengths_are_cut(only: Only) -> None:
    item = only(
        f'<h2><a href="/a">{"x" * 9999}</a></h2><p>{"y" * 99999}</p><i>{"z" * 999}</i>', summary="p", author="i"
    )
    assert len(item.title or "") == 500
    assert len(item.summary or "") == 5_000
    assert len(item.authors[0]) == 200


@pytest.mark.parametrize(
    "portrait",
    [
        '<img class="avatar" src="/p.jpg">',
        '<div class="post-author"><span><img src="/p.jpg" width="60"></span></div>',
        '<div class="byline"><picture><source srcset="/p.webp 1x"><img src="/p.jpg"></picture></div>',
        '<img src="https://secure.gravatar.com/avatar/0?s=96">',
        '<img src="/media/avatars/7.png">',
    ],
)
def test_a_portrait_of_the_author_is_not_the_picture(only: Only, portrait: str) -> None:
    link = '<a href="/a">Talks go on in Oman</a>'
    assert only(portrait + link).image is None
    assert only(f'{portrait}{link}<img src="/story.jpg">').image == "https://example.org/story.jpg"
    assert only(portrait + link, image="img").image is not None


def test_a_picture_in_a_card_called_by_its_author_is_the_picture(items: Callable[..., tuple[Item, ...]]) -> None:
    html = '<div class="author-post"><a href="/a">Talks</a><figure class="authority"><img src="/s.jpg"></figure></div>'
    assert [item.image for item in items(html, ".author-post")] == ["https://example.org/s.jpg"]


@pytest.mark.parametrize("text", ["Feb. 5, 2026, 9:20 a.m. 134", "20.11.2025 | 14:30 Uhr", "2 hours ago · 12"])
def test_a_date_with_a_counter_is_no_summary(only: Only, text: str) -> None:
    card = f'<a href="/a">Talks</a><p>{text}</p>'
    assert only(card, summary="p").summary is None
    assert only(f"{card}<p>Ministers met on 5 Feb 2026.</p>", summary="p").summary == "Ministers met on 5 Feb 2026."


def test_a_picture_as_small_as_a_portrait_gives_way_to_any_other(only: Only) -> None:
    small = '<img src="/p.jpg" width="48" height="48"><a href="/a">Talks</a>'
    assert only(small).image == "https://example.org/p.jpg"
    assert only(f'{small}<img src="/story.jpg">').image == "https://example.org/story.jpg"


@pytest.mark.parametrize(
    ("rule", "title"),
    [
        ({"join": [".a", ".b"], "template": "{} by {}!"}, "Locks by Ann!"),
        ({"join": [".a", ".b"], "template": "About {}"}, "About Locks Ann"),
        ({"join": [".a", ".none"], "template": "{} by {}"}, "Plainly"),
        ({"join": [".a", ".b"], "template": "{} by {}", "steps": ["upper"]}, "LOCKS BY ANN"),
    ],
)
def test_a_template_over_several_fields_needs_all_of_them(only: Callable[..., Item], rule: Any, title: str) -> None:
    inside = '<a href="/a">x</a><i class="a"> Locks </i><i class="b">Ann</i><i class="c">Plainly</i>'
    assert only(inside, title=[rule, ".c"]).title == title


@pytest.mark.parametrize("rule", [{"select": "a", "template": "{} {}"}, {"join": ["a", "b"], "template": "{} {} {}"}])
def test_a_template_with_more_places_than_parts_is_refused(source: Callable[..., Source], rule: Any) -> None:
    with pytest.raises(ValueError, match=r"expected a template with one \{\} in it"):
        source(title=rule)
