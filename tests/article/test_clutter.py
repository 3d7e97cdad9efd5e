"""What stands within an article and is no part of it goes; what only looks like it stays."""

# ruff: noqa: E501 - pieces of pages stand on one line each, as sites write them

from __future__ import annotations

import pytest

from tests.article.test_article_contents import FILLER, content, within

CLUTTER = [
    "<div class=share-bar><a href=/x>Facebook</a> <span>12</span></div>",
    "<div class=SocialShareButtons><button>Tweet</button></div>",
    "<ul><li><a href='https://facebook.com/sharer?u=x'>Facebook</a></li><li><a href='https://wa.me/?text=x'>WhatsApp</a></li></ul>",
    "<div class='addtoany_share_save_container'>Share this <a href=/x>x</a></div>",
    "<p>Advertisement</p>",
    "<div class=ad-slot><p>Buy this</p></div>",
    "<div id=div-gpt-ad-123 class=dfp>Buy</div>",
    "<ins class=adsbygoogle></ins>",
    "<iframe src='https://securepubads.g.doubleclick.net/x' width=300></iframe>",
    "<iframe src='https://www.facebook.com/plugins/like.php?href=x'></iframe>",
    "<iframe src='https://paper.example/t' width=1 height=1></iframe>",
    "<p>ADVERTISEMENT - SCROLL TO CONTINUE</p>",
    "<p>Publicidad</p>", "<div>Werbung</div>", "<p>Реклама</p>", "<p>広告</p>",
    "<p><strong>READ ALSO: </strong><a href=/2>Another story about something else</a></p>",
    "<p>ALSO READ | <a href=/2>Another story</a></p>",
    "<p>Baca juga: <a href=/2>Berita lain</a></p>",
    "<p><em>Lire aussi : <a href=/2>Un autre article</a></em></p>",
    "<p>Lesen Sie auch: <a href=/2>Noch ein Text</a></p>",
    "<p>Читайте также: <a href=/2>Другая статья</a></p>",
    "<p>اقرأ أيضا: <a href=/2>خبر آخر</a></p>",
    "<h3>Related stories</h3><ul><li><a href=/2>Two</a></li><li><a href=/3>Three</a></li></ul>",
    "<h4>Das könnte Sie auch interessieren</h4><div><a href=/2>Zwei</a></div><div><a href=/3>Drei</a></div>",
    "<p><strong>関連記事</strong></p><p><a href=/2>別の記事</a></p>",
    "<aside><h3>Else</h3><a href=/2>Two</a></aside>".replace("<h3>Else</h3>", ""),
    "<div class=related-articles><h3>More</h3><a href=/2>Two</a> <a href=/3>Three</a></div>",
    "<div class='newsletter-signup'><p>Get the news</p><form><input type=email></form></div>",
    "<form action=/subscribe><p>Your address</p><input><button>Go</button></form>",
    "<p>Sign up for our <a href=/nl>newsletter</a>.</p>",
    "<p>You’ve reached your free article limit. Subscribe now to get unlimited access to our journalism.</p>",
    "<p>It looks like you are using an ad blocker. Please disable it to continue reading.</p>",
    "<p>Dieser Artikel ist nur für Abonnenten verfügbar. Jetzt abonnieren und alle Artikel lesen.</p>",
    "<p>Il vous reste 70 % de cet article à lire. La suite est réservée aux abonnés.</p>",
    "<p>Contenido exclusivo para suscriptores. Hazte socio hoy.</p>",
    "<p>We and our 812 partners store and access information on a device, such as cookies, and process personal data.</p>",
    "<p>Follow us on <a href=https://x.com/paper>X</a></p>",
    "<p><a href=/2>Read more</a></p>", "<div><a href=/2>Weiterlesen »</a></div>", "<p>Share</p>",
    "<p><a href=/2>Lire aussi Le port de la ville</a></p>", "<p>Lees ook <a href=/2>De haven van de stad</a></p>",
    "<ul><li><a href=/2>The harbour of the town</a></li><li><a href=https://paper.example/3>The mayor of the town</a></li></ul>",
    "<nav><a href=/>Home</a></nav>",
    "<div hidden>Hidden</div>", "<p style='display: none'>Hidden</p>",
    "<button>Listen</button>", "<select><option>x</select>", "<svg><path d=x></svg>", "<template><p>x</p></template>",
]  # fmt: skip


@pytest.mark.parametrize("html", CLUTTER)
def test_what_is_no_part_of_the_article_goes(html: str) -> None:
    assert within(html) == ""


@pytest.mark.parametrize(
    "html",
    [
        "<p>1914</p>",
        "<p>Read more books, the minister said.</p>",
        "<p>Related: a story of <a href=/2>two brothers</a> and the harbour that they built with their own hands in a year.</p>",
        "<p>Share prices fell.</p>",
        "<p>You have read your Homer, and you know how the story ends: nobody comes home.</p>",
        "<p>This article is about cookies, and how they are baked.</p>",
        "<p>Dieser Artikel ist für viele Menschen eine Zumutung, sagt der Rat der Stadt.</p>",
        "<h2>Trending downwards</h2>",
        "<h2>Details</h2>",
        "<p>Subscribe is what they did, and nobody asked why.</p>",
        "<p class=related>A paragraph by another name.</p>",
        "<ul><li><a href=/2>The report</a> in full</li><li>12 pages</li></ul>",
        "<ul><li><a href=https://court.example/2>The ruling of the court</a></li><li><a href=/3>Our report about it</a></li></ul>",
        "<ul><li><a href=/tags/a>Budget</a></li><li><a href=/tags/b>Town</a></li></ul>",
        "<p>See also <a href=/2>the ruling</a>, in which the court said so.</p>",
        "<aside><p>A box with facts, and <a href=/2>a link</a>.</p></aside>",
        "<figure class=promo-image><img src=/a.jpg alt=A></figure>",
        "<blockquote class=social-embed><p>Said in a post.</p></blockquote>",
        "<table><tr><td>Share</td><td>12</td></tr></table>",
    ],
)
def test_what_only_looks_like_clutter_stays(html: str) -> None:
    assert within(html) != ""


def test_a_text_that_is_hidden_until_a_script_shows_it_is_the_text() -> None:
    assert content(f"{FILLER * 3}<div hidden>{FILLER * 2}</div>") == content(FILLER * 5)


@pytest.mark.parametrize(
    "wrapper", ["<form action=x>{}</form>", "<div class=has-ads>{}</div>", "<div class='ad paywall related'>{}</div>"]
)
def test_what_holds_the_article_is_the_article(wrapper: str) -> None:
    assert content(wrapper.format(FILLER * 2)) == content(FILLER * 2)
