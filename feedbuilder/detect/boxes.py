"""Whether the records of a list are cards, which hold one story each, or boxes of headlines."""

from __future__ import annotations

from feedbuilder.detect.link_groups import in_running_text
from feedbuilder.detect.outline import Element, Outline
from feedbuilder.detect.records import Records
from feedbuilder.detect.rules.address_rules import folder
from feedbuilder.detect.text_features import weight

_HEADLINE = 20
"""Letters from which a link reads as a headline; tags, sections and names of authors are shorter."""
_OTHER_STORIES = 3
"""Headlines besides its own from which a record is a box; two may be what is related to its story."""


def share_of_boxes(outline: Outline, records: Records) -> float:
    """Return the share of `records` that hold several other headlines with addresses like that of their own link."""
    boxes = 0
    for parts, own in zip(records.parts, records.anchors, strict=True):
        shape = folder(own.url)
        others = {
            anchor.canonical
            for part in parts
            for anchor in outline.links_in(part)
            if anchor.canonical != own.canonical
            and weight(anchor.element.text) >= _HEADLINE
            and folder(anchor.url) == shape
            and not in_running_text(anchor.element)
        }
        boxes += len(others) >= _OTHER_STORIES
    return boxes / len(records.parts)


def holds_a_list(outline: Outline, element: Element, own: str) -> bool:
    """Return whether `element` holds several headlines besides that of the article `own`, wherever they lead."""
    links = outline.links_in(element)
    others = {one.canonical for one in links if one.canonical != own and weight(one.element.text) >= _HEADLINE}
    return len(others) >= _OTHER_STORIES
