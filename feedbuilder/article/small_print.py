"""Lines around a text that are none of its paragraphs: who wrote it, when, for how many minutes, from which agency.

Owns the tables; adding a language is adding to a table. A line is small print only as a whole: a sentence that names
its writer or a day is a sentence.
"""

# ruff: noqa: E501 - tables of words

from __future__ import annotations

import re
from collections.abc import Collection

from feedbuilder.article.person_names import BY, looks_like_name
from feedbuilder.parse.dates.words import fold, shape_of
from feedbuilder.parse.plain_text import letters

LONGEST = 160
"""Characters of small print; longer lines are text."""
_READING_TIME = re.compile(
    r"""\W{0,5}(?:(?:reading\ time|lesezeit|lesedauer|temps\ de\ lecture|lecture|tiempo\ de\ lectura|lectura|tempo\ di\ lettura
    |tempo\ de\ leitura|leestijd|lästid|lesetid|læsetid|czas\ czytania|okuma\ süresi|время\ чтения)\W{0,5})?
    (?:ca\W{0,3}|about\ |environ\ )?\d{1,3}\s?(?:-|–)?\s?(?:\d{1,3}\s?)?
    (?:min(?:s|uten?|utes?|utos?|uti|uut|uten|\.)?|m|dk|мин(?:ут(?:ы|а)?)?|分钟?|분)
    (?:\W{0,3}(?:read(?:ing)?(?:\ time)?|to\ read|lesezeit|lesedauer|de\ lecture|de\ lectura|di\ lettura|de\ leitura|leestijd
    |lästid|lesetid|læsetid|czytania|okuma|чтения|阅读|読む))?\W{0,5}""",
    re.IGNORECASE | re.VERBOSE,
)
_SOURCE = re.compile(
    r"""\W{0,3}(?:quellen?|source|sources|fuentes?|fonte|bron|kilde|källa|źródło|zdroj|kaynak|источник|来源|出典|출처)\s{0,3}
    [:：]\s{0,3}.{0,80}""",
    re.IGNORECASE | re.VERBOSE,
)
_AGENCIES = re.compile(
    r"\W{0,3}(?:[^\W\d_]{2,6}(?:\s?[/,+&-]\s?[^\W\d_]{1,8}){1,4}|[A-Z]{2,5}|dpa|afp|sda|apa|ats|ap|efe|ansa)\W{0,3}"
)
_CREDIT = r"(?:fotos?|photos?|photograph(?:y|er)?|images?|pictures?|bild(?:er)?|grafik|graphic|illustration|video|kuva|zdjęcie|imagen|immagine|写真|사진)"
_CREDIT_LINE = re.compile(
    rf"\W{{0,3}}{_CREDIT}\s?(?:by|von|credit|courtesy|:|：|©|/).{{1,120}}|\W{{0,2}}(?:©|\(c\)).{{1,80}}", re.IGNORECASE
)
_CREDIT_BEHIND = re.compile(
    rf"(?:\([^()]{{0,80}}(?:photo|getty|images?|reuters|afp|associated\ press|via\ ap|court|file)[^()]{{0,60}}\)|[\s|]{_CREDIT}\s?[:：©].{{1,80}}|©.{{1,60}})\W{{0,3}}$",
    re.IGNORECASE,
)
_AGENCY_ALONE = re.compile(
    r"(?:getty(?:\ images)?|reuters|afp|ap|epa|pa(?:\ media|\ wire)?|dpa|shutterstock|imago|alamy|bloomberg|belga|anp|keystone|ritzau|ntb|tt)(?:\s?[/,]\s?.{1,40})?\W{0,2}",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,64}\.[a-z]{2,}|^\W{0,3}(?:twitter|x|instagram|bluesky|threads)\W{1,3}@\w{2,}", re.IGNORECASE
)
_PUBLISHING = frozenset(
    fold("""
    published publication posted updated update publiziert modified first last on at the of uhr stand erstellt veröffentlicht
    aktualisiert zuletzt am um publié publiée mis mise à jour le modifié publicado publicada actualizado actualizada a las
    el de del atualizado atualizada em às pubblicato aggiornato il alle ore gepubliceerd bijgewerkt om op publicerad
    uppdaterad publisert oppdatert kl opprettet udgivet opdateret den julkaistu päivitetty klo opublikowano aktualizacja
    dnia godz publikováno aktualizováno vydáno giriş güncelleme tarihi son yayınlanma опубликовано обновлено в г года
    am pm est edt cet cest gmt utc bst et pt ist jst h hrs hours hour ago vor stunden minuten il y heures hace horas
    mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch
    donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves
    viernes sábado domingo lunedì martedì mercoledì giovedì venerdì sabato domenica maandag dinsdag woensdag donderdag
    vrijdag zaterdag zondag mo di mi do fr sa so min minutes 年 月 日 時 分 更新 公開 st nd rd th
    """).split()
)
_ROLES = frozenset(
    fold("""
    by von par por di da door av af od przez tarafından من and und et y e en og och i ve with mit für for story text words
    report reporting writing editing author authors autor autorin autoren auteur correspondent correspondant korrespondent
    korrespondentin reporter reporterin editor editors writer staff journalist journalistin redakteur redakteurin redaktion
    redaktor redaction redacción redazione redactie newsroom desk bureau post posted from aus chief senior political
    contributing columnist special news agency agencia agence agentur gastbeitrag kommentar photo foto bild fotograf
    """).split()
)
_WORD = re.compile(r"[^\W\d_]+")


def is_reading_time(words: str) -> bool:
    """Return whether `words` only says how long it takes to read."""
    return len(words) <= LONGEST // 2 and _READING_TIME.fullmatch(words.strip()) is not None


def is_date_line(words: str) -> bool:
    """Return whether `words` is a date or time and nothing else: "Published: 4 March 2026, 9:15 am"."""
    if len(words) > LONGEST or not any(map(str.isdigit, words)):
        return False
    return all(map(_is_of_dates, _WORD.findall(fold(words))))


def is_byline(words: str, names: Collection[str]) -> bool:
    """Return whether `words` names writers and nothing else; `names` are the letters of the known ones."""
    if len(words) > LONGEST:
        return False
    left = letters(words)
    if not left:
        return False
    known = [name for name in sorted(names, key=len, reverse=True) if name and name in left]
    for name in known:
        left = left.replace(name, " ")
    if known:
        rest = _WORD.findall(fold(_without(words, known)))
        return all(word in _ROLES or _is_of_dates(word) for word in rest) or len(left.strip()) <= 3
    after = BY.sub("", words, count=1)
    return after != words and len(words) <= LONGEST // 2 and looks_like_name(after.strip(" .,:|"))


def is_source_line(words: str) -> bool:
    """Return whether `words` only names agencies or sources: "(Quelle: APA/dpa)"."""
    return len(words) <= LONGEST // 2 and (
        _SOURCE.fullmatch(words) is not None or _AGENCIES.fullmatch(words) is not None
    )


def _is_of_dates(word: str) -> bool:
    return word in _PUBLISHING or any(token.roles for token in shape_of(word).tokens)


def is_contact(words: str) -> bool:
    """Return whether `words` says how to reach a writer: an e-mail address, a name on a network."""
    return len(words) <= LONGEST // 2 and _CONTACT.search(words) is not None


def is_credit(words: str) -> bool:
    """Return whether `words` only says who made a picture: "Photo: Ann Lee"."""
    return len(words) <= LONGEST and _CREDIT_LINE.fullmatch(words) is not None


def ends_with_credit(words: str) -> bool:
    """Return whether `words` are what stands under a picture: an agency, or a text with a credit behind it."""
    return len(words) <= 3 * LONGEST and (
        _CREDIT_BEHIND.search(words[-200:]) is not None or _AGENCY_ALONE.fullmatch(words) is not None
    )


def _without(words: str, names: Collection[str]) -> str:
    """Return `words` without the runs of words that are one of `names`, which are letters alone."""
    parts = words.split()
    kept: list[str] = []
    index = 0
    while index < len(parts):
        end = next(
            (
                end
                for end in range(min(len(parts), index + 6), index, -1)
                if letters("".join(parts[index:end])) in names
            ),
            None,
        )
        if end is None:
            kept.append(parts[index])
            index += 1
        else:
            index = end
    return " ".join(kept)
