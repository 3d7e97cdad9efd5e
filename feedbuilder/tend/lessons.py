"""What a person says of a source's page in words, "this is the title", "this is none" -> selectors that read it so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import unified_diff
from pathlib import Path

from feedbuilder.config import Config
from feedbuilder.config.change_source import replace_selectors
from feedbuilder.config.toml import selectors_block
from feedbuilder.model import ConfigError, Selectors, Source
from feedbuilder.teach import Taught, TaughtPage, Unteachable, learn_field, learn_list
from feedbuilder.teach.field_looks import LOOKS
from feedbuilder.teach.find_texts import find_article, find_in_cards

_EXAMPLE = re.compile(r"(?P<field>[a-z]+)(?:@(?P<place>[1-9]\d{0,4}))?=(?P<text>.+)", re.DOTALL)
_OTHER_NAMES = {"picture": "image", "tag": "tags", "authors": "author", "byline": "author"}


@dataclass(frozen=True, slots=True)
class FieldExample:
    """A text that a field is to be, in some article of the list."""

    field: str
    text: str
    place: int | None = None
    """The article that it stands in, from 0; None: any."""

    @classmethod
    def of(cls, written: str) -> FieldExample:
        """Return what `title="Harbour reopens"` or `date@3="19 May"` says. Raises ConfigError."""
        found = _EXAMPLE.fullmatch(written.strip())
        field = found["field"] if found else ""
        field = _OTHER_NAMES.get(field, field)
        if found is None or field not in LOOKS or not found["text"].strip():
            raise ConfigError(
                f'"{written}" is no example: write FIELD="its text in one of the articles", '
                f'such as title="Harbour reopens"; fields are {", ".join(LOOKS)}. '
                'An article that is missing: --missing "its title". One that is none: --not "its title".'
            )
        return cls(field, found["text"].strip(), int(found["place"]) - 1 if found["place"] else None)


@dataclass(frozen=True, slots=True)
class Lesson:
    """All that a person says of one page."""

    fields: tuple[FieldExample, ...] = ()
    missing: tuple[str, ...] = ()
    """Titles or addresses of articles that the list lacks."""
    wrong: tuple[str, ...] = ()
    """Titles or addresses of what is no article."""


def learn(page: TaughtPage, selectors: Selectors, lesson: Lesson) -> Taught | Unteachable:
    """Return the selectors that read the page as `lesson` says: first the list, then the fields of its articles."""
    taught = Taught(selectors, (), len(page.items(selectors)))
    if lesson.missing or lesson.wrong:
        found = [[find_article(page, text) for text in texts] for texts in (lesson.missing, lesson.wrong)]
        for one in (one for some in found for one in some):
            if isinstance(one, Unteachable):
                return one
        wanted, unwanted = ({one for one in some if isinstance(one, int)} for some in found)
        outcome = learn_list(page, selectors, wanted, unwanted)
        if isinstance(outcome, Unteachable):
            return outcome
        taught = outcome
    for field in dict.fromkeys(shown.field for shown in lesson.fields):
        reading = page.read(page.source(taught.selectors, taught.settings))
        examples: list[tuple[int, int]] = []
        for shown in lesson.fields:
            if shown.field == field:
                number = find_in_cards(page, reading, field, shown.text, shown.place)
                if isinstance(number, Unteachable):
                    return number
                examples.append((reading.by_number.get(number, 0), number))
        outcome = learn_field(page, taught.selectors, field, examples)
        if isinstance(outcome, Unteachable):
            return outcome
        taught = replace(
            taught,
            selectors=outcome.selectors,
            changes=(*taught.changes, *outcome.changes),
            cards=outcome.cards,
            doubts=(*taught.doubts, *outcome.doubts),
        )
    return taught


def selector_diff(before: Source, after: Selectors) -> list[str]:
    """Return the lines of the selectors of now beside the learnt ones, each with its mark: " ", "+" or "-"."""
    one, other = (selectors_block(it).splitlines() for it in (before, before.model_copy(update={"selectors": after})))
    return list(unified_diff(one, other, lineterm="", n=20))[3:]


def write_lesson(config: Config, source: Source, taught: Taught, environ: Mapping[str, str]) -> Path:
    """Write the learnt selectors of `source` into the configuration; return the file. Raises ConfigError."""
    learnt = source.model_copy(update={"selectors": taught.selectors, **taught.settings})
    return replace_selectors(config, learnt, taught.settings, environ)
