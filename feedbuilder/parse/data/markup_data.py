"""Microdata, RDFa Lite and microformats -> entries: what a page's own elements say that they are.

Owns the attributes and class names of the three, and which element gives which value. Knows no dates and no addresses.
Sources: HTML §5 (microdata), RDFa Lite 1.1, https://microformats.org/wiki/microformats2-parsing, /hatom.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from feedbuilder.parse.data.entries import Entry
from feedbuilder.parse.data.json_ld import ARTICLES, kinds

_MANY = 2_000
"""Marked elements of one page that are looked at; each may have as many properties."""
_HIGHEST = 100
_SOURCES = {
    "meta": ("content",), "a": ("href",), "area": ("href",), "link": ("href",), "img": ("src", "data-src"),
    "audio": ("src",), "video": ("src",), "source": ("src",), "embed": ("src",), "iframe": ("src",),
    "object": ("data",), "time": ("datetime",), "data": ("value",), "meter": ("value",),
}  # fmt: skip
"""Which attribute of an element is its value, by its name (HTML §5.2.4); the others' value is their text."""
_NAMED_BY_TEXT = frozenset(("headline", "name", "title", "author", "description", "alternativeheadline"))
"""Properties whose value is the text even of a link: `<a itemprop="name" href>`; sites write that all the time."""
PARTING = frozenset(
    """
    address article blockquote br dd div dl dt figcaption footer h1 h2 h3 h4 h5 h6 header hr li ol p section td tr ul
    """.split()  # noqa: SIM905 - a table of names reads better without quotes
)
SILENT = frozenset(("script", "style", "template", "noscript", "svg"))


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """How one of the vocabularies marks things."""

    things: str
    """Selects what is something."""
    properties: str
    """Selects what is a property of the thing around it."""
    read: Callable[[LexborNode], Iterable[tuple[str, Any]]]
    """The names of a property and its value, where it is no thing itself."""
    type_of: Callable[[LexborNode], list[str]]


def entries(tree: LexborHTMLParser, vocabulary: str, wanted: frozenset[str] = frozenset()) -> list[Entry]:
    """Return the articles that `tree` marks in `vocabulary`, in page order; of `wanted` types (small letters), if any.

    Never changes the tree.
    """
    kind = _VOCABULARIES[vocabulary]
    nodes = tree.css(kind.things)[:_MANY]
    known: dict[int, dict[str, Any]] = {node.mem_id: {"@type": kind.type_of(node)} for node in nodes}
    for node in islice(tree.css(kind.properties), _MANY * 20):
        owner = _owner(node, known)
        if owner is None:
            continue
        for name, value in kind.read(node):
            said = known.get(node.mem_id, value)
            if said:
                owner.setdefault(name, []).append(said)
    usual = wanted or ARTICLES
    found = [(node, known[node.mem_id]) for node in nodes if kinds(known[node.mem_id]) & usual]
    if vocabulary == "microformats":
        for node in nodes:
            _imply(node, known[node.mem_id], is_article=bool(kinds(known[node.mem_id]) & usual))
    return [entry for _, entry in found]


def types(tree: LexborHTMLParser, vocabulary: str) -> list[str]:
    """Return the types that `tree` names in `vocabulary`, each once, in page order."""
    kind = _VOCABULARIES[vocabulary]
    return list(dict.fromkeys(name for node in tree.css(kind.things)[:_MANY] for name in kind.type_of(node)))


def _owner(node: LexborNode, known: Mapping[int, dict[str, Any]]) -> dict[str, Any] | None:
    """Return the nearest thing around `node`, None where there is none."""
    up = node.parent
    for _ in range(_HIGHEST):
        if up is None:
            return None
        if up.mem_id in known:
            return known[up.mem_id]
        up = up.parent
    return None


def text_of(node: LexborNode) -> str:
    """Return the text of `node`; blocks and breaks part words."""
    parts: list[str] = []
    for inner in node.traverse(include_text=True):
        if inner.tag == "-text":
            parent = inner.parent
            if parent is None or parent.tag not in SILENT:
                parts.append(inner.text_content or "")
        elif inner.tag in PARTING:
            parts.append(" ")
    return " ".join("".join(parts).split())


def _words(node: LexborNode, name: str) -> list[str]:
    return (node.attributes.get(name) or "").split()


def _attribute_value(node: LexborNode, names: Iterable[str]) -> str | None:
    return next((value for name in names if (value := node.attributes.get(name))), None)


def _value(node: LexborNode, name: str) -> str:
    """Return the value of a property by the rules of microdata, which RDFa shares in practice."""
    if content := node.attributes.get("content"):
        return content
    if node.tag == "abbr" and (title := node.attributes.get("title")):
        return title  # Blogger writes the moment there, and shows the time alone
    if node.tag in ("a", "link") and name.lower() in _NAMED_BY_TEXT:
        return text_of(node)
    return _attribute_value(node, _SOURCES.get(node.tag or "", ())) or text_of(node)


def _microdata(node: LexborNode) -> Iterator[tuple[str, Any]]:
    for name in _words(node, "itemprop"):
        yield name, _value(node, name)


def _rdfa(node: LexborNode) -> Iterator[tuple[str, Any]]:
    for name in _words(node, "property"):
        bare = name.rpartition(":")[2]
        yield bare, node.attributes.get("resource") or _value(node, bare)


_CLASSIC = {
    "entry-title": "name", "entry-summary": "summary", "entry-content": "content", "published": "published",
    "entry-date": "published", "updated": "updated", "author": "author", "fn": "name",
}  # fmt: skip
"""The class names of hAtom, which WordPress themes still write, and what microformats2 calls the same."""
_MODERN = ("p-", "u-", "dt-", "e-")


def _microformats(node: LexborNode) -> Iterator[tuple[str, Any]]:
    classes = _words(node, "class")
    for word in classes:
        if word in _CLASSIC and not (word == "entry-date" and "updated" in classes and "published" not in classes):
            yield (
                _CLASSIC[word],
                _machine_time(node) if word in ("published", "updated", "entry-date") else text_of(node),
            )
        elif word.startswith(_MODERN):
            prefix, _, name = word.partition("-")
            if name:
                yield name, _prefixed(node, prefix)
    if "bookmark" in _words(node, "rel") and "u-url" not in classes:
        yield "url", node.attributes.get("href")
    if node.tag == "time" and not any(word in _CLASSIC or word.startswith("dt-") for word in classes):
        yield "date", _machine_time(node)


def _prefixed(node: LexborNode, prefix: str) -> str | None:
    if prefix == "u":
        return _attribute_value(node, ("href", "src", "data-src", "data")) or text_of(node)
    if prefix == "dt":
        return _machine_time(node)
    if node.tag == "img":
        return node.attributes.get("alt")
    return _attribute_value(
        node, ("title",) if node.tag == "abbr" else ("value",) if node.tag == "data" else ()
    ) or text_of(node)


def _machine_time(node: LexborNode) -> str | None:
    inner = (
        node if node.tag in ("time", "abbr") else node.css_first("time[datetime], abbr.value-title, span.value-title")
    )
    machine = _attribute_value(inner, ("datetime", "title")) if inner is not None else None
    return machine or node.attributes.get("title") or text_of(node)


def _imply(node: LexborNode, entry: dict[str, Any], *, is_article: bool) -> None:
    """Fill in what a thing does not name: the text of its first heading, where that leads, its first picture.

    A person's name is all that is written there.
    """
    if not is_article:
        entry.setdefault("name", [text_of(node)])
        return
    picture = node.css_first("img[src]") if not {"photo", "featured"} & entry.keys() else None
    if picture is not None:
        entry["photo"] = [_attribute_value(picture, ("data-src", "data-lazy-src", "src"))]
    heading = node.css_first("h1, h2, h3, h4, .entry-title, .p-name")
    if heading is None:
        return
    if "name" not in entry:
        entry["name"] = [text_of(heading)]
    if "url" not in entry:
        link = heading if heading.tag == "a" else heading.css_first("a[href]") or heading.parent
        href = link.attributes.get("href") if link is not None and link.tag == "a" else None
        if href:
            entry["url"] = [href]


def _microformat_types(node: LexborNode) -> list[str]:
    words = _words(node, "class")
    return [word.removeprefix("h-") for word in words if word.startswith("h-")] + ["hentry"] * (
        "hentry" in words or "h-entry" in words
    )


_ROOTS = ".h-entry, .hentry, .h-event, .h-card, .vcard, .h-cite, .h-review, .h-feed, .hfeed"
_VOCABULARIES: Mapping[str, _Vocabulary] = {
    "microdata": _Vocabulary(
        "[itemscope]",
        "[itemprop]",
        _microdata,
        lambda node: _words(node, "itemtype"),
    ),
    "rdfa": _Vocabulary(
        "[typeof]",
        "[property]",
        _rdfa,
        lambda node: _words(node, "typeof"),
    ),
    "microformats": _Vocabulary(
        _ROOTS,
        "[class*='p-'], [class*='u-'], [class*='dt-'], [class*='e-'], time, a[rel~=bookmark], "
        + ", ".join(f".{name}" for name in _CLASSIC),
        _microformats,
        _microformat_types,
    ),
}
