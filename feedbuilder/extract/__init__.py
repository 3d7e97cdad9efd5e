"""Page -> Items: selectors, texts, dates, identity. Pure: no network, no clock, no store.

`extract` is the whole stage; `CardCache` makes reading the same list again quick; `fingerprint` tells when what was
read under other settings is void; `check_selector` is for checking a configuration before any page is there, `survey`
for checking it on one.
"""

from feedbuilder.extract.card_cache import EXTRACTOR_VERSION, CardCache, fingerprint
from feedbuilder.extract.field_rules import check_selector
from feedbuilder.extract.listing import extract
from feedbuilder.extract.selector_advice import Note
from feedbuilder.extract.selector_survey import FOUND, Survey, survey
from feedbuilder.parse.decode import decode
from feedbuilder.parse.identity import canonical_url

__all__ = [
    "EXTRACTOR_VERSION",
    "FOUND",
    "CardCache",
    "Note",
    "Survey",
    "canonical_url",
    "check_selector",
    "decode",
    "extract",
    "fingerprint",
    "survey",
]
