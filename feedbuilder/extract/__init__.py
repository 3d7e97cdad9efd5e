"""Page -> Items: selectors, texts, dates, identity. Pure: no network, no clock, no store.

`extract` is the whole stage; `Cards` makes reading the same list again quick; `fingerprint` tells when what was read
under other settings is void; `check_selector` is for checking a configuration before any page is there, `survey` for
checking it on one.
"""

from feedbuilder.extract.cards import EXTRACTOR_VERSION, Cards, fingerprint
from feedbuilder.extract.decode import decode
from feedbuilder.extract.identity import canonical_url
from feedbuilder.extract.page import extract
from feedbuilder.extract.rules import check_selector
from feedbuilder.extract.survey import FOUND, Survey, survey
from feedbuilder.extract.suspects import Note

__all__ = [
    "EXTRACTOR_VERSION",
    "FOUND",
    "Cards",
    "Note",
    "Survey",
    "canonical_url",
    "check_selector",
    "decode",
    "extract",
    "fingerprint",
    "survey",
]
