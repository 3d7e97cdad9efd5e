"""An element -> the title that the ordinary extraction would read from it, and whether it may be a story's at all."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, takewhile

from feedbuilder.detect.choose_fields.record_table import RecordView
from feedbuilder.detect.outline import INLINE, Element
from feedbuilder.parse.foreign_boxes import is_field, is_foreign_box
from feedbuilder.parse.title_labels import TitlePiece, is_badge, is_time_label, without_labels, without_marks
from feedbuilder.parse.word_seams import SEAMS, are_two_words

_LONGEST_LABEL = 60
_DEEPEST = 12
_TITLE_TEXT, _IN_FOREIGN_BOX = "title text", "in foreign box"


def title_text(element: Element) -> str:
    """Return the words of `element` without badges, counters and times at its ends, and without bullets."""
    if _TITLE_TEXT not in element.notes:
        text = element.text
        if element.children and len(text) < 1_000:
            text = without_labels(list(_apart(_pieces(element, None, 0))))
        element.notes[_TITLE_TEXT] = without_marks(" ".join(text.split()))
    found: str = element.notes[_TITLE_TEXT]
    return found


def _pieces(element: Element, label: TitlePiece | None, depth: int) -> Iterator[tuple[TitlePiece, bool]]:
    """Yield the pieces of the text of `element`, and whether each begins or ends an element of its own."""
    for part in element.contents:
        if isinstance(part, str):
            yield _piece(part, label), element.tag in SEAMS
        elif depth >= _DEEPEST:
            yield _piece(f" {part.text} ", label), False
        else:
            gap = "" if part.tag in INLINE else " "
            yield _piece(gap, label), part.tag in SEAMS
            yield from _pieces(part, label or _label(part), depth + 1)
            yield _piece(gap, label), part.tag in SEAMS


def _piece(text: str, label: TitlePiece | None) -> TitlePiece:
    return TitlePiece(text, label.label, label.is_time) if label else TitlePiece(text)


def _apart(pieces: Iterator[tuple[TitlePiece, bool]]) -> Iterator[TitlePiece]:
    """Yield `pieces` with a space between words that only a tag parts."""
    before, at_seam = "", False
    for piece, seam in pieces:
        at_seam = at_seam or seam
        if not piece.text:
            continue
        if at_seam and are_two_words(before, piece.text):
            yield TitlePiece(" ")
        yield piece
        before, at_seam = piece.text, seam


def _label(element: Element) -> TitlePiece | None:
    text = element.text
    if len(text) > _LONGEST_LABEL:
        return None
    if is_time_label(element.tag, element.classes, text):
        return TitlePiece("", element.order, is_time=True)
    return TitlePiece("", element.order) if is_badge(element.classes, text) else None


def in_label(element: Element, top: Element) -> bool:
    """Return whether `element` is, or is in, a badge, a counter or a time within `top`."""
    return any(_label(up) is not None for up in takewhile(lambda up: up is not top, element.up()))


def _is_foreign(box: Element) -> bool:
    if box.tag == "form":
        return any(is_field(one.tag, one.attributes) for one in box.down())
    return is_foreign_box(box.tag, box.attributes, box.classes)


def in_foreign_box(element: Element, card: RecordView) -> bool:
    """Return whether `element` is in a dialog, a menu, a share bar or the like within `card`."""
    tops = {id(part) for part in card.parts}
    for up in islice(element.up(), 40):
        if id(up) in tops and len(tops) == 1:
            return False
        if _IN_FOREIGN_BOX not in up.notes:
            up.notes[_IN_FOREIGN_BOX] = _is_foreign(up)
        if up.notes[_IN_FOREIGN_BOX]:
            return True
        if id(up) in tops:
            return False
    return False
