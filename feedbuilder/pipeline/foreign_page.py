"""Whether a page is another one than the section that is watched, although it was answered with 200.

A section that is gone sends its visitors to the home page, or to the page above it, or answers "not found" with a list
of popular stories, or with another section; a domain that is sold shows whatever its new owner likes. Owns what tells
such a page; it counts only where no known story stands on it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from feedbuilder.heal.another_page import another_page, how_alike
from feedbuilder.masking import mask_text
from feedbuilder.model import Item, KnownNames, Page, PageNames, Source, StandIn, StandInKind
from feedbuilder.parse.address_parts import AddressParts, parts_of
from feedbuilder.parse.address_variants import plain_address
from feedbuilder.parse.identity import canonical_url
from feedbuilder.pipeline.ports import Reader

_INDEX = re.compile(r"(?:index|default|home|start|main)(?:\.[a-z]{2,5})?", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2})?", re.IGNORECASE)
_HOMES = frozenset(
    "home homepage index start startseite inicio inici accueil default frontpage front hjem etusivu glowna main".split()  # noqa: SIM905
)
"""What home pages are called where they are not at the top."""
_DEAD_ENDS = frozenset(
    """404 error errors error404 404error notfound not-found page-not-found pagenotfound fehler erreur nicht-gefunden
    login signin sign-in log-in anmelden connexion consent""".split()  # noqa: SIM905
)
"""Parts of a path that no section has."""

ANOTHER_PAGE = "another-page"
"""Under which name it is counted that a page calls itself otherwise; somebody may say that it is the right one."""
_STAYS = "Its feed stays as it is."
_WHAT_IT_IS: Mapping[StandInKind, tuple[str, str]] = {
    StandInKind.PARKED: (
        "is the page of a domain that is parked or for sale",
        "The site has let it go: put its new address into the source's url, or remove the source.",
    ),
    StandInKind.CHALLENGE: (
        "is a check for robots in place of the section",
        "It often passes by itself; if it stays, read the section less often, or ask the site to let you in.",
    ),
    StandInKind.LOGIN: (
        "asks for a login in place of the section",
        "Open it in a browser without a login; if it stays, write a table [logins.NAME], and give the source that.",
    ),
    StandInKind.CONSENT: (
        "asks for an agreement in place of the section",
        "Open it in a browser without cookies; if it stays, the source needs a header with the cookie of consent.",
    ),
    StandInKind.SHELL: (
        "holds scripts and nothing else: a browser builds the section, and the page as it is sent does not have it",
        'If it stays so, let a browser open it (kind = "browser"), or look for another page of the section.',
    ),
}
"""What each kind of page is, and what to do about it."""


@dataclass(frozen=True, slots=True)
class Foreign:
    """Why a page is not the section that is watched."""

    text: str
    is_lasting: bool = False
    """Whether it will hardly pass by itself, so that people are told at once."""
    sign: str | None = None
    """Under which name it is counted where somebody may know better, and believe the page: `feedbuilder heal`."""


def why_foreign(
    source: Source, page: Page, landed: str | None, names: KnownNames | None, items: Sequence[Item], reader: Reader
) -> Foreign | None:
    """Return why `page`, on which no known story stands, is not the section of `source`; None if it may well be.

    `landed` is where the section was found when it was last read well, as it is remembered, without secrets; `names`
    are those that it had. Raises ExtractError if `reader` cannot read the page.
    """
    before, now = landed or mask_text(source.url), mask_text(page.url)  # as they are remembered
    if now != before and leads_away(before, now):
        return Foreign(
            f"{source.url} now leads to {page.url}, which is not this section: none of its known articles stands "
            f"there. {_STAYS} Open it in a browser; if the section has moved, put its new address into the source's "
            "url, and if it is gone, remove the source."
        )
    facts = reader.facts(page, source, [item.title for item in items if item.title])
    if facts.stand_in is not None and not (items and facts.stand_in.kind is StandInKind.SHELL):
        return _standing_in(page, facts.stand_in)
    if facts.not_found is not None:
        return Foreign(
            f'{page.url} says "{facts.not_found}", and none of the known articles stands on it. {_STAYS} Open it in a '
            "browser; if the section has moved, put its new address into the source's url."
        )
    return why_another(source, page, names, facts.names)


def why_another(source: Source, page: Page, names: KnownNames | None, now: PageNames) -> Foreign | None:
    """Return why `page`, on which hardly any known story stands, is another page by its names of `now`; else None."""
    other = another_page(names, now, how_alike(source.kind))
    if other is None:
        return None
    return Foreign(
        f'{page.url} calls itself "{other[1]}", and used to call itself "{other[0]}"; hardly any of the known articles '
        f"stands on it. {_STAYS} Open it in a browser; if it is the right page all the same: feedbuilder heal "
        f"{source.id} --accept. If the section has moved, put its new address into the source's url.",
        sign=ANOTHER_PAGE,
    )


def _standing_in(page: Page, found: StandIn) -> Foreign:
    what, remedy = _WHAT_IT_IS[found.kind]
    said = f' (it says "{found.words}")' if found.words else ""
    text = f"{page.url} {what}{said}, and none of the known articles stands on it. {_STAYS} {remedy}"
    return Foreign(text, is_lasting=found.kind is StandInKind.PARKED)


def leads_away(wanted: str, found: str) -> bool:
    """Return whether a request for `wanted` that ends at `found` was sent to a page above it, home, or to a dead end.

    Another spelling of the address is none of these, nor is another place that the section may have moved to.
    """
    try:
        before, after = _place(wanted), _place(found)
    except ValueError:
        return False
    if _same_place(before, after):
        return False
    if _is_dead_end(after):
        return True
    if not after.parameters and _is_home(after.segments):
        return not _is_home(before.segments) or bool(before.parameters)
    if after.segments == before.segments:
        return bool(set(before.parameters) - set(after.parameters))
    is_above = after.segments == before.segments[: len(after.segments)]
    added = set(after.parameters) - set(before.parameters)
    name = before.segments[-1].lower() if before.segments else ""
    return is_above and not any(name in part.lower() for part in added)  # /?section=world is its new home


def ends_dead(wanted: str, found: str) -> bool:
    """Return whether a request for `wanted` that ends at `found` was sent to a login or an error page."""
    try:
        before, after = _place(wanted), _place(found)
    except ValueError:
        return False
    return _is_dead_end(after) and not _is_dead_end(before)


def _is_dead_end(place: AddressParts) -> bool:
    return any(segment.lower() in _DEAD_ENDS for segment in place.segments)


def _place(url: str) -> AddressParts:
    parts = parts_of(plain_address(canonical_url(url)))
    segments = tuple(segment for segment in parts.segments if segment)
    if segments and _INDEX.fullmatch(segments[-1]):
        segments = segments[:-1]
    return AddressParts(parts.host, segments, parts.parameters)


def _same_place(before: AddressParts, after: AddressParts) -> bool:
    """Return whether two addresses name one place of a site, or the same place of its new host."""
    mine, theirs = ([segment.lower() for segment in parts.segments] for parts in (before, after))
    if mine == theirs:
        return set(before.parameters) <= set(after.parameters)
    # /world.html, /en/world: the section's own new home
    return bool(mine and theirs) and mine[-1].partition(".")[0] == theirs[-1].partition(".")[0]


def _is_home(segments: Sequence[str]) -> bool:
    """Return whether a path is that of a home page: none, that of a language, or "home"."""
    return len(segments) <= 2 and all(_LANGUAGE.fullmatch(one) or one.lower() in _HOMES for one in segments)
