"""A small site on loopback, an empty folder to work in, and commands as a user calls them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from typer.testing import CliRunner, Result

from feedbuilder.cli import app
from feedbuilder.web import Background

STORIES = (
    (
        "bridge-opens-after-eleven-years",
        "A Bridge Opens Across the Strait After Eleven Years",
        "2026-02-06",
        "Ferries will go on for a year, the ministry says.",
    ),
    (
        "council-votes-for-night-buses",
        "Council Votes for Night Buses on Every Line",
        "2026-02-05",
        "Nine lines will run until four in the morning from March.",
    ),
    (
        "museum-finds-lost-map",
        "Museum Finds a Map That Was Lost for a Century",
        "2026-02-04",
        "It shows a harbour that silted up long ago.",
    ),
    (
        "ferry-line-merges-with-rival",
        "Ferry Line Merges With Its Rival",
        "2026-02-03",
        "The two companies sailed the same route five minutes apart.",
    ),
    (
        "schools-share-one-kitchen",
        "Three Schools Now Share One Kitchen and One Cook",
        "2026-02-02",
        "A thousand meals a day come from the old bakery.",
    ),
    (
        "lighthouse-keeper-retires",
        "The Last Lighthouse Keeper Retires",
        "2026-02-01",
        "He kept the light for forty years and one night.",
    ),
)


def list_page(*, time: str = "T10:30:00+04:00", head: str = "") -> str:
    """Return a page with the stories as cards, between what pages have besides."""
    cards = "".join(
        f'<article class="teaser"><h2><a href="/news/{slug}">{title}</a></h2>'
        f'<time datetime="{day}{time}">{day}</time><p class="intro">{summary}</p></article>'
        for slug, title, day, summary in STORIES
    )
    menu = "".join(f'<li><a href="/{name}">{name.title()}</a></li>' for name in ("news", "sports", "about", "contact"))
    return (
        f'<!doctype html><html lang="en"><head><title>Town News | The Strait Post</title>{head}</head><body>'
        f'<nav><ul class="menu">{menu}</ul></nav><main><h1>Town News</h1><div class="stories">{cards}</div></main>'
        f"<footer><p>The Strait Post</p></footer></body></html>"
    )


def rss(count: int) -> str:
    """Return a feed of the first `count` stories."""
    items = "".join(
        f"<item><title>{title}</title><link>/news/{slug}</link></item>" for slug, title, *_ in STORIES[:count]
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{items}</channel></rss>'


@dataclass
class Web:
    """A site: path -> what it answers; everything else is a 404."""

    pages: dict[str, str] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    headers: dict[str, dict[str, str]] = field(default_factory=dict)
    """Those of the last request for each path."""
    url: str = ""

    def application(self) -> Starlette:
        async def answer(request: Request) -> Response:
            path = request.url.path
            self.asked[path] += 1
            self.headers[path] = dict(request.headers)
            page = self.pages.get(path)
            return Response(page or "", 404 if page is None else 200, media_type="text/html")

        return Starlette(routes=[Route("/{path:path}", answer)])


@pytest.fixture
def web() -> Iterator[Web]:
    site = Web({"/news": list_page()})
    with Background(site.application(), "127.0.0.1", 0) as server:
        site.url = server.url
        yield site


@dataclass(frozen=True)
class Desk:
    """A working folder, and the commands called in it."""

    folder: Path

    @property
    def config(self) -> Path:
        return self.folder / "config" / "feedbuilder.toml"

    def call(self, *arguments: str, stdin: str | None = None) -> Result:
        return CliRunner().invoke(app, arguments, input=stdin)

    def hurry(self, text: str = "") -> None:
        """Write a configuration that admits loopback and does not wait between requests."""
        self.config.parent.mkdir(exist_ok=True)
        self.config.write_text(f'[fetch]\nallow_hosts = ["127.0.0.1"]\nhost_gap = "0s"\n{text}', "utf-8")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FEEDBUILDER_CONFIG", raising=False)
    monkeypatch.setenv("COLUMNS", "100")
    return Desk(tmp_path)


@pytest.fixture(autouse=True)
def pages_read_here(read_in_this_process: None) -> None:
    """Let no command that is called in this process start others."""
