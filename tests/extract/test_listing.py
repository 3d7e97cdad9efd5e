"""Whole pages: which cards there are, in which order, and what is wrong when there are none."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from feedbuilder.extract import check_selector, extract
from feedbuilder.model import ExtractError, Item, Page, Precision, SaidDate, Source

Items = Callable[..., tuple[Item, ...]]


def titles(items: tuple[Item, ...]) -> list[str | None]:
    return [item.title for item in items]


def test_page_order_is_kept_and_doubles_are_merged_at_the_first_place(items: Items) -> None:
    got = items(
        """<!doctype html>
        <div class=card><a href="/a?utm_source=x">Iran and US Ret…</a><small>Feb. 6, 2026</small></div>
        <div class=card><a href=/b>Other</a></div>
        <div class=card><a href="http://www.example.org/a/">Iran and US Return</a><p>Summary</p><i>#World</i>
          <img src=/a.jpg><small>Feb. 6, 2026 12:35 p.m.</small></div>
        """,
        summary="p",
        date="small",
        tags="i",
    )
    assert [(item.position, item.canonical) for item in got] == [(0, "example.org/a"), (1, "example.org/b")]
    assert got[0] == Item(
        canonical="example.org/a",
        link="https://example.org/a",
        title="Iran and US Return",
        summary="Summary",
        published=SaidDate(datetime(2026, 2, 6, 8, 35, tzinfo=UTC), Precision.INSTANT),
        image="https://example.org/a.jpg",
        tags=("World",),
    )


def test_a_missing_field_never_loses_the_item(items: Items) -> None:
    got = items(
        "<p class=card><a href=/a></a>", title="h2", summary="p i", date="time", image="img", author="b", tags="u"
    )
    assert got == (Item(canonical="example.org/a", link="https://example.org/a"),)


HEADINGS = """<h2>News</h2><div>
    <h3><a href=/1>A</a></h3> <i>-</i> <p>a</p>
    <h3><a href=/2>B</a></h3> <p>b</p>
    </div><p>x</p>"""
ROWS = """<table>
    <tr class=t><td><a href=/1>A</a> <tr><td><p>a</p>
    <tr class=t><td><a href=/2>B</a> <tr><td><p>b</p>
    </table>"""
SECTIONS = """
    <section><h3><a href=/1>A</a></h3><p>a</p></section>
    <section><h3><a href=/2>B</a></h3><p>b</p></section>"""
BETWEEN = {
    "headings and paragraphs": (HEADINGS, "h3"),
    "the links in headings": (HEADINGS, "h3 a"),
    "a definition list": ("<dl><dt><a href=/1>A</a><dd><p>a</p><dt><a href=/2>B</a><dd><p>b</p></dl>", "dt"),
    "pairs of rows": (ROWS, "tr.t"),
    "a run of links": ("<div><a href=/1>A</a> <p>a</p><br><a href=/2>B</a> <p>b</p></div>", "div > a"),
    "sections of one": (SECTIONS, "h3"),
}


@pytest.mark.parametrize("layout", BETWEEN)
def test_items_without_an_element_of_their_own(items: Items, layout: str) -> None:
    html, item = BETWEEN[layout]
    got = items(f"<!doctype html>{html}", item, between=True, summary="p")
    assert [(item.link[-2:], item.title, item.summary) for item in got] == [("/1", "A", "a"), ("/2", "B", "b")]


def test_a_lone_item_reaches_to_the_end_of_its_container(items: Items) -> None:
    (item,) = items("<div><h3><a href=/1>A</a></h3><p>a</p></div><p>x</p>", "h3 a", between=True, summary="p")
    assert item.summary == "a"


def test_rows_and_list_items_survive_alone(items: Items) -> None:
    assert titles(items("<table><tr><td><a href=/1>A</a><td>x<tr><td><a href=/2>B</a></table>", "tr")) == ["A", "B"]
    assert titles(items("<ul><li><a href=/1>A</a><li><a href=/2>B</a></ul>", "li")) == ["A", "B"]


def test_the_item_may_be_the_link_or_stand_in_it(items: Items) -> None:
    assert titles(items("<a href=/1>A</a><a href=/2>B</a>", "a")) == ["A", "B"]
    assert titles(items("<a href=/1><div class=card><h3>A</h3></div></a>")) == ["A"]


def test_matches_within_matches(items: Items) -> None:
    group = "<div class=card><div class=card><a href=/1>A</a></div><div class=card><a href=/2>B</a></div></div>"
    assert titles(items(group)) == ["A", "B"], "a group is no article"
    story = "<div class=card><a href=/1>A</a><p class=card>Text</p></div>"
    assert [(i.title, i.summary) for i in items(story, summary="p")] == [("A", "Text")], (
        "a part without link belongs to it"
    )
    thread = "<div class=card><a href=/1>A</a><div class=card><a href=/2>B</a><p>b</p></div><p>a</p></div>"
    assert [(i.title, i.summary) for i in items(thread, summary="p")] == [("A", "a"), ("B", "b")], "each has its own"


def test_commented_out_and_template_copies_do_not_exist(items: Items) -> None:
    copy = "<div class=card><a href=/2>B</a></div>"
    html = f"<div class=card><a href=/1>A</a></div><!-- {copy} --><template>{copy}</template><script>'{copy}'</script>"
    assert titles(items(html)) == ["A"]


def test_selectors_that_only_soupsieve_knows(items: Items) -> None:
    html = (
        "<!doctype html><table><tr><td><a href=/1>Ads</a><tr><td><a href=/2>News B</a></table><p><a href=/3>News C</a>"
    )
    assert titles(items(html, 'tr:-soup-contains("News"), p:-soup-contains("News")')) == ["News B", "News C"]


@pytest.mark.parametrize(
    "css",
    [
        "h2 a",
        "li:has(> a)",
        ".card:has(> h2 a)",
        "tr:has(+ tr a, b i)",
        'tr:-soup-contains("x")',
        "a:is(.b, .c) + p",
        "[data-x='1' i]",
    ],
)
def test_selectors_that_can_be_run(css: str) -> None:
    assert check_selector(css) is None
    assert check_selector(f"{css} [") is not None


@pytest.mark.parametrize("css", ["", "h2[", "..a", "a::text", "p:lexbor-contains('x')", "a ! b", "p:made-up", "a,"])
def test_selectors_that_cannot(css: str) -> None:
    reason = check_selector(css)
    assert reason is not None
    assert reason.startswith(f'"{css}" is not valid: ')


@pytest.mark.parametrize(
    ("html", "settings", "message"),
    [
        (
            "<title>Log  in</title>",
            {},
            'The item selector ".card" matched nothing on https://example.org/news/ (title of the page: "Log in")',
        ),
        ("", {}, "https://example.org/news/ is an empty page"),
        ("<p class=card>x<p class=card>y", {}, "matched 2 elements on https://example.org/news/ "),
        ("<p class=card>x<p class=card>y", {}, "but none holds a link to an article"),
        ("<p class=card><a href='#'>x</a>", {}, "matched 1 element on"),
        (
            "<p class=card><a href=/a>x</a>",
            {"link": ["b a", {"join": ["i@href", "u@href"]}]},
            'but "b a" or "i@href + u@href" finds no article link in any',
        ),
        ("x", {"item": "p["}, 'The item selector "p[" is not valid: '),
        ("x", {"title": ["h1", "h2["]}, 'The title selector "h2[" is not valid: '),
        ("<div>" * 10_001, {}, "nested more than 10,000 deep"),
        ("<p>" * 150_001, {}, "has more than 150,000 elements"),
        ("<i></i>" * 20_001, {"item": "i"}, 'The item selector "i" matched 20,001 elements; choose a narrower one'),
        ("<i></i>" * 60_000, {"item": "i:-soup-contains(x)"}, "too many elements for the item selector"),
    ],
)
def test_the_error_says_what_failed_and_on_what(
    page: Callable[..., Page], source: Callable[..., Source], html: str, settings: dict[str, object], message: str
) -> None:
    with pytest.raises(ExtractError) as error:
        extract(page(html), source(**settings))
    assert message in str(error.value)


def test_an_empty_list_may_be_all_right(items: Items) -> None:
    assert items("<p>No news today</p>", allow_empty=True) == ()


def test_relative_dates_count_from_when_the_page_was_fetched(items: Items) -> None:
    (item,) = items("<p class=card><a href=/a>x</a><time>2 hours ago</time>")
    assert item.published == SaidDate(datetime(2026, 2, 6, 9, 5, tzinfo=UTC))


def test_without_a_zone_times_are_utc(items: Items) -> None:
    (item,) = items("<p class=card><a href=/a>x</a><time>Feb. 6, 2026 3 a.m.</time>", timezone=None)
    assert item.published == SaidDate(datetime(2026, 2, 6, 3, 0, tzinfo=UTC))


def test_one_page_sites_keep_fragments(items: Items) -> None:
    html = "<p class=card><a href='#one'>A</a><p class=card><a href='#two'>B</a>"
    got = items(html, keep_fragment=True)
    assert [item.link for item in got] == ["https://example.org/news/#one", "https://example.org/news/#two"]


def test_ten_thousand_items(items: Items) -> None:
    html = "".join(f"<p class=card><a href=/{n}>Title {n}</a>" for n in range(10_000))
    got = items(f"<!doctype html>{html}")
    assert len(got) == 10_000
    assert (got[-1].position, got[-1].title) == (9_999, "Title 9999")


@pytest.mark.parametrize(
    "html",
    [
        "<div class=card><a href=/a>Talks</a>" + "<div>" * 5_000,
        "<div class=card><a href=/a>Talks</a>" * 3_000,
        "<p class=card><a href=/a>Talks</a>" + "<b>" * 3_000 + "x",
        "<p class=card><a href=/a>Talks</a>" + "<" * 100_000,
        "<p class=card><a href=/a>Talks</a><time>" + "1 " * 50_000,
        "<p class=card><a href=/a>Talks</a><img srcset='" + "a 1w, " * 50_000 + "'>",
        "<p class=card><a href=/a>Talks</a>" + "".join(f"<a href=/{n}></a>" for n in range(50_000)),
    ],
    ids=["deep", "cards in cards", "unclosed", "angles", "long date", "long srcset", "many links"],
)
def test_hostile_pages_are_read_all_the_same(items: Items, html: str) -> None:
    assert items(html)[0].title == "Talks"


def test_nothing_illegal_in_xml_comes_out(items: Items) -> None:
    (item,) = items(
        "<p class=card><a href='/a&#1;'>T&#0;a\x08l\udc80k&#xD800;s&#xFFFE;\x00</a><i>&#31;</i>", summary="i"
    )
    text = f"{item.title}{item.summary}{item.link}"
    text.encode("utf-8")
    assert not any(ord(c) < 32 or c in "\ufffe\uffff" for c in text)
