"""Which of a card's texts is its title, where no rule says so: a heading's, or that of the link to the article.

Decides for one card alone, so that its title does not depend on its neighbours on the page.
"""

from __future__ import annotations

import re

from feedbuilder.model.wording import fuller, without_ellipsis
from feedbuilder.parse.links import Link, Links
from feedbuilder.parse.plain_text import TITLE_LIMIT, clean
from feedbuilder.parse.raw_card import RawCard, RawHeading, RawLink
from feedbuilder.parse.site_name import SiteName

_SURE = 40
"""Characters from which a title that begins a picture's description is taken for a cut of it, even without "…"."""
_LONGEST_TITLE = 160
"""Characters: what is longer and linked beside a heading is a teaser."""
_SEVERAL = 4
"""Places that the links of a card lead to, from which a heading stands over them all and is beaten by none of them."""
_DOWNLOAD = re.compile(r"\b(?:pdf|docx?|odt|xlsx?|pptx?|zip|epub|mp3|mp4)\b|\d\s?(?:kb|mb|gb|ko|mo)\b", re.IGNORECASE)
"""What links to files say beside their titles."""
FULL_STOPS = (".", "。", "।", "۔")


def choose_title(card: RawCard, link: Link, links: Links, site: SiteName) -> str | None:
    """Return the title of `card`, whose article is `link`; the whole of it, if an attribute holds that.

    A heading that leads to the article, else the text of a link to it, else a heading that leads nowhere, else what an
    attribute says. The site's name behind a whole title is no part of it.
    """
    same = [raw for raw in card.links if _leads_to(raw.href, link, links)]
    title, chosen = _said(card, same, link, links)
    wholes = [site.without(whole) for part in (chosen, *same) if part for whole in part.wholes]
    if title is None:
        title = next(iter((*wholes, *card.pictured)), None)
    for whole in wholes:
        title = fuller(title, whole)
    # A picture's description counts only where the title is clearly cut: "US" also begins "US soldiers on patrol".
    if title is not None and (without_ellipsis(title) != title or len(title) >= _SURE):
        for whole in map(site.without, card.pictured):
            title = fuller(title, whole)
    return clean(title, TITLE_LIMIT) if title else None


def _said(card: RawCard, same: list[RawLink], link: Link, links: Links) -> tuple[str | None, RawHeading | None]:
    """Return the text of a heading or of a link, and the heading if it is its."""
    own = next((one for one in card.headings if any(_leads_to(href, link, links) for href in one.hrefs)), None)
    if own is not None:
        return own.text, own
    text = next((raw.text for raw in same if raw.text), None)
    free = next((heading for heading in card.headings if not heading.hrefs), None)
    several = len({links.canonical(raw.href) for raw in card.links if raw.text} - {None}) >= _SEVERAL
    if free is not None and (text is None or several or not is_headline(text, beside=free.text)):
        return free.text, free
    other = next(iter(card.headings), None)  # that of the original, where the link is told apart by a rule
    return (other.text, other) if other is not None and text is None else (text, None)


def is_headline(text: str, beside: str) -> bool:
    """Return whether the text of a link is the title rather than the heading `beside` it, which leads nowhere.

    Not where it says the heading again ("Continue reading …"), is a teaser, or short: "View the report".
    """
    if _DOWNLOAD.search(text) and len(text) <= len(beside):
        return False
    if beside in text or len(text) > _LONGEST_TITLE or 2 * len(text) < len(beside):
        return False
    return not text.endswith(FULL_STOPS) or beside.endswith(FULL_STOPS)


def _leads_to(href: str, link: Link, links: Links) -> bool:
    return links.canonical(href) == link.canonical
