"""What the whole installation shares: the site that is made, how pages are fetched, what is kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import lru_cache
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field

from feedbuilder.model.setting_types import BucketUrl, HttpUrl, PostgresUrl, ProxyUrl, Settings, as_list
from feedbuilder.model.units import Duration, Size


@lru_cache(maxsize=128)  # each file of a feed asks it of the site
def is_loopback(url: str) -> bool:
    """Return whether only this machine reaches `url`."""
    host = urlsplit(url).hostname or ""
    try:
        address = ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    return address.is_loopback or address.is_unspecified


class BucketSettings(Settings):
    """Object storage in place of the folder `output`. Needs `feedbuilder[object-storage]`."""

    url: BucketUrl = Field(
        ...,
        description='The bucket, and a folder in it: "s3://…", "gs://…" or "az://…". Its own address goes to `url` '
        "under [site].",
    )
    options: Mapping[str, str] = Field(
        {},
        description="What the service wants besides: `endpoint`, `region`, `access_key_id`, `secret_access_key`, … as "
        "obstore calls them. Without credentials here, those of the environment are taken, such as AWS_ACCESS_KEY_ID.",
    )


class Site(Settings):
    """The site that the feeds make up."""

    title: str = Field("My feeds", description="The heading of the overview page and of the OPML file.")
    description: str = Field("", description="One sentence about it.")
    url: HttpUrl = Field(
        "http://127.0.0.1:8766/",
        description="The public address of the output folder; feeds name themselves by it.",
    )
    language: str | None = Field(None, description="The language of the pages (BCP 47) where no feed says better.")
    contact: str | None = Field(
        None, description="A mail or web address that goes into the User-Agent, so that sites can reach you."
    )
    output: Path = Field(
        Path("../output"),
        description="The folder the feeds are written to, relative to the configuration file.",
    )
    bucket: BucketSettings | None = Field(
        None, description="Object storage that feeds are written to in place of the folder; see below."
    )
    metrics: Path | None = Field(
        None,
        description="A file with figures for Prometheus, relative to the configuration file, such as "
        '"/var/lib/node_exporter/textfile/feedbuilder.prom". Needs the extra metrics.',
    )
    health: bool = Field(
        True,
        description="Whether a feed of what happens to the sources is written: _health/events/ tells which "
        "cannot be read, which are read again, and which were repaired. It is in no list of feeds.",
    )

    hub: HttpUrl | None = Field(
        None,
        description="A WebSub hub that carries news to subscribers at once: feeds name it, and it is told of each feed "
        "in which something came or changed. Only where `url` is public.",
    )

    @property
    def place(self) -> Path | str:
        """The folder that feeds are written to, or the URL of the bucket."""
        return self.bucket.url if self.bucket else self.output

    @property
    def hub_in_use(self) -> str | None:
        """Return the hub that feeds name; None where there is none, or where no hub could fetch them."""
        return None if is_loopback(self.url) else self.hub

    def address(self, path: str) -> str:
        """Return the public address of `path`, which is relative to the output folder ("" is the folder itself)."""
        return self.url.rstrip("/") + "/" + path


class FetchSettings(Settings):
    """How pages are fetched: limits, politeness, and what may be reached."""

    connect_timeout: Duration = Field(timedelta(seconds=10), description="How long connecting may take.")
    deadline: Duration = Field(
        timedelta(seconds=30), description="How long a page may take in all, redirects included."
    )
    max_bytes: Size = Field(Size(5_000_000), description="How large a page may be, after decompression.")
    max_redirects: int = Field(5, ge=0, le=20, description="How many redirects are followed.")
    host_gap: Duration = Field(timedelta(seconds=1), description="The pause between two requests to the same host.")
    workers: int = Field(
        32,
        ge=1,
        le=256,
        description="How many hosts are asked at the same time; of each, one page at a time. It mostly means waiting.",
    )
    articles_per_run: int = Field(
        20,
        ge=1,
        le=1000,
        description="How many article pages of a source are read at a time; the newest come first. "
        'With articles = "full", the others are published by the next build.',
    )
    icons: bool = Field(
        True,
        description="Whether sites are asked for their icon, once in thirty days, which feeds of one source then show.",
    )
    media: bool = Field(
        True, description="Whether sound and video that articles bring is asked for its type and size, once each."
    )
    robots: bool = Field(True, description="Whether robots.txt is obeyed.")
    user_agent: str | None = Field(None, description="Replaces the honest default, which names us and your contact.")
    allow_hosts: tuple[str, ...] = Field(
        (), description="Hosts that may be reached although their address is private (your own intranet)."
    )
    proxy: ProxyUrl | None = Field(
        None,
        description="A proxy for all requests: http, https or socks5. It then has to refuse private addresses itself.",
    )
    ca_bundle: Path | None = Field(
        None,
        description="A file with the certificates of a private authority, relative to the configuration file.",
    )


class ReadingSettings(Settings):
    """What reading pages may take: it happens in processes of its own, so that no page stops the others."""

    processes: int | None = Field(
        None,
        ge=0,
        le=64,
        description=(
            "How many pages are read at the same time, each in a process. Without it: as many as there are cores, at "
            "least 2, at most 4. 0: in the program itself, where nothing bounds what a page takes."
        ),
    )
    deadline: Duration = Field(
        timedelta(seconds=20), description="How much processor time one page may take; the page counts as not readable."
    )
    memory: Size = Field(Size(500_000_000), description="How much memory reading one page may take.")
    commands: bool = Field(False, description="Whether steps may run the commands that sources name.")
    plugins: bool = Field(False, description="Whether steps may be functions of installed Python packages.")


class BrowserSettings(Settings):
    """The browser for pages that a script builds; it is started where a source needs it. Needs the extra browser."""

    executable: Path | None = Field(
        None,
        description="The program: a Chromium or Google Chrome. Without it: what the system has, such as the package "
        "chromium of Debian.",
    )
    deadline: Duration = Field(
        timedelta(seconds=60),
        description="How long opening one page may take in all, with its scripts, clicks and all.",
    )
    memory: Size = Field(
        Size(1_500_000_000), description="How much memory the browser may take; the page counts as not readable. Linux."
    )
    pages: int = Field(200, ge=1, le=10_000, description="After how many pages a fresh browser takes over.")
    idle: Duration = Field(timedelta(minutes=1), description="How long it is kept without being needed.")


Addresses = Annotated[tuple[HttpUrl, ...], BeforeValidator(as_list, json_schema_input_type=HttpUrl | list[HttpUrl])]


_AppriseAddress = Annotated[str, Field(pattern=r"^[a-zA-Z][a-zA-Z0-9+.-]*://.")]
AppriseAddresses = Annotated[
    tuple[_AppriseAddress, ...],
    BeforeValidator(as_list, json_schema_input_type=_AppriseAddress | list[_AppriseAddress]),
]


class AlertSettings(Settings):
    """Who is told when a source cannot be read, is read again, or was repaired; see also `health` under `[site]`."""

    webhook: Addresses = Field(
        (),
        description="Addresses that events are posted to as a JSON object with title, text and events; several "
        "events at a time. What could not be delivered is tried again.",
    )
    apprise: AppriseAddresses = Field(
        (),
        description="Addresses of Apprise, for mail and chats: mailto://, ntfy://, slack://, matrix://, tgram:// and "
        "many more. Needs the extra alerts.",
    )
    after_failures: int = Field(
        3,
        ge=1,
        le=1000,
        description="After how many failed readings in a row people are told that a source cannot be read, by alerts "
        "and in the health feed. What will hardly pass by itself is told at once: 404, 410, a parked domain, a repair "
        "that waits to be accepted.",
    )


class StoreSettings(Settings):
    """What is remembered, where, and for how long."""

    path: Path = Field(
        Path("../var/feedbuilder.db"),
        description="The SQLite file, relative to the configuration file; never inside the output folder.",
    )
    url: PostgresUrl | None = Field(
        None,
        description="A PostgreSQL database instead of a file, its password from the environment. Needs "
        "`feedbuilder[postgresql]`. `feedbuilder store copy` moves what is remembered there, and back.",
    )
    keep_age: Duration = Field(
        timedelta(days=365),
        description="Items not seen for this long may be forgotten (their ids never are).",
    )
    keep_items: int = Field(
        100_000,
        ge=100,
        description="How many items are kept at the most; the ones seen longest ago go first.",
    )

    @property
    def place(self) -> Path | str:
        """The path of the SQLite file, or the URL of the PostgreSQL database."""
        return self.url or self.path
