"""A candidate as JSON: for `--json`, and for what the store notes of why a list was chosen. Pure."""

from __future__ import annotations

from typing import Any

from feedbuilder.detect import Candidate
from feedbuilder.model import Selectors


def candidate_json(candidate: Candidate) -> dict[str, Any]:
    """Return a candidate for `--json` and for the store."""
    return {
        "selectors": selectors_json(candidate.selectors),
        "count": len(candidate.items),
        "first": next((item.title for item in candidate.items if item.title), None),
        "score": round(candidate.score, 3),
        "reasons": [
            {"name": reason.name, "points": round(reason.points, 3), "text": reason.text}
            for reason in candidate.reasons
        ],
        "doubts": list(candidate.doubts),
    }


def selectors_json(selectors: Selectors) -> dict[str, Any]:
    """Return selectors as the configuration has them, defaults left out."""
    return selectors.model_dump(mode="json", by_alias=True, exclude_defaults=True)
