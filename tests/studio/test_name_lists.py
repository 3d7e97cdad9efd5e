"""Names with commas between, in one field: what is shown is what is read back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedbuilder.studio.name_lists import joined, parted

names = st.lists(st.text(min_size=1).map(lambda text: " ".join(text.split())).filter(bool))


@given(names)
def test_what_is_shown_is_read_back(names: list[str]) -> None:
    assert parted(joined(names)) == names


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", []),
        (" , ,", []),
        ("Town, World news ", ["Town", "World news"]),
        ('"Arts, music",Town', ["Arts, music", "Town"]),
        ('The "Strait", Town', ['The "Strait"', "Town"]),
        ('Town, "never closed', ["Town", "never closed"]),
        ("Town\nSea", ["Town Sea"]),
        ("x" * 200_000 + ",y", ["x" * 200_000, "y"]),
    ],
    ids=lambda it: str(it)[:20],
)
def test_what_people_type_is_understood(typed: str, meant: list[str]) -> None:
    assert parted(typed) == meant
