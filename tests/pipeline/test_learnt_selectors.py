"""A list that was found again is still asked for what is not learnt: texts, and what does not belong."""

from __future__ import annotations

from datetime import UTC, datetime

from feedbuilder.extract import missed_parts
from feedbuilder.model import Repair, RepairState, Selectors
from feedbuilder.pipeline.learnt_selectors import read_by
from tests.store.makers import make_item, make_source

LEARNT = Selectors(item="li.story")
NOW = datetime(2026, 2, 6, 10, tzinfo=UTC)


def repair(selectors: Selectors) -> Repair:
    return Repair(selectors, {}, NOW, "evidence", "reason", RepairState.ACTIVE)


def test_texts_and_removals_stay_as_configured() -> None:
    source = make_source(selectors={"item": "article", "title": "h2", "content": ".text", "remove": ".ad"})
    made = read_by(source, repair(LEARNT)).selectors
    assert (made.item, made.title) == ("li.story", None)
    assert (made.content, made.remove) == (source.selectors.content, (".ad",))
    data = Selectors.model_validate({"from": "json-ld"})
    assert read_by(source, repair(data)).selectors == data


def test_a_list_whose_texts_are_gone_is_told() -> None:
    source = make_source(selectors={"item": "article", "content": ".text"})
    (told,) = missed_parts([make_item(), make_item("other")], source)
    assert told.startswith('the content selector ".text" finds no text in any of the 2 articles')
    assert not list(missed_parts([make_item(), make_item("other", content_html="<p>Text</p>")], source))
