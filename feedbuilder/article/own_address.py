"""The address that an article page names as its own, and whether that can be believed; and its language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from feedbuilder.article.evidence import Claim, Evidence
from feedbuilder.parse.data.paths import texts
from feedbuilder.parse.identity import host_of, tidy_url
from feedbuilder.parse.limits import LONGEST_ADDRESS
from feedbuilder.parse.links import absolute

_PARTS = re.compile(r"amp|print|page|\d{1,2}|index\.\w+|embed|full|single|m")
"""What may follow an article's own path in the address of a form of it."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


def read_canonical(page: Evidence, sections: frozenset[str] = frozenset()) -> Claim | None:
    """Return the article's own address as the page names it, None where it names none that can be believed.

    Not believed: the home page; a page above this one, such as its section; one of `sections` (canonical addresses);
    an address on another site that does not end as this one does.
    """
    for claim in _candidates(page):
        url = absolute(page.base, claim.value[:LONGEST_ADDRESS])
        canonical = page.canonical(claim.value)
        if url and canonical and canonical not in sections and _believable(url, page.url):
            return Claim(tidy_url(url), claim.origin)
    return None


def read_language(page: Evidence) -> Claim | None:
    """Return the language that the page says it is in, as BCP 47."""
    element = page.tree.css_first("html")
    given = element.attributes if element is not None else {}
    found = [Claim(given.get(name) or "", "html") for name in ("lang", "xml:lang")]
    found += [*page.data_claims("inLanguage"), *page.meta("og:locale", "content-language", "language", "dc.language")]
    for claim in found:
        tag = claim.value.strip().replace("_", "-")
        if _LANGUAGE.fullmatch(tag):
            return Claim(tag, claim.origin)
    return None


def path_of(href: str) -> str:
    """Return the path in `href` as people read it, "" for an address that is none, such as http://[privacy]."""
    try:
        return unquote(urlsplit(href[:LONGEST_ADDRESS]).path)
    except ValueError:
        return ""


def _candidates(page: Evidence) -> Iterator[Claim]:
    for node in page.tree.css("link[rel~=canonical][href]")[:3]:
        yield Claim(node.attributes.get("href") or "", "canonical")
    yield from page.meta("og:url")
    for data in page.article_data:
        for name in ("mainEntityOfPage", "url"):
            for text in texts(data.entry.get(name), address=True):
                yield Claim(text, data.origin)


def _believable(url: str, own: str) -> bool:
    try:
        there, here = host_of(url), host_of(own)
    except ValueError:
        return False
    path, asked = _steps(url), _steps(own)
    if not path and not urlsplit(url).query:
        return False
    if there != here and not there.endswith("." + here) and not here.endswith("." + there):
        return bool(asked) and path[-1:] == asked[-1:]
    above = len(path) < len(asked) and asked[: len(path)] == path
    return not above or all(_PARTS.fullmatch(step) for step in asked[len(path) :])


def _steps(url: str) -> list[str]:
    return [step for step in unquote(urlsplit(url).path).lower().split("/") if step]
