"""What stands within an article and is no part of it: share bars, lists of other articles, adverts, forms.

Works on the parsed body; names are judged by `place_names`, texts by `clutter_phrases`. A reason that would take
much of the text is wrong, and takes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bs4.element import Tag

from feedbuilder.content.absolute_links import Addresses
from feedbuilder.content.clutter_phrases import (
    announces_others,
    invites,
    is_clutter_line,
    leads_to_others,
    opens_with_others,
)
from feedbuilder.content.embeds import EMBED_LINK
from feedbuilder.content.fragment import holds, stands_in
from feedbuilder.content.surrounding_names import named, plain_names
from feedbuilder.model.markup import SILENT
from feedbuilder.parse.boilerplate import is_boilerplate
from feedbuilder.parse.plain_text import attribute

_HIDDEN = re.compile(
    r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden|clip\s{0,9}:\s{0,9}rect\(|clip-path\s{0,9}:\s{0,9}inset\(\s{0,9}50%",
    re.IGNORECASE,
)
"""The last two are how words for screen readers are kept out of sight."""
_BLOCKS = "p div section aside li ul ol blockquote table h2 h3 h4 h5 h6 center".split()  # noqa: SIM905 - reads better
_TITLES = frozenset(("h2", "h3", "h4", "h5", "h6", "p", "div"))
_LOOSE = frozenset(("p", "div", "li", "section", "center"))
_LISTS = frozenset(("p", "div", "section", "aside", "ul", "ol", "article", "a", "figure", "h2", "h3", "h4", "h5", "h6"))
_LONGEST_BAR = 600
"""Characters: what is longer is text, even in a block called "paywall", even if hidden."""
_BARELY = 40
"""Characters of an element that is a mere label."""
_SHORTEST_TITLE = 20
_CONTENT = frozenset(("img", "table", "pre", "blockquote", "figure"))
_WHOLES = frozenset(("figure", "blockquote", "table"))
_LINKS = frozenset(("a",))


def remove_clutter(root: Tag, addresses: Addresses) -> None:
    """Remove from `root` what is no part of the article. What holds most of its text is, whatever it is called."""
    whole = len(root.get_text())
    for form in root.find_all(["form", "fieldset", "label"]):
        if not form.decomposed and _is_bulk(form, whole):
            form.unwrap()
    reasons = {id(element): found for element in root.find_all(True) if (found := _reason(element))}
    void = _void(root, reasons, whole)
    for element in root.find_all(True):
        reason = None if element.decomposed else reasons.get(id(element))
        if reason and reason not in void and not _is_bulk(element, whole):
            element.decompose()
    for element in root.find_all(SILENT):
        if not element.decomposed:
            element.decompose()
    for block in root.find_all(_BLOCKS):
        if not block.decomposed:
            _judge_by_text(block)
    for several in root.find_all(["ul", "ol"]):
        if not several.decomposed and _lists_others(several, addresses):
            several.decompose()


def _is_bulk(element: Tag, whole: int) -> bool:
    return _is_most(len(element.get_text()), whole)


def _is_most(size: int, whole: int) -> bool:
    return size * 5 > whole * 2


def _void(root: Tag, reasons: Mapping[int, str], whole: int) -> set[str]:
    """Return the reasons that would take much of the text together, and so are wrong: "no-tts" on every paragraph."""
    taken: dict[str, int] = {}
    for element in root.find_all(True):
        reason = reasons.get(id(element))
        if reason and not any(reasons.get(id(parent)) == reason for parent in element.parents):
            taken[reason] = taken.get(reason, 0) + len(element.get_text())
    return {reason for reason, size in taken.items() if _is_most(size, whole)}


def _reason(element: Tag) -> str:
    """Return why `element` is clutter: its kind, its name, that nobody is to see it; "" where it is none."""
    if element.name in {"nav", "form", "dialog", "menu"}:
        return element.name
    if element.has_attr("hidden") or _HIDDEN.search(attribute(element, "style")):
        # Whole texts are hidden until a script shows them.
        return "hidden" if len(element.get_text()) <= _LONGEST_BAR else ""
    names = plain_names(" ".join(attribute(element, name) for name in ("class", "id", "data-component")))
    if element.name in {"img", "a", "p", "em", "strong", "b", "i", "time", "source", "h2", "h3", "h4", "h5", "h6"}:
        # Names of single pictures and paragraphs say how they look.
        return next(named("bar", names), "") if element.name == "a" else next(named("unseen", names), "")
    if element.name in {"aside", "footer"} and _is_links(element):
        return "aside"
    if not names:
        return ""
    if found := next(named("advert", names), ""):
        return found
    if element.name in {"figure", "figcaption", "blockquote", "table", "pre"}:
        return ""
    size = len(element.get_text())
    if (found := next(named("others", names), "")) and (holds(element, _LINKS) or size < _BARELY):
        return found
    if holds(element, _WHOLES) or size > _LONGEST_BAR:
        return ""
    return next(named("bar", names), "") or next(named("unseen", names), "")


def _judge_by_text(block: Tag) -> None:
    """Remove `block` if its words say that it is no part of the text, and the lists of others that it announces."""
    text = " ".join(block.get_text(" ").split())
    if not text or attribute(block, "class") == EMBED_LINK or (holds(block, _CONTENT) and not _is_links(block)):
        return
    if block.name in _TITLES and announces_others(text):
        _remove_announced(block)
    elif (
        is_clutter_line(text)
        or (opens_with_others(text) and _is_links(block, but=60))
        or (leads_to_others(text) and _is_links(block, but=20))
        or (
            block.name in _LOOSE
            and is_boilerplate(text)
            and not any(character.isdigit() for character in text)
            and block.find("p", class_=EMBED_LINK) is None
        )
        or (block.name in _LOOSE and holds(block, _LINKS) and invites(text))
    ):
        block.decompose()


def _lists_others(several: Tag, addresses: Addresses) -> bool:
    """Return whether `several` is a list of other articles: of nothing but links within the site, as long as titles."""
    items = several.find_all("li", recursive=False)
    links = several.find_all("a")
    return (
        len(items) > 1
        and all(_is_links(item) for item in items)
        and all(addresses.is_ours(attribute(link, "href")) for link in links)
        and len(several.get_text()) > _SHORTEST_TITLE * len(items)
    )


def _remove_announced(title: Tag) -> None:
    """Remove `title` and the blocks after it, as long as they hold nothing but links."""
    following = title.find_next_sibling()
    while following is not None and following.name in _LISTS and _is_links(following):
        gone, following = following, following.find_next_sibling()
        gone.decompose()
    title.decompose()


def _is_links(element: Tag, but: int = 0) -> bool:
    """Return whether all text of `element` stands in links, `but` so many characters; without a link it does not."""
    links = [element] if element.name == "a" else element.find_all("a")
    linked = sum(len("".join(link.get_text().split())) for link in links if not stands_in(link, _LINKS))
    return linked > 0 and len("".join(element.get_text().split())) - linked <= but
