"""A reading that looks wrong -> whether it is, and where the list stands now. Pure: no network, no clock, no store.

`is_strange` is asked after every reading and costs nothing. `reconsider.reconsider` says what is suspicious about a
strange one, and looks for the list of known stories in the new markup, with the detector's own machinery; it is loaded
where it is needed only. Who asks, and what becomes of the answers, is the pipeline's.
"""

from feedbuilder.heal.known_list import ENOUGH, KnownList, KnownStory
from feedbuilder.heal.suspicions import ListReading, Suspicion, holds_few, is_strange, lost_fields, suspicions, worst
from feedbuilder.heal.verdict import FoundAgain, Verdict

__all__ = [
    "ENOUGH",
    "FoundAgain",
    "KnownList",
    "KnownStory",
    "ListReading",
    "Suspicion",
    "Verdict",
    "holds_few",
    "is_strange",
    "lost_fields",
    "suspicions",
    "worst",
]
