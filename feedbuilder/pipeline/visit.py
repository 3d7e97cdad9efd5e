"""Reading one article's own page: fetch it, read it, complete the item that its list gave.

Owns the order of these steps, and which entries become one because their article has one address.
"""

from __future__ import annotations

from feedbuilder.article import addresses, doubt, statement_of
from feedbuilder.logger import log
from feedbuilder.model import (
    Articles,
    ArticleVisit,
    ExtractError,
    FeedbuilderError,
    FetchError,
    Known,
    Source,
)
from feedbuilder.model.article import Article
from feedbuilder.pipeline.article_visits import after_failure, is_given_up
from feedbuilder.pipeline.ports import Tools, Transaction
from feedbuilder.store import complete, survivor, without_page

_FORGOTTEN = "its item was forgotten meanwhile"


def visit(planned: ArticleVisit, source: Source, tools: Tools) -> str | None:
    """Read an article's own page and complete its item; return why that failed, None if it did not.

    Whatever is wrong with the page, or with the program that reads it, the item stays what its list says.
    Raises StoreError.
    """
    cause: FetchError | None = None
    try:
        page = tools.fetcher.further(source, planned.link)
        article = tools.reader.read_article(page, source, planned.listed, full=source.articles is Articles.FULL)
        problem = doubt(article, planned.listed, source)
        if problem is None:
            return _completed(planned, article, source, tools)
    except FetchError as error:
        problem, cause = error.finding or str(error), error
    except ExtractError as error:
        problem = str(error)
    except FeedbuilderError:
        raise
    except Exception as error:
        # A bug of ours that this page brought to light costs this page alone: it waits like any that cannot be read.
        log.exception("a bug, please report it: article not read", source=source.id, article=planned.link)
        problem = f"unexpected error, please report it: {error!r}"
        with tools.store.transaction() as memory:
            memory.count_bug(source.id)
    return _postponed(planned, problem, cause, tools)


def _completed(planned: ArticleVisit, article: Article, source: Source, tools: Tools) -> str | None:
    """Remember what an article's page says; return why that cannot be done, None if it was."""
    now = tools.clock()
    with tools.store.transaction() as memory:
        known = memory.known_item(planned.item)
        if known is None:
            return _FORGOTTEN
        for address in addresses(article, source):
            known = _joined(memory, known, address, article)
        completion = complete(known, statement_of(article), article.published, source, now)
        if completion is not None:
            memory.complete(planned, completion, now)
    return None


def _postponed(planned: ArticleVisit, problem: str, cause: FetchError | None, tools: Tools) -> str:
    """Remember that a page could not be read; return for people why not."""
    failed = after_failure(planned, problem, tools.clock(), cause)
    given_up = is_given_up(failed)
    with tools.store.transaction() as memory:
        known = memory.known_item(planned.item)
        if known is None:
            return _FORGOTTEN
        if not given_up:
            memory.postpone(failed)
        elif left := without_page(known, tools.clock()):
            memory.give_up(failed, *left)
    return f"{problem} It will not be tried again." if given_up else problem


def _joined(memory: Transaction, known: Known, address: str, article: Article) -> Known:
    """Return the entry that `known` is, now that its article also has `address`: it, or another that it goes into."""
    twin = memory.known([address]).get(address)
    own = article.title if article.origins.get("title") != "list" else None
    if twin is None:
        memory.add_aliases({address: known.identity.id})
    elif twin.identity.id != known.identity.id and (pair := survivor(known, twin, article.title, own=own)):
        first, second = pair
        memory.absorb(second.identity, first.identity.id)
        return memory.known_item(first.identity.id) or known
    return known
