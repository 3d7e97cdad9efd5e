"""The title where neither headings nor links say it: what some selector gives that reads like headlines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from feedbuilder.detect.choose_fields.link_rule import leads
from feedbuilder.detect.choose_fields.record_table import Name, RecordTable, RecordView
from feedbuilder.detect.choose_fields.text_rules import is_name_of_tags_or_authors
from feedbuilder.detect.choose_fields.title_texts import in_foreign_box, title_text
from feedbuilder.detect.choose_fields.try_names import Choice, better, named, spread
from feedbuilder.detect.outline import Element
from feedbuilder.detect.text_features import looks_like_date, weight
from feedbuilder.extract.choose_title import FULL_STOPS
from feedbuilder.parse.boilerplate import is_boilerplate

_SHORT_HEADLINE = 16
"""Letters from which a text may be a headline rather than a label over it."""
_LATER = 0.8
"""Points that a text loses which stands behind another one that reads like a headline: it is the teaser."""
_DIGITS = re.compile(r"\d+")
_TITLE_NAME = re.compile(r"titl|headline|heading|subject|\bname|tit\b|^tit", re.IGNORECASE)


def title_by_trying(sheet: RecordTable) -> tuple[list[str], Name] | None:
    """Return the titles that some selector gives: distinct, long as headlines, no dates; best if called a title."""

    def wanted(card: RecordView) -> Iterator[Element]:
        return (one for one in card.elements if _may_be_title(sheet, one, card))

    places = {id(one): place for card in sheet.cards for place, one in enumerate(card.elements)}
    tried: list[_Tried] = []
    for name, cost in named(sheet, wanted):
        pairs = [(one, card) for one, card in zip(sheet.firsts(name), sheet.cards, strict=True) if one is not None]
        found = [one for one, card in pairs if _may_be_title(sheet, one, card)]
        texts = [title_text(one) for one in found]
        varied = spread(texts) >= 0.6 and not _only_numbers_differ(texts)
        if sheet.share(len(texts)) >= 0.7 and (varied or _TITLE_NAME.search(str(name))):
            place = sum(places[id(one)] for one in found) / len(found)
            tried.append(_Tried(name, cost, found, texts, place, sheet.share(len(texts)), varied))
    tried = [one for one in tried if one.varied] or [one for one in tried if one.is_plain]
    first = min((one.place for one in tried if one.is_plain and one.mean >= _SHORT_HEADLINE), default=0.0)
    best: Choice | None = None
    for one in tried:
        points = one.points - _LATER * (one.is_plain and one.place > first)
        best = better(best, (-round(points, 1), one.cost, one.name))
    if best is None:
        return None
    return [title_text(one) if one else "" for one in sheet.firsts(best[2])], best[2]


@dataclass(frozen=True, slots=True)
class _Tried:
    """A selector that may give the titles, and what it gives."""

    name: Name
    cost: float
    elements: list[Element]
    texts: list[str]
    place: float
    """Where in their records the elements stand, in the middle."""
    share: float
    varied: bool
    """Whether the texts differ; titles that a site gives to all its stories alike are known by their name alone."""

    @property
    def mean(self) -> float:
        return sum(map(weight, self.texts)) / len(self.texts)

    @property
    def is_plain(self) -> bool:
        """Return whether most are elements without others in them, rather than boxes of several texts."""
        return sum(bool(one.children) for one in self.elements) < 0.5 * len(self.elements)

    @property
    def points(self) -> float:
        css = str(self.name)
        telling = bool(_TITLE_NAME.search(css)) or css.rsplit(maxsplit=1)[-1] in ("strong", "b", "summary", "dt")
        inner = sum(bool(one.children) for one in self.elements) / len(self.elements)
        sentences = sum(text.endswith(FULL_STOPS) for text in self.texts) / len(self.texts)
        return self.share * 2 + telling * 2 + _headline(self.mean) * 2 - inner - sentences


def _only_numbers_differ(texts: Sequence[str]) -> bool:
    """Return whether `texts` say the same about another number each, as "97 visits" does."""
    return spread([_DIGITS.sub("", text) for text in texts]) < 0.5


def _may_be_title(sheet: RecordTable, element: Element, card: RecordView) -> bool:
    """Return whether the text of `element` may be the title: no date, label, tag or author, and no other link's."""
    if not 4 <= weight(element.text) <= 300 or looks_like_date(element.text) or is_boilerplate(element.text):
        return False
    if any(_leads_elsewhere(sheet, one, card) for one in element.down()):
        return False
    for up in element.up():
        if _leads_elsewhere(sheet, up, card) or any(map(is_name_of_tags_or_authors, _names_of(up))):
            return False
        if any(up is part for part in card.parts):
            break
    return not in_foreign_box(element, card)


def _leads_elsewhere(sheet: RecordTable, element: Element, card: RecordView) -> bool:
    """Return whether `element` is a link to something else; a headline that opens its text here leads nowhere."""
    href = (element.attributes.get("href") or "").strip()
    if element.tag != "a" or href in ("", "#") or href.lower().startswith("javascript:"):
        return False
    return not leads(sheet, element, card.canonical)


def is_called_headline(element: Element) -> bool:
    """Return whether the page names `element` as a title."""
    return any(map(_TITLE_NAME.search, _names_of(element)))


def _names_of(element: Element) -> tuple[str, ...]:
    """Return what `element` is called: its classes, its relation, its property."""
    said = (element.attributes.get("rel") or "", element.attributes.get("itemprop") or "")
    return (*element.classes, *" ".join(said).split())


def _headline(length: float) -> float:
    """Return how much `length` is a headline's, 0 to 1."""
    if length < 12:
        return length / 24
    return 1.0 if length <= 110 else max(0.0, 1 - (length - 110) / 100)
