"""What holds for every page: the preview is what will be published, names will last, answers do not change."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from feedbuilder.extract import extract
from feedbuilder.model import Page, Source
from tests.detect.sample import NOW, OTHER_TITLES, TITLES, URL, each, find, framed, items_of, stories
from tests.detect.shapes import SHAPES

ROOT = Path(__file__).resolve().parents[3]
MOST_READ = f"<aside><ol>{each(stories(OTHER_TITLES), '<li><a href={url}>{title}</a></li>')}</ol></aside>"

pages = st.builds(
    lambda shape, titles, apart, aside: framed(shape.html(stories(titles, days_apart=apart)), aside=aside),
    st.sampled_from(SHAPES),
    st.lists(st.sampled_from(TITLES), min_size=1, unique=True),
    st.sampled_from((0, 1, 40)),
    st.sampled_from(("", MOST_READ)),
)


@settings(max_examples=60, deadline=None)
@given(pages)
def test_a_source_written_down_and_read_again_gives_the_items_that_were_previewed(html: str) -> None:
    found = find(html)
    for candidate in found.detection.candidates:
        written = candidate.selectors.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True)
        source = Source.model_validate(
            {"id": "s", "url": URL, "timezone": "UTC", "language": found.detection.language, "selectors": written}
        )
        assert extract(found.page, source) == candidate.items


@settings(max_examples=30, deadline=None)
@given(pages)
def test_candidates_are_ranked_explained_and_each_another_set_of_articles(html: str) -> None:
    candidates = find(html).detection.candidates
    scores = [one.score for one in candidates]
    assert scores == sorted(scores, reverse=True)
    assert len({frozenset(item.canonical for item in one.items) for one in candidates}) == len(candidates)
    for one in candidates:
        assert abs(sum(reason.points for reason in one.reasons) - one.score) < 0.02
        assert all(reason.text.endswith(".") for reason in one.reasons)


letters = st.sampled_from("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
hashes = st.builds(lambda head, digit, tail: f"{head}{digit}{tail}", st.text(letters, min_size=2, max_size=3),
                   st.sampled_from("0123456789"), st.text(letters, min_size=2, max_size=3))  # fmt: skip
generated = st.builds(
    lambda form, made: form.format(made),
    st.sampled_from(("css-{}", "sc-{}", "svelte-{}", "Card_title__{}", "jsx-{}", "_{}_1")),
    hashes,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(generated, min_size=4, max_size=4, unique=True), st.booleans())
def test_generated_class_names_are_in_no_selector(names: list[str], beside_good_ones: bool) -> None:
    good = ("story", "headline", "when", "teaser-text") if beside_good_ones else ("", "", "", "")
    card, title, date, text = (f"{name} {other}".strip() for name, other in zip(names, good, strict=True))
    template = (
        f'<div class="{card}"><h3 class="{title}"><a href="{{url}}">{{title}}</a></h3>'
        f'<span class="{date}">{{iso}}</span><p class="{text}">{{summary}}</p></div>'
    )
    found = find(framed(f"<section>{each(stories(), template)}</section>"))
    assert found.items == items_of(stories())
    for candidate in found.detection.candidates:
        written = candidate.selectors.model_dump_json()
        assert not [name for name in names if name in written]


def test_the_answer_is_the_same_in_every_process() -> None:
    script = (
        "from tests.detect.sample import *; from tests.detect.shapes import SHAPES\n"
        "for shape in SHAPES[::3]: print(find(framed(shape.html(stories()))).detection)"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(answers) == 1


def test_the_order_of_attributes_and_classes_changes_nothing() -> None:
    one = '<div class="story large" data-n="{n}"><h3><a title="" href="{url}">{title}</a></h3><i>{iso}</i></div>'
    other = '<div data-n="{n}" class="large story"><h3><a href="{url}" title="">{title}</a></h3><i>{iso}</i></div>'
    first, second = (find(framed(each(stories(), template))) for template in (one, other))
    assert first.best.selectors == second.best.selectors
    assert first.items == second.items


def test_the_page_given_is_not_changed() -> None:
    html = framed(SHAPES[0].html(stories()))
    page = Page(URL, html.encode(), NOW)
    find(html)
    assert page.body == html.encode()
