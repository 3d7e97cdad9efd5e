"""A CSS selector, ready to be run on trees of BeautifulSoup: the one place that says what soupsieve is to allow.

soupsieve, and BeautifulSoup with it, is loaded for the first selector that needs it: to read a configuration of plain
selectors takes neither.
"""

from __future__ import annotations

import warnings
from functools import lru_cache
from typing import TYPE_CHECKING

from feedbuilder.model.field_selectors import XPATH
from feedbuilder.parse.plain_css import plain_steps, put_together

if TYPE_CHECKING:
    import soupsieve

    from feedbuilder.parse.xpath import XPathSelector


@lru_cache(maxsize=4096)
def compiled(css: str) -> soupsieve.SoupSieve | XPathSelector:
    """Return `css`, which may be XPath, ready to be run.

    Raises SelectorSyntaxError, NotImplementedError or ValueError if it is neither.
    """
    if css.startswith(XPATH):
        from feedbuilder.parse.xpath import XPathSelector  # noqa: PLC0415 - see above

        return XPathSelector(css)
    import soupsieve  # noqa: PLC0415 - see above

    # Newer soupsieves refuse ".card:has(h2 > a)" without this; browsers take it, and lexbor and older ones do too.
    as_browsers_do = int(getattr(soupsieve, "NOSTRICT", 0))
    if steps := plain_steps(css):
        return put_together(css, steps, as_browsers_do)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # ":contains" still works and has a new name
        return soupsieve.compile(css, flags=as_browsers_do)


def css_mistake(css: str) -> str | None:
    """Return in what `css` is no CSS selector, in soupsieve's words; None for a good one, "" where it says nothing."""
    if css.startswith(XPATH):
        from feedbuilder.parse.xpath import xpath_mistake  # noqa: PLC0415 - see above

        return xpath_mistake(css)
    if plain_steps(css):
        return None
    from soupsieve import SelectorSyntaxError  # noqa: PLC0415 - see above

    try:
        compiled(css)
    except (SelectorSyntaxError, NotImplementedError, ValueError, RuntimeError, OverflowError) as error:
        return next(iter(str(error).splitlines()), "")
    return None
