"""The tables. What both SQLite and PostgreSQL speak, and nothing else.

Owns what is remembered and how rows hang together. A change here needs a migration in `migrations/versions`, and
`VERSION` is the newest one; a test holds the two together.

    sources ── source_tags                 what the configuration says of a source, and what we know of it
    identities ── items                    identities stay for ever, the texts of an item go with retention
    items ── statements ── statement_tags  what each source last said about each item, and the tags it gave
    items ── media_files                   what servers said of the sound and video that belong to items
    items ── articles ── article_tags      what each article's own page said, or that it is still to be read
    identities ── aliases                  further addresses of one article
    address_rules                          what changes in the addresses of a source and means nothing
    editions                               what the page of a source whose changes are watched said last
    list_memories, kept_pages              what its list usually looks like, and a good and a bad page to look into
    kept_cards                             what its cards said, for processes that have not read them
    icons                                  the picture of each source's site, for feeds of this source alone
    backlogs                               the sources that were not read since a lost store was filled again
    health_events                          what people should hear of sources: incidents, recoveries, repairs
    alerted                                up to which of these each address was sent alerts
    hubs ── pinged                         how a WebSub hub answers, and what it was told of each feed
    runs, feeds                            the history of readings; which feeds there have been, and since when
    tag_feeds                              the addresses that tags were given
    archive_pages                          where each archive document of a feed ends
    host_waits                             the hosts that want to be left alone
    touched                                what has changed since feeds were last published (written by triggers)
    tag_counts, source_counts              how often each tag is there in each spelling, and items of each source
                                           (written by triggers)
    arrivals                               the items of each source in the order of their coming (written by triggers)
    tag_names                              which spelling of each tag is shown
    printed ── printed_entries             what stands in the output of each feed, and what it was made from;
    printed ── printed_files               the feed with an empty slug are the files at the top
    holders, host_turns                    who works on a store that is on a server, and who asks which host

SQLite has an index of texts besides, in tables that no query of ours but `search` names: `migrations/search_index.py`;
and one of titles, `searched_titles`, on PostgreSQL of their beginnings: it takes no key as long as a title may be.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

from feedbuilder.store.columns import Duration, Json, Texts, Told, UtcMoment, WordList

VERSION = "0032"
"""The newest of the migrations that make these tables."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

sources = Table(
    "sources",
    metadata,
    Column("id", Text, primary_key=True),
    # As configured; empty for a source that is known from its items only.
    Column("url", Told),
    Column("title", WordList),
    Column("zone", Text),
    # Since when it is in the configuration no longer; empty as long as it is there.
    Column("removed", UtcMoment),
    # Its state: see SourceState.
    Column("fingerprint", Text, nullable=False),
    Column("etag", WordList),
    Column("last_modified", WordList),
    Column("sitemaps", Json),
    Column("interval", Duration),
    Column("next_due", UtcMoment),
    Column("blocked_until", UtcMoment),
    Column("failures", Integer, nullable=False),
    Column("bugs", Integer, nullable=False, server_default="0"),
    Column("warning", Told),
    Column("last_run", UtcMoment),
    Column("last_success", UtcMoment),
    Column("last_change", UtcMoment),
    Column("error", Told),
    Column("requested", UtcMoment),
    Column("landed", Told),
    Column("listed_as", Text),
    Column("page_as", Text),
    Column("doubts", Json, nullable=False),
    Column("incident", UtcMoment),
    # Why its list was chosen, noted by whoever added it; empty for one that was written by hand.
    Column("origin", Json),
)
# Those that were asked for, mostly none: `run` looks every second.
_ASKED_FOR = sources.c.requested.is_not(None)
# On both databases, by the migration; to say so here too would load the other one's dialect at every start.
Index("ix_sources_requested", sources.c.requested, sqlite_where=_ASKED_FOR)

list_memories = Table(
    "list_memories",
    metadata,
    Column("source", Text, ForeignKey("sources.id", ondelete="CASCADE"), primary_key=True),
    # See ListMemory.
    Column("settings", Text, nullable=False),
    Column("profile", Json),
    Column("strange", Json, nullable=False),
    Column("repair", Json),
    Column("names", Json),
    # See Gap; without tries there is none.
    Column("gap_since", UtcMoment),
    Column("gap_tries", Integer),
    Column("gap_behind", Integer),
    Column("still", LargeBinary),
)

kept_pages = Table(
    "kept_pages",
    metadata,
    Column("source", Text, ForeignKey("sources.id", ondelete="CASCADE"), primary_key=True),
    # See KeptPage.
    Column("kind", Text, primary_key=True),
    Column("url", Told, nullable=False),
    Column("fetched", UtcMoment, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Index(None, "fetched"),
)

editions = Table(
    "editions",
    metadata,
    Column("source", Text, ForeignKey("sources.id", ondelete="CASCADE"), primary_key=True),
    # See Edition.
    Column("settings", Text, nullable=False),
    # Its lines, compressed.
    Column("content", LargeBinary, nullable=False),
    Column("former", Json, nullable=False),
    Column("restless", Integer, nullable=False),
    Column("doubted", Boolean, nullable=False),
)

kept_cards = Table(
    "kept_cards",
    metadata,
    Column("source", Text, ForeignKey("sources.id", ondelete="CASCADE"), primary_key=True),
    # See FamiliarList.
    Column("content", LargeBinary, nullable=False),
)

source_tags = Table(
    "source_tags",
    metadata,
    Column("source", Text, ForeignKey("sources.id", ondelete="CASCADE"), primary_key=True),
    Column("key", WordList, primary_key=True),
    Column("name", WordList, nullable=False),
    Index(None, "key"),
)

identities = Table(
    "identities",
    metadata,
    Column("id", Text, primary_key=True),
    Column("canonical", WordList, nullable=False),
    # What it is found by: addresses may be longer than PostgreSQL's indexes take (2,704 bytes).
    Column("digest", Text, nullable=False, unique=True),
    Column("published", UtcMoment, nullable=False),
    Column("precision", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("first_seen", UtcMoment, nullable=False),
    Column("position", Integer, nullable=False),
    Column("announced", Boolean, nullable=False),
)
# The order of `newest`: feeds walk along it and stop when they are full.
Index(
    "ix_identities_newest",
    identities.c.first_seen.desc(),
    identities.c.published.desc(),
    identities.c.position,
    identities.c.id.desc(),
)

items = Table(
    "items",
    metadata,
    Column("id", Text, ForeignKey("identities.id"), primary_key=True),
    Column("link", WordList, nullable=False),
    Column("title", WordList),
    Column("summary", WordList),
    Column("authors", Texts, nullable=False),
    Column("image", WordList),
    Column("enclosures", Texts, nullable=False),
    # The text that lists show; that of the article's own page stands with `articles`.
    Column("listed_html", WordList),
    Column("changed", UtcMoment, nullable=False),
    # Title, summary and link in one case, for searching: SQLite folds the case of ASCII only.
    Column("folded", WordList, nullable=False),
)

statements = Table(
    "statements",
    metadata,
    Column("item", Text, ForeignKey("items.id", ondelete="CASCADE"), primary_key=True),
    Column("source", Text, ForeignKey("sources.id"), primary_key=True),
    Column("link", WordList, nullable=False),
    Column("title", WordList),
    Column("summary", WordList),
    Column("authors", Texts, nullable=False),
    Column("image", WordList),
    Column("enclosures", Texts, nullable=False),
    Column("tags", Texts, nullable=False),
    Column("first_seen", UtcMoment, nullable=False),
    # Of what is not listed; else when its source was last read well, see `last_seen`.
    Column("last_seen", UtcMoment, nullable=False),
    Column("revised", UtcMoment),
    Column("former_images", Texts, nullable=False),
    Column("former_titles", Texts, nullable=False),
    Column("former_summaries", Texts, nullable=False),
    Column("content_html", WordList),
    Column("former_contents", Texts, nullable=False, server_default="[]"),
    Column("dated", UtcMoment),
    Column("assumed", Boolean, nullable=False),
    # Whether the source's page showed the item when it was last read.
    Column("listed", Boolean, nullable=False),
    # A hash of the item as the page showed it then, where showing it so again changes nothing; emptied by triggers
    # whenever anything that is known of the item changes.
    Column("standing", Text),
    # The items of a source, and which it lists; found without reading the rows, which hold the texts.
    Index(None, "source", "listed", "item"),
    Index(None, "last_seen", "item"),
)

statement_tags = Table(
    "statement_tags",
    metadata,
    Column("item", Text, primary_key=True),
    Column("source", Text, primary_key=True),
    Column("key", WordList, primary_key=True),
    # As `model.wording.tag_name` gives it.
    Column("name", WordList, nullable=False),
    # As in `identities`, which a trigger holds it to.
    Column("first_seen", UtcMoment, nullable=False),
    ForeignKeyConstraint(["item", "source"], ["statements.item", "statements.source"], ondelete="CASCADE"),
    # The items of a tag in the order of their coming; found without reading the rows.
    Index(None, "key", "first_seen", "item"),
    sqlite_with_rowid=False,
)

articles = Table(
    "articles",
    metadata,
    Column("item", Text, ForeignKey("items.id", ondelete="CASCADE"), primary_key=True),
    # The list by whose settings its page is read.
    Column("source", Text, ForeignKey("sources.id"), nullable=False),
    Column("link", WordList, nullable=False),
    # When its page is to be read next; empty when that was done, or given up.
    Column("due", UtcMoment),
    Column("tries", Integer, nullable=False),
    Column("error", Told),
    # Kept out of the feeds until then; empty for what is in them.
    Column("held_until", UtcMoment),
    # What it said: see ArticleStatement. Empty until its page was read.
    Column("read", UtcMoment),
    Column("title", WordList),
    Column("summary", WordList),
    Column("authors", Texts, nullable=False),
    Column("image", WordList),
    # See ImageDetails.
    Column("picture", Json),
    Column("tags", Texts, nullable=False),
    Column("content_html", WordList),
    Column("enclosures", Texts, nullable=False, server_default="[]"),
    Column("origins", Json),
    Index(None, "source", "due"),
    Index(None, "held_until"),
)

article_tags = Table(
    "article_tags",
    metadata,
    Column("item", Text, ForeignKey("articles.item", ondelete="CASCADE"), primary_key=True),
    # As in `statement_tags`.
    Column("key", WordList, primary_key=True),
    Column("name", WordList, nullable=False),
    Column("first_seen", UtcMoment, nullable=False),
    Index(None, "key", "first_seen", "item"),
    sqlite_with_rowid=False,
)

media_files = Table(
    "media_files",
    metadata,
    Column("item", Text, ForeignKey("items.id", ondelete="CASCADE"), primary_key=True),
    # Of its address, as in `identities`.
    Column("digest", Text, primary_key=True),
    Column("url", WordList, nullable=False),
    # The list that shows it.
    Column("source", Text, ForeignKey("sources.id"), nullable=False),
    # What its server said of it: see MediaFile.
    Column("kind", Text),
    Column("size", BigInteger),
    # When it is to be asked; empty when it was, or was asked often enough.
    Column("due", UtcMoment),
    Column("tries", Integer, nullable=False),
    Index(None, "source", "due"),
    Index(None, "digest"),
)

aliases = Table(
    "aliases",
    metadata,
    # As in `identities`.
    Column("digest", Text, primary_key=True),
    Column("canonical", WordList, nullable=False),
    Column("item", Text, ForeignKey("identities.id"), nullable=False),
    Index(None, "item"),
)

address_rules = Table(
    "address_rules",
    metadata,
    Column("source", Text, ForeignKey("sources.id"), primary_key=True),
    # See AddressRule.
    Column("place", Text, primary_key=True),
    Column("name", WordList, primary_key=True),
    Column("learnt", UtcMoment, nullable=False),
    Column("before", WordList, nullable=False),
    Column("after", WordList, nullable=False),
    Column("tells_apart", Boolean, nullable=False),
)

icons = Table(
    "icons",
    metadata,
    Column("source", Text, ForeignKey("sources.id"), primary_key=True),
    # When its site was last asked for one, with or without success.
    Column("tried", UtcMoment, nullable=False),
    # Since when this one is known; empty where there is none, and so are the others.
    Column("taken", UtcMoment),
    # Its ending: "png".
    Column("kind", Text),
    Column("content", LargeBinary),
)

backlogs = Table(
    "backlogs",
    metadata,
    Column("source", Text, ForeignKey("sources.id"), primary_key=True),
    Column("shown", Boolean, nullable=False),
    Column("oldest", UtcMoment, nullable=False),
    Column("newest", UtcMoment, nullable=False),
)

runs = Table(
    "runs",
    metadata,
    # SQLite counts up an INTEGER only.
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("source", Text, ForeignKey("sources.id"), nullable=False),
    Column("started", UtcMoment, nullable=False),
    Column("finished", UtcMoment, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("found", Integer, nullable=False),
    Column("new", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("error", Told),
    Column("status", Integer),
    Column("retry_after", Duration),
    Column("response", Duration),
    Index(None, "source", "id"),
)

health_events = Table(
    "health_events",
    metadata,
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    # See HealthEvent.
    Column("id", Text, nullable=False),
    Column("source", Text, ForeignKey("sources.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("at", UtcMoment, nullable=False),
    Column("since", UtcMoment),
    Column("failures", Integer, nullable=False),
    Column("reason", Told),
)

alerted = Table(
    "alerted",
    metadata,
    # A hash: addresses may be secrets.
    Column("address", Text, primary_key=True),
    Column("event", BigInteger, nullable=False),
)

hubs = Table(
    "hubs",
    metadata,
    # As it stands in feeds; see HubState.
    Column("address", Text, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("since", UtcMoment),
    Column("not_before", UtcMoment),
    Column("error", Told),
)

pinged = Table(
    "pinged",
    metadata,
    Column("hub", Text, ForeignKey("hubs.address", ondelete="CASCADE"), primary_key=True),
    Column("slug", Text, primary_key=True),
    # What the hub was told of the feed: a hash of its newest entry and its date.
    Column("told", Text, nullable=False),
)

feeds = Table(
    "feeds",
    metadata,
    Column("slug", Text, primary_key=True),
    Column("created", UtcMoment, nullable=False),
)

tag_feeds = Table(
    "tag_feeds",
    metadata,
    Column("slug", Text, primary_key=True),
    # See TagFeed.
    Column("table", Text, nullable=False),
    Column("key", WordList, nullable=False),
    Column("name", WordList, nullable=False),
)

archive_pages = Table(
    "archive_pages",
    metadata,
    Column("slug", Text, primary_key=True),
    # The oldest has 0.
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    # Its last item: see Sight. The item itself may have been forgotten.
    Column("first_seen", UtcMoment, nullable=False),
    Column("published", UtcMoment, nullable=False),
    Column("height", Integer, nullable=False),
    Column("item", Text, nullable=False),
)

host_waits = Table(
    "host_waits",
    metadata,
    # See HostWait.
    Column("place", Text, primary_key=True),
    Column("until", UtcMoment, nullable=False),
    Column("since", UtcMoment, nullable=False),
    Column("refusals", Integer, nullable=False),
    Column("reason", Told, nullable=False),
    Column("status", Integer),
)

touched = Table(
    "touched",
    metadata,
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    # One of the three; a source for its icon.
    Column("item", Text),
    Column("tag", WordList),
    Column("source", Text),
    Index(None, "item"),
    Index(None, "tag"),
    Index(None, "source"),
    # No number is given twice, also not after all rows were deleted.
    sqlite_autoincrement=True,
)

tag_counts = Table(
    "tag_counts",
    metadata,
    Column("key", WordList, primary_key=True),
    Column("name", WordList, primary_key=True),
    # The rows of `statement_tags` and `article_tags` that say so.
    Column("items", BigInteger, nullable=False),
)

source_counts = Table(
    "source_counts",
    metadata,
    Column("source", Text, primary_key=True),
    # Its rows in `statements`, and those of them that are listed.
    Column("items", BigInteger, nullable=False),
    Column("listed", BigInteger, nullable=False),
)

arrivals = Table(
    "arrivals",
    metadata,
    # A statement, as the order needs it: its source, and when its item was first seen by any.
    Column("source", Text, primary_key=True),
    Column("first_seen", UtcMoment, primary_key=True),
    Column("item", Text, primary_key=True),
    # The key is all there is.
    sqlite_with_rowid=False,
)

tag_names = Table(
    "tag_names",
    metadata,
    Column("key", WordList, primary_key=True),
    # As feeds showed it when they were last published.
    Column("name", WordList, nullable=False),
)

printed = Table(
    "printed",
    metadata,
    Column("slug", Text, primary_key=True),
    # See PrintedFeed.
    Column("mark", Text, nullable=False),
    Column("summary", Json, nullable=False),
)

printed_entries = Table(
    "printed_entries",
    metadata,
    Column("slug", Text, ForeignKey("printed.slug", ondelete="CASCADE"), primary_key=True),
    # Empty for the live files, else the name of an archive document.
    Column("document", Text, primary_key=True),
    # The item itself may have been forgotten.
    Column("item", Text, primary_key=True),
    Index(None, "item"),
)

printed_files = Table(
    "printed_files",
    metadata,
    Column("slug", Text, ForeignKey("printed.slug", ondelete="CASCADE"), primary_key=True),
    Column("path", Text, primary_key=True),
    # See FileStamp.
    Column("size", BigInteger, nullable=False),
    Column("modified", BigInteger, nullable=False),
    Column("etag", Text),
)

holders = Table(
    "holders",
    metadata,
    # The machine, and the configuration that it is worked by there.
    Column("host", Text, primary_key=True),
    Column("configuration", Text, primary_key=True),
)

host_turns = Table(
    "host_turns",
    metadata,
    Column("place", Text, primary_key=True),
    # By the server's clock. Until then the pause after the last request lasts.
    Column("free_at", UtcMoment, nullable=False),
    # Until when whoever has the turn is believed to be there; empty while nobody has it.
    Column("taken_until", UtcMoment),
    Column("token", Text),
)
