"""A page as it is kept for diagnosing: its markup and texts, without what a page should not leave behind.

Owns what is left out: values of forms and tokens against forgery, scripts and what is written into them, comments,
handlers, and whatever is known to be a secret. Elements stay where they are, emptied: selectors count as before.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Collection, Iterator
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from feedbuilder.masking import is_secret_name, mask_text
from feedbuilder.model import Page
from feedbuilder.parse.decode import decode

LARGEST = 300_000
"""Bytes of a copy; a page that takes more, compressed, is not kept."""
LONGEST = 5_000_000
"""Characters of a copy that is unpacked again; what was compressed may be anything, once somebody else wrote it."""
_EMPTIED = "style, textarea, object, iframe, xmp, noembed, noframes, plaintext"
_LEFT_OUT = frozenset({"value", "nonce", "integrity", "srcdoc", "ping"})
_CONTENT_TYPE = "text/html; charset=utf-8"
_THOROUGHLY = 4
"""How hard zlib tries: harder takes twice as long, and saves a twentieth."""
_FEW_NAMES = 30
"""So many names are looked for at once: each is compared with each attribute of the page."""
_PLAIN_NAME = re.compile(r"[a-z][a-z0-9_-]*")


def kept_copy(page: Page, *, language: str | None, with_data: bool) -> bytes | None:
    """Return `page`, compressed; None for one that is too large. `with_data`: its list is read from scripts."""
    return copy_of(LexborHTMLParser(decode(page, language)), with_data=with_data)


def copy_of(tree: LexborHTMLParser, *, with_data: bool) -> bytes | None:
    """Return the page that is `tree` as `kept_copy` does; what is left out is taken out of the tree."""
    for element in tree.css(_EMPTIED if with_data else f"{_EMPTIED}, script"):
        element.inner_html = ""
    for element in tree.css("template"):  # what is in one is no child of it, and would stay
        element.insert_before(tree.create_node("template"))
        element.decompose()
    written = tree.html or ""
    if "<!--" in written:
        for comment in list(_comments(tree)):
            comment.decompose()
    for element in _with_any(tree, [name for name in _names_in(written) if _is_left_out(name)]):
        for name in [name for name in element.attributes if _is_left_out(name)]:
            if name in element.attrs:
                del element.attrs[name]
    for element in tree.css("meta[content]"):
        if is_secret_name(_token_name(element)):
            del element.attrs["content"]
    packed = zlib.compress(mask_text(tree.html or "").encode("utf-8", "replace"), _THOROUGHLY)
    return packed if len(packed) <= LARGEST else None


def _names_in(written: str) -> set[str]:
    """Return the names of the attributes in a page as lexbor writes it, and much that looks like one.

    A page has a hundred of them, at thousands of elements. One that begins with "=" may not be seen whole: then there
    is an empty one.
    """
    return {piece.rpartition(" ")[2] for piece in written.split('="')[:-1]}


def _with_any(tree: LexborHTMLParser, names: Collection[str]) -> list[LexborNode]:
    """Return the elements that have an attribute with one of these names, and perhaps others."""
    if not names:
        return []
    are_few = len(names) <= _FEW_NAMES and all(map(_PLAIN_NAME.fullmatch, names))
    return tree.css(", ".join(f"[{name}]" for name in names) if are_few else "*")


def unpacked(content: bytes) -> tuple[bytes, str]:
    """Return the body of a copy and its content type. Raises ValueError for what is no copy."""
    packed = zlib.decompressobj()
    try:
        return packed.decompress(content, LONGEST), _CONTENT_TYPE
    except zlib.error as error:
        raise ValueError(f"not a page that was kept: {error}") from error


@lru_cache(maxsize=1_000)
def _is_left_out(name: str) -> bool:
    return not name or name in _LEFT_OUT or name.startswith("on") or is_secret_name(name)


def _token_name(meta: LexborNode) -> str:
    name = (meta.attributes.get("name") or "").lower()
    return "token" if "csrf" in name or "xsrf" in name else name


def _comments(tree: LexborHTMLParser) -> Iterator[LexborNode]:
    """Yield all comments, also those in front of the page and behind it."""
    root = tree.root.parent or tree.root if tree.root is not None else None
    if root is not None:
        yield from (node for node in root.traverse(include_text=True) if node.is_comment_node)
