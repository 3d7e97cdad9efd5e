"""The title of each record: the heading's, the link's, or what some selector gives that reads like headlines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from feedbuilder.detect.choose_fields.link_rule import anchor_texts, leads
from feedbuilder.detect.choose_fields.record_table import Name, RecordTable, RecordView
from feedbuilder.detect.choose_fields.title_beside_numbers import are_numbers, is_called_a_title, label_of, rule_behind
from feedbuilder.detect.choose_fields.title_by_trying import is_called_headline, title_by_trying
from feedbuilder.detect.choose_fields.title_in_attribute import attribute_title
from feedbuilder.detect.choose_fields.title_texts import in_foreign_box, in_label, title_text
from feedbuilder.detect.choose_fields.title_without_date import beside_the_date, without_date
from feedbuilder.detect.choose_fields.try_names import by_name, spread
from feedbuilder.detect.outline import HEADINGS, Element
from feedbuilder.extract.choose_title import is_headline
from feedbuilder.model.wording import is_cut_of
from feedbuilder.parse.boilerplate import is_boilerplate
from feedbuilder.parse.title_labels import is_only_a_date

_FEWEST_HEADED = 2
"""Cards with headings that are a make of their own."""
_NEARLY_ALL = 0.9
"""Of the cards; a page may show one of another make."""


TitleRule = str | list[str] | dict[str, object] | None
"""As it is written in TOML; None where the default does."""


def title_rule(sheet: RecordTable) -> tuple[list[str], TitleRule]:
    """Return the titles of the records, "" where there is none, and the rule for them, None where the default does."""
    found = [default_title(sheet, card) for card in sheet.cards]
    texts = [title_text(one) if one is not None else "" for one in found]
    heads = [one if one is not None and one.tag in HEADINGS else None for one in found]
    if sheet.share(sum(head is not None for head in heads)) >= 0.6 and spread(texts) >= 0.5:
        return _heading_title(sheet, heads, texts)
    if _are_called_headlines(sheet, heads):
        return texts, None
    links = anchor_texts(sheet)
    whole = [text for text in links if text]
    if are_numbers(whole) and (beside := _title_beside_numbers(sheet)):
        return beside
    if whole and sheet.share(len(whole)) >= 0.6 and spread(whole) >= 0.4 and not _holds_more(sheet):
        return links, without_date(sheet, whole, "a")
    if mixed := _title_of_two_makes(sheet, heads, texts):
        return mixed
    if tried := title_by_trying(sheet):
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


def _are_called_headlines(sheet: RecordTable, heads: Sequence[Element | None]) -> bool:
    """Return whether nearly all cards have a heading that leads to their article and is named as its title.

    Then it is the title although it says the same in many: "This week in Ourtown". What differs are headings of texts.
    Where another link to the article says more than that heading, it is the name of a section.
    """
    own = [
        [one for one in _links_at(head) if leads(sheet, one, card.canonical)] if head else []
        for head, card in zip(heads, sheet.cards, strict=True)
    ]
    parts = ((head, *links) for head, links in zip(heads, own, strict=True) if links)
    named = sum(any(is_called_headline(one) for one in both if one) for both in parts)
    if sheet.share(named) < _NEARLY_ALL:
        return False
    told = [text for card, links in zip(sheet.cards, own, strict=True) if (text := _told_beside(sheet, card, links))]
    return sheet.share(len(told)) < 0.5 or spread(told) < 0.5


def _told_beside(sheet: RecordTable, card: RecordView, links: Sequence[Element]) -> str:
    """Return the first text of a link of `card` to its article that is none of `links`, "" where there is none."""
    mine = {id(one) for one in links}
    texts = (title_text(one) for one in _own_links(sheet, card) if id(one) not in mine)
    return next((text for text in texts if text and not is_boilerplate(text)), "")


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
    tried = title_by_trying(RecordTable(sheet.outline, rows, sheet.between))
    if tried is None:
        return None
    of_rows = iter(tried[0])
    return [text if head else next(of_rows) for text, head in zip(texts, heads, strict=True)], [*tags, str(tried[1])]


def _title_beside_numbers(sheet: RecordTable) -> tuple[list[str], TitleRule] | None:
    """Return the titles that stand beside links which are numbers, None where no text is called a title."""
    tried = title_by_trying(sheet)
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


def title_beside(sheet: RecordTable, titles: Sequence[str], link_rule: Name) -> str | list[str] | None:
    """Return the rule for titles where the link has a rule: then its text is not taken by itself."""
    if sheet.share(sum(bool(headings_of(card)) for card in sheet.cards)) >= 0.6:
        return None
    whole = 0
    for one, title in zip(sheet.firsts(link_rule), titles, strict=True):
        said = (one.attributes.get("title") or "").strip() if one else ""
        whole += bool(said) and (not title or is_cut_of(title, said) or said == title)
    return [f"{link_rule}@title", str(link_rule)] if sheet.share(whole) >= 0.8 else str(link_rule)
