"""The way up from an element of lexbor's tree. Bounded: hostile pages are thousands of levels deep."""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborNode


def ancestors(node: LexborNode | None, most: int) -> Iterator[LexborNode]:
    """Yield `node` and the elements around it, the nearest first, `most` in all at the most; nothing for None."""
    for _ in range(most):
        if node is None:
            return
        yield node
        node = node.parent
