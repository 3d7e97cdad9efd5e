"""The lead of an article: what stands between its heading and its text, and says in a sentence or two what it is about.

Owns how leads are recognised: by their names, by what the page describes itself with, by their place.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from feedbuilder.article.article_place import names_of, upwards
from feedbuilder.article.evidence import Evidence
from feedbuilder.article.page_blocks import Block
from feedbuilder.content.surrounding_names import is_named, plain_names
from feedbuilder.parse.plain_text import letters

_SHORTEST = 20
"""Letters of a lead; with CJK signs half as many."""
_LONGEST = 1_200
_ALIKE = 40
"""Letters that a lead shares with the page's description, if the rest was cut or goes on."""
_BESIDE_TITLE = 30
"""Letters that a heading holds beside the title: what stands over it, in the same element."""
_AROUND = 3
"""Elements around a lead whose names speak for it."""


def lead_blocks(page: Evidence, before: Sequence[Block], titles: Collection[str]) -> list[Block]:
    """Return those of `before` that are the article's lead, in page order.

    `before` are the blocks from the heading to the text that are neither small print nor another article's; `titles`
    are the letters of the page's titles, which are no leads.
    """
    described = _descriptions(page)
    return [
        block
        for block in before
        if _is_candidate(block, titles) and (_is_described(block, described) or _is_lead(page, block))
    ]


def _is_candidate(block: Block, titles: Collection[str]) -> bool:
    if block.is_media or block.tag in ("figcaption", "pre", "td", "th", "dt", "dd"):
        return False
    size = len(block.letters)
    shortest = (
        _SHORTEST if block.letters.isascii() or block.letters.lower() != block.letters.upper() else _SHORTEST // 2
    )
    return shortest <= size <= _LONGEST and block.linked * 2 < size and not _is_title(block, titles)


def _is_title(block: Block, titles: Collection[str]) -> bool:
    """Return whether `block` is a title of the page, or a heading of one with a few words around it."""
    if block.letters in titles:
        return True
    return block.is_heading and any(
        len(title) >= _SHORTEST and title in block.letters and len(block.letters) - len(title) <= _BESIDE_TITLE
        for title in titles
    )


def _is_described(block: Block, described: Collection[str]) -> bool:
    """Return whether the page describes itself with this text, or with its beginning."""
    return any(
        block.letters == text
        or (
            len(text) >= _ALIKE
            and (block.letters.startswith(text[:_ALIKE]) or (len(block.letters) >= _ALIKE and block.letters in text))
        )
        for text in described
    )


def _is_lead(page: Evidence, block: Block) -> bool:
    """Return whether `block` is called a lead, or is a whole sentence in a paragraph of its own."""
    outer = block.node if block.node.tag != "-text" else block.node.parent
    for number, up in enumerate(upwards(outer)):
        if number >= _AROUND or page.surroundings.holds(up):
            break
        names = plain_names(names_of(up))
        if is_named("lead", names):
            return True
        if is_named("small print", names) or is_named("caption", names):
            return False
    if block.tag == "h2" and len(block.letters) >= 2 * _SHORTEST:
        return True
    return (
        block.tag in ("p", "div")
        and len(block.letters) >= 2 * _SHORTEST
        and block.words.rstrip("»”\"' ")[-1:] in ".!?…。！？।؟"
    )


def _descriptions(page: Evidence) -> set[str]:
    claims = (
        *page.meta("og:description", "description", "twitter:description", "dc.description"),
        *page.data_claims("description", "abstract", "alternativeHeadline"),
    )
    return {key for claim in claims if len(key := letters(claim.value)) >= _SHORTEST}
