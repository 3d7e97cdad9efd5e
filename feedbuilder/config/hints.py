"""What a person may have meant: the known name nearest to what is written, and lists of the names that there are.

Pure; knows names and time zones, no keys of the configuration.
"""

from __future__ import annotations

import re
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
_LONGEST_ABBREVIATION = 5


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


_ABBREVIATIONS: Mapping[str, str] = {
    "AEDT": "Australia/Sydney", "AEST": "Australia/Sydney", "BST": "Europe/London", "CDT": "America/Chicago",
    "CEST": "Europe/Berlin", "EDT": "America/New_York", "EEST": "Europe/Helsinki", "GST": "Asia/Dubai",
    "HKT": "Asia/Hong_Kong", "JST": "Asia/Tokyo", "KST": "Asia/Seoul", "MDT": "America/Denver", "MSK": "Europe/Moscow",
    "NZDT": "Pacific/Auckland", "NZST": "Pacific/Auckland", "PDT": "America/Los_Angeles",
    "PKT": "Asia/Karachi", "PST": "America/Los_Angeles", "SAST": "Africa/Johannesburg", "SGT": "Asia/Singapore",
    "WEST": "Europe/Lisbon", "WIB": "Asia/Jakarta",
}  # fmt: skip
"""A zone for each abbreviation that is no zone itself: most name the summer half of one, or the zones of several."""
_OFFSET = re.compile(r"(?:UTC|GMT)?\s?([+-])(\d{1,2})(?::?(\d\d))?", re.IGNORECASE)


def nearest_zone(written: str) -> str:
    """Return `; did you mean "…"?` with the zone nearest to what was written, or nothing where none is near."""
    if has_variable(written):
        return ""
    if city := _ABBREVIATIONS.get(written.strip().upper()):
        return f'; an abbreviation may mean several zones: name a city, such as "{city}"'
    if offset := _OFFSET.fullmatch(written.strip()):
        sign, hours, minutes = offset.groups()
        fixed = f"Etc/GMT{'-' if sign == '+' else '+'}{int(hours)}"
        exact = (
            f' or, if it never changes its clocks, "{fixed}"' if not int(minutes or 0) and fixed in zone_names() else ""
        )
        return f"; name a city in the zone of the site{exact}"
    if written.isupper() and len(written) <= _LONGEST_ABBREVIATION:
        return ""  # another abbreviation that looks like it is another zone
    near = get_close_matches(written.casefold().replace(" ", "_"), _zones(), n=1, cutoff=0.7)
    return f'; did you mean "{_zones()[near[0]]}"?' if near else ""


_STRAIGHT = str.maketrans("“”„«»‘’‚", '"""""\'\'\'')


def syntax_hint(line: str, reason: str) -> str:
    """Return what to write instead of `line`, which `tomllib` refuses for `reason`, as "; …"; nothing if unknown."""
    key, _, value = (part.strip() for part in line.partition("="))
    said = reason.casefold()
    if "illegal character '\\n'" in said or "unterminated" in said:
        return "; the quote at the end of the text is missing"
    if "\\" in said or "escape" in said:
        return "; a text with backslashes stands in single quotes, as in '\\d+'"
    if "invalid value" in said:
        if value.translate(_STRAIGHT) != value:
            return '; quotes are straight: "…"'
        if value.casefold() in {"true", "false"}:
            return f"; write {value.casefold()}, in small letters"
        if found := re.match(r"(\[\s*)?[^\W\d]", value):
            return f"; a text stands in quotes: {key} = " + ('["…"]' if found[1] else '"…"')
        return ""
    if "after a statement" in said:
        if value.startswith('"') and value.count('"') > 2:
            return "; a text that holds double quotes stands in single ones: '…\"…\"…'"
        if value.startswith("'") and value.count("'") > 2:
            return '; a text that holds an apostrophe stands in double quotes: "…"'
    if "unclosed array" in said:
        return "; between the elements of a list stand commas, and ] at its end"
    if "'='" in said:
        return '; a key and its value are parted by "="'
    if "overwrite" in said:
        return "; this key stands in the table already"
    return ""
