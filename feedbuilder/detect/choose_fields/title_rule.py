"""The title of each record: the heading's, the link's, or what some selector gives that reads like headlines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from feedbuilder.detect.choose_fields.link_rule import anchor_texts, leads
from feedbuilder.detect.choose_fields.record_table import Name, RecordTable, RecordView
from feedbuilder.detect.choose_fields.try_names import Choice, better, named, spread
from feedbuilder.detect.outline import HEADINGS, Element
from feedbuilder.detect.text_features import DATE_SHAPES, looks_like_date, weight
from feedbuilder.model.wording import is_cut_of
from feedbuilder.parse.boilerplate import is_boilerplate
from feedbuilder.parse.dates.bare_dates import bare_date

_TITLE_NAME = re.compile(r"titl|headline|heading|subject|\bname|tit\b|^tit", re.IGNORECASE)


def title_rule(sheet: RecordTable) -> tuple[list[str], str | dict[str, object] | None]:
    """Return the titles of the records, "" where there is none, and the rule for them, None where the default does."""
    heads = [heading_of(card) for card in sheet.cards]
    texts = [head.text if head else "" for head in heads]
    links = anchor_texts(sheet)
    if sheet.share(sum(map(bool, texts))) >= 0.6 and spread(texts) >= 0.5:
        return _heading_title(sheet, heads, texts)
    whole = [text for text in links if text]
    if whole and sheet.share(len(whole)) >= 0.6 and spread(whole) >= 0.4 and not _holds_more(sheet):
        return links, _without_date(sheet, whole, "a")
    if found := _title_by_trying(sheet):
        return found
    return links, _without_date(sheet, whole, "a")


def heading_of(card: RecordView) -> Element | None:
    """Return the heading of `card` that goes with a link, else its first; None without any."""
    heads = [
        one
        for one in card.elements
        if one.tag in HEADINGS and not is_boilerplate(one.text) and bare_date(one.text) is None
    ]

    def linked(head: Element) -> bool:
        return any(up.tag == "a" for up in head.up()) or any(down.tag == "a" for down in head.down())

    return next((head for head in heads if linked(head)), heads[0] if heads else None)


def _heading_title(
    sheet: RecordTable, heads: Sequence[Element | None], texts: list[str]
) -> tuple[list[str], str | dict[str, object] | None]:
    """Return the title of a heading: its link's text alone, where the heading holds a label or a date beside it."""
    shorter = 0
    inner: list[str] = []
    for head, card in zip(heads, sheet.cards, strict=True):
        links = [one for one in head.down() if one.tag == "a" and leads(sheet, one, card.canonical)] if head else []
        text = links[0].text if links else ""
        inner.append(text)
        shorter += bool(head and text and text != head.text and len(text) >= 0.4 * len(head.text))
    if sheet.share(shorter) >= 0.5:
        css = f"{next(head.tag for head in heads if head)} a"
        return inner, css
    return texts, _without_date(sheet, [text for text in texts if text], next(head.tag for head in heads if head))


def _holds_more(sheet: RecordTable) -> bool:
    """Return whether the links hold more than titles: dates, summaries, labels in elements of their own."""
    more = 0
    for card in sheet.cards:
        own = [one for one in card.elements if one.tag == "a" and leads(sheet, one, card.canonical)]
        link = next((one for one in own if not is_boilerplate(one.text)), None)
        if link is None:
            continue
        parts = [
            one for one in link.down() if one is not link and one.own_text and any(c.isalnum() for c in one.own_text)
        ]
        texts = [part.own_text for part in parts]
        more += len([text for text in [link.own_text, *texts] if any(c.isalnum() for c in text)]) > 1
    return sheet.share(more) >= 0.5


def _title_by_trying(sheet: RecordTable) -> tuple[list[str], str] | None:
    """Return the titles that some selector gives: distinct, long as headlines, no dates; best if called a title."""

    def wanted(card: RecordView) -> Iterator[Element]:
        return (one for one in card.elements if 4 <= weight(one.text) <= 300 and not looks_like_date(one.text))

    best: Choice | None = None
    for name, cost in named(sheet, wanted):
        found, css = sheet.firsts(name), str(name)
        texts = [one.text for one in found if one is not None and not is_boilerplate(one.text)]
        if sheet.share(len(texts)) < 0.7 or spread(texts) < 0.6:
            continue
        if sum(looks_like_date(text) for text in texts) > 0.2 * len(texts):
            continue
        mean = sum(weight(text) for text in texts) / len(texts)
        telling = bool(_TITLE_NAME.search(css)) or css.rsplit(maxsplit=1)[-1] in ("strong", "b")
        inner = sum(bool(one.children) for one in found if one) / len(texts)
        points = sheet.share(len(texts)) * 2 + telling * 2 + _headline(mean) * 2 - inner
        best = better(best, (-round(points, 1), cost, name))
    if best is None:
        return None
    return [one.text if one else "" for one in sheet.firsts(best[2])], str(best[2])


def _headline(length: float) -> float:
    """Return how much `length` is a headline's, 0 to 1."""
    if length < 12:
        return length / 24
    return 1.0 if length <= 110 else max(0.0, 1 - (length - 110) / 100)


def _without_date(sheet: RecordTable, texts: Sequence[str], css: str) -> dict[str, object] | None:
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


def _dated_outside(card: RecordView) -> bool:
    links = {id(one) for link in card.elements if link.tag == "a" or link.tag in HEADINGS for one in link.down()}
    return any(id(one) not in links and looks_like_date(one.own_text) for one in card.elements)


def title_beside(sheet: RecordTable, titles: Sequence[str], link_rule: Name) -> str | list[str] | None:
    """Return the rule for titles where the link has a rule: then its text is not taken by itself."""
    if sheet.share(sum(heading_of(card) is not None for card in sheet.cards)) >= 0.6:
        return None
    whole = 0
    for one, title in zip(sheet.firsts(link_rule), titles, strict=True):
        said = (one.attributes.get("title") or "").strip() if one else ""
        whole += bool(said) and (not title or is_cut_of(title, said) or said == title)
    return [f"{link_rule}@title", str(link_rule)] if sheet.share(whole) >= 0.8 else str(link_rule)
