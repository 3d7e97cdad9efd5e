"""What an installation would find: the distributions that some requirements ask for, and none besides.

They are those of this environment, shown in a folder of links. So nothing is downloaded, and what is imported without
being required is missing all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement


def _name(text: str) -> str:
    return re.sub(r"[-_.]+", "-", text).lower()


def closure(requirements: Iterable[str]) -> dict[str, Distribution]:
    """Return what `requirements` ask for on this machine, and what that asks for, by name. All of it has to be here."""
    found: dict[str, Distribution] = {}
    seen: set[tuple[str, frozenset[str]]] = set()
    waiting = [(Requirement(text), frozenset({""})) for text in requirements]
    while waiting:
        requirement, extras = waiting.pop()
        if requirement.marker and not any(requirement.marker.evaluate({"extra": extra}) for extra in extras):
            continue
        name, wanted = _name(requirement.name), frozenset(requirement.extras)
        if (name, wanted) in seen:
            continue
        seen.add((name, wanted))
        try:
            found[name] = distribution(name)
        except PackageNotFoundError as error:
            raise AssertionError(f"{requirement} is required and not installed: make .venv/.ready") from error
        waiting += [(Requirement(text), wanted | {""}) for text in found[name].requires or ()]
    return found


def show(distributions: Iterable[Distribution], folder: Path) -> None:
    """Make `folder` hold links to all that these distributions have installed."""
    folder.mkdir()
    for one in distributions:
        for path in one.files or ():
            top = path.parts[0]
            if top not in {"..", "__pycache__", "bin"} and not (folder / top).exists():
                (folder / top).symlink_to(Path(str(one.locate_file(top))))
