"""What a page calls itself: its title without the site's name, the site, its language. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from feedbuilder.model import Page
from feedbuilder.parse.decode import decode
from feedbuilder.parse.limits import refuse_monster_page
from feedbuilder.parse.plain_text import clean, letters

LONGEST = 80
"""Characters of a name; beyond that it is a sentence."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_BETWEEN = re.compile(r"\s{1,50}[-–—:/~]\s{1,50}|\s{0,50}[|·•»«›‹⋅]\s{0,50}|\s{0,50}_\s{0,50}(?=\D)")
_MOSTLY = 0.5
"""Of a text: the share that a word of the host makes up where it is the name of the site, and no section's."""
_SITE_NAMES = ('meta[property="og:site_name"]', 'meta[name="application-name"]', 'meta[itemprop="name"]')


@dataclass(frozen=True, slots=True)
class About:
    """What a page says of itself; None where it does not say."""

    title: str | None
    """What it is about, without the name of the site: "World News"."""
    site: str | None
    language: str | None
    """As BCP 47."""
    heading: str | None = None
    names: tuple[str, ...] = ()
    """All that it calls itself beside the name of the site: its title, what it is shared as, its heading."""


def about(page: Page) -> About:
    """Return what `page` calls itself. Raises ExtractError for a page too large or too deep to be read."""
    text = decode(page)
    refuse_monster_page(text, page.url)
    return about_tree(LexborHTMLParser(text), page.url)


def about_tree(tree: LexborHTMLParser, url: str) -> About:
    """Return what the page at `url`, which is `tree`, calls itself."""
    host = urlsplit(url).hostname or ""
    site = next((name for css in _SITE_NAMES if (name := _content(tree, css))), None)
    title = tree.css_first("title")
    parts = _parts(clean(title.text(), 300) if title else None, site, host)
    # Where nothing tells, the site comes last: "Blog | Bee Keepers".
    site = site or next((part for part in parts if _is_site(part, site, host)), parts[-1] if len(parts) > 1 else None)
    titles = [parts, _parts(_content(tree, 'meta[property="og:title"]'), site, host)]
    own = [next((part for part in named if not _is_site(part, site, host)), None) for named in titles]
    heading = _short(_heading(tree, site, host))
    names = dict.fromkeys(name for name in (*map(_short, own), heading) if name)
    return About(next(iter(names), None), _short(site), _language(tree), heading, tuple(names))


def _parts(title: str | None, site: str | None, host: str) -> list[str]:
    """Return what stands between the bars of a title; a colon parts the name of the site from the rest, no other."""
    parts = [part for part in _BETWEEN.split(title or "") if part.strip()]
    found = []
    for part in parts:
        before, colon, after = part.partition(": ")
        sides = [before.strip(), after.strip()]
        split = colon and all(sides) and sum(_is_site(side, site, host) for side in sides) == 1
        found.extend(sides if split else [part])
    return found


def _heading(tree: LexborHTMLParser, site: str | None, host: str) -> str | None:
    """Return the heading of the page: no logo, and not that of its top story, which is a link or stands in its card."""
    for heading in tree.css("h1")[:10]:
        text = clean(heading.text(), 300)
        if not text or _is_site(text, site, host) or heading.css_first("a[href]"):
            continue
        above = heading.parent
        while above is not None and above.tag not in ("a", "article"):
            above = above.parent
        if above is None:
            return text
    return None


def _content(tree: LexborHTMLParser, css: str) -> str | None:
    element = tree.css_first(css)
    return clean(element.attributes.get("content") or "", 300) if element else None


def _is_site(part: str, site: str | None, host: str) -> bool:
    """Return whether a part of a title is the site's name: it says so, or its letters stand in its address."""
    own, named = letters(part), letters(site or "")
    labels = [letters(label) for label in host.split(".")[:-1]]
    in_host = len(own) >= 4 and own in letters(host)
    return (
        own == named
        or in_host
        or any(len(label) >= 5 and label in own and len(label) >= _MOSTLY * len(own) for label in labels)
    )


def _short(text: str | None) -> str | None:
    if not text or len(text) <= LONGEST:
        return text or None
    return text[: LONGEST - 1].rsplit(" ", 1)[0].rstrip() + "…"


def _language(tree: LexborHTMLParser) -> str | None:
    element = tree.css_first("html")
    said = ((element.attributes.get("lang") or "") if element else "").strip().replace("_", "-")
    return said if _LANGUAGE.fullmatch(said) else None
