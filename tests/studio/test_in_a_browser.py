"""A person's way through the studio in a browser, from an empty folder to a feed: with a mouse, and without one."""

from __future__ import annotations

import re
import time
import tomllib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import feedparser
import pytest
from playwright.sync_api import Page, Route

from feedbuilder.feeds.xml_texts import day
from feedbuilder.newsroom import DEMO_START, Newsroom, serve
from tests.cli.conftest import STORIES, Web
from tests.patience import PATIENCE
from tests.studio.conftest import BROWSER
from tests.studio.test_new_source import COMMENTED
from tests.studio.test_other_pages import MAKINGS, NAMES, page_of

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed here (apt-get install chromium)")
"""Without a browser there is nothing to see."""


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


def test_without_a_mouse_from_an_empty_folder_to_a_feed(screen: Page, place: Path, web: Web) -> None:
    press = screen.keyboard.press
    screen.wait_for_selector("input[name=address]:focus")
    screen.keyboard.type(f"{web.url}/news")
    press("Enter")
    screen.wait_for_selector("input[name=host]")  # it is on a private address
    reach(screen, "input[name=host]")
    press("Space")
    reach(screen, "form .primary")
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
    reach(screen, "button[data-copy]")
    press("Enter")
    screen.locator("#announcer", has_text="Copied").wait_for()
    address = screen.locator("button[data-copy]").first.get_attribute("data-copy")
    assert address == "http://127.0.0.1:8766/town-news/rss.xml"
    feed = place.parent.parent / "output" / "town-news" / "rss.xml"
    assert all(title in feed.read_text("utf-8") for _, title, *_ in STORIES)


def test_a_click_is_seen_before_it_is_answered(screen: Page, place: Path, web: Web) -> None:
    place.write_text(COMMENTED, "utf-8")
    screen.fill("input[name=address]", f"{web.url}/news")
    press = screen.keyboard.press
    press("Enter")
    screen.wait_for_selector(".preview-entry")
    asked: list[Route] = []
    screen.route("**/teach", lambda route: asked.append(route))  # noqa: PLW0108 - playwright cannot name a method
    use(screen, "title")
    page = screen.frame_locator("#page")
    page.locator("p.intro").first.click()
    said(screen, "Learning from this click")
    assert titles(screen) == [title for _, title, *_ in STORIES]
    held(screen, asked).continue_()
    said(screen, "Title learnt")
    assert titles(screen) == [summary for *_, summary in STORIES]
    page.locator("h2 a").first.click()
    said(screen, "Learning from this click")
    held(screen, asked).abort()
    screen.wait_for_selector("#trouble:visible")
    said(screen, "Title learnt")


def test_who_saves_while_something_is_answered_gets_to_the_source(screen: Page, place: Path, web: Web) -> None:
    place.write_text(COMMENTED, "utf-8")
    screen.fill("input[name=address]", f"{web.url}/news")
    screen.keyboard.press("Enter")
    screen.wait_for_selector(".preview-entry")
    changes: list[Route] = []
    saves: list[Route] = []
    screen.route("**/fields", lambda route: changes.append(route))  # noqa: PLW0108 - as above
    screen.route("**/save", lambda route: saves.append(route))  # noqa: PLW0108 - as above
    screen.fill("input[name=title]", "The Strait")
    screen.locator("input[name=tags]").focus()
    late = held(screen, changes)
    screen.locator("button:has-text('Save')").click(no_wait_after=True)
    save = held(screen, saves)
    late.fulfill(status=404, content_type="text/html", body="<h1>Not here</h1>")
    save.continue_()
    screen.locator("h1", has_text="The Strait").wait_for()
    assert screen.url.endswith("/sources/news")


def test_pages_of_other_making_are_put_right_by_clicks_and_built(screen: Page, place: Path, web: Web) -> None:
    place.write_text(COMMENTED, "utf-8")
    home = screen.url
    for place_on_site, (kind, making) in enumerate(MAKINGS.items()):
        web.pages[f"/notices-{place_on_site}"] = page_of(making)
        screen.goto(home)
        screen.fill("input[name=address]", f"{web.url}/notices-{place_on_site}")
        screen.click("button:has-text('Look at it')")
        screen.wait_for_selector(".preview-entry")
        screen.click("summary:has-text('Selectors')")
        screen.fill("textarea[name=selectors]", making.wrong)
        screen.click("button:has-text('Read by these')")
        said(screen, "Read by your selectors")
        assert not set(titles(screen)) & set(NAMES), kind
        page = screen.frame_locator("#page")
        for tool, element, answer in (
            ("title", page.locator(making.title).first, "Title learnt"),
            ("date", page.locator(making.date).first, "Date learnt"),
            ("add", page.locator(making.title).last, "1 article more"),
        ):
            use(screen, tool)
            element.click()
            said(screen, answer)
        assert sorted(titles(screen)) == sorted(NAMES), kind
        name = f"Notices {place_on_site}"
        screen.fill("input[name=title]", name)
        if not place_on_site:  # then it is that of the site
            screen.fill("input[name=timezone]", "Europe/Berlin")
            screen.locator("input[name=timezone]").blur()
            said(screen, "Times are read in Europe/Berlin")
        shown = [
            (text.strip(), day.strip())
            for text, day in zip(
                screen.locator(".preview-title").all_text_contents(),
                screen.locator(".preview-meta time").all_text_contents(),
                strict=True,
            )
        ]
        screen.click("button:has-text('Save')")
        screen.wait_for_selector("#state .notice.good")
        feed = feedparser.parse((place.parent.parent / "output" / f"notices-{place_on_site}" / "atom.xml").read_bytes())
        built = [(entry.title, day(datetime.fromisoformat(entry.published))) for entry in feed.entries]
        assert sorted(built) == sorted(shown), kind


def held(screen: Page, asked: list[Route]) -> Route:
    """Return the request that waits to be answered, once it was made."""
    limit = time.monotonic() + PATIENCE
    while not asked:
        assert time.monotonic() < limit
        screen.wait_for_timeout(20)
    return asked.pop()


PARTS = ("title", "date", "summary")
"""What a card of the small page says, in its order."""


def reach(screen: Page, selector: str) -> None:
    """Press Tab until an element has the keyboard; it must not take for ever."""
    for _ in range(60):
        if screen.locator(selector).first.evaluate("one => one === document.activeElement"):
            return
        screen.keyboard.press("Tab")
    pytest.fail(f"no way to {selector} by keyboard")
