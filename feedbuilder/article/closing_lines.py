"""The lines at the end of a text that are none of it: who else worked on it, where it came from, what readers may do.

They come last, and look unlike the text: emphasised as a whole, outside of its column, a heading over nothing. Owns
how they are recognised. A text keeps a sentence at least, and most of its letters.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from itertools import takewhile

from feedbuilder.article.article_place import names_of
from feedbuilder.article.block_runs import is_quoted
from feedbuilder.article.page_blocks import Block
from feedbuilder.article.side_boxes import is_bold_line
from feedbuilder.article.small_print import is_source_line, spells_address
from feedbuilder.article.text_column import TextColumn, kind_of
from feedbuilder.content.surrounding_names import is_named, plain_names
from feedbuilder.parse.plain_text import letters

_MOST = 0.25
"""The share of the text that may go."""
_MOST_EMPHASISED = 0.3
"""The share of the text that is emphasised where emphasis says nothing: whole articles are set in italics."""
_LONGEST_NOTE = 500
_LONGEST_ASIDE = 400
_LONGEST_CALLED = 200
_SHORTEST_NAME = 6
_EMPHASIS = frozenset(("em", "i", "small"))
_BOLD = frozenset(("b", "strong"))
_ENDS, _CLOSING = ".!?…。！？।؟", "»”\"' "
"""What ends a sentence, and what may stand behind it."""
_SPEECH = "\"'“”„«»‘’‹›「『–—-"
"""What a quotation begins with; emphasised ones are a part of the text."""


def without_closing_lines(
    blocks: Sequence[Block], column: TextColumn, writers: Collection[str], is_small_print: Callable[[Block], bool]
) -> list[Block]:
    """Return `blocks` without the lines that close a text; `writers` are the letters of its authors' names."""
    whole = sum(len(block.letters) for block in blocks if not block.is_media)
    emphasised = sum(len(block.letters) for block in blocks if block.share_within(_EMPHASIS) == 1)
    tests: list[Callable[[Block], bool]] = [
        _heads_nothing,
        is_small_print,
        lambda block: _introduces(block, writers),
        _asks_in_bold,
        lambda block: spells_address(block.words),
        lambda block: _is_outside(block, column, writers),
        _is_called_clutter,
    ]
    if emphasised <= _MOST_EMPHASISED * whole:
        tests.append(_is_note)
    lines = [block for block in blocks if not block.is_media]
    gone_places: set[int] = set()
    while last := _closing(lines, tests):
        gone_places |= last
        del lines[-len(last) :]
    kept = [block for block in blocks if block.place not in gone_places]
    kept = _without_their_pictures(kept, blocks, column)
    gone = whole - sum(len(block.letters) for block in kept if not block.is_media)
    return kept if gone <= _MOST * whole and any(block.is_sentence for block in kept) else list(blocks)


def _without_their_pictures(kept: list[Block], blocks: Sequence[Block], column: TextColumn) -> list[Block]:
    """Return `kept` without pictures that shared a box with a line that went: of the author, of an offer."""
    places = {block.place for block in kept}
    boxes = {box.mem_id for block in blocks if block.place not in places and (box := column.box_of(block)) is not None}
    return [
        block
        for block in kept
        if not block.is_media or (box := column.box_of(block)) is None or box.mem_id not in boxes
    ]


def _closing(lines: Sequence[Block], tests: Sequence[Callable[[Block], bool]]) -> set[int]:
    """Return the place of the last of `lines` if it is none of the text; a list of sources goes as a whole."""
    if not lines:
        return set()
    if any(test(lines[-1]) for test in tests):
        return {lines[-1].place}
    items = list(takewhile(lambda block: block.tag == "li", reversed(lines)))
    before = lines[-len(items) - 1 : -len(items)] if items else []
    if before and before[0].words.endswith((":", "：")) and is_source_line(before[0].words):
        return {block.place for block in (*items, *before)}
    return set()


def _heads_nothing(block: Block) -> bool:
    """Return whether `block` is a heading; as the last line it stands over nothing."""
    return block.is_heading or (is_bold_line(block) and block.words.rstrip(_CLOSING)[-1:] not in _ENDS)


def _is_note(block: Block) -> bool:
    """Return whether `block` is emphasised from its first to its last word, and no quotation."""
    return (
        len(block.words) <= _LONGEST_NOTE
        and block.words[:1] not in _SPEECH
        and block.share_within(_EMPHASIS) == 1
        and not is_quoted(block)
    )


def _asks_in_bold(block: Block) -> bool:
    """Return whether `block` is bold as a whole and holds a link: "For more, see our news page"."""
    return (
        len(block.words) <= _LONGEST_NOTE
        and block.share_within(_BOLD) == 1
        and bool(block.links())
        and not is_quoted(block)
    )


def _introduces(block: Block, writers: Collection[str]) -> bool:
    """Return whether `block` begins with an author's name, as a line about the author does."""
    return len(block.words) <= _LONGEST_NOTE and any(
        len(name) >= _SHORTEST_NAME and block.letters.startswith(name) for name in writers
    )


def _is_called_clutter(block: Block) -> bool:
    """Return whether the site calls `block` itself a bar or a list of others: "feedback", "newsletter", "read-more"."""
    names = plain_names(names_of(block.node)) if block.node.tag != "-text" else ""
    return (
        len(block.words) <= _LONGEST_CALLED
        and not is_quoted(block)
        and any(is_named(table, names) for table in ("bar", "others"))
    )


def _is_outside(block: Block, column: TextColumn, writers: Collection[str]) -> bool:
    """Return whether `block` is a short line in an element of its own, which is built unlike those of the text.

    Code is built so wherever it stands. An element with a heading of its own is the last section of a text, unless its
    heading names a writer, or is none of those that the text has elsewhere.
    """
    box = column.box_of(block)
    heading = box.css_first("h2, h3, h4, h5, h6") if box is not None else None
    return (
        len(block.words) <= _LONGEST_ASIDE
        and block.tag != "pre"
        and (block.tag in ("dt", "dd") or not is_quoted(block))
        and not column.holds(block)
        and box is not None
        and (
            heading is None
            or letters(heading.text()) in writers
            or (bool(column.heading_kinds) and kind_of(heading) not in column.heading_kinds)
        )
    )
