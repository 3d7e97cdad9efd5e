"""A list and where it stands -> points, with the reasons."""

from __future__ import annotations

from feedbuilder.detect.candidates import Reason
from feedbuilder.detect.list_facts import ListFacts
from feedbuilder.detect.rules.table import RULES


def judge(facts: ListFacts) -> tuple[float, tuple[Reason, ...]]:
    """Return the sum of the points and the reasons for them, the strongest first."""
    return _judged(facts, early=False)


def promise(facts: ListFacts) -> float:
    """Return the points of the rules that need no items: roughly how good a list will be."""
    return _judged(facts, early=True)[0]


def _judged(facts: ListFacts, *, early: bool) -> tuple[float, tuple[Reason, ...]]:
    reasons = []
    for rule in RULES:
        finding = rule.test(facts) if rule.early or not early else None
        if finding is not None:
            points = round(rule.weight * finding[0], 2)
            if points:
                reasons.append(Reason(rule.name, points, finding[1]))
    reasons.sort(key=lambda reason: -abs(reason.points))
    return round(sum(reason.points for reason in reasons), 2), tuple(reasons)
