"""The article's authors: who is named where, and what in a byline is a name.

Owns the words that stand around names: "By", "and", job titles. Knows no other field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from selectolax.lexbor import LexborNode

from feedbuilder.extract.article.evidence import MANY, Evidence, Said, letters
from feedbuilder.extract.article.surroundings import stands_aside
from feedbuilder.extract.article.titles import site_names
from feedbuilder.extract.data import marked
from feedbuilder.extract.text import NAME_LIMIT, clean, without_markup

_METAS = (
    "author",
    "article:author",
    "og:article:author",
    "parsely-author",
    "sailthru.author",
    "cxenseparse:author",
    "articleauthor",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "byline",
    "creator",
)
_BY = re.compile(
    r"""^\W*(?:(?:(?:story|report|words|text|posted|post|written|published|geschrieben|publié|publicado|écrit|escrito)
    \s*)?(?:by|von|par|por|di|da|door|av|af|od|przez|tarafından)(?:\s+line)?\s*:?\s+
    |(?:posted\s+by|post\s+by|written\s+by|authors?|autor(?:in|en|es|a)?|auteurs?|autore|autrice|reporter|byline|by
    |von|par|por|text|words|記者|文|作者|著者|기자)\s*[:：]\s*)""",
    re.IGNORECASE | re.VERBOSE,
)
_AND = re.compile(
    r"\s+(?:and|und|et|y|e|en|og|och|ja|i|und|ve|и|та|with|mit|avec)\s+|\s*[;|•·／]\s*|\s*&\s+|\s+[-–—]\s+",
    re.IGNORECASE,
)
_COMMA = re.compile(r"\s*[,、，]\s*")
_ADDRESS = re.compile(r"\S+@\S+|\b(?:https?:|www\.)\S*|\(\s*\)|^@\S+$")
_JOB = re.compile(
    r"""(?<!\w)(?:correspondents?|reporters?|editors?|writers?|journalists?|columnists?|contributors?|producers?
    |photographers?|staff|bureau\s+chief|chief|redakteur(?:in)?|reporter(?:in)?|korrespondent(?:in)?|journalist(?:in|e)?
    |volont[äa]r(?:in)?|ressortleiter(?:in)?|autor(?:in)?|chefredakteur(?:in)?|rédact(?:eur|rice)|journaliste
    |correspondante?|redactora?|periodista|corresponsal|giornalista|redacteur|verslaggever|correspondent|journalist
    |muhabir|editör)(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)
_BYLINES = (
    "[rel~=author], [itemprop=author], [class*=byline], [class*=Byline], [class*=author], [class*=Author], "
    "[data-testid*=author], [data-testid*=byline], address"
)
_LONGEST = 60
"""Characters of a name; longer texts are sentences."""
_MOST = 12


def read_authors(page: Evidence, listed: Sequence[str] = ()) -> tuple[tuple[str, ...], str] | None:
    """Return the names of the authors and where they stand, None where nobody is named.

    The site's own name counts only where no one else is named anywhere.
    """
    names = site_names(page)
    spare: tuple[tuple[str, ...], str] | None = None
    for said in _sources(page, listed):
        found = people(said.values)
        own = tuple(name for name in found if letters(name) not in names)
        if own:
            return own, said.origin
        if found and spare is None:
            spare = found, said.origin
    return spare


class _Source:
    """Texts that name authors together."""

    def __init__(self, values: Iterable[str], origin: str) -> None:
        self.values, self.origin = list(values), origin


def _sources(page: Evidence, listed: Sequence[str]) -> Iterator[_Source]:
    for thing in page.things:
        yield _Source(page.names(thing.entry.get("author")), thing.origin)
    for name in _METAS:
        yield _Source((said.value for said in page.meta(name)), name)
    for origin, nodes in _visible(page):
        yield _Source(map(marked.text_of, nodes), origin)
    yield _Source(listed, "list")


def _visible(page: Evidence) -> Iterator[tuple[str, list[LexborNode]]]:
    found = [node for node in page.tree.css(_BYLINES)[:MANY] if not stands_aside(node)]
    yield "rel=author", [node for node in found if "author" in (node.attributes.get("rel") or "").lower().split()]
    yield "itemprop=author", [node for node in found if node.attributes.get("itemprop") == "author"]
    for node in found:
        yield "byline", [node]


def people(values: Iterable[str]) -> tuple[str, ...]:
    """Return the names in `values`, each once, in their order; job titles, addresses and "By" left out."""
    named: dict[str, str] = {}
    for value in islice(values, MANY):
        for name in _names(value):
            if key := letters(name):
                named.setdefault(key, name)
    return tuple(islice(named.values(), _MOST))


def _names(value: str) -> Iterator[str]:
    text = clean(without_markup(value), NAME_LIMIT)
    if text is None or text.endswith("…"):
        return
    text = _ADDRESS.sub(" ", text).strip()
    text = _BY.sub("", text)
    for part in _AND.split(text):
        for index, piece in enumerate(_COMMA.split(part)):
            name = _BY.sub("", piece).strip(" \t-–—,;:|./()[]")
            if index and _JOB.search(name):
                continue
            if _is_name(name):
                yield name


def _is_name(name: str) -> bool:
    if not 1 < len(name) <= _LONGEST or not any(map(str.isalpha, name)):
        return False
    return not any(map(str.isdigit, name)) and len(name.split()) <= 7


__all__ = ["Said", "people", "read_authors"]
