"""Finding the known stories of a page in the store, and remembering the addresses under which they stand today.

Owns what is asked of the store for that, and when: a page on which every address is known costs one question. What
counts as the same story is `recognise`'s.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from feedbuilder.model import Changes, Item, Source
from feedbuilder.pipeline.address_keys import keys_of, number_keys
from feedbuilder.pipeline.ports import Transaction
from feedbuilder.pipeline.recognise import Recognition, recognise, resolve


def known_stories(items: Sequence[Item], source: Source, memory: Transaction, now: datetime) -> Recognition:
    """Return `items` with the known stories among them under the addresses by which they are known."""
    known = memory.known(item.canonical for item in items)
    if all(story.identity.canonical == address for address, story in known.items()) and len(known) == len(items):
        return Recognition(tuple(items), known)
    rules = memory.address_rules(source.id)
    keys = keys_of(items, rules)
    known = {**known, **memory.known(key for key in keys.values() if key not in known)}
    resolved = resolve(items, keys, known)
    unknown = [item for item in items if item.canonical not in resolved]
    if not unknown:
        return recognise(items, known, resolved, (), rules, now)
    titles = sorted({item.title for item in unknown if item.title})
    ids = {story.identity.id for story in resolved.values()}
    candidates = {story.identity.id: story for story in memory.candidates(source.id, titles, ids)}
    numbers = number_keys(items)
    numbered = memory.known(numbers[item.canonical] for item in unknown if item.canonical in numbers)
    candidates |= {story.identity.id: story for story in numbered.values()}
    return recognise(items, known, resolved, candidates.values(), rules, now)


def remember_addresses(recognition: Recognition, changes: Changes, memory: Transaction) -> None:
    """Remember what `recognition` found out; to be called once `changes` are applied, for new stories need an id."""
    if recognition.rules:
        memory.learn(changes.source, recognition.rules)
    for address, story in recognition.aliases:
        memory.add_alias(address, story)
    for change in changes.new:
        for key in recognition.keys.get(change.identity.canonical, ()):
            memory.add_alias(key, change.identity.id)
