"""Which pages of a source are kept to be looked into: the last one that was read well, and the first that was not.

Owns of which sources none is kept, and nothing of their cards, and when a page is the first. What is left of a page is
`parse.kept_copy`'s.
"""

from __future__ import annotations

from feedbuilder.logger import log
from feedbuilder.masking import mask_text
from feedbuilder.model import (
    ExtractError,
    FeedbuilderError,
    KeptKind,
    KeptPage,
    Page,
    Source,
    SourceState,
    Surroundings,
)
from feedbuilder.pipeline.ports import Tools, Transaction


def may_keep(source: Source) -> bool:
    """Return whether pages of `source` may be kept: those that others could not see are not, unless that is asked.

    Documents are not: there is nothing to be seen in them.
    """
    if not source.kind.is_page:
        return False
    if source.keep_pages is not None:
        return source.keep_pages
    is_private = source.headers or source.login or source.request
    return not is_private and mask_text(source.url) == source.url


def may_keep_cards(source: Source) -> bool:
    """Return whether it may be kept what the cards of `source` say, so that the next process need not read them again.

    That is most of its page. There are none where the articles are read from data.
    """
    return may_keep(source) and source.selectors.place is None


def good_page(page: Page, source: Source, tools: Tools, around: Surroundings | None = None) -> KeptPage | None:
    """Return `page`, which was read well, as it may be kept; None where it may not. `around`: what was seen of it."""
    if not may_keep(source):
        return None
    return _copy(page, source, KeptKind.GOOD, tools) if around is None else _kept(page, KeptKind.GOOD, around.copy)


def bad_page(page: Page, source: Source, state: SourceState, tools: Tools) -> KeptPage | None:
    """Return `page`, which was not read well, as it may be kept; None where it may not, or is not the first one."""
    if not may_keep(source):
        return None
    before = tools.store.kept_moments(source.id).get(KeptKind.BAD)
    if before is not None and (state.last_success is None or before > state.last_success):
        return None
    return _copy(page, source, KeptKind.BAD, tools)


def keep(memory: Transaction, source: Source, page: KeptPage | None) -> None:
    """Keep `page`; where none of `source` may be kept any more, forget those that were."""
    if page is not None:
        memory.keep_page(source.id, page)
    elif not may_keep(source):
        memory.forget_pages(source.id)


def _copy(page: Page, source: Source, kind: KeptKind, tools: Tools) -> KeptPage | None:
    try:
        content = tools.reader.kept_copy(page, source)
    except ExtractError:  # what cannot be read cannot be looked into
        return None
    except FeedbuilderError:
        raise
    except Exception:
        log.exception("a bug, please report it: page not kept", source=source.id)
        return None  # what is for looking into costs no reading
    return _kept(page, kind, content)


def _kept(page: Page, kind: KeptKind, content: bytes | None) -> KeptPage | None:
    return None if content is None else KeptPage(kind, page.url, page.fetched_at, content)
