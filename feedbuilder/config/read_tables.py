"""Each table of the configuration as a model, with the mistakes of each.

The right keys of a table with mistakes are still read, so that all mistakes are shown at once. Knows nothing of the
relations between tables, but for the defaults of all sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeGuard, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from feedbuilder.config.alike import Alike
from feedbuilder.config.checks import faults
from feedbuilder.config.config_text import ConfigText, locate
from feedbuilder.config.file_shape import ConfigDocument, Included, model_within
from feedbuilder.config.hints import did_you_mean, listing
from feedbuilder.config.places import Path
from feedbuilder.config.problems import ProblemReport
from feedbuilder.model import Feed, Source
from feedbuilder.model.setting_types import Settings

Model = TypeVar("Model", bound=Settings)

LISTS = ("source", "feed")
"""The tables that are written with two brackets."""

_SELECTOR_TABLES = frozenset({"selectors", "article"})
"""The tables within a source of which a part may be wrong while the others are kept."""

BOUNDS = frozenset({"min_interval", "max_interval"})
"""The keys that can contradict each other."""

_PAGING = frozenset({"next", "cursor", "request"})
"""Likewise, within one source."""

_SINGLE = ("include", "engine")
"""What stands at the top of the main file and is no table."""
_BLANK: Mapping[str, Mapping[str, Any]] = {
    "source": {"id": "unnamed", "url": "https://unknown.invalid/", "selectors": {"item": "*"}},
    "feed": {"slug": "unnamed"},
    "logins": {"kind": "bearer", "token": "none"},
}
"""What stands in for missing keys while the others are checked; such a table is never handed on."""


def check_tables(texts: Sequence[ConfigText], report: ProblemReport) -> None:
    """Note what stands at the top of the files and does not belong there; the first one is the main file."""
    for text in texts:
        main = text is texts[0]
        if text.made and not main:
            continue
        for key, value in text.data.items():
            if fault := _misplaced(key, value, main=main):
                report.note(text, (key,), fault, about=())
        single = {key: text.data[key] for key in _SINGLE if main and key in text.data}
        if single:
            report.pydantic(text, (), ConfigDocument, _errors(ConfigDocument, single))


def _misplaced(key: str, value: Any, *, main: bool) -> str | None:
    """Return what is wrong with this key at the top of a file, None where nothing is."""
    allowed = ConfigDocument.model_fields if main else Included.model_fields
    if key in LISTS:
        return None if _is_list_of_tables(value) else f": expected [[{key}]], with two brackets, for each {key}"
    if key in allowed:
        fine = key in _SINGLE or isinstance(value, dict)
        return None if fine else f": expected one table [{key}], with one bracket"
    if key in ConfigDocument.model_fields:
        return f': "{key}" belongs into the main file; an included file holds [[source]] and [[feed]] only'
    what = "table" if isinstance(value, dict) or _is_list_of_tables(value) else "key"
    if what == "key" and (owner := _owner(key)):
        return f': the key "{key}" belongs into a table, such as {owner}'
    return f': unknown {what} "{key}"' + (did_you_mean(key, allowed) or f"; allowed: {listing(allowed)}")


def _owner(key: str) -> str | None:
    """Return the first table that has this key, as it is written."""
    for name, field in ConfigDocument.model_fields.items():
        model = model_within(field.annotation)
        if model is not None and key in model.model_fields:
            return f"[[{name}]]" if name in LISTS else f"[{name}]"
    return None


def read_table(text: ConfigText, name: str, model: type[Model], report: ProblemReport) -> Model:
    """Return the table `[name]`; the defaults of `model` where it is missing or wrong."""
    data = text.data.get(name)
    return _read_model(text, (name,), data if isinstance(data, dict) else {}, model, report)


def read_named_tables(text: ConfigText, name: str, model: type[Model], report: ProblemReport) -> dict[str, Model]:
    """Return the tables `[name.…]` by their names."""
    tables = text.data.get(name)
    read = {}
    for key, table in tables.items() if isinstance(tables, dict) else ():
        if isinstance(table, dict):
            read[key] = _read_model(text, (name, key), table, model, report)
        else:
            report.note(text, (name, key), f": expected a table of its own, [{name}.{key}]")
    return read


def read_sources(text: ConfigText, main: ConfigText, defaults: Settings, report: ProblemReport) -> Iterator[Source]:
    """Yield the sources of a file, with `defaults`, which are of `main`, under them.

    A source's own key counts; its headers are added to the common ones.
    """
    if text.made and (text.made.defaults, text.made.defaults.model_fields_set) == (defaults, defaults.model_fields_set):
        yield from text.made.sources
        return
    common = {key: getattr(defaults, key) for key in defaults.model_fields_set}
    alike = Alike()
    for index, written in enumerate(_tables(text, "source")):
        here: Path = ("source", index)
        merged = alike.with_selectors(common | written)
        if isinstance(written.get("headers"), dict):
            merged["headers"] = with_common_headers(common.get("headers", {}), written["headers"])
        # A contradiction between two defaults is one mistake, in [defaults], and none of each source.
        own = (BOUNDS | _PAGING) & written.keys()
        yield alike.shared(_read_model(text, here, merged, Source, report, None if own else (main, ("defaults",))))


def read_feeds(text: ConfigText, report: ProblemReport) -> Iterator[Feed]:
    """Yield the feeds of a file."""
    if text.made:
        yield from text.made.feeds
        return
    for index, written in enumerate(_tables(text, "feed")):
        yield _read_model(text, ("feed", index), written, Feed, report)


def with_common_headers(common: Mapping[str, str], own: Mapping[str, Any]) -> dict[str, Any]:
    """Return the headers of a source over the common ones. Names are the same in any case (RFC 9110 §5.1)."""
    taken = {name.casefold() for name in own}
    return {name: value for name, value in common.items() if name.casefold() not in taken} | dict(own)


def _tables(text: ConfigText, name: str) -> Sequence[dict[str, Any]]:
    value = text.data.get(name)
    return value if _is_list_of_tables(value) else []


def _is_list_of_tables(value: Any) -> TypeGuard[list[dict[str, Any]]]:
    return isinstance(value, list) and all(isinstance(table, dict) for table in value)


def _read_model(
    text: ConfigText,
    here: Path,
    data: Mapping[str, Any],
    model: type[Model],
    report: ProblemReport,
    blame: tuple[ConfigText, Path] | None = None,
) -> Model:
    """Return the table at `here`, which holds `data`, without the keys that are wrong, and note those.

    `blame` is where a contradiction between keys is to be mended; without it, here.
    """
    try:
        value = model.model_validate(data)
    except ValidationError:
        pass  # what is wrong, and what of it is not, takes longer to say
    else:
        _check_values(text, here, value, report)
        return value
    unreported = {key: value for key, value in data.items() if not report.knows(text, (*here, key))}
    sound, mistakes = _without_mistakes(model, unreported)
    report.pydantic(text, here, model, mistakes)
    consistent, contradictions = _without_contradictions(model, _completed(str(here[0]), sound))
    report.pydantic(*(blame or (text, here)), model, contradictions)
    try:
        value = model.model_validate(consistent)
    except ValidationError:  # a contradiction of other keys, which was told
        return model.model_validate(_BLANK[str(here[0])])
    _check_values(text, here, value, report)
    return value


def _without_mistakes(model: type[Settings], data: Mapping[str, Any]) -> tuple[Mapping[str, Any], list[ErrorDetails]]:
    """Return `data` without the keys that are wrong by themselves, and what is wrong with those.

    Errors without a place are about several keys; they come up again when every key is right by itself.
    """
    mistakes = [error for error in _errors(model, data) if error["loc"]]
    return _without(data, mistakes), mistakes


def _without_contradictions(
    model: type[Settings], data: Mapping[str, Any]
) -> tuple[Mapping[str, Any], list[ErrorDetails]]:
    """Return `data` without the keys that contradict each other, and the contradictions.

    An error with a place is no contradiction of its own: a key is at odds with another that was left out as wrong.
    """
    errors = _errors(model, data)
    left = _without(data, errors)
    if errors:
        left = {key: value for key, value in left.items() if key not in BOUNDS | _PAGING}
    return left, [error for error in errors if not error["loc"]]


def _check_values(text: ConfigText, here: Path, value: Settings, report: ProblemReport) -> None:
    """Note what is wrong with the values of a table beyond their types."""
    for path, message in faults(str(here[0]), value):
        place = locate(text, here, path)
        # What comes from [defaults] was checked there.
        if text.value((*here, path[0])) is not None and place[-1] != "headers":
            report.wrong(text, place, message)


def _errors(model: type[Settings], data: Mapping[str, Any]) -> list[ErrorDetails]:
    try:
        model.model_validate(data)
    except ValidationError as error:
        return error.errors(include_url=False, include_input=False)
    return []


def _without(data: Mapping[str, Any], errors: Iterable[ErrorDetails]) -> dict[str, Any]:
    """Return `data` without the keys that `errors` are about; of selectors, without the one that is wrong."""
    places = [error["loc"][:2] for error in errors if error["loc"]]
    left = {}
    for key, value in data.items():
        about = [place for place in places if place[0] == key]
        if key in _SELECTOR_TABLES and isinstance(value, dict) and all(len(place) > 1 for place in about):
            wrong = {place[1] for place in about}
            left[key] = {name: rule for name, rule in value.items() if name not in wrong}
        elif not about:
            left[key] = value
    return left


def _completed(table: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return `data` with something in the place of required keys that are missing, so that the others can be checked.

    A table that makes feeds of tags may be without a slug, and is no other then.
    """
    blank = {} if "auto" in data or table == "logins" else _BLANK.get(table, {})
    completed = {**blank, **data}
    for key, value in blank.items():
        if isinstance(value, dict) and isinstance(data.get(key), dict):
            completed[key] = {**value, **data[key]}
    return completed
