"""The article's lead image: which of the pictures that a page names is the one at its head."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from feedbuilder.extract.article.evidence import MANY, Evidence, Said
from feedbuilder.extract.data.paths import texts
from feedbuilder.extract.identity import tidy_url
from feedbuilder.extract.links import absolute

_LOGO = re.compile(r"(?:^|[/_.-])(?:logo|default|placeholder|fallback|share|social|favicon|icon|avatar)", re.IGNORECASE)
_SIZES = re.compile(r"(?:^|[/_-])(?:\d{2,4}x\d{2,4}|\d{1,2}x\d{1,2})")


def read_image(page: Evidence) -> Said | None:
    """Return the address of the lead image, None where the page names none."""
    found = [Said(url, said.origin) for said in _candidates(page) if (url := _address(page, said.value))]
    return next((said for said in found if not _LOGO.search(said.value.rpartition("/")[2])), None) or next(
        iter(found), None
    )


def _candidates(page: Evidence) -> Iterator[Said]:
    yield from page.meta("og:image", "og:image:url", "og:image:secure_url")
    for thing in page.things:
        for name in ("image", "thumbnailUrl"):
            for one in page.objects(thing.entry.get(name)):
                for text in islice(texts(one, address=True), 3):
                    yield Said(text, thing.origin)
    yield from page.meta("twitter:image", "twitter:image:src", "parsely-image-url", "sailthru.image.full", "image")
    for node in page.tree.css("article img, main img, figure img")[:MANY]:
        src = node.attributes.get("data-src") or node.attributes.get("src") or ""
        if src and not page.around.aside(node):
            yield Said(src, "img")


def _address(page: Evidence, src: str) -> str | None:
    if len(src) > 4_000 or src.startswith("data:"):
        return None
    url = absolute(page.base, src)
    try:
        return tidy_url(url) if url else None
    except ValueError:
        return None
