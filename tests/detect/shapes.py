"""How people build lists of articles: a table. Each shape is a function from stories to the HTML of their list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from tests.detect.sample import Story, each


@dataclass(frozen=True)
class Shape:
    """One way to build a list."""

    name: str
    html: Callable[[Sequence[Story]], str]
    dated: bool = True
    summed_up: bool = False
    """Whether each item shows its summary, whole and alone in an element."""


def cards(name: str, card: str, around: str = "{}", *, dated: bool = True, summed_up: bool = False) -> Shape:
    """Return the shape that puts each story into the template `card`, and all of them into `around`."""
    before, after = around.split("{}")
    return Shape(name, lambda made: before + each(made, card) + after, dated, summed_up)


def grouped(name: str, key: Callable[[Story], str], group: str, card: str) -> Shape:
    """Return the shape that puts the stories under headings; `group` holds "HEADING" and "CARDS"."""

    def html(made: Sequence[Story]) -> str:
        return "".join(
            group.replace("HEADING", heading).replace("CARDS", each(list(some), card))
            for heading, some in groupby(made, key)
        )

    return Shape(name, html)


def _two_layouts(made: Sequence[Story]) -> str:
    large = (
        '<div class="lead-story"><a href="{url}"><img src="/p/{n}.jpg" alt=""></a><h2><a href="{url}">{title}</a></h2>'
        '<p class="dek">{summary}</p><span class="story-date">{long}</span></div>'
    )
    small = '<li class="compact-story"><h4><a href="{url}">{title}</a></h4><span class="story-date">{long}</span></li>'
    return f'<div class="top">{each(made[:2], large)}</div><ul class="rest">{each(made[2:], small)}</ul>'


def _hero_that_repeats(made: Sequence[Story]) -> str:
    hero = '<div class="hero"><a href="{url}"><img src="/p/hero.jpg" alt=""><span>{title}</span></a></div>'
    card = '<article class="teaser"><h3><a href="{url}">{title}</a></h3><time datetime="{iso}">{long}</time></article>'
    return each(made[3:4], hero) + each(made, card)


def _front_page(made: Sequence[Story]) -> str:
    card = '<article class="story"><h3><a href="{url}">{title}</a></h3><time datetime="{iso}">{long}</time></article>'
    sections = (("world", made[:4]), ("sport", made[4:8]), ("culture", made[8:]))
    return "".join(
        f'<section class="block"><h2><a href="/{name}/">{name}</a></h2>{each(some, card)}</section>'
        for name, some in sections
        if some
    )


def _two_columns(made: Sequence[Story]) -> str:
    card = '<div class="n"><a href="{url}">{title}</a> <i>{iso}</i></div>'
    half = (len(made) + 1) // 2
    return f'<div class="left">{each(made[:half], card)}</div><div class="right">{each(made[half:], card)}</div>'


def _after_5000_nodes(made: Sequence[Story]) -> str:
    filler = "".join(f"<p>Paragraph <b>{n}</b> of <i>the</i> rules <span>of</span> procedure.</p>" for n in range(1250))
    row = '<tr><td>{iso}</td><td><a href="{url}">{title}</a></td></tr>'
    return f"<div class='rules'>{filler}</div><table class='releases'>{each(made, row)}</table>"


SHAPES = (
    cards(
        "heading in the header of an article",
        '<article><header><h2><a href="{url}">{title}</a></h2><time datetime="{iso}">{long}</time></header>'
        '<p>{summary}</p><a href="{url}">Read more</a></article>',
        summed_up=True,
    ),
    cards(
        "cards with a picture, a category and a date",
        '<div class="card"><a class="card__image" href="{url}"><img src="/p/{n}.jpg" alt=""></a>'
        '<a class="card__category" href="/world/">World</a><h3 class="card__title"><a href="{url}">{title}</a></h3>'
        '<p class="card__text">{summary}</p><span class="card__date">{long}</span></div>',
        '<div class="grid">{}</div>',
        summed_up=True,
    ),
    cards(
        "flat headings and paragraphs",
        '<h3><a href="{url}">{title}</a></h3><p>{summary} <em>{long}</em></p>',
        "<h1>Section</h1>{}",
    ),
    cards(
        "flat headings, paragraphs and rules",
        '<h3><a href="{url}">{title}</a></h3><p class="date">{rfc}</p><p>{summary}</p><hr>',
        summed_up=True,
    ),
    cards("links in paragraphs", '<p>{iso} <a href="{url}">{title}</a></p>'),
    cards("links in one paragraph", '<a href="{url}">{title}</a><br>', "<p>{}</p>", dated=False),
    cards("links in one paragraph, dates behind", '<a href="{url}">{title}</a> <i>{iso}</i><br>', "<p>{}</p>"),
    cards("a definition list, dates first", '<dt>{long}</dt><dd><a href="{url}">{title}</a></dd>', "<dl>{}</dl>"),
    cards(
        "a definition list, titles first",
        '<dt><a href="{url}">{title}</a></dt><dd>{long}: {summary}</dd>',
        "<dl>{}</dl>",
    ),
    cards(
        "a table",
        '<tr><td>{n}</td><td>{iso}</td><td><a href="{url}">{title}</a></td><td>Press office</td></tr>',
        "<table><thead><tr><th>No.<th>Date<th>Subject<th>By</thead><tbody>{}</tbody></table>",
    ),
    cards(
        "two rows of a table for each",
        '<tr class="athing"><td>{n}.</td><td><a href="{url}">{title}</a></td></tr>'
        "<tr><td></td><td>42 points, {long}</td></tr>",
        "<table>{}</table>",
    ),
    cards(
        "stories of other sites with a row of links below each",
        '<tr class="athing"><td class="title"><span class="rank">{n}.</span></td><td><a href="vote?id={n}"></a></td>'
        '<td><span class="titleline"><a href="{url}">{title}</a> <i>(<a href="from?site=s{n}">s{n}.com</a>)</i></span>'
        '</td></tr><tr><td colspan="2"></td><td class="subtext">9 points by <a href="user?id=u{n}">u{n}</a> '
        '<span class="age" title="{iso}T10:00:00"><a href="item?id={n}">{n} hours ago</a></span> | '
        '<a href="hide?id={n}">hide</a> | <a href="item?id={n}">1{n} comments</a></td></tr><tr class="spacer"></tr>',
        '<table><tr><td><a href="/newest">new</a></td></tr><tr><td><table>{}</table></td></tr></table>',
    ),
    Shape("a table after 5,000 nodes", _after_5000_nodes),
    grouped(
        "lists under years",
        lambda one: f"{one.day:%Y}",
        "<h2>HEADING</h2><ul>CARDS</ul>",
        '<li><span>{month} {day}</span> <a href="{url}">{title}</a></li>',
    ),
    grouped(
        "lists under days",
        lambda one: f"{one.day:%d %B %Y}",
        '<h3 class="day">HEADING</h3><ul>CARDS</ul>',
        '<li><span>10:15</span> <a href="{url}">{title}</a></li>',
    ),
    grouped(
        "boxes under months",
        lambda one: f"{one.day:%Y-%m}",
        '<section><h2>HEADING</h2><div class="entries">CARDS</div></section>',
        '<div class="entry"><h3>{title}</h3><div class="meta"><span>{long}</span></div>'
        '<a class="cover" aria-label="Post {title}" href="{url}"></a></div>',
    ),
    cards(
        "a link around all of the card",
        '<a class="teaser" href="{url}"><img data-src="/p/{n}.jpg" src="data:image/gif;base64,R0">'
        '<span class="teaser-kicker">World</span><div class="teaser-title">{title}</div>'
        '<div class="teaser-date">{long}</div><div class="teaser-text">{summary}</div></a>',
        '<div class="teasers">{}</div>',
        summed_up=True,
    ),
    cards(
        "a link around heading, date and summary",
        '<li><a href="{url}"><time>{long}</time><h4>{title}</h4><p>{summary}</p></a></li>',
        "<ul>{}</ul>",
        summed_up=True,
    ),
    cards(
        "a link laid over the card",
        '<div class="tile" style="background-image:url(/p/{n}.jpg)"><a class="tile-link" href="{url}" title="{title}">'
        '</a><div class="tile-body"><h3>{title}</h3><span class="date">{iso}</span></div></div>',
        '<div class="tiles">{}</div>',
    ),
    cards(
        "a link beside a title that is none",
        '<div class="row-item"><div class="subject">{title}</div><div class="when">{rfc}</div>'
        '<a class="go" href="{url}">Read more</a></div>',
    ),
    cards("bare links", '<li><a href="{url}">{title}</a></li>', '<ul class="news-list">{}</ul>', dated=False),
    cards("bare links with dates", '<li><a href="{url}">{title}</a> ({iso})</li>', "<ul>{}</ul>"),
    cards("bare links, dates within", '<li><a href="{url}">{title} <small>{rfc}</small></a></li>', "<ul>{}</ul>"),
    cards(
        "generated class names",
        '<li><div class="css-1x2y3z sc-bdVaJa"><div class="css-8atqhb"><a class="css-4jyr1y" href="{url}">'
        '<h2 class="css-kv6qi">{title}</h2></a><p class="css-1echdzn">{summary}</p></div>'
        '<div class="css-zz9{n}"><time datetime="{iso}T10:00:00Z">3h ago</time></div></div></li>',
        '<section class="css-13mho3u"><ol>{}</ol></section>',
        summed_up=True,
    ),
    cards(
        "class names about looks alone",
        '<div class="flex flex-col md:flex-row gap-4 py-6 border-b"><div class="w-full md:w-1/3">'
        '<img src="/p/{n}.jpg"></div><div class="flex-1"><a class="text-xl font-bold hover:underline" href="{url}">'
        '{title}</a><p class="text-gray-500 text-sm mt-1">{long}</p><p class="mt-2">{summary}</p></div></div>',
        '<div class="max-w-4xl mx-auto">{}</div>',
        summed_up=True,
    ),
    cards(
        "no class names at all",
        '<div><div><a href="{url}"><img src="/p/{n}.jpg" alt=""></a></div><div><div><a href="{url}">{title}</a></div>'
        "<span>{long}</span><p>{summary}</p></div></div>",
        "<div><div>{}</div></div>",
        summed_up=True,
    ),
    cards(
        "the author's link before the title's",
        '<div class="post-item"><a href="/authors/jane/">Jane Doe</a> <a class="cat" href="/world/">World</a>'
        '<a class="post-link" href="{url}">{title}</a><div class="post-meta">Published: {long} | By Jane</div></div>',
        '<div class="posts">{}</div>',
    ),
    cards(
        "microformats",
        '<div class="h-entry"><a class="p-name u-url" href="{url}">{title}</a>'
        '<time class="dt-published" datetime="{iso}T09:00:00Z">{long}</time><p class="p-summary">{summary}</p></div>',
        '<div class="h-feed">{}</div>',
        summed_up=True,
    ),
    cards(
        "a calendar leaf beside the title",
        '<div class="leaf-item"><div class="leaf"><b>{day}</b><span>{month} {year}</span></div>'
        '<div class="leaf-text"><h4><a href="{url}">{title}</a></h4><p>{summary}</p></div></div>',
        summed_up=True,
    ),
    cards(
        "files beside the title",
        '<li><a href="{url}">{title}</a> <span>({iso})</span> <a href="/files/{n}.pdf">PDF</a> '
        '<a href="/files/{n}.docx">Word</a></li>',
        '<ul class="docs">{}</ul>',
    ),
    cards(
        "another language beside the title",
        '<p class="pr"><span class="prd">{iso}</span> &ndash; <a href="{url}">{title}</a> '
        '[<a href="/es/{n}.html">Español</a>]</p>',
    ),
    cards(
        "authors and abstracts below the title",
        '<div class="issue-item"><h5 class="issue-item__title"><a href="{url}">{title}</a></h5><ul class="loa"><li>'
        '<a href="/author/a{n}">Ann Lee</a></li><li><a href="/author/b{n}">Bo Ek</a></li></ul><div>Published online: '
        '{rfc}</div><ul><li><a href="/abs/{n}">Abstract</a></li><li><a href="/pdf/{n}">PDF</a></li></ul></div>',
        '<div class="toc">{}</div>',
    ),
    cards(
        "topics of a forum",
        '<tr><td><img src="/i.gif"></td><td class="topic"><a class="topictitle" href="{url}">{title}</a> by '
        '<a href="/member?u={n}">user{n}</a></td><td>1{n}</td><td class="last"><a href="/member?u=9{n}">last{n}</a> '
        "{long}</td></tr>",
        '<table class="topics"><tbody>{}</tbody></table>',
    ),
    cards(
        "lines with the date over the cards",
        '<div class="date-line">{long}</div><div class="card-x"><a href="{url}"><h3>{title}</h3></a>'
        "<p>{summary}</p></div>",
        summed_up=True,
    ),
    cards(
        "episodes to listen to",
        '<div class="episode"><div class="num">Episode {n}</div><h3><a href="{url}">{title}</a></h3>'
        '<audio src="/a/{n}.mp3"></audio><span>{long}</span> · <span>42 min</span><p>{summary}</p>'
        '<a href="/a/{n}.mp3">Download</a></div>',
        summed_up=True,
    ),
    Shape("sections of a front page", _front_page),
    Shape("two columns", _two_columns),
    Shape("a large card layout over a compact one", _two_layouts),
    Shape("a hero that repeats a member of the list", _hero_that_repeats),
)
