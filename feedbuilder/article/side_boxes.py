"""Boxes in a text's column that are none of it: facts under a heading of their own, teasers, polls, players, forms.

A box stands in an element that holds nothing of the column. Owns the kinds of boxes, and how much of a text each kind
may take; what would take more is the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from selectolax.lexbor import LexborNode

from feedbuilder.article.article_place import names_of
from feedbuilder.article.block_runs import is_quoted
from feedbuilder.article.page_blocks import Block
from feedbuilder.article.text_column import TextColumn, is_named_box, is_whole, kind_of
from feedbuilder.content.clutter_phrases import announces_others
from feedbuilder.content.surrounding_names import is_named, plain_names

_FEWEST = 3
"""Sentences of the column without which nothing is beside it."""
_LARGEST_CARD = 700
"""Letters of a card, a form, a player; more is text."""
_MANY_THINGS = 4
_LONGEST_HEADING = 120
_LONGEST_CAPTION = 400
_FEWEST_PICTURES = 3
_BOLD = frozenset(("b", "strong"))


@dataclass(frozen=True)
class _Box:
    """An element beside the column, and the blocks in it."""

    node: LexborNode
    blocks: list[Block]
    teases: bool
    """Whether a line of it only links to another story."""
    is_below: bool
    """Whether the column begins above it."""
    is_between: bool
    """Whether the column goes on below it, too."""

    @property
    def size(self) -> int:
        return sum(len(block.letters) for block in self.blocks)

    @cached_property
    def lines(self) -> list[Block]:
        return [block for block in self.blocks if not block.is_media]

    @property
    def is_headed(self) -> bool:
        return bool(self.lines) and (self.lines[0].is_heading or is_bold_line(self.lines[0]))

    @property
    def is_titled(self) -> bool:
        """Return whether it begins with a heading of its own, and sentences follow."""
        return self.is_headed and any(block.is_sentence and not is_quoted(block) for block in self.lines[1:])

    @property
    def is_small(self) -> bool:
        """Return whether it is small, and neither a lead nor a list of things.

        Leads have no heading and stand above the column. A recipe lists things, and has a button to print it.
        """
        things = sum(block.tag == "li" and not block.is_sentence for block in self.lines)
        if (not self.is_below and not self.is_headed) or things >= _MANY_THINGS:
            return False
        return self.size <= _LARGEST_CARD and self.node.css_first("table, pre, blockquote") is None

    @property
    def is_control(self) -> bool:
        """Return whether something is to be pressed or filled in: consent to an embed, a poll, a newsletter."""
        return self.node.css_first("button, input, select, textarea") is not None

    @property
    def is_player(self) -> bool:
        """Return whether it is called a player or a gallery: its lines are titles and captions."""
        return is_named("player", plain_names(names_of(self.node)))

    @property
    def is_gallery(self) -> bool:
        """Return whether pictures are shown in it one by one, each with its caption: as many as lines, nearly."""
        pictures = sum(block.has_picture for block in self.blocks)
        return (
            self.is_player
            and pictures >= _FEWEST_PICTURES
            and 2 * pictures >= len(self.lines)
            and all(len(block.words) <= _LONGEST_CAPTION for block in self.lines)
        )


_KINDS: tuple[tuple[Callable[[_Box], bool], float], ...] = (
    (lambda box: is_named_box(box.node), 0.6),  # whole speeches are printed in one; whole articles in another
    (lambda box: bool(box.lines) and announces_others(box.lines[0].words), 0.4),
    (lambda box: box.is_small and box.teases, 0.25),
    (lambda box: box.is_small and box.is_control, 0.25),
    (lambda box: box.is_small and box.is_player, 0.25),
    (lambda box: box.is_gallery, 0.4),
)
"""The kinds of boxes, and the share of the text that all boxes of a kind may hold."""
_MOST_UNNAMED = 0.25
"""The same of boxes that only a heading of their own gives away; more is a text in sections."""


def without_side_boxes(column: TextColumn, is_other_story: Callable[[Block], bool]) -> list[Block]:
    """Return the blocks of `column` without those in boxes; `is_other_story` tells lines that only link to one."""
    blocks = list(column.blocks)
    if len(column.sentences) < _FEWEST:
        return blocks
    whole = sum(len(block.letters) for block in blocks)
    boxes = list(_boxes(column, is_other_story))
    unlike = {
        kind_of(box.node)
        for box in boxes
        if box.is_titled and box.is_between and kind_of(box.lines[0].node) not in column.heading_kinds
    }
    kinds = [*_KINDS, (lambda box: box.is_titled and kind_of(box.node) in unlike, _MOST_UNNAMED)]
    gone: set[int] = set()
    for belongs, most in kinds:
        found = [box for box in boxes if belongs(box)]
        if sum(box.size for box in found) <= most * whole:
            gone.update(block.place for box in found for block in (box.lines if box.is_player else box.blocks))
    return [block for block in blocks if block.place not in gone]


def _boxes(column: TextColumn, is_other_story: Callable[[Block], bool]) -> Iterator[_Box]:
    found: dict[int, list[Block]] = {}
    outer: dict[int, LexborNode] = {}
    for block in column.blocks:
        box = column.box_of(block)
        if box is not None and not is_whole(box):
            found.setdefault(box.mem_id, []).append(block)
            outer[box.mem_id] = box
    first, last = column.sentences[0].place, column.sentences[-1].place
    for key, blocks in found.items():
        below = blocks[0].place > first
        teases = any(is_other_story(block) for block in blocks)
        yield _Box(outer[key], blocks, teases, below, below and blocks[-1].place < last)


def is_bold_line(block: Block) -> bool:
    """Return whether `block` is a short line and all of it is bold: a heading that is none by its element."""
    return len(block.words) <= _LONGEST_HEADING and block.share_within(_BOLD) == 1
