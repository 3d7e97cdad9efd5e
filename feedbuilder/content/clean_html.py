"""The text of an article as feeds carry it: clean, safe and complete in itself.

Owns the order of the steps and the bounds on size and depth. What is allowed in the end `model.markup` says; what is
clutter, how pictures and embeds are shown and what makes a paragraph stand in modules of their own.
"""

from __future__ import annotations

from bs4 import Comment
from bs4.element import PageElement, PreformattedString, Tag

from feedbuilder.content.absolute_links import Addresses
from feedbuilder.content.blocks import shape
from feedbuilder.content.clutter import remove_clutter
from feedbuilder.content.embeds import link_embeds
from feedbuilder.content.figures import settle_pictures
from feedbuilder.content.fragment import parsed
from feedbuilder.model.markup import sanitise

LARGEST_INPUT = 1_000_000
"""Characters of the fragment that are looked at. The longest articles have a fifth."""
MOST_TAGS = 20_000
"""Tags that are looked at, opening and closing. An article has some hundreds; each costs about 0.1 ms."""
LARGEST = 400_000
"""Characters of what is returned, at most; a feed of fifty such entries is still a file that readers take."""
_LINES = "p li h2 h3 h4 h5 h6 blockquote dt dd td th caption pre figure ul ol table tr".split()  # noqa: SIM905 - reads better
_ECHO = 6
"""Characters from which a repetition is no figure of speech."""
DEEPEST = 100
"""Elements within each other. Further in, only texts are kept: the time of sanitising grows with the square."""


def content_html(html: str, base_url: str) -> str | None:
    """Return the article body `html` as a fragment for feeds, None where no text and no picture is left.

    A sequence of blocks, one per line: paragraphs, headings (h2 to h6), lists, quotes, tables, figures. Addresses are
    absolute (`base_url` is where the article stands), pictures those that a browser would load in the end, embeds are
    links; share bars, lists of other articles, adverts and forms are gone. Only what `model.markup` allows is in it.
    The same input gives the same bytes; over `LARGEST` characters, whole blocks at the end are left out. Never raises.
    """
    root = parsed(_beginning_of(html))
    addresses = Addresses(base_url)
    _drop_unspoken(root)
    _flatten(root)
    settle_pictures(root, addresses)
    link_embeds(root, addresses)
    remove_clutter(root, addresses)
    addresses.settle_links(root)
    _drop_echoes(root)
    shape(root)
    return _bounded([str(block) for block in root.contents])


def plain_text(content: str) -> str:
    """Return the text of `content`, which `content_html` made, as lines: one for each paragraph, heading, item or cell.

    Captions belong to their pictures and are left out.
    """
    root = parsed(content)
    for caption in root.find_all("figcaption"):
        caption.decompose()
    for line_break in root.find_all("br"):
        line_break.replace_with("\n")
    for block in root.find_all(_LINES):
        block.insert(0, "\n")  # within: beside it, its place among its siblings would have to be looked up
        block.append("\n")
    lines = (" ".join(line.split()) for line in root.get_text().split("\n"))
    return "\n".join(line for line in lines if line)


def _beginning_of(html: str) -> str:
    """Return as much of `html` as is looked at."""
    html, place = html[:LARGEST_INPUT], -1
    for _ in range(MOST_TAGS):
        place = html.find("<", place + 1)
        if place == -1:
            return html
    return html[:place]


def _bounded(blocks: list[str]) -> str | None:
    """Return as many whole `blocks` as fit, sanitised; of a first one that does not fit, its text as far as it does."""
    # Sanitising may write a character as up to six ("&nbsp;"): where that is too much, room is left for it.
    for limit in (LARGEST, LARGEST // 6):
        content = sanitise("\n".join(_fitting(blocks, limit)))
        if content is None or len(content) <= LARGEST:
            return content
    return None


def _fitting(blocks: list[str], limit: int) -> list[str]:
    size = 0
    for count, block in enumerate(blocks):
        size += len(block) + 1
        if size > limit:
            return blocks[:count] or [_words_of(block, limit)]
    return blocks


def _words_of(block: str, limit: int) -> str:
    paragraph = Tag(name="p")
    # Escaping makes of each character five at the most.
    paragraph.string = " ".join(parsed(block).get_text(" ").split())[: limit // 6]
    return str(paragraph)


def _drop_unspoken(root: Tag) -> None:
    """Remove comments, declarations and processing instructions; some hold whole lists of articles."""
    for node in root.find_all(string=lambda text: isinstance(text, Comment | PreformattedString)):
        node.extract()


def _drop_echoes(root: Tag) -> None:
    """Remove an element that says the same as the one right before it: a name once for desks, once for phones."""
    for element in root.find_all(["span", "p", "div", "b", "strong", "em"]):
        before = element.previous_sibling
        if isinstance(before, str) and not before.strip():
            before = before.previous_sibling
        if not isinstance(before, Tag) or before.name != element.name or before.attrs == element.attrs:
            continue
        words = " ".join(element.get_text().split())
        if len(words) >= _ECHO and words == " ".join(before.get_text().split()):
            element.decompose()


def _flatten(root: Tag) -> None:
    """Replace the elements deeper than `DEEPEST` by their text."""
    deep: list[Tag] = []
    stack: list[tuple[PageElement, int]] = [(child, 1) for child in root.contents]
    while stack:
        node, depth = stack.pop()
        if not isinstance(node, Tag):
            continue
        if depth >= DEEPEST:
            deep.append(node)
        else:
            stack.extend((child, depth + 1) for child in node.contents)
    for element in deep:
        element.replace_with(element.get_text(" "))
