"""Where the files of a feed can be taken apart: between its entries. So an entry is written once and then kept.

Owns by which bytes an entry is known in each format, and how a file is put together of entries that stand written
already and of what is written now. Knows nothing of documents, and not what keeps an entry from being as it was.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Self

from feedbuilder.model import formats


@dataclass(frozen=True, slots=True)
class Seam:
    """How entries stand in the files of one format.

    No text of a site can look like it, for in texts `<` and, in JSON, line ends are written otherwise.
    """

    begin: bytes
    """How each entry begins."""
    end: bytes
    """How each entry ends."""
    rest: bytes
    """How what stands behind the entries begins, in a file that has none."""
    behind: bytes = b""
    """What stands in front of the first, where something in the head of a file might look like one."""
    between: bytes = b""
    opened: bytes = b""
    """What a file with entries has in front of the first, and one without has not."""
    closed: bytes = b""
    """Likewise behind the last."""

    def apart(self, content: bytes) -> tuple[bytes, list[bytes], bytes]:
        """Return what stands before the entries, each of them, and what stands behind them."""
        first = content.find(self.begin, content.find(self.behind) if self.behind else 0)
        if first < 0:
            place = content.rindex(self.rest)
            return content[:place] + self.opened, [], self.closed + content[place:]
        last = content.rindex(self.end) + len(self.end)
        entries = content[first : last - len(self.end)].split(self.end + self.between)
        return content[:first], [entry + self.end for entry in entries], content[last:]

    def together(self, head: bytes, entries: Iterable[bytes], tail: bytes) -> bytes:
        """Return the file of which these are the parts; there has to be an entry."""
        return head + self.between.join(entries) + tail


SEAMS: Mapping[str, Seam] = {
    formats.RSS.key: Seam(b"    <item>\n", b"    </item>\n", b"  </channel>\n"),
    formats.ATOM.key: Seam(b"  <entry", b"  </entry>\n", b"</feed>\n"),
    formats.JSON_FEED.key: Seam(
        b"\n    {\n", b"\n    }", b"]\n}\n", behind=b'\n  "items": [', between=b",", closed=b"\n  "
    ),
    formats.PAGE.key: Seam(b'<article dir="auto"', b"</article>\n", b"</main>\n"),
}
"""By the key of the kind of file."""

_PLAIN = re.compile(rb'"[\w:-]+"')
"""A text in JSON that needs no parser: an id of ours, mostly."""

_CONTENT = b"<content:encoded>"

Write = Callable[[Sequence[int]], bytes]
"""Writes a file of a document as if it had only the entries in these places."""


@dataclass(frozen=True, slots=True)
class WrittenEntries:
    """Entries as they stand in the files of a feed, for those that would be written as they were."""

    entries: Mapping[str, Mapping[str, bytes]]
    """By the key of the kind of file, then by id."""

    @classmethod
    def of(cls, files: Mapping[str, bytes], changed: AbstractSet[str]) -> Self | None:
        """Return the entries in `files` (by the key of their kind) but for those with an id in `changed`.

        None where the files do not hold the same entries.
        """
        apart = {key: SEAMS[key].apart(content)[1] for key, content in files.items()}
        ids = [_id_of(entry) for entry in apart[formats.JSON_FEED.key]]
        if len(set(ids)) != len(ids) or any(len(entries) != len(ids) for entries in apart.values()):
            return None
        return cls(
            {
                key: {one: entry for one, entry in zip(ids, entries, strict=True) if one not in changed}
                for key, entries in apart.items()
            }
        )

    def lacking(self, ids: Iterable[str]) -> list[str]:
        """Return those of `ids` whose entries are to be written."""
        there = next(iter(self.entries.values()))
        return [one for one in ids if one not in there]

    def hold_full(self, ids: Iterable[str]) -> bool:
        """Return whether one of the entries `ids` has a content besides its summary; see `FeedDocument.has_full`."""
        there = self.entries[formats.RSS.key]
        return any(_CONTENT in there[one] for one in ids if one in there)


def spliced(key: str, ids: Sequence[str], write: Write, written: WrittenEntries | None) -> bytes:
    """Return the file of the kind `key` with the entries `ids`; those that stand written are taken as they are."""
    there = written.entries[key] if written else {}
    missing = [place for place, one in enumerate(ids) if one not in there]
    content = write(missing)
    if len(missing) == len(ids):
        return content
    head, made, tail = SEAMS[key].apart(content)
    fresh = dict(zip(missing, made, strict=True))
    entries = (fresh[place] if place in fresh else there[one] for place, one in enumerate(ids))
    return SEAMS[key].together(head, entries, tail)


def _id_of(entry: bytes) -> str:
    """Return the id of an entry of a JSON Feed of ours, where it stands first."""
    line = entry.split(b"\n", 3)[2]
    text = line.partition(b": ")[2].rstrip(b",")
    found: str = text[1:-1].decode() if _PLAIN.fullmatch(text) else json.loads(text)
    return found
