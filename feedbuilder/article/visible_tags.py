"""The tags that readers see on an article page: which of its groups of links is the one that says what it is about.

A group is an element that holds little besides short links. Owns how sites mark such a group:
by `rel=tag`, by "#", by its class, by the addresses that it links to, by the words before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from feedbuilder.article.article_place import names_of, upwards
from feedbuilder.article.evidence import Evidence
from feedbuilder.article.own_address import path_of

_MOST_LINKS = 4_000
_MANY = 30
"""Links of a group; more of them are an index of the site."""
_LONGEST = 60
"""Characters of a tag."""
_HIGHEST = 6
_FRAMES = ("nav", "aside", "header", "footer")
_MENU = re.compile(r"(?:^|[\s_-])(?:menu|navbar|related-?(?:articles?|stories|posts?)|teaser)", re.IGNORECASE)
_ENOUGH = 3
"""Points that make a group of links one of tags."""
_SPARE = 60
"""Characters that may stand around a group for the element around it to speak for the group."""
_ADDRESS = re.compile(
    r"/(?:tags?|tagg?ed|topics?|themen?|themes?|thema|thèmes?|temas?|tema|tagg?|noticias|hubs?|keywords?|stichwort(?:e)?"
    r"|schlagwort(?:e)?|etiquetas?|etiqueta|sujets?|dossiers?|onderwerp(?:en)?|emner?|temat|tematy|stitek|stitky|who"
    r"|labels?|subjects?|stikord|argoment[io]|etiket(?:ler)?|haberleri|konu|avainsanat?|aihe|cimke)/",
    re.IGNORECASE,
)
_NAMES = re.compile(
    r"(?:^|[\s_\-]|(?<=[a-z]))(?:tags?|topics?|keywords?|themen?|temas?|labels?|Tags?|Topics?|Keywords?|Themen?)"
    r"(?:$|[\s_\-A-Z])"
)
_LABELS = re.compile(
    r"""^\W{0,30}(?:(?:article|related|story|popular|more|all|in\s+this)?\s{0,20}(?:tags?|topics?|keywords?|labels|subjects)
    |(?:read\s+|see\s+)?more\s+(?:on|about)(?:\s+(?:this|these)\s+topics?)?|filed\s+under|themen?|schlagw(?:ort|örter|orte)
    |stichw(?:ort|örter|orte)|mehr\s+(?:zum\s+thema|zu|lesen\s+über|über)|lesen\s+sie\s+mehr\s+zum\s+thema|weitere\s+themen
    |(?:mots[- ]cl[ée]s|sujets?|th[èe]mes?)|(?:temas?|etiquetas?|archivado\s+en|m[áa]s\s+sobre)|(?:tag|argomenti|temi)
    |onderwerpen|trefwoorden|lees\s+meer\s+over|[äa]mnen|följ\s+ämnen(?:\s+i\s+artikeln)?|läs\s+mer\s+om|emner|mer\s+om
    |les\s+mer\s+om|læs\s+mere\s+om|avainsanat|aiheet|témata|štítky|tagi|tematy|etiketler|konular|теги|темы|теми|метки
    |タグ|キーワード|関連(?:キーワード|タグ|ワード)|標籤|标签|关键词|關鍵字|태그|키워드|الوسوم|وسوم|كلمات\s+(?:دلالية|مفتاحية)
    |برچسب(?:‌?ها)?|תגיות|टैग)\W*$""",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(slots=True)
class Group:
    """Short links that stand together."""

    node: LexborNode
    """The element around them."""
    after: bool
    """Whether it comes after the article's heading begins."""
    links: list[tuple[LexborNode, str]] = field(default_factory=list)

    @property
    def is_marked(self) -> bool:
        """Return whether it holds several links, and each says `rel=tag` or begins with "#"."""
        return len(self.links) > 1 and all(_is_tag(node) or text.startswith("#") for node, text in self.links)

    @property
    def texts(self) -> list[str]:
        """Return the words of the links, in order; where some say `rel=tag`, only of those."""
        marked_out = [text for node, text in self.links if _is_tag(node)]
        return marked_out or [text for _, text in self.links]


def tag_group(page: Evidence) -> Group | None:
    """Return the group that is the article's tags, None where none is marked as such."""
    ranked = [(points, group) for group in _groups(page) if (points := _points(group, page)) >= _ENOUGH]
    return max(ranked, key=lambda one: one[0])[1] if ranked else None


def _groups(page: Evidence) -> Iterator[Group]:
    """Yield the groups of short links, in page order."""
    groups: dict[int, Group] = {}
    heading = page.heading
    after = heading is None
    for node in page.tree.css("h1, h2, h3, a[href]")[:_MOST_LINKS]:
        if node.tag != "a":
            after = after or (heading is not None and node.mem_id == heading.mem_id)
            continue
        text = page.words(node, _LONGEST)
        if not 1 < len(text) <= _LONGEST or "\n" in text:
            continue
        if around := _around(node, page):
            groups.setdefault(around.mem_id, Group(around, after)).links.append((node, text))
    yield from groups.values()


def _around(node: LexborNode, page: Evidence) -> LexborNode | None:
    """Return the smallest element around `node` that holds more than it does, or the largest that does not."""
    up = node
    for _ in range(_HIGHEST):
        parent = up.parent
        if parent is None or parent.tag in ("body", "html"):
            break
        up = parent
        if page.size(up) > page.size(node):
            return up
    return None


def _points(group: Group, page: Evidence) -> int:
    """Return how surely `group` is the article's tags."""
    if len(group.links) > _MANY:
        return 0
    size = page.size(group.node)
    linked = sum(page.size(node) for node, _ in group.links)
    rest = size - linked
    tight = rest <= linked // 3 + 4
    label = (tight or rest <= _SPARE) and _label(group, page)
    if tight or label:
        return _marks(group, _near(group.node, page), page, label=label)
    return _single(group, page) if len(group.links) == 1 else 0


def _single(group: Group, page: Evidence) -> int:
    """Return the points of a lone link, which only its own wrappers can speak for."""
    wrappers = list(_wrappers(group))
    label = any(_LABELS.match(_before(one, page)) for one in wrappers)
    node, text = group.links[0]
    plain = _is_tag(node) or text.startswith("#")
    marked_out = label or (bool(wrappers) and plain) or any(_NAMES.search(names_of(one)) for one in wrappers)
    return _marks(group, wrappers, page, label=label) if marked_out else 0


def _wrappers(group: Group) -> Iterator[LexborNode]:
    """Yield the elements between the group's first link and the element around the group."""
    up = group.links[0][0].parent
    while up is not None and up.mem_id != group.node.mem_id:
        yield up
        up = up.parent


def _marks(group: Group, near: list[LexborNode], page: Evidence, *, label: bool) -> int:
    links = [node for node, _ in group.links]
    rel = sum(map(_is_tag, links))
    hashes = sum(text.startswith("#") for text in group.texts)
    named = any(_NAMES.search(names_of(node)) for node in (*near, *links[:1]))
    leading = sum(bool(_ADDRESS.search(path_of(_href(node)) + "/")) for node in links)
    most = len(links) / 2
    points = 3 * (rel >= most and rel > 0) + 3 * (hashes >= most and hashes > 0) + 2 * named
    points += 2 * (leading >= most and group.node.tag != "p") + 2 * label
    if not points:
        return 0
    return points + page.surroundings.within(group.node) + group.after - 4 * _is_menu(group.node, page)


def _near(node: LexborNode, page: Evidence) -> list[LexborNode]:
    """Return `node` and the elements around it that hold hardly more."""
    near = [node]
    for _ in range(3):
        up = near[-1].parent
        if up is None or up.tag in ("body", "html") or page.size(up) > page.size(node) + _SPARE:
            break
        near.append(up)
    return near


def _label(group: Group, page: Evidence) -> bool:
    """Return whether words such as "Tags:" stand before the links, within the group or just before it."""
    nodes = (group.links[0][0], *_wrappers(group), group.node)
    return any(_LABELS.match(_before(node, page)) for node in nodes)


def _before(node: LexborNode, page: Evidence) -> str:
    """Return the words before `node` in the element that it stands in, if they are few."""
    previous = node.prev
    for _ in range(6):
        if previous is None:
            break
        if previous.tag == "-text":
            words = " ".join((previous.text_content or "").split())
            if words:
                return words if len(words) <= _SPARE else ""
        elif page.size(previous):
            return page.words(previous, _SPARE)
        previous = previous.prev
    return ""


def _is_tag(node: LexborNode) -> bool:
    return "tag" in (node.attributes.get("rel") or "").lower().split()


def _href(node: LexborNode) -> str:
    return node.attributes.get("href") or ""


def _is_menu(node: LexborNode, page: Evidence) -> bool:
    """Return whether `node` stands in a menu, or among other articles; a menu within the article may be its tags'."""
    near = [node, *([node.parent] if node.parent is not None else [])]
    if any(_MENU.search(names_of(one)) for one in near):
        return True
    if not page.surroundings.within(node):
        return any(
            up.tag in _FRAMES and not page.surroundings.holds(up) for up in upwards(node)
        ) or page.surroundings.aside(node)
    outer = next((one.parent for one in reversed(near) if one.tag in _FRAMES), near[-1])
    return outer is not None and page.surroundings.aside(outer)
