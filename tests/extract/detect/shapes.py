"""How people build lists of articles: each shape is a function from stories to the HTML of their list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Protocol


class Story(Protocol):
    @property
    def url(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def iso(self) -> str: ...
    @property
    def summary(self) -> str: ...


Shape = Callable[[Sequence[Story]], str]


def _each(stories: Sequence[Story], template: str, joiner: str = "\n") -> str:
    return joiner.join(
        template.format(url=one.url, title=one.title, iso=one.iso, summary=one.summary, n=index, long=_long(one.iso))
        for index, one in enumerate(stories)
    )


def _long(iso: str) -> str:
    from datetime import date

    day = date.fromisoformat(iso)
    return f"{day:%B} {day.day}, {day.year}"


def article_header_heading(stories: Sequence[Story]) -> str:
    card = (
        '<article><header><h2><a href="{url}">{title}</a></h2><time datetime="{iso}">{long}</time></header>'
        '<p>{summary}</p><a href="{url}">Read more</a></article>'
    )
    return _each(stories, card)


def cards(stories: Sequence[Story]) -> str:
    card = (
        '<div class="card"><a class="card__image" href="{url}"><img src="/p/{n}.jpg" alt=""></a>'
        '<a class="card__category" href="/world/">World</a><h3 class="card__title"><a href="{url}">{title}</a></h3>'
        '<p class="card__text">{summary}</p><span class="card__date">{long}</span></div>'
    )
    return f'<div class="grid">{_each(stories, card)}</div>'


def flat_headings(stories: Sequence[Story]) -> str:
    return "<h1>Section</h1>" + _each(stories, '<h3><a href="{url}">{title}</a></h3><p>{summary} <em>{long}</em></p>')


def paragraphs(stories: Sequence[Story]) -> str:
    return _each(stories, '<p>{iso} <a href="{url}">{title}</a></p>')


def definition_list(stories: Sequence[Story]) -> str:
    return f"<dl>{_each(stories, '<dt>{long}</dt><dd><a href={url}>{title}</a></dd>')}</dl>"


def definition_list_title_first(stories: Sequence[Story]) -> str:
    return f"<dl>{_each(stories, '<dt><a href={url}>{title}</a></dt><dd>{long}: {summary}</dd>')}</dl>"


def table(stories: Sequence[Story]) -> str:
    rows = _each(
        stories, '<tr><td>{n}</td><td>{iso}</td><td><a href="{url}">{title}</a></td><td>Press office</td></tr>'
    )
    return f"<table><thead><tr><th>No.<th>Date<th>Subject<th>By</thead><tbody>{rows}</tbody></table>"


def two_rows_each(stories: Sequence[Story]) -> str:
    rows = '<tr class="athing"><td>{n}.</td><td><a href="{url}">{title}</a></td></tr><tr><td></td><td>42 points, {long}</td></tr>'
    return f"<table>{_each(stories, rows)}</table>"


def by_year(stories: Sequence[Story]) -> str:
    parts = []
    for year, some in groupby(stories, key=lambda one: one.iso[:4]):
        parts.append(
            f"<h2>{year}</h2><ul>{_each(list(some), '<li><span>{iso}</span> <a href={url}>{title}</a></li>')}</ul>"
        )
    return "".join(parts)


def by_month_boxes(stories: Sequence[Story]) -> str:
    entry = '<div class="entry"><h3>{title}</h3><div class="meta"><span>{long}</span></div><a class="cover" aria-label="Post {title}" href="{url}"></a></div>'
    parts = []
    for month, some in groupby(stories, key=lambda one: one.iso[:7]):
        parts.append(f'<section><h2>{month}</h2><div class="entries">{_each(list(some), entry)}</div></section>')
    return "".join(parts)


def link_around_all(stories: Sequence[Story]) -> str:
    card = (
        '<a class="teaser" href="{url}"><img data-src="/p/{n}.jpg" src="data:image/gif;base64,R0"><span class="teaser-kicker">World</span>'
        '<div class="teaser-title">{title}</div><div class="teaser-date">{long}</div><div class="teaser-text">{summary}</div></a>'
    )
    return f'<div class="teasers">{_each(stories, card)}</div>'


def link_around_heading(stories: Sequence[Story]) -> str:
    return _each(stories, '<li><a href="{url}"><time>{long}</time><h4>{title}</h4><p>{summary}</p></a></li>')


def overlay_link(stories: Sequence[Story]) -> str:
    card = (
        '<div class="tile" style="background-image:url(/p/{n}.jpg)"><a class="tile-link" href="{url}" title="{title}"></a>'
        '<div class="tile-body"><h3>{title}</h3><span class="date">{iso}</span></div></div>'
    )
    return f'<div class="tiles">{_each(stories, card)}</div>'


def bare_links(stories: Sequence[Story]) -> str:
    return f'<ul class="news-list">{_each(stories, "<li><a href={url}>{title}</a></li>")}</ul>'


def bare_links_with_dates(stories: Sequence[Story]) -> str:
    return f"<ul>{_each(stories, '<li><a href={url}>{title}</a> ({iso})</li>')}</ul>"


def generated_names(stories: Sequence[Story]) -> str:
    card = (
        '<div class="css-1x2y3z sc-bdVaJa"><div class="css-8atqhb"><a class="css-4jyr1y" href="{url}"><h2 class="css-kv6qi">{title}</h2></a>'
        '<p class="css-1echdzn">{summary}</p></div><div class="css-zz9{n}"><time datetime="{iso}T10:00:00Z">3h ago</time></div></div>'
    )
    return f'<section class="css-13mho3u"><ol>{_each(stories, "<li>" + card + "</li>")}</ol></section>'


def utility_names(stories: Sequence[Story]) -> str:
    card = (
        '<div class="flex flex-col md:flex-row gap-4 py-6 border-b"><div class="w-full md:w-1/3"><img src="/p/{n}.jpg"></div>'
        '<div class="flex-1"><a class="text-xl font-bold hover:underline" href="{url}">{title}</a>'
        '<p class="text-gray-500 text-sm mt-1">{long}</p><p class="mt-2">{summary}</p></div></div>'
    )
    return f'<div class="max-w-4xl mx-auto">{_each(stories, card)}</div>'


def author_first(stories: Sequence[Story]) -> str:
    card = (
        '<div class="post-item"><a href="/authors/jane/">Jane Doe</a> <a class="cat" href="/world/">World</a>'
        '<a class="post-link" href="{url}">{title}</a><div class="post-meta">Published: {long} | By Jane</div></div>'
    )
    return f'<div class="posts">{_each(stories, card)}</div>'


def words_of_the_day(stories: Sequence[Story]) -> str:
    return _each(
        stories,
        '<div class="item"><h3><a href="{url}"><span class="label">News</span> {title}</a></h3><small>{long}</small></div>',
    )


SHAPES: tuple[Shape, ...] = (
    article_header_heading,
    cards,
    flat_headings,
    paragraphs,
    definition_list,
    definition_list_title_first,
    table,
    two_rows_each,
    by_year,
    by_month_boxes,
    link_around_all,
    link_around_heading,
    overlay_link,
    bare_links,
    bare_links_with_dates,
    generated_names,
    utility_names,
    author_first,
)
DATED = tuple(shape for shape in SHAPES if shape is not bare_links)
