"""The link of each record: the rule for it where the first link, or the heading's, is not the right one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from feedbuilder.detect.choose_fields.record_table import Name, RecordTable, RecordView
from feedbuilder.detect.choose_fields.title_texts import in_foreign_box, title_text
from feedbuilder.detect.choose_fields.try_names import Choice, better, named
from feedbuilder.detect.outline import HEADINGS, Element
from feedbuilder.parse.boilerplate import is_boilerplate


def link_rule(sheet: RecordTable) -> Name | None:
    """Return the rule for the link, None where the first one, or the heading's, is the right one."""
    right = sum(leads(sheet, _default_anchor(sheet, card), card.canonical) for card in sheet.cards)
    if sheet.share(right) >= 0.95:
        return None

    def wanted(card: RecordView) -> Iterator[Element]:
        return (one for one in card.elements if one.tag == "a" and leads(sheet, one, card.canonical))

    best: Choice | None = None
    for name, cost in named(sheet, wanted):
        hits = sum(leads(sheet, one, card.canonical) for one, card in zip(sheet.firsts(name), sheet.cards, strict=True))
        best = better(best, (-round(sheet.share(hits), 2), cost, name))
    return best[2] if best and -best[0] > sheet.share(right) else None


def _default_anchor(sheet: RecordTable, card: RecordView) -> Element | None:
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
        rank = 2 if in_foreign_box(element, card) else rank
        ranked.append((rank, place, element))
    for _, _, element in sorted(ranked, key=lambda one: one[:2]):
        if sheet.outline.canonical(element) is not None:
            return element
    return None


def leads(sheet: RecordTable, element: Element | None, canonical: str) -> bool:
    """Return whether `element` is a link to the article `canonical`."""
    if element is None:
        return False
    return sheet.outline.canonical(element) == canonical


def anchor_texts(sheet: RecordTable) -> list[str]:
    """Return of each record the words of its link, "" where they are none or "Read more"."""
    texts = []
    for card in sheet.cards:
        own = [one for one in card.elements if one.tag == "a" and leads(sheet, one, card.canonical)]
        own.sort(key=lambda one: in_foreign_box(one, card))
        texts.append(next((text for one in own if not is_boilerplate(text := title_text(one))), ""))
    return texts
