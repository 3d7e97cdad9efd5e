"""How a browser opens the page of a source: the table `[source.browser]`, for pages that a script builds."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field, WithJsonSchema

from feedbuilder.model.setting_types import Settings, as_list


class Blocked(StrEnum):
    """What a page loads that says nothing of its articles."""

    IMAGES = "images"
    MEDIA = "media"
    FONTS = "fonts"
    STYLES = "styles"


_Css = Annotated[str, Field(min_length=1)]
_Dismissed = Annotated[tuple[_Css, ...], BeforeValidator(as_list, json_schema_input_type=_Css | list[_Css])]
_Kind = Annotated[Blocked, WithJsonSchema({"type": "string", "enum": [one.value for one in Blocked]})]
USUALLY_BLOCKED = (Blocked.IMAGES, Blocked.MEDIA, Blocked.FONTS)


class BrowserView(Settings):
    """What is done in the browser until the list is there. Selectors are CSS, and reach into open shadow roots."""

    wait_for: _Css | None = Field(
        None, description="What shows that the list is there. Without it: until the page loads nothing any more."
    )
    dismiss: _Dismissed = Field(
        (),
        description="What is clicked first, each once: the buttons of banners that are not known. Those of the usual "
        "consent managers are known, and refused.",
    )
    click: _Css | None = Field(None, description='The button that shows more of the list, such as "Load more".')
    clicks: int = Field(1, ge=1, le=50, description="How often it is clicked; it may end before.")
    scroll: int = Field(0, ge=0, le=50, description="How often the page is scrolled to its end, which shows more.")
    block: tuple[_Kind, ...] = Field(
        USUALLY_BLOCKED, description='What is not loaded, of "images", "media", "fonts" and "styles".'
    )
    articles: bool = Field(
        False,
        description="Whether the articles' own pages are opened in the browser too, for a site whose scripts build "
        "these as well; each takes as long as the list.",
    )
    width: int = Field(1280, ge=200, le=4000, description="How wide the window is, in pixels.")
    height: int = Field(1024, ge=200, le=4000, description="How high it is.")

    @property
    def for_articles(self) -> BrowserView:
        """Return what is done on the page of an article: nothing that is for a list."""
        return self.model_copy(update={"wait_for": None, "click": None, "scroll": 0})
