"""A watched page and what was remembered of it -> whether it has changed, and the entry that tells it.

Owns when two editions differ, which reading is not believed, and what a change is called.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from feedbuilder.feeds.xml_texts import public_address
from feedbuilder.masking import mask_text
from feedbuilder.model import Edition, Item, NothingFoundError, Page, PageFacts, Source, StandInKind, Watched
from feedbuilder.model.markup import sanitise
from feedbuilder.parse.documents.watched_part import WatchedPart, read_part
from feedbuilder.parse.identity import canonical_url
from feedbuilder.parse.page_says import page_says
from feedbuilder.parse.plain_text import TITLE_LIMIT, clean
from feedbuilder.watch.change_markup import markup_of, text_of_change
from feedbuilder.watch.line_changes import Block, blocks_of

READ_AS = 1
"""Raised when a page is read into other lines than before: what was remembered is compared no longer then.

Not the version of the program: a change that fell together with an upgrade would never be told.
"""
MOST_RETURNS = 2
"""How often a text may have been given up and still be followed: a page that alternates comes to rest."""
MOST_FORMER = 32
RESTLESS = 6
"""Readings in a row that each bring a change, from which on people are told what changes."""
_STRANGE = 0.1
"""The share of lines in common below which a reading must be seen twice."""
_FEW = 5
"""Lines of a text so short that any change may be of most of it."""
_SUMMARY = 1_000
_DIGITS = re.compile(r"\d+(?:[.,:]\d+)*")
_NAMED_PART = frozenset((StandInKind.LOGIN, StandInKind.CONSENT, StandInKind.SHELL))
"""What a page is not whose named part was found."""


def watch_page(page: Page, source: Source, before: Edition | None) -> Watched:
    """Return what has changed on `page` since `before`; None for the first reading, which changes nothing.

    Raises NothingFoundError for a page that says nothing, or is another one, and ExtractError for absurd ones.
    """
    part, mark = read_part(page, source), settings_of(source)
    if not part.lines:
        raise NothingFoundError(_why_nothing(page, source, part))
    if before is not None and before.settings != mark:
        before = None
    if before is not None and before.lines == part.lines:
        return Watched(replace(before, restless=0, is_doubted=False))
    facts = page_says(page, (), source.language)
    if reason := _why_another(page, source, facts):
        raise NothingFoundError(reason)
    if before is None:
        return Watched(Edition(mark, part.lines))
    return _compared(page, source, part, before, says_not_found=facts.not_found is not None)


def settings_of(source: Source) -> str:
    """Return a mark of the settings by which lines are read; what is only ignored, or how it is called, is not."""
    read_by = source.changes.model_dump_json(include={"selector", "remove"})
    return f"{READ_AS} {hashlib.sha256(read_by.encode()).hexdigest()[:32]}"


def _compared(page: Page, source: Source, part: WatchedPart, before: Edition, *, says_not_found: bool) -> Watched:
    (mine, old), (theirs, new) = _keyed(before.lines, source), _keyed(part.lines, source)
    digest = _digest(theirs)
    if _digest(mine) == digest:  # only what is ignored; the lines of now are shown the next time
        return Watched(replace(before, lines=part.lines, restless=0, is_doubted=False))
    if before.former.count(digest) >= MOST_RETURNS:
        return Watched(replace(before, is_doubted=False), note=_ALTERNATES)
    if not before.is_doubted and (says_not_found or _is_strange(mine, theirs)):
        return Watched(replace(before, is_doubted=True), refused=_strange(page))
    blocks = blocks_of(old, new, (mine, theirs))
    restless = before.restless + 1
    edition = Edition(before.settings, part.lines, (*before.former, _digest(mine))[-MOST_FORMER:], restless)
    item = _item(page, source, part, blocks)
    note = _restless(restless, blocks) if restless >= RESTLESS else None
    return Watched(edition, item, note)


_ALTERNATES = "the page changes to and fro between texts that were told before; that is told no more"


def _keyed(lines: Sequence[str], source: Source) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return by what each line is compared, without what is ignored, and the lines; those of which nothing is left go.

    So lines that are ignored as a whole come and go unseen.
    """
    wanted = source.changes
    pairs = []
    for line in lines:
        key = line
        for pattern in wanted.ignore:
            key = pattern.sub(" ", key)
        if not wanted.numbers:
            key = _DIGITS.sub("0", key)
        if key := " ".join(key.split()):
            pairs.append((key, line))
    return tuple(key for key, _ in pairs), tuple(line for _, line in pairs)


def _digest(keys: Sequence[str]) -> str:
    """Return a hash of what is compared."""
    return hashlib.sha256("\n".join(keys).encode("utf-8", "replace")).hexdigest()[:32]


def _is_strange(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Return whether hardly any line of a text of some length is there still."""
    left = set(theirs)
    return len(mine) >= _FEW and sum(key in left for key in mine) < _STRANGE * len(mine)


def _item(page: Page, source: Source, part: WatchedPart, blocks: Sequence[Block]) -> Item:
    added = [line for block in blocks if not block.is_same for line in block.after]
    removed = [line for block in blocks if not block.is_same for line in block.before]
    seen = page.fetched_at.astimezone(source.timezone or ZoneInfo("UTC"))
    names = {
        "page": source.title or part.title or source.id,
        "date": seen.date().isoformat(),
        "time": f"{seen:%H:%M}",
        "added": str(len(added)),
        "removed": str(len(removed)),
        "first": next(iter(added or removed), ""),
    }
    # A change has no address of its own: the page's, with the moment, stays its own for ever.
    place = f"changed-{page.fetched_at:%Y%m%dT%H%M%S}"
    # It stands in feeds: what is secret in it does not.
    address = source.url if mask_text(source.url) == source.url else public_address(source.url)
    address = address.partition("#")[0]
    return Item(
        canonical=f"{canonical_url(address)}#{place}",
        link=f"{address}#{place}",
        title=clean(source.changes.titled(names), TITLE_LIMIT),
        summary=clean(text_of_change(blocks, _SUMMARY), _SUMMARY + 100),
        content_html=sanitise(markup_of(blocks)),
    )


def _why_nothing(page: Page, source: Source, part: WatchedPart) -> str:
    if not page.body.strip():
        return f"{page.url} is an empty page. If that goes on, see whether the site is down or refuses programs."
    if not part.is_there:
        return (
            f'selector = "{source.changes.selector}" of [source.changes] matched nothing on {page.url} (title of the '
            f'page: "{part.title[:100]}"). Open the page: if its markup changed, adjust the selector; if it is a login '
            "or error page, wait."
        )
    return (
        f"What is watched of {page.url} holds no text. If a browser shows some, a script builds it; if it is a login "
        "or error page, wait."
    )


def _why_another(page: Page, source: Source, facts: PageFacts) -> str | None:
    """Return why `page` is not the one that is watched, though it was answered as if it were; None if it may be.

    Where a part of it is named and was found, "not available" may well be what it says.
    """
    found = facts.stand_in
    if found is not None and not (source.changes.selector and found.kind in _NAMED_PART):
        said = f' (it says "{found.words}")' if found.words else ""
        return f"{page.url} {_STAND_INS[found.kind]}{said}. {_STAYS}"
    if facts.not_found is not None and not source.changes.selector:
        return f'{page.url} says "{facts.not_found}". {_STAYS} If the page has moved, adjust the source\'s url.'
    return None


_STAYS = "That is no change: what was known of the page stays. Open it in a browser."
_STAND_INS = {
    StandInKind.PARKED: "is the page of a domain that is parked or for sale",
    StandInKind.CHALLENGE: "is a check for robots in place of the page",
    StandInKind.LOGIN: "asks for a login in place of the page",
    StandInKind.CONSENT: "asks for an agreement in place of the page",
    StandInKind.SHELL: "holds scripts and nothing else: a browser builds the page",
}


def _strange(page: Page) -> str:
    return (
        f"Hardly a line of what was watched is on {page.url} any more, or it says that there is no such page. Nothing "
        "is told of it yet: if the next reading says the same, it is believed. If it is a login or error page, wait."
    )


def _restless(times: int, blocks: Sequence[Block]) -> str:
    line = next((line for block in blocks if not block.is_same for line in (*block.after, *block.before)), "")
    return (
        f'it has changed at each of the last {times} readings, now in the line "{line[:100]}": what changes at every '
        "reading can be left out by ignore, remove or numbers in [source.changes]"
    )
