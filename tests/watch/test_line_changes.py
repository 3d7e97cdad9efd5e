"""Two editions in lines: what came, what went, what was reworded; within bounds for hostile texts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from feedbuilder.model.markup import sanitise
from feedbuilder.watch.change_markup import MOST_SHOWN, markup_of, text_of_change
from feedbuilder.watch.line_changes import blocks_of, word_changes


def compared(before: list[str], after: list[str]) -> str:
    return markup_of(blocks_of(before, after, (before, after)))


def test_a_line_that_came_stands_between_its_neighbours() -> None:
    before = ["One", "Two", "Three", "Four", "Five", "Six"]
    assert compared(before, [*before[:3], "New", *before[3:]]) == (
        "<p>…</p><p>Two</p><p>Three</p><p><ins>New</ins></p><p>Four</p><p>Five</p><p>…</p>"
    )


def test_a_reworded_line_shows_its_words() -> None:
    assert compared(["Open from 9 to 17 on weekdays"], ["Open from 10 to 17 on weekdays"]) == (
        "<p>Open from <del>9</del><ins>10</ins> to 17 on weekdays</p>"
    )


def test_a_line_of_another_matter_is_none_reworded() -> None:
    assert compared(["The pool is closed today"], ["Karaoke evening, entry free"]) == (
        "<p><del>The pool is closed today</del></p><p><ins>Karaoke evening, entry free</ins></p>"
    )


def test_scripts_without_spaces_are_compared_by_their_signs() -> None:
    assert compared(["営業時間は九時から五時までです"], ["営業時間は十時から五時までです"]) == (
        "<p>営業時間は<del>九</del><ins>十</ins>時から五時までです</p>"
    )


def test_markup_of_the_page_is_text() -> None:
    assert compared(["a"], ["<script>alert(1)</script>"]).endswith(
        "<p><ins>&lt;script&gt;alert(1)&lt;/script&gt;</ins></p>"
    )


def test_of_many_changed_lines_the_number_is_told() -> None:
    before, after = [f"old {one}" for one in range(150)], [f"other {one} line" for one in range(180)]
    html = compared(before, after)
    assert html.count("<del>") + html.count("<ins>") == MOST_SHOWN
    assert html.endswith("<p>… 130 more changed lines</p>")


def test_text_says_what_went_and_what_came() -> None:
    blocks = blocks_of(["a", "b"], ["a", "c", "d"], (["a", "b"], ["a", "c", "d"]))
    assert text_of_change(blocks, 100) == "− b + c + d"
    assert text_of_change(blocks, 6) == "− b …"


def test_lines_that_repeat_themselves_are_counted_rather_than_compared() -> None:
    before, after = ["start", *["same", "other"] * 2000, "end"], ["begin", *["other", "same"] * 2100, "finish"]
    blocks = blocks_of(before, after, (before, after))
    changed = [block for block in blocks if not block.is_same]
    assert sorted(line for block in changed for line in block.before) == ["end", "start"]
    assert sorted(line for block in changed for line in block.after) == sorted(
        ["begin", "finish", *["same", "other"] * 100]
    )


def test_words_that_repeat_themselves_are_not_compared() -> None:
    assert word_changes("a " * 500, "a " * 501) is None


LINES = st.lists(st.text(alphabet="abc<&é ", max_size=6).map(str.strip).filter(bool), max_size=12)


@given(LINES, LINES)
def test_blocks_hold_both_editions(before: list[str], after: list[str]) -> None:
    blocks = blocks_of(before, after, (before, after))
    assert [line for block in blocks for line in block.before] == before
    assert [line for block in blocks for line in block.after] == after
    assert all(block.before == block.after for block in blocks if block.is_same)


@given(LINES, LINES)
def test_the_markup_is_what_the_sanitiser_leaves_alone(before: list[str], after: list[str]) -> None:
    html = compared(before, after)
    assert sanitise(html) == (html or None)
