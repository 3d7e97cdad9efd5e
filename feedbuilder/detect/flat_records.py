"""Records without an element of their own: runs of siblings, such as heading, date, text, link, and the same again.

Finds where each run begins. What stands between two links belongs in part to the link before and in part to the link
behind: the part before the first link of all, and the part behind the last one, show where the seam is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from feedbuilder.detect.link_groups import shape
from feedbuilder.detect.outline import Anchor, Element
from feedbuilder.detect.text_features import looks_like_date

_MOSTLY = 0.6
_ALIKE = 0.5
"""The share of links with one text from which they are labels ("Read more"): then the title stands before them."""
_TYPICAL = 0.4
"""The share of gaps that must be made alike for one of them to be the pattern of all."""

_LONGEST_DATE = 60

Look = tuple[str, bool]
"""The tag and lasting classes of an element, and whether it says a date."""


@dataclass(frozen=True, slots=True)
class SiblingRun:
    """One record."""

    parts: tuple[Element, ...]
    link: int
    """Which of the links it is made of."""


@dataclass(frozen=True, slots=True)
class _Row:
    """The elements with links that share a parent, and what stands around them; only what says something."""

    siblings: list[Element]
    members: list[tuple[int, int]]
    """Of each link its number and its place among the siblings."""

    @classmethod
    def of(cls, parent: Element, members: Sequence[tuple[int, Element]]) -> _Row:
        wanted = {id(element) for _, element in members}
        siblings = [one for one in parent.children if id(one) in wanted or _says_something(one)]
        places = {id(one): place for place, one in enumerate(siblings)}
        return cls(siblings, [(number, places[id(element)]) for number, element in members])

    def gaps(self) -> Iterator[list[Element]]:
        """Yield what stands between neighbouring links."""
        ends = [place for _, place in self.members]
        for start, end in pairwise(ends):
            yield self.siblings[start + 1 : end]

    @property
    def before(self) -> list[Element]:
        """What stands before the first link."""
        return self.siblings[: self.members[0][1]]

    @property
    def behind(self) -> list[Element]:
        """What stands behind the last link."""
        return self.siblings[self.members[-1][1] + 1 :]


def runs(matched: Mapping[int, Element], anchors: Sequence[Anchor]) -> list[SiblingRun]:
    """Return the records as runs of siblings, in document order; none where nothing stands between most links.

    `matched` holds the element of each link that is to be a part of a run of its own, by the number of the link.
    """
    by_parent: defaultdict[int, list[tuple[int, Element]]] = defaultdict(list)
    for number, element in matched.items():
        if element.parent is not None:
            by_parent[element.parent.order].append((number, element))
    rows = [_Row.of(members[0][1].parent, members) for members in by_parent.values() if members[0][1].parent]
    gaps = [gap for row in rows for gap in row.gaps()]
    if not gaps or sum(map(bool, gaps)) < _MOSTLY * len(gaps):
        return []
    if _are_members(rows, gaps):
        return []
    leads = _leading(rows, gaps, labels=_are_labels([anchors[number] for number in matched]))
    return [run for row in rows for run in _parted(row, leads)]


def _are_members(rows: Sequence[_Row], gaps: Sequence[Sequence[Element]]) -> bool:
    """Return whether cards of the same name as those with links stand between the links: they are no parts of them."""
    names = {shape(row.siblings[place]) for row in rows for _, place in row.members}
    named = {name for name in names if "." in name}
    return sum(any(shape(one) in named for one in gap) for gap in gaps) > _TYPICAL * len(gaps)


def _are_labels(anchors: Sequence[Anchor]) -> bool:
    most = Counter(anchor.element.text for anchor in anchors).most_common(1)
    return bool(most) and most[0][1] > _ALIKE * len(anchors)


def _leading(rows: Sequence[_Row], gaps: Sequence[Sequence[Element]], *, labels: bool) -> tuple[Look, ...]:
    """Return what the elements look like that stand before each link and belong to it; nothing if a link begins it."""
    pattern, count = Counter(tuple(map(_look, gap)) for gap in gaps if gap).most_common(1)[0]
    if count < _TYPICAL * len(gaps):
        pattern, count = Counter((_look(gap[-1]),) for gap in gaps if gap).most_common(1)[0]
        if count < _MOSTLY * len(gaps):
            return ()
    before = Counter(_common(tuple(map(_look, reversed(row.before))), pattern[::-1]) for row in rows)
    behind = Counter(_common(tuple(map(_look, row.behind)), pattern) for row in rows)
    lead, trail = before.most_common(1)[0][0], behind.most_common(1)[0][0]
    if lead + trail > len(pattern):  # other elements stand around the list and look like its own
        lead = lead if labels else len(pattern) - trail
    return pattern[len(pattern) - lead :] if lead else ()


def _look(element: Element) -> Look:
    return shape(element), looks_like_date(element.text[:_LONGEST_DATE])


def _common(found: tuple[Look, ...], pattern: tuple[Look, ...]) -> int:
    """Return how long `found` is made as `pattern` is."""
    length = 0
    while length < min(len(found), len(pattern)) and found[length] == pattern[length]:
        length += 1
    return length


def _parted(row: _Row, leads: tuple[Look, ...]) -> Iterator[SiblingRun]:
    begins = []
    free = 0
    for _, place in row.members:
        begins.append(_begin(row.siblings, free, place, leads))
        free = place + 1
    for begin, end, (number, _) in zip(begins, [*begins[1:], len(row.siblings)], row.members, strict=True):
        yield SiblingRun(tuple(row.siblings[begin:end]), number)


def _begin(siblings: Sequence[Element], free: int, place: int, leads: tuple[Look, ...]) -> int:
    """Return where the record of the link at `place` begins, at `free` or later."""
    if not leads:
        return place
    usual = place - len(leads)
    if usual >= free and _look(siblings[usual]) == leads[0]:
        return usual
    found = [at for at in range(max(free, usual - 1), place) if _look(siblings[at]) == leads[0]]
    if found:
        return found[-1]
    # One of the parts is missing, the first: what is left of the others still belongs to the link.
    begin = place
    while begin > free and _look(siblings[begin - 1]) in leads:
        begin -= 1
    return begin


def _says_something(element: Element) -> bool:
    return any(character.isalnum() for character in element.text) or any(one.tag == "img" for one in element.down())
