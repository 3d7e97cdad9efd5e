"""Lists that hold what is wanted, found as detection finds lists: by links that stand alike around known articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from feedbuilder.detect import detect
from feedbuilder.detect.link_groups import groups
from feedbuilder.detect.lists_of_known import lists_around
from feedbuilder.detect.outline import Anchor, Outline
from feedbuilder.detect.propose_lists import possible_lists, propose
from feedbuilder.model import Selectors
from feedbuilder.teach.taught_page import TaughtPage

_TRIED = 3
FEWEST = 2
"""Articles that a list can be named by."""


@dataclass(frozen=True, slots=True)
class OtherList:
    """Selectors of a list, and what a source must say besides."""

    selectors: Selectors
    settings: dict[str, object]


def lists_of(view: Outline, articles: AbstractSet[str]) -> Iterator[OtherList]:
    """Yield the lists that are made of the links to `articles` and of nothing else, the most promising first."""
    if len(articles) < FEWEST:
        return
    group = list(_main_links(view, articles))
    for possible in possible_lists(view, [group])[:_TRIED]:
        if (proposal := propose(view, possible)) is not None:
            yield OtherList(proposal.selectors, {})


def _main_links(view: Outline, articles: AbstractSet[str]) -> Iterator[Anchor]:
    """Yield of each article the link that says most: the others in its card would be cards of their own."""
    best: dict[str, Anchor] = {}
    for anchor in view.anchors:
        known = best.get(anchor.canonical)
        if anchor.canonical in articles and (known is None or len(anchor.element.text) > len(known.element.text)):
            best[anchor.canonical] = anchor
    return iter(sorted(best.values(), key=lambda one: one.element.order))


def lists_like(page: TaughtPage, articles: AbstractSet[str]) -> Iterator[OtherList]:
    """Yield the lists of the page that may hold `articles` among others."""
    for tried in lists_around(page.outline, articles):
        yield OtherList(tried.candidate.selectors, {})
    for some in _groups_with(page.outline, articles):
        for possible in possible_lists(page.outline, [some])[:1]:
            if (proposal := propose(page.outline, possible)) is not None:
                yield OtherList(proposal.selectors, {})


def lists_detected(page: TaughtPage) -> Iterator[OtherList]:
    """Yield whatever detection finds on the page, which takes it longest."""
    document = page.document
    for candidate in detect(document.page, language=document.language, zone=document.zone).candidates:
        yield OtherList(candidate.selectors, dict(candidate.settings))


def _groups_with(view: Outline, articles: AbstractSet[str]) -> Sequence[list[Anchor]]:
    found = [group for group in groups(view) if any(anchor.canonical in articles for anchor in group)]
    return sorted(found, key=len, reverse=True)[:_TRIED]
