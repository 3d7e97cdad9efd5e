"""The column in which an article's paragraphs stand: a site puts them into elements that are built alike.

Owns how the column is told by its build, and with that what stands beside it. What is called a box is none of it,
though it may hold more than the text does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from selectolax.lexbor import LexborNode

from feedbuilder.article.article_place import names_of, upwards
from feedbuilder.article.block_runs import outermost_beside
from feedbuilder.article.page_blocks import Block
from feedbuilder.content.surrounding_names import is_named, plain_names

_COLUMN = 0.2
"""The share of the sentences that stand in elements of one build, if that is a part of the column."""
_WHOLE_TAGS = frozenset(("blockquote", "table", "ul", "ol", "dl", "figure", "pre"))


class TextColumn:
    """The column of the text that `blocks` are, within the element `holder`."""

    def __init__(self, blocks: Sequence[Block], holder: LexborNode | None) -> None:
        self.blocks = blocks
        self._holder = holder
        sizes: Counter[tuple[str, ...]] = Counter()
        sentences = [block for block in blocks if block.is_sentence]
        for block in [block for block in sentences if not self._is_in_named_box(block)] or sentences:
            sizes[self._build(block)] += len(block.letters)
        least = min(_COLUMN * sum(sizes.values()), max(sizes.values(), default=0))
        self._builds = {build for build, size in sizes.items() if size >= least}
        self.sentences = [block for block in sentences if self.holds(block)]
        self._around = {up.mem_id for block in self.sentences for up in upwards(block.node.parent)}

    def holds(self, block: Block) -> bool:
        """Return whether `block` stands where most sentences of the text do."""
        return self._build(block) in self._builds

    def box_of(self, block: Block) -> LexborNode | None:
        """Return the largest element around `block` that holds nothing of the column."""
        return outermost_beside(block, self._around)

    @cached_property
    def heading_kinds(self) -> set[str]:
        """How the headings in the column are built."""
        return {kind_of(block.node) for block in self.blocks if block.is_heading and self.box_of(block) is None}

    def _is_in_named_box(self, block: Block) -> bool:
        for up in upwards(block.node.parent):
            if self._holder is not None and up.mem_id == self._holder.mem_id:
                return False
            if is_named_box(up):
                return True
        return False

    def _build(self, block: Block) -> tuple[str, ...]:
        """Return how the elements around `block` are built, up to the one that holds the article."""
        kinds: list[str] = []
        for up in upwards(block.node.parent):
            if self._holder is not None and up.mem_id == self._holder.mem_id:
                break
            kinds.append(kind_of(up))
        return tuple(kinds)


def kind_of(node: LexborNode) -> str:
    """Return how `node` is built: its element and its classes."""
    return f"{node.tag} {node.attributes.get('class') or ''}" if node.tag != "-text" else "-text"


def is_whole(node: LexborNode) -> bool:
    """Return whether `node` interrupts a column and is a part of its text: a list, a table, a quotation, a picture."""
    return node.tag in _WHOLE_TAGS


def is_named_box(node: LexborNode) -> bool:
    """Return whether the site calls `node` a box."""
    return not is_whole(node) and is_named("box", plain_names(names_of(node)))
