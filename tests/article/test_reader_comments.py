"""Comments of readers that no element holds: a heading, texts, and lines that say who wrote them and when."""

from __future__ import annotations

import pytest

from tests.article.conftest import Reader
from tests.article.layouts import WORDS

LINES = [f"{number}. {WORDS['en'] * 2}".strip() for number in range(1, 5)]
COMMENT = "I was there too, and the keeper was as friendly to us as he was to you, whatever others say of him."


def body_of(read: Reader, behind: str, over: str = "") -> list[str]:
    text = "".join(f"<p>{line}</p>" for line in LINES)
    html = f"<title>Lock Closed</title><div>{over}<h1>Lock Closed</h1>{text}{behind}</div>"
    return (read(html, full=True).body or "").splitlines()


def comments(heading: str, signature: str) -> str:
    return heading + "".join(f"<div><p>{COMMENT} {n}</p></div>{signature.format(n=n)}" for n in range(1, 9))


SIGNED = "<p>Posted by: Bo Ek at May {n}, 2009 04:18 PM</p>"


@pytest.mark.parametrize(
    ("heading", "signature"),
    [
        ("<h2>Comments</h2>", SIGNED),
        ("<h3>Comments (8)</h3>", SIGNED),
        ("<h3>8 Responses to “Lock Closed”</h3>", "<p>Bo Ek said on May {n}, 2009 at 16:18</p>"),
        ("<h2>Kommentare</h2>", "<p>Von Bo Ek am {n}. Mai 2009 um 16:18 Uhr</p>"),
        ("<h2>コメント</h2>", "<p>投稿者: ada : 2009年05月0{n}日 16:18</p>"),
    ],
)
def test_what_stands_under_comments_and_is_signed_is_not_the_text(read: Reader, heading: str, signature: str) -> None:
    assert body_of(read, comments(heading, signature)) == LINES


def test_a_section_about_comments_stays(read: Reader) -> None:
    found = body_of(read, f"<h2>Comments</h2><p>{COMMENT}</p><p>Doors open at 16:18, as they always do.</p>")
    assert COMMENT in found


def test_the_latest_comments_over_the_article_cut_nothing_of_it(read: Reader) -> None:
    over = f"<div><h3>Comments</h3><p>{COMMENT[:38]}</p>{SIGNED.format(n=1)}</div>"
    assert body_of(read, "", over)[-len(LINES) :] == LINES
