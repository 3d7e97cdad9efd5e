"""An entry (an object that describes one article) -> the raw texts of its fields, the same as a card has.

Owns under which names sites keep a title, an address, a date. Knows neither where the entry comes from nor the page.
"""

from __future__ import annotations

import html
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from feedbuilder.model import FieldRule, Selectors
from feedbuilder.model.enclosures import is_media_file
from feedbuilder.model.wording import fuller, tag_key, without_ellipsis
from feedbuilder.parse.data.paths import follow, texts
from feedbuilder.parse.limits import LONGEST_ADDRESS
from feedbuilder.parse.plain_text import NAME_LIMIT, SUMMARY_LIMIT, TITLE_LIMIT, clean, without_markup
from feedbuilder.parse.raw_card import RawCard, RawLink

Entry = Mapping[str, Any]

NAMES: Mapping[str, tuple[str, ...]] = {
    field: tuple(names.split())
    for field, names in {
        "title": "headline title name heading posttitle articletitle newstitle displaytitle webtitle subject titletext",
        "link": """
            url link href permalink canonicalurl weburl articleurl pageurl linkurl detailurl shareurl mainentityofpage
            fullpath relativeurl relativepath path pathname uri urlpath @id
        """,
        "slug": "slug urlslug postslug handle urlname key docid articleid postid newsid uid id _id",
        "date": """
            datepublished publishedat publishdate publisheddate pubdate publicationdate publishedon published
            firstpublishedat firstpublished publishtime publishedtime postdate postedat posttime releasedate releasedat
            displaydate date datetime datecreated uploaddate startdate createdat created createtime creationdate ctime
            time timestamp issued
        """,
        "summary": """
            description summary excerpt abstract teaser standfirst dek lead lede intro introduction snippet digest brief
            shortdescription metadescription subtitle subheadline deck
        """,
        "image": """
            image thumbnailurl thumbnail featured photo featuredimage coverimage cover imageurl heroimage picture
            primaryimageofpage teaserimage mainimage leadimage previewimage thumb img pic images media
        """,
        "author": "author authors byline creator writer authorname writtenby",
    }.items()
}
"""Field, names of the keys that may hold it, the likeliest first; in small letters, without "_" and "-"."""

WRAPPERS = (
    "node",
    "attributes",
    "fields",
    "frontmatter",
    "post",
    "article",
    "item",
    "content",
    "data",
    "_source",
    "sys",
)
"""Objects within an entry that hold its fields."""
_WORD = re.compile(r"[^a-z0-9@]")
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)[T ]00:00(?::00(?:\.0+)?)?(?:Z|[+-]\d\d:?\d\d)?")
_FLIGHT_DATE = re.compile(r"\$D(?=\d{4}-)")
_NEVER = re.compile(r"0001-|1970-01-01")
_MANY = 50
_LONGEST_DATE = 300
_RECORDINGS = ("audio", "video", "associatedMedia", "encoding")
_MOST_FILES = 5
_PICTURE = re.compile(r"[^\s/.?]*[/.?]\S*")
"""What may be the address of a picture: not its number, not its caption."""


def read_entry(entry: Entry, selectors: Selectors) -> RawCard:
    """Return what `entry` says by the rules of `selectors`, and by the usual names for the fields that have none."""
    names = _by_name(entry)
    links = _said(entry, names, selectors.link, "link")
    return RawCard(
        links=tuple(RawLink(link.strip()) for link in islice(links, _MANY) if len(link) <= LONGEST_ADDRESS),
        title=_title(entry, names, selectors.title),
        guess=False,
        dates=tuple(dict.fromkeys(islice(_dates(_said(entry, names, selectors.date, "date")), _MANY))),
        summary=next(_cleaned(_said(entry, names, selectors.summary, "summary"), SUMMARY_LIMIT), None),
        images=tuple(
            link for link in islice(_said(entry, names, selectors.image, "image"), 4) if _PICTURE.fullmatch(link)
        ),
        media=_media(entry),
        authors=_people(_said(entry, names, selectors.author, "author")),
        tags=_tags(_ruled(entry, selectors.tags, "tags")) if selectors.tags else (),
        content=next(iter(_ruled(entry, selectors.content, "content")), None) if selectors.content else None,
    )


def field_path(entry: Entry, field: str) -> Iterator[str]:
    """Yield the paths in `entry` under which `field` usually stands, the likeliest first."""
    names = _by_name(entry)
    for name in NAMES[field]:
        yield from names.get(name, ())


def texts_at(entry: Entry, path: str, field: str) -> Iterator[str]:
    """Yield the texts at `path` in `entry`, which are read as `field`."""
    for value in follow(entry, path):
        yield from texts(value, address=field in ("link", "image"))


def _by_name(entry: Entry) -> dict[str, list[str]]:
    """Return the paths to the keys of `entry` and of its wrappers, by the keys' plain spelling."""
    found: dict[str, list[str]] = {}
    inner = [("", entry)]
    for name in WRAPPERS:
        wrapped = entry.get(name)
        if isinstance(wrapped, dict):
            inner.append((f"{name}.", wrapped))
            inner += [(f"{name}.{one}.", wrapped[one]) for one in WRAPPERS if isinstance(wrapped.get(one), dict)]
    for prefix, node in inner:
        for key in islice(node, 500):
            found.setdefault(_WORD.sub("", str(key).lower()), []).append(f"{prefix}{key}")
    return found


def _said(entry: Entry, names: Mapping[str, list[str]], rule: FieldRule | None, field: str) -> Iterator[str]:
    if rule:
        yield from _ruled(entry, rule, field)
        return
    for name in NAMES[field]:
        for path in names.get(name, ()):
            yield from texts_at(entry, path, field)


def _ruled(entry: Entry, rule: FieldRule, field: str) -> Iterator[str]:
    for reading in rule:
        if reading.text:
            found: Iterable[str] = [reading.text]
        elif reading.select:
            found = texts_at(entry, str(reading.select), field)
        else:
            whole = reading.joined([next(texts_at(entry, str(pick), field), None) for pick in reading.join])
            found = [whole] if whole else []
        made = [kept for text in islice(found, _MANY) for kept in reading.kept(text)]
        yield from made or reading.kept(None)


def _title(entry: Entry, names: Mapping[str, list[str]], rule: FieldRule | None) -> str | None:
    titles = list(islice(_cleaned(_said(entry, names, rule, "title"), TITLE_LIMIT), _MANY))
    title = titles[0] if titles else None
    if title is None or rule is not None or without_ellipsis(title) == title:
        return title
    for whole in titles[1:]:  # search engines want headlines of 110 characters: some sites cut them
        title = fuller(title, whole)
    return title


def _cleaned(found: Iterable[str], limit: int) -> Iterator[str]:
    for text in found:
        if words := clean(_plain(text), limit):
            yield words


def _plain(text: str) -> str:
    """Return `text` without markup and entities: data should hold neither, and often do."""
    stripped = without_markup(text)
    return html.unescape(text) if stripped == text and "&" in text else stripped


def _dates(found: Iterable[str]) -> Iterator[str]:
    for text in found:
        written = _FLIGHT_DATE.sub("", " ".join(text[:_LONGEST_DATE].split()))
        if not written or _NEVER.match(written):
            continue
        if day := _MIDNIGHT.fullmatch(written):
            yield day[1]  # a day that a program wrote as a moment: nobody publishes at midnight to the second
        else:
            yield _number(written) or written


def _number(text: str) -> str | None:
    """Return a number as the date reader knows it: Unix time as it is, 20260206 as a day; None for other texts."""
    try:
        value = float(text)
    except ValueError:
        return None
    whole = str(int(value)) if math.isfinite(value) else ""
    return f"{whole[:4]}-{whole[4:6]}-{whole[6:]}" if re.fullmatch(r"(?:19|20)\d{6}", whole) else whole


def _media(entry: Entry) -> tuple[str, ...]:
    """Return the addresses of the recordings of an entry (schema.org), or of the one that it is."""
    held = [one for name in _RECORDINGS for one in _listed(entry.get(name)) if isinstance(one, Mapping)]
    found = (str(one["contentUrl"]) for one in (entry, *held) if isinstance(one.get("contentUrl"), str))
    files = (one for one in found if len(one) <= LONGEST_ADDRESS and is_media_file(one))
    return tuple(dict.fromkeys(files))[:_MOST_FILES]


def _listed(value: Any) -> list[Any]:
    return value[:_MANY] if isinstance(value, list) else [value]


def _people(found: Iterable[str]) -> tuple[str, ...]:
    names = (clean(_plain(name).strip(" ,;|"), NAME_LIMIT) for name in islice(found, _MANY))
    return tuple(dict.fromkeys(name for name in names if name and not _is_address(name)))


def _is_address(name: str) -> bool:
    return "://" in name or name.startswith(("/", "#"))


def _tags(found: Iterable[str]) -> tuple[str, ...]:
    named: dict[str, str] = {}
    for text in islice(found, _MANY):
        for part in text.split(","):
            name = clean(_plain(part).replace("#", " ").strip(" ;|"), NAME_LIMIT)
            if name and (key := tag_key(name)):
                named.setdefault(key, name)
    return tuple(named.values())
