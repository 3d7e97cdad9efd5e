"""Every screen of the studio as axe sees it, which looks for what keeps people out: nothing serious, light and dark.

axe-core is no part of this repository: `.ci/run` installs it. Elsewhere: `npm install --prefix DIR axe-core`, and
NODE_PATH=DIR/node_modules.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from feedbuilder.config import load
from feedbuilder.engine import Installation, build
from feedbuilder.studio.serve_studio import PASSWORD, serve_studio
from tests.cli.conftest import Web, rss
from tests.studio.conftest import BROWSER
from tests.studio.test_feed_screens import SOURCE
from tests.studio.test_new_source import COMMENTED

FOUND = [Path(folder) / "axe-core" / "axe.min.js" for folder in os.environ.get("NODE_PATH", "").split(os.pathsep)]
AXE = next((path for path in FOUND if path.is_file()), None)
pytestmark = [
    pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed here (apt-get install chromium)"),
    pytest.mark.skipif(AXE is None, reason="axe-core is not on NODE_PATH (npm install axe-core)"),
]

# The page of a site in its frame is not ours.
RUN = """async (rules) => {
    const only = rules ? { runOnly: { type: "rule", values: rules } } : {};
    const found = await axe.run(document, { iframes: false, resultTypes: ["violations"], ...only });
    return found.violations.filter((one) => ["serious", "critical"].includes(one.impact)).map((one) =>
        `${one.id}: ${one.help}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 200)).join(" ")}`);
}"""


def serious(page: Page) -> dict[str, list[str]]:
    """Return what is serious about a page: in light all rules, in dark those of colours; all that folds is open."""
    assert AXE is not None
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE.read_text("utf-8"))
    found: dict[str, Any] = {}
    for colours, rules in (("light", None), ("dark", ["color-contrast"])):
        page.emulate_media(color_scheme="dark" if colours == "dark" else "light")
        found[colours] = page.evaluate(RUN, rules)
    page.emulate_media(color_scheme="light")
    return found


NOTHING: dict[str, list[str]] = {"light": [], "dark": []}


def test_nothing_serious_on_any_screen(screen: Page, place: Path, web: Web) -> None:
    assert serious(screen) == NOTHING, "the first screen"
    home = screen.url
    web.pages["/rss"] = rss(6)
    place.write_text(COMMENTED + SOURCE.format("news", web.url, "Town") + '\n[[feed]]\nslug = "town"\n', "utf-8")
    config = load(place, {})
    with Installation.open(config) as installation:
        build(installation, config.sources)

    def asked(address: str, **more: str) -> None:
        screen.goto(home)
        screen.fill("input[name=address]", address)
        screen.click("button:has-text('Look at it')")
        screen.wait_for_selector("h1:not(:has-text('Looking')):not(:has-text('Follow another'))")

    for address in ("gopher", f"{web.url}/none", f"{web.url}/news", f"{web.url}/rss"):
        asked(address)
        assert serious(screen) == NOTHING, address
    screen.click("button:has-text('Make a feed of it')")
    screen.wait_for_selector(".preview-entry")
    assert serious(screen) == NOTHING, "the bench of a feed"
    asked(f"{web.url}/news")
    screen.click("button:has-text('Take another list')")
    screen.wait_for_selector(".preview-entry")
    screen.locator(".tools label:has(input[value=title])").click()
    screen.fill("input[name=timezone]", "Nowhere")
    screen.locator("input[name=timezone]").blur()
    screen.wait_for_selector(".fault")
    assert serious(screen) == NOTHING, "the bench of a page"
    for path in ("", "sources/news", "feeds/new", "feeds/town", "nowhere"):
        screen.goto(home + path)
        assert serious(screen) == NOTHING, path
    screen.context.clear_cookies()
    screen.goto(home)
    assert serious(screen) == NOTHING, "who is not let in"


def test_nothing_serious_where_a_password_is_asked(screen: Page, place: Path) -> None:
    environ = {**os.environ, PASSWORD: "correct horse battery"}
    served = serve_studio(place, environ, host="127.0.0.1", port=0, public_url="https://home.example/")
    with served.server:
        screen.goto(f"{served.server.url}/login")
        screen.fill("input[name=password]", "guessed it at once")
        screen.click("button")
        screen.wait_for_selector("#problem")
        assert serious(screen) == NOTHING
