"""The date of each record, where no element says it by itself: in pieces, in words, in passing, in the address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from itertools import islice, product, takewhile
from zoneinfo import ZoneInfo

from feedbuilder.detect.choose_fields.link_rule import leads
from feedbuilder.detect.choose_fields.record_table import RecordTable, RecordView
from feedbuilder.detect.choose_fields.try_names import Choice, better, by_name, named
from feedbuilder.detect.class_names import type_selector
from feedbuilder.detect.outline import Element
from feedbuilder.detect.text_features import DATE_SHAPES, looks_like_date
from feedbuilder.parse.dates.date_text import CalendarDate, TimeAgo, label_of, read_date
from feedbuilder.parse.dates.dateparser_fallback import FallbackReader
from feedbuilder.parse.dates.words import Role

_UTC = ZoneInfo("UTC")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DATE_NAME = re.compile(r"date|time|publi|posted|\bday|meta|dat[ue]m|fecha|data\b", re.IGNORECASE)
_DAY = re.compile(r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])(?!\d)")
_TIME_BEHIND = r"(?:,?\s\d{1,2}[:.]\d\d)?"
_SHORT_SHAPES = (
    r"\d{1,2}[./-]\d{1,2}[./-]\d\d",
    r"\d{1,2}\.?\s[^\W\d_]{3,12}\.?",
    r"[^\W\d_]{3,12}\.?\s\d{1,2}",
)
"""Days with two digits of the year, or without; on a line of their own beside a link."""
_MOST_IN_A_ROW = 200
"""Texts and elements side by side among which a label is looked for: a longer row is a whole list."""
_LONGEST_IN_WORDS = 60
_LONGEST_TIME = 20
_LETTER = re.compile(r"[^\W\d_]")
DAY_IN_ADDRESS = (
    r"/((?:19|20)\d\d/(?:0?[1-9]|1[0-2])/(?:0?[1-9]|[12]\d|3[01]))(?:/|$)",
    r"[/_-]((?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?!\d)",
    r"[/_-]t?((?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?=[/_.-]|$)",
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


def date_in_passing(sheet: RecordTable, foreign: AbstractSet[int]) -> tuple[object, float] | None:
    """Return the rule for dates among other words; `foreign` elements, by `id`, are none of their record's."""
    best: tuple[float, int, dict[str, object]] | None = None
    tags = list(dict.fromkeys(one.tag for card in sheet.cards[:3] for one in card.elements if one.own_text))[:8]
    for rank, shape in enumerate(DATE_SHAPES):
        pattern = re.compile(shape, re.IGNORECASE)
        for tag in tags:
            hits = 0
            for card in sheet.cards:
                one = next((element for element in card.elements if element.tag == tag), None)
                found = pattern.search(one.text) if one else None
                own = one is not None and id(one) not in foreign and pattern.search(one.own_text)
                hits += bool(found and own and is_date(found[0]))
            if sheet.share(hits) >= 0.6:
                rule: dict[str, object] = {"select": type_selector(tag), "match": shape}
                key = (-sheet.share(hits), rank, rule)
                best = key if best is None or key[:2] < best[:2] else best
    return (best[2], -best[0]) if best else None


def date_in_address(sheet: RecordTable) -> tuple[object, float] | None:
    """Return the rule for days in the addresses themselves: /2026/11/18/harbour-reopens."""
    for pattern in DAY_IN_ADDRESS:
        days = [day for card in sheet.cards if (day := _day_in_address(sheet, card, pattern))]
        if sheet.share(len(days)) >= 0.8:
            return {"select": "a@href", "match": pattern}, sheet.share(len(days))
    return None


def _day_in_address(sheet: RecordTable, card: RecordView, pattern: str) -> str | None:
    hrefs = (one.attributes.get("href") or "" for one in card.elements if leads(sheet, one, card.canonical))
    found = next((match for href in hrefs if (match := re.search(pattern, href))), None)
    return found[1] if found and is_date(found[1]) else None


def agrees_with_addresses(sheet: RecordTable, texts: Sequence[str]) -> bool:
    """Return whether the days in the addresses are those that cards show: else they are not of publication."""
    pairs = []
    for card, text in zip(sheet.cards, texts, strict=False):
        shown = read_date(text)
        address = next((day for one in DAY_IN_ADDRESS if (day := _day_in_address(sheet, card, one))), None)
        written = read_date(address) if address else None
        if isinstance(shown, CalendarDate) and isinstance(written, CalendarDate) and not shown.ambiguous:
            pairs.append(((shown.month, shown.day), (written.month, written.day)))
    return sum(one == other for one, other in pairs) >= 0.8 * len(pairs)


def date_with_time(sheet: RecordTable, rule: str) -> object:
    """Return `rule`, joined with that of an element beside the date that holds the time alone, if there is one."""
    dates = sheet.memory.get(rule, [])
    said = [read_date(one.text) if one is not None else None for one in dates]
    days = sum(isinstance(one, CalendarDate) and one.clock is None for one in said)
    if sheet.share(days) < 0.6:
        return rule
    beside = {
        id(child)
        for one in dates
        if one is not None and one.parent is not None
        for child in one.parent.children
        if (child.order > one.order or child is one.before) and child is not one and _is_time(child.text)
    }
    if sheet.share(len(beside)) < 0.6:
        return rule
    name = by_name(sheet, partial(_is_one_of, beside))
    return {"join": [rule, str(name)]} if name is not None else rule


def _is_time(text: str) -> bool:
    said = read_date(text)
    if isinstance(said, TimeAgo):
        return said.bare
    # "3 p.m." and "noon" are times only behind a day; so is "2.50", which beside one is a price.
    if len(text) > _LONGEST_TIME or not _LETTER.search(text):
        return False
    behind = read_date(f"2026-02-06 {text}")
    return said is None and isinstance(behind, CalendarDate) and behind.clock is not None


def date_beside_link(sheet: RecordTable) -> tuple[object, float] | None:
    """Return the rule for dates in bare text on the line of each link, where lines are parted by `<br>`."""
    if not all(len(card.parts) == 1 and card.parts[0].tag == "a" for card in sheet.cards):
        return None
    lines = [_line_around(card.parts[0]) for card in sheet.cards]
    for side, shape in product((0, 1), (*DATE_SHAPES, *_SHORT_SHAPES)):
        whole = rf"^\W*({shape}{_TIME_BEHIND})" if side == 0 else rf"({shape}{_TIME_BEHIND})\W*$"
        pattern = re.compile(whole, re.IGNORECASE)
        found = [match[1] for line in lines if (match := pattern.search(line[side]))]
        if sheet.share(sum(map(is_date, found))) >= 0.8:
            return {"select": ":root", "match": whole}, sheet.share(len(found))
    return None


def label_before(element: Element) -> Role | None:
    """Return what the words right before `element` say of its date, in bare text or an element of their own."""
    contents = element.parent.contents if element.parent is not None else []
    if len(contents) > _MOST_IN_A_ROW:
        return None
    place = next((place for place, one in enumerate(contents) if one is element), 0)
    for one in reversed(contents[:place]):
        text = " ".join(one.split()) if isinstance(one, str) else one.text
        if text:
            return label_of(text)
    return None


def reads_line(rule: object) -> bool:
    """Return whether `rule` reads what stands beside a link, so that a card must be the line that it stands on."""
    return isinstance(rule, dict) and rule.get("select") == ":root"


def _line_around(link: Element) -> tuple[str, str]:
    """Return the bare text before and behind `link`, as far as its line goes."""
    contents = link.parent.contents if link.parent is not None else []
    place = next((place for place, one in enumerate(contents) if one is link), 0)
    before = takewhile(lambda one: isinstance(one, str), reversed(contents[:place]))
    behind = takewhile(lambda one: isinstance(one, str), contents[place + 1 :])
    return " ".join("".join(map(str, reversed(list(before)))).split()), " ".join("".join(map(str, behind)).split())
