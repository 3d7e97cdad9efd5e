"""What stands between the paragraphs of a text and is none of it: galleries, players, titles of boxes; and what is."""
# ruff: noqa: E501 - pieces of pages stand on one line each, as sites write them

from __future__ import annotations

import pytest

from tests.article.conftest import Reader
from tests.article.layouts import WORDS

LINES = [f"{number}. {WORDS['en'] * 2}".strip() for number in range(1, 9)]
LINE = "The keeper of the lock shows the new gates to the mayor of the town, who came by boat."
SLIDE = "<div class='ShowSlide'><img src='/gate-{0}.jpg'><div class='ShowSlide-info'><p>{1}</p><span>{0} of 4</span></div></div>"
SLIDES = "".join(
    SLIDE.format(number, LINE.replace("new", name)) for number, name in enumerate(("old", "red", "first", "last"), 1)
)


def text_of(read: Reader, between: str, *, head: str = "") -> list[str]:
    half = len(LINES) // 2
    first, second = ("".join(f"<p>{line}</p>" for line in lines) for lines in (LINES[:half], LINES[half:]))
    html = (
        f"<html><head><title>Lock Closed</title></head><body><article><h1>Lock Closed</h1>{head}"
        f"<div class='content'>{first}{between}{second}</div></article></body></html>"
    )
    return (read(html, full=True).body or "").splitlines()


GONE = {
    "a gallery": f"<div class='show-carousel'>{SLIDES}</div>",
    "a caption in the box of its picture": f"<div class='picBox full'><a href='#'><img src='/gate.jpg'></a><p>{LINE}</p></div>",
    "a caption that ends with who took the photo": f"<div><p>{LINE} (AP Photo/Ann Lee)</p></div>",
    "a caption that ends with who made the film": f"<p>{LINE} (AFP Video by Ann Lee)</p>",
    "a caption that ends with a running time": f"<div><span>{LINE} 21.04.2026 | 3:18 min</span></div>",
    "what a player would play": "<p><strong>WATCH | The mayor on the gates of the lock, in full:</strong></p>",
    "a hint in place of a player": "<p class='info'>Link zum YouTube-Inhalt</p>",
    "a bar with a message": "<div class='c-messageBar c-messageBar--blue'><p>You may see less of us on other networks from May; find out what to do.</p></div>",
    "an offer of a shop": f"<div class='wp-affiliate-widget'><a href='https://shop.example/1'><div class='descript'>{LINE}</div></a></div>",
    "how to tell in secret": "<blockquote><p>Arbeiten Sie an der Schleuse? Melden Sie sich vertraulich via Signal bei uns.</p></blockquote>",
    "a title over links to other stories": "<h3>More of our own research on locks</h3><ul><li><b>Gates:</b> <a href='/gates-in-may'>The gates that came in May</a></li><li><b>Keys:</b> <a href='/keys-in-june'>Who keeps the keys in June</a></li></ul>",
    "who helped, at length": "<p>Ann Lee reported from Northford and Bo Ek from Southford. Strait Press writers Cy Dow in Westford, in the north of the country, and Di Fox in Eastford contributed to this report.</p>",
}


@pytest.mark.parametrize("between", GONE.values(), ids=GONE.keys())
def test_what_is_no_paragraph_is_left_out(between: str, read: Reader) -> None:
    if "contributed" in between:
        assert text_of(read, "") == LINES
        html = "".join(f"<p>{line}</p>" for line in LINES)
        page = f"<html><body><article><h1>Lock Closed</h1><div class='content'>{html}{between}</div></article></body></html>"
        assert (read(page, full=True).body or "").splitlines() == LINES
    else:
        assert text_of(read, between) == LINES


def paragraphs_beside_pictures() -> str:
    return "".join(f"<div class='row'><img src='/{i}.jpg'><p>{line}</p></div>" for i, line in enumerate(LINES))


STAYS = {
    "a sentence with brackets": f"<p>{LINE} (The photo shows it.)</p>",
    "a time that was run": "<p>She ran along the canal in two hours and won, as the clock at the lock said, in 2:18.</p>",
    "a sentence on watching": "<p>Watch the gates close, he said, and you will see what the mayor has never understood.</p>",
    "a following of signals": "<p>Follow the signal on your left, the keeper tells the boats, and wait for the gates.</p>",
    "a heading over a link": f"<h3>The mayor</h3><p>Read also: <a href='/gates'>The gates that came in May</a></p><p>{LINE}</p>",
    "a chapter": f"<h2>The chapter on gates</h2><h3>The mayor</h3><p>{LINE}</p>",
}


@pytest.mark.parametrize("between", STAYS.values(), ids=STAYS.keys())
def test_what_belongs_to_the_text_stays(between: str, read: Reader) -> None:
    found = text_of(read, between)
    assert [line for line in LINES if line not in found] == []
    assert len(found) > len(LINES)
    if "<h" in between:
        assert "The mayor" in found


def test_paragraphs_that_each_stand_beside_a_picture_are_the_text(read: Reader) -> None:
    html = f"<html><body><article><h1>Lock Closed</h1>{paragraphs_beside_pictures()}</article></body></html>"
    assert (read(html, full=True).body or "").splitlines() == LINES


def test_a_lead_beside_a_linked_headline_is_no_card(read: Reader) -> None:
    lead = "The harbour office has closed the lock of the town until June, and the boats wait below its gates"
    head = f"<ul class='footer'><li><h2>{lead}</h2></li><li><h2><a href='/analysis'>Who needs a lock, an analysis by Ann Lee</a></h2></li></ul>"
    assert text_of(read, "", head=head) == [lead, *LINES]


def test_what_a_dialog_describes_is_no_lead(read: Reader) -> None:
    head = "<div role='dialog'><p id='sharing-description'>Whoever wants to print this text finds out how at our desk.</p></div>"
    assert text_of(read, "", head=head) == LINES
