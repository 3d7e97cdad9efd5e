"""The stories of the section Asia, whose articles were written in the site's newer editor. Plain data.

They are older than those of the other lists, which go on as they were. One stands there under two addresses.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from feedbuilder.newsroom.story import Story, at, slugify

A = "Asia"

# published on the newsroom's clock, author, title, summary, then the headings of its text and what a list in it names
_STORIES: tuple[tuple[str, str, str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    (
        *("2026-02-05 19:40", "Saif Nasser", "Ferry Link Between Two Island Chains Opens After Ten Years"),
        "The crossing takes four hours and carries 600 people; the fishing crews fear for the quiet of the strait.",
        ("What the crossing costs", "Who opposed it"),
        ("A ticket for a day: 12 coins", "A car: 40 coins", "Bicycles: free"),
    ),
    (
        *("2026-02-05 17:05", "Lena Abara", "Monsoon Maps Drawn by Schoolchildren Correct the Official Ones"),
        "Pupils of forty villages measured where the water stood; in eleven places the official line was far off.",
        ("How they measured",),
        ("A bamboo pole", "A ball of string", "Four afternoons"),
    ),
    (
        *("2026-02-05 14:00", "Saif Nasser", "Night Market Moves Indoors and Keeps Its Queue"),
        "The stalls stand in a former tram depot now. The queue for dumplings still begins at the river.",
        (),
        ("Dumplings", "Noodles", "Umbrellas"),
    ),
    (
        *("2026-02-05 12:00", "Mira Solano", "Stone Bridge of 1604 Carries Its First Tram"),
        "Engineers hung the rails from the arches, so no stone bears more than before; the trial run took six minutes.",
        ("Six minutes", "What comes next"),
        (),
    ),
    (
        *("2026-02-05 10:30", "Lena Abara", "Two Valleys Share One Doctor by Balloon"),
        "Where the road ends a tethered balloon carries medicine across; the doctor herself prefers to walk, she says.",
        ("The balloon",),
        ("Medicine", "Letters", "Once, a goat"),
    ),
    (
        *("2026-02-05 07:45", "Saif Nasser", "Tea Growers Vote for a Common Harvest Calendar"),
        "All gardens will pick in the same three weeks. Traders expect fewer lorries on the pass and steadier prices.",
        (),
        (),
    ),
    (
        *("2026-02-04 21:15", "Mira Solano", "Lighthouse Keepers Hand Their Logbooks to the Weather Office"),
        "A hundred and twenty years of wind, read off a flag every morning, now fill gaps in the satellite records.",
        ("Read off a flag",),
        ("Wind", "Visibility", "Birds"),
    ),
    (
        *("2026-02-04 16:20", "Lena Abara", "Harbour Pilots Train on a Pond"),
        "Model ships of four metres behave as tankers do, five times as fast; who can turn one can turn the other.",
        (),
        ("Wind by a fan", "Waves by hand"),
    ),
)

_DRAFTED = timedelta(hours=5, minutes=17)
"""So long before it was published each of them was begun."""


_UNDER_HEADINGS = (
    "Of this the people concerned spoke at length on Thursday, and not for the first time.",
    "Those who were asked on Friday had nothing to add, but they added it with great care.",
)


def _body(summary: str, headings: tuple[str, ...], listed: tuple[str, ...]) -> str:
    parts = [f"<p>{summary}</p>"]
    for level, (heading, text) in enumerate(zip(headings, _UNDER_HEADINGS, strict=False), start=2):
        parts.append(f"<h{level}>{heading}</h{level}><p>{text}</p>")
    if listed:
        parts.append("<ul>" + "".join(f"<li>{one}</li>" for one in listed) + "</ul>")
    parts.append("<p>More is to be decided in the spring, when the councils meet again.</p>")
    return "\n".join(parts)


def _stories() -> tuple[Story, ...]:
    return tuple(
        Story(
            slugify(title),
            title,
            "world",
            (A,),
            at(time),
            summary,
            author=author,
            rich_body=_body(summary, headings, listed),
            created=at(time) - _DRAFTED,
        )
        for time, author, title, summary, headings, listed in _STORIES
    )


ASIA_STORIES = (*_stories(), replace(_stories()[2], slug="night-market-moves-indoors-2"))
"""Newest first; the last one is the third once more, at another address."""
