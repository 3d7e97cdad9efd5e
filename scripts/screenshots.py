#!/usr/bin/env python3
"""The pictures of the documentation, of the real pages: `make screenshots`, or with names of shots only those.

Owns what is shown, at which widths, in which colours. Another picture is a row of SHOTS; another thing to show is a
function that keeps it running on loopback and yields where it is, and a row of SITES. Wants a Chromium on this machine;
where pngquant is too, the pictures are made small by it. The pages look best where Noto and Inter are installed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, ProxySettings, sync_playwright
from starlette.types import ASGIApp, Receive, Scope, Send

from feedbuilder.config import load
from feedbuilder.engine import Installation, build
from feedbuilder.newsroom import DEMO_START, Newsroom
from feedbuilder.newsroom.serve_newsroom import newsroom_app
from feedbuilder.studio.serve_studio import PASSWORD, serve_studio
from feedbuilder.web import Background, output_app

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
WIDTHS = {"1280": 860, "390": 844}
"""How wide, and how high: a screen, and a phone."""
NEWS = "http://news.example"
"""As what the sample newsroom is shown."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is shown."""

    address: str
    """At which its paths begin."""
    proxy: str
    """What knows the sites that it reads."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One screen, which gives a picture for each width and each of the colours: NAME-WIDTH-COLOURS.png."""

    name: str
    site: str
    path: str = ""
    widths: tuple[str, ...] = ("1280", "390")
    colours: tuple[str, ...] = ("light", "dark")
    before: Callable[[Page], object] = lambda _page: None
    """What a person does there before the picture is taken."""


@contextmanager
def newsroom() -> Iterator[str]:
    """Keep the sample newsroom running under the name NEWS; yield the proxy that knows it."""
    inner = newsroom_app(Newsroom(lambda: DEMO_START))

    async def as_proxy(scope: Scope, receive: Receive, send: Send) -> None:
        asked = scope["raw_path"].decode("ascii")  # what is asked of a proxy is a whole address
        path = urlsplit(asked).path if asked.startswith("http") else asked
        await inner({**scope, "raw_path": path.encode(), "path": path}, receive, send)

    with Background(as_proxy, "127.0.0.1", 0) as server:
        yield server.url


@contextmanager
def configured(*, example: bool) -> Iterator[tuple[Path, str]]:
    """Yield the configuration of the demonstration, or one without sources, and the proxy that knows its site."""
    with tempfile.TemporaryDirectory() as folder, newsroom() as proxy:
        config = Path(folder) / "config" / "feedbuilder.toml"
        config.parent.mkdir()
        text = (ROOT / "config" / "feedbuilder.toml").read_text("utf-8") if example else '[site]\nurl = ""\n\n[fetch]\n'
        text = text.replace('url = "http://127.0.0.1:8766/"', 'url = "https://feeds.example.org/"')
        text = text.replace('url = ""', 'url = "https://feeds.example.org/"').replace("http://127.0.0.1:8765", NEWS)
        text = text.replace("[fetch]", f'[fetch]\nproxy = "{proxy}"\nhost_gap = "0s"').replace(
            'host_gap = "0.1s"\n', ""
        )
        for hurry in ('interval = "30s"', 'min_interval = "15s"', 'max_interval = "1m"'):
            text = text.replace(f"\n{hurry}", "")
        config.write_text(text, "utf-8")
        yield config, proxy


@contextmanager
def feeds() -> Iterator[Place]:
    """Keep the feeds of the sample newsroom running, as the demonstration makes them."""
    with (
        configured(example=True) as (config, proxy),
        Installation.open(load(config, os.environ), lambda: DEMO_START) as installation,
    ):
        build(installation, installation.config.sources)
        with served(output_app(installation.config.site)) as address:
            yield Place(f"{address}/", proxy)


@contextmanager
def served(app: ASGIApp) -> Iterator[str]:
    """Keep an application running; yield its address."""
    with Background(app, "127.0.0.1", 0) as server:
        yield server.url


@contextmanager
def studio(*, example: bool = True, password: str = "") -> Iterator[Place]:
    """Keep a studio running over the demonstration, built, or over an empty folder."""
    with configured(example=example) as (config, proxy):
        if example:
            with Installation.open(load(config, os.environ)) as installation:
                build(installation, installation.config.sources)
        public = "https://feeds.example.org/studio" if password else None
        environ = {**os.environ, PASSWORD: password}
        running = serve_studio(config, environ, host="127.0.0.1", port=0, public_url=public)
        with running.server:
            yield Place(f"{running.server.url}/login" if password else running.address, proxy)


SITES: dict[str, Callable[[], AbstractContextManager[Place]]] = {
    "feeds": feeds,
    "studio": studio,
    "empty studio": lambda: studio(example=False),
    "locked studio": lambda: studio(password="correct horse battery"),  # noqa: S106 - of no use elsewhere
}
"""What there is to show, by name."""


def ask(page: Page, address: str) -> None:
    """Name the page at `address` in the studio, and wait for what comes of it."""
    page.fill("input[name=address]", address)
    page.click("button:has-text('Look at it')")
    page.wait_for_selector("h1:not(:has-text('Looking')):not(:has-text('Which page'))")
    page.wait_for_load_state("networkidle")


def bench(page: Page) -> None:
    """Have a page on the bench, as its site shows it."""
    ask(page, f"{NEWS}/tags/technology")
    page.click("button:has-text('Load')")
    page.wait_for_load_state("networkidle")
    page.frame_locator("#page").locator(".large-post, .hero-post").first.wait_for()
    page.wait_for_selector(".preview-entry img[src]")


def teach(page: Page) -> None:
    """Point at the title of an article."""
    bench(page)
    page.locator(".tools label:has(input[value=title])").click()
    page.frame_locator("#page").locator(".large-post .post-title a, .hero-post .post-title a").first.hover()


def fill_in(page: Page) -> None:
    """Go down to what may be said of a new source."""
    bench(page)
    page.locator("#fields-heading").evaluate("one => one.scrollIntoView({block: 'start'})")


def source(page: Page) -> None:
    """Open a source."""
    page.click("#source-rows a:has-text('Technology')")
    page.wait_for_load_state("networkidle")


def feed(page: Page) -> None:
    """Make a feed of what is remembered, filtered by a word."""
    page.click("a:has-text('Make a feed')")
    page.fill("#title", "Chips and robots")
    page.click("#filters summary")
    page.fill("#include_title", "chip\nrobot")
    page.locator("#include_title").blur()
    page.wait_for_selector("#out")
    page.evaluate("scrollTo(0, 0)")


SHOTS = (
    Shot("overview", "feeds", widths=("1280",), colours=("light",)),
    Shot("feed", "feeds", "world-news/", widths=("1280",), colours=("light",)),
    Shot("status", "feeds", "status.html", widths=("1280",), colours=("light",)),
    Shot("studio-first", "empty studio"),
    Shot("studio-page", "empty studio", before=bench),
    Shot("studio-teach", "empty studio", before=teach),
    Shot("studio-fields", "empty studio", before=fill_in),
    Shot("studio-start", "studio"),
    Shot("studio-source", "studio", before=source),
    Shot("studio-feed", "studio", before=feed),
    Shot("studio-nothing", "studio", before=lambda page: ask(page, f"{NEWS}/about-nothing")),
    Shot("studio-login", "locked studio"),
)


def take(shot: Shot, browser: Browser, place: Place) -> Iterator[Path]:
    """Take the pictures of one shot; yield the file of each."""
    for width in shot.widths:
        for colours in shot.colours:
            context = browser.new_context(
                viewport={"width": int(width), "height": WIDTHS[width]},
                color_scheme="dark" if colours == "dark" else "light",
                reduced_motion="reduce",
                locale="en-GB",
                timezone_id="Asia/Dubai",
                proxy=ProxySettings(server=place.proxy, bypass="127.0.0.1"),
            )
            page = context.new_page()
            page.goto(place.address + shot.path)
            page.wait_for_url(lambda url: "token=" not in url)
            page.wait_for_selector("h1")
            shot.before(page)
            page.wait_for_load_state("networkidle")
            file = IMAGES / f"{shot.name}-{width}-{colours}.png"
            page.screenshot(path=file, animations="disabled")
            context.close()
            yield file


def make_small(file: Path) -> None:
    """Take colours that nobody tells apart out of a picture, where there is a program for that."""
    if program := shutil.which("pngquant"):
        subprocess.run(  # noqa: S603 - a program of this machine, on our own file
            [program, "--force", "--skip-if-larger", "--strip", "--speed", "1", "--output", str(file), "64", str(file)],
            check=False,
        )


def main(names: list[str]) -> None:
    """Take the shots that are named, or all."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        sys.exit("There is no Chromium here: install one, or leave the pictures as they are.")
    chosen = [shot for shot in SHOTS if shot.name in names or not names]
    IMAGES.mkdir(exist_ok=True)
    with ExitStack() as stack:
        browser = stack.enter_context(sync_playwright()).chromium.launch(
            executable_path=program, args=["--no-sandbox", "--force-device-scale-factor=1", "--hide-scrollbars"]
        )
        stack.callback(browser.close)
        places = {site: stack.enter_context(SITES[site]()) for site in dict.fromkeys(shot.site for shot in chosen)}
        for shot in chosen:
            for file in take(shot, browser, places[shot.site]):
                make_small(file)
                print(file.relative_to(ROOT))  # noqa: T201 - it is a script


if __name__ == "__main__":
    main(sys.argv[1:])
