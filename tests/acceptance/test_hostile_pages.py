"""Pages that mean harm, or were made by nobody who cared: a clear error or a clean feed, within bounds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import feedparser
import pytest
from lxml import etree
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from feedbuilder.config import load
from feedbuilder.engine import Installation, build
from feedbuilder.web import Background

PEAK = Path(__file__).with_name("peak_of_build.py")
MOST_GROWTH = 150_000_000
"""Bytes by which a hostile page may make the process grow, at the default cap of 5 MB a page."""


def card(number: int, title: str = "A story", summary: str = "What happened") -> str:
    return (
        f'<article><h2><a href="/story/{number}">{title} {number}</a></h2>'
        f'<time datetime="2026-02-06T12:{number % 60:02}:00Z"></time><p>{summary}</p></article>'
    )


NASTY = "".join(
    [
        card(1, summary="<script>alert(1)</script>Plain"),
        card(2, summary="&lt;script&gt;alert(2)&lt;/script&gt; said the paper"),
        card(3, title="Bell \x07 and escape \x1b[31m and &#0; and &#x8; and &#xD800;"),
        card(4, title="a &lt;b&gt; c ]]&gt; &amp;amp; d"),
        card(5, summary='<img src=x onerror="alert(5)">Pictured'),
        card(6, title='<a href="javascript:alert(6)">x</a> "quoted" \u202e backwards'),
        '<article><h2><a href="javascript:alert(7)">Never a link</a></h2></article>',
        '<article><h2><a href="data:text/html,x">Nor this</a></h2></article>',
        '<article><h2><a href="http://[broken">Nor that</a></h2><p>Lost',
    ]
).encode()

PAGES: dict[str, tuple[str, bytes]] = {
    "small": ("text/html", card(0).encode()),
    "nasty": ("text/html; charset=utf-8", NASTY),
    "surrogates": ("text/html; charset=utf-8", card(1, title="broken \ud83d half").encode("utf-8", "surrogatepass")),
    "wrong-charset": ("text/html; charset=utf-8", card(1, title="Über Köln läuft").encode("windows-1252")),
    "unknown-charset": ("text/html; charset=martian", card(1, title="Über Köln läuft").encode()),
    "ten-thousand": ("text/html", "".join(card(number) for number in range(10_000)).encode()),
    "deep": ("text/html", b"<div>" * 100_000 + card(1).encode()),
    "attributes": ("text/html", b"<article " + b"a=b " * 1_000_000 + b">" + card(1).encode()),
    "unclosed": ("text/html", b"<article><h2><a href=/x>" * 150_000),
    "one-long-title": ("text/html", card(1, title="word " * 900_000).encode()),
    "nothing-but-brackets": ("text/html", b"<" * 4_900_000),
}


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    async def page(request: Request) -> Response:
        found = PAGES.get(request.path_params["name"])
        return Response(status_code=404) if found is None else Response(found[1], headers={"Content-Type": found[0]})

    with Background(Starlette(routes=[Route("/{name}", page)]), "127.0.0.1", 0) as server:
        yield server.url


def configured(folder: Path, url: str) -> Path:
    path = folder / "feedbuilder.toml"
    path.write_text(
        '[site]\noutput = "output"\n[store]\npath = "var/store.db"\n'
        '[fetch]\nallow_hosts = ["127.0.0.1"]\nhost_gap = "0s"\n'
        f'[[source]]\nid = "s"\nurl = "{url}"\ntimezone = "UTC"\n'
        'selectors = { item = "article", summary = "p" }\n[[feed]]\nslug = "all"\nentries = 5000\n',
        "utf-8",
    )
    return path


def built(folder: Path, url: str) -> tuple[str | None, Path]:
    """Build from one page; return the error, if there was one, and the folder of the feed."""
    with Installation.open(load(configured(folder, url), os.environ)) as installation:
        report = build(installation, installation.config.sources)
    return report.runs[0].error, folder / "output" / "all"


LARGE = ("ten-thousand", "deep", "attributes", "unclosed", "one-long-title")
CAN_MEASURE = sys.platform != "win32"
"""Windows has neither the resource module nor forks; there the large pages are only built from."""


@pytest.mark.parametrize("name", [name for name in PAGES if name not in LARGE or not CAN_MEASURE])
def test_every_page_gives_a_clean_feed_or_a_clear_error(tmp_path: Path, site: str, name: str) -> None:
    assert_clean(*built(tmp_path, f"{site}/{name}"), site)


def assert_clean(error: str | None, feed: Path, site: str) -> None:
    if error is not None:
        assert site in error
        assert "Traceback" not in error
    for path in (feed / "rss.xml", feed / "atom.xml"):
        etree.fromstring(path.read_bytes())
    assert json.loads((feed / "feed.json").read_bytes())["items"] or error


def test_script_in_a_page_is_text_or_nothing(tmp_path: Path, site: str) -> None:
    error, feed = built(tmp_path, f"{site}/nasty")
    assert error is None
    items = json.loads((feed / "feed.json").read_bytes())["items"]
    assert [item["url"] for item in items if not item["url"].startswith(f"{site}/story/")] == []
    assert {item["url"].rpartition("/")[2] for item in items} == {"1", "2", "3", "4", "5", "6"}
    page = etree.HTML((feed / "index.html").read_bytes())
    entries = page.xpath("//main")
    assert entries
    assert not any(main.xpath(".//script | .//@onerror | .//@href[starts-with(., 'javascript')]") for main in entries)


def test_markup_in_a_title_stays_what_it_was(tmp_path: Path, site: str) -> None:
    _, feed = built(tmp_path, f"{site}/nasty")
    atom = feedparser.parse((feed / "atom.xml").read_bytes(), sanitize_html=False)
    titles = {entry.link.rpartition("/")[2]: entry.title for entry in atom.entries}
    assert titles["4"] == "a <b> c ]]> &amp; d 4"
    assert "\x07" not in titles["3"]


def test_a_wrong_charset_in_the_header_is_seen_through(tmp_path: Path, site: str) -> None:
    for name in ("wrong-charset", "unknown-charset"):
        (tmp_path / name).mkdir()
        error, feed = built(tmp_path / name, f"{site}/{name}")
        assert error is None
        assert json.loads((feed / "feed.json").read_bytes())["items"][0]["title"] == "Über Köln läuft 1"


@pytest.mark.skipif(not CAN_MEASURE, reason="the resource module is a Unix one")
@pytest.mark.slow(23)
@pytest.mark.timeout(900)
def test_large_pages_do_too_and_memory_grows_within_bounds(tmp_path: Path, site: str) -> None:
    for name in ("small", *LARGE):
        (tmp_path / name).mkdir()
    paths = [configured(tmp_path / name, f"{site}/{name}") for name in ("small", *LARGE)]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(
        [sys.executable, str(PEAK), *map(str, paths)], stdout=subprocess.PIPE, check=True, env=environment
    )
    results = [json.loads(line) for line in done.stdout.splitlines()]
    for name, result in zip(LARGE, results, strict=True):
        assert result["growth"] <= MOST_GROWTH, name
        assert_clean(result["error"], tmp_path / name / "output" / "all", site)
