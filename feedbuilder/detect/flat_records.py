"""Records without an element of their own: runs of siblings, such as heading, date, text, link, and the same again.

Finds where each run begins. What stands between two links belongs in part to the link before and in part to the link
behind: the part before the first link of all, and the part behind the last one, show where the seam is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from feedbuilder.detect.headed_runs import headed_runs
from feedbuilder.detect.link_groups import shape
from feedbuilder.detect.outline import Anchor, Element
from feedbuilder.detect.sibling_rows import Look, Row, SiblingRun, look

_MOSTLY = 0.6
_ALIKE = 0.5
"""The share of links with one text from which they are labels ("Read more"): then the title stands before them."""
_TYPICAL = 0.4
"""The share of gaps that must be made alike for one of them to be the pattern of all."""


def runs(matched: Mapping[int, Element], anchors: Sequence[Anchor]) -> list[SiblingRun]:
    """Return the records as runs of siblings, in document order; none where nothing stands between most links.

    `matched` holds the element of each link that is to be a part of a run of its own, by the number of the link.
    """
    by_parent: defaultdict[int, list[tuple[int, Element]]] = defaultdict(list)
    for number, element in matched.items():
        if element.parent is not None:
            by_parent[element.parent.order].append((number, element))
    rows = [Row.of(members[0][1].parent, members) for members in by_parent.values() if members[0][1].parent]
    gaps = [gap for row in rows for gap in row.gaps()]
    if not gaps or sum(map(bool, gaps)) < _MOSTLY * len(gaps):
        return []
    if _are_members(rows, gaps):
        return []
    leads = _leading(rows, gaps, labels=_are_labels([anchors[number] for number in matched]))
    headed = headed_runs(rows, gaps, leads)
    return headed or [run for row in rows for run in _parted(row, leads)]


def _are_members(rows: Sequence[Row], gaps: Sequence[Sequence[Element]]) -> bool:
    """Return whether cards of the same name as those with links stand between the links: they are no parts of them."""
    names = {shape(row.siblings[place]) for row in rows for _, place in row.members}
    named = {name for name in names if "." in name}
    return sum(any(shape(one) in named for one in gap) for gap in gaps) > _TYPICAL * len(gaps)


def _are_labels(anchors: Sequence[Anchor]) -> bool:
    most = Counter(anchor.element.text for anchor in anchors).most_common(1)
    return bool(most) and most[0][1] > _ALIKE * len(anchors)


def _leading(rows: Sequence[Row], gaps: Sequence[Sequence[Element]], *, labels: bool) -> tuple[Look, ...]:
    """Return what the elements look like that stand before each link and belong to it; nothing if a link begins it."""
    pattern, count = Counter(tuple(map(look, gap)) for gap in gaps if gap).most_common(1)[0]
    if count < _TYPICAL * len(gaps):
        pattern, count = Counter((look(gap[-1]),) for gap in gaps if gap).most_common(1)[0]
        if count < _MOSTLY * len(gaps):
            return ()
    before = Counter(_common(tuple(map(look, reversed(row.before))), pattern[::-1]) for row in rows)
    behind = Counter(_common(tuple(map(look, row.behind)), pattern) for row in rows)
    lead, trail = before.most_common(1)[0][0], behind.most_common(1)[0][0]
    if lead + trail > len(pattern):  # other elements stand around the list and look like its own
        lead = lead if labels else len(pattern) - trail
    return pattern[len(pattern) - lead :] if lead else ()


def _common(found: tuple[Look, ...], pattern: tuple[Look, ...]) -> int:
    """Return how long `found` is made as `pattern` is."""
    length = 0
    while length < min(len(found), len(pattern)) and found[length] == pattern[length]:
        length += 1
    return length


def _parted(row: Row, leads: tuple[Look, ...]) -> list[SiblingRun]:
    return row.parted(lambda free, place: _begin(row.siblings, free, place, leads))


def _begin(siblings: Sequence[Element], free: int, place: int, leads: tuple[Look, ...]) -> int:
    """Return where the record of the link at `place` begins, at `free` or later."""
    if not leads:
        return place
    usual = place - len(leads)
    if usual >= free and look(siblings[usual]) == leads[0]:
        return usual
    found = [at for at in range(max(free, usual - 1), place) if look(siblings[at]) == leads[0]]
    if found:
        return found[-1]
    # One of the parts is missing, the first: what is left of the others still belongs to the link.
    begin = place
    while begin > free and look(siblings[begin - 1]) in leads:
        begin -= 1
    return begin
