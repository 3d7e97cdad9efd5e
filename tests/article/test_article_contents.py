"""Texts of articles as feeds carry them: clean, complete in themselves, and the same each time."""

# ruff: noqa: E501 - pieces of pages stand on one line each, as sites write them

from __future__ import annotations

from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedbuilder.content.clean_html import LARGEST, content_html
from feedbuilder.model.markup import sanitise

BASE = "https://paper.example/world/talks"
FILLER = "<p>" + "The ministers met again on Friday and talked for hours about the harbour. " * 8 + "</p>"


def content(html: str) -> str:
    return content_html(html, BASE) or ""


def within(html: str) -> str:
    """What becomes of `html` in the middle of an article."""
    return content(f"{FILLER}{html}{FILLER}").replace(content(FILLER), "").strip()


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<div>One</div><div>Two <b>bold</b></div>", "<p>One</p>\n<p>Two <b>bold</b></p>"),
        ("<div><section><div>Deep</div></section></div>", "<p>Deep</p>"),
        ("loose <i>words</i><p>and a paragraph</p>tail", "<p>loose <i>words</i></p>\n<p>and a paragraph</p>\n<p>tail</p>"),
        ("<p>One<br><br>Two<br/>\n<br/>Three</p>", "<p>One</p>\n<p>Two</p>\n<p>Three</p>"),
        ("One<br>\n<br>Two<br>still two<br>", "<p>One</p>\n<p>Two<br>still two</p>"),
        ("<p>  many \n\n spaces\t</p>", "<p>many spaces</p>"),
        ("<span><span>a</span> <font color=red>b</font></span>", "<p>a b</p>"),
        ("<p>&nbsp;</p><p></p><p><br></p><div><span> </span></div><p>x</p><ul><li></li></ul>", "<p>x</p>"),
        ("<p>a<em></em> <strong> </strong>b</p>", "<p>a  b</p>"),
        ("<h1>The title</h1><p>x</p><h2>Sub</h2><h1>Another part</h1><h5>Small</h5>", "<p>x</p>\n<h2>Sub</h2>\n<h2>Another part</h2>\n<h5>Small</h5>"),
        ("<ul><li><div>One</div></li><li><p>Two</p></li></ul>", "<ul><li>One</li><li><p>Two</p></li></ul>"),
        ("<ol start=3 onclick=x><li value=9>Nine</li></ol>", '<ol start="3"><li value="9">Nine</li></ol>'),
        ("<pre>a\n  b</pre>", "<pre>a\n  b</pre>"),
        ("<blockquote><div>Said.</div><footer>Somebody</footer></blockquote>", "<blockquote><p>Said.</p><p>Somebody</p></blockquote>"),
        ("<table><tr><td>A frame<p>around a text</td></tr></table>", "<p>A frame</p>\n<p>around a text</p>"),
        ("<table><tr><th scope=col>A<td colspan=2>1</table>", '<table><tbody><tr><th scope="col">A</th><td colspan="2">1</td></tr></tbody></table>'),
        ("<h2><div>A heading</div></h2>", "<h2> A heading </h2>"),
        ("<div dir=rtl lang=ar>نص<p>فقرة</p></div>", '<p dir="rtl" lang="ar">نص</p>\n<p dir="rtl" lang="ar">فقرة</p>'),
        ("<p>x<!-- <ul><li>an old list</li></ul> --></p>", "<p>x</p>"),
        ("<p>a\x07b&#11;c\ud800</p>", "<p>abc</p>"),
        ("<p>H<sub>2</sub>O, <time datetime='2026-02-06T12:35+04:00'>Friday</time></p>", '<p>H<sub>2</sub>O, <time datetime="2026-02-06T12:35+04:00">Friday</time></p>'),
        ("<details><summary>The rules</summary><p>Behind it</p></details>", "<p>The rules</p>\n<p>Behind it</p>"),
    ],
)  # fmt: skip
def test_a_text_is_a_sequence_of_blocks(html: str, expected: str) -> None:
    assert content(html) == expected


@pytest.mark.parametrize(
    "html", ["", " ", "<p></p>", "<script>x</script>", "<img src='data:image/gif;base64,x'>", "<hr hidden>"]
)
def test_no_text_and_no_picture_is_none(html: str) -> None:
    assert content_html(html, BASE) is None


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<a href='../sport?utm_source=x&id=2'>x</a>", '<p><a href="https://paper.example/sport?id=2">x</a></p>'),
        ("<a href='//cdn.example/ü b.pdf'>x</a>", '<p><a href="https://cdn.example/%C3%BC%20b.pdf">x</a></p>'),
        ("<a href='#note-1'>1</a> is a note", '<p><a href="https://paper.example/world/talks#note-1">1</a> is a note</p>'),
        ("<a href='mailto:desk@paper.example?subject=x'>us</a>", '<p><a href="mailto:desk@paper.example">us</a></p>'),
        ("<a href='javascript:void(0)'>text stays</a>", "<p>text stays</p>"),
        ("<a name=anchor>text stays</a> <a href='tel:123'>as here</a>", "<p>text stays as here</p>"),
        ("<a href=/x title='A &quot;b&quot;' target=_blank rel=nofollow>x</a>", '<p><a href="https://paper.example/x" title="A &quot;b&quot;">x</a></p>'),
    ],
)  # fmt: skip
def test_links_are_absolute_or_text(html: str, expected: str) -> None:
    assert content(html) == expected


IMAGE = '<img src="https://paper.example/real.jpg" alt="A">'


@pytest.mark.parametrize(
    "html",
    [
        "<img src=/real.jpg alt=A>",
        "<img src='data:image/gif;base64,R0lGOD' data-src=/real.jpg alt=A>",
        "<img src=/blank.gif data-lazy-src=/real.jpg alt=A class=lazyload>",
        "<img src=/small.jpg srcset='/small.jpg 300w, /real.jpg 1200w, /poster.jpg 4000w' alt=A>",
        "<img data-srcset='/small.jpg 1x, /real.jpg 2x' alt=A>",
        "<picture><source srcset='/real.jpg 900w' type=image/jpeg><img src='data:image/png;base64,x' alt=A></picture>",
        "<img src=/placeholder.png alt=A><noscript><img src=/real.jpg alt=A></noscript>",
        "<span class=lazy><img src='data:image/gif;base64,x'></span><noscript>&lt;img src=/real.jpg alt=A&gt;</noscript>",
        "<noscript><img src=/real.jpg alt=A></noscript>",
        "<img src=/real.jpg alt=A><noscript><img src=/real.jpg?again alt=A></noscript>",
        "<amp-img src=/real.jpg alt=A layout=responsive></amp-img>",
        "<img src=../real.jpg alt=' A ' onerror=x style='x' class=y sizes=z>",
    ],
)
def test_a_picture_shows_its_one_real_address(html: str) -> None:
    assert content(f"<p>Text {html}</p>").replace("  ", " ") == f"<p>Text {sanitised(IMAGE)}</p>"


def sanitised(html: str) -> str:
    return (content(f"<p>{html}</p>")).removeprefix("<p>").removesuffix("</p>")


@pytest.mark.parametrize(
    "html",
    [
        "<img src=/pixel.gif width=1 height=1>",
        "<img src=/icon.svg width=16>",
        "<img src='/img/spacer.gif'>",
        "<img alt='no address'>",
        "<figure><img src='data:x'><figcaption>A caption of nothing</figcaption></figure>",
    ],
)
def test_icons_pixels_and_placeholders_go(html: str) -> None:
    assert within(html) == ""


def test_a_smiley_that_is_a_picture_is_text() -> None:
    assert content("<p>Well <img class=emoji src=/e/1.png alt='🙂'></p>") == "<p>Well 🙂</p>"


@pytest.mark.parametrize("alt", ["海の写真", "صورة", "ภาพ", "A", "12"])
def test_a_picture_with_a_short_text_is_a_picture(alt: str) -> None:
    assert f'<img alt="{alt}" src=' in content(f"<img src=/a.jpg alt='{alt}'>")


def test_sizes_of_pictures_stay_where_they_are_numbers() -> None:
    assert 'height="360" src="https://paper.example/a.jpg" width="640"' in content(
        "<img src=/a.jpg width=640px height=360.0>"
    )
    assert "width" not in content("<img src=/a.jpg width=100%>")


@pytest.mark.parametrize(
    "html",
    [
        "<figure><img src=/real.jpg alt=A><figcaption>By the sea</figcaption></figure>",
        "<figure><div><img src=/real.jpg alt=A></div><div class=image-caption>By the sea</div></figure>",
        "<div class='wp-caption'><img src=/real.jpg alt=A><p class=wp-caption-text>By the sea</p></div>",
        "<figure><picture><source srcset=/x.webp><img src=/real.jpg alt=A></picture><span class=caption>By the sea</span></figure>",
    ],
)  # fmt: skip
def test_captions_stand_in_figures(html: str) -> None:
    result = content(html)
    assert result.startswith("<figure>")
    assert "<figcaption>By the sea</figcaption></figure>" in result
    assert 'src="https://paper.example/real.jpg"' in result


@pytest.mark.parametrize(
    ("html", "address"),
    [
        ("<iframe src='https://www.youtube.com/embed/dQw4w9WgXcQ?rel=0'></iframe>", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        ("<iframe data-src='//www.youtube-nocookie.com/embed/dQw4w9WgXcQ'></iframe>", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        ("<lite-youtube videoid=dQw4w9WgXcQ></lite-youtube>", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        ("<amp-youtube data-videoid=dQw4w9WgXcQ></amp-youtube>", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        ("<iframe src='https://player.vimeo.com/video/123?h=1'></iframe>", "https://vimeo.com/123"),
        ("<iframe src='https://www.dailymotion.com/embed/video/x8abc'></iframe>", "https://www.dailymotion.com/video/x8abc"),
        ("<iframe src='https://platform.twitter.com/embed/Tweet.html?dnt=1&id=42'></iframe>", "https://x.com/i/status/42"),
        ("<amp-twitter data-tweetid=42></amp-twitter>", "https://x.com/i/status/42"),
        ("<iframe src='https://www.facebook.com/plugins/video.php?height=3&href=https%3A%2F%2Fwww.facebook.com%2Fx%2Fvideos%2F1%2F'></iframe>", "https://www.facebook.com/x/videos/1/"),
        ("<blockquote class=instagram-media data-instgrm-permalink='https://www.instagram.com/p/Abc/'><svg></svg>View</blockquote>", "https://www.instagram.com/p/Abc/"),
        ("<blockquote class=tiktok-embed cite='https://www.tiktok.com/@a/video/7'><section>x</section></blockquote>", "https://www.tiktok.com/@a/video/7"),
        ("<iframe src='https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/a/b&color=1'></iframe>", "https://soundcloud.com/a/b"),
        ("<iframe src='https://charts.example/xyz/1/' title='Votes by district'></iframe>", "https://charts.example/xyz/1/"),
        ("<object data='/film.swf'><p>No player</p></object>", "https://paper.example/film.swf"),
        ("<video controls><source src=/film.mp4></video>", "https://paper.example/film.mp4"),
        ("<audio src=/talk.mp3></audio>", "https://paper.example/talk.mp3"),
    ],
)  # fmt: skip
def test_embeds_are_links(html: str, address: str) -> None:
    result = within(f"<div>{html}</div>")
    assert result.startswith("<p>")
    assert f'<a href="{address}">' in result
    assert "iframe" not in result
    assert "None" not in result


def test_the_link_of_an_embed_says_what_it_is() -> None:
    assert ">Votes by district</a>" in within(
        "<iframe src=https://charts.example/1 title='Votes by district'></iframe>"
    )
    assert ">YouTube</a>" in within("<iframe src=https://youtube.com/embed/dQw4w9WgXcQ></iframe>")


def test_a_film_keeps_its_still() -> None:
    assert within("<video poster=/still.jpg src=/film.mp4></video>").startswith(
        '<p><img alt="" src="https://paper.example/still.jpg"'
    )


def test_a_tweet_that_is_text_stays_text() -> None:
    tweet = "<blockquote class=twitter-tweet><p lang=en>Talks <a href=https://t.co/x>here</a></p>— Jo (@jo) <a href='https://twitter.com/jo/status/1?ref_src=x'>May 1</a></blockquote><script src=//platform.twitter.com/widgets.js></script>"
    result = within(tweet)
    assert result.startswith('<blockquote><p lang="en">Talks <a href="https://t.co/x">here</a></p>')
    assert "https://twitter.com/jo/status/1" in result


def test_an_article_as_sites_write_it() -> None:
    """Everything at once, in order."""
    page = """
        <div class="article-body">
          <h1>Coastal towns rebuild sea walls</h1>
          <div class="share"><a href="https://t.me/share/url?url=x">Telegram</a></div>
          <figure class="hero"><img src="/ph/blank.gif" data-srcset="/i/wall-400.jpg 400w, /i/wall-1200.jpg 1200w"
            alt="The wall"><figcaption>The wall at dawn. Photo: Mara Lindqvist</figcaption></figure>
          <p>Work began on <a href="/tags/monday?utm_medium=social">Monday</a>.</p>
          <div id="div-gpt-ad-7"><script>ads()</script></div>
          <p><strong>Also read:</strong> <a href="/world/other">Another story</a></p>
          <h2>What it costs</h2>
          <p>Two million,<br><br>the mayor said.</p>
          <iframe src="https://www.youtube.com/embed/abcdef12345" title="The wall from above"></iframe>
          <div class="related"><h3>Related</h3><ul><li><a href="/1">One</a></li></ul></div>
        </div>
    """
    assert content(page) == dedent(
        """\
        <figure><img alt="The wall" src="https://paper.example/i/wall-1200.jpg"><figcaption>The wall at dawn. Photo: Mara Lindqvist</figcaption></figure>
        <p>Work began on <a href="https://paper.example/tags/monday">Monday</a>.</p>
        <h2>What it costs</h2>
        <p>Two million,</p>
        <p>the mayor said.</p>
        <p><a href="https://www.youtube.com/watch?v=abcdef12345">The wall from above</a></p>"""
    )


def test_a_giant_is_cut_after_a_whole_block() -> None:
    result = content(f"<p>{'Some words &amp; more. ' * 10}</p>" * 4_000)
    assert LARGEST * 0.9 < len(result) <= LARGEST
    assert result.endswith("Some words &amp; more.</p>")


@pytest.mark.parametrize("text", ["word " * 200_000, "\u00a0x" * 300_000, "<b>x</b>" * 100_000, "&amp;" * 500_000])
def test_a_giant_of_one_block_keeps_its_beginning(text: str) -> None:
    result = content(f"<p>{text}</p>")
    assert 1000 < len(result) <= LARGEST
    assert sanitise(result) == result


@pytest.mark.parametrize("tag", ["div", "b", "blockquote", "ul><li", "table><tr><td", "a href=/x", "font"])
def test_a_text_nested_absurdly_deep_keeps_its_words(tag: str) -> None:
    assert "the end" in content(f"<{tag}>" * 5000 + "the end")


PIECES = st.sampled_from(
    [
        *("<p>", "</p>", "<div>", "</div>", "<br>", "<ul><li>", "</ul>", "<table><tr><td>", "</table>", "<pre>", "<h1>", "</h1>"),
        *("<figure>", "<figcaption>", "</figure>", "<noscript>", "</noscript>", "<img src=/a.jpg>", "<img data-src=b alt=x>"),
        *("<picture><source srcset='a 1x'>", "<iframe src=//x.example/y>", "</iframe>", "<video src=/v>", "<a href=/x>", "</a>"),
        *("<div class=caption>", "<div class=ad>", "Read also:", "Related", "<form>", "</form>", "<b>", "</b>", "words", " ", "<!--"),
        *("<blockquote>", "</blockquote>", "<span>", "<svg>", "<select>", "<object>", "<h2>", "</h2>", "<dl><dt>", "<dd>", "\x00"),
    ]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=3), max_size=25).map("".join))
@settings(max_examples=400, deadline=None)
def test_whatever_a_site_writes_is_read_without_error_and_stays_as_it_is(html: str) -> None:
    result = content_html(html, BASE)
    assert result is None or sanitise(result) == result
    assert content_html(html, BASE) == result
