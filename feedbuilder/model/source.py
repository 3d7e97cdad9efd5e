"""A source: one section page that is watched, and how its list of articles is read.

These are configuration models: what TOML says, checked, with the defaults filled in. Descriptions are written for the
user; the JSON Schema and the reference in the documentation are made from them.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Field, PrivateAttr, WithJsonSchema, model_validator

from feedbuilder.model.browser_view import BrowserView
from feedbuilder.model.data_place import DataPlace
from feedbuilder.model.date_format import DateFormats
from feedbuilder.model.edition import ChangesSettings
from feedbuilder.model.item_filter import Filter
from feedbuilder.model.request import Request, paging_fault
from feedbuilder.model.selectors import ArticleSelectors, Selectors
from feedbuilder.model.setting_types import HttpUrl, Pattern, ProxyUrl, Settings
from feedbuilder.model.source_kind import SourceKind
from feedbuilder.model.units import Duration, Zone, format_duration


class Articles(StrEnum):
    """Which articles' own pages are read."""

    OFF = "off"
    """None."""
    AUTO = "auto"
    """Those of which the list leaves out what matters: a title cut short, the time, tags that feeds are chosen by."""
    META = "meta"
    """Every new one, for its title, dates, authors, picture and tags."""
    FULL = "full"
    """Every new one, with its text."""


class Heal(StrEnum):
    """What is done where the selectors of a source find its list no longer."""

    AUTO = "auto"
    """The list is found again by its known stories, read by selectors learnt from there, and that is told."""
    PROPOSE = "propose"
    """The same, but nothing is read by them before somebody has accepted them: `feedbuilder heal`."""
    OFF = "off"
    """Nothing but telling."""


FLOOR = timedelta(minutes=10)
CEILING = timedelta(hours=6)
"""Between these the interval of a source adapts, unless its settings say otherwise."""


SourceId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,62}$")]

DIRECT = "direct"
"""In place of a proxy: none, whatever is configured for all."""
_NO_CHANGES = ChangesSettings.model_construct()
"""What nearly all sources have; made once, and told by itself."""


class Source(Settings):
    """One section page that is watched."""

    model_config = ConfigDict(defer_build=False)  # before processes that read are forked, which need it too

    id: SourceId = Field(description="Its permanent name: small letters, digits, - and _. Items are remembered by it.")
    url: HttpUrl = Field(description="The address of the section page.")
    kind: Annotated[SourceKind, WithJsonSchema({"type": "string", "enum": [one.value for one in SourceKind]})] = Field(
        SourceKind.PAGE,
        description=(
            'What is at the address: a "page"; one that a script builds, for which a "browser" is needed; a "feed" '
            '(RSS, Atom, JSON Feed) or a "sitemap", which need no selectors; an answer in "json", into which the '
            'selectors are paths; "changes" for a page without a list, of which each change is an entry.'
        ),
    )
    title: str | None = Field(None, description="Its name for people; without it, the id.")
    home: HttpUrl | None = Field(
        None,
        description="The page that people visit, where `url` is none for them, as an answer in JSON. Feeds link to it.",
    )
    tags: tuple[str, ...] = Field((), description="Tags that every item of this source carries.")
    timezone: Zone | None = Field(
        None, description="The zone in which the site writes its times. Unknown: UTC, with a warning."
    )
    language: str | None = Field(None, description='The language of the site (BCP 47, such as "en" or "pt-BR").')
    day_first: bool | None = Field(
        None, description="Whether 03/02/2026 is 3 February. Unset: the list's other dates decide."
    )
    date_format: DateFormats = Field(
        (),
        description="How the list writes its dates, as strptime has it, one format or several, where they are not read "
        "by themselves. What fits none is read only if it leaves nothing open.",
    )
    paused: bool = Field(
        False, description="Whether nothing is read of it for now; what was published of it stays in its feeds."
    )
    interval: Duration = Field(timedelta(minutes=30), description="How often the page is read.")
    min_interval: Duration | None = Field(
        None, description="The shortest interval that a lively page may earn. Without it: 10m, or interval if shorter."
    )
    max_interval: Duration | None = Field(
        None, description="The longest interval that a quiet page sinks to. Without it: 6h, or interval if longer."
    )
    headers: dict[str, str] = Field(
        default_factory=dict, description="Request headers of this source; never sent to another host."
    )
    login: Annotated[str, Field(min_length=1)] | None = Field(
        None, description="Which of the [logins] lets us in; sources that name the same one share its session."
    )
    proxy: ProxyUrl | Literal["direct"] | None = Field(
        None,
        description='A proxy for this source alone: http, https or socks5; "direct" for none. Behind one, private '
        "addresses are refused by their names only.",
    )
    request: Request | None = Field(None, description="What the address is asked with: the body of a POST.")
    selectors: Selectors = Field(description="Where the articles stand on the page.")
    changes: ChangesSettings = Field(
        _NO_CHANGES, description='With kind = "changes": what of the page is watched, and what is a change of it.'
    )
    browser: BrowserView | None = Field(
        None,
        description='What is done in the browser until the list is there, with kind = "browser"; with kind = '
        '"changes": that the page is opened in one.',
    )
    article: ArticleSelectors = Field(
        ArticleSelectors.model_construct(), description="Where the articles' own pages say what; mostly not needed."
    )
    next: Annotated[str, Field(min_length=1)] | None = Field(
        None,
        description=(
            "Where the list goes on: the selector of the link to its next page, in JSON the path to that address, or "
            'an address with {n} for the number of the page, {n-1}, {offset:20} or {cursor}; "link-header" for a '
            "header that names it."
        ),
    )
    cursor: Annotated[str, Field(min_length=1)] | None = Field(
        None, description="Where a page says what {cursor} stands for on the next one: a path in JSON, else a selector."
    )
    pages: int = Field(
        1,
        ge=1,
        le=20,
        description=(
            "How many pages are read at every reading, until one ends with a known article, and up to twice as many "
            "where the reading before could not have one of them; more than one needs next. "
            "Of an index of sitemaps: how many of those modified last."
        ),
    )
    first_fill_pages: int = Field(
        1, ge=1, le=100, description="How many pages are read, once, when the source is new; more than one needs next."
    )
    articles: Annotated[Articles, WithJsonSchema({"type": "string", "enum": [one.value for one in Articles]})] = Field(
        Articles.AUTO,
        description=(
            'Which articles\' own pages are read, once each: "off"; "auto", where the list cuts the title, gives no '
            'time, or no tags that a feed is chosen by; "meta", all new ones; "full", all new ones with their text.'
        ),
    )
    hold: Duration = Field(
        timedelta(minutes=10), description="How long a new item may wait for its own page before it is published."
    )
    only: Pattern | None = Field(
        None, description="Takes only the articles whose address this regular expression matches somewhere."
    )
    include: Filter = Field(
        Filter.model_construct(),
        description="Takes only new articles that match in every part named here; after only and limit.",
    )
    exclude: Filter = Field(
        Filter.model_construct(), description="Leaves out new articles that match in any part named here."
    )
    limit: int | None = Field(
        None, ge=1, le=10_000, description="How many articles of the list are taken at the most: the first ones."
    )
    allow_empty: bool = Field(
        False, description="Whether a page without any item is all right, rather than a sign of breakage."
    )
    heal: Annotated[Heal, WithJsonSchema({"type": "string", "enum": [one.value for one in Heal]})] = Field(
        Heal.AUTO,
        description=(
            "What is done where the selectors find the list no longer: find it again by its known stories and go on "
            "(auto), or propose that (propose), or only tell (off)."
        ),
    )
    keep_pages: bool | None = Field(
        None,
        description="Whether the last page that was read well and the first that was not are kept for `diagnose`, in "
        "the store, without scripts, form values and secrets, and what its cards said, so that the next `build` need "
        "not read them again. Without it: unless the source has headers, a login, a request, or a secret in its "
        "address.",
    )
    keep_fragment: bool = Field(False, description="Whether #… is part of an article's address (one-page sites).")
    without_links: bool = Field(
        False,
        description=(
            "Whether the articles have no addresses of their own, as in a changelog: each is known by its title and "
            "day, and links to its place on the page."
        ),
    )
    drop_parameters: tuple[str, ...] = Field(
        (), description="URL parameters that do not tell articles apart; trailing * is a wildcard."
    )

    _login_mark: str = PrivateAttr("")
    """What tells its login from the same one with another password: a hash. Set as the configuration is read."""

    @property
    def turns_pages(self) -> bool:
        """Return whether it is known where the list goes on."""
        return self.next is not None or (self.request is not None and self.request.turns)

    @property
    def login_mark(self) -> str:
        """Return a hash of the login that it names, "" without one: what was known by another one is void."""
        return self._login_mark

    def logged_in_by(self, mark: str) -> Self:
        """Return the same source, the login of which has this hash."""
        copy = self.model_copy()
        copy._login_mark = mark  # noqa: SLF001 - it is of this class
        return copy

    @property
    def name(self) -> str:
        """Return what people call it: the title, else the id."""
        return self.title or self.id

    @property
    def needs_browser(self) -> bool:
        """Return whether its page is opened in a browser."""
        return self.kind is SourceKind.BROWSER or self.browser is not None

    @property
    def opens_articles(self) -> bool:
        """Return whether its articles' own pages are opened in a browser."""
        return self.browser is not None and self.browser.articles

    @property
    def floor(self) -> timedelta:
        """Return the shortest interval between two readings."""
        return self.min_interval or min(FLOOR, self.interval, self.max_interval or FLOOR)

    @property
    def ceiling(self) -> timedelta:
        """Return the longest interval between two readings, failures aside."""
        return self.max_interval or max(CEILING, self.interval, self.min_interval or CEILING)

    @model_validator(mode="before")
    @classmethod
    def _with_selectors_of_kind(cls, data: Any) -> Any:
        """Give documents the selectors that they need, so that nothing but the kind has to be said."""
        if not isinstance(data, dict):
            return data
        kind, selectors = data.get("kind", SourceKind.PAGE), data.get("selectors") or {}
        if kind in (SourceKind.PAGE, SourceKind.BROWSER) or not isinstance(selectors, dict):
            return data
        said = {key for key, value in selectors.items() if value not in (None, False)} - {"from", "remove"}
        if said and kind in [one for one in SourceKind if one.is_described]:
            instead = "; what is watched stands in [source.changes]" if kind == SourceKind.CHANGES else ""
            raise ValueError(f'kind = "{kind}" needs no selectors: leave the table [source.selectors] out{instead}')
        return {**data, "selectors": {"from": DataPlace.DOCUMENT.value, **selectors}}

    @model_validator(mode="after")
    def _reads_its_kind(self) -> Self:
        if self.kind.is_page == (self.selectors.place is DataPlace.DOCUMENT):
            raise ValueError('from names a place on a page: leave it out with kind = "json", where all is data')
        return self

    @model_validator(mode="after")
    def _watches_a_page(self) -> Self:
        if self.kind is not SourceKind.CHANGES:
            if self.changes is not _NO_CHANGES and self.changes != _NO_CHANGES:
                raise ValueError('changes is for kind = "changes": set that too, or leave the table out')
            return self
        unused = [key for key in ("next", "only", "limit") if getattr(self, key) is not None]
        unused += ["date_format"] if self.date_format else []
        if unused:
            raise ValueError(f'{unused[0]} is for lists of articles, and kind = "changes" has none; leave it out')
        return self

    @model_validator(mode="after")
    def _opened_as_it_is_read(self) -> Self:
        if self.browser is not None and self.kind not in (SourceKind.BROWSER, SourceKind.CHANGES):
            raise ValueError('the table [source.browser] needs kind = "browser"; one of "changes" may have it too')
        if self.needs_browser and self.next is not None:
            raise ValueError(
                'next names pages as they are sent: with kind = "browser", click and scroll under [source.browser] '
                "show more of the list"
            )
        if self.needs_browser and (unused := [key for key in ("login", "proxy", "request") if getattr(self, key)]):
            raise ValueError(f"{unused[0]} is for pages as they are sent, and a browser opens this one; leave it out")
        return self

    @model_validator(mode="after")
    def _turns_pages_in_one_way(self) -> Self:
        if fault := paging_fault(self.next, self.cursor, self.request):
            raise ValueError(fault)
        return self

    @model_validator(mode="after")
    def _floor_below_ceiling(self) -> Self:
        if self.min_interval and self.max_interval and self.min_interval > self.max_interval:
            shortest, longest = format_duration(self.min_interval), format_duration(self.max_interval)
            raise ValueError(f'min_interval ("{shortest}") is longer than max_interval ("{longest}")')
        return self
