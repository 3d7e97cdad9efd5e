"""The article's title: which of a page's titles is the whole one, and which part of it is the site's name.

A page has up to five titles: in its data, for sharing, in its heading, in `<title>`, and on the list that led to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import urlsplit

from feedbuilder.article.evidence import MANY, Claim, Evidence, plain
from feedbuilder.model.wording import is_cut_of, without_ellipsis
from feedbuilder.parse.data.json_ld import kinds
from feedbuilder.parse.data.paths import texts
from feedbuilder.parse.dates.date_text import CalendarDate, read_date
from feedbuilder.parse.plain_text import TITLE_LIMIT, clean, letters, without_markup

_SEPARATOR = re.compile(
    r"\s{1,50}[-–—:/~•·*]{1,20}\s{1,50}|\s{0,50}[|｜ㅣ│┃⋅]\s{0,50}|\s[»«›‹]\s|：|\s::\s|\s{1,50}_\s{1,50}"
)
_LOOSE_END = re.compile(r"\s{1,50}[-–—|:•·/]{1,20}\s{0,50}$|\s{0,50}[|｜ㅣ│┃]\s{0,50}$")
"""What is left of a template whose site has no name."""
_SECTION_BEHIND = re.compile(r"(?<=[^\x00-\x7f])-[^\x00-\x7f\s-]{1,6}$")
"""A section that stands behind a title without spaces, as in Korean windows: "…몰려-사회"."""
_HEADINGS = ("h1", "h2", "h3")
_NAMED = "json-ld media"
"""The origin of the names of films and recordings that the data describe."""
_MEDIA = frozenset(("videoobject", "audioobject", "imageobject", "podcastepisode"))
_SHORTEST = 4
"""Letters of a label in a host that is a site's name when it stands in a title."""
_WHOLE = 8
"""Letters of a title that another title may be cut down to: "Live – Bridge opens" is not cut to "Live"."""
_DATE = 20
"""Characters of a date that may follow a title."""


def read_title(page: Evidence, listed: str | None = None) -> Claim | None:
    """Return the title of the article, whole and without the site's name; None where there is none.

    `listed` is the title on the list that led to the page.
    """
    raw = list(_candidates(page))
    names = site_names(page)
    whole = {letters(claim.value) for claim in raw}
    found = [Claim(title, claim.origin) for claim in raw if (title := _own(claim.value, names, whole))]
    if listed and (title := _own(listed, names, whole)):
        found.append(Claim(title, "list"))
    if not found:
        # The site, or the one page that it is, is called what its article is called.
        return next((claim for claim in raw if claim.origin in _HEADINGS), None)
    return _uncut(_chosen(_listed(found, listed)), found)


def site_names(page: Evidence) -> set[str]:
    """Return the letters of what the site calls itself, and of its host and the host's labels."""
    host = (urlsplit(page.url).hostname or "").removeprefix("www.")
    labels = [letters(label) for label in host.split(".")[:-1]]
    names = {letters(name) for name in page.publishers} | {letters(host)}
    return names.union(label for label in labels if len(label) >= _SHORTEST) - {""}


def _candidates(page: Evidence) -> Iterator[Claim]:
    headlines = list(_clean(page.data_claims("headline")))
    yield from (claim for claim in headlines if claim.origin == "json-ld")
    yield from _clean(page.meta("og:title", "twitter:title", "dc.title", "title"))
    if page.heading is not None and (title := clean(page.words(page.heading), TITLE_LIMIT)):
        yield Claim(title, page.heading.tag or "h1")
    yield from (claim for claim in headlines if claim.origin != "json-ld")
    yield from _clean(page.data_claims("alternativeHeadline"))
    yield from _clean(_data_names(page))
    yield from _clean([Claim(page.window, "title")])


def _data_names(page: Evidence) -> Iterator[Claim]:
    """Yield the names in the article's data; a film on the page has its own, which counts less."""
    for data in page.article_data:
        of_media = data.origin == "json-ld" and not _MEDIA.isdisjoint(kinds(data.entry))
        for text in islice(texts(data.entry.get("name")), MANY):
            yield Claim(plain(text), _NAMED if of_media else data.origin)


def _clean(found: Iterable[Claim]) -> Iterator[Claim]:
    for claim in found:
        if title := clean(without_markup(claim.value), TITLE_LIMIT):
            yield Claim(title, claim.origin)


def _own(title: str, names: set[str], whole: set[str]) -> str | None:
    """Return `title` without the site's name or a date at its ends; None where nothing else is left.

    Parts that another title of the page (`whole`) lacks are cut as well.
    """
    title = _LOOSE_END.sub("", title)
    if letters(title) in names:
        return None
    marks = list(_SEPARATOR.finditer(title))
    for mark in marks:
        own = letters(title[: mark.start()])
        if own != letters(title) and len(own) >= (_WHOLE if own.isascii() else _WHOLE // 2) and own in whole:
            return title[: mark.start()].rstrip()
    while marks and marks[-1].start() and _is_foreign(title[marks[-1].end() :], names):
        title = _SECTION_BEHIND.sub("", title[: marks.pop().start()].rstrip())
    if marks and letters(title[: marks[0].start()]) in names:
        title = title[marks[0].end() :]
    return title.strip() or None


def _is_foreign(part: str, names: set[str]) -> bool:
    own = letters(part)
    if own in names or any(len(name) >= _SHORTEST and name in own and len(own) < 2 * len(name) for name in names):
        return True
    return len(part) <= _DATE and isinstance(read_date(part), CalendarDate)


def _listed(found: list[Claim], listed: str | None) -> list[Claim]:
    """Return those of `found` that the list shows, whole or cut; all where it shows none of them."""
    if not listed:
        return found
    shown = [one for one in found if letters(one.value) == letters(listed) or is_cut_of(listed, one.value)]
    own = [one for one in shown if one.origin != "list"]
    return own or found


def _chosen(found: list[Claim]) -> Claim:
    """Return the best of `found`, which is ordered by trust.

    Among several headlines in the data, the headline that equals the title for sharing wins. A headline that only adds
    a kicker before that title ("Cup final: …") loses to it: readers see the kicker over the heading.
    """
    data = [claim for claim in found if claim.origin == "json-ld"]
    if (
        data
        and not _supported(data[0], found)
        and (named := next((one for one in data if _supported(one, found)), None))
    ):
        return named  # what the data call a headline is a description, and the page shows the name beside it
    shared = next((claim for claim in found if claim.origin == "og:title"), None)
    if not data or shared is None:
        return found[0]
    agreeing = next((claim for claim in data if letters(claim.value) == letters(shared.value)), None)
    if agreeing is None and _is_kicked(data[0].value, shared.value):
        return shared
    return agreeing or data[0]


def _supported(claim: Claim, found: list[Claim]) -> bool:
    """Return whether another place on the page has the title of `claim`, or it with more around it."""
    own = letters(claim.value)
    return any(
        other.origin != claim.origin and (own in letters(other.value) or letters(other.value) in own) for other in found
    )


def _is_kicked(whole: str, title: str) -> bool:
    """Return whether `whole` is `title` with a kicker and a colon before it."""
    kicker, colon, rest = whole.partition(": ")
    return bool(colon) and letters(rest) == letters(title) and len(kicker) < len(title)


def _uncut(best: Claim, found: list[Claim]) -> Claim:
    """Return `best`, or the title that goes on where it was cut."""
    if without_ellipsis(best.value) == best.value:
        return best
    return next((claim for claim in found if is_cut_of(best.value, claim.value)), best)
