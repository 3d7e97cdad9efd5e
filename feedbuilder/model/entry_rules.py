"""How a feed words its entries otherwise than their sites do: a title with the name of its source before it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from feedbuilder.model.setting_types import Settings
from feedbuilder.model.steps import StepRule, carried_out

PLACES = ("title", "summary", "source", "author", "tags", "date")
"""What a template may ask for of an entry."""
_PLACE = re.compile(r"\{(\w{1,20})\}")


def _template(text: str) -> str:
    unknown = [name for name in _PLACE.findall(text) if name not in PLACES]
    if unknown or not _PLACE.search(text):
        there = ", ".join(f"{{{name}}}" for name in PLACES)
        raise ValueError(f'expected a template with one or more of {there} in it, such as "{{source}}: {{title}}"')
    return text


class EntryRule(Settings):
    """How one text of an entry is made."""

    template: Annotated[str, AfterValidator(_template)] | None = Field(
        None,
        description='What is shown: "{source}: {title}"; also {summary}, {author}, {tags} and {date}. Without it: the '
        "text itself.",
    )
    steps: tuple[StepRule, ...] = Field((), description="What it passes through then, as the field of a source.")

    @model_validator(mode="after")
    def _stays_inside(self) -> EntryRule:
        if any(step.is_outside for step in self.steps):
            raise ValueError("command and plugin are for the steps of sources: feeds are made without running anything")
        return self

    def made(self, name: str, said: Mapping[str, str]) -> str | None:
        """Return the text called `name` of an entry that says this; None where nothing is left of it."""
        text = _PLACE.sub(lambda found: said.get(found[1], ""), self.template) if self.template else said.get(name)
        return next((" ".join(one.split()) for one in carried_out(self.steps, text) if one.strip()), None)


def _as_rule(value: Any) -> Any:
    return {"template": value} if isinstance(value, str) else value


Rule = Annotated[EntryRule, BeforeValidator(_as_rule, json_schema_input_type=str | EntryRule)]


class EntryRules(Settings):
    """Which texts of its entries a feed words otherwise."""

    title: Rule | None = Field(None, description="Its title. Where nothing is left of it, it stays what it was.")
    summary: Rule | None = Field(None, description="Its summary. Where nothing is left of it, there is none.")
