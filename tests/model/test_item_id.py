"""The permanent id: one golden value, for ever."""

from uuid import UUID

from feedbuilder.model.item_ids import item_id


def test_the_id_of_an_address_never_changes() -> None:
    # If this fails, every reader of every feed sees all its articles as new. Mend the code, not the value.
    assert item_id("example.org/a") == "urn:uuid:2a973c72-5f46-52f3-875c-ee5d1be622b1"


def test_an_id_is_a_version_5_uuid() -> None:
    assert UUID(item_id("example.org/b")).version == 5
