"""An article page, parsed once, and everything that it says for machines. Owns which of its data are about the article.

A page carries data on other articles too: on articles that it links to, and on articles that it appends when scrolled.
Knows no field: the modules of the fields decide what a title or an author is.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from feedbuilder.article.article_place import Surroundings, upwards
from feedbuilder.article.page_texts import PageTexts
from feedbuilder.parse.data import json_ld, markup_data
from feedbuilder.parse.data.entries import Entry
from feedbuilder.parse.data.paths import texts
from feedbuilder.parse.data.scripts import linked_data
from feedbuilder.parse.identity import canonical_url, host_of
from feedbuilder.parse.links import absolute
from feedbuilder.parse.plain_text import TITLE_LIMIT, letters

MANY = 200
"""Values of one kind that are looked at."""
_LONGEST = 10_000
"""Characters of one value."""
_ABOUT_PAGES = frozenset(
    ("webpage", "itempage", "videoobject", "creativework", "recipe", "review", "event", "audioobject", "podcastepisode")
)
"""Types that may describe the article where the page has no data of an article type."""
_OTHER_HEADINGS = "h2, h3, [class*=headline], [class*=title]"
"""Where the title stands on pages whose h1 is the name of the site, or that have none."""
_MOST_WITHIN = 200
"""Elements within an element whose text is read as one line; lines of text hold fewer."""


class Claim(NamedTuple):
    """A value that the page claims for a field, and where it stands."""

    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class ArticleData:
    """An object of the page's data that describes the article."""

    entry: Entry
    origin: str


class Evidence:
    """One page. Nothing here raises on what a page says."""

    def __init__(self, text: str, url: str) -> None:
        self.text = text
        self.tree = LexborHTMLParser(text)
        base = self.tree.css_first("base[href]")
        self.url = url
        self.base = absolute(url, (base.attributes.get("href") or "") if base else "") or url
        self._data = linked_data(text) if "ld+json" in text else []

    def size(self, node: LexborNode) -> int:
        """Return how many characters of text stand in `node`, white space aside."""
        return self.texts.size(node)

    def words(self, node: LexborNode, longest: int = TITLE_LIMIT) -> str:
        """Return the text of `node` on one line, "" where it has over `longest` characters, or many elements."""
        said = self.texts
        return said.words(node) if said.size(node) <= longest and said.within(node) <= _MOST_WITHIN else ""

    @cached_property
    def texts(self) -> PageTexts:
        """All texts of the page, and which of them stand in which element."""
        return PageTexts(self.tree.root)

    def meta(self, *names: str) -> Iterator[Claim]:
        """Yield what `<meta>` elements of these names say, by the order of the names, then of the page."""
        for name in names:
            for value in islice(self._metas.get(name, ()), MANY):
                yield Claim(value, name)

    @cached_property
    def headings(self) -> list[LexborNode]:
        """The page's first-rank headings that hold words, in page order."""
        return [node for node in self.tree.css("h1")[:MANY] if self.words(node)]

    @cached_property
    def heading(self) -> LexborNode | None:
        """The article's heading: it repeats the title for sharing, stands in no menu, and is an h1 if possible."""
        shared = {letters(claim.value) for claim in self.meta("og:title", "twitter:title")} | {letters(self.window)}
        found = [*self.headings, *self.tree.css(_OTHER_HEADINGS)[:MANY]]
        best = max(found, key=lambda node: self._headline_rank(node, shared - {""}), default=None)
        if best is None or (best.tag != "h1" and not self._says(best, shared - {""})):
            return None
        return best

    @cached_property
    def window(self) -> str:
        """The title of the browser's window, without the banner of the site: "Our Journal: Christmas greetings".

        A colon parts many titles. Here the page shows both parts, one in an h1 and one in a lesser heading.
        """
        element = self.tree.css_first("head > title") or self.tree.css_first("title")
        said = " ".join(element.text().split()) if element is not None else ""
        banner, _, title = said.partition(": ")
        if title and letters(banner) in map(letters, map(self.words, self.headings)):
            others = map(self.words, self.tree.css(_OTHER_HEADINGS)[:MANY])
            return title if letters(title) in map(letters, others) else said
        return said

    @cached_property
    def surroundings(self) -> Surroundings:
        """What is the article's own, and what is not."""
        return Surroundings(self.heading)

    @cached_property
    def article_data(self) -> list[ArticleData]:
        """What the data say of this article, the surest first: JSON-LD, then microdata."""
        return [
            *(
                ArticleData(entry, "json-ld")
                for entry in self._ours(json_ld.entries(self._data), linked_data_pages(self._data))
            ),
            *(ArticleData(entry, "microdata") for entry in self._ours(self._marked, ())),
        ]

    @cached_property
    def breadcrumbs(self) -> list[Entry]:
        """The breadcrumb lists of the JSON-LD."""
        return [node for node in nodes(self._data) if "breadcrumblist" in json_ld.kinds(node)]

    @cached_property
    def publishers(self) -> list[str]:
        """What the site calls itself, anywhere in its data."""
        names = [claim.value for claim in self.meta("og:site_name", "application-name", "publisher", "dc.publisher")]
        for data in self.article_data:
            names += self.names(data.entry.get("publisher"))
        return names

    def data_claims(self, *properties: str) -> Iterator[Claim]:
        """Yield the texts that the article's data give for `properties`; all of one object before the next."""
        for data in self.article_data:
            for name in properties:
                for text in islice(texts(data.entry.get(name)), MANY):
                    yield Claim(plain(text), data.origin)

    def objects(self, value: Any) -> Iterator[Any]:
        """Yield the members of a property's value; what only names another object by its @id is that object."""
        for one in islice(value if isinstance(value, list) else [value], MANY):
            if isinstance(one, dict) and isinstance(one.get("@id"), str) and len(one) <= 2:
                yield self._by_id.get(one["@id"], one)
            elif one is not None:
                yield one

    def names(self, value: Any) -> list[str]:
        """Return the names of the people or bodies that `value` stands for."""
        found = []
        for one in self.objects(value):
            name = one.get("name") if isinstance(one, dict) else one
            found += [plain(text) for text in islice(texts(name), MANY)]
        return found

    def canonical(self, href: str) -> str | None:
        """Return the address `href` reduced to what tells articles apart, None for none."""
        url = absolute(self.base, href[:_LONGEST])
        try:
            return canonical_url(url) if url else None
        except ValueError:
            return None

    @cached_property
    def host(self) -> str:
        """The host of the page, without `www.`."""
        return host_at(self.url) or ""

    @cached_property
    def addresses(self) -> set[str]:
        """What this page may be called: where it came from, and what it names as its own address."""
        link = self.tree.css_first("link[rel~=canonical][href]")
        hrefs = [self.url, (link.attributes.get("href") or "") if link else "", *(s.value for s in self.meta("og:url"))]
        return {address for href in hrefs if href and (address := self.canonical(href))}

    @cached_property
    def _metas(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for node in self.tree.css("meta[content]")[: MANY * 10]:
            given = node.attributes
            value = " ".join(plain(given.get("content") or "")[:_LONGEST].split())
            for key in ("property", "name", "itemprop", "http-equiv"):
                if value and (name := given.get(key)):
                    found.setdefault(name.strip().lower(), []).append(value)
        return found

    @cached_property
    def _by_id(self) -> dict[str, Entry]:
        return json_ld.named(self._data)

    @cached_property
    def _marked(self) -> list[Entry]:
        return markup_data.entries(self.tree, "microdata") if "itemprop" in self.text else []

    @cached_property
    def _titles(self) -> set[str]:
        """The page's titles, by which data on this article are told from data on others."""
        shared = [claim.value for claim in self.meta("og:title", "twitter:title")]
        return {letters(text) for text in (*shared, *map(self.words, self.headings))} - {""}

    def _headline_rank(self, node: LexborNode, shared: set[str]) -> tuple[bool, bool, bool, int]:
        """Return how likely `node` is the article's heading; for comparing."""
        in_menu = any(up.tag in ("nav", "li", "a") for up in islice(upwards(node), 5))
        says = self._says(node, shared)
        return says and not in_menu, node.tag == "h1" and not in_menu, says, min(self.size(node), TITLE_LIMIT)

    def _says(self, node: LexborNode, shared: set[str]) -> bool:
        words = letters(self.words(node))
        return bool(words) and any(_alike(words, title) for title in shared)

    def _ours(self, articles: Sequence[Entry], pages: Iterable[Entry]) -> list[Entry]:
        """Return those of `articles` that describe this one, the surest first; `pages` serve where none does."""
        ranked = [(self._likeness(entry), entry) for entry in islice(articles, MANY)]
        best = max((rank for rank, _ in ranked), default=0)
        own = [entry for rank, entry in sorted(ranked, key=lambda one: -one[0]) if rank == best and rank]
        if not own and articles:
            own = [articles[0]] if self._anonymous(articles[0]) else []
        return own or [entry for entry in pages if self._likeness(entry)]

    def _likeness(self, entry: Entry) -> int:
        """Return how likely `entry` describes this page, by its address and its title."""
        hrefs = (text for name in ("url", "mainEntityOfPage", "@id") for text in texts(entry.get(name), address=True))
        same = any(self.canonical(href) in self.addresses for href in islice(hrefs, 6))
        titles = {letters(plain(text)) for name in ("headline", "name") for text in texts(entry.get(name))}
        titled = any(_alike(one, other) for one in titles - {""} for other in self._titles)
        return same + 2 * titled

    def _anonymous(self, entry: Entry) -> bool:
        """Return whether `entry` names no address of another page."""
        hrefs = [text for name in ("url", "mainEntityOfPage") for text in texts(entry.get(name), address=True)]
        return not any(self.canonical(href) for href in hrefs[:6])


def host_at(address: str) -> str | None:
    """Return the host of an absolute or canonical address, without `www.`; None where it is none."""
    try:
        return host_of(address)
    except ValueError:
        return None


def plain(text: str) -> str:
    """Return `text` with the entities decoded that data should not hold and often do."""
    return html.unescape(text) if "&" in text else text


def linked_data_pages(data: list[Any]) -> list[Entry]:
    """Return the objects in JSON-LD that may stand for the article of a page that names none."""
    return [node for node in islice(nodes(data), MANY) if json_ld.kinds(node) & _ABOUT_PAGES]


def nodes(data: list[Any]) -> Iterator[Entry]:
    """Yield the outer objects of JSON-LD, those in a @graph included."""
    for value in islice(data, MANY):
        for node in islice(value if isinstance(value, list) else [value], MANY):
            if isinstance(node, dict):
                yield node
                graph = node.get("@graph")
                for inner in islice(graph if isinstance(graph, list) else [], MANY):
                    if isinstance(inner, dict):
                        yield inner
                        if isinstance(inner.get("breadcrumb"), dict):
                            yield inner["breadcrumb"]
                if isinstance(node.get("breadcrumb"), dict):
                    yield node["breadcrumb"]


def _alike(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return short == long or (len(short) >= 12 and (long.startswith(short) or long.endswith(short)))
