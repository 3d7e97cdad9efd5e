"""Our dataclasses are those of `dataclasses` to whoever uses them."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, field
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedbuilder.dataclass import dataclass


def examples(made: Callable[[type], Any]) -> dict[str, Any]:
    """Return classes as `made` makes them."""

    class Plain:
        """Three values, of which two may be left out."""

        KIND: ClassVar = "plain"
        a: object
        b: object = 0
        c: list[object] = field(default_factory=list)

    class Empty:
        """No values."""

    class Single:
        """One value."""

        a: object

    class Odd:
        """What fields can be told."""

        a: object
        told: object = field(default=1, repr=False)
        left: object = field(default=2, compare=False)
        fixed: str = field(default="f", init=False)
        fresh: dict[str, object] = field(default_factory=dict, init=False)
        last: object = field(default=3, kw_only=True)

        def __post_init__(self) -> None:
            self.fresh["a"] = self.a

    class Unhashed:
        """Of its values one is compared and left out of the hash."""

        a: object
        b: dict[str, object] = field(default_factory=dict, hash=False)
        c: object = 1

    base = made(Plain)

    class Derived(base):  # type: ignore[misc, valid-type]
        """One value more, and another default."""

        d: object = None
        b: object = 5

    return {one.__name__: made(one) for one in (Empty, Single, Odd, Unhashed, Derived)} | {"Plain": base}


OURS = examples(dataclass(frozen=True, slots=True))
THEIRS = examples(dataclasses.dataclass(frozen=True, slots=True))
globals().update({f"{name}": kind for name, kind in OURS.items()})  # for pickling
for kind in OURS.values():
    kind.__qualname__ = kind.__name__
for kind in THEIRS.values():
    kind.__qualname__ = kind.__name__
values = st.none() | st.integers(0, 2) | st.text(max_size=1) | st.lists(st.integers(0, 1), max_size=1)
calls = st.tuples(
    st.lists(values, max_size=4),
    st.dictionaries(st.sampled_from(["a", "b", "c", "d", "told", "left", "last", "fixed"]), values, max_size=3),
)


def outcome(function: Callable[..., object], *arguments: Any, **named: Any) -> object:
    """Return what comes of a call: its value as text, or the error."""
    try:
        return repr(function(*arguments, **named))
    except (TypeError, AttributeError) as error:
        return type(error), str(error)


@given(st.sampled_from(sorted(OURS)), calls, calls)
def test_a_value_is_what_it_would_be(name: str, one: tuple[Any, Any], other: tuple[Any, Any]) -> None:
    made = [(kind, outcome(kind, *one[0], **one[1])) for kind in (OURS[name], THEIRS[name])]
    assert made[0][1] == made[1][1]
    if isinstance(made[0][1], tuple) or isinstance(outcome(OURS[name], *other[0], **other[1]), tuple):
        return
    seen = []
    for kind, _ in made:
        first, second = (kind(*copy.deepcopy(args), **copy.deepcopy(named)) for args, named in (one, other))
        same = copy.copy(first)
        assert (same == first) is True
        seen.append(
            [
                first == second,
                first != second,
                first == (),
                outcome(hash, first),
                name == "Empty" or (outcome(setattr, first, "a", 1), outcome(delattr, first, "a")),
                outcome(dataclasses.replace, first, a=9),
                dataclasses.astuple(first),
                kind.__match_args__,
                [*inspect.signature(kind).parameters],
            ]
        )
    assert seen[0] == seen[1]


@pytest.mark.parametrize("name", sorted(OURS))
def test_a_value_crosses_to_another_process(name: str) -> None:
    value = OURS[name](*([] if name == "Empty" else [1]))
    assert pickle.loads(pickle.dumps(value)) == value
    assert copy.deepcopy(value) == value


def test_it_has_no_room_for_more_and_keeps_what_it_has() -> None:
    value = OURS["Single"](1)
    assert not hasattr(value, "__dict__")
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'a'"):
        value.a = 2


def test_other_settings_are_those_of_dataclasses() -> None:
    @dataclass(order=True)
    class Other:
        a: int = 0

    value = Other()
    value.a = 3
    assert value > Other(2)
