"""Items and where they stand -> points, with the reasons. Owns the table of rules by which lists are compared.

A rule has a name, a weight, and a test that gives -1 to 1 and says why. No rule decides alone.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from urllib.parse import unquote, urlsplit

from feedbuilder.detect.candidates import Reason
from feedbuilder.detect.outline import HEADINGS, Element, Outline
from feedbuilder.detect.page_regions import aside_name, in_aside, in_main, in_navigation, list_name
from feedbuilder.detect.text_features import weight
from feedbuilder.model import Item

_SIDE_PATHS = frozenset(
    """
    tag tags category categories cat topic topics author authors user users profile search login register about
    contact privacy terms page etiqueta categoria kategorie thema schlagwort mot-cle rubrique labels
    """.split()  # noqa: SIM905 - a table of names reads better without quotes
)
_SLUG = re.compile(r"[^/]*[^/\d-]+(?:[-_][^/-]+){2,}")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one list."""

    outline: Outline
    items: Sequence[Item]
    starts: Sequence[Element]
    """Where its items stand on the page; empty if that is not known."""
    text_share: float
    """Of all the page's words."""
    headed: float
    """The share of items whose title is in a heading."""
    cost: float = 0.0
    """How hard its selectors are to read."""
    structured: bool = False
    """Whether it is read from data rather than from markup."""


Finding = tuple[float, str]
"""-1 to 1, and the sentence."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that lists of articles have, or lack."""

    name: str
    weight: float
    test: Callable[[Facts], Finding | None]
    """Returns None where the rule has nothing to say."""


def judge(facts: Facts) -> tuple[float, tuple[Reason, ...]]:
    """Return the sum of the points and the reasons for them, the strongest first."""
    reasons = []
    for rule in RULES:
        finding = rule.test(facts)
        if finding is not None:
            points = round(rule.weight * finding[0], 2)
            if points:
                reasons.append(Reason(rule.name, points, finding[1]))
    reasons.sort(key=lambda one: -abs(one.points))
    return round(sum(one.points for one in reasons), 2), tuple(reasons)


def _share(count: float, facts: Facts) -> float:
    return count / max(len(facts.items), 1)


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _count(facts: Facts) -> Finding:
    n = len(facts.items)
    return min(1.0, math.log2(max(n, 1)) / math.log2(16)), f"It has {n} items."


def _dated(facts: Facts) -> Finding | None:
    dated = _share(sum(item.published is not None for item in facts.items), facts)
    return (dated, f"{_percent(dated)} of its items show a date.") if dated else None


def _days(facts: Facts) -> Finding | None:
    days = [item.published.at.date() for item in facts.items if item.published]
    if len(days) < 3:
        return None
    falling = sum(one >= other for one, other in pairwise(days)) / (len(days) - 1)
    return (falling, "Its dates run from new to old.") if falling > 0.7 and len(set(days)) > 1 else None


def _halves(facts: Facts) -> Finding | None:
    """Each second item has a date: title and date stand in two rows, and each was taken for an item."""
    dated = [item.published is not None for item in facts.items]
    if len(dated) < 6 or not any(dated):
        return None
    turns = sum(one != other for one, other in pairwise(dated)) / (len(dated) - 1)
    return (-1.0, "Its items are halves: each second one has a date.") if turns > 0.9 else None


def _long_titles(facts: Facts) -> Finding:
    lengths = sorted(weight(item.title or "") for item in facts.items)
    middle = lengths[len(lengths) // 2] if lengths else 0.0
    text = f"Its titles have {middle:.0f} letters in the middle of them."
    if middle < 12:
        return -1.0 + middle / 24, text
    return min(1.0, (middle - 12) / 24) if middle < 180 else 0.3, text


def _varied_titles(facts: Facts) -> Finding | None:
    lengths = [weight(item.title or "") for item in facts.items]
    mean = sum(lengths) / len(lengths) if lengths else 0
    if not mean or len(lengths) < 4:
        return None
    spread = math.sqrt(sum((one - mean) ** 2 for one in lengths) / len(lengths))
    return min(1.0, spread / 16), "Its titles are of different lengths, as sentences are."


def _same_titles(facts: Facts) -> Finding | None:
    titles = [item.title for item in facts.items if item.title]
    missing = _share(len(facts.items) - len(titles), facts)
    doubles = 1 - len(set(titles)) / len(titles) if titles else 0
    bad = min(1.0, missing + doubles)
    return (-bad, f"{_percent(bad)} of its titles are missing or repeated.") if bad else None


def _headed(facts: Facts) -> Finding | None:
    return (facts.headed, f"{_percent(facts.headed)} of its titles are headings.") if facts.headed else None


def _summaries(facts: Facts) -> Finding | None:
    share = _share(sum(item.summary is not None for item in facts.items), facts)
    return (share, f"{_percent(share)} of its items have a summary.") if share else None


def _pictures(facts: Facts) -> Finding | None:
    share = _share(sum(item.image is not None for item in facts.items), facts)
    return (share, f"{_percent(share)} of its items have a picture.") if share else None


def _in_navigation(facts: Facts) -> Finding | None:
    share = _standing(facts, in_navigation)
    return (-_mixed(share), f"{_percent(share)} of it stands in navigation, header or footer.") if share else None


def _aside(facts: Facts) -> Finding | None:
    share = _standing(facts, in_aside)
    return (-_mixed(share), f"{_percent(share)} of it stands in an aside.") if share else None


def _in_main(facts: Facts) -> Finding | None:
    share = _standing(facts, in_main)
    return (share, "It stands in the page's main part.") if share else None


def _mixed(share: float) -> float:
    """Return how much it counts that so much of a list stands aside: a part of it alone makes it no good list."""
    return max(share, 0.6) if share > 0.05 else 0.0


def _standing(facts: Facts, place: Callable[[Element], bool]) -> float:
    return sum(map(place, facts.starts)) / max(len(facts.starts), 1)


def _called_aside(facts: Facts) -> Finding | None:
    name, share = _called(facts, aside_name)
    return (-_mixed(share), f'It stands in what the page calls "{name}".') if name else None


def _called_list(facts: Facts) -> Finding | None:
    name, share = _called(facts, list_name)
    return (share, f'It stands in what the page calls "{name}".') if name else None


def _called(facts: Facts, namer: Callable[[Element], str | None]) -> tuple[str | None, float]:
    named = [name for name in map(namer, facts.starts) if name]
    return (Counter(named).most_common(1)[0][0], len(named) / len(facts.starts)) if named else (None, 0.0)


def _like_addresses(facts: Facts) -> Finding | None:
    shapes = Counter(folder(item.link) for item in facts.items)
    if len(facts.items) < 3:
        return None
    share = shapes.most_common(1)[0][1] / len(facts.items)
    return share, f"{_percent(share)} of its links have addresses of one shape."


def folder(url: str) -> tuple[str, ...]:
    """Return what the addresses of one site's articles have in common: host, depth, folders, names of parameters."""
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.split("/") if segment]
    folder = [re.sub(r"\d+", "0", segment) if segment[:1].isdigit() else segment for segment in segments[:-1]]
    return (
        parts.netloc,
        str(len(segments)),
        *folder[:2],
        *sorted(part.split("=")[0] for part in parts.query.split("&")),
    )


def _telling_addresses(facts: Facts) -> Finding | None:
    told = _share(sum(map(_tells, (item.link for item in facts.items))), facts)
    return (told, f"{_percent(told)} of its addresses carry a headline, a date or a number.") if told else None


def _tells(url: str) -> bool:
    parts = urlsplit(url)
    path = unquote(parts.path).rstrip("/")
    last = path.rpartition("/")[2]
    return bool(
        _SLUG.fullmatch(last)
        or re.search(r"/(?:19|20)\d\d[-/]?\d\d", path)
        or re.search(r"\d{4,}", last)
        or re.search(r"(?:^|&)(?:id|p|aid|nid|article\w*|itemid|newsid)=\w+", parts.query, re.IGNORECASE)
    )


def _side_addresses(facts: Facts) -> Finding | None:
    """Category and author links: a telling folder is the one right before the last name, not the site's section."""
    own = set(urlsplit(facts.outline.document.page.url).path.lower().split("/"))
    side = 0
    for item in facts.items:
        segments = [segment for segment in urlsplit(item.link).path.lower().split("/") if segment]
        side += any(segment in _SIDE_PATHS and segment not in own for segment in segments[-2:]) and not _tells(
            item.link
        )
    share = _share(side, facts)
    return (-share, f"{_percent(share)} of its links lead to tags, categories, authors.") if share else None


def _upward(facts: Facts) -> Finding | None:
    """Links to the places above the page, and to front pages of sites."""
    own = facts.outline.links.page
    up = sum(own.startswith(item.canonical) or "/" not in item.canonical for item in facts.items)
    share = _share(up, facts)
    return (-share, f"{_percent(share)} of its links lead to front pages or back up.") if share else None


def _text_share(facts: Facts) -> Finding | None:
    share = min(1.0, facts.text_share)
    return (math.sqrt(share), f"It holds {_percent(share)} of the page's words.") if facts.text_share else None


def _plain(facts: Facts) -> Finding | None:
    return -min(1.0, facts.cost / 20), "Its selectors are long."


def _is_data(facts: Facts) -> Finding | None:
    return (1.0, "The page itself names these as its articles, in data for machines.") if facts.structured else None


RULES = (
    Rule("count", 5.0, _count),
    Rule("dated", 4.0, _dated),
    Rule("new-to-old", 1.0, _days),
    Rule("halves", 6.0, _halves),
    Rule("titles-long", 4.0, _long_titles),
    Rule("titles-varied", 1.0, _varied_titles),
    Rule("titles-repeated", 6.0, _same_titles),
    Rule("headings", 2.5, _headed),
    Rule("summaries", 1.5, _summaries),
    Rule("pictures", 1.0, _pictures),
    Rule("navigation", 7.0, _in_navigation),
    Rule("aside", 4.0, _aside),
    Rule("named-aside", 3.0, _called_aside),
    Rule("named-list", 1.0, _called_list),
    Rule("main", 1.5, _in_main),
    Rule("addresses-alike", 1.5, _like_addresses),
    Rule("addresses-telling", 2.0, _telling_addresses),
    Rule("addresses-aside", 5.0, _side_addresses),
    Rule("addresses-upward", 3.0, _upward),
    Rule("text-share", 4.0, _text_share),
    Rule("readable", 1.0, _plain),
    Rule("data", 1.0, _is_data),
)


def heading_share(starts: Sequence[Sequence[Element]]) -> float:
    """Return the share of records, given by their parts, that hold a heading or stand in one."""
    headed = 0
    for parts in starts:
        headed += any(part.headed for part in parts) or any(up.tag in HEADINGS for up in islice(parts[0].up(), 3))
    return headed / max(len(starts), 1)
