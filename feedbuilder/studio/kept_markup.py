"""What of a page's markup may stand in the frame that shows it: tables of elements and attributes.

The rule of the tables: whatever stands in them is safe in every context and in every order, so that no parser, however
it takes the written page apart, can find anything else in it. Hence no element whose content is raw text, no namespace
but HTML and a few drawings, nothing that loads, leads or acts.
"""

from __future__ import annotations

import re

SAME = frozenset(
    """
    a abbr acronym address article aside b bdi bdo big blockquote br caption center cite code col colgroup data dd del
    details dfn dialog dir div dl dt em fieldset figcaption figure font footer h1 h2 h3 h4 h5 h6 header hgroup hr i img
    ins kbd label legend li main mark menu meter nav nobr ol output p picture pre progress q rp rt ruby s samp search
    section small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr
    """.split()  # noqa: SIM905 - a table of names reads better without quotes
)
"""HTML elements that stay what they are."""

RENAMED = {
    "form": "div",  # in a paragraph, a table, a link: a parser treats the two alike
    "noscript": "span",  # what it holds is what people without scripts see: lazy pictures, above all
    "button": "span",  # Firefox gives clicks inside of a button to the button
    "listing": "pre",
    "xmp": "pre",
    "plaintext": "pre",
    "marquee": "span",
    "math": "span",
}
"""HTML elements that stay as another one; those in `PLACES` and what is not known stay as `<span>`."""

PLACES = frozenset(("audio", "canvas", "input", "select", "textarea", "video"))
"""Elements of which only the place is shown, for what they hold is for scripts, for typing or for playing."""

TAKEN_OUT = frozenset(
    """
    annotation annotation-xml applet area base bgsound command datalist embed fencedframe frame frameset head iframe
    isindex keygen link map meta noembed noframes object optgroup option param portal rb rtc script selectedcontent
    source style template title track
    """.split()  # noqa: SIM905
)
"""Elements that go, with all that is in them; styles, links to them and `<source>` are looked at before."""

EMPTY = frozenset(("br", "col", "hr", "img", "wbr"))
"""Elements of `SAME` without content and without an end tag (HTML §13.1.2)."""

CUSTOM = re.compile(r"[a-z][a-z0-9]{0,30}(?:-[a-z0-9]{1,30}){1,6}")
"""Names of custom elements: without scripts they are boxes that styles may name."""

DRAWING = frozenset(
    """
    svg g defs symbol use path circle ellipse line polygon polyline rect linearGradient radialGradient stop clipPath
    mask pattern text tspan
    """.split()  # noqa: SIM905
)
"""Elements of SVG that stay within `<svg>`: none in which HTML may stand again, none that moves, loads or leads."""

ATTRIBUTES = frozenset(
    """
    abbr align alt bgcolor border cellpadding cellspacing char charoff class clear color cols colspan compact datetime
    dir face frame headers height hidden high hspace id lang low max min noshade nowrap open optimum reversed role rows
    rowspan rules scope size span start style summary title translate type valign value vspace width
    """.split()  # noqa: SIM905
)
"""Attributes that stay with any HTML element, besides those of `DATA`. No name: it would hide what `document` has."""

DATA = re.compile(r"(?:aria|data)-[a-z0-9]{1,30}(?:-[a-z0-9]{1,30}){0,6}")
"""Attributes that styles may name, and those for screen readers."""
OURS = frozenset(("data-frame-bare", "data-link", "data-n", "data-was"))
"""What only the frame may say."""

DRAWING_ATTRIBUTES = frozenset(
    """
    class clip-rule clipPathUnits color cx cy d dx dy fill fill-opacity fill-rule fx fy gradientTransform gradientUnits
    height id maskContentUnits maskUnits offset opacity patternContentUnits patternTransform patternUnits points
    preserveAspectRatio r role rx ry spreadMethod stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset
    stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width style text-anchor transform viewBox
    width x x1 x2 y y1 y2
    """.split()  # noqa: SIM905
)
"""Attributes that stay with elements of `DRAWING`. `href` stays with `<use>`, where it leads into the same page."""

LONGEST_VALUE = 4_000
"""Characters of an attribute; longer ones are data for scripts, or an attack. The path of a drawing may be longer."""
LONGEST_PATH = 40_000
