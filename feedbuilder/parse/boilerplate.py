"""Which texts of a card are boilerplate rather than content: "Read more", share labels, counters.

Owns the tables of such phrases; adding a language is adding to a table. Knows nothing of elements and fields.
"""

from __future__ import annotations

import re
import unicodedata

_READ_MORE = """
    read more, read on, read full story, read full article, read the full story, read the full article,
    read article, read story, read the story, read now, continue reading, keep reading, learn more,
    find out more, more, more info, more details, details, view details, full story, full article, view more,
    see more, show more, view article, view full article, click here, here, go to article, open, weiterlesen,
    mehr lesen, mehr, mehr erfahren, zum artikel, jetzt lesen, artikel lesen, mehr dazu, ganzen artikel lesen,
    lire la suite, lire plus, lire l'article, lire l’article, en savoir plus, voir plus, la suite, suite,
    leer más, leer mas, seguir leyendo, ver más, ver mas, más información, continuar leyendo, sigue leyendo,
    leer noticia, leia mais, ler mais, continue lendo, continuar lendo, continuar a ler, saiba mais, ver mais,
    ler notícia, leggi tutto, leggi di più, leggi, leggi l'articolo, continua a leggere, continua,
    scopri di più, approfondisci, lees meer, lees verder, meer lezen, meer, läs mer, läs hela artikeln,
    les mer, les hele saken, læs mere, læs hele artiklen, lue lisää, lue koko juttu, czytaj więcej,
    czytaj dalej, więcej, czytaj, zobacz więcej, číst dále, číst více, celý článek, více, čítať viac,
    čítať ďalej, viac, tovább, olvass tovább, bővebben, tovább olvasom, citește mai mult, citeste mai mult,
    mai mult, citește, devamını oku, devamı, daha fazla, haberin devamı, читать далее, читать полностью,
    читать дальше, читать, подробнее, далее, читати далі, читати більше, детальніше, докладніше, прочети още,
    виж още, още, повече, прочитајте више, pročitaj više, opširnije, više, preberi več, več, skaityti daugiau,
    daugiau, lasīt vairāk, vairāk, loe edasi, loe rohkem, διαβάστε περισσότερα, περισσότερα, διαβάστε,
    συνέχεια, اقرأ المزيد, المزيد, قراءة المزيد, إقرأ المزيد, ادامه مطلب, بیشتر بخوانید, ادامه, بیشتر,
    مزید پڑھیں, קרא עוד, המשך לקרוא, להמשך קריאה, עוד, לכתבה המלאה, और पढ़ें, आगे पढ़ें, पूरी खबर पढ़ें, पढ़ें,
    আরও পড়ুন, বিস্তারিত, மேலும் படிக்க, อ่านต่อ, อ่านเพิ่มเติม, xem thêm, đọc tiếp, đọc thêm, chi tiết,
    baca selengkapnya, selengkapnya, baca juga, baca lebih lanjut, baca lagi, lainnya, soma zaidi, 阅读全文,
    阅读更多, 查看更多, 查看全文, 查看详情, 详细, 详情, 更多, 全文, 閱讀全文, 閱讀更多, 繼續閱讀, 更多內容,
    详细内容, 点击查看, 続きを読む, 続きをよむ, もっと見る, もっと読む, 詳細を見る, 詳しく見る, 詳細,
    全文を読む, 記事を読む, 더 보기, 더보기, 자세히 보기, 자세히, 계속 읽기, 전체 기사 보기
"""
"""What links to the whole article say."""
_SHARE = """
    share, share this, share article, share story, share on facebook, share on twitter, share on x,
    share on whatsapp, share on telegram, share on linkedin, share via email, share by email, facebook,
    twitter, whatsapp, telegram, linkedin, pinterest, reddit, viber, line, weibo, wechat, vk, tweet, email,
    e-mail, mail, copy link, link, print, save, bookmark, like, follow, comment, comments, reply, teilen,
    drucken, merken, partager, imprimer, compartir, imprimir, compartilhar, partilhar, condividi, stampa,
    delen, dela, del, udostępnij, paylaş, поделиться, поширити, مشاركة, شارك, اشتراک گذاری, שתף, 分享, 共享,
    シェア, 공유
"""
"""What links for sharing, printing and commenting say."""
PAGER_LABELS = frozenset(
    label.strip()
    for label in """
    next, next page, next posts, next entries, next articles, older, older posts, older entries, older articles,
    older stories, older news, more posts, more news, more articles, more stories, load more, previous posts,
    previous entries, weiter, nächste, nächste seite, nächste beiträge, ältere beiträge, ältere artikel,
    ältere einträge, ältere posts, vorherige beiträge, mehr laden, suivant, suivante, page suivante,
    articles plus anciens,
    articles précédents, plus anciens, messages plus anciens, siguiente, página siguiente, siguiente página,
    entradas antiguas, entradas más antiguas, entradas anteriores, más antiguas, próxima, próximo, seguinte,
    próxima página, página seguinte, mais antigas, postagens mais antigas, posts mais antigos, artigos mais antigos,
    successivo, successiva, avanti, pagina successiva, prossima, articoli meno recenti, post più vecchi,
    articoli precedenti, volgende, volgende pagina, oudere berichten, nästa, nästa sida, äldre inlägg, neste,
    neste side, eldre innlegg, næste, næste side, ældre indlæg, seuraava, vanhemmat artikkelit, następna,
    następna strona, następny, starsze wpisy, starsze posty, další, další stránka, starší, starší příspěvky, ďalšia,
    ďalšie, staršie, következő, következő oldal, régebbi bejegyzések, următoarea, pagina următoare, următorul,
    articole mai vechi, sonraki, sonraki sayfa, daha eski, eski yazılar, следующая, следующая страница, далее, вперед,
    вперёд, старые записи, предыдущие записи, наступна, наступна сторінка, далі, старіші записи, следваща,
    по-стари публикации, следећа, старији чланци, sljedeća, sljedeća stranica, starije objave, starije, naslednja,
    kitas, kitas puslapis, nākamā, järgmine, επόμενη, επόμενο, επόμενη σελίδα, παλαιότερα, التالي, التالية,
    الصفحة التالية, المقالات الأقدم, بعدی, صفحه بعد, הבא, הבאה, העמוד הבא, अगला, अगला पृष्ठ, पुराने पोस्ट, পরবর্তী,
    পুরাতন পোস্ট, அடுத்த, ถัดไป, หน้าถัดไป, tiếp, tiếp theo, trang sau, trang tiếp, cũ hơn, selanjutnya, berikutnya,
    halaman berikutnya, pos-pos lama, seterusnya, 次, 次へ, 次のページ, 次ページ, 次のページへ, 前の記事, 過去の記事,
    下一页, 下一頁, 下页, 下頁, 后一页, 後一頁, 较旧文章, 較舊的文章, 다음, 다음 페이지, 이전 글
    """.split(",")  # noqa: SIM905 - a table of phrases reads better without quotes
)
"""What links to further pages of a list say, as `text_key` writes it."""
_PHRASES = frozenset(phrase.strip() for phrase in f"{_READ_MORE},{_SHARE}".split(","))
_COUNTER = re.compile(
    r"""[\d.,\s]{0,30}\d\s{0,9}(?:k|m|b|mn|mln|bn|tsd|тыс|万|만)?\.?\s*(?:\+\s*)?
    (?:views?|reads?|hits?|shares?|comments?|likes?|replies|aufrufe|kommentare?|vues?|lectures?|vistas|visitas|lecturas
    |visualizações|visualizzazioni|commenti|commentaires?|comentarios?|comentários?|weergaven|reacties|visningar
    |просмотр(?:а|ов)?|комментари(?:й|я|ев)|перегляд(?:и|ів)?|wyświetleń|komentarz[ye]?|görüntülenme|okunma|yorum
    |مشاهدة|قراءة|بازدید|次|阅读|浏览|评论|閱讀|瀏覽|回|조회|댓글|lượt\ xem|kali|dibaca|ครั้ง)?""",
    re.VERBOSE,
)
_VERSION = re.compile(r"\d{1,3}\.(?:\d{1,2}\.\d{1,5}|\d{1,5}\.\d{1,2})")
"""The number of a version: its last two parts have not three digits each, as those of "1.204.000" have."""
_MARKS = frozenset(("Mn", "Mc"))
_FIRST_EMOJI = "\U0001f000"
"""Signs from here on are what people write; arrows, bars and stars before them are decoration."""
_ICONS = frozenset("🔗📷📹🎥🔍🔎🖨📧📨✉💬🗨📎📰🔔🔖📌👁🕐🕒🗓📅🏷👍📤🔊")
"""Emoji that stand for a button."""
_LONGEST = 200
"""Characters: what is longer is content, and looking closer would be slow."""


def is_boilerplate(text: str) -> bool:
    """Return whether `text` is no content: nothing, "Read more" in some language, a share label, a bare counter."""
    if len(text) > _LONGEST:
        return False
    key = text_key(text)
    if not key:
        return not any(character >= _FIRST_EMOJI and character not in _ICONS for character in text)
    return key in _PHRASES or (_COUNTER.fullmatch(key) is not None and _VERSION.fullmatch(key) is None)


def is_pager_label(text: str) -> bool:
    """Return whether `text` is what a pager says: "Next »", "Older posts" in some language, a number, an arrow."""
    if len(text) > _LONGEST:
        return False
    key = text_key(text)
    return not key or key.isdigit() or key in PAGER_LABELS


def text_key(text: str) -> str:
    """Return `text` in lower case, without the arrows, dots, bars and pictures at its ends; may be empty."""
    key = " ".join(unicodedata.normalize("NFC", text).casefold().split())
    start, end = 0, len(key)
    while start < end and not key[start].isalnum():
        start += 1
    while end > start and not (key[end - 1].isalnum() or unicodedata.category(key[end - 1]) in _MARKS):
        end -= 1
    return key[start:end]
