"""What makes two addresses one article.

Owns the canonical form of an address. It is for comparing and for the permanent id, never for following: the scheme is
gone. A change here makes old articles new to every reader, so it needs a very good reason.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import unquote

import idna

TRACKING_PARAMETERS = frozenset(
    [
        "_branch_match_id",
        "_ga",
        "_gl",
        "_hsenc",
        "_hsmi",
        "_openstat",
        "__twitter_impression",
        "dclid",
        "fb_action_ids",
        "fb_action_types",
        "fb_comment_id",
        "fb_ref",
        "fb_source",
        "fbclid",
        "gad_source",
        "gbraid",
        "gclid",
        "gclsrc",
        "hsctatracking",
        "igsh",
        "igshid",
        "li_fat_id",
        "mc_cid",
        "mc_eid",
        "mkt_tok",
        "msclkid",
        "ncid",
        "oly_anon_id",
        "oly_enc_id",
        "phpsessid",
        "rb_clickid",
        "s_cid",
        "sc_cid",
        "srsltid",
        "ttclid",
        "twclid",
        "vero_conv",
        "vero_id",
        "wbraid",
        "wickedid",
        "wt_mc",
        "wt_zmc",
        "xtor",
        "yclid",
        "ysclid",
    ]
)
"""Parameters that say where a reader came from. In doubt a name is not here: `ref` and `id` may tell articles apart."""
TRACKING_PREFIXES = ("utm_", "at_medium", "at_campaign", "mtm_", "pk_", "piwik_", "matomo_", "guce_", "hsa_")

_PARTS = re.compile(
    r"(?:([a-z][a-z0-9+.-]*):)?(?://)?([^/?#\\]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.IGNORECASE | re.DOTALL
)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\]")
_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})|(%)|([^A-Za-z0-9\-._~!$&'()*+,;=:@/?%]+)")
_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/;]*", re.IGNORECASE)
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


def canonical_url(url: str, *, keep_fragment: bool = False, drop_parameters: Iterable[str] = ()) -> str:
    """Return the address reduced to what tells articles apart: "example.org/news/a?page=2".

    No scheme, user, `www.`, default port (80 and 443 alike, as there is no scheme), trailing slash, fragment (unless
    `keep_fragment`) or tracking parameter; `drop_parameters` names further ones, in any case, with `*` at the end as a
    wildcard. The host is lower case and IDNA (UTS 46), dot segments are resolved, percent-encoding is normalised
    (RFC 3986 §6.2.2), parameters are sorted by name; those of one name keep their order. The case of path and query
    counts, and so does `index.html`. The canonical form of a canonical form is itself.

    Raises ValueError for what is not the absolute http or https address of a host.
    """
    host, port, path, query, fragment = _split(url)
    path = _quote(_SESSION.sub("", path.replace("\\", "/")))
    parameters = [_quote(part.replace("+", "%20")) for part in _wanted(query, drop_parameters)]
    parameters.sort(key=lambda part: part.partition("=")[0])
    anchor = _quote(fragment.partition(":~:")[0]) if keep_fragment else ""
    return (
        _without_www(host)
        + (f":{port}" if port not in ("", "80", "443") else "")
        + _resolve_dots(path).rstrip("/")
        + ("?" + "&".join(parameters) if parameters else "")
        + ("#" + anchor if anchor else "")
    )


def tidy_url(url: str, *, keep_fragment: bool = False, drop_parameters: Iterable[str] = ()) -> str:
    """Return the address as a reader should follow it: valid ASCII (RFC 3986), without tracking and fragment.

    Unlike the canonical form it keeps scheme, `www.`, trailing slash and the order of parameters.
    Raises ValueError for what is not the absolute http or https address of a host.
    """
    if not _SCHEME.match(url):
        raise ValueError(f"not an absolute address: {url!r}")
    scheme = url.partition(":")[0].lower()
    host, port, path, query, fragment = _split(url)
    default = "443" if scheme == "https" else "80"
    wanted = [_quote(part) for part in _wanted(query, drop_parameters)]
    anchor = _quote(fragment.partition(":~:")[0]) if keep_fragment else ""
    return (
        f"{scheme}://{host}"
        + (f":{port}" if port not in ("", default) else "")
        + (_resolve_dots(_quote(_SESSION.sub("", path.replace("\\", "/")))) or "/")
        + ("?" + "&".join(wanted) if wanted else "")
        + ("#" + anchor if anchor else "")
    )


def host_of(url: str) -> str:
    """Return the host of an absolute address in its canonical form, without `www.` and port. Raises ValueError."""
    return _without_www(_split(url)[0])


@lru_cache(maxsize=2048)
def _split(url: str) -> tuple[str, str, str, str, str]:
    """Return host, port, path, query and fragment; host and port normalised, the rest as it stands."""
    if not _SCHEME.match(url):
        url = "//" + url  # a canonical form
    found = _PARTS.fullmatch(url)
    scheme, authority, path, query, fragment = found.groups(default="") if found else ("", "", "", "", "")
    if scheme.lower() not in ("", "http", "https"):
        raise ValueError(f"not a web address: {url!r}")
    address = authority.rpartition("@")[2]
    name, colon, port = address.rpartition(":")
    if not colon or address.endswith("]"):
        name, port = address, ""
    if port and not (port.isascii() and port.isdigit() and int(port[:6]) < 65536):
        raise ValueError(f"not a port: {port!r}")
    return _host(name), port.lstrip("0"), path, query, fragment


def _host(name: str) -> str:
    name = unquote(name).rstrip(".")
    try:
        if name.startswith("[") and name.endswith("]"):
            host = f"[{ipaddress.IPv6Address(name[1:-1]).compressed}]"
        else:
            host = name.lower() if name.isascii() else _ascii_host(name)
    except ValueError as error:
        raise ValueError(f"not a host: {name!r}") from error
    if not _HOST.fullmatch(host) or len(host) > 253:
        raise ValueError(f"not a host: {name!r}")
    return host


def _ascii_host(name: str) -> str:
    try:
        return idna.encode(name, uts46=True).decode("ascii").lower().rstrip(".")
    except (idna.IDNAError, UnicodeError):
        # Emoji domains exist although IDNA 2008 forbids them; Python's codec follows the older, laxer IDNA 2003.
        return name.lower().encode("idna").decode("ascii").lower().rstrip(".")


def _without_www(host: str) -> str:
    while host.startswith("www.") and "." in host[4:]:
        host = host[4:]
    return host


def _quote(text: str) -> str:
    return _ESCAPE.sub(_normal_escape, text)


def _normal_escape(found: re.Match[str]) -> str:
    code, percent, other = found.groups()
    if code:
        octet = int(code, 16)
        return chr(octet) if octet in _UNRESERVED else f"%{octet:02X}"
    if percent:
        return "%25"
    return "".join(f"%{octet:02X}" for octet in other.encode("utf-8", "replace"))


def _resolve_dots(path: str) -> str:
    if "/." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            if kept:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)


def _wanted(query: str, drop: Iterable[str]) -> list[str]:
    if not query:
        return []
    exact, prefixes = set(TRACKING_PARAMETERS), list(TRACKING_PREFIXES)
    for name in drop:
        if name.endswith("*"):
            prefixes.append(name[:-1].lower())
        else:
            exact.add(name.lower())
    wanted = []
    for part in query.split("&"):
        name = unquote(part.partition("=")[0]).lower()
        if part and name not in exact and not name.startswith(tuple(prefixes)):
            wanted.append(part)
    return wanted
