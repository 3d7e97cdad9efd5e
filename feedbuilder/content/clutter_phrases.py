"""The words over and in what is no part of an article: lists of others, adverts, invitations.

Owns the tables; adding a language is adding to a table. Knows nothing of elements.
"""

# ruff: noqa: E501 - tables of words

from __future__ import annotations

import re

from feedbuilder.parse.boilerplate import text_key
from feedbuilder.parse.plain_text import letters

_RELATED = """
    related, related articles, related stories, related news, related posts, related topics, related content,
    related coverage, related links, read more, read also, also read, read next, read this, see also, more on this,
    more on this story, more stories, more news, more from this section, more like this, you may also like, you
    might also like, you may be interested in, don't miss, don’t miss, recommended, recommended for you, recommended
    stories, recommended reading, most read, most popular, trending, trending news, trending now, latest news,
    latest stories, top stories, editor's picks, editors' picks, editor’s picks, must read, watch also, watch now,
    up next, in case you missed it, further reading, suggested articles, lesen sie auch, lesen sie mehr, lesen sie
    hier, auch interessant, mehr zum thema, zum thema, mehr dazu, das könnte sie auch interessieren, weitere
    artikel, verwandte artikel, passend dazu, meistgelesen, lire aussi, à lire aussi, lire également, à lire
    également, voir aussi, à voir aussi, sur le même sujet, articles similaires, articles liés, à lire, lire la
    suite, nos autres articles, lea también, lee también, leer también, lea además, lee más, puedes leer, te puede
    interesar, también te puede interesar, le puede interesar, te recomendamos, noticias relacionadas, noticia relacionada, artículos
    relacionados, relacionadas, más noticias, ver también, vea también, mira también, sigue leyendo, no te pierdas,
    leia também, leia mais, veja também, veja mais, saiba mais, notícias relacionadas, matérias relacionadas,
    conteúdo relacionado, leggi anche, leggi di più, potrebbe interessarti, ti potrebbe interessare, articoli
    correlati, leggi tutto, lees ook, lees verder, lees meer, gerelateerd, meer nieuws, läs även, läs också, läs
    mer, les også, læs også, relaterte artikler, lue myös, lue lisää, czytaj także, czytaj też, czytaj również,
    przeczytaj także, zobacz także, zobacz też, zobacz również, polecamy, čtěte také, přečtěte si také, čítajte aj,
    olvassa el, kapcsolódó cikkek, citește și, citeşte şi, ilgili haberler, bunları da okuyun, bunlar da ilginizi
    çekebilir, baca juga, lihat juga, simak juga, artikel terkait, berita terkait, soma pia, читайте также, смотрите
    также, по теме, материалы по теме, ещё по теме, читайте також, дивіться також, прочетете още, вижте още,
    прочитајте и, pročitajte i, pročitajte još, διαβάστε επίσης, διαβάστε ακόμη, δείτε επίσης, اقرأ أيضا, اقرأ
    أيضاً, اقرأ أيضًا, إقرأ أيضا, مواضيع ذات صلة, أخبار ذات صلة, شاهد أيضا, شاهد أيضاً, بیشتر بخوانید, مطالب مرتبط,
    مزید پڑھیں, קראו גם, קראו עוד, यह भी पढ़ें, ये भी पढ़ें, और पढ़ें, আরও পড়ুন, மேலும் படிக்க, อ่านเพิ่มเติม,
    ข่าวที่เกี่ยวข้อง, xem thêm, đọc thêm, tin liên quan, 関連記事, あわせて読みたい, 合わせて読みたい, 関連ニュース,
    相关新闻, 相关阅读, 延伸阅读, 延伸閱讀, 相關新聞, 推荐阅读, 更多新闻, 관련기사, 관련 기사, 관련 뉴스
"""
"""What stands over, or before, links to other articles."""
_ADVERT = """
    advertisement, advertisement - scroll to continue, advertisement - continue reading below, story continues below
    advertisement, article continues below, article continues below advertisement, continue reading below, advert,
    ad, ads, sponsored, sponsored content, sponsored links, promoted content, scroll to continue, anzeige, werbung,
    publicité, passer la publicité, annonce, pub, publicidad, anuncio, publicidade, continua após a publicidade, pubblicità, advertentie,
    reklama, reklam, mainos, oglas, iklan, scroll to continue with content, lanjutkan membaca, реклама, διαφήμιση,
    إعلان, اعلان, آگهی, פרסומת, विज्ञापन, বিজ্ঞাপন, โฆษณา, quảng cáo, 広告, 广告, 廣告, 광고
"""
"""What stands over, or in place of, an advert."""
_INVITING = re.compile(
    r"""(?:sign\ up|subscribe|follow\ us|follow\ .{1,40}\ on|join\ (?:us|our|the\ .{1,30}\ channel)|like\ us\ on
    |download\ (?:the|our|now)|get\ (?:our|the\ latest|the\ day)|click\ here\ to|stay\ (?:informed|updated|tuned)
    |abonnieren\ sie|folgen\ sie\ uns|melden\ sie\ sich|abonnez-vous|inscrivez-vous|suivez-nous|suscríb[ae]te|suscríbase
    |síguenos|sigue\ a\ |únete|inscreva-se|siga\ |assine|iscriviti|seguici|abonneer|volg\ ons|подпи(?:сывайтесь|шитесь)
    |підпис(?:уйтесь|уйтеся)|تابعونا|تابعنا|اشترك|ikuti|follow\b.{0,30}\b(?:google\ news|whatsapp|telegram))""",
    re.IGNORECASE | re.VERBOSE,
)
"""How short paragraphs begin that ask a reader to subscribe, follow or download."""
_NOTICES = re.compile(
    r"""(?:we\ apologi[sz]e,?\ but\ this\ video|try\ refreshing\ your\ browser|(?:this|the)\ video\ (?:has\ failed|could\ not|cannot|is\ not)
    |external\ content|externer\ inhalt|externe\ inhalte|an\ dieser\ stelle\ (?:befindet|finden|steht)\ .{0,40}(?:extern|inhalt)
    |ein\ klick\ für\ den\ datenschutz|link\ zum\ \S{2,20}-inhalt|contenu\ externe|contenido\ externo|contenuto\ esterno
    |your\ browser\ does\ not\ support|your\ privacy\ settings|please\ (?:enable|turn\ on|allow)\ (?:javascript|cookies)|(?:bitte\ )?aktivieren\ sie\ (?:javascript|cookies)
    |ihr\ browser\ unterstützt|votre\ navigateur|su\ navegador|tu\ navegador|il\ tuo\ browser
    |(?:already\ a\ |not\ a\ |become\ a\ )(?:subscriber|member)|log\ ?in\ to\ (?:read|continue)|sign\ in\ to\ (?:read|continue)
    |(?:this\ (?:article|content|story)\ is\ )(?:for|only\ for|exclusive\ to)\ (?:subscribers|members)|subscribe\ (?:to|now\ to)\ (?:read|continue)
    |(?:video|audio)\ (?:starten|abspielen|abbrechen)|tu\ suscripción\ se\ está\ usando|有料会員|.{0,40}(?:有料記事|会員限定|ログイン(?:する|して))|この記事は有料|残り\d{1,9}文字)""",
    re.IGNORECASE | re.VERBOSE,
)
"""How notices begin that speak of the page instead of the story: players that failed, consent, membership."""
_SHUT = re.compile(
    r"""(?:you(?:'ve|’ve|\ have)\ (?:reached|read|used)\ (?:all\ (?:of\ )?)?your\ .{0,30}\b(?:limit|articles)
    |(?:it\ (?:looks\ like|seems\ that|appears\ that)\ )?you(?:'re|’re|\ are)\ using\ an?\ ad\ ?-?blocker|please\ (?:disable|turn\ off|pause)\ your\ ad\ ?-?blocker
    |(?:dieser|dieses|diese)\ (?:artikel|inhalt|beitrag|text|inhalte)\ (?:ist|sind)\ (?:nur|exklusiv|ausschließlich|allein)?\ ?für\ .{0,30}\b(?:abonnent|abonnement|mitglied|leser)
    |(?:sie\ sind\ )?bereits\ (?:abonnent|abonniert|kunde)|testen\ sie\ .{0,40}\b(?:kostenlos|unverbindlich|gratis|monat)|sie\ nutzen\ einen\ (?:ad|werbe)-?blocker
    |(?:cet\ article|ce\ contenu)\ est\ (?:réservé|exclusivement)|il\ vous\ reste\ [\d.,]{1,6}\s?%\ |(?:vous\ êtes\ )?déjà\ abonnée?
    |(?:este\ (?:artículo|contenido)\ es\ |contenido\ )(?:exclusivo|sólo|solo|reservado)\ para|¿?(?:ya\ eres|ya\ es)\ suscriptor|has\ (?:alcanzado|superado)\ .{0,30}\bartículos
    |(?:questo\ (?:articolo|contenuto)\ è\ |contenuto\ )riservat|sei\ già\ abbonat|(?:este\ )?conteúdo\ (?:é\ )?exclusivo\ para|já\ é\ assinante
    |dit\ artikel\ is\ (?:alleen|exclusief)\ voor|(?:denne|den\ här)\ (?:artikkelen|artikeln|saken)\ (?:er|är)\ (?:kun\ |bare\ |endast\ )?(?:for|för)\ (?:abonnenter|prenumeranter))""",
    re.IGNORECASE | re.VERBOSE,
)
"""How paragraphs begin that stand in place of a text that is not shown: to readers who do not pay, or block adverts."""
_CONSENT = re.compile(
    r"""(?:we\ and\ our\ (?:\d{1,5}\ )?(?:trusted\ )?partners\ (?:store|use|process)|we\ (?:and\ .{1,40}\ )?use\ cookies\ (?:and|to|on)
    |wir\ und\ unsere\ (?:\d{1,5}\ )?partner\ (?:speichern|verwenden|nutzen|verarbeiten)|wir\ (?:verwenden|nutzen|setzen)\ cookies
    |nous\ et\ nos\ (?:\d{1,5}\ )?partenaires|nous\ utilisons\ des\ cookies|nosotros\ y\ nuestros\ (?:\d{1,5}\ )?socios|(?:usamos|utilizamos)\ cookies
    |noi\ e\ i\ nostri\ (?:\d{1,5}\ )?partner|(?:usiamo|utilizziamo)\ (?:i\ )?cookie|nós\ e\ (?:os\ )?nossos\ parceiros|wij\ en\ onze\ partners|wij\ gebruiken\ cookies)""",
    re.IGNORECASE | re.VERBOSE,
)
"""How the words of a consent manager begin."""
_ASKING = re.compile(
    r"""\b(?:sign\ up|subscribe|register|download|bookmark|follow|join|anmelden|abonnieren|abonnier|melden\ sie|laden\ sie|folgen\ sie|hier\ geht|unterstützen\ sie
    |abonnez|inscrivez|téléchargez|suivez|suscríb|apúnta|descarga|únete|sígue|iscriviti|scarica|segui|inscreva|assine|siga|baixe
    |abonneer|schrijf|download|volg|meld\ deg|meld\ dig|abonner|prenumerera|anmäl|подпис|скача)""",
    re.IGNORECASE | re.VERBOSE,
)
_OFFERED = re.compile(
    r"""\b(?:news-?letters?|nieuwsbrief|nyhetsbrev|nyhedsbrev|infolettre|boletín|boletim|(?:via|über|on|par|por)\ (?:signal|threema)|рассылк|whats-?app|telegram|app|spende|mitglied|membership|podcasts?|channel|alerts?)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_OURS = re.compile(
    r"\b(?:our|us|here|your?|unser\w{0,3}|uns|hier|sie|ihnen|nos|notre|ici|nuestr[oa]s?|aquí|nostr[oaie]|qui|noss[oa]s?|aqui|onze|ons|vår\w{0,3}|vores|her|här|наш\w{0,4})\b",
    re.IGNORECASE,
)
"""Together in a short paragraph, these three ask readers to subscribe, to join, to pay."""
_PLAYS = re.compile(
    r"\W{0,3}(?:watch|listen|video|audio|photos|ansehen|anhören|regarder|écouter|ver|escuchar|guarda|ascolta|kijk|luister)\s{0,3}\|\s",
    re.IGNORECASE,
)
"""How lines begin that say what a player below would play: "WATCH | The talks have stalled:"."""
_SEPARATOR = re.compile(r"\s{0,50}[:：|>»\-–—]{1,20}\s{0,50}")
_LABELS = re.compile(r"[\[(][^\[\]()]{2,25}[\])]")
_LONGEST_INVITATION = 220
_LONGEST_NOTICE = 300
_LONGEST_CONSENT = 2_000
_LONGEST_START = 60
_LONGEST_LABEL, _MOST_IN_LABEL = 25, 3
"""Characters and words of a label before a link."""
_SHORTEST_LINK = 15
"""Letters of a link that is a title."""


def _keys(phrases: str) -> frozenset[str]:
    return frozenset(text_key(phrase) for phrase in phrases.split(","))


_RELATED_KEYS, _ADVERT_KEYS = _keys(_RELATED), _keys(_ADVERT)
_RELATED_BEGINNINGS = tuple(sorted(f"{key} " for key in _RELATED_KEYS if " " in key))


def announces_others(text: str) -> bool:
    """Return whether `text` is what stands over a list of other articles: "Related stories", "Lire aussi :"."""
    key = text_key(text)
    return key in _RELATED_KEYS or (len(key) <= 60 and key.startswith("recommended from "))


def opens_with_others(text: str) -> bool:
    """Return whether `text` begins with such words and a sign that parts them from what follows: "READ ALSO: Talks"."""
    before = _SEPARATOR.split(text.strip()[:_LONGEST_START], maxsplit=1)
    return len(before) == 2 and text_key(before[0]) in _RELATED_KEYS


def leads_to_others(text: str) -> bool:
    """Return whether `text` begins with such words of two or more, with no sign after them: "Lire aussi Le port"."""
    return text_key(text).startswith(_RELATED_BEGINNINGS)


def is_label_and_link(text: str, linked: int) -> bool:
    """Return whether `text` is a short label, a sign, and for the rest links: "MORE : The daily cartoon".

    `linked` says how many of its letters stand in links.
    """
    before = _SEPARATOR.split(text.strip()[:_LONGEST_START], maxsplit=1)
    if len(before) < 2 or len(before[0]) > _LONGEST_LABEL or len(before[0].split()) > _MOST_IN_LABEL:
        return False
    return linked >= max(_SHORTEST_LINK, len(letters(text)) - len(letters(before[0])))


def is_link_and_label(text: str, linked: int) -> bool:
    """Return whether `text` is a link as long as a title, or some, with labels in brackets: "A bridge opens [VIDEO]"."""
    rest = _LABELS.sub(" ", text)
    return len(rest) < len(text) and linked >= max(_SHORTEST_LINK, len(letters(rest)))


def is_advert(text: str) -> bool:
    """Return whether `text` only says that an advert is here."""
    return text_key(text) in _ADVERT_KEYS


def is_clutter_line(text: str) -> bool:
    """Return whether `text` as a paragraph of its own is no text: the word over an advert, a notice of the page."""
    if is_advert(text) or (len(text) <= _LONGEST_CONSENT and _CONSENT.match(text.strip()) is not None):
        return True
    return len(text) <= _LONGEST_NOTICE and (
        _NOTICES.match(text.strip()) is not None
        or _SHUT.match(text.strip()) is not None
        or _PLAYS.match(text) is not None
        or (_ASKING.search(text) is not None and _OFFERED.search(text) is not None and _OURS.search(text) is not None)
    )


def invites(text: str) -> bool:
    """Return whether `text` is a short request to subscribe, follow or download."""
    return len(text) <= _LONGEST_INVITATION and _INVITING.match(text.strip()) is not None
