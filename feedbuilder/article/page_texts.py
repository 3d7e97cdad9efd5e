"""All texts of a page in order, and which of them stand in each element: one walk that answers what is asked of many.

To walk through every element that somebody asks for would take time by the square of their number.
"""

from __future__ import annotations

from selectolax.lexbor import LexborNode

from feedbuilder.parse.data.markup_data import PARTING, SILENT, text_of


class PageTexts:
    """The texts of the page whose outermost element is `root`. Elements are told apart by their `mem_id`."""

    def __init__(self, root: LexborNode | None) -> None:
        self.elements: list[tuple[int, int, str]] = []
        """Each element with the one around it and its tag, in page order; without the outermost."""
        self._pieces: list[str] = []
        self._spans: dict[int, tuple[int, int]] = {}
        self._letters: dict[int, int] = {}
        self._within: dict[int, int] = {}
        if root is not None:
            self._walk(root)
        self._sum_up()

    def size(self, element: LexborNode) -> int:
        """Return how many characters of text stand in `element`, white space aside."""
        return self._letters.get(element.mem_id, 0)

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
        pieces, letters = self._pieces, self._letters
        around: list[tuple[int, int, bool]] = []  # open elements: which, where its texts begin, whether they are seen
        for node in root.traverse(include_text=True):
            parent, tag = node.parent, node.tag or ""
            outer = parent.mem_id if parent is not None else 0
            while around and around[-1][0] != outer:
                self._close(*around.pop())
            if tag != "-text":
                own = node.mem_id
                around.append((own, len(pieces), tag not in SILENT))
                if parent is not None:
                    self.elements.append((own, outer, tag))
                if tag in PARTING:
                    pieces.append(" ")
            elif around and around[-1][2]:
                text = node.text_content or ""
                pieces.append(text)
                letters[outer] = letters.get(outer, 0) + len("".join(text.split()))
        while around:
            self._close(*around.pop())

    def _close(self, element: int, start: int, _: bool) -> None:
        self._spans[element] = (start, len(self._pieces))

    def _sum_up(self) -> None:
        letters, within = self._letters, self._within
        for own, outer, _ in reversed(self.elements):
            letters[outer] = letters.get(outer, 0) + letters.get(own, 0)
            within[outer] = within.get(outer, 0) + within.get(own, 0) + 1
