"""Steps that run what is no part of this program: only where the operator's own file says so."""

from __future__ import annotations

from collections.abc import Sequence, Sized

from feedbuilder.config.config_text import ConfigText, Made
from feedbuilder.config.problems import ProblemReport
from feedbuilder.model import ReadingSettings
from feedbuilder.model.field_selectors import steps_of


def check_allowed_steps(
    texts: Sequence[ConfigText], reading: ReadingSettings, made: Sequence[Made], report: ProblemReport
) -> None:
    """Note the sources whose steps would leave this program although nobody allows it."""
    allowed = {"command": reading.commands, "plugin": reading.plugins}
    for text, one in zip(texts, made, strict=True):
        if not _are_all_read(text, one):
            continue  # what is wrong with the others is told first
        for index, source in enumerate(one.sources):
            steps = (*steps_of(source.selectors), *steps_of(source.article))
            for name in sorted({step.name for step in steps if step.is_outside and not allowed[step.name]}):
                remedy = f"if you trust what it runs, set {name}s = true under [reading] of the main file"
                report.note(text, ("source", index), f": {name} in steps is not allowed; {remedy}")


def _are_all_read(text: ConfigText, made: Made) -> bool:
    """Return whether nothing was wrong with any source of a file; one that did not change is not parsed for it."""
    if text.made:
        return True
    written = text.data.get("source", ())
    return isinstance(written, Sized) and len(written) == len(made.sources)
