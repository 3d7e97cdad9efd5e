"""What is said of an article page that cannot be had: nothing that is meant for the page of a source."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest

from feedbuilder.fetch.statuses import bad_status
from feedbuilder.model import LONGEST_RETRY_AFTER, ArticleVisit, HostWait, NotAskedError, Precision, Source
from feedbuilder.pipeline.article_visits import MOST_TRIES, after_failure, is_given_up
from feedbuilder.pipeline.ports import Tools
from feedbuilder.pipeline.visit import visit

NOW = datetime(2026, 2, 6, tzinfo=UTC)
URL = "https://paper.example/story"
SOURCE = Source.model_validate({"id": "paper", "url": "https://paper.example/", "selectors": {"item": "li"}})


def said(tries: int, status: int) -> str | None:
    """Return what is said of a page that answers with `status` after so many tries."""

    def further(*_: Any) -> Any:
        raise bad_status(URL, status, {}, NOW)

    @contextmanager
    def transaction() -> Any:
        known = SimpleNamespace(item=None)
        yield SimpleNamespace(known_item=lambda _: known, postpone=lambda _: None)

    tools = SimpleNamespace(
        fetcher=SimpleNamespace(further=further), store=SimpleNamespace(transaction=transaction), clock=lambda: NOW
    )
    return visit(planned(tries), SOURCE, cast("Tools", tools))


@pytest.mark.parametrize("status", [404, 410, 500])
def test_it_is_told_what_the_site_answered_and_nothing_about_sources(status: int) -> None:
    reason = said(0, status)
    assert reason is not None
    assert f"(status {status})." in reason
    assert "source" not in reason


def test_it_is_told_when_it_is_given_up() -> None:
    assert "It will not be tried again." in (said(MOST_TRIES - 1, 404) or "")
    assert "again" not in (said(0, 404) or "")


def planned(tries: int = 0) -> ArticleVisit:
    return ArticleVisit(
        "urn:uuid:1", "paper.example/story", "paper", URL, "A story", NOW, Precision.DAY, NOW, tries=tries
    )


def test_a_site_that_asks_for_more_time_gets_it() -> None:
    busy = bad_status(URL, 503, {"Retry-After": "7200"}, NOW)
    failed = after_failure(planned(), str(busy), NOW, busy)
    assert (failed.due, failed.tries) == (NOW + timedelta(hours=2), 1)
    never = bad_status(URL, 503, {"Retry-After": "999999999"}, NOW)
    assert after_failure(planned(), str(never), NOW, never).due == NOW + LONGEST_RETRY_AFTER


def test_what_says_nothing_of_the_page_is_no_try_of_it() -> None:
    often = bad_status(URL, 429, {"Retry-After": "60"}, NOW)
    waiting = NotAskedError.until(HostWait("paper.example", NOW + timedelta(hours=1), NOW, 1, "often"), NOW)
    for cause in (often, waiting):
        failed = after_failure(planned(MOST_TRIES - 1), str(cause), NOW, cause)
        assert failed.tries == MOST_TRIES - 1
        assert not is_given_up(failed)
    assert after_failure(planned(), str(waiting), NOW, waiting).due == NOW + timedelta(hours=1)


@pytest.mark.parametrize("step", ["read_article", "doubt", "statement_of", "addresses", "complete"])
def test_a_bug_costs_its_page_alone_and_is_to_be_reported(monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    def broken(*_: Any, **__: Any) -> Any:
        raise ZeroDivisionError("nobody thought of this page")

    article = SimpleNamespace(title="A story", published=None)
    reader = SimpleNamespace(read_article=lambda *_, **__: article)
    results = {"doubt": None, "statement_of": None, "addresses": (), "complete": None}
    for name, result in results.items():
        monkeypatch.setattr(sys.modules[visit.__module__], name, lambda *_, _result=result, **__: _result)
    monkeypatch.setattr(reader if step == "read_article" else sys.modules[visit.__module__], step, broken)
    postponed: list[ArticleVisit] = []
    counted: list[str] = []

    @contextmanager
    def transaction() -> Any:
        yield SimpleNamespace(known_item=lambda _: object(), postpone=postponed.append, count_bug=counted.append)

    tools = SimpleNamespace(
        fetcher=SimpleNamespace(further=lambda *_: object()),
        reader=reader,
        store=SimpleNamespace(transaction=transaction),
        clock=lambda: NOW,
    )
    reason = visit(planned(), SOURCE, cast("Tools", tools))
    assert reason == "unexpected error, please report it: ZeroDivisionError('nobody thought of this page')"
    assert [failed.tries for failed in postponed] == [1]
    assert counted == ["paper"]
    assert postponed[0].due > NOW
