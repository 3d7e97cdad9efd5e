"""JSON-LD -> entries. Owns which of schema.org's types are articles and which properties hold lists of them.

Source: https://schema.org/ItemList, /Article, /Blog, /hasPart; JSON-LD 1.1 §4.9 (@graph), §3.3 (node identifiers).
"""

from __future__ import annotations

import re
from typing import Any

from feedbuilder.parse.data.entries import Entry
from feedbuilder.parse.data.paths import MANY

ARTICLES = frozenset(
    """
    article newsarticle blogposting socialmediaposting liveblogposting discussionforumposting report
    reportagenewsarticle
    analysisnewsarticle opinionnewsarticle reviewnewsarticle backgroundnewsarticle askpublicnewsarticle
    satiricalarticle scholarlyarticle medicalscholarlyarticle techarticle apireference advertisercontentarticle
    hentry
    """.split()  # noqa: SIM905 - a table of names reads better without quotes
)
LISTED = ARTICLES | {"", "listitem", "webpage", "itempage", "creativework", "thing", "webcontent", "datafeeditem"}
"""The types of what an ItemList may hold for it to be a list of articles; "" is none."""
_NOT_LISTS = frozenset(("breadcrumblist", "sitenavigationelement", "offercatalog", "howtostep", "howtosection"))
_ASIDE = frozenset(
    """
    author publisher creator editor contributor ispartof isbasedon mainentityofpage comment citation mentions about
    review relatedlink relateditem significantlink breadcrumb speakable copyrightholder sourceorganization provider
    potentialaction sponsor translator parentitem
    """.split()  # noqa: SIM905
)
"""Properties that lead to other things than the articles of a list."""
_DEEPEST = 40
_PREFIX = re.compile(r"^(?:https?://schema\.org/|schema:)", re.IGNORECASE)


def kinds(node: Entry) -> set[str]:
    """Return the types of a node in small letters, without their vocabulary; empty for none."""
    written = node.get("@type")
    names = written if isinstance(written, list) else [written]
    return {_PREFIX.sub("", name).rpartition("/")[2].lower() for name in names if isinstance(name, str)}


def entries(values: list[Any], wanted: frozenset[str] = frozenset()) -> list[Entry]:
    """Return the articles that the JSON-LD `values` describe, in order; of `wanted` types (small letters), if any.

    The members of an ItemList come by their position. A node that only names another one by its @id stands for it.
    """
    by_id = named(values)
    found: list[Entry] = []
    seen: set[int] = set()
    stack: list[tuple[Any, int]] = [(value, 0) for value in reversed(values)]
    for _ in range(MANY):
        if not stack:
            break
        node, depth = stack.pop()
        if depth > _DEEPEST:
            continue
        if isinstance(node, list):
            stack += [(inner, depth + 1) for inner in reversed(node)]
            continue
        if not isinstance(node, dict) or id(node) in seen:
            continue
        seen.add(id(node))
        types = kinds(node)
        if types & _NOT_LISTS:
            continue
        if "itemlist" in types or "itemListElement" in node:
            found += (entry for entry in _members(node, by_id) if _fits(entry, wanted, LISTED))
        elif _fits(node, wanted, ARTICLES):
            found.append(node)
        stack += [(inner, depth + 1) for key, inner in reversed(node.items()) if _leads_on(key, inner)]
    return found


def types_of_lists(values: list[Any]) -> set[str]:
    """Return the types, as written, that the members of the ItemLists in `values` have."""
    found: set[str] = set()
    for entry in entries(values, frozenset(("*",))):
        written = entry.get("@type")
        found.update(name for name in (written if isinstance(written, list) else [written]) if isinstance(name, str))
    return found


def _leads_on(key: str, inner: Any) -> bool:
    return isinstance(inner, dict | list) and key.lower() not in _ASIDE


def _fits(entry: Entry, wanted: frozenset[str], usual: frozenset[str]) -> bool:
    if "*" in wanted:
        return usual is LISTED
    types = kinds(entry)
    return bool(types & wanted) if wanted else bool((types or {""}) & usual)


def _members(node: Entry, by_id: dict[str, Entry]) -> list[Entry]:
    """Return the members of an ItemList: what a ListItem holds together with what it says itself."""
    written = node.get("itemListElement")
    listed = written if isinstance(written, list) else [written]
    members = [(entry, _position(one)) for one in listed if (entry := _member(one, by_id))]
    if all(position is not None for _, position in members):
        members.sort(key=lambda member: member[1] or 0)
    return [entry for entry, _ in members]


def _member(one: Any, by_id: dict[str, Entry]) -> Entry | None:
    if isinstance(one, str):
        return {"url": one}
    if not isinstance(one, dict):
        return None
    inner = one.get("item")
    if isinstance(inner, list):
        inner = next((part for part in inner if isinstance(part, dict | str)), None)
    if isinstance(inner, str):
        return {**{key: value for key, value in one.items() if key not in ("item", "@id", "@type")}, "url": inner}
    if isinstance(inner, dict):
        whole = by_id.get(str(inner.get("@id")), inner) if len(inner) <= 2 else inner
        around = {key: value for key, value in one.items() if key in ("url", "name") and value}
        return {**around, **whole}
    return by_id.get(str(one.get("@id")), one) if len(one) <= 2 else one


def _position(one: Any) -> float | None:
    try:
        return float(one["position"]) if isinstance(one, dict) else None
    except (KeyError, TypeError, ValueError):
        return None


def named(values: list[Any]) -> dict[str, Entry]:
    """Return the nodes that have an @id and say more than that, by it."""
    found: dict[str, Entry] = {}
    stack: list[Any] = list(values)
    for _ in range(MANY):
        if not stack:
            break
        node = stack.pop()
        if isinstance(node, dict):
            if isinstance(node.get("@id"), str) and len(node) > 2:
                found.setdefault(node["@id"], node)
            stack += [inner for inner in node.values() if isinstance(inner, dict | list)]
        elif isinstance(node, list):
            stack += [inner for inner in node if isinstance(inner, dict | list)]
    return found
