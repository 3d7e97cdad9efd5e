"""A page -> its cards: pieces of HTML that can each be read alone. Owns the page parser and what nesting means.

Lexbor parses as a browser does, in a tenth of the time. Knows nothing of fields.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from feedbuilder.model import ExtractError
from feedbuilder.parse.ancestors import ancestors
from feedbuilder.parse.decode import legal
from feedbuilder.parse.limits import refuse_monsters
from feedbuilder.parse.link_attributes import LINK_ATTRIBUTES, hidden_address
from feedbuilder.parse.selected import is_plain, selected

MARK = "data-feedbuilder-item"
_HEADING = "data-feedbuilder-group"
_CLICKABLE = ", ".join(f"[{name}]" for name in (*LINK_ATTRIBUTES, "onclick"))
_HIGHEST = 100
"""Levels that are climbed at the most in search of an enclosing element: hostile pages are thousands deep."""
_LONGEST_HEADING = 100
"""Characters of a heading over a group; a date is shorter."""
_WORDS = frozenset(("a", "b", "em", "font", "i", "small", "span", "strong", "time", "u"))
"""Elements that stand in a line of text."""
_LINE_ENDS = frozenset(("br", "hr"))
_MOST_CARDS = 20_000


@dataclass(frozen=True, slots=True)
class Fragment:
    """One card."""

    html: str
    around: str | None = None
    """The address of the link that the card stands in, where it holds none itself: `<a href><div class="card">`."""
    above: str | None = None
    """The words of the group heading that it stands under, None where there is none before it."""


@dataclass(frozen=True, slots=True)
class SplitPage:
    """A page taken apart."""

    fragments: tuple[Fragment, ...]
    """In page order."""
    matched: int
    """How many elements the item selector matched; more than fragments where they are nested."""
    base: str | None
    """The `<base href>`, as it stands there."""
    title: str


def split(text: str, item: str, *, between: bool, group: str | None = None) -> SplitPage:
    """Return the cards that `item` selects in the HTML `text`.

    Of matches within matches, each is a card that holds a link of its own, outside the cards within it; what stands in
    a card within a card belongs to the inner one. A match that holds no link belongs to the match around it.

    With `between` a card is a match and all that follows it, up to the next match, the next heading of `group` or the
    end of its container. The match is first widened to the largest element that holds no other match, so that "h3 a"
    takes up its h3.

    `group` selects headings that stand over several cards: each card gets the words of the last one before it.

    Raises ExtractError if there are absurdly many elements, or absurdly deep ones. The selectors must be valid
    (`rules`).
    """
    refuse_monsters(text)
    parser = LexborHTMLParser(text)
    if group and not is_plain(group):  # marked first: whatever finds the items may need a tree of its own
        found, parser = selected(parser, group, "group selector")
        for node in found:
            node.attrs[_HEADING] = ""
        group = f"[{_HEADING}]"
    nodes, parser = _select(parser, item)
    if len(nodes) > _MOST_CARDS:
        raise ExtractError(f'The item selector "{item}" matched {len(nodes):,} elements; choose a narrower one.')
    base, title = parser.css_first("base[href]"), parser.css_first("title")
    # Read before the cards: taking nested cards apart changes the tree.
    href, name = base.attributes.get("href") if base else None, " ".join(legal(title.text()).split()) if title else ""
    above = _headings(parser, nodes, group) if group else {}
    parting = parser.css(group) if group and between else ()
    fragments = _between(nodes, above, parting) if between else list(_nested(nodes, above).values())
    return SplitPage(tuple(fragments), len(nodes), href, name)


def count(text: str, css: str) -> int:
    """Return how many elements of the page `css` matches. Raises ExtractError as `split` does."""
    return len(_select(LexborHTMLParser(text), css)[0])


def marked(text: str, item: str, *, between: bool) -> str:
    """Return the page as HTML in which the outermost elements of each card have the attribute MARK.

    For asking what stands where; `text` must be a page that `split` has taken.
    """
    nodes, parser = _select(LexborHTMLParser(text), item)
    if between:
        chosen = [node for _, run in _runs(nodes) for node in run if node.is_element_node]
    else:
        cards = _nested(_select(LexborHTMLParser(text), item)[0], {})  # on a tree of its own, which is taken to pieces
        chosen = [nodes[index] for index in cards]
    for node in chosen:
        node.attrs[MARK] = ""
    return parser.html or ""


def _select(parser: LexborHTMLParser, item: str) -> tuple[list[LexborNode], LexborHTMLParser]:
    """Return the matches of `item` and the tree that they stand in."""
    nodes, parser = selected(parser, item, "item selector")
    return _shown(nodes), parser


def _shown(nodes: list[LexborNode]) -> list[LexborNode]:
    """Return `nodes` without those in `<noscript>`, which browsers do not show; all of them if there are no others."""
    hidden: dict[int, bool] = {}
    shown = []
    for node in nodes:
        path, up = [], node.parent
        while up is not None and up.mem_id not in hidden and up.tag != "noscript":
            path.append(up.mem_id)
            up = up.parent
        is_hidden = up is not None and hidden.get(up.mem_id, True)
        hidden.update(dict.fromkeys(path, is_hidden))
        if not is_hidden:
            shown.append(node)
    return shown or nodes


def _headings(parser: LexborHTMLParser, nodes: list[LexborNode], group: str) -> dict[int, str]:
    """Return for each of `nodes`, by `mem_id`, the words of the last heading before it that `group` selects."""
    headings = {
        node.mem_id: " ".join(node.text(separator=" ").split())[:_LONGEST_HEADING] for node in parser.css(group)
    }
    wanted = {node.mem_id for node in nodes}
    found: dict[int, str] = {}
    last: str | None = None
    for node in parser.root.traverse() if parser.root else ():
        last = headings.get(node.mem_id, last)
        if last and node.mem_id in wanted:
            found[node.mem_id] = last
    return found


def _nested(nodes: list[LexborNode], above: Mapping[int, str]) -> dict[int, Fragment]:
    """Return the cards by their index among the matches, in page order. Takes the tree to pieces."""
    parents = _parents(nodes)
    fragments: dict[int, Fragment] = {}
    cut: set[int] = set()
    # Backwards, so that inner cards are cut out of the tree before the outer ones are read.
    for index, node in reversed(list(enumerate(nodes))):
        parent, own = parents[node.mem_id], _has_link(node)
        if not own and (parent is not None or node.mem_id in cut):
            continue
        around = None if own else _link_around(node)
        fragments[index] = Fragment(node.html or "", around, above.get(node.mem_id))
        if parent is not None:
            cut.add(parent)
            node.decompose()
    return dict(reversed(fragments.items()))


def _parents(nodes: list[LexborNode]) -> dict[int, int | None]:
    """Return for each match the match around it, None where there is none; both by `mem_id`."""
    matched = {node.mem_id for node in nodes}
    nearest: dict[int, int | None] = {}
    for node in nodes:
        path, up = [node.mem_id], node.parent
        while up is not None and up.mem_id not in matched and up.mem_id not in nearest:
            path.append(up.mem_id)
            up = up.parent
        found = None if up is None else up.mem_id if up.mem_id in matched else nearest[up.mem_id]
        nearest.update(dict.fromkeys(path, found))
    return nearest


def _has_link(node: LexborNode) -> bool:
    if (node.tag == "a" and "href" in node.attributes) or node.css_first("a[href]") is not None:
        return True
    return any(hidden_address(one.tag or "", one.attributes) for one in (node, *node.css(_CLICKABLE)))


def _link_around(node: LexborNode) -> str | None:
    around = (up.attributes.get("href") for up in ancestors(node.parent, _HIGHEST) if up.tag == "a")
    return next(filter(None, around), None)


def _between(nodes: list[LexborNode], above: Mapping[int, str], parting: Sequence[LexborNode]) -> list[Fragment]:
    return [
        Fragment("".join(node.html or "" for node in run), _link_around(run[0]), above.get(start.mem_id))
        for start, run in _runs(nodes, parting)
    ]


def _runs(nodes: list[LexborNode], parting: Sequence[LexborNode] = ()) -> Iterator[tuple[LexborNode, list[LexborNode]]]:
    """Yield each match with what stands from it up to the next one, or of `parting`; text and comments included."""
    parents = _parents(nodes)
    starts = [node for node in nodes if parents[node.mem_id] is None]
    holding = Counter(up.mem_id for node in starts for up in ancestors(node, _HIGHEST))
    ends = {*holding, *(up.mem_id for node in parting for up in ancestors(node, _HIGHEST))}
    for node in starts:
        first = node
        for up in ancestors(node, _HIGHEST):
            if holding[up.mem_id] > 1 or up.tag in ("body", "html") or (len(starts) == 1 and _has_siblings(first)):
                break
            first = up
        run = [first]
        while (following := run[-1].next) is not None and following.mem_id not in ends:
            run.append(following)
        yield node, _whole_lines(run, holding) if first.tag in _WORDS else run


def _whole_lines(run: list[LexborNode], holding: Mapping[int, int]) -> list[LexborNode]:
    """Return a run that begins with a link or the like, cut where its last line ends if `<br>` or `<hr>` part lines.

    What stands on the line before the match ("20 Nov <a>…") belongs to it, and not to the match before.
    """
    ends = [place for place, node in enumerate(run) if node.tag in _LINE_ENDS]
    if ends and run[-1].next is not None:
        run = run[: ends[-1] + 1]
    before: list[LexborNode] = []
    previous = run[0].prev
    while previous is not None and previous.mem_id not in holding and (previous.is_text_node or previous.tag in _WORDS):
        before.insert(0, previous)
        previous = previous.prev
    ends_there = previous is not None and previous.tag in _LINE_ENDS
    if ends_there or (ends and (previous is None or previous.mem_id not in holding)):
        return before + run
    return run


def _has_siblings(node: LexborNode) -> bool:
    parent = node.parent
    return parent is not None and sum(1 for _ in parent.iter()) > 1
