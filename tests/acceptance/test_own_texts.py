"""Every entry of every feed of the demonstration, in every format: its own text, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree
from lxml.html import fromstring

from feedbuilder.newsroom import Story
from feedbuilder.parse.plain_text import letters
from tests.acceptance.place import Place, quick_demo

ATOM, CONTENT = "{http://www.w3.org/2005/Atom}", "{http://purl.org/rss/1.0/modules/content/}"


def entries(file: Path) -> Iterator[tuple[str, str | None]]:
    """Yield the address of each entry, and its text as HTML."""
    if file.suffix == ".json":
        for one in json.loads(file.read_bytes())["items"]:
            yield one["url"], one["content_html"]
        return
    root = etree.parse(file).getroot()
    for one in root.iter("item"):
        yield one.findtext("link"), one.findtext(f"{CONTENT}encoded")
    for one in root.iter(f"{ATOM}entry"):
        yield one.find(f"{ATOM}link").get("href"), one.findtext(f"{ATOM}content")


def own_words(story: Story) -> str:
    """Return the letters of all that belongs to the text of `story`."""
    if story.rich_body is None:
        return letters("".join(story.body or (story.summary,)))
    return letters(story.summary + fromstring(f"<div>{story.rich_body}</div>").text_content())


def test_every_entry_of_the_demonstration_holds_its_own_text_and_nothing_else(place: Place) -> None:
    place.write_config(quick_demo())
    assert not place.build().failed
    stories = {story.path: story for story in place.newsroom.stories()}
    for name in ("rss.xml", "atom.xml", "feed.json"):
        files = sorted(place.output.glob(f"*/{name}"))
        shown = [(file.parent.name, *entry) for file in files for entry in entries(file)]
        wrong = [
            (slug, link, html)
            for slug, link, html in shown
            if letters(fromstring(f"<div>{html or ''}</div>").text_content())
            != own_words(stories[unquote(urlsplit(link).path)])
        ]
        assert not wrong, name
        assert len(files) >= 5
        assert len(shown) > 60
