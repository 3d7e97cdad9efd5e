"""The order of detection: outline the page, propose, extract, judge, unite, rank."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from zoneinfo import ZoneInfo

from feedbuilder.detect.candidates import PROPOSERS, Candidate, Detection
from feedbuilder.detect.list_facts import ListPlace, heading_share
from feedbuilder.detect.one_page import one_page_views
from feedbuilder.detect.outline import MOST_ANCHORS, Anchor, Outline, outline
from feedbuilder.detect.parsed_page import ParsedPage, plain_source
from feedbuilder.detect.part_or_whole import compare_parts
from feedbuilder.detect.propose_lists import PossibleList, Proposal, possible_lists, propose
from feedbuilder.detect.records import Records
from feedbuilder.detect.tried_list import ENOUGH, TriedList, judged, read_items, try_selectors
from feedbuilder.detect.unite_layouts import unions
from feedbuilder.model import Page, Selectors
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
_NEARLY_EQUAL = 0.9
_SAME_CARDS = 0.95
_AS_GOOD = 0.9
"""Of the promise of a list: another one that is made of the same cards must come near it."""
_HALVES = "halves"
"""The rule by which the parts of stories were taken for items: a list of whole ones among them is worth a try."""
_SHELL = 200
"""Characters beside the links of a page that a script fills: a name, a line of rights, "please enable JavaScript"."""
_SCRIPT = 'script:not([type*="json"])'
"""One that runs; others are data."""
_ANY = Selectors(item="a")


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
    tried += unions(view, tried)
    tried += list(_from_data(view, tried))
    tried = compare_parts(view, tried)
    candidates = _distinct([one.candidate for one in tried])
    if example:
        holding = [one for one in candidates if _holds(one, example)]
        if not holding:
            return Detection((), _no_example(view, example), document.language)
        candidates = holding + [one for one in candidates if one not in holding]
    elif not candidates or candidates[0].score < ENOUGH:
        if on_one_page := _on_one_page(view):
            return Detection(on_one_page, None, document.language)
        return Detection((), _why_none(view), document.language, _is_shell(view))
    return Detection(tuple(candidates), None, document.language)


def _on_one_page(view: Outline) -> tuple[Candidate, ...]:
    """Return the lists of articles that have no pages of their own, of the first kind of which there are any."""
    for other in one_page_views(view):
        tried = [one.candidate for one in _from_markup(other.outline, None)]
        good = [one for one in tried if one.score >= ENOUGH and other.is_credible(one.items)]
        if good:
            return tuple(replace(one, settings=other.settings) for one in _distinct(good))
    return ()


def _from_markup(view: Outline, example: str | None) -> list[TriedList]:
    """Return what the ordinary extraction gives for the most promising of the lists in the page's markup."""
    tried: list[TriedList] = []
    ran: list[Proposal] = []
    whole: list[Proposal] = []  # those of them whose items are no halves of stories
    most = _TRIED_FOR_EXAMPLE if example else _TRIED
    tries = 0
    for possible in possible_lists(view):
        if tries == most or len(ran) == 2 * most:
            break
        if ran and not example and _is_hopeless(possible, ran, whole):
            continue
        proposal = propose(view, possible)
        if proposal is None or any(_repeats(proposal, one) for one in ran):
            continue
        tries += not any(_nearly_equal(proposal.records, one.records) for one in ran)
        ran.append(proposal)
        found = try_selectors(view, proposal.selectors, proposal.place)
        if found is not None:
            tried.append(found)
        if found is None or all(reason.name != _HALVES for reason in found.candidate.reasons):
            whole.append(proposal)
    return tried


def _is_hopeless(possible: PossibleList, ran: Sequence[Proposal], whole: Sequence[Proposal]) -> bool:
    """Return whether it is not worth naming and running `possible`, after what `ran`; `whole` may cover it."""
    if possible.promise < _HOPELESS * ran[0].promise:
        return True
    return any(_covers(one, possible.ways[0], possible.promise) for one in whole)


def _nearly_equal(mine: Records, others: Records) -> bool:
    """Return whether two lists hold nearly the same articles: trying both is one try of the few."""
    ours, theirs = ({anchor.canonical for anchor in one.anchors} for one in (mine, others))
    return len(ours & theirs) >= _NEARLY_EQUAL * len(ours | theirs)


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


def _from_data(view: Outline, tried: Sequence[TriedList]) -> Iterator[TriedList]:
    """Yield the lists that the page's data name; where they stand is where the page links to their articles."""
    proposed = islice((one for proposer in PROPOSERS for one in proposer(view.document)), _DATA_TRIED)
    anchors: dict[str, Anchor] = {}
    for anchor in view.anchors:
        known = anchors.get(anchor.canonical)
        if known is None or len(anchor.element.text) > len(known.element.text):
            anchors[anchor.canonical] = anchor
    for selectors in proposed:
        items = read_items(view, selectors)
        if not items:
            continue
        mine = {item.canonical for item in items}
        starts = tuple(anchors[canonical].element for canonical in sorted(mine & anchors.keys()))
        like = max(tried, key=lambda one: len(mine & one.articles), default=None)
        common = len(mine & like.articles) / len(like.articles) if like else 0.0
        share = like.place.text_share * common if like and common > 0.5 else sum(start.share for start in starts)
        headed = heading_share([(start,) for start in starts]) * len(starts) / len(mine)
        yield judged(view, selectors, items, ListPlace(starts, share, headed))


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


def _is_shell(view: Outline) -> bool:
    """Return whether nearly all words of the page stand in its links, and scripts are there to write others."""
    in_links = sum(len(anchor.element.text) for anchor in view.anchors)
    return len(view.body.text) - in_links < _SHELL and view.document.tree.css_first(_SCRIPT) is not None


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
    if _is_shell(view):
        return (
            f"The page holds a menu of {len(view.anchors)} links, scripts and hardly a word else: in a browser "
            "a script builds the rest, and the page as it is sent does not have it."
        )
    return (
        f"None of the {len(view.anchors)} links on the page stand in a list of articles: they look like navigation. "
        "Name an article that the page shows (--example), or write the selectors yourself."
    )
