"""Sequences of blocks: what stands around them, which of them are doubles or boxes, and their HTML in one piece."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from selectolax.lexbor import LexborNode

from feedbuilder.article.article_place import upwards
from feedbuilder.article.page_blocks import SENTENCE, Block

_KEPT_AROUND = frozenset(
    ("ul", "ol", "blockquote", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "dl", "li", "dt", "dd")
)
"""Elements that stay around their blocks, because blocks mean something else without them."""
_NEARLY_ALL = 0.85
"""The share of the known text that the element around the article holds."""
_SURE = 20
"""Letters from which a block that occurs in a known text is a part of it; a shorter one must be a line of it."""


def smallest_around(found: Sequence[Block]) -> LexborNode | None:
    """Return the smallest element that holds nearly all of `found`."""
    total = sum(len(block.letters) for block in found)
    held: dict[int, int] = {}
    for block in found:
        for up in upwards(block.node.parent):
            held[up.mem_id] = held.get(up.mem_id, 0) + len(block.letters)
    largest = max(found, key=lambda block: len(block.letters))
    return next((up for up in upwards(largest.node.parent) if held.get(up.mem_id, 0) >= _NEARLY_ALL * total), None)


def without_boxes(blocks: list[Block], known: Collection[int], witnesses: Sequence[Block]) -> list[Block]:
    """Return `blocks` without boxes: several short lines in an element of their own, none of them known to be text.

    A single line, list or picture may stand anywhere, and sentences too.
    """
    around = {up.mem_id for block in witnesses for up in upwards(block.node.parent)}
    boxes: dict[int, list[Block]] = {}
    for block in blocks:
        if block.place not in known and (box := outermost_beside(block, around)) is not None:
            boxes.setdefault(box.mem_id, []).append(block)
    gone: set[int] = set()
    for members in boxes.values():
        lines = [block for block in members if not block.is_media]
        whole = sum(len(block.letters) for block in lines)
        sentences = sum(
            len(b.letters) for b in lines if len(b.letters) >= 2 * SENTENCE and b.linked * 4 < len(b.letters)
        )
        if (
            len(
                {b.node.parent.mem_id for b in lines if b.tag == "li" and b.node.parent}
                | {b.place for b in lines if b.tag != "li"}
            )
            > 1
            and sentences * 2 < whole
        ):
            gone.update(block.place for block in members)
    return [block for block in blocks if block.place not in gone]


def outermost_beside(block: Block, around: Collection[int]) -> LexborNode | None:
    """Return the largest element around `block` that is not one of `around`, None where the block stands there."""
    box = None
    for up in upwards(block.node.parent):
        if up.mem_id in around:
            break
        box = up
    return box


def is_quoted(block: Block) -> bool:
    """Return whether `block` stands in a list, a table or a quotation."""
    return any(up.tag in _KEPT_AROUND for up in upwards(block.node.parent))


def stands_within(block: Block, holder: LexborNode | None) -> bool:
    """Return whether `block` stands in `holder`, which may be the whole page (None)."""
    return holder is None or any(up.mem_id == holder.mem_id for up in upwards(block.node.parent))


def is_part_of(node: LexborNode, outer: LexborNode) -> bool:
    """Return whether `node` is `outer` or stands in it."""
    return any(up.mem_id == outer.mem_id for up in upwards(node))


def each_once(blocks: Iterable[Block]) -> list[Block]:
    """Return `blocks` without lines that came before: written again for phones, or quoted from the text itself."""
    seen: dict[str, Block] = {}
    kept: list[Block] = []
    for block in blocks:
        key = f"picture {block.letters}" if block.is_media else block.letters
        if len(block.letters) >= _SURE and (earlier := seen.get(key)) is not None:
            if not block.is_heading or earlier.is_heading:
                continue
            kept.remove(earlier)  # a list of contents
        seen[key] = block
        kept.append(block)
    return kept


def assembled(blocks: Sequence[Block]) -> str:
    """Return the HTML of `blocks` in order, with the lists, tables and quotations around them."""
    parts: list[str] = []
    open_path: list[LexborNode] = []
    for block in blocks:
        path = [up for up in upwards(block.node.parent) if up.tag in _KEPT_AROUND][::-1]
        if block.is_media and path and path[-1].tag in ("ul", "ol", "tr", "table", "tbody"):
            path = []
        shared = 0
        while shared < min(len(path), len(open_path)) and path[shared].mem_id == open_path[shared].mem_id:
            shared += 1
        parts += [f"</{node.tag}>" for node in reversed(open_path[shared:])]
        parts += [f"<{node.tag}>" for node in path[shared:]]
        parts.append(block.html())
        open_path = path
    parts += [f"</{node.tag}>" for node in reversed(open_path)]
    return "".join(parts)
