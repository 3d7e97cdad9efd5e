"""What an exporter hands out: a document of another tool, and the story of each part of each source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from feedbuilder.importing.imported import Fate, Finding
from feedbuilder.masking import mask_known, mask_text
from feedbuilder.model import Source


@dataclass(slots=True)
class Exported:
    """What becomes of one source, while it is written and afterwards."""

    source: Source
    findings: list[Finding] = field(default_factory=list)
    is_written: bool = True
    """Whether the other tool can read it at all."""

    def changed(self, text: str) -> None:
        """Note that a part is said otherwise there, or means something a little else."""
        self.findings.append(Finding(Fate.CHANGED, text))

    def lost(self, text: str) -> None:
        """Note that a part has no place there."""
        self.findings.append(Finding(Fate.LOST, text))

    def refused(self, text: str) -> None:
        """Note that the whole source has no place there, and why."""
        self.is_written = False
        self.findings.append(Finding(Fate.LOST, text))

    def is_secret(self) -> bool:
        """Return whether its address holds a secret, and refuse it then: the document goes who knows where."""
        if mask_text(self.source.url) != self.source.url:
            self.refused("its address holds a login or another secret, which goes into no file of another tool")
        return not self.is_written

    def home(self) -> str | None:
        """Return the page that people visit, None where it is not named, or holds a secret, which is told."""
        home = self.source.home
        if home is not None and mask_text(home) != home:
            self.lost("home: it holds a login or another secret, which goes into no file of another tool")
            return None
        return home

    def headers(self) -> dict[str, str]:
        """Return its request headers without those that may be secrets, which are told."""
        kept = {}
        for name, value in self.source.headers.items():
            if mask_text(f"{name}: {value}") != f"{name}: {value}" or mask_known(value) != value:
                self.lost(f"its header {name}, which may be a secret; write it there by hand")
            else:
                kept[name] = value
        return kept

    def rest(self, handled: Iterable[str], tool: str) -> None:
        """Tell of all keys that are set and not among those that were `handled`."""
        for key in sorted(self.source.model_fields_set - {"id", "url", "kind", "selectors", *handled}):
            if getattr(self.source, key) != type(self.source).model_fields[key].get_default(call_default_factory=True):
                self.lost(f"{key}: {tool} has nothing like it")


@dataclass(frozen=True, slots=True)
class Export:
    """What was written for another tool."""

    tool: str
    content: bytes
    entries: Sequence[Exported]
