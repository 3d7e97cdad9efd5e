"""What a source asks with, where an address alone does not say it: the body of a POST, and what in it turns pages.

Owns the marks that stand for a page of a list, in addresses and in bodies: "{n}" its number, "{n-1}" the same counted
from 0, "{offset:20}" how many entries stand before it where each has 20, "{cursor}" what the page before it named.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import quote, urlencode

from pydantic import ConfigDict, Field, model_validator

from feedbuilder.model.setting_types import Settings

LINK_HEADER = "link-header"
"""In place of a link on the page: the header `Link` names the next page (RFC 8288)."""
CURSOR = "{cursor}"
_MARK = re.compile(r"\{(?:n|n-1|cursor|offset:[1-9]\d{0,5})\}")


def has_mark(text: str) -> bool:
    """Return whether an address says where the number or the cursor of a page stands."""
    return _MARK.search(text) is not None


@dataclass(frozen=True, slots=True)
class PageTurn:
    """A page on which a list goes on."""

    url: str
    number: int
    """2 is the second."""
    cursor: str | None = None
    """What the page before it says that its address or its request must name; None where nothing need."""

    def filled(self, text: str) -> str:
        """Return an address with its marks filled in."""
        return _MARK.sub(lambda mark: quote(_text(value_of(mark[0], self.number, self.cursor)), safe=""), text)


def value_of(mark: str, number: int, cursor: str | None) -> int | str | None:
    """Return what `mark` stands for on the page `number`; None for a cursor that is not there."""
    if mark == CURSOR:
        return cursor
    if mark.startswith("{offset:"):
        return (number - 1) * int(mark[8:-1])
    return number if mark == "{n}" else number - 1


class Request(Settings):
    """The body with which a source is asked for: it makes the request a POST."""

    model_config = ConfigDict(populate_by_name=True)

    json_: dict[str, Any] | None = Field(
        None,
        alias="json",
        description='Sent as JSON. Of a text that is "{n}", "{n-1}", "{offset:20}" or "{cursor}" as a whole, the '
        "value for the page stands there: 1, 0, 0 and null at first.",
    )
    form: dict[str, str] | None = Field(None, description="Sent as a form; with the same marks.")

    @model_validator(mode="after")
    def _is_one_of_them(self) -> Self:
        if (self.json_ is None) == (self.form is None):
            raise ValueError("give it either json or form")
        try:
            json.dumps(self.json_, allow_nan=False)
        except (TypeError, ValueError, RecursionError) as error:
            raise ValueError("json holds what JSON has no word for, such as a date without quotes") from error
        return self

    @property
    def turns(self) -> bool:
        """Return whether the body says which page is wanted."""
        return any(_MARK.fullmatch(text) for text in _texts(self.json_ or self.form))

    @property
    def has_cursor(self) -> bool:
        """Return whether the body names the cursor of a page."""
        return CURSOR in _texts(self.json_ or self.form)

    def turned_to(self, turn: PageTurn) -> Request:
        """Return the request for another page than the first."""
        if self.form is None:
            return Request(json_=_filled(self.json_, turn.number, turn.cursor))
        return Request(form={key: _text(value) for key, value in _filled(self.form, turn.number, turn.cursor).items()})

    def body(self) -> tuple[bytes, str]:
        """Return the body for the first page, and its content type."""
        if self.form is None:
            return json.dumps(_filled(self.json_, 1, None), ensure_ascii=False).encode(), "application/json"
        pairs = {key: _text(value) for key, value in _filled(self.form, 1, None).items()}
        return urlencode(pairs).encode(), "application/x-www-form-urlencoded"


def _texts(node: Any) -> list[str]:
    match node:
        case str():
            return [node]
        case dict():
            return [text for one in node.values() for text in _texts(one)]
        case list():
            return [text for one in node for text in _texts(one)]
        case _:
            return []


def _filled(node: Any, number: int, cursor: str | None) -> Any:
    match node:
        case str() if _MARK.fullmatch(node):
            return value_of(node, number, cursor)
        case dict():
            return {key: _filled(one, number, cursor) for key, one in node.items()}
        case list():
            return [_filled(one, number, cursor) for one in node]
        case _:
            return node


def _text(value: int | str | None) -> str:
    return "" if value is None else str(value)


def paging_fault(following: str | None, cursor: str | None, request: Request | None) -> str | None:
    """Return how what is said of turning pages contradicts itself, None where it does not."""
    names_cursor = (following is not None and CURSOR in following) or (request is not None and request.has_cursor)
    if request is not None and request.turns and following is not None:
        return "the request says which page is wanted, so that next has nothing to say; leave one of them out"
    if names_cursor and cursor is None:
        return "{cursor} is named, but cursor does not say where a page has it"
    if cursor is not None and not names_cursor:
        return "cursor has no use: neither next nor request names {cursor}"
    return None
