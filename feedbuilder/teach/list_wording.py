"""What is told of a list that was learnt from examples, and why none could be: sentences for people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from feedbuilder.model.wording import shortened
from feedbuilder.teach.card_reading import CardReading
from feedbuilder.teach.list_examples import ListExamples
from feedbuilder.teach.narrower import nearly_alike

_NAMED = 3
_ADDRESS = '[href="'
_FOLDER = re.compile(r'\[href[*^]="([^"]{1,300})"\]')


def contradiction(examples: ListExamples) -> str | None:
    """Return why the examples cannot all be met by any list, None if they may."""
    for wanted in examples.wanted:
        for unwanted in examples.unwanted:
            if wanted.order <= unwanted.order <= wanted.last or unwanted.order <= wanted.order <= unwanted.last:
                return f'"{shortened(wanted.text)}" was shown as an article and as none: take one of both back.'
    if examples.before is not None and examples.before.articles and not examples.kept and not examples.missing:
        return "That takes every article out of the list. Show one that belongs into it."
    return None


def doubts_about(examples: ListExamples, after: CardReading, known: AbstractSet[str]) -> Iterator[str]:
    """Yield what a person should look at in the list `after`; `known` are the articles that were in it before."""
    yield from examples.page.doubts_about(after)
    lost = examples.lost(after)
    if lost:
        titles = (
            [item.title or item.link for item in examples.before.items if item.canonical in lost]
            if examples.before
            else []
        )
        yield f"{_count(len(lost))} that nobody called wrong went too: {_quoted(titles)}."
    if examples.before is not None:
        strangers = [after.items[place] for place in examples.strangers(after)]
        if strangers:
            titles = [item.title or item.link for item in strangers]
            yield f"{_count(len(strangers))} that nobody showed came too: {_quoted(titles)}."
        new = [item for item in after.items if item.canonical not in known]
        old = [item for item in after.items if item.canonical in known]
        for part, words in (("title", "title"), ("published", "date")):
            usual = sum(getattr(item, part) is not None for item in old) >= 0.8 * len(old) if old else False
            silent = sum(getattr(item, part) is None for item in new)
            if usual and silent:
                yield f"No {words} is read in {silent} of {len(new)} that came: show where it stands."
    yield from _by_address(examples, after)
    yield from _by_folder(examples, after)
    if after.selectors.between and examples.unwanted:
        yield "What was taken out now belongs to the article above it: see what is read there."


def _by_folder(examples: ListExamples, after: CardReading) -> Iterator[str]:
    """Yield what leaves the list from now on because of where it leads."""
    before = (examples.before.selectors.item or "") if examples.before else ""
    for place in dict.fromkeys(_FOLDER.findall(after.selectors.item or "")):
        if examples.unwanted and f'"{place}"' not in before:
            yield f'Whatever leads to "{place}" is left out from now on.'


def _by_address(examples: ListExamples, after: CardReading) -> Iterator[str]:
    """Yield what to say where a card is left out by its very address, and what nearly told it apart."""
    before, css = examples.before, after.selectors.item or ""
    if before is None or css.count(_ADDRESS) <= (before.selectors.item or "").count(_ADDRESS):
        return
    told = "Nothing but its address tells it from the others, so that the next one of its kind will be in the list."
    alike = nearly_alike(examples.page, before, examples.dismissed)
    titles = [item.title or item.link for item in before.items if item.canonical in alike]
    yield f"{told} If {_quoted(titles)} is none either, show that too." if titles else told


def _count(number: int) -> str:
    return "1 article" if number == 1 else f"{number} articles"


def _quoted(titles: Sequence[str]) -> str:
    named = ", ".join(f'"{shortened(title)}"' for title in titles[:_NAMED])
    return named + (f" and {len(titles) - _NAMED} more" if len(titles) > _NAMED else "")


def why_no_list(examples: ListExamples) -> str:
    """Return why no list of the page does what the examples ask for."""
    before = examples.before
    for one, own in zip(examples.missing, examples.missing_articles, strict=True):
        if own is None:
            return (
                f'"{shortened(one.text)}" leads to no article that is not in the list already: '
                "click one with a link of its own."
            )
        if before is not None and own in before.articles:
            return f'The article "{shortened(one.text)}" is in the list already, in another card.'
    if examples.missing and examples.unwanted:
        return "No list of this page holds all that you showed as articles and nothing of the rest."
    if examples.missing:
        return "No selector finds that one and the others: it stands in no card that can be named."
    if examples.unwanted:
        return (
            "No selector leaves that one out and keeps the others: nothing tells it from them. "
            "Filters on titles or tags may do (see the configuration of feeds)."
        )
    return "Nothing was shown."
