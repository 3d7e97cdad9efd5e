"""How a part of an item is read: which element, which attribute, and what is kept of its text.

Owns the written forms of a selector ("time@datetime", a table, a list of both). Knows no page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema, model_validator

from feedbuilder.model.setting_types import Pattern, Settings
from feedbuilder.model.steps import Step, StepRule, walked

XPATH = "xpath:"
"""What stands before a selector that is XPath instead of CSS."""
_XPATH_ATTRIBUTE = re.compile(r"(.*?)/{0,2}@([A-Za-z_][\w.-]{0,100})", re.DOTALL)
_XPATH_TEXT = re.compile(r"(.*[^/:(\s])/{1,2}text\(\)(?:\[1\])?", re.DOTALL)


class Pick(Settings):
    """One CSS selector and, after the last `@` outside quotes and brackets, the attribute to read instead of the text.

    `css` may be empty: "@href" reads an attribute of the item element itself. It may be XPath: "xpath:.//a/@href".
    """

    css: str
    attribute: str | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the pick that `text` writes: "h2 a", "time@datetime", "@data-url".

        Raises ValueError for an empty text and for an attribute name that cannot be one.
        """
        if text.startswith(XPATH):
            return cls._parse_xpath(text.removeprefix(XPATH).strip())
        depth, quote, at = 0, "", -1
        for index, character in enumerate(text):
            if quote:
                quote = "" if character == quote else quote
            elif character in "\"'":
                quote = character
            elif character in "[(":
                depth += 1
            elif character in "])":
                depth -= 1
            elif character == "@" and depth == 0:
                at = index
        css, attribute = (text, None) if at < 0 else (text[:at], text[at + 1 :].strip())
        css = css.strip()
        if attribute is not None and not re.fullmatch(r"[^\s\"'<>/=@]+", attribute):
            raise ValueError('expected the name of an attribute after "@", such as "a@title"')
        if not css and not attribute:
            raise ValueError('expected a CSS selector, such as "h2 a" or "time@datetime"')
        return cls(css=css, attribute=attribute)

    @classmethod
    def _parse_xpath(cls, expression: str) -> Self:
        """Return the pick of an XPath expression; what ends in text() is the text of its element."""
        if not expression:
            raise ValueError('expected an expression after "xpath:", such as "xpath:.//h2/a"')
        if found := _XPATH_ATTRIBUTE.fullmatch(expression):
            return cls(css=f"{XPATH}{found[1] or '.'}", attribute=found[2])
        if found := _XPATH_TEXT.fullmatch(expression):
            return cls(css=f"{XPATH}{found[1]}")
        return cls(css=f"{XPATH}{expression}")

    def __str__(self) -> str:
        if self.css.startswith(XPATH):
            return self.css + (f"/@{self.attribute}" if self.attribute else "")
        return self.css + (f"@{self.attribute}" if self.attribute else "")


def _as_pick(value: Any) -> Any:
    return Pick.parse(value) if isinstance(value, str) else value


PickText = Annotated[
    Pick,
    BeforeValidator(_as_pick),
    PlainSerializer(str),
    WithJsonSchema({"type": "string", "examples": ["h2 a", "time@datetime"]}),
]


class Reading(Settings):
    """One way to read a field: the texts that `join` picks, put together, and the part of them that `match` keeps."""

    select: PickText | None = Field(None, description="The selector to read; the short form of join with one.")
    join: tuple[PickText, ...] = Field((), description="Selectors whose texts are put together, in this order.")
    text: Annotated[str, Field(min_length=1)] | None = Field(
        None, description="This text, the same for all items, in place of one that is read."
    )
    separator: str = Field(" ", description="What stands between the joined texts.")
    match: Pattern | None = Field(
        None,
        description="Keeps only the part that this regular expression matches: its first group, else the whole match.",
    )
    template: str | None = Field(
        None,
        description='What is made of the text, which stands where "{}" is: an address from a slug. With join, '
        'several "{}" stand for its parts, all of which must be there.',
    )

    steps: tuple[StepRule, ...] = Field(
        (), description='What the text passes through then, in this order: "lower", { split = "," } and others.'
    )

    @property
    def picks(self) -> tuple[Pick, ...]:
        """Return what is read, in order; none for a text that is given."""
        return (self.select,) if self.select else self.join

    def joined(self, parts: Sequence[str | None]) -> str | None:
        """Return what the `parts` say together, one for each pick, None where there is none.

        A template with a place for each needs all of them: half a text is none.
        """
        if not self._fills_each:
            return self.separator.join(part for part in parts if part)
        said = [part.strip() for part in parts if part and part.strip()]
        if self.template is None or len(said) < len(parts):
            return None
        pieces = self.template.split("{}")
        return pieces[0] + "".join(part + piece for part, piece in zip(said, pieces[1:], strict=True))

    def kept(self, text: str | None) -> Iterator[str]:
        """Yield what `match`, `template` and `steps` make of a text that was read; nothing where nothing is left."""
        if not (self.match or self.template or self.steps):
            if text and (stripped := text.strip()):  # as nearly all texts are, of which there are thousands
                yield stripped
            return
        made = [text] if text and text.strip() else []  # what fills a template is whole already
        for _, made in self.passed(text):  # noqa: B007 - the last one counts
            pass
        yield from (one.strip() for one in made)

    def passed(self, text: str | None) -> Iterator[tuple[str, list[str]]]:
        """Yield by name what a text that was read is after `match`, after `template`, and after each of `steps`."""
        if self.match:
            # Pages break lines and indent wherever they like: "^By (.+)" means what a person sees.
            found = self.match.search(" ".join(text.split())) if text else None
            text = (found[1] if self.match.groups else found[0]) if found else None
            yield "match", [text] if text and text.strip() else []
        if self.template and not self._fills_each:
            text = self.template.replace("{}", text.strip()) if text and text.strip() else None
            yield "template", [text] if text else []
        for step, texts in walked(self.steps, text.strip() if text else None):
            yield step.name, texts

    @property
    def _fills_each(self) -> bool:
        """Return whether the template has a place for each of several parts."""
        return len(self.join) > 1 and self.template is not None and self.template.count("{}") > 1

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        if sum(map(bool, (self.select, self.join, self.text))) != 1:
            raise ValueError('expected either select = "…", join = ["…", "…"] or text = "…"')
        places = self.template.count("{}") if self.template is not None else 1
        if places != 1 and (not self.join or places != len(self.join)):
            raise ValueError('expected a template with one {} in it, such as "/news/{}", or one for each part of join')
        return self


def _as_readings(value: Any) -> Any:
    """Bring the three written forms (a string, a table, a list of them) to the one kept form: a list of tables."""
    one = [value] if isinstance(value, str | dict | Reading) else value
    if not isinstance(one, list | tuple):
        raise ValueError("expected a selector, a table with select or join, or a list of those")  # noqa: TRY004
    if not one:
        raise ValueError("expected at least one selector; leave the key out to read nothing")
    return tuple((_plain(part) or {"select": part}) if isinstance(part, str) else part for part in one)


@lru_cache(maxsize=4096)
def _plain(select: str) -> Reading | None:
    """Return the reading that a selector alone writes, one for all sources that have it; None if it is a wrong one."""
    try:
        return Reading(select=Pick.parse(select))
    except ValueError:
        return None


FieldRule = Annotated[
    tuple[Reading, ...],
    BeforeValidator(_as_readings, json_schema_input_type=str | Reading | list[str | Reading]),
]
"""How a field is read: alternatives, tried in order until one gives a text."""


def steps_of(rules: Settings) -> Iterator[Step]:
    """Yield the steps of all fields that `rules`, of a list or of articles' pages, have."""
    for name in type(rules).model_fields:
        value = getattr(rules, name)
        readings = value if isinstance(value, tuple) else ()
        yield from (step for one in readings if isinstance(one, Reading) for step in one.steps)
