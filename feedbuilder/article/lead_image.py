"""The article's lead image: which of the pictures on a page is the one at its head.

The picture that a page names for sharing is often a crop with the site's logo on it, or the same for all articles. So
the picture that readers see is preferred.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborNode

from feedbuilder.article.article_place import names_of, upwards
from feedbuilder.article.evidence import Claim, Evidence
from feedbuilder.extract.card_soup import soup_of
from feedbuilder.parse import pictures
from feedbuilder.parse.data.paths import texts
from feedbuilder.parse.identity import tidy_url
from feedbuilder.parse.limits import LONGEST_ADDRESS
from feedbuilder.parse.links import absolute

_GENERAL = re.compile(
    r"(?:^|[/_.-])(?:logo|default|placeholder|fallback|favicon|icon|avatar|symbol|emblem|badge|agency|spinner)s?(?:$|[/_.-])|\.svg$",
    re.IGNORECASE,
)
"""In the address of a picture that stands for the site, not for an article."""
_NO_PHOTO = frozenset("logo placeholder fallback favicon icon avatar emblem badge".split())  # noqa: SIM905 - a table
_VARIANTS = frozenset(
    """
    image images img picture pic user site web og social share header main small large big full square round dark light
    white black color colour horizontal vertical transparent x px
    """.split()  # noqa: SIM905 - a table of names reads better without quotes
)
"""Words in the name of a file that say which of several it is."""
_NAME_WORD = re.compile(r"[^\W\d_]+")
_PORTRAIT = re.compile(
    r"author|autor|auteur|avatar|portrait|byline|profile|icon|logo|writer|emoji|agency|emblem|sponsor|badge",
    re.IGNORECASE,
)
"""In the names of what shows who wrote the article, not what it is about."""
_MOST = 300
_LONGEST_HTML = 50_000
_HEAD_TEXT = 500
"""Characters of text after which a picture no longer stands at the article's head."""
_SMALLEST = 160
"""Pixels: pictures with a smaller `width` are portraits or icons."""
_TOKEN = re.compile(r"[0-9a-f]{12,}|\d{6,}|[^\W_]{14,}")
"""What tells pictures apart in their addresses: numbers and long words."""
_SHARED_STEM = 16


def read_image(page: Evidence) -> Claim | None:
    """Return the address of the lead image, None where the page has none.

    A visible picture that is a crop of the picture named for sharing; else the first picture between the heading and
    the text; else the picture named for sharing, unless its file is called a logo, an icon or the default.
    """
    named = [Claim(url, claim.origin) for claim in _named(page) if (url := picture(page, claim.value))]
    proper = [claim for claim in named if not _GENERAL.search(urlsplit(claim.value).path)]
    shown: list[str] = []
    head: str | None = None
    for url, at_head in islice(_shown(page), _MOST):
        shown.append(url)
        if at_head:
            head = url
            break
    for claim in proper:
        if twin := next((url for url in shown if _is_same(url, claim.value)), None):
            return Claim(twin, "img")
    if head is not None:
        return Claim(head, "img")
    return next(iter(proper), None) or next((one for one in named if not _is_no_photo(one.value)), None)


def _is_no_photo(url: str) -> bool:
    """Return whether the file at `url` is called a logo, an icon or the default, and not a photo of one.

    A name ends with what the file is ("strait-post-logo"); where it goes on, it is a title ("avatar-the-movie").
    Folders and the ends of names say "default" of photos, too.
    """
    stem = urlsplit(url).path.rstrip("/").rpartition("/")[2].lower().partition(".")[0]
    words = [one for word in _NAME_WORD.findall(stem) if (one := word.removesuffix("s")) not in _VARIANTS]
    if not words:
        return False
    return words[-1] in _NO_PHOTO or (len(words) <= 2 and (words[0] == "default" or not _NO_PHOTO.isdisjoint(words)))


def _named(page: Evidence) -> Iterator[Claim]:
    yield from page.meta("og:image", "og:image:url", "og:image:secure_url")
    for data in page.article_data:
        for name in ("image", "thumbnailUrl"):
            for one in page.objects(data.entry.get(name)):
                yield from (Claim(text, data.origin) for text in islice(texts(one, address=True), 3))
    yield from page.meta("twitter:image", "twitter:image:src", "parsely-image-url", "sailthru.image.full", "image")


def _shown(page: Evidence) -> Iterator[tuple[str, bool]]:
    """Yield the pictures on the page, in page order, and whether each stands at the head of the article."""
    heading = page.heading
    after, text = heading is None, 0
    seen: set[int] = set()
    for node in page.tree.css("h1, h2, h3, p, img")[: _MOST * 10]:
        after = after or (heading is not None and node.mem_id == heading.mem_id)
        if node.tag == "p":
            text += page.size(node) if after else 0
        if node.tag != "img":
            continue
        holder = _holder(node)
        if holder.mem_id in seen:
            continue
        seen.add(holder.mem_id)
        if (src := _source(holder)) and (url := picture(page, src)) and not _GENERAL.search(urlsplit(url).path):
            yield url, after and text <= _HEAD_TEXT and _is_proper(node) and not page.surroundings.aside(node)


def _holder(node: LexborNode) -> LexborNode:
    parent = node.parent
    return parent if parent is not None and parent.tag == "picture" else node


def _source(holder: LexborNode) -> str | None:
    html = holder.html or ""
    if len(html) > _LONGEST_HTML:
        return None
    return next(pictures.addresses(soup_of(html).find_all(True)), None)


def shows_picture(page: Evidence, html: str, image: str) -> bool:
    """Return whether a piece of the page shows the picture at `image`, or another cut of it."""
    if len(html) > _LONGEST_HTML:
        return False
    found = islice(pictures.addresses(soup_of(html).find_all(True)), 4)
    return any(url is not None and _is_same(url, image) for url in (picture(page, src) for src in found))


def _is_proper(node: LexborNode) -> bool:
    """Return whether the image is no icon and no portrait of the author."""
    width = node.attributes.get("width") or ""
    if width.isdecimal() and int(width[:6]) < _SMALLEST:
        return False
    for up in islice(upwards(node), 4):
        if _PORTRAIT.search(names_of(up)) or (up.tag == "a" and _PORTRAIT.search(up.attributes.get("href") or "")):
            return False
    return not _PORTRAIT.search(node.attributes.get("src") or "")


def _is_same(one: str, other: str) -> bool:
    """Return whether two addresses are cuts of one picture: they share its number, or most of its name."""
    stems = [_stem(url) for url in (one, other)]
    if stems[0] == stems[1]:
        return True
    tokens = [set(_TOKEN.findall(stem)) for stem in stems]
    if any(token for token in tokens[0] & tokens[1] if any(map(str.isdigit, token))):
        return True
    shared = next((i for i, (x, y) in enumerate(zip(*stems, strict=False)) if x != y), min(map(len, stems)))
    return shared >= _SHARED_STEM and shared * 2 >= min(map(len, stems))


def _stem(url: str) -> str:
    path = unquote(unquote(urlsplit(url).path)).rstrip("/").lower()
    last = path.rpartition("/")[2]
    if len(last) < 8:  # a number of pixels, a format: the name stands before it
        last = "/".join(path.split("/")[-3:])
    return re.sub(r"\.(?:jpe?g|png|webp|gif|avif)(?:$|(?=\.))", "", last)


def picture(page: Evidence, src: str) -> str | None:
    """Return the absolute address of a picture, None for one that is no http or https address."""
    if len(src) > LONGEST_ADDRESS or src.lower().startswith("data:"):
        return None
    url = absolute(page.base, src)
    try:
        return tidy_url(url) if url else None
    except ValueError:
        return None
