"""The proposer for lists that a page carries as data: JSON-LD, microdata, microformats, the states of frameworks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from feedbuilder.detect.parsed_page import ParsedPage
from feedbuilder.model import Selectors
from feedbuilder.model.data_place import VOCABULARIES
from feedbuilder.parse.data import json_ld, markup_data
from feedbuilder.parse.data.find_entries import DataList, find_lists
from feedbuilder.parse.data.scripts import FLIGHT, linked_data, scripts, states

_FEWEST = 2
"""Articles that make a list; one is what the page itself is about."""
_STATES = 12
"""Places with data that are searched, at the most."""
_PER_PLACE = 2
_SMALLEST = 300
"""Characters of data that are worth a search."""
_OTHER_LISTS = frozenset(
    """
    Event NewsEvent BusinessEvent PublicationEvent Recipe VideoObject PodcastEpisode PodcastSeries Episode JobPosting
    Book Movie Review Course Dataset HowTo QAPage Question SpecialAnnouncement PressRelease
    """.split()  # noqa: SIM905 - a table of names reads better without quotes
)
"""Types that are no articles and that people still want feeds of."""
_MARKS = {"json-ld": "ld+json", "microdata": "itemscope", "rdfa": "typeof", "microformats": "entry"}
"""What stands on every page that speaks a vocabulary: others are not looked at twice."""
_ASSIGNED = re.compile(
    r"(?:\b(window|self|globalThis)\s*(?:\.\s*|\[\s*[\"'])|(?<![\w$.])(?=__))([A-Za-z_$][\w$]*)(?:[\"']\s*\])?\s*=\s*"
    r"(?=[\[{(]|JSON\.parse|function)"
)
_ATTRIBUTE = re.compile(r"\s(data-[\w-]+|props)=(?:\"\s*[\[{](?:&quot;|&#34;|&#x22;)|'\s*[\[{]\")", re.IGNORECASE)
_SIMPLE_NAME = re.compile(r"[A-Za-z_][\w-]*")


def structured(document: ParsedPage) -> Iterator[Selectors]:
    """Yield what of the page's data is worth reading as its list, the likeliest first. Never raises."""
    for vocabulary in VOCABULARIES:
        if _MARKS[vocabulary] in document.text:
            yield from _from_vocabulary(document, vocabulary)
    found = [(listed, place) for place in _places(document) for listed in _lists(document, place)[:_PER_PLACE]]
    found.sort(key=lambda one: -one[0].likely)
    for listed, place in found[: 2 * _PER_PLACE]:
        selectors = _selectors({"from": place, "item": listed.item, **listed.rules})
        if selectors is not None:
            yield selectors


def _from_vocabulary(document: ParsedPage, vocabulary: str) -> Iterator[Selectors]:
    values = linked_data(document.text) if vocabulary == "json-ld" else []

    def count(kinds: frozenset[str] = frozenset()) -> int:
        return len(json_ld.entries(values, kinds) if values else markup_data.entries(document.tree, vocabulary, kinds))

    if vocabulary == "json-ld" and not values:
        return
    if count() >= _FEWEST:
        yield Selectors(from_=vocabulary)
        return
    types = json_ld.types_of_lists(values) if values else markup_data.types(document.tree, vocabulary)
    for name in sorted({kind.rpartition("/")[2] for kind in types} & _OTHER_LISTS):
        if count(frozenset((name.lower(),))) > _FEWEST:
            yield Selectors(from_=vocabulary, item=name)


def _lists(document: ParsedPage, place: str) -> list[DataList]:
    hrefs = [node.attributes.get("href") or "" for node in document.tree.css("a[href]")[:5000]]
    values = states(document.tree, place)
    return find_lists(values[0], hrefs) if len(values) == 1 else []


def _places(document: ParsedPage) -> list[str]:
    """Return where the page keeps data, in page order, as `from` names it."""
    found: dict[str, None] = {}
    for node in document.tree.css("script[type*=json]:not([src])"):
        if "ld+json" in (node.attributes.get("type") or "") or len(node.text()) < _SMALLEST:
            continue
        if name := node.attributes.get("id"):
            found[f"script#{name}" if _SIMPLE_NAME.fullmatch(name) else f'script[id="{name}"]'] = None
        else:
            marks = [name for name in node.attributes if name.startswith("data-")]
            found[f"script[{marks[0]}]" if marks else 'script[type="application/json"]'] = None
    for script in scripts(document.tree):
        if len(script) >= _SMALLEST:
            if "__next_f" in script:
                found[FLIGHT] = None
            names = (match for match in _ASSIGNED.finditer(script) if match[2] != "__next_f")
            found.update((f"{match[1]}.{match[2]}" if match[1] else match[2], None) for match in names)
    for match in _ATTRIBUTE.finditer(document.text):
        found.update((place, None) for place in _attribute_places(document, match[1].lower()))
    return list(found)[:_STATES]


def _attribute_places(document: ParsedPage, attribute: str) -> Iterator[str]:
    for node in document.tree.css(f"[{attribute}]")[:_STATES]:
        if len(node.attributes.get(attribute) or "") >= _SMALLEST:
            name = node.attributes.get("id") or ""
            yield f"#{name}@{attribute}" if _SIMPLE_NAME.fullmatch(name) else f"[{attribute}]@{attribute}"


def _selectors(written: dict[str, Any]) -> Selectors | None:
    try:
        return Selectors.model_validate(written)
    except ValidationError:  # a name in the data that no rule can write
        return None
