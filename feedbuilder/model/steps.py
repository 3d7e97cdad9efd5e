"""Steps that a text passes through after it was read: each a small, named change, one after the other.

Owns how steps are written (a name, or a table with one name in it) and what each does. A step takes one text and gives
some; what gives none ends the way of that text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PlainSerializer, model_validator

from feedbuilder.model.date_format import DateFormat, as_iso
from feedbuilder.model.setting_types import Pattern, Settings
from feedbuilder.model.wording import words_of

_MARKS = re.compile(r"(?m)^\s{0,3}(?:#{1,6}|>|[-*+])\s{1,5}|[*_`~]{1,3}(?=\S)|(?<=\S)[*_`~]{1,3}")
_LINK = re.compile(r"!?\[([^\[\]]{0,500})\]\([^()\s]{0,2000}\)")
MOST_TEXTS = 50
"""Texts that the steps of one reading make at the most."""
LONGEST = 20_000
"""Characters of a text that steps work on."""


def _try_template(pattern: re.Pattern[str], template: str) -> None:
    """Raise ValueError if `template` names a group that `pattern` has not, or holds an escape that there is not."""
    try:
        pattern.sub(template, "", count=1)  # which looks at the template before it looks for anything
    except (re.error, IndexError) as error:
        raise ValueError(f"with: {error}; a backslash before a digit is a group, two are a backslash") from error


class Step(Settings):
    """One step; of its keys one, `with` beside replace, `take` beside split."""

    do: str | None = Field(
        None, description='"strip", "lower", "upper", "title", "html-to-text" or "markdown-to-text", mostly alone.'
    )
    replace: Pattern | None = Field(None, description="What this regular expression matches becomes `with`.")
    with_: str = Field("", alias="with", description=r"Stands in for what replace matches; \1 is its first group.")
    match: Pattern | None = Field(None, description="Keeps the first group of what matches, else the whole match.")
    split: Annotated[str, Field(min_length=1)] | None = Field(None, description="Parts the text at this.")
    take: int | None = Field(None, description="Which part split keeps, from 0; -1 is the last. Without it: all.")
    strip: Annotated[str, Field(min_length=1)] | None = Field(None, description="Takes these signs from both ends.")
    parse: DateFormat | None = Field(None, description='Reads a date in this format ("%d.%m.%y", as strptime has it).')
    map: dict[str, str] | None = Field(None, description="Other texts for some; what is not in it stays as it is.")
    default: Annotated[str, Field(min_length=1)] | None = Field(None, description="Stands in where nothing is left.")
    command: tuple[str, ...] | None = Field(
        None,
        min_length=1,
        description="A program and its arguments, never a shell: it gets the text, and says another. Off unless "
        "commands = true stands under [reading].",
    )
    plugin: Annotated[str, Field(min_length=1)] | None = Field(
        None,
        description="The name of a step that an installed Python package has (entry point feedbuilder.steps). Off "
        "unless plugins = true stands under [reading].",
    )

    @property
    def name(self) -> str:
        """Return what it does, in one word."""
        return self.do or next(key for key in _TABLES if getattr(self, key) is not None)

    @property
    def is_outside(self) -> bool:
        """Return whether it leaves this program."""
        return self.command is not None or self.plugin is not None

    @model_validator(mode="after")
    def _says_one(self) -> Step:
        said = [key for key in ("do", *_TABLES) if getattr(self, key) is not None]
        if len(said) != 1:
            raise ValueError(f"expected one of {', '.join(_TABLES)} in a step, or one of {_NAMES} in quotes")
        if self.do is not None and self.do not in _WORDS:
            raise ValueError(f'no step is called "{self.do}"; there are {_NAMES}, and tables such as {{ split = "," }}')
        if self.replace is None and self.with_:
            raise ValueError("with stands beside replace")
        if self.replace is not None:
            _try_template(self.replace, self.with_)
        if self.split is None and self.take is not None:
            raise ValueError("take stands beside split")
        return self


def _as_step(value: Any) -> Any:
    return {"do": value} if isinstance(value, str) else value


def _written(step: Step) -> Any:
    return step.do or step.model_dump(mode="json", by_alias=True, exclude_defaults=True)


StepRule = Annotated[
    Step,
    BeforeValidator(_as_step, json_schema_input_type=str | Step),
    PlainSerializer(_written),
]


def _unmarked(text: str) -> str:
    """Return the words of Markdown."""
    return _MARKS.sub("", _LINK.sub(r"\1", text))


_WORDS: Mapping[str, Callable[[str], str]] = {
    "strip": str.strip,
    "lower": str.lower,
    "upper": str.upper,
    "title": lambda text: " ".join(word[:1].upper() + word[1:] for word in text.split(" ")),
    "html-to-text": words_of,
    "markdown-to-text": _unmarked,
}
_NAMES = ", ".join(f'"{name}"' for name in _WORDS)


def _matched(step: Step, text: str) -> Iterator[str]:
    assert step.match is not None
    if found := step.match.search(text):
        yield (found[1] if step.match.groups else found[0]) or ""


def _parts(step: Step, text: str) -> Sequence[str]:
    assert step.split is not None
    parts = text.split(step.split)
    if step.take is None:
        return parts
    place = step.take if step.take >= 0 else len(parts) + step.take
    return parts[place : place + 1] if place >= 0 else []


def _moment(step: Step, text: str) -> Iterator[str]:
    assert step.parse is not None
    if said := as_iso(text, step.parse):
        yield said


def _outside(step: Step, text: str) -> list[str]:
    from feedbuilder.model.outside_steps import run_outside  # noqa: PLC0415 - hardly anybody has such steps

    return run_outside(step, text)


_TABLES: Mapping[str, Callable[[Step, str], Iterable[str]]] = {
    "replace": lambda step, text: [step.replace.sub(step.with_, text)] if step.replace else [],
    "match": _matched,
    "split": _parts,
    "strip": lambda step, text: [text.strip(step.strip)],
    "parse": _moment,
    "map": lambda step, text: [(step.map or {}).get(text.strip(), text)],
    "default": lambda _, text: [text],
    "command": _outside,
    "plugin": _outside,
}


def walked(steps: Sequence[Step], text: str | None) -> Iterator[tuple[Step, list[str]]]:
    """Yield what is there after each of `steps`, which `text` passes through; for None there is nothing at first."""
    texts = [text[:LONGEST]] if text and text.strip() else []
    for step in steps:
        if step.default is not None:
            texts = texts or [step.default]
        elif step.do is not None:
            texts = [_WORDS[step.do](one) for one in texts]
        else:
            texts = [made for one in texts for made in _TABLES[step.name](step, one)]
        texts = [one[:LONGEST] for one in texts if one.strip()][:MOST_TEXTS]
        yield step, texts


def carried_out(steps: Sequence[Step], text: str | None) -> list[str]:
    """Return what `steps` make of `text`: some texts, none where nothing is left."""
    made = [text] if text and text.strip() else []
    for _, texts in walked(steps, text):
        made = texts
    return made
