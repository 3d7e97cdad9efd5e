"""Pages that say that there is no such page, whatever their status.

Owns the words for it. Sites answer 200 with "Page not found" and a list of popular stories.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from selectolax.lexbor import LexborHTMLParser

from feedbuilder.parse.plain_text import clean

LONGEST = 80
"""Characters of a heading that says it; a longer one tells a story."""
_WORDS = (
    "not found|no longer (?:exists?|available)|does(?: not|n['’]t) exist|could(?: not|n['’]t) be found",
    "can(?:not|['’]t) be found|can(?:not|['’]t) find (?:the|that|this) page|page (?:is )?unavailable|page is missing",
    "nicht gefunden|existiert nicht|nicht (?:mehr )?verfügbar|gibt es nicht",
    "introuvable|non trouvée?|n['’]existe (?:pas|plus)",
    "no encontrad[ao]|no (?:se )?(?:ha )?encontr(?:ado|ó)|no existe|no s['’]ha trobat",
    "não (?:foi )?encontrad[ao]|não existe",
    "non (?:è stata )?trovat[ao]|non esiste|inesistente",
    "niet gevonden|bestaat niet|niet beschikbaar",
    "nie znaleziono|nie istnieje|nie została znaleziona",
    "не найден[ао]?|не существует|не знайдено|не існує|не е намерен[ао]?|није пронађен[ао]?|nije pronađen[ao]?",
    "nenalezen[ao]?|neexistuje|nenájden[áé]|nenašl[ia]|ni (?:bila )?najden[ao]?",
    "hittades inte|hittar inte|finns inte|ikke fundet|ikke funnet|findes ikke|finnes ikke|ei löyd|ei löyt|ei leitud",
    "bulunamadı|mevcut değil|nem található|nu a fost găsit|nu există|nerast[ao]s?|nav atrast[as]?",
    "δεν βρέθηκε|δεν υπάρχει|לא נמצא|לא קיים|غير موجود|لم يتم العثور|یافت نشد|پیدا نشد|وجود ندارد",
    "見つかりません|存在しません|找不到|未找到|不存在|无法找到|찾을 수 없|존재하지 않",
    "không tìm thấy|không tồn tại|tidak ditemukan|ไม่พบ|नहीं मिला",
)
"""How pages say it, a line a group of languages."""
_NOT_FOUND = re.compile("|".join(_WORDS), re.IGNORECASE)
_CODE = re.compile(
    r"(?:(?:error|fehler|erreur|errore?|erro|ошибка|помилка|błąd|chyba|hata|fel|feil|fejl|virhe|http|status)\W{0,3})?"
    r"(?:404|410)(?:\W{1,3}(?:error|fehler|erreur|errore?|erro|ошибка))?\W{0,3}",
    re.IGNORECASE,
)
"""A heading that is nothing but the number of the status."""
_SEPARATOR = re.compile(r"\s[-–—|:·•]\s|\s?[|·•»«]\s?")
_MOST_HEADINGS = 40


def says_not_found(tree: LexborHTMLParser, stories: Iterable[str] = ()) -> str | None:
    """Return the words by which a page says that it is none, None if it says nothing of the kind.

    Asked are its title and its headings, but for the titles of `stories`, which may well be about things not found.
    """
    told = {" ".join(story.split()).casefold() for story in stories}
    for text in _headings(tree):
        if text.casefold() in told:
            continue
        if _CODE.fullmatch(text) or (len(text) <= LONGEST and _NOT_FOUND.search(text)):
            return text
    return None


def _headings(tree: LexborHTMLParser) -> Iterator[str]:
    title = tree.css_first("head > title, title")
    if title is not None:
        yield from (part for piece in _SEPARATOR.split(title.text()) if (part := clean(piece, 300)))
    for heading in tree.css("h1, h2, h3")[:_MOST_HEADINGS]:
        if text := clean(heading.text(), 300):
            yield text
