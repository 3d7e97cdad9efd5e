"""What a page is called, as letters: lines that say it are its title, and no part of its text.

Owns which first-rank headings are titles, and which are chapters.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import dropwhile

from feedbuilder.article.evidence import MANY, Evidence
from feedbuilder.parse.plain_text import letters


def title_keys(page: Evidence) -> set[str]:
    """Return the letters of the titles of `page`.

    An h1 below the article's heading is one only where the page is called so, too. Else it is a chapter: who writes
    "# Chapter" gets an h1, whatever stands over the text.
    """
    shared = [claim.value for claim in page.meta("og:title", "twitter:title")]
    data = [claim.value for claim in page.data_claims("headline", "name")]
    given = {letters(text) for text in (*shared, *data, page.window)} - {""}
    own = page.heading.mem_id if page.heading is not None else None
    below = {place for place, _, tag in dropwhile(lambda one: one[0] != own, page.texts.elements) if tag == "h1"}
    return given | {
        key
        for heading in page.headings[:MANY]
        if (key := letters(page.words(heading)))
        and (heading.mem_id == own or heading.mem_id not in below or _is_end_of(key, given))
    }


def _is_end_of(key: str, titles: Collection[str]) -> bool:
    """Return whether one of `titles` begins or ends with `key`, as those with the name of the site do."""
    return any(title.startswith(key) or title.endswith(key) for title in titles)
