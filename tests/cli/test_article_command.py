"""`feedbuilder article`: an article's page in, what is read from it out, for people and for programs."""

from __future__ import annotations

import json
from typing import Any

import pytest

from feedbuilder.cli import article_command
from tests.cli.conftest import Desk, Web

URL = "https://strait.example/news/bridge-opens"
OK, FAILED, USAGE = 0, 1, 2
TEXT = "".join(f"<p>{n}. {'The bridge was opened on Friday, after eleven years of work. ' * 4}</p>" for n in range(9))
PAGE = f"""<!doctype html><html lang="en"><head><title>Bridge Opens | The Strait Post</title>
<link rel="canonical" href="/news/bridge-opens"></head><body><main><h1>Bridge Opens</h1><p class="byline">By Ann Lee</p>
<time>Feb. 6, 2026, 12:35 p.m.</time>{TEXT}<p><a href="/tags/world">#World News</a></p></main></body></html>"""
KEYS = ["title", "published", "modified", "authors", "image", "tags", "language", "canonical", "body", "content_html"]


def read(desk: Desk, *arguments: str, html: str = PAGE) -> dict[str, Any]:
    (desk.folder / "page.html").write_text(html, "utf-8")
    result = desk.call("article", "page.html", "--url", URL, "--json", *arguments)
    assert result.exit_code == OK, result.output
    data: dict[str, Any] = json.loads(result.stdout)
    return data


def test_json_has_every_field_and_where_it_came_from(desk: Desk) -> None:
    data = read(desk, "--timezone", "Asia/Dubai")
    assert set(KEYS) <= set(data)
    assert {key: data[key] for key in ("title", "published", "authors", "tags", "language", "canonical", "image")} == {
        "title": "Bridge Opens",
        "published": "2026-02-06T12:35:00+04:00",
        "authors": ["Ann Lee"],
        "tags": ["World News"],
        "language": "en",
        "canonical": URL,
        "image": None,
    }
    assert data["body"].startswith("0. The bridge was opened")
    assert data["content_html"].startswith("<p>0. The bridge was opened")
    assert data["origins"]["title"] == "h1"
    assert data["origins"]["tags"] == "links"


def test_html_and_url_may_be_options(desk: Desk) -> None:
    (desk.folder / "saved.html").write_text(PAGE, "utf-8")
    result = desk.call("article", "--html", "saved.html", "--url", URL, "--json")
    assert json.loads(result.stdout)["title"] == "Bridge Opens"
    assert json.loads(desk.call("article", URL, "--html", "saved.html", "--json").stdout)["url"] == URL


def test_standard_input_is_a_file(desk: Desk) -> None:
    result = desk.call("article", "-", "--url", URL, "--json", stdin=PAGE)
    assert json.loads(result.stdout)["title"] == "Bridge Opens"


def test_people_see_a_table_with_origins_and_the_beginning_of_the_text(desk: Desk) -> None:
    (desk.folder / "page.html").write_text(PAGE, "utf-8")
    shown = desk.call("article", "page.html", "--url", URL).stdout
    for part in ("Bridge Opens", "2026-02-06T12:35:00+00:00", "Ann Lee", "byline", "not said", "more characters"):
        assert part in shown
    assert "8. The bridge" not in shown
    assert "8. The bridge" in desk.call("article", "page.html", "--url", URL, "--all").stdout


def test_without_the_extra_people_are_told_how_to_get_texts(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feedbuilder.article.article_body.installed", lambda: False)
    monkeypatch.setattr(article_command, "installed", lambda: False)
    (desk.folder / "page.html").write_text(PAGE, "utf-8")
    assert "feedbuilder[full-text]" in desk.call("article", "page.html", "--url", URL).stdout


def test_a_page_on_the_web_is_fetched_once(desk: Desk, web: Web) -> None:
    desk.hurry()
    web.pages["/news/bridge-opens"] = PAGE
    result = desk.call("article", f"{web.url}/news/bridge-opens", "--json")
    data = json.loads(result.stdout)
    assert (data["title"], data["canonical"]) == ("Bridge Opens", f"{web.url}/news/bridge-opens")
    assert web.asked["/news/bridge-opens"] == 1


def test_the_settings_of_the_sites_source_hold(desk: Desk) -> None:
    desk.hurry(
        '[[source]]\nid = "strait"\nurl = "https://strait.example/news"\ntimezone = "Asia/Dubai"\n'
        'selectors.item = "article"\narticle.tags = ".byline"\n'
    )
    data = read(desk)
    assert (data["published"], data["tags"]) == ("2026-02-06T12:35:00+04:00", ["By Ann Lee"])
    assert data["origins"]["tags"] == "selector"


def test_a_page_without_a_title_fails(desk: Desk) -> None:
    (desk.folder / "page.html").write_text("<p>Nothing.</p>", "utf-8")
    assert desk.call("article", "page.html", "--url", URL).exit_code == FAILED


@pytest.mark.parametrize("arguments", [(), ("nowhere.html",), ("page.html",), ("page.html", "--url", "strait")])
def test_wrong_usage_is_told(desk: Desk, arguments: tuple[str, ...]) -> None:
    (desk.folder / "page.html").write_text(PAGE, "utf-8")
    result = desk.call("article", *arguments)
    assert result.exit_code == USAGE
    assert "error" in result.stderr
