"""Lines that are captions: put to their pictures where these stand before them, left out where no picture does.

Owns how a caption is recognised that is no `<figcaption>`: by its names, by a credit, by an element that it shares with
a picture alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from feedbuilder.article.article_place import names_of, upwards
from feedbuilder.article.evidence import Evidence
from feedbuilder.article.page_blocks import Block
from feedbuilder.article.small_print import ends_with_credit, is_credit, shows_media
from feedbuilder.article.text_column import kind_of
from feedbuilder.content.surrounding_names import is_named, plain_names

_LONGEST = 400
"""Characters of a caption."""
_LONGEST_UNNAMED = 300
"""Characters of a caption that only its place, or the credit under it, gives away."""
_SHORTEST = 20
"""Characters from which a picture has a caption of its own already."""
_MOST = 0.4
"""The share of the text that stands alone with pictures where those lines are no captions but the text."""
_PICTURES = "img, picture, video, amp-img"


def with_captions(page: Evidence, blocks: Sequence[Block]) -> list[Block]:
    """Return `blocks` with captions that stand as lines put to their pictures; without a picture they go."""
    alone = _alone_with_pictures(page, blocks)
    kept: list[Block] = []
    for index, block in enumerate(blocks):
        following = blocks[index + 1].words if index + 1 < len(blocks) else ""
        if not (block.place in alone or _captions(page, block, kept, following)):
            kept.append(block)
        elif kept and kept[-1].is_media and len(kept[-1].words) < _SHORTEST:
            kept[-1] = replace(
                kept[-1],
                words=f"{kept[-1].words} {block.words}".strip(),
                caption=f"{kept[-1].caption} {block.words}".strip(),
            )
    return kept


def _captions(page: Evidence, block: Block, before: Sequence[Block], following: str) -> bool:
    """Return whether `block` is a caption; `before` are the blocks before it."""
    if block.is_media or block.is_heading:
        return False
    if _is_caption(page, block) or is_credit(block.words) or shows_media(block.words):
        return True
    under = bool(before) and before[-1].is_media
    return (
        under
        and len(block.words) <= _LONGEST
        and (ends_with_credit(block.words) or (is_credit(following) and len(block.words) <= _LONGEST_UNNAMED))
    )


def _is_caption(page: Evidence, block: Block) -> bool:
    """Return whether `block` is called a caption: one that lost its picture, or stands outside of its figure."""
    if block.tag == "figcaption":
        return True
    around = [block.node if block.node.tag != "-text" else block.node.parent, block.node.parent]
    return len(block.words) <= _LONGEST and any(
        up is not None and not page.surroundings.holds(up) and is_named("caption", plain_names(names_of(up)))
        for up in around
    )


def _alone_with_pictures(page: Evidence, blocks: Sequence[Block]) -> set[int]:
    """Return the places of lines that share an element with a picture and with nothing else.

    A line that is built as most of the text is, is text: some sites put each paragraph beside its picture. Who wrote an
    article stands below it, with a picture too.
    """
    sentences = [block for block in blocks if block.is_sentence]
    usual, usual_place = _most(sentences, _build), _most(sentences, _place)
    last = max((block.place for block in sentences if _place(block) == usual_place), default=0)
    found = [
        block
        for block in blocks
        if not block.is_media
        and not block.is_heading
        and len(block.words) <= _LONGEST_UNNAMED
        and (_build(block) != usual or (_place(block) != usual_place and block.place < last))
        and _stands_with_picture(page, block)
    ]
    whole = sum(len(block.letters) for block in blocks)
    return {b.place for b in found} if sum(len(b.letters) for b in found) <= _MOST * whole else set()


def _most(blocks: Sequence[Block], trait: Callable[[Block], str]) -> str:
    """Return the `trait` that most of the text of `blocks` has."""
    sizes: Counter[str] = Counter()
    for block in blocks:
        sizes[trait(block)] += len(block.letters)
    return sizes.most_common(1)[0][0] if sizes else ""


def _stands_with_picture(page: Evidence, block: Block) -> bool:
    if len(block.nodes) > 1 or block.node.tag == "-text":
        return False
    size = page.size(block.node)
    for up in upwards(block.node.parent):
        if page.size(up) != size or page.surroundings.holds(up):
            return False
        if up.css_first(_PICTURES) is not None:
            return True
    return False


def _build(block: Block) -> str:
    """Return how the element of `block` is built."""
    node = block.node if block.node.tag != "-text" else block.node.parent
    return kind_of(node) if node is not None else ""


def _place(block: Block) -> str:
    """Return how the element of `block` and the one around it are built."""
    outer = block.node.parent if block.node.tag != "-text" or block.node.parent is None else block.node.parent.parent
    return f"{_build(block)} in {kind_of(outer) if outer is not None else ''}"
