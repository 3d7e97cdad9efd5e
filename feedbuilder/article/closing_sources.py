"""The section that closes a text and holds nothing but links to other sites: its sources, people who helped.

What finds texts takes it for a menu. Who writes it puts heading and list where the paragraphs stand, without a class of
their own; what a template puts there has names or icons, or leads to the site's own pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from selectolax.lexbor import LexborNode

from feedbuilder.article.article_place import upwards
from feedbuilder.article.block_runs import stands_within
from feedbuilder.article.evidence import Evidence, host_at
from feedbuilder.article.page_blocks import Block
from feedbuilder.content.clutter_phrases import announces_others, invites
from feedbuilder.parse.boilerplate import is_boilerplate

_SHORTEST = 10
"""Letters of one of the links; lists of networks to follow somebody on have shorter ones alone."""
_LONGEST = 60
"""Lines of such a section."""


def closing_sources(page: Evidence, blocks: Sequence[Block], text: Sequence[Block]) -> list[Block]:
    """Return those of `blocks`, all of the page, that are such a section and close the element that holds `text`."""
    last = text[-1]
    around = {up.mem_id for up in upwards(text[0].node.parent)}
    column = next((up for up in upwards(last.node.parent) if up.mem_id in around), None)
    after = [block for block in blocks if last.place < block.place <= last.place + _LONGEST + 1]
    found = list(takewhile(lambda block: stands_within(block, column), after))
    if column is None or not 2 <= len(found) <= _LONGEST or not _heads(found[0], column):
        return []
    items = found[1:]
    holds = all(_is_source(page, block, column) for block in items)
    return found if holds and any(len(block.letters) >= _SHORTEST for block in items) else []


def _heads(block: Block, column: LexborNode) -> bool:
    words = block.words
    return (
        block.is_heading
        and _stands_in(block.node, column)
        and not block.node.attributes.get("class")
        and not (announces_others(words) or invites(words) or is_boilerplate(words))
    )


def _is_source(page: Evidence, block: Block, column: LexborNode) -> bool:
    """Return whether `block` is a point of a plain list in `column`, and links to another site."""
    outer = block.node.parent
    if block.tag != "li" or outer is None or not _stands_in(outer, column) or is_boilerplate(block.words):
        return False
    if any(node.attributes.get("class") for node in (block.node, outer)) or block.node.css_first("img, svg, i"):
        return False
    links = block.links()
    return bool(links) and all(_leads_out(page, link) for link in links)


def _stands_in(node: LexborNode, outer: LexborNode) -> bool:
    return node.parent is not None and node.parent.mem_id == outer.mem_id


def _leads_out(page: Evidence, link: LexborNode) -> bool:
    address = page.canonical(link.attributes.get("href") or "")
    return address is not None and host_at(address) not in (None, page.host)
