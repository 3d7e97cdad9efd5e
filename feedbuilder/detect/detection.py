"""The order of detection: outline the page, propose, extract, judge, unite, rank."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from zoneinfo import ZoneInfo

from feedbuilder.detect.candidates import PROPOSERS, Candidate, Detection, Reason
from feedbuilder.detect.judge import judge
from feedbuilder.detect.list_facts import ListFacts, heading_share
from feedbuilder.detect.one_page import one_page_views
from feedbuilder.detect.outline import HEADINGS, MOST_ANCHORS, Anchor, Element, Outline, outline, plain_source
from feedbuilder.detect.page_regions import in_main_part
from feedbuilder.detect.parsed_page import ParsedPage
from feedbuilder.detect.propose_lists import PossibleList, Proposal, possible_lists, propose
from feedbuilder.detect.records import Records
from feedbuilder.detect.unite_layouts import belongs, spoken_against, united
from feedbuilder.extract.extract_items import extract
from feedbuilder.model import ExtractError, Item, Page, Selectors
from feedbuilder.parse.boilerplate import text_key

_TRIED = 3
"""Proposals from the markup that the ordinary extraction is run on, and how many there are at the most."""
_MOST_CARDS = 250
"""Cards of two lists together: when they are more, the same articles are not read in a second way."""
_TRIED_FOR_EXAMPLE = 10
_DATA_TRIED = 4
_HOPELESS = 0.33
"""Of the best promise: a proposal that promises less is not run."""
_CHEAP = 6
"""Cards that are read in any case: the score of a short list says more than its promise."""
_SAME_CARDS = 0.95
_AS_GOOD = 0.9
"""Of the promise of a list: another one that is made of the same cards must come near it."""
_PART = 0.4
"""Of the best list's score: what is to be a part of it must have some worth of its own."""
_ENOUGH = 6.0
"""Points that a list of articles reaches on any page; navigation stays below."""
_ANY = Selectors(item="a")


@dataclass(frozen=True, slots=True)
class _ListPlace:
    """What is known of where a list stands."""

    starts: tuple[Element, ...]
    text_share: float
    headed: float
    cost: float


@dataclass(frozen=True, slots=True)
class _Tried:
    """A candidate with what is needed to judge it again as a part of a larger one."""

    candidate: Candidate
    place: _ListPlace


def detect(
    page: Page, *, language: str | None = None, zone: ZoneInfo | None = None, example: str | None = None
) -> Detection:
    """Return the lists of articles that `page` may hold, the likeliest first, each set of articles once.

    `language` and `zone` are those of the source to be, for its dates; without a language, the one that the page names
    is taken (`Detection.language`), and belongs into the source. `example`, a title that stands on the page or a part
    of one, puts the lists that hold it first. Raises ExtractError for a page that cannot be read at all.
    """
    document = ParsedPage.of(page, language=language, zone=zone)
    view = outline(document, plain_source(document, _ANY))
    tried = _from_markup(view, example)
    tried += _unions(view, tried)
    tried += list(_from_data(view, tried))
    candidates = _distinct([one.candidate for one in tried])
    if example:
        holding = [one for one in candidates if _holds(one, example)]
        if not holding:
            return Detection((), _no_example(view, example), document.language)
        candidates = holding + [one for one in candidates if one not in holding]
    elif not candidates or candidates[0].score < _ENOUGH:
        if on_one_page := _on_one_page(view):
            return Detection(on_one_page, None, document.language)
        return Detection((), _why_none(view), document.language)
    return Detection(tuple(candidates), None, document.language)


def _on_one_page(view: Outline) -> tuple[Candidate, ...]:
    """Return the lists of articles that have no pages of their own, of the first kind of which there are any."""
    for other in one_page_views(view):
        tried = [one.candidate for one in _from_markup(other.outline, None)]
        good = [one for one in tried if one.score >= _ENOUGH and other.is_credible(one.items)]
        if good:
            return tuple(replace(one, settings=other.settings) for one in _distinct(good))
    return ()


def _from_markup(view: Outline, example: str | None) -> list[_Tried]:
    """Return what the ordinary extraction gives for the most promising of the lists in the page's markup."""
    tried: list[_Tried] = []
    ran: list[Proposal] = []
    for possible in possible_lists(view):
        if len(ran) == (_TRIED_FOR_EXAMPLE if example else _TRIED):
            break
        if ran and not example and _is_hopeless(possible, ran):
            continue
        proposal = propose(view, possible)
        if proposal is None or any(_repeats(proposal, one) for one in ran):
            continue
        ran.append(proposal)
        if (found := _try(view, proposal)) is not None:
            tried.append(found)
    return tried


def _is_hopeless(possible: PossibleList, ran: Sequence[Proposal]) -> bool:
    """Return whether it is not worth naming and running `possible`, after what `ran`."""
    if possible.promise < _HOPELESS * ran[0].promise:
        return True
    return any(_covers(one, possible.ways[0], possible.promise) for one in ran)


def _repeats(proposal: Proposal, other: Proposal) -> bool:
    return proposal.selectors.item == other.selectors.item and _is_like(proposal.records, other.records)


def _covers(one: Proposal, records: Records, promise: float) -> bool:
    """Return whether `one`, which ran, leaves little to expect of `records`: the same again, with less promise."""
    if len(records.starts) <= _CHEAP:
        return False
    again = _is_like(records, one.records)
    if again and len(one.records.starts) + len(records.starts) > _MOST_CARDS:
        return True
    ours, theirs = ({start.order for start in some.starts} for some in (records, one.records))
    again = again or len(ours & theirs) >= _SAME_CARDS * len(ours | theirs)
    return again and promise < _AS_GOOD * one.promise


def _is_like(mine: Records, known: Records) -> bool:
    """Return whether nearly all articles of `mine` are in `known` too."""
    articles = {anchor.canonical for anchor in mine.anchors}
    return len(articles - {anchor.canonical for anchor in known.anchors}) <= 0.2 * len(articles)


def _try(view: Outline, proposal: Proposal) -> _Tried | None:
    items = _items(view, proposal.selectors)
    place = _ListPlace(proposal.records.starts, proposal.text_share, proposal.headed, proposal.cost)
    return _judged(view, proposal.selectors, items, place) if items else None


def _items(view: Outline, selectors: Selectors) -> tuple[Item, ...]:
    try:
        return extract(
            view.document.page, plain_source(view.document, selectors, view.settings), parse=view.document.parse
        )
    except ExtractError:
        return ()


def _judged(view: Outline, selectors: Selectors, items: tuple[Item, ...], place: _ListPlace) -> _Tried:
    structured = selectors.from_ is not None
    titles = [item.title or "" for item in items]
    facts = ListFacts(view, titles, place.starts, place.text_share, place.headed, items, place.cost, structured)
    score, reasons = judge(facts)
    return _Tried(Candidate(selectors, items, score, reasons), place)


def _unions(view: Outline, tried: Sequence[_Tried]) -> list[_Tried]:
    """Return the best list together with those that look like more of it, if that is read as well as both apart."""
    if not tried:
        return []
    whole = best = max(tried, key=lambda one: one.candidate.score)
    for other in tried:
        against = frozenset(reason.name for reason in other.candidate.reasons if reason.points <= -1)
        if other is best or spoken_against(against) or other.candidate.score < _PART * best.candidate.score:
            continue
        below = min(start.order for start in other.place.starts) > min(start.order for start in best.place.starts)
        outside = _leaves_main(whole, other)
        if not belongs(whole.candidate.items, other.candidate.items, below=below, outside=outside):
            continue
        one, more = whole.place, other.place
        selectors = united(whole.candidate.selectors, other.candidate.selectors, _heading_tag(one.starts))
        items = _items(view, selectors) if selectors else ()
        if selectors is None or not items:
            continue
        starts = tuple(sorted((*one.starts, *more.starts), key=lambda start: start.order))
        share = len(one.starts) / len(starts)
        headed = one.headed * share + more.headed * (1 - share)
        place = _ListPlace(starts, one.text_share + more.text_share, headed, one.cost + more.cost + 1)
        both = _judged(view, selectors, items, place)
        if _same(whole, both) and _same(other, both):
            whole = _raised(both, above=whole, count=len(other.candidate.items))
    return [whole] if whole is not best else []


def _leaves_main(one: _Tried, other: _Tried) -> bool:
    """Return whether `one` stands in the page's `<main>` and `other` does not."""
    return all(map(in_main_part, one.place.starts)) and not any(map(in_main_part, other.place.starts))


def _raised(both: _Tried, above: _Tried, count: int) -> _Tried:
    """Return `both` with a score that beats its part `above`: a mixed list has lower shares, and is no worse for it."""
    candidate = both.candidate
    points = round(max(above.candidate.score - candidate.score, 0.0) + 0.5, 2)
    reason = Reason("united", points, f"{count} more articles of the same kind stand in cards of another make.")
    reasons = tuple(sorted((*candidate.reasons, reason), key=lambda one: -abs(one.points)))
    return replace(both, candidate=replace(candidate, score=round(candidate.score + points, 2), reasons=reasons))


def _same(part: _Tried, whole: _Tried) -> bool:
    """Return whether nearly all items of `part` are read in `whole` as they are alone."""
    said = {item.canonical: item for item in whole.candidate.items}

    def alike(item: Item) -> bool:
        other = said.get(item.canonical)
        return other is not None and other.title == item.title and (other.published or item.published) == item.published

    items = part.candidate.items
    return sum(map(alike, items)) >= 0.9 * len(items)


def _heading_tag(starts: Sequence[Element]) -> str | None:
    return next((one.tag for start in starts for one in start.down() if one.tag in HEADINGS), None)


def _from_data(view: Outline, tried: Sequence[_Tried]) -> Iterator[_Tried]:
    """Yield the lists that the page's data name; where they stand is where the page links to their articles."""
    proposed = islice((one for proposer in PROPOSERS for one in proposer(view.document)), _DATA_TRIED)
    anchors: dict[str, Anchor] = {}
    for anchor in view.anchors:
        known = anchors.get(anchor.canonical)
        if known is None or len(anchor.element.text) > len(known.element.text):
            anchors[anchor.canonical] = anchor
    for selectors in proposed:
        items = _items(view, selectors)
        if not items:
            continue
        mine = {item.canonical for item in items}
        starts = tuple(anchors[canonical].element for canonical in sorted(mine & anchors.keys()))
        like = max(tried, key=lambda one: len(mine & _canonicals(one)), default=None)
        common = len(mine & _canonicals(like)) / len(_canonicals(like)) if like else 0.0
        share = like.place.text_share * common if like and common > 0.5 else sum(start.share for start in starts)
        headed = heading_share([(start,) for start in starts]) * len(starts) / len(mine)
        yield _judged(view, selectors, items, _ListPlace(starts, share, headed, 0.0))


def _canonicals(one: _Tried) -> set[str]:
    return {item.canonical for item in one.candidate.items}


def _distinct(candidates: list[Candidate]) -> list[Candidate]:
    """Return `candidates` by score, of those that give the same articles only the best."""
    best: dict[frozenset[str], Candidate] = {}
    for candidate in sorted(candidates, key=lambda one: -one.score):
        best.setdefault(frozenset(item.canonical for item in candidate.items), candidate)
    return list(best.values())


def _holds(candidate: Candidate, example: str) -> bool:
    wanted = text_key(example)
    return any(wanted in text_key(item.title or "") for item in candidate.items)


def _no_example(view: Outline, example: str) -> str:
    if text_key(example) in text_key(view.body.text):
        return f'"{example}" stands on the page, but in no list of links; choose the title of another article.'
    return f'"{example}" does not stand on the page; copy a title from it as it is written there.'


def _why_none(view: Outline) -> str:
    if not view.anchors:
        return (
            "The page holds no links to articles. "
            "If a browser shows some, a script builds them, and the page as it is sent does not have them."
        )
    if len(view.anchors) == MOST_ANCHORS:
        return (
            f"The page holds {MOST_ANCHORS:,} links or more, too many to tell the articles among them. "
            "Watch a page that shows fewer, or write the selectors yourself."
        )
    return (
        f"None of the {len(view.anchors)} links on the page stand in a list of articles: they look like navigation. "
        "Name an article that the page shows (--example), or write the selectors yourself."
    )
