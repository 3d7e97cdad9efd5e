"""Ten whole pages as ten kinds of sites build them, each with the articles that stand in its list."""
# ruff: noqa: E501 - markup reads worse in pieces

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.detect.sample import OTHER_TITLES, TITLES, Story, each, stories

LINK = '<li><a href="{url}">{title}</a></li>'


@dataclass(frozen=True)
class Site:
    """A page and what should be found on it."""

    name: str
    url: str
    html: Callable[[Sequence[Story]], str]
    made: tuple[Story, ...]
    days: bool = True


def _stories(
    folder: str, titles: Sequence[str] = TITLES, days_apart: int = 2, *, numbered: bool = False
) -> tuple[Story, ...]:
    return tuple(stories(titles, folder, days_apart, numbered=numbered))


def wordpress(made: Sequence[Story]) -> str:
    entry = """<article id="post-48{n}2" class="post-48{n}2 post type-post status-publish format-standard has-post-thumbnail hentry category-news tag-harbour">
    <header class="entry-header"><div class="entry-meta"><span class="posted-on"><a href="{url}" rel="bookmark"><time class="entry-date published" datetime="{iso}T08:30:00+02:00">{long}</time><time class="updated" datetime="2026-11-19T10:00:00+02:00">November 19, 2026</time></a></span><span class="byline"> by <span class="author vcard"><a class="url fn n" href="https://blog.example.com/author/anna/">Anna</a></span></span></div>
    <h2 class="entry-title"><a href="{url}" rel="bookmark">{title}</a></h2></header>
    <div class="entry-content"><p>{summary} <a href="{url}#more-48{n}2" class="more-link">Continue reading<span class="screen-reader-text"> "{title}"</span></a></p></div>
    <footer class="entry-footer"><span class="cat-links"><a href="https://blog.example.com/category/news/" rel="category tag">News</a></span><span class="tags-links"><a href="https://blog.example.com/tag/harbour/" rel="tag">harbour</a>, <a href="https://blog.example.com/tag/sea/" rel="tag">sea</a></span><span class="comments-link"><a href="{url}#respond">Leave a comment</a></span></footer></article>"""
    recent = each(made, LINK)
    comments = each(
        made[:5],
        '<li class="recentcomments"><span class="comment-author-link">Bob</span> on <a href="{url}#comment-{n}">{title}</a></li>',
    )
    months = "".join(f'<li><a href="https://blog.example.com/2026/{m:02}/">{m}/2026</a></li>' for m in range(1, 12))
    return f"""<html lang="en-US"><head><title>Blog</title></head><body class="home blog"><div id="page" class="site"><header id="masthead" class="site-header">
    <div class="site-branding"><p class="site-title"><a href="https://blog.example.com/" rel="home">The Blog</a></p></div>
    <nav id="site-navigation" class="main-navigation"><ul id="primary-menu" class="menu"><li class="menu-item menu-item-12"><a href="https://blog.example.com/about/">About</a></li><li class="menu-item menu-item-13"><a href="https://blog.example.com/contact/">Contact</a></li></ul></nav></header>
    <div id="content" class="site-content"><div id="primary" class="content-area"><main id="main" class="site-main">{each(made, entry)}
    <nav class="navigation posts-navigation"><div class="nav-links"><div class="nav-previous"><a href="https://blog.example.com/page/2/">Older posts</a></div></div></nav></main></div>
    <aside id="secondary" class="widget-area"><section class="widget widget_recent_entries"><h2 class="widget-title">Recent Posts</h2><ul>{recent}</ul></section>
    <section class="widget widget_recent_comments"><h2 class="widget-title">Recent Comments</h2><ul>{comments}</ul></section><section class="widget widget_archive"><h2>Archives</h2><ul>{months}</ul></section></aside></div></div></body></html>"""


def ghost(made: Sequence[Story]) -> str:
    card = """<article class="gh-card post tag-hash-x{n}"><a class="gh-card-link" href="{path}"><figure class="gh-card-image"><img srcset="/content/images/size/w300/{n}.jpg 300w, /content/images/size/w600/{n}.jpg 600w" sizes="(max-width: 1200px) 100vw" src="/content/images/{n}.jpg" alt="" loading="lazy"></figure>
    <div class="gh-card-wrapper"><p class="gh-card-tag">Essays</p><h3 class="gh-card-title is-title">{title}</h3><p class="gh-card-excerpt is-body">{summary}</p><footer class="gh-card-meta"><span class="gh-card-author">By Mia Holm</span><time class="gh-card-date" datetime="{iso}">{rfc}</time></footer></div></a></article>"""
    featured = each(
        stories(OTHER_TITLES[:4], "https://letters.example.com/"),
        '<article class="gh-card"><a class="gh-card-link" href="{path}"><h3 class="gh-card-title">{title}</h3></a></article>',
    )
    return f"""<!DOCTYPE html><html lang="en"><body><div class="gh-viewport"><header id="gh-navigation" class="gh-navigation"><a href="/">Letters</a><nav><ul class="nav"><li class="nav-home"><a href="/">Home</a></li><li class="nav-about"><a href="/about/">About</a></li></ul></nav><a class="gh-button" href="#/portal/signup">Subscribe</a></header>
    <section class="gh-container"><h2 class="gh-container-title">Latest</h2><main class="gh-main"><div class="gh-feed">{each(made, card)}</div></main><aside class="gh-sidebar"><h4 class="gh-sidebar-title">Featured</h4>{featured}</aside></section>
    <footer class="gh-footer"><a href="https://ghost.org/">Powered by Ghost</a></footer></div></body></html>"""


def hugo(made: Sequence[Story]) -> str:
    entry = '<article class="post-entry"><header class="entry-header"><h2>{title}</h2></header><div class="entry-content"><p>{summary}</p></div><footer class="entry-footer"><span title="{iso} 09:30:00 +0000 UTC">{long}</span>&nbsp;·&nbsp;3 min&nbsp;·&nbsp;Jo</footer><a class="entry-link" aria-label="post link to {title}" href="{url}"></a></article>'
    return f"""<html lang="en"><body class="list" id="top"><header class="header"><nav class="nav"><div class="logo"><a href="https://notes.example.dev/">Notes</a></div><ul id="menu"><li><a href="https://notes.example.dev/archives/"><span>Archive</span></a></li><li><a href="https://notes.example.dev/tags/"><span>Tags</span></a></li></ul></nav></header>
    <main class="main">{each(made, entry)}<footer class="page-footer"><nav class="pagination"><a class="next" href="https://notes.example.dev/page/2/">Next&nbsp;»</a></nav></footer></main><footer class="footer"><span>Powered by <a href="https://gohugo.io/">Hugo</a></span></footer></body></html>"""


def drupal(made: Sequence[Story]) -> str:
    row = """<div class="views-row"><div class="views-field views-field-created"><span class="field-content">{rfc} - 14:05</span></div><div class="views-field views-field-title"><span class="field-content"><a href="{path}" hreflang="en">{title}</a></span></div><div class="views-field views-field-body"><div class="field-content">{summary}</div></div><div class="views-field views-field-view-node"><span class="field-content"><a href="{path}" hreflang="en">Read more about {title}</a></span></div></div>"""
    events = each(
        stories(OTHER_TITLES[:5], "https://institute.example.edu/events/"),
        '<div class="views-row"><span class="views-field-title"><a href="{path}">{title}</a></span> <span>12/0{n}/2026</span></div>',
    )
    return f"""<html lang="en" dir="ltr"><body class="path-news"><div class="dialog-off-canvas-main-canvas"><div class="layout-container"><header role="banner"><nav role="navigation" class="block-menu"><ul class="menu"><li class="menu-item"><a href="/research">Research</a></li><li class="menu-item"><a href="/people">People</a></li><li class="menu-item"><a href="/news" class="is-active">News</a></li></ul></nav></header>
    <main role="main"><div class="layout-content"><div class="region region-content"><h1 class="page-title">News</h1><div class="views-element-container"><div class="view view-news view-id-news js-view-dom-id-9f86d081884c7d659a2feaa0c55ad015"><div class="view-content">{each(made, row)}</div><nav class="pager" role="navigation"><ul class="pager__items"><li class="pager__item"><a href="?page=1">2</a></li></ul></nav></div></div></div></div>
    <aside class="layout-sidebar-second"><div class="view view-events"><h2>Upcoming events</h2><div class="view-content">{events}</div></div></aside></main></div></div></body></html>"""


def company(made: Sequence[Story]) -> str:
    card = """<div class="cmp-teaser-grid__item col-xs-12 col-md-4"><div class="cmp-teaser"><div class="cmp-teaser__image"><img data-src="/dam/{n}.jpeg" alt="Picture"></div><div class="cmp-teaser__content"><div class="cmp-teaser__meta"><span class="cmp-teaser__category">Press release</span><span class="cmp-teaser__divider">|</span><span class="cmp-teaser__date">{month} {day}, {year}</span></div><div class="cmp-teaser__headline">{title}</div><a class="cmp-teaser__cta" href="{path}" aria-label="Learn more about {title}"><span>Learn more</span></a></div></div></div>"""
    solutions = "".join(
        f'<div class="cmp-card"><h3>{t}</h3><a href="/solutions/s{n}">Discover</a></div>'
        for n, t in enumerate(OTHER_TITLES[:6])
    )
    links = "".join(f'<li><a href="/products/p{n}">Product family {n}</a></li>' for n in range(40))
    return f"""<html lang="en"><body><div class="root"><header class="header"><div class="mega-menu"><ul>{links}</ul></div></header><div class="stage"><h1>Newsroom</h1></div><div class="cmp-teaser-grid">{each(made, card)}</div><button>Load more</button><div class="solutions">{solutions}</div><footer class="footer"><ul>{links}</ul></footer></div></body></html>"""


def government(made: Sequence[Story]) -> str:
    row = '<tr><td align="center">{n}</td><td><a href="/docs/view.asp?no={n}&amp;cat=2" target="_blank">{title}</a> <img src="/img/pdf.gif"> <font size="1">(PDF 20{n} KB)</font></td><td>Ministry of Works</td><td nowrap>{iso}</td><td>1{n}7</td></tr>'
    menu = "".join(f'<tr><td><a href="/menu.asp?m={n}"><b>Menu item number {n}</b></a></td></tr>' for n in range(14))
    return f"""<html><head><title>Notices</title></head><body bgcolor="#ffffff"><table width="960"><tr><td width="180" valign="top"><table class="menu">{menu}</table></td><td valign="top"><h1>Public notices</h1><table border="1" cellpadding="3"><tr bgcolor="#cccccc"><td>No.</td><td>Title</td><td>Issued by</td><td>Date</td><td>Views</td></tr>{each(made, row)}</table>
    <div align="center">[1] <a href="list.asp?page=2">[2]</a> <a href="list.asp?page=3">[3]</a> <a href="list.asp?page=4">[4]</a></div></td></tr></table></body></html>"""


def japanese(made: Sequence[Story]) -> str:
    row = '<li class="p-news__item"><a class="p-news__link" href="{path}"><span class="p-news__date">{year}.{m}.{day}</span><span class="p-news__cat c-label">お知らせ</span><p class="p-news__ttl">{title}</p></a></li>'
    rows = "".join(row.format_map({**one.words, "m": one.day.month}) for one in made)
    menu = "".join(
        f'<li><a href="/{name}/">{text}</a></li>'
        for name, text in (
            ("company", "会社情報"),
            ("business", "事業内容"),
            ("ir", "投資家情報"),
            ("recruit", "採用情報"),
            ("contact", "お問い合わせ"),
        )
    )
    return f'<html lang="ja"><body><header class="l-header"><ul class="p-gnav">{menu}</ul></header><div class="l-contents"><section class="p-news"><h1 class="c-ttl">ニュース</h1><ul class="p-news__list">{rows}</ul><ul class="c-pager"><li>1</li><li><a href="/news/?p=2">2</a></li></ul></section></div><footer class="l-footer"><ul>{menu}</ul></footer></body></html>'


def arabic(made: Sequence[Story]) -> str:
    months = (
        "يناير",
        "فبراير",
        "مارس",
        "أبريل",
        "مايو",
        "يونيو",
        "يوليو",
        "أغسطس",
        "سبتمبر",
        "أكتوبر",
        "نوفمبر",
        "ديسمبر",
    )
    card = '<div class="news-box"><a class="img" href="{path}"><img src="/i/{n}.jpg" alt="{title}"></a><div class="txt"><h4><a href="{path}">{title}</a></h4><span class="time"><i class="fa fa-clock"></i> {day} {m} {year}</span></div></div>'
    cards = "".join(card.format_map({**one.words, "m": months[one.day.month - 1]}) for one in made)
    read = each(
        stories(
            (
                "خبر آخر من المدينة",
                "قصة ثانية عن البحر",
                "تقرير ثالث عن الزراعة",
                "مقال رابع في الاقتصاد",
                "خامس الأخبار عن الرياضة",
            ),
            "https://akhbar.example.com/article/9",
        ),
        LINK,
    )
    menu = "".join(
        f'<li><a href="/section/{n}">{name}</a></li>'
        for n, name in enumerate(("سياسة", "اقتصاد", "رياضة", "ثقافة", "منوعات", "علوم"))
    )
    return f'<html lang="ar" dir="rtl"><body><div class="top"><ul class="mainmenu">{menu}</ul></div><div class="row"><div class="col-md-8"><h2 class="sec">آخر الأخبار</h2>{cards}</div><div class="col-md-4"><div class="box"><h3>الأكثر قراءة</h3><ul>{read}</ul></div></div></div></body></html>'


def russian(made: Sequence[Story]) -> str:
    months = (
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    )
    card = '<div class="list-item" data-id="{n}"><div class="list-item__content"><a href="{path}" class="list-item__image"><picture><img src="/i/{n}.jpg"></picture></a><a href="{path}" class="list-item__title color-font-hover-only">{title}</a></div><div class="list-item__info"><div class="list-item__date">{day} {m} {year}, 14:0{k}</div><div class="list-item__views">1204</div></div><div class="list-item__tags"><a href="/tag_1/" class="list-tag">В мире</a><a href="/tag_2/" class="list-tag">Политика</a></div></div>'
    cards = "".join(
        card.format_map({**one.words, "m": months[one.day.month - 1], "k": one.number % 10}) for one in made
    )
    menu = "".join(
        f'<a class="menu__item" href="/{n}/">{name}</a>'
        for n, name in (
            ("politics", "Политика"),
            ("world", "В мире"),
            ("economy", "Экономика"),
            ("society", "Общество"),
            ("incidents", "Происшествия"),
            ("army", "Армия"),
            ("science", "Наука"),
        )
    )
    return f'<html lang="ru"><body><div class="header"><div class="menu">{menu}</div></div><div class="rubric-list"><div class="list">{cards}</div><div class="list-more">Ещё 20 материалов</div></div><div class="footer">{menu}</div></body></html>'


def portal(made: Sequence[Story]) -> str:
    big = '<div class="lead"><a href="{url}"><img src="/i/{n}.jpg"></a><h2 class="lead__title"><a href="{url}">{title}</a></h2><p class="lead__text">{summary}</p></div>'
    mid = '<div class="tile"><a href="{url}"><img src="/i/{n}.jpg"></a><h3 class="tile__title"><a href="{url}">{title}</a></h3></div>'
    links = "".join(
        f'<div class="svc"><a href="https://svc{n}.example.net/">{name}</a></div>'
        for n, name in enumerate(
            ("Mail", "Weather", "Maps", "TV guide", "Horoscope", "Jobs", "Cars", "Homes", "Shop", "Games")
        )
    )
    ads = each(
        stories(OTHER_TITLES[:4], "https://ads.example.org/out/"),
        '<div class="promo-tile"><a href="{url}" rel="sponsored"><img src="/a/{n}.jpg">{title}</a></div>',
    )
    return f'<html lang="en"><body><div class="services">{links}</div><div class="front"><div class="front__lead">{each(made[:1], big)}</div><div class="front__tiles">{each(made[1:], mid)}</div></div><div class="promo">{ads}</div><div class="services services--bottom">{links}</div></body></html>'


_JA = (
    "新製品の発売について",
    "年末年始休業のお知らせ",
    "価格改定のお知らせ",
    "東京本社移転について",
    "決算説明会を開催",
    "新社長就任のお知らせ",
    "展示会に出展します",
    "環境報告書を公開",
    "システムメンテナンスの実施",
    "採用サイトを更新",
)
_AR = (
    "إعادة فتح الميناء بعد أطول عاصفة",
    "الوزراء يتفقون على ميزانية العام",
    "القطارات الليلية ممتلئة من جديد",
    "قريتان تتقاسمان بئرا واحدة وخلافا",
    "باحثون يحصون الطيور من الجو",
    "اكتمال جسر لم يرده أحد",
    "إنقاذ البستان القديم من الطريق السريع",
    "مدارس تجرب دواما متأخرا",
)
_RU = (
    "Гавань открылась после долгого шторма",
    "Министры согласовали бюджет на год",
    "Почему ночные поезда снова полны",
    "Две деревни делят один колодец",
    "Учёные считают птиц с воздуха",
    "Мост, которого никто не хотел, готов",
    "Старый сад спасли от шоссе",
    "Школы начинают уроки позже",
)


def _notices() -> tuple[Story, ...]:
    site = "https://ministry.example.gov/docs/view.asp?cat=2&no="
    return tuple(
        Story(
            f"https://ministry.example.gov/docs/view.asp?no={one.number}&cat=2",
            one.title,
            one.day,
            one.summary,
            one.number,
        )
        for one in _stories(site)
    )


SITES = (
    Site("WordPress", "https://blog.example.com/", wordpress, _stories("https://blog.example.com/2026/11/")),
    Site("Ghost", "https://letters.example.com/", ghost, _stories("https://letters.example.com/")),
    Site("Hugo", "https://notes.example.dev/", hugo, _stories("https://notes.example.dev/posts/")),
    Site("Drupal", "https://institute.example.edu/news", drupal, _stories("https://institute.example.edu/news/")),
    Site(
        "company",
        "https://company.example.com/newsroom",
        company,
        _stories("https://company.example.com/newsroom/press/"),
    ),
    Site("government", "https://ministry.example.gov/list.asp", government, _notices()),
    Site(
        "Japanese company",
        "https://kaisha.example.jp/news/",
        japanese,
        _stories("https://kaisha.example.jp/news/", _JA, numbered=True),
    ),
    Site(
        "Arabic newspaper",
        "https://akhbar.example.com/section/1",
        arabic,
        _stories("https://akhbar.example.com/article/", _AR, numbered=True),
    ),
    Site(
        "Russian agency",
        "https://novosti.example.ru/world/",
        russian,
        _stories("https://novosti.example.ru/20261118/", _RU, numbered=True),
    ),
    Site(
        "portal", "https://portal.example.net/", portal, _stories("https://portal.example.net/news/local/"), days=False
    ),
)
