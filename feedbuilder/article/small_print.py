"""Lines around a text that are none of its paragraphs: who wrote it, when, for how many minutes, from which agency.

Owns the tables; adding a language is adding to a table. A line is small print only as a whole: a sentence that names
its writer or a day is a sentence.
"""

# ruff: noqa: E501 - tables of words

from __future__ import annotations

import re
from collections.abc import Collection

from feedbuilder.article.person_names import BY, looks_like_name
from feedbuilder.parse.dates.folding import fold
from feedbuilder.parse.dates.words import shape_of
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
_AGENCIES = frozenset(
    fold("""
    dpa afp sda apa ats ap efe ansa reuters pa cp aap anp belga lusa mti pap ctk čtk tass xinhua ians pti ani kna epd sid ntb
    tt ritzau stt fnb lapresse adnkronos agi ots bta hina beta tanjug upi jiji kyodo yonhap ukrinform unian agerpres mediafax
    sipa aa dha iha ria interfax bloomberg keystone ddp afxp nina petra wam spa kuna mena sana antara bernama vna ptc apn
    """).split()
)
"""What agencies call themselves: a line of one such word names the source, any other may be a heading."""
_SIGNS = re.compile(r"\W{0,3}[^\W\d_]{1,12}(?:\s?[/,+&-]\s?[^\W\d_]{1,12}){0,4}\W{0,3}")
"""How agencies and the marks of editors stand under a text: "jk/dpa", "APA, Reuters"."""
_OWN_RIGHTS = re.compile(
    r"""\W{0,3}(?:©|\(c\)|copyright\b).{2,300}|.{0,300}\b(?:all\ rights\ reserved|alle\ rechte\ vorbehalten|tous\ droits\ réservés
    |todos\ los\ derechos\ reservados|todos\ os\ direitos\ reservados|tutti\ i\ diritti\ riservati|alle\ rechten\ voorbehouden)\b.{0,200}""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_OF_ITSELF = re.compile(
    r"""\W{0,3}(?:(?:an?\ (?:shorter\ |longer\ |earlier\ )?version\ of\ )?this\ (?:article|story|post|piece|interview|essay|column|content|report)\ (?:
    (?:was\ |has\ been\ )?(?:first|originally|previously|initially)\b|appear(?:s|ed)\b|(?:was|has\ been|is)\ (?:co-?published|republished|updated|amended|translated|adapted
    |edited|supported|excerpted|reproduced|syndicated|part\ of|based\ on|an?\ (?:extract|excerpt|translation))\b)
    |dieser?s?\ (?:artikel|text|beitrag|bericht|interview|essay|kolumne)\ (?:ist\ (?:eine?|zuerst|zunächst|erstmals|teil|im\ rahmen)|wurde|erschien|erscheint|stammt|entstand)\b
    |cet\ article\ (?:a\ été|est\ (?:paru|tiré|publié|issu|une?)|provient)\b|este\ artículo\ (?:fue|ha\ sido|se\ publicó|apareció|es\ una?|forma)\b
    |este\ artigo\ (?:foi|é\ uma?)\b|questo\ articolo\ (?:è\ (?:stato|apparso|una?)|fa)\b|dit\ artikel\ (?:is\ (?:eerder|oorspronkelijk|een)|verscheen|werd)\b
    |denne\ (?:artikkelen|saken|artikel)\ (?:ble|er|blev)\b|den\ här\ artikeln\ (?:är|publicerades)\b|ten\ artykuł\ (?:ukazał|został|pochodzi)\b
    |(?:editor\W{0,2}s?\W{0,2}\ note|note\ (?:from|by)\ (?:the\ |our\ )?editors?|transparenzhinweis|(?:anmerkung|anm\.|hinweis)\ (?:der|d\.)\ red(?:aktion|\.)
    |note\ de\ la\ rédaction|nota\ (?:de\ la\ redacción|del\ editor|da\ redação|della\ redazione)|(?:noot|opmerking)\ van\ de\ redactie)\W{0,3}[:：\-–—])""",
    re.IGNORECASE | re.VERBOSE,
)
"""How lines begin in which an article speaks of itself as of a thing: where else it appeared, who paid for it."""
_HELPED = re.compile(
    r""".{3,240}\bcontributed\ (?:to\ this\ (?:report|story|article)|reporting|research)\b.{0,60}|\W{0,3}mit\ (?:material|informationen|agenturmaterial|inhalten)\b.{0,80}
    |\W{0,3}(?:con\ información\ de|con\ informaciones\ de|com\ informações\ d[eao]s?|con\ informazioni\ d[ia]\w{0,3})\b.{2,80}|\W{0,3}\(?avec\ (?:l['’])?(?:afp|reuters|agences?)\b.{0,60}""",
    re.IGNORECASE | re.VERBOSE,
)
"""Who else reported, in a line of its own."""
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
_PHOTO_BEHIND = re.compile(
    r"[(\[](?:(?:[A-Z]{2,5}\s)?(?:photo|foto|video|image)\s?[/:]|(?:[A-Z]{2,5}\s)?(?:photo|foto|image|video)s?\s(?:by|von|credit|courtesy)\b|(?:foto|photo)\s?©)[^()\[\]]{2,120}[)\]]\W{0,3}$",
    re.IGNORECASE,
)
"""A credit in brackets that says itself that it is one of a photo or a film: "(AP Photo/Ann Lee)"."""
_RUNNING_TIME = re.compile(
    r"[|·•]\s?\d{1,3}:\d{2}(?::\d{2})?\s?(?:h|std\.?|min(?:\.|s|utes?|uten|utos?|uti)?)\W{0,2}$", re.IGNORECASE
)
"""How lines end that stand under a film: "21.04.2026 | 3:18 min"."""
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
    segunda terça quarta quinta sexta feira am pm est edt cet cest gmt utc bst et pt ist jst h hrs hours hour ago vor stunden minuten il y heures hace horas
    mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch
    donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves
    viernes sábado domingo lunedì martedì mercoledì giovedì venerdì sabato domenica maandag dinsdag woensdag donderdag
    vrijdag zaterdag zondag mo di mi do fr sa so min minutes st nd rd th
    """).split()
)
_PUBLISHING_UNPARTED = re.compile(
    "最終更新|更新|公開|掲載|投稿|発行|配信|作成|修正|発表|日時|时间|時間|发布|發布|發佈|发表|發表|编辑|編輯|修改|创建|建立|于|於|に|입력|수정|게시|등록|작성|최종"
)
"""Such words where a text does not part its words: they stand beside the signs of the date."""
_ROLES = frozenset(
    fold("""
    by von par por di da door av af od przez tarafından من and und et y e en og och i ve with mit für for story text words
    report reporting writing editing author authors autor autorin autoren auteur correspondent correspondant korrespondent
    korrespondentin reporter reporterin editor editors writer staff journalist journalistin redakteur redakteurin redaktion
    redaktor redaction redacción redazione redactie newsroom desk bureau post posted from aus chief senior political
    contributing columnist special news agency agencia agence agentur gastbeitrag kommentar photo foto bild fotograf
    """).split()
)
_JOINING = frozenset(fold("in at of the to de la le el del di da du des den der das die im am zu van an na w").split())
_ROLE_FIRST = re.compile(
    r"""\W{0,3}(?:(?:additional\ |further\ )?(?:report(?:ing|ed|s)?|writing|written|edit(?:ing|ed)|compiled|translat(?:ion|ed))(?:\ (?:and\ )?(?:writing|editing))?\s?(?:by|:)
    |(?:übersetzung(?:\ und\ adaptierung)?|redaktion|mitarbeit|schlussredaktion|bearbeitung|recherche|text|traduction|traducción|édition|edición|redazione|traduzione|tradução
    |edição|vertaling|oversettelse|översättning|oversættelse|redakcja|tłumaczenie)\s?:)\s?""",
    re.IGNORECASE | re.VERBOSE,
)
"""How a line begins that says who had which part in an article."""
_SPELT = re.compile(r"\bhttps?://\w")
_NUMBER = re.compile(r"[\d.,:/|–-]+")
_WORD = re.compile(r"[^\W\d_]+")


def spells_address(words: str) -> bool:
    """Return whether `words` are a line with an address spelt out in it: "More on this: https://paper.example/x"."""
    return len(words) <= LONGEST and _SPELT.search(words) is not None


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
    if after == words or len(words) > LONGEST // 2:
        return False
    undated = " ".join(
        word for word in after.split() if not _is_of_dates(fold(word).strip(",.:|")) and not _NUMBER.fullmatch(word)
    )
    return looks_like_name(after.strip(" .,:|")) or looks_like_name(undated.strip(" .,:|"))


def is_source_line(words: str) -> bool:
    """Return whether `words` only names agencies or sources: "(Quelle: APA/dpa)", "jk/dpa"."""
    if len(words) <= 2 * LONGEST and _HELPED.fullmatch(words) is not None:
        return True
    if len(words) > LONGEST // 2:
        return False
    if _SOURCE.fullmatch(words) is not None:
        return True
    return _SIGNS.fullmatch(words) is not None and any(word in _AGENCIES for word in _WORD.findall(fold(words)))


def is_note_on_itself(words: str) -> bool:
    """Return whether `words` speak of the article as of a thing: whose it is, where it first appeared."""
    return len(words) <= 3 * LONGEST and (_OWN_RIGHTS.fullmatch(words) or _OF_ITSELF.match(words)) is not None


def is_sign_off(words: str) -> bool:
    """Return whether `words` only say who had which part in the article: "Reporting by Ann Lee; Editing by Bo Ek".

    They begin with such a part, and all words but those that join are names.
    """
    found = _ROLE_FIRST.match(words)
    if found is None or len(words) > 2 * LONGEST:
        return False
    rest = [
        word for word in _WORD.findall(words[found.end() :]) if fold(word) not in _ROLES and fold(word) not in _JOINING
    ]
    return bool(rest) and all(word[0] != word[0].lower() for word in rest)


def _is_of_dates(word: str) -> bool:
    """Return whether `word` is one of dates; where words are not parted by spaces, whether all of its words are."""
    if word in _PUBLISHING:
        return True
    words = shape_of(_PUBLISHING_UNPARTED.sub("", word)).tokens
    return all(token.roles for token in words)


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


def shows_media(words: str) -> bool:
    """Return whether `words` end as only what stands under media does: who took the photo, how long the film runs."""
    return len(words) <= 3 * LONGEST and (
        _RUNNING_TIME.search(words[-40:]) is not None or _PHOTO_BEHIND.search(words[-160:]) is not None
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
