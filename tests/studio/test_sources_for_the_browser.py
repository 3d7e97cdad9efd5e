"""The studio and pages that a script builds: a source for the browser stays one, and a page that needs one is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedbuilder.config import load
from feedbuilder.detect import detect
from feedbuilder.model import ExtractError, Page, SourceKind
from feedbuilder.studio.looking import Look, look_at_page, look_at_source
from tests.cli.conftest import STORIES, Web, list_page
from tests.fetch.loopback import NOW

CONFIG = """
[fetch]
allow_hosts = ["127.0.0.1"]
host_gap = "0s"
[[source]]
id = "app"
url = "https://app.example/news"
kind = "browser"
[source.selectors]
item = "article"
[source.browser]
click = "button.more"
"""


def test_a_source_for_the_browser_stays_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "feedbuilder.toml").write_text(CONFIG, "utf-8")
    config = load(tmp_path / "feedbuilder.toml", {})
    [source] = config.sources
    page = Page(source.url, list_page().encode(), NOW)
    monkeypatch.setattr("feedbuilder.studio.looking.page_of", lambda _fetcher, _source: page)
    look = Look(source.url)
    look_at_source(look, config, source, detect)
    assert look.bench is not None
    made = look.bench.source()
    assert (made.kind, made.browser) == (SourceKind.BROWSER, source.browser)
    assert len(look.bench.plan.candidate.items) == len(STORIES)


def test_a_page_that_needs_a_browser_is_told_with_the_command_that_opens_it(tmp_path: Path, web: Web) -> None:
    (tmp_path / "feedbuilder.toml").write_text(CONFIG, "utf-8")
    web.pages["/app"] = "<!doctype html><title>App</title><div id=root></div><script>build()</script>"
    look = Look(f"{web.url}/app")
    with pytest.raises(ExtractError, match=r"feedbuilder add http://127\.0\.0\.1:\d+/app --browser"):
        look_at_page(look, load(tmp_path / "feedbuilder.toml", {}), detect)
