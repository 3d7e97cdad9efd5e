"""A feed: which items it gathers, how it presents itself; and the files it becomes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator

from feedbuilder.model.entry_rules import EntryRules
from feedbuilder.model.history import ARCHIVE_SIZE
from feedbuilder.model.item_filter import Filter
from feedbuilder.model.setting_types import Settings, as_list
from feedbuilder.model.wording import tag_key


def _as_choice(value: Any) -> Any:
    return {"any": value} if isinstance(value, list | tuple | str) else value


Names = Annotated[tuple[str, ...], BeforeValidator(as_list, json_schema_input_type=str | list[str])]


class Choice(Settings):
    """Which names an item must, and must not, carry. An empty choice admits every item."""

    any: Names = Field((), description="At least one of these.")
    all: Names = Field((), description="Every one of these.")
    none: Names = Field((), description="None of these.")

    def admits(self, names: frozenset[str]) -> bool:
        """Return whether something that carries `names` is admitted."""
        return _admits(names, self.any, self.all, self.none)


class TagChoice(Choice):
    """A choice of tags. Spelling does not matter: names are compared by their keys (`model.wording.tag_key`)."""

    def admits(self, names: frozenset[str]) -> bool:
        """Return whether something that carries the tag keys `names` is admitted."""
        return _admits(names, self.keys(), _keys(self.all), _keys(self.none))

    def keys(self) -> tuple[str, ...]:
        """Return the keys of the tags of which one is asked for, sorted."""
        return _keys(self.any)


def _admits(names: frozenset[str], some: tuple[str, ...], every: tuple[str, ...], none: tuple[str, ...]) -> bool:
    return (not some or not names.isdisjoint(some)) and names.issuperset(every) and names.isdisjoint(none)


@lru_cache(maxsize=10_000)
def _keys(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({tag_key(name) for name in names}))


SourceRule = Annotated[Choice, BeforeValidator(_as_choice, json_schema_input_type=str | list[str] | Choice)]
TagRule = Annotated[TagChoice, BeforeValidator(_as_choice, json_schema_input_type=str | list[str] | TagChoice)]


SLUG_PATTERN = r"^[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?$"
_OF_SLUG = "The name of its folder, and so its permanent address: small letters, digits and hyphens."
TAG = "{tag}"
"""Stands for the tag in the texts of a table with `auto`."""
Slug = Annotated[str, Field(pattern=SLUG_PATTERN)]


class Feed(Settings):
    """One feed: a folder of the output with rss.xml, atom.xml, feed.json and index.html. With `auto`, one per tag."""

    model_config = ConfigDict(json_schema_extra={"if": {"not": {"required": ["auto"]}}, "then": {"required": ["slug"]}})

    slug: Slug = Field(
        "",
        description=f"{_OF_SLUG} "
        "Required; only with auto it may be left out, where it stands before the names of tags.",
    )
    auto: Literal["tags"] | None = Field(
        None,
        validate_default=True,
        description='"tags" makes this table a feed for every tag, with the settings of this table.',
    )
    min_items: int = Field(
        5, ge=1, le=100_000, description="With auto: how many items a tag must have before it gets its feed, for good."
    )
    title: str | None = Field(
        None, description="Its name for people; without it, made from the slug. With auto: {tag} stands for the tag."
    )
    description: str | None = Field(None, description="One sentence about it. With auto: {tag} stands for the tag.")
    language: str | None = Field(
        None, description="BCP 47; without it, the language that all its sources share, if they do."
    )
    tags: TagRule = Field(
        TagChoice.model_construct(), description="Which tags an item carries; a list is short for any."
    )
    sources: SourceRule = Field(
        Choice.model_construct(), description="Which sources an item comes from; a list is short for any."
    )
    include: Filter = Field(
        Filter.model_construct(), description="Keep only items that match in every part named here."
    )
    exclude: Filter = Field(Filter.model_construct(), description="Leave out items that match in any part named here.")
    change: EntryRules = Field(
        EntryRules.model_construct(),
        description="What its entries are called here; what is remembered of them stays as it is.",
    )
    entries: int = Field(50, ge=1, le=5000, description="How many entries the feed holds: those first seen last.")
    aliases: tuple[Slug, ...] = Field((), description="Old slugs that go on being written, for old subscribers.")
    archive: bool = Field(
        False,
        description="Whether older entries stand in archive documents (RFC 5005), which new subscribers can fetch.",
    )

    @field_validator("auto")
    @classmethod
    def _has_address(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is None and info.data.get("slug") == "":
            raise ValueError(f'missing key "slug": {_OF_SLUG}')
        return value

    @field_validator("min_items")
    @classmethod
    def _counts_for_tags(cls, value: int, info: ValidationInfo) -> int:
        if info.data.get("auto", "tags") is None:
            raise ValueError('expected auto = "tags" beside it; a feed of its own is there from the start')
        return value

    @field_validator("title")
    @classmethod
    def _names_the_tag(cls, value: str | None, info: ValidationInfo) -> str | None:
        if info.data.get("auto") and value is not None and TAG not in value:
            raise ValueError(f'expected a title with {TAG} in it, such as "News on {TAG}", for each feed needs its own')
        return value

    @field_validator("aliases")
    @classmethod
    def _belong_to_one_feed(cls, value: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        if value and info.data.get("auto"):
            raise ValueError("expected no aliases beside auto; give those of a tag to a [[feed]] of its own")
        return value

    @property
    def name(self) -> str:
        """Return what people call it: the title, else the slug as words."""
        return self.title or self.slug.replace("-", " ").title()

    @property
    def room(self) -> int:
        """Return how many entries the live files hold: with an archive, at least all that fill no page of it yet."""
        return max(self.entries, ARCHIVE_SIZE - 1) if self.archive else self.entries


@dataclass(frozen=True, slots=True)
class FeedFile:
    """One file to publish."""

    path: str
    """Relative to the output folder, with forward slashes: "world-news/rss.xml"."""
    content: bytes
    media_type: str
    """What a server should call it, with its charset: "application/rss+xml; charset=utf-8"."""

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the content in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()
