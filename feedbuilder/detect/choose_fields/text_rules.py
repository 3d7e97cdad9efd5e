"""The other texts of each record: summary, author, tags. Owns the names that builders give them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from feedbuilder.detect.choose_fields.record_table import Name, RecordTable
from feedbuilder.detect.choose_fields.try_names import Choice, better, by_name, named, spread
from feedbuilder.detect.outline import HEADINGS, Element
from feedbuilder.detect.text_features import looks_like_date, weight
from feedbuilder.model.wording import without_ellipsis
from feedbuilder.parse.boilerplate import is_boilerplate
from feedbuilder.parse.byline_words import word_before_name

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
_TITLE_WORD = re.compile(r"titl|headline|heading", re.IGNORECASE)
_TELLING_TAGS = frozenset(("address", "cite"))
"""Elements that builders use for authors and little else."""
_HALF = 0.5
"""Of the cards: where more have a word before the name, it is no part of the names."""
_FEW = 3
"""Cards of which the tags may be alike by chance."""
_SITE_LETTERS = 6
"""Letters from which on a word within a host is the name of the site: "art" is a tag, also at smartnews.example."""
_STOCK_WORDS = """
    news, latest, latest news, breaking, breaking news, top news, top stories, all news, newest, new, featured,
    trending, popular, exclusive, update, updates, article, articles, story, stories, post, posts, blog, category,
    categories, tag, tags, topic, topics, product, type, author, date, uncategorized, uncategorised, sponsored,
    advertisement, live
"""
"""What is written on cards of any site and any subject."""
_STOCK_TAGS = frozenset(phrase.strip() for phrase in _STOCK_WORDS.split(","))


def is_name_of_tags_or_authors(name: str) -> bool:
    """Return whether builders call tags or authors by `name`, and no title: "card-tag-title" is one's."""
    named = _TAG_NAME.search(name) is not None or _AUTHOR_NAME.match(name) is not None
    return named and not _TITLE_WORD.search(name)


def summary_rule(sheet: RecordTable, titles: Sequence[str]) -> str | None:
    """Return the rule for texts longer than a headline that are not the title."""
    heads = dict(zip(sheet.cards, titles, strict=True))

    def fits(one: Element, title: str) -> bool:
        if one.tag in HEADINGS or one.tag == "a" or weight(one.text[:60]) < 40 or looks_like_date(one.text[:60]):
            return False
        return (not title or title not in one.text) and without_ellipsis(one.text) not in title

    best: Choice | None = None
    wanted = {card: [one for one in card.elements if fits(one, heads[card])] for card in sheet.sample}
    for name, cost in named(sheet, wanted.__getitem__):
        pairs = [(one, heads[card]) for one, card in zip(sheet.firsts(name), sheet.cards, strict=True) if one]
        good = [one.text for one, title in pairs if fits(one, title)]
        if sheet.share(len(good)) < 0.4 or spread(good) < 0.6 or len(good) < 0.6 * len(pairs):
            continue
        mean = sum(min(weight(text), 300) for text in good) / len(good)
        points = sheet.share(len(good)) * 2 + bool(_SUMMARY_NAME.search(str(name))) + mean / 300
        best = better(best, (-round(points, 1), cost, name))
    return str(best[2]) if best else None


def author_rule(sheet: RecordTable) -> object:
    """Return the rule for what is named as an author, without the word "by"."""

    def fits(one: Element) -> bool:
        names = (*one.classes, one.attributes.get("rel") or "", one.attributes.get("itemprop") or "")
        return any(map(_AUTHOR_NAME.match, names)) and 2 <= len(one.text) <= 60 and not looks_like_date(one.text)

    def admits(name: Name) -> bool:
        """Return whether all that the selector finds are authors: each of them becomes one."""
        return _is_telling(name) and all(fits(one) for card in sheet.sample for one in name.every(card))

    name = by_name(sheet, fits, admits)
    if name is None:
        return None
    return without_byline([one.text for one in sheet.firsts(name) if one], str(name))


def without_byline(texts: Sequence[str], css: str) -> object:
    """Return the rule that reads authors by `css`, of which `texts` come; without the word that most begin with."""
    words = [word for text in texts if (word := word_before_name(text))]
    if len(words) > _HALF * len(texts) and len(set(words)) == 1:
        # Some cards of a list leave the word out.
        return {"select": css, "match": rf"^(?:{words[0]}[:\s]+)?(.+)"}
    return css


def _is_telling(name: Name) -> bool:
    """Return whether a selector says what it selects: a bare `div` is whatever stands first."""
    return name.token in _TELLING_TAGS or not all(part.isalnum() for part in (name.token, name.above) if part)


def tags_rule(sheet: RecordTable, titles: Sequence[str]) -> str | None:
    """Return the rule for short texts that are named as tags or categories."""

    def fits(one: Element) -> bool:
        names = (*one.classes, *(one.attributes.get("rel") or "").split())
        if not any(map(_TAG_NAME.search, names)) or not 2 <= weight(one.text) <= 40 or one.text in titles:
            return False
        if any(child.tag == "a" for child in one.down() if child is not one) or is_boilerplate(one.text):
            return False
        return not looks_like_date(one.text) and not _says_nothing(one.text, site)

    def tells_apart(name: Name) -> bool:
        """Return whether the cards have different ones: what all share is a label, or the name of the section."""
        texts = [one.text for one in sheet.firsts(name) if one]
        return _is_telling(name) and (len(texts) < _FEW or len(set(texts)) > 1)

    site = re.sub(r"\W", "", urlsplit(sheet.outline.document.page.url).hostname or "")
    name = by_name(sheet, fits, admits=tells_apart)
    return str(name) if name else None


def _says_nothing(text: str, site: str) -> bool:
    """Return whether a tag is a stock keyword, or the name of the site, whose letters stand in its host."""
    letters = re.sub(r"\W", "", text).casefold()
    return text.casefold().strip(" :") in _STOCK_TAGS or (len(letters) >= _SITE_LETTERS and letters in site)
