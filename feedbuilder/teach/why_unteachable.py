"""Why a click teaches nothing, and what to do instead: sentences for the person who clicked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from feedbuilder.detect.outline import Element
from feedbuilder.extract.selector_survey import date_remedy
from feedbuilder.model.wording import shortened
from feedbuilder.teach.card_views import CardViews
from feedbuilder.teach.field_looks import FieldLook
from feedbuilder.teach.field_names import names_of, text_of
from feedbuilder.teach.field_targets import Target
from feedbuilder.teach.rules_for_fields import Shown
from feedbuilder.teach.taught_page import TaughtPage

_NOTHING: Mapping[str, str] = {
    "picture": "There is no picture where you clicked: click the picture itself.",
    "link": "There is no link where you clicked, nor around it.",
}


def outside(page: TaughtPage, look: FieldLook, element: Element | None) -> str:
    """Return what to say of a click that is in none of the cards; None: browsers show nothing there."""
    del page
    if element is None:
        return f"Nothing that can be seen stands there: click the {look.words} itself."
    what = f'"{shortened(element.text)}" stands' if element.text else "That stands"
    return (
        f"{what} outside of the articles: click the {look.words} in one of those that are outlined. "
        "If it belongs to an article that is not among them, say first that this one is missing."
    )


def nothing_there(look: FieldLook, element: Element) -> str:
    """Return what to say of a click on something that holds no such field."""
    del element
    return _NOTHING.get(look.words, f"There is no {look.words} where you clicked.")


def why_unteachable(
    page: TaughtPage,
    views: CardViews,
    field: str,
    look: FieldLook,
    first: tuple[Shown, Sequence[Target]],
    examples: int,
) -> str:
    """Return why no rule reads all `examples`, of which this is the `first`."""
    shown, meanings = first
    text = text_of(shown.target.elements[0], shown.target)
    quoted = f'"{shortened(text)}"' if text else "What you clicked"
    if field == "date" and not any(
        look.fits(shown.card, one.elements[0], text_of(one.elements[0], one)) for one in meanings
    ):
        return f"{quoted} cannot be read as a date. {date_remedy(text, page.document.page, views.source)}"
    if look.words != "picture" and not look.fits(shown.card, shown.target.elements[0], text):
        return _UNFIT.get(field, "{quoted} cannot be the {words} of an article.").format(
            quoted=quoted, words=look.words
        )
    named = [one for meant in meanings for one in names_of(views, look, [(shown.card, meant)])]
    if named and all(one.alike for one in named):
        return (
            f"{quoted} would be read in nearly every article: it is a label of the list. "
            f"Click the {look.words} that is another one in each."
        )
    if field == "image":
        return "That picture has no address that a reader could load it from."
    if examples > 1:
        return (
            f"No selector reads all {examples} that you showed, and nothing else. "
            "Take back the last one, or write the selector by hand."
        )
    return f"Nothing names {quoted} in a way that holds in the other articles too. Write the selector by hand."


_UNFIT: Mapping[str, str] = {
    "title": '{quoted} cannot be the title of an article: it is a date, a number or a word such as "Read more".',
    "author": "{quoted} cannot be the name of an author: it is empty, a date, or longer than names are.",
    "tags": "{quoted} cannot be a tag: it is empty, a date, or longer than tags are.",
}
