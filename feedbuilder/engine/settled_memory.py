"""Memory of a program that goes on for days: what it starts with is set aside, what it needs no more is given back.

Owns what the interpreter and the C library are told of that; what cannot be told (musl, macOS, Windows) is not.
"""

from __future__ import annotations

import gc
import sys
from functools import lru_cache
from typing import Any

_M_ARENA_MAX = -8
"""The number of the setting, in glibc's malloc.h."""
ARENAS = 2
"""Of glibc, which has eight for each core otherwise, one for each thread that allocates: each keeps what was freed in
it for its own threads. Nearly all that ours do happens one after the other."""


def share_arenas() -> None:
    """Have threads that start from now on allocate in a few places."""
    if (library := _glibc()) is not None:
        library.mallopt(_M_ARENA_MAX, ARENAS)


def settle() -> None:
    """Have the garbage collector look no more at what is there now, and give back what nobody needs.

    To be called where what was read stays for long, and again when it was replaced: what was set aside before and has
    gone since is collected then.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    gc.collect()  # from how little is left it learns when to look next
    if (library := _glibc()) is not None:
        library.malloc_trim(0)


@lru_cache(maxsize=1)
def _glibc() -> Any:
    """Return the C library, None if it is not glibc."""
    if not sys.platform.startswith("linux"):
        return None
    import ctypes  # noqa: PLC0415 - what ends soon needs none of this

    library = ctypes.CDLL(None)
    return library if hasattr(library, "gnu_get_libc_version") else None
