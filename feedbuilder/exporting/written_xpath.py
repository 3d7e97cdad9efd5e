"""Selectors of a source -> XPath 1.0 relative to an item, as FreshRSS and RSS-Bridge have it.

CSS is translated by cssselect, of the extra `import`. What XPath 1.0 cannot say (regular expressions, steps,
alternatives in an order) is told, and left out.
"""

from __future__ import annotations

import re
from functools import lru_cache

from feedbuilder.exporting.exported import Exported
from feedbuilder.model import ConfigError, FieldRule, Pick, Reading
from feedbuilder.model.field_selectors import XPATH

TIME = re.compile(r"(?:^|[\s>+~])time(?:[.#\[:][^\s>+~]{0,200})?$")
"""CSS that ends at a <time>."""
_CONTAINS = re.compile(r"""("[^"]{0,500}"|'[^']{0,500}')|:-soup-contains(?=\()""")
"""What cssselect calls by its older name, and texts, in which nothing is a name."""
_HEADING = "self::h1 or self::h2 or self::h3 or self::h4"
TITLE_BY_ITSELF = f"descendant-or-self::*[{_HEADING} or self::a][normalize-space()][1]"
LINK_BY_ITSELF = "descendant-or-self::a[@href][1]/@href"
DATE_BY_ITSELF = "descendant-or-self::time[1]/@datetime"
ADDRESSES = {"link": ("a", "href"), "image": ("img", "src")}
"""What is read of an element where no attribute is named."""


def of_css(css: str, prefix: str) -> str | None:
    """Return CSS as XPath behind `prefix`; None for what it does not know. Raises ConfigError without the extra."""
    try:
        import cssselect  # noqa: F401, PLC0415 - of an extra
    except ImportError as error:
        raise ConfigError("XPath of CSS needs the extra `import`: pip install 'feedbuilder[import]'") from error
    return _translated(css, prefix)


@lru_cache(maxsize=4096)
def _translated(css: str, prefix: str) -> str | None:
    from cssselect import HTMLTranslator  # noqa: PLC0415 - of an extra
    from cssselect.parser import SelectorError  # noqa: PLC0415

    try:
        plain = _CONTAINS.sub(lambda found: found[1] or ":contains", css)
        return HTMLTranslator().css_to_xpath(plain, prefix=prefix)
    except (SelectorError, RecursionError):
        return None


def of_item(css: str) -> str | None:
    """Return the selector of items as XPath on the whole page; None for one that cannot be said."""
    return css.removeprefix(XPATH).strip() if css.startswith(XPATH) else of_css(css, "//")


def of_pick(pick: Pick, field: str) -> str | None:
    """Return what `pick` reads of an item; None for what cannot be said."""
    if pick.css.startswith(XPATH):
        expression: str | None = pick.css.removeprefix(XPATH).strip()
        if expression and expression.startswith("/"):  # of an item here, of the page there
            expression = f".{expression}"
    else:
        expression = of_css(pick.css, "descendant-or-self::") if pick.css else "."
    if expression is None:
        return None
    grouped = f"({expression})" if " | " in expression else expression
    if pick.attribute:
        return f"{grouped}/@{pick.attribute}"
    if field == "date" and TIME.search(pick.css):
        return f"{grouped}/@datetime"
    if field in ADDRESSES and "(" not in expression.partition("[")[0]:
        element, attribute = ADDRESSES[field]
        return f"{grouped}/descendant-or-self::{element}/@{attribute}"
    return expression


def literal(text: str) -> str:
    """Return a text as XPath writes it."""
    if "'" not in text:
        return f"'{text}'"
    if '"' not in text:
        return f'"{text}"'
    parts = ', "\'", '.join(f"'{part}'" for part in text.split("'"))
    return f"concat({parts})"


def of_rule(rule: FieldRule, field: str, told: Exported) -> str | None:
    """Return how a field is read; None where that cannot be said, which is `told`, as is all that is left out."""
    reading = rule[0]
    if len(rule) > 1:
        told.lost(f"{field}: only the first of its {len(rule)} alternatives")
    if reading.match is not None:
        told.lost(f"{field}: match, for XPath 1.0 has no regular expressions")
    steps = [step.name for step in reading.steps if not (field == "date" and step.parse is not None)]
    if steps:
        told.lost(f"{field}: its steps ({', '.join(steps)})")
    expression = _expression(reading, field)
    if expression is None:
        told.lost(f"{field}: {', '.join(map(str, reading.picks))} cannot be said as XPath")
    return expression


def _expression(reading: Reading, field: str) -> str | None:
    if reading.text is not None:
        return literal(reading.text)
    found = [of_pick(pick, field) for pick in reading.picks]
    parts = [part for part in found if part is not None]
    if len(parts) < len(found):
        return None
    if len(parts) == 1 and reading.template is None:
        return parts[0]
    before, _, after = (reading.template or "{}").partition("{}")
    joined = [f"normalize-space({part})" for part in parts]
    pieces = [literal(before)] if before else []
    for place, part in enumerate(joined):
        pieces += [literal(reading.separator), part] if place else [part]
    pieces += [literal(after)] if after else []
    return f"concat({', '.join(pieces)})"
