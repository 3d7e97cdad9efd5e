"""What the source's own selectors read on an article page. Owns that a field which has one is read from there alone."""

from __future__ import annotations

from dataclasses import dataclass

from bs4 import BeautifulSoup
from selectolax.lexbor import SelectolaxError

from feedbuilder.article.article_place import upwards
from feedbuilder.article.evidence import Evidence
from feedbuilder.extract.field_rules import CardTree, Rules, check_selector
from feedbuilder.extract.fields import read_card
from feedbuilder.model import ArticleSelectors, ExtractError, Selectors
from feedbuilder.parse.limits import MOST_PLAIN
from feedbuilder.parse.raw_card import RawCard
from feedbuilder.parse.xpath import XPathSelector, is_xpath

ORIGIN = "selector"
_FIELDS = ("title", "date", "author", "image", "tags")


@dataclass(frozen=True, slots=True)
class Selected:
    """What was read; None for a field that has no selector, empty for one whose selector found nothing."""

    title: str | None = None
    dates: tuple[str, ...] | None = None
    authors: tuple[str, ...] | None = None
    images: tuple[str, ...] | None = None
    tags: tuple[str, ...] | None = None


def select(page: Evidence, wanted: ArticleSelectors) -> Selected:
    """Return what the selectors `wanted` find on `page`. Raises ExtractError if one is not valid."""
    rules = {name: rule for name in _FIELDS if (rule := getattr(wanted, name)) is not None}
    if not rules:
        return Selected()
    card: RawCard = read_card(CardTree(page.text), Rules(Selectors(item="html", **rules)))
    return Selected(
        title=card.title if "title" in rules else None,
        dates=card.dates if "date" in rules else None,
        authors=card.authors if "author" in rules else None,
        images=card.images if "image" in rules else None,
        tags=card.tags if "tags" in rules else None,
    )


def select_content(page: Evidence, css: str) -> str | None:
    """Return the HTML of what `css` selects, None where that is nothing.

    What stands within another match comes once. Raises ExtractError if the selector is not valid.
    """
    if reason := check_selector(css):
        raise ExtractError(f"The content selector {reason}")
    if is_xpath(css):
        return _by_xpath(page, css)
    try:
        nodes = page.tree.css(css)
    except SelectolaxError as error:
        raise ExtractError(f'The content selector "{css}" cannot be run: use plain CSS.') from error
    known = {node.mem_id for node in nodes}
    outer = [node for node in nodes if not any(up.mem_id in known for up in upwards(node.parent))]
    return "".join(node.html or "" for node in outer) or None


def _by_xpath(page: Evidence, expression: str) -> str | None:
    if page.text.count("<") > MOST_PLAIN:
        raise ExtractError(f'It has too many elements for the content selector "{expression}"; use plain CSS.')
    found = XPathSelector(expression).select(BeautifulSoup(page.text, "lxml"))
    known = set(map(id, found))
    return "".join(str(one) for one in found if not any(id(up) in known for up in one.parents)) or None
