"""The article's title: which of a page's titles is the whole one, and which part of it is the site's name.

A page has up to five: of its data, for sharing, in its heading, in its window, and on the list that led to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from feedbuilder.article.evidence import Evidence, Said, letters
from feedbuilder.model.wording import is_cut_of, without_ellipsis
from feedbuilder.parse.dates.date_text import CalendarDate, read_date
from feedbuilder.parse.plain_text import TITLE_LIMIT, clean, without_markup

_SEPARATOR = re.compile(r"\s+[-–—:/~•·*]+\s+|\s*[|｜»«›‹⋅]\s*|：|\s::\s|\s+_\s+")
_SHORTEST = 4
"""Letters of a label in a host that is a site's name when it stands in a title."""
_WHOLE = 8
"""Letters of what may be a title by itself: "Live – Bridge opens" is not the whole of "Live"."""
_DATE = 20
"""Characters of what may be a mere date after a title."""


def read_title(page: Evidence, listed: str | None = None) -> Said | None:
    """Return the title of the article, whole and without the site's name; None where there is none.

    `listed` is the title on the list that led to the page.
    """
    raw = list(_candidates(page))
    names = site_names(page)
    whole = {letters(said.value) for said in raw}
    found = [Said(title, said.origin) for said in raw if (title := _own(said.value, names, whole))]
    if listed and (title := _own(listed, names, whole)):
        found.append(Said(title, "list"))
    if not found:
        return None
    return _uncut(_chosen(_listed(found, listed)), found)


def site_names(page: Evidence) -> set[str]:
    """Return the letters of what the site calls itself, and of its host and the host's labels."""
    host = (urlsplit(page.url).hostname or "").removeprefix("www.")
    labels = [letters(label) for label in host.split(".")[:-1]]
    names = {letters(name) for name in page.publishers} | {letters(host)}
    return names.union(label for label in labels if len(label) >= _SHORTEST) - {""}


def _candidates(page: Evidence) -> Iterator[Said]:
    headlines = list(_clean(page.said("headline")))
    yield from (said for said in headlines if said.origin == "json-ld")
    yield from _clean(page.meta("og:title", "twitter:title", "dc.title", "title"))
    if page.heading is not None and (title := clean(page.words(page.heading), TITLE_LIMIT)):
        yield Said(title, page.heading.tag or "h1")
    yield from (said for said in headlines if said.origin != "json-ld")
    yield from _clean(page.said("name", "alternativeHeadline"))
    yield from _clean([Said(page.window, "title")])


def _clean(found: Iterable[Said]) -> Iterator[Said]:
    for said in found:
        if title := clean(without_markup(said.value), TITLE_LIMIT):
            yield Said(title, said.origin)


def _own(title: str, names: set[str], whole: set[str]) -> str | None:
    """Return `title` without what is not its own at its ends; None where nothing else is left.

    That is the site's name, a date, and what another title of the page (`whole`) does without.
    """
    if letters(title) in names:
        return None
    marks = list(_SEPARATOR.finditer(title))
    for mark in marks:
        own = letters(title[: mark.start()])
        if len(own) >= (_WHOLE if own.isascii() else _WHOLE // 2) and own in whole:
            return title[: mark.start()].rstrip()
    while marks and marks[-1].start() and _is_foreign(title[marks[-1].end() :], names):
        title = title[: marks.pop().start()].rstrip()
    if marks and letters(title[: marks[0].start()]) in names:
        title = title[marks[0].end() :]
    return title.strip() or None


def _is_foreign(part: str, names: set[str]) -> bool:
    own = letters(part)
    if own in names or any(len(name) >= _SHORTEST and name in own and len(own) < 2 * len(name) for name in names):
        return True
    return len(part) <= _DATE and isinstance(read_date(part), CalendarDate)


def _listed(found: list[Said], listed: str | None) -> list[Said]:
    """Return those of `found` that the list shows, whole or cut; all where it shows none of them."""
    if not listed:
        return found
    shown = [one for one in found if letters(one.value) == letters(listed) or is_cut_of(listed, one.value)]
    own = [one for one in shown if one.origin != "list"]
    return own or found


def _chosen(found: list[Said]) -> Said:
    """Return the best of the titles, which come by trust.

    Of several headlines in the data the one that the page is shared under counts. What one of them says before that
    title ("Cup final: …") is a kicker, which readers see over the heading.
    """
    data = [said for said in found if said.origin == "json-ld"]
    shared = next((said for said in found if said.origin == "og:title"), None)
    if not data or shared is None:
        return found[0]
    agreeing = next((said for said in data if letters(said.value) == letters(shared.value)), None)
    if agreeing is None and _is_kicked(data[0].value, shared.value):
        return shared
    return agreeing or data[0]


def _is_kicked(whole: str, title: str) -> bool:
    """Return whether `whole` is `title` with a kicker and a colon before it."""
    kicker, colon, rest = whole.partition(": ")
    return bool(colon) and letters(rest) == letters(title) and len(kicker) < len(title)


def _uncut(best: Said, found: list[Said]) -> Said:
    """Return `best`, or the title that goes on where it was cut."""
    if without_ellipsis(best.value) == best.value:
        return best
    return next((said for said in found if is_cut_of(best.value, said.value)), best)
