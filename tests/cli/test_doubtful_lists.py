"""A list that is doubtful is not published unseen, and a person who sees the wrong list can say what is right."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from feedbuilder.cli.add_conversation import ask
from feedbuilder.cli.call import Call
from feedbuilder.cli.page_argument import PageArgument
from feedbuilder.detect import Detection, detect
from feedbuilder.tend import page_findings
from feedbuilder.tend.add_plan import Plan
from feedbuilder.tend.page_findings import find
from feedbuilder.tend.polite_fetcher import polite_fetcher
from tests.cli.conftest import STORIES, Desk, Web, list_page

OK, FAILED = 0, 1
DOUBT = "All titles are alike: “Share this post”."
OLDER = [f"A Story of Old, Number {number}, Told Again" for number in range(1, 8)]
OLD_LIST = "".join(f'<li class="old"><a href="/archive/{n}-of-old">{title}</a></li>' for n, title in enumerate(OLDER))


@pytest.fixture
def doubtful(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every likeliest list be doubtful."""

    def doubting(*arguments: Any, **options: Any) -> Detection:
        found = detect(*arguments, **options)
        first, *others = found.candidates
        return replace(found, candidates=(replace(first, doubts=(DOUBT,)), *others))

    monkeypatch.setattr(page_findings, "detect", doubting)


@pytest.mark.usefixtures("doubtful")
@pytest.mark.parametrize("quiet", [(), ("-q",)])
def test_yes_does_not_publish_what_is_doubtful_and_says_how_to_go_on(
    desk: Desk, web: Web, quiet: tuple[str, ...]
) -> None:
    desk.hurry()
    before = desk.config.read_bytes()
    result = desk.call("add", f"{web.url}/news", "--yes", *quiet)
    assert result.exit_code == FAILED
    assert desk.config.read_bytes() == before
    assert not (desk.folder / "output").exists()
    for part in (DOUBT, "nothing was written", "--list 1", '--example "…"', "feedbuilder preview"):
        assert part in result.stderr


@pytest.mark.usefixtures("doubtful")
@pytest.mark.parametrize("choice", [("--list", "1"), ("--example", STORIES[2][1])])
def test_who_names_the_list_gets_it_with_a_warning(desk: Desk, web: Web, choice: tuple[str, str]) -> None:
    desk.hurry()
    result = desk.call("add", f"{web.url}/news", "--yes", *choice)
    assert result.exit_code == OK, result.output
    assert DOUBT in result.stderr
    assert (desk.folder / "output/all/feed.json").exists()


@pytest.mark.usefixtures("doubtful")
def test_detect_says_what_is_doubtful(desk: Desk, web: Web) -> None:
    desk.hurry()
    assert DOUBT in " ".join(desk.call("detect", f"{web.url}/news").stdout.split())
    assert json.loads(desk.call("detect", f"{web.url}/news", "--json").stdout)["candidates"][0]["doubts"] == [DOUBT]


def test_lists_have_the_numbers_that_detect_gave_them(desk: Desk, web: Web) -> None:
    desk.hurry()
    web.pages["/news"] = list_page().replace("</main>", f'<ul class="olden">{OLD_LIST}</ul></main>')
    lists = json.loads(desk.call("detect", f"{web.url}/news", "--json").stdout)["candidates"]
    assert len(lists) > 1
    desk.call("add", f"{web.url}/news", "--list", "2", "--yes")
    told = desk.call("why", "news").stdout
    [line] = [line for line in told.splitlines() if f"“{lists[0]['first']}”" in line]
    assert line.split()[0] == "1"


@pytest.fixture
def conversation(desk: Desk, web: Web, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Plan | None]:
    """Answer the questions of `add` about a page, one after the other."""
    web.pages["/news"] = list_page().replace("</main>", f'<ul class="olden">{OLD_LIST}</ul></main>')
    desk.hurry()
    call = Call(None, verbose=False, quiet=False)
    with polite_fetcher(call.load(), ["127.0.0.1"]) as fetcher:
        page = PageArgument(None, f"{web.url}/news").read(fetcher, call.load())

    def answer(*answers: str) -> Plan | None:
        found = find(page, timezone="UTC", example=None, config=call.load())
        plan = Plan(found, url=page.url, chosen=0, id="news", title="News", tags=("News",), interval=None)
        given = iter(answers)
        monkeypatch.setattr("builtins.input", lambda *_: next(given))
        return ask(call, plan, ("title", "tag", "timezone", "interval", "pages"), [])

    return answer


def test_a_title_on_the_page_finds_the_list_that_holds_it(conversation: Callable[..., Plan | None]) -> None:
    plan = conversation(OLDER[2], "", "y")
    assert plan is not None
    assert OLDER[2] in [item.title for item in plan.candidate.items]
    assert plan.example == OLDER[2]


@pytest.mark.parametrize("wrong", ["No such story stands there", "99", "x"])
def test_an_answer_that_finds_nothing_is_asked_again(
    conversation: Callable[..., Plan | None], capsys: pytest.CaptureFixture[str], wrong: str
) -> None:
    plan = conversation(wrong, "", "y")
    assert plan is not None
    assert [item.title for item in plan.candidate.items] == [title for _, title, *_ in STORIES]


@pytest.mark.usefixtures("doubtful")
def test_enter_alone_does_not_take_a_doubtful_list(conversation: Callable[..., Plan | None]) -> None:
    assert conversation("", "", "q") is None  # Enter, and Enter again at "Take it all the same?"
    assert conversation("", "y", "y") is not None
