"""An article's page -> the article. Owns the order of the steps; each field has a module of its own."""

from __future__ import annotations

from itertools import islice

from feedbuilder.article.article_body import read_body
from feedbuilder.article.article_dates import DateReader, PageDate, read_modified, read_published, zone_of
from feedbuilder.article.article_tags import read_section, read_tags
from feedbuilder.article.article_title import read_title, site_names
from feedbuilder.article.authors import people, read_authors
from feedbuilder.article.by_selector import ORIGIN, Selected, select
from feedbuilder.article.cut_summary import read_cut_summary
from feedbuilder.article.enclosures import read_enclosures
from feedbuilder.article.evidence import Claim, Evidence
from feedbuilder.article.image_details import read_image_details
from feedbuilder.article.lead_image import picture, read_image
from feedbuilder.article.own_address import read_canonical, read_language
from feedbuilder.extract.field_rules import check_selector
from feedbuilder.model import Article, ExtractError, Item, Page, Source
from feedbuilder.parse.decode import decode
from feedbuilder.parse.limits import refuse_monsters
from feedbuilder.parse.plain_text import letters
from feedbuilder.parse.removed_parts import without_parts

Names = tuple[tuple[str, ...], str] | None
"""Texts and where they stand; None where there are none."""


def read_article(page: Page, source: Source, listed: Item | None = None, *, full: bool = True) -> Article:
    """Return what `page` says of its article; `listed` is what the list said of the same one.

    The text is read only if `full`, for it takes most of the time. A field that the source has a selector for is read
    from there alone. Dates that count from now count from `page.fetched_at`.
    Raises ExtractError for a page too large or too deep to be read, and for a selector that is not valid.
    """
    for css in source.article.remove:
        if reason := check_selector(css):
            raise ExtractError(f"The selector of remove {reason}")
    text = decode(page)
    try:
        refuse_monsters(text)
        text = without_parts(text, source.article.remove)
    except ExtractError as error:
        raise ExtractError(f"{page.url} cannot be read. {error}") from error
    seen = Evidence(text, page.url)
    chosen = select(seen, source.article)
    language = read_language(seen)
    spoken = source.language or (language.value if language else None)
    reader = DateReader(zone_of(seen, source.timezone), page.fetched_at, spoken, source.day_first)
    title = _title(seen, chosen, listed)
    summary = read_cut_summary(seen, listed.summary if listed else None)
    published = _published(seen, chosen, reader, listed)
    modified = _later(read_modified(seen, reader), published)
    authors = _authors(seen, chosen, listed)
    image = _image(seen, chosen)
    tags: Names = read_tags(seen) if chosen.tags is None else (chosen.tags, ORIGIN)
    section = read_section(seen)
    enclosures = read_enclosures(seen)
    canonical = read_canonical(seen, frozenset(filter(None, (seen.canonical(source.url),))))
    writers = frozenset(map(letters, authors[0] if authors else ())) - site_names(seen)
    shown = image.value if image else None
    body = read_body(seen, source.article.content, writers, site_names(seen), shown) if full else None
    if body is not None and body.origin != ORIGIN and _is_wall(body.text, title, listed):
        body = None
    origins = {
        "title": title,
        "summary": summary,
        "published": published,
        "modified": modified,
        "image": image,
        "section": section,
        "language": language,
        "canonical": canonical,
        "body": body,
        "enclosures": enclosures[0] if enclosures else None,
    }
    named = {"authors": authors, "tags": tags}
    return Article(
        url=page.url,
        title=title.value if title else None,
        summary=summary.value if summary else None,
        published=published.said if published else None,
        zone=published.zone if published else None,
        modified=modified.said.at if modified else None,
        authors=authors[0] if authors else (),
        image=image.value if image else None,
        image_details=read_image_details(seen, image.value) if image else None,
        tags=tags[0] if tags else (),
        enclosures=tuple(claim.value for claim in enclosures),
        section=section.value if section else None,
        language=language.value if language else None,
        canonical=canonical.value if canonical else None,
        body=body.text if body else None,
        content_html=body.html if body else None,
        origins={name: found.origin for name, found in origins.items() if found}
        | {name: found[1] for name, found in named.items() if found and found[0]},
    )


def _title(page: Evidence, chosen: Selected, listed: Item | None) -> Claim | None:
    if chosen.title is not None:
        return Claim(chosen.title, ORIGIN)
    return read_title(page, listed.title if listed else None)


def _is_wall(text: str, title: Claim | None, listed: Item | None) -> bool:
    """Return whether `text` is what a site shows in place of the article that people come to by its title."""
    from feedbuilder.content.walls import is_wall  # noqa: PLC0415 - large tables, for who asks for texts

    return is_wall(text, listed.title if listed and listed.title else title.value if title else None)


def _published(page: Evidence, chosen: Selected, reader: DateReader, listed: Item | None) -> PageDate | None:
    if chosen.dates is not None:
        return next(iter(reader.moments(Claim(text, ORIGIN) for text in chosen.dates)), None)
    return read_published(page, reader, listed.published if listed else None)


def _later(modified: PageDate | None, published: PageDate | None) -> PageDate | None:
    """Return `modified` unless it is before the publication: some sites write the time of an import there."""
    if modified is None or published is None or modified.said.at >= published.said.at:
        return modified
    return None


def _authors(page: Evidence, chosen: Selected, listed: Item | None) -> Names:
    if chosen.authors is not None:
        return people(chosen.authors), ORIGIN
    return read_authors(page, listed.authors if listed else ())


def _image(page: Evidence, chosen: Selected) -> Claim | None:
    if chosen.images is None:
        return read_image(page)
    found = (picture(page, src) for src in islice(chosen.images, 4))
    return next((Claim(url, ORIGIN) for url in found if url), None)
