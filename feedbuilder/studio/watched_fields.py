"""What people type to say what of a page is watched -> its settings, or what is wrong with it in words. Pure."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from feedbuilder.config.error_wording import told
from feedbuilder.extract.field_rules import check_selector
from feedbuilder.model.edition import ChangesSettings
from feedbuilder.studio.forms import Form

FIELDS = ("watched", "ignore", "numbers")
"""The names of the fields."""


def watched_from(form: Form, before: ChangesSettings) -> tuple[ChangesSettings, dict[str, str]]:
    """Return what `form` says, and what is wrong with it, by field; then it is as `before`.

    Of what the form does not speak stays as it was.
    """
    selector = form.text("watched")
    if selector and (reason := check_selector(selector)):
        return before, {"watched": reason}
    said = {"selector": selector or None, "ignore": form.lines("ignore"), "numbers": "numbers" in form}
    try:
        return ChangesSettings.model_validate({**before.model_dump(exclude_defaults=True), **said}), {}
    except ValidationError as error:
        return before, {str(place[0]): f"{words[:1].upper()}{words[1:]}." for place, words in told(error)}


def typed_watched(changes: ChangesSettings) -> dict[str, Any]:
    """Return what a person would have typed to have a page watched so."""
    ignored = "\n".join(pattern.pattern for pattern in changes.ignore)
    return {"watched": changes.selector or "", "ignore": ignored, "numbers": changes.numbers}
