"""A person's way through the studio in a browser, from an empty folder to a feed: with a mouse, and without one."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from feedbuilder.newsroom import DEMO_START, Newsroom, serve
from feedbuilder.studio.serve_studio import ServedStudio
from tests.cli.conftest import STORIES, Web
from tests.patience import PATIENCE
from tests.xss.browser import find

CHROMIUM = find()
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed here (apt-get install chromium)")
"""Without a browser there is nothing to see."""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def screen(chromium: Browser, served: ServedStudio) -> Iterator[Page]:
    """Yield the studio's first screen; nothing of ours may be refused by its own policy, or fail in a script."""
    context = chromium.new_context(viewport={"width": 1280, "height": 860})
    context.set_default_timeout(PATIENCE * 1000)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if "Content Security Policy" in said.text else None)
    page.goto(served.address)
    page.wait_for_selector("h1:has-text('Which page')")
    assert "token" not in page.url
    yield page
    context.close()
    assert wrong == []


@pytest.fixture
def newsroom() -> Iterator[str]:
    with serve(Newsroom(lambda: DEMO_START), port=0) as running:
        yield running.url


def titles(screen: Page) -> list[str]:
    return [" ".join(text.split()) for text in screen.locator(".preview-title").all_text_contents()]


def use(screen: Page, tool: str) -> None:
    screen.locator(f".tools label:has(input[value={tool}])").click()


def said(screen: Page, pattern: str) -> None:
    """Wait until the studio has said something."""
    screen.locator("#said [data-said]", has_text=re.compile(pattern)).wait_for()


def test_with_a_mouse_from_an_empty_folder_to_a_feed(screen: Page, newsroom: str, place: Path) -> None:
    screen.fill("input[name=address]", f"{newsroom}/tags/world-news")
    screen.click("button:has-text('Look at it')")
    screen.click("label:has(input[name=host])")  # it is on a private address
    screen.click("button:has-text('Look again')")
    screen.wait_for_selector(".preview-entry")
    right = titles(screen)
    assert len(right) > 10

    # A list that is read wrongly: other titles, no dates, one card left out.
    screen.click("summary:has-text('Selectors')")
    wrong = '[source.selectors]\nitem = ".large-post"\ntitle = ".post-text"\ndate = ".nothing"\n'
    screen.fill("textarea[name=selectors]", wrong)
    screen.click("button:has-text('Read by these')")
    said(screen, "Read by your selectors")
    assert not set(right) & set(titles(screen))
    page = screen.frame_locator("#page")
    use(screen, "title")
    page.locator(".large-post .post-title a").first.click()
    said(screen, "Title learnt")
    use(screen, "date")
    page.locator(".large-post .post-when").first.click()
    said(screen, "Date learnt")
    use(screen, "add")
    before = titles(screen)
    page.locator(".compact-post .post-title a").last.click()
    said(screen, r"\d articles? more")
    corrected = titles(screen)
    assert set(before) < set(corrected)
    assert all(any(one.startswith(title.rstrip(".")) for one in right) for title in corrected)
    assert not screen.locator(".preview-missing").count(), "each has a date"
    screen.click("button:has-text('Undo')")
    screen.wait_for_selector("button[value=redo]:enabled")
    assert titles(screen) != corrected
    screen.click("button:has-text('Redo')")
    screen.wait_for_selector("button[value=redo]:disabled")
    assert titles(screen) == corrected

    screen.fill("input[name=title]", "The world")
    screen.locator("input[name=tags]").focus()
    screen.locator("#places", has_text="The world").wait_for()
    screen.click("button:has-text('Save')")
    screen.wait_for_selector("#state .notice.good")
    address = screen.locator(".address code").first.text_content()
    assert address == "http://127.0.0.1:8766/the-world/rss.xml"
    feed = (place.parent.parent / "output" / "the-world" / "rss.xml").read_text("utf-8")
    assert all(title.partition("’")[0].rstrip(".") in feed for title in corrected)
    [source] = tomllib.loads(place.read_text("utf-8"))["source"]
    assert source["selectors"].get("title") != ".post-text"


def test_without_a_mouse(screen: Page, place: Path, web: Web) -> None:
    place.write_text('[fetch]\nallow_hosts = ["127.0.0.1"]\nhost_gap = "0s"\nicons = false\n', "utf-8")
    press = screen.keyboard.press
    screen.wait_for_selector("input[name=address]:focus")
    screen.keyboard.type(f"{web.url}/news")
    press("Enter")
    screen.wait_for_selector(".preview-entry")
    reach(screen, "input[name=tool]:checked")
    for _ in range(3):
        press("ArrowRight")  # look, missing, no article, title
    assert screen.locator("input[name=tool]:checked").get_attribute("value") == "title"
    press("Enter")  # into the page
    screen.frame_locator("#page").locator("body").wait_for()
    press("Enter")  # into the first card
    for _ in range(len(PARTS) - 1):
        press("ArrowDown")
    press("Enter")
    said(screen, "Title learnt")
    assert titles(screen) == [summary for *_, summary in STORIES]
    reach(screen, "button[value=undo]")
    press("Enter")
    screen.wait_for_selector("button[value=redo]:enabled")
    assert titles(screen) == [title for _, title, *_ in STORIES]
    reach(screen, ".save-bar button")
    press("Enter")
    screen.wait_for_selector("#state .notice.good")


PARTS = ("title", "date", "summary")
"""What a card of the small page says, in its order."""


def reach(screen: Page, selector: str) -> None:
    """Press Tab until an element has the keyboard; it must not take for ever."""
    for _ in range(60):
        if screen.locator(selector).first.evaluate("one => one === document.activeElement"):
            return
        screen.keyboard.press("Tab")
    pytest.fail(f"no way to {selector} by keyboard")
