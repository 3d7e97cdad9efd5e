"""Boxes beside the column of a text go; sections, lists and quotations of the text stay."""
# ruff: noqa: E501 - pieces of pages stand on one line each, as sites write them

from __future__ import annotations

import pytest

from tests.article.conftest import Reader
from tests.article.layouts import WORDS

LINES = [f"{number}. {WORDS['en'] * 2}" for number in range(1, 7)]
SAID = "The gates weigh ninety tons each and were cast in a foundry that no longer exists."


def text_around(html: str, *, at: int = 3, wrap: str = "{}") -> str:
    paragraphs = [wrap.format(f"<p>{line}</p>") for line in LINES]
    return "".join([*paragraphs[:at], html, *paragraphs[at:]])


def body_of(read: Reader, html: str) -> str:
    page = f"<html><head><title>Lock Closed</title></head><body><article><h1>Lock Closed</h1><div class='content'>{html}</div></article></body></html>"
    return read(page, full=True).body or ""


BOXES = {
    "facts under a heading of their own": f"<div class='x7'><h3>The gates</h3><div><p>{SAID}</p></div></div>",
    "a bold line as its heading": f"<section><p><strong>The gates</strong></p><p>{SAID}</p></section>",
    "called a box": f"<div class='story-factbox'><p>{SAID}</p></div>",
    "a teaser whose title is a link": f"<div class='x8'><p><a href='/news/gates'>The gates of the old lock and their maker</a></p><p>{SAID}</p></div>",
    "consent to an embed": f"<div class='x9'><p>{SAID}</p><button>Load it</button></div>",
    "a form for addresses": f"<div class='x9'><p>{SAID}</p><input type='email' name='mail'></div>",
    "announced as others": f"<div class='x9'><div>Top stories</div><div><div>{SAID}</div></div></div>",
    "under a player": f"<div class='video-player'><p>{SAID}</p></div>",
}


@pytest.mark.parametrize("box", BOXES.values(), ids=BOXES.keys())
def test_a_box_in_the_column_is_none_of_the_text(box: str, read: Reader) -> None:
    assert body_of(read, text_around(box)).splitlines() == [line.strip() for line in LINES]


def test_a_box_at_the_end_goes_where_one_like_it_stands_between(read: Reader) -> None:
    box = "<div class='x7'><h3>{}</h3><p>{}</p></div>"
    html = text_around(box.format("The gates", SAID)) + box.format("The keeper", SAID.replace("gates", "keys"))
    assert body_of(read, html).splitlines() == [line.strip() for line in LINES]


def test_a_box_that_is_longer_than_the_text_is_a_box(read: Reader) -> None:
    speech = "".join(f"<p>My lords, {SAID} And so it goes on, number {n}.</p>" for n in range(15))
    html = text_around(f"<div class='factbox'><h2>The speech in full</h2><div>{speech}</div></div>")
    assert "My lords" not in body_of(read, html)


TEXTS = {
    "a section at the end": text_around("") + f"<section><h2>The gates</h2><p>{SAID}</p></section>",
    "a heading of the kind that the column has": text_around(
        f"<h2>The lock</h2><div class='part'><h2>The gates</h2><p>{SAID}</p></div>"
    ),
    "a text in sections": "".join(
        f"<section><h2>Part {n}</h2><p>{line}</p></section>" for n, line in enumerate([*LINES[:3], SAID, *LINES[3:]])
    ),
    "questions that open": text_around(
        "".join(
            f"<div class='accordion'><button>Why {n}?</button><div><p>{SAID} {line}</p></div></div>"
            for n, line in enumerate(LINES)
        )
    ),
    "a quotation": text_around(f"<blockquote><p><strong>The keeper</strong></p><p>{SAID}</p></blockquote>"),
    "a list with a bold beginning": text_around(f"<ul><li><b>The gates</b></li><li>{SAID}</li></ul>"),
    "a table": text_around(f"<table><tr><th>The gates</th></tr><tr><td>{SAID}</td><td>1</td></tr></table>"),
    "a paragraph in an element of its own": text_around(f"<div class='p-with-image'><p>{SAID}</p></div>"),
    "everything in a box": f"<div class='infobox'>{text_around(f'<p>{SAID}</p>')}</div>",
    "each paragraph in an element": text_around(f"<div class='w'><p>{SAID}</p></div>", wrap="<div class='w'>{}</div>"),
    "a recipe that can be printed": text_around(
        f"<section><h2>The lock in sugar</h2><button>Print</button><ul>{'<li>One cup of sugar</li>' * 4}<li>{SAID}</li></ul></section>"
    ),
    "a lead above share buttons": f"<header><p class='lead'>{SAID}</p><button>Share</button></header>{text_around('')}",
}


@pytest.mark.parametrize("html", TEXTS.values(), ids=TEXTS.keys())
def test_what_is_built_as_the_text_or_is_a_part_of_it_stays(html: str, read: Reader) -> None:
    assert SAID in body_of(read, html)


def test_pictures_of_a_player_and_their_captions_stay_apart(read: Reader) -> None:
    gallery = f"<div class='gallery'><img src='/gates.jpg'><p>{SAID}</p></div>"
    page = f"<title>Lock Closed</title><article><h1>Lock Closed</h1><div>{text_around(gallery)}</div></article>"
    article = read(page, full=True)
    assert SAID not in (article.body or "")
    assert "gates.jpg" in (article.content_html or "")


CAPTIONED = {
    "alone with its picture": f"<div class='m'><img src='/gates.jpg'><div><p class='info'>{SAID}</p></div></div>",
    "called a caption": f"<div><img src='/gates.jpg'></div><div class='bildunterschrift'>{SAID}</div>",
}


@pytest.mark.parametrize("html", CAPTIONED.values(), ids=CAPTIONED.keys())
def test_a_line_beside_a_picture_is_its_caption(html: str, read: Reader) -> None:
    page = f"<title>Lock Closed</title><article><h1>Lock Closed</h1><div>{text_around(html)}</div></article>"
    article = read(page, full=True)
    assert SAID not in (article.body or "")
    assert f"<figcaption>{SAID}</figcaption>" in (article.content_html or "")


def test_paragraphs_beside_pictures_are_the_text_where_all_of_it_is_built_so(read: Reader) -> None:
    rows = "".join(
        f"<div class='row'><img src='/{n}.jpg'><p class='info'>{line}</p></div>"
        for n, line in enumerate([SAID, *LINES])
    )
    assert SAID in body_of(read, rows)


def test_a_list_of_contents_is_none_of_the_text(read: Reader) -> None:
    contents = "<ul><li><a href='#a'>How the gates were taken out of the water</a></li><li><a href='#b'>What the keeper saw that morning</a></li></ul>"
    assert "taken out" not in body_of(read, text_around(contents, at=1))


@pytest.mark.parametrize(
    ("html", "stays"),
    [
        ("<p>MORE : <a href='/news/gates'>The gates of the old lock and their maker</a></p>", False),
        ("<p><a href='/news/gates'>The gates of the old lock and their maker</a> [VIDEO] |</p>", False),
        (
            "<p><a href='/news/gates'>The maker of the old lock</a> [VIDEO]<br><a href='/b'>And its gates</a> [NEWS]</p>",
            False,
        ),
        ("<p><a href='/news/gates'>The gates of the old lock</a> and their maker (of old) were here</p>", True),
        ("<p>Our photos: <a href='https://pictures.example/1'>The gates of the old lock and their maker</a></p>", True),
        ("<p>The report: <a href='/files/report.pdf'>The gates of the old lock and their maker</a></p>", True),
        ("<p>He went on to say this: <a href='/x'>The gates of the old lock and their maker</a></p>", True),
    ],
)
def test_a_label_and_a_link_to_another_story_is_none_of_the_text(html: str, stays: bool, read: Reader) -> None:
    assert ("of the old lock" in body_of(read, text_around(html))) is stays


def test_names_of_places_with_pages_of_their_own_are_text_and_topics_at_the_end_are_not(read: Reader) -> None:
    places = "<p><a href='/t/1'>Northford</a>, <a href='/t/2'>Southford</a>, <a href='/t/3'>Eastford</a></p>"
    found = body_of(read, text_around(places) + places.replace("ford", "wick"))
    assert "Northford, Southford, Eastford" in found
    assert "wick" not in found
    below = (
        f"<div>{text_around('')}</div>{places}<div><p>The desk of this paper is in the old harbour office.</p></div>"
    )
    assert "Northford" not in body_of(read, below)


def test_a_card_under_a_link_without_words_is_none_of_the_text_nor_is_its_picture(read: Reader) -> None:
    card = "<article class='t'><a href='/news/gates'></a><div><img src='/maker.jpg'></div><div><span>The maker of the gates</span></div></article>"
    page = f"<title>Lock Closed</title><article><h1>Lock Closed</h1><div>{text_around(card)}</div></article>"
    content = read(page, full=True).content_html or ""
    assert "maker" not in content
    assert LINES[5].strip() in content


def test_comments_are_none_of_the_text_though_they_are_longer(read: Reader) -> None:
    comments = "".join(
        f"<div class='comment'><div class='comment-text'>{n}. {SAID} {SAID}</div></div>" for n in range(30)
    )
    below = f"<div class='reader-comments'><h2>Top rated</h2>{comments}</div>"
    page = f"<title>Lock Closed</title><div class='comments-open'><h1>Lock Closed</h1><div>{text_around('')}</div>{below}</div>"
    assert (read(page, full=True).body or "").splitlines() == [line.strip() for line in LINES]
