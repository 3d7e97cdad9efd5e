"""A text that asks readers for their agreement or their money is no article, however long; one about that is."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from feedbuilder.article.read_article import read_article
from feedbuilder.content.walls import is_wall
from feedbuilder.model import Item, Page, Source

ENGLISH = """
We value your privacy.
We and our 814 partners store and access information on a device, such as unique identifiers in cookies, to process
personal data. You may accept or manage your choices by clicking below, including your right to object where legitimate
interest is used, or at any time on the page of our privacy policy.
These choices will be signalled to our partners and will not affect browsing data.
We and our partners process data to provide the following.
Use precise geolocation data, and actively scan device characteristics for identification.
Store and/or access information on a device, for example your account and the pages that you have read here.
Personalised advertising and content, advertising and content measurement, audience research and services development.
You can change your preferences or withdraw your consent at any time by clicking at the foot of the page.
Some vendors may process your personal data on the basis of legitimate interest, to which you can object.
Accept all or manage options.
"""
GERMAN = """
Weiterlesen mit Werbung oder im Abo.
Wir und unsere 210 Partner verarbeiten personenbezogene Daten, zum Beispiel Ihre IP-Adresse, mithilfe von Cookies.
Damit können wir und unsere Partner Informationen auf Ihrem Gerät speichern und darauf zugreifen.
Zwecke sind personalisierte Werbung und Inhalte, die Messung von Werbung und Inhalten sowie Zielgruppenforschung.
Sie können Ihre Einwilligung jederzeit mit Wirkung für die Zukunft unter dem Punkt am Ende jeder Seite widerrufen.
Einige Partner verarbeiten Ihre Daten auf Grundlage eines berechtigten Interesses, dem Sie widersprechen können.
Oder lesen Sie werbefrei lesen ab 2,99 Euro im Monat: jederzeit kündbar, ohne Cookies von Dritten.
Sie haben bereits ein Abo? Dann melden Sie sich mit Ihren Daten hier an.
"""
FRENCH = """
Nous et nos 312 partenaires stockons des informations sur votre appareil, et y accédons, au moyen de cookies.
Vos données personnelles sont traitées pour des publicités et contenus personnalisés et la mesure d'audience.
Vous pouvez modifier vos choix ou retirer votre consentement à tout moment au bas de chaque page.
Certains de nos partenaires invoquent un intérêt légitime, auquel vous pouvez vous opposer.
Tout accepter, tout refuser, ou accepter et continuer avec votre abonnement.
"""
PAYWALL = """
Subscribe to keep reading this story and everything else that we publish.
Unlimited digital access to all articles, on every one of your devices, for 1 euro in the first month.
Cancel any time. After that your subscription renews automatically at 12 euros each month.
Already a subscriber? Log in to continue with your account.
Subscribe today for a year and save a third on unlimited access, newsletters and puzzles included.
"""
WALLS = [ENGLISH, GERMAN, FRENCH, PAYWALL]


@pytest.mark.parametrize("text", WALLS)
@pytest.mark.parametrize("times", [1, 6])
def test_what_stands_in_place_of_an_article_is_none_however_long(text: str, times: int) -> None:
    assert is_wall(text * times, "Harbour bridge reopens after repairs")
    assert is_wall(text * times, None)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("An update to our privacy policy", ENGLISH),  # listed as news by the site itself
        ("Neue Nutzungsbedingungen", GERMAN),
        ("Subscribe for a year and save", PAYWALL),
    ],
)
def test_who_lists_it_under_such_a_title_means_it(title: str, text: str) -> None:
    assert not is_wall(text, title)


NEWS = """
The court fined the publisher two million euros on Tuesday.
For years its pages had asked readers to agree to hundreds of companies at once, in a window that hid the way to say no.
"We value your privacy," the window began, and under it stood: "We and our 814 partners store and access information."
Nobody, the judges wrote, could read what that meant for them before the text of an article was covered by it.
The regulator had found that four of five visitors pressed the larger button, and never saw the smaller one.
Other publishers now ask for money in its place: whoever pays is not followed around, whoever does not, is.
The publisher said that it would appeal, and that its partners had been told.
"""
ADVICE = """
Open the settings on your device before you travel, and look at what may be seen by others.
Your privacy begins with the lock of the screen; six digits are enough for most people.
Your data should be copied once a week, to a disk that is not connected for the rest of it.
Turn off what you do not need, and your preferences will be kept after a restart.
Old telephones get no more repairs, and your personal data are not safe on them.
"""
RECIPE = """
Wir verwenden für den Teig nur Mehl, Wasser und Salz, und lassen ihn über Nacht stehen.
Wir nutzen einen Topf mit schwerem Deckel, damit der Dampf nicht entweicht.
Ihre Gäste werden danach fragen, und wir setzen noch etwas Hefe zu.
"""
LEADS = "The bridge over the harbour was opened again this morning after two years of repairs. " * 12


@pytest.mark.parametrize("text", [NEWS, ADVICE, RECIPE, LEADS + PAYWALL, "We and our partners use cookies.", ""])
def test_what_tells_of_it_or_only_ends_in_it_is_an_article(text: str) -> None:
    assert not is_wall(text, "What happened this week")


@pytest.mark.parametrize(("listed", "has_text"), [("Harbour bridge reopens", False), ("Our privacy policy", True)])
def test_the_page_of_an_article_that_shows_a_wall_has_no_text(listed: str, has_text: bool) -> None:
    pytest.importorskip("trafilatura", reason="the extra full-text is not installed")
    paragraphs = "".join(f"<p>{line}</p>" for line in ENGLISH.strip().splitlines())
    heading = "<h1>Harbour bridge reopens</h1>"
    html = f"<title>Harbour bridge reopens</title><main><article>{heading}{paragraphs}</article></main>"
    source = Source.model_validate({"id": "news", "url": "https://news.example/", "selectors": {"item": "article"}})
    page = Page("https://news.example/bridge", html.encode(), datetime(2026, 2, 6, tzinfo=UTC))
    found = read_article(page, source, Item("news.example/bridge", page.url, listed))
    assert (found.body is not None) is has_text
    assert found.title == "Harbour bridge reopens"
    chosen = source.model_copy(update={"article": source.article.model_copy(update={"content": "article"})})
    assert read_article(page, chosen, Item("news.example/bridge", page.url, listed)).body
