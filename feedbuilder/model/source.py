"""A source: one section page that is watched, and how its list of articles is read.

These are configuration models: what TOML says, checked, with the defaults filled in. Descriptions are written for the
user; the JSON Schema and the reference in the documentation are made from them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    WithJsonSchema,
    model_validator,
)

from feedbuilder.model.units import Duration, Zone, format_duration


class Settings(BaseModel):
    """The common ground of configuration models: immutable, and a key that is not known is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


def compile_pattern(text: Any) -> re.Pattern[str]:
    """Return the regular expression `text`, case ignored. Raises ValueError with the place of the fault."""
    if isinstance(text, re.Pattern):
        return text
    if not isinstance(text, str):
        raise ValueError("expected a regular expression in quotes")  # noqa: TRY004 - pydantic wants ValueError
    try:
        return re.compile(text, re.IGNORECASE)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"not a regular expression: {error}") from error


Pattern = Annotated[
    re.Pattern[str],
    BeforeValidator(compile_pattern),
    PlainSerializer(lambda pattern: pattern.pattern),
    WithJsonSchema({"type": "string", "format": "regex"}),
]
"""A regular expression (Python's `re`), searched for anywhere in the text, case ignored."""


def http_url(text: str) -> str:
    """Return `text` if it is an absolute http or https URL. Raises ValueError otherwise."""
    if not re.match(r"https?://[^/?#\s]+[^\s]*$", text, re.IGNORECASE):
        raise ValueError('expected a web address, such as "https://example.org/news"')
    return text


HttpUrl = Annotated[str, AfterValidator(http_url), Field(json_schema_extra={"format": "uri"})]


class Pick(Settings):
    """One CSS selector and, after the last `@` outside quotes and brackets, the attribute to read instead of the text.

    `css` may be empty: "@href" reads an attribute of the item element itself.
    """

    css: str
    attribute: str | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the pick that `text` writes: "h2 a", "time@datetime", "@data-url".

        Raises ValueError for an empty text and for an attribute name that cannot be one.
        """
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

    def __str__(self) -> str:
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
    separator: str = Field(" ", description="What stands between the joined texts.")
    match: Pattern | None = Field(
        None,
        description="Keeps only the part that this regular expression matches: its first group, else the whole match.",
    )
    template: str | None = Field(
        None, description='What is made of the text, which stands where "{}" is: an address from a slug.'
    )

    @property
    def picks(self) -> tuple[Pick, ...]:
        """Return what is read, in order; at least one."""
        return (self.select,) if self.select else self.join

    def kept(self, text: str | None) -> Iterator[str]:
        """Yield what `match` and `template` make of a text that was read; nothing where nothing is left of it."""
        if text and self.match:
            found = self.match.search(text)
            text = (found[1] if self.match.groups else found[0]) if found else None
        if text and text.strip():
            yield self.template.replace("{}", text.strip()) if self.template else text.strip()

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        if bool(self.select) == bool(self.join):
            raise ValueError('expected either select = "…" or join = ["…", "…"]')
        if self.template is not None and self.template.count("{}") != 1:
            raise ValueError('expected a template with one {} in it, such as "/news/{}"')
        return self


def _as_readings(value: Any) -> Any:
    """Bring the three written forms (a string, a table, a list of them) to the one kept form: a list of tables."""
    one = [value] if isinstance(value, str | dict | Reading) else value
    if not isinstance(one, list | tuple):
        raise ValueError("expected a selector, a table with select or join, or a list of those")  # noqa: TRY004
    if not one:
        raise ValueError("expected at least one selector; leave the key out to read nothing")
    return tuple({"select": part} if isinstance(part, str) else part for part in one)


FieldRule = Annotated[
    tuple[Reading, ...],
    BeforeValidator(_as_readings, json_schema_input_type=str | Reading | list[str | Reading]),
]
"""How a field is read: alternatives, tried in order until one gives a text."""


VOCABULARIES = ("json-ld", "microdata", "rdfa", "microformats")
"""What data on a page may be written in so that it says itself what is an article."""

_SCRIPT = re.compile(r"script(?![\w-])")
_VARIABLE = re.compile(r"(?:(?:window|self|globalThis)\.[A-Za-z_$]|__)[\w$]*(?:\.[A-Za-z_$][\w$]*)*")


class DataPlace(StrEnum):
    """The kinds of places on a page that hold its data."""

    VOCABULARY = "vocabulary"
    """One of `VOCABULARIES`."""
    SCRIPT = "script"
    """The scripts that a CSS selector finds: "script#__NEXT_DATA__"."""
    ATTRIBUTE = "attribute"
    """The attribute of an element: "#app@data-page"."""
    VARIABLE = "variable"
    """What a script assigns to a variable: "window.__INITIAL_STATE__"."""

    @classmethod
    def of(cls, text: str) -> DataPlace:
        """Return what kind of place `text` writes. Raises ValueError if it writes none."""
        if text in VOCABULARIES:
            return cls.VOCABULARY
        if _SCRIPT.match(text):
            return cls.SCRIPT
        if _VARIABLE.fullmatch(text):
            return cls.VARIABLE
        if "@" in text and Pick.parse(text).attribute:
            return cls.ATTRIBUTE
        names = ", ".join(f'"{name}"' for name in VOCABULARIES)
        raise ValueError(
            f'expected {names}, a script such as "script#__NEXT_DATA__", a variable such as '
            '"window.__INITIAL_STATE__", or an attribute such as "#app@data-page"'
        )


def _data_place(text: str) -> str:
    DataPlace.of(text)
    return text


class Selectors(Settings):
    """Where the articles stand on the page and where their parts stand in each.

    A field selector sees its item as the whole document: it cannot lean on ancestors outside the item. With `from` the
    articles are read from data that the page carries, and all selectors are paths into it: "author.name".
    """

    model_config = ConfigDict(populate_by_name=True)

    item: Annotated[str, Field(min_length=1)] | None = Field(
        None, description="CSS selector of one article in the list (a card, a row, a heading)."
    )
    from_: Annotated[str, AfterValidator(_data_place)] | None = Field(
        None,
        alias="from",
        description="Read data that the page carries, not its elements; item and fields are then paths into it.",
    )
    between: bool = Field(
        False,
        description="An item reaches from one match to the next: for lists whose items have no element of their own.",
    )
    group: Annotated[str, Field(min_length=1)] | None = Field(
        None,
        description=(
            "Headings over several items, such as a year, month or day: the last one before completes the date."
        ),
    )
    title: FieldRule | None = Field(None, description="Without it: the heading or the text of the link.")
    link: FieldRule | None = Field(None, description="Without it: the heading's link, else the first that leads on.")
    date: FieldRule | None = Field(None, description="Without it: the first <time>, if there is one.")
    summary: FieldRule | None = Field(None, description="Without it: no summary, but of data its description.")
    image: FieldRule | None = Field(None, description="Without it: the first picture of the item.")
    author: FieldRule | None = Field(None, description="Without it: the author that the page's data name, if any.")
    tags: FieldRule | None = Field(
        None, description="Every match is one tag, added to the source's own. Without it: only the source's."
    )

    @property
    def place(self) -> DataPlace | None:
        """Return what kind of place `from` names; None where the articles are elements of the page."""
        return DataPlace.of(self.from_) if self.from_ else None

    @model_validator(mode="after")
    def _finds_items(self) -> Self:
        if self.from_ is None and self.item is None:
            raise ValueError(f'missing key "item": {type(self).model_fields["item"].description}')
        if self.from_ is not None and self.between:
            raise ValueError("between is for elements of a page, and from reads data; leave one of them out")
        if self.from_ is not None and self.group:
            raise ValueError("group is for headings of a page, and from reads data; leave one of them out")
        if self.item is None and self.place is not DataPlace.VOCABULARY:
            raise ValueError(f'missing key "item": the path to the articles in {self.from_}, such as "props.posts"')
        return self


class Articles(StrEnum):
    """Which articles' own pages are read."""

    OFF = "off"
    """None."""
    AUTO = "auto"
    """Those of which the list leaves out what matters: a title cut short, the time, tags that feeds are chosen by."""
    META = "meta"
    """Every new one, for its title, dates, authors, picture and tags."""
    FULL = "full"
    """Every new one, with its text."""


class ArticleSelectors(Settings):
    """Where an article's own page says what. A field without a rule is found by what pages usually have."""

    title: FieldRule | None = Field(None, description="Without it: the page's data, its meta elements, its heading.")
    date: FieldRule | None = Field(None, description="Without it: the page's data, its meta elements, what it shows.")
    author: FieldRule | None = Field(None, description="Every match is one byline. Without it: as the date.")
    image: FieldRule | None = Field(None, description="Without it: the picture at the head of the article.")
    tags: FieldRule | None = Field(
        None, description="Every match is one tag. Without it: the page's keywords, and the links that are its tags."
    )
    content: Annotated[str, Field(min_length=1)] | None = Field(
        None, description="CSS selector of what holds the text. Without it: found by the extra full-text."
    )


FLOOR = timedelta(minutes=10)
CEILING = timedelta(hours=6)
"""Between these the interval of a source adapts, unless its settings say otherwise."""


def _next_scheme(text: str) -> str:
    """Return how the next page is found. Raises ValueError if `text` is neither an address with {n} nor a selector."""
    if "{n}" not in text:
        Pick.parse(text)
    return text


SourceId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,62}$")]


class Source(Settings):
    """One section page that is watched."""

    id: SourceId = Field(description="Its permanent name: small letters, digits, - and _. Items are remembered by it.")
    url: HttpUrl = Field(description="The address of the section page.")
    title: str | None = Field(None, description="Its name for people; without it, the id.")
    tags: tuple[str, ...] = Field((), description="Tags that every item of this source carries.")
    timezone: Zone | None = Field(
        None, description="The zone in which the site writes its times. Unknown: UTC, with a warning."
    )
    language: str | None = Field(None, description='The language of the site (BCP 47, such as "en" or "pt-BR").')
    day_first: bool | None = Field(
        None, description="Whether 03/02/2026 is 3 February. Unset: the list's other dates decide."
    )
    interval: Duration = Field(timedelta(minutes=30), description="How often the page is read.")
    min_interval: Duration | None = Field(
        None, description="The shortest interval that a lively page may earn. Without it: 10m, or interval if shorter."
    )
    max_interval: Duration | None = Field(
        None, description="The longest interval that a quiet page sinks to. Without it: 6h, or interval if longer."
    )
    headers: dict[str, str] = Field(
        default_factory=dict, description="Request headers of this source; never sent to another host."
    )
    selectors: Selectors = Field(description="Where the articles stand on the page.")
    article: ArticleSelectors = Field(
        ArticleSelectors(), description="Where the articles' own pages say what; mostly not needed."
    )
    next: Annotated[str, AfterValidator(_next_scheme)] | None = Field(
        None,
        description="The next page of the list: the selector of the link to it, or an address with {n} for its number.",
    )
    first_fill_pages: int = Field(
        1, ge=1, le=100, description="How many pages are read, once, when the source is new; more than one needs next."
    )
    articles: Annotated[Articles, WithJsonSchema({"type": "string", "enum": [one.value for one in Articles]})] = Field(
        Articles.AUTO,
        description=(
            'Which articles\' own pages are read, once each: "off"; "auto", where the list cuts the title, gives no '
            'time, or no tags that a feed is chosen by; "meta", all new ones; "full", all new ones with their text.'
        ),
    )
    hold: Duration = Field(
        timedelta(minutes=10), description="How long a new item may wait for its own page before it is published."
    )
    allow_empty: bool = Field(
        False, description="Whether a page without any item is all right, rather than a sign of breakage."
    )
    keep_fragment: bool = Field(False, description="Whether #… is part of an article's address (one-page sites).")
    drop_parameters: tuple[str, ...] = Field(
        (), description="URL parameters that do not tell articles apart; trailing * is a wildcard."
    )

    @property
    def name(self) -> str:
        """Return what people call it: the title, else the id."""
        return self.title or self.id

    @property
    def floor(self) -> timedelta:
        """Return the shortest interval between two readings."""
        return self.min_interval or min(FLOOR, self.interval, self.max_interval or FLOOR)

    @property
    def ceiling(self) -> timedelta:
        """Return the longest interval between two readings, failures aside."""
        return self.max_interval or max(CEILING, self.interval, self.min_interval or CEILING)

    @model_validator(mode="after")
    def _floor_below_ceiling(self) -> Self:
        if self.min_interval and self.max_interval and self.min_interval > self.max_interval:
            shortest, longest = format_duration(self.min_interval), format_duration(self.max_interval)
            raise ValueError(f'min_interval ("{shortest}") is longer than max_interval ("{longest}")')
        return self
