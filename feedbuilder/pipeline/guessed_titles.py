"""Titles where the source's selector finds none in any article: as if there were no such selector.

So that the beginning of a text is not published as a title. How it is told: `extract.missed_parts`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from feedbuilder.model import Item, Known, Page, Source
from feedbuilder.pipeline.ports import Reader


def with_guessed_titles(page: Page, source: Source, items: tuple[Item, ...], reader: Reader) -> tuple[Item, ...]:
    """Return the `items` that `source` lists on `page`, those without a title with one by headings and links.

    Only where the title selector finds nothing in any of them. Raises ExtractError as `reader` does.
    """
    if source.selectors.title is None or not items or any(item.title for item in items):
        return items
    guessing = source.model_copy(update={"selectors": source.selectors.model_copy(update={"title": None})})
    titles = {item.canonical: item.title for item in reader.read_list(page, guessing)}
    return tuple(
        replace(item, title=title, title_guessed=True) if (title := titles.get(item.canonical)) else item
        for item in items
    )


def without_guess(item: Item, stories: Mapping[str, Known] | None = None) -> Item:
    """Return `item` without a title that was guessed; with `stories`, only where its story has one already."""
    if not item.title_guessed:
        return item
    if stories is not None:
        story = stories.get(item.canonical)
        if story is None or not any(one.title for one in story.statements):
            return item
    return replace(item, title=None)
