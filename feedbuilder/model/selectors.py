"""Where the articles stand on a page, and where their parts stand: in its list, and on the articles' own pages."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, model_validator

from feedbuilder.model.data_place import DataPlace
from feedbuilder.model.field_selectors import FieldRule
from feedbuilder.model.setting_types import Settings, as_list

CssList = Annotated[
    tuple[Annotated[str, Field(min_length=1)], ...],
    BeforeValidator(as_list, json_schema_input_type=str | list[str]),
]
"""Selectors, one or several."""


def _data_place(text: str) -> str:
    DataPlace.of(text)
    return text


class Selectors(Settings):
    """Where the articles stand on the page and where their parts stand in each.

    A field selector sees its item as the whole document: it cannot lean on ancestors outside the item. With `from` the
    articles are read from data that the page carries, and all selectors are paths into it: "author.name".
    """

    model_config = ConfigDict(populate_by_name=True, defer_build=False)  # as that of Source

    item: Annotated[str, Field(min_length=1)] | None = Field(
        None, description="CSS selector of one article in the list (a card, a row, a heading)."
    )
    from_: Annotated[str, AfterValidator(_data_place)] | None = Field(
        None,
        alias="from",
        description="Read data that the page carries, not its elements; item and fields are then paths into it.",
    )
    between: bool = Field(
        False,
        description="An item reaches from one match to the next: for lists whose items have no element of their own.",
    )
    group: Annotated[str, Field(min_length=1)] | None = Field(
        None,
        description=(
            "Headings over several items, such as a year, month or day: the last one before completes the date."
        ),
    )
    title: FieldRule | None = Field(None, description="Without it: the heading or the text of the link.")
    link: FieldRule | None = Field(None, description="Without it: the heading's link, else the first that leads on.")
    date: FieldRule | None = Field(None, description="Without it: the first <time>, if there is one.")
    summary: FieldRule | None = Field(None, description="Without it: no summary, but of data its description.")
    image: FieldRule | None = Field(None, description="Without it: the first picture of the item.")
    author: FieldRule | None = Field(None, description="Without it: the author that the page's data name, if any.")
    tags: FieldRule | None = Field(
        None, description="Every match is one tag, added to the source's own. Without it: only the source's."
    )
    content: FieldRule | None = Field(
        None,
        description="What holds the text of the article, where the list shows it; all matches, with their markup. "
        "Without it: no text but that of feeds.",
    )
    remove: CssList = Field(
        (),
        description="Elements that are not there for any other selector; of data, those within the content.",
    )

    @property
    def place(self) -> DataPlace | None:
        """Return what kind of place `from` names; None where the articles are elements of the page."""
        return DataPlace.of(self.from_) if self.from_ else None

    @model_validator(mode="after")
    def _finds_items(self) -> Self:
        if self.from_ is None and self.item is None:
            raise ValueError(f'missing key "item": {type(self).model_fields["item"].description}')
        if self.from_ is not None and self.between:
            raise ValueError("between is for elements of a page, and from reads data; leave one of them out")
        if self.from_ is not None and self.group:
            raise ValueError("group is for headings of a page, and from reads data; leave one of them out")
        if self.item is None and self.place not in (DataPlace.VOCABULARY, DataPlace.DOCUMENT):
            raise ValueError(f'missing key "item": the path to the articles in {self.from_}, such as "props.posts"')
        return self


class ArticleSelectors(Settings):
    """Where an article's own page says what. A field without a rule is found by what pages usually have."""

    title: FieldRule | None = Field(None, description="Without it: the page's data, its meta elements, its heading.")
    date: FieldRule | None = Field(None, description="Without it: the page's data, its meta elements, what it shows.")
    author: FieldRule | None = Field(None, description="Every match is one byline. Without it: as the date.")
    image: FieldRule | None = Field(None, description="Without it: the picture at the head of the article.")
    tags: FieldRule | None = Field(
        None, description="Every match is one tag. Without it: the page's keywords, and the links that are its tags."
    )
    content: Annotated[str, Field(min_length=1)] | None = Field(
        None, description="CSS selector of what holds the text. Without it: found by the extra full-text."
    )
    remove: CssList = Field((), description="Elements that are not there, for whatever reads the page.")
