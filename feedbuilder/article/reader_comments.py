"""Where the comments of readers begin that no element of their own holds, as journals of the first years wrote them.

A heading says "Comments", and behind it lines say who wrote what stands before or after them, and when.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from feedbuilder.article.page_blocks import Block
from feedbuilder.parse.boilerplate import text_key
from feedbuilder.parse.dates.date_text import CalendarDate, read_date

_WORDS = """
    comments, comment, user comments, reader comments, readers' comments, responses, replies, kommentare,
    leserkommentare, commentaires, vos commentaires, comentarios, comentários, commenti, reacties, opmerkingen,
    kommentarer, kommentit, komentarze, komentáře, komentáre, komentarji, komentari, komentar,
    hozzászólások, comentarii, yorumlar, комментарии, коментарі, коментари, σχόλια, التعليقات, تعليقات, תגובות,
    コメント, 评论, 評論, 留言, 댓글, bình luận
"""
_COMMENTS = frozenset(text_key(word) for word in _WORDS.split(","))
_COUNT = re.compile(r"^\W{0,3}\d{1,5}\W{0,3}|\W{0,3}\d{1,5}\W{0,3}$")
_ABOUT = re.compile(r"\d{1,5} (?:responses? to|thoughts? on|comments? (?:on|to)) \S", re.IGNORECASE)
"""As WordPress writes it: '3 Responses to "A bridge opens"'."""
_CLOCK = re.compile(r"\d{1,2}[:.h]\d\d")
_LONGEST_HEADING = 200
_LONGEST_SIGNATURE = 160
_NEAR = 12
"""Blocks behind the heading among which one says who wrote, and when."""
_QUOTED = frozenset(("pre", "table", "td", "blockquote"))


def before_comments(blocks: Sequence[Block], known: list[Block]) -> list[Block]:
    """Return those of `known` that stand before the comments on the page; all where it shows none.

    `blocks` are all of the page, `known` those that are believed to be the article's text. What stands over all of its
    text are the latest comments on the site, in a box of their own.
    """
    first = next((block.place for block in known if block.is_sentence), None)
    if first is None:
        return known
    end = next((one.place for i, one in enumerate(blocks) if one.place > first and _begins_comments(blocks, i)), None)
    return known if end is None else [block for block in known if block.place < end]


def _begins_comments(blocks: Sequence[Block], at: int) -> bool:
    return _is_called_comments(blocks[at]) and any(map(_is_signature, blocks[at + 1 : at + 1 + _NEAR]))


def _is_called_comments(block: Block) -> bool:
    if not block.is_heading or len(block.words) > _LONGEST_HEADING:
        return False
    return text_key(_COUNT.sub("", block.words)) in _COMMENTS or _ABOUT.match(block.words) is not None


def _is_signature(block: Block) -> bool:
    """Return whether `block` says when somebody wrote, to the minute: "Posted by: Ada at May 3, 2009 04:18 PM".

    A text about comments in programs has such a heading too, and no such lines.
    """
    words = block.words
    if block.is_media or block.tag in _QUOTED or len(words) > _LONGEST_SIGNATURE or _CLOCK.search(words) is None:
        return False
    return isinstance(read_date(words), CalendarDate)
