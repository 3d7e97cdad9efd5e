"""A second look at a page whose reading is strange: believe it, read the list by other selectors, or refuse it.

Owns in which order the ways are tried and what is remembered of them. What is strange, and whether a list is that of
known stories, is decided in `feedbuilder.heal`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from feedbuilder.heal import (
    ENOUGH,
    FoundAgain,
    KnownList,
    ListReading,
    Suspicion,
    holds_few,
    is_strange,
    lost_fields,
    suspicions,
    worst,
)
from feedbuilder.logger import log
from feedbuilder.model import (
    AskedOfList,
    ExtractError,
    Heal,
    Item,
    ListMemory,
    ListProfile,
    NothingFoundError,
    Page,
    Repair,
    RepairState,
    Source,
    SourceKind,
    Surroundings,
)
from feedbuilder.pipeline.foreign_page import why_another, why_foreign
from feedbuilder.pipeline.kept_pages import may_keep_cards
from feedbuilder.pipeline.learnt_selectors import as_read, read_by
from feedbuilder.pipeline.ports import Reader, Store, Tools

_MOST = 0.5
"""Of the known stories: a list that was found again with fewer stands on a page that must call itself what it did."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What one way of reading found on a page."""

    items: tuple[Item, ...]
    error: ExtractError | None = None
    """Why nothing was found; None where something was, or where nothing may be."""
    cards: bytes | None = None
    """See `FamiliarList`, as for all that follows."""
    surroundings: Surroundings | None = None
    mark: str | None = None
    as_before: ListProfile | None = None
    still: bytes | None = None


@dataclass(frozen=True, slots=True)
class SecondLook:
    """What is to become of a reading that was strange."""

    items: tuple[Item, ...]
    memory: ListMemory
    """To be remembered, whatever becomes of the reading."""
    notes: tuple[str, ...] = ()
    """What is told of a reading that is believed."""
    refused: str | None = None
    """Why nothing of the page is taken; None where the items are believed."""
    is_lasting: bool = False
    """Whether what was refused will hardly pass by itself, so that people are told at once."""
    repair: str | None = None
    """How the list was found again on this page, where the items were read by selectors that were learnt from it."""


def read_list(reader: Reader, page: Page, source: Source) -> Listed:
    """Return what `source` lists on `page`. Raises ExtractError where the page cannot be read at all."""
    try:
        return Listed(reader.read_list(page, source))
    except NothingFoundError as error:
        return Listed((), error)


def read_familiar(page: Page, source: Source, tools: Tools, asked: AskedOfList) -> Listed:
    """Return what `read_list` does, by what is known of earlier pages; see `Reader.read_familiar`."""
    if not may_keep_cards(source):
        return read_list(tools.reader, page, source)
    kept = partial(tools.store.kept_cards, source.id)
    try:
        read = tools.reader.read_familiar(page, source, kept, asked)
    except NothingFoundError as error:
        return Listed((), error)
    return Listed(read.items, None, read.cards, read.surroundings, read.mark, read.as_before, read.still)


def known_list(store: Store, source: str) -> KnownList:
    """Return the stories that a source listed at its last good reading."""
    with store.transaction() as memory:
        return KnownList.of(memory.candidates(source, (), ()), source)


def needs_second_look(listed: Listed, memory: ListMemory, source: Source, known: int | None = None) -> bool:
    """Return whether a reading is worth a second look; `known` is how many of its items are known, None if not asked.

    Before the first good reading nothing is usual, and so nothing strange. A list that is empty as usual is worth one
    where it can be read in another way too.
    """
    profile = memory.profile
    if profile is None or (source.kind.is_described and listed.error is None):
        return False  # a feed says itself what it lists, and may well list other stories after a busy weekend
    if source.allow_empty and not listed.items and not round(profile.items):
        return _other_way(source, memory) is not None
    return is_strange(ListProfile.of(listed.items), profile, known)


def look_again(
    page: Page,
    source: Source,
    listed: Listed,
    known: KnownList,
    memory: ListMemory,
    reader: Reader,
    now: datetime,
    landed: str | None,
) -> SecondLook:
    """Return what becomes of `listed`, which `source`, as it is read now, found on `page`.

    `landed` is where its page was found when it was last read well, None if it never was. Raises ExtractError for a
    page that cannot be read at all.
    """
    if source.kind is SourceKind.FEED and listed.error is None:
        seen = SecondLook(listed.items, memory)  # it may well list other stories; what it is called tells whose
    else:
        seen = _looked_again(page, source, listed, known, memory, reader, now)
    if listed.error is not None and seen.refused == str(listed.error) and as_read(source, memory) != source:
        # The error names selectors that nobody has written.
        learnt = f"These selectors were learnt when the page had changed: feedbuilder heal {source.id}"
        seen = replace(seen, refused=f"{seen.refused} {learnt}")
    found = len(known.matches(seen.items))
    is_doubtful = holds_few(found, len(seen.items)) or (seen.repair and found < _MOST * len(known.stories))
    if seen.is_lasting or landed is None or not is_doubtful:
        return seen
    if not source.kind.names_itself:
        return seen
    if found or source.kind is SourceKind.FEED:
        titles = [item.title for item in seen.items if item.title]
        foreign = why_another(source, page, memory.names, reader.facts(page, source, titles).names)
    else:
        foreign = why_foreign(source, page, landed, memory.names, seen.items, reader)
    if foreign is None:
        return seen
    counted = dict(seen.memory.strange)
    if foreign.sign is not None:
        counted[foreign.sign] = memory.strange.get(foreign.sign, 0) + 1
    # What is usual stays: nothing of this page is.
    changed = replace(memory, strange=counted)
    return SecondLook(seen.items, changed, refused=foreign.text, is_lasting=foreign.is_lasting)


def _looked_again(
    page: Page, source: Source, listed: Listed, known: KnownList, memory: ListMemory, reader: Reader, now: datetime
) -> SecondLook:
    profile, other = memory.profile, _other_way(source, memory)
    if not listed.items and not known.stories and other is not None and (items := _items(reader, page, other[0])):
        return SecondLook(items, _turned(memory))  # it was empty, and comes back in the other layout
    if profile is None or not known.stories:
        return SecondLook(listed.items, memory, refused=str(listed.error) if listed.error else None)
    if other is not None:
        items = _items(reader, page, other[0])
        if _is_the_list(ListReading(items, profile, known), found=len(known.matches(listed.items))):
            log.debug("list read by other selectors", source=source.id, selectors=other[1])
            return SecondLook(items, _turned(memory))
    current = as_read(source, memory)
    if source.heal is Heal.OFF or not source.kind.is_page:  # only pages are built in many ways
        found, again = suspicions(ListReading(listed.items, profile, known)), None
    else:
        verdict = reader.reconsider(page, current, listed.items, profile, known, memory.names)
        found, again = verdict.suspicions, verdict.found_again
    reason = found[0].text if found else str(listed.error or "None of its known articles is found.")
    if again is not None:
        return _healed(source, listed, again, reason, memory, now)
    return _weighed(listed, found, memory)


def _healed(
    source: Source, listed: Listed, again: FoundAgain, reason: str, memory: ListMemory, now: datetime
) -> SecondLook:
    """Return what becomes of a reading in place of which the list was found again."""
    propose = source.heal is Heal.PROPOSE
    profile = memory.profile.anew(again.items) if memory.profile else ListProfile.of(again.items)
    lost = lost_fields(memory.profile, profile) if memory.profile else ()
    evidence = again.evidence + (f" It shows none of their {' and '.join(lost)} any more." if lost else "")
    state = RepairState.PROPOSED if propose else RepairState.ACTIVE
    repair = Repair(again.selectors, again.settings, now, evidence, reason, state)
    changed = replace(memory, repair=repair, strange={}, profile=memory.profile if propose else profile)
    if propose:
        refused = (
            f"{reason} The list is found again by other selectors: {evidence} "
            f"See them and accept them: feedbuilder heal {source.id}"
        )
        return SecondLook(listed.items, changed, refused=refused, is_lasting=True)
    note = (
        f"the page has changed, and its list was found again. {reason} Now it is read by other selectors: "
        f"{evidence} See them, and write them into the configuration: feedbuilder heal {source.id}"
    )
    return SecondLook(again.items, changed, (note,), repair=note)


def _weighed(listed: Listed, found: Sequence[Suspicion], memory: ListMemory) -> SecondLook:
    """Return whether a reading is believed although it is strange."""
    gravest = worst(found)
    counts = {one.name: memory.strange.get(one.name, 0) + 1 for one in found}
    changed = replace(memory, strange=counts)
    if listed.error is not None:
        return SecondLook((), changed, refused=str(listed.error))
    if gravest is None or gravest.patience == 0:
        # Told once, when it begins: what stays away for good is soon what is usual.
        notes = tuple(one.text for one in found if counts[one.name] == 1)
        return SecondLook(listed.items, changed, notes)
    if gravest.patience is not None and counts[gravest.name] >= gravest.patience:
        note = f"{gravest.text} It was read so {counts[gravest.name]} times, and is believed now."
        return SecondLook(
            listed.items,
            replace(changed, profile=memory.profile and memory.profile.anew(listed.items), strange={}),
            (note,),
        )
    return SecondLook(listed.items, changed, refused=_refusal(gravest, counts[gravest.name]))


def _refusal(suspicion: Suspicion, times: int) -> str:
    text = f"{suspicion.text} Nothing of it is published, and what is known stays as it is. "
    if suspicion.patience is not None:
        left = suspicion.patience - times
        return f"{text}If the next {'reading says' if left == 1 else f'{left} readings say'} the same, it is believed."
    return (
        f"{text}Open the page: if its list has moved, adjust the selectors, or take it out and add it anew; "
        "if it is a login or error page, wait."
    )


def _other_way(source: Source, memory: ListMemory) -> tuple[Source, str] | None:
    """Return the source as its list was read before or after a repair, whichever is not in use; None without any."""
    repair = memory.repair
    if repair is None or repair.state is RepairState.PROPOSED or source.heal is Heal.OFF:
        return None
    if repair.state is RepairState.ACTIVE:
        return source, "configured"
    return read_by(source, repair), "learnt"


def _turned(memory: ListMemory) -> ListMemory:
    """Return `memory` with the learnt selectors in use where they were not, and the other way round."""
    assert memory.repair is not None
    is_active = memory.repair.state is RepairState.ACTIVE
    state = RepairState.RESTING if is_active else RepairState.ACTIVE
    return replace(memory, repair=replace(memory.repair, state=state), strange={})


def _is_the_list(reading: ListReading, found: int) -> bool:
    """Return whether a reading by other selectors is as usual, where those in use find so many known stories.

    Of two layouts one may lack a field that the other has: that is no reason to learn either of them again.
    """
    if len(reading.matches) < min(ENOUGH, len(reading.known.stories)):
        return False
    return all(one.patience == 0 and len(reading.matches) > found for one in suspicions(reading))


def _items(reader: Reader, page: Page, source: Source) -> tuple[Item, ...]:
    try:
        return reader.read_list(page, source)
    except ExtractError:
        return ()
