"""XPath where CSS stands elsewhere: an expression after "xpath:", run on trees of BeautifulSoup as a selector is.

Owns how XPath is written and what its results become. XPath 1.0 by libxml2, with the regular expressions of EXSLT
(`re:test`). A relative expression (".//h2") starts at the one element of a card, at the body of a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from math import isfinite
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import Tag
from lxml import etree, html

from feedbuilder.model.field_selectors import XPATH

_EMPTY = html.document_fromstring("<p><a href=a>a</a></p>")
_SPACES = {"re": "http://exslt.org/regular-expressions"}


def is_xpath(selector: str) -> bool:
    """Return whether `selector` is XPath."""
    return selector.startswith(XPATH)


def xpath_mistake(selector: str) -> str | None:
    """Return in what `selector` is no XPath, None for a good one."""
    try:
        XPathSelector(selector)
    except ValueError as error:
        return str(error)
    return None


class XPathSelector:
    """An expression, with the two methods of a selector that are used. Raises ValueError if it is no XPath."""

    def __init__(self, selector: str) -> None:
        self._run = _compiled(selector.removeprefix(XPATH).strip())

    def iselect(self, soup: BeautifulSoup, limit: int = 0) -> Iterator[Tag]:
        """Yield the elements that the expression leads to, in its order, at most `limit` (0: all).

        A text or number that it gives is an element that says it.
        """
        found = self._found(soup)
        return islice(found, limit) if limit else found

    def select(self, soup: BeautifulSoup, limit: int = 0) -> list[Tag]:
        """Return what `iselect` yields."""
        return list(self.iselect(soup, limit))

    def _found(self, soup: BeautifulSoup) -> Iterator[Tag]:
        tags = [node for node in soup.descendants if isinstance(node, Tag)]
        if not tags:
            return
        root = html.document_fromstring(str(soup))
        # Both trees are of one parser: the same elements in the same order.
        elements = [node for node in root.iter() if isinstance(node.tag, str)]
        twin = dict(zip(elements, tags, strict=False))
        try:
            result = self._run(_start(root))
        except (etree.XPathError, re.error):
            return  # asked of another kind of node than is there
        for one in result if isinstance(result, list) else [result]:
            if etree.iselement(one):
                if (tag := twin.get(one)) is not None:
                    yield tag
            elif text := _written(one):
                said = soup.new_tag("span")
                said.string = text
                yield said


def _written(value: Any) -> str:
    """Return a text or number as it is written; "" for what says nothing."""
    if isinstance(value, bool) or (isinstance(value, float) and not isfinite(value)):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value) if str(value).strip() else ""


def _start(root: Any) -> Any:
    body = root.find("body")
    if body is None:
        return root
    inner = [node for node in body if isinstance(node.tag, str)]
    return inner[0] if len(inner) == 1 else body


@lru_cache(maxsize=1024)
def _compiled(expression: str) -> etree.XPath:
    try:
        run = etree.XPath(expression, namespaces=_SPACES)
        run(_EMPTY)  # what is called that nobody knows comes out only then
    except (etree.XPathError, re.error) as error:
        raise ValueError(f"no XPath: {error}") from error
    return run
