"""What to tell a person about a page on which a source finds no item at all. Owns the wording, and reads no page."""

from __future__ import annotations

from feedbuilder.extract.item_doubts import leads_to_places
from feedbuilder.extract.listing import Listing
from feedbuilder.model import DataPlace, FieldRule, Page, Selectors, Source, SourceKind


def why_no_items(page: Page, source: Source, listing: Listing) -> str:
    """Return, for a page without any item, what was looked for on what, and what to do."""
    if not page.body.strip():
        return f"{page.url} is an empty page. If that goes on, see whether the site is down or refuses programs."
    if listing.linked and source.only is not None:
        count = _counted(listing.linked, "article", "articles")
        return f"{page.url} lists {count}, but only = '{source.only.pattern}' matches no address of them. Adjust it."
    if not source.kind.is_page:
        return _nothing_in_document(page, source, listing)
    place = f'on {page.url} (title of the page: "{listing.title[:100]}")'
    if source.selectors.from_:
        return _nothing_in_data(source.selectors, listing, place)
    item, rule = source.selectors.item, source.selectors.link
    if not listing.matched:
        return (
            f'The item selector "{item}" matched nothing {place}. '
            "Open the page: if its markup changed, adjust the selector; if it is a login or error page, wait."
        )
    count = _counted(listing.matched, "element", "elements")
    if not source.keep_fragment and leads_to_places(listing.cards):
        return (
            f'The item selector "{item}" matched {count} {place}, whose links lead to places on this very page. '
            "Set keep_fragment = true, if these are the articles."
        )
    if rule is None:
        return f'The item selector "{item}" matched {count} {place}, but none holds a link to an article.'
    return f'The item selector "{item}" matched {count} {place}, but {_tried(rule)} finds no article link in any.'


_NAMES = {
    SourceKind.FEED: "feed (RSS, Atom or JSON Feed)",
    SourceKind.JSON: "answer in JSON",
    SourceKind.SITEMAP: "sitemap",
    SourceKind.CHANGES: "page whose changes are watched",
}


def _nothing_in_document(page: Page, source: Source, listing: Listing) -> str:
    """Say how far the reading of a document came."""
    if not listing.there:
        return (
            f"{page.url} is no {_NAMES[source.kind]}. Open it: if it has moved, adjust url; if it is a page of the web "
            "now, take the source out and add the page; if it is a login or error page, wait."
        )
    if not listing.matched and source.kind is SourceKind.JSON:
        path = f'item = "{source.selectors.item}" leads to nothing' if source.selectors.item else "there is no list"
        return f"In the answer of {page.url} {path}. Look into it, and adjust item: the path to the list of articles."
    if not listing.matched:
        return f"{page.url} is empty now. If that may be, set allow_empty = true."
    count = _counted(listing.matched, "entry", "entries")
    tried = _tried(source.selectors.link) if source.selectors.link else "none of the usual names"
    if source.kind is SourceKind.JSON:
        return f"The answer of {page.url} has {count}, but {tried} holds an article's address in any. Adjust link."
    # Some programs that make feeds put what went wrong into an entry that leads to the feed itself.
    said = next((card.title for card, _ in listing.cards if card.title), None)
    return f"{page.url} has {count}, but none leads to an article" + (f': the first says "{said}".' if said else ".")


def _nothing_in_data(selectors: Selectors, listing: Listing, place: str) -> str:
    """Say what was looked for in the data, and how far that came."""
    source = f'from = "{selectors.from_}"'
    path = f'the path item = "{selectors.item}" leads to' if selectors.item else "there is"
    if selectors.place is DataPlace.VOCABULARY and selectors.item:
        path = f'there is nothing of the type "{selectors.item}",'
    if not listing.there:
        return (
            f"There are no data as {source} names them {place}. "
            "Open the page's source: if the site now writes them elsewhere, adjust from; if it is a login page, wait."
        )
    if not listing.matched:
        return f"In the data that {source} names, {path} no article {place}. Look into them and adjust item."
    count = _counted(listing.matched, "entry", "entries")
    tried = _tried(selectors.link) if selectors.link else "none of the usual names"
    return f"In the data that {source} names there are {count} {place}, but {tried} holds an article's address in any."


def _tried(rule: FieldRule) -> str:
    return " or ".join(f'"{" + ".join(map(str, reading.picks))}"' for reading in rule)


def _counted(number: int, one: str, many: str) -> str:
    return f"1 {one}" if number == 1 else f"{number} {many}"
