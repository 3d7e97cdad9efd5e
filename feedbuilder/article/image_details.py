"""What the page says of the article's lead picture: size, caption, credit.

Owns which of a page's sizes and texts belong to the picture that was chosen: a page shows it in many sizes, and other
pictures beside it. Sizes count for one address only; captions for all cuts of one picture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

from selectolax.lexbor import LexborNode

from feedbuilder.article.article_place import names_of
from feedbuilder.article.evidence import Evidence, plain
from feedbuilder.article.lead_image import picture, shows_picture
from feedbuilder.article.small_print import is_credit
from feedbuilder.content.surrounding_names import is_named, plain_names
from feedbuilder.model.image_details import ImageDetails
from feedbuilder.parse.data.markup_data import text_of
from feedbuilder.parse.data.paths import texts
from feedbuilder.parse.plain_text import clean, letters

LONGEST, LONGEST_CREDIT = 500, 160
"""Characters of a caption and of a credit."""
_FIGURES = "figure, [class*=caption], [class*=figure], [itemtype*=ImageObject]"
_CAPTIONS = "figcaption, [class*=caption], [class*=legend], [itemprop=caption]"
_PARTS = "span, small, cite, em, i, p, div, figcaption, [itemprop]"
_MOST = 40
_SMALLEST = 100
"""Pixels: a smaller side is that of a logo, or of a placeholder that scripts make larger."""
_NAMED = r"(?:fotos?|photos?|photograph|images?|picture|bild|credits?|copyright|quelle|source|fuente|crédito)"
_BY = r"(?:by|von|par|de|credit|courtesy of|:|：|©)"
_CREDIT_BEHIND = re.compile(
    rf"(?:^|[\s(\[|/–—-])(?:{_NAMED}\s?{_BY}|©|\(c\))\s?(?P<name>[^()\[\]|]{{2,120}})[)\]]?$", re.IGNORECASE
)
"""At the end of a caption: "… at the bridge. Photo: Ann Lee"."""
_CREDIT_BEFORE = re.compile(rf"^\W{{0,3}}(?:{_NAMED}\s?{_BY}?|©|\(c\))\W{{1,3}}", re.IGNORECASE)
_PIXELS = re.compile(r"([1-9]\d{0,4})(?:\.0+)?(?:px)?")


def read_image_details(page: Evidence, image: str) -> ImageDetails | None:
    """Return what `page` says of the picture at `image`, which it names or shows; None where it says nothing."""
    width, height = next(_sizes(page, image), (None, None))
    description, credit = _caption(page, image)
    # Asked one after the other: most pages say it in the first place.
    described = chain([description], _data_texts(page, image, "caption", "description"), _alts(page, image))
    credits_ = chain(
        [credit], _data_texts(page, image, "creditText", "copyrightHolder", "creator", "author", "copyrightNotice")
    )
    found = ImageDetails(
        width=width,
        height=height,
        description=next((text for one in described if one and (text := clean(one, LONGEST))), None),
        credit=next((text for one in credits_ if one and (text := _who(one))), None),
    )
    return found if found.known() else None


def _sizes(page: Evidence, image: str) -> Iterator[tuple[int, int]]:
    """Yield the sizes of the picture at exactly this address, the surest first."""
    named = [claim.value for claim in islice(page.meta("og:image", "og:image:url", "og:image:secure_url"), 2)]
    if named and picture(page, named[0]) == image:
        yield from _both(
            *(next((one.value for one in page.meta(f"og:image:{side}")), "") for side in ("width", "height"))
        )
    for data in _objects(page, image, exactly=True):
        yield from _both(data.get("width"), data.get("height"))
    for node in page.tree.css("img[src][width][height]")[:_MOST]:
        given = node.attributes
        if picture(page, given.get("src") or "") == image:
            yield from _both(given.get("width"), given.get("height"))


def _both(width: Any, height: Any) -> Iterator[tuple[int, int]]:
    found = [_PIXELS.fullmatch(next(texts(one), "").strip()) for one in (width, height)]
    if found[0] and found[1]:
        sides = int(found[0][1]), int(found[1][1])
        if min(sides) >= _SMALLEST:
            yield sides


def _objects(page: Evidence, image: str, *, exactly: bool = False) -> Iterator[dict[str, Any]]:
    """Yield the objects in the article's data that are this picture, or another cut of it."""
    for data in page.article_data:
        for one in islice(page.objects(data.entry.get("image")), _MOST):
            if not isinstance(one, dict):
                continue
            urls = [
                text for name in ("url", "contentUrl", "@id") for text in islice(texts(one.get(name), address=True), 2)
            ]
            if any(picture(page, url) == image for url in urls) or (
                not exactly and any(shows_picture(page, f'<img src="{url}">', image) for url in urls if '"' not in url)
            ):
                yield one


def _data_texts(page: Evidence, image: str, *names: str) -> Iterator[str]:
    for one in _objects(page, image):
        for name in names:
            yield from page.names(one.get(name))


def _caption(page: Evidence, image: str) -> tuple[str | None, str | None]:
    """Return caption and credit below the picture, None for what is not there."""
    for figure in page.tree.css(_FIGURES)[:_MOST]:
        if page.size(figure) > 3 * LONGEST or not shows_picture(page, figure.html or "", image):
            continue
        credit = next(_credits(page, figure), None)
        for caption in figure.css(_CAPTIONS)[:3]:
            words = text_of(caption)
            text, behind = _without_credit(words, credit)
            if text or behind:
                return text, credit or behind
        if credit:
            return None, credit
    return None, None


def _credits(page: Evidence, figure: LexborNode) -> Iterator[str]:
    """Yield what says who made the picture in `figure`: by its name, or by its words."""
    for part in figure.css(_PARTS)[:_MOST]:
        if not 2 <= page.size(part) <= LONGEST_CREDIT:
            continue
        words = text_of(part)
        if is_named("credit", plain_names(names_of(part))) or is_credit(words) or _CREDIT_BEHIND.match(words):
            yield words


def _without_credit(words: str, credit: str | None) -> tuple[str | None, str | None]:
    """Return a caption without the credit at its end, and that credit."""
    if credit and words.endswith(credit):
        return words.removesuffix(credit).rstrip(" |–—-/·") or None, credit
    found = _CREDIT_BEHIND.search(words[-2 * LONGEST_CREDIT :])
    if found is None:
        return words or None, None
    before = words[: len(words) - len(found[0])].rstrip(" |–—-/·(")
    return before or None, found["name"]


def _who(words: str) -> str | None:
    """Return the name in a credit, without what only says that it is one."""
    name = _CREDIT_BEFORE.sub("", words).strip(" []|/")
    bare = name.removeprefix("(").removesuffix(")")
    return clean(name if "(" in bare else bare, LONGEST_CREDIT)


def _alts(page: Evidence, image: str) -> Iterator[str]:
    """Yield what the page says that the picture shows; names of files, and the title once more, say nothing."""
    titles = {letters(claim.value) for claim in page.meta("og:title", "twitter:title")}
    titles |= {letters(page.words(heading)) for heading in page.headings[:2]}
    yield from (
        claim.value for claim in page.meta("og:image:alt", "twitter:image:alt") if _describes(claim.value, titles)
    )
    for node in page.tree.css("img[alt]")[:_MOST]:
        alt = plain(node.attributes.get("alt") or "")
        if _describes(alt, titles) and shows_picture(page, node.html or "", image):
            yield alt


def _describes(alt: str, titles: set[str]) -> bool:
    return " " in alt.strip() and letters(alt) not in titles
