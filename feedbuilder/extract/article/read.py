"""An article's page -> the article. Owns the order of the steps; each field has a module of its own."""

from __future__ import annotations

from feedbuilder.extract.article.address import read_canonical, read_language
from feedbuilder.extract.article.body import read_body
from feedbuilder.extract.article.evidence import Evidence
from feedbuilder.extract.article.labels import read_section, read_tags
from feedbuilder.extract.article.lead import read_image
from feedbuilder.extract.article.moments import Reader, read_modified, read_published, zone_of
from feedbuilder.extract.article.people import read_authors
from feedbuilder.extract.article.titles import read_title
from feedbuilder.extract.decode import decode
from feedbuilder.extract.split import refuse_monsters
from feedbuilder.model import ExtractError, Item, Page, Source
from feedbuilder.model.article import Article


def read_article(page: Page, source: Source, listed: Item | None = None, *, full: bool = True) -> Article:
    """Return what `page` says of its article; `listed` is what the list said of the same one.

    The text is read only if `full`, for it takes most of the time. Dates count from `page.fetched_at`.
    Raises ExtractError for a page too large or too deep to be read.
    """
    text = decode(page)
    try:
        refuse_monsters(text)
    except ExtractError as error:
        raise ExtractError(f"{page.url} cannot be read. {error}") from error
    seen = Evidence(text, page.url)
    language = read_language(seen)
    reader = Reader(
        zone_of(seen, source.timezone),
        page.fetched_at,
        source.language or (language.value if language else None),
        source.day_first,
    )
    published = read_published(seen, reader, listed.published if listed else None)
    modified = read_modified(seen, reader)
    title = read_title(seen, listed.title if listed else None)
    authors = read_authors(seen, listed.authors if listed else ())
    image, tags, section = read_image(seen), read_tags(seen), read_section(seen)
    canonical = read_canonical(seen, frozenset(filter(None, (seen.canonical(source.url),))))
    body = read_body(seen) if full else None
    late = modified is not None and (published is None or modified.said.at >= published.said.at)
    origins = {
        "title": title.origin if title else None,
        "published": published.origin if published else None,
        "modified": modified.origin if modified and late else None,
        "authors": authors[1] if authors else None,
        "image": image.origin if image else None,
        "tags": tags[1] if tags else None,
        "section": section.origin if section else None,
        "language": language.origin if language else None,
        "canonical": canonical.origin if canonical else None,
        "body": body.origin if body else None,
    }
    return Article(
        url=page.url,
        title=title.value if title else None,
        published=published.said if published else None,
        zone=published.zone if published else None,
        modified=modified.said.at if modified and late else None,
        authors=authors[0] if authors else (),
        image=image.value if image else None,
        tags=tags[0] if tags else (),
        section=section.value if section else None,
        language=language.value if language else None,
        canonical=canonical.value if canonical else None,
        body=body.text if body else None,
        body_html=body.html if body else None,
        origins={name: origin for name, origin in origins.items() if origin},
    )
