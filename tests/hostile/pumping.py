"""Inputs that make a regular expression work hard, derived from the expression itself.

Python's engine backtracks: two repeats that can take the same text, or a search that starts anew at each place and runs
to the end each time, cost the square of the text's length or worse. For every repeat without a small bound this makes
texts that repeat what the repeat takes, behind what must stand before it and before something that lets the match fail.
"""

from __future__ import annotations

import importlib
import re
import time
from collections import deque
from collections.abc import Iterator
from typing import Any, NamedTuple

codes, parser = (importlib.import_module(f"re.{name}") for name in ("_constants", "_parser"))
# No public interface of `re` tells how a pattern is built.

Nodes = list[tuple[Any, Any]]

_ENDS = ("", "\0", "!", "<", '"', "\n")
"""What may let a match fail at its end."""
_KINDS = ("a", " ", "7", "<", "-", ".", "&", "?", ",", "(", "\\", "_", "é", "年")
"""One of each kind of character that sets tell apart."""
SMALL_BOUND = 1_000
"""A repeat with a bound up to this is a constant factor."""
TINY = 18
MUCH = 0.015
"""Seconds of processor time that no linear work needs for the shorter text."""
SIZES = (500, 4_000)
"""Characters of the shorter and the longer text, eight times apart."""
MOST_GROWTH = 24.0
"""Linear work grows by 8, quadratic by 64."""
UNFELT = 0.004
"""Seconds of processor time for the longer text below which growth is noise of the clock."""
_CLASSES = {
    codes.CATEGORY_DIGIT: r"\d",
    codes.CATEGORY_SPACE: r"\s",
    codes.CATEGORY_WORD: r"\w",
    codes.CATEGORY_NOT_DIGIT: r"\D",
    codes.CATEGORY_NOT_SPACE: r"\S",
    codes.CATEGORY_NOT_WORD: r"\W",
}


AnyPattern = re.Pattern[str] | re.Pattern[bytes]


class Pumped(NamedTuple):
    """A text of any length: `before`, then `repeated` over and over, then `after`."""

    before: str
    repeated: str
    after: str

    def of(self, size: int) -> str:
        """Return the text with about `size` characters."""
        return self.before + self.repeated * (size // len(self.repeated) + 1) + self.after


def pumped(pattern: AnyPattern) -> Iterator[Pumped]:
    """Yield texts for each repeat of `pattern` without a small bound, each once."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    tree = list(parser.parse(source, pattern.flags & (re.IGNORECASE | re.DOTALL | re.VERBOSE | re.MULTILINE)))
    return iter(dict.fromkeys(_pumped(tree)))


def _pumped(tree: Nodes) -> Iterator[Pumped]:
    for before, body in _repeats(tree, ""):
        samples = [sample for sample in dict.fromkeys(_samples(body)) if sample]
        for repeated in samples:
            for after in _ENDS:
                yield Pumped(before, repeated, after)
                yield Pumped("", repeated, after)
        # The whole beginning again and again: a search that starts at each of them, and runs to the end.
        yield from (Pumped("", before + repeated, "\0") for repeated in samples[:1] if before)


def _repeats(nodes: Nodes, before: str) -> Iterator[tuple[str, Nodes]]:
    """Yield each repeat without a small bound: what it repeats, and a text that what stands before it matches."""
    for op, value in nodes:
        if op in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            low, high, body = value
            if high is codes.MAXREPEAT or high > SMALL_BOUND:
                yield before, list(body)
            yield from _repeats(list(body), before)
            before += _sample(list(body)) * max(1 if low else 0, min(low, 3))
        elif op is codes.SUBPATTERN:
            yield from _repeats(list(value[3]), before)
            before += _sample(list(value[3]))
        elif op is codes.ATOMIC_GROUP:
            yield from _repeats(list(value), before)
            before += _sample(list(value))
        elif op is codes.BRANCH:
            for branch in value[1]:
                yield from _repeats(list(branch), before)
            before += _sample(list(value[1][0]))
        elif op in (codes.ASSERT, codes.ASSERT_NOT):
            yield from _repeats(list(value[1]), before)
        else:
            before += _sample([(op, value)])


def _samples(nodes: Nodes) -> Iterator[str]:
    """Yield texts that `nodes` match: one for each alternative and for the kinds of characters of a set."""
    yield _sample(nodes)
    for op, value in nodes:
        if op is codes.BRANCH:
            for branch in list(value[1])[:12]:
                yield _sample(list(branch))
        elif op is codes.SUBPATTERN:
            yield from _samples(list(value[3]))
        elif op is codes.IN:
            for kind in _KINDS:
                if _takes(value, kind):
                    yield kind


def _sample(nodes: Nodes) -> str:
    text = ""
    for op, value in nodes:
        if op is codes.LITERAL:
            text += chr(value)
        elif op is codes.NOT_LITERAL:
            text += "a" if value != ord("a") else "b"
        elif op is codes.ANY:
            text += "a"
        elif op is codes.IN:
            text += next(
                (one for one in ("a", " ", "7", "<", "-", ".", "&", "?", "é", "年", "\u0660") if _takes(value, one)), ""
            )
        elif op in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            text += _sample(list(value[2])) * max(1 if value[0] else 0, min(value[0], 3))
        elif op is codes.SUBPATTERN:
            text += _sample(list(value[3]))
        elif op is codes.ATOMIC_GROUP:
            text += _sample(list(value))
        elif op is codes.BRANCH:
            text += _sample(list(value[1][0]))
    return text


def _takes(members: Nodes, character: str) -> bool:
    point, negated, hit = ord(character), False, False
    for op, value in members:
        if op is codes.NEGATE:
            negated = True
        elif op is codes.LITERAL:
            hit |= value == point
        elif op is codes.RANGE:
            hit |= value[0] <= point <= value[1]
        elif op is codes.CATEGORY:
            hit |= re.fullmatch(_CLASSES[value], character) is not None
    return hit != negated


def growth(pattern: AnyPattern, way: str, text: Pumped) -> float:
    """Return by what factor the processor time of `way` ("finditer", "match") grows with eight times the text.

    1 where even the longer text takes no time that can be felt, so that a quick pattern costs one try.
    """
    # Exponential and cubic work shows in short texts; in longer ones it would not end.
    if _cost(pattern, way, text.of(TINY)) > UNFELT or _cost(pattern, way, text.of(SIZES[0])) > MUCH:
        return float("inf")
    short, long = (text.of(size) for size in SIZES)
    if (felt := _cost(pattern, way, long)) < UNFELT:
        return 1.0
    quick, slow = (min(_cost(pattern, way, one) for _ in range(2)) for one in (short, long)) if felt < 1 else (1, 1e9)
    return slow / max(quick, UNFELT / 64)


def _cost(pattern: AnyPattern, way: str, text: str) -> float:
    subject = text if isinstance(pattern.pattern, str) else text.encode("latin-1", "replace")
    run: Any = getattr(pattern, way)
    began = time.process_time()
    found = run(subject)
    if way == "finditer":
        deque(found, maxlen=0)
    return time.process_time() - began
