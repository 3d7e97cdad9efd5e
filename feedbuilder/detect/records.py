"""Links -> records: where each item of a list begins and ends. Knows structure only, no words.

Links that stand alike form a group. The record of a link is the largest element that holds no other link of its group;
where the items of a list have no element of their own, a record is a run of siblings.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from feedbuilder.detect.class_names import tokens
from feedbuilder.detect.flat_records import runs
from feedbuilder.detect.link_groups import FEWEST, NAMELESS, card_name
from feedbuilder.detect.outline import Anchor, Element
from feedbuilder.detect.page_regions import aside_name, in_navigation

_MOST_RECORDS = 2_000
_MOST_KINDS = 5


@dataclass(frozen=True, slots=True)
class Records:
    """One way to part a piece of the page into items."""

    starts: tuple[Element, ...]
    """The element that each begins with: the whole of it, or the first of a run of siblings (`between`)."""
    parts: tuple[tuple[Element, ...], ...]
    """Of each record its elements, side by side; one if the record is an element."""
    anchors: tuple[Anchor, ...]
    """The link of each that made it a record."""
    layouts: tuple[tuple[Element, ...], ...]
    """The starts by their shapes; one, or several where cards of different make form one list."""
    between: bool = False
    without: str | None = None
    """The class of cards that were left out because it names what is no article; None where none were."""

    @property
    def key(self) -> tuple[bool, tuple[tuple[int, ...], ...]]:
        """Return what is equal for two ways that are one."""
        return self.between, tuple(tuple(element.order for element in layout) for layout in self.layouts)


def records(group: Sequence[Anchor]) -> Iterator[Records]:
    """Yield the ways to part the list that the links of `group` stand in."""
    chains = _chains(group)
    if len(chains) < FEWEST:
        return
    chosen: list[dict[int, Element]] = []
    sets = _record_sets(chains)
    for least in (0.95, 0.5):
        some = [one for one in sets if len(one.matched) >= least * len(chains)]
        # The outermost holds most; but a cover of nameless boxes may reach too far where a list has odd members.
        for fair in ([one for one in some if one.cost < NAMELESS], some):
            if fair:
                best = min(fair, key=_outermost).matched
                if best not in chosen:
                    chosen.append(best)
    for one in chosen:
        yield from _as_elements(one, chains)
        yield from _as_runs(one, chains)
    for one in chosen:
        if len(one) < len(chains):
            yield from _with_the_rest(one, chains)
    yield from _by_kind(chains)


Chain = tuple[Anchor, list[Element]]


def _chains(group: Sequence[Anchor]) -> list[Chain]:
    """Return for each record the link that it is made of, and the elements around that hold no other record's link."""
    owners: dict[int, str | None] = {}
    for anchor in group:
        for up in anchor.element.up():
            owner = owners.setdefault(up.order, anchor.canonical)
            if owner is None:
                break
            if owner != anchor.canonical:
                owners[up.order] = None
    by_top: dict[int, Chain] = {}
    for anchor in group:
        ups = anchor.element.up()
        chain = list(takewhile(lambda up: owners[up.order] is not None and up.tag not in ("body", "html"), ups))
        if not chain:
            continue
        known = by_top.get(chain[-1].order)
        if known is None or len(anchor.element.text) > len(known[0].element.text):
            by_top[chain[-1].order] = anchor, chain
    return list(by_top.values())[:_MOST_RECORDS]


@dataclass(frozen=True, slots=True)
class _Cover:
    """Of each chain the outermost element that one simple selector matches."""

    matched: dict[int, Element]
    """Keys are places in the chains."""
    cost: float
    """Of the best selector that matches just these."""


def _outermost(cover: _Cover) -> tuple[float, int]:
    return sum(element.depth for element in cover.matched.values()) / len(cover.matched), -len(cover.matched)


def _record_sets(chains: Sequence[Chain]) -> list[_Cover]:
    by_token: defaultdict[str, dict[int, Element]] = defaultdict(dict)
    costs: dict[str, float] = {}
    for index, (_, chain) in enumerate(chains):
        for element in chain:
            for token, cost in tokens(element):
                by_token[token][index] = element
                costs[token] = cost
    found: dict[tuple[int, ...], _Cover] = {}
    for token, matched in by_token.items():
        if len(matched) >= FEWEST:
            key = tuple(element.order for element in matched.values())
            if key not in found or costs[token] < found[key].cost:
                found[key] = _Cover(matched, costs[token])
    return list(found.values())


def _as_elements(matched: dict[int, Element], chains: Sequence[Chain]) -> Iterator[Records]:
    starts = tuple(matched.values())
    yield Records(starts, tuple((one,) for one in starts), tuple(chains[i][0] for i in matched), (starts,))


def _with_the_rest(matched: dict[int, Element], chains: Sequence[Chain]) -> Iterator[Records]:
    """Yield the list with the cards of another make that `matched` leaves out, such as the large one at the top."""
    layouts, covered = [tuple(matched.values())], dict(matched)
    for _ in range(2):
        rest = [(index, chain) for index, chain in enumerate(chains) if index not in covered]
        if not rest:
            break
        sets = _record_sets([chain for _, chain in rest])
        fitting = [one for one in sets if len(one.matched) >= 0.5 * len(rest)]
        if fitting:
            named = [one for one in fitting if one.cost < NAMELESS] or fitting
            best = min(named, key=_outermost).matched
            more = {rest[place][0]: element for place, element in best.items()}
        elif len(rest) == 1:
            more = {rest[0][0]: rest[0][1][1][-1]}
        else:
            break
        covered |= more
        layouts.append(tuple(more.values()))
    if len(layouts) == 1:
        return
    ordered = sorted(covered.items(), key=lambda one: one[1].order)
    starts = tuple(element for _, element in ordered)
    anchors = tuple(chains[index][0] for index, _ in ordered)
    yield Records(starts, tuple((one,) for one in starts), anchors, tuple(layouts))


def _by_kind(chains: Sequence[Chain]) -> Iterator[Records]:
    """Yield the list as cards of several kinds, each with a name of its own; what stands aside is none of them.

    A page may show the same articles in each of its layouts, so that no layout is the list and none the rest of it.
    """
    within = [(anchor, chain) for anchor, chain in chains if not (in_navigation(chain[-1]) or aside_name(chain[-1]))]
    named = [next(((up, name) for up in reversed(chain) if (name := card_name(up))), None) for _, chain in within]
    counts = Counter(one[1] for one in named if one)
    kept = {name for name, count in counts.most_common(_MOST_KINDS) if count >= FEWEST}
    cards = {
        one[0].order: (one, anchor) for one, (anchor, _) in zip(named, within, strict=True) if one and one[1] in kept
    }
    if len(kept) < 2 or len(cards) < 0.9 * len(within):
        return
    ordered = [cards[order] for order in sorted(cards)]
    starts = tuple(element for (element, _), _ in ordered)
    layouts = tuple(tuple(element for (element, name), _ in ordered if name == kind) for kind in counts if kind in kept)
    yield Records(starts, tuple((one,) for one in starts), tuple(anchor for _, anchor in ordered), layouts)


def _as_runs(matched: dict[int, Element], chains: Sequence[Chain]) -> Iterator[Records]:
    """Yield the records as runs of siblings, if something stands between most of them: `h3 + p`, `dt + dd`."""
    found = runs(matched, [anchor for anchor, _ in chains])
    starts = tuple(run.parts[0] for run in found)
    if found and len({id(start) for start in starts}) == len(starts):
        anchors = tuple(chains[run.link][0] for run in found)
        yield Records(starts, tuple(run.parts for run in found), anchors, (starts,), between=True)
