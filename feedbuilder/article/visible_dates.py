"""The dates that readers see on an article page, the likeliest to be its own first.

Owns where pages show them: in `<time>`, near the heading, in small print under the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from selectolax.lexbor import LexborNode

from feedbuilder.article.article_place import names_of, upwards
from feedbuilder.article.evidence import Claim, Evidence
from feedbuilder.parse.dates.date_text import CalendarDate, TimeAgo, read_date

_MOST_TEXTS = 30_000
"""Elements that are looked at; what is further down is no longer the article."""
_MOST_DATES = 200
"""Dates that are looked at, those of other articles among them."""
_MOST_LINES = 12
"""Dates that are handed out."""
_LONGEST = 160
"""Characters of a line that holds a date; longer ones are sentences."""
_WIDEST = 80
"""Characters of a line that has words around its date."""
_CARD = 3
"""Elements around a date that may be the card of another article."""
_TITLE = 25
"""Characters of a link that is the title of an article."""
_FEW = 8
"""Links near a date that are looked at."""
_NEAR = 500
"""Characters of paragraphs between the heading and a date that stands with the heading."""
_WORDS = re.compile(r"date|datum|fecha|time|publi|posted|created|meta|byline|stamp|pubdate", re.IGNORECASE)
_CHANGED = re.compile(
    r"modif|updat|edited|actuali|aktuali|mise à jour|bijgewerkt|uppdater|oppdater|opdater|päivitetty|zaktualizow"
    r"|güncelle|обновл|оновл|更新|수정|تحديث|editado|edytowan",
    re.IGNORECASE,
)
_RIGHTS = re.compile(r"(?:©|\(c\)|copyright)\W{0,5}(?:\d{4}\W{1,5})?$", re.IGNORECASE)
"""Right before the year of a line of rights; programs write the moment there at which they built the page."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_TEXT_TAGS = "p, span, div, small, li, td, dd, strong, em, b, i, font, time"


def shown_dates(page: Evidence) -> Iterator[Claim]:
    """Yield the texts that may say when the article was published.

    With the heading before under the text, and both before over the heading; elements for dates before others; what
    says "updated" last.
    """
    found = list(islice(_lines(page), _MOST_LINES))
    found.sort(key=lambda one: one[0])
    yield from (said for _, said in found)


def shown_unchanged(page: Evidence) -> Iterator[Claim]:
    """Yield of these the texts that stand with the article, and do not say that they are about a change."""
    yield from (said for (changed, *_), said in islice(_lines(page), _MOST_LINES) if not changed)


def _lines(page: Evidence) -> Iterator[tuple[tuple[bool, ...], Claim]]:
    heading = page.heading
    after, looked, read_so_far = heading is None, 0, 0
    for node in page.tree.css(f"h1, h2, h3, {_TEXT_TAGS}")[:_MOST_TEXTS]:
        after = after or (heading is not None and node.mem_id == heading.mem_id)
        if after and node.tag == "p":
            read_so_far += page.size(node)
        machine = node.attributes.get("datetime") if node.tag == "time" else None
        text = machine or _line(node, page)
        if not text or not _dated(text):
            continue
        looked += 1
        if looked > _MOST_DATES:
            return
        if _is_of_rights(node, page) or _elsewhere(node, page, relative=isinstance(read_date(text), TimeAgo)):
            continue
        if not after and not page.surroundings.within(node):
            continue
        plainly = node.tag == "time" or _WORDS.search(names_of(node)) is not None
        if not plainly and isinstance(read_date(text), TimeAgo):
            continue  # "yesterday" in a sentence
        rank = (_is_changed(node, page), not after, read_so_far > _NEAR, not plainly)
        yield rank, Claim(text, "time" if node.tag == "time" else "text")
        if machine and _DAY.fullmatch(machine.strip()) and (shown := page.words(node, _LONGEST)):
            yield rank, Claim(shown, "time")  # the visible text may show a time where `datetime` holds only the day


def _line(node: LexborNode, page: Evidence) -> str | None:
    """Return the text of `node`, or of the element around it where that adds the time; None for no line of its own."""
    text = _short_text(node, page)
    own = read_date(text) if text else None
    if not isinstance(own, CalendarDate) or own.clock is not None or node.parent is None:
        return text
    wider = _short_text(node.parent, page)
    said = read_date(wider) if wider else None
    return wider if isinstance(said, CalendarDate) and said.clock is not None else text


def _short_text(node: LexborNode, page: Evidence) -> str | None:
    text = page.words(node, _LONGEST)
    return text if 6 <= len(text) <= _LONGEST and any(map(str.isdigit, text)) else None


def _dated(text: str) -> bool:
    """Return whether `text` says a day with its year, or how long ago something was in days at the most."""
    said = read_date(text)
    if isinstance(said, TimeAgo):
        return len(text) <= _WIDEST // 2 and (said.span is not None or (said.days is not None and said.days < 7))
    if not isinstance(said, CalendarDate):
        return said is not None
    return said.year is not None and (len(text) <= _WIDEST or said.clock is not None)


def _is_changed(node: LexborNode, page: Evidence) -> bool:
    """Return whether `node` says when something was changed, not when it was published."""
    words = [names_of(node), node.attributes.get("itemprop"), page.words(node, _LONGEST)]
    if node.parent is not None:
        words += [names_of(node.parent), _before(node, page)[-40:]]
    return any(_CHANGED.search(text[:100]) for text in words if text)


def _is_of_rights(node: LexborNode, page: Evidence) -> bool:
    """Return whether `node` is what stands behind a sign of copyright."""
    return "©" in page.words(node, _LONGEST) or _RIGHTS.search(_before(node, page)[-_LONGEST:]) is not None


def _before(node: LexborNode, page: Evidence) -> str:
    """Return what stands before `node` in the element around it; nothing where `node` has no words."""
    own = page.words(node, _LONGEST)
    return page.words(node.parent, 10 * _LONGEST).partition(own)[0] if own and node.parent is not None else ""


def _elsewhere(node: LexborNode, page: Evidence, *, relative: bool) -> bool:
    """Return whether `node` belongs to another article, on whose card it stands, or to what surrounds this one.

    A `relative` date ("3 hours ago") with any link to another page beside it is a teaser's. In an element
    with the article's heading stands its text too, whose links prove nothing.
    """
    for up in islice(upwards(node), _CARD):
        if page.surroundings.holds(up) and up.tag in ("body", "main", "article"):
            break
        if up.tag == "a" and page.canonical(up.attributes.get("href") or "") in page.addresses:
            continue  # the date of a post is often its permanent link
        if up.tag == "a" or up.css_first("h2 a[href], h3 a[href], h4 a[href], a[href] h2, a[href] h3") is not None:
            return True
        if relative and any(_leads_elsewhere(link, page) for link in up.css("a[href]")[:_FEW]):
            return True
        if not page.surroundings.holds(up) and any(page.size(link) >= _TITLE for link in up.css("a[href]")[:_FEW]):
            return True
    return page.surroundings.aside(node)


def _leads_elsewhere(link: LexborNode, page: Evidence) -> bool:
    address = page.canonical(link.attributes.get("href") or "")
    return address is not None and address not in page.addresses
