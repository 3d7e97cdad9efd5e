"""Article pages in the layouts that sites have, made up, each with what a reader of it would say."""
# ruff: noqa: E501 - the pages are laid out as sites write them

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

WORDS = {
    "en": "The bridge was opened on Friday morning after eleven years of work, and the first ferries stayed in port. ",
    "de": "Die Brücke wurde am Freitagmorgen nach elf Jahren Bauzeit geöffnet, und die Fähren blieben im Hafen liegen. ",
    "fr": "Le pont a été ouvert vendredi matin après onze ans de travaux, et les premiers bacs sont restés au port. ",
    "es": "El puente se abrió el viernes por la mañana tras once años de obras, y los barcos se quedaron en el puerto. ",
    "ja": "橋は十一年の工事を経て金曜日の朝に開通し、最初のフェリーは港にとどまった。町の人々は朝早くから集まった。",
    "no": "Broen ble åpnet fredag morgen etter elleve års arbeid, og de første fergene ble liggende igjen i havnen. ",
    "tr": "Köprü on bir yıllık çalışmanın ardından cuma sabahı açıldı ve ilk feribotlar limanda kaldı, dedi yetkililer. ",
    "ru": "Мост открыли утром в пятницу после одиннадцати лет работ, и первые паромы остались стоять в порту города. ",
}


def text(language: str, paragraphs: int = 6) -> str:
    """Return paragraphs, each another one."""
    return "".join(f"<p>{number}. {WORDS[language] * 3}</p>" for number in range(1, paragraphs + 1))


CARDS = "".join(
    f'<article class="card"><a href="/news/other-{n}"><h3>Another story, number {n}, of last week</h3></a>'
    f'<time datetime="2026-01-0{n}T08:00:00Z">Jan. {n}, 2026</time><a href="/author/nobody-{n}">Nobody Number{n}</a>'
    f'<a href="/tag/else" rel="tag">Elsewhere</a></article>'
    for n in range(1, 4)
)
"""What stands beside the article on every page of a site, and looks like one."""
MENU = "".join(f'<li><a href="/tag/{name.lower()}">{name}</a></li>' for name in ("Politics", "Sports", "Money"))


@dataclass(frozen=True)
class Layout:
    """One page and what is on it."""

    name: str
    html: str
    expected: dict[str, Any]
    url: str = "https://strait.example/news/bridge-opens"
    settings: dict[str, Any] = field(default_factory=dict)


def _page(body: str, *, head: str = "", lang: str = "en") -> str:
    return (
        f'<!doctype html><html lang="{lang}"><head>{head}</head><body><header><nav><ul>{MENU}</ul></nav></header>'
        f'{body}<aside class="sidebar">{CARDS}</aside><footer><ul>{MENU}</ul></footer></body></html>'
    )


GRAPH = Layout(
    "a graph of data whose nodes name each other, and a second story under the first",
    _page(
        f'<main><article><h1>Bridge Opens at Last</h1><div class="body">{text("en")}</div></article></main>',
        head="""<title>Bridge Opens at Last | The Strait Post</title><meta property="og:site_name" content="The Strait Post">
        <meta property="og:title" content="Bridge Opens at Last - The Strait Post">
        <link rel="canonical" href="/news/bridge-opens">
        <script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
          {"@type": "NewsArticle", "@id": "#article", "headline": "Bridge Opens at Last", "url": "/news/bridge-opens",
           "datePublished": "2026-02-06T12:35:10+04:00", "dateModified": "2026-02-06T14:00:00+04:00",
           "author": [{"@id": "#ann"}, {"@id": "#bo"}], "keywords": ["Bridges", "The Strait"],
           "articleSection": "Transport", "publisher": {"@id": "#post"}},
          {"@type": "Person", "@id": "#ann", "name": "Ann Lee", "jobTitle": "Reporter"},
          {"@type": "Person", "@id": "#bo", "name": "Bo Ek", "url": "/authors/bo"},
          {"@type": "Organization", "@id": "#post", "name": "The Strait Post"},
          {"@type": "NewsArticle", "headline": "A Second Story", "url": "/news/second",
           "datePublished": "2026-01-01T00:10:00Z", "author": {"name": "Some One"}, "keywords": "Other"}]}</script>""",
    ),
    {
        "title": "Bridge Opens at Last",
        "published": "2026-02-06T12:35:10+04:00",
        "authors": ("Ann Lee", "Bo Ek"),
        "tags": ("Bridges", "The Strait"),
        "section": "Transport",
        "language": "en",
        "canonical": "https://strait.example/news/bridge-opens",
    },
)

CMS = Layout(
    "no data at all: a byline, three small elements under the text, and tags with a hash",
    _page(
        f"""<div class="content"><h1>Bridge Opens at Last</h1><p class="who">Post by : Saif Nasser</p>
        <img src="/upload/bridge.png" alt="Bridge"><div class="text">{text("en")}</div>
        <div class="small"><small>Feb. 6, 2026</small> <small>12:35 p.m.</small> <small>129</small></div>
        <p><a href="/tags/global-news">#Global News</a> <a href="/tags/world-news">#World News</a></p></div>
        <h3>Trending News</h3>{CARDS}""",
        head="<title>Bridge Opens at Last</title>",
    ),
    {
        "title": "Bridge Opens at Last",
        "published": "2026-02-06T12:35:00+04:00",
        "authors": ("Saif Nasser",),
        "tags": ("Global News", "World News"),
        "image": "https://strait.example/upload/bridge.png",
    },
    settings={"timezone": "Asia/Dubai"},
)

GERMAN = Layout(
    "meta elements; the heading of the menu has the title too; topics under words, in classes that say nothing",
    _page(
        f"""<main><nav><ol><li>Start</li><li><h1>Brücke nach elf Jahren geöffnet</h1></li></ol></nav>
        <header class="x1"><h2>Brücke nach elf Jahren geöffnet</h2><span class="x2">Von Jörg Weiß und Anna Brandt</span>
        <figure><img src="/k/bruecke-400.jpg" srcset="/k/bruecke-400.jpg 400w, /k/bruecke-1200.jpg 1200w"></figure></header>
        {text("de")}<section class="x3"><div>Mehr lesen über</div><ul class="x4"><li><a href="/region/hafen/">Hafen</a></li>
        <li><a href="/region/verkehr/">Verkehr</a></li></ul></section></main>""",
        head="""<title>Brücke nach elf Jahren geöffnet | Hafenblatt</title>
        <meta property="og:title" content="Brücke nach elf Jahren geöffnet"><meta property="og:site_name" content="Hafenblatt">
        <meta name="date" content="2026-02-06T08:35:00Z"><meta name="author" content="Hafenblatt">""",
        lang="de",
    ),
    {
        "title": "Brücke nach elf Jahren geöffnet",
        "published": "2026-02-06T08:35:00+00:00",
        "authors": ("Jörg Weiß", "Anna Brandt"),
        "tags": ("Hafen", "Verkehr"),
        "image": "https://strait.example/k/bruecke-1200.jpg",
        "language": "de",
    },
)

FRENCH = Layout(
    "microdata",
    _page(
        f"""<article itemscope itemtype="https://schema.org/NewsArticle"><meta itemprop="mainEntityOfPage" content="/news/bridge-opens">
        <h1 itemprop="headline">Le pont ouvre enfin</h1><p>Par <span itemprop="author" itemscope
        itemtype="https://schema.org/Person"><span itemprop="name">Élodie Marchand</span></span></p>
        <time itemprop="datePublished" datetime="2026-02-06T09:35:00+01:00">vendredi</time>
        <time itemprop="dateModified" datetime="2026-02-06T10:00:00+01:00">à 10h</time>{text("fr")}
        <div class="fig-tags"><a href="/t/ponts">Ponts</a><a href="/t/bacs">Bacs</a></div></article>""",
        head="<title>Le pont ouvre enfin - Le Détroit</title>",
        lang="fr-FR",
    ),
    {
        "title": "Le pont ouvre enfin",
        "published": "2026-02-06T09:35:00+01:00",
        "authors": ("Élodie Marchand",),
        "tags": ("Ponts", "Bacs"),
        "language": "fr-FR",
    },
)

SPANISH = Layout(
    "a date and an author that only readers see, and tags known by their addresses",
    _page(
        f"""<main><article><h1>El puente abre por fin</h1><div class="firma"><a href="/autor/lucia-vega/">Lucía Vega</a></div>
        <div class="fecha">6 de febrero de 2026 - 12:35</div><div class="actualizado">Actualizado: 7 de febrero de 2026 - 09:00</div>
        {text("es")}<ul><li><a href="/noticias/puentes/">Puentes</a></li><li><a href="/noticias/puerto/">Puerto</a></li></ul>
        </article></main>""",
        lang="es",
    ),
    {
        "title": "El puente abre por fin",
        "published": "2026-02-06T12:35:00+01:00",
        "authors": ("Lucía Vega",),
        "tags": ("Puentes", "Puerto"),
    },
    settings={"timezone": "Europe/Madrid"},
)

JAPANESE = Layout(
    "the first heading is the site's name, and the window says the site's name behind a wide colon",
    _page(
        f"""<h1><a href="/">海峡新聞</a></h1><main><div class="article"><h2>十一年ぶりに橋が開通　町に歓声</h2>
        <time datetime="2026-02-06T12:35:00+09:00">2026年2月6日 12時35分</time>{text("ja")}</div></main>""",
        head="""<title>十一年ぶりに橋が開通　町に歓声：海峡新聞</title>
        <meta property="og:title" content="十一年ぶりに橋が開通　町に歓声：海峡新聞"><meta property="og:site_name" content="海峡新聞">
        <meta name="keywords" content="橋,港町"><script type="application/ld+json">{"@type": "NewsArticle",
        "author": {"@type": "Organization", "name": "海峡新聞"}}</script>""",
        lang="ja",
    ),
    {
        "title": "十一年ぶりに橋が開通 町に歓声",
        "published": "2026-02-06T12:35:00+09:00",
        "authors": ("海峡新聞",),
        "tags": ("橋", "港町"),
    },
)

NORWEGIAN = Layout(
    "date and byline at the foot of the article",
    _page(
        f"""<article><h1>Broen er åpen</h1>{text("no")}<footer><div class="byline"><a rel="author" href="/p/1">Tuva Lien</a>
        <a rel="author" href="/p/2">Ola Berg</a></div><time datetime="2026-02-06T12:35:00+01:00">06.02.26 12:35</time></footer>
        <ul class="article-tags"><li><a href="/bro">Bro</a></li><li><a href="/havn">Havn</a></li></ul></article>""",
        lang="nb",
    ),
    {
        "title": "Broen er åpen",
        "published": "2026-02-06T12:35:00+01:00",
        "authors": ("Tuva Lien", "Ola Berg"),
        "tags": ("Bro", "Havn"),
        "language": "nb",
    },
)

TURKISH = Layout(
    "one time said in two zones, tags in meta elements and in links that agree",
    _page(
        f"""<main class="news"><h1>Köprü sonunda açıldı</h1>{text("tr")}<p>Etiketler: <a href="/haberleri/kopru">köprü</a>
        <a href="/haberleri/liman">liman</a></p></main>""",
        head="""<title>Köprü sonunda açıldı | Boğaz Haber</title><meta property="article:published_time" content="2026-02-06T12:35:00+0000">
        <meta name="datePublished" content="2026-02-06T12:35:00+03:00"><meta property="article:modified_time" content="2026-02-06T09:00:00Z">
        <meta name="articleAuthor" content="Elif Kaya"><meta name="news_keywords" content="haber,köprü sonunda,son dakika">
        <meta property="article:tag" content="köprü"><meta property="article:tag" content="liman">""",
        lang="tr",
    ),
    {
        "title": "Köprü sonunda açıldı",
        "published": "2026-02-06T12:35:00+03:00",
        "authors": ("Elif Kaya",),
        "tags": ("köprü", "liman"),
        "modified": None,
    },
)

RUSSIAN = Layout(
    "the day for programs and the time for readers",
    _page(
        f"""<div class="page"><h1>Мост открыт</h1><p class="article__author">Автор: Анна Орлова</p>
        <time datetime="2026-02-06">6 февраля 2026, 12:35</time>{text("ru")}</div>""",
        head='<script type="application/ld+json">{"@type": "Article", "headline": "Мост открыт", "datePublished": "2026-02-06"}</script>',
        lang="ru",
    ),
    {"title": "Мост открыт", "published": "2026-02-06T12:35:00+03:00", "authors": ("Анна Орлова",), "tags": ()},
    settings={"timezone": "Europe/Moscow"},
)

LAYOUTS = (GRAPH, CMS, GERMAN, FRENCH, SPANISH, JAPANESE, NORWEGIAN, TURKISH, RUSSIAN)
