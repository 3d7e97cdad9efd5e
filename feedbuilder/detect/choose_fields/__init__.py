"""Records -> the rules that read title, link, date, summary, author and tags in each of them.

A rule is written only where the ordinary extraction's default would not do. Selectors are found by trying: whatever
names an element of one record is tried on all, and the one that reads well on most and is best to read itself is taken.
"""

from __future__ import annotations

from dataclasses import dataclass

from feedbuilder.detect.choose_fields.date_elsewhere import reads_line
from feedbuilder.detect.choose_fields.date_rule import date_rule, numbers_of_days, yearless
from feedbuilder.detect.choose_fields.link_rule import link_rule
from feedbuilder.detect.choose_fields.record_table import RecordTable
from feedbuilder.detect.choose_fields.text_rules import author_rule, summary_rule, tags_rule
from feedbuilder.detect.choose_fields.title_rule import title_beside, title_rule
from feedbuilder.detect.choose_fields.try_names import by_name

__all__ = ["Fields", "RecordTable", "fields", "numbers_of_days"]


@dataclass(frozen=True, slots=True)
class Fields:
    """Rules as they are written in TOML: selectors, or tables; empty where the default does."""

    rules: dict[str, object]
    cost: float
    """How hard they are to read."""
    dated: float
    """The share of records that show a date."""
    yearless: float = 0.0
    """The share of the records whose date leaves out the year."""


def _known_dates(sheet: RecordTable) -> tuple[object, float] | None:
    """Return the rule for the dates that made the records, where these have no links; None where they have."""
    if not sheet.outline.settings.get("without_links"):
        return None
    dates = {id(card.anchor) for card in sheet.cards}
    name = by_name(sheet, lambda one: id(one) in dates)
    return (str(name), 1.0) if name else None


def fields(sheet: RecordTable) -> Fields:
    """Return the rules for the records of `sheet`."""
    titles, ruled = title_rule(sheet)
    title: object = ruled
    link = link_rule(sheet)
    if link is not None:
        title = title or title_beside(sheet, titles, link)
    date, dated = _known_dates(sheet) or date_rule(sheet, titles)
    found: dict[str, object] = {
        "link": str(link) if link else None,
        "title": title,
        "date": date,
        "summary": summary_rule(sheet, titles),
        "author": author_rule(sheet),
        "tags": tags_rule(sheet, titles),
    }
    rules = {name: rule for name, rule in found.items() if rule}
    if reads_line(date):
        rules["between"] = True
    cost = float(("link" in rules) + ("title" in rules))
    return Fields(rules, cost, dated, yearless(sheet, date))
