"""The signs for what became of a part of somebody's configuration, taken over or given away."""

from __future__ import annotations

from collections.abc import Mapping

from feedbuilder.importing.imported import Fate

FATE_SIGNS: Mapping[Fate, str] = {Fate.CARRIED: "[green]=[/]", Fate.CHANGED: "[yellow]~[/]", Fate.LOST: "[red]-[/]"}
