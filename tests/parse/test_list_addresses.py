"""Which addresses lead to the list itself rather than to an article."""

from __future__ import annotations

import pytest

from feedbuilder.parse.list_addresses import is_same_list

NEWS = "https://town.example/news"


@pytest.mark.parametrize(
    ("url", "page"),
    [
        ("https://town.example/news?page=2", NEWS),
        ("https://www.town.example/news/?paged=3", NEWS),
        ("https://town.example/news/page/2/", NEWS),
        ("https://town.example/news/page/3", f"{NEWS}/page/2"),
        ("https://town.example/news?lang=en&start=20", f"{NEWS}?lang=en"),
        ("https://town.example/news?sort=date&dir=desc", NEWS),
        ("https://town.example/list?sort=D", NEWS),
    ],
)
def test_pages_and_orders_of_the_list(url: str, page: str) -> None:
    assert is_same_list(url, page)


@pytest.mark.parametrize(
    ("url", "page"),
    [
        ("https://town.example/news?id=2", NEWS),
        ("https://town.example/news?page=harbour-reopens", NEWS),
        ("https://town.example/news?page=20261118", NEWS),
        ("https://town.example/index.php?page=12", "https://town.example/index.php"),
        ("https://town.example/news/page-turner", NEWS),
        ("https://town.example/other/page/2", NEWS),
        ("https://other.example/news?page=2", NEWS),
        ("https://town.example/news/2", NEWS),
        ("https://town.example/order?sort=D&id=7", NEWS),
        ("https://town.example/news?p=2", NEWS),
    ],
)
def test_what_may_be_an_article_is_none_of_them(url: str, page: str) -> None:
    assert not is_same_list(url, page)
