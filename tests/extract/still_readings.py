"""Pages of one source, read one after the other as polls do, or known to be still and not read."""

from __future__ import annotations

from collections.abc import Iterable

from feedbuilder.extract import extract
from feedbuilder.extract.still_page import StillPage
from feedbuilder.model import AskedOfList, Page, Source
from feedbuilder.pipeline.local_reader import LocalReader


def unread(pages: Iterable[Page], source: Source) -> list[bool]:
    """Return of each of `pages` whether it was known without being read; what it lists is what the last one did."""
    reader, mark, still = LocalReader(), None, b""
    before: Page | None = None
    known = list[bool]()
    for page in pages:
        learnt = StillPage.unpacked(still)
        if mark is not None and learnt is not None and learnt.is_shown_by(page):
            assert before is not None
            assert extract(page, source) == extract(before, source)
            known.append(True)
            continue
        told = reader.read_familiar(page, source, lambda: None, AskedOfList(mark, still=still if mark else None))
        if told.as_before is None:
            mark, still = told.mark, b""
        elif told.still is not None:
            still = told.still
        before = page
        known.append(False)
    return known
