"""An article page read in one line; the present moment is Monday, 23 November 2026."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from feedbuilder.article.evidence import Evidence
from feedbuilder.article.read_article import read_article
from feedbuilder.model import Article, Item, Page, Source

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
URL = "https://strait.example/news/bridge-opens"
LIST = "https://strait.example/news"
Reader = Callable[..., Article]


def source_of(**settings: Any) -> Source:
    given = {"id": "strait", "url": LIST, "selectors": {"item": "article"}}
    return Source.model_validate({**given, **settings})


@pytest.fixture
def read() -> Reader:
    """Read an article page: `read(html, timezone="Asia/Dubai")`; the text only if `full`."""

    def reader(
        html: str | bytes,
        *,
        url: str = URL,
        listed: Item | None = None,
        full: bool = False,
        url_of_list: str = LIST,
        **settings: Any,
    ) -> Article:
        body = html if isinstance(html, bytes) else html.encode("utf-8", "surrogatepass")
        page = Page(url, body, NOW, "text/html; charset=utf-8")
        return read_article(page, source_of(url=url_of_list, **settings), listed, full=full)

    return reader


@pytest.fixture
def evidence() -> Callable[..., Evidence]:
    return lambda html, url=URL: Evidence(html, url)
