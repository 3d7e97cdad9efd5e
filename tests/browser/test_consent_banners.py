"""The table of banners: nothing in it agrees to anything, and each selector is one that a browser takes."""

from __future__ import annotations

import re

from feedbuilder.browser.consent_banners import REFUSE, SETTINGS
from feedbuilder.parse.compiled_css import css_mistake


def test_every_selector_is_one_and_none_is_there_twice() -> None:
    assert [selector for selector in (*REFUSE, *SETTINGS) if css_mistake(selector)] == []
    assert len({*REFUSE, *SETTINGS}) == len(REFUSE) + len(SETTINGS)


def test_none_of_them_names_a_button_that_agrees() -> None:
    agrees = re.compile(r"(?<!do-not-)(?<!dis)(accept|agree|allow|optinallow|consent$|\byes\b)", re.IGNORECASE)
    bare = [selector.replace("continue-without-agreeing", "").replace("disagree", "") for selector in REFUSE]
    assert [selector for selector in bare if agrees.search(selector)] == []
