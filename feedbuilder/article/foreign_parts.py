"""Which blocks of a page stand in parts that are not the article: menus, boxes, cards, further articles.

Owns how such parts are recognised: by element, by name, by shape. A reason that would take much of the text is wrong,
whatever it is: the caller weighs reasons by what all of their blocks hold together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from selectolax.lexbor import LexborNode

from feedbuilder.article.article_place import names_of, upwards
from feedbuilder.article.evidence import Evidence, host_at
from feedbuilder.article.page_blocks import SENTENCE, Block
from feedbuilder.content.surrounding_names import named, plain_names

_ASIDE_TAGS = frozenset(("nav", "aside", "form", "dialog", "select", "button", "footer", "menu"))
_LONGEST_BAR = 600
"""Characters: what is longer is text, even in an element called "paywall"."""
_LARGEST_CARD = 700
"""Characters of a card: picture, title, some lines of text."""
_SHORTEST_TITLE = 15
_BARELY = 40
"""Characters of an element that may be a label."""
_LINKED_TITLES = (
    "a[href] h2, a[href] h3, a[href] h4, a[href] h5, a[href] h6,"
    " h2 a[href], h3 a[href], h4 a[href], h5 a[href], h6 a[href]"
)
_WHOLES = "figure, blockquote, table"
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_COMMENTS = re.compile(
    r"(?:^|[\s-])(?:comments|comment-?list)(?:-(?:list|area|section|container|wrapper|thread))?(?:$|\s)"
)
"""What the comments of readers stand in; they may be longer than the article."""
_FEW_COMMENTS = 3
_FILES = (".pdf", ".doc", ".docx", ".xls", ".xlsx", ".csv", ".zip")
_MAIL_FIELD = "input[type=email], input[name*=mail i]"
"""What boxes ask for that offer a newsletter."""
_CONTROLS = frozenset(("role", "sign-up", "<nav>", "<form>", "<dialog>", "<select>", "<button>", "<menu>"))
"""Reasons that no name of a lead outweighs."""
_LIMIT = 0.4
"""The share of the text that one reason may take; what would take more is a wrong reason."""


class ForeignParts:
    """The parts of one page that are not its article."""

    def __init__(self, page: Evidence) -> None:
        self._page = page
        self._reasons: dict[int, tuple[str, ...]] = {}
        self._holding = {node.mem_id for node in upwards(page.heading)} if page.heading is not None else set()
        self._later = {part.mem_id for part in _later_articles(page, self._holding)}
        self._void: frozenset[str] = frozenset()

    def weigh(self, blocks: Iterable[Block]) -> None:
        """Drop the reasons that would take much of `blocks`, which are believed to be the article's text."""
        taken: dict[str, int] = {}
        whole = 0
        for block in blocks:
            reasons = set(self._reasons_of(block))
            if any(reason.startswith("!") for reason in reasons):
                continue
            whole += len(block.letters)
            for reason in reasons:
                taken[reason] = taken.get(reason, 0) + len(block.letters)
        self._void = frozenset(reason for reason, size in taken.items() if size > _LIMIT * whole)

    def holds(self, block: Block) -> bool:
        """Return whether `block` stands in such a part."""
        return any(reason not in self._void for reason in self._reasons_of(block))

    def controls(self, block: Block) -> bool:
        """Return whether `block` stands in a part to be pressed, filled in or closed: what its names say is of that."""
        return not _CONTROLS.isdisjoint(self._reasons_of(block))

    def leads_elsewhere(self, link: LexborNode) -> bool:
        """Return whether `link` leads to another page of the same site; a file to download is none."""
        address = self._page.canonical(link.attributes.get("href") or "")
        if address is None or address in self._page.addresses or address.lower().endswith(_FILES):
            return False
        return host_at(address) == self._page.host

    def _leads_to_story(self, link: LexborNode) -> bool:
        """Return whether `link` leads to a story: another page of the site, or this one, as lists below an article do.

        A link into the page ("#background") leads to no story.
        """
        href = link.attributes.get("href") or ""
        return self.leads_elsewhere(link) or ("#" not in href and self._page.canonical(href) in self._page.addresses)

    def _reasons_of(self, block: Block) -> Iterator[str]:
        first = block.node if block.node.tag != "-text" else block.node.parent
        for up in upwards(first):
            if up.mem_id in self._holding or up.tag in ("body", "html"):
                return
            if up.mem_id not in self._reasons:
                self._reasons[up.mem_id] = tuple(self._reasons_for(up))
            yield from self._reasons[up.mem_id]

    def _reasons_for(self, node: LexborNode) -> Iterator[str]:
        """Yield the reasons why `node` is not the article's; "!" before those that need not be weighed."""
        if node.mem_id in self._later:
            yield "!later article"
        if node.tag in _ASIDE_TAGS:
            yield f"<{node.tag}>"
        if (node.attributes.get("role") or "") in ("dialog", "alertdialog", "navigation", "complementary"):
            yield "role"
        if self._page.size(node) <= _LONGEST_BAR and node.css_first(_MAIL_FIELD) is not None:
            yield "sign-up"
        if node.tag == "a" and self._page.size(node) <= _LARGEST_CARD and self._is_picture_link(node):
            yield "!card"
        names = plain_names(_given_names(node))
        size = self._page.size(node)
        if _COMMENTS.search(names) and len(node.css("[class*=comment i]")) >= _FEW_COMMENTS:
            yield "!comments"
        if names:
            yield from named("advert", names)
            if size <= _LONGEST_BAR:
                yield from named("unseen", names)
            if node.tag not in ("p", "figure", "figcaption", "blockquote", "table", "pre", *_HEADINGS):
                if self._lists_links(node, size):
                    yield from named("others", names)
                    yield from named("aside", names)
                if size <= _LONGEST_BAR and node.css_first(_WHOLES) is None:
                    yield from named("bar", names)
        if self._is_card(node, size):
            yield "!card"

    def _is_card(self, node: LexborNode, size: int) -> bool:
        """Return whether `node` is a card: the linked title of a story, and little else. The heading is in none."""
        if node.tag in _HEADINGS or node.tag in ("p", "main") or not _SHORTEST_TITLE <= size <= _LARGEST_CARD:
            return False
        links = node.css(_LINKED_TITLES)[:3]
        if links and self._says_more(node):
            return False
        for found in links:
            link = found if found.tag == "a" else next((up for up in upwards(found) if up.tag == "a"), None)
            if link is not None and self._page.size(found) >= _SHORTEST_TITLE and self._leads_to_story(link):
                return True
        if node.tag != "article":
            return False
        # A link without words lies over the whole card.
        return any(
            (self._page.size(link) >= _SHORTEST_TITLE or not self._page.size(link)) and self.leads_elsewhere(link)
            for link in node.css("a[href]")[:10]
        )

    def _says_more(self, node: LexborNode) -> bool:
        """Return whether a heading as long as a sentence, without a link, stands in `node`: a lead beside a link."""
        return any(
            self._page.size(one) >= SENTENCE and one.css_first("a[href]") is None
            for one in node.css("h2, h3, h4")[:5]
            if not any(up.tag == "a" for up in upwards(one))
        )

    def _lists_links(self, node: LexborNode, size: int) -> bool:
        """Return whether a good part of `node` is links, or hardly anything is in it."""
        return size < _BARELY or sum(self._page.size(link) for link in node.css("a[href]")[:100]) * 5 >= size

    def _is_picture_link(self, node: LexborNode) -> bool:
        """Return whether `node` is a link with picture and words to another page."""
        return (
            node.css_first("img") is not None
            and self._page.size(node) >= _SHORTEST_TITLE
            and self.leads_elsewhere(node)
        )


def _later_articles(page: Evidence, holding: set[int]) -> Iterator[LexborNode]:
    """Yield the elements of further articles: appended ones, and those built like the one with the heading."""
    if page.heading is None:
        return
    own = next((up for up in upwards(page.heading) if up.tag == "article"), None)
    if own is not None:
        for other in page.tree.css("article")[:200]:
            if other.mem_id not in holding and not any(up.mem_id == own.mem_id for up in upwards(other)):
                yield other
    for heading in islice(page.headings, 50):
        if heading.mem_id == page.heading.mem_id:
            continue
        branch = None
        for up in upwards(heading):
            if up.mem_id in holding:
                break
            branch = up
        if branch is None or branch.mem_id == heading.mem_id or branch.parent is None:
            continue
        twins = [node for node in branch.parent.iter() if node.mem_id in holding and node.tag == branch.tag]
        if any(_class(node) == _class(branch) for node in twins) and page.size(branch) > 2 * page.size(heading):
            yield branch


def _given_names(node: LexborNode) -> str:
    """Return the names of `node`; the id of a heading is none, for it is made of its words: "ad-blockers"."""
    return _class(node) if node.tag in _HEADINGS else names_of(node)


def _class(node: LexborNode) -> str:
    return " ".join((node.attributes.get("class") or "").split())
