"""The header `Link` of an answer (RFC 8288): where its links lead, and what is said of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

_LINK = re.compile(r"<(?P<address>[^<>]{1,2000})>(?P<parameters>[^<]{0,1000})")
_PARAMETER = re.compile(r";\s{0,5}(\w{1,20})\s{0,5}=\s{0,5}(?:\"([^\"]{0,200})\"|'([^']{0,200})'|([^\s;,\"]{1,200}))")
_LONGEST = 10_000
_MANY = 50


@dataclass(frozen=True, slots=True)
class HeaderLink:
    """One of its links."""

    address: str
    """As it is written."""
    parameters: Mapping[str, str]
    """By their names in lower case; of two of one name the first (§3.3)."""

    @property
    def relations(self) -> list[str]:
        """Return what the link is to the page, in lower case."""
        return self.parameters.get("rel", "").lower().split()


def header_links(header: str | None) -> Iterator[HeaderLink]:
    """Yield the links of a header in its order, as far as they can be read."""
    for link in islice(_LINK.finditer((header or "")[:_LONGEST]), _MANY):
        parameters: dict[str, str] = {}
        for name, *values in _PARAMETER.findall(link["parameters"]):
            parameters.setdefault(name.lower(), next(filter(None, values), ""))
        yield HeaderLink(link["address"], parameters)
