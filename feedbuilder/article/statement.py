"""What the rest of the program takes from an article page: a statement, further addresses, or a doubt.

Owns when a page is not the article's at all. Sites answer with a login, a consent wall or their home page where they do
not want to be read, and with status 200.
"""

from __future__ import annotations

from feedbuilder.model import ArticleStatement, Item, Source
from feedbuilder.model.article import Article
from feedbuilder.model.wording import titles_match
from feedbuilder.parse.identity import canonical_url


def doubt(article: Article, listed: Item, source: Source) -> str | None:
    """Return why `article` cannot be what the list calls `listed`, None if it well may be.

    It may if the titles are alike; headlines on lists are often other ones, so a page that stayed at its address and
    says when it was published may be, too.
    """
    own = {name for name, origin in article.origins.items() if origin != "list"}
    if "title" in own and article.title and listed.title and titles_match(article.title, listed.title):
        return None
    moved = _canonical(article.url, source) != listed.canonical
    if not moved and "published" in own:
        return None
    where = f"{listed.link} leads to {article.url}, which" if moved else listed.link
    called = f'is called "{article.title}"' if article.title else "has no title"
    return f"{where} {called} and does not look like the article that the list shows. The list's own words are kept."


def statement_of(article: Article) -> ArticleStatement:
    """Return what `article` says, as the store keeps it; the text as HTML that is safe, if it was read."""
    return ArticleStatement(
        title=article.title,
        summary=article.summary,
        authors=article.authors,
        image=article.image,
        image_details=article.image_details,
        tags=article.tags,
        content_html=article.content_html,
        enclosures=article.enclosures,
        origins=article.origins,
    )


def addresses(article: Article, source: Source) -> tuple[str, ...]:
    """Return the canonical forms of the addresses that `article` has beside the one on the list, each once."""
    found = [_canonical(url, source) for url in (article.url, article.canonical) if url]
    return tuple(dict.fromkeys(found))


def _canonical(url: str, source: Source) -> str:
    return canonical_url(url, keep_fragment=source.keep_fragment, drop_parameters=source.drop_parameters)
