"""The script of the frame as one text: its modules joined, in the order in which they stand on each other."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

PARTS = ("frame_shared.js", "frame_uncover.js", "frame_boxes.js", "frame_keyboard.js", "frame.js")


@cache
def frame_script() -> str:
    """Return the modules of the frame without what they import from each other and export.

    A document with an origin of its own could load none of them from the studio; in one text, one hash names them all.
    """
    folder = files("feedbuilder.studio").joinpath("static")
    lines = (line for part in PARTS for line in folder.joinpath(part).read_text("utf-8").splitlines())
    return "".join(f"{line.removeprefix('export ')}\n" for line in lines if not line.startswith("import "))
