"""How FreshRSS asks for a feed, in options of curl (`frss:CURLOPT_…`) -> headers, proxy and request of a source.

https://curl.se/libcurl/c/curl_easy_setopt.html; what PHP and its users write for them. Owns what those options mean.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl

from pydantic import ValidationError

from feedbuilder.importing.imported import Imported
from feedbuilder.model import Request
from feedbuilder.model.setting_types import proxy_url

_PROXY_SCHEMES = {"0": "http", "1": "http", "2": "https", "5": "socks5", "7": "socks5"}
"""By the numbers of `CURLOPT_PROXYTYPE`; 4 and 6 are SOCKS 4."""
_OF_PROXY = ("CURLOPT_PROXYTYPE", "CURLOPT_PROXYPORT", "CURLOPT_PROXYUSERPWD")
_OF_ITSELF = {
    "CURLOPT_FOLLOWLOCATION": "redirects are followed by themselves",
    "CURLOPT_MAXREDIRS": "redirects are bounded for all sources, by max_redirects under [fetch]",
    "CURLOPT_COOKIEFILE": "cookies that a site sets on the way are sent back by themselves",
    "CURLOPT_TIMEOUT": "time is bounded for all sources, by deadline under [fetch]",
    "CURLOPT_ACCEPT_ENCODING": "what is packed is unpacked by itself",
}


def take_options(made: Imported, fresh: Mapping[str, str]) -> None:
    """Take over what the attributes `fresh` of FreshRSS say of asking, and note what became of each."""
    headers = dict(_headers(fresh))
    if headers:
        made.block["headers"] = headers
        made.changed("cookies and headers: a secret should stand in a variable of the environment: ${NAME}")
    for name in sorted(name for name in fresh if name.startswith("CURLOPT_")):
        if name in _TAKERS:
            _TAKERS[name](made, fresh)
        elif name in _OF_ITSELF:
            made.changed(f"{name}: {_OF_ITSELF[name]}")
        elif name not in _PART_OF_OTHERS:
            made.lost(f"{name}: there is nothing like it at a source")


def _headers(fresh: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if cookie := fresh.get("CURLOPT_COOKIE"):
        yield "Cookie", cookie
    if agent := fresh.get("CURLOPT_USERAGENT"):
        yield "User-Agent", agent
    for line in re.split(r"[\r\n]+", fresh.get("CURLOPT_HTTPHEADER", "")):
        name, colon, value = line.partition(":")
        if colon and name.strip().lower() != "content-type":  # that of what is posted, which says it itself
            yield name.strip(), value.strip()


def _proxy(made: Imported, fresh: Mapping[str, str]) -> None:
    address = fresh["CURLOPT_PROXY"].strip()
    kind = fresh.get("CURLOPT_PROXYTYPE", "0")
    scheme = _PROXY_SCHEMES.get(kind)
    if scheme is None and "://" not in address:
        made.lost(f"CURLOPT_PROXY: a proxy of type {kind} is not spoken to here")
        return
    if "://" not in address:
        login, port = fresh.get("CURLOPT_PROXYUSERPWD"), fresh.get("CURLOPT_PROXYPORT")
        place = f"{address}:{port}" if port and ":" not in address else address
        address = f"{scheme}://{f'{login}@' if login else ''}{place}"
    try:
        made.block["proxy"] = proxy_url(address)
    except ValueError as error:
        made.lost(f"CURLOPT_PROXY: {error}")
        return
    made.carried("CURLOPT_PROXY, as proxy")
    if "@" in address:
        made.changed("CURLOPT_PROXY: its password should stand in a variable of the environment: ${NAME}")


def request_of(posted: Any) -> dict[str, Any] | None:
    """Return the table `request` of a source that posts the same: an object, or the text of one or of a form."""
    asked: dict[str, Any] = {"form": posted}
    if isinstance(posted, str):
        try:
            asked = {"json": json.loads(posted)}
        except (ValueError, RecursionError):
            asked = {"form": dict(parse_qsl(posted, keep_blank_values=True)) if "=" in posted else None}
    try:
        Request.model_validate(asked)
    except ValidationError:
        return None
    return asked


def _posted(made: Imported, fresh: Mapping[str, str]) -> None:
    asked = request_of(fresh["CURLOPT_POSTFIELDS"])
    if asked is None:
        made.lost("CURLOPT_POSTFIELDS: what is posted is neither an object of JSON nor a form")
        return
    made.block["request"] = asked
    made.carried(f"CURLOPT_POSTFIELDS, as request.{next(iter(asked))}")


def _post(made: Imported, fresh: Mapping[str, str]) -> None:
    if not fresh.get("CURLOPT_POSTFIELDS"):
        made.lost("CURLOPT_POST: nothing is said of what is posted")


_TAKERS: Mapping[str, Callable[[Imported, Mapping[str, str]], None]] = {
    "CURLOPT_PROXY": _proxy,
    "CURLOPT_POSTFIELDS": _posted,
    "CURLOPT_POST": _post,
}
_PART_OF_OTHERS = frozenset((*_OF_PROXY, "CURLOPT_COOKIE", "CURLOPT_USERAGENT", "CURLOPT_HTTPHEADER"))
