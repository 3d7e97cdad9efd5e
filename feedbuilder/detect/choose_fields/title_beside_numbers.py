"""Titles beside links that are mere numbers, as catalogues of papers, cases and petitions show them.

Owns the words that stand before such a title. A number stays the title where nothing says of another text that it is:
issues and versions are called by their numbers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from feedbuilder.detect.outline import Element
from feedbuilder.parse.boilerplate import text_key

_WORDS = """
    title, subject, titel, betreff, titre, objet, intitulé, título, titulo, asunto, assunto, titolo, oggetto, onderwerp,
    tittel, otsikko, aihe, tytuł, temat, název, předmět, názov, cím, tárgy, titlu, titlul, subiect, başlık, konu,
    заголовок, название, тема, назва, заглавие, naslov, наслов, pavadinimas, nosaukums, pealkiri, τίτλος, θέμα, العنوان,
    عنوان, כותרת, נושא, शीर्षक, ชื่อเรื่อง, tiêu đề, judul, tajuk, 标题, 標題, 题目, 題目, タイトル, 題名, 件名, 제목
"""
_TITLE_WORDS = frozenset(word.strip() for word in _WORDS.split(","))
_TITLE_NAME = re.compile(
    r"(?<!sub)(?<!sub[-_])(?:title|titel|titre|titul|titol|headline|subject)(?![-_]?(?:line|no|num))", re.IGNORECASE
)
_NUMBERS = re.compile(r"\d+")
_LONGEST_LABEL = 30


def are_numbers(texts: Sequence[str]) -> bool:
    """Return whether `texts` are one and the same but for the numbers in them."""
    return len(texts) > 1 and len(set(texts)) > 1 and len({_NUMBERS.sub("", text) for text in texts}) == 1


def label_of(elements: Sequence[Element]) -> str | None:
    """Return the label that opens each of `elements`, in an element of its own: "Title:"; None where there is none."""
    firsts = [one.children[0].text.strip() for one in elements if one.children]
    label, count = next(iter(Counter(firsts).most_common(1)), ("", 0))
    opening = sum(one.text.startswith(label) and len(one.text) > len(label) for one in elements)
    if not label or len(label) > _LONGEST_LABEL or min(count, opening) < 0.9 * len(elements):
        return None
    return label if label.endswith((":", "：")) or text_key(label) in _TITLE_WORDS else None


def is_called_a_title(css: str, label: str | None) -> bool:
    """Return whether the builders call what `css` selects, with `label` before it, a title."""
    return _TITLE_NAME.search(css) is not None or (label is not None and text_key(label) in _TITLE_WORDS)


def rule_behind(label: str | None, css: str) -> str | dict[str, object]:
    """Return the rule for what stands behind `label` in what `css` selects."""
    return css if label is None else {"select": css, "match": rf"^{re.escape(label)}\s*(?:[:：]\s*)?(\S.*)$"}
