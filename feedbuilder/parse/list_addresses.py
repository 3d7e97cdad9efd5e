"""Which addresses lead to the list itself: its other pages, and itself in another order. They are no articles.

Owns the names of the parameters for that. Where a name may also be that of an article ("index.php?page=12"), the
address is not taken for one of the list.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

_SORTING = frozenset(
    """
    sort sortby sort_by sortorder sort_order order orderby order_by dir direction asc desc view display layout
    per_page perpage limit
    """.split()  # noqa: SIM905 - a table of names reads better without quotes
)
_SORTED_LIST = frozenset("sort sortby sort_by sortorder sort_order orderby order_by".split())  # noqa: SIM905
"""What only lists are asked for, whatever their address."""
_PAGING = frozenset("page paged pg pageno page_no pagenum pagenumber start offset skip from".split())  # noqa: SIM905
_SMALL = re.compile(r"\d{1,4}")
_FURTHER = re.compile(r"/page/\d{1,4}")
_PROGRAM = re.compile(r"\.(?:php\d?|aspx?|jsp|cgi|pl|do)$", re.IGNORECASE)
"""Programs that may show everything of a site by a number in a parameter."""


def is_same_list(url: str, page: str) -> bool:
    """Return whether `url` leads to another page of the list at the address `page`, or to a list in another order."""
    theirs, ours = urlsplit(url), urlsplit(page)
    if (theirs.hostname or "").removeprefix("www.") != (ours.hostname or "").removeprefix("www."):
        return False
    path, own = theirs.path.rstrip("/"), _FURTHER.sub("", ours.path).rstrip("/")
    if not theirs.query:
        return path != own and path.startswith(own) and _FURTHER.fullmatch(path[len(own) :]) is not None
    mine, known = parse_qsl(theirs.query, keep_blank_values=True), set(parse_qsl(ours.query, keep_blank_values=True))
    if path != own:
        return bool(mine) and all(name.lower() in _SORTED_LIST for name, _ in mine)
    changed = [pair for pair in mine if pair not in known]
    return bool(changed) and all(_turns_or_sorts(name.lower(), value, path) for name, value in changed)


def _turns_or_sorts(name: str, value: str, path: str) -> bool:
    if name in _SORTING:
        return True
    return name in _PAGING and _SMALL.fullmatch(value) is not None and _PROGRAM.search(path) is None
