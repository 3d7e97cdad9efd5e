"""Addresses that lead to no page: a feed, an answer in JSON, a sitemap; and pages that want a key."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from feedbuilder.config import load
from feedbuilder.studio.serve_studio import ServedStudio
from feedbuilder.web import Background
from tests.cli.conftest import STORIES, Web, list_page, rss
from tests.studio.conftest import Visitor
from tests.studio.test_new_source import COMMENTED, begin, soon, texts, titles

NAMES = [title for _, title, *_ in STORIES]
POSTS = [
    {"headline": title, "url": f"/news/{slug}", "published_at": f"{day}T10:00:00Z", "teaser": summary}
    for slug, title, day, summary in STORIES
]


@pytest.fixture(autouse=True)
def nothing_is_built(monkeypatch: pytest.MonkeyPatch, place: Path) -> None:
    monkeypatch.setattr("feedbuilder.studio.saving.build_now", lambda *_: None)
    place.write_text(COMMENTED, "utf-8")


def test_a_feed_is_offered_as_it_is_and_taken_where_that_is_wished(visitor: Visitor, web: Web, place: Path) -> None:
    web.pages["/rss"] = rss(6)
    page = visitor.see(begin(visitor, f"{web.url}/rss"))
    assert texts(page, "h1") == ["This is a feed already"]
    assert texts(page, ".address code") == [f"{web.url}/rss"]
    [kind] = page.select("input[name=kind]")
    path = begin(visitor, f"{web.url}/rss", kind=str(kind["value"]))
    page = visitor.see(path)
    assert titles(page) == NAMES
    assert not page.select("iframe, #tools, #selectors")
    assert "<rss" in page.select(".document")[0].get_text()
    assert visitor.post(f"{path}/save", {"title": "Strait", "tags": "Strait"}).status_code == 303
    [source] = tomllib.loads(place.read_text("utf-8"))["source"]
    assert (source["kind"], "selectors" in source) == ("feed", False)
    assert not visitor.see("/sources/rss").select("form[action$=correct]")


def test_a_list_in_json_is_read_by_paths_that_may_be_changed(visitor: Visitor, web: Web, place: Path) -> None:
    web.pages["/api"] = json.dumps({"data": {"posts": POSTS, "odd": "\ud800"}})
    path = begin(visitor, f"{web.url}/api")
    page = visitor.see(path)
    assert titles(page) == NAMES
    assert not texts(page, ".preview-warnings li"), "the dates name their zone"
    assert '"headline": "A Bridge' in page.select(".document")[0].get_text()
    [written] = texts(page, "#selectors-text")
    assert "headline" in written
    selectors = {"selectors": 'item = "data.posts"\ntitle = "teaser"\ndate = "published_at"\nlink = "url"\n'}
    visitor.post(f"{path}/selectors", selectors)
    assert titles(visitor.see(path)) == [summary for *_, summary in STORIES]
    assert visitor.post(f"{path}/save").status_code == 303
    [source] = load(place, {}).sources
    assert (source.kind, source.selectors.item) == ("json", "data.posts")
    # The same source again, to be put right.
    path = visitor.post(f"/sources/{source.id}/correct").headers["location"]
    soon(lambda: not visitor.see(path).select("#looking"))
    assert titles(visitor.see(path)) == [summary for *_, summary in STORIES]
    visitor.post(f"{path}/selectors", {"selectors": selectors["selectors"].replace("teaser", "headline")})
    assert visitor.post(f"{path}/save").status_code == 303
    [source] = load(place, {}).sources
    assert source.kind == "json"
    assert source.selectors.title is not None
    assert str(source.selectors.title[0].select) == "headline"
    begun = begin(visitor, f"{web.url}/api", again="yes")
    assert titles(visitor.see(begun)) == NAMES


def test_a_sitemap_is_read_as_it_is(visitor: Visitor, web: Web, place: Path) -> None:
    places = "".join(
        f"<url><loc>{web.url}/news/{slug}</loc><lastmod>{day}</lastmod></url>" for slug, _, day, _ in STORIES
    )
    web.pages["/sitemap.xml"] = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{places}</urlset>'
    path = begin(visitor, f"{web.url}/sitemap.xml")
    assert len(titles(visitor.see(path))) == len(STORIES)
    assert visitor.post(f"{path}/save").status_code == 303
    assert [source.kind for source in load(place, {}).sources] == ["sitemap"]


def test_a_page_without_a_list_is_followed_by_its_changes(visitor: Visitor, web: Web, place: Path) -> None:
    web.pages["/terms"] = "<title>Terms of the Pool</title><main><p>Swim from 9 to 17.</p><p>No dogs.</p></main>"
    page = visitor.see(begin(visitor, f"{web.url}/terms"))
    [kind] = page.select("input[name=kind]")
    path = begin(visitor, f"{web.url}/terms", kind=str(kind["value"]))
    page = visitor.see(path)
    assert "Each change of its main text" in page.get_text()
    assert not page.select("iframe, #tools, #selectors")
    assert visitor.post(f"{path}/save", {"title": "Terms", "tags": "Pool"}).status_code == 303
    [source] = tomllib.loads(place.read_text("utf-8"))["source"]
    assert (source["kind"], "selectors" in source) == ("changes", False)
    assert not visitor.see("/sources/terms").select("form[action$=correct]")


@pytest.fixture
def locked() -> Iterator[str]:
    """A page that only whoever has its key gets; yield its address."""

    async def answer(request: Request) -> Response:
        has_key = request.headers.get("authorization") == "Bearer sesame-open"
        return Response(list_page(), media_type="text/html") if has_key else Response("", 403)

    with Background(Starlette(routes=[Route("/{path:path}", answer)]), "127.0.0.1", 0) as server:
        yield f"{server.url}/news"


def test_a_key_goes_along_and_stays_in_the_environment(
    visitor: Visitor, served: ServedStudio, locked: str, place: Path
) -> None:
    served.studio.environ = {**served.studio.environ, "SITE_TOKEN": "sesame-open"}
    page = visitor.see(begin(visitor, locked))
    assert texts(page, ".notice.bad")
    ours = "X-Ours: ${FEEDBUILDER_STUDIO_PASSWORD}"
    for wrong in ("Authorization: Bearer sesame-open", "Authorization: Bearer ${NO_SUCH_TOKEN}", "Authorization", ours):
        refused = visitor.post("/pages", {"address": locked, "headers": wrong})
        assert refused.status_code == 422
        assert "notice bad" in refused.text
    path = begin(visitor, locked, headers="Authorization: Bearer ${SITE_TOKEN}\n")
    assert titles(visitor.see(path)) == NAMES
    assert visitor.post(f"{path}/save").status_code == 303
    written = place.read_text("utf-8")
    assert tomllib.loads(written)["source"][0]["headers"] == {"Authorization": "Bearer ${SITE_TOKEN}"}
    assert "sesame" not in written
    shown = visitor.get("/sources/news").text
    assert "Bearer ${SITE_TOKEN}" in shown
    assert "sesame" not in shown
    # Headers change alone, and go again.
    fields = {"title": "Town News", "headers": "Authorization: Bearer ${SITE_TOKEN}\nX-Client: reader"}
    assert visitor.post("/sources/news/edit", fields).status_code == 303
    changed = tomllib.loads(place.read_text("utf-8"))["source"][0]["headers"]
    assert changed == {"Authorization": "Bearer ${SITE_TOKEN}", "X-Client": "reader"}
    refused = visitor.post("/sources/news/edit", fields | {"headers": "Cookie: sid=1"})
    assert refused.status_code == 422
    assert visitor.post("/sources/news/edit", fields | {"headers": ""}).status_code == 303
    assert place.read_text("utf-8").replace(" = ", "=").count("headers") == 0
    # A secret that somebody wrote out is not shown, and keeps nobody from changing the rest.
    text = place.read_text("utf-8").replace('id = "news"', 'id = "news"\nheaders = { Cookie = "sid=sesame-open" }')
    place.write_text(text, "utf-8")
    page = visitor.see("/sources/news")
    assert not page.select("textarea[name=headers]")
    assert "sesame" not in page.get_text()
    assert visitor.post("/sources/news/edit", {"title": "The town"}).status_code == 303
    assert place.read_text("utf-8").replace("The town", "Town News") == text


def test_a_list_is_narrowed_by_addresses_and_that_is_undone(visitor: Visitor, web: Web, place: Path) -> None:
    path = begin(visitor, f"{web.url}/news")
    visitor.post(f"{path}/fields", {"only": "council|museum"})
    page = visitor.see(path)
    assert titles(page) == NAMES[1:3]
    visitor.post(f"{path}/fields", {"only": "nowhere"})
    assert texts(visitor.see(path), "#only-field .fault") == ["No address of the list has this in it."]
    visitor.post(f"{path}/step", {"way": "undo"})
    assert titles(visitor.see(path)) == NAMES
    visitor.post(f"{path}/step", {"way": "redo"})
    assert visitor.post(f"{path}/save", {"only": "council|museum"}).status_code == 303
    assert tomllib.loads(place.read_text("utf-8"))["source"][0]["only"] == "council|museum"
    assert visitor.post("/sources/news/edit", {"title": "Town News", "only": ""}).status_code == 303
    assert "only" not in tomllib.loads(place.read_text("utf-8"))["source"][0]


WATCHED = """
[[source]]
id = "terms"
url = "http://127.0.0.1:9/terms"
kind = "changes"
[source.changes]
remove = [".ad"]
ignore = ["today"]
"""


def test_what_of_a_page_is_watched_is_said_on_its_screen(visitor: Visitor, place: Path) -> None:
    place.write_text(COMMENTED + WATCHED, "utf-8")
    page = visitor.see("/sources/terms")
    assert page.select("input[name=numbers][checked]")
    assert texts(page, "#ignore") == ["today"]
    assert not page.select("[name=articles], [name=only]")  # of a page without a list there is neither
    fields = {"title": "Terms", "watched": "main .terms", "ignore": "today\n\\d+ visitors"}
    assert visitor.post("/sources/terms/edit", fields).status_code == 303
    written = place.read_text("utf-8")
    assert written.startswith(COMMENTED)
    assert tomllib.loads(written)["source"][-1]["changes"] == {
        "selector": "main .terms",
        "remove": [".ad"],
        "ignore": ["today", "\\d+ visitors"],
        "numbers": False,
    }
    assert visitor.post("/sources/terms/edit", fields | {"numbers": "yes", "watched": ""}).status_code == 303
    assert load(place, {}).sources[-1].changes.numbers
    assert load(place, {}).sources[-1].changes.selector is None


@pytest.mark.parametrize(
    ("fields", "told"), [({"watched": "div["}, "is not valid"), ({"ignore": "a("}, "regular expression")]
)
def test_what_cannot_be_watched_is_told_beside_its_field(
    visitor: Visitor, place: Path, fields: dict[str, str], told: str
) -> None:
    place.write_text(COMMENTED + WATCHED, "utf-8")
    answer = visitor.post("/sources/terms/edit", {"title": "Terms", "watched": "main"} | fields)
    assert answer.status_code == 422
    assert told in answer.text
    assert next(iter(fields.values())) in answer.text
    assert place.read_text("utf-8") == COMMENTED + WATCHED
