"""Of a hostile page nothing is left in the frame that could act, whichever parser takes apart what was written."""
# ruff: noqa: E501 - markup reads worse in pieces

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup, Comment, Tag
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from feedbuilder.model import ExtractError
from feedbuilder.studio import kept_markup as kept
from feedbuilder.studio.page_view import view_of
from tests.xss.vectors import VECTORS, Vector, armed

URL = "https://paper.example/news/"
EVIL = "https://evil.example"
PARSERS = ("lexbor", "html5lib", "lxml", "html.parser")
_AROUND = {"html", "head", "body", "tbody", "colgroup"}
"""What parsers add by themselves, besides what is kept."""
_ELEMENTS = {name.lower() for name in (*kept.SAME, *kept.DRAWING)} | _AROUND
_ATTRIBUTES = {name.lower() for name in (*kept.ATTRIBUTES, *kept.DRAWING_ATTRIBUTES)}
_LOADING = {
    "link": {"rel", "href", "media", "referrerpolicy"},
    "img": {"src", "loading", "decoding"},
    "style": {"media"},
}

TRICKS = (
    # A parser that runs no scripts, and one that does, see different things in these.
    "<noscript><p title='</noscript><img src=x onerror=HIT>'>",
    "<noscript><style></noscript><img src=x onerror=HIT></style></noscript>",
    "<noscript><!--</noscript><script>HIT</script>--></noscript>",
    # Namespaces that change between writing and reading.
    "<svg></p><style><a id='</style><img src=x onerror=HIT>'>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror=HIT&gt;'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=HIT>",
    "<svg><style>&lt;/style>&lt;img src=x onerror=HIT></style></svg>",
    "<math><annotation-xml encoding=text/html><style><img src=x onerror=HIT></style></annotation-xml></math>",
    "<svg><foreignObject><svg><style><img src=x onerror=HIT></style></svg></foreignObject></svg>",
    "<svg><title><style><img src=x onerror=HIT></style></title></svg>",
    "<svg><desc><noscript><style></noscript><img src=x onerror=HIT></style></desc></svg>",
    "<svg><p><style><!--</style><img src=x onerror=HIT>--></style></p></svg>",
    "<select><template><style><!--</style><img src=x onerror=HIT></template></select>",
    "<table><tr><td><svg><a><table><style><img src=x onerror=HIT></table></svg>",
    "<div id='svg'><svg><mi><style></svg><img src=x onerror=HIT></style></mi></div>",
    # Text that is none.
    "<textarea><img title='</textarea><img src=x onerror=HIT>'></textarea>",
    "<title><img src=x onerror=HIT></title><xmp><script>HIT</script></xmp><plaintext><script>HIT</script>",
    "<iframe><img src=x onerror=HIT></iframe><noembed><script>HIT</script></noembed><noframes><script>HIT</script>",
    "<style><!--</style><script>HIT</script>--></style>",
    "<style>x</style\u00a0><script>HIT</script></style>",
    # Attributes that fall apart.
    "<p title='a\"b`c>d' class='x onclick=HIT' id=\"y' onclick='HIT\">x</p>",
    "<p a=1 a=2 onclick=HIT ONclick=HIT on\u0000click=HIT \"onclick=HIT 'onclick=HIT =onclick=HIT>x</p>",
    "<x-y onclick=HIT style='behavior:url(BEACON)'>x</x-y><x-y:z onclick=HIT>",
    "<p data-x-onclick=HIT data-=1 data-a'b=2 aria-=3>x</p>",
    "<font-face x onclick=HIT>x</font-face><annotation-xml><script>HIT</script></annotation-xml>",
    # What leads away, loads or waits.
    "<meta http-equiv=refresh content='0;url=BEACON'><meta http-equiv=Content-Security-Policy content='img-src *'>",
    "<base href='BEACON/'><a href=x>a</a><form action=BEACON><button formaction=BEACON>b</button></form>",
    "<form id=a><form id=b><input form=a formaction=BEACON type=image src=BEACON></form></form>",
    "<a href='java\nscript:HIT'>x</a><a href='vbscript:HIT'>x</a><a href='data:text/html,<script>HIT</script>'>x</a>",
    "<svg><a xlink:href='javascript:HIT'><text>x</text></a><animate attributeName=href values=javascript:HIT /></svg>",
    "<svg><set attributeName=onmouseover to=HIT /><image href=BEACON /><use href='data:image/svg+xml,x#y'/></svg>",
    "<link rel=stylesheet href='http://evil.example/a.css'><link rel=import href=BEACON><link rel=prefetch href=BEACON>",
    "<link rel=dns-prefetch href=BEACON><link rel=preconnect href=BEACON><link rel=manifest href=BEACON>",
    "<style>@import 'BEACON';@import url(BEACON);*{background:url(BEACON)}@font-face{src:url(BEACON)}</style>",
    "<p style='background:url(BEACON);list-style:u\\72l(BEACON);cursor:image-set(\"BEACON\" 1x)'>x</p>",
    "<object data=BEACON><embed src=BEACON><portal src=BEACON><fencedframe src=BEACON><applet code=x>",
    "<frameset onload=HIT><frame src=BEACON></frameset>",
    "<template shadowrootmode=open><script>HIT</script><img src=x onerror=HIT></template>",
    "<div autofocus tabindex=1 contenteditable accesskey=x popover popovertarget=y ping=BEACON target=_top>x</div>",
    "<img name=body src=x><img name=querySelector id=querySelectorAll src=x><form name=parent></form>",
    "<video autoplay src=BEACON poster=BEACON><track src=BEACON></video><audio autoplay src=BEACON></audio>",
    "<map name=m><area href='javascript:HIT' shape=default></map><img usemap=#m ismap src=x>",
    "<img src=x lowsrc=BEACON dynsrc=BEACON longdesc=BEACON srcset='BEACON 2x' imagesrcset=BEACON>",
    "<td background=BEACON><table background=BEACON><body background=BEACON>",
    "<blockquote cite=BEACON><q cite=BEACON><ins cite=BEACON>x</ins></q></blockquote><html manifest=BEACON>",
)
ALL = (*VECTORS, *(Vector("frame", html, 1000 + number) for number, html in enumerate(TRICKS)))


def written(html: str, *, loads: bool) -> str:
    view = view_of(html, URL, loads=loads)
    return (
        f"{view.doctype}<html{view.html_attributes}><head>{view.head}</head>"
        f"<body{view.body_attributes}>{view.body}</body></html>"
    )


def dangers(html: str, parser: str, *, loads: bool) -> list[str]:
    """Everything in `html` that is in no table, and every address that is not one of a style or picture to be loaded."""
    return [bad for tag, attributes in parsed(html, parser) for bad in dangers_of(tag, attributes, loads=loads)]


def parsed(html: str, parser: str) -> list[tuple[str, dict[str, str]]]:
    if parser == "lexbor":
        tree = LexborHTMLParser(html)
        return [
            (node.tag or "", {name: value or "" for name, value in node.attributes.items()}) for node in tree.css("*")
        ]
    soup = BeautifulSoup(html, parser)
    comments: list[tuple[str, dict[str, str]]] = [("comment", {}) for node in soup.descendants if type(node) is Comment]
    tags = [node for node in soup.descendants if isinstance(node, Tag)]
    return comments + [
        (tag.name, {str(name): " ".join(value) if isinstance(value, list) else str(value) for name, value in tag.attrs.items()})
        for tag in tags
    ] + [("style text", {"css": tag.decode_contents()}) for tag in tags if tag.name == "style"]  # fmt: skip


def dangers_of(tag: str, attributes: dict[str, str], *, loads: bool) -> list[str]:
    if tag == "style text":
        found = [] if loads else [word for word in ("url(", "@import", "expression(") if word in attributes["css"]]
        return found + [word for word in ("@import", "</", "<img", "<script") if word in attributes["css"]]
    allowed_here = _LOADING.get(tag, set()) if loads or tag == "style" else set()
    known = tag.lower() in _ELEMENTS or tag == "style" or (tag == "link" and loads) or kept.CUSTOM.fullmatch(tag)
    bad = [] if known else [tag]
    for name, value in attributes.items():
        if name in allowed_here:
            if name in ("src", "href") and not value.startswith("https://"):
                bad.append(f"{tag} {name}={value}")
        elif tag == "use" and name == "href":
            bad += [] if value.startswith("#") else [f"{tag} {name}={value}"]
        elif name.lower() not in _ATTRIBUTES and not kept.DATA.fullmatch(name):
            bad.append(f"{tag} {name}")
        elif name == "style" and not loads and ("url(" in value.lower() or "-set(" in value.lower()):
            bad.append(f"{tag} {name}={value}")
    return bad


AROUND = (
    "{}",
    "<div><p>Talks go on.{}<p>And on.</div>",
    "<table><tr><td>{}</table>",
    "<svg>{}</svg>",
    "<h2><a href=/x>{}",
)


@pytest.mark.parametrize("vector", ALL, ids=lambda one: f"{one.kind}-{one.number}")
def test_nothing_is_left_that_acts(vector: Vector) -> None:
    markup = armed(vector, EVIL)
    for around in AROUND:
        for loads in (False, True):
            html = written(around.format(markup) if "{}" not in markup else markup, loads=loads)
            for parser in PARSERS if around == "{}" else ("lexbor",):
                assert not dangers(html, parser, loads=loads), html


@pytest.mark.parametrize("vector", ALL, ids=lambda one: f"{one.kind}-{one.number}")
def test_without_leave_the_attacker_is_named_nowhere_but_in_texts(vector: Vector) -> None:
    for _, attributes in parsed(written(armed(vector, EVIL), loads=False), "html5lib"):
        for name, value in attributes.items():
            if name not in ("title", "alt", "lang", "class", "id", "style", "css") and not name.startswith("data-"):
                assert "evil.example/" not in value, (name, value)


_PIECES = [
    *"<>\"'/=&!- ", "<p>", "</p>", "<a href=x>", "</a>", "<b>", "</b>", "<svg>", "</svg>", "<math>", "</math>", "<mtext>", "<mi>",
    "<mglyph>", "<malignmark>", "<annotation-xml encoding=text/html>", "<foreignObject>", "<desc>", "<title>", "</title>",
    "<style>", "</style>", "<script>", "</script>", "<noscript>", "</noscript>", "<template>", "</template>", "<table>",
    "<tr>", "<td>", "</table>", "<caption>", "<colgroup>", "<select>", "<option>", "</select>", "<form>", "</form>",
    "<textarea>", "</textarea>", "<xmp>", "<plaintext>", "<iframe>", "</iframe>", "<frameset>", "<body onload=HIT>",
    "<html onload=HIT>", "<!--", "-->", "<![CDATA[", "]]>", "<img src=x onerror=HIT>", "<img title='", '<p id="', "<button>",
    "<path d=M0>", "<use href=#a>", "<font color=red>", "<x-y onclick=HIT>", "&lt;", "&quot;", "&#60;", "\x00", "<br>", "<nobr>",
    "<pre>\n", "<li>", "<h1>", "<dialog open>", "<details>", "<summary>", "<image href=x>", "style='a:url(x)'", "<head>", "</head>",
]  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES) | st.text(max_size=4), max_size=30).map("".join))
@settings(max_examples=150, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_pieced_together_nothing_acts(html: str) -> None:
    for loads in (False, True):
        try:
            made = written(html, loads=loads)
        except ExtractError:
            return
        for parser in PARSERS:
            assert not dangers(made, parser, loads=loads), made


@pytest.mark.parametrize(
    "html",
    [
        "<script>x</script>",
        "<p onclick=x>",
        "<a href=javascript:x>x</a>",
        "<img src=http://e/x>",
        "<meta http-equiv=refresh content=0>",
        "<svg><animate /></svg>",
        "<style>@import 'x'</style>",
        "<p><!-- x -->",
    ],
)
def test_the_check_finds_what_is_bad(html: str) -> None:
    assert all(dangers(html, parser, loads=True) for parser in PARSERS[1:])
