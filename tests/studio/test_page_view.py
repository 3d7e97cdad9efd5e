"""A page as the frame shows it: what stays, under which number, and what people are told."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup, Tag
from selectolax.lexbor import LexborHTMLParser

from feedbuilder.detect import detect
from feedbuilder.model import ExtractError
from feedbuilder.parse.element_numbers import elements_in_order
from feedbuilder.studio import page_view
from feedbuilder.studio.page_notes import asked_for, page_notes
from feedbuilder.studio.page_view import ShownPage, view_of
from feedbuilder.teach.taught_page import TaughtPage
from tests.cli.conftest import STORIES, list_page

URL = "https://paper.example/news/"


def view(html: str, *, loads: bool = False, url: str = URL) -> ShownPage:
    return view_of(html, url, loads=loads)


def shown(html: str, *, loads: bool = False, url: str = URL) -> BeautifulSoup:
    made = view(html, loads=loads, url=url)
    return BeautifulSoup(
        f"{made.doctype}<html{made.html_attributes}><head>{made.head}</head>"
        f"<body{made.body_attributes}>{made.body}</body></html>",
        "html5lib",
    )


def only(soup: BeautifulSoup, css: str) -> Tag:
    (found,) = soup.select(css)
    return found


def test_every_element_carries_its_number() -> None:
    html = (
        "<!doctype html><html lang=de><head><title>N</title><script>x</script></head><body class=home>"
        "<!-- c --><ul><li><a href=/a>One</a><li><a href=/b>Two</a></ul><template><p>t</p></template>"
        "<svg viewBox='0 0 1 1'><path d='M0 0'/></svg><noscript><p>three</p></noscript>"
        "<table><tr><td>four</table><form action=/x><button>five</button></form>"
    )
    elements = elements_in_order(LexborHTMLParser(html))
    soup = shown(html)
    numbered = {int(str(tag["data-n"])): tag for tag in soup.select("[data-n]")}
    assert len(numbered) == len(soup.select("[data-n]"))
    named = {number: (elements[number].tag, elements[number].text(strip=True)) for number in numbered}
    assert {name for name, _ in named.values()} >= {
        "html",
        "body",
        "li",
        "a",
        "svg",
        "path",
        "noscript",
        "td",
        "button",
    }
    for number, tag in numbered.items():
        if tag.name not in ("html", "body"):
            assert tag.get_text(strip=True) == named[number][1]
            assert str(tag.get("data-was", tag.name)).lower() == str(named[number][0]).lower()
    assert (numbered[0].name, numbered[0]["lang"], only(soup, "body")["class"]) == ("html", "de", ["home"])


def test_what_learns_from_clicks_counts_alike() -> None:
    html = list_page()
    taught = TaughtPage(html, URL, now=datetime(2026, 2, 6, tzinfo=UTC))
    selectors = detect(taught.page).candidates[0].selectors
    soup = shown(html)
    cards = taught.numbers_of_cards(selectors)
    assert len(cards) == len(STORIES)
    for card, (_, title, *_rest) in enumerate(STORIES):
        (number,) = taught.numbers_of_field(selectors, "title", card)
        assert only(soup, f'[data-n="{number}"]').get_text(" ", strip=True) == taught.text_of(number) == title
        assert only(soup, f'[data-n="{cards[card][0]}"]').select(f'[data-n="{number}"]')


def test_numbers_of_its_own_are_not_believed() -> None:
    soup = shown('<p data-n="3" data-link="x" data-was="y" data-N=4 data-nice=1>a</p>')
    assert only(soup, "p").attrs == {"data-n": "3", "data-nice": "1"}  # it is the third, after html, head and body


def test_text_stays_what_it_was() -> None:
    text = "a & b &lt;i&gt; &amp;amp; “q” \u00a0 年"
    assert only(shown(f"<p>{text}</p>"), "p").get_text() == BeautifulSoup(text, "html5lib").get_text()
    assert only(shown("<pre>\n\n x\n</pre>"), "pre").get_text() == "\n x\n"
    assert only(shown("<textarea><b>x</textarea><xmp><b>y</xmp>"), "pre").get_text() == "<b>y"


def test_links_lead_nowhere_and_are_marked() -> None:
    soup = shown('<a href="/a">One</a><a name=top>Two</a><a href="javascript:x" ping=/p target=_top download>Three</a>')
    assert [sorted(link.attrs) for link in soup.select("a")] == [
        ["data-link", "data-n"],
        ["data-n"],
        ["data-link", "data-n"],
    ]


def test_without_leave_nothing_is_named_that_a_browser_would_ask_for() -> None:
    html = (
        "<link rel=stylesheet href=/a.css><style>@import '/b.css'; p{background:url(/c.png)}</style>"
        "<body background=/d.png><img src=/e.jpg srcset='/f.jpg 2x'><p style='background:url(/g.png)'>"
        "<video poster=/h.jpg src=/i.mp4></video><picture><source srcset=/j.webp><img src=/k.jpg></picture>"
        "<input type=image src=/l.png><svg><image href=/m.png /><use href='/n.svg#x'/></svg><object data=/o></object>"
    )
    for tag in shown(html).find_all(True):
        assert not {"src", "srcset", "href", "background", "poster", "data"} & set(tag.attrs), tag
        assert "paper.example" not in str(tag.attrs)
    assert "/b.css" not in view(html).head
    assert "/c.png" not in view(html).head
    made = view(html)
    assert (made.stylesheets, made.pictures, made.hosts) == (1, 4, ("paper.example",))
    assert page_notes(made)[0] == "1 stylesheet and 4 pictures from paper.example are not loaded."


def test_with_leave_styles_and_pictures_are_there_by_whole_addresses() -> None:
    html = (
        "<base href='https://cdn.example/x/'><link rel=stylesheet href=a.css media=screen>"
        "<link rel=preload as=style href=late.css onload=x><link rel='alternate stylesheet' href=no.css>"
        "<link rel=preload href=no2.css as=style><link rel=icon href=i.png>"
        "<noscript><link rel=stylesheet href=a.css></noscript>"
        "<style>p{background:url(c.png)}</style><img src=e.jpg><p style='background:url(\"g g.png\")'>x</p>"
    )
    soup = shown(html, loads=True)
    assert [(link["href"], link.get("media")) for link in soup.select("link")] == [
        ("https://cdn.example/x/a.css", "screen"),
        ("https://cdn.example/x/late.css", None),
    ]
    assert only(soup, "style").string == 'p{background:url("https://cdn.example/x/c.png")}'
    assert only(soup, "img")["src"] == "https://cdn.example/x/e.jpg"
    assert only(soup, "p")["style"] == 'background:url("https://cdn.example/x/g%20g.png")'
    assert not soup.select("base")
    assert page_notes(view(html, loads=True))[0] == "2 stylesheets and 3 pictures from cdn.example are loaded."


@pytest.mark.parametrize(
    ("page", "picture", "is_asked"),
    [
        (URL, "http://paper.example/p.jpg", False),
        ("http://paper.example:81/", "http://paper.example:81/p.jpg", True),
        ("http://paper.example:81/", "http://paper.example/p.jpg", False),
        ("http://paper.example/", "http://127.0.0.1:8767/leave", False),
        (URL, "data:image/png;base64,AAAA", False),
        (URL, "javascript:x", False),
        (URL, "//cdn.example/p.jpg", True),
    ],
)
def test_pictures_come_encrypted_or_from_the_site_itself(page: str, picture: str, is_asked: bool) -> None:
    for html in (f"<img src='{picture}'>", f"<p style=\"background:url('{picture}')\">x</p>"):
        assert (view(html, loads=True, url=page).pictures == 1) is is_asked
        assert ("p.jpg" in view(html, loads=True, url=page).body) is is_asked


@pytest.mark.parametrize(
    ("html", "sources"),
    [
        ("<img class=lazy data-src=/p.jpg src=data:image/gif;base64,R0>", ["/p.jpg"]),
        ("<img data-src=/p.jpg><noscript><img src=/p.jpg></noscript>", ["/p.jpg"]),
        ("<noscript><img src=/p.jpg></noscript>", ["/p.jpg"]),
        ("<img src=/a.jpg><p>x</p><noscript><img src=/p.jpg></noscript>", ["/a.jpg", "/p.jpg"]),
        ("<img data-src=/p.jpg><noscript><p>Hello</p><img src=/q.jpg></noscript>", ["/p.jpg", "/q.jpg"]),
        ("<picture><source srcset='/w.webp 800w'><img src=data:,></picture>", ["/w.webp"]),
        ("<picture><source data-srcset='/w.webp 800w'><img src=/p.jpg></picture><img src=data:,>", ["/p.jpg"]),
    ],
)
def test_pictures_that_wait_for_a_script_are_there_once(html: str, sources: list[str]) -> None:
    found = [
        str(image["src"]).removeprefix("https://paper.example") for image in shown(html, loads=True).select("[src]")
    ]
    assert found == sources


def test_drawings_stay_but_for_what_acts_in_them() -> None:
    soup = shown(
        "<svg viewBox='0 0 9 9' onload=x><defs><path id=a d='M0 0'/></defs><use href='#a'/><use xlink:href='//e/x#a'/>"
        "<style>p{}</style><animate attributeName=href to=javascript:x /><a href=javascript:x><text>k</text></a>"
        "<rect width=1 height=1 fill='url(#g)'/><rect fill='url(//e/x)'/></svg>after"
    )
    drawing = only(soup, "svg")
    assert [tag.name for tag in drawing.find_all(True)] == ["defs", "path", "use", "use", "rect", "rect"]
    assert [tag.get("href") for tag in drawing.find_all("use")] == ["#a", None]
    assert [tag["fill"] for tag in drawing.find_all("rect")] == ['url("#g")', "none"]
    assert "after" in soup.get_text()


def test_a_page_that_hides_its_root_is_not_obeyed() -> None:
    made = view("<html style='display:none!important'><body style='opacity:0 ! IMPORTANT'><p style='x:y!important'>")
    assert "important" not in made.html_attributes + made.body_attributes
    assert "important" in made.body


def test_what_is_taken_out_is_told() -> None:
    made = view("<script>x</script><script>y</script><iframe src=x></iframe><form><input></form><p>Hi</p>")
    assert page_notes(made) == ("Taken out, for nothing of the page may act here: 1 form, 1 frame and 2 scripts.",)
    assert page_notes(view("<script>x</script>"))[0] == "The page shows nothing without scripts."


def test_whom_it_would_ask_is_told() -> None:
    made = view(
        "".join(f"<img src='https://{host}.example/p.jpg'>" for host in "abcde") + "<img src='//e.example/q.jpg'>"
    )
    assert page_notes(made) == ("6 pictures from e.example, a.example, b.example and 2 other hosts are not loaded.",)
    assert asked_for(made) == "6 pictures from e.example and 4 other hosts"


@pytest.mark.parametrize(
    ("doctype", "kept"),
    [
        ("<!doctype html>", True),
        (
            '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">',
            True,
        ),
        ("", False),
        ("<!doctype html [<!entity x '<script>'>]>", False),
    ],
)
def test_the_doctype_by_which_a_browser_lays_out_stays(doctype: str, kept: bool) -> None:
    assert view(f"{doctype}<p>x").doctype == (doctype if kept else "")


# pages that are too large


def test_of_a_page_with_too_many_elements_the_beginning_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_view, "MOST_ELEMENTS", 50)
    made = view("<ul>" + "<li>x" * 100 + "</ul>after")
    assert (made.shown, made.is_cut) == (50, True)
    assert len(BeautifulSoup(made.body, "html5lib").select("li")) < 50
    assert made.body.endswith("</li></ul>")
    assert "its first 50 elements" in page_notes(made)[0]


@pytest.mark.parametrize("html", ["<p>" + "&amp;" * 2_000_000, "<p>a" * 99_000 + "<b>" + "x" * 4_000_000])
def test_no_more_is_written_than_a_browser_takes_well(html: str) -> None:
    made = view(html)
    assert len(made.body) < page_view.MOST_CHARACTERS * 5 + 1_000  # an escaped sign takes five
    assert made.is_cut


def test_a_hundred_thousand_elements_are_shown() -> None:
    made = view("<p>x" * 99_900)
    assert (made.shown, made.is_cut) == (99_902, False)


def test_a_page_that_nothing_here_would_read_is_refused() -> None:
    for monster in ("<p>" * 200_000, "<div>" * 20_000):
        with pytest.raises(ExtractError):
            view(monster)


def test_attributes_without_end_go() -> None:
    assert only(shown(f'<p title="{"x" * 5_000}" class=a>y</p>'), "p").attrs == {"data-n": "3", "class": ["a"]}


def test_styles_without_end_are_left_out_and_told() -> None:
    made = view(f"<style>{'p{}' * 600_000}</style><style>b{{}}</style><p>x")
    assert made.head == "<style>b{}</style>"
    assert "It has more styles of its own than can be shown." in page_notes(made)
