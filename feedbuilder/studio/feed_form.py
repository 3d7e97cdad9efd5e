"""What people type to choose what stands in a feed -> the feed, or what is wrong with it in words. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from pydantic import ValidationError

from feedbuilder.config.error_wording import told
from feedbuilder.feeds import slugify
from feedbuilder.model import Feed
from feedbuilder.studio.forms import Form
from feedbuilder.studio.name_lists import joined, parted

PARTS = (
    ("title", "Only with this in the title", "Not with this in the title"),
    ("begins", "Only titles that begin so", "No titles that begin so"),
    ("text", "Only with this anywhere in it", "Not with this anywhere in it"),
    ("summary", "Only with this in the summary", "Not with this in the summary"),
    ("author", "Only with this in the author", "Not with this in the author"),
    ("link", "Only with this in the address", "Not with this in the address"),
    ("language", "Only in these languages", "Not in these languages"),
)
"""The parts of a filter that take texts, by key, with what people call them where they choose, and leave out."""
FILTERS = tuple(f"{rule}_{part}" for rule in ("include", "exclude") for part, *_ in PARTS)
"""The fields of all of them."""


def feed_from(form: Form, before: Feed | None) -> tuple[Feed | None, dict[str, str]]:
    """Return the feed that `form` describes, and what is wrong with it, by field; None where something is.

    `before` is the feed that is changed: what the form does not speak of stays as it is there.
    """
    title = form.text("title")
    kept = before.model_dump(exclude_defaults=True) if before else {}
    said: dict[str, Any] = {
        "slug": before.slug if before else form.text("slug") or (slugify(title) if title else ""),
        "title": title or None,
        "tags": {"any": parted(form.text("tags")), "none": parted(form.text("not_tags")), "all": _kept(before, "tags")},
        "sources": {"any": form.texts("source"), "none": _none(before), "all": _kept(before, "sources")},
        "include": _filter(form, before, "include"),
        "exclude": _filter(form, before, "exclude"),
        "entries": form.text("entries") or 50,
        "aliases": parted(form.text("aliases")),
        "archive": "archive" in form,
    }
    try:
        return Feed.model_validate({**kept, **said}), {}
    except ValidationError as error:
        return None, {_field(place): _words(place[0], words) for place, words in told(error)}


def typed_of(feed: Feed) -> dict[str, Any]:
    """Return what a person would have typed to make `feed`."""
    filters = {name: "\n".join(map(_as_typed, _asked(feed, name))) for name in FILTERS}
    return {
        "title": feed.name if feed.slug else "",
        "slug": feed.slug,
        "tags": joined(feed.tags.any),
        "not_tags": joined(feed.tags.none),
        "source": list(feed.sources.any),
        "entries": str(feed.entries),
        "aliases": joined(feed.aliases),
        "archive": feed.archive,
        **filters,
    }


def _asked(feed: Feed, name: str) -> Iterable[str | re.Pattern[str]]:
    """Return what `feed` asks of the part of its filter that the field `name` speaks of."""
    rule, _, part = name.partition("_")
    asked: Iterable[str | re.Pattern[str]] = getattr(getattr(feed, rule), part)
    return asked


def _as_typed(asked: str | re.Pattern[str]) -> str:
    return asked if isinstance(asked, str) else asked.pattern


def typed_in(form: Form) -> dict[str, Any]:
    """Return what `form` says, for its fields to show it again."""
    names = ["title", "slug", "tags", "not_tags", "entries", "aliases", *FILTERS]
    return {name: form.text(name) for name in names} | {"source": form.texts("source"), "archive": "archive" in form}


def _filter(form: Form, before: Feed | None, rule: str) -> dict[str, Any]:
    """Return what is asked of items; the parts of which the form does not speak stay as they were."""
    kept = getattr(before, rule).model_dump(exclude_defaults=True) if before else {}
    return {**kept, **{part: form.lines(f"{rule}_{part}") for part, *_ in PARTS}}


def _kept(before: Feed | None, rule: str) -> Iterable[str]:
    return list(getattr(before, rule).all) if before else []


def _none(before: Feed | None) -> Iterable[str]:
    return list(before.sources.none) if before else []


def _field(place: tuple[int | str, ...]) -> str:
    return "_".join(str(part) for part in place[:2]) if place[0] in {"include", "exclude"} else str(place[0])


def _words(field: int | str, message: str) -> str:
    if field in {"slug", "aliases"}:
        return "Small letters, digits and hyphens only, with a letter or digit at both ends."
    return f"{message[:1].upper()}{message[1:]}."
