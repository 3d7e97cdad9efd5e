"""What is kept of the cards of sources, on both databases."""

from __future__ import annotations

from feedbuilder.store import SqlStore


def test_what_is_kept_of_cards_takes_the_place_of_what_was(store: SqlStore) -> None:
    assert store.kept_cards("one") is None
    for content in (b"\x00\xff cards", b"others"):
        with store.transaction() as memory:
            memory.keep_cards("one", content)
        assert store.kept_cards("one") == content
    assert store.kept_cards("other") is None
    with store.transaction() as memory:
        memory.keep_cards("other", b"its own")
        memory.forget_pages("one")
    assert (store.kept_cards("one"), store.kept_cards("other")) == (None, b"its own")
