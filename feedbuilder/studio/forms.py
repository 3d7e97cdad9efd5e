"""What a form sends, read without a parser of files: the studio takes none."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

MOST_FIELDS = 2_000


class Form:
    """The fields of a form, each with its texts in order."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._texts: dict[str, list[str]] = {}
        for name, text in pairs:
            self._texts.setdefault(name, []).append(text.replace("\r\n", "\n"))

    @classmethod
    async def of(cls, request: Request) -> Self:
        """Return the form that `request` sends. Raises HTTPException for what no browser sends."""
        try:
            body = (await request.body()).decode()
            return cls(parse_qsl(body, keep_blank_values=True, max_num_fields=MOST_FIELDS))
        except ValueError as error:
            raise HTTPException(400, "this is no form of the studio") from error

    def __contains__(self, name: str) -> bool:
        return name in self._texts

    def text(self, name: str) -> str:
        """Return the text of a field without space around it; "" where it is not sent."""
        return self._texts.get(name, [""])[0].strip()

    def texts(self, name: str) -> list[str]:
        """Return all texts of a field that are not empty."""
        return [text.strip() for text in self._texts.get(name, []) if text.strip()]

    def lines(self, name: str) -> list[str]:
        """Return the lines of a field that are not empty."""
        return [line.strip() for line in self.text(name).splitlines() if line.strip()]

    def number(self, name: str, default: int | None = None) -> int:
        """Return the number in a field. Raises HTTPException where there is none and no `default`."""
        text = self.text(name)
        if text.isascii() and text.isdecimal() and len(text) < 10:
            return int(text)
        if default is None:
            raise HTTPException(400, f'the field "{name}" has to be a number')
        return default
