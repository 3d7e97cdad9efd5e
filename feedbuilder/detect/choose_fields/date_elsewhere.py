"""The date of each record, where no element says it by itself: in pieces, in words, in passing, in the address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from zoneinfo import ZoneInfo

from feedbuilder.detect.choose_fields.link_rule import leads
from feedbuilder.detect.choose_fields.record_table import RecordTable, RecordView
from feedbuilder.detect.choose_fields.try_names import Choice, better, by_name, named
from feedbuilder.detect.outline import Element
from feedbuilder.detect.text_features import DATE_SHAPES, looks_like_date
from feedbuilder.parse.dates.date_text import read_date
from feedbuilder.parse.dates.dateparser_fallback import FallbackReader

_UTC = ZoneInfo("UTC")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DATE_NAME = re.compile(r"date|time|publi|posted|\bday|meta|dat[ue]m|fecha|data\b", re.IGNORECASE)
_DAY = re.compile(r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])(?!\d)")
_LONGEST_IN_WORDS = 60
_DAY_IN_ADDRESS = (
    r"/((?:19|20)\d\d/(?:0?[1-9]|1[0-2])/(?:0?[1-9]|[12]\d|3[01]))(?:/|$)",
    r"[/_-]((?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?!\d)",
)


def is_date(text: str) -> bool:
    """Return whether a date can be read in `text` without words of other languages."""
    return bool(text) and len(text) <= 200 and read_date(text) is not None


def date_in_pieces(sheet: RecordTable) -> tuple[object, float] | None:
    """Return the rule for dates in pieces that no space parts: a large day over a small month and year."""
    first = next((pieces for card in sheet.sample for pieces in _pieces(card)), None)
    if first is None:
        return None
    rules = []
    for piece in range(len(first)):
        mine = {id(pieces[piece]) for card in sheet.cards for pieces in _pieces(card) if len(pieces) > piece}
        name = by_name(sheet, partial(_is_one_of, mine))
        if name is None:
            return None
        rules.append(name)
    texts = [" ".join(one.text for one in row if one) for row in zip(*map(sheet.firsts, rules), strict=True)]
    told = sheet.share(sum(map(looks_like_date, texts)))
    return ({"join": [str(name) for name in rules]}, told) if told >= 0.8 else None


def _is_one_of(these: set[int], element: Element) -> bool:
    return id(element) in these


def _pieces(card: RecordView) -> Iterator[tuple[Element, ...]]:
    """Yield two or three neighbours that say a date together, and not each by itself."""
    for element in card.elements:
        said = [one for one in element.children if one.text]
        if 2 <= len(said) <= 4 and len(element.text) <= 30:
            for count in (2, 3):
                together = " ".join(one.text for one in said[:count])
                if looks_like_date(together) and not any(looks_like_date(one.text) for one in said):
                    yield tuple(said[:count])
                    break


def date_in_words(sheet: RecordTable, titles: Sequence[str]) -> tuple[object, float] | None:
    """Return the rule for dates in words that only dateparser knows, where something looks or is called like one."""
    document = sheet.outline.document
    words = FallbackReader(document.language, document.zone or _UTC, document.page.fetched_at)

    def maybe(one: Element) -> bool:
        if not 4 <= len(one.text) <= _LONGEST_IN_WORDS or one.text in titles or not _DAY.search(one.text):
            return False
        called = any(map(_DATE_NAME.search, (one.tag, *one.classes, one.attributes.get("itemprop") or "")))
        return called or bool(_YEAR.search(one.text))

    best: Choice | None = None
    for name, cost in islice(named(sheet, lambda card: filter(maybe, card.elements)), 12):
        texts = [one.text for one in sheet.firsts(name) if one is not None and maybe(one)]
        if sheet.share(len(texts)) < 0.6 or not all(words.read(text) for text in texts[:2]):
            continue
        told = sum(words.read(text) is not None for text in texts)
        best = better(best, (-round(sheet.share(told), 1), cost, name))
    return (str(best[2]), -best[0]) if best and best[0] <= -0.6 else None


def date_in_passing(sheet: RecordTable) -> tuple[object, float] | None:
    """Return the rule for dates that stand among other words, or in the address of the link."""
    best: tuple[float, int, dict[str, object]] | None = None
    tags = list(dict.fromkeys(one.tag for card in sheet.cards[:3] for one in card.elements if one.own_text))[:8]
    for rank, shape in enumerate(DATE_SHAPES):
        pattern = re.compile(shape, re.IGNORECASE)
        for tag in tags:
            hits = 0
            for card in sheet.cards:
                one = next((element for element in card.elements if element.tag == tag), None)
                found = pattern.search(one.text) if one else None
                hits += bool(found and one and pattern.search(one.own_text) and is_date(found[0]))
            if sheet.share(hits) >= 0.6:
                rule: dict[str, object] = {"select": tag, "match": shape}
                key = (-sheet.share(hits), rank, rule)
                best = key if best is None or key[:2] < best[:2] else best
    return (best[2], -best[0]) if best else None


def date_in_address(sheet: RecordTable) -> tuple[object, float] | None:
    """Return the rule for days in the addresses themselves: /2026/11/18/harbour-reopens."""
    for pattern in _DAY_IN_ADDRESS:
        days = []
        for card in sheet.cards:
            hrefs = (one.attributes.get("href") or "" for one in card.elements if leads(sheet, one, card.canonical))
            found = next((match for href in hrefs if (match := re.search(pattern, href))), None)
            if found and is_date(found[1]):
                days.append(found[1])
        if sheet.share(len(days)) >= 0.8:
            return {"select": "a@href", "match": pattern}, sheet.share(len(days))
    return None
