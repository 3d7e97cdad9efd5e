"""Cards with parts that move from one reading to the next: in many ways, and read by many rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from random import Random
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from feedbuilder.model import Page

COUNTERS = {
    "an id beside a counter": '<b data-id="{id}" data-count="{n}">{n}</b>',
    "words behind it": '<a href="/{slug}#comments">{n} comments</a>',
    "words before it": "<i>Views: {n}</i>",
    "in brackets": '<span class="replies">({n})</span>',
    "how long ago": "<em>{n} minutes ago</em>",
    "how long ago, beside a date": '<time datetime="2026-02-05T10:00:00Z">{n} minutes ago</time>',
    "how long ago, as the date": "<time>{n} minutes ago</time>",
    "a nonce": '<form data-nonce="{random}"><button>Like</button></form>',
    "a random id": '<div id="card-{random}">x</div>',
    "a uuid": '<div data-key="{uuid}">x</div>',
    "a link's text": '<a href="/{slug}">{n} replies so far</a>',
}

PIECES = (
    *COUNTERS.values(),
    "<h4>{n}</h4>",
    "<h4>{n}.11.2026</h4>",
    "<h3>{n} reasons <i>{n}</i></h3>",
    "<i>{n}</i>",
    "<b>12.{n}</b>",
    '<i class="s">Part {n}</i>',
    '<i class="t">{n} reads</i>',
    '<p class="d">{n} Feb 2026</p>',
    '<p class="d"><b>{n}</b> Feb</p>',
    '<p class="d">{n} hours ago</p>',
    '<img src="/p.png" width="{n}" data-id="{n}" alt="{n} people">',
    '<img data-src="/p{n}.png" src="blank{n}.gif">',
    '<a href="/{card}" title="A title of many words, {n} replies">More</a>',
    '<p class="card"><a href="/inner-{n}">Inner {n}</a><i>{n} reads</i></p>',
    '<span data-url="/x{n}">x</span>',
    '<div hidden="{n}"><h5>{n} more</h5></div>',
    "<script>var n = {n}</script><!-- {n} --> {n}",
)
RULES: tuple[dict[str, Any], ...] = (
    {},
    {"summary": [".t", ".s"], "date": ".d"},
    {"date": {"join": [".d", "i"]}, "tags": "b", "author": "i"},
    {"date": {"select": ".d", "match": r"(\d+ \w+)"}, "summary": "p"},
    {"title": "i", "link": "a", "summary": "@data-id"},
    {"summary": ":is(i, b):not(:-soup-contains('7'))", "image": "img@data-id"},
)
layouts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=4)
moments = st.lists(st.lists(st.integers(10, 34) | st.integers(0, 130), min_size=3, max_size=3), min_size=4, max_size=8)


def moving_page(layouts: Sequence[list[str]], places: Iterable[int], numbers: list[int], minute: int) -> Page:
    """Return a page that shows the cards at `places`, in this order, with these numbers."""
    body = "".join(_card(layouts[place // 2], place, numbers[place]) for place in places)
    return Page("https://example.org/", body.encode(), datetime(2026, 3, 6, 11, minute, tzinfo=UTC))


def _card(layout: list[str], place: int, number: int) -> str:
    uuid = UUID(int=Random(number).getrandbits(128))
    parts = [
        piece.format(n=number, id=number, card=place, slug="abc"[place], random=uuid.hex[:10], uuid=uuid)
        for piece in layout
    ]
    title = f'<p><a href="/{"abc"[place]}">A title of many words</a></p>'
    return f'<div class="card" id="c{number}">{title}{"".join(parts)}</div>'
