"""Consoles on which no secret is printed, whatever is: messages, tables, JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rich.console import Console, ConsoleOptions, RenderableType
from rich.text import Text


class MaskedConsole(Console):
    """A console that prints texts as `mask` returns them; before they are laid out, for a line may end within one."""

    def __init__(self, mask: Callable[[str], str], **settings: Any) -> None:
        super().__init__(**settings)
        self._mask = mask

    def render_str(self, text: str, **options: Any) -> Text:
        """See `Console.render_str`."""
        return super().render_str(self._mask(text), **options)

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Any:
        """See `Console.render`. A text in which something is masked loses the styles of its parts."""
        if isinstance(renderable, Text) and (masked := self._mask(renderable.plain)) != renderable.plain:
            renderable = Text(masked, renderable.style, overflow=renderable.overflow, no_wrap=renderable.no_wrap)
        return super().render(renderable, options)

    def print_json(self, json: str | None = None, **options: Any) -> None:
        """See `Console.print_json`."""
        super().print_json(None if json is None else self._mask(json), **options)
