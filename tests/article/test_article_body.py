"""The text of an article and the HTML that it stands in; and what a source's own selectors read."""

from __future__ import annotations

import pytest

from feedbuilder.article import article_body
from feedbuilder.content.clean_html import content_html
from feedbuilder.model import ExtractError
from tests.article.conftest import URL, Reader
from tests.article.layouts import CARDS, text

BETWEEN = (
    '<figure><img src="/bridge.jpg"><figcaption>The bridge on Friday.</figcaption></figure>'
    '<div class="ad"><p>Buy a boat now and pay for it when the ferries have stopped for good.</p></div>'
    '<blockquote class="twitter-tweet"><a href="https://twitter.com/a/status/1">A tweet</a></blockquote>'
    "<ul><li>A first point that is long enough to be told from all the others.</li>"
    "<li>A second point that is long enough to be told from all the others.</li></ul>"
)
PAGE = (
    f"<body><main><article><h1>Bridge Opens</h1>{text('en', 3)}{BETWEEN}{text('de', 3)}"
    f'<div class="share"><a href="https://facebook.com/sharer">Share</a></div></article>'
    f'<div class="related">{CARDS}</div></main></body>'
)


def test_the_html_is_the_pages_own_with_figures_lists_and_embeds_among_the_text(read: Reader) -> None:
    found = read(PAGE, full=True)
    assert found.origins["body"] == "trafilatura"
    assert found.content_html is not None
    for part in (
        "<figcaption>The bridge on Friday.</figcaption>",
        "https://twitter.com/a/status/1",
        "<ul><li>A first point",
    ):
        assert part in found.content_html
    for other in ("Buy a boat", "Another story", "Nobody Number", "sharer"):
        assert other not in found.content_html
        assert other not in (found.body or "")


def test_the_html_becomes_clean_content(read: Reader) -> None:
    found = read(PAGE, full=True)
    clean = content_html(found.content_html or "", found.url)
    assert clean is not None
    assert 'src="https://strait.example/bridge.jpg"' in clean
    assert clean.count("The bridge was opened") == 9


def test_the_text_is_not_looked_for_unless_asked(read: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(article_body, "_trafilatura", lambda: pytest.fail("it was asked"))
    found = read(PAGE)
    assert (found.body, found.content_html) == (None, None)


def test_without_the_extra_all_but_the_text_is_read(read: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(article_body, "installed", lambda: False)
    found = read(PAGE, full=True)
    assert (found.title, found.body, "body" in found.origins) == ("Bridge Opens", None, False)


def test_a_page_without_a_text_has_none(read: Reader) -> None:
    assert read("<h1>Bridge</h1>", full=True).body is None


def test_after_a_mishap_of_trafilatura_the_sentences_under_the_heading_are_the_text(
    read: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken:
        def extract(self, *_: object, **__: object) -> str:
            raise AttributeError("nobody thought of this page")

    monkeypatch.setattr(article_body, "_trafilatura", Broken)
    body = read(PAGE, full=True).body or ""
    assert "Broken" not in body
    assert (body.count("The bridge was opened"), "Another story" in body) == (9, False)


SELECTED = """<main><h1>Wrong</h1><h2 class="real">Right <b>Title</b></h2><b class="d">6 Feb. 2026</b> <i>12:35</i>
<p class="w">By Ann Lee and Bo Ek</p><img class="pic" src="/right.jpg"><div class="t"><a>One</a><a>#Two</a></div>
<div class="text"><p>First <b>part</b>.</p>loose words<br>
a line<script>no()</script></div><div class="text">Second</div>
<time datetime="2020-01-01">1</time><meta name="keywords" content="a, b"></main>"""


def test_a_sources_selectors_are_read_instead(read: Reader) -> None:
    rules = {
        "title": "h2.real",
        "date": {"join": [".d", "i"]},
        "author": ".w",
        "image": "img.pic",
        "tags": ".t a",
        "content": ".text",
    }
    found = read(SELECTED, full=True, article=rules, timezone="Asia/Dubai")
    assert found.title == "Right Title"
    assert found.written() == "2026-02-06T12:35:00+04:00"
    assert found.authors == ("Ann Lee", "Bo Ek")
    assert found.image == "https://strait.example/right.jpg"
    assert found.tags == ("One", "Two")
    assert found.body == "First part.\nloose words\na line\nSecond"
    assert set(found.origins.values()) == {"selector"}


def test_a_selector_that_finds_nothing_leaves_its_field_out_and_the_others_alone(read: Reader) -> None:
    found = read(SELECTED, full=True, article={"tags": ".nothing", "content": ".nothing"})
    assert (found.tags, found.body, found.title) == ((), None, "Wrong")


def test_matches_within_matches_come_once(read: Reader) -> None:
    found = read("<div class=a><div class=a>Inner</div> outer</div>", full=True, article={"content": ".a"})
    assert found.body == "Inner\nouter"


def test_a_selector_that_is_not_valid_is_told(read: Reader) -> None:
    with pytest.raises(ExtractError, match='The content selector "p\\[" is not valid'):
        read(PAGE, full=True, article={"content": "p["})
    with pytest.raises(ExtractError, match="The tags selector"):
        read(PAGE, article={"tags": "p["})


def test_the_address_of_the_page_is_the_articles_url(read: Reader) -> None:
    assert read(PAGE).url == URL


PAGE_WITH_ADVERTS = """<title>Bridge opens</title><main><h1>Bridge opens</h1><div class="promo"><h1>Our app</h1></div>
<div class="story"><p>The bridge opened at noon, after eleven years of work on both shores.</p>
<p class="promo">Read it in our app.</p></div></main>"""


def test_what_is_to_be_removed_is_not_there_for_whatever_reads_the_page(read: Reader) -> None:
    kept = read(PAGE_WITH_ADVERTS, full=True, article={"content": ".story"})
    assert "in our app" in (kept.content_html or "")
    gone = read(PAGE_WITH_ADVERTS, full=True, article={"content": ".story", "remove": [".promo", "xpath://nav"]})
    assert gone.content_html == "<p>The bridge opened at noon, after eleven years of work on both shores.</p>"
    assert read(PAGE_WITH_ADVERTS, article={"title": "h1", "remove": "main > h1"}).title == "Our app"
    with pytest.raises(ExtractError, match='The selector of remove "p\\[" is not valid'):
        read(PAGE_WITH_ADVERTS, article={"remove": "p["})


def test_the_text_may_be_named_by_xpath(read: Reader) -> None:
    expression = "xpath://div[@class='story'] | //div[@class='story']/p[1]"
    found = read(PAGE_WITH_ADVERTS, full=True, article={"content": expression})
    assert (found.body or "").splitlines()[0].startswith("The bridge opened")
    assert (found.body or "").count("The bridge opened") == 1
