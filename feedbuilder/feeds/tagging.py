"""What tags mean and how they are shown: the rules of the configuration over the spellings that the store knows.

Applied when feeds are made, never when items are stored, so that a changed configuration holds for old items too.
Pure; knows no feeds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from feedbuilder.model import TagRules, TagUse
from feedbuilder.model.wording import tag_key, tag_name


@dataclass(frozen=True, slots=True)
class Tagging:
    """Which tags are one, which are none, and what each is called. Without anything: keys as they are."""

    aliases: Mapping[str, str] = field(default_factory=dict)
    """The key of another name, and the key that it counts as."""
    dropped: frozenset[str] = frozenset()
    names: Mapping[str, str] = field(default_factory=dict)
    """What to show for a key; the spelling at hand for those that are absent."""

    @classmethod
    def of(cls, rules: TagRules, uses: Iterable[TagUse] = ()) -> Self:
        """Return the meaning of tags under `rules`, where the store has them as `uses` says.

        A name that `rules` show wins; then the spelling that most sources have from the configuration; then the one
        that most items carry. Of equals, the first in the alphabet.
        """
        aliases = {tag_key(other): tag_key(name) for name, others in rules.aliases.items() for other in others}
        return cls(
            aliases={other: key for other, key in aliases.items() if other != key},
            dropped=frozenset(map(tag_key, rules.drop)),
            names=_spellings(uses) | {tag_key(name): tag_name(name) for name in rules.aliases},
        )

    def recounted(self, rules: TagRules, uses: Iterable[TagUse], keys: Iterable[str]) -> Self:
        """Return the meaning of tags where the store has those with `keys` as `uses` says now, and all others still."""
        again = frozenset(keys)
        kept = {key: name for key, name in self.names.items() if key not in again}
        shown = {tag_key(name): tag_name(name) for name in rules.aliases}
        return replace(self, names=kept | _spellings(use for use in uses if use.key in again) | shown)

    def key(self, name: str) -> str:
        """Return what tells the tag `name`, or its key, from others; empty for one that is none."""
        key = tag_key(name)
        key = self.aliases.get(key, key)
        return "" if key in self.dropped else key

    def keys(self, names: Iterable[str]) -> frozenset[str]:
        """Return the keys of the tags among `names`."""
        return frozenset(map(self.key, names)) - {""}

    def behind(self, keys: Iterable[str]) -> frozenset[str]:
        """Return the keys under which items may carry the tags with `keys`: theirs, and those of their aliases."""
        wanted = frozenset(keys)
        return wanted | {other for other, key in self.aliases.items() if key in wanted}

    def shown(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return what to show for the tags `names`, each once, in their order."""
        found: dict[str, str] = {}
        for name in names:
            found.setdefault(self.key(name), name)
        return tuple(self.names.get(key) or tag_name(found[key]) for key in found if key)

    def renamed(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return `names` with each alias replaced by the name that it counts as; all others as they are."""
        return tuple(
            self.names[self.aliases[key]] if (key := tag_key(name)) in self.aliases else name for name in names
        )


def _spellings(uses: Iterable[TagUse]) -> dict[str, str]:
    """Return the spelling to show for each key."""
    votes: dict[str, Counter[tuple[bool, str]]] = {}
    for use in uses:
        votes.setdefault(use.key, Counter())[use.configured, use.name] += 1 if use.configured else use.items
    best = {
        key: min(counted, key=lambda vote: (not vote[0], -counted[vote], vote[1])) for key, counted in votes.items()
    }
    return {key: name for key, (_, name) in best.items()}
