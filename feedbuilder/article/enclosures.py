"""The sound and video that an article's page plays or offers as its own: by its data, its players, its links."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from selectolax.lexbor import LexborNode

from feedbuilder.article.evidence import Claim, Evidence
from feedbuilder.article.lead_image import picture
from feedbuilder.model.enclosures import is_media_file
from feedbuilder.parse.data.paths import texts

MOST = 5
_MANY = 40
_OF_DATA = ("audio", "video", "associatedMedia", "encoding")
"""Properties of an article that hold its recordings (schema.org); of a page that is one, `contentUrl` itself."""
_ADDRESSES = ("src", "data-src", "data-audio", "data-audio-src", "data-mp3")


def read_enclosures(page: Evidence) -> tuple[Claim, ...]:
    """Return the addresses of the files, absolute, each once, the surest first; of one recording mostly one.

    Players and links count where they stand in the article, and not in what else the page shows.
    """
    found: dict[str, Claim] = {}
    for claim in (*_in_data(page), *_players(page), *_links(page)):
        url = picture(page, claim.value)
        if url is not None:
            found.setdefault(url.partition("?")[0], Claim(url, claim.origin))
    return tuple(found.values())[:MOST]


def _in_data(page: Evidence) -> Iterator[Claim]:
    for data in page.article_data:
        own = [data.entry] if "contentUrl" in data.entry else []
        held = [one for name in _OF_DATA for one in page.objects(data.entry.get(name)) if isinstance(one, dict)]
        for one in (*own, *held):
            for text in islice(texts(one.get("contentUrl")), 2):
                if is_media_file(text):
                    yield Claim(text, data.origin)


def _players(page: Evidence) -> Iterator[Claim]:
    for player in page.tree.css("audio, video")[:_MANY]:
        if _is_decoration(player) or page.surroundings.aside(player):
            continue
        nodes = [player, *player.css("source")[:_MANY]]
        addresses = (node.attributes.get(name) for node in nodes for name in _ADDRESSES)
        if address := next((one for one in addresses if one and one.strip()), None):
            yield Claim(address.strip(), player.tag or "")


def _links(page: Evidence) -> Iterator[Claim]:
    for link in page.tree.css("a[href]")[: _MANY * 25]:
        href = link.attributes.get("href") or ""
        if is_media_file(href) and not page.surroundings.aside(link):
            yield Claim(href, "link")


def _is_decoration(player: LexborNode) -> bool:
    """Return whether a video plays by itself, silently, again and again: it is a moving picture."""
    given = player.attributes
    return player.tag == "video" and "autoplay" in given and ("muted" in given or "loop" in given)
