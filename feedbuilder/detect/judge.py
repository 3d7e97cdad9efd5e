"""A list and where it stands -> points, with the reasons."""

from __future__ import annotations

from feedbuilder.detect.candidates import Reason
from feedbuilder.detect.list_facts import ListFacts
from feedbuilder.detect.rules.table import RULES


def judge(facts: ListFacts) -> tuple[float, tuple[Reason, ...]]:
    """Return the sum of the points and the reasons for them, the strongest first."""
    reasons = []
    for rule in RULES:
        finding = rule.test(facts)
        if finding is not None:
            points = round(rule.weight * finding[0], 2)
            if points:
                reasons.append(Reason(rule.name, points, finding[1]))
    reasons.sort(key=lambda one: -abs(one.points))
    return round(sum(one.points for one in reasons), 2), tuple(reasons)
