"""The whole file as one model: which tables there are and what may stand in them. Holds no values."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args

from pydantic import BeforeValidator, ByteSize, Field, create_model
from pydantic.fields import FieldInfo

from feedbuilder.model import (
    AlertSettings,
    ArticleSelectors,
    BrowserSettings,
    BrowserView,
    BucketSettings,
    ChangesSettings,
    Choice,
    Feed,
    FetchSettings,
    Filter,
    Login,
    Reading,
    ReadingSettings,
    Request,
    Selectors,
    Site,
    Source,
    StoreSettings,
    TagRules,
)
from feedbuilder.model.entry_rules import EntryRule, EntryRules
from feedbuilder.model.feed import TagChoice
from feedbuilder.model.setting_types import Engine, Settings, as_list
from feedbuilder.model.steps import Step
from feedbuilder.model.units import format_duration

DEFAULT_KEYS = (
    "timezone",
    "language",
    "day_first",
    "interval",
    "min_interval",
    "max_interval",
    "headers",
    "proxy",
    "articles",
    "hold",
    "keep_fragment",
    "without_links",
    "drop_parameters",
)
"""The keys of a source that may have a common default.

Not `tags`: a tag that every source carries tells nothing apart, and the feed of everything needs none. Not
`allow_empty`: it silences an alarm, which should be decided for one page at a time.
"""

if TYPE_CHECKING:

    class Defaults(Settings):
        """What holds for every source that does not say otherwise."""
else:
    Defaults = create_model(
        "Defaults",
        __base__=Settings,
        __doc__="What holds for every source that does not say otherwise.",
        **{key: (Source.model_fields[key].annotation, Source.model_fields[key]) for key in DEFAULT_KEYS},
    )


class Included(Settings):
    """A file that `include` names."""

    source: tuple[Source, ...] = Field((), description="The pages that are watched; one [[source]] for each.")
    feed: tuple[Feed, ...] = Field(
        (), description='The feeds that are made; one [[feed]] for each. Without any: one feed per tag, and "all".'
    )


class ConfigDocument(Included):
    """The configuration of feedbuilder."""

    include: Annotated[tuple[str, ...], BeforeValidator(as_list, json_schema_input_type=str | list[str])] = Field(
        (),
        description="More files, relative to this one, that hold [[source]] and [[feed]] tables. "
        "The wildcards * ? [ ] are filled in, in sorted order.",
    )
    engine: Engine = Field(
        "local",
        description='Who works under `run`: it itself, or with "procrastinate" any number of `feedbuilder worker` on '
        "any machines. That needs `feedbuilder[cluster]`, the url of a database under [store] and a common output.",
    )
    site: Site = Field(Site(), description="The site that the feeds make up.")
    fetch: FetchSettings = Field(FetchSettings(), description="How pages are fetched.")
    reading: ReadingSettings = Field(ReadingSettings(), description="What reading pages may take.")
    browser: BrowserSettings = Field(BrowserSettings(), description="The browser for pages that a script builds.")
    store: StoreSettings = Field(StoreSettings(), description="What is remembered, where, and for how long.")
    alerts: AlertSettings = Field(AlertSettings(), description="Who is told what happens to sources.")
    tags: TagRules = Field(TagRules(), description="What tags are called, and which mean nothing.")
    logins: dict[str, Login] = Field(
        default_factory=dict, description="How sites let us in, each under a name that sources give as login."
    )
    defaults: Defaults = Field(Defaults(), description="What holds for every source that does not say otherwise.")


MODELS = {
    model.__name__: model
    for model in (
        ConfigDocument,
        Site,
        BucketSettings,
        FetchSettings,
        ReadingSettings,
        BrowserSettings,
        StoreSettings,
        AlertSettings,
        TagRules,
        Login,
        Defaults,
        Source,
        Selectors,
        ChangesSettings,
        Request,
        ArticleSelectors,
        BrowserView,
        Reading,
        Step,
        Feed,
        TagChoice,
        Choice,
        Filter,
        EntryRules,
        EntryRule,
    )
}
"""Every model of the file by its name, in the order in which a reader wants to meet them."""


def keys_of(model: type[Settings]) -> dict[str, FieldInfo]:
    """Return the fields of a model by their keys in the file, in order: "from" is no name that Python allows."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def default_of(model: type[Settings], key: str) -> Any:
    """Return the default of a key as a person would write it in TOML; None for none, empty ones and tables."""
    field = keys_of(model)[key]
    if field.is_required():
        return None
    match field.get_default(call_default_factory=True, validated_data={}):
        case timedelta() as duration:
            return format_duration(duration)
        case ByteSize() as size:
            return size.human_readable(decimal=True, separator="").replace(".0", "")
        case Path() as path:
            return path.as_posix()
        case tuple() as values:
            return list(values)
        case Settings() | "":
            return None
        case value:
            return value


def model_within(annotation: Any) -> type[Settings] | None:
    """Return the model that an annotation is made of ("a tuple of Reading, or None" → Reading), None if none is."""
    if isinstance(annotation, type) and issubclass(annotation, Settings):
        return annotation
    found = (model_within(argument) for argument in get_args(annotation))
    return next((model for model in found if model is not None), None)
