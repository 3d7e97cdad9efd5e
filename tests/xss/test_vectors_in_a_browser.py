"""Nothing of the vectors runs in a real browser: not in texts of articles, not in any published file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from lxml import etree

from feedbuilder.article.content import content_html
from feedbuilder.feeds import compose, render, render_site
from feedbuilder.model import Feed, FeedFile, Precision, Site, StoredItem
from feedbuilder.model.ids import item_id
from tests.xss import browser as web
from tests.xss.vectors import VECTORS, armed

BROWSER = web.find()
NOON = datetime(2026, 2, 6, 12, 0, tzinfo=UTC)

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed here (apt-get install chromium)")


@pytest.fixture(scope="module")
def site() -> Iterator[web.Site]:
    with web.serving() as site:
        yield site


def visit(site: web.Site, profile: Path, pages: dict[str, str | tuple[str, bytes]]) -> set[int]:
    assert BROWSER is not None
    whole = {
        path: page if isinstance(page, tuple) else (web.HTML, page.encode("utf-8", "replace"))
        for path, page in pages.items()
    }
    return web.visit(BROWSER, site, profile, whole)


def page(body: str) -> str:
    return f"<!doctype html><meta charset=utf-8><title>x</title>{web.DRIVER}<body>{body}"


def test_unsanitised_they_do_run(site: web.Site, tmp_path: Path) -> None:
    """Else the other tests would show nothing."""
    hits = visit(site, tmp_path, {f"/raw/{one.number}": page(armed(one, site.base)) for one in VECTORS})
    assert len(hits) > len(VECTORS) // 2
    assert {VECTORS[number].kind for number in hits} >= {"script", "event", "address", "svg", "mutation", "comment"}


def test_texts_of_articles_run_nothing(site: web.Site, tmp_path: Path) -> None:
    """Neither as a page, nor as a reader puts them into one, be it twice."""
    pages: dict[str, str | tuple[str, bytes]] = {}
    for one in VECTORS:
        content = content_html(f"<p>Talks</p>{armed(one, site.base)}<p>go on</p>", "https://paper.example/a") or ""
        pages[f"/page/{one.number}"] = page(content)
        pages[f"/inner/{one.number}"] = page(inserted(content))
    assert not visit(site, tmp_path, pages)


def test_in_a_published_page_they_would_run_but_for_its_policy(site: web.Site, tmp_path: Path) -> None:
    """Else the next test would show nothing either; and where escaping ever failed, the policy would still hold."""
    one, other = VECTORS[0], VECTORS[11]
    pages: dict[str, str | tuple[str, bytes]] = {}
    for file in published(site.base):
        if file.path == "index.html":
            text = file.content.decode()
            pages["/as-is"] = text.replace("</footer>", f"</footer>{armed(one, site.base)}")
            pages["/open"] = without_policy(text).replace("</footer>", f"</footer>{armed(other, site.base)}")
    assert visit(site, tmp_path, pages) == {other.number}


def test_published_files_run_nothing(site: web.Site, tmp_path: Path) -> None:
    """Pages as they are, and without their content security policy; XML under its own type and under a wrong one."""
    pages: dict[str, str | tuple[str, bytes]] = {}
    for file in published(site.base):
        if file.path.endswith(".html"):
            pages[f"/as-is/{file.path}"] = (file.media_type, file.content)
            pages[f"/open/{file.path}"] = without_policy(file.content.decode())
        else:
            pages[f"/as-is/{file.path}"] = (file.media_type, file.content)
            if not file.path.endswith(".json"):
                pages[f"/as-html/{file.path}"] = (web.HTML, web.DRIVER.encode() + file.content)
    assert not visit(site, tmp_path, pages)


def test_a_reader_that_trusts_the_markup_of_entries_runs_nothing(site: web.Site, tmp_path: Path) -> None:
    texts = dict.fromkeys(text for file in published(site.base) for text in markup_of(file))
    assert len(texts) > len(VECTORS)
    pages: dict[str, str | tuple[str, bytes]] = {
        f"/entry/{number}": page(text if number % 2 else inserted(text)) for number, text in enumerate(texts)
    }
    assert not visit(site, tmp_path, pages)


def without_policy(text: str) -> str:
    """A published page without its content security policy, and with what clicks on everything."""
    policy = 'http-equiv="Content-Security-Policy"'
    assert policy in text
    return text.replace(policy, "").replace("<head>", f"<head>{web.DRIVER}")


def inserted(content: str) -> str:
    """A page that sets `content` as innerHTML, and what comes of that once more."""
    literal = json.dumps(content).replace("<", "\\u003c")
    script = f"one.innerHTML = {literal}; two.innerHTML = one.innerHTML;"
    return f"<div id=one></div><div id=two></div><script>{script}</script>"


def published(base: str) -> list[FeedFile]:
    """A site all of whose texts and addresses are hostile."""
    title, description, documents = armed(VECTORS[0], base), armed(VECTORS[11], base), []
    site = Site(title=title, description=description, url="https://feeds.example/")
    for start in range(0, len(VECTORS), 40):
        some = VECTORS[start : start + 40]
        texts = [armed(one, base) for one in some]
        entries = [
            StoredItem(
                id=item_id(str(one.number)),
                canonical=f"paper.example/{one.number}",
                link=[text, f"javascript:{text}", f"https://paper.example/{text}"][one.number % 3],
                title=text,
                summary=text,
                authors=(text,),
                image=f"https://paper.example/{text}" if one.number % 2 else text,
                tags=(text,),
                sources=("paper",),
                published=NOON,
                precision=Precision.INSTANT,
                zone=ZoneInfo("UTC"),
                first_seen=NOON,
                last_seen=NOON,
                changed=NOON,
                content_html=text,
            )
            for one, text in zip(some, texts, strict=True)
        ]
        feed = Feed(slug=f"feed-{start}", title=texts[1], description=texts[2], tags=[texts[3]], language=texts[4])
        documents.append(compose(feed, entries, [], site, NOON))
    return [file for document in documents for file in render(document)] + list(render_site(site, documents))


def markup_of(file: FeedFile) -> list[str]:
    """What the formats call HTML in the entries of `file`."""
    if file.path.endswith("feed.json"):
        return [item["content_html"] for item in json.loads(file.content)["items"] if "content_html" in item]
    if not file.path.endswith(("rss.xml", "atom.xml")):
        return []
    root = etree.fromstring(file.content)
    found = [
        *root.iterfind(".//item/description"),
        *root.iterfind(".//{*}encoded"),
        *root.iterfind(".//*[@type='html']"),
    ]
    return [element.text for element in found if element.text]
