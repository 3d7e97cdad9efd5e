"""Articles that are missing, cards that are none -> selectors of the list as it should be.

Owns what the smallest change is: first of all no article is lost that nobody called wrong; then nothing comes that
looks like no article; then the shortest selector. What came and what went is always told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import chain, islice

from feedbuilder.detect.page_regions import aside_name, in_aside, in_navigation
from feedbuilder.detect.rules.address_rules import folder, has_telling_address
from feedbuilder.model import ExtractError, Selectors
from feedbuilder.teach.card_reading import CardReading
from feedbuilder.teach.learn_field import learn_field
from feedbuilder.teach.list_examples import ListExamples, holds
from feedbuilder.teach.list_fields import with_fields
from feedbuilder.teach.list_wording import contradiction, doubts_about, why_no_list
from feedbuilder.teach.narrower import narrower
from feedbuilder.teach.other_lists import OtherList, lists_detected, lists_like, lists_of
from feedbuilder.teach.outcome import Taught, Unteachable
from feedbuilder.teach.selector_changes import changes, with_rules
from feedbuilder.teach.taught_page import TaughtPage, number_in, numbers_in
from feedbuilder.teach.wider import wider

_TRIED = 6
"""Selectors that the ordinary extraction is run with, of each way to find them."""
_BY_ADDRESS = re.compile(r':not\(:has\(a\[href="[^"]{1,300}"\]\)\)|:not\(\[href="[^"]{1,300}"\]\)')
"""What leaves out a single card by its address."""
_NARROWED = 3
"""Other lists of which what is unwanted in them is taken out."""
_MOST_LOST = 0.2
"""Of the list: selectors that lose more of it are no correction."""


def learn_list(
    page: TaughtPage, selectors: Selectors | None, wanted: AbstractSet[int], unwanted: AbstractSet[int]
) -> Taught | Unteachable:
    """Return selectors that find an article at each of the `wanted` elements, and none at the `unwanted` ones.

    Both are all that a person has shown so far: any element of a card, or around it. `selectors` are those of now, None
    where there is no list yet. Raises ExtractError for selectors that are not valid.
    """
    examples = ListExamples(
        page,
        page.read(selectors) if selectors is not None else None,
        tuple(page.visible(sorted(wanted))),
        tuple(page.visible(sorted(unwanted))),
    )
    if len(examples.wanted) + len(examples.unwanted) < len(wanted) + len(unwanted):
        return Unteachable("Nothing that can be seen stands there: click the title of the article itself.")
    if reason := contradiction(examples):
        return Unteachable(reason)
    before = examples.before
    misled = before is not None and bool(examples.misled)
    if before is not None and examples.met_by(before) and not misled:
        return Taught(before.selectors, (), len(before.items))
    if before is None and not examples.wanted:
        return Unteachable("There is no list yet: show one of its articles first.")
    if before is not None and misled:
        linked = _relinked(page, examples, before)
        return _taught(page, examples, linked) if linked else Unteachable(why_no_list(examples))
    best: _Weighed | None = None
    for after in _readings(page, examples):
        weighed = _Weighed.of(examples, after)
        if weighed is not None and (best is None or weighed.badness < best.badness):
            best = weighed
        if best is not None and best.is_clean:
            break
    if best is None:
        return Unteachable(why_no_list(examples))
    return _taught(page, examples, _without_needless(page, examples, best.after))


@dataclass(frozen=True)
class _Weighed:
    """A reading that does what the examples ask for."""

    after: CardReading
    lost: int
    doubtful: int
    came: int

    @classmethod
    def of(cls, examples: ListExamples, after: CardReading) -> _Weighed | None:
        """Return `after`, its fields completed, with what it costs; None where it does not do what is asked for."""
        if not examples.met_by(after):
            return None
        if examples.before is not None:
            after = with_fields(examples.page, after, examples.before.articles)
        lost = len(examples.lost(after) - examples.companions)
        if lost > max(1, _MOST_LOST * len(examples.kept)) or lost >= max(len(examples.kept), 1):
            return None
        strangers = examples.strangers(after) if examples.before is not None else []
        doubtful = sum(_is_doubtful(examples, after, place) for place in strangers)
        untitled = sum(not after.items[place].title for place in _places(examples, after))
        return cls(after, lost, doubtful + 2 * untitled, len(strangers))

    @property
    def badness(self) -> tuple[int, int, int]:
        """Return how little one wants it."""
        return self.lost, self.doubtful, self.came

    @property
    def is_clean(self) -> bool:
        """Return whether nothing is better: nothing lost, nothing that came unasked looks wrong."""
        return not self.lost and not self.doubtful


def _without_needless(page: TaughtPage, examples: ListExamples, after: CardReading) -> CardReading:
    """Return `after` without the addresses that were left out one by one, where a telling name does so by now."""
    css = after.selectors.item or ""
    for condition in _BY_ADDRESS.findall(css)[:_TRIED] if examples.unwanted else ():
        shorter = css.replace(condition, "", 1)
        tried = _try(page, with_rules(after.selectors, {"item": shorter}), {})
        if tried is not None and examples.met_by(tried) and tried.articles == after.articles:
            after, css = tried, shorter
    return after


def _relinked(page: TaughtPage, examples: ListExamples, before: CardReading) -> CardReading | None:
    """Return what another link rule gives, where cards are read and lead elsewhere than to their articles.

    Several cards with one link, such as that of their section, are one article; the others are missing.
    """
    shown = [(0, number_in(one)) for one in examples.misled]
    outcome = learn_field(page, before.selectors, "link", shown)
    if isinstance(outcome, Unteachable):
        return None
    after = page.read(outcome.selectors)
    return after if len(after.items) > len(before.items) and examples.met_by(after) else None


def _places(examples: ListExamples, after: CardReading) -> list[int]:
    """Return the places of the items at what was missing."""
    found = (after.by_number.get(number) for one in examples.missing for number in numbers_in(one))
    return sorted({place for place in found if place is not None})


def _readings(page: TaughtPage, examples: ListExamples) -> Iterator[CardReading]:
    """Yield what other selectors give, the smaller changes first."""
    before = examples.before
    if before is not None and before.listing.sheet is not None:
        yield from _changed_items(page, examples, before)
    articles = {*examples.kept, *filter(None, examples.missing_articles)}
    others = chain(
        lists_of(page.outline, articles),
        lists_of(page.outline, articles | examples.dismissed) if examples.dismissed else (),
        lists_like(page, articles) if examples.missing else (),
        lists_detected(page) if before is None else (),
    )
    narrowed = 0
    for other in others:
        for after in _read(page, examples, other):
            yield after
            if narrowed < _NARROWED and examples.dismissed & after.articles and not examples.lost(after):
                narrowed += 1
                yield from _changed_items(page, examples, after)


def _changed_items(page: TaughtPage, examples: ListExamples, base: CardReading) -> Iterator[CardReading]:
    """Yield readings by other item selectors, all else being as in the reading `base`."""
    css = base.selectors.item or ""
    matched = page.matched(css)
    if matched is None:
        return
    options: list[str] = [css]
    gone, kept = examples.parted(base, matched)
    if gone:
        options = [one.css for one in narrower(page.outline, css, kept, gone)[:_TRIED]]
    for own, missing in zip(examples.missing_articles, examples.missing, strict=True):
        if holds(base, missing):
            continue
        options = [
            one.css for option in options[:_TRIED] for one in wider(page.outline, option, kept, missing, own)[:_TRIED]
        ]
    for option in islice(dict.fromkeys(options), 2 * _TRIED):
        if option == css:
            continue
        after = _try(page, with_rules(base.selectors, {"item": option}), {})
        if after is not None:
            yield after


def _read(page: TaughtPage, examples: ListExamples, other: OtherList) -> Iterator[CardReading]:
    """Yield what `other` gives with the fields of the list of now, then as it is."""
    before = examples.before
    if before is not None and before.listing.sheet is not None:
        rules = {"item": other.selectors.item, "between": other.selectors.between or None}
        if after := _try(page, with_rules(before.selectors, rules), other.settings):
            yield after
    if after := _try(page, other.selectors, other.settings):
        yield after


def _try(page: TaughtPage, selectors: Selectors, settings: dict[str, object]) -> CardReading | None:
    try:
        return page.read(page.source(selectors, settings))
    except ExtractError:
        return None


def _is_doubtful(examples: ListExamples, after: CardReading, place: int) -> bool:
    """Return whether an item that came unasked stands aside, leads elsewhere than the others, or has no title."""
    item = after.items[place]
    if not item.title:
        return True
    tops = [one for card in after.cards[place] for one in examples.page.visible(card.tops)]
    if any(in_navigation(one) or in_aside(one) or aside_name(one) for one in tops):
        return True
    shapes = {folder(other.link) for other in after.items if other.canonical in examples.kept}
    return folder(item.link) not in shapes and not has_telling_address(item.link)


def _taught(page: TaughtPage, examples: ListExamples, after: CardReading) -> Taught:
    """Return what was learnt, and what came and went by it."""
    before = examples.before
    known = before.articles if before is not None else frozenset()
    came = tuple(item.link for item in after.items if item.canonical not in known)
    went = tuple(item.link for item in (before.items if before else ()) if item.canonical not in after.articles)
    return Taught(
        after.selectors,
        changes(before.selectors if before else None, after.selectors),
        len(after.items),
        tuple(doubts_about(examples, after, known)),
        came,
        went,
        _settings(after, page),
    )


def _settings(after: CardReading, page: TaughtPage) -> dict[str, object]:
    usual = page.source(after.selectors)
    return {
        key: getattr(after.source, key)
        for key in ("keep_fragment", "without_links")
        if getattr(after.source, key) != getattr(usual, key)
    }
