"""Finding the known stories of a page in the store, and remembering the addresses under which they stand today.

Owns what is asked of the store for that, and when: a page on which every address is known costs one question, and of
items that stand nothing is asked. What counts as the same story is `recognise`'s.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from feedbuilder.model import Changes, Item, Source
from feedbuilder.pipeline.address_keys import keys_of, number_keys
from feedbuilder.pipeline.ports import Transaction
from feedbuilder.pipeline.recognise import Recognition, recognise, resolve

_NONE: Mapping[str, str] = MappingProxyType({})


def known_stories(
    items: Sequence[Item], source: Source, memory: Transaction, now: datetime, standing: Mapping[str, str] = _NONE
) -> Recognition:
    """Return `items` with the known stories among them under the addresses by which they are known.

    `standing` are those that stand, the id of each by its address. Where an unknown address may be that of one of them,
    or they go by another address than their own too, all are asked for as if none did.
    """
    others = [item for item in items if item.canonical not in standing]
    known = memory.known(item.canonical for item in others)
    if all(story.identity.canonical == address for address, story in known.items()) and len(known) == len(others):
        return Recognition(tuple(items), known, standing=standing)
    rules = memory.address_rules(source.id)
    keys = keys_of(items, rules)
    if any(keys[item.canonical] in standing for item in others) or any(keys[one] != one for one in standing):
        return known_stories(items, source, memory, now)
    asked = {item.canonical for item in others}
    known = {**known, **memory.known(key for item in others if (key := keys[item.canonical]) not in asked)}
    resolved = resolve(others, keys, known)
    taken = {story.identity.id for story in resolved.values()}
    if not taken.isdisjoint(standing.values()):
        return known_stories(items, source, memory, now)
    unknown = [item for item in others if item.canonical not in resolved]
    if not unknown:
        return recognise(items, known, resolved, (), rules, now, standing)
    titles = sorted({item.title for item in unknown if item.title})
    numbers = sorted(set(number_keys(unknown, items).values()))
    candidates = memory.candidates(source.id, titles, {*taken, *standing.values()}, numbers)
    found = recognise(items, known, resolved, candidates, rules, now, standing)
    # What was learnt gives all stories of the page further addresses.
    return known_stories(items, source, memory, now) if found.rules and standing else found


def remember_addresses(recognition: Recognition, changes: Changes, memory: Transaction) -> None:
    """Remember what `recognition` found out; to be called once `changes` are applied, for new stories need an id."""
    if recognition.rules:
        memory.learn(changes.source, recognition.rules)
    addresses = dict(recognition.aliases)
    for change in changes.new:
        for key in recognition.keys.get(change.identity.canonical, ()):
            addresses.setdefault(key, change.identity.id)
    memory.add_aliases(addresses)
