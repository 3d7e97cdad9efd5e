"""Which lines of a text are small print, and how they stand at its edges.

Owns what of a line's place speaks for it; what its words say, `small_print` knows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from feedbuilder.article.article_place import names_of
from feedbuilder.article.evidence import Evidence
from feedbuilder.article.page_blocks import Block
from feedbuilder.article.small_print import (
    is_byline,
    is_contact,
    is_date_line,
    is_note_on_itself,
    is_reading_time,
    is_sign_off,
    is_source_line,
)
from feedbuilder.content.clutter_phrases import is_clutter_line
from feedbuilder.content.surrounding_names import is_named, plain_names

_LONGEST_NAMED = 100
"""Characters of a line that only its name makes small print."""
_LONGEST_CONTACT = 250
_ENDS = '.!?…:。！？।؟：»”"'
"""What ends a sentence, or announces one."""


class SmallLines:
    """The small print of one page; `names` are the letters of the names of its authors and its site."""

    def __init__(self, page: Evidence, names: Collection[str]) -> None:
        self._page, self._names = page, names

    def without(self, blocks: list[Block]) -> list[Block]:
        """Return `blocks` without bylines, dates and the like before the third and after the last sentence.

        Short lines beside those, in an element that holds nothing else, are their towns and jobs.
        A date that is a heading is one of the text's where a sentence stands before it, or another such heading.
        """
        sentences = [index for index, block in enumerate(blocks) if block.is_sentence and not self.holds(block)]
        start, end = (sentences[:3][-1], sentences[-1]) if sentences else (len(blocks), len(blocks))
        days = {index for index, block in enumerate(blocks) if block.is_heading and is_date_line(block.words)}
        if len(days) < 2:
            days = {index for index in days if sentences and index > sentences[0]}
        small = {
            index
            for index, block in enumerate(blocks)
            if not (start < index < end or block.is_media or index in days) and self.holds(block)
        }
        beside = parents_of(blocks[i] for i in small) - parents_of(
            b for i, b in enumerate(blocks) if b.is_sentence and i not in small
        )
        small |= {
            index
            for index, block in enumerate(blocks[:start])
            if sentences and _is_label(block) and parents_of([block]) & beside
        }
        return [b for index, b in enumerate(blocks) if index not in small and not is_clutter_line(b.words)]

    def holds(self, block: Block) -> bool:
        """Return whether `block` is small print."""
        words = block.words
        if block.is_media:
            return False
        if (
            is_byline(words, self._names)
            or is_date_line(words)
            or is_reading_time(words)
            or is_source_line(words)
            or is_contact(words)
            or is_sign_off(words)
            or is_note_on_itself(words)
            or self._gives_own_address(block)
            or self._files(block)
        ):
            return True
        own = block.node.tag != "-text" and plain_names(names_of(block.node))
        return (
            bool(own) and len(words) <= _LONGEST_NAMED and is_named("small print", own or "") and not block.is_heading
        )

    def _files(self, block: Block) -> bool:
        """Return whether `block` says when it came, and links where it was filed: "Posted on 4 March in Locks"."""
        if block.tag != "p" or not block.linked or len(block.words) > _LONGEST_NAMED or block.words[-1:] in _ENDS:
            return False
        rest, places = block.words, [self._page.words(link) for link in block.links()]
        if rest.startswith(places[0]):
            return False
        for place in places:
            rest = rest.replace(place, " ", 1)
        return 2 * block.linked <= len(block.letters) and is_date_line(rest)

    def _gives_own_address(self, block: Block) -> bool:
        """Return whether `block` says how to write to the site: a mailto link to its own domain."""
        if len(block.words) > _LONGEST_CONTACT:
            return False
        hosts = (_mail_host(link.attributes.get("href") or "") for link in block.links())
        return any(host and f".{self._page.host}".endswith(f".{host}") for host in hosts)


def _is_label(block: Block) -> bool:
    return not (block.is_media or block.is_heading or block.is_sentence) and block.words[-1:] not in _ENDS


def parents_of(blocks: Iterable[Block]) -> set[int]:
    """Return the elements that `blocks` stand in."""
    return {block.node.parent.mem_id for block in blocks if block.node.parent is not None}


def _mail_host(href: str) -> str:
    """Return the domain of a mailto link without `www.`, "" for other links."""
    address = href.strip().partition("?")[0].lower()
    return address.rpartition("@")[2].removeprefix("www.") if address.startswith("mailto:") else ""
