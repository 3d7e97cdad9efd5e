"""The date of each record, where an element or an attribute says it and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import islice

from feedbuilder.detect.choose_fields.date_elsewhere import (
    agrees_with_addresses,
    date_beside_link,
    date_in_address,
    date_in_passing,
    date_in_pieces,
    date_in_words,
    date_with_time,
    is_date,
    label_before,
)
from feedbuilder.detect.choose_fields.record_table import RecordTable, RecordView
from feedbuilder.detect.choose_fields.try_names import by_name, named
from feedbuilder.detect.outline import HEADINGS, Element
from feedbuilder.detect.text_features import looks_like_date
from feedbuilder.parse.dates.bare_dates import bare_date
from feedbuilder.parse.dates.date_text import CalendarDate, TimeAgo, label_of, read_date
from feedbuilder.parse.dates.words import Role

_FEWEST_OF_A_KIND = 2
_MOST_OF_THE_OTHERS = 0.8
"""Of the records that one name leaves undated: a second name must date so many of them."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_LENGTH = re.compile(
    r"dur(?:ation|ee|aci|ata|ée|$)|length|runtime|playtime|timecode|l[aä]nge|laufzeit|speelduur", re.IGNORECASE
)
"""Names of elements that hold how long something lasts."""
_CHANGED = re.compile(r"updat|modif|edited", re.IGNORECASE)
_PUBLISHED = re.compile(r"publish|posted|created", re.IGNORECASE)
_DEADLINE = re.compile(r"deadline|expir|clos(?:es|ing)|apply-?by|valid-?(?:until|to)", re.IGNORECASE)
"""Names of elements that hold the last day of something."""
DATE_ATTRIBUTES = re.compile(
    r"^(?:datetime|title|content|data-[\w-]{0,40}(?:date|time|stamp|publish|created)[\w-]{0,40})$"
)
_MINUTE = re.compile(r"\d[T ]\d{1,2}:\d\d|^\s*1\d{9}")
_WORDS_BEFORE = re.compile(r"\D{0,60}")
"""What stands before the numbers of a date, such as its label: "Last updated 19 May"."""
_DAY_NUMBER = re.compile(r"\d{1,2}(?:st|nd|rd|th|\.|日)?")


def date_rule(sheet: RecordTable, titles: Sequence[str]) -> tuple[object, float]:
    """Return the rule for the date, None where the first `<time>` does, and the share of records it reads."""
    rule, share = _shown(sheet, titles)
    if isinstance(rule, str) and "@" not in rule:
        rule = date_with_time(sheet, rule)
    if share >= 0.3 and (address := date_in_address(sheet)) and address[1] > share + 0.1:
        texts = [one.text if one is not None else "" for one in sheet.memory.get(str(rule or "time"), [])]
        if rule is None or agrees_with_addresses(sheet, texts):
            shown = rule if isinstance(rule, list) else [rule or "time"]
            return [*shown, address[0]], address[1]
    return rule, share


def _shown(sheet: RecordTable, titles: Sequence[str]) -> tuple[object, float]:
    default = [_time_says(card) for card in sheet.cards]
    by_default = sheet.share(sum(default))
    following = _headings_of_the_next(sheet)
    said = {
        card: [pair for pair in _dated_elements(card, title) if id(pair[0]) not in following]
        for card, title in zip(sheet.cards, titles, strict=True)
    }
    best = _best_name(sheet, said, following)
    if best is not None and best.told > 0.3 and best.told > by_default + 0.02:
        undated = tuple(card for card, tells in zip(sheet.cards, best.tells, strict=True) if not tells)
        others = replace(sheet, cards=undated, memory={})
        second = _best_name(others, said, following) if len(undated) >= _FEWEST_OF_A_KIND else None
        if second is not None and second.told >= _MOST_OF_THE_OTHERS:
            return [best.rule, second.rule], best.told + sheet.share(second.told * len(undated))
        return best.rule, best.told
    if by_default >= 0.3:
        return None, by_default
    elsewhere = (
        date_in_pieces(sheet)
        or date_in_words(sheet, titles)
        or date_in_passing(sheet, following)
        or date_beside_link(sheet)
        or date_in_address(sheet)
    )
    return elsewhere or (None, by_default)


@dataclass(frozen=True, slots=True)
class _NamedDate:
    """A name of elements that hold dates."""

    rule: str
    told: float
    """How well it tells the day of each record on average: 1 with its year, less without, 0 not at all."""
    cost: float
    tells: tuple[float, ...]
    """The same for each record of the table."""


def _best_name(
    sheet: RecordTable,
    said: Mapping[RecordView, Sequence[tuple[Element, str | None]]],
    following: AbstractSet[int],
) -> _NamedDate | None:
    """Return the name that tells the dates of the records best, of equals that which reads best."""
    best: _NamedDate | None = None
    for attribute in sorted({attribute for card in sheet.cards for _, attribute in said[card]}, key=str):
        wanted = {card: [one for one, its in said[card] if its == attribute] for card in sheet.cards}
        for name, cost in named(sheet, wanted.__getitem__):
            elements, css = sheet.firsts(name), str(name)
            tells = tuple(
                _tells_day(one, attribute) if one is not None and id(one) not in following else 0.0 for one in elements
            )
            more = 1.5 * bool(_CHANGED.search(css)) - 0.5 * bool(_PUBLISHED.search(css))
            if attribute is not None:  # written for machines, it is worth more than a text where it names the minute
                more += -1.5 if _to_the_minute(elements, attribute) else 0.3
            rule = css + (f"@{attribute}" if attribute else "")
            one = _NamedDate(rule, round(sheet.share(sum(tells)), 2), cost + more, tells)
            if best is None or (-one.told, one.cost) < (-best.told, best.cost):
                best = one
    return best


def _headings_of_the_next(sheet: RecordTable) -> set[int]:
    """Return the elements at the end of records, by `id`, that are headings of days over what follows.

    Where records are runs of siblings, such a heading ends the record above it. It stands before the first record too.
    """
    first = sheet.cards[0].parts[0].before
    if not sheet.between or first is None or bare_date(first.text) is None:
        return set()
    lasts = (card.parts[-1] for card in sheet.cards if len(card.parts) > 1)
    return {id(one) for last in lasts if last.tag == first.tag and bare_date(last.text) for one in last.down()}


def _to_the_minute(elements: Iterable[Element | None], attribute: str) -> bool:
    said = [one.attributes.get(attribute) or "" for one in elements if one is not None]
    return sum(map(names_the_minute, said)) > 0.5 * len(said)


def names_the_minute(value: str) -> bool:
    """Return whether a date that is written for machines holds a time of day."""
    return _MINUTE.search(value) is not None


def _time_says(card: RecordView) -> float:
    times = [one for one in card.elements if one.tag == "time"]
    said = next((one for one in times if one.attributes.get("datetime")), times[0] if times else None)
    return _tells_day(said, None) if said is not None else 0.0


def _tells_day(element: Element, attribute: str | None) -> float:
    """Return how well `element` says a date: 1 with its year, less without, least without a day, 0 not at all."""
    if attribute is not None:
        return float(is_date((element.attributes.get(attribute) or "").strip()))
    names = " ".join((*element.classes, element.attributes.get("itemprop") or ""))
    if _CHANGED.search(names) and not _PUBLISHED.search(names):
        return 0.6
    label = label_before(element) or label_of(_WORDS_BEFORE.match(element.text)[0])  # type: ignore[index]
    if label is Role.EVENT or _DEADLINE.search(names):
        return 0.0
    if label is Role.UPDATED:
        return 0.6
    machine = element.attributes.get("datetime")
    if machine and is_date(machine):
        return 1.0
    if not looks_like_date(element.text):
        return 0.0
    said = read_date(element.text)
    if isinstance(said, TimeAgo) and said.bare:
        return 0.0 if _LENGTH.search(names) else 0.35
    # "03/26" may be a day or a month of 2026.
    return 0.7 if isinstance(said, CalendarDate) and (said.year is None or not _YEAR.search(element.text)) else 1.0


def _dated_elements(card: RecordView, title: str) -> Iterator[tuple[Element, str | None]]:
    """Yield the elements of `card` that say a date, and the attribute that does, None for their text."""
    inside: set[int] = set()
    for element in reversed(card.elements):
        for name, value in element.attributes.items():
            if value and len(value) <= 60 and DATE_ATTRIBUTES.match(name) and value != title and is_machine_date(value):
                yield element, name if name != "datetime" else None
        text = element.text
        if not text or len(text) > 160 or id(element) in inside:
            continue
        in_heading = element.tag != "time" and any(up.tag in HEADINGS for up in islice(element.up(), 8))
        if in_heading and bare_date(text) is None:
            continue
        if title and title in text and len(title) > 0.5 * len(text):
            continue
        if looks_like_date(text):
            yield element, None
            inside.update(id(up) for up in islice(element.up(), 2, 12))


def is_machine_date(value: str) -> bool:
    """Return whether `value` is a date as programs write it into attributes."""
    machine = re.match(r"\s*(?:19|20)\d\d[-/.]?\d\d[-/.]?\d\d|\s*1\d{9}", value)
    return machine is not None and read_date(value.strip()) is not None


def yearless(sheet: RecordTable, rule: object) -> float:
    """Return the share of records whose date, as `rule` reads it, leaves out the year."""
    rule = rule[0] if isinstance(rule, list) else rule
    rule = rule["join"][0] if isinstance(rule, dict) and "join" in rule else rule
    if rule is None:
        said = [next((one for one in card.elements if one.tag == "time"), None) for card in sheet.cards]
    else:
        said = sheet.memory.get(str(rule), [])
    texts = [one.attributes.get("datetime") or one.text for one in said if one is not None]
    return sheet.share(sum(map(_leaves_out_year, texts)))


def _leaves_out_year(text: str) -> bool:
    said = read_date(text)
    return (isinstance(said, CalendarDate) and said.year is None) or (isinstance(said, TimeAgo) and said.bare)


def numbers_of_days(sheet: RecordTable) -> str | None:
    """Return the rule for elements that hold the number of a day, 1 to 31, and nothing else; None without any."""

    def fits(one: Element) -> bool:
        return bool(_DAY_NUMBER.fullmatch(one.text)) and 1 <= int(re.sub(r"\D", "", one.text)) <= 31

    name = by_name(sheet, fits)
    return str(name) if name else None
