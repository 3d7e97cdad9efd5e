"""A CSS selector, ready to be run on trees of BeautifulSoup: the one place that says what soupsieve is to allow."""

from __future__ import annotations

import warnings
from functools import lru_cache

import soupsieve

_AS_BROWSERS_DO = int(getattr(soupsieve, "NOSTRICT", 0))
"""Newer soupsieves refuse ".card:has(h2 > a)" without this; browsers take it, and lexbor and older ones do too."""


@lru_cache(maxsize=4096)
def compiled(css: str) -> soupsieve.SoupSieve:
    """Return `css` ready to be run. Raises SelectorSyntaxError, NotImplementedError or ValueError if it is no CSS."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # ":contains" still works and has a new name
        return soupsieve.compile(css, flags=_AS_BROWSERS_DO)
