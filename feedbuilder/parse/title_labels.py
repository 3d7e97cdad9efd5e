"""Labels that stand in one element with a title and are no part of it: badges, counters of comments, times.

They come and go while the title stays, so that a title which holds them changes at every reading. Owns the tables of
their words and names; adding a language is adding to a table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from feedbuilder.parse.boilerplate import is_boilerplate, text_key
from feedbuilder.parse.dates.bare_dates import Span, bare_date
from feedbuilder.parse.dates.date_text import read_date
from feedbuilder.parse.dates.folding import fold
from feedbuilder.parse.dates.readings import TimeAgo
from feedbuilder.parse.dates.words import shape_of

_BADGES = """
    new, new!, updated, update, hot, neu, aktualisiert, nouveau, nouveauté, mis à jour, nuevo, nueva, actualizado, novo,
    nova, novidade, atualizado, nuovo, nuova, aggiornato, nieuw, bijgewerkt, nytt, ny, nyhet, uppdaterad, oppdatert,
    opdateret, uusi, päivitetty, nowe, nowość, aktualizacja, nové, novinka, nový, új, frissítve, nou, yeni, güncellendi,
    новое, новинка, обновлено, нове, оновлено, ново, νέο, جديد, محدث, جدید, חדש, עודכן, नया, ใหม่, mới, baru, 新, 新着,
    最新, 更新, new arrivals, 신규, 새글
"""
"""What badges say that go away after some days."""
_BADGE_KEYS = frozenset(phrase.strip() for phrase in _BADGES.split(","))
_COUNTED = re.compile(r"[(\[{]\s?\+?\d[\d.,\u00a0 ]{0,12}(?:k|m)?\s?[)\]}]", re.IGNORECASE)
_BADGE_NAMES = re.compile(
    r"(?:^|[-_])(?:badges?|pill|new|is-new|icon-new|new-icon|new-?label)(?:$|[-_])", re.IGNORECASE
)
_SPOKEN_NAMES = re.compile(r"^(?:sr-only|screen-?reader(?:-text)?|visually-?hidden|u-hidden-visually|offscreen)$")
"""Of what is read aloud and not shown: "(opens in a new window)"."""
_COUNTER_NAMES = re.compile(
    r"(?:^|[-_])(?:counts?|counter|comments?|replies|views?|hits|likes|shares|votes|num|number-of-\w+)(?:$|[-_])",
    re.IGNORECASE,
)
_DATE_NAMES = re.compile(
    r"(?:^|[-_])(?:date|datetime|time|timestamp|day|posted|published|pub-?date)(?:$|[-_])", re.IGNORECASE
)
_BOXES = frozenset({"span", "div", "p", "small"})
"""Elements that hold what stands beside a title; `<b>` and `<em>` stress a part of it."""
_LATELY = 31
"""Days."""
_LONGEST_BADGE, _LONGEST_DATE = 20, 40
_NEEDS_MORE = frozenset(
    """
    a an and as at by for from in into of on or the to until till since before after between during under about through
    vs am im bis der die das den dem des und oder von vom zum zur seit durch ohne zwischen für
    le la les du de au aux à en et ou un une dès depuis avant après pour dans sur par el los las del al y o con por para
    desde hasta antes después entre os as do da dos das no na nos nas em e até depois sobre il lo gli di dal dalla nel
    nella dopo prima per tra fra della dello delle degli het een van op te om vanaf tot uit och og på av till från fra
    til den det i efter före före før etter w z ze od dla przez oraz po v ve s se dne ze pre pri az în din la și в на с
    со по от до и из к у за о об для із від та й є на με σε από στο στη της του και
    """.split()  # noqa: SIM905 - a table of words reads better without quotes
)
"""Articles, prepositions and conjunctions that no sentence ends with; German ones such as "ab" belong to verbs too."""
_VERSION = re.compile(
    r"[\[(]?(?:v(?:er(?:sion|\.)?)?\s?)?\d{1,5}\.\d{1,5}(?:\.\d{1,5}|[-.]?(?:rc|beta|alpha|b|a)\d{0,3}|\b)",
    re.IGNORECASE,
)
_LONGEST_WHEN = 60
_LEADING_MARKS = re.compile(r"^(?:[•·●▪■◆►▶▸‣›|☞→⇒✓✔]\s{0,3}|»\s){1,6}")
_TRAILING_MARKS = re.compile(r"(?:\s[-–—•·●▪■|›→⇒▸►▶»]{1,4}){1,4}$")


def is_badge(names: Sequence[str], text: str) -> bool:
    """Return whether an element with this text, at the edge of a title, is a badge or a counter.

    `names` are its classes. A bare number needs a name that says what it counts: "Apollo <span>13</span>" is a title.
    """
    key = text_key(text)
    if not key and not text.strip():
        return False
    if _COUNTED.fullmatch(text.strip()):
        return True
    # "<b>New</b> York wins" has neither a name nor capitals.
    if key in _BADGE_KEYS and (any(names) or text.upper() == text):
        return True
    if any(map(_SPOKEN_NAMES.search, names)):
        return True
    if any(map(_BADGE_NAMES.search, names)) and len(text) <= _LONGEST_BADGE:
        return True
    if any(map(_COUNTER_NAMES.search, names)):
        return is_boilerplate(text)
    return any(map(str.isdigit, key)) and any(map(str.isalpha, key)) and is_boilerplate(text)


def is_time_label(tag: str, names: Sequence[str], text: str) -> bool:
    """Return whether an element with this text, at the edge of a title, says when."""
    if not any(map(str.isdigit, text)) or len(text) > _LONGEST_DATE:
        return False
    if tag == "small" and bare_date(text) is Span.DAY:
        return True
    return tag == "time" or any(map(_DATE_NAMES.search, names)) or (tag in _BOXES and _says_how_long_ago(text))


def _says_how_long_ago(text: str) -> bool:
    """Return whether `text` is "5 hours ago": of the article, for what it tells is mostly longer ago than weeks."""
    said = read_date(text) if says_only_when(text) else None
    if not isinstance(said, TimeAgo):
        return False
    return said.span is not None or (said.days is not None and said.days <= _LATELY)


def is_number_of_a_version(title: str) -> bool:
    """Return whether `title` begins with the number of a version, as titles of changelogs do: "v3.9.0 - 20 Nov"."""
    return _VERSION.match(title) is not None


def is_only_a_date(text: str) -> bool:
    """Return whether `text` says a day, month or year and nothing else; "3.9.0 - 2025-11-20" says a version too."""
    if bare_date(text) is None:
        return False
    version = _VERSION.match(text)
    return version is None or bare_date(text[version.end() :].strip(" -–—:()[]")) is None


def says_only_when(text: str) -> bool:
    """Return whether `text` is a date with little beside it, such as a time and a counter: "5 Feb 2026, 9:20 | 134"."""
    if len(text) > _LONGEST_WHEN or not any(map(str.isdigit, text)) or read_date(text) is None:
        return False
    tokens = shape_of(fold(text)).tokens
    words = [token for token in tokens if token.text[0].isalpha() and len(token.text) > 2 and not token.roles]
    return len(words) <= 1


def dangles(text: str) -> bool:
    """Return whether `text` breaks off before the word that it needs: "Minutes of the meeting of"."""
    words = text.split()
    return bool(words) and words[-1] in _NEEDS_MORE


_ANGLES = re.compile("[«»‹›]")


@dataclass(frozen=True, slots=True)
class TitlePiece:
    """A piece of a title's text, in the order of the page."""

    text: str
    label: int | None = None
    """What is equal for the pieces of one element that is a badge, a counter or a time; None for the title itself."""
    is_time: bool = False


def without_labels(pieces: Sequence[TitlePiece]) -> str:
    """Return the text of `pieces` without the labels before and behind it; all of it where nothing else is left.

    A time that the sentence needs stays: "The council meets on <time>3 May</time>".
    """
    kept = list(pieces)
    while kept and (not kept[-1].text.strip() or kept[-1].label is not None):
        cut = _without_last(kept)
        if kept[-1].is_time and dangles("".join(piece.text for piece in cut)):
            break
        kept = cut
    while kept and (not kept[0].text.strip() or kept[0].label is not None):
        kept = _without_first(kept)
    return "".join(piece.text for piece in kept or pieces)


def _without_last(pieces: list[TitlePiece]) -> list[TitlePiece]:
    label, end = pieces[-1].label, len(pieces) - 1
    while label is not None and end and pieces[end - 1].label == label:
        end -= 1
    return pieces[:end]


def _without_first(pieces: list[TitlePiece]) -> list[TitlePiece]:
    label, start = pieces[0].label, 1
    while label is not None and start < len(pieces) and pieces[start].label == label:
        start += 1
    return pieces[start:]


def without_marks(title: str) -> str:
    """Return `title` without the bullets and arrows at its ends.

    Dashes before it stay, for they open a quotation in some languages; so do angles, where they are quotation marks.
    """
    cut = _TRAILING_MARKS.sub("", _LEADING_MARKS.sub("", title))
    if any(title.count(angle) != cut.count(angle) for angle in "«»‹›") and len(_ANGLES.findall(title)) > 1:
        return title
    return cut or title
