#!/usr/bin/env python3
"""The pictures of the documentation, of the real pages: `make screenshots`, or with names of shots only those.

Owns what is shown, at which widths, in which colours. Another picture is a row of SHOTS; another thing to show is a
function that keeps it running on loopback and yields its address, and a row of SITES. Wants a Chromium on this machine.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from feedbuilder.config import load
from feedbuilder.engine import Installation, build
from feedbuilder.newsroom import DEMO_START, Newsroom, serve
from feedbuilder.web import Background, output_app

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
WIDTHS = {"1280": 860, "390": 844}
"""How wide, and how high: a screen, and a phone."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One screen, which gives a picture for each width and each of the colours: NAME-WIDTH-COLOURS.png."""

    name: str
    site: str
    path: str
    widths: tuple[str, ...] = ("1280", "390")
    colours: tuple[str, ...] = ("light", "dark")
    whole: bool = False
    """Whether what is below the edge of the screen is shown too."""
    before: Callable[[Page], object] = lambda _page: None
    """What a person does there before the picture is taken."""


@contextmanager
def feeds() -> Iterator[str]:
    """Keep the feeds of the sample newsroom running, as the demonstration makes them; yield their address."""
    with tempfile.TemporaryDirectory() as folder, serve(Newsroom(lambda: DEMO_START), port=0) as newsroom:
        config = Path(folder) / "config" / "feedbuilder.toml"
        config.parent.mkdir()
        text = (ROOT / "config" / "feedbuilder.toml").read_text("utf-8")
        text = text.replace('url = "http://127.0.0.1:8766/"', 'url = "https://feeds.example.org/"')
        config.write_text(text.replace("http://127.0.0.1:8765", newsroom.url), "utf-8")
        with Installation.open(load(config, os.environ), lambda: DEMO_START) as installation:
            build(installation, installation.config.sources)
            with Background(output_app(installation.config.site), "127.0.0.1", 0) as server:
                yield f"{server.url}/"


SITES: dict[str, Callable[[], AbstractContextManager[str]]] = {"feeds": feeds}
"""What there is to show, by name: each yields the address at which its paths begin."""

SHOTS = (
    Shot("overview", "feeds", ""),
    Shot("feed", "feeds", "world-news/"),
    Shot("status", "feeds", "status.html"),
)


def take(shot: Shot, browser: Browser, address: str) -> Iterator[Path]:
    """Take the pictures of one shot; yield the file of each."""
    for width in shot.widths:
        for colours in shot.colours:
            context = browser.new_context(
                viewport={"width": int(width), "height": WIDTHS[width]},
                color_scheme="dark" if colours == "dark" else "light",
                reduced_motion="reduce",
                locale="en-GB",
                timezone_id="Asia/Dubai",
            )
            page = context.new_page()
            page.goto(address + shot.path)
            shot.before(page)
            page.wait_for_load_state("networkidle")
            file = IMAGES / f"{shot.name}-{width}-{colours}.png"
            page.screenshot(path=file, full_page=shot.whole, animations="disabled")
            context.close()
            yield file


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
        addresses = {site: stack.enter_context(SITES[site]()) for site in dict.fromkeys(shot.site for shot in chosen)}
        for shot in chosen:
            for file in take(shot, browser, addresses[shot.site]):
                print(file.relative_to(ROOT))  # noqa: T201 - it is a script


if __name__ == "__main__":
    main(sys.argv[1:])
