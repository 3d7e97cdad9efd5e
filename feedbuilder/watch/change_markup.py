"""Blocks of two editions -> the change as HTML and as text, with a line or two around it. Bounded in size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import zip_longest

from feedbuilder.watch.line_changes import Block, word_changes

_AROUND = 2
"""Lines that stayed which are shown before and after a change."""
MOST_SHOWN = 200
"""Changed lines that are shown; of more the number is told."""
_LONGEST = 60_000
"""Characters of the HTML, roughly."""


def markup_of(blocks: Sequence[Block]) -> str:
    """Return the change as HTML: what went in `<del>`, what came in `<ins>`, paragraph by paragraph."""
    parts: list[str] = []
    shown = size = 0
    changed = sum(len(block.before) + len(block.after) for block in blocks if not block.is_same)
    for place, block in enumerate(blocks):
        if block.is_same:
            parts += _around(block.after, is_first=place == 0, is_last=place == len(blocks) - 1)
            continue
        for line, count in _changed(block):
            if shown + count > MOST_SHOWN or size > _LONGEST:
                return "".join([*parts, f"<p>… {changed - shown} more changed lines</p>"])
            parts.append(line)
            shown, size = shown + count, size + len(line)
    return "".join(parts)


def text_of_change(blocks: Sequence[Block], longest: int) -> str:
    """Return the changed lines as text, "−" before what went and "+" before what came, at most `longest` characters."""
    lines: list[str] = []
    size = 0
    for block in blocks:
        if block.is_same:
            continue
        for line in (*(f"− {one}" for one in block.before), *(f"+ {one}" for one in block.after)):
            if size + len(line) > longest and lines:
                return " ".join([*lines, "…"])
            lines.append(line)
            size += len(line) + 1
    return " ".join(lines)


def _around(lines: Sequence[str], *, is_first: bool, is_last: bool) -> Iterator[str]:
    """Yield the lines next to what changed; dots in the place of others."""
    head = () if is_first else lines[:_AROUND]
    tail = () if is_last else lines[max(len(head), len(lines) - _AROUND) :]
    yield from (f"<p>{escape(line)}</p>" for line in head)
    if len(head) + len(tail) < len(lines):
        yield "<p>…</p>"
    yield from (f"<p>{escape(line)}</p>" for line in tail)


def _changed(block: Block) -> Iterator[tuple[str, int]]:
    """Yield the lines of a changed block, each with how many lines it shows; one that was reworded is two in one."""
    pairs = len(block.before) == len(block.after)
    for before, after in zip_longest(block.before, block.after) if pairs else ():
        words = word_changes(before, after)
        if words is None:
            yield f"<p><del>{escape(before)}</del></p><p><ins>{escape(after)}</ins></p>", 2
            continue
        line = "".join(
            escape(one.after)
            if one.before == one.after
            else (f"<del>{escape(one.before)}</del>" if one.before else "")
            + (f"<ins>{escape(one.after)}</ins>" if one.after else "")
            for one in words
        )
        yield f"<p>{line}</p>", 2
    if not pairs:
        yield from ((f"<p><del>{escape(line)}</del></p>", 1) for line in block.before)
        yield from ((f"<p><ins>{escape(line)}</ins></p>", 1) for line in block.after)
