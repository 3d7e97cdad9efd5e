"""All texts of a page in order, and which of them stand in each element: one walk that answers what is asked of many.

To walk through every element that somebody asks for would take time by the square of their number.
"""

from __future__ import annotations

from selectolax.lexbor import LexborNode

from feedbuilder.parse.data.markup_data import PARTING, SILENT, text_of

_Open = tuple[int, bool, int, int, int]
"""An element whose end is still to come: which, whether its own texts are seen, and how many texts, characters and
elements stand before it."""


class PageTexts:
    """The texts of the page whose outermost element is `root`. Elements are told apart by their `mem_id`."""

    def __init__(self, root: LexborNode | None) -> None:
        self.elements: list[tuple[int, int, str]] = []
        """Each element with the one around it and its tag, in page order; without the outermost."""
        self._pieces: list[str] = []
        self._sizes: dict[int, int] = {}
        self._within: dict[int, int] = {}
        self._spans: dict[int, tuple[int, int]] = {}
        if root is not None:
            self._walk(root)

    def size(self, element: LexborNode) -> int:
        """Return how many characters of text stand in `element`, white space aside."""
        return self._sizes.get(element.mem_id, 0)

    def within(self, element: LexborNode) -> int:
        """Return how many elements stand in `element`."""
        return self._within.get(element.mem_id, 0)

    def words(self, element: LexborNode) -> str:
        """Return the text of `element` on one line, as `text_of` does."""
        span = self._spans.get(element.mem_id)
        if span is None:
            return text_of(element)
        return " ".join("".join(self._pieces[span[0] : span[1]]).split())

    def _walk(self, root: LexborNode) -> None:
        pieces, elements = self._pieces, self.elements
        around: list[_Open] = []
        size = 0
        for node in root.traverse(include_text=True):
            parent, tag = node.parent, node.tag or ""
            outer = parent.mem_id if parent is not None else 0
            while around and around[-1][0] != outer:
                self._close(around.pop(), size)
            if tag != "-text":
                own = node.mem_id
                if parent is not None:
                    elements.append((own, outer, tag))
                around.append((own, tag not in SILENT, len(pieces), size, len(elements)))
                if tag in PARTING:
                    pieces.append(" ")
            elif around and around[-1][1]:
                text = node.text_content or ""
                pieces.append(text)
                size += len("".join(text.split()))
        while around:
            self._close(around.pop(), size)

    def _close(self, element: _Open, size: int) -> None:
        own, _, start, size_before, number = element
        self._spans[own] = (start, len(self._pieces))
        self._sizes[own] = size - size_before
        self._within[own] = len(self.elements) - number
