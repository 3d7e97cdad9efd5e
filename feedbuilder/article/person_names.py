"""A byline -> the names in it. Owns the words that stand around names: "By", "and", job titles. Knows no page."""

# ruff: noqa: E501 - tables of words

from __future__ import annotations

import re
from collections.abc import Iterator

from feedbuilder.parse.plain_text import NAME_LIMIT, clean, without_markup

BY = re.compile(
    r"""^\W*(?:
    (?:(?:story|report|words|texts?|posted|post|written|article|published|geschrieben|publié|publicado|écrit|escrito
        |reported|created)\s*)?
    (?:by|von|par|por|di|da|door|av|af|od|przez|tarafından|من|بقلم|מאת)\s*(?::\s*|\s+)
    |(?:authors?|autor(?:in|en|es|a|ka)?|auteurs?|autore|autrice|reporter|reporting|byline|text|words|yazar|автор(?:ы)?
        |記者|文|作者|著者|기자|كتب)\s*[:：|]\s*)""",
    re.IGNORECASE | re.VERBOSE,
)
"""What stands before a name."""
_AND = re.compile(
    r"""\s{1,50}(?:and|und|et|y|e|en|og|och|ja|i|ve|и|та|oraz|with|mit|avec|for|für|&)\s{1,50}|\s{1,50}[-–—]\s{1,50}
    |\s{0,50}(?:기자|특파원|記者)\s{1,50}""",
    re.IGNORECASE | re.VERBOSE,
)
_BARS = re.compile(r"\s{0,50}[;|•·／]\s{0,50}")
_BODY = re.compile(
    r"""(?<!\w)(?:cent(?:re|er)|institute?|ministry|department|office|council|commission|foundation|association|society|university
    |college|school|academy|museum|agency|union|federation|committee|centrum|zentrum|institut|ministerium|stiftung|verband
    |verein|universität|amt|ministère|fondation|université|ministerio|fundación|universidad|instituto|magazine|newspaper)(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)
"""Words of institutions, whose names hold "for", "of" and "and"."""
_DEGREE = re.compile(
    r"(?:MA|BA|MSc|BSc|MBA|MD|JD|LLM|LLB|RN|PhD|Ph\.?\s?D\.?|Dr\.?|Prof\.?|Jr\.?|Sr\.?|M\.?\s?A\.?|B\.?\s?A\.?|Mag\.?|Dipl\.?(?:-\w{1,20}\.?)?|Esq\.?)"
)
"""What stands behind a name as a piece of its own."""
_WEEKDAYS = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag sonnabend
    sonntag lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo lunedì
    martedì mercoledì giovedì venerdì sabato domenica maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
    """.split()  # noqa: SIM905 - a table of words reads better without quotes
)
_COMMA = re.compile(r"\s{0,50}[,、，/]\s{0,50}")
_ADDRESS = re.compile(r"[^\s@]{1,100}@\S+|\b(?:https?:|www\.)\S*|\(\s{0,50}\)|^@\S+$")
_BRACKETS = re.compile(r"\s{0,50}[(\[（][^()\[\]（）]*[)\]）]")
"""The paper or the town of an author: "Ann Lee (Reuters)"."""
_JOB = re.compile(
    r"""(?<!\w)(?:correspondents?|reporters?|editors?|writers?|journalists?|columnists?|contributors?|producers?
    |photographers?|photojournalist|staff|bureau|chief|head|director|professor|lecturer|researcher|analyst|critic
    |redakteur(?:in)?|reporter(?:in)?|korrespondent(?:in)?|journalist(?:in|e)?|volont[äa]r(?:in)?|ressortleiter(?:in)?
    |leiter(?:in)?|chefredakteur(?:in)?|rédact(?:eur|rice)|journaliste|correspondante?|envoyée?|redactora?|periodista
    |corresponsal|enviad[oa]|giornalista|inviat[oa]|redacteur|verslaggever|muhabir|editör|dziennikarz|корреспондент)
    (?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)
_TITLE_AFTER = re.compile(r"\s{0,50}(?:기자|특파원|記者|编辑|記者)$")
"""What stands behind a name without a comma: reporter."""
_NO_NAME = re.compile(
    r"""(?:facebook|twitter|instagram|linkedin|whatsapp|e-?mail|share|teilen|follow(?:\s+us)?|folgen|seguir|suivre
    |unknown|admin|administrator|editor|author|autor|null|none|undefined|n/?a|staff|read\s+more|mehr|foto|photo|image
    |(?:view\s)?profile?|(?:the\s)?author(?:'s)?\spage|(?:more|all\s(?:articles|posts))\s(?:by|from)(?:\s\w{1,30}){0,4}|about\sthe\sauthor
    |zur?m?\sautor(?:en|in)?(?:seite|profil)?|zum\sprofil|(?:mehr|weitere\sartikel|alle\sartikel)\svon(?:\s\w{1,30}){0,4}
    |website|subscribe|agenc(?:y|ies)|agenturen|agencias|agences|print|copy|link|by)s?""",
    re.IGNORECASE | re.VERBOSE,
)
_CREDIT = re.compile(
    r"^\W*(?:fotos?|photos?|images?|bild(?:er)?|picture|video|grafik|graphic|illustration)\s*[:：]",
    re.IGNORECASE | re.VERBOSE,
)
_PARTICLES = frozenset(
    [
        "van",
        "der",
        "den",
        "de",
        "del",
        "della",
        "di",
        "da",
        "do",
        "dos",
        "das",
        "la",
        "le",
        "les",
        "el",
        "al",
        "bin",
        "ibn",
        "ben",
        "von",
        "zu",
        "zum",
        "zur",
        "und",
        "af",
        "av",
        "of",
        "the",
        "du",
        "des",
        "y",
        "e",
    ]
)
_LONGEST = 60
"""Characters of a name; longer texts are sentences."""
_MOST_WORDS = 7


def names_in(text: str) -> Iterator[str]:
    """Yield the names in `text`: "By Ann Lee and Bo Ek, staff reporter" gives two."""
    line = clean(without_markup(text), NAME_LIMIT)
    if line is None or line.endswith("…") or _CREDIT.match(line):
        return
    line = BY.sub("", _BRACKETS.sub("", _ADDRESS.sub(" ", line)).strip())
    for part in _people(line):
        for index, piece in enumerate(_COMMA.split(part)):
            name = _TITLE_AFTER.sub("", BY.sub("", piece).strip(" \t-–—,;:|./()[]*"))
            if index and (_JOB.search(name) or _DEGREE.fullmatch(name)):
                continue
            if _is_name(name):
                yield name


def given_name_first(name: str) -> str:
    """Return "Ann van Lee" for "Lee, Ann van", as libraries write names; other names stay as they are."""
    last, comma, first = name.partition(",")
    words = first.split()
    if not comma or "," in first or len(last.split()) > 2 or not 1 <= len(words) <= 3 or _JOB.search(name):
        return name
    return f"{' '.join(words)} {last.strip()}"


def _people(line: str) -> Iterator[str]:
    """Yield the parts of `line` that its "and" and bars separate; the name of an institution is one part."""
    for part in _BARS.split(line):
        pieces = _AND.split(part)
        if len(pieces) > 1 and (_BODY.search(part) or any("&" in part and len(piece.split()) < 2 for piece in pieces)):
            yield part
        else:
            yield from pieces


def looks_like_name(text: str) -> bool:
    """Return whether `text` is written as people's names are: few words, each with a capital where there are any."""
    words = text.split()
    if not 2 <= len(words) <= 5 or not text[0].isalpha():
        return not text.isascii() and 1 < len(text) <= 5 and text.isalpha() and text.lower() == text.upper()
    cased = [word for word in words if word.casefold() not in _PARTICLES and word.lower() != word.upper()]
    return bool(cased) and all(word[0].isupper() or not word[0].isalpha() for word in cased)


def _is_name(name: str) -> bool:
    if not 1 < len(name) <= _LONGEST or not any(map(str.isalpha, name)):
        return False
    words = name.split()
    if any(not any(map(str.isalpha, word)) and any(map(str.isdigit, word)) for word in words) or name[0].isdigit():
        return False  # a date, a number; "Port24 Newsroom" is a name
    if name.casefold() in _WEEKDAYS:
        return False
    return len(words) <= _MOST_WORDS and not _NO_NAME.fullmatch(name) and not all(map(_NO_NAME.fullmatch, words))
