"""What a person may have meant: the known name nearest to what is written, and lists of the names that there are.

Pure; knows names and time zones, no keys of the configuration.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from itertools import islice

from feedbuilder.config.variables import has_variable
from feedbuilder.model.units import zone_names


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return `; did you mean "…"?` with the known name nearest to `name`, or nothing where none is near."""
    spelled = {candidate.casefold(): candidate for candidate in known}
    near = get_close_matches(name.casefold().replace("-", "_"), spelled, n=1, cutoff=0.7) or get_close_matches(
        name.casefold(), spelled, n=1, cutoff=0.7
    )
    return f'; did you mean "{spelled[near[0]]}"?' if near else ""


_MANY = 20


def listing(names: Iterable[str]) -> str:
    """Return names for a sentence, in quotes and in their order; of very many, the first."""
    first = [f'"{name}"' for name in islice(names, _MANY + 1)]
    return ", ".join(first if len(first) <= _MANY else [*first[:_MANY], "…"])


@cache
def _zones() -> Mapping[str, str]:
    """Return how zones may be meant, in small letters: by their whole name and by their city alone."""
    return dict(_spellings())


def _spellings() -> Iterator[tuple[str, str]]:
    names = sorted(zone_names())
    yield from ((name.rpartition("/")[2].casefold(), name) for name in reversed(names) if "/" in name)
    yield from ((name.casefold(), name) for name in names)


def nearest_zone(written: str) -> str:
    """Return `; did you mean "…"?` with the zone nearest to what was written, or nothing where none is near."""
    if has_variable(written):
        return ""
    near = get_close_matches(written.casefold().replace(" ", "_"), _zones(), n=1, cutoff=0.7)
    return f'; did you mean "{_zones()[near[0]]}"?' if near else ""
