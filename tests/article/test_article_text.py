"""Which blocks of a page are the article: its lead, its headings and lists; and never another story, a box, a byline."""
# ruff: noqa: E501 - pieces of pages stand on one line each, as sites write them

from __future__ import annotations

import pytest

from feedbuilder.article.article_text import ArticleText
from feedbuilder.article.evidence import Evidence
from tests.article.conftest import URL, Reader
from tests.article.layouts import WORDS, text

FIRST, SECOND = (
    "Crews closed the lock at noon and drained the basin before the evening tide came in.",
    "The lock keeper said that the gates will be back in place before the first ice of the winter.",
)
BODY = f"<div class='content'><p>{FIRST}</p>{text('en', 4)}<p>{SECOND}</p></div>"
LEAD = "The old lock is repaired at last, and the boats wait."
OTHER = "A bakery in the lower town closes after ninety years of bread"


def body_of(read: Reader, html: str) -> str:
    return read(f"<html><head><title>Lock Closed</title></head><body>{html}</body></html>", full=True).body or ""


@pytest.mark.parametrize(
    "html",
    [
        f"<article><header><h1>Lock Closed</h1><p class='lead'>{LEAD}</p></header>{BODY}</article>",
        f"<article><h1>Lock Closed</h1><h2 class='subtitle'>{LEAD}</h2>{BODY}</article>",
        f"<main><div><h1>Lock Closed</h1><div class='intro'>{LEAD}</div></div><article>{BODY}</article></main>",
        f"<article><h1>Lock Closed</h1><p class='teaser'>{LEAD}</p>{BODY}</article>",
    ],
)
def test_the_lead_stands_first_and_once(read: Reader, html: str) -> None:
    found = body_of(read, html)
    assert found.startswith(LEAD)
    assert found.count(LEAD) == 1
    assert FIRST in found


@pytest.mark.parametrize(
    "html",
    [
        f"<ul><li><a href='/news/7'>{OTHER}</a></li><li><a href='/news/8'>{OTHER} again</a></li></ul>",
        f"<div class='card'><a href='/news/7'><h3>{OTHER}</h3></a><p>{OTHER}, says the baker.</p></div>",
        f"<article><a href='/news/7'><img src='/b.jpg'>{OTHER}</a></article>",
        f"<p><a href='/news/7'>{OTHER}</a></p>",
        f"<div class='more-news'><a href='/news/7'>{OTHER}</a></div>",
        f"<div><p>We apologize, but this video has failed to load: {OTHER}.</p></div>",
        f"<p>Sign up for our newsletter: {OTHER}.</p>",
    ],
)
def test_other_stories_and_boxes_within_the_text_are_no_part_of_it(read: Reader, html: str) -> None:
    within = BODY.replace("</p><p>2.", f"</p>{html}<p>2.")
    assert OTHER in within
    found = body_of(read, f"<article><h1>Lock Closed</h1>{within}</article>")
    assert OTHER not in found
    assert FIRST in found
    assert SECOND in found


@pytest.mark.parametrize(
    "html",
    [
        "<h3>What the keeper saw</h3>",
        "<div><h2 class='paywall'>What the keeper saw</h2></div>",
        "<ul><li>What the keeper saw</li><li>What the boatmen heard</li></ul>",
        "<blockquote>What the keeper saw</blockquote>",
        "<p><a href='https://other.example/r'>What the keeper saw</a></p>",
        "<p><article class='recommended'><a href='/news/9'>Bread</a></article>What the keeper saw was a surprise to him.</p>",
    ],
)
def test_nothing_of_the_article_is_lost(read: Reader, html: str) -> None:
    within = BODY.replace("</p><p>2.", f"</p>{html}<p>2.")
    assert "What the keeper saw" in body_of(read, f"<article><h1>Lock Closed</h1>{within}</article>")


def test_a_second_article_is_another_story(read: Reader) -> None:
    second = f"<div class='entry'><h1>Bread</h1><p>{OTHER}.</p>{text('de', 6)}</div>"
    found = body_of(read, f"<div><div class='entry'><h1>Lock Closed</h1>{BODY}</div>{second}</div>")
    assert FIRST in found
    assert OTHER not in found
    assert "Brücke" not in found


@pytest.mark.parametrize(
    "line", ["By Ann Lee", "4 March 2026, 9:15 am", "5 min read", "Lesezeit: 3 Min.", "Stand: 04.03.2026, 09:15 Uhr"]
)
def test_bylines_dates_and_reading_times_over_the_text_are_none_of_it(read: Reader, line: str) -> None:
    assert line not in body_of(read, f"<article><h1>Lock Closed</h1><div><p>{line}</p>{BODY}</div></article>")


@pytest.mark.parametrize(
    "line", ["By nine the keeper had gone home, and the boats went back.", "On 4 March 2026 the gates broke."]
)
def test_a_sentence_with_a_name_or_a_date_is_a_sentence(read: Reader, line: str) -> None:
    assert line in body_of(read, f"<article><h1>Lock Closed</h1><div><p>{line}</p>{BODY}</div></article>")


def test_names_that_would_take_the_whole_text_take_nothing(read: Reader) -> None:
    paragraphs = "".join(f"<div class='tts'><p>{line}</p></div>" for line in (FIRST, SECOND, LEAD))
    found = body_of(read, f"<article><h1>Lock Closed</h1>{paragraphs}</article>")
    assert found.splitlines() == [FIRST, SECOND, LEAD]


def test_a_caption_beside_a_picture_is_its_caption_and_no_paragraph(read: Reader) -> None:
    picture = "<div><img src='/lock.jpg'></div><p>The lock at noon. (Ann Lee/Getty Images)</p>"
    within = BODY.replace("</p><p>2.", f"</p>{picture}<p>2.")
    article = read(f"<title>Lock Closed</title><article><h1>Lock Closed</h1>{within}</article>", full=True)
    assert "The lock at noon" not in (article.body or "")
    assert "<figcaption>The lock at noon. (Ann Lee/Getty Images)</figcaption></figure>" in (article.content_html or "")


def test_the_lead_picture_stands_at_the_top_unless_the_text_shows_it(read: Reader) -> None:
    head = "<title>Lock Closed</title><meta property='og:image' content='https://strait.example/i/lock-12345678.jpg'>"
    figure = "<figure><img src='/i/lock-12345678.jpg'><figcaption>The lock.</figcaption></figure>"
    article = read(f"{head}<article><h1>Lock Closed</h1>{figure}{BODY}</article>", full=True)
    assert (article.content_html or "").startswith("<figure>")
    twice = BODY.replace("</p><p>2.", f"</p>{figure}<p>2.")
    article = read(f"{head}<article><h1>Lock Closed</h1>{figure}{twice}</article>", full=True)
    assert (article.content_html or "").startswith("<p>")
    assert (article.content_html or "").count("<img") == 1


def test_a_card_of_the_article_itself_is_no_part_of_it(read: Reader) -> None:
    # Lists below an article are of all stories, and repeat it: summary, picture and linked title.
    html = (
        f"<article><h1>Lock Closed</h1><div class=body><p>{FIRST}</p></div></article><div class=row>"
        f"<div class=col><h4><a href='/news/lock'>The Lock Is Closed For Repairs</a></h4><div>{FIRST}</div></div>"
        f"<div class=col><h4><a href='/news/other'>{OTHER}</a></h4><div>{SECOND}</div></div></div>"
    )
    assert body_of(read, html.replace("/news/lock", URL)) == FIRST


def test_a_heading_that_links_to_itself_is_one_of_the_article(read: Reader) -> None:
    part = f"<section><h2><a href='#gates'>How the gates were taken out</a></h2><p>{SECOND}</p></section>"
    found = body_of(read, f"<article><h1>Lock Closed</h1><p>{FIRST}</p>{text('en', 4)}{part}</article>")
    assert SECOND in found
    assert "How the gates were taken out" in found


def test_a_text_goes_on_in_the_next_piece_where_only_the_first_is_known() -> None:
    piece = "<div class='chunk'><div class='body'>{}</div></div>"
    first, second = text("en", 4), text("de", 4)
    footer = "<div class='foot'><p>This paper is printed in the old harbour and read in all of the towns around it.</p></div>"
    html = f"<article><h1>Lock Closed</h1>{piece.format(first)}<div>Menu</div>{piece.format(second)}{footer}</article>"
    known = "\n".join(f"{number}. {WORDS['en'] * 3}" for number in range(1, 5))
    found = ArticleText(Evidence(html, URL), known, (), ()).html() or ""
    assert found.count("Brücke") == 12
    assert "printed in the old harbour" not in found
    shorter = html.replace(second, text("de", 1)[: len(WORDS["de"])] + "</p>")
    assert "Brücke" not in (ArticleText(Evidence(shorter, URL), known, (), ()).html() or "")
    other = html.replace("<div>Menu</div>", "<h1>Bread</h1>")
    assert "Brücke" not in (ArticleText(Evidence(other, URL), known, (), ()).html() or "")


@pytest.mark.parametrize(
    "html",
    [
        f"<article><h1>Lock Closed</h1>{BODY.replace('</p><p>2.', '</p><h1>What the keeper saw</h1><p>2.')}</article>",
        f"<article><h1>Lock Closed</h1>{BODY.replace('<p>1.', '<h1>What the keeper saw</h1><p>1.')}</article>",
        f"<article><h1>Lock Closed</h1><div><h1>What the keeper saw</h1>{text('en', 4)}</div></article>",
        f"<article><h1>Lock Closed</h1>{BODY.replace('</p><p>2.', '</p><h2 id=ad-blockers>What the keeper saw</h2><p>2.')}</article>",
    ],
)
def test_chapters_are_of_the_text_whatever_their_rank_and_their_id(read: Reader, html: str) -> None:
    assert body_of(read, html).splitlines().count("What the keeper saw") == 1


@pytest.mark.parametrize("name", ["The Strait Post", "Lock Closed"])
def test_what_the_page_is_called_is_no_chapter(read: Reader, name: str) -> None:
    page = f"<html><head><title>Lock Closed | The Strait Post</title></head><body><article><h1>Lock Closed</h1><div><h1>{name}</h1>{text('en', 4)}</div></article></body></html>"
    assert name not in (read(page, full=True).body or "")
