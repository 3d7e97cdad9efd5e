"""The permanent id of an article, made from its canonical address, however that was made canonical."""

from __future__ import annotations

from uuid import UUID, uuid5

NAMESPACE = UUID("f78e2a0d-73cc-4023-979c-10df2e66c6ca")
"""The one namespace of all ids, for ever: another one would make every article new to every reader."""


def item_id(canonical: str) -> str:
    """Return the id of the article at `canonical` (see `parse.identity`): "urn:uuid:…", version 5 (RFC 9562 §5.5).

    The same address gives the same id on every machine and in every version of feedbuilder (RFC 4287 §4.2.6).
    """
    return uuid5(NAMESPACE, canonical).urn
