"""Two editions of a text, in lines -> what came, went and stayed. By difflib, within bounds.

Owns the bounds: difflib takes the square of what it compares, and more of what repeats itself. Beyond them lines are
only counted: which came and which went is right all the same, in which order is not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_MOST_STEPS = 3_000_000
"""Steps that difflib may take, by an estimate from above."""
_MOST_WORDS = 400
"""Words of two lines whose words are compared."""
_ALIKE = 0.5
"""From this share of common words on, a line is the other one reworded."""
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|\w{1,200}|\s{1,200}|.", re.DOTALL)
"""Of scripts without spaces every sign is a word."""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that stand together in one of the editions or both, and differ if they do."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    is_same: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a line that stayed (both alike), or were changed."""

    before: str
    after: str


def blocks_of(before: Sequence[str], after: Sequence[str], keys: tuple[Sequence[str], Sequence[str]]) -> list[Block]:
    """Return both editions as blocks in order. Lines are compared by their `keys`, and shown as they are."""
    mine, theirs = keys
    head = _common(mine, theirs)
    tail = _common(mine[head:][::-1], theirs[head:][::-1])
    blocks = [_same(before[:head], after[:head])]
    left = (mine[head : len(mine) - tail], theirs[head : len(theirs) - tail])
    shown = (before[head : len(before) - tail], after[head : len(after) - tail])
    blocks += _compared(*left, *shown)
    blocks.append(_same(before[len(before) - tail :], after[len(after) - tail :]))
    return [block for block in blocks if block.before or block.after]


def word_changes(before: str, after: str) -> list[Words] | None:
    """Return a line that was reworded as words; None where the two have too little in common, or are too long."""
    mine, theirs = _WORD.findall(before), _WORD.findall(after)
    if len(mine) + len(theirs) > _MOST_WORDS or not _is_affordable(mine, theirs):
        return None
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    kept = sum(len("".join(mine[one.a : one.a + one.size]).strip()) for one in matcher.get_matching_blocks())
    if kept < _ALIKE * max(len(before), len(after)) * 0.8:
        return None
    return [Words("".join(mine[a:b]), "".join(theirs[c:d])) for _, a, b, c, d in matcher.get_opcodes()]


def _same(before: Sequence[str], after: Sequence[str]) -> Block:
    return Block(tuple(before), tuple(after), is_same=True)


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many lines both begin with."""
    count = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        count += 1
    return count


def _compared(
    mine: Sequence[str], theirs: Sequence[str], before: Sequence[str], after: Sequence[str]
) -> Iterator[Block]:
    if not _is_affordable(mine, theirs):
        yield _counted(mine, theirs, before, after)
        return
    for kind, a, b, c, d in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        yield Block(tuple(before[a:b]), tuple(after[c:d]), is_same=kind == "equal")


def _is_affordable(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Return whether difflib ends soon: it looks at each pair of equal lines, at worst once for each match."""
    counts = Counter(theirs)
    pairs = sum(counts[one] for one in mine)
    return (pairs + len(mine)) * (1 + min(len(mine), len(theirs))) <= _MOST_STEPS


def _counted(mine: Sequence[str], theirs: Sequence[str], before: Sequence[str], after: Sequence[str]) -> Block:
    """Return as one block the lines of which there are fewer now, and those of which there are more."""
    return Block(_surplus(mine, theirs, before), _surplus(theirs, mine, after))


def _surplus(keys: Sequence[str], others: Sequence[str], lines: Sequence[str]) -> tuple[str, ...]:
    left = Counter(others)
    found = []
    for key, line in zip(keys, lines, strict=True):
        if left[key]:
            left[key] -= 1
        else:
            found.append(line)
    return tuple(found)
