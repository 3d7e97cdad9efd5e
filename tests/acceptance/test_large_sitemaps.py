"""A sitemap of fifty thousand pages, packed, behind an index: read rightly from `add` to the feed."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from feedbuilder.web import Background
from tests.acceptance.place import feedbuilder

MANY = 50_000
BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)


def sitemap(url: str, count: int, last: int) -> bytes:
    """Return a sitemap of `count` stories up to number `last`, in no order of their dates."""
    numbers = [last - (place * 7919) % count for place in range(count)]
    rows = "".join(
        f"<url><loc>{url}/news/{number}-story</loc>"
        f"<lastmod>{(BEGINNING + timedelta(hours=number)).isoformat()}</lastmod></url>"
        for number in numbers
    )
    head = '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return f"{head}{rows}</urlset>".encode()


@dataclass
class Town:
    """A site whose index names two sitemaps; the second is the one that grows."""

    last: int = MANY
    url: str = ""
    asked: list[str] = field(default_factory=list)

    def application(self) -> Starlette:
        async def answer(request: Request) -> Response:
            path = request.url.path
            self.asked.append(path)
            if path == "/index.xml":
                parts = "".join(
                    f"<sitemap><loc>{self.url}/{name}</loc><lastmod>{day}</lastmod></sitemap>"
                    for name, day in (("news-1.xml", "2021-01-01"), ("news-2.xml.gz", "2026-11-27"))
                )
                return Response(f"<sitemapindex>{parts}</sitemapindex>", media_type="application/xml")
            if path == "/news-2.xml.gz":
                return Response(gzip.compress(sitemap(self.url, MANY, self.last), 1), media_type="application/gzip")
            if path.startswith("/news/"):
                number = path.removeprefix("/news/").partition("-")[0]
                return Response(
                    f"<title>Story {number}</title><h1>Story {number} of the town</h1>", media_type="text/html"
                )
            return Response("", 404)

        return Starlette(routes=[Route("/{path:path}", answer)])


@pytest.fixture
def town() -> Iterator[Town]:
    made = Town()
    with Background(made.application(), "127.0.0.1", 0) as server:
        made.url = server.url
        yield made


def test_fifty_thousand_pages_are_read_from_add_to_the_feed(town: Town, tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "feedbuilder.toml").write_text(
        '[fetch]\nallow_hosts = ["127.0.0.1"]\nhost_gap = "0s"\narticles_per_run = 5\n', "utf-8"
    )
    done = feedbuilder(tmp_path, "add", f"{town.url}/index.xml", "--timezone", "UTC", "--tag", "Town", "--yes")
    assert done.exit_code == 0, done.output
    written = (tmp_path / "config" / "feedbuilder.toml").read_text("utf-8")
    assert f'url = "{town.url}/index.xml"' in written
    assert "limit = 200" in written
    assert "/news-1.xml" not in town.asked
    shown = json.loads(feedbuilder(tmp_path, "items", "--limit", "1000", "--json").output)
    assert {one["url"].rpartition("/")[2] for one in shown} == {f"{MANY - place}-story" for place in range(200)}
    town.last += 1
    assert feedbuilder(tmp_path, "build", "--force").exit_code == 0
    feed = json.loads((tmp_path / "output" / "town" / "feed.json").read_bytes())
    links = [one["url"] for one in feed["items"]]
    assert f"{town.url}/news/{MANY + 1}-story" in links
    assert len(links) == 50
