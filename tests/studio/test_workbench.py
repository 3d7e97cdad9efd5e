"""Steps on a page that is worked on: taken, undone, refused. No server."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from feedbuilder.model import Articles, ExtractError, Page, Selectors
from feedbuilder.studio.bench_fields import with_fields
from feedbuilder.studio.forms import Form
from feedbuilder.studio.looking import Look
from feedbuilder.studio.looks import LONGEST, MOST, Looks
from feedbuilder.studio.teaching import clicked, numbers_of_cards, numbers_of_field, taught_page, written_by_hand
from feedbuilder.studio.workbench import MOST_STEPS, Draft, Workbench, begin_bench, read_by, take_list
from feedbuilder.tend.page_findings import find
from feedbuilder.tend.write_plan import begin_plan
from tests.cli.conftest import STORIES, list_page

NOW = datetime(2026, 2, 7, tzinfo=UTC)
URL = "https://post.example/news"


def bench_of(html: str) -> Workbench:
    found = find(Page(URL, html.encode(), NOW), timezone=None, example=None, config=None)
    return begin_bench(begin_plan(found, URL, None), ())


@pytest.fixture
def bench() -> Workbench:
    return bench_of(list_page())


def number_of(bench: Workbench, text: str) -> int:
    """Return the innermost element of the page that says `text`."""
    page = taught_page(bench)
    return max(number for number in range(len(page)) if page.text_of(number) == text)


def titles(bench: Workbench) -> list[str | None]:
    return [item.title for item in bench.candidate.items]


def test_a_bench_shows_what_would_be_published(bench: Workbench) -> None:
    view = bench.preview(NOW)
    assert [entry.title for entry in view.entries] == [title for _, title, *_ in STORIES]
    assert view.title == bench.plan.title == "Town News"
    assert bench.source().url == URL


def test_a_field_is_learnt_from_a_click_and_undone(bench: Workbench) -> None:
    number = number_of(bench, STORIES[0][3])
    after = clicked(bench, taught_page(bench), "title", number)
    assert titles(after) == [summary for *_, summary in STORIES]
    assert after.problem is None
    assert after.now.said
    back = after.undo()
    assert titles(back) == titles(bench)
    assert titles(back.redo()) == titles(after)
    assert back.redo().candidate.selectors == after.candidate.selectors


def test_what_cannot_be_learnt_says_why_and_changes_nothing(bench: Workbench) -> None:
    after = clicked(bench, taught_page(bench), "date", number_of(bench, "Town News"))
    assert after.problem
    assert (after.now.plan, after.before) == (bench.now.plan, ())


def test_an_article_is_taken_out_and_comes_back(bench: Workbench) -> None:
    html = list_page().replace('class="teaser"', 'class="teaser advert"', 1)
    bench = bench_of(html)
    after = clicked(bench, taught_page(bench), "remove", number_of(bench, STORIES[0][1]))
    assert titles(after) == [title for _, title, *_ in STORIES[1:]]
    again = clicked(after, taught_page(after), "add", number_of(after, STORIES[0][1]))
    assert titles(again) == titles(bench)


def test_an_unknown_tool_does_nothing(bench: Workbench) -> None:
    assert clicked(bench, taught_page(bench), "hammer", 3) == bench


def test_a_click_far_outside_is_told(bench: Workbench) -> None:
    assert clicked(bench, taught_page(bench), "title", 10**8).problem


def test_each_card_and_field_is_outlined(bench: Workbench) -> None:
    page = taught_page(bench)
    assert len(json.loads(numbers_of_cards(page, bench.candidate))) == len(STORIES)
    dates = numbers_of_field(bench, page, "date")
    assert [page.text_of(number) for number in dates] == [day for _, _, day, _ in STORIES]


def test_selectors_may_be_written_by_hand(bench: Workbench) -> None:
    after = written_by_hand(bench, Selectors(item="article", title="p"))
    assert titles(after)[0] == STORIES[0][3]
    with pytest.raises(ExtractError, match="matched nothing"):
        written_by_hand(bench, Selectors(item=".gone"))
    with pytest.raises(ExtractError):
        read_by(bench.plan, Selectors(item="a[["))


def test_another_list_is_a_step() -> None:
    rows = "".join(f'<li><a href="/old/{n}">An older story that everybody knows, number {n}</a></li>' for n in range(9))
    bench = bench_of(list_page().replace("</main>", f'<ul class="old">{rows}</ul></main>'))
    assert len(bench.plan.found.detection.candidates) > 1
    other = take_list(bench, 1)
    assert other.plan.chosen == 1
    assert titles(other) != titles(bench)
    assert other.undo().plan.chosen == 0
    assert take_list(bench, 99) == bench


# the fields


def filled(bench: Workbench, said: Form) -> Workbench:
    return with_fields(bench, said, {})


def form(**fields: str) -> Form:
    return Form(fields.items())


def test_fields_become_keys_of_the_source(bench: Workbench) -> None:
    said = form(title="Strait", tags="Sea, Town , sea,,", timezone="Asia/Dubai", interval="2h", articles="full")
    source = filled(bench, said).source()
    assert (source.title, source.tags, str(source.timezone)) == ("Strait", ("Sea", "Town"), "Asia/Dubai")
    assert (source.interval.total_seconds(), source.articles) == (7200, Articles.FULL)


def test_who_renames_a_source_renames_its_tag_while_that_is_its_name(bench: Workbench) -> None:
    assert filled(bench, form(title="Strait")).plan.tags == ("Strait",)
    own = filled(bench, form(tags="Sea"))
    assert filled(own, form(title="Strait")).plan.tags == ("Sea",)


@pytest.mark.parametrize(
    ("field", "text"), [("title", ""), ("timezone", "Nowhere"), ("interval", "soon"), ("articles", "x"), ("pages", "0")]
)
def test_what_is_wrong_is_said_beside_its_field(bench: Workbench, field: str, text: str) -> None:
    after = filled(bench, form(**{field: text}))
    assert set(after.wrong) == {field}
    assert after.wrong[field].endswith((".", "?", '"')), after.wrong
    assert after.plan == bench.plan
    assert not filled(after, form(title="Right")).wrong


def test_another_zone_is_a_step_and_names_survive_undoing_it(bench: Workbench) -> None:
    after = filled(filled(bench, form(timezone="Asia/Tokyo")), form(title="Strait"))
    assert after.plan.found.zone.zone.key == "Asia/Tokyo"
    back = after.undo()
    assert back.plan.found.zone == bench.plan.found.zone
    assert back.plan.title == "Strait"


def test_what_the_configuration_says_anyway_is_not_written(bench: Workbench) -> None:
    plan = filled(bench, form(interval="30m", articles="auto")).plan
    assert not {"interval", "articles"} & plan.keys.keys()


def test_steps_are_bounded(bench: Workbench) -> None:
    for number in range(MOST_STEPS + 5):
        bench = bench.step(Draft(bench.plan, said=str(number)))
    assert len(bench.before) == MOST_STEPS


# the pages that are kept


def test_of_too_many_pages_the_one_left_longest_goes() -> None:
    looks = Looks(lambda: 0.0)
    names = [looks.keep(Look(str(number))) for number in range(MOST)]
    assert looks.get(names[0]) is not None  # and is the latest now
    looks.keep(Look("one more"))
    assert [looks.get(name) is not None for name in names[:3]] == [True, False, True]


def test_a_page_that_nobody_asks_for_is_forgotten() -> None:
    now = 0.0
    looks = Looks(lambda: now)
    name = looks.keep(Look("x"))
    now = LONGEST + 1
    assert looks.get(name) is None


def test_tags_that_nobody_touched_follow_the_name_whenever_they_were_shown(bench: Workbench) -> None:
    renamed = filled(bench, form(title="Strait", tags="Town News", tags_shown="Town News"))
    saved = filled(renamed, form(title="Strait", tags="Town News", tags_shown="Town News"))  # before the answer came
    assert renamed.plan.tags == saved.plan.tags == ("Strait",)
    assert filled(saved, form(title="Strait", tags="Sea", tags_shown="Town News")).plan.tags == ("Sea",)
