"""Wording: plain text out of markup, and what is no content."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from feedbuilder.parse.boilerplate import is_boilerplate
from feedbuilder.parse.plain_text import clean, text_of, without_markup


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<h2>Tal<b>ks</b> go on</h2>", "Talks go on"),
        ("<div>Feb. 6<br>2026</div>", "Feb. 6 2026"),
        ("<div><p>One.</p><p>Two.</p>Three.</div>", "One. Two. Three."),
        ("<div>Tom &amp; Jerry &lt;3</div>", "Tom & Jerry <3"),
        ("<div>a &amp;lt;b&amp;gt; c</div>", "a &lt;b&gt; c"),
        ("<div>A<script>alert(1)</script><style>p{}</style><!-- no --><template>no</template> B</div>", "A B"),
        ("<p>Talks go on… <a href=/a>Read More</a></p>", "Talks go on…"),
        ("<p>Talks go on. <a>Share</a> <button>Print »</button></p>", "Talks go on."),
        ("<p>As said <a href=/a>here</a>, talks go on.</p>", "As said here, talks go on."),
        ("<a href=/a>Talks go on</a>", "Talks go on"),
        ("<p>Talks <a href=/a><span>Read</span> <b>More</b></a><a>Share</a></p>", "Talks"),
        ("<p>" + "<a>More</a>" * 20_000 + "</p>", None),
        ("<p>non\u00a0breaking\u3000 and \u200bzero\u00adwidth\ufeff</p>", "non breaking and zerowidth"),
        ("<p>a&#0;b&#31;c\u0085d</p>", "abcd"),
        ("<p></p>", None),
        ("<p> \u200b&nbsp;</p>", None),
    ],
)
def test_the_text_of_an_element(markup: str, text: str | None) -> None:
    element = BeautifulSoup(f"<body>{markup}</body>", "lxml").find("body").contents[0]  # type: ignore[union-attr]
    got = clean(text_of(element), 500)  # type: ignore[arg-type]
    assert (got and got.replace("\ufffd", "")) == text


def test_a_long_text_is_cut() -> None:
    assert clean("word " * 200, 50) == "word " * 9 + "word…"


@pytest.mark.parametrize(
    "text",
    [
        "Read More",
        " read more… ",
        "READ MORE »",
        "→ Weiterlesen",
        "阅读全文",
        "続きを読む",
        "اقرأ المزيد",
        "आगे पढ़ें",
        "Читать далее →",
        "129",
        "1.2K views",
        "👁 129",
        "1 234",
        "12,345 просмотров",
        "Share",
        "Share on WhatsApp",
        "",
        "•",
        "0 comments",
    ],
)
def test_boilerplate(text: str) -> None:
    assert is_boilerplate(text)


@pytest.mark.parametrize(
    "text",
    [
        "Read More Books, Minister Urges",
        "129 dead in floods",
        "3.9.0",
        "5 million views of one cat",
        "2026: the year ahead",
        "Share prices fall",
        "Feb. 6, 2026",
        "3 p.m.",
        "G7",
    ],
)
def test_content_is_no_boilerplate(text: str) -> None:
    assert is_boilerplate(text) is False


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("<p>Talks &amp; more</p>", " Talks & more "),
        ("Talks <b>go</b> on", "Talks  go  on"),
        ("Talks go <a href='/x", "Talks go  "),
        ("<p>Talks go on <stro", " Talks go on <stro"),
        ("a <b> c", "a <b> c"),
        ("if a < b and c > d", "if a < b and c > d"),
        ("a &lt; b", "a &lt; b"),
        ("Use <marquee>?", "Use <marquee>?"),
    ],
)
def test_markup_written_as_text(text: str, plain: str) -> None:
    assert without_markup(text) == plain


@given(st.text())
def test_clean_text_can_stand_in_xml_and_is_clean(text: str) -> None:
    cleaned = clean(text, 100)
    if cleaned is not None:
        cleaned.encode("utf-8")
        assert cleaned == clean(cleaned, 100)
        assert 0 < len(cleaned) <= 100
        assert all(ord(character) >= 32 for character in cleaned)
