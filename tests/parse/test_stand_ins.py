"""Pages that stand in for another one: told by what they say and hold, where hardly anything else stands."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from feedbuilder.model import StandInKind
from feedbuilder.parse.stand_ins import stand_in

STORIES = "".join(
    f'<article><h3><a href="/news/{number}">What happened on day {number} of the long winter</a></h3>'
    f"<p>Somebody said something about it, and others did not agree at all with number {number}.</p></article>"
    for number in range(20)
)


@pytest.mark.parametrize(
    "html",
    [
        "<title>town.example is for sale</title>",
        "<title>town.example</title><h1>This domain may be for sale!</h1>",
        "<title>Town</title><p>Buy this domain.</p><ul><li><a href='/a'>Loans</a></li></ul>",
        "<h1>Diese Domain steht zum Verkauf</h1>",
        "<h1>Ce nom de domaine est à vendre</h1>",
        "<h1>Este dominio está en venta</h1>",
        "<h1>Este domínio está à venda</h1>",
        "<h1>Dominio in vendita</h1>",
        "<h1>Deze domeinnaam is te koop</h1>",
        "<h1>Domena na sprzedaż</h1>",
        "<h1>Домен продаётся</h1>",
        "<h1>このドメインは販売中です</h1>",
        "<h1>域名出售</h1>",
        "<html data-adblockkey='MFww'><title>town.example</title><a href='/x'>Related searches</a>",
        "<title>town.example</title><iframe src='https://ads.example/parking/?d=town'></iframe>",
        "<title>town.example</title><script src='/park.js'></script><div id=target></div>",
    ],
)
def test_a_parked_domain(html: str) -> None:
    found = stand_in(LexborHTMLParser(html))
    assert found is not None
    assert found.kind is StandInKind.PARKED


@pytest.mark.parametrize(
    ("html", "kind"),
    [
        ("<title>Just a moment...</title><div id=x></div>", StandInKind.CHALLENGE),
        ("<title>Town</title><h1>Checking your browser before accessing town.example</h1>", StandInKind.CHALLENGE),
        ("<title>town.example</title><div class=h-captcha></div>", StandInKind.CHALLENGE),
        ("<title>Access denied</title><p>Reference 18.5</p>", StandInKind.CHALLENGE),
        ("<title>Sign in | Town</title><form><input type=password></form>", StandInKind.LOGIN),
        ("<h1>Anmelden</h1><form><input type=PASSWORD></form>", StandInKind.LOGIN),
        ("<h1>Connexion</h1><form><input type=password></form>", StandInKind.LOGIN),
        ("<h1>ログイン</h1><form><input type=password></form>", StandInKind.LOGIN),
        ("<h1>Before you continue to Town</h1><form><button>Accept all</button></form>", StandInKind.CONSENT),
        ("<title>Town</title><div id=root></div><script src=/app.js></script>", StandInKind.SHELL),
    ],
)
def test_a_page_that_asks_for_something_first(html: str, kind: StandInKind) -> None:
    found = stand_in(LexborHTMLParser(html))
    assert found is not None
    assert found.kind is kind


@pytest.mark.parametrize(
    "html",
    [
        f"<title>Town</title>{STORIES}",
        f"<title>Town</title><form><input type=password><button>Sign in</button></form>{STORIES}",
        f"<title>Town</title><h2>We value your privacy</h2><button>Accept</button>{STORIES}",
        f"<title>Town</title>{STORIES}<form><div class=g-recaptcha></div></form>",
        f"<title>Town</title>{STORIES}<footer>Buy this domain: ask our agents.</footer>",
        f"<title>Town</title>{STORIES}<iframe src='/parking/map'></iframe>",
        f"<title>Town</title>{STORIES}<script src='/lander.js'></script>",
        "<title>Parking in town</title><h1>Where cars are parked</h1><p>" + "There is room. " * 80 + "</p>",
        "<title>Sign in the sky</title><h1>Log of the harbour master</h1>",
        f"<title>Town</title><p>{'There is nothing new today. ' * 4}</p><script src=/app.js></script>",
    ],
)
def test_what_stands_somewhere_on_ordinary_pages(html: str) -> None:
    assert stand_in(LexborHTMLParser(html)) is None


def test_titles_of_stories_say_nothing() -> None:
    html = f"<title>Town</title><h1>The old domain is for sale</h1>{STORIES}"
    assert stand_in(LexborHTMLParser(html)) is not None
    assert stand_in(LexborHTMLParser(html), ["The old domain is for sale"]) is None
