"""A page that a script builds, from `add` to the feed: by a browser, and by the data that the script asks for."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from feedbuilder.model import Page
from feedbuilder.newsroom import DEMO_START, Newsroom, serve
from feedbuilder.newsroom.app_page import APP_PATH, DATA_PATH, PER_ANSWER
from feedbuilder.tend.in_browser import PageInBrowser
from tests.browser.conftest import needs_chromium
from tests.cli.conftest import STORIES, Desk, Web, list_page
from tests.cli.test_add_conversation import LIST, NAME, OFTEN, TAGS, WRITE, ZONE, talking
from tests.patience import PATIENCE


@pytest.fixture
def app() -> Iterator[str]:
    """Yield the address of a page that a script builds."""
    with serve(Newsroom(lambda: DEMO_START), port=0) as running:
        yield f"{running.url}{APP_PATH}"


def titles(desk: Desk) -> list[str]:
    [feed] = desk.folder.glob("output/latest*/feed.json")
    return [entry["title"] for entry in json.loads(feed.read_text("utf-8"))["items"]]


def newest(count: int) -> list[str]:
    stories = sorted(Newsroom(lambda: DEMO_START).stories(), key=lambda one: (one.published, one.slug), reverse=True)
    return [story.title for story in stories[:count]]


@needs_chromium
def test_data_that_a_script_asks_for_are_taken_in_place_of_its_page(desk: Desk, app: str) -> None:
    desk.hurry()
    done = desk.call("add", app, "--browser", "--yes")
    assert done.exit_code == 0, done.output
    assert f"makes its list from {app.removesuffix(APP_PATH)}{DATA_PATH}?page=1" in " ".join(done.output.split())
    written = desk.config.read_text("utf-8")
    assert 'kind = "json"' in written
    assert f'url = "{app.removesuffix(APP_PATH)}{DATA_PATH}?page=1"' in written
    assert titles(desk) == newest(PER_ANSWER)


@needs_chromium
def test_a_browser_reads_the_page_where_that_is_wanted_and_is_told_of_at_a_terminal(desk: Desk, app: str) -> None:
    desk.hurry()
    with talking(desk, "add", app) as (terminal, process):
        assert "no links to articles" in terminal.say("Let a browser open it?", "y")
        assert "for programs" in terminal.say("Read that in place of the page?", "n")
        for question in (LIST, NAME, TAGS, ZONE, OFTEN, WRITE):
            terminal.say(question, "")
        terminal.rest()
        assert process.wait(PATIENCE) == 0
    assert 'kind = "browser"' in desk.config.read_text("utf-8")
    assert titles(desk) == newest(PER_ANSWER)


CLICKING = """
[[source]]
id = "latest"
url = "{url}"
kind = "browser"
[source.selectors]
item = "article"
[source.browser]
wait_for = "article"
click = ".load-more"
clicks = 2
"""


@needs_chromium
def test_more_of_a_list_is_clicked_for(desk: Desk, app: str) -> None:
    desk.hurry(CLICKING.format(url=app))
    shown = json.loads(desk.call("preview", "latest", "--json").stdout)
    assert [item["title"] for item in shown["items"]] == newest(3 * PER_ANSWER)


def test_detect_shows_what_a_browser_shows_and_where_it_comes_from(
    desk: Desk, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.hurry()
    entries = [
        {"title": title, "url": f"/news/{slug}", "date": day, "summary": summary}
        for slug, title, day, summary in STORIES
    ]
    web.pages["/api"] = json.dumps(entries)
    page = Page(f"{web.url}/app", list_page().encode(), DEMO_START)
    data = Page(f"{web.url}/api", json.dumps(entries).encode(), DEMO_START, "application/json")
    monkeypatch.setattr("feedbuilder.cli.detect_command.page_in_browser", lambda *_: PageInBrowser(page, (data,)))
    seen = json.loads(desk.call("detect", f"{web.url}/app", "--browser", "--json").stdout)
    assert [item["title"] for item in seen["items"]] == [title for _, title, *_ in STORIES]
    assert seen["behind"] == f"{web.url}/api"
    shown = desk.call("detect", f"{web.url}/app", "--browser")
    assert "holds the same articles for programs" in " ".join(shown.output.split())
    assert 'kind = "browser"' not in shown.output  # the selectors alone are shown


def test_without_being_asked_nothing_is_opened_but_told(desk: Desk, app: str, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.hurry()
    for command in (("add", app, "--yes"), ("detect", app)):
        done = desk.call(*command)
        assert done.exit_code == 1
        assert f"feedbuilder add {app} --browser" in " ".join(done.output.split())
    assert "[[source]]" not in desk.config.read_text("utf-8")


def test_what_is_missing_is_told_with_its_remedy(desk: Desk, app: str, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.hurry()
    monkeypatch.setattr("feedbuilder.browser.chromium.find_spec", lambda _: None)
    monkeypatch.setenv("PATH", str(desk.folder))
    for command in (("add", app, "--yes"), ("add", app, "--browser", "--yes")):
        said = " ".join(desk.call(*command).output.split())
        assert "pip install 'feedbuilder[browser]'" in said, said
        assert "install the package chromium" in said
