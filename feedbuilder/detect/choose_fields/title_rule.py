"""The title of each record: the heading's, the link's, or what some selector gives that reads like headlines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from feedbuilder.detect.choose_fields.link_rule import anchor_texts, leads
from feedbuilder.detect.choose_fields.record_table import Name, RecordTable, RecordView
from feedbuilder.detect.choose_fields.text_rules import is_name_of_tags_or_authors
from feedbuilder.detect.choose_fields.title_beside_numbers import are_numbers, is_called_a_title, label_of, rule_behind
from feedbuilder.detect.choose_fields.title_in_attribute import attribute_title
from feedbuilder.detect.choose_fields.title_texts import in_foreign_box, in_label, title_text
from feedbuilder.detect.choose_fields.title_without_date import beside_the_date, without_date
from feedbuilder.detect.choose_fields.try_names import Choice, better, by_name, named, spread
from feedbuilder.detect.outline import HEADINGS, Element
from feedbuilder.detect.text_features import looks_like_date, weight
from feedbuilder.extract.choose_title import FULL_STOPS, is_headline
from feedbuilder.model.wording import is_cut_of
from feedbuilder.parse.boilerplate import is_boilerplate
from feedbuilder.parse.title_labels import is_only_a_date

_SHORT_HEADLINE = 16
"""Letters from which a text may be a headline rather than a label over it."""
_FEWEST_HEADED = 2
"""Cards with headings that are a make of their own."""
_LATER = 0.8
"""Points that a text loses which stands behind another one that reads like a headline: it is the teaser."""
_DIGITS = re.compile(r"\d+")
_TITLE_NAME = re.compile(r"titl|headline|heading|subject|\bname|tit\b|^tit", re.IGNORECASE)


TitleRule = str | list[str] | dict[str, object] | None
"""As it is written in TOML; None where the default does."""


def title_rule(sheet: RecordTable) -> tuple[list[str], TitleRule]:
    """Return the titles of the records, "" where there is none, and the rule for them, None where the default does."""
    found = [default_title(sheet, card) for card in sheet.cards]
    texts = [title_text(one) if one is not None else "" for one in found]
    heads = [one if one is not None and one.tag in HEADINGS else None for one in found]
    if sheet.share(sum(head is not None for head in heads)) >= 0.6 and spread(texts) >= 0.5:
        return _heading_title(sheet, heads, texts)
    links = anchor_texts(sheet)
    whole = [text for text in links if text]
    if are_numbers(whole) and (beside := _title_beside_numbers(sheet)):
        return beside
    if whole and sheet.share(len(whole)) >= 0.6 and spread(whole) >= 0.4 and not _holds_more(sheet):
        return links, without_date(sheet, whole, "a")
    if mixed := _title_of_two_makes(sheet, heads, texts):
        return mixed
    if tried := _title_by_trying(sheet):
        return tried[0], str(tried[1])
    if spread(whole) < 0.4 and (attributed := _title_in_attribute(sheet)):
        return attributed
    if sum(map(bool, texts)) > len(whole):
        return texts, None
    if sheet.outline.settings.get("without_links"):
        return beside_the_date(sheet)
    return links, without_date(sheet, whole, "a")


def default_title(sheet: RecordTable, card: RecordView) -> Element | None:
    """Return the heading or the link whose text the ordinary extraction takes for the title of `card`."""
    heads = headings_of(card)
    own = next((head for head in heads if any(leads(sheet, one, card.canonical) for one in _links_at(head))), None)
    if own is not None:
        return own
    link = next((one for one in _own_links(sheet, card) if not is_boilerplate(title_text(one))), None)
    free = next((head for head in heads if not _links_at(head)), None)
    if free is not None and (link is None or not is_headline(title_text(link), beside=title_text(free))):
        return free
    return link or next(iter(heads), None)


def headings_of(card: RecordView) -> list[Element]:
    """Return the headings of `card` that may be its title: no date, no label, in no dialog and the like."""
    return [
        one
        for one in card.elements
        if one.tag in HEADINGS
        and (not is_boilerplate(one.text) or (bool(one.text) and bool(_links_at(one))))
        and not is_only_a_date(one.text)
        and not in_foreign_box(one, card)
    ]


def _links_at(head: Element) -> list[Element]:
    """Return the links in `head` and around it."""
    around = (one for one in head.up() if one is not head)
    return [one for one in (*head.down(), *around) if one.tag == "a" and one.attributes.get("href") is not None]


def _own_links(sheet: RecordTable, card: RecordView) -> Iterator[Element]:
    """Yield the links of `card` to its article, those in dialogs and the like last."""
    own = [one for one in card.elements if one.tag == "a" and leads(sheet, one, card.canonical)]
    yield from sorted(own, key=lambda one: in_foreign_box(one, card))


def _heading_title(
    sheet: RecordTable, heads: Sequence[Element | None], texts: list[str]
) -> tuple[list[str], TitleRule]:
    """Return the title of a heading: its link's text alone, where the heading holds a label or a date beside it."""
    shorter, first = 0, 0
    own: list[Element | None] = []
    for head, card in zip(heads, sheet.cards, strict=True):
        links = [one for one in head.down() if one.tag == "a"] if head else []
        link = next((one for one in links if leads(sheet, one, card.canonical)), None)
        own.append(link)
        text, whole = title_text(link) if link else "", title_text(head) if head else ""
        shorter += bool(text and text != whole and len(text) >= 0.4 * len(whole))
        first += link is not None and link is links[0]
    tag = next(head.tag for head in heads if head)
    if sheet.share(shorter) < 0.5:
        return texts, without_date(sheet, [text for text in texts if text], tag)
    # A link to the topic may stand in the heading too, before the title.
    named_so = None if 2 * first >= sum(map(bool, own)) else _name_of(sheet, own)
    return [title_text(one) if one else "" for one in own], str(named_so or f"{tag} a")


def _name_of(sheet: RecordTable, elements: Sequence[Element | None]) -> Name | None:
    """Return the name that gives just the one of `elements` in most records that have one, None if there is none."""
    mine = {id(one) for one in elements if one}
    return by_name(sheet, lambda one: id(one) in mine)


def _holds_more(sheet: RecordTable) -> bool:
    """Return whether the links hold more than titles: dates, summaries, labels in elements of their own."""
    more = 0
    for card in sheet.cards:
        own = [one for one in card.elements if one.tag == "a" and leads(sheet, one, card.canonical)]
        link = next((one for one in own if not is_boilerplate(one.text)), None)
        if link is None:
            continue
        texts = [part.own_text for part in link.down() if part is not link and not in_label(part, link)]
        more += len([text for text in [link.own_text, *texts] if any(c.isalnum() for c in text)]) > 1
    return sheet.share(more) >= 0.5


def _title_of_two_makes(
    sheet: RecordTable, heads: Sequence[Element | None], texts: list[str]
) -> tuple[list[str], list[str]] | None:
    """Return the titles where some cards have headings and the rows below them have not; None where it is not so.

    A text that both makes have is rarely the title: it is the teaser of the cards, and so no selector is tried on both.
    """
    tags = list(dict.fromkeys(head.tag for head in heads if head))
    rows = tuple(card for card, head in zip(sheet.cards, heads, strict=True) if head is None)
    headed = len(heads) - len(rows)
    if headed < _FEWEST_HEADED or spread([text for text, head in zip(texts, heads, strict=True) if head]) < 0.5:
        return None
    if not rows or any(one.tag in tags for card in rows for one in card.elements):
        return None
    tried = _title_by_trying(RecordTable(sheet.outline, rows, sheet.between))
    if tried is None:
        return None
    of_rows = iter(tried[0])
    return [text if head else next(of_rows) for text, head in zip(texts, heads, strict=True)], [*tags, str(tried[1])]


def _title_beside_numbers(sheet: RecordTable) -> tuple[list[str], TitleRule] | None:
    """Return the titles that stand beside links which are numbers, None where no text is called a title."""
    tried = _title_by_trying(sheet)
    if tried is None:
        return None
    texts, name = tried[0], tried[1]
    label = label_of([one for one in sheet.firsts(name) if one])
    if not is_called_a_title(str(name), label):
        return None
    return [text.removeprefix(label or "").strip() for text in texts], rule_behind(label, str(name))


def _title_in_attribute(sheet: RecordTable) -> tuple[list[str], TitleRule] | None:
    """Return the titles that an attribute of the links says where these say the same each; None where none does."""
    links = [next(_own_links(sheet, card), None) for card in sheet.cards]
    found, name = attribute_title(links), _name_of(sheet, links)
    if found is None or name is None:
        return None
    texts, attribute, pattern = found
    css = f"{name}@{attribute}"
    return texts, {"select": css, "match": pattern} if pattern else css


def _title_by_trying(sheet: RecordTable) -> tuple[list[str], Name] | None:
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
    return element.tag == "a" and bool(element.attributes.get("href")) and not leads(sheet, element, card.canonical)


def _names_of(element: Element) -> tuple[str, ...]:
    said = (element.attributes.get("rel") or "", element.attributes.get("itemprop") or "")
    return (*element.classes, *" ".join(said).split())


def _headline(length: float) -> float:
    """Return how much `length` is a headline's, 0 to 1."""
    if length < 12:
        return length / 24
    return 1.0 if length <= 110 else max(0.0, 1 - (length - 110) / 100)


def title_beside(sheet: RecordTable, titles: Sequence[str], link_rule: Name) -> str | list[str] | None:
    """Return the rule for titles where the link has a rule: then its text is not taken by itself."""
    if sheet.share(sum(bool(headings_of(card)) for card in sheet.cards)) >= 0.6:
        return None
    whole = 0
    for one, title in zip(sheet.firsts(link_rule), titles, strict=True):
        said = (one.attributes.get("title") or "").strip() if one else ""
        whole += bool(said) and (not title or is_cut_of(title, said) or said == title)
    return [f"{link_rule}@title", str(link_rule)] if sheet.share(whole) >= 0.8 else str(link_rule)
