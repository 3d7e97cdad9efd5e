"""What is known of sources, as far as it holds under their settings of now."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from feedbuilder.engine.overview import in_force, states_of
from feedbuilder.model import Articles, RepairState
from feedbuilder.pipeline.local_reader import LocalReader
from feedbuilder.pipeline.poll import poll
from feedbuilder.pipeline.ports import Tools
from feedbuilder.store import open_store
from tests.heal.pages import SOURCE, after, before, stories
from tests.pipeline.test_healing import OnePage


def test_a_source_whose_list_was_found_again_is_not_due_for_that(tmp_path: Path) -> None:
    source = SOURCE.model_copy(update={"articles": Articles.OFF})
    site = OnePage(before(stories(1, 10)))
    with open_store(tmp_path / "feedbuilder.db") as store:
        tools = Tools(site, store, LocalReader(), lambda: site.now, lambda: 0.5)
        for page in (site.page, after(stories(3, 12)), before(stories(4, 13)), after(stories(5, 14))):
            site.page, site.now = page, site.now + timedelta(hours=1)
            assert poll(source, tools).error is None
            due = store.state(source.id).next_due
            assert due is not None
            assert due > site.now
            assert states_of([source], store)[source.id].next_due == due
            assert in_force(store.state(source.id), source, store).next_due == due

        repair = store.list_memory(source.id).repair
        assert repair is not None
        assert repair.state is RepairState.ACTIVE
        edited = source.model_copy(
            update={"selectors": source.selectors.model_copy(update={"item": ".stream .teaser"})}
        )
        assert states_of([edited], store)[source.id].next_due is None
