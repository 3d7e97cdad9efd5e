"""Pictures of an article: lazy ones are brought to life, each shows one address, captions stand in figures.

Knows nothing of clutter and paragraphs.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

from bs4.element import Tag

from feedbuilder.content.absolute_links import Addresses
from feedbuilder.content.fragment import parsed
from feedbuilder.parse.pictures import addresses as candidates
from feedbuilder.parse.plain_text import attribute

_RENAMED = {"amp-img": "img", "amp-anim": "img", "amp-video": "video", "amp-iframe": "iframe", "amp-audio": "audio"}
_CAPTION = re.compile(r"(?:^|[\s_-])(?:caption|captiontext|figcaption|legend)(?:$|[\s_-])", re.IGNORECASE)
_ICON = re.compile(
    r"(?:^|[/_.-])(?:icons?|spinner|avatars?|gravatar|emoji|favicon|logos?|loader|zoom-in|play-button|placeholder)(?:$|[/_.-])|\.svg$",
    re.IGNORECASE,
)
"""In the addresses of pictures that show nothing of the story. Drawings of news sites are no SVG files."""
_PIXELS = re.compile(r"(\d{1,5})(?:\.\d*)?(?:px)?")
_CAPTIONS = ["p", "div", "span", "small", "em", "figcaption"]
_SYMBOLS = frozenset(("So", "Sk", "Sm", "Mn", "Cf"))
"""Unicode categories that emoji are made of: pictures, skin tones, joiners, variants."""


def settle_pictures(root: Tag, addresses: Addresses) -> None:
    """Give every picture its one real, absolute address; those without one go, with figures that held nothing else."""
    for old, new in _RENAMED.items():
        for element in root.find_all(old):
            element.name = new
    for noscript in root.find_all("noscript"):
        _revive(noscript)
    for image in root.find_all("img"):
        _settle(image, addresses)
    _remove_twins(root)
    for picture in root.find_all("picture"):
        for source in picture.find_all("source"):
            source.unwrap()  # libxml2 takes what follows for its content
        picture.unwrap()
    for caption in root.find_all(_CAPTIONS):
        if caption.name == "figcaption" or _CAPTION.search(attribute(caption, "class")):
            _put_in_figure(caption)


def _revive(noscript: Tag) -> None:
    """Take the picture out of `noscript` if the page shows a placeholder in its stead until scripts run."""
    if noscript.find("img") is None and "<img" in (text := noscript.get_text()):
        # Some parsers, and some pages, hold it as text.
        noscript.clear()
        noscript.extend(list(parsed(text).contents))
    image = noscript.find("img")
    if image is None:
        return
    lazy = _placeholder_of(noscript)
    if lazy is None:
        following = noscript.find_next_sibling("img")
        if following is None or not any(candidates([following])):
            noscript.insert_before(image.extract())
    elif not any(candidates([lazy])):
        lazy.replace_with(image.extract())


def _placeholder_of(noscript: Tag) -> Tag | None:
    """Return the picture right before `noscript`, bare or wrapped."""
    before = noscript.find_previous_sibling()
    if before is None or before.name == "img":
        return before
    wrapped = before.name in {"picture", "span", "div", "a"} and not before.get_text(strip=True)
    return before.find("img") if wrapped else None


def _settle(image: Tag, addresses: Addresses) -> None:
    picture = image.find_parent("picture")
    shown = candidates([image, *(picture.find_all("source") if picture else [])])
    address = next((url for one in shown if (url := addresses.web(one))), None)
    alt = " ".join(attribute(image, "alt").split())
    if alt and all(unicodedata.category(character) in _SYMBOLS for character in alt):
        image.replace_with(alt)  # an emoji drawn as a picture
        return
    if address is None or _ICON.search(urlsplit(address).path):
        image.decompose()  # a placeholder, an icon, a pixel
        return
    kept = {"src": address, "alt": alt, "title": " ".join(attribute(image, "title").split())}
    for name in ("width", "height"):
        if found := _PIXELS.fullmatch(attribute(image, name)):
            kept[name] = found[1]
    image.attrs = {name: value for name, value in kept.items() if value or name == "alt"}


def _remove_twins(root: Tag) -> None:
    """Remove pictures that came before, under the same address: for phones and for desks, small and large."""
    seen: set[str] = set()
    for image in root.find_all("img"):
        address = re.sub(r"[?#].*$", "", attribute(image, "src"))
        if address in seen:
            image.decompose()
        seen.add(address)


def _put_in_figure(caption: Tag) -> None:
    """Make `caption` the caption of a figure, if it stands in one or beside the one picture of its parent."""
    if caption.find_parent("figcaption") is not None or caption.find(["img", "figure"]) is not None:
        return
    if caption.find_parent("figure") is not None:
        caption.name = "figcaption"
        return
    parent = caption.parent
    if parent is None or parent.name not in {"div", "section", "span", "p", "center"}:
        return
    if len(parent.find_all("img")) == 1 and len(parent.get_text(strip=True)) == len(caption.get_text(strip=True)):
        parent.name, caption.name = "figure", "figcaption"
