"""Which blocks of its page are an article's text, and the HTML that they stand in.

trafilatura finds most of the text on most pages, as plain lines; the page's own data hold it on many. Blocks that these
know are witnesses: where they stand is the text, with all between them that is not another article's or clutter.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property
from itertools import pairwise

from selectolax.lexbor import LexborNode

from feedbuilder.article.article_place import names_of, upwards
from feedbuilder.article.block_runs import (
    assembled,
    each_once,
    is_part_of,
    is_quoted,
    smallest_around,
    stands_within,
    without_boxes,
)
from feedbuilder.article.captions import with_captions
from feedbuilder.article.closing_lines import without_closing_lines
from feedbuilder.article.closing_sources import closing_sources
from feedbuilder.article.evidence import Evidence
from feedbuilder.article.foreign_parts import ForeignParts
from feedbuilder.article.lead_image import shows_picture
from feedbuilder.article.lead_paragraph import lead_blocks
from feedbuilder.article.page_blocks import Block, page_blocks
from feedbuilder.article.reader_comments import before_comments
from feedbuilder.article.side_boxes import without_side_boxes
from feedbuilder.article.small_lines import SmallLines, parents_of
from feedbuilder.article.text_column import TextColumn
from feedbuilder.article.title_keys import title_keys
from feedbuilder.content.clutter_phrases import announces_others, is_clutter_line, is_label_and_link, is_link_and_label
from feedbuilder.content.surrounding_names import is_named, plain_names
from feedbuilder.parse.plain_text import letters

_SURE = 20
"""Letters from which a block that occurs in a known text is a part of it; a shorter one must be a line of it."""
_ENDS = 25
"""Letters at both ends of a long block that suffice to know it again: hints for screen readers stand in the middle."""
_GOOD_PART, _FEW_LINKS = 0.25, 0.25
"""The share of the known text that a continuation has at least, and of its letters that may stand in links."""
_ONLY_LINKS = 0.9
"""The share of a line that stands in links where it says nothing else."""
_SHORTEST_LEAD = 12
"""Letters of a known line above the text; shorter ones are towns and labels."""
_NEAR_HEADING = 60
"""Blocks between heading and text."""
_LONGEST_TITLE, _SHORTEST_TITLE = 250, 15


class ArticleText:
    """The text of one article, found by what is known of it."""

    def __init__(
        self, page: Evidence, known: str, writers: Collection[str], sites: Collection[str], image: str | None = None
    ) -> None:
        self._page = page
        self._whole, self._lines = letters(known), {letters(line) for line in known.splitlines()} - {""}
        self._data = [key for claim in page.data_claims("articleBody") if len(key := letters(claim.value)) >= _SURE]
        self._writers, self._image = writers, image
        self._small = SmallLines(page, {*writers, *sites})
        self._titles = title_keys(page)
        self._blocks = page_blocks(page)
        self._foreign = ForeignParts(page)

    def html(self) -> str | None:
        """Return the HTML of the text, unsafe, None where no text is found."""
        return assembled(self._chosen()) or None

    def _chosen(self) -> list[Block]:
        witnesses = self._witnesses()
        if not witnesses:
            return []
        witnesses = before_comments(self._blocks, witnesses + self._continuation(witnesses))
        holder = smallest_around(witnesses)
        inner = [block for block in witnesses if stands_within(block, holder)]
        first, last = inner[0].place, (closing_sources(self._page, self._blocks, inner) or inner)[-1].place
        known = {block.place for block in witnesses}
        start = self._start(inner[0])
        region = [
            block
            for block in self._blocks
            if start < block.place <= last
            and (stands_within(block, holder) or block.place < first)
            and (
                not self._foreign.holds(block)
                or (block.place < first and _is_named_lead(block) and not self._foreign.controls(block))
            )
        ]
        head, own = self._parted(with_captions(self._page, region), first, known)
        own = without_boxes(own, known, inner)
        own = self._without_intruders(own)
        own = without_side_boxes(TextColumn(own, holder), self._is_other_story)
        own = self._without_others(own)
        own = without_closing_lines(own, TextColumn(own, holder), self._writers, self._small.holds)
        own = self._without_emptied(self._small.without(own), holder)
        lead = self._lead(head, known)
        return each_once([*self._lead_picture(head, own), *self._without_title([*lead, *own])])

    def _without_title(self, blocks: list[Block]) -> list[Block]:
        """Return `blocks` without headings that repeat the title, and without a heading at the top where none says it.

        Such a page is shared under another title than the one that it shows.
        """
        blocks = [block for block in blocks if block.tag != "h1" or block.letters not in self._titles]
        top = next((block for block in blocks if not block.is_media), None)
        if self._page.heading is not None or top is None or not top.is_heading:
            return blocks
        return [block for block in blocks if block is not top]

    def _start(self, first: Block) -> int:
        """Return the place after which the article begins: that of its heading, or of the element around its text."""
        if self._heading_place is not None and self._heading_place < first.place:
            return self._heading_place
        around = next((up for up in upwards(first.node.parent) if up.tag in ("article", "main")), None)
        if around is None:
            return first.place - 1
        return next((block.place for block in self._blocks if stands_within(block, around)), first.place) - 1

    def _parted(self, region: list[Block], first: int, known: Collection[int]) -> tuple[list[Block], list[Block]]:
        """Return `region` in two: what stands before the first known line of the text, and the rest."""
        cut = next((i for i, b in enumerate(region) if b.place >= first and b.place in known), len(region))
        return region[:cut][-_NEAR_HEADING:], region[cut:]

    def _lead_picture(self, head: Sequence[Block], own: Sequence[Block]) -> list[Block]:
        """Return the lead picture with its caption if it stands over the text and the text does not show it again."""
        image = self._image
        if image is None or any(shows_picture(self._page, b.html(), image) for b in own if b.has_picture):
            return []
        return [b for b in head if b.has_picture and shows_picture(self._page, b.html(), image)][:1]

    def _lead(self, head: Sequence[Block], known: Collection[int]) -> list[Block]:
        """Return the lead among the blocks before the text."""
        lines = [
            block
            for block in head
            if not block.is_media
            and not self._small.holds(block)
            and not is_clutter_line(block.words)
            and not self._is_other_story(block)
        ]
        leads = {block.place for block in lead_blocks(self._page, lines, self._titles)}
        leads |= {block.place for block in lines if block.place in known and len(block.letters) >= _SHORTEST_LEAD}
        return [block for block in head if block.place in leads]

    def _witnesses(self) -> list[Block]:
        """Return the blocks that are known to be text; without any, the sentences nearest to the heading."""
        known = self._after_heading([block for block in self._blocks if self._is_known(block)])
        self._foreign.weigh(known)
        own = [block for block in known if not self._foreign.holds(block)]
        if sum(len(block.letters) for block in own) >= _SURE:
            return own
        heading = self._page.heading
        for up in upwards(heading.parent if heading is not None else None):
            near = [b for b in self._blocks if b.is_sentence and stands_within(b, up) and not self._foreign.holds(b)]
            if near:
                return near
        return []

    def _continuation(self, witnesses: Sequence[Block]) -> list[Block]:
        """Return the sentences after `witnesses` that stand in elements built like theirs, if that is a good part.

        Pages cut long texts into pieces, of which trafilatura may know the first alone. What is less than a good part
        is what it left out with reason; what comes after another title is another story.
        """
        column = TextColumn(witnesses, None)
        found: list[Block] = []
        for block in self._blocks:
            if block.place <= witnesses[-1].place or not (block.tag == "h1" or block.is_sentence):
                continue
            if block.tag != "h1" and not column.holds(block):
                continue
            if self._foreign.holds(block):  # asked last, for it takes the most time
                continue
            if block.tag == "h1":
                break
            if not self._small.holds(block):
                found.append(block)
        size, known = sum(len(block.letters) for block in found), sum(len(block.letters) for block in witnesses)
        linked = sum(block.linked for block in found)
        return found if size >= _GOOD_PART * known and linked <= _FEW_LINKS * size else []

    def _after_heading(self, blocks: list[Block]) -> list[Block]:
        """Return those of `blocks` that stand after the heading, all where most of the text stands before it."""
        start = self._heading_place
        after = [block for block in blocks if start is None or block.place > start]
        return after if sum(len(b.letters) for b in after) * 2 >= sum(len(b.letters) for b in blocks) else blocks

    @cached_property
    def _heading_place(self) -> int | None:
        heading = self._page.heading
        if heading is None:
            return None
        return next((b.place for b in self._blocks if any(is_part_of(node, heading) for node in b.nodes)), None)

    def _without_intruders(self, blocks: list[Block]) -> list[Block]:
        """Return `blocks` without those that stand between two which in the page's own data follow each other.

        Headings, lists and quotations are often missing from the data, and prove nothing; a list of links does, unless
        the line before it announces it.
        """
        text = max(self._data, key=len, default="")
        places = [text.find(block.letters) if len(block.letters) >= _SURE else -1 for block in blocks]
        found = [index for index, place in enumerate(places) if place >= 0]
        gone: set[int] = set()
        for before, after in pairwise(found):
            end = places[before] + len(blocks[before].letters)
            if 0 <= places[after] - end <= 2:
                between = range(before + 1, after)
                items = [i for i in between if blocks[i].tag == "li"]
                gone.update(i for i in between if blocks[i].tag in ("p", "div", "span") and not is_quoted(blocks[i]))
                if all(blocks[i].links() for i in items) and not blocks[before].words.endswith((":", "：")):
                    gone.update(items)
        return [block for index, block in enumerate(blocks) if index not in gone]

    def _is_known(self, block: Block) -> bool:
        own = block.letters
        if block.is_media or not own or own in self._titles:
            return False
        if own in self._lines or any(own == text for text in self._data):
            return True
        if len(own) < _SURE:
            return False
        for text in (self._whole, *self._data):
            if own in text or (len(own) >= 4 * _ENDS and own[:_ENDS] in text and own[-_ENDS:] in text):
                return True
        return False

    def _without_others(self, blocks: list[Block]) -> list[Block]:
        """Return `blocks` without links to other articles that stand as lines, and without the headings over them."""
        others = {block.place for block in blocks if self._is_other_story(block)}
        for three in zip(blocks, blocks[1:], blocks[2:], strict=False):
            if three[1].place in others and self._is_of_names(three[1]) and len(parents_of(three)) == 1:
                others.discard(three[1].place)
        kept = [block for block in blocks if block.place not in others]
        empty = set()
        for block, following in pairwise([*kept, None]):
            assert block is not None
            after = following.place if following is not None else block.place + 2
            leads_off = any(place in others for place in range(block.place + 1, after))
            if leads_off and (
                announces_others(block.words) or (block.is_heading and (following is None or following.is_heading))
            ):
                empty.add(block.place)
        return [block for block in kept if block.place not in empty]

    def _without_emptied(self, blocks: list[Block], holder: LexborNode | None) -> list[Block]:
        """Return `blocks` without headings whose lines were taken out: titles of boxes, and of lists of other stories.

        After a box's title the next heading is of the same rank or a higher one; a chapter may begin with a heading of
        a lower one. One link to another story may stand under any heading, and any number under a lead that is one.
        """
        kept = {block.place for block in blocks}
        below = {block.place + step for block in blocks if block.is_heading for step in (1, 2)} - kept
        gone = [b for b in self._blocks if b.place in below and not b.is_media and stands_within(b, holder)]
        first = next((block.place for block in blocks if block.is_sentence), 0)
        lines, others = {b.place for b in gone}, {b.place for b in gone if self._is_other_story(b)}
        emptied = {
            block.place
            for block, following in pairwise([*blocks, None])
            if block is not None
            and block.is_heading
            and block.place > first
            and block.place + 1 in lines
            and (
                {block.place + 1, block.place + 2} <= others
                or following is None
                or (following.is_heading and following.tag <= block.tag)
            )
        }
        return [block for block in blocks if block.place not in emptied]

    def _is_of_names(self, block: Block) -> bool:
        """Return whether `block` links several names, as of places; not between other lines such are topics."""
        links = block.links()
        return block.tag == "p" and len(links) > 1 and all(self._page.size(one) < _SHORTEST_TITLE for one in links)

    def _is_other_story(self, block: Block) -> bool:
        share = 0.6 if block.tag == "li" else _ONLY_LINKS
        if block.is_media or not block.letters or len(block.words) > _LONGEST_TITLE:
            return False
        if block.linked < share * len(block.letters) and not (
            is_label_and_link(block.words, block.linked) or is_link_and_label(block.words, block.linked)
        ):
            return False
        links = block.links()
        if block.tag == "li" and links and all((link.attributes.get("href") or "").startswith("#") for link in links):
            return True  # a list of contents
        return bool(links) and all(self._foreign.leads_elsewhere(link) for link in links)


def _is_named_lead(block: Block) -> bool:
    return block.node.tag == "p" and is_named("lead", plain_names(names_of(block.node)))
