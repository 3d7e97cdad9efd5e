"""The vocabulary that all stages share: values, settings and errors. Imports nothing else of ours."""

from feedbuilder.model.address_rule import AddressRule
from feedbuilder.model.article import Article
from feedbuilder.model.article_visit import ArticleNote, ArticleStatement, ArticleVisit
from feedbuilder.model.browser_view import Blocked, BrowserView
from feedbuilder.model.changes import Backlog, Change, Changes, Completion, Identity, Known, Standing
from feedbuilder.model.data_place import DataPlace
from feedbuilder.model.edition import ChangesSettings, Edition, Watched
from feedbuilder.model.errors import (
    AlreadyRunningError,
    BackupError,
    ClockError,
    ConfigError,
    ExtractError,
    FeedbuilderError,
    FetchError,
    LostStoreError,
    NoneWantedError,
    NotAskedError,
    NothingFoundError,
    OutdatedError,
    PrivateAddressError,
    PublishError,
    ReadingStoppedError,
    StoreAwayError,
    StoreError,
    StoreRefusedError,
)
from feedbuilder.model.feed import Choice, Feed, FeedFile
from feedbuilder.model.field_selectors import FieldRule, Pick, Reading
from feedbuilder.model.health_event import EventKind, HealthEvent
from feedbuilder.model.history import ArchivePage, Sight
from feedbuilder.model.host_wait import LONGEST_RETRY_AFTER, HostWait
from feedbuilder.model.hub_state import HubState
from feedbuilder.model.icon import Icon
from feedbuilder.model.image_details import ImageDetails
from feedbuilder.model.item_filter import Filter
from feedbuilder.model.items import (
    Item,
    NotModified,
    Outcome,
    Page,
    Precision,
    Run,
    SaidDate,
    SourceState,
    Statement,
    StoredItem,
    Validators,
)
from feedbuilder.model.kept_page import KeptKind, KeptPage
from feedbuilder.model.list_memory import ONLY_ITEMS, AskedOfList, FamiliarList, Gap, ListMemory, Repair, RepairState
from feedbuilder.model.list_profile import ListProfile
from feedbuilder.model.login import Login, LoginForm, LoginKind
from feedbuilder.model.outline import Outline, Placed
from feedbuilder.model.page_facts import KnownNames, PageFacts, PageNames, SaidNames, StandIn, StandInKind, Surroundings
from feedbuilder.model.printed import FileStamp, PrintedFeed, Printing, Touched
from feedbuilder.model.request import PageTurn, Request
from feedbuilder.model.response_times import ResponseTimes
from feedbuilder.model.selectors import ArticleSelectors, Selectors
from feedbuilder.model.settings import (
    AlertSettings,
    BrowserSettings,
    BucketSettings,
    FetchSettings,
    ReadingSettings,
    Site,
    StoreSettings,
)
from feedbuilder.model.source import Articles, Heal, Source
from feedbuilder.model.source_kind import SourceKind
from feedbuilder.model.tags import TagFeed, TagRules, TagUse

__all__ = [
    "LONGEST_RETRY_AFTER",
    "ONLY_ITEMS",
    "AddressRule",
    "AlertSettings",
    "AlreadyRunningError",
    "ArchivePage",
    "Article",
    "ArticleNote",
    "ArticleSelectors",
    "ArticleStatement",
    "ArticleVisit",
    "Articles",
    "AskedOfList",
    "Backlog",
    "BackupError",
    "Blocked",
    "BrowserSettings",
    "BrowserView",
    "BucketSettings",
    "Change",
    "Changes",
    "ChangesSettings",
    "Choice",
    "ClockError",
    "Completion",
    "ConfigError",
    "DataPlace",
    "Edition",
    "EventKind",
    "ExtractError",
    "FamiliarList",
    "Feed",
    "FeedFile",
    "FeedbuilderError",
    "FetchError",
    "FetchSettings",
    "FieldRule",
    "FileStamp",
    "Filter",
    "Gap",
    "Heal",
    "HealthEvent",
    "HostWait",
    "HubState",
    "Icon",
    "Identity",
    "ImageDetails",
    "Item",
    "KeptKind",
    "KeptPage",
    "Known",
    "KnownNames",
    "ListMemory",
    "ListProfile",
    "Login",
    "LoginForm",
    "LoginKind",
    "LostStoreError",
    "NoneWantedError",
    "NotAskedError",
    "NotModified",
    "NothingFoundError",
    "Outcome",
    "OutdatedError",
    "Outline",
    "Page",
    "PageFacts",
    "PageNames",
    "PageTurn",
    "Pick",
    "Placed",
    "Precision",
    "PrintedFeed",
    "Printing",
    "PrivateAddressError",
    "PublishError",
    "Reading",
    "ReadingSettings",
    "ReadingStoppedError",
    "Repair",
    "RepairState",
    "Request",
    "ResponseTimes",
    "Run",
    "SaidDate",
    "SaidNames",
    "Selectors",
    "Sight",
    "Site",
    "Source",
    "SourceKind",
    "SourceState",
    "StandIn",
    "StandInKind",
    "Standing",
    "Statement",
    "StoreAwayError",
    "StoreError",
    "StoreRefusedError",
    "StoreSettings",
    "StoredItem",
    "Surroundings",
    "TagFeed",
    "TagRules",
    "TagUse",
    "Touched",
    "Validators",
    "Watched",
]
