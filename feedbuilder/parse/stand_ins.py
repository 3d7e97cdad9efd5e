"""Pages that a site sends in place of another: of parked domains, challenges, logins, consents, shells of scripts.

Owns the words and the markup that tell them. All of these also stand somewhere on ordinary pages (a login in the menu,
a captcha at a form, a story about a domain that is for sale): so words count in titles and headings that are no
story's, markup counts on pages that hold hardly anything else, and who asks has looked for known stories first.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from feedbuilder.model import StandIn, StandInKind
from feedbuilder.parse.plain_text import clean

LONGEST = 90
"""Characters of a heading that says it; a longer one tells a story."""
_SHORT = 700
"""Characters of the text of a page that holds hardly anything."""
_EMPTY = 60
"""Characters of the text of a page that scripts have yet to build."""
_FEW_LINKS = 12
_SEPARATOR = re.compile(r"\s[-–—|:·•]\s|\s?[|·•»«]\s?")
_MOST_HEADINGS = 10


def _any(*words: str) -> re.Pattern[str]:
    return re.compile("|".join(words), re.IGNORECASE)


_PARKED = _any(
    r"(?:domain|domain name|website|web site) (?:name )?(?:is|may be|might be|could be|has been) "
    r"(?:now |currently |still )?(?:for sale|available for (?:purchase|sale)|parked|listed for sale|expired)",
    r"^[\w-]{1,40}(?:\.[\w-]{1,20}){1,3} (?:is|may be|might be) (?:for sale|available|parked|expired)",
    r"buy this domain|domain for sale|domain (?:has )?expired|parked (?:free|domain|page)|domain parking",
    r"domain (?:steht |ist |könnte )?(?:möglicherweise )?(?:zum verkauf|zu verkaufen|käuflich|geparkt)",
    r"diese domain kaufen|domainparking|domain ist abgelaufen",
    r"domaine (?:est |peut être )?(?:à vendre|en vente|parqué|expiré)|acheter ce (?:nom de )?domaine",
    r"dominio (?:está |puede estar |è |potrebbe essere )?(?:en venta|a la venta|aparcado|caducado|in vendita|scaduto)",
    r"comprar este dominio|acquista questo dominio|domínio (?:está )?(?:à venda|estacionado|expirado)",
    r"domein(?:naam)? (?:is )?(?:te koop|geparkeerd|verlopen)",
    r"domena (?:jest )?(?:na sprzedaż|zaparkowana|wygasła)|doména (?:je )?(?:na prodej|na predaj|zaparkovan[áé])",
    r"домен (?:продаётся|продается|припаркован|выставлен на продажу)|продажа домена|купить (?:этот )?домен",
    r"домен продається|domän(?:en)? (?:är )?(?:till salu|parkerad)|domæne(?:t)? (?:er )?(?:til salg|parkeret)",
    r"domene(?:t)? (?:er )?(?:til salgs|parkert)|verkkotunnus (?:on )?myytävänä|domain eladó|alan adı satılık",
    r"domeniu(?:l)? (?:este )?de vânzare|το domain πωλείται|הדומיין למכירה|النطاق للبيع|دامنه برای فروش",
    r"このドメインは.{0,10}販売|ドメイン.{0,4}販売中|ドメインパーキング|域名.{0,6}(?:出售|转让|轉讓)|도메인.{0,6}판매",
    r"tên miền .{0,12}bán|domain ini dijual",
)
_CHALLENGE = _any(
    r"^just a moment\b|^attention required\b|checking (?:if the site connection is secure|your browser)",
    r"verify(?:ing)? (?:that )?you are (?:a )?human|are you (?:a )?(?:robot|human)\b|you are not a (?:ro)?bot",
    r"pardon our interruption|ddos protection|^security (?:check|verification)$",
    r"^access (?:to this page has been )?denied|unusual traffic|bot (?:detection|verification)",
    r"one more step|enable javascript and cookies to continue",
    r"sicherheitsüberprüfung|bist du ein roboter|sind sie ein (?:mensch|roboter)|zugriff verweigert",
    r"vérification de sécurité|êtes-vous un (?:robot|humain)|accès refusé|acceso denegado|verifica que eres humano",
    r"проверка браузера|вы не робот|доступ запрещ[её]н|请稍候|安全验证|人机验证|アクセスが拒否",
)
_LOGIN = _any(
    r"^(?:please )?(?:sign|log)[ -]?in\b|^login\b|^member login|^(?:jetzt |bitte )?(?:anmelden|einloggen)|^anmeldung$",
    r"^(?:se )?connecter|^connexion$|^identifiez-vous|^inici(?:ar|a) sesión|^acceso (?:de )?(?:usuarios|clientes)",
    r"^(?:accedi|accesso|login)$|^iniciar sessão|^entrar$|^fazer login|^inloggen|^aanmelden|^zaloguj|^logowanie",
    r"^вход$|^войти|^авторизация|^увійти|^вхід$|^přihlá[sš]|^prihlá[sš]|^logga in|^log ind|^logg inn|^kirjaudu",
    r"^bejelentkezés|^giriş yap|^oturum aç|^autentificare|^σύνδεση|^התחבר|^כניסה|^تسجيل الدخول|^ورود$",
    r"^ログイン|^登录|^登入|^登錄|^로그인|^đăng nhập|^masuk$",
)
_CONSENT = _any(
    r"^before you continue|^we value your privacy|cookie (?:consent|settings|wall)|^your privacy (?:choices|matters)",
    r"^bevor (?:du|sie) (?:fortfähr|weiter|zu )|zustimmung|wir (?:verwenden|nutzen) cookies",
    r"^avant de continuer|vos choix (?:de|en matière de) (?:confidentialité|cookies)|^antes de continuar",
    r"^datenschutz-?einstellungen|^prima di continuare",
    r"^voordat je verdergaat|^ihre privatsphäre|^nous respectons votre vie privée",
)
_PARKING_PLACE = re.compile(
    r"(?:^|[/._?&=-])(?:park(?:ed|ing|ingcrew|logic)?|lander|forsale|for-sale|sedo\w{0,12}|domain-?(?:parking|sale|for-sale))"
    r"(?:$|[/._?&=-])",
    re.IGNORECASE,
)
"""In the address of a frame or a script that is all of a page."""
_CHALLENGE_MARKS = (
    "#challenge-form, #challenge-running, #challenge-stage, #cf-wrapper, .cf-turnstile, .g-recaptcha, .h-captcha, "
    '#px-captcha, #sec-if-cpt-container, script[src*="/cdn-cgi/challenge-platform/"], script[src*="captcha-delivery"], '
    'iframe[src*="_Incapsula_Resource"], script[src*="_Incapsula_Resource"], script[src*="/captcha"]'
)


@dataclass(frozen=True)
class _Seen:
    """A page, as far as these rules look at it."""

    tree: LexborHTMLParser
    headings: Sequence[str]
    """Its title's parts and its first headings, without those of stories."""
    text: str
    links: int

    def says(self, words: re.Pattern[str]) -> str | None:
        return next((one for one in self.headings if len(one) <= LONGEST and words.search(one)), None)

    @property
    def is_bare(self) -> bool:
        return len(self.text) < _SHORT and self.links <= _FEW_LINKS

    def has(self, css: str) -> bool:
        return self.tree.css_first(css) is not None


def stand_in(tree: LexborHTMLParser, stories: Collection[str] = ()) -> StandIn | None:
    """Return what a page is in place of one of the site, None if nothing tells that it is. Takes scripts out of `tree`.

    Titles of `stories` say nothing of the page.
    """
    told = {" ".join(story.split()).casefold() for story in stories}
    headings = [one for one in _headings(tree) if one.casefold() not in told]
    links = len(tree.css("a[href]"))
    for useless in tree.css("script:not([src]), style, noscript, template"):
        useless.decompose()
    body = tree.body
    seen = _Seen(tree, headings, clean(body.text(separator=" "), 10_000) or "" if body is not None else "", links)
    for kind, test in _TESTS:
        found = test(seen)
        if found is not None:
            return StandIn(kind, found or None)
    return None


def _headings(tree: LexborHTMLParser) -> Iterator[str]:
    title = tree.css_first("head > title, title")
    if title is not None:
        whole = clean(title.text(), 300) or ""
        yield from dict.fromkeys(part for piece in (whole, *_SEPARATOR.split(whole)) if (part := clean(piece, 300)))
    for heading in tree.css("h1, h2")[:_MOST_HEADINGS]:
        if text := clean(heading.text(), 300):
            yield text


def _parked(seen: _Seen) -> str | None:
    """Find the sentences of parking services, their mark for advertisements, or a frame of theirs that is all."""
    words = seen.says(_PARKED)
    if words is not None:
        return words
    if len(seen.text) < _SHORT and (found := _PARKED.search(seen.text)):
        return found[0]
    if seen.has("html[data-adblockkey]"):
        return ""
    places = [one.attributes.get("src") or "" for one in seen.tree.css("frame, iframe, script")[:40]]
    return "" if seen.is_bare and any(_PARKING_PLACE.search(place[:300]) for place in places) else None


def _challenge(seen: _Seen) -> str | None:
    if not seen.is_bare:
        return None
    words = seen.says(_CHALLENGE)
    return words if words is not None else "" if seen.has(_CHALLENGE_MARKS) else None


def _login(seen: _Seen) -> str | None:
    return seen.says(_LOGIN) if seen.has("input[type=password i]") else None


def _consent(seen: _Seen) -> str | None:
    return seen.says(_CONSENT) if seen.links <= _FEW_LINKS and seen.has("button, input, form") else None


def _shell(seen: _Seen) -> str | None:
    return "" if len(seen.text) < _EMPTY and not seen.links and seen.has("script[src]") else None


_TESTS = (
    (StandInKind.PARKED, _parked),
    (StandInKind.CHALLENGE, _challenge),
    (StandInKind.LOGIN, _login),
    (StandInKind.CONSENT, _consent),
    (StandInKind.SHELL, _shell),
)
"""The first that finds something names the page."""
