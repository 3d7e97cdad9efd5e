"""Posting alerts: what arrives, and what a broken, slow or strange address costs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from feedbuilder.fetch import webhook
from feedbuilder.fetch.webhook import post_form, post_json
from feedbuilder.model import FetchError
from tests.receiving import Receiver, receiving


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as server:
        yield server


def test_it_arrives_whole(receiver: Receiver) -> None:
    post_json(receiver.url, {"title": "Zürich · أخبار"})
    assert receiver.taken == [{"path": "/hook?channel=one", "title": "Zürich · أخبار"}]
    assert receiver.logins == [None]


def test_a_login_in_the_address_is_sent_as_such(receiver: Receiver) -> None:
    post_json(receiver.url.replace("://", "://me:s%40fe@"), {})
    assert receiver.logins == ["Basic bWU6c0BmZQ=="]


def test_a_form_is_sent_as_browsers_do(receiver: Receiver) -> None:
    post_form(receiver.url, {"hub.mode": "publish", "hub.url": "https://feeds.example/a b?c=d&e"})
    assert receiver.taken == [
        {"path": "/hook?channel=one", "hub.mode": "publish", "hub.url": "https://feeds.example/a b?c=d&e"}
    ]


@pytest.mark.parametrize("status", [302, 400, 404, 500])
def test_what_is_not_taken_is_an_error_and_nobody_is_followed(receiver: Receiver, status: int) -> None:
    receiver.status = status
    with pytest.raises(FetchError, match=rf"127\.0\.0\.1 did not take the alert: status {status}") as raised:
        post_json(receiver.url, {})
    assert "hook" not in str(raised.value)
    assert len(receiver.taken) == 1


def test_an_address_that_never_answers_costs_the_deadline(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "DEADLINE", 0.3)
    receiver.is_dumb = True
    with pytest.raises(FetchError, match="did not take the alert"):
        post_json(receiver.url, {})


def test_nobody_there_is_an_error(receiver: Receiver) -> None:
    url = receiver.url
    receiver.server_close()
    with pytest.raises(FetchError, match=r"127\.0\.0\.1 did not take the alert"):
        post_json(url, {})


def test_what_is_no_http_is_an_error() -> None:
    with pytest.raises(FetchError, match="did not take the alert"):
        post_json("http://no-such-host.invalid/secret-path", {})
