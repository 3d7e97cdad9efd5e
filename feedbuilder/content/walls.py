"""Whether a text is no article: it asks its readers for their agreement or their money, from the first sentence on.

Owns the words. A site says them to its reader, in the first and second person; an article about cookies or prices says
them of others. So sentences are counted, not words, and who wrote a title about such things means them.
"""

# ruff: noqa: E501 - tables of words

from __future__ import annotations

import re
from itertools import islice

from feedbuilder.parse.plain_text import letters

_SITE = re.compile(
    r"""\b(?:
    we\ (?:and\ (?:our|up\ to|\d{1,5})|(?:use|store|set|place)\ cookies|value\ your\ privacy|(?:may\ )?(?:use|share|process|collect|store)\ (?:your|personal)\ )
    |our\ (?:\d{1,5}\ )?(?:trusted\ |advertising\ )?(?:partners|vendors|privacy\ policy|cookie\ policy|legitimate\ interest)|stor\w{1,3}\ (?:and/or|or|and)\ access\w{0,3}\ information|withdraw\ your\ consent
    |(?:accept|reject)\ (?:all|and)|manage\ (?:options|settings|preferences|cookies)|legitimate\ interests?|precise\ geolocation|(?:ads|ad|advertising)\ and\ content\ (?:measurement|performance)|consent\ (?:or|and)\ pay
    |(?:already|become)\ a\ (?:subscriber|member)|subscribe\ (?:now|today|to\ (?:read|continue|unlock|keep))|cancel\ (?:at\ )?any\ ?time|unlimited\ (?:digital\ )?access|(?:log|sign)\ in\ to\ (?:read|continue)|to\ (?:continue|keep)\ reading|(?:billed|renews)\ (?:monthly|annually|every|automatically)
    |wir\ (?:und\ (?:unsere|bis|\d{1,5})|(?:verwenden|nutzen|setzen|verarbeiten|speichern|benötigen)\ (?:\w{1,12}\ )?(?:cookies|ihre|deine|personenbezogene|daten))|unser[en]?\ (?:\d{1,5}\ )?(?:werbe)?partner|unserer?\ datenschutzerklärung
    |personalisierte[rn]?\ (?:werbung|anzeigen)|zielgruppenforschung|berechtigte[nsm]?\ interesse|alle\ akzeptieren|einwilligung\ (?:widerrufen|erteilen)|mit\ werbung\ (?:weiter)?lesen|(?:werbe|tracking)frei\ (?:lesen|nutzen)
    |(?:bereits|schon)\ (?:abonnent|abonniert|abo)|jetzt\ (?:abonnieren|testen|weiterlesen)|jederzeit\ (?:kündbar|kündigen)|(?:probe|gratis)(?:monat|abo)|zugang\ zu\ allen|weiterlesen\ mit
    |nous\ (?:et\ (?:nos|\d{1,5})|(?:utilisons|stockons|traitons)\ (?:des\ cookies|vos|les\ données))|nos\ (?:\d{1,5}\ )?partenaires|tout\ (?:accepter|refuser)|accepter\ et\ continuer|intérêt\ légitime|publicités?\ (?:et\ (?:du\ )?contenus?\ )?personnalisée?s|mesure\ d.audience
    |déjà\ abonné|abonnez-vous|je\ m.abonne|sans\ engagement|accès\ illimité|pour\ lire\ la\ suite|réservée?\ aux\ abonnés
    |nosotros\ y\ (?:nuestros|terceros)|nuestros\ (?:\d{1,5}\ )?(?:socios|colaboradores)|(?:usamos|utilizamos)\ cookies|(?:aceptar|rechazar)\ (?:todo|y\ )|interés\ legítimo|(?:anuncios|publicidad)\ (?:y\ contenidos?\ )?personalizad|ya\ (?:soy|eres)\ suscriptor|suscríbete|cancela\ cuando|acceso\ ilimitado|(?:seguir|continuar)\ leyendo
    |nós\ e\ (?:os\ )?(?:nossos|terceiros)|nossos\ (?:\d{1,5}\ )?parceiros|(?:usamos|utilizamos)\ cookies|aceitar\ (?:todos|e\ )|interesse\ legítimo|assine\ (?:agora|já)|já\ é\ assinante|cancele\ quando|acesso\ ilimitado
    |noi\ e\ (?:i\ nostri|terze|\d)|nostri\ (?:\d{1,5}\ )?partner|(?:usiamo|utilizziamo)\ (?:i\ )?cookie|(?:accetta|rifiuta)\ (?:tutto|tutti|e\ )|legittimo\ interesse|sei\ già\ abbonat|disdici\ quando|accesso\ illimitato
    |wij\ en\ (?:onze|\d)|onze\ (?:\d{1,5}\ )?partners|alles\ (?:accepteren|weigeren)|gerechtvaardigd\ belang|al\ abonnee|(?:direct|maandelijks)\ opzegbaar|onbeperkt\ toegang
    |vi\ (?:og|och)\ (?:våre|vores|våra)|(?:våre|vores|våra)\ (?:\d{1,5}\ )?(?:samarbeids|samarbejds|samarbets)?partner|(?:godta|godkänn|acceptér|tillad)\ alle?\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
"""What only a site says, to its reader, where it asks for an agreement or for money."""
_READER = re.compile(
    r"""\b(?:your\ (?:consent|choices?|privacy|preferences|device|personal\ data|browser|ip\ address|subscription|trial|account|data|experience)
    |ihre?[rn]?\ (?:einwilligung|zustimmung|auswahl|privatsphäre|einstellungen|endgerät|gerät|personenbezogenen|daten|abo)|deine[rn]?\ (?:einwilligung|zustimmung|daten|einstellungen|abo)|auf\ (?:einem|ihrem)\ (?:end)?gerät|einwilligung|cookies
    |(?:votre|vos)\ (?:consentement|choix|préférences|appareil|terminal|données|vie\ privée|abonnement)|(?:su|tu|sus|tus)\ (?:consentimiento|preferencias|dispositivo|datos|privacidad|suscripción|elección)
    |(?:seu|sua|seus|suas)\ (?:consentimento|dispositivo|dados|privacidade|preferências|assinatura)|(?:il\ tuo|la\ tua|i\ tuoi|le\ tue|suo|tuo)\ (?:consenso|dispositivo|privacy|dati|preferenze|scelte|abbonamento)
    |(?:uw|je|jouw)\ (?:toestemming|voorkeuren|apparaat|gegevens|privacy|abonnement|keuze)|(?:ditt|din|dit|dine|dina)\ (?:samtykke|samtycke|enhet|enhed|data|valg|val|abonnement)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
"""What it says to the reader beside that, and others may say too."""
_ABOUT = re.compile(
    r"""cookie|consent|privacy|gdpr|data\ protection|tracking|terms|polic(?:y|ies)|subscri|paywall|membership|advert|\bads?\b
    |datenschutz|dsgvo|einwillig|nutzungsbedingung|geschäftsbedingung|\bagb\b|impressum|werb(?:ung|e)|\babo|richtlinie
    |confidentialité|vie\ privée|rgpd|consentement|abonn|conditions|publicité|privacidad|consentimiento|suscri|condiciones|cookies
    |privacidade|assinatura|termos|consenso|abbonament|condizioni|toestemming|voorwaarden|personvern|integritet|samtyck|samtykke|vilkår|villkor""",
    re.IGNORECASE | re.VERBOSE,
)
"""In the title of an article that means these words."""
_SENTENCE = re.compile(r"(?<=[.!?…])\s|\n")
_SHORTEST, _FEWEST = 20, 3
"""Letters of a sentence that says something, and how many of the site's own are enough to tell."""
_FIRST = 4
"""Sentences among which one of them stands where a text is a wall."""
_SHARE = 0.6
"""Of a text that is a wall; on real pages of articles it is less than a tenth."""


def is_wall(text: str, title: str | None) -> bool:
    """Return whether `text`, under the `title` of an article, is what a site shows in place of that.

    However long: the words of consent managers run to pages.
    """
    if title and _ABOUT.search(title):
        return False
    pieces = _SENTENCE.split(text)
    first = islice((one for one in pieces if len(letters(one)) >= _SHORTEST), _FIRST)
    if not any(map(_SITE.search, first)):
        return False  # as nearly always, and at once
    sentences = [one for one in pieces if len(letters(one)) >= _SHORTEST]
    own = [one for one in sentences if _SITE.search(one)]
    asking = sum(len(one) for one in sentences if _SITE.search(one) or _READER.search(one))
    return len(own) >= _FEWEST and asking >= _SHARE * sum(map(len, sentences))
