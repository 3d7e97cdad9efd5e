"""Cards of several kinds in one list: those that are no articles are left out, each other kind keeps its own rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from feedbuilder.detect.class_names import class_cost
from feedbuilder.detect.place_names import names_stranger
from feedbuilder.detect.records import Records
from feedbuilder.detect.rules.address_rules import folder

_MINORITY = 0.4
"""The share of a list that may be left out; a list of videos is a list."""
_OWN = ("date", "summary", "author", "tags")
"""Fields that may stand elsewhere in another kind of card. Links, titles and pictures are found without a rule."""


def without_strangers(way: Records) -> Records:
    """Return `way` without the cards that bear a name for what is no article (`Records.without`), else as it is.

    They lead to folders of their own, too: a story that has a video stays a story.
    """
    if way.between:
        return way
    named = [next((name for name in start.classes if _is_strange(name)), None) for start in way.starts]
    counts = Counter(name for name in named if name)
    for name, count in counts.most_common(1):
        others = {folder(anchor.url) for anchor, own in zip(way.anchors, named, strict=True) if own is None}
        own = {folder(anchor.url) for anchor, own in zip(way.anchors, named, strict=True) if own == name}
        if count <= _MINORITY * len(named) and not own & others:
            return replace(_those(way, [one != name for one in named]), without=name)
    return way


def layout_of(way: Records, number: int) -> Records:
    """Return the records of one of the layouts of `way` alone."""
    mine = {start.order for start in way.layouts[number]}
    return _those(way, [start.order in mine for start in way.starts])


def completed(
    rules: dict[str, object], way: Records, read: Callable[[Records], dict[str, object]]
) -> dict[str, object]:
    """Return `rules`, with what `read` finds in each layout of `way` alone as further alternatives."""
    written = dict(rules)
    for number in range(len(way.layouts)):
        for field, rule in read(layout_of(way, number)).items():
            if field not in _OWN or (field == "date" and field not in rules):
                continue  # a rule for the dates of one kind would hide the <time> of the others
            known = written.get(field, [])
            alternatives = known if isinstance(known, list) else [known]
            more = [one for one in (rule if isinstance(rule, list) else [rule]) if one not in alternatives]
            written[field] = [*alternatives, *more] if alternatives or len(more) > 1 else more[0]
    return written


def _those(way: Records, kept: list[bool]) -> Records:
    orders = {start.order for start, keep in zip(way.starts, kept, strict=True) if keep}
    layouts = (tuple(start for start in layout if start.order in orders) for layout in way.layouts)
    return replace(
        way,
        starts=tuple(start for start, keep in zip(way.starts, kept, strict=True) if keep),
        parts=tuple(part for part, keep in zip(way.parts, kept, strict=True) if keep),
        anchors=tuple(anchor for anchor, keep in zip(way.anchors, kept, strict=True) if keep),
        layouts=tuple(layout for layout in layouts if layout),
    )


def _is_strange(name: str) -> bool:
    return names_stranger(name) and class_cost(name) is not None
