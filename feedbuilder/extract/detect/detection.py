"""The order of detection: outline the page, propose, extract, judge, rank."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from feedbuilder.extract.detect.candidates import PROPOSERS, Candidate, Detection
from feedbuilder.extract.detect.document import Document
from feedbuilder.extract.detect.judge import Facts, judge
from feedbuilder.extract.detect.lists import Proposal, propose
from feedbuilder.extract.detect.outline import Outline, outline, plain_source
from feedbuilder.extract.page import extract
from feedbuilder.model import ExtractError, Page, Selectors

_TRIED = 6
"""Proposals that the ordinary extraction is run on."""
_ANY = Selectors(item="a")


def detect(
    page: Page, *, language: str | None = None, zone: ZoneInfo | None = None, example: str | None = None
) -> Detection:
    """Return the lists of articles that `page` may hold, the likeliest first.

    `language` and `zone` are those of the source to be, for its dates. `example`, a title that stands on the page, puts
    the lists that hold it first. Raises ExtractError for a page that cannot be read at all.
    """
    document = Document.of(page, language=language, zone=zone)
    view = outline(document, plain_source(document, _ANY))
    candidates = []
    for proposal in propose(view)[:_TRIED]:
        if candidate := _candidate(view, proposal):
            candidates.append(candidate)
    for proposer in PROPOSERS:
        for selectors in proposer(document):
            pass
    candidates.sort(key=lambda one: -one.score)
    if not candidates:
        return Detection((), "No group of links on the page looks like a list of articles.")
    return Detection(tuple(candidates))


def _candidate(view: Outline, proposal: Proposal) -> Candidate | None:
    try:
        items = extract(view.document.page, plain_source(view.document, proposal.selectors))
    except ExtractError:
        return None
    facts = Facts(view, items, proposal.records.starts, proposal.text_share, proposal.headed, proposal.cost)
    score, reasons = judge(facts)
    return Candidate(proposal.selectors, items, score, reasons)
