"""Nothing of the vectors runs in a real browser: not in texts of articles, not in any published file."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from lxml import etree

from feedbuilder.content.clean_html import content_html
from feedbuilder.feeds import compose, render, render_site
from feedbuilder.model import Feed, FeedFile, Precision, Site, StoredItem
from feedbuilder.model.item_ids import item_id
from tests.xss import browser as web
from tests.xss.vectors import VECTORS, armed

BROWSER = web.find()
NOON = datetime(2026, 2, 6, 12, 0, tzinfo=UTC)

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed here (apt-get install chromium)")

Pages = dict[str, tuple[str, bytes]]


def page(body: str) -> tuple[str, bytes]:
    text = f"<!doctype html><meta charset=utf-8><title>x</title>{web.DRIVER}<body>{body}"
    return web.HTML, text.encode("utf-8", "replace")


def raw_pages(base: str) -> Pages:
    """The vectors as they are."""
    return {str(one.number): page(armed(one, base)) for one in VECTORS}


def text_pages(base: str) -> Pages:
    """Texts of articles made of the vectors: as a page, and as a reader puts them into one, be it twice."""
    pages: Pages = {}
    for one in VECTORS:
        content = content_html(f"<p>Talks</p>{armed(one, base)}<p>go on</p>", "https://paper.example/a") or ""
        pages[f"page/{one.number}"] = page(content)
        pages[f"inner/{one.number}"] = page(inserted(content))
    return pages


def policy_pages(base: str) -> Pages:
    """A published page into which two vectors got, with its content security policy and without."""
    one, other = VECTORS[0], VECTORS[11]
    (text,) = (file.content.decode() for file in published(base) if file.path == "index.html")
    as_is = text.replace("</footer>", f"</footer>{armed(one, base)}")
    without = without_policy(text).replace("</footer>", f"</footer>{armed(other, base)}")
    return {"as-is": (web.HTML, as_is.encode()), "open": (web.HTML, without.encode())}


def file_pages(base: str) -> Pages:
    """Published pages as they are, and without their policy; XML under its own type and under a wrong one."""
    pages: Pages = {}
    for file in published(base):
        pages[f"as-is/{file.path}"] = (file.media_type, file.content)
        if file.path.endswith(".html"):
            pages[f"open/{file.path}"] = (web.HTML, without_policy(file.content.decode()).encode())
        elif not file.path.endswith(".json"):
            pages[f"as-html/{file.path}"] = (web.HTML, web.DRIVER.encode() + file.content)
    return pages


def entry_pages(base: str) -> Pages:
    """What the formats call markup in their entries, as a reader shows it that trusts them."""
    texts = dict.fromkeys(text for file in published(base) for text in markup_of(file))
    assert len(texts) > len(VECTORS)
    return {str(number): page(text if number % 2 else inserted(text)) for number, text in enumerate(texts)}


GROUPS: dict[str, Callable[[str], Pages]] = {
    "raw": raw_pages,
    "texts": text_pages,
    "policy": policy_pages,
    "files": file_pages,
    "entries": entry_pages,
}


def hits(profile: Path) -> dict[str, set[int]]:
    """Return the vectors that ran, by the group of pages in which they did: all are opened in one browser."""
    assert BROWSER is not None
    with web.serving() as site:
        pages = {
            f"/{group}/{path}": content
            for group, make in GROUPS.items()
            for path, content in make(f"{site.base}/{group}").items()
        }
        web.visit(BROWSER, site, profile, pages)
        assert set(site.beacons) <= set(GROUPS)
        return {group: site.beacons[group] for group in GROUPS}


@pytest.mark.slow(26)
@pytest.mark.timeout(900)
def test_of_what_is_made_of_the_vectors_nothing_runs(tmp_path: Path) -> None:
    """One test, not five, for it takes one browser; which group it is stands in the assertion."""
    ran = hits(tmp_path)
    # Unsanitised they do run, else the rest would show nothing.
    raw = ran.pop("raw")
    assert len(raw) > len(VECTORS) // 2
    assert {VECTORS[number].kind for number in raw} >= {"script", "event", "address", "svg", "mutation", "comment"}
    # So would a vector that got into a published page, but for the policy: where escaping failed, it would still hold.
    assert ran == {"texts": set(), "policy": {VECTORS[11].number}, "files": set(), "entries": set()}


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
