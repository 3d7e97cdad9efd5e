"""Lines that close a text and are none of it; and last sentences, which are."""
# ruff: noqa: E501 - pieces of pages stand on one line each, as sites write them

from __future__ import annotations

import pytest

from tests.article.conftest import Reader
from tests.article.layouts import WORDS

LINES = [f"{number}. {WORDS['en'] * 2}".strip() for number in range(1, 7)]
END = "And that was all that the keeper of the lock wanted to say about it."


def body_of(read: Reader, last: str, *, author: str = "", body: str = "") -> str:
    head = f"<title>Lock Closed</title><meta name='author' content='{author}'>"
    text = body or "".join(f"<p>{line}</p>" for line in LINES)
    html = f"<html><head>{head}</head><body><article><h1>Lock Closed</h1><div class='content'>{text}{last}</div></article></body></html>"
    return read(html, full=True).body or ""


CLOSING = {
    "emphasised": "<p><em>The family agreed that the name and the picture of the keeper are shown here.</em></p>",
    "emphasised, with a link": "<p><i>A translation of <a href='https://other.example/1'>a report</a> that our neighbours printed in May.</i></p>",
    "several": "<p><em>Who pays for this: nobody but our readers, as for everything here.</em></p><hr><p><small>Ann Lee helped with the pictures of this story.</small></p>",
    "a sign-off": "<p>Reporting by Ann Lee in Northford and Bo Ek in Southford; Editing by Cy Dow</p>",
    "a German sign-off": "<p>Übersetzung: Ann Lee, Redaktion: Bo Ek, Bildredaktion: Cy Dow und Di Fox</p>",
    "of itself": "<p>This article was first published by The Other Post in May of this year.</p>",
    "of itself, in German": "<p>Dieser Artikel ist zuerst in der Hafenzeitung vom Montag erschienen.</p>",
    "rights": "<p>Copyright 2026 The Strait Post. All rights reserved, in all countries of the world.</p>",
    "who helped": "<p>The Associated Press contributed to this report from Northford.</p>",
    "an address of the site": "<p>Have you seen the gates move? Write to our desk at <a href='mailto:desk@strait.example'>desk@strait.example</a>.</p>",
    "bold with a link": "<p><strong>For more stories like this one, look at our</strong><a href='/news'><strong> page of news</strong></a></p>",
    "a heading over nothing": "<h3>What other readers looked at today</h3>",
    "a bold heading over nothing": "<p><b>What other readers looked at today</b></p>",
    "sources": "<p>Sources:</p><ul><li>The office of the harbour, letter of May</li><li>Our own conversations with keepers</li></ul>",
    "an address spelt out": "<p>More on the locks of the town: https://strait.example/locks and on the radio</p>",
    "called so": "<p class='Feedback_root'>Found a mistake? Tell our desk.</p>",
    "outside of the column": "<div class='feedback'><p>Did you find a mistake in this text? Tell the desk about it.</p></div>",
}


@pytest.mark.parametrize("last", CLOSING.values(), ids=CLOSING.keys())
def test_what_closes_a_text_is_none_of_it(last: str, read: Reader) -> None:
    assert body_of(read, last).splitlines() == LINES


STAYS = {
    "a sentence": f"<p>{END}</p>",
    "a quotation in italics": f"<p><em>“{END}”</em></p>",
    "a bold sentence": f"<p><b>{END}</b></p>",
    "a sentence that ends with a link": f"<p>{END} That is what they said <a href='https://other.example/1'>in May</a>.</p>",
    "a quotation": f"<blockquote><p>{END}</p></blockquote>",
    "a list": f"<ul><li>{END}</li><li>The boats went home.</li></ul>",
    "a section": f"<section><h2>The end</h2><p>{END}</p></section>",
    "code": f"<div class='highlight'><pre><code>echo '{END}'</code></pre></div>",
    "a story that goes on": f"<p>This story is far from over. {END}</p>",
    "an address of others": f"<p>{END} Witnesses can write to <a href='mailto:desk@police.example'>the police</a>.</p>",
    "who reports": f"<p>Reporting by night was what he liked most. {END}</p>",
    "a name of the site": f"<p>The Strait Post asked again. {END}</p>",
}


@pytest.mark.parametrize("last", STAYS.values(), ids=STAYS.keys())
def test_a_last_sentence_is_a_sentence(last: str, read: Reader) -> None:
    assert END in body_of(read, last)


def test_a_line_about_the_author_is_none_of_the_text_and_one_about_somebody_is(read: Reader) -> None:
    line = "<p>Ann Lee is professor of rivers at the university of Northford and keeps a boat.</p>"
    assert "professor" not in body_of(read, line, author="Ann Lee")
    assert "professor" in body_of(read, line, author="Bo Ek")


def test_a_text_in_italics_keeps_its_end(read: Reader) -> None:
    body = "".join(f"<p><i>{line}</i></p>" for line in LINES)
    assert END in body_of(read, f"<p><i>{END}</i></p>", body=body)


def test_a_short_article_is_never_taken_for_its_own_note(read: Reader) -> None:
    assert END in body_of(read, "", body=f"<p>{END}</p><p><em>{END.replace('lock', 'ferry')}</em></p>")


def test_an_article_without_a_heading_shows_its_other_title_and_that_is_no_lead(read: Reader) -> None:
    head = "<title>Lock - Northford - Strait</title><meta property='og:title' content='Lock in Northford'>"
    top = "<header><h2>Northford: The gates of the lock are closed for weeks</h2><p class='lead'>The boats have to wait.</p></header>"
    body = "".join(f"<p>{line}</p>" for line in LINES)
    found = (
        read(
            f"<html><head>{head}</head><body><main><article>{top}<div>{body}</div></article></main></body>", full=True
        ).body
        or ""
    )
    assert "closed for weeks" not in found
    assert found.splitlines()[0] == "The boats have to wait."


def test_words_that_are_kept_out_of_sight_go(read: Reader) -> None:
    hidden = "<span style='border:0;clip:rect(0 0 0 0);position:absolute'>, opens new tab</span>"
    last = f"<p>The <a href='https://other.example/1'>report{hidden}</a> says so. {END}</p>"
    assert "The report says so." in body_of(read, last)


@pytest.mark.parametrize("heading", ["<h2>2019</h2>{}<h2>2020</h2>{}", "{}<h2>4 March 2026</h2>{}"])
def test_a_date_as_a_heading_within_the_text_is_a_heading(heading: str, read: Reader) -> None:
    body = heading.format(*(f"<p>{line}</p>" for line in LINES[:2])) + "".join(f"<p>{line}</p>" for line in LINES[2:])
    found = body_of(read, "", body=body)
    assert "2019" in found or "4 March 2026" in found


def test_a_date_as_a_heading_above_the_text_is_its_date(read: Reader) -> None:
    body = "<h6>4 March 2026, 9:15 am</h6>" + "".join(f"<p>{line}</p>" for line in LINES)
    assert "4 March" not in body_of(read, "", body=body)


@pytest.mark.parametrize(
    ("line", "stays"),
    [("NATO", True), ("AFP", False), ("jk/dpa", False), ("North-South", True), ("(APA/Reuters)", False)],
)
def test_an_agency_is_a_known_one(line: str, stays: bool, read: Reader) -> None:
    body = f"<p><b>{line}</b></p>" + "".join(f"<p>{text}</p>" for text in LINES)
    assert (line in body_of(read, "", body=body)) is stays


def test_a_picture_goes_with_the_lines_beside_it(read: Reader) -> None:
    box = "<div class='who'><div><img src='/ann.jpg'></div><p>A friend of rivers writes here each week.</p></div>"
    html = "".join(f"<p>{line}</p>" for line in LINES)
    page = f"<html><body><article><h1>Lock Closed</h1><div class='content'>{html}{box}</div></article></body></html>"
    content = read(page, full=True).content_html or ""
    assert "ann.jpg" not in content
    assert "gates.jpg" in (read(page.replace(box, "<img src='/gates.jpg'>" + box), full=True).content_html or "")


def test_a_town_beside_a_byline_goes_with_it_and_a_short_line_of_the_text_stays(read: Reader) -> None:
    byline = "<div class='w'><p>Ann Lee</p><p>Northford</p></div>"
    body = byline + "<p>The gates fell.</p>" + "".join(f"<p>{line}</p>" for line in LINES)
    found = body_of(read, "", author="Ann Lee", body=body)
    assert "Northford" not in found
    assert "The gates fell." in found


def test_a_town_above_the_lead_is_no_lead_though_the_data_hold_it(read: Reader) -> None:
    data = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Lock Closed", "articleBody": "Northford"}</script>'
    top = "<header><p>Northford</p><p class='lead'>The boats have to wait for weeks.</p></header>"
    body = "".join(f"<p>{line}</p>" for line in LINES)
    html = f"<html><head>{data}</head><body><article><h1>Lock Closed</h1>{top}<div>{body}</div></article></body></html>"
    assert (read(html, full=True).body or "").splitlines() == ["The boats have to wait for weeks.", *LINES]


@pytest.mark.parametrize(
    "line", ["by Ann Lee Monday, November 18, 2019", "sexta-feira, 22 de outubro de 2010 às 20:13"]
)
def test_a_byline_may_hold_a_date_and_a_day_two_words(line: str, read: Reader) -> None:
    body = f"<h3>{line}</h3>" + "".join(f"<p>{text}</p>" for text in LINES)
    assert body_of(read, "", body=body).splitlines() == LINES


def listed(*hrefs: str, given: str = "") -> str:
    return f"<ul{given}>{''.join(f'<li><a href={href}>{END[:20]} {n}</a></li>' for n, href in enumerate(hrefs))}</ul>"


ELSEWHERE = ("https://locks.example/tables", "https://rivers.example/1")


@pytest.mark.parametrize("heading", ["<h3>Where this comes from</h3>", "<h2 id='people'>People of this week</h2>"])
@pytest.mark.parametrize("hrefs", [ELSEWHERE, ELSEWHERE[:1]])
def test_sources_at_the_end_of_a_text_are_a_part_of_it(heading: str, hrefs: tuple[str, ...], read: Reader) -> None:
    end = body_of(read, f"{heading}{listed(*hrefs)}").splitlines()[len(LINES) :]
    assert len(end) == 1 + len(hrefs)


@pytest.mark.parametrize(
    "last",
    [
        f"<h3>What others looked at</h3>{listed('/news/1', '/news/2')}",
        f"<h3>What others looked at</h3>{listed(*ELSEWHERE, '/news/2')}",
        f"<h3 class='widget-title'>Our friends</h3>{listed(*ELSEWHERE)}",
        f"<h3>Our friends</h3>{listed(*ELSEWHERE, given=' class=blogroll')}",
        f"<h3>Read more</h3>{listed(*ELSEWHERE)}",
        f"<h3>Follow us</h3>{listed(*ELSEWHERE)}",
        "<h3>Find me on</h3><ul><li><a href=https://a.example/me>Facebook</a></li><li><a href=https://b.example/me>Git</a></li></ul>",
        f"<div><h3>Our friends</h3>{listed(*ELSEWHERE)}</div>",
    ],
)
def test_other_lists_of_links_at_the_end_are_none(last: str, read: Reader) -> None:
    assert body_of(read, last).splitlines() == LINES


@pytest.mark.parametrize(
    "line", ["Posted on Fri 02 July 2021 in <a href=/c/locks>Locks</a>", "2021年7月2日更新 <a href=/c/locks>水門</a>"]
)
def test_a_line_that_says_when_and_where_an_article_was_filed_is_no_text(line: str, read: Reader) -> None:
    body = f"<p>{line}</p>" + "".join(f"<p>{one}</p>" for one in LINES)
    assert body_of(read, "", body=body).splitlines() == LINES


@pytest.mark.parametrize(
    "line",
    [
        "On 2 July 2021 <a href=https://other.example/>it was closed</a> for a day.",
        "<a href=https://other.example/>Locks 2021</a> (Friday, 2 July 2021, 10:30-11:20)",
        "7月の雨の日、水門は閉まっていた",
        "2020年の水門祭では、三日間の休みがありました",
    ],
)
def test_a_line_in_which_a_day_stands_is_text(line: str, read: Reader) -> None:
    body = f"<p>{line}</p>" + "".join(f"<p>{one}</p>" for one in LINES)
    assert len(body_of(read, "", body=body).splitlines()) == len(LINES) + 1
