"""The article's authors: who is named where, and what in a byline is a name.

Owns the words that stand around names: "By", "and", job titles. Knows no other field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from feedbuilder.article.article_title import site_names
from feedbuilder.article.bylines import bylines, linked_authors
from feedbuilder.article.evidence import MANY, Evidence
from feedbuilder.article.person_names import given_name_first, looks_like_name, names_in
from feedbuilder.parse.plain_text import letters

_METAS = (
    "author", "article:author", "og:article:author", "parsely-author", "sailthru.author", "cxenseparse:author",
    "articleauthor", "dc.creator", "dcterms.creator", "byl", "byline", "creator",
)  # fmt: skip
_LIBRARIES = ("dc.creator", "dcterms.creator")
"""Elements of Dublin Core, in which the last name comes first."""
_DATA = ("json-ld", "microdata", *_METAS)
_LOGIN = re.compile(r"[a-z0-9._-]{1,60}")
"""One word in small letters: what somebody logs in with, which content systems give to machines as the author."""
_MORE = 3
"""Authors that a byline may name beside those in the data."""
_MOST = 12


@dataclass(frozen=True, slots=True)
class _NamedTogether:
    """Texts that name authors together."""

    values: list[str]
    origin: str


def read_authors(page: Evidence, listed: Sequence[str] = ()) -> tuple[tuple[str, ...], str] | None:
    """Return the names of the authors and where they stand, None where nobody is named.

    The site's own name, and a name to log in with, count only where no one else is named anywhere.
    """
    names = site_names(page)
    spare: tuple[tuple[str, ...], str] | None = None
    for place in _places(page, listed):
        found = people(place.values)
        own = tuple(name for name in found if letters(name) not in names and not _LOGIN.fullmatch(name))
        if own:
            return _with_others(page, own, place.origin)
        if found and spare is None:
            spare = found, place.origin
    return spare


def _with_others(page: Evidence, own: tuple[str, ...], origin: str) -> tuple[tuple[str, ...], str]:
    """Return `own`, or the byline that names the same people and others: data often hold only the first author."""
    keys = set(map(letters, own))
    claim = linked_authors(page) if origin in _DATA else None
    if claim is not None:
        shown = people([claim.value])
        if keys < set(map(letters, shown)) and len(shown) <= len(own) + _MORE and all(map(looks_like_name, shown)):
            return shown, claim.origin
    return own, origin


def _places(page: Evidence, listed: Sequence[str]) -> Iterator[_NamedTogether]:
    for data in page.article_data:
        yield _NamedTogether(page.names(data.entry.get("author")), data.origin)
    for name in _METAS:
        values = [claim.value for claim in page.meta(name)]
        if name in _LIBRARIES and all(value.count(",") == 1 for value in values):
            values = [given_name_first(value) for value in values]
        yield _NamedTogether(values, name)
    for claim in bylines(page):
        yield _NamedTogether([claim.value], claim.origin)
    yield _NamedTogether(list(listed), "list")


def people(values: Iterable[str]) -> tuple[str, ...]:
    """Return the names in `values`, each once, in their order; job titles, addresses and "By" left out."""
    named: dict[str, str] = {}
    for value in islice(values, MANY):
        for name in names_in(value):
            if key := letters(name):
                named.setdefault(key, name)
    return tuple(islice(named.values(), _MOST))
