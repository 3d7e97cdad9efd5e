"""Redesigns of a page made by program: its list in other markup, pages that hold it no longer, and plain evolution.

Works on any page of which the true items are known. Everything is derived from the page itself, so two runs give the
same. A kind that a page does not allow (no classes to rename, no cards to move) is left out for it.
"""
# ruff: noqa: INP001 - beside the benchmarks, not a package

from __future__ import annotations

import copy
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urljoin

from lxml import html
from lxml.html import HtmlElement

from feedbuilder.parse.dates.date_text import is_date_like
from feedbuilder.parse.identity import canonical_url

_FEWEST = 4
"""Cards without which a page has no list to be redesigned."""
_LABEL = 12
"""Letters that are no title: "Read more", "3 comments"."""
_SYLLABLES = ("ba", "ko", "ri", "ten", "lu", "mos", "ve", "dan", "pi", "sol", "gra", "ne")
_WORDS = [
    "harbour",
    "council",
    "river",
    "library",
    "orchestra",
    "bridge",
    "market",
    "school",
    "valley",
    "winter",
    "railway",
    "museum",
]
_MONTHS = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
]


@dataclass
class Redesign:
    """A later page of the same address."""

    kind: str
    body: bytes
    truth: list[str]
    """The canonical addresses of the articles that it lists; none where the list is gone."""
    neutral: set[str] = field(default_factory=set)
    """Addresses that count neither way."""


@dataclass
class _Sheet:
    """A page that is being redesigned."""

    root: HtmlElement
    base: str
    cards: dict[str, HtmlElement]
    """By the canonical address of the article."""

    @property
    def parents(self) -> list[HtmlElement]:
        return list(dict.fromkeys(card.getparent() for card in self.cards.values()))


def redesigns_of(body: str, base: str, truth: Sequence[str]) -> Iterator[Redesign]:
    """Yield the redesigns of a page at `base` that lists the canonical addresses `truth`."""
    for kind, change in _KINDS.items():
        sheet = _sheet(body, base, truth)
        if len(sheet.cards) < _FEWEST or len(sheet.cards) < 0.8 * len(truth):
            return
        before = dict(sheet.cards)
        neutral = {address for address in truth if address not in before}
        if change(sheet) is False:
            continue
        neutral |= _still_linked(sheet, before)
        yield Redesign(
            kind, html.tostring(sheet.root, encoding="utf-8", doctype="<!DOCTYPE html>"), list(sheet.cards), neutral
        )


def gone_pages(body: str, base: str, truth: Sequence[str]) -> Iterator[Redesign]:
    """Yield pages that may stand at the address when the list is gone; on none of them is anything to be found."""
    sheet = _sheet(body, base, truth)
    for kind, text in _GONE.items():
        yield Redesign(f"gone: {kind}", text.encode(), [])
    if len(sheet.cards) >= _FEWEST:
        sheet = _sheet(body, base, truth)
        before = list(sheet.cards)
        for address, card in list(sheet.cards.items()):
            _remove(card)
            del sheet.cards[address]
        yield Redesign(
            "gone: list taken out", html.tostring(sheet.root, encoding="utf-8"), [], _still_linked(sheet, before)
        )
        sheet = _sheet(body, base, truth)
        told = {text for card in sheet.cards.values() for one in card.iter("a") if len(text := _text(one)) > _LABEL}
        _replace(sheet, list(sheet.cards), "/another-section/")
        if any(_text(one) in told for one in sheet.root.iter() if isinstance(one.tag, str)):
            return  # it tells the old stories elsewhere too, and so is not another one
        for element in sheet.root.iter("title", "h1"):
            element.text = "Another section"
        yield Redesign("gone: another section, by its title", html.tostring(sheet.root, encoding="utf-8"), [])
        for element in sheet.root.iter("link", "meta"):
            if element.get("rel") == "canonical":
                element.set("href", urljoin(base, "/another-section/"))
            if element.get("property") in ("og:url", "og:title"):
                element.set("content", urljoin(base, "/another-section/"))
        yield Redesign("gone: another section", html.tostring(sheet.root, encoding="utf-8"), [])
        _renamed(sheet)
        _made_later(sheet)
        yield Redesign("gone: another section, redesigned", html.tostring(sheet.root, encoding="utf-8"), [])


def evolutions_of(body: str, base: str, truth: Sequence[str]) -> Iterator[Redesign]:
    """Yield the same page later, its markup unchanged: some, half, most of its stories are new; fewer or more."""
    for kind, share in (("a fifth new", 0.2), ("half new", 0.5), ("nine tenths new", 0.9)):
        sheet = _sheet(body, base, truth)
        if len(sheet.cards) < _FEWEST:
            return
        neutral = {address for address in truth if address not in sheet.cards}
        ordered = list(sheet.cards)
        _replace(sheet, ordered[: max(1, round(share * len(ordered)))], None)
        neutral |= _still_linked(sheet, ordered)
        yield Redesign(f"evolution: {kind}", html.tostring(sheet.root, encoding="utf-8"), list(sheet.cards), neutral)
    sheet = _sheet(body, base, truth)
    ordered = list(sheet.cards)
    for address in ordered[-len(ordered) // 3 :]:
        _remove(sheet.cards.pop(address))
    neutral = {address for address in truth if address not in ordered} | _still_linked(sheet, ordered)
    yield Redesign("evolution: a third fewer", html.tostring(sheet.root, encoding="utf-8"), list(sheet.cards), neutral)


def _sheet(body: str, base: str, truth: Sequence[str]) -> _Sheet:
    root = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", body) or "<p>")
    found = root.find(".//base[@href]")
    here = urljoin(base, found.get("href")) if found is not None else base
    wanted = set(truth)
    links: dict[str, list[HtmlElement]] = {}
    owner: dict[HtmlElement, set[str]] = {}
    for anchor in root.iter("a"):
        address = _canonical(urljoin(here, anchor.get("href") or ""))
        if address in wanted:
            links.setdefault(address, []).append(anchor)
            for above in (anchor, *anchor.iterancestors()):
                owner.setdefault(above, set()).add(address)
    cards: dict[str, HtmlElement] = {}
    for address in (one for one in truth if one in links):
        anchor = max(links[address], key=lambda one: len(one.text_content()))
        card = anchor
        while (
            (above := card.getparent()) is not None and owner[above] == {address} and above.tag not in ("body", "html")
        ):
            card = above
        cards[address] = card
    cards = {a: c for a, c in cards.items() if c.getparent() is not None}
    return _Sheet(root, here, cards)


def _still_linked(sheet: _Sheet, stories: Iterable[str]) -> set[str]:
    """Return those of `stories` without a card of their own any more that the page links to all the same.

    A front page shows some stories twice: whose other card stayed is neither there nor gone.
    """
    linked = {_canonical(urljoin(sheet.base, anchor.get("href") or "")) for anchor in sheet.root.iter("a")}
    return {address for address in stories if address in linked and address not in sheet.cards}


def _canonical(url: str) -> str | None:
    try:
        return canonical_url(url)
    except ValueError:
        return None


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _name(text: str) -> str:
    number = int(_hash(text)[:6], 16)
    return "".join(_SYLLABLES[(number // 12**place) % 12] for place in range(3))


def _each_class(sheet: _Sheet, renamed: Callable[[str], str]) -> bool:
    found = False
    for element in sheet.root.iter():
        if isinstance(element.tag, str) and element.get("class"):
            found = True
            element.set("class", " ".join(renamed(name) for name in element.get("class").split()))
    return found


def _renamed(sheet: _Sheet) -> bool:
    return _each_class(sheet, _name)


def _hashed(sheet: _Sheet) -> bool:
    return _each_class(sheet, lambda name: f"css-{_hash(name)[:7]}")


def _half_hashed(sheet: _Sheet) -> bool:
    return _each_class(sheet, lambda name: f"{name}__{_hash(name + 'b')[:5]}")


def _dropped(sheet: _Sheet) -> None:
    for element in sheet.root.iter():
        if isinstance(element.tag, str):
            for name in ("class", "id", "itemprop", "data-testid"):
                element.attrib.pop(name, None)


_OTHER_TAGS = {
    "article": "div",
    "li": "div",
    "ul": "div",
    "ol": "div",
    "section": "div",
    "h2": "h3",
    "h3": "h2",
    "p": "div",
    "dl": "div",
}


def _exchanged(sheet: _Sheet) -> None:
    _renamed(sheet)
    for element in list(sheet.root.iter()):
        if isinstance(element.tag, str) and element.tag in _OTHER_TAGS:
            element.tag = _OTHER_TAGS[element.tag]


def _wrapped(sheet: _Sheet) -> bool | None:
    if any(card.tag in ("tr", "td", "li", "dt", "a") for card in sheet.cards.values()):
        return False
    _renamed(sheet)
    for card in sheet.cards.values():
        outer = html.Element("div", {"class": "grid-cell"})
        outer.tail, card.tail = card.tail, None
        card.getparent().replace(card, outer)
        outer.append(card)
    return None


def _unwrapped(sheet: _Sheet) -> bool:
    changed = False
    for card in sheet.cards.values():
        for inner in list(card.iter("div", "span")):
            if inner is not card and inner.getparent() is not None and len(inner) and not (inner.text or "").strip():
                inner.drop_tag()
                changed = True
    return changed and _renamed(sheet)


def _reordered(sheet: _Sheet) -> bool:
    changed = False
    for card in sheet.cards.values():
        children = list(card)
        if (
            len(children) >= 2
            and not (card.text or "").strip()
            and not any((one.tail or "").strip() for one in children)
        ):
            for child in reversed(children):
                card.append(child)
            changed = True
    return changed and _renamed(sheet)


def _as_rows(sheet: _Sheet) -> bool:
    if len(sheet.parents) > 1 or any(card.tag in ("td", "tr") for card in sheet.cards.values()):
        return False
    _renamed(sheet)
    first = next(iter(sheet.cards.values()))
    table = html.Element("table", {"class": "listing"})
    first.addprevious(table)
    for card in sheet.cards.values():
        row, cell = html.Element("tr"), html.Element("td")
        card.tail = None
        if card.tag == "li":
            card.tag = "div"
        table.append(row)
        row.append(cell)
        cell.append(card)
    return True


def _moved(sheet: _Sheet) -> bool:
    if len(sheet.parents) > 1 or any(card.tag in ("td", "tr", "a") for card in sheet.cards.values()):
        return False
    _renamed(sheet)
    body = sheet.root.find("body")
    place = html.Element("section", {"class": "stream"})
    for card in sheet.cards.values():
        card.tail = None
        if card.tag == "li":
            card.tag = "div"
        place.append(card)
    body.insert(0, place)
    return True


def _split(sheet: _Sheet) -> bool:
    if len(sheet.parents) > 1 or any(card.tag in ("td", "tr", "a") for card in sheet.cards.values()):
        return False
    _renamed(sheet)
    cards = list(sheet.cards.values())
    parent = sheet.parents[0]
    second = copy.deepcopy(parent)
    for child in list(second):
        second.remove(child)
    second.text = None
    for card in cards[len(cards) // 2 :]:
        card.tail = None
        second.append(card)
    second.tail, parent.tail = parent.tail, None
    parent.addnext(second)
    return True


def _decoy(sheet: _Sheet) -> bool:
    if any(card.tag in ("td", "tr") for card in sheet.cards.values()):
        return False
    _renamed(sheet)
    box = html.Element("div", {"class": "popular-topics"})
    for number, word in enumerate(_WORDS[:8]):
        row = html.Element("div")
        link = html.Element("a", {"href": urljoin(sheet.base, f"/topics/{word}")})
        link.text = f"{word.title()} {number}"
        row.append(link)
        box.append(row)
    sheet.parents[0].addprevious(box)
    return True


def _redated(sheet: _Sheet) -> bool:
    _renamed(sheet)
    changed = False
    for card in sheet.cards.values():
        for element in card.iter("time"):
            moment = _moment(element.get("datetime"))
            if moment is not None:
                del element.attrib["datetime"]
                for child in list(element):
                    element.remove(child)
                element.text = f"{moment.day}. {_MONTHS[moment.month - 1]} {moment.year}"
                changed = True
    return changed


def _moment(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat((text or "").strip())
    except ValueError:
        return None


def _half_replaced(sheet: _Sheet) -> None:
    _renamed(sheet)
    ordered = list(sheet.cards)
    _replace(sheet, ordered[: len(ordered) // 2], None)


def _shortened(sheet: _Sheet) -> bool:
    """Part a long list into pages: the first shows what stood first."""
    ordered = list(sheet.cards)
    if len(ordered) < 3 * _FEWEST:
        return False
    for address in ordered[len(ordered) // 3 :]:
        _remove(sheet.cards.pop(address))
    return _renamed(sheet)


def _all_replaced(sheet: _Sheet) -> bool:
    """Let nobody have read the page for more than a year: all stories are new, and later."""
    _renamed(sheet)
    if not _made_later(sheet):
        return False
    _replace(sheet, list(sheet.cards), None)
    return True


def _made_later(sheet: _Sheet) -> bool:
    """Make the cards' dates later; return whether all cards have dates that a program can read."""
    dated = 0
    for card in sheet.cards.values():
        moments = [(one, moment) for one in card.iter("time") if (moment := _moment(one.get("datetime"))) is not None]
        for element, moment in moments:
            later = moment + timedelta(days=400)
            element.set("datetime", later.isoformat())
            for child in list(element):
                element.remove(child)
            element.text = f"{later:%Y-%m-%d}"
        dated += bool(moments)
    return dated == len(sheet.cards)


def _replace(sheet: _Sheet, addresses: Sequence[str], folder: str | None) -> None:
    """Put other stories into the cards of `addresses`: other links, and other titles in the place of the old ones."""
    for number, address in enumerate(addresses):
        card = sheet.cards[address]
        first, second = _WORDS[number % 12].title(), _WORDS[(number * 5 + 3) % 12]
        title = f"{first} {second} plan number {number + 7} is decided after a long debate"
        slug = re.sub(r"\W+", "-", title.lower())
        new: str | None = None
        told = ""
        for anchor in card.iter("a"):
            href = urljoin(sheet.base, anchor.get("href") or "")
            if _canonical(href) != address:
                continue
            told = max(told, _text(anchor), key=len)
            made = urljoin(sheet.base, folder + slug) if folder is not None else _sibling(href, slug, number)
            anchor.set("href", made)
            new = _canonical(made)
        _retitle(card, title, told)
        if new is not None:
            sheet.cards = {new if key == address else key: value for key, value in sheet.cards.items()}


def _text(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _retitle(card: HtmlElement, title: str, told: str) -> None:
    """Put `title` in the place of what the links and headings of a card say; nothing of the old one stays.

    `told` is the most that a link to the story said: a short one is its title too, and no label. Dates stay.
    """
    named = list(card.iter("a", "h1", "h2", "h3", "h4", "h5", "h6"))
    inside = dict.fromkeys(one for outer in named for one in outer.iter() if isinstance(one.tag, str))
    for one in inside:
        text = (one.text or "").strip()
        if (len(text) > _LABEL or text == told) and one.tag != "time" and not is_date_like(text):
            one.text = title
        if one.tail and one not in named and len(tail := one.tail.strip()) > _LABEL and not is_date_like(tail):
            one.tail = ""
        for name in ("title", "alt", "aria-label"):
            if len(one.get(name) or "") > _LABEL:
                one.set(name, title)


def _sibling(href: str, slug: str, number: int) -> str:
    """Return the address of another story of the same site: built as `href` is."""
    head, _, query = href.partition("?")
    if re.search(r"\d{3,}", query):
        return head + "?" + re.sub(r"\d{3,}", lambda found: str(int(found[0]) + 9000 + number), query, count=1)
    slash = "/" if head.endswith("/") else ""
    base, _, last = head.rstrip("/").rpartition("/")
    ending = re.search(r"\.\w{2,5}$", last)
    digits = re.search(r"\d{4,}", last)
    if digits and not re.search(r"[a-z]{3,}-[a-z]{3,}", last):
        return f"{base}/{re.sub(digits[0], str(int(digits[0]) + 9000 + number), last)}{slash}"
    return f"{base}/{slug}{ending[0] if ending else ''}{slash}"


def _remove(card: HtmlElement) -> None:
    card.drop_tree()


_KINDS: Mapping[str, Callable[[_Sheet], Any]] = {
    "classes renamed": _renamed,
    "classes hashed": _hashed,
    "classes with a hash": _half_hashed,
    "classes dropped": _dropped,
    "tags exchanged": _exchanged,
    "wrappers added": _wrapped,
    "wrappers taken away": _unwrapped,
    "fields re-ordered": _reordered,
    "cards made rows": _as_rows,
    "list moved": _moved,
    "list split": _split,
    "decoy before it": _decoy,
    "dates otherwise": _redated,
    "half replaced": _half_replaced,
    "only the first third left": _shortened,
    "all replaced": _all_replaced,
}

_NAV = "".join(f'<li><a href="/{word}">{word.title()}</a></li>' for word in _WORDS[:9])
_GONE = {
    "login": f"<!DOCTYPE html><title>Sign in</title><nav><ul>{_NAV}</ul></nav><main><h1>Sign in to continue</h1>"
    '<form action="/login" method="post"><input name="user"><input type="password" name="password">'
    '<button>Sign in</button></form><p><a href="/forgot-password">Forgot your password?</a> '
    '<a href="/register">Register</a></p></main>',
    "challenge": "<!DOCTYPE html><title>Just a moment...</title><h1>Checking your browser before accessing it</h1>"
    '<div id="challenge-running"></div><noscript>Enable JavaScript and cookies to continue</noscript>',
    "empty shell": '<!DOCTYPE html><title>News</title><div id="root"></div><script src="/static/main.js"></script>',
    "home page": f"<!DOCTYPE html><title>Home</title><nav><ul>{_NAV}</ul></nav><main><h1>Welcome</h1>"
    + "".join(
        f'<article><h2><a href="/company/{word}-services-and-consulting">{word.title()} services and consulting</a>'
        f"</h2><p>What our {word} team does for customers in every region.</p></article>"
        for word in _WORDS[:6]
    )
    + "</main>",
    "parked": "<!DOCTYPE html><title>example.test is for sale</title><h1>This domain is for sale</h1><ul>"
    + "".join(f'<li><a href="/search?q={word}">{word.title()}</a></li>' for word in _WORDS)
    + "</ul>",
}
