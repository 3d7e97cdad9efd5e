"""The command that shows what is read from an article's own page, and where each field came from: article."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Annotated, Any
from urllib.parse import urlsplit

import typer
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from feedbuilder.article import installed
from feedbuilder.article.read_article import read_article
from feedbuilder.cli.call import Call, Exit, command
from feedbuilder.cli.configured import known_config
from feedbuilder.cli.page_argument import PageArgument
from feedbuilder.cli.shared_options import AllowHostOption, HtmlOption, JsonOption, TimezoneOption, UrlOption
from feedbuilder.config import Config
from feedbuilder.model import Page, Source
from feedbuilder.model.article import Article
from feedbuilder.tend.page_zones import zone_called
from feedbuilder.tend.polite_fetcher import polite_fetcher

_SHOWN = 600
"""Characters of the text that are shown, unless all of it is asked for."""
_FIELDS = (
    *("title", "published", "modified", "authors", "image", "tags", "enclosures", "section", "language", "canonical"),
    "body",
)


@command()
def article(
    context: typer.Context,
    page: Annotated[
        str | None,
        typer.Argument(
            metavar="URL_OR_FILE",
            help='The address of an article, or a file with its saved page ("-": standard input).',
            show_default=False,
        ),
    ] = None,
    html: HtmlOption = None,
    url: UrlOption = None,
    timezone: TimezoneOption = None,
    allow_host: AllowHostOption = None,
    show_all: Annotated[bool, typer.Option("--all", help="Show the whole text.")] = False,
    as_json: JsonOption = False,
) -> Exit:
    """Show what is read from an article's own page, and where each part came from. Changes nothing.

    Exit code 1 if there is no title.
    """
    call: Call = context.obj
    config = known_config(call)
    named = PageArgument.of(page, html, url)
    with polite_fetcher(config, allow_host) as fetcher:
        got = named.read(fetcher, config)
    found = read_article(got, _source(got, config, timezone))
    if as_json:
        call.out.print_json(json.dumps(as_data(found), ensure_ascii=False))
    else:
        _show(call, found, None if show_all else _SHOWN)
    return Exit.OK if found.title else Exit.FAILED


def _source(page: Page, config: Config | None, timezone: str | None) -> Source:
    """Return how the page is read: as the first configured source of its site, else by what holds for all."""
    host = urlsplit(page.url).hostname
    zone = {"timezone": zone_called(timezone)} if timezone else {}
    own = [source for source in config.sources if urlsplit(source.url).hostname == host] if config else []
    if own:
        return own[0].model_copy(update=zone)
    home = f"{urlsplit(page.url).scheme}://{urlsplit(page.url).netloc}/"
    defaults = config.defaults if config else {}
    return Source.model_validate({**defaults, "id": "article", "url": home, "selectors": {"item": "a"}, **zone})


def as_data(found: Article) -> dict[str, Any]:
    """Return an article for programs; what the page does not say is null or empty."""
    modified = found.modified.astimezone(found.zone) if found.modified and found.zone else found.modified
    return {
        "url": found.url,
        "title": found.title,
        "published": found.written(),
        "modified": modified.isoformat() if modified else None,
        "authors": list(found.authors),
        "image": found.image,
        "tags": list(found.tags),
        "enclosures": list(found.enclosures),
        "section": found.section,
        "language": found.language,
        "canonical": found.canonical,
        "body": found.body,
        "content_html": found.content_html,
        "origins": dict(found.origins),
    }


def _show(call: Call, found: Article, limit: int | None) -> None:
    data = as_data(found)
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    table.add_column(style="dim", no_wrap=True)
    for name in _FIELDS[:-1]:
        value = data[name]
        written = ", ".join(value) if isinstance(value, list) else value
        table.add_row(name, Text(written) if written else Text("not said", "dim italic"), found.origins.get(name, ""))
    call.out.print(table)
    for line in _text(found, limit):
        call.out.print(line)


def _text(found: Article, limit: int | None) -> Iterator[str]:
    """Yield the text of the article, or why there is none, as Rich markup."""
    yield ""
    if found.body is None and not installed():
        yield "[dim]No text: it needs the extra full-text: pip install 'feedbuilder\\[full-text]'[/]"
    elif found.body is None:
        yield "[dim]No text was found.[/]"
    else:
        yield escape(found.body[:limit])
        if limit is not None and len(found.body) > limit:
            yield f"[dim]… and {len(found.body) - limit:,} more characters; --all shows them[/]"
