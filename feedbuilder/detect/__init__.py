"""A page -> the lists of articles that it may hold, ranked and explained. Pure.

`detect` is the whole of it; `lists_of_known` looks around the links to stories that one knows. A candidate is a set of
selectors, and its items are what the ordinary extraction makes of them: what is previewed is what will be published.
"""

from feedbuilder.detect.candidates import Candidate, Detection, Proposer, Reason
from feedbuilder.detect.detection import detect
from feedbuilder.detect.lists_of_known import lists_of_known

__all__ = ["Candidate", "Detection", "Proposer", "Reason", "detect", "lists_of_known"]
