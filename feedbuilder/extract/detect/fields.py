"""Records -> the rules that read title, link, date, summary, author and tags in each of them.

A rule is written only where the ordinary extraction's default would not do. Selectors are found by trying: whatever
names an element of one record is tried on all, and the one that reads well on most and is best to read itself is taken.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from zoneinfo import ZoneInfo

from feedbuilder.extract.dates.words import Words
from feedbuilder.extract.dates.written import Written, read
from feedbuilder.extract.detect.naming import tokens
from feedbuilder.extract.detect.outline import HEADINGS, Element, Outline
from feedbuilder.extract.detect.records import Records
from feedbuilder.extract.detect.wording import DATE_SHAPES, looks_like_date, weight
from feedbuilder.extract.furniture import is_furniture
from feedbuilder.model.text import is_cut_of, without_ellipsis

_SAMPLE = 8
"""Records whose elements are named and tried; the rules found are then tested on `_TESTED`."""
_TESTED = 30
_MOST_ELEMENTS = 300
"""Elements of one record that are looked at: a list may show whole articles."""

_TITLE_NAME = re.compile(r"titl|headline|heading|subject|\bname|tit\b|^tit", re.IGNORECASE)
_SUMMARY_NAME = re.compile(
    r"excerpt|summar|desc|intro|lead|dek\b|snippet|abstract|teaser|standfirst|subtitle|preview|extract|resum"
    r"|entry-content|post-content|post-text|card-text|digest|brief",
    re.IGNORECASE,
)
_AUTHOR_NAME = re.compile(
    r"^(?:.*[-_])?(?:author|byline|writer|reporter|autor|auteur|creator|by|fn|vcard)(?:[-_].*)?$", re.IGNORECASE
)
_TAG_NAME = re.compile(
    r"(?:^|[-_])(?:tags?|categor(?:y|ies)|cat|topics?|kicker|rubric|label|section|badge)(?:$|[-_])", re.IGNORECASE
)
_PLAIN = re.compile(r"[a-zA-Z-]+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_CHANGED = re.compile(r"updat|modif|edited", re.IGNORECASE)
_DAY_NUMBER = re.compile(r"\d{1,2}(?:st|nd|rd|th|\.|日)?")
_DATE_NAME = re.compile(r"date|time|publi|posted|\bday|meta|dat[ue]m|fecha|data\b", re.IGNORECASE)
_LONGEST_IN_WORDS = 60
_DAY_IN_ADDRESS = (
    r"/((?:19|20)\d\d/(?:0?[1-9]|1[0-2])/(?:0?[1-9]|[12]\d|3[01]))(?:/|$)",
    r"[/_-]((?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?!\d)",
)
_UTC = ZoneInfo("UTC")
_PUBLISHED = re.compile(r"publish|posted|created", re.IGNORECASE)
_DATE_ATTRIBUTES = re.compile(r"^(?:datetime|title|content|data-[\w-]*(?:date|time|stamp|publish|created)[\w-]*)$")
_BY = re.compile(r"^(?:written by|post(?:ed)? by|author|by|von|par|por|di|door|av|af|от|автор)\s?[:\s]\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Card:
    """One record, as fields look at it."""

    parts: tuple[Element, ...]
    canonical: str
    elements: tuple[Element, ...]
    by_token: dict[str, list[Element]]
    """Its elements by the simple selectors that match them, in document order."""


@dataclass(frozen=True, slots=True)
class Name:
    """A selector within a record, in the few forms that are tried.

    "x", "[rel=x]", "y > x", "y x", "y + x", "x:nth-of-type(2)".
    """

    token: str
    above: str = ""
    by: str = ">"
    """How `above` stands to it: ">" its parent, " " any ancestor within the record, "+" its elder sibling."""
    place: int = 0
    """Among its siblings of the same tag, from 1; -1 the last, 0 any."""

    def __str__(self) -> str:
        count = {0: "", -1: ":last-of-type"}.get(self.place, f":nth-of-type({self.place})")
        above = f"{self.above} {self.by} ".replace("   ", " ") if self.above else ""
        return above + self.token + count

    def first(self, card: Card) -> Element | None:
        """Return the first element of `card` that has this name."""
        inside = {id(one) for one in card.by_token.get(self.above, ())} if self.above else set()
        for element in card.by_token.get(self.token, ()):
            if self.above and not any(id(one) in inside for one in self._near(element)):
                continue
            if self.place and not self._counts(element):
                continue
            return element
        return None

    def _near(self, element: Element) -> Iterable[Element]:
        if self.by == "+":
            siblings = element.parent.children if element.parent else [element]
            place = siblings.index(element)
            return siblings[max(place - 1, 0) : place]
        return islice(element.up(), 1, 2 if self.by == ">" else 20)

    def _counts(self, element: Element) -> bool:
        same = [one for one in element.parent.children if one.tag == element.tag] if element.parent else [element]
        return same[-1] is element if self.place == -1 else len(same) >= self.place and same[self.place - 1] is element


@dataclass(frozen=True, slots=True)
class Sheet:
    """The records of one list, ready to have their fields named."""

    outline: Outline
    cards: tuple[Card, ...]
    between: bool
    memory: dict[str, list[Element | None]] = field(default_factory=dict)

    @classmethod
    def of(cls, outline: Outline, records: Records) -> Sheet:
        """Return the first records of a list with their elements."""
        cards = []
        pairs = list(zip(records.parts, records.anchors, strict=True))
        for parts, anchor in pairs[:: max(len(pairs) // _TESTED, 1)][:_TESTED]:
            elements = tuple(islice((one for part in parts for one in part.down()), _MOST_ELEMENTS))
            by_token: defaultdict[str, list[Element]] = defaultdict(list)
            for element in elements:
                for token in _matching(element):
                    by_token[token].append(element)
            cards.append(Card(parts, anchor.canonical, elements, dict(by_token)))
        return cls(outline, tuple(cards), records.between)

    def firsts(self, name: Name) -> list[Element | None]:
        """Return what `name` names first in each record."""
        css = str(name)
        if css not in self.memory:
            self.memory[css] = [name.first(card) for card in self.cards]
        return self.memory[css]

    @property
    def sample(self) -> tuple[Card, ...]:
        """The records whose elements are named, from all over the list: its first ones may be of another make."""
        step = max(len(self.cards) // _SAMPLE, 1)
        return self.cards[::step][:_SAMPLE]

    def share(self, count: int) -> float:
        """Return `count` as a share of the records."""
        return count / len(self.cards)


@dataclass(frozen=True, slots=True)
class Fields:
    """Rules as they are written in TOML: selectors, or tables; empty where the default does."""

    rules: dict[str, object]
    cost: float
    """How hard they are to read."""
    dated: float
    """The share of records that show a date."""
    yearless: float = 0.0
    """The share of the records whose date leaves out the year."""


def fields(sheet: Sheet) -> Fields:
    """Return the rules for the records of `sheet`."""
    rules: dict[str, object] = {}
    cost = 0.0
    titles, title_rule = _title(sheet)
    if link_rule := _link(sheet):
        rules["link"] = str(link_rule)
        cost += 1
        title_rule = title_rule or _title_beside(sheet, titles, link_rule)
    if title_rule:
        rules["title"] = title_rule
        cost += 1
    date_rule, dated = _date(sheet, titles)
    if date_rule:
        rules["date"] = date_rule
    for name, rule in (
        ("summary", _summary(sheet, titles)),
        ("author", _author(sheet)),
        ("tags", _tags(sheet, titles)),
    ):
        if rule:
            rules[name] = rule
    return Fields(rules, cost, dated, _yearless(sheet, date_rule))


# --- naming by trying


def named(sheet: Sheet, wanted: Callable[[Card], Iterable[Element]]) -> Iterator[tuple[Name, float]]:
    """Yield the names of wanted elements within their records, with their costs, the best first; each once."""
    seen: dict[Name, float] = {}
    for card in sheet.sample:
        tops = {id(part) for part in card.parts}
        for element in wanted(card):
            for name, cost in _names_within(element, tops, sheet):
                seen[name] = min(cost, seen.get(name, cost))
    yield from sorted(seen.items(), key=lambda one: (one[1], str(one[0])))[:60]


def _matching(element: Element) -> Iterator[str]:
    for token, _ in tokens(element):
        yield token
    for attribute in ("itemprop", "rel"):
        value = element.attributes.get(attribute)
        if value and _PLAIN.fullmatch(value):
            yield f"[{attribute}={value}]"


def _names_within(element: Element, tops: set[int], sheet: Sheet) -> Iterator[tuple[Name, float]]:
    mine = tokens(element)[:5]
    for token, cost in mine:
        yield Name(token), cost
    for token in _matching(element):
        if token.startswith("["):
            yield Name(token), 1.2
    if element.parent is None:
        return
    parent, (token, cost) = element.parent, mine[0]
    if sheet.between:
        siblings = parent.children
        place = siblings.index(element)
        for beside, more in tokens(siblings[place - 1])[:2] if place else ():
            yield Name(token, beside, "+"), cost + more * 0.6 + 0.8
    if id(element) in tops:
        return
    for above, more in tokens(parent)[:3]:
        yield Name(token, above), cost + more * 0.6 + 0.6
    same = [one for one in parent.children if one.tag == element.tag]
    if len(same) > 1:
        place = same.index(element) + 1
        yield Name(element.tag, place=place), cost + 2.0
        if place == len(same):
            yield Name(element.tag, place=-1), cost + 1.9
    if parent.parent is not None and id(parent) not in tops:
        for above, more in tokens(parent.parent)[:2]:
            yield Name(token, above, by=" "), cost + more * 0.6 + 1.0


def _better(best: tuple[float, float, Name] | None, other: tuple[float, float, Name]) -> tuple[float, float, Name]:
    return other if best is None or other[:2] < best[:2] else best


# --- title and link


def _default_anchor(sheet: Sheet, card: Card) -> Element | None:
    """Return the link that the ordinary extraction takes where no rule names one."""
    ranked: list[tuple[int, int, Element]] = []
    heads = any(element.tag in HEADINGS for element in card.elements)
    for place, element in enumerate(card.elements):
        if element.tag != "a" or not element.attributes.get("href"):
            continue
        rel = set((element.attributes.get("rel") or "").lower().split())
        in_heading = any(up.tag in HEADINGS for up in islice(element.up(), 8))
        around = heads and any(down.tag in HEADINGS for down in element.down())
        aside = rel & {"tag", "author", "category", "nofollow", "license", "next", "prev"}
        rank = 0 if in_heading or around or "bookmark" in rel else 2 if aside else 1
        ranked.append((rank, place, element))
    for _, _, element in sorted(ranked, key=lambda one: one[:2]):
        if sheet.outline.canonical(element) is not None:
            return element
    return None


def _leads(sheet: Sheet, element: Element | None, canonical: str) -> bool:
    if element is None:
        return False
    return sheet.outline.canonical(element) == canonical


def _link(sheet: Sheet) -> Name | None:
    """Return the rule for the link, None where the first one, or the heading's, is the right one."""
    right = sum(_leads(sheet, _default_anchor(sheet, card), card.canonical) for card in sheet.cards)
    if sheet.share(right) >= 0.95:
        return None

    def wanted(card: Card) -> Iterator[Element]:
        return (one for one in card.elements if one.tag == "a" and _leads(sheet, one, card.canonical))

    best: tuple[float, float, Name] | None = None
    for name, cost in named(sheet, wanted):
        hits = sum(
            _leads(sheet, one, card.canonical) for one, card in zip(sheet.firsts(name), sheet.cards, strict=True)
        )
        best = _better(best, (-round(sheet.share(hits), 2), cost, name))
    return best[2] if best and -best[0] > sheet.share(right) else None


def _anchor_texts(sheet: Sheet) -> list[str]:
    texts = []
    for card in sheet.cards:
        own = [one for one in card.elements if one.tag == "a" and _leads(sheet, one, card.canonical)]
        texts.append(next((one.text for one in own if not is_furniture(one.text)), ""))
    return texts


def _heading(sheet: Sheet, card: Card) -> Element | None:
    heads = [one for one in card.elements if one.tag in HEADINGS and not is_furniture(one.text)]

    def linked(head: Element) -> bool:
        return any(up.tag == "a" for up in head.up()) or any(down.tag == "a" for down in head.down())

    return next((head for head in heads if linked(head)), heads[0] if heads else None)


def _title(sheet: Sheet) -> tuple[list[str], str | dict[str, object] | None]:
    """Return the titles of the records, "" where there is none, and the rule for them, None where the default does."""
    heads = [_heading(sheet, card) for card in sheet.cards]
    texts = [head.text if head else "" for head in heads]
    links = _anchor_texts(sheet)
    if sheet.share(sum(map(bool, texts))) >= 0.6 and _spread(texts) >= 0.5:
        return _heading_title(sheet, heads, texts)
    whole = [text for text in links if text]
    if whole and sheet.share(len(whole)) >= 0.6 and _spread(whole) >= 0.4 and not _holds_more(sheet):
        return links, _without_date(sheet, whole, "a")
    if found := _title_by_trying(sheet):
        return found
    return links, _without_date(sheet, whole, "a")


def _spread(texts: Sequence[str]) -> float:
    said = [text for text in texts if text]
    return len(set(said)) / len(said) if said else 0.0


def _heading_title(
    sheet: Sheet, heads: Sequence[Element | None], texts: list[str]
) -> tuple[list[str], str | dict[str, object] | None]:
    """Return the title of a heading: its link's text alone, where the heading holds a label or a date beside it."""
    shorter = 0
    inner: list[str] = []
    for head, card in zip(heads, sheet.cards, strict=True):
        links = [one for one in head.down() if one.tag == "a" and _leads(sheet, one, card.canonical)] if head else []
        text = links[0].text if links else ""
        inner.append(text)
        shorter += bool(head and text and text != head.text and len(text) >= 0.4 * len(head.text))
    if sheet.share(shorter) >= 0.5:
        css = f"{next(head.tag for head in heads if head)} a"
        return inner, css
    return texts, _without_date(sheet, [text for text in texts if text], next(head.tag for head in heads if head))


def _holds_more(sheet: Sheet) -> bool:
    """Return whether the links hold more than titles: dates, summaries, labels in elements of their own."""
    more = 0
    for card in sheet.cards:
        own = [one for one in card.elements if one.tag == "a" and _leads(sheet, one, card.canonical)]
        link = next((one for one in own if not is_furniture(one.text)), None)
        if link is None:
            continue
        parts = [
            one for one in link.down() if one is not link and one.own_text and any(c.isalnum() for c in one.own_text)
        ]
        texts = [part.own_text for part in parts]
        more += len([text for text in [link.own_text, *texts] if any(c.isalnum() for c in text)]) > 1
    return sheet.share(more) >= 0.5


def _title_by_trying(sheet: Sheet) -> tuple[list[str], str] | None:
    """Return the titles that some selector gives: distinct, of a headline's length, no dates; best if called a title."""

    def wanted(card: Card) -> Iterator[Element]:
        return (one for one in card.elements if 4 <= weight(one.text) <= 300 and not looks_like_date(one.text))

    best: tuple[float, float, Name] | None = None
    for name, cost in named(sheet, wanted):
        found, css = sheet.firsts(name), str(name)
        texts = [one.text for one in found if one is not None and not is_furniture(one.text)]
        if sheet.share(len(texts)) < 0.7 or _spread(texts) < 0.6:
            continue
        if sum(looks_like_date(text) for text in texts) > 0.2 * len(texts):
            continue
        mean = sum(weight(text) for text in texts) / len(texts)
        telling = bool(_TITLE_NAME.search(css)) or css.split()[-1] in ("strong", "b")
        inner = sum(bool(one.children) for one in found if one) / len(texts)
        points = sheet.share(len(texts)) * 2 + telling * 2 + _headline(mean) * 2 - inner
        best = _better(best, (-round(points, 1), cost, name))
    if best is None:
        return None
    return [one.text if one else "" for one in sheet.firsts(best[2])], str(best[2])


def _headline(length: float) -> float:
    """Return how much `length` is a headline's, 0 to 1."""
    if length < 12:
        return length / 24
    return 1.0 if length <= 110 else max(0.0, 1 - (length - 110) / 100)


def _without_date(sheet: Sheet, texts: Sequence[str], css: str) -> dict[str, object] | None:
    """Return the rule that takes a title out of texts which begin or end with a date, None where few do.

    Not where the date stands elsewhere too: then the one in the title belongs to it.
    """
    if sheet.share(sum(map(_dated_outside, sheet.cards))) >= 0.5:
        return None
    for shape in DATE_SHAPES:
        for pattern in (rf"^\W*{shape}\W+(\S.*)$", rf"^(.*\S)\W+{shape}\W*$"):
            found = sum(re.search(pattern, text, re.IGNORECASE) is not None for text in texts)
            if found >= 0.8 * len(texts) and len(texts) > 1:
                return {"select": css, "match": pattern}
    return None


def _dated_outside(card: Card) -> bool:
    links = {id(one) for link in card.elements if link.tag == "a" or link.tag in HEADINGS for one in link.down()}
    return any(id(one) not in links and looks_like_date(one.own_text) for one in card.elements)


def _title_beside(sheet: Sheet, titles: Sequence[str], link_rule: Name) -> str | list[str] | None:
    """Return the rule for titles where the link has a rule: then its text is not taken by itself."""
    if sheet.share(sum(_heading(sheet, card) is not None for card in sheet.cards)) >= 0.6:
        return None
    whole = 0
    for one, title in zip(sheet.firsts(link_rule), titles, strict=True):
        said = (one.attributes.get("title") or "").strip() if one else ""
        whole += bool(said) and (not title or is_cut_of(title, said) or said == title)
    return [f"{link_rule}@title", str(link_rule)] if sheet.share(whole) >= 0.8 else str(link_rule)


# --- date


def _date(sheet: Sheet, titles: Sequence[str]) -> tuple[object, float]:
    """Return the rule for the date, None where the first `<time>` does, and the share of records it reads."""
    default = [_time_says(card) for card in sheet.cards]
    by_default = sheet.share(sum(default))
    best: tuple[float, float, str, str | None] | None = None
    wanted = {id(card): list(_dated_elements(card, title)) for card, title in zip(sheet.cards, titles, strict=True)}
    attributes = {attribute for pairs in wanted.values() for _, attribute in pairs}
    for attribute in sorted(attributes, key=str):
        for name, cost in named(sheet, lambda card, a=attribute: (one for one, its in wanted[id(card)] if its == a)):
            elements, css = sheet.firsts(name), str(name)
            told = sum(_tells_day(one, attribute) for one in elements if one is not None)
            more = (attribute is not None) * 0.3 + 1.5 * bool(_CHANGED.search(css)) - 0.5 * bool(_PUBLISHED.search(css))
            key = (-round(sheet.share(told), 2), cost + more, css, attribute)
            best = key if best is None or key[:2] < best[:2] else best
    if best is not None and best[0] < -0.3 and -best[0] > by_default + 0.02:
        return (best[2] + (f"@{best[3]}" if best[3] else "")), -best[0]
    if by_default >= 0.3:
        return None, by_default
    return _date_in_pieces(sheet) or _date_in_words(sheet, titles) or _date_in_passing(sheet) or _date_in_address(sheet) or (None, by_default)


def _time_says(card: Card) -> float:
    times = [one for one in card.elements if one.tag == "time"]
    said = next((one for one in times if one.attributes.get("datetime")), times[0] if times else None)
    return _tells_day(said, None) if said is not None else 0.0


def _is_date(text: str) -> bool:
    return bool(text) and len(text) <= 200 and read(text) is not None


def _yearless(sheet: Sheet, rule: object) -> float:
    if rule is None:
        said = [next((one for one in card.elements if one.tag == "time"), None) for card in sheet.cards]
    else:
        said = sheet.memory.get(str(rule), [])
    texts = [one.attributes.get("datetime") or one.text for one in said if one is not None]
    bare = sum(isinstance(day := read(text), Written) and day.year is None for text in texts)
    return sheet.share(bare)


def numbers_of_days(sheet: Sheet) -> str | None:
    """Return the rule for elements that hold the number of a day, 1 to 31, and nothing else; None without any."""

    def fits(one: Element) -> bool:
        return bool(_DAY_NUMBER.fullmatch(one.text)) and 1 <= int(re.sub(r"\D", "", one.text)) <= 31

    name = _by_name(sheet, fits)
    return str(name) if name else None


def _tells_day(element: Element, attribute: str | None) -> float:
    """Return how well `element` says a date: 1 with its year, less without, 0 not at all."""
    if attribute is not None:
        return float(_is_date((element.attributes.get(attribute) or "").strip()))
    names = " ".join((*element.classes, element.attributes.get("itemprop") or ""))
    if _CHANGED.search(names) and not _PUBLISHED.search(names):
        return 0.6
    machine = element.attributes.get("datetime")
    if machine and _is_date(machine):
        return 1.0
    if not looks_like_date(element.text):
        return 0.0
    said = read(element.text)
    # "03/26" may be a day or a month of 2026.
    return 0.7 if isinstance(said, Written) and (said.year is None or not _YEAR.search(element.text)) else 1.0


def _dated_elements(card: Card, title: str) -> Iterator[tuple[Element, str | None]]:
    """Yield the elements of `card` that say a date, and the attribute that does, None for their text."""
    inside: set[int] = set()
    for element in reversed(card.elements):
        for name, value in element.attributes.items():
            if value and len(value) <= 60 and _DATE_ATTRIBUTES.match(name) and value != title and _machine_date(value):
                yield element, name if name != "datetime" else None
        text = element.text
        if not text or len(text) > 160 or id(element) in inside:
            continue
        if element.tag != "time" and any(up.tag in HEADINGS for up in islice(element.up(), 8)):
            continue
        if title and title in text and len(title) > 0.5 * len(text):
            continue
        if looks_like_date(text):
            yield element, None
            inside.update(id(up) for up in islice(element.up(), 2, 12))


def _machine_date(value: str) -> bool:
    return bool(re.match(r"\s*(?:19|20)\d\d[-/.]?\d\d[-/.]?\d\d|\s*1\d{9}", value)) and read(value.strip()) is not None


def _date_in_pieces(sheet: Sheet) -> tuple[object, float] | None:
    """Return the rule for dates in pieces that no space parts: a large day over a small month and year."""
    first = next((pieces for card in sheet.sample for pieces in _pieces(card)), None)
    if first is None:
        return None
    rules = []
    for piece in range(len(first)):
        wanted = {id(card): [pieces[piece] for pieces in _pieces(card) if len(pieces) > piece] for card in sheet.cards}
        name = _by_name(sheet, lambda one, its={id(x) for some in wanted.values() for x in some}: id(one) in its)
        if name is None:
            return None
        rules.append(name)
    texts = [" ".join(one.text for one in row if one) for row in zip(*map(sheet.firsts, rules), strict=True)]
    told = sheet.share(sum(map(looks_like_date, texts)))
    return ({"join": [str(name) for name in rules]}, told) if told >= 0.8 else None


def _pieces(card: Card) -> Iterator[tuple[Element, ...]]:
    """Yield two or three neighbours that say a date together, and not each by itself."""
    for element in card.elements:
        said = [one for one in element.children if one.text]
        if 2 <= len(said) <= 4 and len(element.text) <= 30:
            for count in (2, 3):
                together = " ".join(one.text for one in said[:count])
                if looks_like_date(together) and not any(looks_like_date(one.text) for one in said):
                    yield tuple(said[:count])
                    break


def _date_in_words(sheet: Sheet, titles: Sequence[str]) -> tuple[object, float] | None:
    """Return the rule for dates in words that only dateparser knows, where something looks or is called like one."""
    document = sheet.outline.document
    words = Words(document.language, document.zone or _UTC, document.page.fetched_at)

    def maybe(one: Element) -> bool:
        if not 4 <= len(one.text) <= _LONGEST_IN_WORDS or one.text in titles or not any(c.isdigit() for c in one.text):
            return False
        called = any(map(_DATE_NAME.search, (one.tag, *one.classes, one.attributes.get("itemprop") or "")))
        return called or bool(_YEAR.search(one.text))

    best: tuple[float, float, Name] | None = None
    for name, cost in islice(named(sheet, lambda card: filter(maybe, card.elements)), 12):
        texts = [one.text for one in sheet.firsts(name) if one is not None]
        if sheet.share(len(texts)) < 0.6 or not all(words.read(text) for text in texts[:2]):
            continue
        told = sum(words.read(text) is not None for text in texts)
        best = _better(best, (-round(sheet.share(told), 1), cost, name))
    return (str(best[2]), -best[0]) if best and best[0] <= -0.6 else None


def _date_in_address(sheet: Sheet) -> tuple[object, float] | None:
    """Return the rule for days in the addresses themselves: /2026/11/18/harbour-reopens."""
    for pattern in _DAY_IN_ADDRESS:
        days = []
        for card in sheet.cards:
            hrefs = (one.attributes.get("href") or "" for one in card.elements if _leads(sheet, one, card.canonical))
            found = next((match for href in hrefs if (match := re.search(pattern, href))), None)
            if found and _is_date(found[1]):
                days.append(found[1])
        if sheet.share(len(days)) >= 0.8:
            return {"select": "a@href", "match": pattern}, sheet.share(len(days))
    return None


def _date_in_passing(sheet: Sheet) -> tuple[object, float] | None:
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
                hits += bool(found and one and pattern.search(one.own_text) and _is_date(found[0]))
            if sheet.share(hits) >= 0.6:
                key = (-sheet.share(hits), rank, {"select": tag, "match": shape})
                best = key if best is None or key[:2] < best[:2] else best
    return (best[2], -best[0]) if best else None


# --- the rest


def _summary(sheet: Sheet, titles: Sequence[str]) -> str | None:
    heads = {id(card): title for card, title in zip(sheet.cards, titles, strict=True)}

    def fits(one: Element, title: str) -> bool:
        if one.tag in HEADINGS or one.tag == "a" or weight(one.text[:60]) < 40 or looks_like_date(one.text[:60]):
            return False
        return (not title or title not in one.text) and without_ellipsis(one.text) not in title

    best: tuple[float, float, Name] | None = None
    wanted = {id(card): [one for one in card.elements if fits(one, heads[id(card)])] for card in sheet.sample}
    for name, cost in named(sheet, lambda card: wanted[id(card)]):
        pairs = [(one, heads[id(card)]) for one, card in zip(sheet.firsts(name), sheet.cards, strict=True) if one]
        good = [one.text for one, title in pairs if fits(one, title)]
        if sheet.share(len(good)) < 0.4 or _spread(good) < 0.6 or len(good) < 0.6 * len(pairs):
            continue
        mean = sum(min(weight(text), 300) for text in good) / len(good)
        points = sheet.share(len(good)) * 2 + bool(_SUMMARY_NAME.search(str(name))) + mean / 300
        best = _better(best, (-round(points, 1), cost, name))
    return str(best[2]) if best else None


def _author(sheet: Sheet) -> object:
    def fits(one: Element) -> bool:
        names = (*one.classes, one.attributes.get("rel") or "", one.attributes.get("itemprop") or "")
        return any(map(_AUTHOR_NAME.match, names)) and 2 <= len(one.text) <= 60 and not looks_like_date(one.text)

    name = _by_name(sheet, fits)
    if name is None:
        return None
    texts = [one.text for one in sheet.firsts(name) if one]
    if sum(bool(_BY.match(text)) for text in texts) > 0.5 * len(texts):
        return {"select": str(name), "match": rf"{_BY.pattern}(.+)"}
    return str(name)


def _tags(sheet: Sheet, titles: Sequence[str]) -> str | None:
    def fits(one: Element) -> bool:
        names = (*one.classes, *(one.attributes.get("rel") or "").split())
        if not any(map(_TAG_NAME.search, names)) or not 2 <= weight(one.text) <= 40 or one.text in titles:
            return False
        if any(child.tag == "a" for child in one.down() if child is not one) or is_furniture(one.text):
            return False
        return not looks_like_date(one.text)

    name = _by_name(sheet, fits)
    return str(name) if name else None


def _by_name(sheet: Sheet, fits: Callable[[Element], bool]) -> Name | None:
    """Return the best name whose first element in most records `fits`, None if there is none."""
    best: tuple[float, float, Name] | None = None
    for name, cost in named(sheet, lambda card: (one for one in card.elements if fits(one))):
        found = [one for one in sheet.firsts(name) if one is not None]
        good = sum(map(fits, found))
        if sheet.share(good) < 0.5 or good < 0.9 * len(found):
            continue
        best = _better(best, (-round(sheet.share(good), 1), cost, name))
    return best[2] if best else None
