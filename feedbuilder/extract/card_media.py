"""A card -> the addresses of the sound and video that it plays or offers."""

from __future__ import annotations

from collections.abc import Iterator

from bs4.element import Tag

from feedbuilder.extract.card_headings import in_foreign_box
from feedbuilder.extract.field_rules import CardTree
from feedbuilder.model.enclosures import is_media_file
from feedbuilder.parse.limits import LONGEST_ADDRESS

_MOST = 5
_ADDRESSES = ("src", "data-src", "data-audio", "data-audio-src", "data-mp3")


def read_media(card: CardTree) -> tuple[str, ...]:
    """Return the addresses as they are written, those of players first, each once."""
    players = [one for one in card.named("audio", "video") if not _is_decoration(one) and not in_foreign_box(one, card)]
    found = [address for player in players for address in _of_player(player)]
    found += [str(link["href"]) for link in card.named("a") if link.get("href") and is_media_file(str(link["href"]))]
    return tuple(dict.fromkeys(one for one in found if len(one) <= LONGEST_ADDRESS))[:_MOST]


def _of_player(player: Tag) -> Iterator[str]:
    """Yield the address of what `player` plays: of several encodings of one recording only the first."""
    for element in (player, *player.find_all("source")):
        for name in _ADDRESSES:
            if address := str(element.get(name) or "").strip():
                yield address
                return


def _is_decoration(player: Tag) -> bool:
    """Return whether a video plays by itself, silently, again and again: it is a moving picture."""
    return (
        player.name == "video" and player.has_attr("autoplay") and (player.has_attr("muted") or player.has_attr("loop"))
    )
