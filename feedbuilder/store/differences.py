"""Which rows a change of an item writes: those that are others than before. Pure."""

from __future__ import annotations

from feedbuilder.model import Change, Known
from feedbuilder.store.rows import same_statement, same_texts


def is_redated(change: Change, known: Known | None) -> bool:
    """Return whether the item's identity is another than before, or new."""
    return known is None or known.identity != change.identity


def is_reworded(change: Change, known: Known | None) -> bool:
    """Return whether the row of the item's texts is another than before."""
    if known is None or known.item is None:
        return True
    return not same_texts(known.item, change.item)


def is_restated(change: Change, known: Known | None) -> bool:
    """Return whether the source says anything else than before; when it said it last is written for all at once."""
    if known is None:
        return True
    former = next((one for one in known.statements if one.source == change.statement.source), None)
    return former is None or not same_statement(former, change.statement)


def leaves_as_it_was(change: Change, known: Known) -> bool:
    """Return whether carrying out a change writes nothing about its item."""
    return not (is_redated(change, known) or is_reworded(change, known) or is_restated(change, known))
