"""The date of each record, where an element or an attribute says it and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from feedbuilder.detect.choose_fields.date_elsewhere import (
    date_in_address,
    date_in_passing,
    date_in_pieces,
    date_in_words,
    is_date,
)
from feedbuilder.detect.choose_fields.record_table import RecordTable, RecordView
from feedbuilder.detect.choose_fields.try_names import by_name, named
from feedbuilder.detect.outline import HEADINGS, Element
from feedbuilder.detect.text_features import looks_like_date
from feedbuilder.parse.dates.bare_dates import bare_date
from feedbuilder.parse.dates.date_text import CalendarDate, TimeAgo, read_date

_YEAR = re.compile(r"(?:19|20)\d\d")
_CHANGED = re.compile(r"updat|modif|edited", re.IGNORECASE)
_PUBLISHED = re.compile(r"publish|posted|created", re.IGNORECASE)
_DATE_ATTRIBUTES = re.compile(
    r"^(?:datetime|title|content|data-[\w-]{0,40}(?:date|time|stamp|publish|created)[\w-]{0,40})$"
)
_MINUTE = re.compile(r"\d[T ]\d{1,2}:\d\d|^\s*1\d{9}")
_DAY_NUMBER = re.compile(r"\d{1,2}(?:st|nd|rd|th|\.|日)?")


def date_rule(sheet: RecordTable, titles: Sequence[str]) -> tuple[object, float]:
    """Return the rule for the date, None where the first `<time>` does, and the share of records it reads."""
    default = [_time_says(card) for card in sheet.cards]
    by_default = sheet.share(sum(default))
    best: tuple[float, float, str, str | None] | None = None
    said = {card: list(_dated_elements(card, title)) for card, title in zip(sheet.cards, titles, strict=True)}
    for attribute in sorted({attribute for pairs in said.values() for _, attribute in pairs}, key=str):
        wanted = {card: [one for one, its in pairs if its == attribute] for card, pairs in said.items()}
        for name, cost in named(sheet, wanted.__getitem__):
            elements, css = sheet.firsts(name), str(name)
            told = sum(_tells_day(one, attribute) for one in elements if one is not None)
            more = 1.5 * bool(_CHANGED.search(css)) - 0.5 * bool(_PUBLISHED.search(css))
            if attribute is not None:  # written for machines, it is worth more than a text where it names the minute
                more += -1.5 if _to_the_minute(elements, attribute) else 0.3
            key = (-round(sheet.share(told), 2), cost + more, css, attribute)
            best = key if best is None or key[:2] < best[:2] else best
    if best is not None and best[0] < -0.3 and -best[0] > by_default + 0.02:
        return (best[2] + (f"@{best[3]}" if best[3] else "")), -best[0]
    if by_default >= 0.3:
        return None, by_default
    elsewhere = (
        date_in_pieces(sheet) or date_in_words(sheet, titles) or date_in_passing(sheet) or date_in_address(sheet)
    )
    return elsewhere or (None, by_default)


def _to_the_minute(elements: Iterable[Element | None], attribute: str) -> bool:
    said = [one.attributes.get(attribute) or "" for one in elements if one is not None]
    return sum(_MINUTE.search(text) is not None for text in said) > 0.5 * len(said)


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
    machine = element.attributes.get("datetime")
    if machine and is_date(machine):
        return 1.0
    if not looks_like_date(element.text):
        return 0.0
    said = read_date(element.text)
    if isinstance(said, TimeAgo) and said.bare:
        return 0.35
    # "03/26" may be a day or a month of 2026.
    return 0.7 if isinstance(said, CalendarDate) and (said.year is None or not _YEAR.search(element.text)) else 1.0


def _dated_elements(card: RecordView, title: str) -> Iterator[tuple[Element, str | None]]:
    """Yield the elements of `card` that say a date, and the attribute that does, None for their text."""
    inside: set[int] = set()
    for element in reversed(card.elements):
        for name, value in element.attributes.items():
            if value and len(value) <= 60 and _DATE_ATTRIBUTES.match(name) and value != title and _machine_date(value):
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


def _machine_date(value: str) -> bool:
    machine = re.match(r"\s*(?:19|20)\d\d[-/.]?\d\d[-/.]?\d\d|\s*1\d{9}", value)
    return machine is not None and read_date(value.strip()) is not None


def yearless(sheet: RecordTable, rule: object) -> float:
    """Return the share of records whose date, as `rule` reads it, leaves out the year."""
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
