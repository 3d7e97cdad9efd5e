"""`dataclass` as `dataclasses` has it, made in a quarter of the time for nearly all: frozen, with slots.

Python writes six methods of each such class as text and compiles them, a third of a millisecond, and a program with
hundreds of them pays that at every start. Here only `__init__` is written so; the others are functions that all share.
Nothing of ours is imported here.
"""

from __future__ import annotations

import dataclasses
from dataclasses import MISSING, FrozenInstanceError, fields
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass  # noqa: TID251 - the same for who reads it
else:

    def dataclass(cls: type | None = None, /, **settings: bool) -> Any:
        """Return `cls` as a dataclass by the `settings`, or what makes it one."""
        return _frozen_with_slots if settings == _MOSTLY else dataclasses.dataclass(cls, **settings)  # noqa: TID251


__all__ = ["dataclass"]
_MOSTLY = {"frozen": True, "slots": True}


class _Methods:
    """The methods that need not know whose they are."""

    @recursive_repr("...")
    def __repr__(self) -> str:
        shown = (f"{field.name}={getattr(self, field.name)!r}" for field in fields(cast(Any, self)) if field.repr)
        return f"{type(self).__qualname__}({', '.join(shown)})"

    def __setattr__(self, name: str, value: object) -> None:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __getstate__(self) -> list[Any]:
        return [getattr(self, field.name) for field in fields(cast(Any, self))]

    def __setstate__(self, state: list[Any]) -> None:
        for field, value in zip(fields(cast(Any, self)), state, strict=True):
            object.__setattr__(self, field.name, value)


_SHARED = ("__repr__", "__setattr__", "__delattr__", "__getstate__", "__setstate__")


def _frozen_with_slots(cls: type) -> Any:
    """Return `cls` as a dataclass whose values are set once."""
    made: Any = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(cls)  # noqa: TID251
    methods = {name: vars(_Methods)[name] for name in _SHARED}
    for name, method in (methods | _comparing(made) | {"__init__": _init(made)}).items():
        setattr(made, name, method)
    return made


def _comparing(cls: Any) -> dict[str, Callable[..., object]]:
    """Return the methods that compare two of `cls` by their values."""
    values = _tuple_of([field.name for field in fields(cls) if field.compare])
    hashable = _tuple_of([field.name for field in fields(cls) if (field.compare if field.hash is None else field.hash)])

    def __eq__(self: object, other: object) -> bool:  # noqa: N807 - what it becomes
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self: object) -> int:  # noqa: N807 - as above
        return hash(hashable(self))

    return {"__eq__": __eq__, "__hash__": __hash__}


def _tuple_of(names: list[str]) -> Callable[[object], tuple[object, ...]]:
    """Return what gives the values of these attributes."""
    if len(names) > 1:
        return attrgetter(*names)
    # Of one name it would give the value itself, which is compared and hashed otherwise.
    single = [attrgetter(name) for name in names]
    return lambda value: tuple(get(value) for get in single)


def _init(cls: Any) -> Callable[..., None]:
    """Return the `__init__` of `cls`, which sets its fields in their order."""
    scope: dict[str, Any] = {"_put": object.__setattr__, "_LEFT_OUT": MISSING}
    parameters: list[str] = ["self"]
    by_keyword: list[str] = []
    lines = []
    for field in fields(cls):
        name = value = field.name
        default = ""
        if field.default_factory is not MISSING:
            scope[f"_make_{name}"] = field.default_factory
            default, value = "=_LEFT_OUT", f"_make_{name}() if {name} is _LEFT_OUT else {name}"
        elif field.default is not MISSING:
            scope[f"_default_{name}"] = field.default
            default = f"=_default_{name}"
        if field.init:
            (by_keyword if field.kw_only else parameters).append(name + default)
        elif default:
            lines.append(name + default)
        else:
            continue
        lines.append(f"_put(self, {name!r}, {value})")
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    head = ", ".join([*parameters, *(by_keyword and ["*", *by_keyword])])
    exec(f"def __init__({head}):\n " + "\n ".join(lines or ["pass"]), scope)  # noqa: S102 - made of names of fields
    method: Callable[..., None] = scope["__init__"]
    method.__qualname__ = f"{cls.__qualname__}.__init__"
    return method
