"""How long extracting a section page takes, against the floor of parsing it at all.

Run it as `python benchmarks/bench_extract.py`. It prints medians in milliseconds and ratios to the floor, measured in
the same run: a page of about 215 KB with 40 cards of 5 fields, made up here.
"""
# ruff: noqa: INP001 - a script, not a package

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime

from bs4 import BeautifulSoup
from selectolax.lexbor import LexborHTMLParser

from feedbuilder.extract import CardCache, extract
from feedbuilder.model import Page, Source
from feedbuilder.parse.dates.date_text import read_date

FIELDS = ("h3 a", "p.summary", "small:nth-of-type(1)", "small:nth-of-type(2)", ".by")
URL = "https://example.org/news/"
NOW = datetime(2026, 2, 6, 11, 5, tzinfo=UTC)
REPEATS = 25
FILLER = '<li class="menu-item"><a href="/section/{n}" class="link"><span>Section {n}</span></a></li>\n'
CARD = """<article class="card card-{n}" data-views="{views}">
<a href="/news/story-{n}"><img class="lazy" src="data:image/gif;base64,R0" data-src="/upload/{n}.jpg" alt="Picture"></a>
<h3><a href="/news/story-{n}" title="Story {n}: talks resume after a long night">Story {n}: talks…</a></h3>
<p class="summary">{summary}</p>
<small>Feb. 5, 2026</small> <small>12:35 p.m.</small> <small class="views">{views}</small>
<span class="by">Jane Doe</span>
<a href="https://wa.me/?text=https://example.org/news/story-{n}">WhatsApp</a> <a href="/news/story-{n}">Read More</a>
</article>
"""
SELECTORS = {
    "item": "article.card",
    "title": ["h3 a@title", "h3 a"],
    "link": "h3 a",
    "summary": "p.summary",
    "date": {"join": ["small:nth-of-type(1)", "small:nth-of-type(2)"]},
    "author": ".by",
}
"""Where the parts of a card stand."""


def section_page(views: int) -> str:
    """Return the page; only its view counters depend on `views`."""
    cards = "".join(CARD.format(n=n, views=views + n, summary="Talks go on in the capital. " * 20) for n in range(40))
    menu = "".join(FILLER.format(n=n) for n in range(1_900))
    return (
        f"<!doctype html><html><head><title>News</title></head><body><ul>{menu}</ul><main>{cards}</main></body></html>"
    )


def plainly(html: str) -> list[tuple[str | None, ...]]:
    """Read the page the plain way: BeautifulSoup over all of it, one selector per field."""
    rows = []
    for card in BeautifulSoup(html, "lxml").select("article.card"):
        fields = [card.select_one(css) for css in FIELDS]
        rows.append(tuple(field.get_text(" ", strip=True) if field else None for field in fields))
    return rows


def median_ms(action: Callable[[int], object]) -> float:
    """Return the median time of `action`, which is given the number of the repetition, in milliseconds."""
    times = []
    for number in range(REPEATS):
        start = time.perf_counter()
        action(number)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def main() -> None:
    """Measure and print."""
    pages = [section_page(views=1000 + 97 * n) for n in range(REPEATS)]
    bodies = [Page(URL, html.encode(), NOW) for html in pages]
    source = Source.model_validate(
        {
            "id": "bench",
            "url": URL,
            "timezone": "Asia/Dubai",
            "selectors": SELECTORS,
        }
    )
    warm = CardCache()
    extract(bodies[0], source, warm)
    results = {
        "floor: lexbor parses and picks": median_ms(lambda n: LexborHTMLParser(pages[n]).css("article.card")),
        "extract, cards known, counters moved": median_ms(lambda n: extract(bodies[n], source, warm)),
        "extract, all cards new": median_ms(lambda n: extract(bodies[n], source)),
        "plain: BeautifulSoup over the whole page": median_ms(lambda n: plainly(pages[n])),
    }
    floor = next(iter(results.values()))
    lines = [f"page: {len(bodies[0].body) / 1000:.0f} KB, 40 cards, {REPEATS} repeats"]
    lines += [f"{name:42} {value:8.2f} ms {value / floor:7.1f} x" for name, value in results.items()]
    texts = [f"Feb. {n % 28 + 1}, 20{n % 20 + 10}, {n % 12 + 1}:{n % 60:02} p.m." for n in range(2_000)]
    start = time.perf_counter()
    for text in texts:
        read_date.__wrapped__(text)
    lines.append(f"a date by the table, uncached: {(time.perf_counter() - start) / len(texts) * 1e6:.1f} µs")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
