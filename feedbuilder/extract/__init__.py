"""Page -> Items: selectors, texts, dates, identity. Pure: no network, no clock, no store.

`extract` is the whole stage; `CardCache` makes reading the same list again quick; `fingerprint` tells when what was
read under other settings, or by another version of the program, is void; `check_selector` is for checking a
configuration before any page is there, `survey_selectors` for checking it on one.
"""

from typing import TYPE_CHECKING

from feedbuilder.loading import on_demand

if TYPE_CHECKING:
    from feedbuilder.extract.card_cache import CardCache
    from feedbuilder.extract.extract_items import extract
    from feedbuilder.extract.field_rules import check_selector
    from feedbuilder.extract.item_doubts import missed_parts, title_doubts
    from feedbuilder.extract.selector_advice import Note
    from feedbuilder.extract.selector_survey import FOUND, SelectorSurvey, survey_selectors
    from feedbuilder.extract.source_fingerprint import fingerprint, settings_mark
else:
    __getattr__ = on_demand(
        __name__,
        {
            "CardCache": "card_cache",
            "FOUND": "selector_survey",
            "Note": "selector_advice",
            "SelectorSurvey": "selector_survey",
            "check_selector": "field_rules",
            "extract": "extract_items",
            "fingerprint": "source_fingerprint",
            "missed_parts": "item_doubts",
            "settings_mark": "source_fingerprint",
            "survey_selectors": "selector_survey",
            "title_doubts": "item_doubts",
        },
    )

__all__ = [
    "FOUND",
    "CardCache",
    "Note",
    "SelectorSurvey",
    "check_selector",
    "extract",
    "fingerprint",
    "missed_parts",
    "settings_mark",
    "survey_selectors",
    "title_doubts",
]
